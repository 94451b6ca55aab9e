// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/usage_body.h"

namespace tierwise::project {

/// The catalog in use (the last accepted update, else the shipped one, with the user's own prices), or the named one;
/// with the shipped tier rules. Errors: as Catalog::load.
[[nodiscard]] Result<catalog::Catalog> openCatalog(const std::filesystem::path& path = {});

struct ResolveQuestion {
    std::string name;
    std::string provider;
    std::optional<Timestamp> at;
    std::vector<catalog::UserAlias> aliases;
    bool dayOnly = false;  ///< at is a day: hours of the day are not taken to hold
};

/// What a name means and what it costs, as the document of `resolve --json`: {"offering", "model", "provider", "entry",
/// "rule", "confidence", "currency", "rates": decimal dollars per million ...} or {"unpriced", "candidates"}.
[[nodiscard]] nlohmann::ordered_json resolveDocument(const catalog::Catalog& catalog, const ResolveQuestion& question);

struct PriceQuestion {
    ResolveQuestion who;  ///< an empty name takes the one in the usage body
    std::string serviceTier;
    std::string region;
    std::string usageJson;
};

/// The bill of a provider's own usage object, as the document of `price --json`: {"costPicoUsd", "lines", "offering",
/// "warnings"}, or {"unpriced", "candidates"}. In another currency the sums are in that currency ("currency" says so)
/// and the key is "costPico" with the currency's code. Errors: badFormat (usage), overflow.
[[nodiscard]] Result<nlohmann::ordered_json> priceDocument(const catalog::Catalog& catalog,
                                                           const PriceQuestion& question);

}  // namespace tierwise::project
