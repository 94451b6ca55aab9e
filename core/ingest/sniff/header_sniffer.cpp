// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/header_sniffer.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/ingest/sniff/column_types.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {
namespace {

constexpr std::array<std::string_view, 5> kComments = {"#", "//", "%", "--", "!"};
constexpr std::array<std::string_view, 28> kNameWords = {
    "id",     "name",   "date",    "time",   "model", "token",  "cost",    "type",       "user",  "input",
    "output", "text",   "value",   "status", "count", "prompt", "message", "total",      "price", "key",
    "index",  "number", "comment", "region", "code",  "email",  "title",   "description"};
constexpr std::size_t kMaxPreamble = 40;
constexpr std::int32_t kMaxHeaderLines = 4;

std::size_t filled(const SampleTable::Row& row) {
    return static_cast<std::size_t>(
        std::count_if(row.cells.begin(), row.cells.end(), [](const auto& cell) { return !trimmed(cell).empty(); }));
}

// Letters a, digits 0, the rest as it is: "c66" and "c1068" have one shape.
std::string shapeOf(std::string_view text) {
    std::string shape;
    for (const char c : text.substr(0, 64)) {
        const bool digit = c >= '0' && c <= '9';
        const bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
        const char sort = digit ? '0' : letter ? 'a' : c;
        if (shape.empty() || shape.back() != sort) {
            shape += sort;
        }
    }
    return shape;
}

bool readsAsName(std::string_view text) {
    std::string lower(trimmed(text));
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    const bool word = std::any_of(kNameWords.begin(), kNameWords.end(), [&](auto name) {
        const auto at = lower.find(name);
        return at != std::string::npos && lower.size() <= 32;
    });
    return word || (lower.find('_') != std::string::npos && lower.find(' ') == std::string::npos);
}

// The first row of the table: past titles and remarks, which have fewer cells.
std::size_t tableStart(const SampleTable& table) {
    const auto& rows = table.rows;
    if (table.width < 2) {
        return 0;
    }
    std::size_t start = 0;
    while (start < rows.size() && start < kMaxPreamble) {
        const auto& row = rows[start];
        const bool narrow = row.cells.size() * 2 <= table.width || (row.cells.size() == 1 && table.width > 1);
        const bool title = row.cells.size() == table.width && table.width >= 3 && filled(row) <= 1;
        if (!row.blank() && !narrow && !title) {
            break;
        }
        ++start;
    }
    if (start < rows.size() && filled(rows[start]) * 10 < table.width * 8) {
        return 0;  // sparse rows all the way down: nothing says that the first ones are titles
    }
    return start == rows.size() || start == kMaxPreamble ? 0 : start;
}

std::string commentPrefix(const SampleTable& table) {
    for (const auto prefix : kComments) {
        std::size_t odd = 0;
        bool inRows = false;
        for (const auto& row : table.rows) {
            if (row.cells.front().substr(0, prefix.size()) != prefix || row.quoted.front()) {
                continue;
            }
            if (row.cells.size() == table.width && table.width > 1) {
                inRows = true;
            } else {
                ++odd;
            }
        }
        if (odd > 0 && !inRows && table.width > 1) {
            return std::string(prefix);
        }
    }
    return {};
}

/// What a column holds below the rows that may be its header.
struct Column {
    std::size_t values = 0;
    std::size_t typed = 0;
    std::set<std::string> shapes;
    std::set<std::string> texts;

    [[nodiscard]] bool isTyped() const { return values > 0 && typed * 10 >= values * 9; }
};

std::vector<Column> columnsBelow(const SampleTable& table, std::size_t from) {
    std::vector<Column> columns(table.width);
    for (std::size_t i = from; i < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        for (std::size_t c = 0; c < std::min(row.cells.size(), table.width); ++c) {
            const auto& cell = row.cells[c];
            if (row.cells.size() != table.width || isMissingValue(cell)) {
                continue;
            }
            ++columns[c].values;
            columns[c].typed += isTypedValue(cell) ? 1 : 0;
            if (columns[c].shapes.size() < 4) {
                columns[c].shapes.insert(shapeOf(cell));
            }
            if (columns[c].texts.size() < 1000) {
                columns[c].texts.insert(cell);
            }
        }
    }
    return columns;
}

// Above 0: the row names the columns below it.
double headerVotes(const SampleTable::Row& row, const std::vector<Column>& columns) {
    double votes = 0.5;
    std::set<std::string_view> seen;
    for (std::size_t c = 0; c < std::min(row.cells.size(), columns.size()); ++c) {
        const std::string& cell = row.cells[c];
        const bool typed = isTypedValue(cell);
        const bool repeated = !cell.empty() && !seen.insert(cell).second;
        if (columns[c].isTyped()) {
            votes += typed ? -1.5 : isMissingValue(cell) ? -0.2 : 1.0;
        } else if (columns[c].values > 0) {
            const bool sameShape = columns[c].shapes.size() == 1 && columns[c].values > 2;
            votes += typed ? -0.7 : 0;
            votes += sameShape && !cell.empty() ? (*columns[c].shapes.begin() == shapeOf(cell) ? -0.1 : 0.5) : 0;
            votes += columns[c].texts.count(cell) != 0 && !cell.empty() && columns[c].values > 2 ? -0.6 : 0;
            votes += cell.size() > 60 ? -0.5 : 0;
        } else {
            votes += typed ? -0.5 : 0;
        }
        votes += !typed && readsAsName(cell) ? 0.5 : 0;
        votes -= repeated && typed ? 0.3 : 0;
    }
    return votes;
}

// True where a row under the header is names too: words over columns of numbers and times.
bool continuesHeader(const SampleTable::Row& row, const std::vector<Column>& columns) {
    std::size_t over = 0;
    for (std::size_t c = 0; c < std::min(row.cells.size(), columns.size()); ++c) {
        if (columns[c].isTyped() && columns[c].values > 1) {
            if (isTypedValue(row.cells[c])) {
                return false;
            }
            over += isMissingValue(row.cells[c]) ? 0 : 1;
        }
    }
    const auto typed = static_cast<std::size_t>(
        std::count_if(columns.begin(), columns.end(), [](const auto& column) { return column.isTyped(); }));
    return over >= 2 && over * 2 > typed;
}

}  // namespace

HeaderGuess sniffHeader(const SampleTable& table) {
    HeaderGuess guess;
    if (table.rows.empty()) {
        return guess;
    }
    guess.comment = commentPrefix(table);
    guess.firstRow = tableStart(table);
    const auto& rows = table.rows;
    const double votes = headerVotes(rows[guess.firstRow], columnsBelow(table, guess.firstRow + 1));
    guess.hasHeader = votes > 0;
    guess.confidence = std::min(1.0, 0.5 + 0.2 * std::abs(votes));
    while (guess.hasHeader && guess.headerLines < kMaxHeaderLines) {
        const std::size_t next = guess.firstRow + static_cast<std::size_t>(guess.headerLines);
        if (next + 2 >= rows.size() || rows[next].cells.size() != table.width ||
            !continuesHeader(rows[next], columnsBelow(table, next + 1))) {
            break;
        }
        ++guess.headerLines;
    }
    const std::size_t data = guess.firstRow + static_cast<std::size_t>(guess.hasHeader ? guess.headerLines : 0);
    for (const auto& column : columnsBelow(table, data)) {
        guess.columnKinds += column.isTyped() && column.values > 1 ? 't' : '-';
    }
    return guess;
}

}  // namespace tierwise::ingest
