// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace tierwise::assess {

/// Two models on the same prompts. RouteLLM's measures (Ong et al., "RouteLLM", arXiv 2406.18665, section 4):
/// PGR = (r - weak) / (strong - weak) where r is the mean score of the routed answers.
struct PairCurve {
    /// share of calls to the strong model, 0..1, falling from 1; and PGR there. One point for each of the 11 quantiles
    /// 0, 10, ... 100 % of the router's score (strong where score >= quantile), then (0, 0).
    std::vector<double> strongShare;
    std::vector<double> recovered;
    double apgr = 0.0;            ///< trapezoid area of PGR over the share from 0 to 1
    std::optional<double> cpt50;  ///< least percent of strong calls with PGR >= 50 %, linear between points
    std::optional<double> cpt80;
};

/// `score[i]` says how much prompt i is worth sending to the strong model; ties stay together. `weight[i]` >= 0 counts
/// a prompt several times (bootstrap); empty = all 1. No curve where strong and weak are equally good on average.
[[nodiscard]] std::optional<PairCurve> pairCurve(std::span<const double> score, std::span<const double> strong,
                                                 std::span<const double> weak, std::span<const double> weight = {});

/// A point of a policy: mean cost (dollars a prompt) and mean quality (0..1).
struct CostQuality {
    double cost = 0.0;
    double quality = 0.0;
    bool operator==(const CostQuality&) const = default;
};

/// The non-decreasing upper convex hull, by rising cost (RouterBench: Hu et al., arXiv 2403.12031, section 3).
[[nodiscard]] std::vector<CostQuality> risingHull(std::vector<CostQuality> points);

/// AIQ: the hull's area over [cheapest, dearest] divided by the width; flat beyond the last point, and at 0 before the
/// first. RouterBench takes the costs of the cheapest and the dearest single model as the range.
[[nodiscard]] double averageImprovement(const std::vector<CostQuality>& hull, double cheapest, double dearest);

/// Least cost on the piecewise linear curve through `curve` (a sweep, in order) whose quality is at least `quality`;
/// nothing where the curve stays below. Moving between two neighbours of the sweep = mixing them at random.
[[nodiscard]] std::optional<double> leastCostAt(const std::vector<CostQuality>& curve, double quality);

/// The least-squares line through points (as many x as y), and Pearson's correlation; 0 where nothing moves.
struct Line {
    double slope = 0.0;
    double correlation = 0.0;
};
[[nodiscard]] Line lineThrough(std::span<const double> x, std::span<const double> y);

/// Predicted q against observed scores. ECE: weighted mean |mean q - mean score| over 10 bins, of equal width over
/// [0, 1] (Guo et al., "On calibration of modern neural networks", ICML 2017) or of equal mass (Nguyen and O'Connor,
/// EMNLP 2015): both are reported, because either alone can be chosen to please. Brier: mean (q - score)^2.
struct Calibration {
    double ece = 0.0;        ///< bins of equal width
    double eceByMass = 0.0;  ///< bins of equal weight; ties in q may fall into two bins
    double brier = 0.0;
    /// What chance alone leaves in each ECE: a perfectly calibrated q whose scores scatter as these do has gaps in its
    /// bins too, half-normal of variance sum (q - score)^2 / n^2 each. Their expected sum, and the value that 19 of 20
    /// such predictors stay below (normal approximation to the sum).
    struct Chance {
        double mean = 0.0;
        double high = 0.0;
    };
    Chance chance;
    Chance chanceByMass;
};
[[nodiscard]] Calibration calibrationOf(std::span<const double> predicted, std::span<const double> observed,
                                        std::span<const double> weight = {});

}  // namespace tierwise::assess
