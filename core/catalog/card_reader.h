// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/catalog/catalog.h"
#include "core/catalog/json_cursor.h"

// Internal to core/catalog: the parts of an offering in our own format. Failures travel as JsonFailure with their line.

namespace tierwise::catalog {

inline constexpr std::int64_t kMostTokens = 1'000'000'000'000;

/// Calls each(key, value) for the fields of an object.
template <typename Each>
void forFields(JsonObject object, Each each) {
    for (auto field : object) {
        const std::string_view key = field.unescaped_key();
        each(key, field.value());
    }
}

[[nodiscard]] RateCard readCard(JsonCursor& cursor, JsonValue value);
[[nodiscard]] std::vector<Alias> readAliases(JsonCursor& cursor, JsonValue value);
[[nodiscard]] std::int32_t readEvidenceIndex(JsonCursor& cursor, JsonValue value);

}  // namespace tierwise::catalog
