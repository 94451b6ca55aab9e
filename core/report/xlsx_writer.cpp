// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cerrno>
#include <system_error>

#include "core/base/display.h"
#include "core/report/writers.h"
#include "core/report/xlsx_book.h"

namespace tierwise::report {
namespace {

constexpr std::size_t kMostRows = 1048000;  // Excel's limit is 1,048,576

void setProperties(XlsxBook& book, const Report& report) {
    std::string title = displayText(report.title, 200);
    std::string author = "Tierwise";
    lxw_doc_properties properties{};
    properties.title = title.data();
    properties.author = author.data();
    const auto day = Timestamp::parseIso(report.asOf.substr(0, std::min<std::size_t>(10, report.asOf.size())));
    // Never 0: the library would put the present time there, and the same report must give the same bytes.
    properties.created = static_cast<time_t>(std::max<std::int64_t>(day ? day->nanos() / 1'000'000'000 : 0, 1));
    workbook_set_properties(book.handle(), &properties);
}

void writeBound(XlsxBook& book, lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::optional<double> bound,
                Unit unit) {
    if (bound) {
        book.writeNumber(sheet, row, column, *bound, unit);
    }
}

void addSummary(XlsxBook& book, const Report& report) {
    lxw_worksheet* sheet = book.add("Summary");
    XlsxBook::setPage(sheet);
    worksheet_set_column(sheet, 0, 0, 44, nullptr);
    worksheet_set_column(sheet, 1, 3, 18, nullptr);
    worksheet_set_column(sheet, 4, 4, 70, nullptr);
    lxw_row_t row = 0;
    book.writeText(sheet, row++, 0, report.title, book.title);
    book.writeText(sheet, row++, 0, report.project + " \u00b7 " + report.asOf, nullptr);
    if (report.synthetic) {
        book.writeText(sheet, row++, 0, "Synthetic sample workload: no real company's figures.", book.bold);
    }
    worksheet_set_row(sheet, row, 48, nullptr);
    worksheet_merge_range(sheet, row, 0, row, 4, "", book.decision);
    book.writeText(sheet, row, 0, report.decision, book.decision);
    if (report.decisive) {
        book.writeText(sheet, row + 1, 0, *report.decisive ? "DECISIVE" : "NOT DECISIVE", book.bold);
    }
    row += 3;
    book.writeHeader(sheet, row++,
                     {{"Figure", Unit::text},
                      {"Value", Unit::number},
                      {"Low", Unit::number},
                      {"High", Unit::number},
                      {"Source", Unit::text}});
    for (const auto* figure : figuresOf(report)) {
        XlsxBook::setHeight(sheet, row,
                            std::max(XlsxBook::linesOf(figure->source, 70), XlsxBook::linesOf(figure->label, 44)));
        book.writeText(sheet, row, 0, figure->label, book.wrap);
        book.writeCell(sheet, row, 1, figure->cell);
        writeBound(book, sheet, row, 2, figure->cell.low, figure->cell.unit);
        writeBound(book, sheet, row, 3, figure->cell.high, figure->cell.unit);
        book.writeText(sheet, row, 4, figure->source, book.wrap);
        ++row;
    }
    ++row;
    for (const auto& [name, value] : report.provenance) {
        book.writeText(sheet, row, 0, name, book.text);
        book.writeText(sheet, row, 1, value, book.text);
        ++row;
    }
}

double columnWidth(const Table& table, std::size_t column) {
    std::size_t widest = table.columns[column].title.size();
    const std::size_t looked = std::min<std::size_t>(table.rows.size(), 200);
    for (std::size_t i = 0; i < looked; ++i) {
        if (column < table.rows[i].size()) {
            widest = std::max(widest, display(table.rows[i][column]).size());
        }
    }
    return std::clamp(static_cast<double>(widest) * 1.1 + 2, 9.0, 60.0);
}

void addTable(XlsxBook& book, const Table& ranged) {
    const Table table = withRangesAsColumns(ranged);
    lxw_worksheet* sheet = book.add(table.shortTitle.empty() ? table.title : table.shortTitle);
    std::vector<double> widths;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const auto column = static_cast<lxw_col_t>(i);
        widths.push_back(columnWidth(table, i));
        worksheet_set_column(sheet, column, column, widths.back(), nullptr);
    }
    book.writeHeader(sheet, 0, table.columns);
    worksheet_freeze_panes(sheet, 1, 0);
    XlsxBook::setPage(sheet);
    worksheet_repeat_rows(sheet, 0, 0);
    lxw_row_t row = 1;
    for (const auto& cells : table.rows) {
        if (row > kMostRows) {
            book.writeText(sheet, row + 1, 0, "A sheet holds no more rows than these.", nullptr);
            break;
        }
        std::size_t lines = 1;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (const auto* text = std::get_if<std::string>(&cells[i].value)) {
                lines = std::max(lines, XlsxBook::linesOf(*text, widths[i]));
            }
        }
        XlsxBook::setHeight(sheet, row, lines);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            book.writeCell(sheet, row, static_cast<lxw_col_t>(i), cells[i]);
        }
        ++row;
    }
    if (!table.columns.empty() && row > 1) {
        worksheet_autofilter(sheet, 0, 0, row - 1, static_cast<lxw_col_t>(table.columns.size() - 1));
    }
    if (!table.note.empty()) {
        book.writeText(sheet, row + 1, 0, table.note, book.text);
    }
}

}  // namespace

Result<void> writeXlsx(const Report& report, const std::filesystem::path& file) {
    // Beside the file, and in its place only when it is whole: what stands there is not lost to a full disk.
    auto part = file;
    part += ".part";
    XlsxBook book(part);
    setProperties(book, report);
    addSummary(book, report);
    for (const auto* table : tablesOf(report)) {
        addTable(book, *table);
    }
    for (const auto* chart : chartsOf(report)) {
        addChart(book, *chart);
    }
    for (const auto& list : report.lists) {
        addTable(book, list);
    }
    errno = 0;
    const lxw_error error = book.close();
    const int code = errno;
    std::error_code failed;
    if (error == LXW_NO_ERROR) {
        std::filesystem::rename(part, file, failed);
        if (!failed) {
            return {};
        }
    }
    const std::string why = failed      ? failed.message()
                            : code != 0 ? std::generic_category().message(code)
                                        : "the library that writes workbooks could not close it";
    std::filesystem::remove(part, failed);
    if (code == ENOSPC) {
        return fail(ErrorCode::diskFull, "there is no room left to write the workbook",
                    "Free some space, there or in the folder for temporary files, or choose another folder.",
                    file.string());
    }
    return fail(ErrorCode::io, "the workbook cannot be written: " + why,
                "Check that the folder exists, can be written to and has room, and that the file is not open.",
                file.string());
}

}  // namespace tierwise::report
