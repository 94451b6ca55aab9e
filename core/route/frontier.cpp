// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/frontier.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "core/base/int128.h"
#include "core/route/frontier_cut.h"
#include "core/route/hull.h"
#include "core/route/radix.h"

namespace tierwise::route {

namespace {

struct Step {
    double cost;    // pico-dollars, > 0
    float quality;  // weighted, > 0
    std::uint32_t place;
};

// What one thread found in its range of rows.
struct Part {
    Int128 baseCost = 0;
    double baseQuality = 0;
    double weight = 0;
    std::size_t infeasible = 0;
    std::size_t first = 0;  // index of its first increment
    std::size_t count = 0;
};

struct Work {
    RawArray<Step> steps;
    RawArray<KeyedIndex> keys;
};

void reduceRows(const ChoiceTable& table, std::size_t begin, std::size_t end, const TaskContext& context, Work& work,
                std::vector<std::uint8_t>& base, Part& part) {
    Option options[kMaxCandidates];
    float slope[kMaxCandidates];
    Order order(table.candidates());
    std::size_t at = part.first;
    for (std::size_t row = begin; row < end; ++row) {
        if ((row & 0xffffU) == 0 && context.stopRequested()) {
            break;
        }
        const std::size_t count = upperHull(options, slope, sortedOptions(table, row, order, options));
        if (count == 0) {
            base[row] = kNoCandidate;
            ++part.infeasible;
            continue;
        }
        const double weight = table.weightOf(row);
        base[row] = options[0].candidate;
        part.baseCost += static_cast<Int128>(options[0].cost);
        part.baseQuality += weight * static_cast<double>(options[0].quality);
        part.weight += weight;
        for (std::size_t i = 1; i < count; ++i, ++at) {
            work.steps[at] = {options[i].cost - options[i - 1].cost,
                              static_cast<float>(weight) * (options[i].quality - options[i - 1].quality),
                              static_cast<std::uint32_t>(row * kMaxCandidates + options[i].candidate)};
            work.keys[at] = {stepKey(weight, slope[i]), static_cast<std::uint32_t>(at)};
        }
    }
    part.count = at - part.first;
}

// The steps in the order of their keys. They lie at random places: ask for them ahead.
void gather(const Work& work, const KeyedIndex* sorted, std::size_t begin, std::size_t end, std::uint32_t* place,
            double* cost, double* quality) {
    constexpr std::size_t kAhead = 24;
    for (std::size_t i = begin; i < end; ++i) {
        if (i + kAhead < end) {
            __builtin_prefetch(&work.steps[sorted[i + kAhead].index]);
        }
        const Step& step = work.steps[sorted[i].index];
        place[i] = step.place;
        cost[i] = step.cost;
        quality[i] = static_cast<double>(step.quality);
    }
}

}  // namespace

Result<Frontier> Frontier::build(const ChoiceTable& table, const TaskContext& context, unsigned threads) {
    const std::size_t perRow = table.candidates() > 1 ? table.candidates() - 1 : 1;
    constexpr std::uint64_t kPlaces = std::uint64_t{1} << 32U;
    if (table.rows >= kPlaces / perRow || table.rows >= kPlaces / kMaxCandidates) {
        return fail(
            ErrorCode::invalidArgument,
            fmt::format("{} rows with {} candidates are too many for one frontier", table.rows, table.candidates()),
            "Name fewer candidate models.");
    }
    Frontier frontier;
    frontier.m_base.resize(table.rows);
    // Room for the worst case; only what is written takes memory.
    Work work{RawArray<Step>(table.rows * perRow), RawArray<KeyedIndex>(table.rows * perRow)};
    // The parts are fixed, whatever the number of threads, so that floating sums are the same to the last bit.
    constexpr unsigned kParts = 8;
    std::vector<Part> parts(kParts);
    const auto bound = [&](unsigned part) { return table.rows * part / kParts; };
    parallelRanges(kParts, threads, [&](unsigned, std::size_t first, std::size_t last) {
        for (std::size_t p = first; p < last; ++p) {
            const auto part = static_cast<unsigned>(p);
            parts[p].first = bound(part) * perRow;
            reduceRows(table, bound(part), bound(part + 1), context, work, frontier.m_base, parts[p]);
        }
    });
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    Int128 baseCost = 0;
    std::size_t count = 0;
    for (const Part& part : parts) {
        baseCost += part.baseCost;
        frontier.m_baseQuality += part.baseQuality;
        frontier.m_weight += part.weight;
        frontier.m_infeasible += part.infeasible;
        // Close the gaps between the parts' keys; the increments themselves stay where they are.
        std::copy(work.keys.begin() + part.first, work.keys.begin() + part.first + part.count,
                  work.keys.data() + count);
        count += part.count;
    }
    frontier.m_baseCost = static_cast<double>(baseCost);

    RawArray<KeyedIndex> scratch(count);
    const KeyedIndex* sorted = radixSort(work.keys.data(), scratch.data(), count, threads);
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    (sorted == scratch.data() ? work.keys : scratch) = {};

    frontier.m_place = RawArray<std::uint32_t>(count);
    frontier.m_cumCost = RawArray<double>(count);
    frontier.m_cumQuality = RawArray<double>(count);
    parallelRanges(count, threads, [&](unsigned, std::size_t begin, std::size_t end) {
        gather(work, sorted, begin, end, frontier.m_place.data(), frontier.m_cumCost.data(),
               frontier.m_cumQuality.data());
    });
    double cost = frontier.m_baseCost;
    double quality = frontier.m_baseQuality;
    for (std::size_t i = 0; i < count; ++i) {
        frontier.m_cumCost[i] = cost += frontier.m_cumCost[i];
        frontier.m_cumQuality[i] = quality += frontier.m_cumQuality[i];
    }
    return frontier;
}

FrontierPoint Frontier::point(std::size_t step) const {
    step = std::min(step, steps());
    FrontierPoint at{step, costAfter(step), qualityAfter(step), 0, 0};
    at.meanQuality = m_weight > 0 ? at.quality / m_weight : 0;
    if (step < steps()) {
        const double cost = costAfter(step + 1) - costAfter(step);
        at.qualityPerDollar = cost > 0 ? (qualityAfter(step + 1) - qualityAfter(step)) / cost * 1e12 : 0;
    }
    return at;
}

Result<FrontierPoint> Frontier::forBudget(double budgetPico) const {
    if (!(budgetPico >= m_baseCost)) {
        return fail(budgetTooSmall(m_baseCost, budgetPico));
    }
    const auto after = std::upper_bound(m_cumCost.begin(), m_cumCost.end(), budgetPico);
    return point(static_cast<std::size_t>(after - m_cumCost.begin()));
}

Result<FrontierPoint> Frontier::forMeanQuality(double floor) const {
    const double target = floor * m_weight;
    if (!(target <= qualityAfter(steps()) + 1e-9 * m_weight)) {
        return fail(qualityOutOfReach(m_weight > 0 ? qualityAfter(steps()) / m_weight : 0, floor));
    }
    // A floor that is a point of the frontier must find that point: sums of floats deserve that much slack.
    const double slack = 1e-9 * m_weight;
    if (m_baseQuality >= target - slack) {
        return point(0);
    }
    const auto at = std::lower_bound(m_cumQuality.begin(), m_cumQuality.end(), target - slack);
    return point(static_cast<std::size_t>(at - m_cumQuality.begin()) + 1);
}

std::vector<FrontierPoint> Frontier::curve(std::size_t count) const {
    std::vector<FrontierPoint> points;
    if (count == 0 || m_weight <= 0) {
        return points;
    }
    const double low = costAfter(0);
    const double high = costAfter(steps());
    for (std::size_t i = 0; i < count; ++i) {
        const double share = count == 1 ? 1.0 : static_cast<double>(i) / static_cast<double>(count - 1);
        const auto at = i + 1 == count ? point(steps()) : *forBudget(std::max(low, low + share * (high - low)));
        if (points.empty() || points.back().step != at.step) {
            points.push_back(at);
        }
    }
    return points;
}

std::vector<std::uint8_t> Frontier::choiceAt(std::size_t step) const {
    std::vector<std::uint8_t> choice = m_base;
    const std::size_t last = std::min(step, steps());
    for (std::size_t i = 0; i < last; ++i) {
        const Increment moved = increment(i);
        choice[moved.row] = moved.target;
    }
    return choice;
}

SegmentFloors SegmentFloors::build(const Frontier& frontier, const ChoiceTable& table,
                                   std::span<const std::uint32_t> segmentOfRow, std::size_t segments) {
    SegmentFloors floors;
    floors.m_frontier = &frontier;
    floors.m_segments.resize(segments);
    for (std::size_t row = 0; row < table.rows; ++row) {
        const std::uint8_t j = frontier.m_base[row];
        if (j != kNoCandidate) {
            auto& segment = floors.m_segments[segmentOfRow[row]];
            segment.weight += table.weightOf(row);
            segment.baseQuality += table.weightOf(row) * static_cast<double>(table.quality[j][row]);
        }
    }
    for (std::size_t i = 0; i < frontier.steps(); ++i) {
        auto& segment = floors.m_segments[segmentOfRow[frontier.increment(i).row]];
        const double before = segment.cumQuality.empty() ? segment.baseQuality : segment.cumQuality.back();
        segment.increments.push_back(static_cast<std::uint32_t>(i));
        segment.cumQuality.push_back(before + frontier.qualityAfter(i + 1) - frontier.qualityAfter(i));
    }
    return floors;
}

Result<std::vector<std::uint8_t>> SegmentFloors::choose(std::span<const double> floors, std::size_t* failed) const {
    std::vector<std::uint8_t> choice = m_frontier->m_base;
    for (std::size_t s = 0; s < m_segments.size(); ++s) {
        const Segment& segment = m_segments[s];
        if (std::isnan(floors[s]) || segment.weight <= 0) {
            continue;
        }
        const double target = (floors[s] - 1e-9) * segment.weight;
        if (segment.baseQuality >= target) {
            continue;
        }
        const auto at = std::lower_bound(segment.cumQuality.begin(), segment.cumQuality.end(), target);
        if (at == segment.cumQuality.end()) {
            if (failed != nullptr) {
                *failed = s;
            }
            const double best = segment.cumQuality.empty() ? segment.baseQuality : segment.cumQuality.back();
            return fail(ErrorCode::infeasible,
                        fmt::format("this segment cannot reach a mean quality of {:.4f}; its best is {:.4f}", floors[s],
                                    best / segment.weight),
                        "Lower its floor, or allow better models there.");
        }
        const auto last = static_cast<std::size_t>(at - segment.cumQuality.begin());
        for (std::size_t i = 0; i <= last; ++i) {
            const auto moved = m_frontier->increment(segment.increments[i]);
            choice[moved.row] = moved.target;
        }
    }
    return choice;
}

}  // namespace tierwise::route
