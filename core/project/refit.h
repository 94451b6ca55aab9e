// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/assess/refit.h"
#include "core/project/assess_rows.h"
#include "core/project/text_scores.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::project {

/// The difficulties of rows at one time, for undo and redo.
struct RowScores {
    std::vector<RequestId> rows;
    store::SparseColumn<float> difficulty;     ///< in the order of rows, like signal
    store::ZeroedVector<std::uint8_t> signal;  ///< assess::Signal
    ScoredBy by;                               ///< whose they are
};

struct RefitReport {
    std::int64_t answers = 0;  ///< scored answers of the log, of imported outcomes and by overrides, with a text
    assess::Refit refit;       ///< without the per-prompt figures
    AssessReport rows;         ///< what came to the rows; all zero where the refit was not adopted
    std::shared_ptr<const RowScores> before;  ///< for undo: what the rows had; null where the refit was not adopted
};

/// Fits the difficulty's text heads to the project's own scored answers and, where that says more of them than the
/// shipped difficulty (five folds), gives every row its refitted difficulty; else nothing changes. Curves of quality by
/// model follow when the workbench is opened. Rows imported later get the shipped difficulty until the next refit.
/// Errors: those of assess::refitDifficulty and of the project.
[[nodiscard]] Result<RefitReport> refitRows(const Project& project, std::uint64_t seed, const TaskContext& context);
/// Gives rows back the difficulties that they had at another time, and gives what they had until now: undo and redo of
/// a refit. Rows that have come since keep theirs, rows that are gone are passed over. Errors: those of the project.
[[nodiscard]] Result<std::shared_ptr<const RowScores>> swapRowScores(const Project& project, const RowScores& scores,
                                                                     const TaskContext& context);

}  // namespace tierwise::project
