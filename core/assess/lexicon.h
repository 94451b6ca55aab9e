// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace tierwise::assess {

/// Classes a word can belong to, as bits.
enum WordClass : std::uint32_t {
    kStop = 1U << 0U,
    kNegation = 1U << 1U,
    kSuperlative = 1U << 2U,
    kCode = 1U << 3U,
    kUnit = 1U << 4U,
    kWrite = 1U << 5U,
    kSolve = 1U << 6U,
    kExplain = 1U << 7U,
    kFormat = 1U << 8U,
    kWhat = 1U << 9U,
    kWhich = 1U << 10U,
    kWho = 1U << 11U,
    kWhen = 1U << 12U,
    kWhere = 1U << 13U,
    kWhy = 1U << 14U,
    kHow = 1U << 15U,
    kFirstPerson = 1U << 16U,
    kSecondPerson = 1U << 17U,
    kConditional = 1U << 18U,
    kCausal = 1U << 19U,
    kCompare = 1U << 20U,
    kStep = 1U << 21U,
    kStatement = 1U << 22U,
    kAllNone = 1U << 23U,
    kMoney = 1U << 24U,
    kQuestionWord = kWhat | kWhich | kWho | kWhen | kWhere | kWhy | kHow,
};

/// 32-bit hash of a word's bytes (FNV-1a with a final mix): part of the weights' file format.
[[nodiscard]] std::uint32_t hashWord(std::string_view word);

/// Spreads bits; part of the file format.
[[nodiscard]] constexpr std::uint32_t mixHash(std::uint32_t h) {
    h ^= h >> 16U;
    h *= 0x7feb352dU;
    h ^= h >> 15U;
    h *= 0x846ca68bU;
    h ^= h >> 16U;
    return h;
}

/// The classes of a lower-case word, given hashWord of it; 0 for most words.
[[nodiscard]] std::uint32_t classesOf(std::string_view word, std::uint32_t hash);

}  // namespace tierwise::assess
