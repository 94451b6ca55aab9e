// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/task_context.h"
#include "core/ingest/import_plan.h"
#include "core/project/project.h"

namespace tierwise::project {

/// What to import, and how. What is not said is found out.
struct ImportOptions {
    std::filesystem::path file;
    ingest::ImportWishes wishes;
    std::vector<ingest::Preset> ownPresets;  ///< the user's, which take part in the detection
};

/// rowsRead = stored + duplicates + rejected, always.
struct ImportReport {
    ImportId id;
    std::string file;
    std::string preset;         ///< id of the mapping that was used
    double confidence = 1;      ///< of a detected preset
    std::int64_t rowsRead = 0;  ///< records that stand for a request, or should
    std::int64_t stored = 0;
    std::int64_t duplicates = 0;  ///< rows that the project had already
    std::int64_t rejected = 0;
    std::int64_t skipped = 0;  ///< records that stand for no request (a user's turn in a session file)
    std::int64_t merged = 0;   ///< records whose values went into another row
    std::int64_t bytes = 0;    ///< of the file on disk
    double seconds = 0;
    std::vector<std::pair<std::string, std::int64_t>> repairs;  ///< what was mended, in words, and how often
    std::vector<std::string> notes;                             ///< decisions worth telling, for people

    bool operator==(const ImportReport&) const = default;
};

/// Reads a log into the project: all of it or, when it fails or is stopped, nothing. Reading and writing run on two
/// threads; progress comes on the caller's. Errors: notFound, io, badFormat (no log at all), conflict (another import
/// is under way or was broken off), diskFull, cancelled.
[[nodiscard]] Result<ImportReport> importLog(Project& project, const ImportOptions& options,
                                             const TaskContext& context);

/// The same by a plan that was made (and perhaps edited) before.
[[nodiscard]] Result<ImportReport> importByPlan(Project& project, const ingest::ImportPlan& plan,
                                                const TaskContext& context);

/// Goes on with the import that was broken off, with the options it was started with. Errors as importLog, and
/// notFound when there is none, conflict when the file has changed since.
[[nodiscard]] Result<ImportReport> resumeImport(Project& project, const TaskContext& context);

}  // namespace tierwise::project
