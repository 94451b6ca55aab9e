// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing policies; the format is documented in resources/policy/policy.schema.json.
#include <algorithm>
#include <fstream>
#include <limits>
#include <map>
#include <set>
#include <sstream>

#include <re2/re2.h>

#include "core/route/json_at.h"
#include "core/route/policy.h"
#include "core/route/router_kinds.h"

namespace tierwise::route {

namespace {

using nlohmann::json;

constexpr double kAnyAmount = std::numeric_limits<double>::infinity();

const std::set<std::string> kSegments = {"team", "tag", "domain", "dataClass", "user", "day"};

class Reader {
public:
    explicit Reader(const JsonAt& document) : m_document(document) {}

    Policy read() {
        m_document.onlyKeys({"$schema", "format", "version", "name", "description", "models", "constraints", "rules",
                             "define", "router", "sticky"});
        if (m_document.need("format").text() != "tierwise-policy") {
            m_document.need("format").fault("this is not a Tierwise policy", "It must be \"tierwise-policy\".",
                                            ErrorCode::badFormat);
        }
        const auto version = m_document.need("version");
        if (version.integer(1, "the version") > kPolicyVersion) {
            version.fault(fmt::format("this policy is of a newer version than {}", kPolicyVersion), "Update Tierwise.",
                          ErrorCode::badFormat);
        }
        Policy policy;
        policy.name = m_document.need("name").name();
        if (const auto at = m_document.find("description")) {
            policy.description = at->text();
        }
        if (const auto at = m_document.find("models")) {
            policy.models = at->names();
            if (policy.models.empty()) {
                at->fault("this list is empty", "Leave it out for one default model a tier.");
            }
            std::set<std::string> seen;
            for (const auto& item : at->items()) {
                if (!seen.insert(item.text()).second) {
                    item.fault("this model is named twice");
                }
            }
        }
        if (const auto at = m_document.find("constraints")) {
            policy.constraints = constraints(*at);
        }
        if (const auto at = m_document.find("rules")) {
            for (const auto& item : at->items()) {
                policy.rules.push_back(rule(item));
            }
        }
        if (const auto at = m_document.find("define")) {
            for (const auto& [name, value] : at->members()) {
                m_definitions.emplace(name, value);
            }
            for (const auto& [name, value] : m_definitions) {
                (void)named(value, name);  // a definition that nobody uses must make sense too
            }
        }
        policy.router = router(m_document.need("router"));
        if (const auto at = m_document.find("sticky")) {
            policy.sticky = sticky(*at);
        }
        return policy;
    }

private:
    static Sticky sticky(const JsonAt& at) {
        const auto word = at.text();
        if (word != "no" && word != "first" && word != "ratchet") {
            at.fault(fmt::format("\"{}\" is no way to be sticky", word), "Known are: no, first, ratchet.");
        }
        return word == "no" ? Sticky::no : (word == "first" ? Sticky::first : Sticky::ratchet);
    }

    static Tier tier(const JsonAt& at) {
        const auto found = tierOfTarget(at.text());
        if (!found) {
            at.fault(fmt::format("\"{}\" is no tier", at.text()), "Known are: premium, commodity, local.");
        }
        return *found;
    }

    static Constraints constraints(const JsonAt& at) {
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

    static Rule rule(const JsonAt& at) {
        at.onlyKeys({"when", "use", "reason"});
        Rule found;
        found.use = at.need("use").name();
        if (const auto reason = at.find("reason")) {
            found.reason = reason->text();
        }
        const auto when = at.need("when");
        when.onlyKeys({"promptMatches", "keywords", "dataClass", "team", "user", "tag", "domain", "model",
                       "inputTokens", "difficulty"});
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

    Router named(const JsonAt& at, const std::string& name) {
        if (std::find(m_open.begin(), m_open.end(), name) != m_open.end()) {
            std::string way;
            for (const auto& step : m_open) {
                way += "@" + step + " -> ";
            }
            at.fault("definitions go round in a circle: " + way + "@" + name, "A definition must not lead to itself.");
        }
        const auto found = m_definitions.find(name);
        if (found == m_definitions.end()) {
            at.fault(fmt::format("nothing is defined as \"{}\"", name), "Add it to \"define\".");
        }
        m_open.push_back(name);
        auto result = router(found->second);
        m_open.pop_back();
        return result;
    }

    Router router(const JsonAt& at) {
        constexpr std::size_t kDeepest = 16;
        if (m_depth >= kDeepest) {
            at.fault(fmt::format("routers are nested more than {} deep", kDeepest));
        }
        constexpr std::size_t kMostRouters = 10'000;
        if (++m_routers > kMostRouters) {
            at.fault(fmt::format("the definitions unfold to more than {} routers", kMostRouters));
        }
        ++m_depth;
        auto found = at.isString() ? byName(at) : byKind(at);
        --m_depth;
        return found;
    }

    Router byName(const JsonAt& at) {
        const auto word = at.name();
        if (word.front() == '@') {
            return named(at, word.substr(1));
        }
        Router single;
        single.use = word;
        return single;
    }

    Router byKind(const JsonAt& at) {
        if (!at.isObject()) {
            at.fault("a router is a target, an \"@definition\" or an object with a \"kind\"");
        }
        const auto word = at.need("kind").text();
        const auto kind =
            std::find_if(routerKinds().begin(), routerKinds().end(), [&](const auto& k) { return k.second == word; });
        if (kind == routerKinds().end()) {
            at.need("kind").fault(fmt::format("\"{}\" is no kind of router", word));
        }
        Router found;
        found.kind = kind->first;
        switch (found.kind) {
            case RouterKind::single:
                at.onlyKeys({"kind", "use"});
                found.use = at.need("use").name();
                break;
            case RouterKind::asLogged:
                at.onlyKeys({"kind"});
                break;
            case RouterKind::random:
                random(at, found);
                break;
            case RouterKind::threshold:
                threshold(at, found);
                break;
            case RouterKind::cascade:
                cascade(at, found);
                break;
            case RouterKind::agreement:
                agreement(at, found);
                break;
            default:
                optimum(at, found);
        }
        return found;
    }

    static void random(const JsonAt& at, Router& found) {
        at.onlyKeys({"kind", "shares", "seed"});
        double sum = 0;
        if (const auto shares = at.find("shares")) {
            for (const auto& [name, value] : shares->members()) {
                found.shares.emplace_back(name, value.number(0, 1, "a share"));
                sum += found.shares.back().second;
            }
            if (std::abs(sum - 1) > 1e-6) {
                shares->fault(fmt::format("the shares add up to {}, not 1", sum));
            }
        }
        if (const auto seed = at.find("seed")) {
            found.seed = static_cast<std::uint64_t>(seed->integer(0, "a seed"));
        }
    }

    void threshold(const JsonAt& at, Router& found) {
        at.onlyKeys({"kind", "signal", "below", "bands", "noSignal"});
        if (const auto signal = at.find("signal")) {
            found.signal = signal->text();
            if (found.signal != "difficulty" && found.signal != "inputTokens") {
                signal->fault(fmt::format("\"{}\" is no signal", found.signal), "Known are: difficulty, inputTokens.");
            }
        }
        const double most = found.signal == "difficulty" ? 1.0 : kAnyAmount;
        for (const auto& bound : at.need("below").items()) {
            found.below.push_back(bound.number(0, most, "a threshold"));
            if (found.below.size() > 1 && found.below[found.below.size() - 2] > found.below.back()) {
                bound.fault("thresholds must rise");
            }
        }
        const auto bands = at.need("bands");
        for (const auto& band : bands.items()) {
            found.bands.push_back(router(band));
        }
        if (found.below.empty()) {
            at.need("below").fault("there must be a threshold at least");
        }
        if (found.bands.size() != found.below.size() + 1) {
            bands.fault(fmt::format("{} thresholds make {} bands, not {}", found.below.size(), found.below.size() + 1,
                                    found.bands.size()));
        }
        if (const auto none = at.find("noSignal")) {
            found.noSignal.push_back(router(*none));
        }
    }

    static Verifier verifier(const JsonAt& at) {
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

    void cascade(const JsonAt& at, Router& found) {
        at.onlyKeys({"kind", "steps", "verifier", "verifiers"});
        const auto steps = at.need("steps");
        for (const auto& item : steps.items()) {
            const auto step = router(item);
            if (step.kind != RouterKind::single) {
                item.fault("a step of a cascade is a tier or a model");
            }
            for (const auto& earlier : found.steps) {
                if (earlier.use == step.use) {
                    item.fault(fmt::format("the cascade comes back to \"{}\"", step.use),
                               "Every step must be another model.");
                }
            }
            found.steps.push_back(step);
        }
        if (found.steps.size() < 2) {
            steps.fault("a cascade has at least two steps");
        }
        if (const auto all = at.find("verifiers")) {
            for (const auto& item : all->items()) {
                found.verifiers.push_back(verifier(item));
            }
            if (found.verifiers.size() + 1 != found.steps.size()) {
                all->fault(fmt::format("{} steps need {} verifiers, not {}", found.steps.size(), found.steps.size() - 1,
                                       found.verifiers.size()));
            }
        } else {
            found.verifiers.assign(found.steps.size() - 1, verifier(at.need("verifier")));
        }
    }

    void agreement(const JsonAt& at, Router& found) {
        at.onlyKeys({"kind", "voters", "atLeast", "otherwise"});
        found.voters = at.need("voters").names();
        if (std::set<std::string>(found.voters.begin(), found.voters.end()).size() != found.voters.size()) {
            at.need("voters").fault("a voter is named twice", "One model cannot agree with itself.");
        }
        if (const auto least = at.find("atLeast")) {
            found.atLeast = static_cast<int>(least->integer(2, "the answers that agree"));
        }
        if (found.voters.size() < 2 || static_cast<std::size_t>(found.atLeast) > found.voters.size()) {
            at.need("voters").fault(
                fmt::format("{} voters cannot have {} equal answers", found.voters.size(), found.atLeast));
        }
        found.steps.push_back(router(at.need("otherwise")));
    }

    static std::string segmentKind(const JsonAt& at) {
        std::string kind = at.text();
        if (kSegments.count(kind) == 0) {
            at.fault(fmt::format("\"{}\" is no kind of segment", kind),
                     "Known are: team, tag, domain, dataClass, user, day.");
        }
        return kind;
    }

    static void optimum(const JsonAt& at, Router& found) {
        if (const auto among = at.find("among")) {
            found.among = among->names();
            if (found.among.empty()) {
                among->fault("this list is empty", "Leave it out to allow every candidate.");
            }
        }
        switch (found.kind) {
            case RouterKind::expectedValue:
                at.onlyKeys({"kind", "among", "valueUsd", "perSegment", "values"});
                found.valueUsd = at.need("valueUsd").number(0, 1e6, "the value of a right answer");
                if (const auto values = at.find("values")) {
                    found.perSegment = segmentKind(at.need("perSegment"));
                    for (const auto& [segment, value] : values->members()) {
                        found.valueOf[segment] = value.number(0, 1e6, "the value of a right answer");
                    }
                } else if (const auto segment = at.find("perSegment")) {
                    segment->fault("\"perSegment\" without \"values\"", "Give the values of single segments.");
                }
                break;
            case RouterKind::budget:
                at.onlyKeys({"kind", "among", "budgetUsd", "per"});
                found.budgetUsd = at.need("budgetUsd").number(0, kAnyAmount, "a budget");
                if (const auto per = at.find("per")) {
                    if (per->text() != "log" && per->text() != "month") {
                        per->fault("a budget is per \"log\" or per \"month\"");
                    }
                    found.perMonth = per->text() == "month";
                }
                break;
            case RouterKind::floor:
                at.onlyKeys({"kind", "among", "meanQuality", "perSegment"});
                found.meanQuality = at.need("meanQuality").number(0, 1, "a mean quality");
                if (const auto segment = at.find("perSegment")) {
                    found.perSegment = segmentKind(*segment);
                }
                break;
            default:
                at.onlyKeys({"kind", "among"});
        }
    }

    const JsonAt& m_document;
    std::map<std::string, JsonAt> m_definitions;
    std::vector<std::string> m_open;
    std::size_t m_depth = 0;
    std::size_t m_routers = 0;
};

}  // namespace

Result<Policy> Policy::parse(std::string_view text, const std::string& source) {
    const auto document = parseJson(text, source);
    if (!document) {
        return fail(document.error());
    }
    try {
        const JsonAt at(*document, source, "");
        return Reader(at).read();
    } catch (const JsonFault& fault) {
        return fail(fault.error);
    } catch (const json::exception& error) {
        return fail(ErrorCode::badFormat, std::string("this policy cannot be read: ") + error.what(), {}, source);
    }
}

Result<Policy> Policy::load(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream || std::filesystem::is_directory(file)) {
        return fail(ErrorCode::io, "cannot read the policy", "Check the path and that it is a readable file.",
                    file.string());
    }
    return parse(text.str(), file.string());
}

}  // namespace tierwise::route
