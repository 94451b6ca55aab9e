// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/assess/refit.h"
#include "core/project/assess_rows.h"

namespace tierwise::project {

struct RefitReport {
    std::int64_t answers = 0;  ///< scored answers of the log, of imported outcomes and by overrides, with a text
    assess::Refit refit;       ///< without the per-prompt figures
    AssessReport rows;         ///< what came to the rows; all zero where the refit was not adopted
};

/// Fits the difficulty's text heads to the project's own scored answers and, where that says more of them than the
/// shipped difficulty (five folds), gives every row its refitted difficulty; else nothing changes. Curves of quality by
/// model follow when the workbench is opened. Rows imported later get the shipped difficulty until the next refit.
/// Errors: those of assess::refitDifficulty and of the project.
[[nodiscard]] Result<RefitReport> refitRows(const Project& project, std::uint64_t seed, const TaskContext& context);
/// Takes a refit back: the next analysis gives every row the shipped difficulty. Errors: those of the project.
[[nodiscard]] Result<void> forgetRefit(const Project& project);

}  // namespace tierwise::project
