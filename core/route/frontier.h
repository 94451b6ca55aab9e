// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/route/choice_table.h"
#include "core/route/parallel.h"
#include "core/route/raw_array.h"

namespace tierwise::route {

/// One point of the exact cost-quality frontier.
struct FrontierPoint {
    std::size_t step = 0;         ///< increments applied: 0 = everything on its cheapest candidate
    double costPico = 0;          ///< total
    double quality = 0;           ///< total expected right answers
    double meanQuality = 0;       ///< per request, 0..1
    double qualityPerDollar = 0;  ///< of the next increment: the shadow price of the budget here; 0 at the end

    bool operator==(const FrontierPoint&) const = default;
};

/// The whole cost-quality frontier of a candidate table (separable costs): each row's options reduce to their upper
/// convex hull, all hull increments are sorted once by quality per dollar, and prefix sums answer every budget and
/// floor by binary search. This is the linear-programming bound of the multiple-choice knapsack problem (Sinha and
/// Zoltners, 1979): every point of it is an assignment, and between two points it is off by at most one request.
/// Read-only after build; any thread. Needs 20 bytes an increment (at most candidates - 1 a row), and 32 more while it
/// is built.
class Frontier {
public:
    /// Deterministic to the byte for any number of threads. Errors: those of ChoiceTable::check are the caller's to
    /// find (a negative cost breaks the order); invalidArgument for more than 2^26 rows or 2^32 increments; cancelled.
    [[nodiscard]] static Result<Frontier> build(const ChoiceTable& table, const TaskContext& context = {},
                                                unsigned threads = threadCount());

    [[nodiscard]] std::size_t rows() const { return m_base.size(); }
    [[nodiscard]] std::size_t steps() const { return m_place.size(); }
    [[nodiscard]] double weight() const { return m_weight; }
    [[nodiscard]] std::size_t infeasibleRows() const { return m_infeasible; }

    [[nodiscard]] FrontierPoint point(std::size_t step) const;
    /// The best point that costs at most budgetPico. infeasible when even the cheapest costs more.
    [[nodiscard]] Result<FrontierPoint> forBudget(double budgetPico) const;
    /// The cheapest point with at least this mean quality. infeasible when none has it.
    [[nodiscard]] Result<FrontierPoint> forMeanQuality(double floor) const;
    /// `count` points evenly spaced in cost (ends included), for a curve.
    [[nodiscard]] std::vector<FrontierPoint> curve(std::size_t count) const;

    /// Which candidate serves each row at a point; kNoCandidate where none can.
    [[nodiscard]] std::vector<std::uint8_t> choiceAt(std::size_t step) const;

    /// An increment, in their order: a row, and the candidate that it moves to.
    struct Increment {
        std::uint32_t row;
        std::uint8_t target;
    };
    [[nodiscard]] Increment increment(std::size_t step) const {
        return {static_cast<std::uint32_t>(m_place[step] / kMaxCandidates),
                static_cast<std::uint8_t>(m_place[step] % kMaxCandidates)};
    }
    [[nodiscard]] std::span<const std::uint8_t> baseChoice() const { return m_base; }

private:
    Frontier() = default;
    [[nodiscard]] double costAfter(std::size_t step) const { return step == 0 ? m_baseCost : m_cumCost[step - 1]; }
    [[nodiscard]] double qualityAfter(std::size_t step) const {
        return step == 0 ? m_baseQuality : m_cumQuality[step - 1];
    }

    std::vector<std::uint8_t> m_base;  ///< [row] cheapest feasible candidate
    double m_baseCost = 0;
    double m_baseQuality = 0;
    double m_weight = 0;
    std::size_t m_infeasible = 0;
    // Sorted increments; cumulative values are after the increment.
    RawArray<std::uint32_t> m_place;  ///< row x kMaxCandidates + candidate
    RawArray<double> m_cumCost;
    RawArray<double> m_cumQuality;

    friend class SegmentFloors;
};

/// Quality floors that must hold in every segment by itself: the frontier's increments, split by segment.
class SegmentFloors {
public:
    /// segmentOfRow: [row] 0..segments-1. The table must be the one the frontier was built of.
    [[nodiscard]] static SegmentFloors build(const Frontier& frontier, const ChoiceTable& table,
                                             std::span<const std::uint32_t> segmentOfRow, std::size_t segments);

    /// The cheapest assignment with mean quality >= floors[s] in each segment s (NaN = no floor there). infeasible
    /// names the first segment that cannot reach its floor. O(segments log n), then O(n) for the assignment.
    /// failed: the number of that segment, where it is wanted.
    [[nodiscard]] Result<std::vector<std::uint8_t>> choose(std::span<const double> floors,
                                                           std::size_t* failed = nullptr) const;

private:
    struct Segment {
        double baseQuality = 0;
        double weight = 0;
        std::vector<std::uint32_t> increments;  ///< indices into the frontier's order
        std::vector<double> cumQuality;
    };
    const Frontier* m_frontier = nullptr;
    std::vector<Segment> m_segments;
};

}  // namespace tierwise::route
