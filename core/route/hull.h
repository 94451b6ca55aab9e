// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/route/choice_table.h"
#include "core/route/radix.h"

// A row's options and their upper convex hull in (cost, quality); internal to core/route.
namespace tierwise::route {

struct Option {
    double cost;
    float quality;
    std::uint8_t candidate;
};

// Candidates in the order of the row before: prices order most rows alike, so that sorting has little to do.
struct Order {
    std::uint8_t candidates[kMaxCandidates];
    std::size_t count = 0;

    explicit Order(std::size_t all) : count(all) {
        for (std::size_t j = 0; j < all; ++j) {
            candidates[j] = static_cast<std::uint8_t>(j);
        }
    }
};

inline bool comesBefore(const Option& a, const Option& b) {
    return a.cost != b.cost         ? a.cost < b.cost
           : a.quality != b.quality ? a.quality > b.quality
                                    : a.candidate < b.candidate;
}

// The options of a row, cheapest first; among equal costs the better first, then the lower candidate number.
inline std::size_t sortedOptions(const ChoiceTable& table, std::size_t row, Order& order, Option* options) {
    const std::uint64_t mask = table.mask(row);
    std::size_t count = 0;
    for (std::size_t i = 0; i < order.count; ++i) {
        const std::uint8_t j = order.candidates[i];
        if (((mask >> j) & 1U) == 0) {
            continue;
        }
        const Option option{static_cast<double>(table.cost[j][row]), table.quality[j][row], j};
        std::size_t at = count++;
        for (; at > 0 && comesBefore(option, options[at - 1]); --at) {
            options[at] = options[at - 1];
        }
        options[at] = option;
    }
    if (count == order.count) {
        for (std::size_t i = 0; i < count; ++i) {
            order.candidates[i] = options[i].candidate;
        }
    }
    return count;
}

// Reduces sorted options to their upper convex hull in place; slope[i] is the float key of the step from i-1 to i, and
// strictly falls, so that sorting all rows' steps by it keeps each row's steps in order.
inline std::size_t upperHull(Option* options, float* slope, std::size_t count) {
    std::size_t top = 0;
    for (std::size_t i = 1; i < count; ++i) {
        if (options[i].quality <= options[top].quality) {
            continue;
        }
        float rise = 0;
        for (;;) {
            rise = static_cast<float>(static_cast<double>(options[i].quality - options[top].quality) /
                                      (options[i].cost - options[top].cost));
            if (top == 0 || rise < slope[top]) {
                break;
            }
            --top;
        }
        ++top;
        options[top] = options[i];
        slope[top] = rise;
    }
    return count == 0 ? 0 : top + 1;
}

// The sort key of a step: rising keys are falling quality per dollar; a row's own keys rise strictly.
inline std::uint32_t stepKey(double weight, float slope) {
    return descendingKey(static_cast<float>(weight) * slope);
}

}  // namespace tierwise::route
