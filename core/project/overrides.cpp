// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/overrides.h"

#include <algorithm>
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

std::vector<OverriddenRow> overriddenRows(const TierOverrides& overrides, const store::WorkloadSnapshot& rows) {
    std::vector<OverriddenRow> found;
    for (std::size_t row = 0; row < rows.rows && found.size() < overrides.size(); ++row) {
        if (const auto own = overrides.find(rows.id[row]); own != overrides.end()) {
            found.push_back({own->first, row, own->second});
        }
    }
    return found;
}

std::vector<assess::ScoredRow> overrideLabels(const TierOverrides& overrides, const store::WorkloadSnapshot& rows,
                                              std::span<const std::pair<std::string, Tier>> candidates,
                                              const assess::QualityModel& quality) {
    const auto strengthOf = [&](const std::string& name, std::optional<double> difficulty) {
        const auto handle = quality.find(name);
        return handle ? quality.quality(*handle, difficulty).q : 0.0;
    };
    std::vector<assess::ScoredRow> labels;
    for (const auto& own : overriddenRows(overrides, rows)) {
        const auto known = rows.difficulty.at(own.row);
        const auto difficulty = known ? std::optional<double>(*known) : std::nullopt;
        const std::string* strongest = nullptr;
        for (const auto& [name, tier] : candidates) {
            if (tier == own.needed &&
                (strongest == nullptr || strengthOf(name, difficulty) > strengthOf(*strongest, difficulty))) {
                strongest = &name;
            } else if (tier != Tier::unbanded && static_cast<int>(tier) > static_cast<int>(own.needed)) {
                labels.push_back({name, difficulty, 0.0});  // a cheaper tier's number is the higher one
            }
        }
        if (strongest != nullptr) {
            labels.push_back({*strongest, difficulty, 1.0});
        }
    }
    return labels;
}

}  // namespace tierwise::project
