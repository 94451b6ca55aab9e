// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/scenarios.h"

#include <algorithm>
#include <map>
#include <set>

#include <nlohmann/json.hpp>

#include "core/project/suggest.h"

namespace tierwise::project {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kScenarioKind = "scenario";
constexpr const char* kSettingsKind = "settings";
constexpr const char* kSettingsName = "analysis";

constexpr Baseline kBaselines[] = {Baseline::asLogged, Baseline::bestSingle, Baseline::random, Baseline::oracle,
                                   Baseline::dearest};

std::vector<std::string> namesIn(const Json& json, const char* key) {
    std::vector<std::string> names;
    if (json.contains(key) && json[key].is_array()) {
        for (const auto& name : json[key]) {
            if (name.is_string()) {
                names.push_back(name.get<std::string>());
            }
        }
    }
    return names;
}

// {"catalog": "...", "assumptions": {...}}
World readWorld(const Json& json) {
    World world;
    if (json.is_object()) {
        world.catalog = json.value("catalog", std::string());
        if (json.contains("assumptions") && json["assumptions"].is_object()) {
            world.assumptions = json["assumptions"].dump();
        }
    }
    return world;
}

Json writeWorld(const World& world) {
    Json json = Json::object();
    if (!world.catalog.empty()) {
        json["catalog"] = world.catalog;
    }
    if (!world.assumptions.empty()) {
        json["assumptions"] = Json::parse(world.assumptions, nullptr, false);
    }
    return json;
}

Result<void> readSettings(const std::string& body, AnalysisState& state, std::vector<std::string>& order,
                          std::set<std::string>& pinned, std::map<std::string, World>& worlds) {
    const Json json = Json::parse(body, nullptr, false);
    if (!json.is_object()) {
        return fail(ErrorCode::badFormat, "the settings of the analysis are damaged",
                    "Shape the policy anew; saving replaces them.", "settings/analysis");
    }
    if (json.contains("policy") && json["policy"].is_object()) {
        auto policy = route::Policy::parse(json["policy"].dump(), "settings/analysis#/policy");
        if (!policy) {
            return fail(policy.error());
        }
        state.policy = std::move(*policy);
    }
    if (json.contains("baseline") && json["baseline"].is_string()) {
        auto baseline = parseBaseline(json["baseline"].get<std::string>());
        if (!baseline) {
            return fail(baseline.error());
        }
        state.baseline = *baseline;
    }
    if (json.contains("bar") && json["bar"].is_number()) {
        state.bar = std::clamp(json["bar"].get<double>(), 0.0, 1.0);
    }
    if (json.contains("worlds") && json["worlds"].is_object()) {
        for (const auto& [name, world] : json["worlds"].items()) {
            worlds[name] = readWorld(world);
        }
    }
    order = namesIn(json, "order");
    for (auto& name : namesIn(json, "pinned")) {
        pinned.insert(std::move(name));
    }
    return {};
}

}  // namespace

Result<Baseline> parseBaseline(std::string_view name) {
    std::string known;
    for (const Baseline baseline : kBaselines) {
        if (name == baselineName(baseline)) {
            return baseline;
        }
        known += (known.empty() ? "" : ", ") + std::string(baselineName(baseline));
    }
    return fail(ErrorCode::invalidArgument, "'" + std::string(name) + "' is no baseline",
                "Choose one of: " + known + ".");
}

Result<std::vector<route::Policy>> reportedPolicies(const AnalysisState& state, const Workbench& workbench,
                                                    const std::string& scenario) {
    std::vector<route::Policy> policies;
    std::string known;
    for (const auto& one : state.scenarios) {
        if (one.world.isOwn()) {
            continue;
        }
        known += (known.empty() ? "" : ", ") + one.name;
        policies.push_back(one.policy);
        policies.back().name = one.name;
    }
    if (scenario.empty()) {
        policies.insert(policies.begin(), state.policy ? *state.policy : suggestedPolicy(workbench));
        return policies;
    }
    const auto found = std::find_if(policies.begin(), policies.end(),
                                    [&](const route::Policy& policy) { return policy.name == scenario; });
    if (found == policies.end()) {
        return fail(ErrorCode::notFound, "the project has no scenario '" + scenario + "'",
                    known.empty() ? "Add scenarios on the Compare page." : "Choose one of: " + known + ".");
    }
    std::rotate(policies.begin(), found, found + 1);
    return policies;
}

Result<AnalysisState> loadAnalysisState(const Project& project) {
    AnalysisState state;
    std::vector<std::string> order;
    std::set<std::string> pinned;
    std::map<std::string, World> worlds;
    const auto settings = project.document(kSettingsKind, kSettingsName);
    if (!settings) {
        return fail(settings.error());
    }
    if (*settings) {
        if (auto read = readSettings(**settings, state, order, pinned, worlds); !read) {
            return fail(read.error());
        }
    }
    const auto documents = project.documents(kScenarioKind);
    if (!documents) {
        return fail(documents.error());
    }
    for (const auto& document : *documents) {
        auto policy = route::Policy::parse(document.body, "scenario/" + document.name);
        if (!policy) {
            return fail(policy.error());
        }
        state.scenarios.push_back(
            {document.name, std::move(*policy), pinned.count(document.name) != 0, worlds[document.name]});
    }
    const auto place = [&](const StoredScenario& scenario) {
        return std::find(order.begin(), order.end(), scenario.name) - order.begin();
    };
    std::stable_sort(state.scenarios.begin(), state.scenarios.end(),
                     [&](const auto& a, const auto& b) { return place(a) < place(b); });
    return state;
}

Result<void> saveAnalysisState(const Project& project, const AnalysisState& state) {
    const auto documents = project.documents(kScenarioKind);
    if (!documents) {
        return fail(documents.error());
    }
    Json settings{{"bar", state.bar}, {"order", Json::array()}, {"pinned", Json::array()}};
    if (state.policy) {
        settings["policy"] = Json::parse(state.policy->toJson());
    }
    if (state.baseline) {
        settings["baseline"] = baselineName(*state.baseline);
    }
    for (const auto& scenario : state.scenarios) {
        settings["order"].push_back(scenario.name);
        if (scenario.pinned) {
            settings["pinned"].push_back(scenario.name);
        }
        if (scenario.world.isOwn()) {
            settings["worlds"][scenario.name] = writeWorld(scenario.world);
        }
        if (auto put = project.putDocument(kScenarioKind, scenario.name, scenario.policy.toJson()); !put) {
            return fail(put.error());
        }
    }
    for (const auto& document : *documents) {
        const bool kept = std::any_of(state.scenarios.begin(), state.scenarios.end(),
                                      [&](const auto& scenario) { return scenario.name == document.name; });
        if (!kept) {
            if (auto put = project.putDocument(kScenarioKind, document.name, std::nullopt); !put) {
                return fail(put.error());
            }
        }
    }
    if (auto put = project.putDocument(kSettingsKind, kSettingsName, settings.dump()); !put) {
        return fail(put.error());
    }
    return {};
}

}  // namespace tierwise::project
