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

namespace tierwise::store {
class Connection;
}

namespace tierwise::ingest {

/// The rejects of one import as a CSV text that can be mended in any editor or spreadsheet: the columns tierwise_reject
/// (leave it as it is) and tierwise_problem, then the log's own columns, or one column "json" for JSON logs; cells
/// beyond the log's columns follow as tierwise_extra_1 and on. Errors: notFound for an unknown import; badFormat.
[[nodiscard]] Result<std::string> rejectsAsCsv(store::Connection& connection, ImportId import);

struct RetryOutcome {
    ImportId id;             ///< the import that the mended rows came in with; 0 where none did
    std::int64_t tried = 0;  ///< = stored + duplicates + failed
    std::int64_t stored = 0;
    std::int64_t duplicates = 0;
    std::int64_t failed = 0;              ///< still rejects
    std::vector<std::string> stillWrong;  ///< "reject 17: reason", the first 100

    bool operator==(const RetryOutcome&) const = default;
};

/// Tries the rejects of an import again with its own mapping: from the mended CSV (only the rejects that are in it),
/// or, without one, as they are. Those that became rows are rejects no more; the others stay. All or, on an error,
/// nothing. Errors: as runImport; badFormat when the file is not such a CSV.
[[nodiscard]] Result<RetryOutcome> retryRejects(store::Connection& connection, ImportId import,
                                                const std::optional<std::string>& mendedFile, const Clock& clock,
                                                const TaskContext& context);

}  // namespace tierwise::ingest
