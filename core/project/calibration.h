// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/assess/signal.h"
#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/project/analysis.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::project {

/// One bin of the reliability diagram: of the scored rows whose predicted quality is within it.
struct ReliabilityBin {
    double from = 0;
    double to = 0;
    std::size_t rows = 0;
    double predicted = 0;  ///< mean of the predictions
    double observed = 0;   ///< mean of the scores
    double low = 0;        ///< 95% Wilson interval of observed (Wilson, 1927)
    double high = 0;
};

struct ModelCalibration {
    std::string model;  ///< as the log or the outcomes name it
    std::size_t rows = 0;
    double meanScore = 0;
    double meanPredicted = 0;
    double brier = 0;
    assess::Rung rung = assess::Rung::prior;
};

/// How well predicted quality matches measured scores (the log's own, and imported outcomes), out of fold: each row is
/// predicted by a fit that has not seen it (5 folds, seeded by session, so that a session is never in both).
struct CalibrationReport {
    std::size_t scoredRows = 0;            ///< scored answers: a row has one of its own, and one an outcome
    std::vector<ReliabilityBin> bins;      ///< ten of equal width; empty ones left out
    double expectedCalibrationError = 0;   ///< sum of |observed - predicted| x share of rows (Naeini et al., 2015)
    double brier = 0;                      ///< mean squared difference (Brier, 1950)
    std::vector<ModelCalibration> models;  ///< most rows first
};

/// Fewer than five scores give no figures. An outcome of the row's own model counts where the log has no score. Linear
/// in scores. Any thread. Errors: cancelled.
[[nodiscard]] Result<CalibrationReport> calibrationReport(const store::WorkloadSnapshot& rows,
                                                          std::span<const replay::Outcome> outcomes, std::uint64_t seed,
                                                          const TaskContext& context);

/// Counts of the routing signal (Workbench::signal) by bins; rows without one are counted apart.
struct SignalHistogram {
    std::vector<std::size_t> counts;
    double from = 0;           ///< the ends: 0 and 1 of difficulty, least and greatest of input tokens
    double to = 1;             ///< > from
    bool logarithmic = false;  ///< bins of equal ratio (input tokens) instead of equal width
    std::size_t without = 0;
    std::size_t unlikeAnythingSeen = 0;  ///< of those without a difficulty
    /// The lower end of a bin.
    [[nodiscard]] double edge(std::size_t bin) const;
};
/// Of all rows, or of `only` those. Linear in them. Any thread.
[[nodiscard]] SignalHistogram signalHistogram(const Workbench& workbench, std::size_t bins,
                                              std::optional<std::span<const std::uint32_t>> only = {});
/// The same bins for the rows of each tier under a policy, by static_cast<size_t>(Tier); logged tiers where the policy
/// keeps the log's own routing. Errors: those of Workbench::evaluate.
[[nodiscard]] Result<std::array<SignalHistogram, 4>> signalByTier(const Workbench& workbench,
                                                                  const route::Policy& policy, std::size_t bins);

}  // namespace tierwise::project
