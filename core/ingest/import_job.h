// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/task_context.h"
#include "core/ingest/import_plan.h"
#include "core/store/import_writer.h"

namespace tierwise::store {
class Connection;
}

namespace tierwise::ingest {

/// What an import did. counts: rowsRead = stored + duplicates + rejected.
struct ImportOutcome {
    ImportId id;
    store::ImportCounts counts;
    std::int64_t skipped = 0;  ///< records that stand for no request
    std::int64_t merged = 0;   ///< records whose values went into another row
    RepairCounts repairs;
    std::int64_t fileBytes = 0;
    double seconds = 0;

    bool operator==(const ImportOutcome&) const = default;
};

/// Reads the plan's file into the project: on one thread reading and mapping, on the caller's writing, with a short
/// queue between them. All of it or, on an error or when stopped, none of it: what was written is removed again.
/// Errors: as RecordReader, RecordAssembler and ImportWriter; cancelled.
[[nodiscard]] Result<ImportOutcome> runImport(store::Connection& connection, const ImportPlan& plan, const Clock& clock,
                                              const TaskContext& context);

/// Goes on with an unfinished import after its last commit, when the file is still what it was; the rows before are
/// read again, because which rows are new depends on them. On an error the unfinished import stays as it was, with what
/// came since. Errors: as above; conflict when the file has changed; notFound.
[[nodiscard]] Result<ImportOutcome> resumeImport(store::Connection& connection, ImportId id,
                                                 const TaskContext& context);

/// Stands for a file's content: its size and samples of its bytes. Error io.
[[nodiscard]] Result<std::string> fileDigest(const std::string& path);

}  // namespace tierwise::ingest
