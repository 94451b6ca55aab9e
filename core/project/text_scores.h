// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/assess/signal.h"
#include "core/project/assess_rows.h"
#include "core/store/workload_snapshot.h"

// Scores by distinct text, and how they come to the rows that share a text. For the use cases of core/project.
namespace tierwise::project {

struct TextScore {
    std::int64_t id = 0;  ///< of the text
    assess::Signal signal = assess::Signal::notScored;
    float difficulty = 0;
};

/// Distinct texts of the rows to look at (all, or those that nobody has looked at), by rising id, so that each block of
/// the store is unpacked once.
[[nodiscard]] std::vector<TextScore> textsToScore(const store::WorkloadSnapshot& rows, bool again);

/// Where the id stands in texts, which must hold it.
[[nodiscard]] std::size_t placeOfText(const std::vector<TextScore>& texts, std::int64_t id);

/// Which model gave the difficulties that the project keeps: its fingerprint, and whether they were refitted to the
/// project's own scores since. An older project says nothing.
struct ScoredBy {
    std::string model;
    bool refitted = false;
};
[[nodiscard]] Result<ScoredBy> scoredBy(const Project& project);
[[nodiscard]] Result<void> keepScoredBy(const Project& project, const ScoredBy& by);

/// Writes scores to the rows and keeps them in the project: all or nothing. Errors: those of saveAssessment.
[[nodiscard]] Result<AssessReport> keepTextScores(const Project& project, store::WorkloadSnapshot& rows,
                                                  const std::vector<TextScore>& texts, bool again,
                                                  const TaskContext& context);

}  // namespace tierwise::project
