// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/ingest/import_plan.h"
#include "core/project/project.h"

namespace tierwise::project {

/// What the head of a file becomes under a plan.
struct ImportPreview {
    std::vector<RequestRecord> rows;  ///< as they would be stored; ids are 1, 2 ...; texts are not kept
    std::vector<RejectInfo> rejects;  ///< as they would be rejected
    std::int64_t skipped = 0;         ///< records that stand for no request
    bool wholeFile = false;           ///< the file holds no more than this
};

/// Reads the plan's file until so many rows and rejects together are there. Quick: the head of the file alone.
/// Errors: as RecordReader::open and makeAssembler; cancelled.
[[nodiscard]] Result<ImportPreview> previewImport(const ingest::ImportPlan& plan, std::size_t limit,
                                                  const TaskContext& context);

}  // namespace tierwise::project
