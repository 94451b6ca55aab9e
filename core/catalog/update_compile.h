// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/update.h"

namespace tierwise::catalog {

/// The compiler of an update: the public lists and the curated facts become one catalog, as `catalog compile` makes it,
/// and each list compiled alone gives its own word on prices, so that lists which disagree are seen. Lists that cannot
/// be read, and single entries that were left out, are notes. An own-format document must come alone.
/// date is the day the lists were fetched.
[[nodiscard]] SourceCompiler publicListCompiler(CatalogData facts, Timestamp date);

}  // namespace tierwise::catalog
