// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/table.h"

#include <algorithm>

#include "core/base/display.h"

namespace tierwise::cli {
namespace {

// Display width: code points, which is right for what logs hold outside East Asian scripts.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

// Foreign text as one cell of a table: on one line, no longer than a screen is wide, and nothing that a terminal obeys.
std::string cellText(const std::string& text) {
    constexpr std::size_t kMost = 120;
    std::string safe = displayText(text, kMost);
    std::replace_if(
        safe.begin(), safe.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    return safe;
}

}  // namespace

void Table::addRow(std::vector<std::string> cells) {
    std::transform(cells.begin(), cells.end(), cells.begin(), cellText);
    m_rows.push_back(std::move(cells));
}

std::string Table::toText() const {
    std::vector<std::size_t> widths;
    for (const auto& column : m_columns) {
        widths.push_back(width(column.title));
    }
    for (const auto& row : m_rows) {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            // An empty cell is shown as "-".
            widths[i] = std::max({widths[i], std::size_t{1}, i < row.size() ? width(row[i]) : 0});
        }
    }
    std::string text;
    const auto addLine = [&](const auto& cellAt) {
        std::string line;
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            const std::string cell = cellAt(i);
            const std::string pad(widths[i] - width(cell), ' ');
            line += (i == 0 ? "" : "  ") + (m_columns[i].align == Align::right ? pad + cell : cell + pad);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + '\n';
    };
    addLine([&](std::size_t i) { return m_columns[i].title; });
    addLine([&](std::size_t i) { return std::string(widths[i], '-'); });
    for (const auto& row : m_rows) {
        addLine([&](std::size_t i) { return i < row.size() && !row[i].empty() ? row[i] : std::string("-"); });
    }
    return text;
}

}  // namespace tierwise::cli
