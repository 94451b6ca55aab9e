// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/timestamp.h"
#include "core/catalog/catalog.h"
#include "core/catalog/update_diff.h"

namespace tierwise::catalog {

/// One snapshot that was in use.
struct SnapshotEntry {
    std::string hash;  ///< Catalog::hash() of the file, which is named after it
    Timestamp installed;
    std::string how;    ///< "shipped", "update"
    std::string title;  ///< of the catalog
    std::string date;   ///< ISO date of the catalog
    std::int64_t offerings = 0;
    std::int64_t changes = 0;  ///< accepted with it
    bool operator==(const SnapshotEntry&) const = default;
};

/// A fetched update that waits for the user's word.
struct PendingUpdate {
    CatalogData candidate;
    std::vector<SourceQuote> quotes;
    std::vector<std::string> notes;  ///< for people: sources that failed, entries that were left out
    Timestamp fetched;
};

/// The user's catalogs on disk: snapshots by hash, which one is current, and the waiting update. Every switch is one
/// atomic replacement of one file, so a crash leaves the old or the new state. Calls are serialized between programs by
/// a lock file. Errors of every call: io, diskFull, badFormat (a damaged file, named).
class SnapshotStore {
public:
    static constexpr std::size_t kKept = 10;

    explicit SnapshotStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    /// $XDG_DATA_HOME/tierwise/catalog, else ~/.local/share/tierwise/catalog.
    [[nodiscard]] static std::filesystem::path defaultFolder();
    [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }

    /// Oldest first; empty before the first update.
    [[nodiscard]] Result<std::vector<SnapshotEntry>> history() const;
    /// Hash of the snapshot in use; nothing = the shipped catalog is.
    [[nodiscard]] Result<std::optional<std::string>> currentHash() const;
    /// A kept snapshot. Error notFound: never had it, or it was dropped as older than the last ten.
    [[nodiscard]] Result<Catalog> load(const std::string& hash) const;
    /// The catalog in use: the current snapshot, else the shipped one.
    [[nodiscard]] Result<Catalog> current(const std::filesystem::path& shipped) const;

    /// Puts a catalog in use. base is what it was made from: kept as a snapshot too, so that rollback can return to it.
    /// Keeps the last ten. Error conflict: base is no longer the one in use.
    [[nodiscard]] Result<SnapshotEntry> install(const Catalog& catalog, const Catalog& base, std::int64_t changes,
                                                Timestamp now);
    /// Puts an older snapshot in use: the one before the current, or the named one (a unique beginning of its hash is
    /// enough). Error notFound: there is none.
    [[nodiscard]] Result<SnapshotEntry> rollback(const std::string& hash = {});

    [[nodiscard]] Result<void> setPending(const PendingUpdate& update);
    /// Nothing when no update waits.
    [[nodiscard]] Result<std::optional<PendingUpdate>> pending() const;
    [[nodiscard]] Result<void> clearPending();

private:
    struct State;
    [[nodiscard]] Result<State> readState() const;
    [[nodiscard]] Result<void> writeState(const State& state) const;
    [[nodiscard]] Result<void> keep(const Catalog& catalog) const;
    void drop(const State& state) const;
    [[nodiscard]] std::filesystem::path snapshotPath(const std::string& hash) const;

    std::filesystem::path m_folder;
};

}  // namespace tierwise::catalog
