// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

#include "core/route/json_at.h"
#include "core/route/policy.h"

// The parts of a policy file that are no routers; internal to core/route. Faults are thrown as JsonFault.
namespace tierwise::route {

inline constexpr double kAnyAmount = std::numeric_limits<double>::infinity();

[[nodiscard]] Sticky readSticky(const JsonAt& at);
[[nodiscard]] Constraints readConstraints(const JsonAt& at);
[[nodiscard]] Rule readRule(const JsonAt& at);
[[nodiscard]] Verifier readVerifier(const JsonAt& at);

}  // namespace tierwise::route
