// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/quality_model.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tierwise::assess {
namespace {

constexpr double kCapabilityOfPanel = 0.42;  // mean accuracy of the training panel, the level of theta = 0
constexpr double kKnownSpread = 0.6;         // sd of theta given a benchmark score: transfer between workloads
constexpr double kUnknownSpread = 1.2;
constexpr double kLevelSpread = 1.5;  // sd of a workload's common level
constexpr double kSlopeMean = 1.0;
constexpr double kSlopeSpread = 0.35;
constexpr double kEdge = 0.005;  // difficulties are kept this far from 0 and 1

double sigmoid(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

double logit(double p) {
    return std::log(p / (1.0 - p));
}

double easiness(double difficulty) {
    return -logit(std::clamp(difficulty, kEdge, 1.0 - kEdge));
}

// The spread of difficulties that a row without one may have: a wide bell around 0.5.
constexpr std::array<double, 9> kSpreadPoints{0.06, 0.14, 0.24, 0.36, 0.5, 0.64, 0.76, 0.86, 0.94};

struct Sample {
    double x;
    double y;
};

// A model's scored answers.
struct Samples {
    std::vector<Sample> known;   // with a difficulty
    std::size_t missing = 0;     // without one
    double missingScores = 0.0;  // sum of theirs

    [[nodiscard]] std::size_t size() const { return known.size() + missing; }
};

struct Posterior {
    double theta = 0.0;
    double slope = kSlopeMean;
    double varTheta = 1.0;
    double varSlope = kSlopeSpread * kSlopeSpread;
    double covariance = 0.0;
};

// Newton's method on the penalized log-likelihood of y ~ sigmoid(theta + slope x), which is strictly concave; answers
// without a difficulty are ~ the curve's mean over the spread of difficulties, as quality() says of such rows (Fisher's
// scoring: the expected second derivative).
Posterior fitCurve(const Samples& samples, double priorMean, double priorVariance) {
    Posterior p;
    p.theta = priorMean;
    const double slopePrecision = 1.0 / (kSlopeSpread * kSlopeSpread);
    for (int step = 0; step < 50; ++step) {
        double g0 = -(p.theta - priorMean) / priorVariance;
        double g1 = -(p.slope - kSlopeMean) * slopePrecision;
        double h00 = 1.0 / priorVariance;
        double h01 = 0.0;
        double h11 = slopePrecision;
        if (samples.missing > 0) {
            double mean = 0.0;
            double byTheta = 0.0;
            double bySlope = 0.0;
            for (const double difficulty : kSpreadPoints) {
                const double x = easiness(difficulty);
                const double q = sigmoid(p.theta + p.slope * x);
                mean += q / kSpreadPoints.size();
                byTheta += q * (1.0 - q) / kSpreadPoints.size();
                bySlope += q * (1.0 - q) * x / kSpreadPoints.size();
            }
            const auto n = static_cast<double>(samples.missing);
            const double variance = std::max(mean * (1.0 - mean), 1e-9);
            g0 += (samples.missingScores - n * mean) * byTheta / variance;
            g1 += (samples.missingScores - n * mean) * bySlope / variance;
            h00 += n * byTheta * byTheta / variance;
            h01 += n * byTheta * bySlope / variance;
            h11 += n * bySlope * bySlope / variance;
        }
        for (const auto& sample : samples.known) {
            const double q = sigmoid(p.theta + p.slope * sample.x);
            const double w = std::max(q * (1.0 - q), 1e-9);
            g0 += sample.y - q;
            g1 += (sample.y - q) * sample.x;
            h00 += w;
            h01 += w * sample.x;
            h11 += w * sample.x * sample.x;
        }
        const double determinant = h00 * h11 - h01 * h01;
        double d0 = (h11 * g0 - h01 * g1) / determinant;
        double d1 = (h00 * g1 - h01 * g0) / determinant;
        const double length = std::sqrt(d0 * d0 + d1 * d1);
        if (length > 2.0) {  // a step from far away may overshoot
            d0 *= 2.0 / length;
            d1 *= 2.0 / length;
        }
        p.theta += d0;
        p.slope = std::max(p.slope + d1, 0.05);
        p.varTheta = h11 / determinant;
        p.varSlope = h00 / determinant;
        p.covariance = -h01 / determinant;
        if (length < 1e-10) {
            break;
        }
    }
    return p;
}

}  // namespace

QualityModel::QualityModel() = default;

ModelHandle QualityModel::addModel(std::string_view name, std::optional<double> capability) {
    if (const auto known = find(name)) {
        return *known;
    }
    Curve curve;
    curve.name = std::string(name);
    curve.hasCapability = capability.has_value() && *capability > 0.0 && *capability < 1.0;
    if (curve.hasCapability) {
        const double kept = std::clamp(*capability, 0.02, 0.98);
        curve.prior = {logit(kept) - logit(kCapabilityOfPanel), kKnownSpread};
    } else {
        curve.prior = {0.0, kUnknownSpread};
    }
    curve.theta = curve.prior.logit;
    curve.varTheta = curve.prior.standardError * curve.prior.standardError;
    curve.varSlope = kSlopeSpread * kSlopeSpread;
    tabulate(curve);
    const auto handle = static_cast<ModelHandle>(m_curves.size());
    m_byName.emplace(curve.name, handle);
    m_curves.push_back(std::move(curve));
    return handle;
}

std::optional<ModelHandle> QualityModel::find(std::string_view name) const {
    const auto at = m_byName.find(name);
    return at == m_byName.end() ? std::nullopt : std::optional<ModelHandle>(at->second);
}

const std::string& QualityModel::nameOf(ModelHandle model) const {
    return m_curves[static_cast<std::size_t>(model)].name;
}

std::size_t QualityModel::labels(ModelHandle model) const {
    return m_curves[static_cast<std::size_t>(model)].labels;
}

void QualityModel::tabulate(Curve& curve) const {
    const auto at = [&](double difficulty, double& q, double& se) {
        const double x = easiness(difficulty);
        q = sigmoid(curve.theta + curve.slope * x);
        const double variance = curve.varTheta + 2.0 * x * curve.covariance + x * x * curve.varSlope;
        se = std::min(q * (1.0 - q) * std::sqrt(std::max(variance, 0.0)), 0.5);
    };
    curve.q.resize(kKnots);
    curve.se.resize(kKnots);
    for (std::size_t knot = 0; knot < kKnots; ++knot) {
        double q = 0.0;
        double se = 0.0;
        at(static_cast<double>(knot) / static_cast<double>(kKnots - 1), q, se);
        curve.q[knot] = static_cast<float>(q);
        curve.se[knot] = static_cast<float>(se);
    }
    double sum = 0.0;
    double squares = 0.0;
    double variances = 0.0;
    for (const double difficulty : kSpreadPoints) {
        double q = 0.0;
        double se = 0.0;
        at(difficulty, q, se);
        sum += q;
        squares += q * q;
        variances += se * se;
    }
    const double n = static_cast<double>(kSpreadPoints.size());
    const double mean = sum / n;
    curve.meanQ = static_cast<float>(mean);
    curve.meanSe = static_cast<float>(std::sqrt(variances / n + std::max(squares / n - mean * mean, 0.0)));
}

Quality QualityModel::quality(ModelHandle model, std::optional<double> difficulty) const {
    const auto& curve = m_curves[static_cast<std::size_t>(model)];
    const Rung rung = curve.labels > 0 ? Rung::calibrated : Rung::prior;
    if (!difficulty || std::isnan(*difficulty)) {
        return {static_cast<double>(curve.meanQ), static_cast<double>(curve.meanSe), rung};
    }
    const double place = std::clamp(*difficulty, 0.0, 1.0) * static_cast<double>(kKnots - 1);
    const auto knot = std::min(static_cast<std::size_t>(place), kKnots - 2);
    const double t = place - static_cast<double>(knot);
    const auto between = [&](const std::vector<float>& table) {
        return (1.0 - t) * static_cast<double>(table[knot]) + t * static_cast<double>(table[knot + 1]);
    };
    return {between(curve.q), between(curve.se), rung};
}

Result<void> QualityModel::fit(std::span<const ScoredRow> rows) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const auto& scored = rows[row];
        const auto line = static_cast<std::int64_t>(row) + 1;
        if (!(scored.score >= 0.0 && scored.score <= 1.0)) {
            return fail(ErrorCode::invalidArgument, "a score is not between 0 and 1",
                        "Map stars, thumbs or percentages onto 0..1 first.", "scored rows", line);
        }
        if (scored.difficulty && !(*scored.difficulty >= 0.0 && *scored.difficulty <= 1.0)) {
            return fail(ErrorCode::invalidArgument, "a difficulty is not between 0 and 1", "Score the prompts again.",
                        "scored rows", line);
        }
    }
    std::vector<Samples> samples(m_curves.size());
    for (const auto& scored : rows) {
        const auto handle = static_cast<std::size_t>(addModel(scored.model));
        samples.resize(m_curves.size());
        if (scored.difficulty) {
            samples[handle].known.push_back({easiness(*scored.difficulty), scored.score});
        } else {
            ++samples[handle].missing;
            samples[handle].missingScores += scored.score;
        }
    }
    // The workload's common level: what the labelled models' own estimates say beyond their priors, weighted by what
    // each knows (empirical Bayes with one level of hierarchy).
    double weightSum = 1.0 / (kLevelSpread * kLevelSpread);
    double levelSum = 0.0;
    for (std::size_t j = 0; j < m_curves.size(); ++j) {
        const double spread = m_curves[j].prior.standardError;
        if (samples[j].size() == 0) {
            continue;
        }
        const Posterior alone = fitCurve(samples[j], m_curves[j].prior.logit, 25.0);
        const double weight = 1.0 / (alone.varTheta + spread * spread);
        weightSum += weight;
        levelSum += weight * (alone.theta - m_curves[j].prior.logit);
    }
    const double level = levelSum / weightSum;
    for (std::size_t j = 0; j < m_curves.size(); ++j) {
        auto& curve = m_curves[j];
        const double spread = curve.prior.standardError;
        const Posterior p = fitCurve(samples[j], curve.prior.logit + level, spread * spread + 1.0 / weightSum);
        curve.theta = p.theta;
        curve.slope = p.slope;
        curve.varTheta = p.varTheta;
        curve.varSlope = p.varSlope;
        curve.covariance = p.covariance;
        curve.labels = samples[j].size();
        tabulate(curve);
    }
    return {};
}

}  // namespace tierwise::assess
