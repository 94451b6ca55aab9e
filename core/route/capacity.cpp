// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/capacity.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/route/capacity_repair.h"
#include "core/route/parallel.h"

namespace tierwise::route {

namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();
constexpr unsigned kParts = 4;

// Prices of the relaxed constraints, in pico-dollars.
struct Prices {
    double quality = 0;       // per expected right answer
    std::vector<double> cap;  // per request, >= 0
};

struct Sums {
    double reduced = 0;  // sum of the rows' least reduced costs
    double cost = 0;
    double quality = 0;
    double weight = 0;
    std::vector<double> used;
};

class Solver {
public:
    Solver(const ChoiceTable& table, const CapacityProblem& problem, const TaskContext& context)
        : m_table(table), m_problem(problem), m_context(context) {
        m_price.cap.assign(problem.caps.size(), 0);
    }

    Result<CapacityAnswer> solve();

private:
    // The least cost (for a budget) or the most quality (for a floor) that the caps alone leave.
    Result<CapacityAnswer> extreme() const;
    [[nodiscard]] bool misses(const Totals& totals) const {
        return m_problem.qualityFloor ? totals.meanQuality() < *m_problem.qualityFloor - 1e-6
                                      : m_problem.budgetPico && totals.costPico > *m_problem.budgetPico * (1 + 1e-9);
    }

    // The candidate with the least reduced cost; among equals the cheaper, then the lower number.
    std::uint8_t best(std::size_t row, double* reduced) const {
        std::uint8_t chosen = kNoCandidate;
        double least = kUnbounded;
        const double weight = m_table.weightOf(row);
        for (std::uint64_t mask = m_table.mask(row); mask != 0; mask &= mask - 1) {
            const auto j = static_cast<std::size_t>(std::countr_zero(mask));
            const double value =
                static_cast<double>(m_table.cost[j][row]) +
                weight * (m_penalty[j] - m_price.quality * static_cast<double>(m_table.quality[j][row]));
            if (value < least) {
                least = value;
                chosen = static_cast<std::uint8_t>(j);
            }
        }
        *reduced = least;
        return chosen;
    }

    void setPenalties() {
        m_penalty.assign(m_table.candidates(), 0);
        for (std::size_t k = 0; k < m_problem.caps.size(); ++k) {
            for (std::size_t j = 0; j < m_table.candidates(); ++j) {
                if (((m_problem.caps[k].candidates >> j) & 1U) != 0) {
                    m_penalty[j] += m_price.cap[k];
                }
            }
        }
    }

    Sums pass(std::size_t stride) {
        ++m_passes;
        setPenalties();
        std::vector<Sums> parts(kParts);
        const std::size_t picks = (m_table.rows + stride - 1) / stride;
        constexpr std::size_t kFewRows = 10'000;  // done sooner than a thread is started
        parallelRanges(kParts, picks < kFewRows ? 1 : threadCount(),
                       [&](unsigned, std::size_t first, std::size_t last) {
                           for (std::size_t part = first; part < last; ++part) {
                               addRows(picks * part / kParts, picks * (part + 1) / kParts, stride, parts[part]);
                           }
                       });
        Sums total;
        total.used.assign(m_problem.caps.size(), 0);
        for (const Sums& part : parts) {
            total.reduced += part.reduced;
            total.cost += part.cost;
            total.quality += part.quality;
            total.weight += part.weight;
            for (std::size_t k = 0; k < total.used.size(); ++k) {
                total.used[k] += part.used[k];
            }
        }
        return total;
    }

    void addRows(std::size_t begin, std::size_t end, std::size_t stride, Sums& sums) const {
        sums.used.assign(m_problem.caps.size(), 0);
        for (std::size_t pick = begin; pick < end; ++pick) {
            const std::size_t row = pick * stride;
            double reduced = 0;
            const std::uint8_t j = best(row, &reduced);
            if (j == kNoCandidate) {
                continue;
            }
            const double weight = m_table.weightOf(row);
            sums.reduced += reduced;
            sums.cost += static_cast<double>(m_table.cost[j][row]);
            sums.quality += weight * static_cast<double>(m_table.quality[j][row]);
            sums.weight += weight;
            for (std::size_t k = 0; k < sums.used.size(); ++k) {
                sums.used[k] += ((m_problem.caps[k].candidates >> j) & 1U) != 0 ? weight : 0.0;
            }
        }
    }

    // Is the price of quality high enough (floor met), or low enough (budget kept)?
    bool qualityPriceTooLow(const Sums& sums, double scale) const {
        if (m_problem.qualityFloor) {
            return sums.quality < *m_problem.qualityFloor * sums.weight;
        }
        return m_problem.budgetPico && sums.cost * scale <= *m_problem.budgetPico;
    }

    // Bisects one price between 0 and the first power that satisfies `tooLow` no more.
    template <typename TooLow>
    void bisect(double& price, std::size_t stride, int steps, bool takeLow, const TooLow& tooLow) {
        const double known = price;
        double high = known > 0 ? known * 2 : 1.0;
        double low = known > 0 ? known / 2 : 0.0;
        if (known > 0) {
            price = low;
            if (!tooLow(pass(stride))) {
                low = 0;
            }
        }
        for (price = high; price < 1e24 && tooLow(pass(stride)) && !m_context.stopRequested(); price = high) {
            low = high;
            high *= known > 0 ? 2 : 16;
        }
        for (int i = 0; i < steps && high - low > 1e-9 * high && !m_context.stopRequested(); ++i) {
            // Prices span many powers of ten: halve the exponent while the bracket is wide.
            price = low > 0 && high > 4 * low ? std::sqrt(low * high) : (low + high) / 2;
            (tooLow(pass(stride)) ? low : high) = price;
        }
        price = takeLow ? low : high;
    }

    void ascend(std::size_t stride, int rounds, int steps);

    const ChoiceTable& m_table;
    const CapacityProblem& m_problem;
    const TaskContext& m_context;
    std::vector<double> m_penalty;
    Prices m_price;
    int m_passes = 0;
};

void Solver::ascend(std::size_t stride, int rounds, int steps) {
    const double scale = static_cast<double>(stride);
    for (int round = 0; round < rounds && !m_context.stopRequested(); ++round) {
        const Prices before = m_price;
        if (m_problem.qualityFloor || m_problem.budgetPico) {
            bisect(m_price.quality, stride, steps, !m_problem.qualityFloor,
                   [&](const Sums& sums) { return qualityPriceTooLow(sums, scale); });
        }
        for (std::size_t k = 0; k < m_problem.caps.size(); ++k) {
            const double share = m_problem.caps[k].share;
            const double known = m_price.cap[k];
            m_price.cap[k] = 0;
            const Sums free = pass(stride);
            if (free.used[k] <= share * free.weight) {
                continue;  // it does not bind: its price is zero
            }
            m_price.cap[k] = known;
            bisect(m_price.cap[k], stride, steps, false,
                   [&](const Sums& sums) { return sums.used[k] > share * sums.weight; });
        }
        double change = std::abs(m_price.quality - before.quality) / std::max(1.0, m_price.quality);
        for (std::size_t k = 0; k < m_price.cap.size(); ++k) {
            change = std::max(change, std::abs(m_price.cap[k] - before.cap[k]) / std::max(1.0, m_price.cap[k]));
        }
        if (change < 1e-4) {
            break;
        }
    }
}

Result<CapacityAnswer> Solver::extreme() const {
    CapacityProblem problem;
    problem.caps = m_problem.caps;
    if (!m_problem.qualityFloor) {
        problem.qualityFloor = 0;  // nothing but cost counts
    }
    Solver solver(m_table, problem, m_context);
    constexpr double kNothingElseCounts = 1e18;  // a million dollars for a right answer
    solver.m_price.quality = m_problem.qualityFloor ? kNothingElseCounts : 0;
    return solver.solve();
}

Result<CapacityAnswer> Solver::solve() {
    constexpr std::size_t kSample = 40'000;
    if (m_table.rows > 4 * kSample) {
        ascend(m_table.rows / kSample, 6, 40);  // good prices from a systematic sample first
        ascend(1, 2, 16);
    } else {
        ascend(1, 8, 48);
    }
    if (m_context.stopRequested()) {
        return TaskContext::cancelled();
    }
    CapacityAnswer answer;
    const Sums sums = pass(1);
    answer.choice.resize(m_table.rows);
    for (std::size_t row = 0; row < m_table.rows; ++row) {
        double reduced = 0;
        answer.choice[row] = best(row, &reduced);
    }
    std::vector<double> room;
    for (const auto& cap : m_problem.caps) {
        room.push_back(cap.share * sums.weight);
    }
    std::vector<double> used = sums.used;
    CapacityRepair(m_table, m_problem, room, m_price.quality).repair(answer.choice, used);
    answer.totals = totalsOf(m_table, answer.choice);
    if (misses(answer.totals)) {
        // Moves from here did not get there: "cannot" is said of what the caps leave at best, not of this way there.
        if (auto best = extreme()) {
            answer.choice = std::move(best->choice);
            used.assign(used.size(), 0);
            for (std::size_t row = 0; row < m_table.rows; ++row) {
                for (std::size_t k = 0; k < used.size() && answer.choice[row] != kNoCandidate; ++k) {
                    const bool counts = ((m_problem.caps[k].candidates >> answer.choice[row]) & 1U) != 0;
                    used[k] += counts ? m_table.weightOf(row) : 0.0;
                }
            }
            if (!misses(best->totals)) {
                CapacityRepair(m_table, m_problem, room, m_price.quality).repair(answer.choice, used);
            }
            answer.totals = totalsOf(m_table, answer.choice);
        }
    }
    for (std::size_t k = 0; k < used.size(); ++k) {
        if (used[k] > room[k] + 1e-6) {
            return fail(ErrorCode::infeasible,
                        fmt::format("cap {} cannot hold: {:.2f}% of the requests can be served by nothing else", k + 1,
                                    100 * used[k] / sums.weight),
                        "Raise the cap, or allow other models for those requests.");
        }
    }
    if (m_problem.qualityFloor && misses(answer.totals)) {
        return fail(ErrorCode::infeasible,
                    fmt::format("under these caps the mean quality reaches {:.4f}, not {:.4f}",
                                answer.totals.meanQuality(), *m_problem.qualityFloor),
                    "Lower the floor, or raise a cap.");
    }
    if (misses(answer.totals)) {
        return fail(ErrorCode::infeasible,
                    fmt::format("under these caps the cost comes to ${:.6g}, above the budget of ${:.6g}",
                                answer.totals.costPico * 1e-12, *m_problem.budgetPico * 1e-12),
                    "Raise the budget, or a cap.");
    }
    // The Lagrangian dual at these prices, for the quality that the answer has: no assignment under the caps with that
    // quality costs less.
    const double quality = m_problem.qualityFloor ? *m_problem.qualityFloor * sums.weight : answer.totals.quality;
    double bound = sums.reduced + m_price.quality * quality;
    for (std::size_t k = 0; k < m_problem.caps.size(); ++k) {
        bound -= m_price.cap[k] * room[k];
        answer.capShare.push_back(sums.weight > 0 ? used[k] / sums.weight : 0);
        answer.capPriceUsd.push_back(m_price.cap[k] * 1e-12);
    }
    answer.boundUsd = std::min(bound, answer.totals.costPico) * 1e-12;
    answer.gapUsd = answer.totals.costPico * 1e-12 - answer.boundUsd;
    answer.qualityPriceUsd = m_price.quality * 1e-12;
    answer.passes = m_passes;
    return answer;
}

}  // namespace

Result<CapacityAnswer> allocateWithCaps(const ChoiceTable& table, const CapacityProblem& problem,
                                        const TaskContext& context) {
    for (std::size_t k = 0; k < problem.caps.size(); ++k) {
        if (!(problem.caps[k].share >= 0 && problem.caps[k].share <= 1)) {
            return fail(ErrorCode::invalidArgument, fmt::format("cap {}: a share lies between 0 and 1", k + 1));
        }
        if (problem.caps[k].candidates == 0) {
            return fail(ErrorCode::invalidArgument, fmt::format("cap {} names no candidate model", k + 1));
        }
    }
    if (problem.qualityFloor && !(*problem.qualityFloor >= 0 && *problem.qualityFloor <= 1)) {
        return fail(ErrorCode::invalidArgument, "a quality floor lies between 0 and 1");
    }
    if (problem.budgetPico && !(*problem.budgetPico >= 0)) {
        return fail(ErrorCode::invalidArgument, "a budget is not negative");
    }
    return Solver(table, problem, context).solve();
}

}  // namespace tierwise::route
