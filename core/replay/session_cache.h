// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/base/int128.h"
#include "core/route/choice_table.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::replay {

/// One exact pass over the rows in time order: within a session, the prefix that a request read from the cache in the
/// log is there only if the session's request before went to the same candidate within the cache's lifetime. Otherwise
/// it is billed again, and from then on it is cached on the new candidate. The first request of a session keeps what
/// the log says (its prefix was cached by others, a shared system prompt). Rows without a session are left alone.
/// extra(row, candidate, switched) -> pico-dollars that billing the prefix again costs more than reading it; called
/// only where a prefix is lost, by a switch or (switched = false) by age. Adds to cost[row]; returns the sum. O(rows).
template <typename Extra>
Int128 addSessionCacheLoss(const store::WorkloadSnapshot& log, std::span<const std::uint8_t> choice,
                           double lifetimeSeconds, std::span<std::int64_t> cost, const Extra& extra) {
    struct Held {
        std::int64_t time = std::numeric_limits<std::int64_t>::min();
        std::uint8_t candidate = route::kNoCandidate;
        bool dated = false;
    };
    std::vector<Held> sessions(log.session.names.size());
    const auto lifetime = static_cast<std::int64_t>(lifetimeSeconds * 1e9);
    Int128 total = 0;
    for (std::size_t row = 0; row < choice.size(); ++row) {
        const auto session = static_cast<std::size_t>(log.session.codes[row]);
        const std::uint8_t candidate = choice[row];
        if (session == 0 || candidate == route::kNoCandidate) {
            continue;
        }
        Held& held = sessions[session];
        const bool dated = log.timeNanos.valid.test(row);
        const std::int64_t time = log.timeNanos.values[row];
        if (log.cacheRead.values[row] > 0 && held.candidate != route::kNoCandidate) {
            const bool switched = held.candidate != candidate;
            const bool tooOld = dated && held.dated && time - held.time > lifetime;
            if (switched || tooOld) {
                const std::int64_t more = extra(row, candidate, switched);
                cost[row] += more;
                total += more;
            }
        }
        held = {time, candidate, dated};
    }
    return total;
}

}  // namespace tierwise::replay
