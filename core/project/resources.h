// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/error.h"

namespace tierwise::project {

/// Where a shipped file is ("catalog/catalog.json"): below $TIERWISE_RESOURCES when that is set, else below
/// ../share/tierwise of the running program, else in the source tree it was built from. Any thread.
/// Error notFound: names the places that were looked at.
[[nodiscard]] Result<std::filesystem::path> resourcePath(std::string_view relative);

}  // namespace tierwise::project
