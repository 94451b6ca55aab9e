// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/analyze/results.h"

namespace tierwise::analyze {

/// What the log's own routing tells of a policy: plain columns over the rows that count.
struct OffPolicyRows {
    static constexpr std::uint8_t kNoAction = 255;
    std::vector<std::uint8_t> logged;    ///< [row] candidate that the log used; kNoAction = none of the candidates
    std::vector<std::uint8_t> target;    ///< [row] candidate that the policy uses
    std::vector<float> reward;           ///< [row] 0..1; NaN = not scored
    std::vector<std::uint32_t> stratum;  ///< [row] what the log's router may have looked at (difficulty band, tag ...)
    std::vector<std::uint32_t> cluster;  ///< [row] session, or the row itself
    std::size_t actions = 0;
    std::size_t strata = 0;
};

/// SNIPS (Swaminathan and Joachims, 2015) and the cross-fitted doubly robust estimate (Dudik et al., 2011; Chernozhukov
/// et al., 2018; 5 folds by cluster) of a policy's mean reward. Propensities and outcome means are those of the strata,
/// from the other folds. Not identifiable, and said so, where the log tried the policy's choice on less than
/// 90% of the rows (in a stratum, at least 1% of the time) or the effective sample size is below 30.
/// Intervals: delta method over clusters. Rests on: within a stratum, the log's choice did not depend on what makes a
/// request succeed.
[[nodiscard]] std::vector<OffPolicyEstimate> offPolicyEstimates(const OffPolicyRows& rows, std::uint64_t seed);

}  // namespace tierwise::analyze
