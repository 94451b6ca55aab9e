// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/overrides.h"

#include <charconv>

#include <nlohmann/json.hpp>

namespace tierwise::project {
namespace {

constexpr const char* kKind = "settings";
constexpr const char* kName = "overrides";

tl::unexpected<Error> damaged() {
    return fail(ErrorCode::badFormat, "the tier overrides of the project are damaged",
                "Set them anew on the Tier fit page; saving replaces them.", "settings/overrides");
}

}  // namespace

Result<TierOverrides> loadOverrides(const Project& project) {
    const auto body = project.document(kKind, kName);
    if (!body) {
        return fail(body.error());
    }
    TierOverrides overrides;
    if (!*body) {
        return overrides;
    }
    const auto json = nlohmann::json::parse(**body, nullptr, false);
    if (!json.is_object()) {
        return damaged();
    }
    for (const auto& [key, value] : json.items()) {
        std::int64_t id = 0;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
        const auto tier = value.is_string() ? route::tierOfTarget(value.get<std::string>()) : std::nullopt;
        if (error != std::errc() || end != key.data() + key.size() || !tier) {
            return damaged();
        }
        overrides.emplace(RequestId(id), *tier);
    }
    return overrides;
}

Result<void> saveOverrides(const Project& project, const TierOverrides& overrides) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [id, tier] : overrides) {
        json[std::to_string(id.value())] = tierName(tier);
    }
    if (auto put = project.putDocument(kKind, kName, json.dump()); !put) {
        return fail(put.error());
    }
    return {};
}

}  // namespace tierwise::project
