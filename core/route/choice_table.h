// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/error.h"

namespace tierwise::route {

/// At most this many candidate models in one table: a row's feasible set is one 64-bit word.
inline constexpr std::size_t kMaxCandidates = 64;
/// "No candidate": the row is infeasible.
inline constexpr std::uint8_t kNoCandidate = 255;

/// What every candidate would cost and achieve on every row: the plain arrays that all allocation works on. A view;
/// the owner keeps the arrays alive. Column by column, in row order.
struct ChoiceTable {
    std::size_t rows = 0;
    std::vector<std::span<const std::int64_t>> cost;  ///< [candidate][row], pico-dollars of the whole line, >= 0
    std::vector<std::span<const float>> quality;      ///< [candidate][row], 0..1
    std::span<const std::uint64_t> feasible;          ///< [row], bit j = candidate j may serve it; empty = all may
    std::span<const std::uint32_t> weight;            ///< [row], requests of the line, >= 1; empty = 1 each

    [[nodiscard]] std::size_t candidates() const { return cost.size(); }
    [[nodiscard]] std::uint64_t allMask() const {
        return candidates() >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << candidates()) - 1;
    }
    [[nodiscard]] std::uint64_t mask(std::size_t row) const { return feasible.empty() ? allMask() : feasible[row]; }
    [[nodiscard]] double weightOf(std::size_t row) const { return weight.empty() ? 1.0 : weight[row]; }

    /// Shapes agree, no negative cost, no quality that is NaN or outside 0..1 where the candidate is feasible.
    /// Error invalidArgument names the first candidate and row at fault.
    [[nodiscard]] Result<void> check() const;
};

/// The candidate of the mask that is most likely right on a row; among equals the cheapest. With outcomes of 0 and 1:
/// the cheapest that is right, or else the cheapest of all. kNoCandidate for an empty mask.
[[nodiscard]] std::uint8_t bestAnswer(const ChoiceTable& table, std::size_t row, std::uint64_t mask);

/// Totals of an assignment. Rows without a candidate are in neither sum.
struct Totals {
    double costPico = 0;
    double quality = 0;  ///< expected right answers (weighted by requests)
    double weight = 0;   ///< requests counted
    std::size_t infeasibleRows = 0;

    [[nodiscard]] double meanQuality() const { return weight > 0 ? quality / weight : 0; }
    bool operator==(const Totals&) const = default;
};

/// Exact cost and quality of one candidate per row (kNoCandidate = infeasible).
[[nodiscard]] Totals totalsOf(const ChoiceTable& table, std::span<const std::uint8_t> choice);

}  // namespace tierwise::route
