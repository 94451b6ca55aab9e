// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/trainer.h"

#include <algorithm>
#include <cmath>

#include "core/assess/dataset.h"
#include "core/assess/metrics.h"
#include "core/assess/part_trainer.h"
#include "core/assess/screening.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kFewestPrompts = 200;

struct Corpus {
    Dataset data;
    std::vector<Features> train;
    std::vector<std::vector<std::string>> trainWords;
    std::vector<std::size_t> trainRows;
    std::vector<Features> test;
    std::vector<std::size_t> testRows;
    Screened believed;  // of the training rows
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
        if (!hasSplit || prompt.split == "train") {
            corpus.train.push_back(extractor.extract(prompt.text));
            corpus.trainWords.push_back(extractor.words());
            corpus.trainRows.push_back(row);
        } else {
            corpus.testRows.push_back(row);  // read once the vocabulary is known
        }
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
Vector lengthsOf(const Corpus& corpus, const std::vector<std::size_t>& rows) {
    Vector lengths(static_cast<Eigen::Index>(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::vector<float> known;
        for (std::size_t j = 0; j < corpus.data.models.size(); ++j) {
            const float tokens = corpus.data.outTokens[corpus.data.cell(rows[i], j)];
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

// Screens the training outcomes, and says what a part is made of.
Result<PartCorpus> believedPart(Corpus& corpus, TrainReport& report) {
    std::vector<std::string> categories;
    for (const auto row : corpus.trainRows) {
        categories.push_back(corpus.data.prompts[row].category);
    }
    corpus.believed = screenOutcomes(scoresOf(corpus, corpus.trainRows), categories);
    const auto& believed = corpus.believed;
    if (believed.rows.size() < kFewestPrompts) {
        return fail(ErrorCode::invalidArgument, "fewer than 200 training prompts with outcomes that tell of the models",
                    "Scores that do not go along with the other models' are left out: check how answers were scored.");
    }
    for (const auto& block : believed.setAside) {
        auto& list = report.notBelieved;
        if (list.empty() || list.back().part != corpus.data.name || list.back().category != block.category) {
            list.push_back({corpus.data.name, block.category, {}});
        }
        if (block.model) {
            list.back().models.push_back(corpus.data.models[*block.model]);
        }
    }
    PartCorpus part{corpus.data.name, corpus.data.models, {}, believed.scores, believed.labels, {}};
    std::vector<std::size_t> rows;
    for (const auto i : believed.rows) {
        part.prompts.push_back(corpus.train[i]);
        rows.push_back(corpus.trainRows[i]);
    }
    part.lengths = lengthsOf(corpus, rows);
    return part;
}

HeldOut judge(const Part& part, const Corpus& corpus) {
    HeldOut result{part.trainedOn, corpus.data.name, 0, 0.0, 0.0};
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
            const auto& category = corpus.data.prompts[corpus.testRows[i]].category;
            if (std::isnan(score) || !corpus.believed.believes(category, static_cast<std::size_t>(j))) {
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
    result.prompts = predicted.size();
    result.correlation = lineThrough(predicted, observed).correlation;
    if (own && !predicted.empty()) {
        result.brierSkill = (1.0 - error.array() / base.array().max(1e-12)).mean();
    }
    return result;
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
    for (auto& corpus : corpora) {
        if (task.stopRequested()) {
            return TaskContext::cancelled();
        }
        task.report({"Training", static_cast<std::int64_t>(data.parts.size()), total, 0});
        const auto part = believedPart(corpus, report);
        if (!part) {
            return fail(part.error());
        }
        data.parts.push_back(trainPart(*part, options.seed));
        report.trainedOn.push_back(part->prompts.size());
    }
    std::vector<const Features*> prompts;
    for (const auto& corpus : corpora) {
        for (const auto& features : corpus.train) {
            prompts.push_back(&features);
        }
    }
    std::vector<std::vector<std::string>> words;
    for (const auto& corpus : corpora) {
        words.insert(words.end(), corpus.trainWords.begin(), corpus.trainWords.end());
    }
    data.vocabulary = Vocabulary(words);
    FeatureExtractor extractor;
    for (auto& corpus : corpora) {
        for (const auto row : corpus.testRows) {
            corpus.test.push_back(extractor.extract(corpus.data.prompts[row].text, &data.vocabulary));
        }
    }
    data.novelty = Novelty::fit(prompts);
    report.leastFamiliar = static_cast<double>(data.novelty.leastFamiliar);
    report.mostStrange = static_cast<double>(data.novelty.mostStrange);
    for (const auto& corpus : corpora) {
        report.unlikeHeldOut.push_back(static_cast<std::size_t>(
            std::count_if(corpus.test.begin(), corpus.test.end(), [&](const Features& features) {
                return data.novelty.signalOf(features, data.novelty.coverageOf(features)) == Signal::unlikeAnythingSeen;
            })));
        report.testPrompts.push_back(corpus.test.size());
    }
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
