// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/catalog/catalog.h"
#include "core/catalog/catalog_data.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

/// The note's bands (market note of 2026-03-23), used when a catalog carries no rules of its own.
const TierRules& defaultRules() {
    static const TierRules kRules = [] {
        const auto rate = [](std::int64_t dollars) { return Rate::fromPicoPerUnit(dollars * 1'000'000); };
        TierRules rules;
        rules.rules.push_back({Tier::local, "", {}, {}, true, {}, "runs on own hardware: no price a token"});
        rules.rules.push_back({Tier::premium, "", rate(15), {}, {}, {}, "output at 15 $/M or more"});
        rules.rules.push_back({Tier::commodity,
                               "",
                               Rate::fromPicoPerUnit(500'000),
                               Rate::fromPicoPerUnit(3'000'001),
                               {},
                               {},
                               "output from 0.50 to 3 $/M"});
        return rules;
    }();
    return kRules;
}

struct Facts {
    std::optional<Rate> output;
    bool local = false;
};

bool ruleHolds(const TierRule& rule, const Model& model, const Facts& facts) {
    if (!rule.model.empty() && !globMatches(rule.model, model.id)) {
        return false;
    }
    if (rule.local && *rule.local != facts.local) {
        return false;
    }
    if (rule.reasons && rule.reasons != model.reasons) {
        return false;
    }
    if ((rule.outputAtLeast || rule.outputBelow) && !facts.output) {
        return false;
    }
    return (!rule.outputAtLeast || *facts.output >= *rule.outputAtLeast) &&
           (!rule.outputBelow || *facts.output < *rule.outputBelow);
}

// The first rule that holds; null when none does.
const TierRule* ruleOf(const TierRules& rules, const Model& model, const Facts& facts) {
    for (const auto& rule : rules.rules) {
        if (ruleHolds(rule, model, facts)) {
            return &rule;
        }
    }
    return nullptr;
}

}  // namespace

// NOLINTNEXTLINE(performance-unnecessary-value-param): callers hand it over
Result<TierRules> TierRules::parse(std::string_view json, std::string source) {
    return readTierRules(json, source);
}

Result<TierRules> TierRules::load(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    if (!file || !(bytes << file.rdbuf())) {
        return fail(ErrorCode::io, "cannot read the tier rules", "Check that the file exists and is readable",
                    path.string());
    }
    return parse(bytes.view(), path.string());
}

std::string TierRules::toJson() const {
    return "{\"format\":\"tierwise-catalog\",\"version\":1,\"tiers\":[\n" + writeTierRules(*this) + "]}\n";
}

std::string writeTierRules(const TierRules& rules) {
    std::string text;
    for (const auto& rule : rules.rules) {
        nlohmann::ordered_json line;
        line["tier"] = tierName(rule.tier);
        if (!rule.model.empty()) {
            line["model"] = rule.model;
        }
        if (rule.outputAtLeast) {
            line["outputAtLeast"] = rule.outputAtLeast->perMillion();
        }
        if (rule.outputBelow) {
            line["outputBelow"] = rule.outputBelow->perMillion();
        }
        if (rule.local) {
            line["local"] = *rule.local;
        }
        if (rule.reasons) {
            line["reasons"] = *rule.reasons;
        }
        if (!rule.why.empty()) {
            line["why"] = rule.why;
        }
        text +=
            (text.empty() ? "" : ",\n") + line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    }
    return text + "\n";
}

void Catalog::setTierRules(TierRules rules) {
    if (rules.rules.empty()) {
        rules = defaultRules();
    }
    m_rules = std::move(rules);
    m_modelTiers.clear();
    m_modelTiers.reserve(models().size());
    for (std::size_t i = 0; i < models().size(); ++i) {
        const ModelIndex index(static_cast<std::int32_t>(i));
        Facts facts;
        if (const auto main = mainOffering(index)) {
            facts = {ratesAt(*main, {date(), {}, {}}).output(), offering(*main).local};
        }
        const auto* rule = ruleOf(m_rules, models()[i], facts);
        m_modelTiers.push_back(rule != nullptr ? rule->tier : Tier::unbanded);
    }
}

Tier Catalog::tierOf(ModelIndex index) const {
    return m_modelTiers[static_cast<std::size_t>(index.value())];
}

Tier Catalog::tierOf(OfferingIndex index) const {
    const Offering& found = offering(index);
    if (found.local) {
        return Tier::local;
    }
    const Tier tier = tierOf(found.model);
    if (tier != Tier::local) {
        return tier;
    }
    // Of a model that people mostly run themselves, a host's offering is no local one: its own price decides.
    const auto* rule = ruleOf(m_rules, model(found.model), {ratesAt(index, {date(), {}, {}}).output(), false});
    return rule != nullptr ? rule->tier : Tier::unbanded;
}

std::string Catalog::tierReason(ModelIndex index) const {
    Facts facts;
    if (const auto main = mainOffering(index)) {
        facts = {ratesAt(*main, {date(), {}, {}}).output(), offering(*main).local};
    }
    const auto* rule = ruleOf(m_rules, model(index), facts);
    return rule == nullptr ? std::string() : rule->why.empty() ? fmt::format("rule for {}", rule->model) : rule->why;
}

}  // namespace tierwise::catalog
