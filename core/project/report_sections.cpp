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

// The proposed scenario's cost on the rows that it is compared on, so that baseline - cost = saving.
Cell pairedCost(const Scenario& scenario) {
    const auto& own = scenario.evaluation.costUsd;
    const double part = own.value > 0 ? scenario.against->costUsd / own.value : 1;
    return ranged(dollarCell(scenario.against->costUsd), own.range.low * part, own.range.high * part);
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
    chart.shortTitle = "Trade-off chart";
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
        chart.series.push_back({"As logged",
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

// What the log's pace comes to in a month, for those who budget by the month. A log of hours says nothing about a
// month.
void addMonthly(const Figures& figures, KeyFigures& key) {
    constexpr double kDay = 86400e9;
    constexpr double kLeastDays = 0.8;
    const auto& against = figures.proposed().against;
    if (!against || !figures.first || !figures.last) {
        return;
    }
    const double days = static_cast<double>(figures.last->nanos() - figures.first->nanos()) / kDay;
    if (days < kLeastDays) {
        return;
    }
    const double times = 30 / days;
    const auto& saving = against->savingUsd;
    const std::string source = fmt::format("the log's {:.1f} days scaled to 30, no growth assumed", days);
    key.figures.push_back({"monthly.baseline", "30 days at this pace, " + against->baseline,
                           dollarCell(against->baselineCostUsd * times), source});
    if (keepsRouting(figures)) {
        return;
    }
    key.figures.push_back(
        {"monthly.saving", "Saving in 30 days at this pace",
         ranged(dollarCell(saving.value * times), saving.range.low * times, saving.range.high * times), source});
}

// Sessions among the rows that a policy serves, and the rows of them that belong to none.
struct Sessions {
    std::size_t sessions = 0;
    std::size_t without = 0;
};

Sessions sessionsIn(const store::WorkloadSnapshot& rows, const std::vector<std::uint32_t>& served) {
    Sessions found;
    std::vector<bool> seen(rows.session.names.size(), false);
    for (const auto row : served) {
        const auto code = static_cast<std::size_t>(rows.session.codes[row]);
        if (code == 0) {
            ++found.without;
        } else if (!seen[code]) {
            seen[code] = true;
            ++found.sessions;
        }
    }
    return found;
}

}  // namespace

bool keepsRouting(const Figures& figures) {
    return figures.request.scenarios.front().router.kind == route::RouterKind::asLogged &&
           figures.comparison.baseline == baselineName(Baseline::asLogged);
}

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

std::string sentenceCase(std::string words) {
    if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') {
        words.front() = static_cast<char>(words.front() - 'a' + 'A');
    }
    return words;
}

// A note as a sentence; one that begins with a model's id keeps it as it is.
std::string asSentence(const std::string& note) {
    const std::string first = note.substr(0, note.find(' '));
    const bool isWord = first.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
    return (isWord ? sentenceCase(note) : note) + (note.empty() || note.back() == '.' ? "" : ".");
}

std::string decisionSentence(const Figures& figures) {
    const auto& proposed = figures.proposed();
    const auto& against = proposed.against;
    if (!against) {
        return proposed.evaluation.description;
    }
    const auto rangeOf = [](const Cell& cell) { return report::display(cell); };
    if (keepsRouting(figures)) {
        const auto& own = proposed.evaluation;
        return fmt::format("Keep the log's own routing: it costs {} at an expected quality of {}.{}",
                           rangeOf(dollars(own.costUsd)), rangeOf(share(own.meanQuality)),
                           own.description.empty() ? std::string() : " " + asSentence(own.description));
    }
    const bool saves = against->savingUsd.value >= 0;
    const auto& saving = against->savingUsd;
    const Cell amount =
        saves ? dollars(saving) : ranged(dollarCell(-saving.value), -saving.range.high, -saving.range.low);
    std::string text = fmt::format(
        "{} would cost {} instead of {} ({}): {} of {}, {} of the cost, with an expected quality change of {} points.",
        sentenceCase(proposed.evaluation.name), rangeOf(pairedCost(proposed)), displayDollars(against->baselineCostUsd),
        against->baseline, saves ? "a saving" : "an extra cost", rangeOf(amount),
        displayPercent(std::abs(against->savingShare)), rangeOf(points(against->qualityChange)));
    const bool cost = against->costVerdict == analyze::Verdict::decisive;
    const bool quality = against->qualityVerdict == analyze::Verdict::decisive;
    text += fmt::format(" {}: {}; quality change: {}", saves ? "Saving" : "Extra cost",
                        cost ? "decisive" : "not decisive", quality ? "decisive" : "not decisive");
    if (!quality && against->labelsNeeded) {
        text += fmt::format(" (about {} scored requests would decide it)",
                            displayCount(std::llround(std::ceil(*against->labelsNeeded))));
    }
    text += ".";
    if (!saves && against->qualityChange.value <= 0) {
        text += " It costs more and is expected to answer no better: these figures give no reason to change.";
    }
    return text;
}

std::string clusteredBy(const analyze::Paired& against) {
    if (against.loneRequests == against.clusters) {
        return "each request by itself, for the log names no sessions";
    }
    return fmt::format("clustered by {} {}", displayCount(static_cast<std::int64_t>(against.clusters)),
                       against.loneRequests == 0 ? "sessions" : "sessions and requests without one");
}

Section decision(const Figures& figures) {
    Section section{"decision", "Decision", false, {}};
    const auto& proposed = figures.proposed();
    KeyFigures key;
    if (keepsRouting(figures)) {
        key.figures = {{"cost.baseline", "Cost, as logged", dollars(proposed.evaluation.costUsd),
                        causesOf(proposed.evaluation.costUsd)},
                       {"quality.baseline", "Expected quality", share(proposed.evaluation.meanQuality),
                        causesOf(proposed.evaluation.meanQuality)}};
    } else if (const auto& against = proposed.against) {
        key.figures = {
            {"cost.baseline", "Cost, " + against->baseline, dollarCell(against->baselineCostUsd),
             fmt::format("{} rows that both can be judged on", displayCount(static_cast<std::int64_t>(against->rows)))},
            {"cost.policy", "Cost, " + proposed.evaluation.name, pairedCost(proposed),
             "on the same rows; " + causesOf(proposed.evaluation.costUsd)},
            {"saving.dollars", "Saving", dollars(against->savingUsd), causesOf(against->savingUsd)},
            {"saving.share", "Saving, share of cost", shareCell(against->savingShare),
             "saving / cost of the baseline on the paired rows"},
            {"quality.change", "Quality change, points", points(against->qualityChange),
             fmt::format("paired by request, {}; {}", clusteredBy(*against), causesOf(against->qualityChange))},
            {"quality.verdict", "Quality verdict", textCell(verdictName(against->qualityVerdict)),
             "not decisive when the paired interval holds zero"},
        };
        if (against->labelsNeeded) {
            key.figures.push_back({"quality.labelsNeeded", "Scored rows that would decide it",
                                   countCell(std::llround(std::ceil(*against->labelsNeeded))),
                                   "n = (1.96 s / delta)^2"});
        }
    }
    addMonthly(figures, key);
    key.figures.push_back({"evidence", "Weakest evidence used",
                           textCell(assess::rungName(proposed.evaluation.weakestRung)),
                           "measured > calibrated > prior"});
    section.blocks.emplace_back(std::move(key));
    for (const auto& note : proposed.evaluation.notes) {
        section.blocks.emplace_back(report::Paragraph{asSentence(note)});
    }
    section.blocks.emplace_back(report::Paragraph{
        "This is a replay of logged requests at list prices: a model of the bill, neither an invoice nor an "
        "experiment. "
        "Ranges are 95% and name their causes; what could not be priced or judged is counted under Coverage."});
    return section;
}

Section scenarios(const Figures& figures) {
    Section section{"scenarios", "Scenarios side by side", false, {}};
    Table table{"scenarios",
                "Every scenario on the requests that it can serve",
                {{"Scenario", Unit::text},
                 {"Requests", Unit::count},
                 {"Cost", Unit::dollars},
                 {"Saving", Unit::dollars},
                 {"Quality", Unit::share},
                 {"Change, points", Unit::points},
                 {"Verdict", Unit::text},
                 {"Saved at equal quality", Unit::share}},
                {},
                "The first line is the baseline. Saving and change are paired on the requests that both can serve. "
                "Saved at equal quality: against the cheapest single model that answers at least as well; \"-\" where "
                "there is none. Ranges are 95%, from all causes together."};
    table.shortTitle = "Scenarios";
    for (const Scenario& scenario : figures.comparison.scenarios) {
        const auto& against = scenario.against;
        table.rows.push_back(
            {textCell(sentenceCase(scenario.evaluation.name)),
             countCell(std::llround(scenario.evaluation.coverage.requestsUsed)), dollars(scenario.evaluation.costUsd),
             against ? dollars(against->savingUsd) : dollarCell(std::nullopt), share(scenario.evaluation.meanQuality),
             against ? points(against->qualityChange) : pointsCell(std::nullopt),
             textCell(against ? verdictName(against->qualityVerdict) : "baseline"),
             shareCell(scenario.savingAtMatchedQuality)});
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
    table.shortTitle = "Savings";
    for (const auto& comparison : figures.baselines) {
        const auto& against = *comparison.scenarios[1].against;
        if (against.rows == 0) {  // nothing to compare with is no saving of nothing
            table.rows.push_back({textCell(sentenceCase(against.baseline)), dollarCell(std::nullopt),
                                  dollarCell(std::nullopt), shareCell(std::nullopt), pointsCell(std::nullopt),
                                  textCell("cannot be priced"), textCell("")});
            continue;
        }
        table.rows.push_back({textCell(sentenceCase(against.baseline)), dollarCell(against.baselineCostUsd),
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
                {{"Scenario", Unit::text}, {"Per request", Unit::dollars}},
                {},
                {}};
    table.shortTitle = "Unit economics";
    const auto served = figures.workbench.rowsOf(figures.request.scenarios.front(), {});
    const Sessions sessions = served ? sessionsIn(figures.workbench.rows(), *served) : Sessions{};
    const bool perSession = sessions.sessions > 0 && sessions.without == 0;
    if (perSession) {
        table.columns.push_back({"Per session", Unit::dollars});
    } else {
        table.title = "Cost of one request, one right answer";
    }
    table.columns.push_back({"Per right answer", Unit::dollars});
    table.columns.push_back({"Expected errors", Unit::count});
    for (const auto& scenario : figures.comparison.scenarios) {
        const auto& evaluation = scenario.evaluation;
        const double requests = evaluation.coverage.requestsUsed;
        const auto per = [&](double count) {
            return dollarCell(count > 0 ? std::optional<double>(evaluation.costUsd.value / count) : std::nullopt);
        };
        std::vector<Cell> row{textCell(sentenceCase(evaluation.name)), per(requests)};
        if (perSession) {
            row.push_back(per(static_cast<double>(sessions.sessions)));
        }
        row.push_back(dollarCell(evaluation.costPerSuccessUsd));
        row.push_back(countCell(std::llround(evaluation.expectedErrors)));
        table.rows.push_back(std::move(row));
    }
    if (sessions.sessions == 0) {
        table.note = "The log names no sessions.";
    } else if (!perSession) {
        table.note = fmt::format(
            "{} of the requests belong to no session, so their cost cannot be spread over the {} sessions there are.",
            displayCount(static_cast<std::int64_t>(sessions.without)),
            displayCount(static_cast<std::int64_t>(sessions.sessions)));
    } else {
        table.note = fmt::format("{} sessions.", displayCount(static_cast<std::int64_t>(sessions.sessions)));
    }
    section.blocks.emplace_back(std::move(table));
    if (!figures.concentration.empty()) {
        Table shares{
            "concentration",
            "How concentrated the cost as logged is",
            {{"Of", Unit::text}, {"Count", Unit::count}, {"Dearest 1%", Unit::share}, {"Dearest 10%", Unit::share}},
            {},
            {}};
        shares.shortTitle = "Concentration";
        for (const auto& one : figures.concentration) {
            shares.rows.push_back({textCell(one.by), countCell(static_cast<std::int64_t>(one.count)),
                                   shareCell(one.topHundredthShare), shareCell(one.topTenthShare)});
        }
        section.blocks.emplace_back(std::move(shares));
    }
    return section;
}

}  // namespace tierwise::project::sections
