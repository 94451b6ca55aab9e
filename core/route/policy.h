// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"

namespace tierwise::route {

/// The version of the policy format that this program writes and reads (resources/policy/policy.schema.json).
/// 2: thresholds by shares of the workload (belowShare). What needs no more is written as version 1.
inline constexpr int kPolicyVersion = 2;

/// Where a request is sent: a tier ("premium", "commodity", "local") or the id of a candidate model.
using Target = std::string;

/// A check of a cheap answer. Probabilities 0..1. Either precision (share of the accepted that is right, over all the
/// requests that reach the step) or acceptWrong (probability that a wrong answer is accepted) may be given; neither
/// means that no wrong answer is accepted.
struct Verifier {
    double recall = 1;  ///< probability that a right answer is accepted
    std::optional<double> precision;
    std::optional<double> acceptWrong;
    double costUsd = 0;  ///< of one check, >= 0
    bool operator==(const Verifier&) const = default;
};

enum class RouterKind : std::uint8_t {
    single,         ///< everything to one target
    asLogged,       ///< what the log did
    random,         ///< by shares, seeded; no shares = those of the log's tiers
    threshold,      ///< bands of a signal
    cascade,        ///< cheap first, verify, escalate; every attempt is paid
    agreement,      ///< several answers: accept where enough agree, else escalate
    expectedValue,  ///< argmax of value x quality - cost
    budget,         ///< most quality for a total
    floor,          ///< least cost for a mean quality
    oracle,         ///< the cheapest candidate that is right, where outcomes are known: a bound, not a policy
};

/// A map from request to target. A tree: bands, attempts and fallbacks are routers themselves.
struct Router {
    RouterKind kind = RouterKind::single;
    Target use;  ///< single

    std::string signal = "difficulty";  ///< threshold: "difficulty" or "inputTokens"
    std::vector<double> below;          ///< threshold: rising bounds; band i serves signal < below[i]
    /// threshold: rising shares of the workload's requests, by signal, instead of bounds; bound to a workload, below
    /// holds the values at which they lie there.
    std::vector<double> belowShare;
    std::vector<Router> bands;     ///< threshold: one more than bounds
    std::vector<Router> noSignal;  ///< threshold: at most one; where a request has no signal

    std::vector<Router> steps;        ///< cascade: cheap to dear, singles; agreement: the escalation (one router)
    std::vector<Verifier> verifiers;  ///< cascade: one less than steps

    std::vector<Target> voters;  ///< agreement
    int atLeast = 2;             ///< agreement: equal answers that are enough

    std::vector<std::pair<Target, double>> shares;  ///< random: sum 1
    std::uint64_t seed = 1;                         ///< random

    std::vector<Target> among;              ///< expectedValue, budget, floor, oracle: candidates; empty = all
    double valueUsd = 0;                    ///< expectedValue: worth of a right answer (or cost of a wrong one), >= 0
    std::map<std::string, double> valueOf;  ///< expectedValue: the same of single segments (perSegment says of what)
    double budgetUsd = 0;                   ///< budget: for the whole log, or a calendar month with perMonth
    bool perMonth = false;                  ///< budget: paced by day through every calendar month
    double meanQuality = 0;                 ///< floor: 0..1
    /// "", "team", "tag", "domain", "dataClass", "user", "day". floor: it holds in each by itself; expectedValue: what
    /// valueOf names.
    std::string perSegment;
    bool operator==(const Router&) const = default;
};

/// When a rule applies: every field that is set must hold; within a list one entry is enough.
struct RuleCondition {
    std::string promptMatches;          ///< RE2 regular expression, searched in the prompt text
    std::vector<std::string> keywords;  ///< any of them in the prompt text, without regard to ASCII case
    std::vector<std::string> dataClass;
    std::vector<std::string> team;
    std::vector<std::string> user;
    std::vector<std::string> tag;
    std::vector<std::string> domain;
    std::vector<std::string> model;  ///< logged name
    std::optional<std::int64_t> inputTokensMin;
    std::optional<std::int64_t> inputTokensMax;
    std::optional<double> difficultyMin;
    std::optional<double> difficultyMax;
    bool operator==(const RuleCondition&) const = default;
};

struct Rule {
    RuleCondition when;
    Target use;
    std::string reason;  ///< in the user's words; may be empty
    bool operator==(const Rule&) const = default;
};

/// What a class of data may use. Empty lists allow everything; all lists that are set must hold.
struct DataClassRule {
    std::string dataClass;  ///< "pii", "secret", ...; "*" = every request
    std::vector<Tier> tiers;
    std::vector<std::string> hosts;          ///< provider ids
    std::vector<std::string> jurisdictions;  ///< ISO countries of the host's operator
    bool operator==(const DataClassRule&) const = default;
};

/// At most this share of all requests may go to a target.
struct ShareCap {
    Target use;
    double share = 1;  ///< 0..1
    bool operator==(const ShareCap&) const = default;
};

struct Constraints {
    std::vector<DataClassRule> dataClasses;
    bool contextWindow = true;  ///< a model whose window is too small is infeasible
    std::optional<double> maxLatencySeconds;
    std::vector<ShareCap> caps;
    bool operator==(const Constraints&) const = default;
};

/// What a session that started on a model does. first: stays there. ratchet: may move to a better tier, never back.
enum class Sticky : std::uint8_t { no, first, ratchet };

/// The whole of a policy: candidates, constraints, rules that come first, and a router for the rest.
struct Policy {
    std::string name;
    std::string description;
    /// Candidates: model ids ("deepseek-v3.2") or offerings ("openrouter/deepseek-v3.2"); empty = one default a tier.
    std::vector<std::string> models;
    Constraints constraints;
    std::vector<Rule> rules;
    Router router;
    Sticky sticky = Sticky::no;
    bool operator==(const Policy&) const = default;

    /// Reads the JSON format. Every fault is an Error badFormat or invalidArgument whose source is
    /// "source#/json/pointer" of the value at fault: unknown keys, negative, NaN, bounds that do not rise, shares that
    /// do not sum to 1, a cascade that comes back to a model or definition, a bad regular expression.
    [[nodiscard]] static Result<Policy> parse(std::string_view json, const std::string& source);
    [[nodiscard]] static Result<Policy> load(const std::filesystem::path& file);
    /// The same policy as JSON (definitions are written out); parse(toJson()) gives it back.
    [[nodiscard]] std::string toJson() const;

    /// Every target that it names, in order, without repeats.
    [[nodiscard]] std::vector<Target> targets() const;
};

/// The tier that a target names, if it names one.
[[nodiscard]] std::optional<Tier> tierOfTarget(std::string_view target);

/// Ready-made policies for front ends.
[[nodiscard]] Policy singlePolicy(Target use, std::string name = {});
[[nodiscard]] Policy asLoggedPolicy();
/// local below low, commodity below high, premium above; a request without the signal goes to the commodity tier.
[[nodiscard]] Policy thresholdPolicy(double low, double high, std::string signal = "difficulty");
/// The same by shares of the requests that have the signal: the easiest to local, the hardest to premium.
[[nodiscard]] Policy sharePolicy(double easiest, double hardest, std::string signal = "difficulty");

}  // namespace tierwise::route
