// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report.h"

#include <algorithm>

#include "core/base/display.h"

namespace tierwise::report {
namespace {

Cell optionalCell(std::optional<double> value, Unit unit) {
    return {value ? Value(*value) : Value(), unit, {}, {}};
}

template <typename Wanted>
std::vector<const Wanted*> blocksOf(const Report& report) {
    std::vector<const Wanted*> found;
    for (const auto& section : report.sections) {
        for (const auto& block : section.blocks) {
            if (const auto* wanted = std::get_if<Wanted>(&block)) {
                found.push_back(wanted);
            }
        }
    }
    return found;
}

// The bound of a ranged cell as a cell of its own; missing where the cell has none.
Cell boundCell(const Cell& cell, const std::optional<double>& bound) {
    return {bound ? Value(*bound) : Value(), cell.unit, {}, {}};
}

}  // namespace

std::string displayNumberAs(double value, Unit unit) {
    switch (unit) {
        case Unit::dollars:
            return displayDollars(value);
        case Unit::share:
            return displayPercent(value);
        case Unit::points:
            return displayPoints(value);
        case Unit::count:
        case Unit::number:
        case Unit::text:
        case Unit::date:
            break;
    }
    return displayNumber(value);
}

Cell textCell(std::string text) {
    return {std::move(text), Unit::text, {}, {}};
}
Cell countCell(std::int64_t count) {
    return {count, Unit::count, {}, {}};
}
Cell dollarCell(MoneySum amount) {
    return {amount, Unit::dollars, {}, {}};
}
Cell dollarCell(std::optional<double> amount) {
    return optionalCell(amount, Unit::dollars);
}
Cell shareCell(std::optional<double> share) {
    return optionalCell(share, Unit::share);
}
Cell pointsCell(std::optional<double> difference) {
    return optionalCell(difference, Unit::points);
}
Cell numberCell(std::optional<double> value) {
    return optionalCell(value, Unit::number);
}
Cell timeCell(std::optional<Timestamp> time) {
    return {time ? Value(*time) : Value(), Unit::text, {}, {}};
}

Cell dateCell(const std::string& isoDate) {
    const auto day = isoDate.size() == 10 ? Timestamp::parseIso(isoDate) : std::nullopt;
    return day ? Cell{*day, Unit::date, {}, {}} : textCell(isoDate);
}

Cell ranged(Cell cell, double low, double high) {
    cell.low = low;
    cell.high = high;
    return cell;
}

std::string displayValue(const Cell& cell) {
    struct Visitor {
        Unit unit;
        std::string operator()(std::monostate) const { return std::string(kMissing); }
        std::string operator()(const std::string& text) const { return text.empty() ? std::string(kMissing) : text; }
        // A number that counts nothing (a request's own) has no thousands.
        std::string operator()(std::int64_t count) const {
            return unit == Unit::number ? std::to_string(count) : displayCount(count);
        }
        std::string operator()(double value) const { return displayNumberAs(value, unit); }
        std::string operator()(MoneySum amount) const { return displayDollars(amount); }
        std::string operator()(Timestamp time) const { return unit == Unit::date ? time.toIsoDate() : time.toIso(); }
    };
    return std::visit(Visitor{cell.unit}, cell.value);
}

std::string displayRange(const Cell& cell) {
    return cell.low && cell.high
               ? "(" + displayNumberAs(*cell.low, cell.unit) + " to " + displayNumberAs(*cell.high, cell.unit) + ")"
               : std::string();
}

std::string display(const Cell& cell) {
    const std::string range = displayRange(cell);
    return range.empty() ? displayValue(cell) : displayValue(cell) + " " + range;
}

Report selected(const Report& report, Audience audience, const std::vector<std::string>& chosen) {
    Report copy = report;
    copy.audience = audience;
    std::erase_if(copy.sections, [&](const Section& section) {
        const bool wanted = chosen.empty() || std::find(chosen.begin(), chosen.end(), section.id) != chosen.end();
        return !wanted || (chosen.empty() && section.analystOnly && audience == Audience::manager);
    });
    return copy;
}

Table withRangesAsColumns(const Table& table) {
    Table flat = table;
    flat.columns.clear();
    for (auto& row : flat.rows) {
        row.clear();
    }
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const ColumnSpec& column = table.columns[i];
        const bool ranges = std::any_of(table.rows.begin(), table.rows.end(),
                                        [&](const auto& row) { return i < row.size() && row[i].low && row[i].high; });
        flat.columns.push_back(column);
        if (ranges) {
            flat.columns.push_back({column.title + " low", column.unit});
            flat.columns.push_back({column.title + " high", column.unit});
        }
        for (std::size_t r = 0; r < table.rows.size(); ++r) {
            const Cell cell = i < table.rows[r].size() ? table.rows[r][i] : Cell{};
            flat.rows[r].push_back({cell.value, cell.unit, {}, {}});
            if (ranges) {
                flat.rows[r].push_back(boundCell(cell, cell.low));
                flat.rows[r].push_back(boundCell(cell, cell.high));
            }
        }
    }
    return flat;
}

std::vector<const Table*> tablesOf(const Report& report) {
    return blocksOf<Table>(report);
}

std::vector<const Table*> tablesAndListsOf(const Report& report) {
    std::vector<const Table*> tables = tablesOf(report);
    for (const auto& list : report.lists) {
        tables.push_back(&list);
    }
    return tables;
}

std::vector<const Chart*> chartsOf(const Report& report) {
    return blocksOf<Chart>(report);
}

std::vector<const KeyFigure*> figuresOf(const Report& report) {
    std::vector<const KeyFigure*> figures;
    for (const auto* block : blocksOf<KeyFigures>(report)) {
        for (const auto& figure : block->figures) {
            figures.push_back(&figure);
        }
    }
    return figures;
}

}  // namespace tierwise::report
