// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/assess/embedding.h"

namespace tierwise::assess {

/// Ridge regression of many targets on one design, for every strength of shrinkage at once, with exact leave-one-out
/// residuals r_i / (1 - h_ii) (Golub, Heath, Wahba, Technometrics 21, 1979). Columns of the design should already be
/// scaled by the prior standard deviation of their weights. An unpenalized intercept is included.
class RidgeBasis {
public:
    explicit RidgeBasis(const Matrix& design);

    struct Fit {
        double shrinkage = 0.0;  ///< lambda
        double error = 0.0;      ///< mean squared leave-one-out residual
        Vector leaveOneOut;      ///< prediction of row i by the fit without it
        Vector weights;          ///< of the design's columns
        double intercept = 0.0;
    };
    /// The fit at the strength that has the least leave-one-out error; `target` has one entry a row, none missing.
    [[nodiscard]] Fit best(const Vector& target, const std::vector<double>& grid) const;
    [[nodiscard]] Fit at(const Vector& target, double shrinkage) const;

    [[nodiscard]] Eigen::Index columns() const { return m_mean.size(); }

private:
    Vector m_mean;         // of the columns
    Vector m_eigenvalues;  // of the centered Gram matrix
    Matrix m_vectors;      // its eigenvectors
    Matrix m_left;         // orthonormal left vectors, rows x rank
};

}  // namespace tierwise::assess
