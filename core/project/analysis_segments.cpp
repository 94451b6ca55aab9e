// SPDX-License-Identifier: GPL-3.0-or-later
// Segments, the price of constraints, concentration, and estimates from the log's own routing.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "core/analyze/measures.h"
#include "core/analyze/off_policy.h"
#include "core/project/analysis_impl.h"

namespace tierwise::project {

namespace {

constexpr std::uint32_t kNoSegment = 0xffffffffU;
constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

}  // namespace

Result<Segmentation> segmentation(const store::WorkloadSnapshot& log, const std::string& by) {
    Segmentation s;
    s.of.assign(log.rows, kNoSegment);
    const std::pair<const char*, const store::DictionaryColumn*> columns[] = {
        {"team", &log.team},   {"tag", &log.tag},         {"user", &log.user},          {"domain", &log.domain},
        {"model", &log.model}, {"session", &log.session}, {"dataClass", &log.dataClass}};
    for (const auto& [name, column] : columns) {
        if (by == name) {
            s.keys = column->names;
            for (std::size_t row = 0; row < log.rows; ++row) {
                s.of[row] = static_cast<std::uint32_t>(column->codes[row]);
            }
            return s;
        }
    }
    if (by == "day" || by == "hour") {
        const bool hours = by == "hour";
        const std::int64_t length = (hours ? 3'600 : 86'400) * kNanosPerSecond;
        const auto numberOf = [&](std::int64_t nanos) { return nanos / length - (nanos % length < 0 ? 1 : 0); };
        s.ordered = true;
        s.timed = true;
        std::map<std::int64_t, std::uint32_t> spans;
        for (std::size_t row = 0; row < log.rows; ++row) {
            if (const auto time = log.timeNanos.at(row)) {
                spans.emplace(numberOf(*time), 0);
            }
        }
        for (auto& [span, number] : spans) {
            number = static_cast<std::uint32_t>(s.keys.size());
            const auto start = Timestamp::fromNanos(span * length);
            // "2026-11-24", "2026-11-24T03"
            s.keys.push_back(hours ? start.toIso().substr(0, 13) : start.toIsoDate());
        }
        s.keys.emplace_back();
        for (std::size_t row = 0; row < log.rows; ++row) {
            const auto time = log.timeNanos.at(row);
            s.of[row] = time ? spans.at(numberOf(*time)) : static_cast<std::uint32_t>(s.keys.size() - 1);
        }
        return s;
    }
    if (by == "difficulty") {
        s.ordered = true;
        s.keys = {"0.0-0.2", "0.2-0.4", "0.4-0.6", "0.6-0.8", "0.8-1.0", ""};
        for (std::size_t row = 0; row < log.rows; ++row) {
            const auto d = log.difficulty.at(row);
            s.of[row] = d ? static_cast<std::uint32_t>(std::clamp(static_cast<int>(*d * 5), 0, 4)) : 5U;
        }
        return s;
    }
    return fail(ErrorCode::invalidArgument, fmt::format("\"{}\" is no kind of segment", by),
                "Known are: team, tag, user, session, day, hour, domain, difficulty, model, dataClass.");
}

std::optional<analyze::MixDrift> Workbench::Impl::mixDrift(const route::Decisions& out) const {
    const auto& log = *in.rows;
    std::vector<std::uint32_t> order;
    for (std::size_t row = 0; row < out.first.size(); ++row) {
        if (out.first[row] != route::kNoCandidate && log.timeNanos.valid.test(row)) {
            order.push_back(static_cast<std::uint32_t>(row));
        }
    }
    if (order.size() < 2) {
        return {};
    }
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return log.timeNanos.values[a] < log.timeNanos.values[b];
    });
    analyze::MixDrift drift;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t row = order[i];
        const auto tier = static_cast<std::size_t>(tierOn(row, out.first[row]));
        auto& share = (2 * i < order.size() ? drift.early : drift.late)[tier];
        share.requests += table.weightOf(row);
        share.costUsd += static_cast<double>(out.cost[row]) * kPicoDollars;
    }
    for (auto* half : {&drift.early, &drift.late}) {
        double requests = 0;
        for (const auto& tier : *half) {
            requests += tier.requests;
        }
        for (auto& tier : *half) {
            tier.share = tier.requests / requests;
        }
    }
    double largest = -1;
    for (std::size_t t = 0; t < 4; ++t) {
        const double change = std::abs(drift.late[t].share - drift.early[t].share);
        drift.distance += change / 2;
        if (change > largest) {
            largest = change;
            drift.most = static_cast<Tier>(t);
        }
    }
    const auto most = static_cast<std::size_t>(drift.most);
    double variance = 0;
    for (const bool late : {false, true}) {
        // Of every session: requests on that tier, and all. A request without a session is one of its own.
        std::vector<std::pair<float, float>> sums(log.session.names.size());
        analyze::RatioMoments moments;
        for (std::size_t i = 0; i < order.size(); ++i) {
            if ((2 * i >= order.size()) != late) {
                continue;
            }
            const auto weight = static_cast<float>(table.weightOf(order[i]));
            const float onTier = tierOn(order[i], out.first[order[i]]) == drift.most ? weight : 0.0F;
            if (const auto session = static_cast<std::size_t>(log.session.codes[order[i]]); session != 0) {
                sums[session].first += onTier;
                sums[session].second += weight;
            } else {
                moments.add(static_cast<double>(onTier), static_cast<double>(weight));
            }
        }
        for (const auto& [ofTier, all] : sums) {
            if (all > 0) {
                moments.add(static_cast<double>(ofTier), static_cast<double>(all));
            }
        }
        variance += std::pow(moments.estimate().standardError, 2);
    }
    const double change = drift.late[most].share - drift.early[most].share;
    const double error = 1.959964 * std::sqrt(variance);
    drift.mostChange = {std::max(-1.0, change - error), std::min(1.0, change + error)};
    return drift;
}

Result<analyze::SegmentTable> Workbench::segments(const route::Policy& policy, const std::string& by, std::size_t limit,
                                                  const TaskContext& context) const {
    const auto& impl = *m_impl;
    auto split = segmentation(*impl.in.rows, by);
    if (!split) {
        return fail(split.error());
    }
    const auto decided = impl.decide(policy, context);
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    // Baselines that are no single candidate are compared by compare() alone.
    const auto own = impl.baselineChoice(impl.baseline);
    const auto& sessions = impl.in.rows->session.codes;
    const auto& baseOf = own ? *own : *impl.baselineChoice(Baseline::bestSingle);
    const std::size_t count = split->keys.size();
    // Rows by falling cost decide which keys get a line of their own.
    std::vector<double> cost(count, 0);
    for (std::size_t row = 0; row < out.first.size(); ++row) {
        if (out.first[row] != route::kNoCandidate) {
            cost[split->of[row]] += static_cast<double>(out.cost[row]);
        }
    }
    std::vector<std::uint32_t> order(count);
    for (std::size_t i = 0; i < count; ++i) {
        order[i] = static_cast<std::uint32_t>(i);
    }
    if (!split->ordered) {
        std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return cost[a] > cost[b]; });
    }
    const std::size_t shown = std::min(count, std::max<std::size_t>(1, limit));
    const bool fold = shown < count;
    std::vector<std::uint32_t> line(count, static_cast<std::uint32_t>(shown));
    analyze::SegmentTable table;
    table.by = by;
    table.lines.resize(shown + (fold ? 1 : 0));
    for (std::size_t i = 0; i < shown; ++i) {
        line[order[i]] = static_cast<std::uint32_t>(i);
        table.lines[i].key = split->keys[order[i]];
    }
    if (fold) {
        table.lines.back().key = "(others)";
        table.folded = count - shown;
    }
    struct Cell {
        double weight = 0;
        double saving = 0;
        double change = 0;
    };
    std::vector<analyze::RatioMoments> saving(table.lines.size());
    std::vector<analyze::RatioMoments> change(table.lines.size());
    const auto add = [&](std::size_t at, const Cell& sum) {
        saving[at].add(sum.saving, sum.weight);
        change[at].add(sum.change, sum.weight);
    };
    std::vector<std::pair<std::uint64_t, Cell>> cells;  // (line, session); a request without one counts at once
    for (std::size_t row = 0; row < out.first.size(); ++row) {
        const std::uint8_t j = out.first[row];
        if (j == route::kNoCandidate) {
            continue;
        }
        const std::uint32_t at = line[split->of[row]];
        auto& target = table.lines[at];
        const double weight = impl.table.weightOf(row);
        ++target.rows;
        target.requests += weight;
        target.costUsd += static_cast<double>(out.cost[row]) * kPicoDollars;
        target.meanQuality += weight * static_cast<double>(out.quality[row]);
        auto& tier = target.tiers[static_cast<std::size_t>(impl.tierOn(row, j))];
        tier.requests += weight;
        tier.costUsd += static_cast<double>(out.cost[row]) * kPicoDollars;
        const std::uint8_t b = baseOf[row];
        if (b != route::kNoCandidate) {
            const double base = static_cast<double>(impl.table.cost[b][row]) * kPicoDollars;
            target.baselineCostUsd += base;
            const Cell cell{weight, base - static_cast<double>(out.cost[row]) * kPicoDollars,
                            weight * static_cast<double>(out.quality[row] - impl.table.quality[b][row])};
            if (const auto session = static_cast<std::uint32_t>(sessions[row]); session != 0) {
                cells.push_back({(static_cast<std::uint64_t>(at) << 32U) | session, cell});
            } else {
                add(at, cell);
            }
        }
    }
    std::sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t i = 0; i < cells.size();) {
        const std::uint64_t key = cells[i].first;
        Cell sum;
        for (; i < cells.size() && cells[i].first == key; ++i) {
            sum.weight += cells[i].second.weight;
            sum.saving += cells[i].second.saving;
            sum.change += cells[i].second.change;
        }
        add(key >> 32U, sum);
    }
    if (split->timed) {
        table.drift = impl.mixDrift(out);
    }
    constexpr double kEnough = 30;
    for (std::size_t i = 0; i < table.lines.size(); ++i) {
        auto& target = table.lines[i];
        target.meanQuality = target.requests > 0 ? target.meanQuality / target.requests : 0;
        for (auto& tier : target.tiers) {
            tier.share = target.requests > 0 ? tier.requests / target.requests : 0;
        }
        const auto s = saving[i].estimate();
        const auto c = change[i].estimate();
        target.savingUsd = saving[i].x;
        target.qualityChange = c.value;
        const bool known = std::isfinite(c.standardError);
        target.savingRange = known ? analyze::Interval{s.range.low * saving[i].y, s.range.high * saving[i].y}
                                   : analyze::Interval{target.savingUsd, target.savingUsd};
        target.qualityChangeRange = known ? c.range : analyze::Interval{-1, 1};
    }
    table.lines.erase(std::remove_if(table.lines.begin(), table.lines.end(), [](const auto& l) { return l.rows == 0; }),
                      table.lines.end());
    for (std::size_t i = 0; i < table.lines.size(); ++i) {
        const auto& target = table.lines[i];
        if (target.requests >= kEnough && target.key != "(others)" &&
            (!table.worst || target.qualityChange < table.lines[*table.worst].qualityChange)) {
            table.worst = i;
        }
    }
    return table;
}

Result<std::vector<analyze::ConstraintPrice>> Workbench::constraintPrices(const route::Policy& policy,
                                                                          const TaskContext& context) const {
    const auto& impl = *m_impl;
    const auto decided = impl.decide(policy, context);
    if (!decided) {
        return fail(decided.error());
    }
    const auto& constraints = policy.constraints;
    // Least cost for a mean quality under a set of constraints; every request counts that all variants can serve.
    const auto leastCost = [&](const route::Constraints& under, double quality, std::optional<double>* gap,
                               double* reachable) -> Result<double> {
        route::Policy variant;
        variant.name = policy.name;
        variant.models = policy.models;
        variant.constraints = under;
        variant.router.kind = route::RouterKind::floor;
        variant.router.meanQuality = 0;
        if (reachable != nullptr) {
            variant.constraints.caps.clear();
            variant.router.kind = route::RouterKind::oracle;
        } else {
            variant.router.meanQuality = std::clamp(quality, 0.0, 1.0);
        }
        const auto run = impl.settle(variant, context);  // asked for once: the policies in use stay where they are
        if (!run) {
            return fail(run.error());
        }
        double cost = 0;
        double right = 0;
        double weight = 0;
        for (std::size_t row = 0; row < impl.in.rows->rows; ++row) {
            if (run->decisions.first[row] != route::kNoCandidate) {
                cost += static_cast<double>(run->decisions.cost[row]) * kPicoDollars;
                right += impl.table.weightOf(row) * static_cast<double>(run->decisions.quality[row]);
                weight += impl.table.weightOf(row);
            }
        }
        if (reachable != nullptr) {
            *reachable = weight > 0 ? right / weight : 0;
        }
        if (gap != nullptr) {
            *gap = run->decisions.gapUsd;
        }
        return cost;
    };
    double reachable = 0;
    if (auto done = leastCost(constraints, 0, nullptr, &reachable); !done) {
        return fail(done.error());
    }
    const double quality = std::min(impl.evaluation(**decided).meanQuality.value, reachable) - 1e-6;
    std::optional<double> gapWith;
    const auto with = leastCost(constraints, quality, &gapWith, nullptr);
    std::vector<analyze::ConstraintPrice> prices;
    const auto price = [&](const std::string& name, const route::Constraints& without) {
        analyze::ConstraintPrice entry;
        entry.constraint = name;
        if (!with) {
            entry.note = with.error().what;
        } else if (const auto cost = leastCost(without, quality, nullptr, nullptr)) {
            entry.costUsd = std::max(0.0, *with - *cost);
            entry.gapUsd = gapWith;
            entry.note =
                fmt::format("least cost at a mean quality of {:.3f}, with the constraint and without", quality);
        } else {
            entry.note = cost.error().what;
        }
        prices.push_back(std::move(entry));
    };
    for (std::size_t i = 0; i < constraints.dataClasses.size(); ++i) {
        auto without = constraints;
        without.dataClasses.erase(without.dataClasses.begin() + static_cast<std::ptrdiff_t>(i));
        price("data class " + constraints.dataClasses[i].dataClass, without);
    }
    for (std::size_t i = 0; i < constraints.caps.size(); ++i) {
        auto without = constraints;
        without.caps.erase(without.caps.begin() + static_cast<std::ptrdiff_t>(i));
        price(fmt::format("at most {:g}% on {}", 100 * constraints.caps[i].share, constraints.caps[i].use), without);
    }
    if (constraints.maxLatencySeconds) {
        auto without = constraints;
        without.maxLatencySeconds.reset();
        price(fmt::format("latency below {:g} s", *constraints.maxLatencySeconds), without);
    }
    if (constraints.contextWindow) {
        auto without = constraints;
        without.contextWindow = false;
        price("context windows", without);
    }
    return prices;
}

Result<std::vector<analyze::Concentration>> Workbench::concentration(const route::Policy& policy) const {
    const auto& impl = *m_impl;
    const auto decided = impl.decide(policy, {});
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    const auto& log = *impl.in.rows;
    std::vector<analyze::Concentration> found;
    const auto add = [&](const char* by, const store::DictionaryColumn* column) {
        std::vector<double> amounts(column == nullptr ? 0 : column->names.size(), 0);
        std::vector<char> seen(amounts.size(), 0);
        for (std::size_t row = 0; row < log.rows; ++row) {
            if (out.first[row] == route::kNoCandidate) {
                continue;
            }
            const double cost = static_cast<double>(out.cost[row]) * kPicoDollars;
            if (column == nullptr) {
                amounts.push_back(cost);
            } else if (column->codes[row] != 0) {
                amounts[static_cast<std::size_t>(column->codes[row])] += cost;
                seen[static_cast<std::size_t>(column->codes[row])] = 1;
            }
        }
        if (column != nullptr) {
            std::size_t kept = 0;
            for (std::size_t i = 0; i < amounts.size(); ++i) {
                if (seen[i] != 0) {
                    amounts[kept++] = amounts[i];
                }
            }
            amounts.resize(kept);
        }
        if (amounts.size() < 2) {
            return;
        }
        const std::size_t count = amounts.size();
        const auto inequality = analyze::inequality(std::move(amounts));
        found.push_back({by, count, inequality.gini, inequality.topTenth, inequality.topHundredth});
    };
    add("requests", nullptr);
    add("users", &log.user);
    add("sessions", &log.session);
    add("teams", &log.team);
    return found;
}

Result<std::vector<analyze::OffPolicyEstimate>> Workbench::offPolicy(const route::Policy& policy) const {
    const auto& impl = *m_impl;
    const auto decided = impl.decide(policy, {});
    if (!decided) {
        return fail(decided.error());
    }
    const auto& out = (*decided)->decisions;
    if (out.severalAttempts()) {
        analyze::OffPolicyEstimate none;
        none.note =
            "not identifiable: a cascade asks several models, and the log holds one answer to a request; import "
            "outcomes of the cascade's models";
        std::vector<analyze::OffPolicyEstimate> estimates(2, none);
        estimates[0].method = "SNIPS";
        estimates[1].method = "doubly robust";
        return estimates;
    }
    const auto& log = *impl.in.rows;
    analyze::OffPolicyRows rows;
    rows.actions = impl.models;
    // Strata: difficulty bands, by tag where there are few of them.
    const std::size_t tags = log.tag.names.size() <= 20 ? log.tag.names.size() : 1;
    rows.strata = 6 * tags;
    for (std::size_t row = 0; row < log.rows; ++row) {
        const std::uint8_t target = out.first[row];
        if (target == route::kNoCandidate) {
            continue;
        }
        const auto& logged = impl.replay.logged[impl.replay.loggedOf[row]];
        std::uint8_t action = analyze::OffPolicyRows::kNoAction;
        for (std::size_t j = 0; j < impl.models && logged.model; ++j) {
            if (impl.replay.candidates[j].model && *impl.replay.candidates[j].model == *logged.model) {
                action = static_cast<std::uint8_t>(j);
                break;
            }
        }
        const auto d = log.difficulty.at(row);
        const std::size_t band = d ? static_cast<std::size_t>(std::clamp(static_cast<int>(*d * 5), 0, 4)) : 5;
        const std::size_t tag = tags > 1 ? static_cast<std::size_t>(log.tag.codes[row]) : 0;
        rows.logged.push_back(action);
        rows.target.push_back(target == impl.models ? action : target);
        // The log's own score, or an imported one of the model that answered.
        const auto score = log.score.at(row);
        rows.reward.push_back(score                                          ? *score
                              : impl.columns.measured[impl.models].test(row) ? impl.columns.quality[impl.models][row]
                                                                             : std::nanf(""));
        rows.stratum.push_back(static_cast<std::uint32_t>(tag * 6 + band));
        rows.cluster.push_back(impl.clusters.of[row]);
    }
    return analyze::offPolicyEstimates(rows, impl.in.options.seed);
}

}  // namespace tierwise::project
