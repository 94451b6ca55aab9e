// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/route/choice_table.h"

namespace tierwise::analyze {

/// A router or model as a point: cost in any unit, quality 0..1.
struct CostQuality {
    double cost = 0;
    double quality = 0;
    bool operator==(const CostQuality&) const = default;
};

/// The non-decreasing upper convex hull of points, by rising cost (RouterBench, Hu et al. 2024): what can be reached by
/// mixing them at random. The zero router is this hull of single models.
[[nodiscard]] std::vector<CostQuality> nonDecreasingHull(std::vector<CostQuality> points);

/// Quality of the hull at a cost: linear between its points, 0 below the first, flat after the last.
[[nodiscard]] double qualityAt(std::span<const CostQuality> hull, double cost);
/// Least cost of the hull with at least this quality; nothing beyond its best.
[[nodiscard]] std::optional<double> costFor(std::span<const CostQuality> hull, double quality);

/// AIQ (RouterBench): area under the hull from lowCost to highCost, over their difference. 0 for an empty range.
[[nodiscard]] double aiq(std::span<const CostQuality> hull, double lowCost, double highCost);

/// The measures of RouteLLM (Ong et al., 2024) for two models and an order of the rows.
struct TwoModelMeasures {
    double apgr = 0;              ///< mean PGR over 11 evenly spaced shares of strong calls, by trapezoids
    std::optional<double> cpt50;  ///< least share of strong calls with PGR >= 0.5
    std::optional<double> cpt80;
    std::vector<CostQuality> curve;  ///< by share of strong calls: 0, 0.1 ... 1
};
/// hardestFirst: rows in the order in which they go to the strong model. Nothing where both models are equally good.
[[nodiscard]] std::optional<TwoModelMeasures> twoModelMeasures(const route::ChoiceTable& table, std::size_t weak,
                                                               std::size_t strong,
                                                               std::span<const std::uint32_t> hardestFirst);

/// Gini coefficient and the shares of the largest 10% and 1% of amounts (>= 0).
struct Inequality {
    double gini = 0;
    double topTenth = 0;
    double topHundredth = 0;
};
[[nodiscard]] Inequality inequality(std::vector<double> amounts);

}  // namespace tierwise::analyze
