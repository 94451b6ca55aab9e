// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tierwise::ingest {

[[nodiscard]] bool isValidUtf8(std::string_view text);

/// Reads each byte that is no UTF-8 as windows-1252, and as U+FFFD where that has no character either.
[[nodiscard]] std::string mendUtf8(std::string_view text);

void appendUtf8(std::string& out, char32_t character);

/// Length of the valid UTF-8 sequence at the start of text; 0 where there is none.
[[nodiscard]] std::size_t utf8SequenceLength(std::string_view text);

}  // namespace tierwise::ingest
