// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/route/policy.h"
#include "core/route/router_kinds.h"

namespace tierwise::route {

const std::vector<std::pair<RouterKind, std::string>>& routerKinds() {
    static const std::vector<std::pair<RouterKind, std::string>> kKinds = {{RouterKind::single, "single"},
                                                                           {RouterKind::asLogged, "asLogged"},
                                                                           {RouterKind::random, "random"},
                                                                           {RouterKind::threshold, "threshold"},
                                                                           {RouterKind::cascade, "cascade"},
                                                                           {RouterKind::agreement, "agreement"},
                                                                           {RouterKind::expectedValue, "expectedValue"},
                                                                           {RouterKind::budget, "budget"},
                                                                           {RouterKind::floor, "floor"},
                                                                           {RouterKind::oracle, "oracle"}};
    return kKinds;
}

namespace {

using nlohmann::json;

json toJson(const Verifier& verifier) {
    json out{{"recall", verifier.recall}};
    if (verifier.precision) {
        out["precision"] = *verifier.precision;
    }
    if (verifier.acceptWrong) {
        out["acceptWrong"] = *verifier.acceptWrong;
    }
    if (verifier.costUsd > 0) {
        out["costUsd"] = verifier.costUsd;
    }
    return out;
}

json toJson(const Router& router) {
    if (router.kind == RouterKind::single) {
        return router.use;
    }
    json out;
    for (const auto& [kind, word] : routerKinds()) {
        if (kind == router.kind) {
            out["kind"] = word;
        }
    }
    if (!router.among.empty()) {
        out["among"] = router.among;
    }
    const auto list = [](const std::vector<Router>& routers) {
        json all = json::array();
        for (const auto& one : routers) {
            all.push_back(toJson(one));
        }
        return all;
    };
    switch (router.kind) {
        case RouterKind::random:
            for (const auto& [target, share] : router.shares) {
                out["shares"][target] = share;
            }
            out["seed"] = router.seed;
            break;
        case RouterKind::threshold:
            out["signal"] = router.signal;
            if (router.belowShare.empty()) {
                out["below"] = router.below;
            } else {
                out["belowShare"] = router.belowShare;
            }
            out["bands"] = list(router.bands);
            if (!router.noSignal.empty()) {
                out["noSignal"] = toJson(router.noSignal.front());
            }
            break;
        case RouterKind::cascade:
            out["steps"] = list(router.steps);
            out["verifiers"] = json::array();
            for (const auto& verifier : router.verifiers) {
                out["verifiers"].push_back(toJson(verifier));
            }
            break;
        case RouterKind::agreement:
            out["voters"] = router.voters;
            out["atLeast"] = router.atLeast;
            out["otherwise"] = toJson(router.steps.front());
            break;
        case RouterKind::expectedValue:
            out["valueUsd"] = router.valueUsd;
            if (!router.valueOf.empty()) {
                out["perSegment"] = router.perSegment;
                out["values"] = router.valueOf;
            }
            break;
        case RouterKind::budget:
            out["budgetUsd"] = router.budgetUsd;
            out["per"] = router.perMonth ? "month" : "log";
            break;
        case RouterKind::floor:
            out["meanQuality"] = router.meanQuality;
            if (!router.perSegment.empty()) {
                out["perSegment"] = router.perSegment;
            }
            break;
        default:
            break;
    }
    return out;
}

// The oldest version that can read it.
int versionFor(const Router& router) {
    int version = router.belowShare.empty() ? 1 : kPolicyVersion;
    for (const auto* children : {&router.bands, &router.noSignal, &router.steps}) {
        for (const auto& child : *children) {
            version = std::max(version, versionFor(child));
        }
    }
    return version;
}

template <typename T>
void put(json& out, const char* key, const T& list) {
    if (!list.empty()) {
        out[key] = list;
    }
}

json toJson(const Constraints& constraints) {
    json out = json::object();
    for (const auto& rule : constraints.dataClasses) {
        json one{{"dataClass", rule.dataClass}};
        for (const Tier tier : rule.tiers) {
            one["tiers"].push_back(tierName(tier));
        }
        put(one, "hosts", rule.hosts);
        put(one, "jurisdictions", rule.jurisdictions);
        out["dataClasses"].push_back(one);
    }
    if (!constraints.contextWindow) {
        out["contextWindow"] = false;
    }
    if (constraints.maxLatencySeconds) {
        out["maxLatencySeconds"] = *constraints.maxLatencySeconds;
    }
    for (const auto& cap : constraints.caps) {
        out["caps"].push_back({{"use", cap.use}, {"share", cap.share}});
    }
    return out;
}

json toJson(const Rule& rule) {
    json when = json::object();
    put(when, "promptMatches", rule.when.promptMatches);
    put(when, "keywords", rule.when.keywords);
    put(when, "dataClass", rule.when.dataClass);
    put(when, "team", rule.when.team);
    put(when, "user", rule.when.user);
    put(when, "tag", rule.when.tag);
    put(when, "domain", rule.when.domain);
    put(when, "model", rule.when.model);
    const auto bound = [&](const char* key, const char* end, const auto& value) {
        if (value) {
            when[key][end] = *value;
        }
    };
    bound("inputTokens", "min", rule.when.inputTokensMin);
    bound("inputTokens", "max", rule.when.inputTokensMax);
    bound("difficulty", "min", rule.when.difficultyMin);
    bound("difficulty", "max", rule.when.difficultyMax);
    json out{{"when", when}, {"use", rule.use}};
    put(out, "reason", rule.reason);
    return out;
}

}  // namespace

std::string Policy::toJson() const {
    json out{{"format", "tierwise-policy"}, {"version", versionFor(router)}, {"name", name}};
    put(out, "description", description);
    put(out, "models", models);
    if (const json found = route::toJson(constraints); !found.empty()) {
        out["constraints"] = found;
    }
    for (const auto& rule : rules) {
        out["rules"].push_back(route::toJson(rule));
    }
    out["router"] = route::toJson(router);
    if (sticky != Sticky::no) {
        out["sticky"] = sticky == Sticky::first ? "first" : "ratchet";
    }
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace tierwise::route
