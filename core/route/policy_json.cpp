// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing policies; the format is documented in resources/policy/policy.schema.json.
#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/route/json_at.h"
#include "core/route/policy.h"
#include "core/route/policy_parts.h"
#include "core/route/router_kinds.h"

namespace tierwise::route {

namespace {

using nlohmann::json;

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
        m_version = version.integer(1, "the version");
        if (m_version > kPolicyVersion) {
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
            policy.constraints = readConstraints(*at);
        }
        if (const auto at = m_document.find("rules")) {
            for (const auto& item : at->items()) {
                policy.rules.push_back(readRule(item));
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
            policy.sticky = readSticky(*at);
        }
        return policy;
    }

private:
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
        at.onlyKeys({"kind", "signal", "below", "belowShare", "bands", "noSignal"});
        if (const auto signal = at.find("signal")) {
            found.signal = signal->text();
            if (found.signal != "difficulty" && found.signal != "inputTokens") {
                signal->fault(fmt::format("\"{}\" is no signal", found.signal), "Known are: difficulty, inputTokens.");
            }
        }
        const auto shares = at.find("belowShare");
        if (shares && at.find("below")) {
            shares->fault("\"below\" and \"belowShare\" say the same thing twice",
                          "Give values of the signal, or shares of the requests.");
        }
        if (shares && m_version < 2) {
            shares->fault("\"belowShare\" came with version 2 of the format", "Write \"version\": 2.");
        }
        const auto bounds = shares ? *shares : at.need("below");
        const double most = shares || found.signal == "difficulty" ? 1.0 : kAnyAmount;
        auto& values = shares ? found.belowShare : found.below;
        for (const auto& bound : bounds.items()) {
            values.push_back(bound.number(0, most, shares ? "a share of requests" : "a threshold"));
            if (values.size() > 1 && values[values.size() - 2] > values.back()) {
                bound.fault("thresholds must rise", "Put the smaller one first.");
            }
        }
        const auto bands = at.need("bands");
        for (const auto& band : bands.items()) {
            found.bands.push_back(router(band));
        }
        if (values.empty()) {
            bounds.fault("there must be a threshold at least");
        }
        if (found.bands.size() != values.size() + 1) {
            bands.fault(fmt::format("{} thresholds make {} bands, not {}", values.size(), values.size() + 1,
                                    found.bands.size()));
        }
        if (const auto none = at.find("noSignal")) {
            found.noSignal.push_back(router(*none));
        }
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
                found.verifiers.push_back(readVerifier(item));
            }
            if (found.verifiers.size() + 1 != found.steps.size()) {
                all->fault(fmt::format("{} steps need {} verifiers, not {}", found.steps.size(), found.steps.size() - 1,
                                       found.verifiers.size()));
            }
        } else {
            found.verifiers.assign(found.steps.size() - 1, readVerifier(at.need("verifier")));
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
    std::int64_t m_version = kPolicyVersion;
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
