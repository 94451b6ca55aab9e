// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"

// Internal to core/catalog: the algebra of rate conditions.

namespace tierwise::catalog {

[[nodiscard]] Conditions withoutPrompt(Conditions when);
[[nodiscard]] bool datesMeet(const RateCard& a, const RateCard& b);
/// Can one request satisfy both?
[[nodiscard]] bool canMeet(const Conditions& a, const Conditions& b);
/// Does c hold wherever a and b both hold?
[[nodiscard]] bool coversMeeting(const Conditions& c, const Conditions& a, const Conditions& b);
/// Is the moment inside the window? Uses the time zone database; false when the zone is unknown.
[[nodiscard]] bool isOpen(const TimeWindow& window, Timestamp at);

}  // namespace tierwise::catalog
