// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/catalog/price_rules.h"

namespace tierwise::catalog {

/// The tables of a catalog, as the file has them. Offerings refer to models by index, cards to evidence by index.
struct CatalogData {
    std::string title;
    Timestamp date;
    std::string hash;
    std::vector<Evidence> evidence;
    std::vector<Provider> providers;
    std::vector<Model> models;
    std::vector<Offering> offerings;
    TierRules tiers;  ///< rules the file carries
    /// Of curated facts: what compiling adds to the lists. A compiled catalog has the cards instead.
    std::vector<PriceRule> rules;
};

/// Reads the tables without the checks that need them whole. Errors badFormat: source and line.
[[nodiscard]] Result<CatalogData> readCatalogJson(std::string_view json, const std::string& source);

/// Only the rules of the tiers, from a file of the same format.
[[nodiscard]] Result<TierRules> readTierRules(std::string_view json, const std::string& source);

/// The rules as lines of a JSON list, one a line.
[[nodiscard]] std::string writeTierRules(const TierRules& rules);

/// Ties, overlaps, gaps, references and ranges. Error conflict or badFormat, with the line.
[[nodiscard]] Result<void> checkCatalog(const CatalogData& data, const std::string& source);

/// Our format: one object a line, keys in a fixed order, so that versions can be compared by line.
[[nodiscard]] std::string writeCatalogJson(const CatalogData& data);

}  // namespace tierwise::catalog
