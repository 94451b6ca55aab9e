// SPDX-License-Identifier: GPL-3.0-or-later
// Routers that optimize over the whole set of requests: expected value, budget, floor, oracle; capacity caps.
#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/base/timestamp.h"
#include "core/route/capacity.h"
#include "core/route/frontier.h"
#include "core/route/router_run.h"

namespace tierwise::route {

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

const store::DictionaryColumn* segmentColumn(const store::WorkloadSnapshot& log, const std::string& by) {
    return by == "team"        ? &log.team
           : by == "tag"       ? &log.tag
           : by == "domain"    ? &log.domain
           : by == "dataClass" ? &log.dataClass
           : by == "user"      ? &log.user
                               : nullptr;
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
    if (router.kind == RouterKind::expectedValue || router.kind == RouterKind::oracle) {
        const bool oracle = router.kind == RouterKind::oracle;
        const auto reason =
            say(oracle ? std::string("oracle: the cheapest of the best answers")
                       : fmt::format("a right answer is worth ${:g}: most value after cost", router.valueUsd));
        for (const auto row : rows) {
            const std::uint64_t mask = m_mask[row] & among;
            const auto j = oracle ? bestAnswer(*m_inputs.table, row, mask)
                                  : mostWorth(*m_inputs.table, row, mask, router.valueUsd * kPico);
            assign(row, j, j == kNoCandidate ? nobody : reason, run);
        }
        return {};
    }
    if (router.kind == RouterKind::budget && router.perMonth) {
        return paced(router, rows, among, lead, run);
    }
    std::vector<std::uint64_t> mask(m_inputs.table->rows, 0);
    for (const auto row : rows) {
        mask[row] = m_mask[row] & among;
    }
    ChoiceTable table = *m_inputs.table;
    table.feasible = mask;
    std::vector<std::uint8_t> choice;
    std::string words;
    const bool floor = router.kind == RouterKind::floor;
    if (!m_policy.constraints.caps.empty() && router.perSegment.empty()) {
        CapacityProblem problem;
        (floor ? problem.qualityFloor : problem.budgetPico) = floor ? router.meanQuality : router.budgetUsd * kPico;
        for (const auto& cap : m_policy.constraints.caps) {
            problem.caps.push_back({m_own.at(cap.use), cap.share});
        }
        auto answer = allocateWithCaps(table, problem, *run.context);
        if (!answer) {
            return fail(answer.error());
        }
        run.out.gapUsd = answer->gapUsd;
        run.out.shadowPrice = answer->qualityPriceUsd > 0 ? 1 / answer->qualityPriceUsd : 0;
        run.capsDone = true;
        choice = std::move(answer->choice);
        words = floor ? fmt::format("least cost for a mean quality of {:g} under the caps", router.meanQuality)
                      : fmt::format("most quality for ${:g} under the caps", router.budgetUsd);
    } else {
        const auto frontier = Frontier::build(table, *run.context);
        if (!frontier) {
            return fail(frontier.error());
        }
        if (floor && !router.perSegment.empty()) {
            std::vector<std::string> names;
            const auto segment = segmentsOf(*m_inputs.rows, router.perSegment, names);
            const std::size_t count = names.size();
            const auto floors = SegmentFloors::build(*frontier, table, segment, count);
            std::size_t failed = 0;
            auto chosen = floors.choose(std::vector<double>(count, router.meanQuality), &failed);
            if (!chosen) {
                Error error = chosen.error();
                error.what = fmt::format("{} \"{}\": {}", router.perSegment, names[failed], error.what);
                return fail(std::move(error));
            }
            choice = std::move(*chosen);
            words =
                fmt::format("least cost for a mean quality of {:g} in every {}", router.meanQuality, router.perSegment);
        } else {
            const auto at =
                floor ? frontier->forMeanQuality(router.meanQuality) : frontier->forBudget(router.budgetUsd * kPico);
            if (!at) {
                return fail(at.error());
            }
            run.out.shadowPrice = at->qualityPerDollar;
            choice = frontier->choiceAt(at->step);
            words = floor ? fmt::format("least cost for a mean quality of {:g}", router.meanQuality)
                          : fmt::format("most quality for ${:g}", router.budgetUsd);
        }
    }
    const auto reason = say(words);
    for (const auto row : rows) {
        assign(row, choice[row], choice[row] == kNoCandidate ? nobody : reason, run);
    }
    return {};
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
    const auto say = [&](const std::string& what) { return run.reasonId(lead.empty() ? what : lead + ": " + what); };
    const auto nobody = say("no candidate may serve it under the constraints");
    const auto within = say(fmt::format("within the month's budget of ${:g}, paced by day", router.budgetUsd));
    const auto spent = say(fmt::format("the month's budget of ${:g} is spent: the cheapest", router.budgetUsd));
    // Dollars-for-quality price at which these rows, scaled to one day, cost the allowance.
    const auto priceFor = [&](const std::vector<std::uint32_t>& past, double pastDays,
                              double allowance) -> Result<double> {
        std::vector<std::uint64_t> mask(m_inputs.table->rows, 0);
        for (const auto row : past) {
            mask[row] = m_mask[row] & among;
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
    for (const auto& [day, today] : days) {
        const auto [thisMonth, daysLeft] = monthOf(day);
        if (thisMonth != month) {
            month = thisMonth;
            left = router.budgetUsd * kPico;
        }
        const double allowance = left / daysLeft;
        std::vector<std::uint32_t> past;
        double pastDays = 0;
        for (auto it = days.lower_bound(day - 7); it != days.end() && it->first < day; ++it) {
            past.insert(past.end(), it->second.begin(), it->second.end());
            ++pastDays;
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
            const std::uint64_t mask = m_mask[row] & among;
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
    for (const auto row : undated) {
        const auto j = mostWorth(*m_inputs.table, row, m_mask[row] & among, 0);
        assign(row, j, j == kNoCandidate ? nobody : say("without a date it belongs to no month: the cheapest"), run);
    }
    run.out.notes.emplace_back(
        "pacing: each day's price of quality comes from the seven days before; the first day's from the whole log");
    return {};
}

// Caps for routers that know nothing of them: what is over a cap moves where it loses least quality a dollar.
Result<void> BoundRouter::enforceCaps(Run& run) const {
    if (m_policy.constraints.caps.empty() || run.capsDone) {
        return {};
    }
    const auto& table = *m_inputs.table;
    double total = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        total += run.out.first[row] == kNoCandidate ? 0.0 : table.weightOf(row);
    }
    std::uint64_t capped = 0;
    for (const auto& cap : m_policy.constraints.caps) {
        const std::uint64_t own = m_own.at(cap.use);
        capped |= own;
        double used = 0;
        struct Candidates {
            double loss;
            std::uint32_t row;
            std::uint8_t to;
        };
        std::vector<Candidates> moves;
        for (std::size_t row = 0; row < table.rows; ++row) {
            const std::uint8_t from = run.out.first[row];
            if (from == kNoCandidate || ((own >> from) & 1U) == 0) {
                continue;
            }
            used += table.weightOf(row);
            std::uint64_t others = m_mask[row] & ~capped;
            for (std::size_t j = 0; j < m_inputs.candidates.size(); ++j) {
                others &= m_inputs.candidates[j].asLogged ? ~(std::uint64_t{1} << j) : ~std::uint64_t{0};
            }
            const std::uint8_t to = bestAnswer(table, row, others);
            if (to != kNoCandidate) {
                moves.push_back({static_cast<double>(table.quality[from][row] - table.quality[to][row]),
                                 static_cast<std::uint32_t>(row), to});
            }
        }
        const double room = cap.share * total;
        if (used <= room) {
            continue;
        }
        std::sort(moves.begin(), moves.end(), [](const Candidates& a, const Candidates& b) {
            return a.loss != b.loss ? a.loss < b.loss : a.row < b.row;
        });
        const auto reason = run.reasonId(
            fmt::format("{} is capped at {:g}% of the requests: it loses least elsewhere", cap.use, 100 * cap.share));
        for (const auto& move : moves) {
            if (used <= room) {
                break;
            }
            used -= table.weightOf(move.row);
            assign(move.row, move.to, reason, run);
        }
        if (used > room + 1e-6) {
            return fail(ErrorCode::infeasible,
                        fmt::format("{} is capped at {:g}% of the requests, but {:.2f}% can go nowhere else", cap.use,
                                    100 * cap.share, 100 * used / total),
                        "Raise the cap, or allow other models for those requests.", "policy " + m_policy.name);
        }
    }
    run.out.notes.emplace_back("caps are kept with hindsight: the requests that lose least quality were moved");
    return {};
}

}  // namespace tierwise::route
