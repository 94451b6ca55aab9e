// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/catalog/price_rules.h"

namespace tierwise::catalog {

/// A row of a foreign price list, in our units, before it is merged.
struct SourceOffering {
    std::string provider;   ///< the list's own word for the seller
    std::string id;         ///< the seller's name for the model
    std::string name;       ///< for people; may be empty
    std::string author;     ///< where the list says so
    std::string baseModel;  ///< "author/name", where the list says so
    std::string family;
    std::string released;
    std::string knowledge;
    std::string licence;
    std::string retired;
    std::string aliasTarget;           ///< the id this one redirects to
    std::vector<std::string> aliases;  ///< '*' at either end allowed
    std::vector<RateCard> cards;       ///< evidence not set
    std::vector<PriceFactor> factors;
    std::optional<bool> openWeights;
    std::optional<bool> reasons;
    std::optional<std::int64_t> contextTokens;
    std::optional<std::int64_t> maxOutputTokens;
    std::vector<CapabilityScore> scores;
    bool sellsTokens = true;  ///< false: an image, a search, a minute
};

/// What a list says of a seller.
struct SourceProvider {
    std::string id;
    std::string name;
    std::vector<std::string> aliases;
};

/// A row that was not taken, and why.
struct Quarantined {
    std::string source;
    std::string entry;
    std::string reason;
};

struct SourceTable {
    std::string url;   ///< where the list is published
    std::string date;  ///< ISO date of the snapshot; "" = unknown
    std::vector<SourceProvider> providers;
    std::vector<SourceOffering> offerings;
    std::vector<Quarantined> quarantined;
    std::size_t snapped = 0;  ///< prices whose binary noise was snapped to the nearest decimal
};

/// The four public lists in their own formats. A broken document is an error with its line; a broken row is quarantined
/// and the rest is read. Prices are snapped to the nearest micro-dollar a million tokens.
[[nodiscard]] Result<SourceTable> readLiteLlm(std::string_view json, const std::string& source);
[[nodiscard]] Result<SourceTable> readGenaiPrices(std::string_view json, const std::string& source);
[[nodiscard]] Result<SourceTable> readModelsDev(std::string_view json, const std::string& source);
[[nodiscard]] Result<SourceTable> readOpenRouter(std::string_view json, const std::string& source);
/// The provider-neutral facts of models.dev: rows without provider and cards, id = "author/name".
[[nodiscard]] Result<SourceTable> readModelsDevFacts(std::string_view json, const std::string& source);

/// One dated price of a history list (date,catalog,provider,model,input,output,cache read; empty = unknown).
struct DatedPrice {
    Timestamp date;
    std::string catalog;
    std::string provider;
    std::string model;
    std::optional<Rate> input;
    std::optional<Rate> output;
    std::optional<Rate> cacheRead;
};
[[nodiscard]] Result<std::vector<DatedPrice>> readPriceHistory(std::string_view csv, const std::string& source);

}  // namespace tierwise::catalog
