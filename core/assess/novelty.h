// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/assess/features.h"
#include "core/assess/signal.h"

namespace tierwise::assess {

inline constexpr unsigned kSeenBits = 20;       ///< size of the "seen in training" bitmaps: 2^bits
inline constexpr std::size_t kTailKnots = 17;   ///< tails 0, 0.5, ... 8
inline constexpr std::size_t kFewestWords = 2;  ///< fewer can say nothing
inline constexpr double kFiresInTraining =
    0.05;  ///< share of held-out training prompts that are called unlike the rest

/// How much of a prompt training saw, 0..1.
struct Coverage {
    double words = 0.0;  ///< share of its distinct words
    double pairs = 0.0;  ///< and of its pairs of neighbours

    [[nodiscard]] double familiarity() const { return 0.5 * (words + pairs); }
};

/// Knows the training prompts well enough to tell when one is unlike all of them. Two measures, each read as a tail
/// -ln P(a held-out training prompt is at least as strange) and then added:
///  - how many of its word pairs training saw;
///  - the Mahalanobis distance of its structural counters from their mean in training.
/// A prompt is unlike anything seen where the sum is above what 95 % of held-out training prompts have, or where even
/// the plain familiarity is below the 0.5 % quantile. Const members are thread-safe; strangeness costs about 2 us.
class Novelty {
public:
    /// Learns from prompts; held-out figures come from five folds. Deterministic.
    [[nodiscard]] static Novelty fit(const std::vector<const Features*>& prompts);

    [[nodiscard]] Coverage coverageOf(const Features& features) const;
    /// The sum of both tails, >= 0.
    [[nodiscard]] double strangeness(const Features& features, const Coverage& coverage) const;
    [[nodiscard]] Signal signalOf(const Features& features, const Coverage& coverage) const;

    // The numbers, for the file.
    std::vector<std::uint64_t> seenWords;  ///< bitmap of 2^kSeenBits word hashes
    std::vector<std::uint64_t> seenPairs;
    std::array<float, kCounters> mean{};
    std::array<float, kCounters> inverse{};     ///< 1 / sd
    std::vector<float> factor;                  ///< lower triangle by rows: distance^2 = |factor * standardized|^2
    std::array<float, kTailKnots> pairTail{};   ///< share of unseen pairs at each tail, rising
    std::array<float, kTailKnots> styleTail{};  ///< distance^2 at each tail, rising
    float leastFamiliar = 0.0F;
    float mostStrange = 0.0F;

private:
    void learn(const std::vector<const Features*>& prompts);
    [[nodiscard]] double distance(const Features& features) const;
};

}  // namespace tierwise::assess
