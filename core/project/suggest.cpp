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
    std::string of = "the best single model";
    for (const auto& candidate : workbench.candidates()) {
        if (candidate.asLogged) {
            reference = candidate.meanQuality;
            of = "the log as it is";
            break;
        }
        reference = std::max(reference, candidate.meanQuality);
    }
    route::Policy policy = floorPolicy(reference - kSuggestedLoss);
    policy.name = "Balanced";
    policy.description =
        fmt::format("Least cost at an expected quality at most {:.0f} point below {}", kSuggestedLoss * 100, of);
    return policy;
}

}  // namespace tierwise::project
