// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/refit.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "core/assess/part_trainer.h"
#include "core/assess/ridge.h"
#include "core/base/rng.h"

namespace tierwise::assess {
namespace {

constexpr std::size_t kFolds = 5;
constexpr double kPriorAnswers = 4.0;   // that a model's mean is shrunk to the overall mean by
constexpr double kLeastErrors = 1.645;  // standard errors that the gain must be above 0

double shippedFailure(const DifficultyModel& shipped, const Features& features) {
    const auto& parts = shipped.data().parts;
    double failure = 0.0;
    for (const auto& part : parts) {
        failure += part.panelFailure(part.outputs(features)) / static_cast<double>(parts.size());
    }
    return failure;
}

// By prompt: mean of (model's mean - score), i.e. how much worse than usual; nothing where there is no answer.
Result<std::vector<std::optional<double>>> targetsOf(const RefitInput& input, double& overallFailure) {
    std::map<std::string, std::pair<double, double>> sums;
    double all = 0.0;
    for (const auto& answer : input.answers) {
        if (!(answer.score >= 0.0 && answer.score <= 1.0) || answer.prompt >= input.prompts.size()) {
            return fail(ErrorCode::invalidArgument, "a score is not between 0 and 1",
                        "Map stars, thumbs or percentages onto 0..1 first.");
        }
        auto& sum = sums[answer.model];
        sum.first += answer.score;
        sum.second += 1.0;
        all += answer.score;
    }
    const double mean = input.answers.empty() ? 0.5 : all / static_cast<double>(input.answers.size());
    overallFailure = 1.0 - mean;
    std::vector<std::pair<double, double>> byPrompt(input.prompts.size());
    for (const auto& answer : input.answers) {
        const auto& [sum, count] = sums[answer.model];
        byPrompt[answer.prompt].first += (sum + kPriorAnswers * mean) / (count + kPriorAnswers) - answer.score;
        byPrompt[answer.prompt].second += 1.0;
    }
    std::vector<std::optional<double>> targets(input.prompts.size());
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (byPrompt[i].second > 0.0) {
            targets[i] = byPrompt[i].first / byPrompt[i].second;
        }
    }
    return targets;
}

// A part with one "model" whose score is high where the target is low.
Part partOf(const RefitInput& input, const std::vector<std::size_t>& prompts, const Vector& target) {
    PartCorpus corpus;
    corpus.name = "this project";
    corpus.models = {"scored answers"};
    corpus.scores.resize(static_cast<Eigen::Index>(prompts.size()), 1);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        corpus.prompts.push_back(input.prompts[prompts[i]]);
        corpus.scores(static_cast<Eigen::Index>(i), 0) = -target(static_cast<Eigen::Index>(i));
    }
    return trainPart(corpus, input.seed);
}

// What the part adds to failure; the latents of one model are its score.
double addedFailure(const Part& part, const Features& features) {
    const auto at = part.outputs(features);
    double failure = 0.0;
    for (std::size_t k = 0; k < kLatents; ++k) {
        failure -= static_cast<double>(part.panel.front().loading[k]) * at[k];
    }
    return failure;
}

// Is the mean squared error of the first fit's out-of-sample predictions above the second's, beyond chance?
bool isBetter(const RidgeBasis::Fit& alone, const RidgeBasis::Fit& both, const Vector& target) {
    const Eigen::ArrayXd gain =
        (target - alone.leaveOneOut).array().square() - (target - both.leaveOneOut).array().square();
    const auto n = static_cast<double>(gain.size());
    const double spread = std::sqrt((gain - gain.mean()).square().sum() / (n - 1.0) / n);
    return gain.mean() > kLeastErrors * spread;
}

double explainedBy(const RidgeBasis::Fit& fit, const Vector& target) {
    const double variance = (target.array() - target.mean()).square().mean();
    return variance > 0.0 ? 1.0 - fit.error / variance : 0.0;
}

}  // namespace

Result<Refit> refitDifficulty(const DifficultyModel& shipped, const RefitInput& input, const TaskContext& task) {
    double overallFailure = 0.5;
    const auto targets = targetsOf(input, overallFailure);
    if (!targets) {
        return fail(targets.error());
    }
    std::vector<std::size_t> labelled;
    for (std::size_t i = 0; i < targets->size(); ++i) {
        if ((*targets)[i] && input.prompts[i].words >= kFewestWords) {
            labelled.push_back(i);
        }
    }
    Refit refit;
    refit.labelled = labelled.size();
    if (labelled.size() < kFewestLabelled) {
        return fail(
            ErrorCode::invalidArgument,
            fmt::format("{} prompts with scored answers; a refit takes at least {}", labelled.size(), kFewestLabelled),
            "Import more outcomes, or keep the shipped difficulty.");
    }
    Rng rng(input.seed);
    for (std::size_t i = labelled.size(); i > 1; --i) {
        std::swap(labelled[i - 1], labelled[rng.below(i)]);
    }
    const auto n = static_cast<Eigen::Index>(labelled.size());
    Vector target(n);
    Matrix columns(n, 2);  // shipped, own
    for (Eigen::Index i = 0; i < n; ++i) {
        const auto prompt = labelled[static_cast<std::size_t>(i)];
        target(i) = *(*targets)[prompt];
        columns(i, 0) = shippedFailure(shipped, input.prompts[prompt]);
    }
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        if (task.stopRequested()) {
            return TaskContext::cancelled();
        }
        task.report({"Refitting", static_cast<std::int64_t>(fold), static_cast<std::int64_t>(kFolds) + 1, 0});
        std::vector<std::size_t> train;
        std::vector<Eigen::Index> places;
        for (std::size_t i = 0; i < labelled.size(); ++i) {
            if (i % kFolds != fold) {
                train.push_back(labelled[i]);
                places.push_back(static_cast<Eigen::Index>(i));
            }
        }
        const Part part = partOf(input, train, target(places));
        for (std::size_t i = fold; i < labelled.size(); i += kFolds) {
            columns(static_cast<Eigen::Index>(i), 1) = addedFailure(part, input.prompts[labelled[i]]);
        }
    }
    const std::vector<double> strengths{1e-3, 0.1, 1.0, 10.0, 100.0};
    const auto alone = RidgeBasis(columns.leftCols(1)).best(target, strengths);
    const auto both = RidgeBasis(columns).best(target, strengths);
    refit.explainedShipped = explainedBy(alone, target);
    refit.explainedRefitted = explainedBy(both, target);
    refit.adopted = refit.explainedRefitted > 0.0 && isBetter(alone, both, target);
    if (!refit.adopted) {
        return refit;
    }
    const Part part = partOf(input, labelled, target);
    std::vector<const Features*> known;
    known.reserve(labelled.size());
    for (const auto prompt : labelled) {
        known.push_back(&input.prompts[prompt]);
    }
    const Novelty novelty = Novelty::fit(known);
    std::vector<std::optional<double>> own(input.prompts.size());
    for (std::size_t i = 0; i < labelled.size(); ++i) {
        own[labelled[i]] = columns(static_cast<Eigen::Index>(i), 1);
    }
    for (std::size_t i = 0; i < input.prompts.size(); ++i) {
        const auto& features = input.prompts[i];
        const double added = own[i] ? *own[i] : addedFailure(part, features);
        const double failure = overallFailure + both.intercept + both.weights(0) * shippedFailure(shipped, features) +
                               both.weights(1) * added;
        refit.difficulty.push_back(static_cast<float>(std::clamp(failure, 0.02, 0.98)));
        const auto& first = shipped.data().novelty;
        auto signal = first.signalOf(features, first.coverageOf(features));
        if (signal == Signal::unlikeAnythingSeen) {
            signal = own[i] ? Signal::scored : novelty.signalOf(features, novelty.coverageOf(features));
        }
        refit.signal.push_back(signal);
    }
    task.report({"Refitting", static_cast<std::int64_t>(kFolds) + 1, static_cast<std::int64_t>(kFolds) + 1, 0});
    return refit;
}

}  // namespace tierwise::assess
