// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/store/import_writer.h"

namespace tierwise::store {

class Connection;

struct ImportInfo {
    ImportId id;
    bool complete = false;  ///< false: broken off, invisible, waits to be resumed or rolled back
    ImportSource source;
    ImportCounts counts;
    std::int64_t milliseconds = 0;
    std::string report;  ///< JSON of the import's report

    bool operator==(const ImportInfo&) const = default;
};

/// All imports, oldest first. One that is still under way stands there as unfinished.
[[nodiscard]] Result<std::vector<ImportInfo>> listImports(Connection& connection);
[[nodiscard]] Result<std::optional<ImportInfo>> unfinishedImport(Connection& connection);

/// The ids of the first rows of complete imports that have any, ascending.
[[nodiscard]] Result<std::vector<std::int64_t>> importFirstRows(Connection& connection);

/// Takes a complete import back: its rows, rejects, and the texts no other import uses. Errors: notFound; conflict
/// while an import is under way or unfinished.
[[nodiscard]] Result<void> undoImport(Connection& connection, ImportId id);
/// Removes what an unfinished import left. Errors: notFound; conflict while it is still under way.
[[nodiscard]] Result<void> rollBackImport(Connection& connection, ImportId id);

/// The same for either kind, for the holder of the import lock.
[[nodiscard]] Result<void> removeImport(Connection& connection, ImportId id);

/// A record that did not become a row.
struct RejectInfo {
    std::int64_t id = 0;
    ImportId import;
    std::int64_t line = 0;  ///< 1-based; 0 where the format has no lines
    std::int64_t byteOffset = 0;
    std::string column;
    std::string reason;
    std::string fixHint;
    std::string raw;  ///< the record's own bytes

    bool operator==(const RejectInfo&) const = default;
};

/// Rejects of complete imports with an id above afterId, by id; of one import where it is given. limit >= 1.
[[nodiscard]] Result<std::vector<RejectInfo>> listRejects(Connection& connection, std::optional<ImportId> import,
                                                          std::int64_t afterId, std::int64_t limit);
[[nodiscard]] Result<std::int64_t> countRejects(Connection& connection, std::optional<ImportId> import);
/// Forgets rejects that were mended.
[[nodiscard]] Result<void> removeRejects(Connection& connection, const std::vector<std::int64_t>& ids);

}  // namespace tierwise::store
