// SPDX-License-Identifier: GPL-3.0-or-later
// Routers that optimize over the whole set of requests: expected value, budget, floor, oracle.
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/base/timestamp.h"
#include "core/route/frontier.h"
#include "core/route/frontier_cut.h"
#include "core/route/router_run.h"

namespace tierwise::route {

const store::DictionaryColumn* segmentColumn(const store::WorkloadSnapshot& log, const std::string& by) {
    return by == "team"        ? &log.team
           : by == "tag"       ? &log.tag
           : by == "domain"    ? &log.domain
           : by == "dataClass" ? &log.dataClass
           : by == "user"      ? &log.user
                               : nullptr;
}

namespace {

constexpr double kPico = 1e12;

// The candidate with the most value x quality - cost; among equals the cheaper, then the lower number.
std::uint8_t mostWorth(const ChoiceTable& table, std::size_t row, std::uint64_t mask, double valuePico) {
    std::uint8_t best = kNoCandidate;
    double most = 0;
    const double weight = table.weightOf(row);
    for (; mask != 0; mask &= mask - 1) {
        const auto j = static_cast<std::uint8_t>(std::countr_zero(mask));
        const double worth =
            valuePico * weight * static_cast<double>(table.quality[j][row]) - static_cast<double>(table.cost[j][row]);
        if (best == kNoCandidate || worth > most || (worth == most && table.cost[j][row] < table.cost[best][row])) {
            best = j;
            most = worth;
        }
    }
    return best;
}

// Segment number of every row, and the segments' names; rows without the attribute are a segment of their own.
std::vector<std::uint32_t> segmentsOf(const store::WorkloadSnapshot& log, const std::string& by,
                                      std::vector<std::string>& names) {
    std::vector<std::uint32_t> segment(log.rows, 0);
    if (const auto* column = segmentColumn(log, by)) {
        for (std::size_t row = 0; row < log.rows; ++row) {
            segment[row] = static_cast<std::uint32_t>(column->codes[row]);
        }
        names = column->names;
        return segment;
    }
    std::map<std::int64_t, std::uint32_t> days;
    for (std::size_t row = 0; row < log.rows; ++row) {
        const auto time = log.timeNanos.at(row);
        segment[row] =
            time ? days.try_emplace(Timestamp::fromNanos(*time).day(), static_cast<std::uint32_t>(days.size() + 1))
                       .first->second
                 : 0;
    }
    names.resize(days.size() + 1);
    for (const auto& [day, number] : days) {
        names[number] = Timestamp::fromSeconds(day * 86'400).toIsoDate();
    }
    return segment;
}

// The civil month of a day number, as year * 12 + month - 1, and the days that are left of it, this day included.
std::pair<int, int> monthOf(std::int64_t day) {
    const auto iso = Timestamp::fromSeconds(day * 86'400).toIsoDate();
    const int year = std::stoi(iso.substr(0, 4));
    const int month = std::stoi(iso.substr(5, 2));
    const auto next = month == 12 ? Timestamp::fromCivil(year + 1, 1, 1)
                                  : Timestamp::fromCivil(year, static_cast<unsigned>(month + 1), 1);
    return {year * 12 + month - 1, static_cast<int>(next.day() - day)};
}

}  // namespace

std::uint64_t BoundRouter::amongMask(const Router& router) const {
    std::uint64_t mask = 0;
    for (const auto& target : router.among) {
        mask |= m_own.at(target);
    }
    if (router.among.empty()) {
        for (std::size_t j = 0; j < m_inputs.candidates.size(); ++j) {
            mask |= m_inputs.candidates[j].asLogged ? 0 : std::uint64_t{1} << j;
        }
    }
    return mask;
}

Result<void> BoundRouter::byOptimum(const Router& router, std::span<const std::uint32_t> rows, const std::string& lead,
                                    Run& run) const {
    const std::uint64_t among = amongMask(router);
    const auto say = [&](const std::string& what) { return run.reasonId(lead.empty() ? what : lead + ": " + what); };
    const auto nobody = say("no candidate may serve it under the constraints");
    if (router.kind == RouterKind::oracle) {
        const auto reason = say("oracle: the cheapest of the best answers");
        for (const auto row : rows) {
            const auto j = bestAnswer(*m_inputs.table, row, maskOf(row) & among);
            assign(row, j, j == kNoCandidate ? nobody : reason, run);
        }
        return {};
    }
    if (router.kind == RouterKind::expectedValue) {
        // Segment 0 stands for all that have no value of their own.
        std::vector<double> values{router.valueUsd};
        std::vector<std::uint16_t> reasons{
            say(fmt::format("a right answer is worth ${:g}, and is {} likely here for {}: most value after cost",
                            router.valueUsd, kMarkQuality, kMarkCost))};
        std::vector<std::string> names;
        std::vector<std::uint32_t> segment;
        std::vector<std::size_t> slot;
        if (!router.valueOf.empty()) {
            segment = segmentsOf(*m_inputs.rows, router.perSegment, names);
            slot.assign(names.size(), 0);
            for (std::size_t i = 0; i < names.size(); ++i) {
                if (const auto own = router.valueOf.find(names[i]); own != router.valueOf.end()) {
                    slot[i] = values.size();
                    values.push_back(own->second);
                    reasons.push_back(
                        say(fmt::format("a right answer is worth ${:g} in {} \"{}\", and is {} likely "
                                        "here for {}: most value after cost",
                                        own->second, router.perSegment, names[i], kMarkQuality, kMarkCost)));
                }
            }
        }
        for (const auto row : rows) {
            const std::size_t at = slot.empty() ? 0 : slot[segment[row]];
            const auto j = mostWorth(*m_inputs.table, row, maskOf(row) & among, values[at] * kPico);
            assign(row, j, j == kNoCandidate ? nobody : reasons[at], run);
        }
        return {};
    }
    if (router.kind == RouterKind::budget && router.perMonth) {
        return paced(router, rows, among, lead, run);
    }
    std::vector<std::uint64_t> mask(m_inputs.table->rows, 0);
    for (const auto row : rows) {
        mask[row] = maskOf(row) & among;
    }
    ChoiceTable table = *m_inputs.table;
    table.feasible = mask;
    const auto goal = goalOf(router, table, run);
    if (!goal) {
        return fail(goal.error());
    }
    const bool floor = router.kind == RouterKind::floor;
    std::string words = floor ? fmt::format("least cost for a mean quality of {:.4g}%", 100 * router.meanQuality)
                              : fmt::format("most quality for {}", displayDollars(router.budgetUsd));
    Result<std::vector<std::uint8_t>> choice;
    if (!m_policy.constraints.caps.empty() && router.perSegment.empty()) {
        choice = underCaps(router, table, *goal, run);
        words += " under the caps";
    } else {
        // The frontier that is there, where it is of these very choices; segments need one, a single point does not.
        const bool shared =
            m_inputs.frontier != nullptr &&
            std::equal(mask.begin(), mask.end(), m_inputs.frontierMask.begin(), m_inputs.frontierMask.end());
        if (floor && !router.perSegment.empty()) {
            std::optional<Frontier> own;
            if (!shared) {
                auto made = Frontier::build(table, *run.context);
                if (!made) {
                    return fail(made.error());
                }
                own.emplace(std::move(*made));
            }
            choice = bySegment(router, table, shared ? *m_inputs.frontier : *own, run);
            words += " in every " + router.perSegment;
        } else if (shared) {
            const auto& frontier = *m_inputs.frontier;
            const auto at = floor ? frontier.forMeanQuality(goal->meanQuality) : frontier.forBudget(goal->budgetPico);
            if (!at) {
                return fail(at.error());
            }
            run.out.shadowPrice = at->qualityPerDollar;
            choice = frontier.choiceAt(at->step);
        } else {
            auto cut = floor ? cutForMeanQuality(table, goal->meanQuality, *run.context)
                             : cutForBudget(table, goal->budgetPico, *run.context);
            if (!cut) {
                return fail(cut.error());
            }
            run.out.shadowPrice = cut->point.qualityPerDollar;
            choice = std::move(cut->choice);
        }
    }
    if (!choice) {
        return fail(choice.error());
    }
    const auto reason = say(fmt::format("{}: {} likely right here, for {}", words, kMarkQuality, kMarkCost));
    for (const auto row : rows) {
        assign(row, (*choice)[row], (*choice)[row] == kNoCandidate ? nobody : reason, run);
    }
    return {};
}

Totals BoundRouter::assigned(const Run& run) const {
    Totals totals;
    for (std::size_t row = 0; row < run.out.first.size(); ++row) {
        if (run.out.first[row] != kNoCandidate) {
            const double weight = m_inputs.table->weightOf(row);
            totals.costPico += static_cast<double>(run.out.cost[row]);
            totals.quality += weight * static_cast<double>(run.out.quality[row]);
            totals.weight += weight;
        }
    }
    return totals;
}

Result<BoundRouter::Goal> BoundRouter::goalOf(const Router& router, const ChoiceTable& table, const Run& run) const {
    Goal goal{router.budgetUsd * kPico, router.meanQuality};
    if (&router != &m_policy.router) {
        return goal;
    }
    if (m_inputs.aim) {
        (router.kind == RouterKind::floor ? goal.meanQuality : goal.budgetPico) =
            router.kind == RouterKind::floor ? *m_inputs.aim : *m_inputs.aim * kPico;
    }
    const Totals ruled = assigned(run);
    if (ruled.weight <= 0) {
        return goal;
    }
    if (ruled.costPico > goal.budgetPico && router.kind == RouterKind::budget) {
        return fail(ErrorCode::infeasible,
                    fmt::format("what the rules send elsewhere costs ${:.6g} alone, which is more than the budget of "
                                "${:.6g}",
                                ruled.costPico / kPico, router.budgetUsd),
                    "Raise the budget, or let the rules name cheaper models.", "policy " + m_policy.name);
    }
    goal.budgetPico -= ruled.costPico;
    double left = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        left += table.mask(row) != 0 ? table.weightOf(row) : 0.0;
    }
    if (left > 0) {
        goal.meanQuality = (goal.meanQuality * (ruled.weight + left) - ruled.quality) / left;
    }
    if (goal.meanQuality > 1 && router.kind == RouterKind::floor) {
        return fail(ErrorCode::infeasible,
                    fmt::format("what the rules send elsewhere has a mean quality of {:.4f}, so the rest cannot lift "
                                "all to {:.4f}",
                                ruled.meanQuality(), router.meanQuality),
                    "Lower the floor, or let the rules name better models.", "policy " + m_policy.name);
    }
    goal.meanQuality = std::max(0.0, goal.meanQuality);
    return goal;
}

Result<std::vector<std::uint8_t>> BoundRouter::bySegment(const Router& router, const ChoiceTable& table,
                                                         const Frontier& frontier, const Run& run) const {
    std::vector<std::string> names;
    const auto segment = segmentsOf(*m_inputs.rows, router.perSegment, names);
    std::vector<double> floors(names.size(), router.meanQuality);
    if (&router == &m_policy.router) {
        // What rules sent elsewhere counts in its segment.
        std::vector<Totals> ruled(names.size());
        std::vector<double> left(names.size(), 0);
        for (std::size_t row = 0; row < table.rows; ++row) {
            const double weight = table.weightOf(row);
            if (run.out.first[row] != kNoCandidate) {
                ruled[segment[row]].weight += weight;
                ruled[segment[row]].quality += weight * static_cast<double>(run.out.quality[row]);
            } else if (table.mask(row) != 0) {
                left[segment[row]] += weight;
            }
        }
        for (std::size_t s = 0; s < floors.size(); ++s) {
            if (ruled[s].weight > 0 && left[s] > 0) {
                floors[s] = (router.meanQuality * (ruled[s].weight + left[s]) - ruled[s].quality) / left[s];
            }
        }
    }
    const auto segments = SegmentFloors::build(frontier, table, segment, names.size());
    std::size_t failed = 0;
    auto chosen = segments.choose(floors, &failed);
    if (!chosen) {
        Error error = chosen.error();
        error.what = fmt::format("{} \"{}\": {}", router.perSegment, names[failed], error.what);
        return fail(std::move(error));
    }
    return chosen;
}

// A monthly budget, spent evenly by day, with what a router could know at the time: the price of quality of a day
// is the one that would have met that day's allowance on the seven days before; when the month's money is gone,
// every request takes the cheapest candidate. The first day has no past and takes the price of the whole log.
Result<void> BoundRouter::paced(const Router& router, std::span<const std::uint32_t> rows, std::uint64_t among,
                                const std::string& lead, Run& run) const {
    const auto& log = *m_inputs.rows;
    std::map<std::int64_t, std::vector<std::uint32_t>> days;
    std::vector<std::uint32_t> undated;
    for (const auto row : rows) {
        const auto time = log.timeNanos.at(row);
        if (time) {
            days[Timestamp::fromNanos(*time).day()].push_back(row);
        } else {
            undated.push_back(row);
        }
    }
    // At the top of a policy, what rules send elsewhere is spent too, on its day.
    std::map<std::int64_t, double> ruled;
    for (std::size_t row = 0; &router == &m_policy.router && row < run.out.first.size(); ++row) {
        if (const auto time = log.timeNanos.at(row); time && run.out.first[row] != kNoCandidate) {
            const auto day = Timestamp::fromNanos(*time).day();
            ruled[day] += static_cast<double>(run.out.cost[row]);
            days.try_emplace(day);
        }
    }
    const auto say = [&](const std::string& what) { return run.reasonId(lead.empty() ? what : lead + ": " + what); };
    const auto nobody = say("no candidate may serve it under the constraints");
    const auto within = say(fmt::format("within the month's budget of ${:g}, paced by day", router.budgetUsd));
    const auto spent = say(fmt::format("the month's budget of ${:g} is spent: the cheapest", router.budgetUsd));
    // Dollars-for-quality price at which these rows, scaled to one day, cost the allowance.
    const auto priceFor = [&](const std::vector<std::uint32_t>& past, double pastDays,
                              double allowance) -> Result<double> {
        std::vector<std::uint64_t> mask(m_inputs.table->rows, 0);
        for (const auto row : past) {
            mask[row] = maskOf(row) & among;
        }
        ChoiceTable table = *m_inputs.table;
        table.feasible = mask;
        const auto frontier = Frontier::build(table, *run.context);
        if (!frontier) {
            return fail(frontier.error());
        }
        const auto at = frontier->forBudget(allowance * pastDays);
        const double perDollar = at ? at->qualityPerDollar : frontier->point(0).qualityPerDollar;
        // Just below the price of the first increment that is too dear, whatever the rounding.
        return perDollar > 0 ? kPico / perDollar * (1 - 1e-9) : std::numeric_limits<double>::max();
    };
    int month = -1;
    double left = 0;
    const auto closeMonth = [&] {
        if (month >= 0 && left < -1) {
            run.out.notes.push_back(
                fmt::format("{:04}-{:02}: even the cheapest choice comes to ${:.4g} above the month's budget",
                            month / 12, month % 12 + 1, -left / kPico));
        }
    };
    for (const auto& [day, today] : days) {
        const auto [thisMonth, daysLeft] = monthOf(day);
        if (thisMonth != month) {
            closeMonth();
            month = thisMonth;
            left = router.budgetUsd * kPico;
        }
        left -= ruled[day];
        const double allowance = left / daysLeft;
        std::vector<std::uint32_t> past;
        double pastDays = 0;
        for (auto it = days.lower_bound(day - 7); it != days.end() && it->first < day; ++it) {
            past.insert(past.end(), it->second.begin(), it->second.end());
            pastDays += it->second.empty() ? 0 : 1;
        }
        if (past.empty()) {
            past.assign(rows.begin(), rows.end());
            pastDays = static_cast<double>(days.size());
        }
        const auto price = priceFor(past, pastDays, allowance);
        if (!price) {
            return fail(price.error());
        }
        for (const auto row : today) {
            const std::uint64_t mask = maskOf(row) & among;
            auto j = mostWorth(*m_inputs.table, row, mask, *price);
            auto reason = within;
            if (j != kNoCandidate && static_cast<double>(m_inputs.table->cost[j][row]) > left) {
                j = mostWorth(*m_inputs.table, row, mask, 0);
                reason = spent;
            }
            assign(row, j, j == kNoCandidate ? nobody : reason, run);
            left -= j == kNoCandidate ? 0.0 : static_cast<double>(m_inputs.table->cost[j][row]);
        }
    }
    closeMonth();
    for (const auto row : undated) {
        const auto j = mostWorth(*m_inputs.table, row, maskOf(row) & among, 0);
        assign(row, j, j == kNoCandidate ? nobody : say("without a date it belongs to no month: the cheapest"), run);
    }
    run.out.notes.emplace_back(
        "pacing: each day's price of quality comes from the seven days before; the first day's from the whole log");
    return {};
}

}  // namespace tierwise::route
