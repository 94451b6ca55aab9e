// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/base/timestamp.h"
#include "core/store/zero_pages.h"

namespace tierwise::store {

/// One bit a row: is the value there? Missing is never 0 and never -1.
class Bitmap {
public:
    void resize(std::size_t rows) { m_words.resize((rows + 63) / 64); }
    void set(std::size_t row) { m_words[row / 64] |= std::uint64_t{1} << (row % 64); }
    void clear(std::size_t row) { m_words[row / 64] &= ~(std::uint64_t{1} << (row % 64)); }
    [[nodiscard]] bool test(std::size_t row) const { return ((m_words[row / 64] >> (row % 64)) & 1U) != 0; }
    [[nodiscard]] const std::vector<std::uint64_t>& words() const { return m_words; }

private:
    std::vector<std::uint64_t> m_words;
};

/// A column of numbers with validity. values[row] is 0 and meaningless where valid.test(row) is false.
template <typename T, typename Values = std::vector<T>>
struct Column {
    Values values;
    Bitmap valid;

    void resize(std::size_t rows) {
        values.resize(rows);
        valid.resize(rows);
    }
    void set(std::size_t row, T value) {
        values[row] = value;
        valid.set(row);
    }
    [[nodiscard]] std::optional<T> at(std::size_t row) const {
        return valid.test(row) ? std::optional<T>(values[row]) : std::nullopt;
    }
};

/// One that takes no memory where nothing is known.
template <typename T>
using SparseColumn = Column<T, ZeroedVector<T>>;

/// A column of repeated strings: codes[row] indexes names; 0 is always the missing value (names[0] is "").
struct DictionaryColumn {
    ZeroedVector<std::int32_t> codes;
    std::vector<std::string> names;

    [[nodiscard]] std::string_view at(std::size_t row) const { return names[static_cast<std::size_t>(codes[row])]; }
};

/// All requests of a project, as columns in memory, in (time, id) order with undated rows last. Plain data, made by
/// the store in one read, shared read-only by threads. Aggregate lines ("n requests") carry requests > 1.
/// Token columns are in tokens and normalized (domain: input = inputUncached + cacheRead + cacheWrite5m + cacheWrite1h;
/// reasoning is the part of output that was thought, not said).
struct WorkloadSnapshot {
    std::size_t rows = 0;
    std::vector<RequestId> id;
    SparseColumn<std::int64_t> timeNanos;  ///< Timestamp::nanos(), UTC
    SparseColumn<std::uint32_t> inputUncached;
    SparseColumn<std::uint32_t> cacheRead;
    SparseColumn<std::uint32_t> cacheWrite5m;
    SparseColumn<std::uint32_t> cacheWrite1h;
    SparseColumn<std::uint32_t> output;
    SparseColumn<std::uint32_t> reasoning;
    std::vector<std::uint32_t> requests;        ///< >= 1
    SparseColumn<std::int64_t> loggedCostPico;  ///< what the log says it cost, pico-dollars
    SparseColumn<float> latencySeconds;         ///< >= 0
    SparseColumn<float> score;                  ///< logged score of the logged answer, 0..1
    SparseColumn<float> difficulty;     ///< 0 easy .. 1 hard; missing = not scored, no signal or unlike anything seen
    ZeroedVector<std::uint8_t> signal;  ///< assess::Signal of the row (0 = not scored)
    SparseColumn<std::int64_t> promptText;  ///< text id in the project file; missing = no text
    DictionaryColumn model;                 ///< the logged name, untouched
    DictionaryColumn provider;              ///< the logged provider hint
    DictionaryColumn serviceTier;           ///< standard, batch, flex, priority, or ""
    DictionaryColumn region;
    DictionaryColumn team;
    DictionaryColumn user;
    DictionaryColumn session;
    DictionaryColumn tag;
    DictionaryColumn dataClass;  ///< "" = none found; else pii, secret, or the user's
    DictionaryColumn domain;     ///< found by assess, or logged

    /// Input tokens of any kind, where at least the uncached count is known.
    [[nodiscard]] std::optional<std::int64_t> inputTotal(std::size_t row) const {
        if (!inputUncached.valid.test(row)) {
            return {};
        }
        return std::int64_t{inputUncached.values[row]} + cacheRead.values[row] + cacheWrite5m.values[row] +
               cacheWrite1h.values[row];
    }
};

}  // namespace tierwise::store
