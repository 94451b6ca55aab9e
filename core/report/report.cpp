// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/report.h"

#include <algorithm>

#include "core/base/display.h"

namespace tierwise::report {
namespace {

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
            break;
    }
    return displayNumber(value);
}

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

}  // namespace

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

Cell ranged(Cell cell, double low, double high) {
    cell.low = low;
    cell.high = high;
    return cell;
}

std::string display(const Cell& cell) {
    struct Visitor {
        Unit unit;
        std::string operator()(std::monostate) const { return std::string(kMissing); }
        std::string operator()(const std::string& text) const { return text.empty() ? std::string(kMissing) : text; }
        std::string operator()(std::int64_t count) const { return displayCount(count); }
        std::string operator()(double value) const { return displayNumberAs(value, unit); }
        std::string operator()(MoneySum amount) const { return displayDollars(amount); }
        std::string operator()(Timestamp time) const { return time.toIso(); }
    };
    std::string text = std::visit(Visitor{cell.unit}, cell.value);
    if (cell.low && cell.high) {
        text += " (" + displayNumberAs(*cell.low, cell.unit) + " to " + displayNumberAs(*cell.high, cell.unit) + ")";
    }
    return text;
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

std::vector<const Table*> tablesOf(const Report& report) {
    return blocksOf<Table>(report);
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
