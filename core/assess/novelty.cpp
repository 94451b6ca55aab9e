// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/novelty.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Dense>

namespace tierwise::assess {
namespace {

constexpr std::size_t kFolds = 5;
constexpr double kRareShare = 0.005;  // of held-out training prompts that are too unfamiliar by words alone
constexpr float kCap = 6.0F;          // standard deviations
constexpr double kRidge = 0.1;        // on the correlation matrix
constexpr double kTailStep = 0.5;
constexpr std::size_t kBitmapWords = (std::size_t{1} << kSeenBits) / 64;

// How a chat is wrapped says nothing of whether its content is known, and no training set holds chats: by these every
// conversation would be a stranger.
constexpr std::array kWrapping{Counter::logTurns, Counter::contextShare};

std::size_t bitOf(const Term& term) {
    return term.hash & ((1U << kSeenBits) - 1U);
}

bool isSeen(const std::vector<std::uint64_t>& bits, const Term& term) {
    return ((bits[bitOf(term) / 64] >> (bitOf(term) % 64)) & 1U) != 0;
}

double quantileOf(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0.0
                          : values[std::min(values.size() - 1,
                                            static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

std::array<float, kTailKnots> tailsOf(const std::vector<double>& values) {
    std::array<float, kTailKnots> knots{};
    for (std::size_t k = 0; k < kTailKnots; ++k) {
        knots[k] = static_cast<float>(quantileOf(values, 1.0 - std::exp(-kTailStep * static_cast<double>(k))));
    }
    return knots;
}

double tailAt(const std::array<float, kTailKnots>& knots, double value) {
    const auto above = std::upper_bound(knots.begin(), knots.end(), static_cast<float>(value));
    if (above == knots.begin()) {
        return 0.0;
    }
    const auto k = static_cast<std::size_t>(above - knots.begin());
    if (above == knots.end()) {
        return kTailStep * static_cast<double>(kTailKnots - 1);
    }
    const double within = (value - static_cast<double>(knots[k - 1])) / static_cast<double>(knots[k] - knots[k - 1]);
    return kTailStep * (static_cast<double>(k - 1) + within);
}

}  // namespace

Coverage Novelty::coverageOf(const Features& features) const {
    std::array<std::size_t, 2> all{};
    std::array<std::size_t, 2> known{};
    for (const auto& term : features.terms) {
        if (term.kind == TermKind::word || term.kind == TermKind::pair) {
            const std::size_t kind = term.kind == TermKind::pair ? 1 : 0;
            ++all[kind];
            known[kind] += isSeen(kind == 1 ? seenPairs : seenWords, term) ? 1 : 0;
        }
    }
    if (all[0] == 0) {
        return {};
    }
    // Two imaginary known terms each keep one odd name in a short question from deciding.
    const auto share = [&](std::size_t kind) {
        return (static_cast<double>(known[kind]) + 2.0) / (static_cast<double>(all[kind]) + 2.0);
    };
    return {share(0), share(1)};
}

double Novelty::distance(const Features& features) const {
    std::array<float, kCounters> z{};
    for (std::size_t c = 0; c < kCounters; ++c) {
        z[c] = std::clamp((features.counters[c] - mean[c]) * inverse[c], -kCap, kCap);
    }
    double squares = 0.0;
    const float* row = factor.data();
    for (std::size_t r = 0; r < kCounters; row += ++r) {
        float sum = 0.0F;
        for (std::size_t c = 0; c <= r; ++c) {
            sum += row[c] * z[c];
        }
        squares += static_cast<double>(sum * sum);
    }
    return squares;
}

double Novelty::strangeness(const Features& features, const Coverage& coverage) const {
    return tailAt(pairTail, 1.0 - coverage.pairs) + tailAt(styleTail, distance(features));
}

Signal Novelty::signalOf(const Features& features, const Coverage& coverage) const {
    if (features.words < kFewestWords || features.letters < 3) {
        return Signal::noSignal;
    }
    const bool unlike = coverage.familiarity() < static_cast<double>(leastFamiliar) ||
                        strangeness(features, coverage) > static_cast<double>(mostStrange);
    return unlike ? Signal::unlikeAnythingSeen : Signal::scored;
}

// Bitmaps, moments and the factor; the tails come from prompts that were held out.
void Novelty::learn(const std::vector<const Features*>& prompts) {
    seenWords.assign(kBitmapWords, 0);
    seenPairs.assign(kBitmapWords, 0);
    constexpr auto d = static_cast<Eigen::Index>(kCounters);
    Eigen::MatrixXd table(static_cast<Eigen::Index>(prompts.size()), d);
    for (std::size_t i = 0; i < prompts.size(); ++i) {
        for (const auto& term : prompts[i]->terms) {
            if (term.kind == TermKind::word || term.kind == TermKind::pair) {
                auto& bits = term.kind == TermKind::word ? seenWords : seenPairs;
                bits[bitOf(term) / 64] |= std::uint64_t{1} << (bitOf(term) % 64);
            }
        }
        for (Eigen::Index c = 0; c < d; ++c) {
            table(static_cast<Eigen::Index>(i), c) =
                static_cast<double>(prompts[i]->counters[static_cast<std::size_t>(c)]);
        }
    }
    const double n = std::max(1.0, static_cast<double>(prompts.size()));
    for (Eigen::Index c = 0; c < d; ++c) {
        const double middle = table.col(c).mean();
        const double sd = std::sqrt((table.col(c).array() - middle).square().sum() / n);
        mean[static_cast<std::size_t>(c)] = static_cast<float>(middle);
        inverse[static_cast<std::size_t>(c)] = static_cast<float>(1.0 / (sd + 1e-3));
        table.col(c) = ((table.col(c).array() - middle) / (sd + 1e-3))
                           .cwiseMax(-static_cast<double>(kCap))
                           .cwiseMin(static_cast<double>(kCap));
    }
    for (const auto counter : kWrapping) {
        inverse[static_cast<std::size_t>(counter)] = 0.0F;
        table.col(static_cast<Eigen::Index>(counter)).setZero();
    }
    const Eigen::RowVectorXd middle = table.colwise().mean();
    const Eigen::MatrixXd centered = table.rowwise() - middle;
    Eigen::MatrixXd covariance = centered.transpose() * centered / n;
    covariance.diagonal().array() += kRidge;
    // Covariance = L L', so that |inverse(L) z|^2 is the distance.
    const Eigen::LLT<Eigen::MatrixXd> cholesky(covariance);
    const Eigen::MatrixXd lower = cholesky.matrixL().solve(Eigen::MatrixXd::Identity(d, d));
    factor.clear();
    for (Eigen::Index r = 0; r < d; ++r) {
        for (Eigen::Index c = 0; c <= r; ++c) {
            factor.push_back(static_cast<float>(lower(r, c)));
        }
    }
}

Novelty Novelty::fit(const std::vector<const Features*>& prompts) {
    std::vector<double> familiar;
    std::vector<double> unseenPairs;
    std::vector<double> distances;
    for (std::size_t fold = 0; fold < kFolds; ++fold) {
        std::vector<const Features*> others;
        for (std::size_t i = 0; i < prompts.size(); ++i) {
            if (i % kFolds != fold) {
                others.push_back(prompts[i]);
            }
        }
        Novelty part;
        part.learn(others);
        for (std::size_t i = fold; i < prompts.size(); i += kFolds) {
            const auto coverage = part.coverageOf(*prompts[i]);
            familiar.push_back(coverage.familiarity());
            unseenPairs.push_back(1.0 - coverage.pairs);
            distances.push_back(part.distance(*prompts[i]));
        }
    }
    Novelty novelty;
    novelty.learn(prompts);
    novelty.pairTail = tailsOf(unseenPairs);
    novelty.styleTail = tailsOf(distances);
    novelty.leastFamiliar = static_cast<float>(quantileOf(familiar, kRareShare));
    std::vector<double> sums;
    for (std::size_t i = 0; i < familiar.size(); ++i) {
        const bool unfamiliar = familiar[i] < static_cast<double>(novelty.leastFamiliar);
        sums.push_back(unfamiliar ? 1e9
                                  : tailAt(novelty.pairTail, unseenPairs[i]) + tailAt(novelty.styleTail, distances[i]));
    }
    novelty.mostStrange = static_cast<float>(quantileOf(sums, 1.0 - kFiresInTraining));
    return novelty;
}

}  // namespace tierwise::assess
