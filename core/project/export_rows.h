// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/project/project.h"

namespace tierwise::project {

/// Writes the rows of a query, in its order, as RFC 4180 CSV with exact values: times ISO, dollars in full, missing as
/// an empty cell. texts: with prompt, response and the log's other columns (a JSON object) as well, which is slower.
/// The file is there whole or not at all. Progress in rows. Returns their number. Errors: io, diskFull, cancelled,
/// those of Project.
[[nodiscard]] Result<std::int64_t> exportRows(const Project& project, const RowQuery& query, bool texts,
                                              const std::filesystem::path& file, const TaskContext& context);

}  // namespace tierwise::project
