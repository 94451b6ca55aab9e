// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/report/report.h"

// One writer a format. All take the same Report and put the same words for the same figure; the same Report gives the
// same bytes. Foreign text (prompts, model and team names) is shown as text in every one. Any thread.
// The PDF writer is the desktop program's (ui/report): it needs fonts and a painter.
namespace tierwise::report {

/// One self-contained page: style and charts inline, light and dark, printable.
[[nodiscard]] std::string toHtml(const Report& report);

/// GitHub-flavoured Markdown with pipe tables.
[[nodiscard]] std::string toMarkdown(const Report& report);

/// The figures, tables and charts as data; schema in resources/report/report.schema.json. Values are raw (dollars as
/// decimal strings where exact), "text" is what the other formats print.
[[nodiscard]] std::string toJson(const Report& report);

/// One table as RFC 4180 CSV (CRLF, header row). Text cells that a spreadsheet would run as a formula (beginning with
/// = + - @, tab or carriage return) get a leading apostrophe. Numbers are plain: full precision, no thousands commas.
[[nodiscard]] std::string toCsv(const Table& table);

/// Every key figure as one CSV table: key, label, value, low, high, unit, text, source.
[[nodiscard]] std::string figuresToCsv(const Report& report);

/// A workbook: a summary sheet and a sheet a table, real numbers and dates, frozen headers, native charts.
/// Errors: io, diskFull.
[[nodiscard]] Result<void> writeXlsx(const Report& report, const std::filesystem::path& file);

/// One CSV field, quoted where RFC 4180 needs it; harmless as above when isText.
[[nodiscard]] std::string csvField(std::string_view text, bool isText);

}  // namespace tierwise::report
