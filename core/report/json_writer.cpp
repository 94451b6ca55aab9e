// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "core/base/display.h"
#include "core/report/raw.h"
#include "core/report/writers.h"

namespace tierwise::report {
namespace {

using Json = nlohmann::ordered_json;

Json valueJson(const Cell& cell) {
    if (const auto* count = std::get_if<std::int64_t>(&cell.value)) {
        return *count;
    }
    if (const auto* number = std::get_if<double>(&cell.value)) {
        return *number;
    }
    if (std::holds_alternative<std::monostate>(cell.value)) {
        return nullptr;
    }
    return raw(cell).text;
}

Json cellJson(const Cell& cell) {
    Json json{{"value", valueJson(cell)}, {"unit", unitName(cell.unit)}, {"text", displayText(display(cell))}};
    if (cell.low && cell.high) {
        json["low"] = *cell.low;
        json["high"] = *cell.high;
    }
    return json;
}

Json seriesJson(const ChartSeries& series) {
    Json points = Json::array();
    for (const auto& point : series.points) {
        Json one{{"x", point.x}, {"y", point.y}};
        if (point.yLow && point.yHigh) {
            one["low"] = *point.yLow;
            one["high"] = *point.yHigh;
        }
        if (!point.label.empty()) {
            one["label"] = displayText(point.label);
        }
        points.push_back(std::move(one));
    }
    return {{"name", displayText(series.name)}, {"points", std::move(points)}};
}

struct BlockJson {
    Json operator()(const Paragraph& paragraph) const {
        return {{"kind", "paragraph"}, {"text", displayText(paragraph.text)}};
    }
    Json operator()(const KeyFigures& block) const {
        Json figures = Json::array();
        for (const auto& figure : block.figures) {
            Json one = cellJson(figure.cell);
            one["key"] = displayText(figure.key);
            one["label"] = displayText(figure.label);
            one["source"] = displayText(figure.source);
            figures.push_back(std::move(one));
        }
        return {{"kind", "figures"}, {"figures", std::move(figures)}};
    }
    Json operator()(const Table& table) const {
        Json columns = Json::array();
        for (const auto& column : table.columns) {
            columns.push_back({{"title", displayText(column.title)}, {"unit", unitName(column.unit)}});
        }
        Json rows = Json::array();
        for (const auto& row : table.rows) {
            Json cells = Json::array();
            for (const auto& cell : row) {
                cells.push_back(cellJson(cell));
            }
            rows.push_back(std::move(cells));
        }
        return {{"kind", "table"},
                {"id", table.id},
                {"title", displayText(table.title)},
                {"columns", std::move(columns)},
                {"rows", std::move(rows)},
                {"note", displayText(table.note)}};
    }
    Json operator()(const Chart& chart) const {
        Json series = Json::array();
        for (const auto& one : chart.series) {
            series.push_back(seriesJson(one));
        }
        Json categories = Json::array();
        for (const auto& category : chart.categories) {
            categories.push_back(displayText(category));
        }
        return {{"kind", "chart"},
                {"id", chart.id},
                {"title", displayText(chart.title)},
                {"summary", displayText(chart.summary)},
                {"xTitle", displayText(chart.xTitle)},
                {"yTitle", displayText(chart.yTitle)},
                {"xUnit", unitName(chart.xUnit)},
                {"yUnit", unitName(chart.yUnit)},
                {"notShown", chart.notShown},
                {"categories", std::move(categories)},
                {"series", std::move(series)}};
    }
};

}  // namespace

std::string toJson(const Report& report) {
    Json sections = Json::array();
    for (const auto& section : report.sections) {
        Json blocks = Json::array();
        for (const auto& block : section.blocks) {
            blocks.push_back(std::visit(BlockJson{}, block));
        }
        sections.push_back({{"id", section.id}, {"title", section.title}, {"blocks", std::move(blocks)}});
    }
    Json provenance = Json::array();
    for (const auto& [name, value] : report.provenance) {
        provenance.push_back({{"name", displayText(name)}, {"value", displayText(value)}});
    }
    // The same figures once more by their key, for scripts: .figures["saving.dollars"].value
    Json figures = Json::object();
    for (const auto* figure : figuresOf(report)) {
        figures[displayText(figure->key)] = cellJson(figure->cell);
    }
    Json json{{"format", "tierwise-report"},
              {"version", 1},
              {"title", displayText(report.title)},
              {"project", displayText(report.project)},
              {"asOf", report.asOf},
              {"decision", displayText(report.decision)},
              {"decisive", report.decisive ? Json(*report.decisive) : Json(nullptr)},
              {"audience", report.audience == Audience::manager ? "manager" : "analyst"},
              {"synthetic", report.synthetic},
              {"figures", std::move(figures)},
              {"sections", std::move(sections)},
              {"provenance", std::move(provenance)}};
    return json.dump(2) + "\n";
}

}  // namespace tierwise::report
