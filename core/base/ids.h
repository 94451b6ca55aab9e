// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace tierwise {

/// A number that cannot be mistaken for another kind of number. Tag is never defined.
template <typename Tag, typename Value>
class Strong {
public:
    constexpr Strong() = default;
    constexpr explicit Strong(Value value) : m_value(value) {}
    [[nodiscard]] constexpr Value value() const { return m_value; }
    constexpr auto operator<=>(const Strong&) const = default;

private:
    Value m_value{};
};

using TokenCount = Strong<struct TokenCountTag, std::int64_t>;        ///< tokens, >= 0; missing is std::optional
using RequestId = Strong<struct RequestIdTag, std::int64_t>;          ///< row id of a request in its project, >= 1
using ImportId = Strong<struct ImportIdTag, std::int64_t>;            ///< one import of one file, >= 1
using ModelIndex = Strong<struct ModelIndexTag, std::int32_t>;        ///< index into Catalog::models()
using OfferingIndex = Strong<struct OfferingIndexTag, std::int32_t>;  ///< index into Catalog::offerings()

/// The three tiers of the market note, plus the visible fourth state. Order is from dear to cheap.
enum class Tier : std::uint8_t { premium = 1, commodity = 2, local = 3, unbanded = 0 };

[[nodiscard]] constexpr const char* tierName(Tier tier) {
    switch (tier) {
        case Tier::premium:
            return "premium";
        case Tier::commodity:
            return "commodity";
        case Tier::local:
            return "local";
        case Tier::unbanded:
            break;
    }
    return "unbanded";
}

}  // namespace tierwise

template <typename Tag, typename Value>
struct std::hash<tierwise::Strong<Tag, Value>> {
    std::size_t operator()(const tierwise::Strong<Tag, Value>& id) const noexcept {
        return std::hash<Value>{}(id.value());
    }
};
