// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/task_context.h"
#include "core/catalog/hardware.h"
#include "core/catalog/update.h"

// The use cases of keeping the catalog up to date. An empty store folder is the user's own (SnapshotStore).
namespace tierwise::project {

/// The catalog in use: the current snapshot (else the shipped one), the shipped tier rules, and the user's own prices
/// over it. Errors: io, badFormat, conflict.
[[nodiscard]] Result<catalog::Catalog> catalogInUse(const std::filesystem::path& storeFolder = {});

/// The user's own prices: beside the snapshots, in a file of our own format.
[[nodiscard]] std::filesystem::path userPricesPath(const std::filesystem::path& storeFolder = {});

struct UpdateChoice {
    std::vector<std::string> sources;  ///< ids of public lists; empty = all four
    std::string url;                   ///< instead of the public lists: one list in our own format
    std::string caFile;                ///< PEM of the authority that signed url's certificate; empty = the system's
};

/// What waits for the user's word, and how it differs from the catalog in use.
struct WaitingUpdate {
    catalog::PendingUpdate update;
    catalog::CatalogDiff diff;
};

/// Fetches and compares; changes nothing in use. Errors: as catalog::fetchUpdate; invalidArgument (unknown source).
[[nodiscard]] Result<WaitingUpdate> updateCatalog(const UpdateChoice& choice, const std::filesystem::path& storeFolder,
                                                  const Clock& clock, TaskContext& context);
/// Error notFound: no update waits.
[[nodiscard]] Result<WaitingUpdate> waitingUpdate(const std::filesystem::path& storeFolder, const Clock& clock);
/// Errors: as catalog::acceptUpdate.
[[nodiscard]] Result<catalog::SnapshotEntry> acceptWaiting(const catalog::Acceptance& acceptance,
                                                           const std::filesystem::path& storeFolder,
                                                           const Clock& clock);

/// Throws the waiting update away; the catalog in use stays.
[[nodiscard]] Result<void> discardWaiting(const std::filesystem::path& storeFolder);

/// The catalogs that were in use, oldest first, and which one is (unset: the shipped one, never updated).
struct CatalogHistory {
    std::vector<catalog::SnapshotEntry> entries;
    std::optional<std::string> current;
};
[[nodiscard]] Result<CatalogHistory> catalogHistory(const std::filesystem::path& storeFolder);
/// Puts an older catalog in use: the one before the current, or the named one. Error notFound.
[[nodiscard]] Result<catalog::SnapshotEntry> rollbackCatalog(const std::string& hash,
                                                             const std::filesystem::path& storeFolder);

/// The shipped table of GPUs. Errors: notFound, io, badFormat.
[[nodiscard]] Result<catalog::HardwareTable> loadHardware();

}  // namespace tierwise::project
