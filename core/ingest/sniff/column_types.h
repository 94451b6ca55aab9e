// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {

enum class ColumnType : std::uint8_t { empty, boolean, integer, number, time, json, text };
[[nodiscard]] const char* columnTypeName(ColumnType type);

/// What a column's sample says it holds. A type is taken only where every value of the sample has it.
struct ColumnGuess {
    std::string name;
    ColumnType type = ColumnType::empty;
    NumberStyle numbers = NumberStyle::plain;  ///< for integer and number
    TimeStyle times = TimeStyle::yearFirst;    ///< for time
    bool currency = false;                     ///< numbers with a currency sign
    bool percent = false;
    bool hasZone = false;  ///< every time carries its offset
    /// The sample fits two readings and nothing tells them apart: the user must be asked. The guess is the likelier.
    bool ambiguous = false;
    std::string question;      ///< "day or month first?"; empty where nothing is open
    std::int64_t values = 0;   ///< in the sample, without missing ones
    std::int64_t missing = 0;  ///< empty, null, NA, N/A, NaN, None, -
    std::string example;       ///< the first value, cut to 80 bytes at a character
    std::string because;       ///< the evidence, for people
};

/// cells: the column's values in the file's order.
[[nodiscard]] ColumnGuess guessColumn(std::string_view name, std::span<const std::string_view> cells);

/// True for the words that logs write where there is no value.
[[nodiscard]] bool isMissingValue(std::string_view text);

}  // namespace tierwise::ingest
