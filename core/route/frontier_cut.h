// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/route/frontier.h"

namespace tierwise::route {

/// One point of a table's frontier, with who serves each row there.
struct FrontierCut {
    FrontierPoint point;
    std::vector<std::uint8_t> choice;  ///< [row], kNoCandidate where none can
};

/// What Frontier::forBudget and Frontier::forMeanQuality find, and choiceAt there, for a caller that asks once: the
/// increments are never stored but counted by their key's digits (a radix select), so that it takes a byte a row
/// instead of 44 an increment, and no sort. Sums are added in another order than the frontier's, so a point may lie one
/// request beside the frontier's. Deterministic for any number of threads. Errors: those of the two; cancelled.
[[nodiscard]] Result<FrontierCut> cutForBudget(const ChoiceTable& table, double budgetPico,
                                               const TaskContext& context = {}, unsigned threads = threadCount());
[[nodiscard]] Result<FrontierCut> cutForMeanQuality(const ChoiceTable& table, double floor,
                                                    const TaskContext& context = {}, unsigned threads = threadCount());

/// The errors of a budget or floor that cannot be met, in dollars and quality as people read them.
[[nodiscard]] Error budgetTooSmall(double leastPico, double budgetPico);
[[nodiscard]] Error qualityOutOfReach(double best, double floor);

}  // namespace tierwise::route
