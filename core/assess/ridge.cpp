// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/ridge.h"

#include <algorithm>

#include <Eigen/Eigenvalues>

namespace tierwise::assess {

RidgeBasis::RidgeBasis(const Matrix& design) : m_mean(design.colwise().mean()) {
    const Matrix centered = design.rowwise() - m_mean.transpose();
    const auto d = design.cols();
    Matrix gram = Matrix::Zero(d, d);
    gram.selfadjointView<Eigen::Lower>().rankUpdate(centered.transpose());
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(gram);
    const double floor = 1e-9 * std::max(1e-12, eigen.eigenvalues()(d - 1));
    Eigen::Index skip = 0;
    while (skip < d && eigen.eigenvalues()(skip) <= floor) {
        ++skip;
    }
    m_eigenvalues = eigen.eigenvalues().tail(d - skip);
    m_vectors = eigen.eigenvectors().rightCols(d - skip);
    m_left = centered * m_vectors * m_eigenvalues.cwiseSqrt().cwiseInverse().asDiagonal();
}

RidgeBasis::Fit RidgeBasis::at(const Vector& target, double shrinkage) const {
    Fit fit;
    fit.shrinkage = shrinkage;
    const double n = static_cast<double>(target.size());
    const double mean = target.mean();
    const Vector residual = target.array() - mean;
    const Vector shrink = m_eigenvalues.array() / (m_eigenvalues.array() + shrinkage);
    const Vector scores = m_left.transpose() * residual;
    const Vector fitted = m_left * (shrink.asDiagonal() * scores);
    const Vector leverage = (m_left.array().square().matrix() * shrink).array() + 1.0 / n;
    const Eigen::ArrayXd out = (residual - fitted).array() / (1.0 - leverage.array()).max(1e-6);
    fit.leaveOneOut = target.array() - out;
    fit.error = out.square().mean();
    fit.weights =
        m_vectors * (scores.array() * m_eigenvalues.array().sqrt() / (m_eigenvalues.array() + shrinkage)).matrix();
    fit.intercept = mean - m_mean.dot(fit.weights);
    return fit;
}

RidgeBasis::Fit RidgeBasis::best(const Vector& target, const std::vector<double>& grid) const {
    const double n = static_cast<double>(target.size());
    const double mean = target.mean();
    const Vector residual = target.array() - mean;
    const Vector scores = m_left.transpose() * residual;
    // All strengths in two matrix products instead of two a strength.
    Matrix shrink(m_eigenvalues.size(), static_cast<Eigen::Index>(grid.size()));
    for (std::size_t g = 0; g < grid.size(); ++g) {
        shrink.col(static_cast<Eigen::Index>(g)) = m_eigenvalues.array() / (m_eigenvalues.array() + grid[g]);
    }
    const Matrix fitted = m_left * (scores.asDiagonal() * shrink);
    const Matrix leverage = m_left.array().square().matrix() * shrink;
    double least = 0.0;
    std::size_t chosen = 0;
    for (std::size_t g = 0; g < grid.size(); ++g) {
        const auto column = static_cast<Eigen::Index>(g);
        const Eigen::ArrayXd out =
            (residual - fitted.col(column)).array() / (1.0 - leverage.col(column).array() - 1.0 / n).max(1e-6);
        const double error = out.square().mean();
        if (g == 0 || error < least) {
            least = error;
            chosen = g;
        }
    }
    return at(target, grid[chosen]);
}

}  // namespace tierwise::assess
