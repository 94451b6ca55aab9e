// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tierwise::store {

/// The numeric columns of a chunk, with the number each has in chunk_column.column; never renumbered.
enum class NumberColumn : std::uint16_t {
    time = 0,  ///< nanoseconds, UTC
    inputUncached = 1,
    cacheRead = 2,
    cacheWrite5m = 3,
    cacheWrite1h = 4,
    output = 5,
    reasoning = 6,
    requests = 7,
    loggedCost = 8,     ///< pico-dollars
    latency = 9,        ///< seconds, the bits of a float
    score = 10,         ///< the bits of a float
    difficulty = 11,    ///< the bits of a float
    promptText = 12,    ///< text id
    responseText = 13,  ///< text id
    line = 14,          ///< in the source file
    byteOffset = 15,    ///< in the source file
    signal = 16,        ///< assess::Signal
};
inline constexpr std::size_t kNumberColumns = 17;
inline constexpr std::size_t kContentNumbers = 12;  ///< the first ones, which make a row what it is

/// The columns of repeated strings; each holds ids of the table string, 0 for missing.
enum class NameColumn : std::uint16_t {
    model = 0,
    provider,
    serviceTier,
    region,
    team,
    user,
    session,
    tag,
    dataClass,
    domain,
};
inline constexpr std::size_t kNameColumns = 10;

// Numbers in chunk_column.column.
inline constexpr int kFirstName = 32;
inline constexpr int kRequestIdColumn = 48;
inline constexpr int kFingerprintColumn = 49;
inline constexpr int kFirstExtra = 256;  ///< plus extra_column.id

[[nodiscard]] constexpr int columnNumber(NumberColumn column) {
    return static_cast<int>(column);
}
[[nodiscard]] constexpr int columnNumber(NameColumn column) {
    return kFirstName + static_cast<int>(column);
}

/// Their names in queries, --json and exports.
inline constexpr std::array<std::string_view, kNumberColumns> kNumberColumnNames{
    "time",       "inputUncached", "cacheRead",  "cacheWrite5m", "cacheWrite1h", "output",
    "reasoning",  "requests",      "loggedCost", "latency",      "score",        "difficulty",
    "promptText", "responseText",  "line",       "byteOffset",   "signal"};
inline constexpr std::array<std::string_view, kNameColumns> kNameColumnNames{
    "model", "provider", "serviceTier", "region", "team", "user", "session", "tag", "dataClass", "domain"};

}  // namespace tierwise::store
