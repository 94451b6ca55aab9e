// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/policy_parts.h"

#include <algorithm>

#include <fmt/format.h>
#include <re2/re2.h>

namespace tierwise::route {

namespace {

Tier tier(const JsonAt& at) {
    const auto found = tierOfTarget(at.text());
    if (!found) {
        at.fault(fmt::format("\"{}\" is no tier", at.text()), "Known are: premium, commodity, local.");
    }
    return *found;
}

}  // namespace

Sticky readSticky(const JsonAt& at) {
    const auto word = at.text();
    if (word != "no" && word != "first" && word != "ratchet") {
        at.fault(fmt::format("\"{}\" is no way to be sticky", word), "Known are: no, first, ratchet.");
    }
    return word == "no" ? Sticky::no : (word == "first" ? Sticky::first : Sticky::ratchet);
}

Constraints readConstraints(const JsonAt& at) {
    at.onlyKeys({"dataClasses", "contextWindow", "maxLatencySeconds", "caps"});
    Constraints found;
    if (const auto list = at.find("dataClasses")) {
        for (const auto& item : list->items()) {
            item.onlyKeys({"dataClass", "tiers", "hosts", "jurisdictions"});
            DataClassRule rule;
            rule.dataClass = item.need("dataClass").name();
            if (const auto tiers = item.find("tiers")) {
                for (const auto& word : tiers->items()) {
                    rule.tiers.push_back(tier(word));
                }
            }
            if (const auto hosts = item.find("hosts")) {
                rule.hosts = hosts->names();
            }
            if (const auto lands = item.find("jurisdictions")) {
                rule.jurisdictions = lands->names();
                for (const auto& land : lands->items()) {
                    const auto code = land.text();
                    if (code.size() != 2 ||
                        !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
                        land.fault(fmt::format("\"{}\" is no country code", code),
                                   "Use two capital letters of ISO 3166, such as US or DE.");
                    }
                }
            }
            if (rule.tiers.empty() && rule.hosts.empty() && rule.jurisdictions.empty()) {
                item.fault("this constraint allows everything", "Name tiers, hosts or jurisdictions.");
            }
            found.dataClasses.push_back(std::move(rule));
        }
    }
    if (const auto flag = at.find("contextWindow")) {
        found.contextWindow = flag->flag();
    }
    if (const auto bound = at.find("maxLatencySeconds")) {
        found.maxLatencySeconds = bound->number(0, kAnyAmount, "a latency bound in seconds");
    }
    if (const auto caps = at.find("caps")) {
        for (const auto& item : caps->items()) {
            item.onlyKeys({"use", "share"});
            const auto same = [&](const ShareCap& cap) { return cap.use == item.need("use").text(); };
            if (std::any_of(found.caps.begin(), found.caps.end(), same)) {
                item.fault("this target is capped twice", "Keep the smaller share.");
            }
            found.caps.push_back({item.need("use").name(), item.need("share").number(0, 1, "a share of requests")});
        }
    }
    return found;
}

Rule readRule(const JsonAt& at) {
    at.onlyKeys({"when", "use", "reason"});
    Rule found;
    found.use = at.need("use").name();
    if (const auto reason = at.find("reason")) {
        found.reason = reason->text();
    }
    const auto when = at.need("when");
    when.onlyKeys({"promptMatches", "keywords", "dataClass", "team", "user", "tag", "domain", "model", "inputTokens",
                   "difficulty"});
    if (const auto pattern = when.find("promptMatches")) {
        found.when.promptMatches = pattern->name();
        const RE2 compiled(found.when.promptMatches, RE2::Quiet);
        if (!compiled.ok()) {
            pattern->fault("this is not a regular expression: " + compiled.error(),
                           "Use RE2 syntax (no look-around, no back-references).");
        }
    }
    const std::pair<const char*, std::vector<std::string>*> lists[] = {
        {"keywords", &found.when.keywords}, {"dataClass", &found.when.dataClass},
        {"team", &found.when.team},         {"user", &found.when.user},
        {"tag", &found.when.tag},           {"domain", &found.when.domain},
        {"model", &found.when.model}};
    for (const auto& [key, list] : lists) {
        if (const auto names = when.find(key)) {
            *list = names->names();
        }
    }
    if (const auto tokens = when.find("inputTokens")) {
        tokens->onlyKeys({"min", "max"});
        if (const auto least = tokens->find("min")) {
            found.when.inputTokensMin = least->integer(0, "a number of tokens");
        }
        if (const auto most = tokens->find("max")) {
            found.when.inputTokensMax = most->integer(0, "a number of tokens");
        }
        if (found.when.inputTokensMin && found.when.inputTokensMax &&
            *found.when.inputTokensMin > *found.when.inputTokensMax) {
            tokens->fault("min is above max: no request is both", "Exchange the two.");
        }
    }
    if (const auto difficulty = when.find("difficulty")) {
        difficulty->onlyKeys({"min", "max"});
        if (const auto least = difficulty->find("min")) {
            found.when.difficultyMin = least->number(0, 1, "a difficulty");
        }
        if (const auto most = difficulty->find("max")) {
            found.when.difficultyMax = most->number(0, 1, "a difficulty");
        }
        if (found.when.difficultyMin && found.when.difficultyMax &&
            *found.when.difficultyMin > *found.when.difficultyMax) {
            difficulty->fault("min is above max: no request is both", "Exchange the two.");
        }
    }
    if (found.when == RuleCondition{}) {
        when.fault("this condition holds for nothing in particular", "Say what the rule looks for.");
    }
    return found;
}

Verifier readVerifier(const JsonAt& at) {
    at.onlyKeys({"recall", "precision", "acceptWrong", "costUsd"});
    Verifier found;
    if (const auto value = at.find("recall")) {
        found.recall = value->number(0, 1, "a verifier's recall");
    }
    if (const auto value = at.find("precision")) {
        found.precision = value->number(0, 1, "a verifier's precision");
    }
    if (const auto value = at.find("acceptWrong")) {
        found.acceptWrong = value->number(0, 1, "a probability");
    }
    if (found.precision && found.acceptWrong) {
        at.fault("precision and acceptWrong say the same thing twice", "Give one of them.");
    }
    if (found.precision && *found.precision == 0.0 && found.recall > 0.0) {
        at.fault("a verifier of precision 0 accepts nothing right, one of recall above 0 does",
                 "Give its share of right answers among those it accepts.");
    }
    if (const auto value = at.find("costUsd")) {
        found.costUsd = value->number(0, 1e6, "the cost of a check");
    }
    return found;
}

}  // namespace tierwise::route
