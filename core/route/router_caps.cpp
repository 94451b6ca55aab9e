// SPDX-License-Identifier: GPL-3.0-or-later
// Capacity caps: inside an optimum, and for routers that know nothing of them.
#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "core/route/capacity.h"
#include "core/route/router_run.h"

namespace tierwise::route {

double BoundRouter::servable(const Run& run) const {
    double weight = 0;
    for (std::size_t row = 0; row < m_inputs.table->rows; ++row) {
        const bool counts = run.out.first[row] != kNoCandidate || (maskOf(row) & m_allowedMask) != 0;
        weight += counts ? m_inputs.table->weightOf(row) : 0.0;
    }
    return weight;
}

// The caps are shares of all requests: what is taken already leaves less room here.
Result<std::vector<std::uint8_t>> BoundRouter::underCaps(const Router& router, const ChoiceTable& table,
                                                         const Goal& goal, Run& run) const {
    CapacityProblem problem;
    const bool floor = router.kind == RouterKind::floor;
    (floor ? problem.qualityFloor : problem.budgetPico) = floor ? goal.meanQuality : goal.budgetPico;
    const double all = servable(run);
    double here = 0;
    std::vector<double> taken(m_policy.constraints.caps.size(), 0);
    for (std::size_t row = 0; row < table.rows; ++row) {
        here += table.mask(row) != 0 ? table.weightOf(row) : 0.0;
        const std::uint8_t j = run.out.first[row];
        for (std::size_t k = 0; k < taken.size() && j != kNoCandidate; ++k) {
            const bool counts = ((m_own.at(m_policy.constraints.caps[k].use) >> j) & 1U) != 0;
            taken[k] += counts ? table.weightOf(row) : 0.0;
        }
    }
    for (std::size_t k = 0; k < taken.size(); ++k) {
        const auto& cap = m_policy.constraints.caps[k];
        const double room = std::max(0.0, cap.share * all - taken[k]);
        problem.caps.push_back({m_own.at(cap.use), here > 0 ? std::min(1.0, room / here) : 1.0});
    }
    auto answer = allocateWithCaps(table, problem, *run.context);
    if (!answer) {
        return fail(answer.error());
    }
    run.out.gapUsd = answer->gapUsd;
    run.out.shadowPrice = answer->qualityPriceUsd > 0 ? 1 / answer->qualityPriceUsd : 0;
    return std::move(answer->choice);
}

// Caps for routers that know nothing of them: what is over a cap moves where it loses least quality, then least money,
// and where there is room.
Result<void> BoundRouter::enforceCaps(Run& run) const {
    const auto& caps = m_policy.constraints.caps;
    if (caps.empty()) {
        return {};
    }
    const auto& table = *m_inputs.table;
    const double total = servable(run);
    const double slack = 1e-9 * std::max(1.0, total);
    std::uint64_t loggedBit = 0;
    for (std::size_t j = 0; j < m_inputs.candidates.size(); ++j) {
        loggedBit |= m_inputs.candidates[j].asLogged ? std::uint64_t{1} << j : 0;
    }
    std::vector<std::uint64_t> own;
    std::vector<double> room;
    for (const auto& cap : caps) {
        own.push_back(m_own.at(cap.use));
        room.push_back(cap.share * total);
    }
    for (std::size_t row = 0; row < table.rows; ++row) {
        const std::uint8_t j = run.out.first[row];
        for (std::size_t k = 0; k < caps.size() && j != kNoCandidate; ++k) {
            room[k] -= ((own[k] >> j) & 1U) != 0 ? table.weightOf(row) : 0.0;
        }
    }
    const auto enters = [&](std::size_t k, std::uint8_t from, std::uint8_t to) {
        return ((own[k] >> to) & 1U) != 0 && ((own[k] >> from) & 1U) == 0;
    };
    const auto fits = [&](std::uint8_t from, std::uint8_t to, double weight) {
        for (std::size_t k = 0; k < caps.size(); ++k) {
            if (enters(k, from, to) && room[k] < weight - slack) {
                return false;
            }
        }
        return true;
    };
    struct Move {
        double lost;
        double paid;
        std::uint32_t row;
        std::uint8_t to;
    };
    std::size_t moved = 0;
    for (std::size_t k = 0; k < caps.size(); ++k) {
        const auto reason = run.reasonId(fmt::format("{} is capped at {:g}% of the requests: it loses least elsewhere",
                                                     caps[k].use, 100 * caps[k].share));
        // A round moves every row at most once, to where it loses least; where that fills up, another round looks anew.
        for (bool going = true; going && room[k] < -slack;) {
            going = false;
            std::vector<Move> moves;
            for (std::size_t row = 0; row < table.rows; ++row) {
                const std::uint8_t from = run.out.first[row];
                if (from == kNoCandidate || ((own[k] >> from) & 1U) == 0) {
                    continue;
                }
                Move best{INFINITY, INFINITY, static_cast<std::uint32_t>(row), kNoCandidate};
                for (std::uint64_t others = maskOf(row) & ~own[k] & ~loggedBit; others != 0; others &= others - 1) {
                    const auto to = static_cast<std::uint8_t>(std::countr_zero(others));
                    const Move move{static_cast<double>(table.quality[from][row] - table.quality[to][row]),
                                    static_cast<double>(table.cost[to][row] - table.cost[from][row]), best.row, to};
                    if (std::tie(move.lost, move.paid) < std::tie(best.lost, best.paid) &&
                        fits(from, to, table.weightOf(row))) {
                        best = move;
                    }
                }
                if (best.to != kNoCandidate) {
                    moves.push_back(best);
                }
            }
            std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) {
                return std::tie(a.lost, a.paid, a.row) < std::tie(b.lost, b.paid, b.row);
            });
            for (const auto& move : moves) {
                const std::uint8_t from = run.out.first[move.row];
                const double weight = table.weightOf(move.row);
                if (room[k] >= -slack || !fits(from, move.to, weight)) {
                    continue;
                }
                for (std::size_t other = 0; other < caps.size(); ++other) {
                    room[other] += ((own[other] >> from) & 1U) != 0 ? weight : 0.0;
                    room[other] -= ((own[other] >> move.to) & 1U) != 0 ? weight : 0.0;
                }
                assign(move.row, move.to, reason, run);
                going = true;
                ++moved;
            }
        }
        if (room[k] < -slack) {
            return fail(ErrorCode::infeasible,
                        fmt::format("{} is capped at {:g}% of the requests, but {:.2f}% can go nowhere else",
                                    caps[k].use, 100 * caps[k].share, 100 * (caps[k].share - room[k] / total)),
                        "Raise the cap, or allow other models for those requests.", "policy " + m_policy.name);
        }
    }
    if (moved > 0) {
        run.out.notes.push_back(
            fmt::format("caps are kept with hindsight: the {} rows that lose least quality were moved", moved));
    }
    return {};
}

}  // namespace tierwise::route
