// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/catalog/catalog.h"
#include "core/ingest/import_plan.h"
#include "core/project/doctor.h"
#include "core/project/project.h"

// What an import would do, before it is done. Nothing is written into a project.
namespace tierwise::project {

/// What the head of a file becomes under a plan.
struct ImportPreview {
    std::vector<RequestRecord> rows;   ///< as they would be stored; ids are 1, 2 ...
    std::vector<std::string> prompts;  ///< of each row, its beginning as it would be stored (masked); "" = none
    std::vector<RejectInfo> rejects;   ///< as they would be rejected
    std::int64_t skipped = 0;          ///< records that stand for no request
    bool wholeFile = false;            ///< the file holds no more than this
};

/// Reads the plan's file until so many rows and rejects together are there. Quick: the head of the file alone.
/// Errors: as RecordReader::open, makeAssembler and Masker::create; cancelled.
[[nodiscard]] Result<ImportPreview> previewImport(const ingest::ImportPlan& plan, std::size_t limit,
                                                  const TaskContext& context);

/// What a whole file would become under a plan; duplicates are not looked for.
struct ImportCheck {
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::int64_t skipped = 0;
    /// Reason and how often, most first; at most 50.
    std::vector<std::pair<std::string, std::int64_t>> reasons;
    std::vector<RejectInfo> rejects;  ///< the first 500
};

/// Reads the whole file and stores nothing. Progress in bytes where they are known. Errors: as previewImport.
[[nodiscard]] Result<ImportCheck> checkImport(const ingest::ImportPlan& plan, const TaskContext& context);

/// The doctor's report on a file under a plan before it is imported: on its first `limit` rows (at most a batch of the
/// store), or, with 0, on all of it. Its rows go into a project of their own, which is gone afterwards; the findings'
/// mends can be done once the file is imported. Rows of the findings' examples are numbers of the preview. Errors:
/// those of previewImport, importByPlan and diagnose; io (temporary folder).
[[nodiscard]] Result<Diagnosis> diagnoseBefore(const ingest::ImportPlan& plan, std::size_t limit,
                                               const catalog::Catalog& catalog,
                                               std::span<const catalog::UserAlias> aliases, const TaskContext& context);

}  // namespace tierwise::project
