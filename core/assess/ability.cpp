// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/assess/ability.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

namespace tierwise::assess {
namespace {

constexpr double kMmluShift = 1.29;

double logit(double p) {
    const double kept = std::clamp(p, 0.02, 0.98);
    return std::log(kept / (1.0 - kept));
}

double sigmoid(double x) {
    return 1.0 / (1.0 + std::exp(-x));
}

std::string plainName(std::string_view name) {
    const auto slash = name.rfind('/');
    name = slash == std::string_view::npos ? name : name.substr(slash + 1);
    std::string plain;
    for (const char c : name) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            plain.push_back(c);
        } else if (c >= 'A' && c <= 'Z') {
            plain.push_back(static_cast<char>(c + 32));
        }
    }
    return plain;
}

}  // namespace

Result<AbilityTable> AbilityTable::load(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return fail(ErrorCode::notFound, "cannot open the table of abilities", "Install Tierwise again.",
                    file.string());
    }
    std::ostringstream text;
    text << in.rdbuf();
    return parse(text.view());
}

Result<AbilityTable> AbilityTable::parse(std::string_view json) {
    const auto document = nlohmann::json::parse(json, nullptr, false);
    if (!document.is_object() || !document.contains("models") || !document["models"].is_array()) {
        return fail(ErrorCode::badFormat, "the table of abilities is not a JSON object with \"models\"");
    }
    AbilityTable table;
    for (const auto& row : document["models"]) {
        if (!row.is_object() || !row.contains("names") || !row["names"].is_array() || !row.contains("score") ||
            !row["score"].is_number() || !row.contains("benchmark") || !row["benchmark"].is_string()) {
            return fail(ErrorCode::badFormat, "an ability needs names, benchmark and score");
        }
        const double score = row["score"].get<double>();
        const auto benchmark = row["benchmark"].get<std::string>();
        if (!(score > 0.0 && score < 1.0) || (benchmark != "MMLU-Pro" && benchmark != "MMLU")) {
            return fail(ErrorCode::badFormat, "an ability's score must be between 0 and 1 on MMLU-Pro or MMLU");
        }
        Ability ability{benchmark == "MMLU" ? sigmoid(logit(score) - kMmluShift) : score, row.value("source", "")};
        for (const auto& name : row["names"]) {
            if (name.is_string()) {
                table.m_byName.emplace(plainName(name.get<std::string>()), ability);
            }
        }
    }
    return table;
}

std::optional<Ability> AbilityTable::find(std::string_view model) const {
    const auto at = m_byName.find(plainName(model));
    return at == m_byName.end() ? std::nullopt : std::optional<Ability>(at->second);
}

double AbilityTable::meanOn(const Part& part, double capability) const {
    double shift = 0.0;
    double known = 0.0;
    for (const auto& model : part.panel) {
        if (const auto ability = find(model.name)) {
            shift += logit(static_cast<double>(model.mean)) - logit(ability->capability);
            known += 1.0;
        }
    }
    return sigmoid(logit(capability) + (known > 0.0 ? shift / known : 0.0));
}

}  // namespace tierwise::assess
