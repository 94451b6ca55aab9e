// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/catalog/catalog.h"

// The user's own word on the catalog: prices, tiers, contexts, offerings and models of their own, in one small file
// that no update touches (userPricesPath). An empty store folder is the user's own.
namespace tierwise::project {

/// What the user says of one offering. Everything that is unset or empty stays as the catalog has it.
struct OwnEntry {
    std::string offering;  ///< "provider/id"; one the catalog does not have is added, and needs model and prices
    std::string model;     ///< of an added offering: a model of the catalog, or the name of a new one
    std::string author;    ///< of a new model
    std::string input;     ///< decimal dollars per million tokens, at most six decimals
    std::string output;
    std::string cacheRead;  ///< empty = as input
    std::string note;
    std::optional<Timestamp> from;  ///< first day of the prices; open = always
    std::optional<std::int64_t> contextTokens;
    std::optional<Tier> tier;  ///< explicit assignment of the offering's model, before any rule
};

/// What the user has said of an offering so far; nothing when that is nothing. Errors: io, badFormat.
[[nodiscard]] Result<std::optional<OwnEntry>> ownEntry(const std::string& offering,
                                                       const std::filesystem::path& storeFolder = {});
/// Replaces what was said of this offering. Errors: invalidArgument (a figure that is none, nothing said, an added
/// offering without model or prices), io, diskFull, conflict.
[[nodiscard]] Result<void> setOwnEntry(const catalog::Catalog& catalog, const OwnEntry& entry,
                                       const std::filesystem::path& storeFolder = {});
/// Error notFound: nothing of the user's own is there.
[[nodiscard]] Result<void> removeOwnEntry(const catalog::Catalog& catalog, const std::string& offering,
                                          const std::filesystem::path& storeFolder = {});

/// The file as text; empty when there is none. For undo: put back what was there.
[[nodiscard]] Result<std::string> ownCatalogText(const std::filesystem::path& storeFolder = {});
[[nodiscard]] Result<void> putOwnCatalogText(const std::string& text, const std::filesystem::path& storeFolder = {});

}  // namespace tierwise::project
