// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/assess/quality_model.h"
#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/project/project.h"
#include "core/route/policy.h"

namespace tierwise::project {

/// The user's word on single requests: the tier that each really needs. Kept in the project ("settings"/"overrides").
/// Workbench::overrideEffect says what it changes at once; with the next fit it counts as evidence (overrideLabels).
using TierOverrides = std::map<RequestId, Tier>;

/// Errors: badFormat (damaged from outside), io. Any thread.
[[nodiscard]] Result<TierOverrides> loadOverrides(const Project& project);
[[nodiscard]] Result<void> saveOverrides(const Project& project, const TierOverrides& overrides);

/// What overrides say of models, as scored answers to fit quality to. "Needs commodity" says that a commodity model
/// answers that request rightly: the strongest candidate of the tier gets a 1. It says too that none of a cheaper tier
/// does: each of them gets a 0. Of dearer ones it says nothing. candidates: by their names in quality, with their
/// tiers. Of requests that are gone nothing is said. In the order of the rows.
[[nodiscard]] std::vector<assess::ScoredRow> overrideLabels(const TierOverrides& overrides,
                                                            const store::WorkloadSnapshot& rows,
                                                            std::span<const std::pair<std::string, Tier>> candidates,
                                                            const assess::QualityModel& quality);

/// Where a request with an override stands in a snapshot.
struct OverriddenRow {
    RequestId id;
    std::size_t row = 0;
    Tier needed = Tier::unbanded;
};
/// In the order of the rows; requests that are gone are left out. One pass over the rows.
[[nodiscard]] std::vector<OverriddenRow> overriddenRows(const TierOverrides& overrides,
                                                        const store::WorkloadSnapshot& rows);

}  // namespace tierwise::project
