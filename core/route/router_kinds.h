// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/route/policy.h"

namespace tierwise::route {

/// The words of the policy format for the kinds of routers.
[[nodiscard]] const std::vector<std::pair<RouterKind, std::string>>& routerKinds();

}  // namespace tierwise::route
