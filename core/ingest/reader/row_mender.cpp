// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/row_mender.h"

#include <algorithm>
#include <cstring>
#include <set>

#include "core/ingest/reader/csv_parser.h"
#include "core/ingest/sniff/column_types.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {
namespace {

constexpr std::string_view kDelimiters = ",;\t| ";
constexpr std::size_t kLongestName = 60;

std::string_view withoutLineEnd(std::string_view record) {
    while (!record.empty() && (record.back() == '\n' || record.back() == '\r')) {
        record.remove_suffix(1);
    }
    return record;
}

}  // namespace

std::optional<std::string> unwrapRow(std::string_view record, char quote) {
    const std::string_view line = withoutLineEnd(record);
    if (line.size() < 3 || line.front() != quote || line.back() != quote) {
        return {};
    }
    const std::string_view inner = line.substr(1, line.size() - 2);
    std::string row;
    row.reserve(record.size());
    for (std::size_t at = 0; at < inner.size(); ++at) {
        row += inner[at];
        if (inner[at] == quote && (++at == inner.size() || inner[at] != quote)) {
            return {};
        }
    }
    row.append(record.substr(line.size()));
    return row;
}

struct RowMender::Other {
    Other(const Dialect& dialect, const std::string& separator)
        : parser(dialect, ReadOptions(), 0), delimiter(separator), quote(dialect.quote) {}
    CsvParser parser;
    std::string delimiter;
    std::optional<char> quote;
};

RowMender::RowMender(const Dialect& dialect, std::size_t columns)
    : m_kinds(dialect.columnKinds),
      m_columns(columns),
      m_quote(dialect.quote),
      m_otherQuote(dialect.quote == '\'' ? '"' : '\'') {
    m_kinds.resize(columns, '-');
    std::vector<std::string> delimiters = {dialect.delimiter};
    if (dialect.delimiter.size() == 1 && dialect.delimiter != " ") {
        delimiters.push_back(dialect.delimiter + ' ');
    }
    for (const char delimiter : kDelimiters) {
        if (dialect.delimiter != std::string(1, delimiter)) {
            delimiters.emplace_back(1, delimiter);
        }
    }
    for (const char quote : {dialect.quote.value_or('"'), m_otherQuote}) {
        for (const auto& delimiter : delimiters) {
            Dialect other = dialect;
            other.delimiter = delimiter;
            other.quote = quote;
            other.comment.clear();
            const bool own = quote == dialect.quote && delimiter == dialect.delimiter;
            if (own) {
                m_own = std::make_unique<const Other>(other, delimiter);
            } else {
                m_others.push_back(std::make_unique<const Other>(other, delimiter));
            }
        }
    }
}

RowMender::~RowMender() = default;

bool RowMender::isOdd(std::string_view record, std::span<const Cell> cells) const {
    if (cells.size() < m_columns) {
        return true;
    }
    // ", " in a table of ","
    if (m_columns > 2 && !cells[1].wasQuoted() && cells[1].size > 0 && cells[1].data[0] == ' ') {
        return true;
    }
    record = withoutLineEnd(record);
    return record.size() > 2 && record.front() == m_otherQuote && record.back() == m_otherQuote;
}

bool RowMender::parse(const Other& other, std::string_view record, RecordBatch& batch) const {
    const auto delimiters = std::count(record.begin(), record.end(), other.delimiter.front());
    if (static_cast<std::size_t>(delimiters) + 1 < m_columns) {
        return false;
    }
    Chunk chunk;
    chunk.text = record;
    chunk.endOffset = static_cast<std::int64_t>(record.size());
    chunk.last = true;
    other.parser.parse(chunk, batch);
    return batch.records.size() == 1 && batch.cells.size() == m_columns && batch.records[0].repairs == 0;
}

bool RowMender::parseWrapped(std::string_view record, std::string& row, RecordBatch& batch) const {
    if (!m_own || !m_quote) {
        return false;
    }
    auto unwrapped = unwrapRow(record, *m_quote);
    if (!unwrapped) {
        return false;
    }
    row = std::move(*unwrapped);
    return parse(*m_own, withoutLineEnd(row), batch);
}

// A blank divides words as well as cells: it takes more to believe in one.
bool RowMender::fits(const Other& other, const RecordBatch& batch) const {
    std::size_t typed = 0;
    std::size_t quoted = 0;
    for (std::size_t i = 0; i < m_columns; ++i) {
        const Cell& cell = batch.cells[i];
        quoted += cell.wasQuoted() ? 1 : 0;
        const bool holdsQuote = !cell.wasQuoted() && cell.size > 0 && m_quote &&
                                (cell.data[0] == *m_quote || cell.data[cell.size - 1] == *m_quote);
        if (holdsQuote && other.quote != m_quote) {
            return false;  // the table's own quotes are at work in it
        }
        if (m_kinds[i] != 't' || isMissingValue(cell.view())) {
            continue;
        }
        if (!isTypedValue(cell.view())) {
            return false;
        }
        ++typed;
    }
    if (quoted == m_columns) {
        return true;
    }
    if (other.delimiter == " ") {
        return typed >= 2;
    }
    // Without numbers and times the very number of cells has to do.
    return typed >= 1 || m_columns >= 4;
}

std::optional<Repair> RowMender::mend(std::string_view record, RecordBatch& batch, std::size_t firstCell) const {
    record = withoutLineEnd(record);
    RecordBatch trial;
    std::string row;
    const auto take = [&](std::string_view kept, Repair repair) {
        batch.cells.resize(firstCell);
        for (Cell cell : trial.cells) {
            if (cell.data < kept.data() || cell.data > kept.data() + kept.size()) {  // what does not stay
                char* const copy = batch.allocate(cell.size);
                std::memcpy(copy, cell.data, cell.size);
                cell.data = copy;
            }
            batch.cells.push_back(cell);
        }
        return repair;
    };
    if (parseWrapped(record, row, trial)) {
        return take({}, Repair::wrappedRow);
    }
    for (const auto& other : m_others) {
        if (parse(*other, record, trial) && fits(*other, trial)) {
            return take(record, Repair::otherDialect);
        }
    }
    return {};
}

std::optional<std::vector<std::string>> RowMender::headerOf(std::string_view record) const {
    record = withoutLineEnd(record);
    RecordBatch trial;
    for (const auto& other : m_others) {
        if (m_columns < 3 || !parse(*other, record, trial)) {
            continue;
        }
        std::set<std::string_view> different;
        for (const Cell& cell : trial.cells) {
            const std::string_view name = cell.view();
            if (!name.empty() && name.size() <= kLongestName && !isTypedValue(name)) {
                different.insert(name);
            }
        }
        if (different.size() == m_columns) {
            std::vector<std::string> header;
            for (const Cell& cell : trial.cells) {
                header.emplace_back(cell.view());
            }
            return header;
        }
    }
    return {};
}

}  // namespace tierwise::ingest
