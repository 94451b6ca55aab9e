// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>

#include "core/analyze/results.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/project/project.h"
#include "core/route/policy.h"

namespace tierwise::project {

/// The user's word on single requests: the tier that each really needs. Kept in the project ("settings"/"overrides").
using TierOverrides = std::map<RequestId, Tier>;

/// Errors: badFormat (damaged from outside), io. Any thread.
[[nodiscard]] Result<TierOverrides> loadOverrides(const Project& project);
[[nodiscard]] Result<void> saveOverrides(const Project& project, const TierOverrides& overrides);

/// What the overrides say of the misfits that were found.
struct OverrideEffect {
    std::size_t overrides = 0;     ///< in all
    std::size_t looked = 0;        ///< of the listed misfits
    double wasteConfirmedUsd = 0;  ///< the user agrees: a cheaper tier would do
    double wasteDismissedUsd = 0;  ///< the user says that the tier used was needed
    double errorsConfirmed = 0;
    double errorsDismissed = 0;
    bool operator==(const OverrideEffect&) const = default;
};

/// Over the listed misfits only (TierFit lists the costliest).
[[nodiscard]] OverrideEffect effectOf(const TierOverrides& overrides, const analyze::TierFit& fit);

}  // namespace tierwise::project
