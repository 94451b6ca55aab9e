// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "core/project/project.h"
#include "core/project/report.h"

namespace tierwise::project {

/// Whether rows of the project come from the sample's generator: that is said wherever their figures show.
[[nodiscard]] bool isSynthetic(const Project& project);

/// Gathers what a report says beside the analysis: the project's name, its imports with their digests and counts, the
/// prices and assumptions of the workbench, the version. Errors: io.
[[nodiscard]] Result<ReportRequest> reportRequest(const Project& project, const Workbench& workbench,
                                                  std::vector<route::Policy> scenarios,
                                                  std::optional<Baseline> baseline, double bar);

}  // namespace tierwise::project
