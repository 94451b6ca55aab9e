// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/report.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/report_sections.h"

namespace tierwise::project {
namespace {

std::string dayOf(const std::optional<Timestamp>& time) {
    return time ? time->toIsoDate() : std::string("undated");
}

// The first and the last request's time. Rows are in time order, undated ones last.
std::pair<std::optional<Timestamp>, std::optional<Timestamp>> ends(const store::WorkloadSnapshot& rows) {
    std::optional<Timestamp> first;
    std::optional<Timestamp> last;
    if (rows.rows > 0) {
        if (const auto time = rows.timeNanos.at(0)) {
            first = Timestamp::fromNanos(*time);
        }
    }
    for (std::size_t row = rows.rows; row-- > 0 && first && !last;) {
        if (const auto time = rows.timeNanos.at(row)) {
            last = Timestamp::fromNanos(*time);
        }
    }
    return {first, last};
}

// The proposed scenario against each baseline. Each takes a bootstrap of its own, so what is known is not asked again:
// the report's own baseline, and a dearest model that is the best one too.
Result<std::vector<analyze::Comparison>> compareBaselines(const Workbench& workbench, const route::Policy& proposed,
                                                          const analyze::Comparison& known,
                                                          const TaskContext& context) {
    std::vector<analyze::Comparison> found;
    const CandidateInfo* dearest = nullptr;
    for (const auto& candidate : workbench.candidates()) {
        if (!candidate.asLogged && (dearest == nullptr || candidate.costUsd > dearest->costUsd)) {
            dearest = &candidate;
        }
    }
    for (const Baseline baseline :
         {Baseline::asLogged, Baseline::bestSingle, Baseline::random, Baseline::oracle, Baseline::dearest}) {
        if (known.baseline == baselineName(baseline)) {
            found.push_back(known);
            found.back().scenarios.resize(2);
            continue;
        }
        const auto best = std::find_if(found.begin(), found.end(), [](const analyze::Comparison& one) {
            return one.baseline == baselineName(Baseline::bestSingle);
        });
        if (baseline == Baseline::dearest && best != found.end() && dearest != nullptr &&
            dearest->id == known.bestSingle) {
            analyze::Comparison same = *best;
            same.baseline = baselineName(baseline);
            same.scenarios[1].against->baseline =
                fmt::format("everything on the dearest model: {} (flattering)", dearest->name);
            found.push_back(std::move(same));
            continue;
        }
        auto one = workbench.compare(std::span(&proposed, 1), baseline, context);
        if (one && one->scenarios.size() == 2 && one->scenarios[1].against) {
            found.push_back(std::move(*one));
        } else if (!one && one.error().code == ErrorCode::cancelled) {
            return fail(one.error());
        }
    }
    return found;
}

// The causes of the saving's range, one at a time: Workbench::tornado without a bootstrap of its own.
analyze::Tornado tornadoOf(const analyze::Paired& paired) {
    analyze::Tornado tornado;
    tornado.savingUsd = paired.savingUsd.value;
    tornado.qualityChange = paired.qualityChange.value;
    for (const auto& cause : paired.savingUsd.causes) {
        tornado.bars.push_back({cause.cause, cause.low, cause.high, cause.why});
    }
    for (const auto& cause : paired.qualityChange.causes) {
        tornado.qualityBars.push_back({cause.cause, cause.low, cause.high, cause.why});
    }
    return tornado;
}

// Whether anything can bind: a constraint of the policy, or a context window that a request does not fit.
bool isConstrained(const Workbench& workbench, const route::Policy& policy) {
    const auto candidates = workbench.candidates();
    return !(policy.constraints == route::Constraints{}) ||
           std::any_of(candidates.begin(), candidates.end(), [](const CandidateInfo& candidate) {
               return !candidate.asLogged && candidate.infeasibleRows > 0;
           });
}

Result<sections::Figures> collect(const Workbench& workbench, const ReportRequest& request,
                                  const TaskContext& context) {
    const route::Policy& proposed = request.scenarios.front();
    constexpr std::int64_t kSteps = 8;
    std::int64_t step = 0;
    const auto next = [&](const char* phase) { context.report({phase, step++, kSteps, 0}); };
    sections::Figures figures{workbench, request, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
    std::tie(figures.first, figures.last) = ends(workbench.rows());

    next("Comparing scenarios");
    auto comparison = workbench.compare(request.scenarios, request.baseline, context);
    if (!comparison) {
        return fail(comparison.error());
    }
    if (comparison->scenarios.size() < 2 || !comparison->scenarios[1].against) {
        return fail(ErrorCode::infeasible, "the proposed scenario could not be compared with the baseline",
                    "Check that the log has rows with a known price and token counts.");
    }
    figures.comparison = std::move(*comparison);
    next("Comparing baselines");
    auto baselines = compareBaselines(workbench, proposed, figures.comparison, context);
    if (!baselines) {
        return fail(baselines.error());
    }
    figures.baselines = std::move(*baselines);
    next("Tracing the frontier");
    figures.tradeoff = workbench.tradeoff();
    next("Finding what it depends on");
    figures.tornado = tornadoOf(*figures.proposed().against);
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
    if (isConstrained(workbench, proposed)) {
        if (auto prices = workbench.constraintPrices(proposed, context)) {
            figures.constraints = std::move(*prices);
        }
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
    report.asOf = dayOf(figures->last);
    report.synthetic = request.synthetic;
    report.decision = sections::decisionSentence(*figures);
    if (against && !sections::keepsRouting(*figures)) {
        report.decisive =
            against->qualityVerdict == analyze::Verdict::decisive && against->costVerdict == analyze::Verdict::decisive;
    }
    for (const auto section :
         {sections::decision, sections::mix, sections::scenarios, sections::savings, sections::quality,
          sections::unitEconomics, sections::dependsOn, sections::tierFit, sections::constraints, sections::segments,
          sections::assumptions, sections::prices, sections::coverage}) {
        report.sections.push_back(section(*figures));
    }
    auto lists = sections::lists(*figures, context);
    if (!lists) {
        return fail(lists.error());
    }
    report.lists = std::move(*lists);
    report.provenance = {
        {"Requests", fmt::format("{} rows, {} to {}", displayCount(static_cast<std::int64_t>(rows.rows)),
                                 dayOf(figures->first), dayOf(figures->last))},
        {"Catalog", fmt::format("{} of {}, content hash {}", request.catalog.title(),
                                request.catalog.date().toIsoDate(), request.catalog.hash())},
        {"Seed", fmt::format("{}, {} bootstrap replicates", figures->comparison.seed, figures->comparison.replicates)},
    };
    report.provenance.insert(report.provenance.end(), request.provenance.begin(), request.provenance.end());
    return report;
}

}  // namespace tierwise::project
