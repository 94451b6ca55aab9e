// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/assess/boost.h"
#include "core/assess/calibrator.h"
#include "core/assess/design.h"
#include "core/assess/heads.h"

namespace tierwise::assess {

/// Success heads of several models: linear heads on the text (heads.h), small boosted trees on what those leave over,
/// and a calibration. A model's trees get the share that their out-of-fold predictions deserve, down to none.
class Blend {
public:
    /// Fits to the rows of `design` named by `rows`; `scores` has one row for each of them and a column a model, NaN =
    /// unknown. Deterministic for a seed.
    [[nodiscard]] static Blend fit(const Design& design, const std::vector<Eigen::Index>& rows, const RidgeBasis& basis,
                                   const Matrix& scores, const std::vector<std::size_t>& targets, std::uint64_t seed);

    /// Probabilities in (0, 1): rows x targets.
    [[nodiscard]] Matrix predict(const Design& design, const std::vector<Eigen::Index>& rows) const;

    /// The same for the training rows, each by a linear fit and trees that did not see it (the calibration did).
    [[nodiscard]] const Matrix& outOfFold() const { return m_outOfFold; }
    [[nodiscard]] std::size_t labels(std::size_t target) const { return m_calibrators[target].labels(); }
    [[nodiscard]] double treeShare(std::size_t target) const { return m_share[target]; }

private:
    LinearHeads m_linear;
    std::vector<BoostedTrees> m_trees;
    std::vector<double> m_share;
    std::vector<Calibrator> m_calibrators;
    Matrix m_outOfFold;
};

}  // namespace tierwise::assess
