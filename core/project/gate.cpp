// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/gate.h"

#include <algorithm>

namespace tierwise::project {
namespace {

GateVerdict judge(bool keeps, bool breaks) {
    return keeps ? GateVerdict::keeps : breaks ? GateVerdict::breaks : GateVerdict::notDecisive;
}

}  // namespace

const char* gateVerdictName(GateVerdict verdict) {
    switch (verdict) {
        case GateVerdict::keeps:
            return "keeps the limit";
        case GateVerdict::breaks:
            return "breaks the limit";
        case GateVerdict::notDecisive:
            break;
    }
    return "not decisive";
}

Result<GateResult> gate(const Workbench& workbench, const route::Policy& policy, const GateLimits& limits,
                        const TaskContext& context) {
    auto evaluation = workbench.evaluate(policy, context);
    if (!evaluation) {
        return fail(evaluation.error());
    }
    GateResult result;
    result.policy = evaluation->name;
    if (limits.maxCostUsd) {
        const auto& cost = evaluation->costUsd;
        result.checks.push_back({"cost", true, *limits.maxCostUsd, cost.value, cost.range.low, cost.range.high,
                                 judge(cost.range.high <= *limits.maxCostUsd, cost.range.low > *limits.maxCostUsd)});
    }
    if (limits.minQuality) {
        const auto& quality = evaluation->meanQuality;
        result.checks.push_back(
            {"quality", false, *limits.minQuality, quality.value, quality.range.low, quality.range.high,
             judge(quality.range.low >= *limits.minQuality, quality.range.high < *limits.minQuality)});
    }
    const auto& coverage = evaluation->coverage;
    const double used = coverage.requests > 0 ? coverage.requestsUsed / coverage.requests : 0;
    result.checks.push_back({"coverage", false, limits.minCoverage, used, used, used,
                             judge(coverage.used > 0 && used >= limits.minCoverage, false)});
    const auto any = [&](GateVerdict verdict) {
        return std::any_of(result.checks.begin(), result.checks.end(),
                           [&](const GateCheck& check) { return check.verdict == verdict; });
    };
    result.verdict = any(GateVerdict::breaks)        ? GateVerdict::breaks
                     : any(GateVerdict::notDecisive) ? GateVerdict::notDecisive
                                                     : GateVerdict::keeps;
    return result;
}

}  // namespace tierwise::project
