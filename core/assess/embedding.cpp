// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/embedding.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include "core/base/rng.h"

namespace tierwise::assess {
namespace {

using RowMatrix = TermMatrix::RowMatrix;

// Eigen sizes the blocks of a matrix product, and with them the order of its sums, by the caches it finds. With fixed
// sizes the same data and seed give the same bytes on another processor too.
[[maybe_unused]] const bool kFixedBlocks = [] {
    Eigen::setCpuCacheSizes(32 * 1024, 256 * 1024, 2 * 1024 * 1024);
    return true;
}();

void addScaled(const float* from, float factor, float* to, Eigen::Index size) {
    for (Eigen::Index i = 0; i < size; ++i) {
        to[i] += factor * from[i];
    }
}

// Columns become orthonormal (Cholesky QR, twice, because once loses half the digits).
void orthonormalize(RowMatrix& y) {
    for (int pass = 0; pass < 2; ++pass) {
        Eigen::MatrixXf gram = y.transpose() * y;
        const float ridge = 1e-6F * gram.diagonal().mean() + 1e-20F;
        gram.diagonal().array() += ridge;
        const Eigen::LLT<Eigen::MatrixXf> factor(gram);
        if (factor.info() == Eigen::Success) {
            factor.matrixU().solveInPlace<Eigen::OnTheRight>(y);
            continue;
        }
        // Fewer directions than columns (prompts that repeat each other): those without any become 0.
        const Eigen::SelfAdjointEigenSolver<Matrix> eigen(gram.cast<double>());
        const double least = 1e-6 * std::max(eigen.eigenvalues().maxCoeff(), 1e-20);
        const Vector scale =
            eigen.eigenvalues().unaryExpr([&](double value) { return value > least ? 1.0 / std::sqrt(value) : 0.0; });
        y = y * (eigen.eigenvectors() * scale.asDiagonal()).cast<float>();
    }
}

}  // namespace

TermMatrix::TermMatrix(const std::vector<const std::vector<Term>*>& corpus, const TermWeights& weights)
    : m_weights(weights) {
    const std::size_t buckets = std::size_t{1} << weights.bucketBits;
    const std::uint32_t mask = static_cast<std::uint32_t>(buckets - 1);
    const auto bucketOf = [&](const Term& term) {
        return static_cast<std::size_t>(term.kind) * buckets + (term.hash & mask);
    };
    std::vector<std::uint32_t> frequency(buckets * kTermKinds);
    for (const auto* terms : corpus) {
        for (const auto& term : *terms) {
            ++frequency[bucketOf(term)];
        }
    }
    const double n = static_cast<double>(corpus.size());
    m_idf.resize(frequency.size());
    m_columnOf.assign(frequency.size(), -1);
    for (std::size_t bucket = 0; bucket < frequency.size(); ++bucket) {
        const double df = std::max<double>(frequency[bucket], 1.0);
        m_idf[bucket] = static_cast<float>(std::log((n + 1.0) / df));
        if (frequency[bucket] >= weights.leastPrompts && weights.kind[bucket / buckets] > 0.0) {
            m_columnOf[bucket] = static_cast<std::int32_t>(m_columns++);
        }
    }
    m_begin.push_back(0);
    for (const auto* terms : corpus) {
        std::array<double, kTermKinds> squares{};
        for (const auto& term : *terms) {
            const double value = (1.0 + std::log(term.count)) * static_cast<double>(m_idf[bucketOf(term)]);
            squares[static_cast<std::size_t>(term.kind)] += value * value;
        }
        for (const auto& term : *terms) {
            const auto bucket = bucketOf(term);
            if (m_columnOf[bucket] < 0) {
                continue;
            }
            const auto kind = static_cast<std::size_t>(term.kind);
            const double value = (1.0 + std::log(term.count)) * static_cast<double>(m_idf[bucket]);
            m_column.push_back(static_cast<std::uint32_t>(m_columnOf[bucket]));
            m_value.push_back(static_cast<float>(weights.kind[kind] * value / std::sqrt(squares[kind])));
        }
        m_begin.push_back(m_column.size());
    }
}

RowMatrix TermMatrix::times(const RowMatrix& right) const {
    const auto d = right.cols();
    RowMatrix out = RowMatrix::Zero(static_cast<Eigen::Index>(rows()), d);
    for (std::size_t row = 0; row < rows(); ++row) {
        float* to = out.data() + static_cast<Eigen::Index>(row) * d;
        for (std::size_t k = m_begin[row]; k < m_begin[row + 1]; ++k) {
            addScaled(right.data() + static_cast<Eigen::Index>(m_column[k]) * d, m_value[k], to, d);
        }
    }
    return out;
}

RowMatrix TermMatrix::transposedTimes(const RowMatrix& right) const {
    const auto d = right.cols();
    RowMatrix out = RowMatrix::Zero(static_cast<Eigen::Index>(m_columns), d);
    for (std::size_t row = 0; row < rows(); ++row) {
        const float* from = right.data() + static_cast<Eigen::Index>(row) * d;
        for (std::size_t k = m_begin[row]; k < m_begin[row + 1]; ++k) {
            addScaled(from, m_value[k], out.data() + static_cast<Eigen::Index>(m_column[k]) * d, d);
        }
    }
    return out;
}

Embedding embed(const TermMatrix& terms, std::size_t dimensions, std::uint64_t seed, int iterations) {
    const auto n = static_cast<Eigen::Index>(terms.rows());
    const auto d = std::min<Eigen::Index>(static_cast<Eigen::Index>(dimensions),
                                          std::min<Eigen::Index>(n, static_cast<Eigen::Index>(terms.columns())));
    Embedding out;
    if (d == 0) {
        out.coordinates = Matrix::Zero(n, 0);
        return out;
    }
    Rng rng(seed);
    RowMatrix q(n, d);
    for (Eigen::Index i = 0; i < q.size(); ++i) {
        q.data()[i] = static_cast<float>(rng.normal());
    }
    for (int step = 0; step < iterations; ++step) {
        orthonormalize(q);
        q = terms.times(terms.transposedTimes(q));
    }
    orthonormalize(q);
    const RowMatrix w = terms.transposedTimes(q);
    const Matrix gram = (w.transpose() * w).cast<double>();
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(gram);
    const Vector values = eigen.eigenvalues().reverse().cwiseMax(1e-12);
    out.singular = values.cwiseSqrt();
    out.coordinates = q.cast<double>() * eigen.eigenvectors().rowwise().reverse() * out.singular.asDiagonal();
    return out;
}

Matrix Embedding::termWeights(const TermMatrix& terms, const Matrix& beta) const {
    const Matrix dual = coordinates * (singular.array().square().inverse().matrix().asDiagonal() * beta);
    return terms.transposedTimes(dual.cast<float>()).cast<double>();
}

}  // namespace tierwise::assess
