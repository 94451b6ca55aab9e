// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/heads.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>

namespace tierwise::assess {

const std::vector<double>& shrinkageGrid() {
    static const std::vector<double> kGrid = [] {
        std::vector<double> grid;
        for (double strength = 0.2; strength < 4000.0; strength *= 1.8) {
            grid.push_back(strength);
        }
        return grid;
    }();
    return kGrid;
}

namespace {

double quantileOf(std::vector<double> values, double share) {
    if (values.empty()) {
        return 0.0;
    }
    const auto place = static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

// Means by model over known cells, then a complete residual table.
Matrix residualsOf(const Matrix& scores, Vector& means) {
    const auto models = scores.cols();
    means = Vector::Zero(models);
    Vector counts = Vector::Zero(models);
    for (Eigen::Index j = 0; j < models; ++j) {
        for (Eigen::Index i = 0; i < scores.rows(); ++i) {
            if (!std::isnan(scores(i, j))) {
                means(j) += scores(i, j);
                counts(j) += 1.0;
            }
        }
    }
    const double overall = counts.sum() > 0.0 ? means.sum() / counts.sum() : 0.5;
    for (Eigen::Index j = 0; j < models; ++j) {
        means(j) = counts(j) > 0.0 ? means(j) / counts(j) : overall;
    }
    Matrix residuals(scores.rows(), models);
    for (Eigen::Index i = 0; i < scores.rows(); ++i) {
        double sum = 0.0;
        double known = 0.0;
        for (Eigen::Index j = 0; j < models; ++j) {
            if (!std::isnan(scores(i, j))) {
                sum += scores(i, j) - means(j);
                known += 1.0;
            }
        }
        const double fill = sum / (known + 1.0);
        for (Eigen::Index j = 0; j < models; ++j) {
            residuals(i, j) = std::isnan(scores(i, j)) ? fill : scores(i, j) - means(j);
        }
    }
    return residuals;
}

// Directions of falling variance; signs fixed so that the sum of a column is positive (the file must be reproducible).
Matrix directionsOf(const Matrix& residuals, Eigen::Index count) {
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(residuals.transpose() * residuals);
    Matrix directions = eigen.eigenvectors().rowwise().reverse().leftCols(std::min(count, residuals.cols()));
    for (Eigen::Index k = 0; k < directions.cols(); ++k) {
        if (directions.col(k).sum() < 0.0) {
            directions.col(k) *= -1.0;
        }
    }
    return directions;
}

// One ridge a column; a column without signal predicts 0 (targets are centered).
LinearHeads fitColumns(const RidgeBasis& basis, const Matrix& targets, Eigen::Index designColumns) {
    LinearHeads heads;
    heads.weights = Matrix::Zero(designColumns, targets.cols());
    heads.intercepts = Vector::Zero(targets.cols());
    heads.leaveOneOut = Matrix::Zero(targets.rows(), targets.cols());
    heads.explained = Vector::Zero(targets.cols());
    for (Eigen::Index k = 0; k < targets.cols(); ++k) {
        const Vector target = targets.col(k);
        const double variance = target.squaredNorm() / static_cast<double>(target.size());
        const auto fit = basis.best(target, shrinkageGrid());
        if (!(fit.error < variance)) {
            continue;
        }
        heads.weights.col(k) = fit.weights;
        heads.intercepts(k) = fit.intercept;
        heads.leaveOneOut.col(k) = fit.leaveOneOut;
        heads.explained(k) = 1.0 - fit.error / variance;
    }
    return heads;
}

}  // namespace

Vector AmountHead::mean(const Matrix& design) const {
    return ((design * weights).array() + intercept).exp() * smear;
}

Vector AmountHead::p50(const Matrix& design) const {
    return ((design * weights).array() + (intercept + medianShift)).exp();
}

Vector AmountHead::p90(const Matrix& design) const {
    return ((design * weights).array() + (intercept + p90Shift)).exp();
}

SharedHeads fitShared(const RidgeBasis& basis, const Matrix& scores, std::size_t latents) {
    SharedHeads shared;
    const Matrix residuals = residualsOf(scores, shared.means);
    shared.loadings = directionsOf(residuals, static_cast<Eigen::Index>(latents));
    shared.heads = fitColumns(basis, residuals * shared.loadings, basis.columns());
    return shared;
}

LinearHeads fitStacked(const RidgeBasis& basis, const Matrix& scores, const std::vector<std::size_t>& targets,
                       std::size_t latents) {
    const auto shared = fitShared(basis, scores, latents).heads;
    Vector means;
    const Matrix residuals = residualsOf(scores, means);
    Matrix own(scores.rows(), static_cast<Eigen::Index>(targets.size()));
    for (std::size_t t = 0; t < targets.size(); ++t) {
        own.col(static_cast<Eigen::Index>(t)) = residuals.col(static_cast<Eigen::Index>(targets[t]));
    }
    const Matrix turn = directionsOf(own, own.cols());
    const Matrix turned = own * turn;
    const auto direct = fitColumns(basis, turned, basis.columns());
    const auto m = own.cols();
    const auto k = shared.leaveOneOut.cols();
    Matrix stacked(scores.rows(), m + k);
    // The targets' own predictions enter in the models' axes, the shared ones in theirs.
    stacked << direct.leaveOneOut * turn.transpose(), shared.leaveOneOut;
    const auto second = fitColumns(RidgeBasis(stacked), turned, stacked.cols());
    const Matrix combined = second.weights * turn.transpose();  // (m + k) x targets
    LinearHeads heads;
    heads.weights = direct.weights * turn.transpose() * combined.topRows(m) + shared.weights * combined.bottomRows(k);
    heads.intercepts = turn * second.intercepts + combined.topRows(m).transpose() * (turn * direct.intercepts) +
                       combined.bottomRows(k).transpose() * shared.intercepts;
    heads.leaveOneOut = second.leaveOneOut * turn.transpose();
    heads.explained = second.explained;
    return heads;
}

AmountHead fitAmount(const RidgeBasis& basis, const Vector& amounts, double least) {
    std::vector<double> known;
    for (const double amount : amounts) {
        if (!std::isnan(amount)) {
            known.push_back(std::log(std::max(amount, least)));
        }
    }
    const double median = quantileOf(known, 0.5);
    const Vector logs = amounts.unaryExpr(
        [&](double amount) { return std::isnan(amount) ? median : std::log(std::max(amount, least)); });
    const auto fit = basis.best(logs, shrinkageGrid());
    AmountHead head;
    head.weights = fit.weights;
    head.intercept = fit.intercept;
    std::vector<double> residuals(static_cast<std::size_t>(logs.size()));
    double sum = 0.0;
    for (Eigen::Index i = 0; i < logs.size(); ++i) {
        residuals[static_cast<std::size_t>(i)] = logs(i) - fit.leaveOneOut(i);
        sum += std::exp(std::min(residuals[static_cast<std::size_t>(i)], 20.0));
    }
    head.medianShift = quantileOf(residuals, 0.5);
    head.p90Shift = quantileOf(residuals, 0.9);
    head.smear = sum / static_cast<double>(std::max<Eigen::Index>(logs.size(), 1));
    return head;
}

}  // namespace tierwise::assess
