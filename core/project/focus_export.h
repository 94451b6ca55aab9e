// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "core/project/analysis.h"

namespace tierwise::project {

/// Writes the log's usage as invoice-shaped rows (core/report/focus.h): one a day, offering, service tier, team and
/// meter, at catalog prices. Rows that cannot be priced are left out; the sum of EffectiveCost is what `as logged`
/// costs. Errors: io, diskFull, cancelled.
[[nodiscard]] Result<void> exportFocus(const Workbench& workbench, const route::Policy& policy,
                                       const std::filesystem::path& file, const TaskContext& context);

}  // namespace tierwise::project
