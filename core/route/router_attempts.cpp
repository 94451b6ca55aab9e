// SPDX-License-Identifier: GPL-3.0-or-later
// Routers that ask more than one model, or draw one: cascades, agreement, random shares.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/route/router_run.h"

namespace tierwise::route {

namespace {

// A uniform number in [0, 1) that depends on seed and request alone (splitmix64).
double uniformOf(std::uint64_t seed, std::int64_t id) {
    std::uint64_t z = seed * 0x9e3779b97f4a7c15ULL + static_cast<std::uint64_t>(id) * 0xd1342543de82ef95ULL;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    z ^= z >> 31U;
    return static_cast<double>(z >> 11U) * 0x1.0p-53;
}

}  // namespace

void BoundRouter::byCascade(const Router& router, std::span<const std::uint32_t> rows, const std::string& lead,
                            Run& run) const {
    auto& out = run.out;
    run.prepareAttempts();
    const auto& table = *m_inputs.table;
    // The share of right answers among all that reach a step turns precision into the chance that a wrong one passes.
    std::vector<double> reachWeight(router.steps.size(), 0);
    std::vector<double> reachRight(router.steps.size(), 0);
    std::vector<double> acceptWrong(router.steps.size(), 0);
    std::vector<double> reach(rows.size(), 1.0);
    std::vector<double> cost(rows.size(), 0.0);
    std::vector<double> quality(rows.size(), 0.0);
    std::vector<std::uint64_t> tried(rows.size(), 0);
    double checks = 0;  // dollars
    const std::string name = [&] {
        std::string all;
        for (const auto& step : router.steps) {
            all += (all.empty() ? "" : ", then ") + m_inputs.candidates[m_targets.at(step.use).front()].name;
        }
        return "cascade: " + all;
    }();
    const auto reason = run.reasonId(lead.empty() ? name : lead + ": " + name);
    const auto nobody = run.reasonId("no candidate may serve it under the constraints");
    for (std::size_t s = 0; s < router.steps.size(); ++s) {
        const auto& order = m_targets.at(router.steps[s].use);
        const std::uint64_t own = m_own.at(router.steps[s].use);
        const bool lastStep = s + 1 == router.steps.size();
        std::vector<std::uint8_t> asked(rows.size(), kNoCandidate);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = rows[i];
            for (const auto j : order) {
                const bool allowed = ((maskOf(row) >> j) & 1U) != 0 && ((tried[i] >> j) & 1U) == 0;
                // A step stands in for itself only, but the last must answer.
                if (allowed && (((own >> j) & 1U) != 0 || (lastStep && tried[i] == 0))) {
                    asked[i] = j;
                    break;
                }
            }
            if (asked[i] != kNoCandidate) {
                const double weight = table.weightOf(row) * reach[i];
                reachWeight[s] += weight;
                reachRight[s] += weight * static_cast<double>(table.quality[asked[i]][row]);
            }
        }
        const Verifier verifier = lastStep ? Verifier{} : router.verifiers[s];
        const double right = reachWeight[s] > 0 ? reachRight[s] / reachWeight[s] : 0;
        if (verifier.acceptWrong) {
            acceptWrong[s] = *verifier.acceptWrong;
        } else if (verifier.precision && right < 1) {
            const double needed = *verifier.precision > 0 ? right * verifier.recall * (1 - *verifier.precision) /
                                                                (*verifier.precision * (1 - right))
                                                          : 1.0;
            acceptWrong[s] = std::min(needed, 1.0);
            if (needed > 1) {
                out.notes.push_back(
                    fmt::format("a verifier of precision {:g} and recall {:g} would accept more wrong answers of {} "
                                "than there are: "
                                "all of them are accepted, at a precision of {:.2f}",
                                *verifier.precision, verifier.recall, m_inputs.candidates[order.front()].name,
                                right * verifier.recall / (right * verifier.recall + 1 - right)));
            }
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::uint8_t j = asked[i];
            if (j == kNoCandidate) {
                continue;
            }
            const auto row = rows[i];
            const double weight = table.weightOf(row);
            const auto q = static_cast<double>(table.quality[j][row]);
            const auto price = static_cast<double>(table.cost[j][row]);
            out.calls[j] += weight * reach[i];
            out.callCostPico[j] += price * reach[i];
            out.callQuality[j] += weight * reach[i] * q;
            if (tried[i] == 0) {
                out.first[row] = j;
            }
            out.reach[j][row] = static_cast<float>(reach[i]);
            tried[i] |= std::uint64_t{1} << j;
            // Is there anybody left to escalate to? The last possible attempt is accepted whatever it says, so nobody
            // pays for a check of it.
            bool more = false;
            for (std::size_t next = s + 1; next < router.steps.size(); ++next) {
                more = more || (m_own.at(router.steps[next].use) & maskOf(row) & ~tried[i]) != 0;
            }
            const double check = more ? verifier.costUsd : 0.0;
            cost[i] += reach[i] * (price + weight * check * 1e12);
            checks += reach[i] * weight * check;
            if (!more) {
                quality[i] += reach[i] * q;
                reach[i] = 0;
            } else {
                quality[i] += reach[i] * q * verifier.recall;
                reach[i] *= 1 - (q * verifier.recall + (1 - q) * acceptWrong[s]);
            }
        }
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = rows[i];
        out.reason[row] = tried[i] == 0 ? nobody : reason;
        out.cost[row] = static_cast<std::int64_t>(std::llround(cost[i]));
        out.quality[row] = static_cast<float>(std::min(1.0, quality[i]));
    }
    out.notes.emplace_back(
        "the quality of an escalated answer is taken as independent of the first attempt, except where both are "
        "measured");
    if (checks > 0) {
        out.notes.push_back(fmt::format("${:.4g} of the cost are checks of answers", checks));
    }
}

Result<void> BoundRouter::byAgreement(const Router& router, std::span<const std::uint32_t> rows,
                                      const std::string& lead, Run& run) const {
    if (!m_inputs.answerOf) {
        return fail(ErrorCode::invalidArgument, "an agreement cascade needs the voters' answers, and none are known",
                    "Import outcomes with an answer column for the voters.", "policy " + m_policy.name);
    }
    auto& out = run.out;
    run.prepareAttempts();
    std::vector<std::uint32_t> rest;
    std::vector<std::uint32_t> unknown;
    std::map<std::uint32_t, std::int64_t> paidBy;
    const auto prefix = lead.empty() ? std::string() : lead + ": ";
    const auto agreed = run.reasonId(fmt::format("{}at least {} voters gave the same answer", prefix, router.atLeast));
    for (const auto row : rows) {
        std::map<std::string, std::pair<int, std::uint8_t>> votes;
        std::int64_t cost = 0;
        bool all = true;
        for (const auto& voter : router.voters) {
            const std::uint8_t j = m_targets.at(voter).front();
            const std::string answer = ((maskOf(row) >> j) & 1U) != 0 ? m_inputs.answerOf(row, j) : std::string();
            all = all && !answer.empty();
            if (!answer.empty()) {
                cost += m_inputs.table->cost[j][row];
                auto& vote = votes.try_emplace(answer, 0, j).first->second;
                ++vote.first;
            }
        }
        const auto winner = std::max_element(
            votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second.first < b.second.first; });
        if (!all) {
            unknown.push_back(row);
            continue;
        }
        for (const auto& voter : router.voters) {
            const std::uint8_t j = m_targets.at(voter).front();
            out.reach[j][row] = 1;
            out.calls[j] += m_inputs.table->weightOf(row);
            out.callCostPico[j] += static_cast<double>(m_inputs.table->cost[j][row]);
            out.callQuality[j] += m_inputs.table->weightOf(row) * static_cast<double>(m_inputs.table->quality[j][row]);
        }
        if (winner->second.first >= router.atLeast) {
            assign(row, winner->second.second, agreed, run);
            out.cost[row] = cost;
        } else {
            paidBy.emplace(row, cost);
            rest.push_back(row);
        }
    }
    const std::size_t unknownRows = unknown.size();
    if (auto done = route(router.steps.front(), rest, prefix + "the voters disagree", run); !done) {
        return done;
    }
    for (const auto row : rest) {
        out.cost[row] += paidBy[row];
    }
    if (unknownRows > 0) {
        out.notes.push_back(fmt::format("{} rows have no answers of all the voters and were escalated", unknownRows));
        return route(router.steps.front(), std::move(unknown), prefix + "answers of the voters are not known", run);
    }
    return {};
}

Result<void> BoundRouter::byShares(const Router& router, std::span<const std::uint32_t> rows, const std::string& lead,
                                   Run& run) const {
    const auto& shares = router.shares;
    if (shares.empty()) {  // those of the log are filled in where the policy is bound, at its top
        const bool known = std::any_of(m_inputs.loggedTierShares.begin() + 1, m_inputs.loggedTierShares.end(),
                                       [](double share) { return share > 0; });
        return fail(ErrorCode::invalidArgument,
                    known ? "shares of the log can only be used at the top of a policy"
                          : "the log names no models, so it has no shares to copy",
                    "Name the shares.", "policy " + m_policy.name);
    }
    std::vector<std::vector<std::uint32_t>> parts(shares.size());
    for (const auto row : rows) {
        double u = uniformOf(router.seed, m_inputs.rows->id[row].value());
        std::size_t part = 0;
        while (part + 1 < shares.size() && u >= shares[part].second) {
            u -= shares[part].second;
            ++part;
        }
        parts[part].push_back(row);
    }
    for (std::size_t part = 0; part < parts.size(); ++part) {
        toTarget(shares[part].first, parts[part],
                 fmt::format("{}drawn at random for {} ({:.1f}%)", lead.empty() ? "" : lead + ": ", shares[part].first,
                             100 * shares[part].second),
                 run);
    }
    return {};
}

}  // namespace tierwise::route
