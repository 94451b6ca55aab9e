// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tierwise::tokens {

/// Bytes of the valid prefix of text.
[[nodiscard]] std::size_t validUtf8Prefix(std::string_view text);

/// Replaces each maximal run of bytes that cannot be UTF-8 by U+FFFD (as WHATWG decoders do); counts the replacements.
[[nodiscard]] std::string repairedUtf8(std::string_view text, std::int64_t& replaced);

}  // namespace tierwise::tokens
