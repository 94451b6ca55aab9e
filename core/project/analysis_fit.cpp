// SPDX-License-Identifier: GPL-3.0-or-later
// Tier fit, and flows between scenarios.
#include <algorithm>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/analysis_impl.h"

namespace tierwise::project {

namespace {

// From cheap to dear; unbanded is none of them.
constexpr Tier kCheapFirst[] = {Tier::local, Tier::commodity, Tier::premium};

int dearness(Tier tier) {
    return tier == Tier::unbanded ? 0 : 4 - static_cast<int>(tier);
}

// Keeps the `limit` worst of a long list.
template <typename Key>
void keepWorst(std::vector<analyze::Misfit>& list, std::size_t limit, const Key& key) {
    const auto worse = [&](const analyze::Misfit& a, const analyze::Misfit& b) {
        return key(a) != key(b) ? key(a) > key(b) : a.row < b.row;
    };
    const std::size_t kept = std::min(limit, list.size());
    std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end(), worse);
    list.resize(kept);
}

}  // namespace

Workbench::Impl::Need Workbench::Impl::needOf(std::size_t row, float bar) const {
    Need need;
    for (const Tier tier : kCheapFirst) {
        for (std::size_t j = 0; j < models; ++j) {
            if (who[j].tier == tier && ((modelMask[row] >> j) & 1U) != 0 && columns.quality[j][row] >= bar &&
                (need.candidate == route::kNoCandidate || columns.cost[j][row] < columns.cost[need.candidate][row])) {
                need = {static_cast<std::uint8_t>(j), tier};
            }
        }
        if (need.candidate != route::kNoCandidate) {
            break;
        }
    }
    return need;
}

Workbench::Impl::Fit Workbench::Impl::fitOf(const route::Decisions& out, std::size_t row, const Need& need) const {
    Fit fit;
    fit.used = out.first[row];
    if (fit.used == route::kNoCandidate) {
        return fit;
    }
    fit.usedTier = tierOn(row, fit.used);
    fit.need = need;
    if (need.candidate == route::kNoCandidate || fit.usedTier == Tier::unbanded || fit.usedTier == need.tier) {
        return fit;
    }
    if (dearness(fit.usedTier) > dearness(need.tier)) {
        const auto price = out.cost[row] - columns.cost[need.candidate][row];
        fit.wastedUsd = std::max(0.0, static_cast<double>(price) * kPicoDollars);
    } else {
        const float better = columns.quality[need.candidate][row] - out.quality[row];
        fit.expectedErrors = std::max(0.0, table.weightOf(row) * static_cast<double>(better));
    }
    return fit;
}

namespace {

// Whether the lists of a tier fit hold the row.
bool listed(const analyze::FitScope& scope, Tier used, Tier needed) {
    return (!scope.used || *scope.used == used) && (!scope.needed || *scope.needed == needed);
}

// Rows of the scope's segment: [row] 0 or 1; empty = all.
Result<std::vector<std::uint8_t>> rowsOfSegment(const store::WorkloadSnapshot& log, const analyze::FitScope& scope) {
    std::vector<std::uint8_t> inside;
    if (scope.by.empty()) {
        return inside;
    }
    const auto split = segmentation(log, scope.by);
    if (!split) {
        return fail(split.error());
    }
    const auto found = std::find(split->keys.begin(), split->keys.end(), scope.key) - split->keys.begin();
    inside.resize(log.rows);
    for (std::size_t row = 0; row < log.rows; ++row) {
        inside[row] = split->of[row] == static_cast<std::uint32_t>(found) ? 1 : 0;
    }
    return inside;
}

void addTo(analyze::FitLine& sum, const analyze::FitLine& line) {
    sum.rows += line.rows;
    sum.requests += line.requests;
    sum.costUsd += line.costUsd;
    sum.overservedUsd += line.overservedUsd;
    sum.overservedRequests += line.overservedRequests;
    sum.underservedErrors += line.underservedErrors;
    sum.underservedRequests += line.underservedRequests;
}

Result<void> checkBar(double bar) {
    if (!(bar >= 0 && bar <= 1)) {
        return fail(ErrorCode::invalidArgument, "the bar is a quality between 0 and 1");
    }
    return {};
}

}  // namespace

Result<analyze::TierFit> Workbench::tierFit(double bar, const std::optional<route::Policy>& policy, std::size_t limit,
                                            const TaskContext& context, const analyze::FitScope& scope) const {
    if (auto valid = checkBar(bar); !valid) {
        return fail(valid.error());
    }
    const auto& impl = *m_impl;
    const auto decided = impl.decide(policy.value_or(route::asLoggedPolicy()), context);
    if (!decided) {
        return fail(decided.error());
    }
    const auto inside = rowsOfSegment(*impl.in.rows, scope);
    if (!inside) {
        return fail(inside.error());
    }
    const auto& out = (*decided)->decisions;
    analyze::TierFit fit;
    fit.bar = bar;
    fit.coverage = impl.evaluation(**decided).coverage;
    fit.weakestRung = assess::Rung::measured;
    const auto threshold = static_cast<float>(bar);
    for (std::size_t row = 0; row < impl.in.rows->rows; ++row) {
        if ((row & 0xffffU) == 0 && context.stopRequested()) {
            return TaskContext::cancelled();
        }
        if ((!inside->empty() && (*inside)[row] == 0) || out.first[row] == route::kNoCandidate) {
            continue;
        }
        const auto one = impl.fitOf(out, row, impl.needOf(row, threshold));
        const double weight = impl.table.weightOf(row);
        auto& cell = fit.cells[static_cast<std::size_t>(one.usedTier)][static_cast<std::size_t>(one.need.tier)];
        ++cell.rows;
        cell.requests += weight;
        cell.costUsd += static_cast<double>(out.cost[row]) * kPicoDollars;
        fit.weakestRung = std::min(fit.weakestRung, impl.rungOf(row, one.used));
        if (one.need.candidate != route::kNoCandidate && one.usedTier != Tier::unbanded &&
            one.usedTier != one.need.tier) {
            fit.weakestRung = std::min(fit.weakestRung, impl.rungOf(row, one.need.candidate));
        }
        cell.wastedUsd += one.wastedUsd;
        cell.expectedErrors += one.expectedErrors;
        fit.overservedUsd += one.wastedUsd;
        fit.underservedErrors += one.expectedErrors;
        fit.overservedRequests += one.wastedUsd > 0 ? weight : 0;
        fit.underservedRequests += one.expectedErrors > 0 ? weight : 0;
        if ((one.wastedUsd > 0 || one.expectedErrors > 0) && listed(scope, one.usedTier, one.need.tier)) {
            auto& list = one.wastedUsd > 0 ? fit.overserved : fit.underserved;
            list.push_back(
                {row, impl.in.rows->id[row], one.usedTier, one.need.tier, one.wastedUsd, one.expectedErrors, {}});
        }
        if (fit.overserved.size() > 4 * limit + 100'000) {
            keepWorst(fit.overserved, limit, [](const auto& m) { return m.wastedUsd; });
        }
        if (fit.underserved.size() > 4 * limit + 100'000) {
            keepWorst(fit.underserved, limit, [](const auto& m) { return m.expectedErrors; });
        }
    }
    keepWorst(fit.overserved, limit, [](const auto& m) { return m.wastedUsd; });
    keepWorst(fit.underserved, limit, [](const auto& m) { return m.expectedErrors; });
    const auto explain = [&](analyze::Misfit& misfit) {
        const std::uint8_t used = out.first[misfit.row];
        const std::uint8_t need = impl.needOf(misfit.row, threshold).candidate;
        const auto rung = [&](std::uint8_t j) { return assess::rungName(impl.rungOf(misfit.row, j)); };
        const auto difficulty = impl.in.rows->difficulty.at(misfit.row);
        const std::string hard = difficulty ? fmt::format("difficulty {:.2f}", *difficulty) : "difficulty unknown";
        const auto quality = [&](std::uint8_t j) { return impl.columns.quality[j][misfit.row]; };
        misfit.reason =
            misfit.wastedUsd > 0
                ? fmt::format("{}: {} reaches {:.2f} of the {:.2f} that is asked ({}); {} cost {} more", hard,
                              impl.who[need].name, quality(need), bar, rung(need), impl.nameOn(misfit.row, used),
                              displayDollars(misfit.wastedUsd))
                : fmt::format("{}: {} reaches {:.2f} of the {:.2f} that is asked ({}); {} would reach {:.2f}", hard,
                              impl.nameOn(misfit.row, used), out.quality[misfit.row], bar, rung(used),
                              impl.who[need].name, quality(need));
    };
    std::for_each(fit.overserved.begin(), fit.overserved.end(), explain);
    std::for_each(fit.underserved.begin(), fit.underserved.end(), explain);
    return fit;
}

Result<analyze::FitTable> Workbench::fitBySegment(double bar, const std::optional<route::Policy>& policy,
                                                  const std::string& by, std::size_t limit,
                                                  const TaskContext& context) const {
    if (auto valid = checkBar(bar); !valid) {
        return fail(valid.error());
    }
    const auto& impl = *m_impl;
    const auto split = segmentation(*impl.in.rows, by);
    if (!split) {
        return fail(split.error());
    }
    const auto decided = impl.decide(policy.value_or(route::asLoggedPolicy()), context);
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    analyze::FitTable table;
    table.by = by;
    std::vector<analyze::FitLine> lines(split->keys.size());
    for (std::size_t row = 0; row < impl.in.rows->rows; ++row) {
        if ((row & 0xffffU) == 0 && context.stopRequested()) {
            return TaskContext::cancelled();
        }
        if (out.first[row] == route::kNoCandidate) {
            continue;
        }
        const auto one = impl.fitOf(out, row, impl.needOf(row, static_cast<float>(bar)));
        const double weight = impl.table.weightOf(row);
        addTo(lines[split->of[row]], {{},
                                      1,
                                      weight,
                                      static_cast<double>(out.cost[row]) * kPicoDollars,
                                      one.wastedUsd,
                                      one.wastedUsd > 0 ? weight : 0,
                                      one.expectedErrors,
                                      one.expectedErrors > 0 ? weight : 0});
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        lines[i].key = split->keys[i];
        addTo(table.total, lines[i]);
        if (lines[i].rows > 0) {
            table.lines.push_back(std::move(lines[i]));
        }
    }
    if (!split->ordered) {
        std::stable_sort(table.lines.begin(), table.lines.end(), [](const auto& a, const auto& b) {
            return a.overservedUsd != b.overservedUsd ? a.overservedUsd > b.overservedUsd
                                                      : a.underservedErrors > b.underservedErrors;
        });
    }
    if (table.lines.size() > limit) {
        analyze::FitLine others;
        others.key = "(others)";
        for (std::size_t i = limit; i < table.lines.size(); ++i) {
            addTo(others, table.lines[i]);
        }
        table.folded = table.lines.size() - limit;
        table.lines.resize(limit);
        table.lines.push_back(std::move(others));
    }
    return table;
}

Result<std::vector<RequestId>> Workbench::fitRows(double bar, const std::optional<route::Policy>& policy,
                                                  const analyze::FitScope& scope, const TaskContext& context) const {
    if (auto valid = checkBar(bar); !valid) {
        return fail(valid.error());
    }
    const auto& impl = *m_impl;
    const auto inside = rowsOfSegment(*impl.in.rows, scope);
    if (!inside) {
        return fail(inside.error());
    }
    const auto decided = impl.decide(policy.value_or(route::asLoggedPolicy()), context);
    if (!decided) {
        return fail(decided.error());
    }
    std::vector<RequestId> found;
    for (std::size_t row = 0; row < impl.in.rows->rows; ++row) {
        if ((row & 0xffffU) == 0 && context.stopRequested()) {
            return TaskContext::cancelled();
        }
        if (!inside->empty() && (*inside)[row] == 0) {
            continue;
        }
        const auto one = impl.fitOf((*decided)->decisions, row, impl.needOf(row, static_cast<float>(bar)));
        const bool wanted = (one.wastedUsd > 0 && scope.side != analyze::FitScope::Side::underserved) ||
                            (one.expectedErrors > 0 && scope.side != analyze::FitScope::Side::overserved);
        if (wanted && listed(scope, one.usedTier, one.need.tier)) {
            found.push_back(impl.in.rows->id[row]);
        }
    }
    return found;
}

Result<analyze::OverrideEffect> Workbench::overrideEffect(double bar, const std::optional<route::Policy>& policy,
                                                          const std::map<RequestId, Tier>& overrides,
                                                          const TaskContext& context) const {
    if (auto valid = checkBar(bar); !valid) {
        return fail(valid.error());
    }
    const auto& impl = *m_impl;
    const auto decided = impl.decide(policy.value_or(route::asLoggedPolicy()), context);
    if (!decided) {
        return fail(decided.error());
    }
    analyze::OverrideEffect effect;
    effect.overrides = overrides.size();
    for (std::size_t row = 0; row < impl.in.rows->rows; ++row) {
        if ((row & 0xffffU) == 0 && context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto need = impl.needOf(row, static_cast<float>(bar));
        const auto before = impl.fitOf((*decided)->decisions, row, need);
        auto after = before;
        const auto word = overrides.find(impl.in.rows->id[row]);
        if (word != overrides.end() && before.used != route::kNoCandidate) {
            ++effect.judged;
            // The cheapest candidate of the tier that the user names; quality is not asked, for the user has spoken.
            Impl::Need named{route::kNoCandidate, word->second};
            for (std::size_t j = 0; j < impl.models; ++j) {
                if (impl.who[j].tier == word->second && ((impl.modelMask[row] >> j) & 1U) != 0 &&
                    (named.candidate == route::kNoCandidate ||
                     impl.columns.cost[j][row] < impl.columns.cost[named.candidate][row])) {
                    named.candidate = static_cast<std::uint8_t>(j);
                }
            }
            after = impl.fitOf((*decided)->decisions, row, named);
        }
        effect.wastedBeforeUsd += before.wastedUsd;
        effect.errorsBefore += before.expectedErrors;
        effect.wastedAfterUsd += after.wastedUsd;
        effect.errorsAfter += after.expectedErrors;
    }
    return effect;
}

Result<analyze::RowFlow> Workbench::flow(const route::Policy& from, const route::Policy& to, const TaskContext& context,
                                         const Workbench* toOn) const {
    const auto& impl = *m_impl;
    const auto& other = toOn == nullptr ? impl : *toOn->m_impl;
    const auto a = impl.decide(from, context);
    if (!a) {
        return fail(a.error());
    }
    const auto b = other.decide(to, context);
    if (!b) {
        return fail(b.error());
    }
    analyze::RowFlow flow;
    for (std::size_t row = 0; row < impl.in.rows->rows; ++row) {
        const std::uint8_t source = (*a)->decisions.first[row];
        const std::uint8_t target = (*b)->decisions.first[row];
        if (source == route::kNoCandidate || target == route::kNoCandidate) {
            continue;
        }
        auto& cell = flow.cells[static_cast<std::size_t>(impl.tierOn(row, source))]
                               [static_cast<std::size_t>(other.tierOn(row, target))];
        ++cell.rows;
        cell.requests += impl.table.weightOf(row);
        cell.costUsd += static_cast<double>((*b)->decisions.cost[row]) * kPicoDollars;
        cell.wastedUsd += static_cast<double>((*a)->decisions.cost[row] - (*b)->decisions.cost[row]) * kPicoDollars;
        cell.expectedErrors += impl.table.weightOf(row) * (1 - static_cast<double>((*b)->decisions.quality[row]));
    }
    return flow;
}

}  // namespace tierwise::project
