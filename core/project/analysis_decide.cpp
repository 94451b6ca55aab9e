// SPDX-License-Identifier: GPL-3.0-or-later
// Running a policy: its decisions, with lost cache prefixes inside the costs, and its own budget or floor kept.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/project/analysis_impl.h"
#include "core/replay/session_cache.h"

namespace tierwise::project {

route::RoutingInputs Workbench::Impl::routing() const {
    route::RoutingInputs inputs;
    inputs.rows = in.rows.get();
    inputs.table = &table;
    inputs.fits = columns.fits;
    inputs.frontier = frontier ? &*frontier : nullptr;
    inputs.frontierMask = modelMask;
    inputs.secondsOf = [this](std::size_t row, std::size_t candidate) { return secondsOf(row, candidate); };
    inputs.candidates = who;
    inputs.loggedTierShares = loggedTierShares;
    inputs.promptOf = in.promptOf;
    if (!answers.empty()) {
        inputs.answerOf = [this](std::size_t row, std::size_t candidate) {
            const auto found = answers.find({row, candidate});
            return found == answers.end() ? std::string() : found->second;
        };
    }
    return inputs;
}

Result<Decided> Workbench::Impl::decideOnce(const route::Policy& policy, std::optional<double> aim,
                                            const TaskContext& context) const {
    auto inputs = routing();
    inputs.aim = aim;
    auto router = route::BoundRouter::bind(policy, inputs);
    if (!router) {
        return fail(router.error());
    }
    auto decisions = router->decide(context);
    if (!decisions) {
        return fail(decisions.error());
    }
    Decided decided{{}, policy, std::move(*router), std::move(*decisions), 0};
    if (hasSessionCache) {
        replay::UsageModel usage(replay);
        auto& out = decided.decisions;
        decided.cacheLossPico = replay::addSessionCacheLoss(
            *in.rows, out.first, in.assumptions.cacheLifetimeSeconds, out.cost,
            [&](std::size_t row, std::uint8_t candidate, bool switched) {
                const auto extra =
                    columns.measuredCost[candidate].test(row) ? 0 : usage.rebillExtra(row, candidate, switched);
                out.callCostPico[candidate] += static_cast<double>(extra);
                return extra;
            });
    }
    return decided;
}

namespace {

// By how much a policy misses its own budget (dollars) or floor (mean quality) once sessions, caps and lost prefixes
// have had their say; 0 or less: it is kept.
double missOf(const Decided& decided, const route::ChoiceTable& table) {
    const auto& router = decided.policy.router;
    const auto& out = decided.decisions;
    Int128 cost = 0;
    double quality = 0;
    double weight = 0;
    for (std::size_t row = 0; row < out.first.size(); ++row) {
        if (out.first[row] != route::kNoCandidate) {
            cost += out.cost[row];
            quality += table.weightOf(row) * static_cast<double>(out.quality[row]);
            weight += table.weightOf(row);
        }
    }
    if (router.kind == route::RouterKind::budget) {
        return static_cast<double>(cost) * kPicoDollars - router.budgetUsd * (1 + 1e-9);
    }
    return weight > 0 ? router.meanQuality - 1e-6 - quality / weight : 0;
}

}  // namespace

// A budget or floor is of the whole: where sticky sessions or lost prefixes come on top of the optimum, it aims lower
// (or higher) until the whole keeps it, to within a hundredth of what was missed.
Result<Decided> Workbench::Impl::settle(const route::Policy& policy, const TaskContext& context) const {
    auto decided = decideOnce(policy, {}, context);
    const bool budget = policy.router.kind == route::RouterKind::budget && !policy.router.perMonth;
    const bool floor = policy.router.kind == route::RouterKind::floor && policy.router.perSegment.empty();
    if (!decided || (!budget && !floor)) {
        return decided;
    }
    const double missed = missOf(*decided, table);
    if (missed <= 0) {
        return decided;
    }
    const double wanted = budget ? policy.router.budgetUsd : policy.router.meanQuality;
    const double sign = budget ? -1 : 1;
    double tooLittle = 0;  // corrections of the aim
    double enough = 0;
    double correction = missed;
    std::optional<Decided> kept;
    for (int run = 0; run < 10 && (!kept || enough - tooLittle > 0.01 * missed); ++run) {
        auto next = decideOnce(policy, wanted + sign * correction, context);
        if (!next && next.error().code != ErrorCode::infeasible) {
            return next;
        }
        const double still = next ? missOf(*next, table) : 0;
        if (next && still <= 0) {
            kept = std::move(*next);
            enough = correction;
        } else if (next) {
            tooLittle = correction;
        }
        if (kept) {
            correction = (tooLittle + enough) / 2;
        } else if (next) {
            correction += std::max(still, 0.5 * missed);
        } else {
            correction = (tooLittle + correction) / 2;  // it aimed beyond what there is
        }
    }
    if (!kept) {
        return fail(ErrorCode::infeasible,
                    budget ? fmt::format("with prefixes that are billed again and sessions that stay, no choice of "
                                         "models was found within ${:.6g}; ${:.6g} are missing",
                                         wanted, missed)
                           : fmt::format("with sessions that stay and caps, no choice of models was found with a mean "
                                         "quality of {:.4f}; {:.4f} are missing",
                                         wanted, missed),
                    "Change the figure, or take \"sticky\" or \"caps\" out.", "policy " + policy.name);
    }
    kept->decisions.notes.push_back(
        budget ? fmt::format("cached prefixes that are billed again, and sessions that stay, are inside the budget: "
                             "the choice itself spends ${:.4g} less",
                             enough)
               : fmt::format("sessions that stay and caps cost quality: the choice itself aims {:.2f} points higher",
                             100 * enough));
    return std::move(*kept);
}

Result<DecidedPtr> Workbench::Impl::decide(const route::Policy& policy, const TaskContext& context) const {
    const std::string key = policy.toJson();
    {
        const std::lock_guard lock(mutex);
        for (auto it = cache.begin(); it != cache.end(); ++it) {
            if (it->first == key) {
                cache.splice(cache.begin(), cache, it);
                return cache.front().second;
            }
        }
    }
    // Six policies of small logs; of a million rows three, which the pages need at the same time. The oldest goes
    // before the new one is worked out, so that there are never more.
    constexpr std::size_t kMostRows = 4'000'000;
    const std::size_t kept = std::clamp<std::size_t>(kMostRows / std::max<std::size_t>(1, in.rows->rows), 2, 6);
    const auto makeRoom = [&](std::size_t most) {
        const std::lock_guard lock(mutex);
        while (cache.size() > most) {
            cache.pop_back();
        }
    };
    makeRoom(kept - 1);
    auto settled = settle(policy, context);
    if (!settled) {
        return fail(settled.error());
    }
    settled->key = key;
    const auto decided = std::make_shared<const Decided>(std::move(*settled));
    {
        const std::lock_guard lock(mutex);
        cache.emplace_front(key, decided);
    }
    makeRoom(kept);
    return DecidedPtr(decided);
}

}  // namespace tierwise::project
