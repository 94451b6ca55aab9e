// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

// Internal to core/catalog: small helpers on names. ASCII only, other bytes pass through.

namespace tierwise::catalog {

[[nodiscard]] std::string lowered(std::string_view text);
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// Lower case, with dots, underscores, spaces and repeated dashes as one dash: "GPT_4.1 mini" -> "gpt-4-1-mini".
[[nodiscard]] std::string folded(std::string_view name);
/// folded() with its words sorted and its numbers in their order: claude-3-7-sonnet and claude-sonnet-3.7 agree.
[[nodiscard]] std::string wordBag(std::string_view foldedName);
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] bool isDigits(std::string_view text);
/// '*' at the beginning, the end or both stands for anything; no case.
[[nodiscard]] bool globMatches(std::string_view glob, std::string_view text);

}  // namespace tierwise::catalog
