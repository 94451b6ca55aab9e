// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/project/analysis.h"
#include "core/project/project.h"
#include "core/project/world.h"

namespace tierwise::project {

struct StoredScenario {
    std::string name;
    route::Policy policy;
    bool pinned = false;
    World world;
    bool operator==(const StoredScenario&) const = default;
};

/// What a project remembers of the analysis: the policy being shaped, the named scenarios in their order, the baseline
/// and the quality bar. Kept as documents: kind "scenario" (one a name: its policy), and "settings"/"analysis".
struct AnalysisState {
    std::optional<route::Policy> policy;
    std::vector<StoredScenario> scenarios;
    std::optional<Baseline> baseline;
    double bar = 0.8;  ///< 0..1
    bool operator==(const AnalysisState&) const = default;
};

/// A project that has none gives the default. Errors: badFormat (a document damaged from outside), io. Any thread.
[[nodiscard]] Result<AnalysisState> loadAnalysisState(const Project& project);
[[nodiscard]] Result<void> saveAnalysisState(const Project& project, const AnalysisState& state);

/// What a report is about: the named scenario (else the present policy, else the suggested one) first, then the others.
/// Scenarios with prices or assumptions of their own are left out: one workbench prices a report.
/// Error notFound: no scenario of that name; names those there are.
[[nodiscard]] Result<std::vector<route::Policy>> reportedPolicies(const AnalysisState& state,
                                                                  const Workbench& workbench,
                                                                  const std::string& scenario);

/// "as-logged", "best-single", ... Error invalidArgument.
[[nodiscard]] Result<Baseline> parseBaseline(std::string_view name);

}  // namespace tierwise::project
