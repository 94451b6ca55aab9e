// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/blend.h"

#include <algorithm>
#include <cmath>

#include "core/base/rng.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kInnerFolds = 4;
constexpr std::size_t kFewestForTrees = 200;

// What the trees look at: the design's columns for trees, and what the linear heads say of every target.
Matrix treeTable(const Design& design, const std::vector<Eigen::Index>& rows, const Matrix& linear) {
    Matrix table(linear.rows(), static_cast<Eigen::Index>(design.treeColumns.size()) + linear.cols());
    table << design.columns(rows, design.treeColumns), linear;
    return table;
}

std::vector<std::uint8_t> innerFolds(std::size_t rows, std::uint64_t seed) {
    std::vector<std::uint8_t> folds(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        folds[i] = static_cast<std::uint8_t>(i % kInnerFolds);
    }
    Rng rng(seed ^ 0xb1e4dULL);
    for (std::size_t i = rows; i > 1; --i) {
        std::swap(folds[i - 1], folds[rng.below(i)]);
    }
    return folds;
}

// Out-of-fold predictions of trees on the known rows, scaled by the share they deserve; 0 elsewhere.
Vector crossFit(const BinnedTable& table, const Vector& left, const std::vector<std::size_t>& known,
                const std::vector<std::uint8_t>& folds, double& share) {
    Vector said = Vector::Zero(left.size());
    for (std::size_t fold = 0; fold < kInnerFolds; ++fold) {
        std::vector<std::size_t> train;
        for (const auto row : known) {
            if (folds[row] != fold) {
                train.push_back(row);
            }
        }
        const auto trees = BoostedTrees::fit(table, left, train);
        for (const auto row : known) {
            if (folds[row] == fold) {
                said(static_cast<Eigen::Index>(row)) = trees.predictBinned(table, row);
            }
        }
    }
    share = std::clamp(said.dot(left) / (said.squaredNorm() + 1e-9), 0.0, 1.0);
    return share * said;
}

}  // namespace

Blend Blend::fit(const Design& design, const std::vector<Eigen::Index>& rows, const RidgeBasis& basis,
                 const Matrix& scores, const std::vector<std::size_t>& targets, std::uint64_t seed) {
    Blend blend;
    blend.m_linear = fitStacked(basis, scores, targets);
    const Matrix& linear = blend.m_linear.leaveOneOut;
    const BinnedTable table(treeTable(design, rows, linear));
    const auto folds = innerFolds(rows.size(), seed);
    blend.m_outOfFold.resize(linear.rows(), linear.cols());
    for (std::size_t t = 0; t < targets.size(); ++t) {
        const auto column = static_cast<Eigen::Index>(t);
        const Vector score = scores.col(static_cast<Eigen::Index>(targets[t]));
        std::vector<std::size_t> known;
        double sum = 0.0;
        for (Eigen::Index i = 0; i < score.size(); ++i) {
            if (!std::isnan(score(i))) {
                known.push_back(static_cast<std::size_t>(i));
                sum += score(i);
            }
        }
        Vector raw = linear.col(column);
        double share = 0.0;
        BoostedTrees trees;
        if (known.size() >= kFewestForTrees) {
            const double mean = sum / static_cast<double>(known.size());
            const Vector left =
                (score.array() - mean - raw.array()).unaryExpr([](double x) { return std::isnan(x) ? 0.0 : x; });
            raw += crossFit(table, left, known, folds, share);
            if (share > 0.0) {
                trees = BoostedTrees::fit(table, left, known);
            }
        }
        std::vector<double> x;
        std::vector<double> y;
        for (const auto row : known) {
            x.push_back(raw(static_cast<Eigen::Index>(row)));
            y.push_back(score(static_cast<Eigen::Index>(row)));
        }
        blend.m_calibrators.push_back(Calibrator::fit(x, y));
        blend.m_outOfFold.col(column) = raw.unaryExpr([&](double v) { return blend.m_calibrators.back()(v); });
        blend.m_trees.push_back(std::move(trees));
        blend.m_share.push_back(share);
    }
    return blend;
}

Matrix Blend::predict(const Design& design, const std::vector<Eigen::Index>& rows) const {
    const Matrix linear =
        (design.columns(rows, Eigen::all) * m_linear.weights).rowwise() + m_linear.intercepts.transpose();
    const Matrix table = treeTable(design, rows, linear);
    Matrix quality(linear.rows(), linear.cols());
    for (std::size_t t = 0; t < m_share.size(); ++t) {
        const auto column = static_cast<Eigen::Index>(t);
        Vector raw = linear.col(column);
        if (m_share[t] > 0.0) {
            raw += m_share[t] * m_trees[t].predict(table);
        }
        quality.col(column) = raw.unaryExpr([&](double v) { return m_calibrators[t](v); });
    }
    return quality;
}

}  // namespace tierwise::assess
