// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "core/base/display.h"
#include "core/report/raw.h"
#include "core/report/svg_chart.h"
#include "core/report/writers.h"

namespace tierwise::report {
namespace {

constexpr std::size_t kMostCellCharacters = 32000;  // Excel's limit is 32,767 UTF-16 units
constexpr std::size_t kMostRows = 1048000;          // Excel's limit is 1,048,576

// A sheet's name: unique, at most 31 characters, without what Excel forbids.
std::string sheetName(const std::string& title, std::set<std::string>& taken) {
    std::string base = displayText(title, 26);
    for (char& c : base) {
        if (std::string_view("[]:*?/\\'\n\t").find(c) != std::string_view::npos) {
            c = ' ';
        }
    }
    if (base.empty()) {
        base = "Sheet";
    }
    std::string name = base;
    for (int number = 2; !taken.insert(name).second; ++number) {
        name = fmt::format("{} {}", base, number);
    }
    return name;
}

lxw_color_t rgb(std::string_view css) {
    return static_cast<lxw_color_t>(std::stoul(std::string(css.substr(1)), nullptr, 16));
}

// An Excel serial date is days since 1899-12-30.
double serialDate(Timestamp time) {
    return static_cast<double>(time.nanos()) / 86400e9 + 25569.0;
}

class Workbook {
public:
    explicit Workbook(const std::filesystem::path& file) : m_temporary(file.string()) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        m_book = workbook_new_opt(m_temporary.c_str(), &options);
        m_bold = workbook_add_format(m_book);
        format_set_bold(m_bold);
        m_title = workbook_add_format(m_book);
        format_set_bold(m_title);
        format_set_font_size(m_title, 16);
        m_header = workbook_add_format(m_book);
        format_set_bold(m_header);
        format_set_bottom(m_header, LXW_BORDER_THIN);
        format_set_text_wrap(m_header);
        format_set_align(m_header, LXW_ALIGN_VERTICAL_TOP);
        m_wrap = workbook_add_format(m_book);
        format_set_text_wrap(m_wrap);
        format_set_align(m_wrap, LXW_ALIGN_VERTICAL_TOP);
        m_formats = {{Unit::dollars, number("$#,##0.00")},  {Unit::share, number("0.0%")},
                     {Unit::points, number("+0.0%;-0.0%")}, {Unit::count, number("#,##0")},
                     {Unit::number, number("#,##0.####")},  {Unit::text, nullptr}};
        m_small = number("$#,##0.000000");
        m_date = number("yyyy-mm-dd hh:mm:ss");
    }

    void setProperties(const Report& report) {
        std::string title = displayText(report.title, 200);
        std::string author = "Tierwise";
        lxw_doc_properties properties{};
        properties.title = title.data();
        properties.author = author.data();
        const auto day = Timestamp::parseIso(report.asOf.substr(0, std::min<std::size_t>(10, report.asOf.size())));
        properties.created = static_cast<time_t>(day ? day->nanos() / 1'000'000'000 : 0);
        workbook_set_properties(m_book, &properties);
    }

    void addSummary(const Report& report) {
        lxw_worksheet* sheet = add("Summary");
        worksheet_set_column(sheet, 0, 0, 44, nullptr);
        worksheet_set_column(sheet, 1, 3, 18, nullptr);
        worksheet_set_column(sheet, 4, 4, 70, nullptr);
        lxw_row_t row = 0;
        writeText(sheet, row++, 0, report.title, m_title);
        writeText(sheet, row++, 0, report.project + " \u00b7 " + report.asOf, nullptr);
        if (report.synthetic) {
            writeText(sheet, row++, 0, "Synthetic sample workload: no real company's figures.", m_bold);
        }
        writeText(sheet, row, 0, report.decision, m_bold);
        if (report.decisive) {
            writeText(sheet, row + 1, 0, *report.decisive ? "DECISIVE" : "NOT DECISIVE", m_bold);
        }
        row += 3;
        writeHeader(sheet, row++, {"Figure", "Value", "Low", "High", "Source"});
        for (const auto* figure : figuresOf(report)) {
            writeText(sheet, row, 0, figure->label, m_wrap);
            writeCell(sheet, row, 1, figure->cell);
            writeBound(sheet, row, 2, figure->cell.low, figure->cell.unit);
            writeBound(sheet, row, 3, figure->cell.high, figure->cell.unit);
            writeText(sheet, row, 4, figure->source, m_wrap);
            ++row;
        }
        ++row;
        for (const auto& [name, value] : report.provenance) {
            writeText(sheet, row, 0, name, nullptr);
            writeText(sheet, row, 1, value, nullptr);
            ++row;
        }
    }

    void addTable(const Table& table) {
        lxw_worksheet* sheet = add(table.title);
        std::vector<std::string> titles;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            titles.push_back(table.columns[i].title);
            worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), columnWidth(table, i),
                                 nullptr);
        }
        writeHeader(sheet, 0, titles);
        worksheet_freeze_panes(sheet, 1, 0);
        lxw_row_t row = 1;
        for (const auto& cells : table.rows) {
            if (row > kMostRows) {
                break;
            }
            for (std::size_t i = 0; i < cells.size(); ++i) {
                writeCell(sheet, row, static_cast<lxw_col_t>(i), cells[i]);
            }
            ++row;
        }
        if (!table.columns.empty() && row > 1) {
            worksheet_autofilter(sheet, 0, 0, row - 1, static_cast<lxw_col_t>(table.columns.size() - 1));
        }
        if (!table.note.empty()) {
            writeText(sheet, row + 1, 0, table.note, nullptr);
        }
    }

    void addChart(const Chart& chart) {
        const std::string name = uniqueName("Chart " + chart.title);
        lxw_worksheet* sheet = workbook_add_worksheet(m_book, name.c_str());
        lxw_chart* drawn = workbook_add_chart(m_book, typeOf(chart.kind));
        std::vector<std::string> titles{chart.kind == ChartKind::xy ? chart.xTitle : "Category"};
        std::size_t longest = 0;
        for (const auto& series : chart.series) {
            if (chart.kind == ChartKind::xy) {
                titles.push_back(series.name + ": " + chart.xTitle);
                titles.push_back(series.name + ": " + chart.yTitle);
            } else {
                titles.push_back(series.name.empty() ? chart.yTitle : series.name);
                if (chart.kind == ChartKind::horizontalRange) {
                    titles.push_back("Span");
                }
            }
            longest = std::max(longest, series.points.size());
        }
        if (chart.kind == ChartKind::xy) {
            titles.front() = "Label";
        }
        writeHeader(sheet, 0, titles);
        const std::size_t rows = chart.kind == ChartKind::xy ? longest : chart.categories.size();
        for (std::size_t i = 0; i < rows; ++i) {
            writeChartRow(sheet, chart, i);
        }
        addSeries(drawn, chart, name);
        const std::string title = displayText(chart.title, 200);
        chart_title_set_name(drawn, title.c_str());
        const bool bars = chart.kind == ChartKind::horizontalRange;
        chart_axis_set_name(drawn->x_axis, (bars ? chart.yTitle : chart.xTitle).c_str());
        chart_axis_set_name(drawn->y_axis, (bars ? std::string() : chart.yTitle).c_str());
        if (chart.logX && chart.kind == ChartKind::xy) {
            chart_axis_set_log_base(drawn->x_axis, 10);
        }
        lxw_chart_options options{};
        options.x_scale = 1.6;
        options.y_scale = 1.5;
        worksheet_insert_chart_opt(sheet, 1, static_cast<lxw_col_t>(titles.size() + 1), drawn, &options);
    }

    [[nodiscard]] lxw_error close() {
        lxw_workbook* book = m_book;
        m_book = nullptr;
        return workbook_close(book);
    }

private:
    lxw_format* number(const char* pattern) {
        lxw_format* format = workbook_add_format(m_book);
        format_set_num_format(format, pattern);
        format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
        return format;
    }

    std::string uniqueName(const std::string& title) { return sheetName(title, m_names); }
    lxw_worksheet* add(const std::string& title) { return workbook_add_worksheet(m_book, uniqueName(title).c_str()); }

    static std::uint8_t typeOf(ChartKind kind) {
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

    static double columnWidth(const Table& table, std::size_t column) {
        std::size_t widest = table.columns[column].title.size();
        const std::size_t looked = std::min<std::size_t>(table.rows.size(), 200);
        for (std::size_t i = 0; i < looked; ++i) {
            if (column < table.rows[i].size()) {
                widest = std::max(widest, display(table.rows[i][column]).size());
            }
        }
        return std::clamp(static_cast<double>(widest) * 1.1 + 2, 9.0, 60.0);
    }

    void writeText(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* format) {
        worksheet_write_string(sheet, row, column, displayText(text, kMostCellCharacters).c_str(), format);
    }

    void writeHeader(lxw_worksheet* sheet, lxw_row_t row, const std::vector<std::string>& titles) {
        for (std::size_t i = 0; i < titles.size(); ++i) {
            writeText(sheet, row, static_cast<lxw_col_t>(i), titles[i], m_header);
        }
    }

    void writeNumber(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, double value, Unit unit) {
        if (!std::isfinite(value)) {
            return;
        }
        const bool small = unit == Unit::dollars && value != 0 && std::abs(value) < 0.01;
        worksheet_write_number(sheet, row, column, value, small ? m_small : m_formats.at(unit));
    }

    void writeBound(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::optional<double> bound, Unit unit) {
        if (bound) {
            writeNumber(sheet, row, column, *bound, unit);
        }
    }

    void writeCell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell) {
        if (const auto* text = std::get_if<std::string>(&cell.value)) {
            writeText(sheet, row, column, *text, text->size() > 40 ? m_wrap : nullptr);
        } else if (const auto* count = std::get_if<std::int64_t>(&cell.value)) {
            writeNumber(sheet, row, column, static_cast<double>(*count), cell.unit);
        } else if (const auto* value = std::get_if<double>(&cell.value)) {
            writeNumber(sheet, row, column, *value, cell.unit);
        } else if (const auto* amount = std::get_if<MoneySum>(&cell.value)) {
            writeNumber(sheet, row, column, amount->toDouble(), Unit::dollars);
        } else if (const auto* time = std::get_if<Timestamp>(&cell.value)) {
            worksheet_write_number(sheet, row, column, serialDate(*time), m_date);
        } else {
            writeText(sheet, row, column, std::string(kMissing), nullptr);
        }
    }

    void writeChartRow(lxw_worksheet* sheet, const Chart& chart, std::size_t index) {
        const auto row = static_cast<lxw_row_t>(index + 1);
        if (chart.kind == ChartKind::xy) {
            lxw_col_t column = 1;
            for (const auto& series : chart.series) {
                if (index < series.points.size()) {
                    const auto& point = series.points[index];
                    if (column == 1 && !point.label.empty()) {
                        writeText(sheet, row, 0, point.label, nullptr);
                    }
                    writeNumber(sheet, row, column, point.x, chart.xUnit);
                    writeNumber(sheet, row, static_cast<lxw_col_t>(column + 1), point.y, chart.yUnit);
                }
                column = static_cast<lxw_col_t>(column + 2);
            }
            return;
        }
        writeText(sheet, row, 0, chart.categories[index], nullptr);
        lxw_col_t column = 1;
        for (const auto& series : chart.series) {
            const auto found = std::find_if(series.points.begin(), series.points.end(), [&](const ChartPoint& point) {
                return static_cast<std::size_t>(std::max(0.0, point.x)) == index;
            });
            if (found != series.points.end()) {
                const double low = found->yLow.value_or(0);
                const double high = found->yHigh.value_or(found->y);
                if (chart.kind == ChartKind::horizontalRange) {
                    writeNumber(sheet, row, column, std::min(low, high), chart.yUnit);
                    writeNumber(sheet, row, static_cast<lxw_col_t>(column + 1), std::abs(high - low), chart.yUnit);
                } else {
                    writeNumber(sheet, row, column, found->y, chart.yUnit);
                }
            }
            column = static_cast<lxw_col_t>(column + (chart.kind == ChartKind::horizontalRange ? 2 : 1));
        }
    }

    static void addSeries(lxw_chart* drawn, const Chart& chart, const std::string& sheet) {
        lxw_col_t column = 1;
        for (const auto& series : chart.series) {
            const std::size_t count = chart.kind == ChartKind::xy ? series.points.size() : chart.categories.size();
            const auto last = static_cast<lxw_row_t>(std::max<std::size_t>(1, count));
            const bool xy = chart.kind == ChartKind::xy;
            lxw_chart_series* one = chart_add_series(drawn, nullptr, nullptr);
            const lxw_col_t categories = xy ? column : static_cast<lxw_col_t>(0);
            const auto values = static_cast<lxw_col_t>(xy ? column + 1 : column);
            chart_series_set_categories(one, sheet.c_str(), 1, categories, last, categories);
            chart_series_set_values(one, sheet.c_str(), 1, values, last, values);
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
                chart_series_set_categories(span, sheet.c_str(), 1, 0, last, 0);
                chart_series_set_values(span, sheet.c_str(), 1, spans, last, spans);
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
                column = static_cast<lxw_col_t>(column + 2);
            } else {
                chart_series_set_fill(one, &fill);
                column = static_cast<lxw_col_t>(column + 1);
            }
        }
    }

    std::string m_temporary;
    lxw_workbook* m_book = nullptr;
    lxw_format* m_bold = nullptr;
    lxw_format* m_title = nullptr;
    lxw_format* m_header = nullptr;
    lxw_format* m_wrap = nullptr;
    lxw_format* m_small = nullptr;
    lxw_format* m_date = nullptr;
    std::map<Unit, lxw_format*> m_formats;
    std::set<std::string> m_names;
};

}  // namespace

Result<void> writeXlsx(const Report& report, const std::filesystem::path& file) {
    Workbook book(file);
    book.setProperties(report);
    book.addSummary(report);
    for (const auto* table : tablesOf(report)) {
        book.addTable(*table);
    }
    for (const auto* chart : chartsOf(report)) {
        book.addChart(*chart);
    }
    const lxw_error error = book.close();
    if (error != LXW_NO_ERROR) {
        return fail(ErrorCode::io, std::string("the workbook cannot be written: ") + lxw_strerror(error),
                    "Check that the folder exists, can be written to and has room, and that the file is not open.",
                    file.string());
    }
    return {};
}

}  // namespace tierwise::report
