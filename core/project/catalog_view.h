// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/catalog/catalog.h"

// The catalog as front ends show it: one line an offering, and prices in time.
namespace tierwise::project {

/// One offering at the catalog's date, standard conditions.
struct CatalogLine {
    OfferingIndex offering;
    std::string key;  ///< "provider/id"
    std::string model;
    std::string author;
    std::string host;          ///< the provider's name
    std::string jurisdiction;  ///< of the host
    std::string licence;
    std::string released;
    std::string retired;
    std::string currency;
    Tier tier = Tier::unbanded;
    std::string tierReason;
    std::optional<std::int64_t> contextTokens;
    std::optional<Rate> input;  ///< a token, in currency
    std::optional<Rate> output;
    std::optional<Rate> cacheRead;
    bool openWeights = false;
    bool mainOffering = false;  ///< the one to show for its model
    bool ownPrice = false;      ///< the user's
    std::string evidenceUrl;
    std::string evidenceDate;
    std::string confidence;
};
[[nodiscard]] std::vector<CatalogLine> catalogLines(const catalog::Catalog& catalog);

/// A price from a day on, until the next point. value missing: not offered any more, or not known.
struct PriceStep {
    Timestamp from;
    std::optional<Rate> value;
};
/// Standard rate of a meter over time, by the cards' dates; the first step is the earliest known date.
[[nodiscard]] std::vector<PriceStep> priceHistory(const catalog::Catalog& catalog, OfferingIndex offering,
                                                  catalog::Meter meter);

/// Least standard output price in dollars of each tier's models over time (first-hand and other hosts alike), by
/// today's tiers; index static_cast<size_t>(Tier). Rises are kept as rises.
[[nodiscard]] std::array<std::vector<PriceStep>, 4> floorByTier(const catalog::Catalog& catalog);

}  // namespace tierwise::project
