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
};

/// The encoding of a text from its first bytes: byte order mark, then the pattern of NULs, then whether it is valid
/// UTF-8, then what its bytes above 0x7F would be in the single-byte encodings.
[[nodiscard]] EncodingGuess sniffEncoding(std::string_view head);

}  // namespace tierwise::ingest
