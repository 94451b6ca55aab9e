// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/project/project.h"
#include "core/route/policy.h"

namespace tierwise::project {

/// The user's word on single requests: the tier that each really needs. Kept in the project ("settings"/"overrides").
/// Workbench::overrideEffect says what it changes.
using TierOverrides = std::map<RequestId, Tier>;

/// Errors: badFormat (damaged from outside), io. Any thread.
[[nodiscard]] Result<TierOverrides> loadOverrides(const Project& project);
[[nodiscard]] Result<void> saveOverrides(const Project& project, const TierOverrides& overrides);

}  // namespace tierwise::project
