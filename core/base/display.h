// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/int128.h"
#include "core/base/money.h"

// Numbers and foreign text as people read them. One place, so that a figure looks the same on the command line, in the
// window and in every format of a report. English conventions; rounding happens here and nowhere else.
namespace tierwise {

/// What missing looks like everywhere.
inline constexpr std::string_view kMissing = "-";

/// "1,383,669"
[[nodiscard]] std::string displayCount(Int128 value);
/// "$4,812.07"; from $10,000 in whole dollars; below a cent four significant digits; never rounds an amount to nothing.
[[nodiscard]] std::string displayDollars(double dollars);
[[nodiscard]] std::string displayDollars(MoneySum amount);
/// A share in [0, 1] as "43.2 %"
[[nodiscard]] std::string displayPercent(double share);
/// A difference of shares as points: "-0.4", "+1.2"
[[nodiscard]] std::string displayPoints(double difference);
/// Up to four significant digits, no exponent for 1e-4 to 1e15.
[[nodiscard]] std::string displayNumber(double value);

/// Foreign text made safe to show: valid UTF-8 (bad bytes become U+FFFD), controls and bidirectional overrides made
/// visible ("\u2400", "[U+202E]"), line breaks kept, at most maxCharacters code points and then "\u2026" (0 = no
/// limit).
[[nodiscard]] std::string displayText(std::string_view text, std::size_t maxCharacters = 0);

}  // namespace tierwise
