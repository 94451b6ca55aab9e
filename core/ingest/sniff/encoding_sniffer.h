// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tierwise::ingest {

struct EncodingGuess {
    std::string encoding = "UTF-8";
    std::size_t markSize = 0;  ///< bytes of the byte order mark
    double confidence = 1;     ///< 0..1
    bool legacy = false;       ///< a guess from bytes that are neither UTF-8 nor wide
    bool mixed = false;        ///< UTF-8, but some lines are not
};

/// The encoding of a text from its first bytes: byte order mark, then the pattern of NULs, then whether it is valid
/// UTF-8 (all of it, or enough of its lines to say that the others came from elsewhere), then what its bytes above 0x7F
/// would be in the older encodings.
[[nodiscard]] EncodingGuess sniffEncoding(std::string_view head);

}  // namespace tierwise::ingest
