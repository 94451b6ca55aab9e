// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/report/raw.h"
#include "core/report/writers.h"

namespace tierwise::report {

RawText raw(const Cell& cell) {
    struct Visitor {
        RawText operator()(std::monostate) const { return {}; }
        RawText operator()(const std::string& text) const { return {displayText(text), true}; }
        RawText operator()(std::int64_t count) const { return {fmt::format("{}", count), false}; }
        RawText operator()(double value) const { return {rawNumber(value), false}; }
        RawText operator()(MoneySum amount) const { return {amount.toString(), false}; }
        RawText operator()(Timestamp time) const {
            return {unit == Unit::date ? time.toIsoDate() : time.toIso(), false};
        }
        Unit unit;
    };
    return std::visit(Visitor{cell.unit}, cell.value);
}

std::string rawNumber(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

std::string_view unitName(Unit unit) {
    constexpr std::array<std::string_view, 7> kNames{"dollars", "share", "points", "count", "number", "text", "date"};
    return kNames[static_cast<std::size_t>(unit)];
}

std::string csvField(std::string_view text, bool isText) {
    std::string field;
    if (isText && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        field += '\'';
    }
    field += text;
    if (field.find_first_of(",\"\r\n") == std::string::npos) {
        return field;
    }
    std::string quoted = "\"";
    for (const char c : field) {
        quoted += c;
        if (c == '"') {
            quoted += '"';
        }
    }
    return quoted + '"';
}

std::string toCsv(const Table& ranged) {
    const Table table = withRangesAsColumns(ranged);
    std::string csv;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        csv += (i == 0 ? "" : ",") + csvField(displayText(table.columns[i].title), true);
    }
    csv += "\r\n";
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const RawText cell = raw(row[i]);
            csv += (i == 0 ? "" : ",") + csvField(cell.text, cell.isText);
        }
        csv += "\r\n";
    }
    return csv;
}

std::string figuresToCsv(const Report& report) {
    Table table;
    for (const char* title : {"key", "label", "value", "low", "high", "unit", "text", "source"}) {
        table.columns.push_back({title, Unit::text});
    }
    for (const auto* figure : figuresOf(report)) {
        Cell value = figure->cell;
        value.low.reset();
        value.high.reset();
        table.rows.push_back({textCell(figure->key), textCell(figure->label), value, numberCell(figure->cell.low),
                              numberCell(figure->cell.high), textCell(std::string(unitName(figure->cell.unit))),
                              textCell(display(figure->cell)), textCell(figure->source)});
    }
    return toCsv(table);
}

}  // namespace tierwise::report
