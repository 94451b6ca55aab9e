// SPDX-License-Identifier: GPL-3.0-or-later
// Scenarios side by side: paired differences, verdicts, the tornado.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string>

#include <fmt/format.h>

#include "core/analyze/measures.h"
#include "core/base/display.h"
#include "core/project/analysis_impl.h"

namespace tierwise::project {

using analyze::CauseRange;
using analyze::Interval;
using analyze::Verdict;

namespace {

// What the paired differences are made of, on the rows that both scenarios serve.
struct PairedColumns {
    std::vector<std::uint8_t> use;
    analyze::ClusterSums sums;  // weight, saving in dollars, change of quality
    double weight = 0;
    double variance = 0;  // of one request's difference of outcomes
};

// What is drawn anew: sessions, or the requests themselves where none has a session.
const char* clusterWords(const analyze::Paired& p) {
    return p.loneRequests == 0 ? "sessions" : p.loneRequests == p.clusters ? "requests" : "sessions or lone requests";
}

bool decided(const Interval& range) {
    return range.low > 0 || range.high < 0;
}

std::string sentenceOf(const analyze::Paired& p, const Interval& costRange) {
    if (p.rows == 0) {
        return fmt::format("no request can be served both here and by {}, so there is nothing to compare", p.baseline);
    }
    std::string text =
        fmt::format("{} costs {}; this costs {} to {}, expected quality change {:+.1f} to {:+.1f} points. ", p.baseline,
                    displayDollars(p.baselineCostUsd), displayDollars(std::max(0.0, costRange.low)),
                    displayDollars(costRange.high), 100 * p.qualityChange.range.low, 100 * p.qualityChange.range.high);
    if (p.costVerdict == Verdict::decisive && p.qualityVerdict == Verdict::decisive) {
        return text + "Decisive";
    }
    text += p.costVerdict == Verdict::decisive      ? "Cost: decisive. Quality: not decisive"
            : p.qualityVerdict == Verdict::decisive ? "Quality: decisive. Cost: not decisive"
                                                    : "Not decisive";
    if (p.labelsNeeded && p.qualityVerdict != Verdict::decisive) {
        text += fmt::format(" (about {:.0f} scored requests would decide the quality)", *p.labelsNeeded);
    }
    return text;
}

}  // namespace

analyze::Paired Workbench::Impl::paired(const Impl& other, const Decided& scenario, const Decided& base,
                                        const std::string& baselineWords) const {
    const auto& a = scenario.decisions;
    const auto& b = base.decisions;
    PairedColumns columns_;
    columns_.use.assign(in.rows->rows, 0);
    const analyze::ClusterGroups groups(clusters.count);
    columns_.sums.columns.assign(3, std::vector<float>(groups.count(), 0.0F));
    auto& sums = columns_.sums.columns;
    analyze::Paired p;
    p.baseline = baselineWords;
    double squares = 0;
    double change = 0;
    Int128 costA = 0;
    Int128 costB = 0;
    std::vector<std::uint8_t> seen(clusters.count, 0);
    // A candidate of the other workbench by its number here.
    std::vector<std::uint8_t> sameCandidate(other.who.size(), route::kNoCandidate);
    for (std::size_t j = 0; j < other.who.size(); ++j) {
        for (std::size_t k = 0; k < who.size(); ++k) {
            if (other.who[j].id == who[k].id && other.who[j].asLogged == who[k].asLogged) {
                sameCandidate[j] = static_cast<std::uint8_t>(k);
            }
        }
    }
    for (std::size_t row = 0; row < in.rows->rows; ++row) {
        if (a.first[row] == route::kNoCandidate || b.first[row] == route::kNoCandidate) {
            continue;
        }
        columns_.use[row] = 1;
        ++p.rows;
        const double weight = table.weightOf(row);
        const auto qa = static_cast<double>(a.quality[row]);
        const auto qb = static_cast<double>(b.quality[row]);
        costA += a.cost[row];
        costB += b.cost[row];
        p.quality += weight * qa;
        p.baselineQuality += weight * qb;
        columns_.weight += weight;
        change += weight * (qa - qb);
        // Where both send a request to the same model its outcome is the same; else two answers differ at random too.
        const bool same =
            sameCandidate[a.first[row]] == b.first[row] && !a.severalAttempts(row) && !b.severalAttempts(row);
        squares += weight * ((qa - qb) * (qa - qb) + (same ? 0.0 : qa * (1 - qa) + qb * (1 - qb)));
        const std::uint32_t k = clusters.of[row];
        p.clusters += seen[k] == 0 ? 1 : 0;
        p.loneRequests += in.rows->session.codes[row] == 0 ? 1 : 0;
        seen[k] = 1;
        const std::size_t group = groups.of(k);
        sums[0][group] += static_cast<float>(weight);
        sums[1][group] += static_cast<float>(static_cast<double>(b.cost[row] - a.cost[row]) * kPicoDollars);
        sums[2][group] += static_cast<float>(weight * (qa - qb));
    }
    const double weight = columns_.weight;
    p.costUsd = static_cast<double>(costA) * kPicoDollars;
    p.baselineCostUsd = static_cast<double>(costB) * kPicoDollars;
    p.quality = weight > 0 ? p.quality / weight : 0;
    p.baselineQuality = weight > 0 ? p.baselineQuality / weight : 0;
    const double saving = p.baselineCostUsd - p.costUsd;
    const double qualityChange = weight > 0 ? change / weight : 0;
    p.savingShare = p.baselineCostUsd > 0 ? saving / p.baselineCostUsd : 0;

    std::vector<CauseRange> savingCauses;
    std::vector<CauseRange> qualityCauses;
    if (p.clusters > 1) {
        const auto replicates = analyze::poissonBootstrap(columns_.sums, in.options.replicates, in.options.seed);
        std::vector<double> savings;
        std::vector<double> changes;
        for (std::size_t r = 0; r < replicates[0].size(); ++r) {
            if (replicates[0][r] > 0) {
                savings.push_back(replicates[1][r] / replicates[0][r] * weight);
                changes.push_back(replicates[2][r] / replicates[0][r]);
            }
        }
        const auto rangeOfSaving = analyze::percentileInterval(std::move(savings), p.clusters);
        const auto rangeOfChange = analyze::percentileInterval(std::move(changes), p.clusters);
        const std::string why = fmt::format("Poisson bootstrap of {} {}, {} replicates, seed {}",
                                            displayCount(static_cast<std::int64_t>(p.clusters)), clusterWords(p),
                                            displayCount(in.options.replicates), in.options.seed);
        savingCauses.push_back({"sampling", rangeOfSaving.low, rangeOfSaving.high, why});
        qualityCauses.push_back({"sampling", rangeOfChange.low, rangeOfChange.high, why});
    }
    // Where both serve the same rows, what each amounts to over its rows is known.
    const auto ofAll = [&](const Impl& impl, const Decided& one) {
        const auto all = impl.summary(one);
        return all->evaluation.coverage.used == p.rows
                   ? std::pair(all->shifts, all->evidence)
                   : std::pair(impl.costShifts(one, columns_.use), impl.evidenceShift(one, columns_.use));
    };
    const auto [costsA, shiftA] = ofAll(other, scenario);
    const auto [costsB, shiftB] = ofAll(*this, base);
    for (std::size_t i = 0; i < kAssumptionCauses.size(); ++i) {
        const double low = saving + (costsB[i][0] - costsA[i][0]) * kPicoDollars;
        const double high = saving + (costsB[i][1] - costsA[i][1]) * kPicoDollars;
        savingCauses.push_back(
            {kAssumptionCauses[i].name, std::min(low, high), std::max(low, high), kAssumptionCauses[i].why});
    }
    const double refund = static_cast<double>(scenario.cacheLossPico - base.cacheLossPico) * kPicoDollars;
    if (refund != 0) {
        savingCauses.push_back({"cache", std::min(saving, saving + refund), std::max(saving, saving + refund),
                                "prefixes that are billed again after a switch; the other end loses none"});
    }
    // One model, one error: by name, for the other workbench may number its models in another order.
    std::map<std::string, double> shifts;
    const auto nameIn = [](const Impl& impl, std::size_t m) {
        return m < impl.in.quality.models() ? impl.in.quality.nameOf(static_cast<assess::ModelHandle>(m))
                                            : std::string();
    };
    for (std::size_t m = 0; m < shiftA.size(); ++m) {
        shifts[nameIn(other, m)] += shiftA[m];
    }
    for (std::size_t m = 0; m < shiftB.size(); ++m) {
        shifts[nameIn(*this, m)] -= shiftB[m];
    }
    double evidence = 0;
    for (const auto& [model, shift] : shifts) {
        evidence += shift * shift;
    }
    evidence = 1.959964 * std::sqrt(evidence);
    qualityCauses.push_back({"quality evidence", std::max(-1.0, qualityChange - evidence),
                             std::min(1.0, qualityChange + evidence), "how well each model's success is known"});
    p.savingUsd = ranged(saving, std::move(savingCauses));
    p.qualityChange = ranged(qualityChange, std::move(qualityCauses));
    auto& points = p.qualityChange.range;
    points = {std::max(-1.0, points.low), std::min(1.0, points.high)};
    p.costVerdict = decided(p.savingUsd.range) ? Verdict::decisive : Verdict::notDecisive;
    p.qualityVerdict = decided(p.qualityChange.range) ? Verdict::decisive : Verdict::notDecisive;
    if (p.qualityVerdict == Verdict::notDecisive && weight > 0) {
        const double sd = std::sqrt(std::max(0.0, squares / weight - qualityChange * qualityChange));
        p.labelsNeeded = analyze::labelsNeeded(sd, qualityChange);
    }
    return p;
}

route::Policy Workbench::Impl::baselinePolicy(Baseline kind, const Impl& of, const Decided& scenario) const {
    route::Policy policy;
    switch (kind) {
        case Baseline::asLogged:
            return route::asLoggedPolicy();
        case Baseline::bestSingle:
            return route::singlePolicy(who[bestSingle()].id, "best single model: " + who[bestSingle()].name);
        case Baseline::dearest: {
            std::size_t j = 0;
            for (std::size_t other = 1; other < models; ++other) {
                j = infos[other].costUsd > infos[j].costUsd ? other : j;
            }
            return route::singlePolicy(who[j].id, "everything on the dearest model: " + who[j].name + " (flattering)");
        }
        case Baseline::oracle:
            policy.name = "oracle";
            policy.router.kind = route::RouterKind::oracle;
            return policy;
        case Baseline::random:
            break;
    }
    policy.name = "random mix with the same shares";
    policy.router.kind = route::RouterKind::random;
    policy.router.seed = in.options.seed;
    // What the scenario has and this workbench has not takes no part.
    double total = 0;
    std::vector<double> calls(models, 0);
    for (std::size_t j = 0; j < models; ++j) {
        for (std::size_t k = 0; k < of.models; ++k) {
            calls[j] += of.who[k].id == who[j].id ? scenario.decisions.calls[k] : 0;
        }
        total += calls[j];
    }
    for (std::size_t j = 0; j < models && total > 0; ++j) {
        if (calls[j] > 0) {
            policy.router.shares.emplace_back(who[j].id, calls[j] / total);
        }
    }
    return policy;
}

analyze::Scenario Workbench::Impl::scenario(const Impl& other, const Decided& decidedThere,
                                            const Decided& baseDecided) const {
    analyze::Scenario result;
    result.evaluation = other.evaluation(decidedThere);
    result.against = paired(other, decidedThere, baseDecided, baseDecided.policy.name);
    // The range of the scenario's own cost; scaled where the baseline can judge a part of its rows only.
    auto& against = *result.against;
    const auto& cost = result.evaluation.costUsd;
    const double part = cost.value > 0 ? against.costUsd / cost.value : 1;
    against.sentence = sentenceOf(against, {cost.range.low * part, cost.range.high * part});
    return result;
}

Result<analyze::Comparison> Workbench::compare(std::span<const route::Policy> policies,
                                               std::optional<Baseline> baseline, const TaskContext& context) const {
    std::vector<Contender> contenders;
    for (const auto& policy : policies) {
        contenders.push_back({policy, nullptr});
    }
    return compare(std::span<const Contender>(contenders), baseline, context);
}

Result<analyze::Comparison> Workbench::compare(std::span<const Contender> contenders, std::optional<Baseline> baseline,
                                               const TaskContext& context) const {
    if (contenders.empty()) {
        return fail(ErrorCode::invalidArgument, "there is no scenario to compare", "Name at least one policy.");
    }
    const auto& impl = *m_impl;
    const auto whereOf = [&](const Contender& contender) {
        return contender.on == nullptr ? &impl : contender.on->m_impl.get();
    };
    for (const auto& contender : contenders) {
        const auto& rows = whereOf(contender)->in.rows;
        if (rows != impl.in.rows && rows->id != impl.in.rows->id) {
            return fail(ErrorCode::invalidArgument, "scenarios are compared over the same rows");
        }
    }
    const Baseline kind = baseline.value_or(impl.baseline);
    // The mix of a random baseline is that of the first scenario that runs on this workbench's candidates.
    std::size_t mixed = 0;
    while (mixed + 1 < contenders.size() && whereOf(contenders[mixed]) != &impl) {
        ++mixed;
    }
    const auto decideBase = [&]() -> Result<DecidedPtr> {
        const auto& where = *whereOf(contenders[mixed]);
        const auto first = where.decide(contenders[mixed].policy, context);
        if (!first) {
            return fail(first.error());
        }
        return impl.decide(impl.baselinePolicy(kind, where, **first), context);
    };
    const auto base = decideBase();
    if (!base) {
        return fail(base.error());
    }
    analyze::Comparison comparison;
    comparison.baseline = baselineName(kind);
    comparison.bestSingle = impl.who[impl.bestSingle()].id;
    comparison.seed = impl.in.options.seed;
    comparison.replicates = impl.in.options.replicates;
    comparison.scenarios.push_back({impl.evaluation(**base), {}, true, {}, {}});
    // One after the other: the decisions of many scenarios over a million rows are a lot of memory.
    for (const auto& contender : contenders) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto& where = *whereOf(contender);
        const auto decided = where.decide(contender.policy, context);
        if (!decided) {
            return fail(decided.error());
        }
        comparison.scenarios.push_back(impl.scenario(where, **decided, **base));
    }
    // Measures against the single models and the oracle.
    const auto& singles = impl.singles;
    const double bestQuality = singles[impl.bestSingle()].quality;
    const double oracleQuality = impl.frontier->point(impl.frontier->steps()).meanQuality;
    for (auto& scenario : comparison.scenarios) {
        const auto& evaluation = scenario.evaluation;
        const double quality = evaluation.meanQuality.value;
        if (oracleQuality - bestQuality > 1e-9 && evaluation.coverage.used == impl.coverage.used) {
            scenario.gapClosed = (quality - bestQuality) / (oracleQuality - bestQuality);
        }
        double cheapest = std::numeric_limits<double>::infinity();
        for (const auto& single : singles) {
            if (single.quality >= quality - 1e-12) {
                cheapest = std::min(cheapest, single.cost);
            }
        }
        if (std::isfinite(cheapest) && cheapest > 0 && evaluation.coverage.used == impl.coverage.used) {
            scenario.savingAtMatchedQuality = 1 - evaluation.costUsd.value / cheapest;
        }
        for (const auto& other : comparison.scenarios) {
            const auto& o = other.evaluation;
            const bool noWorse = o.costUsd.value <= evaluation.costUsd.value && o.meanQuality.value >= quality;
            const bool better = o.costUsd.value < evaluation.costUsd.value || o.meanQuality.value > quality;
            if (noWorse && better && o.coverage.used == evaluation.coverage.used) {
                scenario.pareto = false;
            }
        }
    }
    return comparison;
}

Result<analyze::Tornado> Workbench::tornado(const route::Policy& policy, std::optional<Baseline> baseline,
                                            const TaskContext& context, const Workbench* on) const {
    const Impl& other = on == nullptr ? *m_impl : *on->m_impl;
    const auto scenario = other.decide(policy, context);
    if (!scenario) {
        return fail(scenario.error());
    }
    const Baseline kind = baseline.value_or(m_impl->baseline);
    const auto base = m_impl->decide(m_impl->baselinePolicy(kind, other, **scenario), context);
    if (!base) {
        return fail(base.error());
    }
    const auto p = m_impl->paired(other, **scenario, **base, (*base)->policy.name);
    analyze::Tornado tornado;
    tornado.savingUsd = p.savingUsd.value;
    tornado.qualityChange = p.qualityChange.value;
    for (const auto& cause : p.savingUsd.causes) {
        tornado.bars.push_back({cause.cause, cause.low, cause.high, cause.why});
    }
    for (const auto& cause : p.qualityChange.causes) {
        tornado.qualityBars.push_back({cause.cause, cause.low, cause.high, cause.why});
    }
    return tornado;
}

}  // namespace tierwise::project
