// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/task_context.h"

namespace tierwise::net {

/// Whether an address without TLS may be fetched. Redirects to plain HTTP are refused under either.
enum class PlainHttp {
    never,         ///< HTTPS only
    loopbackOnly,  ///< also http:// to 127.0.0.0/8, [::1] and localhost (a model server on this machine, tests)
};

/// How the other side is trusted. The certificate and its host name are always checked; nothing turns that off.
struct Trust {
    PlainHttp plainHttp = PlainHttp::never;
    std::string caFile;  ///< PEM file of authorities instead of the system's; empty = the system's
};

/// One GET.
struct Request {
    std::string url;        ///< absolute, without user name or password
    std::string etag;       ///< sent as If-None-Match; empty = ask for the whole document
    std::string mediaType;  ///< sent as Accept and demanded of a 200 ("application/json"); empty = any
    std::int64_t maxBytes = std::int64_t{64} << 20;  ///< of the decoded body
    std::chrono::milliseconds connectTimeout{15'000};
    std::chrono::milliseconds totalTimeout{120'000};
    int maxRedirects = 5;
    Trust trust;
};

/// What came back: always a 200 or a 304; every other status is an Error.
struct Response {
    int status = 0;
    bool notModified = false;  ///< 304: the document with the ETag that was sent is still the current one
    std::string body;          ///< decoded (gzip undone); empty with notModified
    std::string etag;          ///< as sent by the server, quotes included; empty = none
    std::string mediaType;     ///< lower case, without parameters; empty = not said
    std::string url;           ///< after redirects
};

/// What a failed fetch knows beyond its Error.
struct Refusal {
    int status = 0;                                  ///< HTTP status; 0 = no answer
    std::optional<std::chrono::seconds> retryAfter;  ///< the server's Retry-After on 429 and 503
};

/// Fetches one document. Blocks its thread; any thread; context.stop ends it within 50 ms. The proxy is the
/// environment's (https_proxy, no_proxy ...). Nothing is kept between calls: no cookies, no credentials, no cache.
/// Errors: invalidArgument (address is malformed, not HTTPS, or carries a password), cancelled, network (all else:
/// each says what happened and what to do). refusal, when given, is filled on failure.
[[nodiscard]] Result<Response> fetch(const Request& request, TaskContext& context, Refusal* refusal = nullptr);

}  // namespace tierwise::net
