// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>

#include "core/catalog/update_diff.h"

namespace tierwise::catalog {

/// What a difference says of an offering; null when nothing.
[[nodiscard]] inline const OfferingChange* find(const CatalogDiff& diff, const std::string& key) {
    const auto found = std::find_if(diff.changes.begin(), diff.changes.end(),
                                    [&](const OfferingChange& change) { return change.offering == key; });
    return found == diff.changes.end() ? nullptr : &*found;
}

}  // namespace tierwise::catalog
