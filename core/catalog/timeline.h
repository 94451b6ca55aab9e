// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/catalog/catalog.h"

// Internal to core/catalog: several lists' prices of one offering, made one line in time.

namespace tierwise::catalog {

/// What one list said at one date.
struct Observation {
    Timestamp date;
    int rank = 0;  ///< among observations of a day, the higher wins
    std::vector<RateCard> cards;
};

struct Timeline {
    std::vector<RateCard> cards;
    bool changed = false;              ///< the price moved at least once
    bool disagreed = false;            ///< the newest lists are apart by more than 2x
    std::vector<std::string> dropped;  ///< observations that were left out, and why
};

/// What the model's sellers ask in the middle, by meter (input, output); unset = nobody else sells it.
using AskedPrice = std::array<std::optional<Rate>, 2>;

/// Suspicious steps are left out: one observation at zero or more than 20x off between two that agree; and of a step of
/// more than 20x the side that is further from what others ask (the older one where nobody else sells it).
[[nodiscard]] Timeline timelineOf(std::vector<Observation> observations, const AskedPrice& asked = {});

}  // namespace tierwise::catalog
