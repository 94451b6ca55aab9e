// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/assess/metrics.h"
#include "core/route/choice_table.h"

namespace tierwise::analyze {

/// A router or model as a point: cost in any unit, quality 0..1. Hull and AIQ are those of assess (risingHull,
/// averageImprovement): the zero router is the hull of single models.
using assess::CostQuality;

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
