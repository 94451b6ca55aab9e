// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/int128.h"

namespace tierwise {

/// Reads a plain or scientific decimal ("0.44", "-3", "1.5e-07") as an exact integer count of 10^-scale.
/// Nothing when the text is not such a number, has digits beyond the scale, or does not fit in 64 bits.
[[nodiscard]] std::optional<std::int64_t> parseScaledDecimal(std::string_view text, int scale);

/// The same, but rounds digits beyond the scale half to even; *rounded tells whether it had to.
[[nodiscard]] std::optional<std::int64_t> parseScaledDecimalRounded(std::string_view text, int scale, bool* rounded);

/// Prints value x 10^-scale exactly, without exponent and without trailing zeros ("0.44", "-3", "0").
[[nodiscard]] std::string formatScaledDecimal(Int128 value, int scale);

}  // namespace tierwise
