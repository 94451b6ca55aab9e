// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/report.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/report_sections.h"

namespace tierwise::project {
namespace {

// The day of the last request: what the report is about, not when it was printed.
std::string lastDay(const store::WorkloadSnapshot& rows) {
    std::optional<std::int64_t> last;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (const auto time = rows.timeNanos.at(row)) {
            last = std::max(last.value_or(*time), *time);
        }
    }
    return last ? Timestamp::fromNanos(*last).toIsoDate() : std::string("undated");
}

std::string firstDay(const store::WorkloadSnapshot& rows) {
    std::optional<std::int64_t> first;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (const auto time = rows.timeNanos.at(row)) {
            first = std::min(first.value_or(*time), *time);
        }
    }
    return first ? Timestamp::fromNanos(*first).toIsoDate() : std::string("undated");
}

Result<sections::Figures> collect(const Workbench& workbench, const ReportRequest& request,
                                  const TaskContext& context) {
    const route::Policy& proposed = request.scenarios.front();
    constexpr std::int64_t kSteps = 8;
    std::int64_t step = 0;
    const auto next = [&](const char* phase) { context.report({phase, step++, kSteps, 0}); };
    sections::Figures figures{workbench, request, {}, {}, {}, {}, {}, {}, {}, {}};

    next("Comparing scenarios");
    auto comparison = workbench.compare(request.scenarios, request.baseline, context);
    if (!comparison) {
        return fail(comparison.error());
    }
    if (comparison->scenarios.size() < 2) {
        return fail(ErrorCode::infeasible, "the proposed scenario could not be compared with the baseline",
                    "Check that the log has rows with a known price and token counts.");
    }
    figures.comparison = std::move(*comparison);
    next("Comparing baselines");
    for (const Baseline baseline :
         {Baseline::asLogged, Baseline::bestSingle, Baseline::random, Baseline::oracle, Baseline::dearest}) {
        auto one = workbench.compare(std::span(&proposed, 1), baseline, context);
        if (one && one->scenarios.size() == 2 && one->scenarios[1].against) {
            figures.baselines.push_back(std::move(*one));
        } else if (!one && one.error().code == ErrorCode::cancelled) {
            return fail(one.error());
        }
    }
    next("Tracing the frontier");
    figures.tradeoff = workbench.tradeoff();
    next("Finding what it depends on");
    if (auto tornado = workbench.tornado(proposed, request.baseline, context)) {
        figures.tornado = std::move(*tornado);
    }
    next("Fitting tiers");
    if (auto fit = workbench.tierFit(request.bar, {}, 10, context)) {
        figures.tierFit = std::move(*fit);
    }
    next("Looking at teams and days");
    for (const char* by : {"team", "domain", "difficulty", "day"}) {
        if (auto table = workbench.segments(proposed, by, 31, context)) {
            figures.segments.push_back(std::move(*table));
        }
    }
    next("Pricing constraints");
    if (auto prices = workbench.constraintPrices(proposed, context)) {
        figures.constraints = std::move(*prices);
    }
    if (auto concentration = workbench.concentration(route::asLoggedPolicy())) {
        figures.concentration = std::move(*concentration);
    }
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    next("Writing");
    return figures;
}

}  // namespace

Result<report::Report> buildReport(const Workbench& workbench, const ReportRequest& request,
                                   const TaskContext& context) {
    if (request.scenarios.empty()) {
        return fail(ErrorCode::invalidArgument, "a report needs at least one scenario",
                    "Choose a policy to propose, or use a ready-made one.");
    }
    auto figures = collect(workbench, request, context);
    if (!figures) {
        return fail(figures.error());
    }
    const auto& rows = workbench.rows();
    const auto& against = figures->proposed().against;
    report::Report report;
    report.title = "Model tiers: what to change, what it saves, what it risks";
    report.project = request.projectName;
    report.asOf = lastDay(rows);
    report.synthetic = request.synthetic;
    report.decision = against ? against->sentence : figures->proposed().evaluation.description;
    if (against) {
        report.decisive =
            against->qualityVerdict == analyze::Verdict::decisive && against->costVerdict == analyze::Verdict::decisive;
    }
    for (const auto section :
         {sections::decision, sections::mix, sections::scenarios, sections::savings, sections::quality,
          sections::unitEconomics, sections::dependsOn, sections::tierFit, sections::constraints, sections::segments,
          sections::assumptions, sections::prices, sections::coverage}) {
        report.sections.push_back(section(*figures));
    }
    report.provenance = {
        {"Requests", fmt::format("{} rows, {} to {}", displayCount(static_cast<std::int64_t>(rows.rows)),
                                 firstDay(rows), lastDay(rows))},
        {"Catalog", fmt::format("{} of {}, SHA-256 {}", request.catalog.title(), request.catalog.date().toIsoDate(),
                                request.catalog.hash())},
        {"Seed", fmt::format("{}, {} bootstrap replicates", figures->comparison.seed, figures->comparison.replicates)},
    };
    report.provenance.insert(report.provenance.end(), request.provenance.begin(), request.provenance.end());
    return report;
}

}  // namespace tierwise::project
