// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/project/analysis.h"
#include "core/report/report.h"

namespace tierwise::project {

/// What a report is made of, beside the workbench.
struct ReportRequest {
    std::string projectName;
    std::vector<route::Policy> scenarios;  ///< at least one; the first is the one that is proposed
    std::optional<Baseline> baseline;      ///< unset: the workbench's
    double bar = 0.8;                      ///< quality that a tier must reach to fit a request, 0..1
    bool synthetic = false;                ///< the sample
    catalog::Catalog catalog;
    replay::Assumptions assumptions;
    std::int64_t rowsRead = 0;  ///< of all imports: stored + duplicates + rejected
    std::int64_t duplicates = 0;
    std::int64_t rejected = 0;
    /// Further lines of provenance: files with their digests, the program's version.
    std::vector<std::pair<std::string, std::string>> provenance;
};

/// Builds the report: every section, for the analyst; report::selected() shortens it. Deterministic for a workbench,
/// a request and its seed. About a second per million rows and scenario.
/// Errors: invalidArgument (no scenario), infeasible, cancelled.
[[nodiscard]] Result<report::Report> buildReport(const Workbench& workbench, const ReportRequest& request,
                                                 const TaskContext& context);

}  // namespace tierwise::project
