// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/timestamp.h"
#include "core/store/row_batch.h"

namespace tierwise::store {

class Connection;

/// What an import is of, kept with it: enough to resume it and to know the same file again.
struct ImportSource {
    std::string path;
    std::int64_t bytes = 0;
    std::string digest;   ///< of the file's content
    std::string options;  ///< JSON: the options it was started with
    std::optional<Timestamp> started;

    bool operator==(const ImportSource&) const = default;
};

/// rowsRead = stored + duplicates + rejected, always.
struct ImportCounts {
    std::int64_t rowsRead = 0;
    std::int64_t stored = 0;
    std::int64_t duplicates = 0;
    std::int64_t rejected = 0;
    std::int64_t byteOffset = 0;

    bool operator==(const ImportCounts&) const = default;
};

/// Writes one import, a batch a commit. The rows are invisible to every reader until complete(). When the process dies,
/// the project holds an unfinished import of whole batches, which can be resumed or rolled back (import_list.h). One
/// thread at a time; one import of a project at a time, over all processes.
class ImportWriter {
public:
    /// Errors: conflict when an unfinished import is there or another is under way; those of SQLite.
    [[nodiscard]] static Result<std::unique_ptr<ImportWriter>> begin(Connection& connection,
                                                                     const ImportSource& source);
    /// Goes on with an unfinished import. Hand in all batches again from the start of the file: rows that are stored
    /// already are only recognized. Errors: notFound, conflict.
    [[nodiscard]] static Result<std::unique_ptr<ImportWriter>> resume(Connection& connection, ImportId id);
    /// Leaves what was committed as an unfinished import.
    ~ImportWriter();
    ImportWriter(const ImportWriter&) = delete;
    ImportWriter& operator=(const ImportWriter&) = delete;

    /// Adds a batch and commits it with its byte offset. After an error only discard() makes sense.
    [[nodiscard]] Result<void> add(const RowBatch& batch);
    /// Makes the import visible, durably. report: JSON kept with it. milliseconds: how long it took.
    [[nodiscard]] Result<void> complete(std::int64_t milliseconds, const std::string& report);
    /// Removes everything of this import.
    [[nodiscard]] Result<void> discard();

    [[nodiscard]] ImportId id() const;
    /// Of all batches handed in so far, which on a resumed import include those stored before.
    [[nodiscard]] const ImportCounts& counts() const;

private:
    struct Impl;
    explicit ImportWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}  // namespace tierwise::store
