// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/trainer.h"

#include <algorithm>
#include <cmath>

#include "core/assess/dataset.h"
#include "core/assess/design.h"
#include "core/assess/heads.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kFewestPrompts = 200;
constexpr std::size_t kDimensions = 400;
constexpr double kCounterWeight = 0.1;
constexpr std::size_t kFamiliarityFolds = 5;
constexpr double kRareShare = 0.005;  // of held-out training prompts that count as unlike anything seen

struct Corpus {
    Dataset data;
    std::vector<Features> train;
    std::vector<std::size_t> trainRows;
    std::vector<Features> test;
    std::vector<std::size_t> testRows;
};

Result<Corpus> readCorpus(const std::filesystem::path& folder) {
    auto data = readDataset(folder);
    if (!data) {
        return fail(data.error());
    }
    Corpus corpus;
    corpus.data = std::move(*data);
    const bool hasSplit = std::any_of(corpus.data.prompts.begin(), corpus.data.prompts.end(),
                                      [](const DatasetPrompt& prompt) { return prompt.split == "train"; });
    FeatureExtractor extractor;
    for (std::size_t row = 0; row < corpus.data.prompts.size(); ++row) {
        const auto& prompt = corpus.data.prompts[row];
        const bool forTraining = !hasSplit || prompt.split == "train";
        (forTraining ? corpus.train : corpus.test).push_back(extractor.extract(prompt.text));
        (forTraining ? corpus.trainRows : corpus.testRows).push_back(row);
    }
    if (corpus.train.size() < kFewestPrompts) {
        return fail(ErrorCode::invalidArgument, "fewer than 200 training prompts", "Add prompts with outcomes.",
                    folder.string());
    }
    return corpus;
}

Matrix scoresOf(const Corpus& corpus, const std::vector<std::size_t>& rows) {
    const auto models = corpus.data.models.size();
    Matrix table(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(models));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t j = 0; j < models; ++j) {
            table(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
                static_cast<double>(corpus.data.score[corpus.data.cell(rows[i], j)]);
        }
    }
    return table;
}

// Median answer length of the models on each prompt; NaN where none is known.
Vector lengthsOf(const Corpus& corpus) {
    Vector lengths(static_cast<Eigen::Index>(corpus.trainRows.size()));
    for (std::size_t i = 0; i < corpus.trainRows.size(); ++i) {
        std::vector<float> known;
        for (std::size_t j = 0; j < corpus.data.models.size(); ++j) {
            const float tokens = corpus.data.outTokens[corpus.data.cell(corpus.trainRows[i], j)];
            if (!std::isnan(tokens)) {
                known.push_back(tokens);
            }
        }
        std::sort(known.begin(), known.end());
        lengths(static_cast<Eigen::Index>(i)) =
            known.empty() ? std::nan("") : static_cast<double>(known[known.size() / 2]);
    }
    return lengths;
}

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

void storePanel(const Corpus& corpus, const SharedHeads& shared, const Matrix& scores, Part& part) {
    for (std::size_t j = 0; j < corpus.data.models.size(); ++j) {
        const auto column = static_cast<Eigen::Index>(j);
        PanelModel model;
        model.name = corpus.data.models[j];
        model.mean = static_cast<float>(shared.means(column));
        for (std::size_t k = 0; k < kLatents && static_cast<Eigen::Index>(k) < shared.loadings.cols(); ++k) {
            model.loading[k] = static_cast<float>(shared.loadings(column, static_cast<Eigen::Index>(k)));
        }
        for (Eigen::Index i = 0; i < scores.rows(); ++i) {
            model.labels += std::isnan(scores(i, column)) ? 0U : 1U;
        }
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

Part trainPart(const Corpus& corpus, std::uint64_t seed) {
    Part part;
    part.trainedOn = corpus.data.name;
    part.prompts = static_cast<std::uint32_t>(corpus.train.size());
    TermWeights termWeights;
    termWeights.bucketBits = kBucketBits;
    for (std::size_t kind = 0; kind < kTermKinds; ++kind) {
        part.kindWeight[kind] = static_cast<float>(termWeights.kind[kind]);
    }
    std::vector<const std::vector<Term>*> terms;
    for (const auto& features : corpus.train) {
        terms.push_back(&features.terms);
        part.promptHashes.push_back(promptHash(features));
    }
    std::sort(part.promptHashes.begin(), part.promptHashes.end());
    const TermMatrix matrix(terms, termWeights);
    const auto embedding = embed(matrix, kDimensions, seed);
    const auto scale = counterScaleOf(corpus.train);
    part.counterMean = scale.mean;
    part.counterInverse = scale.inverse;
    const auto d = embedding.coordinates.cols();
    Matrix design(embedding.coordinates.rows(), d + static_cast<Eigen::Index>(kCounters));
    design << embedding.coordinates, kCounterWeight * countersOf(corpus.train, scale);
    const RidgeBasis basis(design);
    const Matrix scores = scoresOf(corpus, corpus.trainRows);
    const auto shared = fitShared(basis, scores, kLatents);
    Matrix weights = Matrix::Zero(design.cols(), static_cast<Eigen::Index>(kOutputs));
    weights.leftCols(shared.heads.weights.cols()) = shared.heads.weights;
    for (Eigen::Index k = 0; k < shared.heads.intercepts.size(); ++k) {
        part.intercept[static_cast<std::size_t>(k)] = static_cast<float>(shared.heads.intercepts(k));
        part.explained[static_cast<std::size_t>(k)] = static_cast<float>(shared.heads.explained(k));
    }
    const Vector lengths = lengthsOf(corpus);
    part.hasLength = !lengths.array().isNaN().all();
    if (part.hasLength) {
        const auto length = fitAmount(basis, lengths, 1.0);
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
    storePanel(corpus, shared, scores, part);
    return part;
}

double correlationOf(const std::vector<double>& a, const std::vector<double>& b) {
    const auto x = Eigen::Map<const Vector>(a.data(), static_cast<Eigen::Index>(a.size()));
    const auto y = Eigen::Map<const Vector>(b.data(), static_cast<Eigen::Index>(b.size()));
    const Vector dx = x.array() - x.mean();
    const Vector dy = y.array() - y.mean();
    const double norm = std::sqrt(dx.squaredNorm() * dy.squaredNorm());
    return norm > 0.0 ? dx.dot(dy) / norm : 0.0;
}

HeldOut judge(const Part& part, const Corpus& corpus) {
    HeldOut result{part.trainedOn, corpus.data.name, corpus.test.size(), 0.0, 0.0};
    const Matrix scores = scoresOf(corpus, corpus.testRows);
    std::vector<double> predicted;
    std::vector<double> observed;
    Vector error = Vector::Zero(scores.cols());
    Vector base = Vector::Zero(scores.cols());
    const bool own = part.trainedOn == corpus.data.name;
    for (std::size_t i = 0; i < corpus.test.size(); ++i) {
        const auto at = part.outputs(corpus.test[i]);
        double sum = 0.0;
        double known = 0.0;
        for (Eigen::Index j = 0; j < scores.cols(); ++j) {
            const double score = scores(static_cast<Eigen::Index>(i), j);
            if (std::isnan(score)) {
                continue;
            }
            sum += score;
            known += 1.0;
            if (own) {
                const auto& model = part.panel[static_cast<std::size_t>(j)];
                double q = static_cast<double>(model.mean);
                for (std::size_t k = 0; k < kLatents; ++k) {
                    q += static_cast<double>(model.loading[k]) * at[k];
                }
                error(j) += (q - score) * (q - score);
                base(j) += (static_cast<double>(model.mean) - score) * (static_cast<double>(model.mean) - score);
            }
        }
        if (known > 0.0) {
            predicted.push_back(part.panelFailure(at));
            observed.push_back(1.0 - sum / known);
        }
    }
    result.correlation = predicted.empty() ? 0.0 : correlationOf(predicted, observed);
    if (own && !predicted.empty()) {
        result.brierSkill = (1.0 - error.array() / base.array().max(1e-12)).mean();
    }
    return result;
}

// How familiar training prompts are to the other four fifths of training: the low quantile is the bound.
double rareFamiliarity(const std::vector<Corpus>& corpora) {
    constexpr std::size_t kWords = (std::size_t{1} << kSeenBits) / 64;
    std::vector<double> values;
    for (std::size_t fold = 0; fold < kFamiliarityFolds; ++fold) {
        DifficultyModel::Data seen;
        seen.seenWords.assign(kWords, 0);
        seen.seenPairs.assign(kWords, 0);
        for (const auto& corpus : corpora) {
            for (std::size_t i = 0; i < corpus.train.size(); ++i) {
                if (i % kFamiliarityFolds != fold) {
                    markSeen(corpus.train[i], seen.seenWords, seen.seenPairs);
                }
            }
        }
        for (const auto& corpus : corpora) {
            for (std::size_t i = fold; i < corpus.train.size(); i += kFamiliarityFolds) {
                values.push_back(seen.familiarity(corpus.train[i]));
            }
        }
    }
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(kRareShare * static_cast<double>(values.size()))];
}

}  // namespace

Result<DifficultyModel::Data> train(const TrainOptions& options, TrainReport& report, const TaskContext& task) {
    if (options.folders.empty() || options.folders.size() > 2) {
        return fail(ErrorCode::invalidArgument, "training takes one or two folders of prompts and outcomes");
    }
    std::vector<Corpus> corpora;
    for (const auto& folder : options.folders) {
        auto corpus = readCorpus(folder);
        if (!corpus) {
            return fail(corpus.error());
        }
        corpora.push_back(std::move(*corpus));
    }
    DifficultyModel::Data data;
    const auto total = static_cast<std::int64_t>(corpora.size());
    for (const auto& corpus : corpora) {
        if (task.stopRequested()) {
            return TaskContext::cancelled();
        }
        task.report({"Training", static_cast<std::int64_t>(data.parts.size()), total, 0});
        data.parts.push_back(trainPart(corpus, options.seed));
        report.trainedOn.push_back(corpus.train.size());
    }
    constexpr std::size_t kWords = (std::size_t{1} << kSeenBits) / 64;
    data.seenWords.assign(kWords, 0);
    data.seenPairs.assign(kWords, 0);
    for (const auto& corpus : corpora) {
        for (const auto& features : corpus.train) {
            markSeen(features, data.seenWords, data.seenPairs);
        }
    }
    data.leastFamiliar = static_cast<float>(rareFamiliarity(corpora));
    report.leastFamiliar = static_cast<double>(data.leastFamiliar);
    for (const auto& part : data.parts) {
        for (const auto& corpus : corpora) {
            if (!corpus.test.empty()) {
                report.heldOut.push_back(judge(part, corpus));
            }
        }
    }
    task.report({"Training", total, total, 0});
    return data;
}

}  // namespace tierwise::assess
