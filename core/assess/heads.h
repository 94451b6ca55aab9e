// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <vector>

#include "core/assess/ridge.h"

namespace tierwise::assess {

/// Strengths of shrinkage that are tried: every factor of 1.8 from "hardly" to "nearly nothing left".
[[nodiscard]] const std::vector<double>& shrinkageGrid();

/// Linear heads on a design: raw = design * weights + intercept, a column a target. Raw is a score less its mean.
struct LinearHeads {
    Matrix weights;      ///< design columns x targets
    Vector intercepts;   ///< by target
    Matrix leaveOneOut;  ///< training rows x targets
    Vector explained;    ///< leave-one-out R^2 by target, >= 0; 0 where there is no signal
};

/// Positive quantities (tokens, dollars) on a log scale: median, mean and 90th percentile of new rows, with spread
/// taken from leave-one-out residuals.
struct AmountHead {
    Vector weights;
    double intercept = 0.0;
    double medianShift = 0.0;  ///< median of the log residuals
    double p90Shift = 0.0;     ///< their 90th percentile
    double smear = 1.0;        ///< mean of exp(residual) (Duan's smearing estimate, JASA 78, 1983)

    [[nodiscard]] Vector mean(const Matrix& design) const;
    [[nodiscard]] Vector p50(const Matrix& design) const;
    [[nodiscard]] Vector p90(const Matrix& design) const;
};

/// What all models' scores have in common: principal directions of the centered score table, each predicted from the
/// design with its own shrinkage, so that the shared difficulty (much signal) is hardly shrunk and single models'
/// peculiarities (little signal) are.
struct SharedHeads {
    Vector means;       ///< mean score by model
    Matrix loadings;    ///< models x latents
    LinearHeads heads;  ///< a target a latent
};

/// `scores` is rows x models with NaN = unknown; a missing cell is filled with the model's mean plus the row's shrunken
/// mean residual. Models without any score get the mean of the others.
[[nodiscard]] SharedHeads fitShared(const RidgeBasis& basis, const Matrix& scores, std::size_t latents);

/// Success heads of the `targets` (columns of scores), before calibration. Two stages: ridge on the targets' own
/// directions and the shared latents, then a small ridge that combines their leave-one-out predictions. All of it is
/// linear, so it folds into one weight vector a model.
[[nodiscard]] LinearHeads fitStacked(const RidgeBasis& basis, const Matrix& scores,
                                     const std::vector<std::size_t>& targets, std::size_t latents = 8);

/// `amounts` with NaN = unknown (filled with the median); values are floored at `least`.
[[nodiscard]] AmountHead fitAmount(const RidgeBasis& basis, const Vector& amounts, double least);

}  // namespace tierwise::assess
