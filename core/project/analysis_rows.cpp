// SPDX-License-Identifier: GPL-3.0-or-later
// Single requests: where a policy sends them and why, and lists of them.
#include <algorithm>

#include <fmt/format.h>

#include "core/project/analysis_impl.h"

namespace tierwise::project {

Result<analyze::Explanation> Workbench::why(std::size_t row, const route::Policy& policy) const {
    const auto& impl = *m_impl;
    if (row >= impl.in.rows->rows) {
        return fail(ErrorCode::notFound, fmt::format("there is no request number {}", row));
    }
    const auto decided = impl.decide(policy, {});
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    analyze::Explanation answer;
    answer.row = row;
    answer.id = impl.in.rows->id[row];
    answer.policy = policy.name;
    answer.reason = (*decided)->router.reasonOf(out, row);
    answer.difficulty = impl.in.rows->difficulty.at(row);
    answer.signal = impl.in.rows->signal.empty() ? assess::Signal::notScored
                                                 : static_cast<assess::Signal>(impl.in.rows->signal[row]);
    const std::uint8_t chosen = out.first[row];
    if (chosen != route::kNoCandidate) {
        answer.chosen = impl.who[chosen].id;
        answer.tier = impl.tierOn(row, chosen);
        answer.costUsd = static_cast<double>(out.cost[row]) * kPicoDollars;
        answer.quality = static_cast<double>(out.quality[row]);
    }
    replay::UsageModel usage(impl.replay);
    for (std::size_t j = 0; j <= impl.models; ++j) {
        const auto candidate = static_cast<std::uint8_t>(j);
        analyze::Alternative other;
        other.id = impl.who[j].id;
        other.name = j == impl.models ? "as logged: " + impl.nameOn(row, candidate) : impl.who[j].name;
        other.tier = impl.tierOn(row, candidate);
        other.chosen = chosen == candidate;
        const bool priced = ((impl.columns.feasible[row] >> j) & 1U) != 0;
        other.feasible = priced && (j == impl.models || (((*decided)->router.maskOf(row) >> j) & 1U) != 0);
        if (!other.feasible) {
            other.infeasibleReason = j == impl.models ? impl.replay.logged[impl.replay.loggedOf[row]].unpricedReason
                                                      : (*decided)->router.whyNot(row, j);
        }
        if (priced) {
            const double cost = static_cast<double>(impl.columns.cost[j][row]) * kPicoDollars;
            std::vector<analyze::CauseRange> causes;
            const bool measured = impl.columns.measuredCost[j].test(row);
            const auto ends = measured ? std::nullopt : usage.endCosts(row, j);
            for (std::size_t i = 0; i < kAssumptionCauses.size() && ends; ++i) {
                causes.push_back({kAssumptionCauses[i].name, static_cast<double>((*ends)[i][0]) * kPicoDollars,
                                  static_cast<double>((*ends)[i][1]) * kPicoDollars, kAssumptionCauses[i].why});
            }
            other.costUsd = ranged(cost, std::move(causes));
            other.quality = static_cast<double>(impl.columns.quality[j][row]);
            other.qualityError = impl.standardErrorOf(row, candidate);
            other.rung = impl.rungOf(row, candidate);
        }
        answer.alternatives.push_back(std::move(other));
    }
    return answer;
}

Result<std::vector<std::uint32_t>> Workbench::rowsOf(const route::Policy& policy, std::optional<Tier> tier,
                                                     const std::string& candidate) const {
    const auto decided = m_impl->decide(policy, {});
    if (!decided) {
        return fail(decided.error());
    }
    std::vector<std::uint32_t> found;
    const auto& first = (*decided)->decisions.first;
    for (std::size_t row = 0; row < first.size(); ++row) {
        const std::uint8_t j = first[row];
        if (j == route::kNoCandidate) {
            continue;
        }
        if ((!tier || m_impl->tierOn(row, j) == *tier) && (candidate.empty() || m_impl->who[j].id == candidate)) {
            found.push_back(static_cast<std::uint32_t>(row));
        }
    }
    return found;
}

Result<std::vector<std::uint32_t>> Workbench::dearest(const route::Policy& policy, std::size_t limit,
                                                      const TaskContext& context) const {
    const auto decided = m_impl->decide(policy, context);
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    std::vector<std::uint32_t> rows;
    for (std::size_t row = 0; row < out.first.size(); ++row) {
        if (out.first[row] != route::kNoCandidate) {
            rows.push_back(static_cast<std::uint32_t>(row));
        }
    }
    const std::size_t kept = std::min(limit, rows.size());
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end(),
                      [&](std::uint32_t a, std::uint32_t b) {
                          return out.cost[a] != out.cost[b] ? out.cost[a] > out.cost[b] : a < b;
                      });
    rows.resize(kept);
    return rows;
}

Result<std::vector<analyze::RoutedRow>> Workbench::describe(const route::Policy& policy,
                                                            std::span<const std::uint32_t> rows) const {
    const auto decided = m_impl->decide(policy, {});
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    std::vector<analyze::RoutedRow> described;
    for (const auto row : rows) {
        if (row >= out.first.size()) {
            return fail(ErrorCode::notFound, fmt::format("there is no request number {}", row));
        }
        analyze::RoutedRow line;
        line.row = row;
        line.id = m_impl->in.rows->id[row];
        line.reason = (*decided)->router.reasonOf(out, row);
        if (out.first[row] != route::kNoCandidate) {
            line.candidate = m_impl->who[out.first[row]].id;
            line.tier = m_impl->tierOn(row, out.first[row]);
            line.costUsd = static_cast<double>(out.cost[row]) * kPicoDollars;
            line.quality = static_cast<double>(out.quality[row]);
        }
        described.push_back(std::move(line));
    }
    return described;
}

Result<std::vector<analyze::RoutedRow>> Workbench::infeasible(const route::Policy& policy, std::size_t limit,
                                                              std::size_t offset) const {
    const auto decided = m_impl->decide(policy, {});
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    std::vector<analyze::RoutedRow> found;
    std::size_t seen = 0;
    for (std::size_t row = 0; row < out.first.size() && found.size() < limit; ++row) {
        if (out.first[row] != route::kNoCandidate || seen++ < offset) {
            continue;
        }
        analyze::RoutedRow line;
        line.row = row;
        line.id = m_impl->in.rows->id[row];
        line.reason = m_impl->whyInfeasible(**decided, row);
        found.push_back(std::move(line));
    }
    return found;
}

}  // namespace tierwise::project
