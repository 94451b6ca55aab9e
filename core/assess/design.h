// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/assess/embedding.h"
#include "core/assess/model_file.h"

namespace tierwise::assess {

/// How prompts become the columns that heads are fitted on. The weights are prior standard deviations of the blocks'
/// coefficients relative to each other; chosen on the training split of mmlu_pro (notes in resources/assess).
struct DesignOptions {
    TermWeights terms{{1.0, 0.7, 0.7, 0.7}, 18, 2};
    std::size_t dimensions = 400;
    double counterWeight = 0.05;
    double priorWeight = 0.3;
    std::size_t landmarks = 250;  ///< 0: no likeness columns
    double landmarkWeight = 2.0;
    std::size_t treeDimensions = 20;  ///< of the embedding, for boosted trees
    std::uint64_t seed = 1;
};

/// Counters standardized over the corpus and capped at 4 standard deviations.
struct CounterScale {
    std::array<float, kCounters> mean{};
    std::array<float, kCounters> inverse{};  ///< 0 for a counter that never moves
};
[[nodiscard]] CounterScale counterScaleOf(const std::vector<Features>& prompts);
[[nodiscard]] Matrix countersOf(const std::vector<Features>& prompts, const CounterScale& scale);

/// What heads are fitted on.
struct Design {
    Matrix columns;  ///< prompts x (embedding dimensions + counters + 4 a prior part + landmarks)
    std::vector<Eigen::Index> treeColumns;  ///< those that boosted trees look at too: the first of each kind
    Eigen::Index landmarks = 0;             ///< the last columns

    /// What prompts like each one have on average of some values (a column each), as far as that tells: a ridge on the
    /// likeness columns, stretched to its least-squares slope: what a prior says of one prompt is mostly noise, so
    /// heads that are fitted to labels get it averaged. Without landmarks: the values.
    [[nodiscard]] Matrix smoothed(const Matrix& values) const;
};

/// No labels enter, so a design of a whole folder may be split into training and judged rows afterwards.
[[nodiscard]] Design makeDesign(const std::vector<Features>& prompts, const std::vector<const Part*>& prior,
                                const DesignOptions& options);

}  // namespace tierwise::assess
