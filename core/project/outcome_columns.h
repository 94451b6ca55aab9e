// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/ingest/mapping.h"

namespace tierwise::project {

/// What a column of an outcomes file can hold, besides scores.
enum class OutcomeField {
    request,
    model,
    modelA,
    modelB,
    winner,
    loser,
    benchmark,
    answer,
    inputTokens,
    outputTokens,
    cost,
    latency,
    latencyMs,
};

struct OutcomeColumns {
    struct Score {
        std::size_t column = 0;
        ingest::Unit unit = ingest::Unit::automatic;
    };
    std::size_t count = 0;  ///< of all columns, known or not
    std::map<OutcomeField, std::size_t> at;
    std::vector<Score> scores;  ///< in the order in which they are asked: the first that says something counts

    [[nodiscard]] std::optional<std::size_t> find(OutcomeField field) const {
        const auto found = at.find(field);
        return found == at.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] bool has(OutcomeField field) const { return at.count(field) != 0; }
    [[nodiscard]] bool pairwise() const { return has(OutcomeField::winner); }
    /// Something of an answer is said: a score, a preference, a measure or the answer itself.
    [[nodiscard]] bool saysSomething() const;
};

/// The columns that are known, by their names without case, signs and what stands in brackets: "Request ID",
/// "request-id" and "requestId" are one name, "Rating (1-5)" is a rating.
[[nodiscard]] OutcomeColumns outcomeColumns(std::span<const std::string> names);

}  // namespace tierwise::project
