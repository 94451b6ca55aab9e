// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands/analysis_json.h"

#include <cmath>

namespace tierwise::cli {

using Json = nlohmann::ordered_json;

namespace {

template <typename T>
Json orNull(const std::optional<T>& value) {
    return value ? Json(*value) : Json();
}

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json();
}

Json toJson(const analyze::Interval& interval) {
    return Json::array({number(interval.low), number(interval.high)});
}

Json toJson(const analyze::Paired& p) {
    const auto known = [&](const auto& value) { return p.rows > 0 ? Json(value) : Json(); };
    return {{"baseline", p.baseline},
            {"rows", p.rows},
            {"clusters", p.clusters},
            {"baselineCostUsd", known(p.baselineCostUsd)},
            {"costUsd", known(p.costUsd)},
            {"baselineQuality", known(p.baselineQuality)},
            {"quality", known(p.quality)},
            {"savingUsd", known(cli::toJson(p.savingUsd))},
            {"savingShare", known(p.savingShare)},
            {"qualityChange", known(cli::toJson(p.qualityChange))},
            {"cost", p.costVerdict == analyze::Verdict::decisive ? "decisive" : "not decisive"},
            {"qualityVerdict", p.qualityVerdict == analyze::Verdict::decisive ? "decisive" : "not decisive"},
            {"labelsNeeded", orNull(p.labelsNeeded)},
            {"sentence", p.sentence}};
}

Json toJson(const analyze::SinglePoint& point, std::size_t usedRows) {
    const bool serves = point.infeasibleRows < usedRows;
    return {{"id", point.id},
            {"name", point.name},
            {"tier", tierName(point.tier)},
            {"costUsd", serves ? Json(point.costUsd) : Json()},
            {"meanQuality", serves ? Json(point.meanQuality) : Json()},
            {"infeasibleRows", point.infeasibleRows}};
}

Json curve(const std::vector<analyze::CurvePoint>& points, bool withTiers) {
    Json all = Json::array();
    for (const auto& point : points) {
        Json one{{"costUsd", point.costUsd}, {"meanQuality", point.meanQuality}};
        if (withTiers) {
            one["step"] = point.step;
            one["rightAnswersPerDollar"] = point.qualityPerDollar;
            one["tiers"] = cli::toJson(point.tiers);
        } else {
            one["threshold"] = point.parameter;
        }
        all.push_back(std::move(one));
    }
    return all;
}

Json bars(const std::vector<analyze::TornadoBar>& list) {
    Json all = Json::array();
    for (const auto& bar : list) {
        all.push_back({{"cause", bar.cause}, {"low", bar.low}, {"high", bar.high}, {"why", bar.why}});
    }
    return all;
}

Json misfits(const std::vector<analyze::Misfit>& list) {
    Json all = Json::array();
    for (const auto& misfit : list) {
        all.push_back({{"request", misfit.id.value()},
                       {"used", tierName(misfit.used)},
                       {"needed", misfit.needed ? Json(tierName(*misfit.needed)) : Json()},
                       {"wastedUsd", misfit.wastedUsd},
                       {"expectedErrors", misfit.expectedErrors},
                       {"reason", misfit.reason}});
    }
    return all;
}

}  // namespace

Json toJson(const analyze::RangedFigure& figure) {
    Json causes = Json::array();
    for (const auto& cause : figure.causes) {
        causes.push_back({{"cause", cause.cause}, {"low", cause.low}, {"high", cause.high}, {"why", cause.why}});
    }
    return {{"value", figure.value}, {"range", toJson(figure.range)}, {"causes", causes}};
}

Json toJson(const analyze::Coverage& coverage) {
    Json exclusions = Json::array();
    for (const auto& entry : coverage.exclusions) {
        exclusions.push_back(
            {{"reason", entry.reason}, {"what", entry.what}, {"rows", entry.rows}, {"requests", entry.requests}});
    }
    return {{"rows", coverage.rows},
            {"used", coverage.used},
            {"requests", coverage.requests},
            {"requestsUsed", coverage.requestsUsed},
            {"exclusions", exclusions}};
}

Json toJson(const analyze::TierShares& tiers) {
    Json out = Json::object();
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        const auto& share = tiers[static_cast<std::size_t>(tier)];
        out[tierName(tier)] = {{"requests", share.requests}, {"share", share.share}, {"costUsd", share.costUsd}};
    }
    return out;
}

Json toJson(const analyze::Evaluation& e) {
    Json mix = Json::array();
    for (const auto& entry : e.mix) {
        mix.push_back({{"id", entry.id},
                       {"name", entry.name},
                       {"tier", tierName(entry.tier)},
                       {"requests", entry.requests},
                       {"share", entry.share},
                       {"costUsd", entry.costUsd},
                       {"meanQuality", entry.meanQuality},
                       {"evidence", assess::rungName(entry.rung)}});
    }
    // Nothing that could be served has no cost and no quality: unknown is not zero.
    const auto known = [&](const auto& value) { return e.coverage.used > 0 ? Json(value) : Json(); };
    return {
        {"name", e.name},
        {"description", e.description},
        {"cost", known(e.cost.toString())},
        {"costUsd", known(toJson(e.costUsd))},
        {"meanQuality", known(toJson(e.meanQuality))},
        {"expectedErrors", known(e.expectedErrors)},
        {"costPerSuccessUsd", e.costPerSuccessUsd > 0 || e.meanQuality.value > 0 ? Json(e.costPerSuccessUsd) : Json()},
        {"cacheLossUsd", e.cacheLossUsd},
        {"rightAnswersPerDollar", e.shadowPrice},
        {"gapUsd", orNull(e.gapUsd)},
        {"evidence", assess::rungName(e.weakestRung)},
        {"mix", mix},
        {"tiers", toJson(e.tiers)},
        {"coverage", toJson(e.coverage)},
        {"notes", e.notes}};
}

Json toJson(const analyze::Scenario& scenario) {
    Json one = toJson(scenario.evaluation);
    one["against"] = scenario.against ? toJson(*scenario.against) : Json();
    one["pareto"] = scenario.pareto;
    one["gapClosed"] = orNull(scenario.gapClosed);
    one["savingAtMatchedQuality"] = orNull(scenario.savingAtMatchedQuality);
    return one;
}

Json toJson(const analyze::Comparison& comparison) {
    Json scenarios = Json::array();
    for (const auto& scenario : comparison.scenarios) {
        scenarios.push_back(toJson(scenario));
    }
    return {{"baseline", comparison.baseline},
            {"bestSingle", comparison.bestSingle},
            {"seed", comparison.seed},
            {"replicates", comparison.replicates},
            {"scenarios", scenarios}};
}

Json toJson(const analyze::Tradeoff& t) {
    Json singles = Json::array();
    for (const auto& single : t.singles) {
        singles.push_back(toJson(single, t.coverage.used));
    }
    return {{"signal", t.signal},
            {"frontier", curve(t.frontier, true)},
            {"threshold", curve(t.threshold, false)},
            {"singles", singles},
            {"asLogged", t.asLogged ? toJson(*t.asLogged, t.coverage.used) : Json()},
            {"aiq", t.coverage.used > 0 ? Json(t.aiq) : Json()},
            {"aiqZero", t.coverage.used > 0 ? Json(t.aiqZero) : Json()},
            {"apgr", t.cpt80 ? Json(t.apgr) : Json()},  // the strongest alone is at 100%: with a gap there is a CPT
            {"cpt50", orNull(t.cpt50)},
            {"cpt80", orNull(t.cpt80)},
            {"coverage", toJson(t.coverage)}};
}

Json toJson(const analyze::TierFit& fit) {
    Json matrix = Json::array();
    for (const Tier used : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        for (const Tier needed : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
            const auto& cell = fit.cells[static_cast<std::size_t>(used)][static_cast<std::size_t>(needed)];
            if (cell.rows > 0) {
                matrix.push_back({{"used", tierName(used)},
                                  {"needed", needed == Tier::unbanded ? Json() : Json(tierName(needed))},
                                  {"rows", cell.rows},
                                  {"requests", cell.requests},
                                  {"costUsd", cell.costUsd},
                                  {"wastedUsd", cell.wastedUsd},
                                  {"expectedErrors", cell.expectedErrors}});
            }
        }
    }
    return {{"bar", fit.bar},
            {"matrix", matrix},
            {"overservedUsd", fit.overservedUsd},
            {"overservedRequests", fit.overservedRequests},
            {"underservedErrors", fit.underservedErrors},
            {"underservedRequests", fit.underservedRequests},
            {"evidence", assess::rungName(fit.weakestRung)},
            {"overserved", misfits(fit.overserved)},
            {"underserved", misfits(fit.underserved)},
            {"coverage", toJson(fit.coverage)}};
}

Json toJson(const analyze::Tornado& t) {
    return {{"savingUsd", t.savingUsd},
            {"bars", bars(t.bars)},
            {"qualityChange", t.qualityChange},
            {"qualityBars", bars(t.qualityBars)}};
}

Json toJson(const analyze::SegmentTable& table) {
    Json lines = Json::array();
    for (const auto& line : table.lines) {
        lines.push_back({{"key", line.key},
                         {"rows", line.rows},
                         {"requests", line.requests},
                         {"costUsd", line.costUsd},
                         {"baselineCostUsd", line.baselineCostUsd},
                         {"meanQuality", line.meanQuality},
                         {"qualityChange", line.qualityChange},
                         {"qualityChangeRange", toJson(line.qualityChangeRange)},
                         {"savingUsd", line.savingUsd},
                         {"savingRange", toJson(line.savingRange)},
                         {"tiers", toJson(line.tiers)}});
    }
    Json drift;
    if (table.drift) {
        drift = {{"early", toJson(table.drift->early)},
                 {"late", toJson(table.drift->late)},
                 {"distance", table.drift->distance},
                 {"most", tierName(table.drift->most)},
                 {"mostChange", toJson(table.drift->mostChange)}};
    }
    return {{"by", table.by},
            {"lines", lines},
            {"worst", table.worst ? Json(table.lines[*table.worst].key) : Json()},
            {"folded", table.folded},
            {"drift", drift}};
}

Json toJson(const std::vector<analyze::Concentration>& concentration) {
    Json list = Json::array();
    for (const auto& entry : concentration) {
        list.push_back({{"by", entry.by},
                        {"count", entry.count},
                        {"gini", entry.gini},
                        {"topTenthShare", entry.topTenthShare},
                        {"topHundredthShare", entry.topHundredthShare}});
    }
    return list;
}

Json toJson(const std::vector<analyze::RoutedRow>& rows) {
    Json list = Json::array();
    for (const auto& row : rows) {
        list.push_back({{"request", row.id.value()}, {"reason", row.reason}});
    }
    return list;
}

Json toJson(const analyze::Explanation& e) {
    Json alternatives = Json::array();
    for (const auto& other : e.alternatives) {
        alternatives.push_back({{"id", other.id},
                                {"name", other.name},
                                {"tier", tierName(other.tier)},
                                {"chosen", other.chosen},
                                {"feasible", other.feasible},
                                {"infeasibleReason", other.infeasibleReason},
                                {"costUsd", other.costUsd ? toJson(*other.costUsd) : Json()},
                                {"quality", orNull(other.quality)},
                                {"qualityError", other.qualityError},
                                {"evidence", assess::rungName(other.rung)}});
    }
    return {{"request", e.id.value()},
            {"policy", e.policy},
            {"chosen", orNull(e.chosen)},
            {"tier", tierName(e.tier)},
            {"reason", e.reason},
            {"difficulty", orNull(e.difficulty)},
            {"signal", assess::signalName(e.signal)},
            {"costUsd", e.chosen ? Json(e.costUsd) : Json()},
            {"quality", e.chosen ? Json(e.quality) : Json()},
            {"alternatives", alternatives}};
}

Json toJson(const std::vector<analyze::OffPolicyEstimate>& estimates) {
    Json all = Json::array();
    for (const auto& e : estimates) {
        all.push_back({{"method", e.method},
                       {"identifiable", e.identifiable},
                       {"value", e.identifiable ? Json(e.value) : Json()},
                       {"range", e.identifiable ? toJson(e.range) : Json()},
                       {"effectiveSampleSize", e.effectiveSampleSize},
                       {"coverage", e.coverage},
                       {"scoredRows", e.scoredRows},
                       {"note", e.note}});
    }
    return all;
}

Json toJson(const std::vector<analyze::ConstraintPrice>& prices) {
    Json all = Json::array();
    for (const auto& price : prices) {
        all.push_back({{"constraint", price.constraint},
                       {"costUsd", price.costUsd},
                       {"gapUsd", orNull(price.gapUsd)},
                       {"note", price.note}});
    }
    return all;
}

}  // namespace tierwise::cli
