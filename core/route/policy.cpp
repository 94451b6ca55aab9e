// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/policy.h"

#include <algorithm>

#include <fmt/format.h>

namespace tierwise::route {

namespace {

void addTarget(const Target& target, std::vector<Target>& found) {
    if (!target.empty() && std::find(found.begin(), found.end(), target) == found.end()) {
        found.push_back(target);
    }
}

void addTargets(const Router& router, std::vector<Target>& found) {
    if (router.kind == RouterKind::single) {
        addTarget(router.use, found);
    }
    for (const auto& target : router.among) {
        addTarget(target, found);
    }
    for (const auto& target : router.voters) {
        addTarget(target, found);
    }
    for (const auto& [target, share] : router.shares) {
        addTarget(target, found);
    }
    for (const auto* children : {&router.bands, &router.noSignal, &router.steps}) {
        for (const auto& child : *children) {
            addTargets(child, found);
        }
    }
}

}  // namespace

std::optional<Tier> tierOfTarget(std::string_view target) {
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
        if (target == tierName(tier)) {
            return tier;
        }
    }
    return {};
}

std::vector<Target> Policy::targets() const {
    std::vector<Target> found;
    for (const auto& rule : rules) {
        addTarget(rule.use, found);
    }
    addTargets(router, found);
    for (const auto& cap : constraints.caps) {
        addTarget(cap.use, found);
    }
    return found;
}

Policy singlePolicy(Target use, std::string name) {
    Policy policy;
    policy.name = name.empty() ? "everything on " + use : std::move(name);
    policy.router.use = std::move(use);
    return policy;
}

Policy asLoggedPolicy() {
    Policy policy;
    policy.name = "as logged";
    policy.router.kind = RouterKind::asLogged;
    // What was done was possible, whatever a constraint says today.
    policy.constraints.contextWindow = false;
    return policy;
}

Policy thresholdPolicy(double low, double high, std::string signal) {
    Policy policy;
    policy.name = fmt::format("{} below {:g} local, below {:g} commodity, else premium", signal, low, high);
    policy.router.kind = RouterKind::threshold;
    policy.router.signal = std::move(signal);
    policy.router.below = {low, high};
    for (const char* tier : {"local", "commodity", "premium"}) {
        Router band;
        band.use = tier;
        policy.router.bands.push_back(band);
    }
    policy.router.noSignal.push_back(policy.router.bands[1]);
    return policy;
}

Policy sharePolicy(double easiest, double hardest, std::string signal) {
    const bool byLength = signal == "inputTokens";
    Policy policy = thresholdPolicy(0, 0, std::move(signal));
    policy.name = byLength ? fmt::format("shortest {:.3g}% local, longest {:.3g}% premium, else commodity",
                                         100 * easiest, 100 * hardest)
                           : fmt::format("easiest {:.3g}% local, hardest {:.3g}% premium, else commodity",
                                         100 * easiest, 100 * hardest);
    policy.router.below.clear();
    policy.router.belowShare = {easiest, std::max(easiest, 1 - hardest)};
    return policy;
}

}  // namespace tierwise::route
