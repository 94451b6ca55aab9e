// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/frontier_cut.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "core/base/int128.h"
#include "core/route/hull.h"

namespace tierwise::route {

namespace {

// Parts are fixed, whatever the number of threads, so that floating sums are the same to the last bit.
constexpr std::size_t kParts = 8;

struct Sum {
    double cost = 0;
    double quality = 0;
    std::size_t steps = 0;

    void add(const Sum& other) {
        cost += other.cost;
        quality += other.quality;
        steps += other.steps;
    }
};

// What the rows of a part have in common, whatever the cut.
struct Base {
    Int128 cost = 0;
    double quality = 0;
    double weight = 0;
    std::size_t infeasible = 0;
};

// Digits of a key, from the first: 11, 11 and 10 bits.
constexpr unsigned kShifts[] = {21, 10, 0};
constexpr unsigned kDigits[] = {11, 11, 10};

class Cutter {
public:
    Cutter(const ChoiceTable& table, const TaskContext& context, unsigned threads)
        : m_table(table), m_context(context), m_threads(threads) {}

    // Which steps are taken: all until their sums go beyond the limit.
    struct Limit {
        bool ofCost = false;  // of a budget, which is never passed; a floor's last step is the one that reaches it
        double value = 0;
        [[nodiscard]] bool holds(const Sum& sum) const { return ofCost ? sum.cost <= value : sum.quality < value; }
    };

    // Base sums first: the limit depends on them.
    void countBase() {
        std::array<Base, kParts> parts{};
        everyPart([&](std::size_t part, std::size_t row, const Option* options, const float*, std::size_t count) {
            Base& base = parts[part];
            if (count == 0) {
                ++base.infeasible;
                return;
            }
            const double weight = m_table.weightOf(row);
            base.cost += static_cast<Int128>(options[0].cost);
            base.quality += weight * static_cast<double>(options[0].quality);
            base.weight += weight;
            for (std::size_t i = 1; i < count; ++i) {
                m_all[part].add(stepOf(weight, options, i));
            }
        });
        for (std::size_t part = 0; part < kParts; ++part) {
            m_base.cost += parts[part].cost;
            m_base.quality += parts[part].quality;
            m_base.weight += parts[part].weight;
            m_base.infeasible += parts[part].infeasible;
        }
    }
    [[nodiscard]] const Base& base() const { return m_base; }
    [[nodiscard]] double baseCost() const { return static_cast<double>(m_base.cost); }
    [[nodiscard]] double bestQuality() const {
        double quality = m_base.quality;
        for (const Sum& part : m_all) {
            quality += part.quality;
        }
        return quality;
    }

    // The point at which the limit stops holding, and the choice there.
    [[nodiscard]] Result<FrontierCut> cut(const Limit& limit) {
        Sum before{baseCost(), m_base.quality, 0};
        if (!limit.ofCost && !limit.holds(before)) {
            return choose(limit, kNone, before);
        }
        std::uint32_t key = 0;
        for (std::size_t digit = 0; digit < std::size(kShifts); ++digit) {
            const auto value = bucketOf(limit, digit, key, before);
            if (m_context.stopRequested()) {
                return TaskContext::cancelled();
            }
            if (!value) {
                return choose(limit, kAll, before);
            }
            key |= *value << kShifts[digit];
        }
        return choose(limit, key, before);
    }

private:
    // Beside all keys of steps, which are those of positive finite slopes.
    static constexpr std::uint64_t kNone = 0;
    static constexpr std::uint64_t kAll = std::uint64_t{1} << 32U;

    static Sum stepOf(double weight, const Option* options, std::size_t i) {
        return {options[i].cost - options[i - 1].cost,
                static_cast<double>(static_cast<float>(weight) * (options[i].quality - options[i - 1].quality)), 1};
    }

    template <typename Each>
    void everyPart(const Each& each) const {
        parallelRanges(kParts, m_threads, [&](unsigned, std::size_t first, std::size_t last) {
            Option options[kMaxCandidates];
            float slope[kMaxCandidates];
            for (std::size_t part = first; part < last; ++part) {
                Order order(m_table.candidates());
                const std::size_t end = m_table.rows * (part + 1) / kParts;
                for (std::size_t row = m_table.rows * part / kParts; row < end; ++row) {
                    if ((row & 0xffffU) == 0 && m_context.stopRequested()) {
                        return;
                    }
                    const std::size_t count = upperHull(options, slope, sortedOptions(m_table, row, order, options));
                    each(part, row, options, slope, count);
                }
            }
        });
    }

    // Of the steps whose key begins like `key` before this digit: the first value of the digit with which the limit no
    // longer holds; before: grows by all steps below it. Nothing where it holds with all of them.
    std::optional<std::uint32_t> bucketOf(const Limit& limit, std::size_t digit, std::uint32_t key, Sum& before) {
        const unsigned shift = kShifts[digit];
        const std::uint32_t mask = (std::uint32_t{1} << kDigits[digit]) - 1;
        const unsigned above = shift + kDigits[digit];
        std::vector<std::vector<Sum>> parts(kParts, std::vector<Sum>(mask + std::size_t{1}));
        everyPart([&](std::size_t part, std::size_t row, const Option* options, const float* slope, std::size_t count) {
            const double weight = count > 1 ? m_table.weightOf(row) : 0;
            for (std::size_t i = 1; i < count; ++i) {
                const std::uint32_t own = stepKey(weight, slope[i]);
                if (above >= 32 || (own >> above) == (key >> above)) {
                    parts[part][(own >> shift) & mask].add(stepOf(weight, options, i));
                }
            }
        });
        std::optional<std::uint32_t> last;
        Sum sum = before;
        for (std::uint32_t value = 0; value <= mask; ++value) {
            Sum with = sum;
            for (const auto& part : parts) {
                with.add(part[value]);
            }
            if (with.steps == sum.steps) {
                continue;
            }
            last = value;
            before = sum;
            if (!limit.holds(with)) {
                break;
            }
            sum = with;
        }
        // Within a bucket that goes beyond the limit it cannot hold to the end, but for rounding: then its last step.
        if (!last || (digit == 0 && limit.holds(sum) && sum.steps != before.steps)) {
            before = sum;
            return {};
        }
        for (std::size_t part = 0; part < kParts; ++part) {
            m_bucket[part] = parts[part][*last];
        }
        return last;
    }

    // Steps below the key are taken, and of those at the key as many as the limit lets, in row order.
    [[nodiscard]] Result<FrontierCut> choose(const Limit& limit, std::uint64_t key, const Sum& before) {
        FrontierCut found;
        found.choice.assign(m_table.rows, kNoCandidate);
        std::array<Sum, kParts> at;  // sums when the part begins
        at[0] = before;
        for (std::size_t part = 1; part < kParts; ++part) {
            at[part] = at[part - 1];
            at[part].add(m_bucket[part - 1]);
        }
        struct Next {
            std::uint64_t key = std::numeric_limits<std::uint64_t>::max();
            Sum step;
        };
        std::array<Next, kParts> next;    // the first step that is not taken
        std::array<Sum, kParts> taken{};  // at the key
        everyPart([&](std::size_t part, std::size_t row, const Option* options, const float* slope, std::size_t count) {
            if (count == 0) {
                return;
            }
            const double weight = m_table.weightOf(row);
            std::size_t chosen = 0;
            for (std::size_t i = 1; i < count; ++i) {
                const std::uint32_t own = stepKey(weight, slope[i]);
                const Sum step = stepOf(weight, options, i);
                bool take = own < key;
                if (own == key) {
                    Sum with = at[part];
                    with.add(step);
                    take = limit.ofCost ? limit.holds(with) : limit.holds(at[part]);
                    at[part] = with;
                    if (take) {
                        taken[part].add(step);
                    }
                }
                if (!take) {
                    if (own < next[part].key) {
                        next[part] = {own, step};
                    }
                    break;
                }
                chosen = i;
            }
            found.choice[row] = options[chosen].candidate;
        });
        if (m_context.stopRequested()) {
            return TaskContext::cancelled();
        }
        Sum sum = before;
        const Next* first = &next[0];
        for (std::size_t part = 0; part < kParts; ++part) {
            sum.add(taken[part]);
            first = next[part].key < first->key ? &next[part] : first;
        }
        found.point = {sum.steps, sum.cost, sum.quality, m_base.weight > 0 ? sum.quality / m_base.weight : 0,
                       first->step.cost > 0 ? first->step.quality / first->step.cost * 1e12 : 0};
        return found;
    }

    const ChoiceTable& m_table;
    const TaskContext& m_context;
    unsigned m_threads;
    Base m_base;
    std::array<Sum, kParts> m_all{};     // all steps of a part
    std::array<Sum, kParts> m_bucket{};  // a part's steps at the key
};

}  // namespace

Error budgetTooSmall(double leastPico, double budgetPico) {
    return {ErrorCode::infeasible,
            fmt::format("even the cheapest choice for every request costs ${:.6g}, which is more than the budget of "
                        "${:.6g}",
                        leastPico * 1e-12, budgetPico * 1e-12),
            "Raise the budget, or allow cheaper models.",
            {},
            {},
            {}};
}

Error qualityOutOfReach(double best, double floor) {
    return {ErrorCode::infeasible,
            fmt::format("no choice of models reaches a mean quality of {:.4f}; the best reaches {:.4f}", floor, best),
            "Lower the floor, or allow better models.",
            {},
            {},
            {}};
}

Result<FrontierCut> cutForBudget(const ChoiceTable& table, double budgetPico, const TaskContext& context,
                                 unsigned threads) {
    Cutter cutter(table, context, threads);
    cutter.countBase();
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    if (!(budgetPico >= cutter.baseCost())) {
        return fail(budgetTooSmall(cutter.baseCost(), budgetPico));
    }
    return cutter.cut({true, budgetPico});
}

Result<FrontierCut> cutForMeanQuality(const ChoiceTable& table, double floor, const TaskContext& context,
                                      unsigned threads) {
    Cutter cutter(table, context, threads);
    cutter.countBase();
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    const double weight = cutter.base().weight;
    const double target = floor * weight;
    if (!(target <= cutter.bestQuality() + 1e-9 * weight)) {
        return fail(qualityOutOfReach(weight > 0 ? cutter.bestQuality() / weight : 0, floor));
    }
    // As Frontier::forMeanQuality: a floor that is a point of the frontier must find that point.
    return cutter.cut({false, target - 1e-9 * weight});
}

}  // namespace tierwise::route
