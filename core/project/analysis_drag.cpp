// SPDX-License-Identifier: GPL-3.0-or-later
// What a front end redraws while the mouse moves: look-ups for totals, the delta method for intervals.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "core/analyze/measures.h"
#include "core/project/analysis_impl.h"
#include "core/replay/session_cache.h"

namespace tierwise::project {

namespace {

analyze::Interval scaledRange(const analyze::RatioEstimate& estimate, double factor) {
    if (!std::isfinite(estimate.standardError)) {
        return {estimate.value * factor, estimate.value * factor};
    }
    return {estimate.range.low * factor, estimate.range.high * factor};
}

// What one row, or one session, adds to the sums that dragging shows.
struct DragSums {
    double weight = 0, cost = 0, right = 0, pairedWeight = 0, pairedCost = 0, saved = 0, gained = 0;
    void add(const DragSums& other, double sign) {
        weight += sign * other.weight;
        cost += sign * other.cost;
        right += sign * other.right;
        pairedWeight += sign * other.pairedWeight;
        pairedCost += sign * other.pairedCost;
        saved += sign * other.saved;
        gained += sign * other.gained;
    }
};

// Moments of the four quantities that dragging shows, over clusters.
struct DragMoments {
    analyze::RatioMoments cost;
    analyze::RatioMoments quality;
    analyze::RatioMoments saving;
    analyze::RatioMoments change;
    double pairedWeight = 0;
    double pairedCost = 0;

    // sign: 1 takes a cluster in, -1 takes it out.
    void add(const DragSums& s, double sign = 1) {
        if (s.weight <= 0) {
            return;
        }
        put(cost, s.cost, s.weight, sign);
        put(quality, s.right, s.weight, sign);
        if (s.pairedWeight > 0) {
            put(saving, s.saved, s.pairedWeight, sign);
            put(change, s.gained, s.pairedWeight, sign);
            pairedWeight += sign * s.pairedWeight;
            pairedCost += sign * s.pairedCost;
        }
    }
    static void put(analyze::RatioMoments& into, double x, double y, double sign) {
        into.n += sign;
        into.x += sign * x;
        into.y += sign * y;
        into.xx += sign * x * x;
        into.xy += sign * x * y;
        into.yy += sign * y * y;
    }
    static void merge(analyze::RatioMoments& into, const analyze::RatioMoments& other) {
        into.n += other.n;
        into.x += other.x;
        into.y += other.y;
        into.xx += other.xx;
        into.xy += other.xy;
        into.yy += other.yy;
    }
    void merge(const DragMoments& other) {
        merge(cost, other.cost);
        merge(quality, other.quality);
        merge(saving, other.saving);
        merge(change, other.change);
        pairedWeight += other.pairedWeight;
        pairedCost += other.pairedCost;
    }
};

}  // namespace

// The last assignment that was looked up, and its sums: the next step of a drag moves a few rows only.
struct Workbench::Impl::DragState {
    Baseline kind = Baseline::asLogged;
    std::shared_ptr<const std::vector<std::uint8_t>> baselineOf;
    std::vector<std::uint8_t> choice;
    DragMoments all;
    analyze::TierShares tiers{};
    std::vector<DragSums> byCluster;  // empty: every row is its own
    int steps = 0;                    // since all rows were summed

    DragSums sumsOf(const Impl& impl, std::size_t row, std::uint8_t j, std::int64_t extraPico) const {
        DragSums sums;
        if (j == route::kNoCandidate) {
            return sums;
        }
        sums.weight = impl.table.weightOf(row);
        sums.cost = static_cast<double>(impl.table.cost[j][row] + extraPico) * kPicoDollars;
        sums.right = sums.weight * static_cast<double>(impl.table.quality[j][row]);
        const std::uint8_t b = baselineOf ? (*baselineOf)[row] : route::kNoCandidate;
        if (b != route::kNoCandidate) {
            sums.pairedWeight = sums.weight;
            sums.pairedCost = sums.cost;
            sums.saved = static_cast<double>(impl.table.cost[b][row]) * kPicoDollars - sums.cost;
            sums.gained = sums.right - sums.weight * static_cast<double>(impl.table.quality[b][row]);
        }
        return sums;
    }
    static void count(const Impl& impl, std::uint8_t j, const DragSums& sums, double sign,
                      analyze::TierShares& shares) {
        if (j != route::kNoCandidate) {
            auto& tier = shares[static_cast<std::size_t>(impl.who[j].tier)];
            tier.requests += sign * sums.weight;
            tier.costUsd += sign * sums.cost;
        }
    }

    void sumAll(const Impl& impl, bool ownClusters, const std::vector<std::int64_t>& extra) {
        const std::size_t rows = choice.size();
        constexpr std::size_t kParts = 8;
        std::vector<DragMoments> parts(kParts);
        std::vector<analyze::TierShares> shares(kParts);
        byCluster.assign(ownClusters ? 0 : impl.clusters.count, {});
        const auto sumRow = [&](std::size_t row, analyze::TierShares& into) {
            const DragSums sums = sumsOf(impl, row, choice[row], extra.empty() ? 0 : extra[row]);
            count(impl, choice[row], sums, 1, into);
            return sums;
        };
        if (ownClusters) {
            route::parallelRanges(kParts, route::threadCount(), [&](unsigned, std::size_t first, std::size_t last) {
                for (std::size_t part = first; part < last; ++part) {
                    for (std::size_t row = rows * part / kParts; row < rows * (part + 1) / kParts; ++row) {
                        parts[part].add(sumRow(row, shares[part]));
                    }
                }
            });
        } else {
            for (std::size_t row = 0; row < rows; ++row) {
                if (choice[row] != route::kNoCandidate) {
                    byCluster[impl.clusters.of[row]].add(sumRow(row, shares[0]), 1);
                }
            }
            for (const DragSums& sums : byCluster) {
                parts[0].add(sums);
            }
        }
        all = {};
        tiers = {};
        for (std::size_t part = 0; part < kParts; ++part) {
            all.merge(parts[part]);
            for (std::size_t t = 0; t < 4; ++t) {
                tiers[t].requests += shares[part][t].requests;
                tiers[t].costUsd += shares[part][t].costUsd;
            }
        }
        steps = 0;
    }

    void move(const Impl& impl, std::size_t row, std::uint8_t to) {
        const std::uint8_t from = choice[row];
        const DragSums before = sumsOf(impl, row, from, 0);
        const DragSums after = sumsOf(impl, row, to, 0);
        count(impl, from, before, -1, tiers);
        count(impl, to, after, 1, tiers);
        if (byCluster.empty()) {
            all.add(before, -1);
            all.add(after, 1);
        } else {
            DragSums& sums = byCluster[impl.clusters.of[row]];
            all.add(sums, -1);
            sums.add(before, -1);
            sums.add(after, 1);
            all.add(sums, 1);
        }
        choice[row] = to;
    }
};

void Workbench::Impl::tierSharesOf(const std::vector<std::uint8_t>& choice, analyze::TierShares& shares) const {
    double total = 0;
    for (std::size_t row = 0; row < choice.size(); ++row) {
        const std::uint8_t j = choice[row];
        if (j == route::kNoCandidate) {
            continue;
        }
        auto& tier = shares[static_cast<std::size_t>(tierOn(row, j))];
        tier.requests += table.weightOf(row);
        tier.costUsd += static_cast<double>(table.cost[j][row]) * kPicoDollars;
        total += table.weightOf(row);
    }
    for (auto& tier : shares) {
        tier.share = total > 0 ? tier.requests / total : 0;
    }
}

double Workbench::Impl::cacheLossOf(std::span<const std::uint8_t> choice, std::span<std::int64_t> extra) const {
    if (!hasSessionCache) {
        return 0;
    }
    std::vector<std::int64_t> own(extra.empty() ? choice.size() : 0, 0);
    replay::UsageModel usage(replay);
    return static_cast<double>(replay::addSessionCacheLoss(
        *in.rows, choice, in.assumptions.cacheLifetimeSeconds, extra.empty() ? std::span<std::int64_t>(own) : extra,
        [&](std::size_t row, std::uint8_t j, bool switched) {
            return columns.measuredCost[j].test(row) ? 0 : usage.rebillExtra(row, j, switched);
        }));
}

std::shared_ptr<const std::vector<std::uint8_t>> Workbench::Impl::baselineChoice(Baseline kind) const {
    if (kind == Baseline::random || kind == Baseline::oracle) {
        return nullptr;
    }
    const std::lock_guard lock(mutex);
    auto& known = baselineChoices[static_cast<std::size_t>(kind)];
    if (!known) {
        std::size_t j = bestSingle();
        if (kind == Baseline::asLogged) {
            j = models;
        } else if (kind == Baseline::dearest) {
            for (std::size_t other = 0; other < models; ++other) {
                j = infos[other].costUsd > infos[j].costUsd ? other : j;
            }
        }
        std::vector<std::uint8_t> choice(in.rows->rows, route::kNoCandidate);
        for (std::size_t row = 0; row < choice.size(); ++row) {
            if (((columns.feasible[row] >> j) & 1U) != 0) {
                choice[row] = static_cast<std::uint8_t>(j);
            }
        }
        known = std::make_shared<const std::vector<std::uint8_t>>(std::move(choice));
    }
    return known;
}

analyze::DragResult Workbench::Impl::drag(const std::vector<std::uint8_t>& choice,
                                          std::optional<Baseline> against) const {
    // Sums of floating point drift by their last digits when rows go in and out: all are summed anew now and then.
    constexpr int kStepsBetween = 1000;
    const std::size_t rows = choice.size();
    const Baseline kind = against.value_or(baseline);
    const bool ownClusters = clusters.count == coverage.used;  // no sessions: every row is its own
    const std::lock_guard lock(dragMutex);
    if (!dragState) {
        dragState = std::make_shared<DragState>();
    }
    DragState& state = *dragState;
    std::vector<std::int64_t> extra(hasSessionCache ? rows : 0, 0);
    (void)cacheLossOf(choice, extra);
    std::vector<std::uint32_t> moved;
    bool near = extra.empty() && state.choice.size() == rows && state.kind == kind && state.steps < kStepsBetween;
    constexpr std::size_t kBlock = 64;
    for (std::size_t from = 0; near && from < rows; from += kBlock) {
        const std::size_t to = std::min(rows, from + kBlock);
        if (std::memcmp(state.choice.data() + from, choice.data() + from, to - from) == 0) {
            continue;
        }
        for (std::size_t row = from; row < to; ++row) {
            if (state.choice[row] != choice[row]) {
                moved.push_back(static_cast<std::uint32_t>(row));
            }
        }
        near = moved.size() <= rows / 6;
    }
    if (near) {
        for (const std::uint32_t row : moved) {
            state.move(*this, row, choice[row]);
        }
        ++state.steps;
    } else {
        state.kind = kind;
        state.baselineOf = baselineChoice(kind);
        state.choice = choice;
        state.sumAll(*this, ownClusters, extra);
    }
    const DragMoments& all = state.all;
    analyze::DragResult result;
    result.tiers = state.tiers;
    const double weight = all.cost.y;
    for (auto& tier : result.tiers) {
        tier.share = weight > 0 ? tier.requests / weight : 0;
    }
    result.costUsd = all.cost.x;
    result.costRange = scaledRange(all.cost.estimate(), weight);
    result.meanQuality = all.quality.estimate().value;
    result.qualityRange = scaledRange(all.quality.estimate(), 1);
    result.compared = all.pairedWeight > 0;
    if (!result.compared) {
        result.sentence =
            fmt::format("Costs {:.4g} dollars at an expected quality of {:.4f}", result.costUsd, result.meanQuality);
        return result;
    }
    result.pairedCostUsd = all.pairedCost;
    result.baselineCostUsd = all.saving.x + all.pairedCost;
    result.savingUsd = all.saving.x;
    result.savingRange = scaledRange(all.saving.estimate(), all.pairedWeight);
    result.qualityChange = all.change.estimate().value;
    result.qualityChangeRange = scaledRange(all.change.estimate(), 1);
    result.decisive = result.qualityChangeRange.low > 0 || result.qualityChangeRange.high < 0;
    result.sentence =
        fmt::format("{} {:.4g} dollars against {}; quality {:+.2f} to {:+.2f} points (sampling alone)",
                    result.savingUsd >= 0 ? "Saves" : "Costs", std::abs(result.savingUsd), baselineName(kind),
                    100 * result.qualityChangeRange.low, 100 * result.qualityChangeRange.high);
    return result;
}

namespace {

// The tier's candidate where it may serve the row; else that of the next better tier, then of the next cheaper one,
// then whatever may.
std::uint8_t allowedOn(const std::uint8_t* const (&tiers)[3], int band, std::size_t row, std::uint64_t open) {
    const auto may = [&](std::uint8_t j) { return j != route::kNoCandidate && ((open >> j) & 1U) != 0; };
    for (int b = band; b < 3; ++b) {
        if (may(tiers[b][row])) {
            return tiers[b][row];
        }
    }
    for (int b = band; b-- > 0;) {
        if (may(tiers[b][row])) {
            return tiers[b][row];
        }
    }
    return open == 0 ? route::kNoCandidate : static_cast<std::uint8_t>(std::countr_zero(open));
}

}  // namespace

analyze::DragResult Workbench::dragThresholds(double low, double high, std::optional<Baseline> against,
                                              const Bounds* under) const {
    const auto& impl = *m_impl;
    std::vector<std::uint8_t> choice(impl.in.rows->rows);
    const auto lowest = static_cast<float>(low);
    const auto highest = static_cast<float>(std::max(low, high));
    route::parallelRanges(choice.size(), route::threadCount(), [&](unsigned, std::size_t begin, std::size_t end) {
        const std::uint8_t* const tiers[] = {impl.tierChoice[0].data(), impl.tierChoice[1].data(),
                                             impl.tierChoice[2].data()};
        for (std::size_t row = begin; row < end; ++row) {
            const float signal = impl.signalOf[row];
            // Without a signal: the default tier. NaN compares false, so ask for it first.
            const int band =
                std::isnan(signal) || (signal >= lowest && signal < highest) ? 1 : (signal < lowest ? 0 : 2);
            choice[row] = under == nullptr ? tiers[band][row] : allowedOn(tiers, band, row, under->open[row]);
        }
    });
    return impl.drag(choice, against);
}

Result<analyze::DragResult> Workbench::dragBudget(double usd, std::optional<Baseline> against,
                                                  const Bounds* under) const {
    const auto& impl = *m_impl;
    const auto& frontier = under == nullptr ? *impl.frontier : under->frontier;
    const auto at = frontier.forBudget(usd / kPicoDollars);
    if (!at) {
        return fail(at.error());
    }
    auto choice = frontier.choiceAt(at->step);
    if (!impl.hasSessionCache) {
        return impl.drag(choice, against);
    }
    // Lost prefixes belong to the budget: aim lower while there is time for it between two moves of the mouse.
    constexpr std::size_t kRowsAMove = 200'000;
    constexpr std::size_t kMostPasses = 8;
    const std::size_t passes = std::min(kMostPasses, kRowsAMove / std::max<std::size_t>(1, choice.size()));
    double aim = usd / kPicoDollars;
    double best = 0;
    for (std::size_t pass = 0; pass < passes; ++pass) {
        const auto lower = frontier.forBudget(aim);
        if (!lower) {
            break;
        }
        auto next = frontier.choiceAt(lower->step);
        const double cost = lower->costPico + impl.cacheLossOf(next);
        const double over = cost - usd / kPicoDollars;
        if (over <= 0 && cost > best) {
            best = cost;
            choice = std::move(next);
        }
        if (std::abs(over) <= 1e-3 * usd / kPicoDollars) {
            break;
        }
        aim -= 0.9 * over;
    }
    return impl.drag(choice, against);
}

Result<analyze::DragResult> Workbench::dragQuality(double meanQuality, std::optional<Baseline> against,
                                                   const Bounds* under) const {
    const auto& frontier = under == nullptr ? *m_impl->frontier : under->frontier;
    const auto at = frontier.forMeanQuality(meanQuality);
    if (!at) {
        return fail(at.error());
    }
    return m_impl->drag(frontier.choiceAt(at->step), against);
}

Result<std::shared_ptr<const Workbench::Bounds>> Workbench::boundsOf(const route::Policy& policy,
                                                                     const TaskContext& context) const {
    route::Policy plain = policy;
    plain.router = {};  // rules and constraints alone are asked
    plain.router.kind = route::RouterKind::oracle;
    const auto router = route::BoundRouter::bind(plain, m_impl->routing());
    if (!router) {
        return fail(router.error());
    }
    auto open = router->openChoices(context);
    if (!open) {
        return fail(open.error());
    }
    route::ChoiceTable table = m_impl->table;
    table.feasible = *open;
    auto frontier = route::Frontier::build(table, context);
    if (!frontier) {
        return fail(frontier.error());
    }
    return std::make_shared<const Bounds>(Bounds{std::move(*open), std::move(*frontier)});
}

std::pair<double, double> Workbench::thresholdsForShares(double local, double commodity) const {
    const auto value = [&](double share) {
        // Above everything: just beyond the greatest signal, so that a slider can hold it.
        const auto found = static_cast<double>(m_impl->thresholds->boundForShare(std::clamp(share, 0.0, 1.0)));
        return std::isfinite(found) ? found : signalRange().greatest * (1 + 1e-6) + 1e-6;
    };
    return {value(local), value(local + commodity)};
}

double Workbench::shareBelow(double signal) const {
    return m_impl->thresholds->shareBelow(static_cast<float>(signal));
}

Result<route::Policy> Workbench::withBounds(const route::Policy& policy) const {
    const auto router = route::BoundRouter::bind(policy, m_impl->routing());
    return router ? Result<route::Policy>(router->policy()) : fail(router.error());
}

}  // namespace tierwise::project
