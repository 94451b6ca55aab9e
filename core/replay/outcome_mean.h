// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <type_traits>

#include "core/replay/outcome.h"

namespace tierwise::replay {

/// The mean of what outcomes of one answer state, each figure over those that state it; what none states stays unknown.
/// Row and model are the first's, answer the first that is known. At least one.
[[nodiscard]] inline Outcome meanOf(std::span<const Outcome> same) {
    Outcome mean = same.front();
    const auto take = [&](auto Outcome::*figure) {
        using Value = typename std::decay_t<decltype(mean.*figure)>::value_type;
        double sum = 0;
        int count = 0;
        for (const auto& outcome : same) {
            if (const auto& value = outcome.*figure) {
                sum += static_cast<double>(*value);
                ++count;
                mean.*figure = value;
            }
        }
        if (count > 1) {  // a single value stays exactly what it is
            const double middle = sum / count;
            mean.*figure = static_cast<Value>(std::is_integral_v<Value> ? std::round(middle) : middle);
        }
    };
    take(&Outcome::score);
    take(&Outcome::costPico);
    take(&Outcome::inputTokens);
    take(&Outcome::outputTokens);
    take(&Outcome::latencySeconds);
    for (const auto& outcome : same) {
        if (mean.answer.empty()) {
            mean.answer = outcome.answer;
        }
    }
    return mean;
}

}  // namespace tierwise::replay
