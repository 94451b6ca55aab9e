// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/sample_table.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/ingest/reader/csv_parser.h"
#include "core/ingest/reader/csv_splitter.h"
#include "core/ingest/sniff/column_types.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {
namespace {

constexpr double kUnevenFirst = 0.93;
constexpr double kSingleColumn = 0.15;  // what a table of one column is worth, against 1 - 1/width of wider ones

bool isTime(std::string_view text) {
    if (text.size() < 6 || text.size() > 48 || text.find_first_of("0123456789") == std::string_view::npos) {
        return false;
    }
    return parseTime(text, TimeStyle::yearFirst) || parseTime(text, TimeStyle::dayFirst) ||
           parseTime(text, TimeStyle::monthFirst);
}

// What an unquoted text is worth: less where it holds what could be delimiters or quotes.
double textScore(std::string_view text) {
    const char first = text.front();
    const char last = text.back();
    if (first == '"' || last == '"' || (first == '\'' && last == '\'')) {
        return 0.1;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool suspicious = c == ',' || c == ';' || c == '|' || c == '\t';
        if (suspicious && (c == '\t' || c == '|' || i + 1 == text.size() || text[i + 1] != ' ')) {
            return 0.3;
        }
    }
    return text.find_first_of(",;") != std::string_view::npos ? 0.6 : 0.75;
}

double cellScore(const std::string& cell, bool quoted) {
    if (quoted) {
        return 1;
    }
    if (cell.empty()) {
        return 0.8;
    }
    const std::string_view text = trimmed(cell);
    if (text.empty()) {
        return 0.6;
    }
    double score = 1;
    if (!numberEvidence(text).isNumber && !isMissingValue(text) && !parseBoolean(text) && !isTime(text) &&
        !isAddress(text)) {
        score = textScore(text);
    }
    return text.size() == cell.size() ? score : score * 0.93;
}

}  // namespace

bool isAddress(std::string_view text) {
    return text.find(' ') == std::string_view::npos &&
           (text.substr(0, 7) == "http://" || text.substr(0, 8) == "https://" ||
            text.find('@') != std::string_view::npos);
}

SampleTable readSample(std::string_view text, const Dialect& dialect, std::size_t columns, std::size_t maxRows) {
    SampleTable table;
    ReadOptions options;
    options.blankLines = BlankLines::keep;
    options.chunkBytes = std::size_t{64} << 10U;
    const auto stream = TextStream::ofText(text);
    CsvSplitter splitter(*stream, dialect, options, columns, 0);
    const CsvParser parser(dialect, options, 0);
    Chunk chunk;
    RecordBatch batch;
    while (table.rows.size() < maxRows) {
        const auto more = splitter.next(chunk);
        if (!more || !*more) {
            break;
        }
        parser.parse(chunk, batch);
        for (std::size_t i = 0; i < batch.records.size() && table.rows.size() < maxRows; ++i) {
            auto& row = table.rows.emplace_back();
            for (const auto& cell : batch.row(i)) {
                row.cells.emplace_back(cell.view());
                row.quoted.push_back(cell.wasQuoted());
            }
            const auto& record = batch.records[i];
            row.line = record.line;
            row.lines = (i + 1 < batch.records.size() ? batch.records[i + 1].line : chunk.endLine) - record.line;
            row.repairs = record.repairs;
            const std::string_view raw = batch.raw(i);
            row.raw = raw;
            row.crlf = raw.size() >= 2 && raw.substr(raw.size() - 2) == "\r\n";
            row.cr = !raw.empty() && raw.back() == '\r';
        }
    }
    std::map<std::size_t, std::size_t> widths;
    std::size_t counted = 0;
    for (const auto& row : table.rows) {
        if (!row.blank()) {
            ++widths[row.cells.size()];
            ++counted;
        }
    }
    // Of equally frequent widths the wider: one column is what is left of lines that are no rows.
    std::size_t best = 0;
    for (const auto& [width, count] : widths) {
        if (count > best || (count == best && table.width == 1)) {
            best = count;
            table.width = width;
        }
    }
    table.share = counted == 0 ? 0 : static_cast<double>(best) / static_cast<double>(counted);
    return table;
}

Plausibility plausibility(const SampleTable& table) {
    double cells = 0;
    double sum = 0;
    double broken = 0;
    double rows = 0;
    for (const auto& row : table.rows) {
        if (row.blank()) {
            continue;
        }
        ++rows;
        broken += row.has(Repair::unclosedQuote) ? 1.0 : row.has(Repair::strayQuote) ? 0.5 : 0.0;
        if (row.cells.size() != table.width) {
            continue;
        }
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            sum += cellScore(row.cells[i], row.quoted[i]);
            ++cells;
        }
    }
    if (cells == 0) {
        return {};
    }
    const double width = table.width == 1 ? kSingleColumn : 1.0 - 1.0 / static_cast<double>(table.width);
    // Cells in the first row that later rows do not have alike: a separator that only the values hold.
    const auto first = std::find_if(table.rows.begin(), table.rows.end(), [](const auto& row) { return !row.blank(); });
    const bool uneven = table.rows.size() > 2 && first->cells.size() > 1 && first->cells.size() < table.width;
    return {std::pow(table.share, 1.5) * width * (sum / cells) * (1.0 - 0.7 * broken / rows) *
                (uneven ? kUnevenFirst : 1.0),
            sum / cells, broken > 0};
}

}  // namespace tierwise::ingest
