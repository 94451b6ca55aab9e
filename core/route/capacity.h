// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/route/choice_table.h"

namespace tierwise::route {

/// At most `share` of the requests may go to the candidates of the mask.
struct CapacityCap {
    std::uint64_t candidates = 0;  ///< bit j = candidate j counts
    double share = 1;              ///< 0..1 of all feasible requests
};

struct CapacityProblem {
    std::optional<double> qualityFloor;  ///< mean quality, 0..1; minimize cost under it
    std::optional<double> budgetPico;    ///< total; maximize quality under it (when there is no floor)
    std::vector<CapacityCap> caps;
};

struct CapacityAnswer {
    std::vector<std::uint8_t> choice;
    Totals totals;
    std::vector<double> capShare;     ///< what each cap's candidates really get
    std::vector<double> capPriceUsd;  ///< dual price: dollars saved per extra request of capacity
    double qualityPriceUsd = 0;       ///< dollars per expected right answer at the optimum
    double boundUsd = 0;              ///< no assignment costs less (floor), or the dual bound of the answer's cost
    double gapUsd = 0;                ///< cost of the answer above the bound: 0 = proven optimal
    int passes = 0;
};

/// Floors (or a budget) and capacity caps together: Lagrangian relaxation with dual ascent (one price per cap found by
/// bisection, coordinate after coordinate; the price of quality by bisection inside), then a repair that keeps every
/// constraint. The gap to the dual bound is part of the answer. O(passes x rows x candidates).
/// Errors: invalidArgument for a share outside 0..1 or NaN; infeasible when caps and floor cannot hold together (after
/// repair), naming what could be reached; cancelled.
[[nodiscard]] Result<CapacityAnswer> allocateWithCaps(const ChoiceTable& table, const CapacityProblem& problem,
                                                      const TaskContext& context = {});

}  // namespace tierwise::route
