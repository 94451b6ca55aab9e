// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/task_context.h"
#include "core/ingest/import_retry.h"
#include "core/project/project.h"

namespace tierwise::project {

using ingest::RetryOutcome;

/// Writes the rejects of an import as a CSV that can be mended and retried (ingest::rejectsAsCsv). Returns how many.
/// Errors: notFound, io, diskFull.
[[nodiscard]] Result<std::int64_t> exportRejects(const Project& project, ImportId import,
                                                 const std::filesystem::path& file);

/// Tries rejects again, mended or as they are (ingest::retryRejects).
[[nodiscard]] Result<RetryOutcome> retryRejects(const Project& project, ImportId import,
                                                const std::optional<std::filesystem::path>& mended,
                                                const TaskContext& context);

}  // namespace tierwise::project
