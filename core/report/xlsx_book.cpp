// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/xlsx_book.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "core/base/display.h"

namespace tierwise::report {
namespace {

constexpr std::size_t kMostCellUnits = 32'000;  // Excel's limit is 32,767 UTF-16 units

// The library tells standard error what went wrong, in its own words; the caller says it in ours. errno stays.
class QuietErrors {
public:
    QuietErrors() : m_kept(dup(STDERR_FILENO)) {
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);  // NOLINT: POSIX declares it so
        if (m_kept >= 0 && nowhere >= 0) {
            std::fflush(stderr);
            dup2(nowhere, STDERR_FILENO);
        }
        if (nowhere >= 0) {
            ::close(nowhere);
        }
        errno = 0;
    }
    QuietErrors(const QuietErrors&) = delete;
    QuietErrors& operator=(const QuietErrors&) = delete;
    ~QuietErrors() {
        const int code = errno;
        if (m_kept >= 0) {
            std::fflush(stderr);
            dup2(m_kept, STDERR_FILENO);
            ::close(m_kept);
        }
        errno = code;
    }

private:
    int m_kept;
};

// Foreign text as a cell takes it: safe to show, and short enough in UTF-16 units.
std::string cellText(std::string_view text) {
    std::string safe = displayText(text, kMostCellUnits);
    if (safe.size() <= kMostCellUnits) {
        return safe;
    }
    std::size_t units = 0;
    for (std::size_t at = 0; at < safe.size(); ++at) {
        const auto byte = static_cast<unsigned char>(safe[at]);
        if ((byte & 0xC0U) == 0x80U) {
            continue;
        }
        units += byte >= 0xF0 ? 2 : 1;
        if (units > kMostCellUnits) {
            return safe.substr(0, at) + "\u2026";
        }
    }
    return safe;
}

// A sheet's name: unique without regard to case, at most 31 characters, without what Excel forbids.
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
    const auto folded = [](std::string name) {
        std::transform(name.begin(), name.end(), name.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return name;
    };
    std::string name = base;
    for (int number = 2; !taken.insert(folded(name)).second; ++number) {
        name = fmt::format("{} {}", base, number);
    }
    return name;
}

// An Excel serial date is days since 1899-12-30.
double serialDate(Timestamp time) {
    return static_cast<double>(time.nanos()) / 86400e9 + 25569.0;
}

}  // namespace

XlsxBook::XlsxBook(const std::filesystem::path& file) : m_file(file.string()) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    m_book = workbook_new_opt(m_file.c_str(), &options);
    bold = workbook_add_format(m_book);
    format_set_bold(bold);
    decision = workbook_add_format(m_book);
    format_set_bold(decision);
    format_set_text_wrap(decision);
    format_set_align(decision, LXW_ALIGN_VERTICAL_TOP);
    title = workbook_add_format(m_book);
    format_set_bold(title);
    format_set_font_size(title, 16);
    m_header = workbook_add_format(m_book);
    format_set_bold(m_header);
    format_set_bottom(m_header, LXW_BORDER_THIN);
    format_set_text_wrap(m_header);
    format_set_align(m_header, LXW_ALIGN_VERTICAL_TOP);
    format_set_indent(m_header, 1);  // as the text below it
    wrap = workbook_add_format(m_book);
    format_set_text_wrap(wrap);
    format_set_align(wrap, LXW_ALIGN_VERTICAL_TOP);
    format_set_indent(wrap, 1);
    m_formats = {{Unit::dollars, number("$#,##0.00")},
                 {Unit::share, number("0.0%")},
                 {Unit::points, number("+0.0;-0.0;0.0")},
                 {Unit::count, number("#,##0")},
                 {Unit::number, number("0.0###")}};
    for (std::size_t decimals = 0; decimals < m_small.size(); ++decimals) {
        m_small[decimals] = number(("$0.00" + std::string(decimals, '0')).c_str());
    }
    m_missing = number("General");
    format_set_align(m_missing, LXW_ALIGN_RIGHT);
    m_whole = number("0");
    m_day = number("yyyy-mm-dd");
    text = workbook_add_format(m_book);
    format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
    format_set_indent(text, 1);
    m_headerRight = workbook_add_format(m_book);
    format_set_bold(m_headerRight);
    format_set_bottom(m_headerRight, LXW_BORDER_THIN);
    format_set_text_wrap(m_headerRight);
    format_set_align(m_headerRight, LXW_ALIGN_VERTICAL_TOP);
    format_set_align(m_headerRight, LXW_ALIGN_RIGHT);
    m_date = number("yyyy-mm-dd hh:mm:ss");
}

lxw_format* XlsxBook::number(const char* pattern) {
    lxw_format* format = workbook_add_format(m_book);
    format_set_num_format(format, pattern);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    return format;
}

lxw_worksheet* XlsxBook::add(const std::string& title_, std::string* name) {
    const std::string unique = sheetName(title_, m_names);
    if (name != nullptr) {
        *name = unique;
    }
    return workbook_add_worksheet(m_book, unique.c_str());
}

std::size_t XlsxBook::linesOf(const std::string& words, double columnDigits) {
    constexpr std::size_t kMost = 27;  // a row is at most 409 points high
    const auto perLine = static_cast<std::size_t>(std::max(8.0, columnDigits * 0.95));
    std::size_t lines = 0;
    for (std::size_t from = 0; from <= words.size() && lines < kMost;) {
        const std::size_t end = std::min(words.find('\n', from), words.size());
        lines += std::max<std::size_t>(1, (end - from + perLine - 1) / perLine);
        from = end + 1;
    }
    return std::clamp<std::size_t>(lines, 1, kMost);
}

void XlsxBook::setHeight(lxw_worksheet* sheet, lxw_row_t row, std::size_t lines) {
    if (lines > 1) {
        worksheet_set_row(sheet, row, static_cast<double>(lines) * LXW_DEF_ROW_HEIGHT, nullptr);
    }
}

void XlsxBook::setPage(lxw_worksheet* sheet) {
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, "&L&A&RPage &P of &N");
}

void XlsxBook::writeText(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& words,
                         lxw_format* format) {
    worksheet_write_string(sheet, row, column, cellText(words).c_str(), format);
}

void XlsxBook::writeHeader(lxw_worksheet* sheet, lxw_row_t row, const std::vector<ColumnSpec>& columns) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
        writeText(sheet, row, static_cast<lxw_col_t>(i), columns[i].title,
                  columns[i].unit == Unit::text ? m_header : m_headerRight);
    }
}

void XlsxBook::writeNumber(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, double value, Unit unit) {
    if (!std::isfinite(value)) {
        return;
    }
    // Below ten cents three digits, as everywhere; the cell holds them all.
    const bool small = unit == Unit::dollars && value != 0 && std::abs(value) < 0.09995;
    const auto more = small ? static_cast<std::size_t>(std::max(0.0, -std::floor(std::log10(std::abs(value))))) : 0;
    // A column of points says so in its header: the number in it is in points too.
    const bool whole = unit == Unit::number && value == std::round(value);
    const auto format = m_formats.find(unit);
    worksheet_write_number(sheet, row, column, unit == Unit::points ? value * 100 : value,
                           small                       ? m_small[std::min(more, m_small.size() - 1)]
                           : whole                     ? m_whole
                           : format == m_formats.end() ? text
                                                       : format->second);
}

void XlsxBook::writeCell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell) {
    if (const auto* words = std::get_if<std::string>(&cell.value)) {
        writeText(sheet, row, column, *words, words->size() > 40 ? wrap : text);
    } else if (const auto* count = std::get_if<std::int64_t>(&cell.value)) {
        writeNumber(sheet, row, column, static_cast<double>(*count), cell.unit);
    } else if (const auto* value = std::get_if<double>(&cell.value)) {
        writeNumber(sheet, row, column, *value, cell.unit);
    } else if (const auto* amount = std::get_if<MoneySum>(&cell.value)) {
        writeNumber(sheet, row, column, amount->toDouble(), Unit::dollars);
    } else if (const auto* time = std::get_if<Timestamp>(&cell.value)) {
        worksheet_write_number(sheet, row, column, serialDate(*time), cell.unit == Unit::date ? m_day : m_date);
    } else {
        writeText(sheet, row, column, std::string(kMissing), cell.unit == Unit::text ? text : m_missing);
    }
}

lxw_error XlsxBook::close() {
    lxw_workbook* book = m_book;
    m_book = nullptr;
    const QuietErrors quiet;
    return workbook_close(book);
}

}  // namespace tierwise::report
