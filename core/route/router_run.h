// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "core/route/router.h"

namespace tierwise::route {

/// Where reasonOf puts a row's own figures. No braces: what users write (a rule's reason, names) comes out as written.
inline constexpr const char* kMarkDifficulty = "\x01(d)";
inline constexpr const char* kMarkTokens = "\x01(n)";
inline constexpr const char* kMarkQuality = "\x01(q)";
inline constexpr const char* kMarkCost = "\x01(c)";

/// The log's column of a kind of segment (Router::perSegment); null for days and none.
[[nodiscard]] const store::DictionaryColumn* segmentColumn(const store::WorkloadSnapshot& log, const std::string& by);

/// The state of one decide(); internal to core/route.
struct BoundRouter::Run {
    Decisions out;
    const TaskContext* context = nullptr;
    std::unordered_map<std::string, std::uint16_t> reasonIds;
    /// Reasons of rows that could not go where they should: (wanted reason, taken candidate, obstacle).
    std::map<std::tuple<std::uint16_t, std::uint8_t, Obstacle>, std::uint16_t> detours;

    /// The columns of several attempts exist from the first cascade on.
    void prepareAttempts() {
        if (out.reach.empty()) {
            out.reach.assign(out.calls.size(), std::vector<float>(out.first.size(), 0.0F));
        }
    }
    std::uint16_t reasonId(const std::string& text) {
        const auto found = reasonIds.find(text);
        if (found != reasonIds.end()) {
            return found->second;
        }
        // More kinds of reasons than 65,535 would be a policy of more rules than anyone can read: share the last.
        const auto id = static_cast<std::uint16_t>(std::min<std::size_t>(out.reasons.size(), 65'535));
        if (id == out.reasons.size()) {
            out.reasons.push_back(text);
        }
        reasonIds.emplace(text, id);
        return id;
    }
};

}  // namespace tierwise::route
