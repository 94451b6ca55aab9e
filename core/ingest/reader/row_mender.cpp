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

struct RowMender::Other {
    Other(const Dialect& dialect, char separator)
        : parser(dialect, ReadOptions(), 0), delimiter(separator), quote(dialect.quote) {}
    CsvParser parser;
    char delimiter;
    std::optional<char> quote;
};

RowMender::RowMender(const Dialect& dialect, std::size_t columns)
    : m_kinds(dialect.columnKinds),
      m_columns(columns),
      m_quote(dialect.quote),
      m_otherQuote(dialect.quote == '\'' ? '"' : '\'') {
    m_kinds.resize(columns, '-');
    std::vector<char> delimiters;
    if (dialect.delimiter.size() == 1) {
        delimiters.push_back(dialect.delimiter[0]);
    }
    for (const char delimiter : kDelimiters) {
        if (dialect.delimiter != std::string(1, delimiter)) {
            delimiters.push_back(delimiter);
        }
    }
    for (const char quote : {dialect.quote.value_or('"'), m_otherQuote}) {
        for (const char delimiter : delimiters) {
            if (quote == dialect.quote && dialect.delimiter == std::string(1, delimiter)) {
                continue;
            }
            Dialect other = dialect;
            other.delimiter = delimiter;
            other.quote = quote;
            other.comment.clear();
            m_others.push_back(std::make_unique<const Other>(other, delimiter));
        }
    }
}

RowMender::~RowMender() = default;

bool RowMender::isOdd(std::string_view record, std::size_t cells) const {
    record = withoutLineEnd(record);
    const bool wrapped = record.size() > 2 && record.front() == m_otherQuote && record.back() == m_otherQuote;
    return cells < m_columns || wrapped;
}

bool RowMender::parse(const Other& other, std::string_view record, RecordBatch& batch) const {
    const auto delimiters = std::count(record.begin(), record.end(), other.delimiter);
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
    return typed >= (other.delimiter == ' ' ? 2 : 1);
}

bool RowMender::mend(std::string_view record, RecordBatch& batch, std::size_t firstCell) const {
    record = withoutLineEnd(record);
    RecordBatch trial;
    for (const auto& other : m_others) {
        if (!parse(*other, record, trial) || !fits(*other, trial)) {
            continue;
        }
        batch.cells.resize(firstCell);
        for (const Cell& cell : trial.cells) {
            Cell kept = cell;
            if (cell.data < record.data() || cell.data > record.data() + record.size()) {  // unescaped elsewhere
                char* const copy = batch.allocate(cell.size);
                std::memcpy(copy, cell.data, cell.size);
                kept.data = copy;
            }
            batch.cells.push_back(kept);
        }
        return true;
    }
    return false;
}

std::optional<std::vector<std::string>> RowMender::headerOf(std::string_view record) const {
    record = withoutLineEnd(record);
    RecordBatch trial;
    for (const auto& other : m_others) {
        if (m_columns < 3 || !parse(*other, record, trial)) {
            continue;
        }
        std::set<std::string_view> names;
        for (const Cell& cell : trial.cells) {
            const std::string_view name = cell.view();
            if (!name.empty() && name.size() <= kLongestName && !isTypedValue(name)) {
                names.insert(name);
            }
        }
        if (names.size() == m_columns) {
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
