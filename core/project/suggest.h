// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/analysis.h"

namespace tierwise::project {

/// How far below the log's own expected quality the suggested policy may go: one point.
inline constexpr double kSuggestedLoss = 0.01;

/// The policy that is proposed before anybody has shaped one: the least cost whose expected quality is at most one
/// point below that of the log as it is (of the best single model, where the log cannot be judged). Named "Balanced".
/// Where that is not cheaper than the log as it is: as logged.
[[nodiscard]] route::Policy suggestedPolicy(const Workbench& workbench);

/// The policy of a point on the exact frontier, by its total cost in dollars (>= 0).
[[nodiscard]] route::Policy budgetPolicy(double usd);

/// The policy of the least cost for a mean quality in 0..1.
[[nodiscard]] route::Policy floorPolicy(double meanQuality);

}  // namespace tierwise::project
