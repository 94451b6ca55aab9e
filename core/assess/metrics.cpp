// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/metrics.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace tierwise::assess {
namespace {

constexpr std::size_t kQuantiles = 11;
constexpr std::size_t kBins = 10;

std::vector<std::size_t> orderBy(std::span<const double> key) {
    std::vector<std::size_t> order(key.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key[a] < key[b]; });
    return order;
}

// Least share (percent) at which the curve, from share 0 up, first reaches the level.
std::optional<double> firstReach(const PairCurve& curve, double level) {
    for (std::size_t i = curve.strongShare.size(); i-- > 0;) {
        if (curve.recovered[i] < level) {
            continue;
        }
        if (i + 1 == curve.strongShare.size()) {
            return 100.0 * curve.strongShare[i];
        }
        const double rise = curve.recovered[i] - curve.recovered[i + 1];
        const double t = rise > 0.0 ? (level - curve.recovered[i + 1]) / rise : 1.0;
        return 100.0 * (curve.strongShare[i + 1] + t * (curve.strongShare[i] - curve.strongShare[i + 1]));
    }
    return {};
}

}  // namespace

std::optional<PairCurve> pairCurve(std::span<const double> score, std::span<const double> strong,
                                   std::span<const double> weak, std::span<const double> weight) {
    const auto weightOf = [&](std::size_t i) { return weight.empty() ? 1.0 : weight[i]; };
    double total = 0.0;
    double strongSum = 0.0;
    double weakSum = 0.0;
    for (std::size_t i = 0; i < score.size(); ++i) {
        total += weightOf(i);
        strongSum += weightOf(i) * strong[i];
        weakSum += weightOf(i) * weak[i];
    }
    const double gap = strongSum - weakSum;
    if (total <= 0.0 || std::abs(gap) < 1e-9 * total) {
        return {};
    }
    const auto order = orderBy(score);
    PairCurve curve;
    // Walk from the highest score down; a threshold is the score at a quantile, and its ties go with it.
    std::vector<double> below(order.size() + 1, 0.0);  // weight of all rows before this place
    for (std::size_t i = 0; i < order.size(); ++i) {
        below[i + 1] = below[i] + weightOf(order[i]);
    }
    std::vector<double> gainAbove(order.size() + 1, 0.0);
    for (std::size_t i = order.size(); i-- > 0;) {
        gainAbove[i] = gainAbove[i + 1] + weightOf(order[i]) * (strong[order[i]] - weak[order[i]]);
    }
    for (std::size_t k = 0; k < kQuantiles; ++k) {
        const double wanted = total * static_cast<double>(k) / static_cast<double>(kQuantiles - 1);
        auto place =
            static_cast<std::size_t>(std::lower_bound(below.begin(), below.end(), wanted - 1e-9) - below.begin());
        place = std::min(place, order.size() - 1);
        while (place > 0 && score[order[place - 1]] == score[order[place]]) {
            --place;
        }
        curve.strongShare.push_back((total - below[place]) / total);
        curve.recovered.push_back(gainAbove[place] / gap);
    }
    curve.strongShare.push_back(0.0);
    curve.recovered.push_back(0.0);
    for (std::size_t i = 0; i + 1 < curve.strongShare.size(); ++i) {
        curve.apgr +=
            0.5 * (curve.recovered[i] + curve.recovered[i + 1]) * (curve.strongShare[i] - curve.strongShare[i + 1]);
    }
    curve.cpt50 = firstReach(curve, 0.5);
    curve.cpt80 = firstReach(curve, 0.8);
    return curve;
}

std::vector<CostQuality> risingHull(std::vector<CostQuality> points) {
    std::sort(points.begin(), points.end(), [](const CostQuality& a, const CostQuality& b) {
        return a.cost != b.cost ? a.cost < b.cost : a.quality > b.quality;
    });
    std::vector<CostQuality> hull;
    for (const auto& point : points) {
        if (!hull.empty() && point.quality <= hull.back().quality) {
            continue;
        }
        while (hull.size() >= 2) {
            const auto& a = hull[hull.size() - 2];
            const auto& b = hull.back();
            const double slopeOld = (b.quality - a.quality) * (point.cost - a.cost);
            const double slopeNew = (point.quality - a.quality) * (b.cost - a.cost);
            if (slopeOld > slopeNew) {
                break;
            }
            hull.pop_back();
        }
        hull.push_back(point);
    }
    return hull;
}

double averageImprovement(const std::vector<CostQuality>& hull, double cheapest, double dearest) {
    if (hull.empty() || !(dearest > cheapest)) {
        return hull.empty() ? 0.0 : hull.back().quality;
    }
    const auto qualityAt = [&](double cost) {
        if (cost < hull.front().cost) {
            return 0.0;
        }
        for (std::size_t i = 0; i + 1 < hull.size(); ++i) {
            if (cost <= hull[i + 1].cost) {
                const double t = (cost - hull[i].cost) / (hull[i + 1].cost - hull[i].cost);
                return hull[i].quality + t * (hull[i + 1].quality - hull[i].quality);
            }
        }
        return hull.back().quality;
    };
    std::vector<double> stops{cheapest, dearest};
    for (const auto& point : hull) {
        if (point.cost > cheapest && point.cost < dearest) {
            stops.push_back(point.cost);
        }
    }
    std::sort(stops.begin(), stops.end());
    double area = 0.0;
    for (std::size_t i = 0; i + 1 < stops.size(); ++i) {
        // The quality jumps up at the hull's first point: a stretch before it counts 0.
        const double left = stops[i] < hull.front().cost ? 0.0 : qualityAt(stops[i]);
        const double right = stops[i + 1] <= hull.front().cost && left == 0.0 && stops[i] < hull.front().cost
                                 ? 0.0
                                 : qualityAt(stops[i + 1]);
        area += 0.5 * (left + right) * (stops[i + 1] - stops[i]);
    }
    return area / (dearest - cheapest);
}

std::optional<double> leastCostAt(const std::vector<CostQuality>& curve, double quality) {
    std::optional<double> least;
    const auto offer = [&](double cost) { least = least ? std::min(*least, cost) : cost; };
    for (std::size_t i = 0; i < curve.size(); ++i) {
        if (curve[i].quality >= quality) {
            offer(curve[i].cost);
        }
        if (i + 1 < curve.size() && (curve[i].quality - quality) * (curve[i + 1].quality - quality) < 0.0) {
            const double t = (quality - curve[i].quality) / (curve[i + 1].quality - curve[i].quality);
            offer(curve[i].cost + t * (curve[i + 1].cost - curve[i].cost));
        }
    }
    return least;
}

Line lineThrough(std::span<const double> x, std::span<const double> y) {
    const double n = static_cast<double>(std::max<std::size_t>(x.size(), 1));
    const double middleX = std::accumulate(x.begin(), x.end(), 0.0) / n;
    const double middleY = std::accumulate(y.begin(), y.end(), 0.0) / n;
    double xx = 0.0;
    double xy = 0.0;
    double yy = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (x[i] - middleX) * (x[i] - middleX);
        xy += (x[i] - middleX) * (y[i] - middleY);
        yy += (y[i] - middleY) * (y[i] - middleY);
    }
    const double norm = std::sqrt(xx * yy);
    return {xx > 0.0 ? xy / xx : 0.0, norm > 0.0 ? xy / norm : 0.0};
}

Calibration calibrationOf(std::span<const double> predicted, std::span<const double> observed,
                          std::span<const double> weight) {
    const auto weightOf = [&](std::size_t i) { return weight.empty() ? 1.0 : weight[i]; };
    Calibration result;
    double total = 0.0;
    for (std::size_t i = 0; i < predicted.size(); ++i) {
        total += weightOf(i);
        result.brier += weightOf(i) * (predicted[i] - observed[i]) * (predicted[i] - observed[i]);
    }
    if (total <= 0.0) {
        return result;
    }
    result.brier /= total;
    struct Bins {
        std::array<double, kBins> gap{};
        std::array<double, kBins> squares{};
    };
    Bins byWidth;
    Bins byMass;
    const auto add = [&](Bins& bins, double share, std::size_t i) {
        const auto bin = std::min(static_cast<std::size_t>(share * static_cast<double>(kBins)), kBins - 1);
        const double gap = weightOf(i) * (predicted[i] - observed[i]);
        bins.gap[bin] += gap;
        bins.squares[bin] += gap * gap;
    };
    double before = 0.0;
    for (const auto i : orderBy(predicted)) {
        add(byWidth, std::clamp(predicted[i], 0.0, 1.0), i);
        add(byMass, (before + 0.5 * weightOf(i)) / total, i);
        before += weightOf(i);
    }
    const auto sum = [&](const Bins& bins, double& ece, Calibration::Chance& chance) {
        constexpr double kHalfNormalMean = 2.0 / std::numbers::pi;  // its square
        double variance = 0.0;
        for (std::size_t bin = 0; bin < kBins; ++bin) {
            ece += std::abs(bins.gap[bin]) / total;
            chance.mean += std::sqrt(kHalfNormalMean * bins.squares[bin]) / total;
            variance += (1.0 - kHalfNormalMean) * bins.squares[bin] / (total * total);
        }
        chance.high = chance.mean + 1.645 * std::sqrt(variance);
    };
    sum(byWidth, result.ece, result.chance);
    sum(byMass, result.eceByMass, result.chanceByMass);
    return result;
}

}  // namespace tierwise::assess
