// SPDX-License-Identifier: GPL-3.0-or-later
// Native charts of a workbook, from the same numbers as the drawn ones.
#include <algorithm>
#include <cmath>

#include "core/base/display.h"
#include "core/report/svg_chart.h"
#include "core/report/xlsx_book.h"

namespace tierwise::report {
namespace {

constexpr lxw_row_t kChartHeader = 24;  // below the picture

lxw_color_t rgb(std::string_view css) {
    return static_cast<lxw_color_t>(std::stoul(std::string(css.substr(1)), nullptr, 16));
}

const char* axisFormat(Unit unit) {
    switch (unit) {
        case Unit::dollars:
            return "$#,##0.##";
        case Unit::share:
            return "0%";
        default:
            return "General";
    }
}

std::uint8_t typeOf(ChartKind kind) {
    switch (kind) {
        case ChartKind::xy:
            return LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS;
        case ChartKind::stackedBars:
            return LXW_CHART_COLUMN_STACKED;
        case ChartKind::horizontalRange:
            break;
    }
    return LXW_CHART_BAR_STACKED;
}

void writeChartRow(XlsxBook& book, lxw_worksheet* sheet, const Chart& chart, std::size_t index) {
    const auto row = static_cast<lxw_row_t>(kChartHeader + 1 + index);
    if (chart.kind == ChartKind::xy) {
        book.writeNumber(sheet, row, 0, static_cast<double>(index + 1), Unit::number);
        lxw_col_t column = 1;
        for (const auto& series : chart.series) {
            if (index < series.points.size()) {
                const auto& point = series.points[index];
                book.writeNumber(sheet, row, column, point.x, chart.xUnit);
                book.writeNumber(sheet, row, static_cast<lxw_col_t>(column + 1), point.y, chart.yUnit);
            }
            column = static_cast<lxw_col_t>(column + 2);
        }
        return;
    }
    book.writeText(sheet, row, 0, chart.categories[index], book.text);
    lxw_col_t column = 1;
    for (const auto& series : chart.series) {
        const auto found = std::find_if(series.points.begin(), series.points.end(), [&](const ChartPoint& point) {
            return static_cast<std::size_t>(std::max(0.0, point.x)) == index;
        });
        if (found != series.points.end()) {
            const double low = found->yLow.value_or(0);
            const double high = found->yHigh.value_or(found->y);
            if (chart.kind == ChartKind::horizontalRange) {
                book.writeNumber(sheet, row, column, std::min(low, high), chart.yUnit);
                book.writeNumber(sheet, row, static_cast<lxw_col_t>(column + 1), std::abs(high - low), chart.yUnit);
            } else {
                book.writeNumber(sheet, row, column, found->y, chart.yUnit);
            }
        }
        column = static_cast<lxw_col_t>(column + (chart.kind == ChartKind::horizontalRange ? 2 : 1));
    }
}

// The points' own names beside them.
void labelPoints(lxw_chart_series* drawn, const ChartSeries& series) {
    if (series.kind != SeriesKind::points || series.points.empty()) {
        return;
    }
    std::vector<std::string> words;
    for (const auto& point : series.points) {
        words.push_back(displayText(point.label, 60));
    }
    std::vector<lxw_chart_data_label> labels(words.size());
    std::vector<lxw_chart_data_label*> list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        labels[i].value = words[i].data();
        labels[i].hide = words[i].empty() ? LXW_TRUE : LXW_FALSE;
        list.push_back(&labels[i]);
    }
    list.push_back(nullptr);
    chart_series_set_labels(drawn);
    chart_series_set_labels_custom(drawn, list.data());
}

void addSeries(lxw_chart* drawn, const Chart& chart, const std::string& sheet) {
    lxw_col_t column = 1;
    for (const auto& series : chart.series) {
        const std::size_t count = chart.kind == ChartKind::xy ? series.points.size() : chart.categories.size();
        const auto first = static_cast<lxw_row_t>(kChartHeader + 1);
        const auto last = static_cast<lxw_row_t>(kChartHeader + std::max<std::size_t>(1, count));
        const bool xy = chart.kind == ChartKind::xy;
        lxw_chart_series* one = chart_add_series(drawn, nullptr, nullptr);
        const lxw_col_t categories = xy ? column : static_cast<lxw_col_t>(0);
        const auto values = static_cast<lxw_col_t>(xy ? column + 1 : column);
        chart_series_set_categories(one, sheet.c_str(), first, categories, last, categories);
        chart_series_set_values(one, sheet.c_str(), first, values, last, values);
        const std::string name = displayText(series.name, 100);
        chart_series_set_name(one, name.c_str());
        lxw_chart_fill fill{};
        fill.color = series.role == 4 ? rgb("#111827") : rgb(tierColour(series.role));
        if (chart.kind == ChartKind::horizontalRange) {
            lxw_chart_fill none{};
            none.none = LXW_TRUE;
            chart_series_set_fill(one, &none);
            lxw_chart_series* span = chart_add_series(drawn, nullptr, nullptr);
            const auto spans = static_cast<lxw_col_t>(column + 1);
            chart_series_set_categories(span, sheet.c_str(), first, 0, last, 0);
            chart_series_set_values(span, sheet.c_str(), first, spans, last, spans);
            chart_series_set_name(span, "Low to high");
            chart_series_set_fill(span, &fill);
            column = static_cast<lxw_col_t>(column + 2);
            continue;
        }
        if (xy) {
            lxw_chart_line line{};
            line.color = fill.color;
            line.none = series.kind == SeriesKind::points ? LXW_TRUE : LXW_FALSE;
            line.dash_type =
                series.kind == SeriesKind::dashedLine ? LXW_CHART_LINE_DASH_DASH : LXW_CHART_LINE_DASH_SOLID;
            chart_series_set_line(one, &line);
            chart_series_set_marker_type(
                one, series.kind == SeriesKind::points ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_NONE);
            chart_series_set_marker_fill(one, &fill);
            labelPoints(one, series);
            column = static_cast<lxw_col_t>(column + 2);
        } else {
            chart_series_set_fill(one, &fill);
            column = static_cast<lxw_col_t>(column + 1);
        }
    }
}

}  // namespace

void addChart(XlsxBook& book, const Chart& chart) {
    std::string name;
    lxw_worksheet* sheet = book.add(chart.shortTitle.empty() ? "Chart " + chart.title : chart.shortTitle, &name);
    lxw_chart* drawn = workbook_add_chart(book.handle(), typeOf(chart.kind));
    // The picture on top, its figures below.
    std::vector<ColumnSpec> titles{{chart.kind == ChartKind::xy ? "Point" : "Category", Unit::text}};
    std::size_t longest = 0;
    for (const auto& series : chart.series) {
        if (chart.kind == ChartKind::xy) {
            titles.push_back({series.name + ": " + chart.xTitle, chart.xUnit});
            titles.push_back({series.name + ": " + chart.yTitle, chart.yUnit});
        } else {
            const bool range = chart.kind == ChartKind::horizontalRange;
            titles.push_back({range ? "Low" : series.name, chart.yUnit});
            if (range) {
                titles.push_back({"Span from low to high", chart.yUnit});
            }
        }
        longest = std::max(longest, series.points.size());
    }
    worksheet_set_column(sheet, 0, 0, 30, nullptr);
    worksheet_set_column(sheet, 1, static_cast<lxw_col_t>(titles.size()), 14, nullptr);
    XlsxBook::setHeight(sheet, kChartHeader, 3);
    book.writeHeader(sheet, kChartHeader, titles);
    const std::size_t rows = chart.kind == ChartKind::xy ? longest : chart.categories.size();
    for (std::size_t i = 0; i < rows; ++i) {
        writeChartRow(book, sheet, chart, i);
    }
    addSeries(drawn, chart, name);
    const std::string title = displayText(chart.title, 200);
    chart_title_set_name(drawn, title.c_str());
    const bool bars = chart.kind == ChartKind::horizontalRange;
    chart_axis_set_name(drawn->x_axis, (bars ? chart.yTitle : chart.xTitle).c_str());
    chart_axis_set_name(drawn->y_axis, (bars ? std::string() : chart.yTitle).c_str());
    chart_axis_set_num_format(bars ? drawn->x_axis : drawn->y_axis, axisFormat(chart.yUnit));
    if (chart.kind == ChartKind::xy) {
        chart_axis_set_num_format(drawn->x_axis, axisFormat(chart.xUnit));
    }
    if (bars) {
        chart_axis_set_reverse(drawn->y_axis);  // the first cause on top
        chart_legend_set_position(drawn, LXW_CHART_LEGEND_NONE);
    } else {
        chart_legend_set_position(drawn, LXW_CHART_LEGEND_BOTTOM);
    }
    if (chart.logX && chart.kind == ChartKind::xy) {
        chart_axis_set_log_base(drawn->x_axis, 10);
    }
    lxw_chart_options options{};
    options.x_scale = 1.9;
    options.y_scale = 1.6;
    std::string summary = displayText(chart.summary, 500);
    options.description = summary.data();
    XlsxBook::setPage(sheet);
    worksheet_insert_chart_opt(sheet, 0, 0, drawn, &options);
}

}  // namespace tierwise::report
