// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/report/report.h"

namespace tierwise::project {

/// What a report can be written as by core alone. PDF and PNG need the desktop program's fonts and painter.
enum class ReportFormat { html, markdown, json, csv, xlsx, svg };

/// "html", "md" or "markdown", "json", "csv", "xlsx", "svg". Error invalidArgument names them all.
[[nodiscard]] Result<ReportFormat> parseReportFormat(std::string_view name);
[[nodiscard]] const char* reportSuffix(ReportFormat format);

/// Writes the report. csv: the key figures, or with `part` the table of that id; svg: the chart of the id `part`, or
/// all charts into the folder `file`. Nothing is left half-written: the file is replaced in one step.
/// Errors: io, diskFull, notFound (no such table or chart; names those there are). Any thread.
[[nodiscard]] Result<void> exportReport(const report::Report& report, ReportFormat format,
                                        const std::filesystem::path& file, const std::string& part = {});

/// A chart as a file of its own, without a page around it that says that its figures are made up: its title says so.
[[nodiscard]] report::Chart standingAlone(const report::Report& report, report::Chart chart);

/// Replaces a file's content in one step. Errors: io, diskFull.
[[nodiscard]] Result<void> writeFileAtomically(const std::filesystem::path& file, std::string_view content);

}  // namespace tierwise::project
