// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/table_shapes.h"

#include <algorithm>

#include "core/ingest/reader/row_mender.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {

bool isText(const SampleTable& table) {
    if (table.width != 1) {
        return false;
    }
    std::size_t several = 0;
    std::size_t longest = 0;
    std::size_t run = 0;
    std::size_t width = 0;
    for (const auto& row : table.rows) {
        if (row.blank()) {
            continue;
        }
        const std::size_t cells = row.cells.size();
        run = cells < 2 ? 0 : cells == width ? run + 1 : 1;
        width = cells;
        several += cells < 2 ? 0 : 1;
        longest = std::max(longest, run);
    }
    return several > 0 && (longest < 2 || longest * 10 < several * 6);
}

std::string withoutWrapping(std::string_view sample, const Dialect& base, std::size_t maxRows) {
    constexpr char kQuote = '"';
    if (sample.find("\n\"") == std::string_view::npos && sample.find("\r\"") == std::string_view::npos) {
        return {};
    }
    Dialect lines = base;
    lines.delimiter.clear();
    lines.quote = kQuote;
    lines.escape.reset();
    std::string text;
    std::size_t wrapped = 0;
    for (const auto& row : readSample(sample, lines, 0, maxRows).rows) {
        auto inner = unwrapRow(row.raw, kQuote);
        wrapped += inner ? 1 : 0;
        text += inner ? *inner : row.raw;
    }
    return wrapped < 2 ? std::string() : text;
}

bool isWrappedTable(const SampleTable& table, std::string_view unwrapped) {
    const auto first = std::find_if(table.rows.begin(), table.rows.end(), [](const auto& row) { return !row.blank(); });
    if (table.width < 2 || table.share < 0.9 || first->cells.size() != table.width) {
        return false;
    }
    std::size_t typed = 0;
    std::size_t rows = 0;
    for (const auto& row : table.rows) {
        ++rows;
        typed += std::any_of(row.cells.begin(), row.cells.end(), [](const auto& cell) { return isTypedValue(cell); });
    }
    return typed * 2 > rows || (table.width > 2 && unwrapped.find('"') != std::string_view::npos);
}

WholeLines wholeLines(std::string_view sample) {
    constexpr std::size_t kMost = 50;
    WholeLines lines;
    std::size_t count = 0;
    std::size_t typed = 0;
    while (!sample.empty() && count < kMost) {
        const std::size_t end = std::min(sample.find_first_of("\r\n"), sample.size());
        const std::string_view line = trimmed(sample.substr(0, end));
        sample.remove_prefix(std::min(end + 1, sample.size()));
        if (line.empty()) {
            continue;
        }
        const bool value = isTypedValue(line) || isAddress(line);
        if (count++ == 0) {
            lines.firstTyped = value;
        } else {
            typed += value ? 1 : 0;
        }
    }
    lines.typed = count > 2 && typed * 10 >= (count - 1) * 9;
    return lines;
}

bool dividesValues(const SampleTable& table, const DelimiterCandidate& delimiter, const WholeLines& lines) {
    const auto first = std::find_if(table.rows.begin(), table.rows.end(), [](const auto& row) { return !row.blank(); });
    if (table.width < 2 || first == table.rows.end()) {
        return false;
    }
    const bool namesBelow = first->cells.size() == table.width && !lines.firstTyped;
    if (lines.typed && !namesBelow && (delimiter.weak || (table.width == 2 && first->cells.size() == 1))) {
        return true;
    }
    if (!delimiter.weak || (table.width > 2 && first->cells.size() > 1)) {
        return false;
    }
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.quoted[i] || isTypedValue(row.cells[i])) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace tierwise::ingest
