// SPDX-License-Identifier: GPL-3.0-or-later
// What the .cpp files of the XLSX writer share; nobody else includes it.
#pragma once

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <xlsxwriter.h>

#include "core/report/report.h"

namespace tierwise::report {

/// A workbook being written: its formats, and cells written by what they mean. One row after the other: the library
/// keeps but one in memory.
class XlsxBook {
public:
    explicit XlsxBook(const std::filesystem::path& file);

    [[nodiscard]] lxw_workbook* handle() const { return m_book; }
    /// A new sheet; its name is the title's beginning, unique, without what a sheet's name must not hold.
    lxw_worksheet* add(const std::string& title, std::string* name = nullptr);
    /// As it comes out of a printer: landscape, as wide as a page, with the sheet's name and page numbers.
    static void setPage(lxw_worksheet* sheet);
    /// How many lines a text takes in a column of that many digits' width.
    [[nodiscard]] static std::size_t linesOf(const std::string& text, double columnDigits);
    /// Set outright, because not every program works heights out when it opens a file.
    static void setHeight(lxw_worksheet* sheet, lxw_row_t row, std::size_t lines);

    void writeText(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* format);
    void writeHeader(lxw_worksheet* sheet, lxw_row_t row, const std::vector<ColumnSpec>& columns);
    void writeNumber(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, double value, Unit unit);
    void writeCell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell);

    [[nodiscard]] lxw_error close();

    lxw_format* bold = nullptr;
    lxw_format* decision = nullptr;
    lxw_format* title = nullptr;
    lxw_format* wrap = nullptr;
    lxw_format* text = nullptr;

private:
    lxw_format* number(const char* pattern);

    std::string m_file;
    lxw_workbook* m_book = nullptr;
    lxw_format* m_header = nullptr;
    lxw_format* m_headerRight = nullptr;
    std::array<lxw_format*, 12> m_small{};  ///< dollars below ten cents, by further decimals
    lxw_format* m_date = nullptr;
    lxw_format* m_missing = nullptr;
    lxw_format* m_whole = nullptr;
    lxw_format* m_day = nullptr;
    std::map<Unit, lxw_format*> m_formats;
    std::set<std::string> m_names;
};

/// A sheet with the chart on top and the figures that it is drawn of below.
void addChart(XlsxBook& book, const Chart& chart);

}  // namespace tierwise::report
