// SPDX-License-Identifier: GPL-3.0-or-later
// Constraints and the rules that come before every router.
#include <algorithm>
#include <bit>
#include <cctype>
#include <cmath>
#include <memory>
#include <tuple>

#include <fmt/format.h>
#include <re2/re2.h>

#include "core/route/parallel.h"
#include "core/route/router_run.h"

namespace tierwise::route {

namespace {

bool contains(const std::vector<std::string>& list, std::string_view value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::string joined(const std::vector<std::string>& list) {
    std::string all;
    for (const auto& item : list) {
        all += (all.empty() ? "" : ", ") + item;
    }
    return all;
}

// What a data class rule leaves, in words.
std::string allowedWords(const DataClassRule& rule) {
    std::vector<std::string> parts;
    if (!rule.tiers.empty()) {
        std::vector<std::string> names;
        for (const Tier tier : rule.tiers) {
            names.emplace_back(tierName(tier));
        }
        parts.push_back("tier " + joined(names));
    }
    if (!rule.hosts.empty()) {
        parts.push_back("host " + joined(rule.hosts));
    }
    if (!rule.jurisdictions.empty()) {
        parts.push_back("jurisdiction " + joined(rule.jurisdictions));
    }
    return joined(parts);
}

std::string lower(std::string text) {
    for (char& c : text) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return text;
}

// One rule, ready to be asked.
struct Matcher {
    const Rule* rule = nullptr;
    std::unique_ptr<RE2> pattern;
    std::vector<std::string> keywords;
    // Per dictionary column that the rule names: which codes match.
    std::vector<std::pair<const store::DictionaryColumn*, std::vector<char>>> columns;

    [[nodiscard]] bool looksAtText() const { return pattern != nullptr || !keywords.empty(); }

    [[nodiscard]] bool matchesColumns(const store::WorkloadSnapshot& log, std::size_t row) const {
        for (const auto& [column, matching] : columns) {
            if (matching[static_cast<std::size_t>(column->codes[row])] == 0) {
                return false;
            }
        }
        const auto& when = rule->when;
        if (when.inputTokensMin || when.inputTokensMax) {
            const auto tokens = log.inputTotal(row);
            if (!tokens || (when.inputTokensMin && *tokens < *when.inputTokensMin * log.requests[row]) ||
                (when.inputTokensMax && *tokens > *when.inputTokensMax * log.requests[row])) {
                return false;
            }
        }
        if (when.difficultyMin || when.difficultyMax) {
            const auto difficulty = log.difficulty.at(row);
            if (!difficulty || (when.difficultyMin && static_cast<double>(*difficulty) < *when.difficultyMin) ||
                (when.difficultyMax && static_cast<double>(*difficulty) > *when.difficultyMax)) {
                return false;
            }
        }
        return true;
    }

    [[nodiscard]] bool matchesText(const std::string& prompt) const {
        if (pattern != nullptr && !RE2::PartialMatch(prompt, *pattern)) {
            return false;
        }
        if (keywords.empty()) {
            return true;
        }
        const std::string text = lower(prompt);
        return std::any_of(keywords.begin(), keywords.end(),
                           [&](const std::string& word) { return text.find(word) != std::string::npos; });
    }
};

Matcher matcherOf(const Rule& rule, const store::WorkloadSnapshot& log) {
    Matcher matcher;
    matcher.rule = &rule;
    const auto& when = rule.when;
    if (!when.promptMatches.empty()) {
        matcher.pattern = std::make_unique<RE2>(when.promptMatches, RE2::Quiet);
    }
    for (const auto& word : when.keywords) {
        matcher.keywords.push_back(lower(word));
    }
    const std::pair<const std::vector<std::string>*, const store::DictionaryColumn*> lists[] = {
        {&when.dataClass, &log.dataClass}, {&when.team, &log.team},  {&when.user, &log.user}, {&when.tag, &log.tag},
        {&when.domain, &log.domain},       {&when.model, &log.model}};
    for (const auto& [wanted, column] : lists) {
        if (wanted->empty()) {
            continue;
        }
        std::vector<char> matching(column->names.size(), 0);
        for (std::size_t code = 0; code < matching.size(); ++code) {
            matching[code] = contains(*wanted, column->names[code]) ? 1 : 0;
        }
        matcher.columns.emplace_back(column, std::move(matching));
    }
    return matcher;
}

}  // namespace

Result<void> BoundRouter::prepareMasks() {
    const auto& log = *m_inputs.rows;
    const auto& constraints = m_policy.constraints;
    const auto& all = m_inputs.candidates;
    for (std::size_t j = 0; j < all.size(); ++j) {
        m_loggedBit |= all[j].asLogged ? std::uint64_t{1} << j : 0;
        if (constraints.maxLatencySeconds && ((m_allowedMask >> j) & 1U) != 0 && !all[j].tokensPerSecond) {
            return fail(ErrorCode::invalidArgument,
                        fmt::format("a latency bound needs the speed of {}, which is not known", all[j].name),
                        "Give its tokensPerSecond in the assumptions, or import logs with latencies of it.",
                        "policy " + m_policy.name);
        }
    }
    // What each data class leaves; "*" holds for every class, "" (none found) included.
    m_classMask.assign(std::max<std::size_t>(1, log.dataClass.names.size()), ~std::uint64_t{0});
    for (std::size_t code = 0; code < log.dataClass.names.size(); ++code) {
        for (const auto& rule : constraints.dataClasses) {
            if (rule.dataClass != "*" && rule.dataClass != log.dataClass.names[code]) {
                continue;
            }
            for (std::size_t j = 0; j < all.size(); ++j) {
                const bool allowed =
                    all[j].asLogged ||
                    ((rule.tiers.empty() ||
                      std::find(rule.tiers.begin(), rule.tiers.end(), all[j].tier) != rule.tiers.end()) &&
                     (rule.hosts.empty() || contains(rule.hosts, all[j].host)) &&
                     (rule.jurisdictions.empty() || contains(rule.jurisdictions, all[j].jurisdiction)));
                if (!allowed) {
                    m_classMask[code] &= ~(std::uint64_t{1} << j);
                }
            }
        }
    }
    if (!constraints.maxLatencySeconds || !m_inputs.secondsOf) {
        return {};
    }
    std::vector<std::uint64_t> fast(m_inputs.table->rows);
    parallelRanges(fast.size(), threadCount(), [&](unsigned, std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            std::uint64_t mask = maskOf(row);
            for (std::uint64_t left = mask & m_allowedMask; left != 0; left &= left - 1) {
                const auto j = static_cast<std::size_t>(std::countr_zero(left));
                const auto seconds = m_inputs.secondsOf(row, j);
                if (!seconds || *seconds > *constraints.maxLatencySeconds) {
                    mask &= ~(std::uint64_t{1} << j);
                }
            }
            fast[row] = mask;
        }
    });
    m_mask = std::move(fast);
    return {};
}

// A name that no request has is more likely mistyped than meant, and what it guards goes unguarded.
void BoundRouter::noteUnknownNames() {
    const auto& log = *m_inputs.rows;
    const auto look = [&](const char* what, const store::DictionaryColumn& column, const std::string& name) {
        if (name != "*" && !contains(column.names, name)) {
            auto text = fmt::format("no request has the {} \"{}\", which the policy names", what, name);
            if (!contains(m_notes, text)) {
                m_notes.push_back(std::move(text));
            }
        }
    };
    for (const auto& rule : m_policy.constraints.dataClasses) {
        look("data class", log.dataClass, rule.dataClass);
    }
    for (const auto& rule : m_policy.rules) {
        const std::tuple<const char*, const store::DictionaryColumn&, const std::vector<std::string>&> lists[] = {
            {"data class", log.dataClass, rule.when.dataClass},
            {"team", log.team, rule.when.team},
            {"user", log.user, rule.when.user},
            {"tag", log.tag, rule.when.tag},
            {"domain", log.domain, rule.when.domain},
            {"logged model", log.model, rule.when.model}};
        for (const auto& [what, column, names] : lists) {
            for (const auto& name : names) {
                look(what, column, name);
            }
        }
    }
    if (const auto* column = segmentColumn(log, m_policy.router.perSegment)) {
        for (const auto& [name, value] : m_policy.router.valueOf) {
            look(m_policy.router.perSegment == "dataClass" ? "data class" : m_policy.router.perSegment.c_str(), *column,
                 name);
        }
    }
}

BoundRouter::Obstacle BoundRouter::obstacle(std::size_t row, std::size_t candidate) const {
    if (((maskOf(row) >> candidate) & 1U) != 0) {
        return Obstacle::none;
    }
    if (((m_inputs.table->mask(row) >> candidate) & 1U) == 0) {
        return Obstacle::noPrice;
    }
    const auto& log = *m_inputs.rows;
    const auto code = log.dataClass.codes.empty() ? 0 : static_cast<std::size_t>(log.dataClass.codes[row]);
    if (((m_classMask[code] >> candidate) & 1U) == 0) {
        return Obstacle::dataClass;
    }
    if (m_policy.constraints.contextWindow && !m_inputs.fits.empty() && ((m_inputs.fits[row] >> candidate) & 1U) == 0) {
        return Obstacle::contextWindow;
    }
    return ((m_allowedMask >> candidate) & 1U) == 0 ? Obstacle::notNamed : Obstacle::latency;
}

std::string BoundRouter::obstacleText(Obstacle what, std::size_t row, std::size_t candidate) const {
    const auto& who = m_inputs.candidates[candidate];
    switch (what) {
        case Obstacle::none:
            return {};
        case Obstacle::noPrice:
            return fmt::format("{} has no known price for it", who.name);
        case Obstacle::contextWindow:
            return fmt::format("it does not fit into {}'s context window of {} tokens", who.name, *who.contextTokens);
        case Obstacle::latency:
            return fmt::format("{} would take longer than {:g} s", who.name, *m_policy.constraints.maxLatencySeconds);
        case Obstacle::notNamed:
            return fmt::format("the policy does not name {}", who.name);
        case Obstacle::dataClass:
            break;
    }
    const auto dataClass = m_inputs.rows->dataClass.at(row);
    std::string words;
    bool named = false;
    for (const auto& rule : m_policy.constraints.dataClasses) {
        if (rule.dataClass == "*" || rule.dataClass == dataClass) {
            words += (words.empty() ? "" : "; ") + allowedWords(rule);
            named = named || rule.dataClass != "*";
        }
    }
    return named ? fmt::format("{} is not allowed for data class \"{}\" (allowed: {})", who.name, dataClass, words)
                 : fmt::format("{} is not allowed for any request (allowed: {})", who.name, words);
}

std::string BoundRouter::whyNot(std::size_t row, std::size_t candidate) const {
    return obstacleText(obstacle(row, candidate), row, candidate);
}

Result<void> BoundRouter::applyRules(std::vector<std::uint32_t>& rows, Run& run) const {
    if (m_policy.rules.empty()) {
        return {};
    }
    const auto& log = *m_inputs.rows;
    std::vector<Matcher> matchers;
    bool looksAtText = false;
    for (const auto& rule : m_policy.rules) {
        matchers.push_back(matcherOf(rule, log));
        looksAtText = looksAtText || matchers.back().looksAtText();
    }
    if (looksAtText && !m_inputs.promptOf) {
        return fail(ErrorCode::invalidArgument, "a rule looks at prompts, and this project holds none",
                    "Import with prompt texts, or use rules on tags, teams, data classes or token counts.",
                    "policy " + m_policy.name);
    }
    std::vector<std::vector<std::uint32_t>> matched(matchers.size());
    std::vector<std::uint32_t> left;
    std::size_t withoutText = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if ((i & 0x3fffU) == 0 && run.context->stopRequested()) {
            return TaskContext::cancelled();
        }
        const std::uint32_t row = rows[i];
        std::optional<std::string> prompt;
        bool asked = false;
        std::size_t hit = matchers.size();
        for (std::size_t r = 0; r < matchers.size() && hit == matchers.size(); ++r) {
            if (!matchers[r].matchesColumns(log, row)) {
                continue;
            }
            if (matchers[r].looksAtText()) {
                if (!asked) {
                    prompt = m_inputs.promptOf(row);
                    asked = true;
                    withoutText += prompt ? 0 : 1;
                }
                if (!prompt || !matchers[r].matchesText(*prompt)) {
                    continue;
                }
            }
            hit = r;
        }
        (hit == matchers.size() ? left : matched[hit]).push_back(row);
    }
    if (withoutText > 0) {
        run.out.notes.push_back(fmt::format("{} rows have no prompt text: rules on text passed them by", withoutText));
    }
    for (std::size_t r = 0; r < matchers.size(); ++r) {
        const auto& rule = m_policy.rules[r];
        toTarget(rule.use, matched[r],
                 fmt::format("rule {}{}: {}", r + 1, rule.reason.empty() ? "" : " (" + rule.reason + ")", rule.use),
                 run);
    }
    rows = std::move(left);
    return {};
}

}  // namespace tierwise::route
