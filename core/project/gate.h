// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/project/analysis.h"

namespace tierwise::project {

struct GateLimits {
    std::optional<double> maxCostUsd;  ///< of the requests in the project, >= 0
    std::optional<double> minQuality;  ///< expected mean quality, 0..1
    /// Share of the requests that the policy must be able to serve and price, 0..1: what is left out costs nothing in
    /// the sum, so below this a limit that is kept proves nothing.
    double minCoverage = 0.95;
};

enum class GateVerdict : std::uint8_t { keeps, breaks, notDecisive };
/// "keeps the limit", "breaks the limit", "not decisive"
[[nodiscard]] const char* gateVerdictName(GateVerdict verdict);

struct GateCheck {
    std::string name;
    bool isMoney = false;
    double limit = 0;
    double value = 0;
    double low = 0;  ///< 95% range from all causes
    double high = 0;
    GateVerdict verdict = GateVerdict::notDecisive;
};

struct GateResult {
    std::string policy;
    GateVerdict verdict = GateVerdict::notDecisive;  ///< the worst of the checks: breaks, then not decisive
    std::vector<GateCheck> checks;
};

/// keeps: the whole range is within the limit; breaks: the whole range is beyond it; else not decisive. The check named
/// "coverage" is always there; too little of it is not decisive, never broken.
/// Errors: those of Workbench::evaluate.
[[nodiscard]] Result<GateResult> gate(const Workbench& workbench, const route::Policy& policy, const GateLimits& limits,
                                      const TaskContext& context);

}  // namespace tierwise::project
