// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/reader/record_batch.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

class CsvParser;

/// The row inside a record that stands in quotes as a whole, its own quotes doubled: "a,""b"",c" (a CSV that a
/// spreadsheet took for one column). Line end and all; nothing where the record is no such one.
[[nodiscard]] std::optional<std::string> unwrapRow(std::string_view record, char quote);

/// Records that do not fit their table, because they alone have another delimiter or quote, or stand in quotes as a
/// whole: exports that were glued together or mended by hand. Immutable, so thread-safe.
class RowMender {
public:
    /// columns: at least 2.
    RowMender(const Dialect& dialect, std::size_t columns);
    ~RowMender();

    /// True where a record is worth a look. cells: as it was read.
    [[nodiscard]] bool isOdd(std::string_view record, std::span<const Cell> cells) const;
    /// Replaces the record's cells, which are the batch's last ones from firstCell on, by those it has without the
    /// quotes around it or under another delimiter or quote: as many as there are columns, each of its column's kind.
    /// The repair it took; nothing where there are none such.
    std::optional<Repair> mend(std::string_view record, RecordBatch& batch, std::size_t firstCell) const;
    /// The names in a header that has another delimiter or quote than the rows below it.
    [[nodiscard]] std::optional<std::vector<std::string>> headerOf(std::string_view record) const;

private:
    struct Other;
    /// The record's cells under another dialect, where there are as many as columns and no quote is out of place.
    [[nodiscard]] bool parse(const Other& other, std::string_view record, RecordBatch& batch) const;
    [[nodiscard]] bool fits(const Other& other, const RecordBatch& batch) const;
    /// The cells of a row that stands in quotes; their texts lie in row, or in batch.
    [[nodiscard]] bool parseWrapped(std::string_view record, std::string& row, RecordBatch& batch) const;

    std::string m_kinds;
    std::size_t m_columns;
    std::optional<char> m_quote;
    char m_otherQuote;
    std::unique_ptr<const Other> m_own;
    std::vector<std::unique_ptr<const Other>> m_others;
};

}  // namespace tierwise::ingest
