// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/task_context.h"
#include "core/route/choice_table.h"
#include "core/route/policy.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::route {

class Frontier;
class ThresholdIndex;

/// What routing needs to know of a candidate; column j of the choice table is candidate j.
struct Candidate {
    std::string id;        ///< what policies name
    std::string name;      ///< for people
    std::string offering;  ///< "provider/id"; another name for it
    Tier tier = Tier::unbanded;
    std::string host;          ///< provider id
    std::string jurisdiction;  ///< ISO country of the host's operator; "" = not known
    std::optional<std::int64_t> contextTokens;
    std::optional<double> tokensPerSecond;
    bool asLogged = false;  ///< the log's own routing
};

/// What a policy is run on. Everything is borrowed and must outlive the router.
struct RoutingInputs {
    const store::WorkloadSnapshot* rows = nullptr;
    const ChoiceTable* table = nullptr;  ///< feasible: has usage and a price (constraints are the router's business)
    std::span<const Candidate> candidates;
    std::span<const std::uint64_t> fits;  ///< [row] candidates whose context window holds it; empty = all
    /// Seconds that the candidate's answer takes; nothing where it is not known. For latency bounds; may be empty.
    std::function<std::optional<double>(std::size_t row, std::size_t candidate)> secondsOf;
    std::array<double, 4> loggedTierShares{};  ///< by Tier, of what has one (sum 1); unbanded: of all requests
    std::function<std::optional<std::string>(std::size_t row)> promptOf;          ///< may be empty
    std::function<std::string(std::size_t row, std::size_t candidate)> answerOf;  ///< "" = unknown; may be empty
    /// What the optimum of a budget (dollars) or floor (mean quality) at the top aims at instead of the policy's own
    /// figure: for callers that know what comes on top of it (lost cache prefixes, sticky sessions).
    std::optional<double> aim;
    /// The frontier of the table under frontierMask ([row] candidates), for policies that ask for just that; may be
    /// null.
    const Frontier* frontier = nullptr;
    std::span<const std::uint64_t> frontierMask;
};

/// What a policy does with every row. Costs and qualities are expectations where a cascade may escalate.
struct Decisions {
    std::vector<std::uint8_t> first;  ///< [row] candidate of the first attempt; kNoCandidate = none (reason says why)
    /// [candidate][row] Probability that it is asked, where a row may ask several; 0 elsewhere. Empty = no policy of
    /// several attempts: every row asks `first`.
    std::vector<std::vector<float>> reach;
    std::vector<std::int64_t> cost;     ///< [row] pico-dollars of the whole line
    std::vector<float> quality;         ///< [row] 0..1
    std::vector<std::uint16_t> reason;  ///< [row] index into reasons
    /// Sentences with marks where the row's difficulty, input tokens, expected quality and cost stand: see reasonOf.
    std::vector<std::string> reasons;
    std::vector<double> calls;         ///< [candidate] requests sent to it, escalations included
    std::vector<double> callCostPico;  ///< [candidate]
    std::vector<double> callQuality;   ///< [candidate] sum of its quality over those requests
    double shadowPrice = 0;            ///< right answers per further dollar, for budget and floor
    std::optional<double> gapUsd;      ///< with caps
    std::vector<std::string> notes;

    [[nodiscard]] bool severalAttempts() const { return !reach.empty(); }
    /// The row may ask several candidates.
    [[nodiscard]] bool severalAttempts(std::size_t row) const {
        return !reach.empty() && first[row] != kNoCandidate && reach[first[row]][row] > 0;
    }
};

/// A policy bound to a workload: targets resolved, masks computed, regular expressions compiled.
class BoundRouter {
public:
    /// Errors invalidArgument, source "policy NAME": unknown model, empty tier, a cascade that comes back to the same
    /// candidate under another name, a latency bound without known speeds, a prompt rule without prompts.
    [[nodiscard]] static Result<BoundRouter> bind(const Policy& policy, const RoutingInputs& inputs);

    /// One pass and more over the rows; deterministic. Errors: infeasible (a budget or floor that cannot be met),
    /// cancelled.
    [[nodiscard]] Result<Decisions> decide(const TaskContext& context = {}) const;

    /// What rules and constraints leave to every row before the router chooses: one candidate where a rule decides,
    /// else all that may serve it; 0 = none. Caps and sticky sessions come later and are not in it.
    [[nodiscard]] Result<std::vector<std::uint64_t>> openChoices(const TaskContext& context = {}) const;
    /// Candidates that constraints leave to a row.
    [[nodiscard]] std::uint64_t maskOf(std::size_t row) const {
        if (!m_mask.empty()) {
            return m_mask[row];
        }
        const auto& classes = m_inputs.rows->dataClass.codes;
        const std::uint64_t window =
            m_policy.constraints.contextWindow && !m_inputs.fits.empty() ? m_inputs.fits[row] : ~std::uint64_t{0};
        const std::uint64_t ofClass =
            classes.empty() ? ~std::uint64_t{0} : m_classMask[static_cast<std::size_t>(classes[row])];
        return m_inputs.table->mask(row) & ((m_allowedMask & window & ofClass) | m_loggedBit);
    }
    /// The policy with what it takes from the workload as the figures which that has here: the values of
    /// Router::belowShare, and the log's shares of a random draw.
    [[nodiscard]] const Policy& policy() const { return m_policy; }
    /// Why candidate j may not serve the row, in words; empty where it may.
    [[nodiscard]] std::string whyNot(std::size_t row, std::size_t candidate) const;
    /// The reason of a decision with the row's own figures in it.
    [[nodiscard]] std::string reasonOf(const Decisions& decisions, std::size_t row) const;

private:
    BoundRouter() = default;

    // router.cpp
    struct Run;
    /// Empty columns, and the rules; gives the rows that are left to the router.
    [[nodiscard]] Result<std::vector<std::uint32_t>> begin(Run& run) const;
    [[nodiscard]] Result<void> resolveModels();
    [[nodiscard]] Result<void> resolveTargets();
    [[nodiscard]] Result<std::vector<std::uint8_t>> resolve(const Target& target) const;
    [[nodiscard]] Result<void> checkCascades(const Router& router) const;
    [[nodiscard]] Result<void> route(const Router& router, std::vector<std::uint32_t> rows, const std::string& lead,
                                     Run& run) const;
    void toTarget(const Target& target, std::span<const std::uint32_t> rows, const std::string& why, Run& run) const;
    void assign(std::size_t row, std::uint8_t candidate, std::uint16_t reason, Run& run) const;
    void byCascade(const Router& router, std::span<const std::uint32_t> rows, const std::string& lead, Run& run) const;
    [[nodiscard]] Result<void> byAgreement(const Router& router, std::span<const std::uint32_t> rows,
                                           const std::string& lead, Run& run) const;
    [[nodiscard]] Result<void> byShares(const Router& router, std::span<const std::uint32_t> rows,
                                        const std::string& lead, Run& run) const;
    void stick(Run& run) const;
    void account(Run& run) const;

    // router_threshold.cpp
    using ThresholdIndexes = std::map<std::string, ThresholdIndex>;  ///< by signal
    void placeShares(Router& router, ThresholdIndexes& indexes);
    void note(const Router& router, double share, double really);
    [[nodiscard]] double signalOf(const Router& router, std::size_t row) const;  ///< NaN: it has none
    [[nodiscard]] Result<void> byThreshold(const Router& router, std::vector<std::uint32_t> rows,
                                           const std::string& lead, Run& run) const;

    // router_rules.cpp
    [[nodiscard]] Result<void> prepareMasks();
    void noteUnknownNames();
    [[nodiscard]] Result<void> applyRules(std::vector<std::uint32_t>& rows, Run& run) const;
    enum class Obstacle : std::uint8_t { none, noPrice, contextWindow, dataClass, latency, notNamed };
    [[nodiscard]] Obstacle obstacle(std::size_t row, std::size_t candidate) const;
    [[nodiscard]] std::string obstacleText(Obstacle obstacle, std::size_t row, std::size_t candidate) const;

    // router_optimum.cpp
    [[nodiscard]] Result<void> byOptimum(const Router& router, std::span<const std::uint32_t> rows,
                                         const std::string& lead, Run& run) const;
    /// What rows that are assigned already cost and achieve.
    [[nodiscard]] Totals assigned(const Run& run) const;
    /// Requests that a policy's candidates could serve: what shares of caps are of.
    [[nodiscard]] double servable(const Run& run) const;
    /// What is left for the rows of a budget or floor: at the top, what rules sent elsewhere counts too.
    struct Goal {
        double budgetPico = 0;
        double meanQuality = 0;
    };
    [[nodiscard]] Result<Goal> goalOf(const Router& router, const ChoiceTable& table, const Run& run) const;
    [[nodiscard]] Result<std::vector<std::uint8_t>> underCaps(const Router& router, const ChoiceTable& table,
                                                              const Goal& goal, Run& run) const;
    [[nodiscard]] Result<std::vector<std::uint8_t>> bySegment(const Router& router, const ChoiceTable& table,
                                                              const Frontier& frontier, const Run& run) const;
    [[nodiscard]] Result<void> paced(const Router& router, std::span<const std::uint32_t> rows, std::uint64_t among,
                                     const std::string& lead, Run& run) const;
    [[nodiscard]] Result<void> enforceCaps(Run& run) const;
    [[nodiscard]] std::uint64_t amongMask(const Router& router) const;

    Policy m_policy;
    RoutingInputs m_inputs;
    std::vector<std::uint8_t> m_allowed;  ///< candidates that the policy may use, in its order
    std::uint64_t m_allowedMask = 0;
    std::map<Target, std::vector<std::uint8_t>> m_targets;  ///< candidates in the order in which they are tried
    std::map<Target, std::uint64_t> m_own;                  ///< the candidates that the target itself means
    std::uint64_t m_loggedBit = 0;                          ///< the log's own routing, which no constraint binds
    std::vector<std::uint64_t> m_mask;                      ///< [row] what a latency bound leaves; empty without one
    std::vector<std::string> m_notes;                       ///< bounds by share; names that nobody has
    std::vector<std::uint64_t> m_classMask;                 ///< [data class code]
};

}  // namespace tierwise::route
