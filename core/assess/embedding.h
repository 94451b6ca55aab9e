// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <Eigen/Dense>

#include "core/assess/features.h"

namespace tierwise::assess {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

/// How terms become numbers: weight by kind x (1 + log tf) x idf, each kind scaled to unit length on its own.
struct TermWeights {
    std::array<double, kTermKinds> kind{1.0, 0.7, 0.7, 0.7};
    unsigned bucketBits = 18;      ///< buckets by kind = 2^bits
    std::size_t leastPrompts = 2;  ///< rarer terms are dropped
};

/// A sparse matrix, prompt x term bucket, made of a corpus; rows keep the corpus's order.
class TermMatrix {
public:
    TermMatrix(const std::vector<const std::vector<Term>*>& corpus, const TermWeights& weights);

    [[nodiscard]] std::size_t rows() const { return m_begin.size() - 1; }
    [[nodiscard]] std::size_t columns() const { return m_columns; }
    [[nodiscard]] std::size_t entries() const { return m_column.size(); }
    /// X times a dense matrix (columns x d), and X' times one (rows x d); row-major inside, deterministic.
    using RowMatrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    [[nodiscard]] RowMatrix times(const RowMatrix& right) const;
    [[nodiscard]] RowMatrix transposedTimes(const RowMatrix& right) const;

    /// Of bucket kind * 2^bits + (hash & mask): its column, or -1.
    [[nodiscard]] const std::vector<std::int32_t>& columnOfBucket() const { return m_columnOf; }
    /// Idf by bucket; buckets never seen carry the idf of one prompt.
    [[nodiscard]] const std::vector<float>& idf() const { return m_idf; }
    [[nodiscard]] const TermWeights& weights() const { return m_weights; }

private:
    TermWeights m_weights;
    std::size_t m_columns = 0;
    std::vector<std::size_t> m_begin;
    std::vector<std::uint32_t> m_column;
    std::vector<float> m_value;
    std::vector<std::int32_t> m_columnOf;
    std::vector<float> m_idf;
};

/// A truncated singular value decomposition X ~ U S V' by randomized subspace iteration (Halko, Martinsson, Tropp,
/// "Finding structure with randomness", SIAM Review 53, 2011). No labels enter.
struct Embedding {
    Matrix coordinates;  ///< U S: prompts x dimensions
    Vector singular;     ///< S, falling

    /// Term weights w (one a column) with X w = coordinates * beta for the corpus.
    [[nodiscard]] Matrix termWeights(const TermMatrix& terms, const Matrix& beta) const;
};
[[nodiscard]] Embedding embed(const TermMatrix& terms, std::size_t dimensions, std::uint64_t seed, int iterations = 2);

}  // namespace tierwise::assess
