// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/net/http.h"

namespace tierwise::net {

/// How far a transfer came before libcurl gave up on it.
struct TransferFacts {
    int curlCode = 0;           ///< CURLcode
    long certificateCheck = 0;  ///< X509_V_ERR_* of OpenSSL; 0 = fine or not reached
    bool connected = false;
    bool tooBig = false;  ///< our own cap stopped it
    std::int64_t received = 0;
    std::string url;  ///< the address in use when it failed
};

/// A failed transfer in words.
[[nodiscard]] Error transferError(const TransferFacts& facts, const Request& request);

/// A status other than 200 and 304 in words.
[[nodiscard]] Error statusError(const Refusal& refusal, const std::string& url);

/// A 200 whose body is not what was asked for; nothing when it is.
[[nodiscard]] std::optional<Error> contentError(const Response& response, const Request& request);

}  // namespace tierwise::net
