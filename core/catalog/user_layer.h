// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/catalog/catalog.h"
#include "core/catalog/catalog_data.h"

namespace tierwise::catalog {

/// The user's own prices: custom offerings and negotiated rates, in a file of our own format that no update touches.
/// Missing file = an empty layer. Errors: io, badFormat, conflict.
[[nodiscard]] Result<CatalogData> loadUserLayer(const std::filesystem::path& path);
/// Errors: conflict (not a valid catalog), io, diskFull.
[[nodiscard]] Result<void> saveUserLayer(const CatalogData& layer, const std::filesystem::path& path);

/// The catalog with the layer over it. A known offering takes the layer's cards for the time they cover (from the
/// earliest `from` to the latest `to`); before and after, its listed cards hold; a context of the layer's wins. Others
/// are added. Tier rules of the layer come before the catalog's. Every rate of the layer has confidence user. Errors:
/// conflict, with the offering's name.
[[nodiscard]] Result<Catalog> withUserLayer(const Catalog& catalog, const CatalogData& layer);

}  // namespace tierwise::catalog
