// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "core/base/task_context.h"
#include "core/catalog/compile.h"

namespace tierwise::project {

/// Files of public price lists to compile. Empty = not given. A date inside a file's name is its snapshot's date.
struct CompileFiles {
    std::filesystem::path facts;  ///< empty = the shipped facts
    std::filesystem::path liteLlm;
    std::filesystem::path genai;
    std::filesystem::path modelsDev;
    std::filesystem::path modelsDevFacts;
    std::filesystem::path openRouter;
    std::filesystem::path history;
    std::optional<Timestamp> genaiDate;  ///< where the file's name has none
    std::optional<Timestamp> date;       ///< the catalog's; unset = the newest list's
    std::string title = "Tierwise catalog";
};

/// Reads, merges and checks. Errors: io, badFormat (with the line of the list), conflict, cancelled.
[[nodiscard]] Result<catalog::CompileOutput> compileFiles(const CompileFiles& files, TaskContext& context);

/// Writes a catalog beside its place and renames it: never half a file. Errors: io, diskFull.
[[nodiscard]] Result<void> writeCatalogFile(const catalog::CatalogData& data, const std::filesystem::path& path);

}  // namespace tierwise::project
