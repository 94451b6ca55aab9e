// SPDX-License-Identifier: GPL-3.0-or-later
// The sections of a report that say how sure it is, and what it rests on.
#include <algorithm>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/report_sections.h"

namespace tierwise::project::sections {

using report::countCell;
using report::dollarCell;
using report::numberCell;
using report::pointsCell;
using report::ranged;
using report::Section;
using report::shareCell;
using report::Table;
using report::textCell;
using report::Unit;

namespace {

std::string keyName(const std::string& by, const std::string& key) {
    return key.empty() ? fmt::format("(no {})", by) : key;
}

// A worst segment is one among several that say something.
constexpr double kEnoughForWorst = 30;

// Segments that can be told apart: with one line there is nothing to compare.
bool tellsApart(const analyze::SegmentTable& segment) {
    return segment.lines.size() > 1;
}

Table segmentTable(const analyze::SegmentTable& segment) {
    Table table{"segments-" + segment.by,
                "By " + segment.by,
                {{sentenceCase(segment.by), Unit::text},
                 {"Requests", Unit::count},
                 {"Baseline cost", Unit::dollars},
                 {"Cost", Unit::dollars},
                 {"Saving", Unit::dollars},
                 {"Quality", Unit::share},
                 {"Change, points", Unit::points}},
                {},
                segment.folded > 0 ? fmt::format("{} further in \"(others)\".", segment.folded) : std::string(),
                "By " + segment.by};
    bool alone = false;
    for (const auto& line : segment.lines) {
        const std::string key = keyName(segment.by, line.key);
        auto saving = dollarCell(line.savingUsd);
        auto change = pointsCell(line.qualityChange);
        if (line.qualityChangeRange == analyze::Interval{-1, 1}) {
            alone = true;  // one session or request: how such ones vary is not known
        } else {
            saving = ranged(saving, line.savingRange.low, line.savingRange.high);
            change = ranged(change, line.qualityChangeRange.low, line.qualityChangeRange.high);
        }
        table.rows.push_back({segment.by == "day" ? report::dateCell(key) : textCell(key),
                              countCell(std::llround(line.requests)), dollarCell(line.baselineCostUsd),
                              dollarCell(line.costUsd), std::move(saving), shareCell(line.meanQuality),
                              std::move(change)});
    }
    if (alone) {
        table.note += (table.note.empty() ? "" : " ") + std::string("Without a range: one session or request alone.");
    }
    return table;
}

report::Chart tornadoChart(const analyze::Tornado& tornado) {
    report::Chart chart;
    chart.id = "tornado";
    chart.shortTitle = "Tornado chart";
    chart.title = "What the saving depends on";
    chart.kind = report::ChartKind::horizontalRange;
    chart.yTitle = "saving, with each cause alone at its low or high end";
    chart.yUnit = Unit::dollars;
    report::ChartSeries series{"", report::SeriesKind::line, 2, {}};
    for (std::size_t i = 0; i < tornado.bars.size() && i < 10; ++i) {
        chart.categories.push_back(tornado.bars[i].cause);
        series.points.push_back(
            {static_cast<double>(i), tornado.savingUsd, tornado.bars[i].low, tornado.bars[i].high, ""});
    }
    chart.series.push_back(std::move(series));
    chart.summary = tornado.bars.empty() ? "No cause moves the saving."
                                         : fmt::format("The saving of {} depends most on {}: {} to {}.",
                                                       displayDollars(tornado.savingUsd), tornado.bars.front().cause,
                                                       displayDollars(tornado.bars.front().low),
                                                       displayDollars(tornado.bars.front().high));
    return chart;
}

Table misfitTable(const Figures& figures, const std::vector<analyze::Misfit>& misfits, bool overserved) {
    Table table{
        overserved ? "overserved" : "underserved",
        overserved ? "Costliest overserved requests: money wasted" : "Riskiest underserved requests: errors expected",
        {{"Request", Unit::number},
         {"Model", Unit::text},
         {"Used", Unit::text},
         {"Needed", Unit::text},
         {overserved ? "Wasted" : "Errors expected", overserved ? Unit::dollars : Unit::number},
         {"Why", Unit::text}},
        {},
        {}};
    table.shortTitle = overserved ? "Overserved" : "Underserved";
    const auto& rows = figures.workbench.rows();
    const auto same = [&](const analyze::Misfit& a, const analyze::Misfit& b) {
        return rows.model.codes[a.row] == rows.model.codes[b.row] && a.used == b.used && a.needed == b.needed &&
               a.wastedUsd == b.wastedUsd && a.expectedErrors == b.expectedErrors && a.reason == b.reason;
    };
    // Where nothing tells the worst ones apart, one stands for all.
    const bool alike = misfits.size() > 1 && std::all_of(misfits.begin(), misfits.end(), [&](const auto& misfit) {
                           return same(misfit, misfits.front());
                       });
    if (alike) {
        table.note = fmt::format("The first of {} requests; at least {} are exactly like it.",
                                 displayCount(std::llround(overserved ? figures.tierFit.overservedRequests
                                                                      : figures.tierFit.underservedRequests)),
                                 misfits.size());
    }
    for (const auto& misfit : std::span(misfits).first(alike ? 1 : misfits.size())) {
        table.rows.push_back({report::Cell{misfit.id.value(), Unit::number, {}, {}},
                              textCell(std::string(rows.model.at(misfit.row))), textCell(tierTitle(misfit.used)),
                              textCell(misfit.needed ? tierTitle(*misfit.needed) : "None reaches the bar"),
                              overserved ? dollarCell(misfit.wastedUsd) : numberCell(misfit.expectedErrors),
                              textCell(misfit.reason)});
    }
    return table;
}

void addAssumption(Table& table, const std::string& what, const replay::Assumed& assumed) {
    table.rows.push_back({textCell(what), numberCell(assumed.low), numberCell(assumed.mid), numberCell(assumed.high),
                          textCell(assumed.source.empty() ? "default of this program, editable" : assumed.source)});
}

report::Cell rateCell(const std::optional<Rate>& rate) {
    return dollarCell(rate ? std::optional<double>(static_cast<double>(rate->picoPerUnit()) * 1e-6) : std::nullopt);
}

// The card behind an offering's standard price, for its evidence: the last that is open-ended or holds at the date.
const catalog::RateCard* standardCard(const catalog::Offering& offering, Timestamp at) {
    const catalog::RateCard* found = nullptr;
    for (const auto& card : offering.cards) {
        const bool holds = (!card.from || *card.from <= at) && (!card.to || at < *card.to);
        if (holds && (found == nullptr || card.when.specificity() < found->when.specificity())) {
            found = &card;
        }
    }
    return found;
}

Table rejectTable(const ReportRequest& request) {
    constexpr std::size_t kMost = 12;
    Table table{"rejected",
                "Rejected records by reason",
                {{"Reason", Unit::text},
                 {"Column", Unit::text},
                 {"Records", Unit::count},
                 {"First line", Unit::count},
                 {"How to mend it", Unit::text}},
                {},
                {},
                "Reject reasons"};
    std::int64_t told = 0;
    for (std::size_t i = 0; i < std::min(kMost, request.rejectTotals.size()); ++i) {
        const auto& total = request.rejectTotals[i];
        told += total.rejects;
        table.rows.push_back({textCell(total.reason), textCell(total.column), countCell(total.rejects),
                              total.firstLine > 0 ? countCell(total.firstLine) : report::Cell{{}, Unit::count, {}, {}},
                              textCell(total.fixHint)});
    }
    if (told < request.rejected) {
        table.note = fmt::format("{} more for further reasons.", displayCount(request.rejected - told));
    }
    return table;
}

}  // namespace

Section quality(const Figures& figures) {
    Section section{"quality", "Quality risk", false, {}};
    const auto& proposed = figures.proposed();
    report::KeyFigures key;
    if (keepsRouting(figures)) {
        const auto& quality = proposed.evaluation.meanQuality;
        for (const auto& cause : quality.causes) {
            key.figures.push_back({"quality.cause." + cause.cause, "Quality with " + cause.cause + " low to high",
                                   ranged(shareCell(quality.value), cause.low, cause.high), cause.why});
        }
    } else if (const auto& against = proposed.against) {
        key.figures = {
            {"quality.baseline", "Expected quality, " + against->baseline, shareCell(against->baselineQuality), ""},
            {"quality.policy", "Expected quality, " + proposed.evaluation.name, shareCell(against->quality), ""},
            {"quality.n", "Requests compared", countCell(static_cast<std::int64_t>(against->rows)),
             "paired by request"},
        };
        if (against->loneRequests < against->clusters) {
            key.figures.push_back(
                {"quality.clusters", against->loneRequests == 0 ? "Sessions" : "Sessions, and requests without one",
                 countCell(static_cast<std::int64_t>(against->clusters)), "the interval is clustered by session"});
        }
        for (const auto& cause : against->qualityChange.causes) {
            key.figures.push_back({"quality.cause." + cause.cause,
                                   "Change with " + cause.cause + " low to high, points",
                                   ranged(pointsCell(against->qualityChange.value), cause.low, cause.high), cause.why});
        }
    }
    section.blocks.emplace_back(std::move(key));
    for (const auto& segment : figures.segments) {
        if (keepsRouting(figures)) {
            break;  // nothing changes anywhere
        }
        const auto enough = std::count_if(segment.lines.begin(), segment.lines.end(),
                                          [](const auto& line) { return line.requests >= kEnoughForWorst; });
        if (enough > 1 && segment.worst && !segment.lines.at(*segment.worst).key.empty()) {
            const auto& worst = segment.lines[*segment.worst];
            section.blocks.emplace_back(report::Paragraph{
                fmt::format("Worst {}: {} changes by {} points ({} to {}) over {} requests.", segment.by, worst.key,
                            displayPoints(worst.qualityChange), displayPoints(worst.qualityChangeRange.low),
                            displayPoints(worst.qualityChangeRange.high), displayCount(std::llround(worst.requests)))});
        }
    }
    if (proposed.evaluation.weakestRung == assess::Rung::prior) {
        section.blocks.emplace_back(report::Paragraph{
            "Part of the quality rests on public benchmarks alone (prior evidence): no scored answer of this log backs "
            "it. Score a sample of requests to replace the prior by a measurement."});
    }
    return section;
}

Section dependsOn(const Figures& figures) {
    Section section{"depends", "What it depends on", false, {}};
    Table table{"tornado",
                "One cause at a time, low to high",
                {{"Cause", Unit::text},
                 {"Saving at its worst", Unit::dollars},
                 {"Saving at its best", Unit::dollars},
                 {"Assumed", Unit::text}},
                {},
                {}};
    table.shortTitle = "Tornado";
    for (const auto& bar : figures.tornado.bars) {
        table.rows.push_back({textCell(bar.cause), dollarCell(bar.low), dollarCell(bar.high), textCell(bar.why)});
    }
    if (table.rows.empty()) {
        section.blocks.emplace_back(report::Paragraph{"No assumption moves the saving."});
    } else {
        section.blocks.emplace_back(tornadoChart(figures.tornado));
        section.blocks.emplace_back(std::move(table));
    }
    return section;
}

Section tierFit(const Figures& figures) {
    const auto& fit = figures.tierFit;
    Section section{"tierfit", "Tier fit of the log as it is", false, {}};
    if (fit.coverage.used == 0) {
        section.blocks.emplace_back(report::Paragraph{
            "No request of this log can be judged as it was served: none names a model whose price is known. Import a "
            "column that names the models, or say what the names mean under Catalog."});
        return section;
    }
    section.blocks.emplace_back(report::KeyFigures{{
        {"fit.overserved", "Overserved: money wasted", dollarCell(fit.overservedUsd),
         fmt::format("{} requests on a dearer tier than they need",
                     displayCount(std::llround(fit.overservedRequests)))},
        {"fit.underserved", "Underserved: errors expected", numberCell(fit.underservedErrors),
         fmt::format("{} requests on a tier below what they need",
                     displayCount(std::llround(fit.underservedRequests)))},
        {"fit.bar", "Quality a tier must reach", shareCell(fit.bar), "needed = the cheapest tier that reaches it"},
    }});
    Table table{"tierfit",
                "Requests by tier used and tier needed",
                {{"Used", Unit::text},
                 {"Needs local", Unit::count},
                 {"Needs commodity", Unit::count},
                 {"Needs premium", Unit::count},
                 {"None reaches the bar", Unit::count},
                 {"Wasted", Unit::dollars},
                 {"Errors expected", Unit::number}},
                {},
                {}};
    table.shortTitle = "Tier fit";
    for (const Tier used : {Tier::local, Tier::commodity, Tier::premium, Tier::unbanded}) {
        const auto& cells = fit.cells[static_cast<std::size_t>(used)];
        double wasted = 0;
        double errors = 0;
        double requests = 0;
        for (const auto& cell : cells) {
            wasted += cell.wastedUsd;
            errors += cell.expectedErrors;
            requests += cell.requests;
        }
        if (requests > 0) {
            const auto count = [&](Tier needed) {
                return countCell(std::llround(cells[static_cast<std::size_t>(needed)].requests));
            };
            table.rows.push_back({textCell(tierTitle(used)), count(Tier::local), count(Tier::commodity),
                                  count(Tier::premium), count(Tier::unbanded), dollarCell(wasted), numberCell(errors)});
        }
    }
    section.blocks.emplace_back(std::move(table));
    if (fit.overserved.empty()) {
        section.blocks.emplace_back(report::Paragraph{"No request is on a dearer tier than it needs."});
    } else {
        section.blocks.emplace_back(misfitTable(figures, fit.overserved, true));
    }
    if (fit.underserved.empty()) {
        section.blocks.emplace_back(report::Paragraph{"No request is on a tier below what it needs."});
    } else {
        section.blocks.emplace_back(misfitTable(figures, fit.underserved, false));
    }
    return section;
}

Section constraints(const Figures& figures) {
    Section section{"constraints", "Constraints and their price", false, {}};
    if (figures.constraints.empty()) {
        section.blocks.emplace_back(report::Paragraph{"The proposed policy has no constraint that binds."});
        return section;
    }
    Table table{"constraints",
                "Cost with the constraint less cost without it, at equal quality",
                {{"Constraint", Unit::text},
                 {"Price", Unit::dollars},
                 {"Left open by the bound", Unit::dollars},
                 {"Note", Unit::text}},
                {},
                {}};
    table.shortTitle = "Constraints";
    for (const auto& price : figures.constraints) {
        table.rows.push_back(
            {textCell(price.constraint), dollarCell(price.costUsd), dollarCell(price.gapUsd), textCell(price.note)});
    }
    section.blocks.emplace_back(std::move(table));
    return section;
}

Section segments(const Figures& figures) {
    Section section{"segments", "By team, domain, difficulty and day", true, {}};
    for (const auto& segment : figures.segments) {
        if (tellsApart(segment)) {
            section.blocks.emplace_back(segmentTable(segment));
        }
    }
    if (section.blocks.empty()) {
        section.blocks.emplace_back(report::Paragraph{
            "Nothing tells the requests apart: the log names no teams and no domains, has one difficulty or none, and "
            "covers one day."});
    }
    return section;
}

Section assumptions(const Figures& figures) {
    Section section{"assumptions", "Assumptions", false, {}};
    const auto& assumed = figures.request.assumptions;
    Table table{"assumptions",
                "What is assumed and not measured",
                {{"Assumption", Unit::text},
                 {"Low", Unit::number},
                 {"Mid", Unit::number},
                 {"High", Unit::number},
                 {"Source", Unit::text}},
                {},
                {}};
    table.shortTitle = "Assumptions";
    addAssumption(table, "Input tokens per logged token, other tokenizer", assumed.tokenizer);
    addAssumption(table, "Answer tokens per logged answer token", assumed.verbosity);
    addAssumption(table, "Output / answer tokens of a reasoning model, easy", assumed.reasoningEasy);
    addAssumption(table, "Output / answer tokens of a reasoning model, hard", assumed.reasoningHard);
    const double lifetime = assumed.cacheLifetimeSeconds;
    addAssumption(table, "Lifetime of a cached prefix, seconds", {lifetime, lifetime, lifetime, {}});
    for (const auto& [model, own] : assumed.models) {
        const std::pair<const char*, const std::optional<replay::Assumed>*> ownOnes[] = {
            {": input tokens per logged token", &own.tokenizer},
            {": answer tokens per logged token", &own.verbosity},
            {": output / answer tokens, easy", &own.reasoningEasy},
            {": output / answer tokens, hard", &own.reasoningHard}};
        for (const auto& [words, assumedOfIt] : ownOnes) {
            if (*assumedOfIt) {
                addAssumption(table, model + words, **assumedOfIt);
            }
        }
    }
    for (const auto& [tier, share] : assumed.capabilityByTier) {
        addAssumption(table, std::string("Right answers of a ") + tierName(tier) + " model without published scores",
                      {share, share, share, assumed.capabilitySource});
    }
    section.blocks.emplace_back(std::move(table));
    return section;
}

Section prices(const Figures& figures) {
    Section section{"prices", "Prices", false, {}};
    Table table{"prices",
                "Dollars per million tokens, standard service, at the catalog's date",
                {{"Model", Unit::text},
                 {"Offering", Unit::text},
                 {"Tier", Unit::text},
                 {"Input", Unit::dollars},
                 {"Cache read", Unit::dollars},
                 {"Output", Unit::dollars},
                 {"Checked", Unit::text},
                 {"Evidence", Unit::text}},
                {},
                "A local model's tokens cost its hardware: an estimate, with what it rests on as evidence."};
    table.shortTitle = "Prices";
    const auto& prices = figures.workbench.inputs().catalog;
    const auto& localCosts = figures.workbench.inputs().localCosts;
    for (const auto& candidate : figures.workbench.candidates()) {
        const auto index = prices.findOffering(candidate.offering);
        if (!index) {
            continue;
        }
        const auto local = std::find_if(localCosts.begin(), localCosts.end(),
                                        [&](const auto& cost) { return cost.offering == candidate.offering; });
        const auto rates = prices.ratesAt(*index, {});
        const auto* card = standardCard(prices.offering(*index), prices.date());
        const auto* evidence = card != nullptr && card->evidence >= 0
                                   ? &prices.evidence()[static_cast<std::size_t>(card->evidence)]
                                   : nullptr;
        table.rows.push_back(
            {textCell(candidate.name), textCell(candidate.offering), textCell(tierTitle(candidate.tier)),
             rateCell(rates.input()), rateCell(rates.cacheRead()), rateCell(rates.output()),
             report::dateCell(evidence != nullptr ? evidence->dateChecked : std::string()),
             textCell(local != localCosts.end() ? local->words
                      : evidence != nullptr
                          ? fmt::format("{}: {}", catalog::confidenceName(evidence->confidence), evidence->url)
                          : "")});
    }
    section.blocks.emplace_back(std::move(table));
    return section;
}

Section coverage(const Figures& figures) {
    Section section{"coverage", "Coverage and exclusions", false, {}};
    const auto& covered = figures.proposed().evaluation.coverage;
    const auto& request = figures.request;
    const auto& rows = figures.workbench.rows();
    std::int64_t scored = 0;
    std::int64_t withDifficulty = 0;
    for (std::size_t row = 0; row < rows.rows; ++row) {
        scored += rows.score.valid.test(row) ? 1 : 0;
        withDifficulty += rows.difficulty.valid.test(row) ? 1 : 0;
    }
    section.blocks.emplace_back(report::KeyFigures{{
        {"rows.read", "Rows read", countCell(request.rowsRead), "stored + duplicates + rejected"},
        {"rows.stored", "Rows stored", countCell(static_cast<std::int64_t>(rows.rows)), ""},
        {"rows.duplicates", "Duplicates", countCell(request.duplicates), ""},
        {"rows.rejected", "Rejected", countCell(request.rejected), "listed with line, reason and mend"},
        {"rows.used", "Rows in the figures of " + figures.proposed().evaluation.name,
         countCell(static_cast<std::int64_t>(covered.used)), ""},
        {"rows.usedBaseline", "Rows in the figures of " + figures.baseline().evaluation.name,
         countCell(static_cast<std::int64_t>(figures.baseline().evaluation.coverage.used)), ""},
        {"rows.scored", "Rows with a score", countCell(scored), ""},
        {"rows.difficulty", "Rows with a difficulty", countCell(withDifficulty), ""},
    }});
    Table table{"exclusions",
                "Left out of the figures, never counted as $0",
                {{"Figures of", Unit::text},
                 {"Reason", Unit::text},
                 {"What", Unit::text},
                 {"Rows", Unit::count},
                 {"Requests", Unit::count}},
                {},
                {}};
    table.shortTitle = "Exclusions";
    for (const auto* scenario : {&figures.baseline(), &figures.proposed()}) {
        for (const auto& exclusion : scenario->evaluation.coverage.exclusions) {
            table.rows.push_back({textCell(sentenceCase(scenario->evaluation.name)), textCell(exclusion.reason),
                                  textCell(exclusion.what), countCell(static_cast<std::int64_t>(exclusion.rows)),
                                  countCell(std::llround(exclusion.requests))});
        }
    }
    if (table.rows.empty()) {
        section.blocks.emplace_back(report::Paragraph{"No stored row is left out."});
    } else {
        section.blocks.emplace_back(std::move(table));
    }
    if (!request.rejectTotals.empty()) {
        section.blocks.emplace_back(rejectTable(request));
    }
    return section;
}

}  // namespace tierwise::project::sections
