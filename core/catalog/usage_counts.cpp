// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/usage_counts.h"

#include <limits>

#include <fmt/format.h>

#include "core/catalog/text.h"
#include "core/catalog/usage_document.h"

namespace tierwise::catalog {

using nlohmann::json;

bool has(const json& object, const char* key) {
    return !child(object, key).is_null();
}

Count count(const json& object, const char* key) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 16;
    const json& value = child(object, key);
    if (value.is_null()) {
        return {};
    }
    if (value.is_number_integer() && !value.is_number_unsigned() && value.get<std::int64_t>() >= 0 &&
        value.get<std::int64_t>() <= kMost) {
        return value.get<std::int64_t>();  // a sum of ours
    }
    if (value.is_number_unsigned() && value.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMost)) {
        return value.get<std::int64_t>();
    }
    if (value.is_string() && isDigits(value.get<std::string>()) && value.get<std::string>().size() < 16) {
        return std::stoll(value.get<std::string>());  // 64-bit counts of protobuf travel as text
    }
    if (value.is_number_float()) {
        const double number = value.get<double>();
        if (number >= 0 && number <= 9e15 && static_cast<double>(static_cast<std::int64_t>(number)) == number) {
            return static_cast<std::int64_t>(number);
        }
    }
    throw BadCount{fmt::format("{} is not a whole number from 0 on", key)};
}

Count firstOf(std::initializer_list<Count> counts) {
    for (const auto& each : counts) {
        if (each) {
            return each;
        }
    }
    return {};
}

std::int64_t orZero(const Count& value) {
    return value.value_or(0);
}

Count scalarCount(const json& object, const char* key) {
    return child(object, key).is_object() ? Count() : count(object, key);
}

const json& firstObject(const json& object, std::initializer_list<const char*> keys) {
    for (const char* key : keys) {
        if (child(object, key).is_object()) {
            return child(object, key);
        }
    }
    return child(object, "");
}

}  // namespace tierwise::catalog
