// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/project/analysis.h"
#include "core/project/project.h"
#include "core/report/report.h"

namespace tierwise::project {

/// What a report is asked for with. Both programs fill one and call the same function, so a PDF says what a JSON says.
struct ReportOrder {
    std::string scenario;                         ///< the one to propose; empty: the present policy, else the suggested
    std::vector<std::filesystem::path> policies;  ///< policy files to report on instead; the first is proposed
    std::optional<Baseline> baseline;             ///< unset: the project's
    std::optional<double> bar;                    ///< 0..1; unset: the project's
    report::Audience audience = report::Audience::analyst;
    std::vector<std::string> sections;  ///< ids; empty: all that the audience reads
    std::size_t rows = 10'000;          ///< at most so many requests and rejects in the lists; 0: no lists
};

/// A workbench over the project that knows every model the order's policies name, and those policies, the proposed one
/// first. Errors: those of openReplay and Policy::load; notFound (no such scenario).
struct OrderedPolicies {
    Workbench workbench;
    std::vector<route::Policy> policies;
    std::optional<Baseline> baseline;
    double bar = 0.8;
};
[[nodiscard]] Result<OrderedPolicies> openOrder(const Project& project, const ReportOrder& order,
                                                const TaskContext& context);

/// Opens, works out and writes down the report that was ordered. Errors: those of openOrder and buildReport;
/// invalidArgument names the sections there are.
[[nodiscard]] Result<report::Report> orderReport(const Project& project, const ReportOrder& order,
                                                 const TaskContext& context);

/// What the command line hands to the desktop program, which has the fonts and the painter.
struct PaintOrder {
    std::string project;       ///< path
    std::string file;          ///< to write; for png without part a folder
    std::string format;        ///< "pdf" or "png"
    std::string paper = "a4";  ///< or "letter", for pdf
    std::string part;          ///< png: one chart by its id; empty: all
    ReportOrder report;
};
[[nodiscard]] std::string toJson(const PaintOrder& order);
/// Error badFormat.
[[nodiscard]] Result<PaintOrder> parsePaintOrder(std::string_view json);
/// The desktop program's answer on standard output when it could not: the error, for the one who ordered to say.
[[nodiscard]] std::string toJson(const Error& error);
[[nodiscard]] Error parsePaintError(std::string_view json);

}  // namespace tierwise::project
