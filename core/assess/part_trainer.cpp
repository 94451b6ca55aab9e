// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/part_trainer.h"

#include <algorithm>
#include <cmath>

#include "core/assess/design.h"
#include "core/assess/heads.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kDimensions = 400;
constexpr double kCounterWeight = 0.1;

// Term weights as small integers beside their idf.
void storeTerms(const TermMatrix& terms, const Matrix& weights, Part& part) {
    const float mostIdf = *std::max_element(terms.idf().begin(), terms.idf().end());
    part.idfScale = mostIdf / 255.0F;
    for (std::size_t k = 0; k < kOutputs; ++k) {
        const double most = weights.col(static_cast<Eigen::Index>(k)).cwiseAbs().maxCoeff();
        part.termScale[k] = static_cast<float>(std::max(most, 1e-12) / 127.0);
    }
    part.buckets.resize(kTermKinds * kBuckets);
    for (std::size_t bucket = 0; bucket < part.buckets.size(); ++bucket) {
        auto& row = part.buckets[bucket];
        row.idf = static_cast<std::uint8_t>(std::clamp(std::lround(terms.idf()[bucket] / part.idfScale), 1L, 255L));
        const auto column = terms.columnOfBucket()[bucket];
        for (std::size_t k = 0; k < kOutputs && column >= 0; ++k) {
            const double weight = weights(column, static_cast<Eigen::Index>(k));
            row.weight[k] = static_cast<std::int8_t>(std::lround(weight / static_cast<double>(part.termScale[k])));
        }
    }
}

void storePanel(const PartCorpus& corpus, const SharedHeads& shared, Part& part) {
    const Matrix& scores = corpus.scores;
    for (std::size_t j = 0; j < corpus.models.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        PanelModel model;
        model.name = corpus.models[j];
        model.mean = static_cast<float>(shared.means(column));
        for (std::size_t k = 0; k < kLatents && static_cast<Eigen::Index>(k) < shared.loadings.cols(); ++k) {
            model.loading[k] = static_cast<float>(shared.loadings(column, static_cast<Eigen::Index>(k)));
        }
        const auto known = (!scores.col(column).array().isNaN()).count();
        model.labels =
            static_cast<std::uint32_t>(corpus.labels.empty() ? static_cast<std::size_t>(known) : corpus.labels[j]);
        part.panel.push_back(std::move(model));
    }
    // What is left of the mean residual after the shared heads' own leave-one-out predictions.
    const Vector meanLoading = shared.loadings.colwise().mean();
    double squares = 0.0;
    for (Eigen::Index i = 0; i < scores.rows(); ++i) {
        double sum = 0.0;
        double known = 0.0;
        for (Eigen::Index j = 0; j < scores.cols(); ++j) {
            if (!std::isnan(scores(i, j))) {
                sum += scores(i, j) - shared.means(j);
                known += 1.0;
            }
        }
        const double left = (known > 0.0 ? sum / known : 0.0) - shared.heads.leaveOneOut.row(i).dot(meanLoading);
        squares += left * left;
    }
    part.difficultySd = static_cast<float>(std::sqrt(squares / static_cast<double>(scores.rows())));
}

}  // namespace

Part trainPart(const PartCorpus& corpus, std::uint64_t seed) {
    Part part;
    part.trainedOn = corpus.name;
    part.prompts = static_cast<std::uint32_t>(corpus.prompts.size());
    TermWeights termWeights;
    termWeights.bucketBits = kBucketBits;
    for (std::size_t kind = 0; kind < kTermKinds; ++kind) {
        part.kindWeight[kind] = static_cast<float>(termWeights.kind[kind]);
    }
    std::vector<const std::vector<Term>*> terms;
    for (const auto& features : corpus.prompts) {
        terms.push_back(&features.terms);
        part.promptHashes.push_back(promptHash(features));
    }
    std::sort(part.promptHashes.begin(), part.promptHashes.end());
    const TermMatrix matrix(terms, termWeights);
    const auto embedding = embed(matrix, kDimensions, seed);
    const auto scale = counterScaleOf(corpus.prompts);
    part.counterMean = scale.mean;
    part.counterInverse = scale.inverse;
    const auto d = embedding.coordinates.cols();
    Matrix design(embedding.coordinates.rows(), d + static_cast<Eigen::Index>(kCounters));
    design << embedding.coordinates, kCounterWeight * countersOf(corpus.prompts, scale);
    const RidgeBasis basis(design);
    const auto shared = fitShared(basis, corpus.scores, kLatents);
    Matrix weights = Matrix::Zero(design.cols(), static_cast<Eigen::Index>(kOutputs));
    weights.leftCols(shared.heads.weights.cols()) = shared.heads.weights;
    for (Eigen::Index k = 0; k < shared.heads.intercepts.size(); ++k) {
        part.intercept[static_cast<std::size_t>(k)] = static_cast<float>(shared.heads.intercepts(k));
        part.explained[static_cast<std::size_t>(k)] = static_cast<float>(shared.heads.explained(k));
    }
    part.hasLength = corpus.lengths.size() > 0 && !corpus.lengths.array().isNaN().all();
    if (part.hasLength) {
        const auto length = fitAmount(basis, corpus.lengths, 1.0);
        weights.col(static_cast<Eigen::Index>(kLatents)) = length.weights;
        part.intercept[kLatents] = static_cast<float>(length.intercept);
        part.lengthMedianShift = static_cast<float>(length.medianShift);
        part.lengthP90Shift = static_cast<float>(length.p90Shift);
    }
    for (std::size_t counter = 0; counter < kCounters; ++counter) {
        for (std::size_t k = 0; k < kOutputs; ++k) {
            part.counterWeight[counter][k] = static_cast<float>(
                kCounterWeight * weights(d + static_cast<Eigen::Index>(counter), static_cast<Eigen::Index>(k)));
        }
    }
    storeTerms(matrix, embedding.termWeights(matrix, weights.topRows(d)), part);
    storePanel(corpus, shared, part);
    return part;
}

}  // namespace tierwise::assess
