// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "core/analyze/results.h"
#include "core/project/analysis.h"

namespace tierwise::cli {

// The analysis' values as the documents of --json. Keys are the structs' own; missing is null.
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::RangedFigure& figure);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::Coverage& coverage);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::TierShares& tiers);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::Evaluation& evaluation);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::Comparison& comparison);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::Tradeoff& tradeoff);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::Scenario& scenario);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::TierFit& fit);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::Tornado& tornado);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::SegmentTable& table);
[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<analyze::Concentration>& concentration);
[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<analyze::RoutedRow>& rows);
[[nodiscard]] nlohmann::ordered_json toJson(const analyze::Explanation& explanation);
[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<analyze::OffPolicyEstimate>& estimates);
[[nodiscard]] nlohmann::ordered_json toJson(const std::vector<analyze::ConstraintPrice>& prices);

}  // namespace tierwise::cli
