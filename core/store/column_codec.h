// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::store {

/// A column of one chunk as bytes. value(i) = base + slope * i + unit * stored(i), stored in 0 to 8 bytes a row, so
/// any row can be read without the others. A bitmap follows where some rows are missing.
/// unitSearch: look for a common divisor too (times and amounts, which come in milliseconds and cents).
[[nodiscard]] std::string encodeIntegers(std::span<const std::int64_t> values, const Bitmap* valid, bool unitSearch);

/// Reads such bytes; they must outlive the view. Error badFormat where they are not a column.
class IntegerColumnView {
public:
    [[nodiscard]] static Result<IntegerColumnView> open(std::string_view bytes);

    [[nodiscard]] std::size_t rows() const { return m_rows; }
    [[nodiscard]] bool isValid(std::size_t row) const;
    /// Meaningless where !isValid(row).
    [[nodiscard]] std::int64_t valueAt(std::size_t row) const {
        return static_cast<std::int64_t>(m_base + m_slope * row + m_unit * stored(row));
    }
    [[nodiscard]] std::optional<std::int64_t> at(std::size_t row) const {
        return isValid(row) ? std::optional<std::int64_t>(valueAt(row)) : std::nullopt;
    }
    [[nodiscard]] bool allValid() const { return m_bitmap == nullptr; }
    /// Bytes that the column takes, with its bitmap.
    [[nodiscard]] std::size_t size() const { return m_size; }

private:
    [[nodiscard]] std::uint64_t stored(std::size_t row) const;

    const char* m_payload = nullptr;
    const char* m_bitmap = nullptr;
    std::size_t m_rows = 0;
    std::size_t m_width = 0;
    std::size_t m_size = 0;
    std::uint64_t m_mask = 0;
    std::uint64_t m_base = 0;
    std::uint64_t m_slope = 0;
    std::uint64_t m_unit = 1;
};

/// A column of strings of one chunk as bytes: its distinct values compressed once and a code a row; where all are plain
/// counts they are kept as integers.
[[nodiscard]] std::string encodeStrings(std::span<const std::optional<std::string_view>> values);

/// Reads such bytes, which must outlive the view. Error badFormat where they are not a column.
class StringColumnView {
public:
    [[nodiscard]] static Result<StringColumnView> open(std::string_view bytes);

    [[nodiscard]] std::size_t rows() const { return m_codes.rows(); }
    /// 0 = missing; equal codes are equal strings. Of a column kept as integers: the row + 1.
    [[nodiscard]] std::size_t codeAt(std::size_t row) const {
        return m_isNumbers ? row + 1 : static_cast<std::size_t>(m_codes.valueAt(row));
    }
    /// Distinct codes are 0 .. codeCount() - 1.
    [[nodiscard]] std::size_t codeCount() const { return m_isNumbers ? rows() + 1 : m_ends.size(); }
    [[nodiscard]] std::string nameOf(std::size_t code) const;
    [[nodiscard]] std::optional<std::string> at(std::size_t row) const {
        const std::size_t code = codeAt(row);
        return code == 0 ? std::nullopt : std::optional<std::string>(nameOf(code));
    }

private:
    bool m_isNumbers = false;
    IntegerColumnView m_codes;  // or the numbers
    std::string m_names;
    std::vector<std::size_t> m_ends{0};  // of each code's name in m_names
};

/// zstd, one frame, as fast as it goes.
[[nodiscard]] std::string compress(std::string_view bytes);
/// The same for many texts in one: looks for what was said before over all of them, up to 8 MiB back.
[[nodiscard]] std::string compressTexts(std::string_view bytes);
/// Error badFormat where the bytes are damaged, or would grow beyond limit.
[[nodiscard]] Result<std::string> decompress(std::string_view bytes, std::size_t limit);

}  // namespace tierwise::store
