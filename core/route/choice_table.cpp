// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/choice_table.h"

#include <bit>

#include <fmt/format.h>

#include "core/base/int128.h"

namespace tierwise::route {

Result<void> ChoiceTable::check() const {
    if (candidates() == 0 || candidates() > kMaxCandidates || quality.size() != candidates()) {
        return fail(ErrorCode::invalidArgument,
                    fmt::format("{} candidate models: there must be between 1 and {}", candidates(), kMaxCandidates),
                    "Name the models that the policy may use.");
    }
    if ((!feasible.empty() && feasible.size() != rows) || (!weight.empty() && weight.size() != rows)) {
        return fail(ErrorCode::internal, "the columns of the candidate table have different lengths");
    }
    for (std::size_t j = 0; j < candidates(); ++j) {
        if (cost[j].size() != rows || quality[j].size() != rows) {
            return fail(ErrorCode::internal, "the columns of the candidate table have different lengths");
        }
        for (std::size_t row = 0; row < rows; ++row) {
            if (((mask(row) >> j) & 1U) == 0) {
                continue;
            }
            if (cost[j][row] < 0) {
                return fail(ErrorCode::invalidArgument,
                            fmt::format("candidate {} has a negative cost on row {}", j, row), "Check its prices.");
            }
            if (!(quality[j][row] >= 0.0F && quality[j][row] <= 1.0F)) {
                return fail(ErrorCode::invalidArgument,
                            fmt::format("candidate {} has a quality outside 0..1 on row {}", j, row),
                            "Check its scores.");
            }
        }
    }
    return {};
}

Totals totalsOf(const ChoiceTable& table, std::span<const std::uint8_t> choice) {
    Totals totals;
    Int128 cost = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        const std::uint8_t j = choice[row];
        if (j == kNoCandidate) {
            ++totals.infeasibleRows;
            continue;
        }
        const double weight = table.weightOf(row);
        cost += table.cost[j][row];
        totals.quality += weight * static_cast<double>(table.quality[j][row]);
        totals.weight += weight;
    }
    totals.costPico = static_cast<double>(cost);
    return totals;
}

std::uint8_t bestAnswer(const ChoiceTable& table, std::size_t row, std::uint64_t mask) {
    std::uint8_t best = kNoCandidate;
    for (; mask != 0; mask &= mask - 1) {
        const auto j = static_cast<std::uint8_t>(std::countr_zero(mask));
        if (best == kNoCandidate || table.quality[j][row] > table.quality[best][row] ||
            (table.quality[j][row] == table.quality[best][row] && table.cost[j][row] < table.cost[best][row])) {
            best = j;
        }
    }
    return best;
}

}  // namespace tierwise::route
