// SPDX-License-Identifier: GPL-3.0-or-later
// What a policy would put on the bill, meter by meter.
#include <tuple>

#include "core/project/analysis_impl.h"

namespace tierwise::project {

using catalog::Meter;

Result<void> Workbench::meters(const route::Policy& policy, const std::function<void(const MeterUse&)>& each,
                               const TaskContext& context) const {
    const auto decided = m_impl->decide(policy, context);
    if (!decided) {
        return fail(decided.error());
    }
    const route::Decisions& decisions = (*decided)->decisions;
    if (decisions.severalAttempts()) {
        return fail(ErrorCode::invalidArgument, "a cascade has no exact bill: its second attempts are expectations",
                    "Export a policy without a cascade.", "policy " + policy.name);
    }
    replay::UsageModel usage(m_impl->replay);
    for (std::size_t row = 0; row < decisions.first.size(); ++row) {
        if (row % 4096 == 0 && context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const std::uint8_t chosen = decisions.first[row];
        if (chosen == route::kNoCandidate) {
            continue;
        }
        const auto offering = m_impl->who[chosen].asLogged
                                  ? m_impl->replay.logged[m_impl->replay.loggedOf[row]].offering
                                  : m_impl->replay.candidates[chosen].offering;
        if (!offering || !usage.hasUsage(row)) {
            continue;
        }
        const auto tokens = usage.tokens(row, chosen);
        const replay::FlatRates& rates = usage.ratesOf(row, chosen, tokens);
        for (const auto& [meter, quantity, pico] :
             {std::tuple(Meter::input, tokens.inputUncached, rates.input),
              std::tuple(Meter::cacheRead, tokens.cacheRead, rates.cacheRead),
              std::tuple(Meter::cacheWrite5m, tokens.cacheWrite5m, rates.cacheWrite5m),
              std::tuple(Meter::cacheWrite1h, tokens.cacheWrite1h, rates.cacheWrite1h),
              std::tuple(Meter::output, tokens.output, rates.output),
              std::tuple(Meter::request, tokens.requests, rates.request)}) {
            if (quantity > 0 && (meter != Meter::request || pico > 0)) {
                each({row, *offering, m_impl->tierOn(row, chosen), meter, quantity, Rate::fromPicoPerUnit(pico)});
            }
        }
    }
    return {};
}

}  // namespace tierwise::project
