// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/router.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/route/router_run.h"
#include "core/route/threshold_index.h"

namespace tierwise::route {

namespace {

std::string replaceAll(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

}  // namespace

Result<BoundRouter> BoundRouter::bind(const Policy& policy, const RoutingInputs& inputs) {
    BoundRouter router;
    router.m_policy = policy;
    router.m_inputs = inputs;
    if (auto done = router.resolveTargets(); !done) {
        return fail(done.error());
    }
    if (auto done = router.checkCascades(router.m_policy.router); !done) {
        return fail(done.error());
    }
    if (auto done = router.prepareMasks(); !done) {
        return fail(done.error());
    }
    router.noteUnknownNames();
    ThresholdIndexes indexes;
    router.placeShares(router.m_policy.router, indexes);
    return router;
}

// The candidates that a target means, then those that stand in where none of them may serve a row: better tiers
// first, then cheaper ones.
Result<std::vector<std::uint8_t>> BoundRouter::resolve(const Target& target) const {
    std::vector<std::uint8_t> order;
    Tier tier = Tier::unbanded;
    const auto wantedTier = tierOfTarget(target);
    const auto& all = m_inputs.candidates;
    for (const std::uint8_t j : m_allowed) {
        if (wantedTier ? all[j].tier == *wantedTier : (all[j].id == target || all[j].offering == target)) {
            tier = all[j].tier;
            order.push_back(j);
        }
    }
    if (order.empty()) {
        return wantedTier ? fail(ErrorCode::invalidArgument,
                                 fmt::format("the {} tier is empty: no candidate model belongs to it", target),
                                 "Name a model of that tier under \"models\", or send these requests elsewhere.",
                                 "policy " + m_policy.name)
                          : fail(ErrorCode::invalidArgument, fmt::format("\"{}\" is no candidate model", target),
                                 "Name it under \"models\", by its id in the catalog.", "policy " + m_policy.name);
    }
    const std::size_t own = order.size();
    // premium 1 .. local 3, unbanded 0: the distance upwards first.
    const auto rank = [&](std::uint8_t j) {
        const int from = static_cast<int>(tier);
        const int to = static_cast<int>(all[j].tier);
        return to == 0 ? 100 : (to <= from ? from - to : 10 + to - from);
    };
    for (const std::uint8_t j : m_allowed) {
        if (std::find(order.begin(), order.end(), j) == order.end()) {
            order.push_back(j);
        }
    }
    std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(own), order.end(),
                     [&](std::uint8_t a, std::uint8_t b) { return rank(a) < rank(b); });
    order.push_back(static_cast<std::uint8_t>(own));  // how many the target itself means; taken off again below
    return order;
}

// The candidates that the policy may use, in the order in which it names them (all of them where it names none).
Result<void> BoundRouter::resolveModels() {
    const auto& all = m_inputs.candidates;
    for (const auto& name : m_policy.models) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const Candidate& c) {
            return !c.asLogged && (c.id == name || c.offering == name);
        });
        if (found == all.end()) {
            return fail(ErrorCode::invalidArgument, fmt::format("\"{}\" is no candidate model", name),
                        "Use a model's id in the catalog.", "policy " + m_policy.name);
        }
        m_allowed.push_back(static_cast<std::uint8_t>(found - all.begin()));
    }
    for (std::size_t j = 0; m_policy.models.empty() && j < all.size(); ++j) {
        if (!all[j].asLogged) {
            m_allowed.push_back(static_cast<std::uint8_t>(j));
        }
    }
    for (const std::uint8_t j : m_allowed) {
        m_allowedMask |= std::uint64_t{1} << j;
    }
    return {};
}

Result<void> BoundRouter::resolveTargets() {
    if (auto done = resolveModels(); !done) {
        return done;
    }
    auto wanted = m_policy.targets();
    if (m_policy.router.kind == RouterKind::random && m_policy.router.shares.empty()) {
        for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
            if (const double share = m_inputs.loggedTierShares[static_cast<std::size_t>(tier)]; share > 0) {
                wanted.emplace_back(tierName(tier));
                m_policy.router.shares.emplace_back(tierName(tier), share);
            }
        }
        if (const double unbanded = m_inputs.loggedTierShares[0]; unbanded > 0 && !m_policy.router.shares.empty()) {
            m_notes.push_back(fmt::format(
                "{:.3g}% of the log's requests are on models without a tier: the shares are those of the others",
                100 * unbanded));
        }
    }
    if (resolve("commodity")) {
        wanted.emplace_back("commodity");  // of requests without a signal, even where no target names it
    }
    for (const auto& target : wanted) {
        auto order = resolve(target);
        if (!order) {
            return fail(order.error());
        }
        const std::size_t own = order->back();
        order->pop_back();
        for (std::size_t i = 0; i < own; ++i) {
            m_own[target] |= std::uint64_t{1} << (*order)[i];
        }
        m_targets.emplace(target, std::move(*order));
    }
    return {};
}

Result<void> BoundRouter::checkCascades(const Router& router) const {
    const bool manyAttempts = router.kind == RouterKind::cascade || router.kind == RouterKind::agreement;
    if (manyAttempts && (m_policy.sticky != Sticky::no || !m_policy.constraints.caps.empty())) {
        return fail(ErrorCode::invalidArgument,
                    "sticky sessions and capacity caps cannot be combined with a cascade: a request has several models",
                    "Take \"sticky\" and \"caps\" out, or route without a cascade.", "policy " + m_policy.name);
    }
    if (router.kind == RouterKind::floor && !router.perSegment.empty() && !m_policy.constraints.caps.empty()) {
        return fail(ErrorCode::invalidArgument,
                    fmt::format("capacity caps cannot be combined with a floor in every {}", router.perSegment),
                    "Take \"perSegment\" or \"caps\" out.", "policy " + m_policy.name);
    }
    // By name: another seller's offering of a model gives the same answers.
    const auto sameModel = [&](std::uint64_t among, std::size_t as) {
        std::uint64_t same = 0;
        for (std::uint64_t left = among; left != 0; left &= left - 1) {
            const auto j = static_cast<std::size_t>(std::countr_zero(left));
            same |= m_inputs.candidates[j].name == m_inputs.candidates[as].name ? 1U : 0U;
        }
        return same != 0;
    };
    if (router.kind == RouterKind::cascade) {
        std::uint64_t seen = 0;
        for (const auto& step : router.steps) {
            const std::uint64_t first = std::uint64_t{1} << m_targets.at(step.use).front();
            if (sameModel(seen, m_targets.at(step.use).front())) {
                return fail(ErrorCode::invalidArgument,
                            fmt::format("the cascade comes back to {}, as \"{}\"",
                                        m_inputs.candidates[m_targets.at(step.use).front()].name, step.use),
                            "Every step must be another model.", "policy " + m_policy.name);
            }
            seen |= first;
        }
    }
    std::uint64_t voters = 0;
    for (const auto& voter : router.voters) {
        const std::uint64_t bit = std::uint64_t{1} << m_targets.at(voter).front();
        if (sameModel(voters, m_targets.at(voter).front())) {
            return fail(ErrorCode::invalidArgument,
                        fmt::format("{} votes twice, once as \"{}\"",
                                    m_inputs.candidates[m_targets.at(voter).front()].name, voter),
                        "One model cannot agree with itself.", "policy " + m_policy.name);
        }
        voters |= bit;
    }
    for (const auto* children : {&router.bands, &router.noSignal, &router.steps}) {
        for (const auto& child : *children) {
            if (auto done = checkCascades(child); !done) {
                return done;
            }
        }
    }
    return {};
}

void BoundRouter::assign(std::size_t row, std::uint8_t candidate, std::uint16_t reason, Run& run) const {
    run.out.first[row] = candidate;
    run.out.reason[row] = reason;
    if (candidate != kNoCandidate) {
        run.out.cost[row] = m_inputs.table->cost[candidate][row];
        run.out.quality[row] = m_inputs.table->quality[candidate][row];
    }
}

void BoundRouter::toTarget(const Target& target, std::span<const std::uint32_t> rows, const std::string& why,
                           Run& run) const {
    const auto& order = m_targets.at(target);
    const std::uint64_t own = m_own.at(target);
    const std::uint16_t reason = run.reasonId(why);
    for (const std::uint32_t row : rows) {
        const std::uint64_t mask = maskOf(row);
        std::uint8_t taken = kNoCandidate;
        for (const std::uint8_t j : order) {
            if (((mask >> j) & 1U) != 0) {
                taken = j;
                break;
            }
        }
        if (taken != kNoCandidate && ((own >> taken) & 1U) != 0) {
            assign(row, taken, reason, run);
            continue;
        }
        const std::size_t wanted = order.front();
        const Obstacle what = obstacle(row, wanted);
        const auto key = std::make_tuple(reason, taken, what);
        auto known = run.detours.find(key);
        if (known == run.detours.end()) {
            const std::string obstacleWords = obstacleText(what, row, wanted);
            const std::string text =
                taken == kNoCandidate
                    ? fmt::format("no candidate may serve it: {}", obstacleWords)
                    : fmt::format("{}; but {}, so {} instead", why, obstacleWords, m_inputs.candidates[taken].name);
            known = run.detours.emplace(key, run.reasonId(text)).first;
        }
        assign(row, taken, known->second, run);
    }
}

Result<void> BoundRouter::route(const Router& router, std::vector<std::uint32_t> rows, const std::string& lead,
                                Run& run) const {
    if (run.context->stopRequested()) {
        return TaskContext::cancelled();
    }
    const auto say = [&](const std::string& what) { return lead.empty() ? what : lead + ": " + what; };
    switch (router.kind) {
        case RouterKind::single: {
            const auto tier = tierOfTarget(router.use);
            const auto& name = m_inputs.candidates[m_targets.at(router.use).front()].name;
            toTarget(router.use, rows, say(tier ? fmt::format("{} tier, {}", router.use, name) : name), run);
            return {};
        }
        case RouterKind::asLogged: {
            const auto logged = std::find_if(m_inputs.candidates.begin(), m_inputs.candidates.end(),
                                             [](const Candidate& c) { return c.asLogged; });
            const auto j = static_cast<std::size_t>(logged - m_inputs.candidates.begin());
            const auto reason = run.reasonId(say("as the log did it"));
            const auto missing = run.reasonId(say("the logged model has no known price"));
            for (const auto row : rows) {
                const bool priced = logged != m_inputs.candidates.end() && ((m_inputs.table->mask(row) >> j) & 1U) != 0;
                assign(row, priced ? static_cast<std::uint8_t>(j) : kNoCandidate, priced ? reason : missing, run);
            }
            return {};
        }
        case RouterKind::random:
            return byShares(router, rows, lead, run);
        case RouterKind::threshold:
            return byThreshold(router, std::move(rows), lead, run);
        case RouterKind::cascade:
            byCascade(router, rows, lead, run);
            return {};
        case RouterKind::agreement:
            return byAgreement(router, rows, lead, run);
        default:
            return byOptimum(router, rows, lead, run);
    }
}

// Sessions keep the model that they started on (or climb and stay up).
void BoundRouter::stick(Run& run) const {
    const auto& log = *m_inputs.rows;
    std::vector<std::uint8_t> held(log.session.names.size(), kNoCandidate);
    auto& out = run.out;
    const auto rank = [&](std::uint8_t j) {
        const auto tier = static_cast<int>(m_inputs.candidates[j].tier);
        return tier == 0 ? 4 : tier;
    };
    std::map<std::uint8_t, std::uint16_t> reasons;
    for (std::size_t row = 0; row < out.first.size(); ++row) {
        const auto session = static_cast<std::size_t>(log.session.codes[row]);
        const std::uint8_t wanted = out.first[row];
        if (session == 0 || wanted == kNoCandidate) {
            continue;
        }
        std::uint8_t& holds = held[session];
        const bool climbs = holds != kNoCandidate && m_policy.sticky == Sticky::ratchet && rank(wanted) < rank(holds);
        if (holds == kNoCandidate || climbs || ((maskOf(row) >> holds) & 1U) == 0) {
            holds = holds == kNoCandidate || climbs ? wanted : holds;
            continue;
        }
        if (wanted != holds) {
            auto known = reasons.find(holds);
            if (known == reasons.end()) {
                const auto id =
                    run.reasonId(fmt::format("stays on {}, which its session is on", m_inputs.candidates[holds].name));
                known = reasons.emplace(holds, id).first;
            }
            assign(row, holds, known->second, run);
        }
    }
}

// Calls by candidate, for the rows that were not accounted for by a cascade.
void BoundRouter::account(Run& run) const {
    auto& out = run.out;
    const auto& table = *m_inputs.table;
    for (std::size_t row = 0; row < out.first.size(); ++row) {
        const std::uint8_t j = out.first[row];
        if (j == kNoCandidate || out.severalAttempts(row)) {
            continue;
        }
        const double weight = table.weightOf(row);
        out.calls[j] += weight;
        out.callCostPico[j] += static_cast<double>(table.cost[j][row]);
        out.callQuality[j] += weight * static_cast<double>(table.quality[j][row]);
    }
}

Result<std::vector<std::uint32_t>> BoundRouter::begin(Run& run) const {
    const std::size_t rows = m_inputs.table->rows;
    auto& out = run.out;
    out.first.assign(rows, kNoCandidate);
    out.cost.assign(rows, 0);
    out.quality.assign(rows, 0);
    out.reason.assign(rows, 0);
    out.calls.assign(m_inputs.candidates.size(), 0);
    out.callCostPico.assign(m_inputs.candidates.size(), 0);
    out.callQuality.assign(m_inputs.candidates.size(), 0);
    (void)run.reasonId("it has no usage that could be priced");
    std::vector<std::uint32_t> left;
    left.reserve(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        if (m_inputs.table->mask(row) != 0) {
            left.push_back(static_cast<std::uint32_t>(row));
        }
    }
    if (auto done = applyRules(left, run); !done) {
        return fail(done.error());
    }
    return left;
}

Result<std::vector<std::uint64_t>> BoundRouter::openChoices(const TaskContext& context) const {
    Run run;
    run.context = &context;
    const auto left = begin(run);
    if (!left) {
        return fail(left.error());
    }
    std::vector<std::uint64_t> open(m_inputs.table->rows, 0);
    for (std::size_t row = 0; row < open.size(); ++row) {
        if (run.out.first[row] != kNoCandidate) {
            open[row] = std::uint64_t{1} << run.out.first[row];
        }
    }
    const std::uint64_t among = amongMask(Router());
    for (const auto row : *left) {
        open[row] = maskOf(row) & among;
    }
    return open;
}

Result<Decisions> BoundRouter::decide(const TaskContext& context) const {
    Run run;
    run.context = &context;
    auto left = begin(run);
    if (!left) {
        return fail(left.error());
    }
    auto& out = run.out;
    out.notes.insert(out.notes.end(), m_notes.begin(), m_notes.end());
    if (auto done = route(m_policy.router, std::move(*left), "", run); !done) {
        return fail(done.error());
    }
    if (m_policy.sticky != Sticky::no) {
        stick(run);
    }
    if (auto done = enforceCaps(run); !done) {
        return fail(done.error());
    }
    account(run);
    return std::move(out);
}

std::string BoundRouter::reasonOf(const Decisions& decisions, std::size_t row) const {
    const auto& log = *m_inputs.rows;
    std::string text = decisions.reasons[decisions.reason[row]];
    const auto difficulty = log.difficulty.at(row);
    text = replaceAll(std::move(text), kMarkDifficulty, difficulty ? fmt::format("{:.2f}", *difficulty) : "unknown");
    const auto tokens = log.inputTotal(row);
    text =
        replaceAll(std::move(text), kMarkTokens, tokens ? fmt::format("{}", *tokens / log.requests[row]) : "unknown");
    text = replaceAll(std::move(text), kMarkQuality, fmt::format("{:.0f}%", 100 * decisions.quality[row]));
    return replaceAll(std::move(text), kMarkCost,
                      fmt::format("${:.3g}", static_cast<double>(decisions.cost[row]) * 1e-12));
}

}  // namespace tierwise::route
