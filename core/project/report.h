// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/project/analysis.h"
#include "core/report/report.h"
#include "core/store/reject_totals.h"

namespace tierwise::project {

/// A record that did not become a row, as a report lists it: without its own text, which may hold anything.
struct ListedReject {
    std::string file;
    std::int64_t line = 0;  ///< 1-based; 0 where the format has no lines
    std::int64_t byteOffset = 0;
    std::string column;
    std::string reason;
    std::string fixHint;
};

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
    std::vector<store::RejectTotal> rejectTotals;  ///< most first
    std::vector<ListedReject> rejects;             ///< the first of them, in the files' order
    /// The lists hold at most so many requests (the dearest as logged) and rejects; 0: no lists.
    std::size_t listRows = 10'000;
    /// Further lines of provenance: files with their digests, the program's version.
    std::vector<std::pair<std::string, std::string>> provenance;
};

/// At most so many rejects are read for a report's list.
inline constexpr std::int64_t kMostListedRejects = 100'000;

/// Builds the report: every section, for the analyst; report::selected() shortens it. Deterministic for a workbench,
/// a request and its seed. About a second per million rows and scenario.
/// Errors: invalidArgument (no scenario), infeasible, cancelled.
[[nodiscard]] Result<report::Report> buildReport(const Workbench& workbench, const ReportRequest& request,
                                                 const TaskContext& context);

}  // namespace tierwise::project
