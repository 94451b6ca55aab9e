// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/capacity_repair.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tierwise::route {

namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr std::size_t kFewRows = 200;  // rows of which all pairs of moves are tried

}  // namespace

bool CapacityRepair::fits(std::uint8_t from, std::uint8_t to, double weight, const std::vector<double>& used) const {
    for (std::size_t k = 0; k < used.size(); ++k) {
        const auto mask = m_problem.caps[k].candidates;
        if (((mask >> to) & 1U) != 0 && ((mask >> from) & 1U) == 0 && used[k] + weight > m_room[k] + 1e-9) {
            return false;
        }
    }
    return true;
}

void CapacityRepair::move(std::uint8_t from, std::uint8_t to, double weight, std::vector<double>& used) const {
    for (std::size_t k = 0; k < used.size(); ++k) {
        const auto mask = m_problem.caps[k].candidates;
        used[k] += (((mask >> to) & 1U) != 0 ? weight : 0.0) - (((mask >> from) & 1U) != 0 ? weight : 0.0);
    }
}

// Moves the rows that lose least off every overfull cap.
void CapacityRepair::repairCaps(std::vector<std::uint8_t>& choice, std::vector<double>& used) const {
    for (std::size_t k = 0; k < used.size(); ++k) {
        if (used[k] <= m_room[k]) {
            continue;
        }
        const auto capMask = m_problem.caps[k].candidates;
        std::vector<Move> moves;
        for (std::size_t row = 0; row < m_table.rows; ++row) {
            const std::uint8_t from = choice[row];
            if (from == kNoCandidate || ((capMask >> from) & 1U) == 0) {
                continue;
            }
            const double weight = m_table.weightOf(row);
            const auto reduced = [&](std::size_t j) {
                return static_cast<double>(m_table.cost[j][row]) -
                       m_qualityPrice * weight * static_cast<double>(m_table.quality[j][row]);
            };
            Move cheapest{kUnbounded, static_cast<std::uint32_t>(row), kNoCandidate};
            for (std::uint64_t mask = m_table.mask(row) & ~capMask; mask != 0; mask &= mask - 1) {
                const auto to = static_cast<std::uint8_t>(std::countr_zero(mask));
                const double loss = (reduced(to) - reduced(from)) / weight;
                if (loss < cheapest.rank && fits(from, to, weight, used)) {
                    cheapest.rank = loss;
                    cheapest.to = to;
                }
            }
            if (cheapest.to != kNoCandidate) {
                moves.push_back(cheapest);
            }
        }
        std::sort(moves.begin(), moves.end());
        for (const Move& next : moves) {
            if (used[k] <= m_room[k]) {
                break;
            }
            if (fits(choice[next.row], next.to, m_table.weightOf(next.row), used)) {
                move(choice[next.row], next.to, m_table.weightOf(next.row), used);
                choice[next.row] = next.to;
            }
        }
    }
}

// Buys quality where it is cheapest until the floor holds or the budget is spent (or nothing more fits).
void CapacityRepair::raiseQuality(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const {
    const double target = m_problem.qualityFloor ? (*m_problem.qualityFloor - 1e-9) * totals.weight : kUnbounded;
    const double budget = m_problem.qualityFloor ? kUnbounded : m_problem.budgetPico.value_or(kUnbounded);
    for (int round = 0; round < 8 && totals.quality < target; ++round) {
        std::vector<Move> moves;
        eachMove(choice, [&](std::size_t row, std::uint8_t from, std::uint8_t to) {
            const double gain = static_cast<double>(m_table.quality[to][row] - m_table.quality[from][row]);
            if (gain > 0 && fits(from, to, m_table.weightOf(row), used)) {
                const double cost = static_cast<double>(m_table.cost[to][row] - m_table.cost[from][row]);
                moves.push_back({cost / (gain * m_table.weightOf(row)), static_cast<std::uint32_t>(row), to});
            }
        });
        std::sort(moves.begin(), moves.end());
        bool moved = false;
        for (const Move& next : moves) {
            if (totals.quality >= target) {
                break;
            }
            const std::uint8_t from = choice[next.row];
            const double gain =
                static_cast<double>(m_table.quality[next.to][next.row] - m_table.quality[from][next.row]);
            const double cost = static_cast<double>(m_table.cost[next.to][next.row] - m_table.cost[from][next.row]);
            if (gain > 0 && totals.costPico + cost <= budget && fits(from, next.to, m_table.weightOf(next.row), used)) {
                move(from, next.to, m_table.weightOf(next.row), used);
                totals.quality += gain * m_table.weightOf(next.row);
                totals.costPico += cost;
                choice[next.row] = next.to;
                moved = true;
            }
        }
        if (!moved) {
            break;
        }
    }
}

// Where caps are full and the floor is not reached: a row makes room for one that gains more by it than the first
// loses.
void CapacityRepair::swapForQuality(std::vector<std::uint8_t>& choice, std::vector<double>& used,
                                    Totals& totals) const {
    const double target = (*m_problem.qualityFloor - 1e-9) * totals.weight;
    for (std::size_t k = 0; k < used.size(); ++k) {
        const auto capMask = m_problem.caps[k].candidates;
        // Who would lose least by leaving the cap, and who would gain most by entering it, a request.
        std::vector<Move> leave;
        std::vector<Move> enter;
        eachMove(choice, [&](std::size_t row, std::uint8_t from, std::uint8_t to) {
            const double gain = static_cast<double>(m_table.quality[to][row] - m_table.quality[from][row]);
            const bool inside = ((capMask >> from) & 1U) != 0;
            const bool goesInside = ((capMask >> to) & 1U) != 0;
            if (inside && !goesInside) {
                leave.push_back({-gain, static_cast<std::uint32_t>(row), to});
            } else if (!inside && goesInside && gain > 0) {
                enter.push_back({-gain, static_cast<std::uint32_t>(row), to});
            }
        });
        std::sort(leave.begin(), leave.end());
        std::sort(enter.begin(), enter.end());
        std::size_t out = 0;
        for (const Move& in : enter) {
            while (out < leave.size() && ((capMask >> choice[leave[out].row]) & 1U) == 0) {
                ++out;
            }
            if (totals.quality >= target || out == leave.size() || leave[out].rank + in.rank >= 0) {
                break;
            }
            const Move& gone = leave[out];
            const std::uint8_t from = choice[gone.row];
            const std::uint8_t other = choice[in.row];
            if (((capMask >> other) & 1U) != 0 || !fits(from, gone.to, m_table.weightOf(gone.row), used)) {
                ++out;
                continue;
            }
            move(from, gone.to, m_table.weightOf(gone.row), used);
            if (!fits(other, in.to, m_table.weightOf(in.row), used)) {
                move(gone.to, from, m_table.weightOf(gone.row), used);
                continue;
            }
            move(other, in.to, m_table.weightOf(in.row), used);
            totals.quality -= gone.rank * m_table.weightOf(gone.row) + in.rank * m_table.weightOf(in.row);
            choice[gone.row] = gone.to;
            choice[in.row] = in.to;
        }
    }
}

// Gives back what the last purchase bought too much, where it saves most.
void CapacityRepair::trimCost(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const {
    const double floor = (*m_problem.qualityFloor - 1e-9) * totals.weight;
    const double spare = totals.quality - floor;
    std::vector<Move> moves;
    eachMove(choice, [&](std::size_t row, std::uint8_t from, std::uint8_t to) {
        const double saved = static_cast<double>(m_table.cost[from][row] - m_table.cost[to][row]);
        const double lost =
            m_table.weightOf(row) * static_cast<double>(m_table.quality[from][row] - m_table.quality[to][row]);
        if (saved > 0 && lost <= spare && fits(from, to, m_table.weightOf(row), used)) {
            moves.push_back({lost <= 0 ? -kUnbounded : lost / saved, static_cast<std::uint32_t>(row), to});
        }
    });
    std::sort(moves.begin(), moves.end());
    for (const Move& next : moves) {
        const std::uint8_t from = choice[next.row];
        const double weight = m_table.weightOf(next.row);
        const double lost =
            weight * static_cast<double>(m_table.quality[from][next.row] - m_table.quality[next.to][next.row]);
        if (m_table.cost[from][next.row] > m_table.cost[next.to][next.row] && totals.quality - lost >= floor &&
            fits(from, next.to, weight, used)) {
            move(from, next.to, weight, used);
            totals.quality -= lost;
            choice[next.row] = next.to;
        }
    }
}

// Saves where least quality is lost until the budget holds (or nothing more fits).
void CapacityRepair::lowerCost(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const {
    std::vector<Move> moves;
    const auto saving = [&](std::uint8_t from, std::uint8_t to, std::size_t row) {
        return static_cast<double>(m_table.cost[from][row] - m_table.cost[to][row]);
    };
    for (std::size_t row = 0; row < m_table.rows && totals.costPico > *m_problem.budgetPico; ++row) {
        const std::uint8_t from = choice[row];
        for (std::uint64_t mask = from == kNoCandidate ? 0 : m_table.mask(row); mask != 0; mask &= mask - 1) {
            const auto to = static_cast<std::uint8_t>(std::countr_zero(mask));
            if (saving(from, to, row) > 0) {
                const double lost = static_cast<double>(m_table.quality[from][row] - m_table.quality[to][row]);
                moves.push_back(
                    {lost * m_table.weightOf(row) / saving(from, to, row), static_cast<std::uint32_t>(row), to});
            }
        }
    }
    std::sort(moves.begin(), moves.end());
    for (const Move& next : moves) {
        if (totals.costPico <= *m_problem.budgetPico) {
            break;
        }
        const std::uint8_t from = choice[next.row];
        const double saved = saving(from, next.to, next.row);
        if (saved > 0 && fits(from, next.to, m_table.weightOf(next.row), used)) {
            move(from, next.to, m_table.weightOf(next.row), used);
            totals.costPico -= saved;
            choice[next.row] = next.to;
        }
    }
}

// The best pair of moves (or single one) that the constraints allow: cheaper under a floor, better under a budget.
bool CapacityRepair::exchange(std::vector<std::uint8_t>& choice, std::vector<double>& used, Totals& totals) const {
    struct Change {
        std::uint32_t row;
        std::uint8_t to;
        double cost;
        double right;
    };
    std::vector<Change> changes{{0, kNoCandidate, 0, 0}};  // no move: the other is alone
    eachMove(choice, [&](std::size_t row, std::uint8_t from, std::uint8_t to) {
        if (from != to) {
            const double gain =
                static_cast<double>(m_table.quality[to][row]) - static_cast<double>(m_table.quality[from][row]);
            changes.push_back({static_cast<std::uint32_t>(row), to,
                               static_cast<double>(m_table.cost[to][row] - m_table.cost[from][row]),
                               m_table.weightOf(row) * gain});
        }
    });
    const bool floor = m_problem.qualityFloor.has_value();
    const double least = floor ? (*m_problem.qualityFloor - 1e-9) * totals.weight : 0;
    const double most = floor ? kUnbounded : m_problem.budgetPico.value_or(kUnbounded);
    const auto apply = [&](const Change& change, std::vector<double>& on) {
        if (change.to != kNoCandidate) {
            move(choice[change.row], change.to, m_table.weightOf(change.row), on);
        }
    };
    double best = floor ? -1e-6 * totals.costPico / static_cast<double>(m_table.rows) : 1e-9;
    const Change* first = nullptr;
    const Change* second = nullptr;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        for (std::size_t j = i + 1; j < changes.size(); ++j) {
            const Change& a = changes[i];
            const Change& b = changes[j];
            const double cost = a.cost + b.cost;
            const double right = a.right + b.right;
            const bool better = floor ? cost < best : right > best;
            if (!better || totals.quality + right < least || totals.costPico + cost > most ||
                (a.to != kNoCandidate && a.row == b.row)) {
                continue;
            }
            std::vector<double> then = used;
            apply(a, then);
            apply(b, then);
            bool fitting = true;
            for (std::size_t k = 0; k < then.size(); ++k) {
                fitting = fitting && then[k] <= m_room[k] + 1e-9;
            }
            if (fitting) {
                best = floor ? cost : right;
                first = &a;
                second = &b;
            }
        }
    }
    if (first == nullptr) {
        return false;
    }
    for (const Change* change : {first, second}) {
        apply(*change, used);
        if (change->to != kNoCandidate) {
            choice[change->row] = change->to;
        }
        totals.costPico += change->cost;
        totals.quality += change->right;
    }
    return true;
}

void CapacityRepair::repair(std::vector<std::uint8_t>& choice, std::vector<double>& used) const {
    repairCaps(choice, used);
    Totals totals = totalsOf(m_table, choice);
    bool kept = true;
    for (std::size_t k = 0; k < used.size(); ++k) {
        kept = kept && used[k] <= m_room[k] + 1e-9;
    }
    if (m_problem.qualityFloor) {
        raiseQuality(choice, used, totals);
        if (totals.quality < (*m_problem.qualityFloor - 1e-9) * totals.weight) {
            swapForQuality(choice, used, totals);
            raiseQuality(choice, used, totals);
        }
        trimCost(choice, used, totals);
        kept = kept && totals.quality >= (*m_problem.qualityFloor - 1e-9) * totals.weight;
    } else if (m_problem.budgetPico) {
        lowerCost(choice, used, totals);
        raiseQuality(choice, used, totals);
        kept = kept && totals.costPico <= *m_problem.budgetPico;
    }
    for (int i = 0; kept && m_table.rows <= kFewRows && i < 100 && exchange(choice, used, totals); ++i) {
    }
}

}  // namespace tierwise::route
