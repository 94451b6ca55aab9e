// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/evaluate.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/assess/ability.h"
#include "core/assess/blend.h"
#include "core/assess/dataset.h"
#include "core/assess/evaluate_table.h"
#include "core/assess/model_file.h"
#include "core/base/rng.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kFewestRows = 50;
constexpr double kMostOverlap = 0.05;  // a part that saw more of the folder than this is left out
constexpr std::size_t kDesigns = 3;
constexpr double kTokensPerByte = 0.25;
constexpr double kPanelCapability = 0.42;  // of an unknown model too

// The identity up to 0.9, then towards 1 without reaching it, so that order is kept.
double softCap(double share) {
    return share <= 0.9 ? share : 0.9 + 0.1 * (1.0 - std::exp(-(share - 0.9) / 0.1));
}

struct Setting {
    Dataset data;
    std::vector<std::size_t> chosen;  // models
    std::vector<std::size_t> rows;    // prompts that all chosen models answered
    std::vector<Features> features;   // by row
    std::vector<const Part*> parts;   // of the prior, without those that were trained here
    Truth truth;
};

Result<void> chooseModels(const EvaluateOptions& options, Setting& setting) {
    std::vector<std::string> names = options.models;
    if (!options.strong.empty() || !options.weak.empty()) {
        if (options.strong.empty() || options.weak.empty() || !options.models.empty()) {
            return fail(ErrorCode::invalidArgument, "a pair is --strong with --weak, and without --models");
        }
        names = {options.strong, options.weak};
        setting.truth.pair = true;
    }
    if (names.empty()) {
        names = setting.data.models;
    }
    for (const auto& name : names) {
        const auto index = setting.data.modelIndex(name);
        if (!index) {
            return fail(ErrorCode::invalidArgument, "the model '" + name + "' has no outcome in " + setting.data.name,
                        "Names are case-sensitive; see the column 'model' of outcomes.csv.");
        }
        if (std::find(setting.chosen.begin(), setting.chosen.end(), *index) != setting.chosen.end()) {
            return fail(ErrorCode::invalidArgument, "the model '" + name + "' is named twice");
        }
        setting.chosen.push_back(*index);
    }
    if (setting.chosen.size() < 2 || setting.chosen.size() > 255) {
        return fail(ErrorCode::invalidArgument, "choosing takes 2 to 255 models");
    }
    setting.truth.names = names;
    for (std::size_t row = 0; row < setting.data.prompts.size(); ++row) {
        const bool complete = std::all_of(setting.chosen.begin(), setting.chosen.end(), [&](std::size_t model) {
            return !std::isnan(setting.data.score[setting.data.cell(row, model)]);
        });
        if (complete) {
            setting.rows.push_back(row);
        }
    }
    if (setting.rows.size() < kFewestRows) {
        return fail(ErrorCode::invalidArgument, "fewer than 50 prompts were answered by all the chosen models",
                    "Choose models that share more prompts, or add outcomes.");
    }
    return {};
}

// Costs of the chosen models on the rows: from the price list and tokens, or as recorded. Unknown cells take the
// model's mean; a model without any cost leaves the whole table without.
Result<void> fillTruth(const EvaluateOptions& options, Setting& setting) {
    const auto n = static_cast<Eigen::Index>(setting.rows.size());
    const auto m = static_cast<Eigen::Index>(setting.chosen.size());
    std::map<std::string, TokenPrice> prices;
    if (!options.prices.empty()) {
        auto read = readPrices(options.prices, setting.data.name);
        if (!read) {
            return fail(read.error());
        }
        prices = std::move(*read);
        for (const auto& name : setting.truth.names) {
            if (prices.count(name) == 0) {
                return fail(ErrorCode::invalidArgument, "the price list has no price for '" + name + "'",
                            "Add a row with usd_in_per_M and usd_out_per_M.", options.prices.string());
            }
        }
    }
    setting.truth.score.resize(n, m);
    setting.truth.length.resize(n);
    Matrix cost(n, m);
    bool complete = true;
    for (Eigen::Index j = 0; j < m; ++j) {
        double sum = 0.0;
        double known = 0.0;
        const auto model = setting.chosen[static_cast<std::size_t>(j)];
        for (Eigen::Index i = 0; i < n; ++i) {
            const auto row = setting.rows[static_cast<std::size_t>(i)];
            const auto cell = setting.data.cell(row, model);
            setting.truth.score(i, j) = static_cast<double>(setting.data.score[cell]);
            double value = static_cast<double>(setting.data.costUsd[cell]);
            if (!prices.empty()) {
                const auto& price = prices[setting.truth.names[static_cast<std::size_t>(j)]];
                const auto& prompt = setting.data.prompts[row];
                const double in = prompt.promptTokens ? static_cast<double>(*prompt.promptTokens)
                                                      : kTokensPerByte * static_cast<double>(prompt.text.size());
                const double out = static_cast<double>(setting.data.outTokens[cell]);
                value = (in * price.inPerMillion + out * price.outPerMillion) * 1e-6;
                if (price.outPerMillion == 0.0) {
                    value = in * price.inPerMillion * 1e-6;
                }
            }
            cost(i, j) = value;
            if (!std::isnan(value)) {
                sum += value;
                known += 1.0;
            }
        }
        if (known == 0.0) {
            complete = false;
            continue;
        }
        cost.col(j) = cost.col(j).unaryExpr([&](double value) { return std::isnan(value) ? sum / known : value; });
    }
    if (complete) {
        setting.truth.cost = cost;
    }
    for (Eigen::Index i = 0; i < n; ++i) {
        setting.truth.length(i) = static_cast<double>(
            setting.features[static_cast<std::size_t>(i)].counters[static_cast<std::size_t>(Counter::logBytes)]);
    }
    return {};
}

void choosePriorParts(const DifficultyModel* prior, Setting& setting, EvaluateReport& report) {
    if (prior == nullptr) {
        return;
    }
    std::vector<std::uint32_t> hashes;
    for (const auto& features : setting.features) {
        hashes.push_back(promptHash(features));
    }
    std::vector<bool> seen(hashes.size());
    for (const auto& part : prior->data().parts) {
        std::size_t overlap = 0;
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            if (part.trainedOnPrompt(hashes[i])) {
                seen[i] = true;
                ++overlap;
            }
        }
        if (static_cast<double>(overlap) <= kMostOverlap * static_cast<double>(hashes.size())) {
            setting.parts.push_back(&part);
            report.priorParts.push_back(part.trainedOn);
        }
    }
    report.overlap = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
    for (const auto& features : setting.features) {
        const auto& novelty = prior->data().novelty;
        const auto signal = novelty.signalOf(features, novelty.coverageOf(features));
        report.notScored += signal == Signal::noSignal ? 1 : 0;
        report.unlike += signal == Signal::unlikeAnythingSeen ? 1 : 0;
    }
}

// Scores of all the folder's models on the rows; NaN = unknown.
Matrix scoreTable(const Setting& setting) {
    Matrix table(static_cast<Eigen::Index>(setting.rows.size()), static_cast<Eigen::Index>(setting.data.models.size()));
    for (std::size_t i = 0; i < setting.rows.size(); ++i) {
        for (std::size_t j = 0; j < setting.data.models.size(); ++j) {
            table(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) =
                static_cast<double>(setting.data.score[setting.data.cell(setting.rows[i], j)]);
        }
    }
    return table;
}

// Fits to some rows and predicts others. Labels: every model's outcome on the training rows.
Predictions predictWith(const Design& design, const Setting& setting, const Matrix& scores,
                        const std::vector<Eigen::Index>& train, const std::vector<std::size_t>& judged,
                        std::uint64_t seed) {
    const RidgeBasis basis(design.columns(train, Eigen::all));
    const auto blend = Blend::fit(design, train, basis, scores(train, Eigen::all), setting.chosen, seed);
    const std::vector<Eigen::Index> test(judged.begin(), judged.end());
    Predictions said;
    said.rows = judged;
    said.quality = blend.predict(design, test);
    if (setting.truth.pair) {
        const Vector gain = setting.truth.score(train, 0) - setting.truth.score(train, 1);
        const auto fit = basis.best(gain, shrinkageGrid());
        // Two ways to the same quantity, whose errors differ: fitted as such, and as what the models' heads leave.
        said.gain = (design.columns(test, Eigen::all) * fit.weights).array() + fit.intercept;
        said.gain += said.quality.col(0) - said.quality.col(1);
    }
    if (setting.truth.cost.cols() == 0) {
        return said;
    }
    const Matrix unseen = design.columns(test, Eigen::all);
    said.cost = Matrix::Zero(said.quality.rows(), said.quality.cols());
    for (Eigen::Index j = 0; j < said.cost.cols(); ++j) {
        const Vector paid = setting.truth.cost(train, j);
        if (paid.maxCoeff() > 0.0) {
            said.cost.col(j) = fitAmount(basis, paid, 1e-9).mean(unseen);
        }
    }
    return said;
}

// The mean of what several designs say: they look at other landmarks each, and what one draw of them makes up goes.
Predictions fitAndPredict(const Setting& setting, const std::vector<Design>& designs, const Matrix& scores,
                          const std::vector<Eigen::Index>& train, const std::vector<std::size_t>& judged,
                          std::uint64_t seed) {
    Predictions mean = predictWith(designs.front(), setting, scores, train, judged, seed);
    for (std::size_t i = 1; i < designs.size(); ++i) {
        const auto said = predictWith(designs[i], setting, scores, train, judged, seed + i);
        mean.quality += said.quality;
        mean.gain += said.gain;
        mean.cost += said.cost;
    }
    const double share = 1.0 / static_cast<double>(designs.size());
    mean.quality *= share;
    mean.gain *= share;
    mean.cost *= share;
    return mean;
}

std::vector<std::size_t> shuffled(std::size_t size, Rng& rng) {
    std::vector<std::size_t> order(size);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = size; i > 1; --i) {
        std::swap(order[i - 1], order[rng.below(i)]);
    }
    return order;
}

std::vector<Design> designsFor(const Setting& setting, std::uint64_t seed) {
    std::vector<Design> designs;
    DesignOptions options;
    for (std::size_t i = 0; i < kDesigns; ++i) {
        options.seed = seed + i;
        designs.push_back(makeDesign(setting.features, setting.parts, options));
    }
    return designs;
}

Result<std::vector<Predictions>> predictFolds(const EvaluateOptions& options, const Setting& setting,
                                              const TaskContext& task) {
    const std::size_t n = setting.rows.size();
    if (options.count < 2 || options.count > n / 10) {
        return fail(ErrorCode::invalidArgument,
                    fmt::format("the number of folds must be from 2 to {}, a tenth of the prompts", n / 10));
    }
    Rng rng(options.seed);
    const auto order = shuffled(n, rng);
    task.report({"Embedding", 0, static_cast<std::int64_t>(options.count), 0});
    const auto designs = designsFor(setting, options.seed);
    const Matrix scores = scoreTable(setting);
    Predictions all;
    all.rows.resize(n);
    std::iota(all.rows.begin(), all.rows.end(), std::size_t{0});
    all.quality.resize(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(setting.chosen.size()));
    all.gain.resize(setting.truth.pair ? all.quality.rows() : 0);
    if (setting.truth.cost.cols() > 0) {
        all.cost.resize(all.quality.rows(), all.quality.cols());
    }
    for (std::size_t fold = 0; fold < options.count; ++fold) {
        if (task.stopRequested()) {
            return TaskContext::cancelled();
        }
        std::vector<Eigen::Index> train;
        std::vector<std::size_t> judged;
        for (std::size_t i = 0; i < n; ++i) {
            if (i % options.count == fold) {
                judged.push_back(order[i]);
            } else {
                train.push_back(static_cast<Eigen::Index>(order[i]));
            }
        }
        const auto said = fitAndPredict(setting, designs, scores, train, judged, options.seed);
        const std::vector<Eigen::Index> places(judged.begin(), judged.end());
        all.quality(places, Eigen::all) = said.quality;
        if (setting.truth.pair) {
            all.gain(places) = said.gain;
        }
        if (all.cost.cols() > 0) {
            all.cost(places, Eigen::all) = said.cost;
        }
        task.report({"Fitting", static_cast<std::int64_t>(fold) + 1, static_cast<std::int64_t>(options.count), 0});
    }
    return std::vector<Predictions>{std::move(all)};
}

Result<std::vector<Predictions>> predictLabels(const EvaluateOptions& options, const Setting& setting,
                                               const TaskContext& task) {
    const std::size_t n = setting.rows.size();
    if (options.count < 20 || options.count > n - 20 || options.draws < 1 || options.draws > 1000) {
        return fail(ErrorCode::invalidArgument,
                    fmt::format("labels must be from 20 to {} (20 prompts are left to judge), and draws from 1 to 1000",
                                n - 20));
    }
    const auto designs = designsFor(setting, options.seed);
    const Matrix scores = scoreTable(setting);
    Rng rng(options.seed);
    std::vector<Predictions> draws;
    for (std::size_t draw = 0; draw < options.draws; ++draw) {
        if (task.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto order = shuffled(n, rng);
        const std::vector<Eigen::Index> train(order.begin(),
                                              order.begin() + static_cast<std::ptrdiff_t>(options.count));
        std::vector<std::size_t> judged(order.begin() + static_cast<std::ptrdiff_t>(options.count), order.end());
        std::sort(judged.begin(), judged.end());
        draws.push_back(fitAndPredict(setting, designs, scores, train, judged, options.seed));
        task.report({"Drawing", static_cast<std::int64_t>(draw) + 1, static_cast<std::int64_t>(options.draws), 0});
    }
    return draws;
}

Result<std::vector<Predictions>> predictPrior(const Setting& setting, const AbilityTable& abilities) {
    if (setting.parts.empty()) {
        return fail(ErrorCode::invalidArgument, "all shipped weights were trained on this folder's prompts",
                    "A prior can only be judged on prompts that it never saw.");
    }
    Predictions said;
    const std::size_t n = setting.rows.size();
    said.rows.resize(n);
    std::iota(said.rows.begin(), said.rows.end(), std::size_t{0});
    const auto m = static_cast<Eigen::Index>(setting.chosen.size());
    said.quality = Matrix::Zero(static_cast<Eigen::Index>(n), m);
    std::vector<double> capability;
    for (std::size_t j = 0; j < setting.chosen.size(); ++j) {
        const auto known = abilities.find(setting.truth.names[j]);
        const double unknown = setting.truth.pair ? (j == 0 ? 0.62 : kPanelCapability) : kPanelCapability;
        capability.push_back(known ? known->capability : unknown);
    }
    if (setting.truth.pair && capability[0] <= capability[1]) {
        capability[0] = std::min(capability[1] + 0.1, 0.95);  // the user's word on which is the stronger one
    }
    // The prior's law of transfer: a model fails on a prompt in proportion to the panel's failure share of it, by its
    // own failure share on benchmarks over the panel's. So for any two models the gain of the stronger one rises with
    // difficulty; on sets that a part never saw this ranks better than the part's own curves by ability do.
    Vector failure = Vector::Zero(static_cast<Eigen::Index>(n));
    for (std::size_t i = 0; i < n; ++i) {
        for (const auto* part : setting.parts) {
            failure(static_cast<Eigen::Index>(i)) +=
                part->panelFailure(part->outputs(setting.features[i])) / static_cast<double>(setting.parts.size());
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        for (Eigen::Index j = 0; j < m; ++j) {
            const double own = failure(static_cast<Eigen::Index>(i)) * (1.0 - capability[static_cast<std::size_t>(j)]) /
                               (1.0 - kPanelCapability);
            said.quality(static_cast<Eigen::Index>(i), j) = 1.0 - softCap(own);
        }
    }
    said.quality = said.quality.cwiseMax(0.001).cwiseMin(0.999);
    if (setting.truth.pair) {
        said.gain = failure;  // by the law, the stronger one's gain rises with it
    }
    if (setting.truth.cost.cols() > 0) {
        // What the call would cost is known from the price list but for the answer's length: its mean by model.
        said.cost = setting.truth.cost.colwise().mean().replicate(static_cast<Eigen::Index>(n), 1);
    }
    return std::vector<Predictions>{std::move(said)};
}

}  // namespace

Result<EvaluateReport> evaluate(const EvaluateOptions& options, const DifficultyModel* prior,
                                const AbilityTable& abilities, const TaskContext& task) {
    Setting setting;
    auto data = readDataset(options.folder);
    if (!data) {
        return fail(data.error());
    }
    setting.data = std::move(*data);
    if (const auto chosen = chooseModels(options, setting); !chosen) {
        return fail(chosen.error());
    }
    FeatureExtractor extractor;
    for (const auto row : setting.rows) {
        const auto& text = setting.data.prompts[row].text;
        setting.features.push_back(prior == nullptr ? extractor.extract(text) : prior->read(extractor, text));
    }
    if (const auto filled = fillTruth(options, setting); !filled) {
        return fail(filled.error());
    }
    EvaluateReport report;
    report.set = setting.data.name;
    report.prompts = setting.rows.size();
    choosePriorParts(prior, setting, report);
    Result<std::vector<Predictions>> predictions = fail(ErrorCode::internal, "no mode");
    switch (options.mode) {
        case EvaluateMode::prior:
            predictions = predictPrior(setting, abilities);
            break;
        case EvaluateMode::labels:
            predictions = predictLabels(options, setting, task);
            report.labels = options.count;
            break;
        case EvaluateMode::folds:
            predictions = predictFolds(options, setting, task);
            report.labels = report.prompts - report.prompts / std::max<std::size_t>(options.count, 1);
            break;
    }
    if (!predictions) {
        return fail(predictions.error());
    }
    report.judged = predictions->front().rows.size();
    fillFigures(setting.truth, *predictions, options, report);
    return report;
}

}  // namespace tierwise::assess
