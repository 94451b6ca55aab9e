// SPDX-License-Identifier: GPL-3.0-or-later
// What a front end redraws while the mouse moves: look-ups for totals, the delta method for intervals; and the curves.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "core/analyze/measures.h"
#include "core/project/analysis_impl.h"
#include "core/replay/session_cache.h"

namespace tierwise::project {

namespace {

analyze::Interval scaledRange(const analyze::RatioEstimate& estimate, double factor) {
    if (!std::isfinite(estimate.standardError)) {
        return {estimate.value * factor, estimate.value * factor};
    }
    return {estimate.range.low * factor, estimate.range.high * factor};
}

// Moments of the four quantities that dragging shows, over clusters.
struct DragMoments {
    analyze::RatioMoments cost;
    analyze::RatioMoments quality;
    analyze::RatioMoments saving;
    analyze::RatioMoments change;
    double pairedWeight = 0;

    void add(double weight, double costUsd, double right, double pairedWeightHere, double saved, double gained) {
        cost.add(costUsd, weight);
        quality.add(right, weight);
        if (pairedWeightHere > 0) {
            saving.add(saved, pairedWeightHere);
            change.add(gained, pairedWeightHere);
            pairedWeight += pairedWeightHere;
        }
    }
    static void merge(analyze::RatioMoments& into, const analyze::RatioMoments& other) {
        into.n += other.n;
        into.x += other.x;
        into.y += other.y;
        into.xx += other.xx;
        into.xy += other.xy;
        into.yy += other.yy;
    }
    void merge(const DragMoments& other) {
        merge(cost, other.cost);
        merge(quality, other.quality);
        merge(saving, other.saving);
        merge(change, other.change);
        pairedWeight += other.pairedWeight;
    }
};

}  // namespace

void Workbench::Impl::tierSharesOf(const std::vector<std::uint8_t>& choice, analyze::TierShares& shares) const {
    double total = 0;
    for (std::size_t row = 0; row < choice.size(); ++row) {
        const std::uint8_t j = choice[row];
        if (j == route::kNoCandidate) {
            continue;
        }
        auto& tier = shares[static_cast<std::size_t>(tierOn(row, j))];
        tier.requests += table.weightOf(row);
        tier.costUsd += static_cast<double>(table.cost[j][row]) * kPicoDollars;
        total += table.weightOf(row);
    }
    for (auto& tier : shares) {
        tier.share = total > 0 ? tier.requests / total : 0;
    }
}

double Workbench::Impl::cacheLossOf(std::span<const std::uint8_t> choice, std::span<std::int64_t> extra) const {
    if (!hasSessionCache) {
        return 0;
    }
    std::vector<std::int64_t> own(extra.empty() ? choice.size() : 0, 0);
    replay::UsageModel usage(replay);
    return static_cast<double>(replay::addSessionCacheLoss(
        *in.rows, choice, in.assumptions.cacheLifetimeSeconds, extra.empty() ? std::span<std::int64_t>(own) : extra,
        [&](std::size_t row, std::uint8_t j, bool switched) {
            return columns.measuredCost[j].test(row) ? 0 : usage.rebillExtra(row, j, switched);
        }));
}

analyze::DragResult Workbench::Impl::drag(const std::vector<std::uint8_t>& choice) const {
    const std::size_t rows = choice.size();
    const bool ownClusters = clusters.count == coverage.used;  // no sessions: every row is its own
    std::vector<std::int64_t> extra(hasSessionCache ? rows : 0, 0);
    (void)cacheLossOf(choice, extra);
    struct Sums {
        double weight = 0, cost = 0, right = 0, pairedWeight = 0, saved = 0, gained = 0;
    };
    constexpr std::size_t kParts = 8;
    std::vector<DragMoments> parts(kParts);
    std::vector<analyze::TierShares> shares(kParts);
    std::vector<Sums> byCluster(ownClusters ? 0 : clusters.count);
    const auto rowSums = [&](std::size_t row, analyze::TierShares& tiers) {
        Sums sums;
        const std::uint8_t j = choice[row];
        if (j == route::kNoCandidate) {
            return sums;
        }
        sums.weight = table.weightOf(row);
        sums.cost = static_cast<double>(table.cost[j][row] + (extra.empty() ? 0 : extra[row])) * kPicoDollars;
        sums.right = sums.weight * static_cast<double>(table.quality[j][row]);
        auto& tier = tiers[static_cast<std::size_t>(who[j].tier)];
        tier.requests += sums.weight;
        tier.costUsd += sums.cost;
        const std::uint8_t b = baselineChoice[row];
        if (b != route::kNoCandidate) {
            sums.pairedWeight = sums.weight;
            sums.saved = static_cast<double>(table.cost[b][row]) * kPicoDollars - sums.cost;
            sums.gained = sums.right - sums.weight * static_cast<double>(table.quality[b][row]);
        }
        return sums;
    };
    if (ownClusters) {
        route::parallelRanges(kParts, route::threadCount(), [&](unsigned, std::size_t first, std::size_t last) {
            for (std::size_t part = first; part < last; ++part) {
                for (std::size_t row = rows * part / kParts; row < rows * (part + 1) / kParts; ++row) {
                    const Sums s = rowSums(row, shares[part]);
                    if (s.weight > 0) {
                        parts[part].add(s.weight, s.cost, s.right, s.pairedWeight, s.saved, s.gained);
                    }
                }
            }
        });
    } else {
        for (std::size_t row = 0; row < rows; ++row) {
            const Sums s = rowSums(row, shares[0]);
            if (s.weight > 0) {
                Sums& k = byCluster[clusters.of[row]];
                k.weight += s.weight;
                k.cost += s.cost;
                k.right += s.right;
                k.pairedWeight += s.pairedWeight;
                k.saved += s.saved;
                k.gained += s.gained;
            }
        }
        for (const Sums& s : byCluster) {
            if (s.weight > 0) {
                parts[0].add(s.weight, s.cost, s.right, s.pairedWeight, s.saved, s.gained);
            }
        }
    }
    DragMoments all;
    analyze::DragResult result;
    for (std::size_t part = 0; part < kParts; ++part) {
        all.merge(parts[part]);
        for (std::size_t t = 0; t < 4; ++t) {
            result.tiers[t].requests += shares[part][t].requests;
            result.tiers[t].costUsd += shares[part][t].costUsd;
        }
    }
    const double weight = all.cost.y;
    for (auto& tier : result.tiers) {
        tier.share = weight > 0 ? tier.requests / weight : 0;
    }
    result.costUsd = all.cost.x;
    result.costRange = scaledRange(all.cost.estimate(), weight);
    result.meanQuality = all.quality.estimate().value;
    result.qualityRange = scaledRange(all.quality.estimate(), 1);
    result.savingUsd = all.saving.x;
    result.savingRange = scaledRange(all.saving.estimate(), all.pairedWeight);
    result.qualityChange = all.change.estimate().value;
    result.qualityChangeRange = scaledRange(all.change.estimate(), 1);
    result.decisive = result.qualityChangeRange.low > 0 || result.qualityChangeRange.high < 0;
    result.sentence =
        fmt::format("{} {:.4g} dollars against {}; quality {:+.2f} to {:+.2f} points (sampling alone)",
                    result.savingUsd >= 0 ? "Saves" : "Costs", std::abs(result.savingUsd), baselineName(baseline),
                    100 * result.qualityChangeRange.low, 100 * result.qualityChangeRange.high);
    return result;
}

analyze::DragResult Workbench::dragThresholds(double low, double high) const {
    const auto& impl = *m_impl;
    std::vector<std::uint8_t> choice(impl.in.rows->rows);
    const auto lowest = static_cast<float>(low);
    const auto highest = static_cast<float>(std::max(low, high));
    route::parallelRanges(choice.size(), route::threadCount(), [&](unsigned, std::size_t begin, std::size_t end) {
        const std::uint8_t* tiers[] = {impl.tierChoice[0].data(), impl.tierChoice[1].data(), impl.tierChoice[2].data()};
        for (std::size_t row = begin; row < end; ++row) {
            const float signal = impl.signalOf[row];
            // Without a signal: the default tier. NaN compares false, so ask for it first.
            const int band =
                std::isnan(signal) || (signal >= lowest && signal < highest) ? 1 : (signal < lowest ? 0 : 2);
            choice[row] = tiers[band][row];
        }
    });
    return impl.drag(choice);
}

Result<analyze::DragResult> Workbench::dragBudget(double usd) const {
    const auto& impl = *m_impl;
    const auto at = impl.frontier->forBudget(usd / kPicoDollars);
    if (!at) {
        return fail(at.error());
    }
    auto choice = impl.frontier->choiceAt(at->step);
    if (!impl.hasSessionCache) {
        return impl.drag(choice);
    }
    // Lost prefixes belong to the budget: aim lower while there is time for it between two moves of the mouse.
    constexpr std::size_t kRowsAMove = 200'000;
    constexpr std::size_t kMostPasses = 8;
    const std::size_t passes = std::min(kMostPasses, kRowsAMove / std::max<std::size_t>(1, choice.size()));
    double aim = usd / kPicoDollars;
    double best = 0;
    for (std::size_t pass = 0; pass < passes; ++pass) {
        const auto lower = impl.frontier->forBudget(aim);
        if (!lower) {
            break;
        }
        auto next = impl.frontier->choiceAt(lower->step);
        const double cost = lower->costPico + impl.cacheLossOf(next);
        const double over = cost - usd / kPicoDollars;
        if (over <= 0 && cost > best) {
            best = cost;
            choice = std::move(next);
        }
        if (std::abs(over) <= 1e-3 * usd / kPicoDollars) {
            break;
        }
        aim -= 0.9 * over;
    }
    return impl.drag(choice);
}

Result<analyze::DragResult> Workbench::dragQuality(double meanQuality) const {
    const auto at = m_impl->frontier->forMeanQuality(meanQuality);
    if (!at) {
        return fail(at.error());
    }
    return m_impl->drag(m_impl->frontier->choiceAt(at->step));
}

std::pair<double, double> Workbench::thresholdsForShares(double local, double commodity) const {
    const auto& index = *m_impl->thresholds;
    const auto rows = static_cast<double>(index.rowsWithSignal());
    const auto rank = [&](double share) {
        return static_cast<std::size_t>(std::llround(std::clamp(share, 0.0, 1.0) * rows));
    };
    const auto value = [&](std::size_t at) {
        // Above everything: just beyond the greatest signal, so that a slider can hold it.
        const double found = static_cast<double>(index.signalAt(at));
        return std::isfinite(found) ? found : signalRange().greatest * (1 + 1e-6) + 1e-6;
    };
    return {value(rank(local)), value(rank(local + commodity))};
}

namespace {

// The exact frontier at `points` costs, with what every tier has there: one walk over the increments.
std::vector<analyze::CurvePoint> frontierCurve(const route::Frontier& frontier, const route::ChoiceTable& table,
                                               std::span<const route::Candidate> who, std::size_t points) {
    const auto marks = frontier.curve(points);
    std::vector<std::uint8_t> choice(frontier.baseChoice().begin(), frontier.baseChoice().end());
    analyze::TierShares tiers{};
    const auto move = [&](std::size_t row, std::uint8_t j, double sign) {
        auto& tier = tiers[static_cast<std::size_t>(who[j].tier)];
        tier.requests += sign * table.weightOf(row);
        tier.costUsd += sign * static_cast<double>(table.cost[j][row]) * kPicoDollars;
    };
    for (std::size_t row = 0; row < choice.size(); ++row) {
        if (choice[row] != route::kNoCandidate) {
            move(row, choice[row], 1);
        }
    }
    std::vector<analyze::CurvePoint> curve;
    std::size_t step = 0;
    for (const auto& mark : marks) {
        for (; step < mark.step; ++step) {
            const auto [row, target] = frontier.increment(step);
            move(row, choice[row], -1);
            choice[row] = target;
            move(row, target, 1);
        }
        analyze::CurvePoint point;
        point.costUsd = mark.costPico * kPicoDollars;
        point.meanQuality = mark.meanQuality;
        point.step = mark.step;
        point.qualityPerDollar = mark.qualityPerDollar;
        point.tiers = tiers;
        for (auto& tier : point.tiers) {
            tier.share = frontier.weight() > 0 ? tier.requests / frontier.weight() : 0;
        }
        curve.push_back(point);
    }
    return curve;
}

}  // namespace

analyze::Tradeoff Workbench::tradeoff(std::size_t points) const {
    const auto& impl = *m_impl;
    analyze::Tradeoff result;
    result.signal = impl.signal;
    result.coverage = impl.coverage;
    result.frontier = frontierCurve(*impl.frontier, impl.table, impl.who, points);
    for (std::size_t j = 0; j <= impl.models; ++j) {
        const auto& info = impl.infos[j];
        const analyze::SinglePoint point{info.id,      info.name,        info.tier,
                                         info.costUsd, info.meanQuality, info.infeasibleRows};
        if (j < impl.models) {
            result.singles.push_back(point);
        } else if (info.infeasibleRows < impl.coverage.used) {
            result.asLogged = point;
        }
    }
    // The best pairs of thresholds: all of a grid by rank, then their hull.
    const auto& index = *impl.thresholds;
    const std::size_t n = index.rowsWithSignal();
    route::ThresholdIndex::Sum rest;
    for (std::size_t row = 0; row < impl.signalOf.size(); ++row) {
        const std::uint8_t j = impl.defaultChoice[row];
        if (std::isnan(impl.signalOf[row]) && j != route::kNoCandidate) {
            rest.costPico += impl.table.cost[j][row];
            rest.quality += impl.table.weightOf(row) * static_cast<double>(impl.table.quality[j][row]);
            rest.weight += impl.table.weightOf(row);
        }
    }
    constexpr std::size_t kGrid = 40;
    std::vector<std::pair<analyze::CostQuality, double>> grid;
    const std::size_t bands[] = {0, 1, 2};
    for (std::size_t a = 0; a <= kGrid && n > 0; ++a) {
        for (std::size_t b = a; b <= kGrid; ++b) {
            const float bounds[] = {index.signalAt(n * a / kGrid), index.signalAt(n * b / kGrid)};
            const auto sum = index.sum(bounds, bands);
            const double weight = sum.weight + rest.weight;
            if (weight > 0) {
                grid.push_back({{static_cast<double>(sum.costPico + rest.costPico) * kPicoDollars,
                                 (sum.quality + rest.quality) / weight},
                                static_cast<double>(std::isfinite(bounds[1]) ? bounds[1] : index.signalAt(n - 1))});
            }
        }
    }
    std::vector<analyze::CostQuality> only;
    for (const auto& [point, parameter] : grid) {
        only.push_back(point);
    }
    for (const auto& point : assess::risingHull(only)) {
        const auto found = std::find_if(grid.begin(), grid.end(), [&](const auto& g) { return g.first == point; });
        analyze::CurvePoint out;
        out.costUsd = point.cost;
        out.meanQuality = point.quality;
        out.parameter = found == grid.end() ? 0 : found->second;
        result.threshold.push_back(out);
    }
    double low = std::numeric_limits<double>::infinity();
    double high = 0;
    for (const auto& single : impl.singles) {
        low = std::min(low, single.cost);
        high = std::max(high, single.cost);
    }
    // However few points are shown, the area is that of the curve.
    std::vector<analyze::CostQuality> curve;
    for (const auto& point : impl.frontier->curve(std::max<std::size_t>(points, 1001))) {
        curve.push_back({point.costPico * kPicoDollars, point.meanQuality});
    }
    result.aiq = assess::averageImprovement(assess::risingHull(curve), low, high);
    result.aiqZero = assess::averageImprovement(assess::risingHull(impl.singles), low, high);
    // RouteLLM's measures between the weakest and the strongest, on the rows with a signal that both can serve.
    const auto byQuality = [](const auto& a, const auto& b) { return a.quality < b.quality; };
    const auto& all = impl.singles;
    const auto weak = static_cast<std::size_t>(std::min_element(all.begin(), all.end(), byQuality) - all.begin());
    const auto strong = static_cast<std::size_t>(std::max_element(all.begin(), all.end(), byQuality) - all.begin());
    if (weak != strong && n > 0) {
        const std::uint64_t both = (std::uint64_t{1} << weak) | (std::uint64_t{1} << strong);
        std::vector<std::uint32_t> hardestFirst;
        std::copy_if(index.order().rbegin(), index.order().rend(), std::back_inserter(hardestFirst),
                     [&](std::uint32_t row) { return (impl.modelMask[row] & both) == both; });
        if (const auto measures = analyze::twoModelMeasures(impl.table, weak, strong, hardestFirst)) {
            result.apgr = measures->apgr;
            result.cpt50 = measures->cpt50;
            result.cpt80 = measures->cpt80;
        }
    }
    return result;
}

}  // namespace tierwise::project
