// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

// Internal to core/catalog: counts of tokens out of a usage object.

namespace tierwise::catalog {

using Count = std::optional<std::int64_t>;

/// Thrown for a count that is none; caught where the body is read.
struct BadCount {
    std::string what;
};

/// Is there anything but null under the key?
[[nodiscard]] bool has(const nlohmann::json& object, const char* key);
/// A whole number from 0 on, also as text or as a float without a fraction; nothing for null or no such key. Throws
/// BadCount for anything else.
[[nodiscard]] Count count(const nlohmann::json& object, const char* key);
/// A count whose key may hold an object of its parts instead: nothing then.
[[nodiscard]] Count scalarCount(const nlohmann::json& object, const char* key);
[[nodiscard]] Count firstOf(std::initializer_list<Count> counts);
[[nodiscard]] std::int64_t orZero(const Count& value);
/// The first of the keys that holds an object; null when none does.
[[nodiscard]] const nlohmann::json& firstObject(const nlohmann::json& object, std::initializer_list<const char*> keys);

}  // namespace tierwise::catalog
