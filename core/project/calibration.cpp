// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "core/assess/quality_model.h"
#include "core/base/rng.h"
#include "core/project/outcomes.h"

namespace tierwise::project {
namespace {

constexpr std::size_t kFolds = 5;
constexpr std::size_t kBins = 10;

struct Scored {
    std::string model;
    std::optional<double> difficulty;
    double score = 0;
    std::size_t fold = 0;
    double predicted = 0;
};

std::vector<Scored> scoredAnswers(const store::WorkloadSnapshot& rows, std::span<const replay::Outcome> outcomes,
                                  std::uint64_t seed) {
    std::vector<Scored> scored;
    const auto add = [&](std::size_t row, std::string model, double score) {
        // A session's rows share a fold; a row without a session has one of its own.
        const auto session = static_cast<std::uint64_t>(rows.session.codes.empty() ? 0 : rows.session.codes[row]);
        Rng rng(seed ^ (session != 0 ? session : (std::uint64_t{1} << 40U) + row));
        const auto difficulty = rows.difficulty.at(row);
        scored.push_back({std::move(model), difficulty ? std::optional<double>(*difficulty) : std::nullopt, score,
                          static_cast<std::size_t>(rng.below(kFolds)), 0});
    };
    const auto own = [&](std::size_t row) { return rows.model.codes[row] != 0 ? rows.score.at(row) : std::nullopt; };
    for (std::size_t row = 0; row < rows.rows; ++row) {
        if (const auto score = own(row)) {
            add(row, std::string(rows.model.at(row)), static_cast<double>(*score));
        }
    }
    for (const auto& outcome : outcomes) {
        if (outcome.score && outcome.row < rows.rows &&
            !(own(outcome.row) && rows.model.at(outcome.row) == outcome.model)) {
            add(outcome.row, outcome.model, static_cast<double>(*outcome.score));
        }
    }
    return scored;
}

Result<void> predictOutOfFold(std::vector<Scored>& scored, const TaskContext& context) {
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        std::vector<assess::ScoredRow> training;
        for (const auto& row : scored) {
            if (row.fold != fold) {
                training.push_back({row.model, row.difficulty, row.score});
            }
        }
        assess::QualityModel model;
        if (auto fitted = model.fit(training); !fitted) {
            return fitted;
        }
        for (auto& row : scored) {
            if (row.fold == fold) {
                row.predicted = model.quality(model.addModel(row.model), row.difficulty).q;
            }
        }
    }
    return {};
}

// Wilson's score interval; observed may be a mean of scores between 0 and 1, for which it is conservative.
void addInterval(ReliabilityBin& bin) {
    constexpr double kZ = 1.96;
    const auto n = static_cast<double>(bin.rows);
    const double middle = (bin.observed + kZ * kZ / (2 * n)) / (1 + kZ * kZ / n);
    const double half =
        kZ / (1 + kZ * kZ / n) * std::sqrt(bin.observed * (1 - bin.observed) / n + kZ * kZ / (4 * n * n));
    bin.low = std::max(0.0, middle - half);
    bin.high = std::min(1.0, middle + half);
}

}  // namespace

Result<CalibrationReport> calibrationReport(const store::WorkloadSnapshot& rows,
                                            std::span<const replay::Outcome> outcomes, std::uint64_t seed,
                                            const TaskContext& context) {
    CalibrationReport report;
    std::vector<Scored> scored = scoredAnswers(rows, meansByName(outcomes), seed);
    report.scoredRows = scored.size();
    if (scored.size() < kFolds) {
        return report;
    }
    if (auto predicted = predictOutOfFold(scored, context); !predicted) {
        return fail(predicted.error());
    }
    std::array<ReliabilityBin, kBins> bins;
    std::map<std::string, ModelCalibration> models;
    for (const auto& row : scored) {
        auto& bin = bins[std::min(kBins - 1, static_cast<std::size_t>(row.predicted * kBins))];
        ++bin.rows;
        bin.predicted += row.predicted;
        bin.observed += row.score;
        const double squared = (row.predicted - row.score) * (row.predicted - row.score);
        report.brier += squared;
        auto& model = models[row.model];
        model.model = row.model;
        ++model.rows;
        model.meanScore += row.score;
        model.meanPredicted += row.predicted;
        model.brier += squared;
    }
    const auto total = static_cast<double>(scored.size());
    report.brier /= total;
    for (std::size_t i = 0; i < kBins; ++i) {
        auto& bin = bins[i];
        if (bin.rows == 0) {
            continue;
        }
        bin.from = static_cast<double>(i) / kBins;
        bin.to = static_cast<double>(i + 1) / kBins;
        bin.predicted /= static_cast<double>(bin.rows);
        bin.observed /= static_cast<double>(bin.rows);
        report.expectedCalibrationError +=
            std::abs(bin.observed - bin.predicted) * static_cast<double>(bin.rows) / total;
        addInterval(bin);
        report.bins.push_back(bin);
    }
    for (auto& [name, model] : models) {
        const auto n = static_cast<double>(model.rows);
        model.meanScore /= n;
        model.meanPredicted /= n;
        model.brier /= n;
        model.rung = assess::Rung::calibrated;
        report.models.push_back(std::move(model));
    }
    std::stable_sort(report.models.begin(), report.models.end(),
                     [](const auto& a, const auto& b) { return a.rows > b.rows; });
    return report;
}

double SignalHistogram::edge(std::size_t bin) const {
    const double share = static_cast<double>(bin) / static_cast<double>(counts.size());
    return logarithmic ? from * std::pow(to / from, share) : from + (to - from) * share;
}

SignalHistogram signalHistogram(const Workbench& workbench, std::size_t bins,
                                std::optional<std::span<const std::uint32_t>> only) {
    const auto& rows = workbench.rows();
    const bool byLength = workbench.signal() != "difficulty";
    SignalHistogram histogram;
    histogram.counts.assign(std::max<std::size_t>(1, bins), 0);
    if (byLength) {
        const auto range = workbench.signalRange();
        histogram.logarithmic = true;
        histogram.from = std::max(1.0, std::floor(range.least));
        histogram.to = std::max(2 * histogram.from, range.greatest);
    }
    const double span = histogram.logarithmic ? std::log(histogram.to / histogram.from) : histogram.to - histogram.from;
    const auto lastBin = static_cast<double>(histogram.counts.size() - 1);
    const std::size_t count = only ? only->size() : rows.rows;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t row = only ? (*only)[i] : i;
        std::optional<double> value;
        if (byLength) {
            if (const auto tokens = rows.inputTotal(row)) {
                value = static_cast<double>(*tokens) / rows.requests[row];
            }
        } else if (const auto difficulty = rows.difficulty.at(row)) {
            value = static_cast<double>(*difficulty);
        }
        if (value) {
            const double from = histogram.logarithmic ? std::log(std::max(*value, histogram.from) / histogram.from)
                                                      : *value - histogram.from;
            const double place = from / span * static_cast<double>(histogram.counts.size());
            ++histogram.counts[static_cast<std::size_t>(std::clamp(place, 0.0, lastBin))];
        } else {
            ++histogram.without;
            const bool unlike = row < rows.signal.size() &&
                                rows.signal[row] == static_cast<std::uint8_t>(assess::Signal::unlikeAnythingSeen);
            histogram.unlikeAnythingSeen += unlike ? 1 : 0;
        }
    }
    return histogram;
}

Result<std::array<SignalHistogram, 4>> signalByTier(const Workbench& workbench, const route::Policy& policy,
                                                    std::size_t bins) {
    std::array<SignalHistogram, 4> tiers;
    for (std::size_t tier = 0; tier < tiers.size(); ++tier) {
        const auto rows = workbench.rowsOf(policy, static_cast<Tier>(tier));
        if (!rows) {
            return fail(rows.error());
        }
        tiers[tier] = signalHistogram(workbench, bins, *rows);
    }
    return tiers;
}

}  // namespace tierwise::project
