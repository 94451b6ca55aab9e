// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/report_sections.h"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "core/base/display.h"

namespace tierwise::project::sections {

using analyze::RangedFigure;
using analyze::Scenario;
using report::Cell;
using report::Chart;
using report::ChartKind;
using report::ChartSeries;
using report::countCell;
using report::dollarCell;
using report::KeyFigures;
using report::pointsCell;
using report::ranged;
using report::Section;
using report::SeriesKind;
using report::shareCell;
using report::Table;
using report::textCell;
using report::Unit;

namespace {

Cell dollars(const RangedFigure& figure) {
    return ranged(dollarCell(figure.value), figure.range.low, figure.range.high);
}
Cell points(const RangedFigure& figure) {
    return ranged(pointsCell(figure.value), figure.range.low, figure.range.high);
}
Cell share(const RangedFigure& figure) {
    return ranged(shareCell(figure.value), figure.range.low, figure.range.high);
}

const char* verdictName(analyze::Verdict verdict) {
    return verdict == analyze::Verdict::decisive ? "decisive" : "not decisive";
}

std::string causesOf(const RangedFigure& figure) {
    std::string text;
    for (const auto& cause : figure.causes) {
        text += (text.empty() ? "range from " : ", ") + cause.cause;
    }
    return text;
}

// The chart of the trade-off page, for paper: what is possible, what single models do, and the scenarios.
Chart costQualityChart(const Figures& figures) {
    const auto& tradeoff = figures.tradeoff;
    Chart chart;
    chart.id = "cost-quality";
    chart.title = "Cost and expected quality of every way to serve these requests";
    chart.kind = ChartKind::xy;
    chart.xTitle = "cost";
    chart.yTitle = "expected quality";
    chart.xUnit = Unit::dollars;
    chart.yUnit = Unit::share;
    ChartSeries frontier{"Exact frontier", SeriesKind::line, 4, {}};
    const std::size_t every = std::max<std::size_t>(1, tradeoff.frontier.size() / 200);
    for (std::size_t i = 0; i < tradeoff.frontier.size(); ++i) {
        if (i % every == 0 || i + 1 == tradeoff.frontier.size()) {
            frontier.points.push_back({tradeoff.frontier[i].costUsd, tradeoff.frontier[i].meanQuality, {}, {}, ""});
        }
    }
    chart.series.push_back(std::move(frontier));
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        ChartSeries singles{tierTitle(tier), SeriesKind::points, static_cast<int>(tier), {}};
        for (const auto& single : tradeoff.singles) {
            if (single.tier == tier) {
                singles.points.push_back({single.costUsd, single.meanQuality, {}, {}, single.name});
            }
        }
        if (!singles.points.empty()) {
            chart.series.push_back(std::move(singles));
        }
    }
    if (tradeoff.asLogged) {
        chart.series.push_back({"",
                                SeriesKind::points,
                                0,
                                {{tradeoff.asLogged->costUsd, tradeoff.asLogged->meanQuality, {}, {}, "As logged"}}});
    }
    ChartSeries scenarios{"Scenarios", SeriesKind::points, 4, {}};
    for (std::size_t i = 1; i < figures.comparison.scenarios.size(); ++i) {
        const auto& evaluation = figures.comparison.scenarios[i].evaluation;
        scenarios.points.push_back({evaluation.costUsd.value, evaluation.meanQuality.value,
                                    evaluation.meanQuality.range.low, evaluation.meanQuality.range.high,
                                    evaluation.name});
    }
    chart.series.push_back(std::move(scenarios));
    double least = std::numeric_limits<double>::infinity();
    double most = 0;
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            if (point.x > 0) {
                least = std::min(least, point.x);
            }
            most = std::max(most, point.x);
        }
    }
    chart.logX = most > least * 30;
    if (chart.logX) {
        for (const auto& series : chart.series) {
            chart.notShown += std::count_if(series.points.begin(), series.points.end(),
                                            [](const auto& point) { return point.x <= 0; });
        }
    }
    const auto& evaluation = figures.proposed().evaluation;
    chart.summary = fmt::format(
        "{} costs {} at an expected quality of {}; the frontier is the most quality that any "
        "allocation of these requests to the candidates can reach for a given cost.",
        evaluation.name, displayDollars(evaluation.costUsd.value), displayPercent(evaluation.meanQuality.value));
    return chart;
}

std::size_t sessionsIn(const store::WorkloadSnapshot& rows) {
    return rows.session.names.empty() ? 0 : rows.session.names.size() - 1;
}

}  // namespace

std::string tierTitle(Tier tier) {
    switch (tier) {
        case Tier::premium:
            return "Premium";
        case Tier::commodity:
            return "Commodity";
        case Tier::local:
            return "Local";
        case Tier::unbanded:
            break;
    }
    return "Unbanded";
}

Section decision(const Figures& figures) {
    Section section{"decision", "Decision", false, {}};
    const auto& proposed = figures.proposed();
    KeyFigures key;
    if (const auto& against = proposed.against) {
        key.figures = {
            {"cost.baseline", "Cost, " + against->baseline, dollarCell(against->baselineCostUsd),
             fmt::format("{} rows that both can be judged on", displayCount(static_cast<std::int64_t>(against->rows)))},
            {"cost.policy", "Cost, " + proposed.evaluation.name, dollars(proposed.evaluation.costUsd),
             causesOf(proposed.evaluation.costUsd)},
            {"saving.dollars", "Saving", dollars(against->savingUsd), causesOf(against->savingUsd)},
            {"saving.share", "Saving, share of cost", shareCell(against->savingShare),
             "saving / cost of the baseline on the paired rows"},
            {"quality.change", "Quality change, points", points(against->qualityChange),
             fmt::format("paired by request, clustered by {} sessions; {}",
                         displayCount(static_cast<std::int64_t>(against->clusters)), causesOf(against->qualityChange))},
            {"quality.verdict", "Quality verdict", textCell(verdictName(against->qualityVerdict)),
             "not decisive when the paired interval holds zero"},
        };
        if (against->labelsNeeded) {
            key.figures.push_back({"quality.labelsNeeded", "Scored rows that would decide it",
                                   countCell(std::llround(std::ceil(*against->labelsNeeded))),
                                   "n = (1.96 s / delta)^2"});
        }
    }
    key.figures.push_back({"evidence", "Weakest evidence used",
                           textCell(assess::rungName(proposed.evaluation.weakestRung)),
                           "measured > calibrated > prior"});
    section.blocks.emplace_back(std::move(key));
    for (const auto& note : proposed.evaluation.notes) {
        section.blocks.emplace_back(report::Paragraph{note});
    }
    return section;
}

Section mix(const Figures& figures) {
    Section section{"mix", "Mix", false, {}};
    const auto& evaluation = figures.proposed().evaluation;
    Table table{"mix",
                "Where requests go under " + evaluation.name,
                {{"Tier", Unit::text},
                 {"Model", Unit::text},
                 {"Requests", Unit::count},
                 {"Share", Unit::share},
                 {"Cost", Unit::dollars},
                 {"Share of cost", Unit::share},
                 {"Expected quality", Unit::share},
                 {"Evidence", Unit::text}},
                {},
                {}};
    double total = 0;
    for (const auto& entry : evaluation.mix) {
        total += entry.costUsd;
    }
    for (const auto& entry : evaluation.mix) {
        table.rows.push_back({textCell(tierTitle(entry.tier)), textCell(entry.name),
                              countCell(std::llround(entry.requests)), shareCell(entry.share),
                              dollarCell(entry.costUsd),
                              shareCell(total > 0 ? std::optional<double>(entry.costUsd / total) : std::nullopt),
                              shareCell(entry.meanQuality), textCell(assess::rungName(entry.rung))});
    }
    section.blocks.emplace_back(std::move(table));
    Chart chart;
    chart.id = "mix-by-tier";
    chart.title = "Cost by tier, scenario by scenario";
    chart.kind = ChartKind::stackedBars;
    chart.yTitle = "cost";
    chart.yUnit = Unit::dollars;
    for (const Tier tier : {Tier::local, Tier::commodity, Tier::premium, Tier::unbanded}) {
        ChartSeries layer{tierTitle(tier), SeriesKind::area, static_cast<int>(tier), {}};
        for (std::size_t i = 0; i < figures.comparison.scenarios.size(); ++i) {
            const auto& tiers = figures.comparison.scenarios[i].evaluation.tiers;
            layer.points.push_back({static_cast<double>(i), tiers[static_cast<std::size_t>(tier)].costUsd, {}, {}, ""});
        }
        if (std::any_of(layer.points.begin(), layer.points.end(), [](const auto& point) { return point.y > 0; })) {
            chart.series.push_back(std::move(layer));
        }
    }
    for (const auto& scenario : figures.comparison.scenarios) {
        chart.categories.push_back(scenario.evaluation.name);
    }
    const auto& tiers = evaluation.tiers;
    chart.summary = fmt::format("Under {}, {} of requests go to the premium tier, {} to commodity and {} to local.",
                                evaluation.name, displayPercent(tiers[1].share), displayPercent(tiers[2].share),
                                displayPercent(tiers[3].share));
    section.blocks.emplace_back(std::move(chart));
    return section;
}

Section scenarios(const Figures& figures) {
    Section section{"scenarios", "Scenarios side by side", false, {}};
    Table table{"scenarios",
                "The same rows under every scenario",
                {{"Scenario", Unit::text},
                 {"Cost", Unit::dollars},
                 {"Saving", Unit::dollars},
                 {"Quality", Unit::share},
                 {"Change, points", Unit::points},
                 {"Verdict", Unit::text},
                 {"Oracle's gap closed", Unit::share}},
                {},
                "The first line is the baseline. Ranges are 95%, from all causes together."};
    for (const Scenario& scenario : figures.comparison.scenarios) {
        const auto& against = scenario.against;
        table.rows.push_back(
            {textCell(scenario.evaluation.name), dollars(scenario.evaluation.costUsd),
             against ? dollars(against->savingUsd) : dollarCell(std::nullopt), share(scenario.evaluation.meanQuality),
             against ? points(against->qualityChange) : pointsCell(std::nullopt),
             textCell(against ? verdictName(against->qualityVerdict) : "baseline"), shareCell(scenario.gapClosed)});
    }
    section.blocks.emplace_back(std::move(table));
    section.blocks.emplace_back(costQualityChart(figures));
    return section;
}

Section savings(const Figures& figures) {
    Section section{"savings", "Savings against each baseline", false, {}};
    Table table{"savings",
                figures.proposed().evaluation.name + " against each baseline",
                {{"Baseline", Unit::text},
                 {"Its cost", Unit::dollars},
                 {"Saving", Unit::dollars},
                 {"Saving, share", Unit::share},
                 {"Quality change, points", Unit::points},
                 {"Cost verdict", Unit::text},
                 {"Quality verdict", Unit::text}},
                {},
                "\"Everything on the dearest model\" flatters every policy: nobody paid that. The oracle knows every "
                "answer in advance: a bound, not a policy."};
    for (const auto& comparison : figures.baselines) {
        const auto& against = *comparison.scenarios[1].against;
        table.rows.push_back({textCell(against.baseline), dollarCell(against.baselineCostUsd),
                              dollars(against.savingUsd), shareCell(against.savingShare), points(against.qualityChange),
                              textCell(verdictName(against.costVerdict)),
                              textCell(verdictName(against.qualityVerdict))});
    }
    section.blocks.emplace_back(std::move(table));
    return section;
}

Section unitEconomics(const Figures& figures) {
    Section section{"unit", "Unit economics", false, {}};
    Table table{"unit",
                "Cost of one request, one session, one right answer",
                {{"Scenario", Unit::text},
                 {"Per request", Unit::dollars},
                 {"Per session", Unit::dollars},
                 {"Per right answer", Unit::dollars},
                 {"Expected errors", Unit::count}},
                {},
                {}};
    const std::size_t sessions = sessionsIn(figures.workbench.rows());
    for (const auto& scenario : figures.comparison.scenarios) {
        const auto& evaluation = scenario.evaluation;
        const double requests = evaluation.coverage.requestsUsed;
        const auto per = [&](double count) {
            return dollarCell(count > 0 ? std::optional<double>(evaluation.costUsd.value / count) : std::nullopt);
        };
        table.rows.push_back({textCell(evaluation.name), per(requests), per(static_cast<double>(sessions)),
                              dollarCell(evaluation.costPerSuccessUsd),
                              countCell(std::llround(evaluation.expectedErrors))});
    }
    if (sessions == 0) {
        table.note = "The log names no sessions.";
    }
    section.blocks.emplace_back(std::move(table));
    if (!figures.concentration.empty()) {
        Table shares{
            "concentration",
            "How concentrated the cost as logged is",
            {{"Of", Unit::text}, {"Count", Unit::count}, {"Dearest 1%", Unit::share}, {"Dearest 10%", Unit::share}},
            {},
            {}};
        for (const auto& one : figures.concentration) {
            shares.rows.push_back({textCell(one.by), countCell(static_cast<std::int64_t>(one.count)),
                                   shareCell(one.topHundredthShare), shareCell(one.topTenthShare)});
        }
        section.blocks.emplace_back(std::move(shares));
    }
    return section;
}

}  // namespace tierwise::project::sections
