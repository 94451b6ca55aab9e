// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/catalog_data.h"

// The catalog as front ends show it: one line an offering, prices in time, and the user's own prices.
namespace tierwise::project {

/// The catalog in use (the newest accepted snapshot, else the shipped one) with the user's own prices over it.
/// Errors: those of SnapshotStore, Catalog::load and the user layer.
[[nodiscard]] Result<catalog::Catalog> catalogInUse();

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

/// A price of the user's own for an offering, from a day on, in decimal dollars per million tokens.
struct OwnPrice {
    std::string offering;  ///< "provider/id" that the catalog has
    std::string input;
    std::string output;
    std::string cacheRead;  ///< empty = as input
    std::string note;
    std::optional<Timestamp> from;  ///< open = always
};
/// The file of the user's own prices, as text; empty when there is none. For undo: put back what was there.
[[nodiscard]] Result<std::string> ownPricesText();
[[nodiscard]] Result<void> putOwnPricesText(const std::string& text);
/// Adds or replaces the user's price of an offering. Errors: notFound, invalidArgument (no such decimal), io, conflict.
[[nodiscard]] Result<void> setOwnPrice(const catalog::Catalog& catalog, const OwnPrice& price);
/// Error notFound: the offering has no price of the user's.
[[nodiscard]] Result<void> removeOwnPrice(const std::string& offering);

}  // namespace tierwise::project
