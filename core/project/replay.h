// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/project/analysis.h"
#include "core/project/project.h"

namespace tierwise::project {

/// What a replay is about. Policies without candidates of their own get one default model a tier, and what they name.
struct ReplayRequest {
    std::vector<route::Policy> policies;
    WorkbenchOptions options;           ///< its candidates are added to what the policies name
    std::filesystem::path catalog;      ///< empty: the shipped one
    std::filesystem::path assumptions;  ///< empty: the project's own, else the shipped ones
};

struct Replay {
    Workbench workbench;
    std::vector<route::Policy> policies;  ///< with their candidates filled in
    std::int64_t newlyScored = 0;         ///< rows whose prompts were looked at for the first time
    std::vector<std::string> notes;       ///< what did not go as it should, for people
};

/// Reads a project's rows, scores, outcomes and assumptions, and builds the workbench that the policies need. Prompts
/// that nobody has looked at yet are scored first (assessedRows).
/// Errors: io, badFormat, invalidArgument (unknown model), cancelled.
[[nodiscard]] Result<Replay> openReplay(const Project& project, const ReplayRequest& request,
                                        const TaskContext& context);

/// Everything that a workbench over these rows of the project is built of, but for the options. Its catalog is
/// the given one with local models (withLocalModels).
[[nodiscard]] Result<WorkbenchInputs> workbenchInputs(const Project& project, const catalog::Catalog& catalog,
                                                      const std::filesystem::path& assumptions,
                                                      std::shared_ptr<const store::WorkloadSnapshot> rows);

/// The answer to "what would it cost" before anybody wrote a policy: one scenario for each tier that has a model, and a
/// mix by thresholds that sends a third of the requests to each.
[[nodiscard]] std::vector<route::Policy> firstScenarios(const Workbench& workbench);

/// The row of a request: its number in the project ("17"), or the log's own id. Error notFound.
[[nodiscard]] Result<std::size_t> findRequest(const Project& project, const Workbench& workbench,
                                              const std::string& id);

}  // namespace tierwise::project
