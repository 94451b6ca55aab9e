// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/suggest.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/display.h"

namespace tierwise::project {

route::Policy floorPolicy(double meanQuality) {
    route::Policy policy;
    policy.name = fmt::format("Quality at least {}", displayPercent(meanQuality));
    policy.description = "Least cost for this expected quality, by the exact frontier";
    policy.router.kind = route::RouterKind::floor;
    policy.router.meanQuality = std::clamp(meanQuality, 0.0, 1.0);
    return policy;
}

route::Policy budgetPolicy(double usd) {
    route::Policy policy;
    policy.name = fmt::format("Budget {}", displayDollars(usd));
    policy.description = "Most expected quality for this budget, by the exact frontier";
    policy.router.kind = route::RouterKind::budget;
    policy.router.budgetUsd = std::max(0.0, usd);
    return policy;
}

route::Policy suggestedPolicy(const Workbench& workbench) {
    double reference = 0;
    bool logged = false;
    for (const auto& candidate : workbench.candidates()) {
        logged = candidate.asLogged && candidate.infeasibleRows < workbench.coverage().used;
        reference = logged ? candidate.meanQuality : std::max(reference, candidate.meanQuality);
        if (logged) {
            break;
        }
    }
    if (logged) {
        const auto found = workbench.dragQuality(reference - kSuggestedLoss, Baseline::asLogged);
        if (!found || (found->compared && found->pairedCostUsd >= found->baselineCostUsd)) {
            route::Policy stay = route::asLoggedPolicy();
            stay.description = fmt::format(
                "No mix of these models is cheaper at an expected quality at most {:.0f} point below the log as it is",
                kSuggestedLoss * 100);
            return stay;
        }
    }
    const std::string of = logged ? "the log as it is" : "the best single model";
    route::Policy policy = floorPolicy(reference - kSuggestedLoss);
    policy.name = "Balanced";
    policy.description =
        fmt::format("Least cost at an expected quality at most {:.0f} point below {}", kSuggestedLoss * 100, of);
    return policy;
}

}  // namespace tierwise::project
