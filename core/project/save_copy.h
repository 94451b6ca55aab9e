// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/base/error.h"
#include "core/project/project.h"

namespace tierwise::project {

/// Writes a whole, compact copy of the project as it is now; it is there complete or not at all. Errors: conflict when
/// the file is there already, io, diskFull.
[[nodiscard]] Result<void> saveCopy(const Project& project, const std::filesystem::path& to);

}  // namespace tierwise::project
