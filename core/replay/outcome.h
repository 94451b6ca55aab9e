// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace tierwise::replay {

/// A measured answer of a model to a request of the log: the top of the evidence ladder.
struct Outcome {
    std::size_t row = 0;                   ///< index into the snapshot
    std::string model;                     ///< candidate id, or a name that resolves to it
    std::optional<float> score;            ///< 0..1
    std::optional<std::int64_t> costPico;  ///< what that answer cost, pico-dollars
    std::optional<std::int64_t> inputTokens;
    std::optional<std::int64_t> outputTokens;
    std::optional<float> latencySeconds;
    std::string answer;  ///< for agreement; "" = not known
    bool operator==(const Outcome&) const = default;
};

}  // namespace tierwise::replay
