// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// Suspicious steps (to zero and back, or 20x for one observation) are left out.
[[nodiscard]] Timeline timelineOf(std::vector<Observation> observations);

}  // namespace tierwise::catalog
