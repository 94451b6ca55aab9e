// SPDX-License-Identifier: GPL-3.0-or-later
// The curves of the trade-off page: the exact frontier, the best pairs of thresholds, and the measures of routers.
#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "core/analyze/measures.h"
#include "core/project/analysis_impl.h"

namespace tierwise::project {

std::vector<analyze::CurvePoint> Workbench::curveOf(const Bounds& bounds, std::size_t points) {
    std::vector<analyze::CurvePoint> curve;
    for (const auto& mark : bounds.frontier.curve(points)) {
        analyze::CurvePoint point;
        point.costUsd = mark.costPico * kPicoDollars;
        point.meanQuality = mark.meanQuality;
        point.step = mark.step;
        point.qualityPerDollar = mark.qualityPerDollar;
        curve.push_back(point);
    }
    return curve;
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
    only.reserve(grid.size());
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
