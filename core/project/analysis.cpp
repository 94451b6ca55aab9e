// SPDX-License-Identifier: GPL-3.0-or-later
// Running policies and the final figures of one of them.
#include "core/project/analysis.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/project/analysis_impl.h"

namespace tierwise::project {

using analyze::CauseRange;
using analyze::RangedFigure;

const char* baselineName(Baseline baseline) {
    switch (baseline) {
        case Baseline::asLogged:
            return "as-logged";
        case Baseline::bestSingle:
            return "best-single";
        case Baseline::random:
            return "random";
        case Baseline::oracle:
            return "oracle";
        case Baseline::dearest:
            break;
    }
    return "dearest";
}

RangedFigure ranged(double value, std::vector<CauseRange> causes) {
    RangedFigure figure;
    figure.value = value;
    double below = 0;
    double above = 0;
    for (auto& cause : causes) {
        cause.low = std::min(cause.low, value);
        cause.high = std::max(cause.high, value);
        below += (value - cause.low) * (value - cause.low);
        above += (cause.high - value) * (cause.high - value);
    }
    causes.erase(std::remove_if(causes.begin(), causes.end(), [](const CauseRange& c) { return c.high <= c.low; }),
                 causes.end());
    std::stable_sort(causes.begin(), causes.end(),
                     [](const CauseRange& a, const CauseRange& b) { return a.high - a.low > b.high - b.low; });
    figure.range = {value - std::sqrt(below), value + std::sqrt(above)};
    figure.causes = std::move(causes);
    return figure;
}

Tier Workbench::Impl::tierOn(std::size_t row, std::uint8_t candidate) const {
    return candidate == models ? replay.logged[replay.loggedOf[row]].tier : who[candidate].tier;
}

std::string Workbench::Impl::nameOn(std::size_t row, std::uint8_t candidate) const {
    return candidate == models ? replay.logged[replay.loggedOf[row]].name : who[candidate].name;
}

const char* Workbench::Impl::whyUnusable(std::size_t row) const {
    const bool input = in.rows->inputUncached.valid.test(row);
    const bool output = in.rows->output.valid.test(row);
    return input && output ? "no candidate has a price for it"
           : input         ? "no output tokens"
           : output        ? "no input tokens"
                           : "no token counts";
}

std::string Workbench::Impl::whyInfeasible(const Decided& decided, std::size_t row) const {
    if (columns.feasible[row] == 0) {
        return whyUnusable(row);
    }
    return decided.policy.router.kind == route::RouterKind::asLogged
               ? replay.logged[replay.loggedOf[row]].unpricedReason
               : decided.router.reasonOf(decided.decisions, row);
}

double Workbench::Impl::standardErrorOf(std::size_t row, std::uint8_t candidate) const {
    if (columns.measured[candidate].test(row)) {
        return 0;
    }
    const auto handle =
        candidate == models ? replay.logged[replay.loggedOf[row]].quality : replay.candidates[candidate].quality;
    if (handle < 0) {
        return 0.5;
    }
    const auto difficulty = in.rows->difficulty.at(row);
    return in.quality.quality(handle, difficulty ? std::optional<double>(*difficulty) : std::nullopt).standardError;
}

assess::Rung Workbench::Impl::rungOf(std::size_t row, std::uint8_t candidate) const {
    if (columns.measured[candidate].test(row)) {
        return assess::Rung::measured;
    }
    const auto handle =
        candidate == models ? replay.logged[replay.loggedOf[row]].quality : replay.candidates[candidate].quality;
    return handle >= 0 && in.quality.labels(handle) > 0 ? assess::Rung::calibrated : assess::Rung::prior;
}

CostShifts Workbench::Impl::costShifts(const Decided& decided, const std::vector<std::uint8_t>& use) const {
    constexpr std::size_t kParts = 8;
    std::array<CostShifts, kParts> parts{};
    const auto& out = decided.decisions;
    const std::size_t rows = in.rows->rows;
    route::parallelRanges(kParts, route::threadCount(), [&](unsigned, std::size_t first, std::size_t last) {
        replay::UsageModel usage(replay);
        for (std::size_t part = first; part < last; ++part) {
            const auto add = [&](std::size_t row, std::size_t j, double share) {
                const auto ends = columns.measuredCost[j].test(row) ? std::nullopt : usage.endCosts(row, j);
                for (std::size_t cause = 0; cause < kAssumptionCauses.size() && ends; ++cause) {
                    for (const std::size_t side : {0U, 1U}) {
                        parts[part][cause][side] +=
                            share * static_cast<double>((*ends)[cause][side] - columns.cost[j][row]);
                    }
                }
            };
            for (std::size_t row = rows * part / kParts; row < rows * (part + 1) / kParts; ++row) {
                if (out.first[row] == route::kNoCandidate || (!use.empty() && use[row] == 0)) {
                    continue;
                }
                if (!out.severalAttempts(row)) {
                    add(row, out.first[row], 1);
                }
                for (std::size_t j = 0; j < out.reach.size(); ++j) {
                    if (out.reach[j][row] > 0) {
                        add(row, j, static_cast<double>(out.reach[j][row]));
                    }
                }
            }
        }
    });
    CostShifts total{};
    for (const auto& part : parts) {
        for (std::size_t cause = 0; cause < total.size(); ++cause) {
            for (const std::size_t side : {0U, 1U}) {
                total[cause][side] += part[cause][side];
            }
        }
    }
    return total;
}

namespace {

// Whose answer counts on a row, with what probability: an attempt's is that it is asked and none after it.
std::vector<std::pair<std::uint8_t, double>> answersOf(const route::Decisions& out, std::size_t row) {
    std::vector<std::pair<std::uint8_t, double>> asked;
    for (std::size_t j = 0; j < out.reach.size(); ++j) {
        if (out.severalAttempts(row) && out.reach[j][row] > 0) {
            asked.emplace_back(static_cast<std::uint8_t>(j), static_cast<double>(out.reach[j][row]));
        }
    }
    std::stable_sort(asked.begin(), asked.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    // Where two are asked for certain they vote, and the first is whose answer won.
    if (asked.empty() || (asked.size() > 1 && asked[1].second >= 1)) {
        return {{out.first[row], 1.0}};
    }
    for (std::size_t i = 0; i + 1 < asked.size(); ++i) {
        asked[i].second -= asked[i + 1].second;
    }
    return asked;
}

}  // namespace

std::vector<double> Workbench::Impl::evidenceShift(const Decided& decided, const std::vector<std::uint8_t>& use) const {
    // By quality handle: the logged model and a candidate may be one model, and then share one error.
    const auto& out = decided.decisions;
    const std::size_t rows = in.rows->rows;
    constexpr std::size_t kParts = 8;
    std::vector<std::vector<double>> parts(kParts, std::vector<double>(in.quality.models() + 2, 0));  // last: weight
    route::parallelRanges(kParts, route::threadCount(), [&](unsigned, std::size_t first, std::size_t last) {
        for (std::size_t part = first; part < last; ++part) {
            auto& shift = parts[part];
            const auto add = [&](std::size_t row, std::uint8_t j, double share) {
                const auto handle =
                    j == models ? replay.logged[replay.loggedOf[row]].quality : replay.candidates[j].quality;
                const std::size_t slot = handle < 0 ? in.quality.models() : static_cast<std::size_t>(handle);
                shift[slot] += table.weightOf(row) * share * standardErrorOf(row, j);
            };
            for (std::size_t row = rows * part / kParts; row < rows * (part + 1) / kParts; ++row) {
                if (out.first[row] == route::kNoCandidate || (!use.empty() && use[row] == 0)) {
                    continue;
                }
                shift.back() += table.weightOf(row);
                if (!out.severalAttempts(row)) {
                    add(row, out.first[row], 1);
                    continue;
                }
                for (const auto& [j, share] : answersOf(out, row)) {
                    add(row, j, share);
                }
            }
        }
    });
    std::vector<double> shift(in.quality.models() + 2, 0);
    for (const auto& part : parts) {
        for (std::size_t m = 0; m < shift.size(); ++m) {
            shift[m] += part[m];
        }
    }
    const double weight = shift.back();
    shift.pop_back();
    for (auto& value : shift) {
        value = weight > 0 ? value / weight : 0;
    }
    return shift;
}

namespace {

void addExclusion(std::vector<analyze::Exclusion>& list, const std::string& reason, const std::string& what,
                  double requests) {
    auto found = std::find_if(list.begin(), list.end(),
                              [&](const auto& entry) { return entry.reason == reason && entry.what == what; });
    if (found == list.end()) {
        list.push_back({reason, what, 0, 0});
        found = list.end() - 1;
    }
    ++found->rows;
    found->requests += requests;
}

}  // namespace

std::shared_ptr<const Summary> Workbench::Impl::summary(const Decided& decided) const {
    {
        const std::lock_guard lock(mutex);
        if (const auto found = summaries.find(decided.key); found != summaries.end()) {
            return found->second;
        }
    }
    const auto made = std::make_shared<const Summary>(summarize(decided));
    constexpr std::size_t kMost = 100;  // a slider leaves one wherever it rests
    const std::lock_guard lock(mutex);
    if (summaries.size() >= kMost) {
        summaries.clear();
    }
    return summaries.emplace(decided.key, made).first->second;
}

Summary Workbench::Impl::summarize(const Decided& decided) const {
    const auto& out = decided.decisions;
    const auto& log = *in.rows;
    Summary summary{{}, costShifts(decided, {}), evidenceShift(decided, {})};
    analyze::Evaluation& result = summary.evaluation;
    result.name = decided.policy.name;
    result.description = decided.policy.description;
    result.coverage = coverage;
    result.coverage.used = 0;
    result.coverage.requestsUsed = 0;
    Int128 cost = 0;
    double quality = 0;
    result.weakestRung = assess::Rung::measured;
    std::vector<assess::Rung> rung(models + 1, assess::Rung::measured);
    std::array<double, 4> loggedRequests{};
    std::array<double, 4> loggedCost{};
    std::vector<float> qualityOf(clusters.count, 0);
    std::vector<float> costOf(clusters.count, 0);
    std::vector<float> weightOf(clusters.count, 0);
    for (std::size_t row = 0; row < log.rows; ++row) {
        const std::uint8_t j = out.first[row];
        const double weight = table.weightOf(row);
        if (j == route::kNoCandidate) {
            if (columns.feasible[row] != 0) {
                const bool asLogged = decided.policy.router.kind == route::RouterKind::asLogged;
                addExclusion(result.coverage.exclusions, whyInfeasible(decided, row),
                             asLogged ? replay.logged[replay.loggedOf[row]].name : std::string(), weight);
            }
            continue;
        }
        ++result.coverage.used;
        result.coverage.requestsUsed += weight;
        cost += out.cost[row];
        quality += weight * static_cast<double>(out.quality[row]);
        rung[j] = std::min(rung[j], rungOf(row, j));
        for (std::size_t other = 0; other < out.reach.size(); ++other) {
            if (out.reach[other][row] > 0) {
                rung[other] = std::min(rung[other], rungOf(row, static_cast<std::uint8_t>(other)));
            }
        }
        if (j == models) {
            const auto tier = static_cast<std::size_t>(tierOn(row, j));
            loggedRequests[tier] += weight;
            loggedCost[tier] += static_cast<double>(out.cost[row]) * kPicoDollars;
        }
        const std::uint32_t cluster = clusters.of[row];
        qualityOf[cluster] += static_cast<float>(weight * static_cast<double>(out.quality[row]));
        costOf[cluster] += static_cast<float>(static_cast<double>(out.cost[row]) * kPicoDollars);
        weightOf[cluster] += static_cast<float>(weight);
    }
    std::stable_sort(result.coverage.exclusions.begin(), result.coverage.exclusions.end(),
                     [](const auto& a, const auto& b) { return a.rows > b.rows; });
    result.cost = MoneySum::fromPico(cost);
    const double costUsd = result.cost.toDouble();
    const double weight = result.coverage.requestsUsed;
    const double meanQuality = weight > 0 ? quality / weight : 0;
    result.cacheLossUsd = static_cast<double>(decided.cacheLossPico) * kPicoDollars;

    std::vector<CauseRange> costCauses;
    for (std::size_t i = 0; i < kAssumptionCauses.size(); ++i) {
        costCauses.push_back({kAssumptionCauses[i].name, costUsd + summary.shifts[i][0] * kPicoDollars,
                              costUsd + summary.shifts[i][1] * kPicoDollars, kAssumptionCauses[i].why});
    }
    if (result.cacheLossUsd > 0) {
        costCauses.push_back({"cache", costUsd - result.cacheLossUsd, costUsd,
                              "prefixes that are billed again after a switch; the low end loses none"});
    }
    const auto sampledCost = analyze::deltaRatio(costOf, weightOf);
    const auto sampledQuality = analyze::deltaRatio(qualityOf, weightOf);
    if (std::isfinite(sampledCost.standardError)) {
        costCauses.push_back({"sampling", std::max(0.0, sampledCost.range.low * weight),
                              sampledCost.range.high * weight,
                              "another log of the same kind and size, sessions drawn anew"});
    }
    result.costUsd = ranged(costUsd, std::move(costCauses));
    result.costUsd.range.low = std::max(0.0, result.costUsd.range.low);
    double evidence = 0;
    for (const double shift : summary.evidence) {
        evidence += shift * shift;
    }
    evidence = 1.959964 * std::sqrt(evidence);
    std::vector<CauseRange> qualityCauses{{"quality evidence", std::max(0.0, meanQuality - evidence),
                                           std::min(1.0, meanQuality + evidence),
                                           "how well each model's success is known"}};
    if (std::isfinite(sampledQuality.standardError)) {
        qualityCauses.push_back({"sampling", std::max(0.0, sampledQuality.range.low),
                                 std::min(1.0, sampledQuality.range.high),
                                 "another log of the same kind and size, sessions drawn anew"});
    }
    result.meanQuality = ranged(meanQuality, std::move(qualityCauses));
    // Causes together may point beyond what a share can be.
    auto& shares = result.meanQuality.range;
    shares = {std::max(0.0, shares.low), std::min(1.0, shares.high)};
    result.expectedErrors = weight - quality;
    result.costPerSuccessUsd = quality > 0 ? costUsd / quality : 0;
    result.shadowPrice = out.shadowPrice;
    result.gapUsd = out.gapUsd;
    for (std::size_t j = 0; j <= models; ++j) {
        if (out.calls[j] <= 0) {
            continue;
        }
        analyze::MixEntry entry;
        entry.id = who[j].id;
        entry.name = who[j].name;
        entry.tier = who[j].tier;
        entry.requests = out.calls[j];
        entry.share = weight > 0 ? out.calls[j] / weight : 0;
        entry.costUsd = out.callCostPico[j] * kPicoDollars;
        entry.meanQuality = out.callQuality[j] / out.calls[j];
        entry.rung = rung[j];
        result.weakestRung = std::min(result.weakestRung, rung[j]);
        if (j < models) {
            auto& tier = result.tiers[static_cast<std::size_t>(entry.tier)];
            tier.requests += entry.requests;
            tier.costUsd += entry.costUsd;
        }
        result.mix.push_back(std::move(entry));
    }
    const auto rank = [](Tier tier) { return tier == Tier::unbanded ? 4 : static_cast<int>(tier); };
    std::stable_sort(result.mix.begin(), result.mix.end(),
                     [&](const auto& a, const auto& b) { return rank(a.tier) < rank(b.tier); });
    for (std::size_t t = 0; t < 4; ++t) {
        result.tiers[t].requests += loggedRequests[t];
        result.tiers[t].costUsd += loggedCost[t];
        result.tiers[t].share = weight > 0 ? result.tiers[t].requests / weight : 0;
    }
    if (result.coverage.used == 0) {
        result.weakestRung = assess::Rung::prior;
    }
    result.notes = out.notes;
    if (decided.policy.constraints.maxLatencySeconds) {
        result.notes.insert(result.notes.end(), speedNotes.begin(), speedNotes.end());
    }
    result.notes.insert(result.notes.end(), notes.begin(), notes.end());
    return summary;
}

Result<analyze::Evaluation> Workbench::evaluate(const route::Policy& policy, const TaskContext& context) const {
    const auto decided = m_impl->decide(policy, context);
    if (!decided) {
        return fail(decided.error());
    }
    return m_impl->evaluation(**decided);
}

const store::WorkloadSnapshot& Workbench::rows() const {
    return *m_impl->in.rows;
}
Baseline Workbench::baseline() const {
    return m_impl->baseline;
}
const WorkbenchOptions& Workbench::options() const {
    return m_impl->in.options;
}
const WorkbenchInputs& Workbench::inputs() const {
    return m_impl->in;
}
std::span<const CandidateInfo> Workbench::candidates() const {
    return m_impl->infos;
}
const analyze::Coverage& Workbench::coverage() const {
    return m_impl->coverage;
}
const std::string& Workbench::signal() const {
    return m_impl->signal;
}

Workbench::SignalRange Workbench::signalRange() const {
    const auto& index = *m_impl->thresholds;
    SignalRange range;
    range.rowsWithSignal = index.rowsWithSignal();
    if (range.rowsWithSignal > 0) {
        range.least = static_cast<double>(index.signalAt(0));
        range.median = static_cast<double>(index.signalAt(range.rowsWithSignal / 2));
        range.greatest = static_cast<double>(index.signalAt(range.rowsWithSignal - 1));
    }
    return range;
}

}  // namespace tierwise::project
