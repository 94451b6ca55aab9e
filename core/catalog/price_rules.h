// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"

// Internal to core/catalog: prices that a seller states as a part of its standard ones ("batches cost half").

namespace tierwise::catalog {

/// What a service tier or a region costs: the standard price times a factor.
struct PriceFactor {
    std::string serviceTier;      ///< "batch", "fast"; "" = any
    std::string region;           ///< "us"; "" = any
    std::int64_t millionths = 0;  ///< of the factor: 500,000 is half
    bool operator==(const PriceFactor&) const = default;
};

/// A factor that a seller states for a group of its models, from a day on.
struct PriceRule {
    std::string provider;
    std::vector<std::string> models;  ///< offering ids, '*' at either end allowed
    std::vector<std::string> except;  ///< ... but not these
    PriceFactor factor;
    std::optional<Timestamp> from;
    std::vector<Meter> meters;  ///< that it holds for; empty = all but requests and searches
    std::int32_t evidence = -1;
    bool operator==(const PriceRule&) const = default;
};

/// "0.5" -> 500,000; nothing unless it is above 0 and at most 100.
[[nodiscard]] std::optional<std::int64_t> parseFactor(std::string_view text);

[[nodiscard]] bool holdsFor(const PriceRule& rule, const Offering& offering);

/// Adds to the cards one more of each under the factor's condition, unless the cards know that condition already.
/// evidence < 0: that of each card.
void addFactored(std::vector<RateCard>& cards, const PriceFactor& factor, std::optional<Timestamp> from,
                 const std::vector<Meter>& meters, std::int32_t evidence);

}  // namespace tierwise::catalog
