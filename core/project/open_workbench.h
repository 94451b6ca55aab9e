// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/assess/difficulty_model.h"
#include "core/project/analysis.h"
#include "core/project/project.h"

namespace tierwise::project {

/// Reads everything that a workbench is built of out of a project (rows, aliases, scored rows, outcomes, assumptions)
/// and the current catalog, and builds it. Errors: io, badFormat, invalidArgument (unknown candidate), cancelled.
[[nodiscard]] Result<Workbench> openWorkbench(const Project& project, const WorkbenchOptions& options,
                                              const TaskContext& context);

/// Why a prompt has the difficulty it has, by the shipped difficulty model: signal, figure, and the reasons, strongest
/// first. Errors: notFound, badFormat (the model's file).
[[nodiscard]] Result<assess::Assessment> promptReasons(std::string_view prompt);

/// Why a prompt that is in no log would go where it goes under a policy: scored with the shipped difficulty model, its
/// tokens counted, its answer as long as the model expects. Under a budget or a floor, a right answer is worth what the
/// last dollar buys on the whole log. Errors: those of Workbench::build and why.
[[nodiscard]] Result<analyze::Explanation> whyPrompt(const Workbench& workbench, std::string_view prompt,
                                                     const route::Policy& policy, const TaskContext& context);

}  // namespace tierwise::project
