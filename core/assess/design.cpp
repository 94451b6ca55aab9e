// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/design.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include "core/base/rng.h"

namespace tierwise::assess {

CounterScale counterScaleOf(const std::vector<Features>& prompts) {
    CounterScale scale;
    const double n = static_cast<double>(std::max<std::size_t>(prompts.size(), 1));
    for (std::size_t counter = 0; counter < kCounters; ++counter) {
        double sum = 0.0;
        double squares = 0.0;
        for (const auto& features : prompts) {
            const double value = static_cast<double>(features.counters[counter]);
            sum += value;
            squares += value * value;
        }
        const double mean = sum / n;
        const double variance = squares / n - mean * mean;
        scale.mean[counter] = static_cast<float>(mean);
        scale.inverse[counter] = variance > 1e-8 ? static_cast<float>(1.0 / std::sqrt(variance)) : 0.0F;
    }
    return scale;
}

namespace {

// Likeness to some prompts of the corpus, drawn by the seed: the columns whose inner products are a radial kernel's
// (Nystroem; Williams and Seeger, NIPS 2000). With them a linear head also says "as it went with prompts like this
// one", which pays where a corpus falls into kinds of task. Rows of `place` are the prompts' places.
Matrix likenessOf(const Matrix& place, std::size_t landmarks, std::uint64_t seed) {
    constexpr double kWidth = 0.3;  // of the median squared distance between landmarks
    const auto n = place.rows();
    std::vector<Eigen::Index> chosen(static_cast<std::size_t>(n));
    std::iota(chosen.begin(), chosen.end(), Eigen::Index{0});
    Rng rng(seed ^ 0x1a4d3a2cULL);
    const auto count = std::min(landmarks, chosen.size());
    for (std::size_t i = 0; i < count; ++i) {
        std::swap(chosen[i], chosen[i + rng.below(chosen.size() - i)]);
    }
    chosen.resize(count);
    const Matrix at = place(chosen, Eigen::all);
    const Vector squares = place.rowwise().squaredNorm();
    Matrix distance = -2.0 * place * at.transpose();
    distance.colwise() += squares;
    distance.rowwise() += squares(chosen).transpose();
    Matrix among = distance(chosen, Eigen::all);
    std::vector<double> sorted(among.data(), among.data() + among.size());
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    const double width = std::max(kWidth * *middle, 1e-9);
    const auto kernel = [&](double squared) { return std::exp(-std::max(squared, 0.0) / width); };
    among = among.unaryExpr(kernel);
    among.diagonal().array() += 1e-6;
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(among);
    return distance.unaryExpr(kernel) * eigen.eigenvectors() *
           eigen.eigenvalues().cwiseMax(1e-6).cwiseSqrt().cwiseInverse().asDiagonal();
}

// Where a prompt stands: the direction of its first dimensions, and its counters.
Matrix placesOf(const Matrix& embedding, const Matrix& counters) {
    constexpr Eigen::Index kFirst = 50;
    const Matrix first = embedding.leftCols(std::min(kFirst, embedding.cols()));
    Matrix place(first.rows(), first.cols() + counters.cols());
    place << first.array().colwise() / first.rowwise().norm().array().max(1e-9), counters;
    return place;
}

}  // namespace

Matrix countersOf(const std::vector<Features>& prompts, const CounterScale& scale) {
    Matrix table(static_cast<Eigen::Index>(prompts.size()), static_cast<Eigen::Index>(kCounters));
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        for (std::size_t counter = 0; counter < kCounters; ++counter) {
            const float value = (prompts[i].counters[counter] - scale.mean[counter]) * scale.inverse[counter];
            table(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(counter)) =
                static_cast<double>(std::clamp(value, -4.0F, 4.0F));
        }
    }
    return table;
}

Matrix Design::smoothed(const Matrix& values) const {
    constexpr double kShrinkage = 4000.0;  // far beyond what a fit to labels takes; resources/assess/PROVENANCE.md
    if (landmarks == 0) {
        return values;
    }
    Matrix like = columns.rightCols(landmarks);
    like.rowwise() -= like.colwise().mean().eval();
    Matrix gram = like.transpose() * like;
    gram.diagonal().array() += kShrinkage;
    const Eigen::RowVectorXd means = values.colwise().mean();
    const Matrix centered = values.rowwise() - means;
    Matrix smooth = like * gram.ldlt().solve(like.transpose() * centered);
    for (Eigen::Index k = 0; k < smooth.cols(); ++k) {
        const double squares = smooth.col(k).squaredNorm();
        smooth.col(k) *= squares > 1e-12 ? smooth.col(k).dot(centered.col(k)) / squares : 0.0;
    }
    return smooth.rowwise() + means;
}

Design makeDesign(const std::vector<Features>& prompts, const std::vector<const Part*>& prior,
                  const DesignOptions& options) {
    std::vector<const std::vector<Term>*> corpus;
    corpus.reserve(prompts.size());
    for (const auto& features : prompts) {
        corpus.push_back(&features.terms);
    }
    const TermMatrix terms(corpus, options.terms);
    const Matrix embedding = embed(terms, options.dimensions, options.seed).coordinates;
    const Matrix counters = options.counterWeight * countersOf(prompts, counterScaleOf(prompts));
    const auto n = static_cast<Eigen::Index>(prompts.size());
    const auto d = embedding.cols();
    Design made;
    made.columns.resize(n, 0);
    if (options.landmarks > 0) {
        made.columns =
            options.landmarkWeight * likenessOf(placesOf(embedding, counters), options.landmarks, options.seed);
        made.landmarks = made.columns.cols();
    }
    const auto latents = static_cast<Eigen::Index>(kLatents);
    Matrix said(n, latents * static_cast<Eigen::Index>(prior.size()));
    for (std::size_t p = 0; p < prior.size(); ++p) {
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto at = prior[p]->outputs(prompts[static_cast<std::size_t>(i)]);
            for (Eigen::Index k = 0; k < latents; ++k) {
                said(i, latents * static_cast<Eigen::Index>(p) + k) = at[static_cast<std::size_t>(k)];
            }
        }
    }
    said = made.smoothed(said);
    for (Eigen::Index k = 0; k < said.cols(); ++k) {
        said.col(k).array() -= said.col(k).mean();
        const double spread = std::sqrt(said.col(k).squaredNorm() / static_cast<double>(n));
        said.col(k) *= spread > 1e-9 ? options.priorWeight / spread : 0.0;
    }
    const auto linear = d + counters.cols() + said.cols();
    Matrix columns(n, linear + made.landmarks);
    columns << embedding, counters, said, made.columns;
    made.columns = std::move(columns);
    for (Eigen::Index column = 0; column < linear; ++column) {
        if (column < static_cast<Eigen::Index>(options.treeDimensions) || column >= d) {
            made.treeColumns.push_back(column);
        }
    }
    return made;
}

}  // namespace tierwise::assess
