// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/export.h"

#include <fcntl.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/report/svg_chart.h"
#include "core/report/writers.h"

namespace tierwise::project {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<std::string_view, ReportFormat>, 8> kNames{{{"html", ReportFormat::html},
                                                                           {"md", ReportFormat::markdown},
                                                                           {"markdown", ReportFormat::markdown},
                                                                           {"json", ReportFormat::json},
                                                                           {"csv", ReportFormat::csv},
                                                                           {"xlsx", ReportFormat::xlsx},
                                                                           {"svg", ReportFormat::svg},
                                                                           {"htm", ReportFormat::html}}};
constexpr int kChartWidth = 860;
constexpr int kChartHeight = 400;

tl::unexpected<Error> cannotWrite(const fs::path& file, int error) {
    if (error == ENOSPC || error == EDQUOT) {
        return fail(ErrorCode::diskFull, "there is no room left to write the file",
                    "Free some space, or choose another folder. Nothing was changed.", file.string());
    }
    return fail(ErrorCode::io, std::string("the file cannot be written: ") + std::strerror(error),
                "Check that the folder exists and can be written to.", file.string());
}

fs::path besides(const fs::path& file) {
    fs::path temporary = file;
    temporary += ".part" + std::to_string(getpid());
    return temporary;
}

Result<void> moveInPlace(const fs::path& temporary, const fs::path& file) {
    std::error_code error;
    fs::rename(temporary, file, error);
    if (error) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        return cannotWrite(file, error.value());
    }
    return {};
}

Result<void> writeXlsxInPlace(const report::Report& report, const fs::path& file) {
    const fs::path temporary = besides(file);
    if (auto written = report::writeXlsx(report, temporary); !written) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        Error error = written.error();
        error.source = file.string();
        return fail(std::move(error));
    }
    return moveInPlace(temporary, file);
}

Result<void> writeTable(const report::Report& report, const fs::path& file, const std::string& id) {
    if (id.empty() || id == "figures") {
        return writeFileAtomically(file, report::figuresToCsv(report));
    }
    std::string known = "figures";
    for (const auto* table : report::tablesAndListsOf(report)) {
        if (table->id == id) {
            return writeFileAtomically(file, report::toCsv(*table));
        }
        known += ", " + table->id;
    }
    return fail(ErrorCode::notFound, "the report has no table '" + id + "'", "Choose one of: " + known + ".");
}

Result<void> writeCharts(const report::Report& report, const fs::path& file, const std::string& id) {
    const auto draw = [&report](const report::Chart& chart) {
        return report::toSvg(standingAlone(report, chart), kChartWidth, kChartHeight, report::lightTheme());
    };
    std::string known;
    for (const auto* chart : report::chartsOf(report)) {
        if (chart->id == id) {
            return writeFileAtomically(file, draw(*chart));
        }
        known += (known.empty() ? "" : ", ") + chart->id;
    }
    if (!id.empty()) {
        return fail(ErrorCode::notFound, "the report has no chart '" + id + "'", "Choose one of: " + known + ".");
    }
    std::error_code error;
    fs::create_directories(file, error);
    if (error) {
        return cannotWrite(file, error.value());
    }
    for (const auto* chart : report::chartsOf(report)) {
        if (auto written = writeFileAtomically(file / (chart->id + ".svg"), draw(*chart)); !written) {
            return written;
        }
    }
    return {};
}

}  // namespace

report::Chart standingAlone(const report::Report& report, report::Chart chart) {
    if (report.synthetic) {
        chart.title += " (made-up sample data)";
    }
    return chart;
}

Result<ReportFormat> parseReportFormat(std::string_view name) {
    for (const auto& [known, format] : kNames) {
        if (known == name) {
            return format;
        }
    }
    return fail(ErrorCode::invalidArgument, fmt::format("'{}' is no format of a report", name),
                "Choose one of: pdf, html, xlsx, md, csv, json, svg, png, focus.");
}

const char* reportSuffix(ReportFormat format) {
    switch (format) {
        case ReportFormat::html:
            return "html";
        case ReportFormat::markdown:
            return "md";
        case ReportFormat::json:
            return "json";
        case ReportFormat::csv:
            return "csv";
        case ReportFormat::xlsx:
            return "xlsx";
        case ReportFormat::svg:
            break;
    }
    return "svg";
}

Result<void> writeFileAtomically(const fs::path& file, std::string_view content) {
    const fs::path temporary = besides(file);
    const int descriptor = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        return cannotWrite(file, errno);
    }
    int problem = 0;
    while (!content.empty() && problem == 0) {
        const ssize_t count = write(descriptor, content.data(), content.size());
        if (count < 0) {
            problem = errno == EINTR ? 0 : errno;
        } else {
            content.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    if (problem == 0 && fsync(descriptor) != 0 && errno != EINVAL) {
        problem = errno;
    }
    if (close(descriptor) != 0 && problem == 0) {
        problem = errno;
    }
    if (problem != 0) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        return cannotWrite(file, problem);
    }
    return moveInPlace(temporary, file);
}

Result<void> exportReport(const report::Report& report, ReportFormat format, const fs::path& file,
                          const std::string& part) {
    switch (format) {
        case ReportFormat::html:
            return writeFileAtomically(file, report::toHtml(report));
        case ReportFormat::markdown:
            return writeFileAtomically(file, report::toMarkdown(report));
        case ReportFormat::json:
            return writeFileAtomically(file, report::toJson(report));
        case ReportFormat::csv:
            return writeTable(report, file, part);
        case ReportFormat::xlsx:
            return writeXlsxInPlace(report, file);
        case ReportFormat::svg:
            break;
    }
    return writeCharts(report, file, part);
}

}  // namespace tierwise::project
