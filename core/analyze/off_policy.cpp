// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analyze/off_policy.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/analyze/intervals.h"

namespace tierwise::analyze {

namespace {

constexpr std::size_t kFolds = 5;
constexpr double kLeastPropensity = 0.01;
constexpr double kLeastCoverage = 0.90;
constexpr double kLeastSample = 30;

std::uint64_t mix(std::uint64_t z) {
    z += 0x9e3779b97f4a7c15ULL;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

// Counts of one fold (or of all): tried[stratum x action], rewards likewise.
struct Counts {
    std::vector<double> tried;
    std::vector<double> inStratum;
    std::vector<double> scored;
    std::vector<double> reward;
    std::vector<double> actionScored;
    std::vector<double> actionReward;

    Counts(std::size_t strata, std::size_t actions)
        : tried(strata * actions),
          inStratum(strata),
          scored(strata * actions),
          reward(strata * actions),
          actionScored(actions),
          actionReward(actions) {}
};

// Everything that is learned from the folds that a row is not in.
class Nuisance {
public:
    Nuisance(const OffPolicyRows& rows, std::span<const std::uint8_t> fold) : m_rows(rows) {
        for (std::size_t f = 0; f < kFolds; ++f) {
            m_without.emplace_back(rows.strata, rows.actions);
        }
        for (std::size_t row = 0; row < rows.logged.size(); ++row) {
            for (std::size_t f = 0; f < kFolds; ++f) {
                if (f != fold[row]) {
                    add(m_without[f], row);
                }
            }
        }
    }

    // Share of the stratum that the log sent to the action, and was scored: rewards are seen with this probability.
    [[nodiscard]] double propensity(std::size_t fold, std::size_t row, std::uint8_t action) const {
        const auto& counts = m_without[fold];
        const std::size_t stratum = m_rows.stratum[row];
        const double all = counts.inStratum[stratum];
        return all > 0 ? counts.scored[stratum * m_rows.actions + action] / all : 0;
    }
    // Mean reward of the action in the stratum, shrunk to its overall mean by two imaginary rows.
    [[nodiscard]] double mean(std::size_t fold, std::size_t row, std::uint8_t action) const {
        const auto& counts = m_without[fold];
        const std::size_t cell = m_rows.stratum[row] * m_rows.actions + action;
        const double overall =
            counts.actionScored[action] > 0 ? counts.actionReward[action] / counts.actionScored[action] : 0.5;
        return (counts.reward[cell] + 2 * overall) / (counts.scored[cell] + 2);
    }

private:
    void add(Counts& counts, std::size_t row) const {
        const std::size_t stratum = m_rows.stratum[row];
        counts.inStratum[stratum] += 1;
        const std::uint8_t action = m_rows.logged[row];
        if (action == OffPolicyRows::kNoAction) {
            return;
        }
        const std::size_t cell = stratum * m_rows.actions + action;
        counts.tried[cell] += 1;
        if (!std::isnan(m_rows.reward[row])) {
            counts.scored[cell] += 1;
            counts.reward[cell] += static_cast<double>(m_rows.reward[row]);
            counts.actionScored[action] += 1;
            counts.actionReward[action] += static_cast<double>(m_rows.reward[row]);
        }
    }

    const OffPolicyRows& m_rows;
    std::vector<Counts> m_without;
};

RatioEstimate clustered(const OffPolicyRows& rows, std::span<const double> numerator,
                        std::span<const double> denominator) {
    std::size_t count = 0;
    for (const auto cluster : rows.cluster) {
        count = std::max<std::size_t>(count, cluster + 1);
    }
    std::vector<double> x(count, 0);
    std::vector<double> y(count, 0);
    std::vector<std::uint8_t> used(count, 0);
    for (std::size_t row = 0; row < numerator.size(); ++row) {
        x[rows.cluster[row]] += numerator[row];
        y[rows.cluster[row]] += denominator[row];
        used[rows.cluster[row]] = 1;
    }
    RatioMoments moments;
    for (std::size_t k = 0; k < count; ++k) {
        if (used[k] != 0) {
            moments.add(x[k], y[k]);
        }
    }
    return moments.estimate();
}

void fill(OffPolicyEstimate& estimate, const RatioEstimate& ratio) {
    estimate.value = ratio.value;
    estimate.range = ratio.range;
}

}  // namespace

std::vector<OffPolicyEstimate> offPolicyEstimates(const OffPolicyRows& rows, std::uint64_t seed) {
    const std::size_t n = rows.logged.size();
    std::vector<OffPolicyEstimate> estimates(2);
    estimates[0].method = "SNIPS";
    estimates[1].method = "doubly robust";
    std::vector<std::uint8_t> fold(n);
    for (std::size_t row = 0; row < n; ++row) {
        fold[row] = static_cast<std::uint8_t>(mix(seed ^ rows.cluster[row]) % kFolds);
    }
    const Nuisance nuisance(rows, fold);
    std::vector<double> weight(n, 0);
    std::vector<double> weighted(n, 0);
    std::vector<double> robust;
    std::vector<double> ones;
    OffPolicyRows covered;
    std::size_t scored = 0;
    double sum = 0;
    double squares = 0;
    for (std::size_t row = 0; row < n; ++row) {
        const std::uint8_t action = rows.target[row];
        const bool seen = !std::isnan(rows.reward[row]);
        scored += seen && rows.logged[row] != OffPolicyRows::kNoAction ? 1 : 0;
        if (action == OffPolicyRows::kNoAction) {
            continue;
        }
        const double p = nuisance.propensity(fold[row], row, action);
        if (p < kLeastPropensity) {
            continue;  // the log does not say what would have happened here
        }
        const double mean = nuisance.mean(fold[row], row, action);
        double value = mean;
        if (seen && rows.logged[row] == action) {
            weight[row] = 1 / p;
            weighted[row] = static_cast<double>(rows.reward[row]) / p;
            value += (static_cast<double>(rows.reward[row]) - mean) / p;
        }
        sum += weight[row];
        squares += weight[row] * weight[row];
        robust.push_back(value);
        ones.push_back(1);
        covered.cluster.push_back(rows.cluster[row]);
    }
    const double coverage = n > 0 ? static_cast<double>(robust.size()) / static_cast<double>(n) : 0;
    const double sample = squares > 0 ? sum * sum / squares : 0;
    for (auto& estimate : estimates) {
        estimate.coverage = coverage;
        estimate.effectiveSampleSize = sample;
        estimate.scoredRows = scored;
        estimate.identifiable = coverage >= kLeastCoverage && sample >= kLeastSample;
        estimate.note =
            scored == 0 ? "not identifiable: no answer of a candidate in the log has a score"
            : coverage < kLeastCoverage
                ? fmt::format(
                      "not identifiable: the log tried this policy's choice on {:.0f}% of the requests, and at "
                      "least {:.0f}% is needed",
                      100 * coverage, 100 * kLeastCoverage)
            : sample < kLeastSample
                ? fmt::format(
                      "not identifiable: the scored rows are worth {:.0f} independent ones, and at least {:.0f} "
                      "are needed",
                      sample, kLeastSample)
                : "assumes that, within a stratum, the log's routing did not look at what makes a request succeed";
    }
    if (!estimates[0].identifiable) {
        return estimates;
    }
    fill(estimates[0], clustered(rows, weighted, weight));
    fill(estimates[1], clustered(covered, robust, ones));
    if (coverage < 1) {
        const auto words = fmt::format("; speaks of the {:.1f}% of requests that the log covers", 100 * coverage);
        estimates[0].note += words;
        estimates[1].note += words;
    }
    return estimates;
}

}  // namespace tierwise::analyze
