// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/timestamp.h"

namespace tierwise::ingest {

/// How numbers are written. plain takes no thousands separators at all.
enum class NumberStyle : std::uint8_t {
    plain,         ///< 1234.56
    commaGroups,   ///< 1,234.56 (US, UK)
    commaDecimal,  ///< 1234,56 and 1.234,56 (EU)
    spaceGroups,   ///< 1 234,56, with any of the spaces that Unicode has for it
    apostrophes    ///< 1'234.56 (Switzerland)
};
[[nodiscard]] const char* numberStyleName(NumberStyle style);

/// How moments are written. Names of months may stand in any of the dates.
enum class TimeStyle : std::uint8_t {
    yearFirst,     ///< 2023-11-16 18:17:03.9799600, with or without offset; the separators may differ
    dayFirst,      ///< 16/11/2023 18:17
    monthFirst,    ///< 11/16/2023 6:17 PM
    epochSeconds,  ///< since 1970; fractions allowed
    epochMillis,
    epochMicros,
    epochNanos
};
[[nodiscard]] const char* timeStyleName(TimeStyle style);

/// Whole numbers: groups of three only, a sign, and ".0" or ",0" tails where the style has decimals. Surrounding blanks
/// are allowed. Nothing where the text is anything else or does not fit.
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text, NumberStyle style);

/// Any number: exponent, currency sign or code before or after ("$1,234.50", "12 EUR"), percent sign (divided by 100),
/// parentheses for negative amounts.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text, NumberStyle style);

/// A moment in UTC. zoneMinutes: offset east of UTC of times that have none themselves.
[[nodiscard]] std::optional<Timestamp> parseTime(std::string_view text, TimeStyle style, int zoneMinutes = 0);

/// true, false, yes, no, t, f, y, n in any case. Not 0 and 1, which are numbers until somebody says otherwise.
[[nodiscard]] std::optional<bool> parseBoolean(std::string_view text);

/// What a text says about how it writes numbers; several texts together decide.
struct NumberEvidence {
    bool isNumber = false;
    bool isWhole = false;
    bool comma = false;  ///< has a comma
    bool point = false;  ///< has a point
    bool commaMustBeDecimal = false;
    bool commaMustGroup = false;
    bool pointMustBeDecimal = false;
    bool pointMustGroup = false;
    bool spaces = false;
    bool apostrophes = false;
    bool currency = false;
    bool percent = false;
};
[[nodiscard]] NumberEvidence numberEvidence(std::string_view text);

/// A number in any style, or a moment that is no mere number.
[[nodiscard]] bool isTypedValue(std::string_view text);

/// The text without blanks (space, tab, no-break space) around it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace tierwise::ingest
