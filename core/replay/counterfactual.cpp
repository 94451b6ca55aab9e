// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/counterfactual.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>

#include "core/replay/outcome_mean.h"
#include "core/route/parallel.h"

namespace tierwise::replay {

namespace {

double at(const Assumed& assumed, End end) {
    return end == End::low ? assumed.low : (end == End::high ? assumed.high : assumed.mid);
}

std::int64_t scaled(std::int64_t tokens, double factor) {
    return std::llround(static_cast<double>(tokens) * factor);
}

// Logged tokens with their input by another tokenizer, and another output.
BilledTokens withInput(BilledTokens tokens, double ratio, std::int64_t output) {
    if (ratio != 1) {
        tokens.inputUncached = scaled(tokens.inputUncached, ratio);
        tokens.cacheRead = scaled(tokens.cacheRead, ratio);
        tokens.cacheWrite5m = scaled(tokens.cacheWrite5m, ratio);
        tokens.cacheWrite1h = scaled(tokens.cacheWrite1h, ratio);
    }
    tokens.output = output;
    return tokens;
}

const CountedPrompts* countedBy(const ReplayInputs& inputs, const std::string& family) {
    const auto found = std::find_if(inputs.counted.begin(), inputs.counted.end(),
                                    [&](const CountedPrompts& counted) { return counted.family == family; });
    return family.empty() || found == inputs.counted.end() ? nullptr : &*found;
}

}  // namespace

route::ChoiceTable ReplayColumns::table(const store::WorkloadSnapshot& log) const {
    route::ChoiceTable table;
    table.rows = log.rows;
    for (std::size_t j = 0; j < cost.size(); ++j) {
        table.cost.emplace_back(cost[j]);
        table.quality.emplace_back(quality[j]);
    }
    table.feasible = feasible;
    table.weight = log.requests;
    return table;
}

UsageModel::UsageModel(const ReplayInputs& inputs) : m_inputs(&inputs) {
    const bool batch = inputs.assumptions->honourBatch;
    for (const auto& candidate : inputs.candidates) {
        m_rates.emplace_back(*inputs.catalog, candidate.offering.value_or(OfferingIndex(0)), *inputs.log,
                             inputs.priceDate, batch);
        std::array<Multiplier, 3> ends;
        for (const End end : {End::low, End::mid, End::high}) {
            const double easy = at(candidate.reasoningEasy, end);
            ends[static_cast<std::size_t>(end)] = {easy, std::log(at(candidate.reasoningHard, end) / easy)};
        }
        m_multipliers.push_back(ends);
        m_counted.push_back(countedBy(inputs, candidate.tokenizerFamily));
    }
    for (const auto& logged : inputs.logged) {
        m_countedLogged.push_back(countedBy(inputs, logged.tokenizerFamily));
        const auto offering = logged.offering.value_or(OfferingIndex(0));
        m_loggedRates.emplace_back(*inputs.catalog, offering, *inputs.log, inputs.priceDate, true);
        m_datedRates.emplace_back(*inputs.catalog, offering, *inputs.log, std::nullopt, true);
    }
}

double UsageModel::difficulty(std::size_t row) const {
    const auto& column = m_inputs->log->difficulty;
    return column.valid.test(row) ? static_cast<double>(column.values[row]) : 0.5;
}

bool UsageModel::sameModel(std::size_t row, std::size_t candidate) const {
    const auto& logged = m_inputs->logged[m_inputs->loggedOf[row]];
    const auto& model = m_inputs->candidates[candidate].model;
    return logged.model && model && *logged.model == *model;
}

// k_j(d) rises from the easy to the hard multiplier: equal ratios for equal steps of difficulty.
double UsageModel::reasoningMultiplier(std::size_t row, std::size_t candidate, End end) const {
    const auto& multiplier = m_multipliers[candidate][static_cast<std::size_t>(end)];
    return multiplier.logRatio == 0 ? multiplier.easy
                                    : multiplier.easy * std::exp(multiplier.logRatio * difficulty(row));
}

BilledTokens UsageModel::loggedTokens(std::size_t row) const {
    const auto& log = *m_inputs->log;
    return {log.inputUncached.values[row], log.cacheRead.values[row], log.cacheWrite5m.values[row],
            log.cacheWrite1h.values[row],  log.output.values[row],    log.requests[row]};
}

// Input tokens of the candidate per logged input token.
double UsageModel::inputRatio(std::size_t row, std::size_t candidate, std::int64_t prompt, End end) const {
    const auto logged = m_inputs->loggedOf[row];
    const auto& family = m_inputs->candidates[candidate].tokenizerFamily;
    if (!family.empty() && family == m_inputs->logged[logged].tokenizerFamily) {
        return 1;
    }
    const Assumed& ratio = m_inputs->tokenizer[candidate][logged];
    const auto* counted = m_counted[candidate];
    if (counted != nullptr && counted->tokens[row] > 0 && m_inputs->log->requests[row] == 1) {
        const auto exact = static_cast<double>(counted->tokens[row]);
        if (const auto* own = m_countedLogged[logged]; own != nullptr && own->tokens[row] > 0) {
            return exact / static_cast<double>(own->tokens[row]);
        }
        // The text is the whole prompt where its count is one that the logged count allows; else it is a part.
        const auto whole = static_cast<double>(prompt);
        if (exact >= ratio.low * whole && exact <= ratio.high * whole) {
            return exact / whole;
        }
    }
    return at(ratio, end);
}

// The answer that was said: the log's own split where it has one, else what the logged model's thinking leaves.
double UsageModel::answer(std::size_t row) const {
    const auto& log = *m_inputs->log;
    const auto& logged = m_inputs->logged[m_inputs->loggedOf[row]];
    const auto output = static_cast<double>(log.output.values[row]);
    if (log.reasoning.valid.test(row)) {
        return std::max(0.0, output - static_cast<double>(log.reasoning.values[row]));
    }
    return logged.reasons ? output / (logged.reasoningEasy *
                                      std::pow(logged.reasoningHard / logged.reasoningEasy, difficulty(row)))
                          : output;
}

BilledTokens UsageModel::tokens(std::size_t row, std::size_t candidate) const {
    const BilledTokens used = loggedTokens(row);
    if (m_inputs->candidates[candidate].who.asLogged || sameModel(row, candidate)) {
        return used;
    }
    const auto& model = m_inputs->candidates[candidate];
    const double ratio = inputRatio(row, candidate, used.prompt(), End::mid);
    const double thinking = model.reasons ? reasoningMultiplier(row, candidate, End::mid) - 1 : 0.0;
    return withInput(used, ratio, std::llround(answer(row) * (model.verbosity.mid + thinking)));
}

double UsageModel::windowTokens(std::size_t row, std::size_t candidate) const {
    const BilledTokens logged = loggedTokens(row);
    const auto requests = static_cast<double>(logged.requests);
    const auto prompt = static_cast<double>(logged.prompt());
    if (sameModel(row, candidate)) {
        return (prompt + static_cast<double>(logged.output)) / requests;
    }
    const auto& verbosity = m_inputs->candidates[candidate].verbosity;
    return (prompt * inputRatio(row, candidate, logged.prompt(), End::mid) + answer(row) * verbosity.mid) / requests;
}

std::optional<std::int64_t> UsageModel::priceOf(std::size_t row, std::size_t candidate, const BilledTokens& tokens) {
    return m_rates[candidate].price(row, tokens);
}

std::optional<std::int64_t> UsageModel::cost(std::size_t row, std::size_t candidate) {
    if (!hasUsage(row)) {
        return {};
    }
    if (m_inputs->candidates[candidate].who.asLogged) {
        return loggedCost(row);
    }
    if (!m_inputs->candidates[candidate].offering) {
        return {};
    }
    return m_rates[candidate].price(row, tokens(row, candidate));
}

std::optional<EndCosts> UsageModel::endCosts(std::size_t row, std::size_t candidate) {
    const auto& model = m_inputs->candidates[candidate];
    const auto middle = cost(row, candidate);
    if (!middle) {
        return {};
    }
    EndCosts ends;
    for (auto& end : ends) {
        end = {*middle, *middle};
    }
    const auto& hardware = model.who.asLogged ? m_inputs->logged[m_inputs->loggedOf[row]].hardware : model.hardware;
    ends[3] = {scaled(*middle, hardware.low), scaled(*middle, hardware.high)};
    if (model.who.asLogged || sameModel(row, candidate)) {
        return ends;  // what was logged is known, but for what the machine costs
    }
    const BilledTokens logged = loggedTokens(row);
    BilledTokens used = tokens(row, candidate);
    const auto& rates = m_rates[candidate].of(row, used.prompt() / std::max<std::int64_t>(1, used.requests));
    const double said = answer(row);
    const double thought = model.reasons ? reasoningMultiplier(row, candidate, End::mid) - 1 : 0.0;
    const auto ofOutput = [&](double factor) {
        used.output = std::llround(said * factor);
        return replay::priceOf(rates, used).value_or(*middle);
    };
    for (const End end : {End::low, End::high}) {
        const std::size_t side = end == End::low ? 0 : 1;
        ends[1][side] = ofOutput(at(model.verbosity, end) + thought);
        if (model.reasons) {
            ends[2][side] = ofOutput(model.verbosity.mid + reasoningMultiplier(row, candidate, end) - 1);
        }
    }
    used.output = std::llround(said * (model.verbosity.mid + thought));
    const double ratio = inputRatio(row, candidate, logged.prompt(), End::mid);
    for (const End end : {End::low, End::high}) {
        const double other = inputRatio(row, candidate, logged.prompt(), end);
        if (other != ratio) {
            const BilledTokens moved = withInput(logged, other, used.output);
            ends[0][end == End::low ? 0 : 1] = m_rates[candidate].price(row, moved).value_or(*middle);
        }
    }
    return ends;
}

std::optional<std::int64_t> UsageModel::loggedCost(std::size_t row) {
    const auto entry = m_inputs->loggedOf[row];
    if (!m_inputs->logged[entry].offering || !m_inputs->logged[entry].unpricedReason.empty() || !hasUsage(row)) {
        return {};
    }
    const auto tokens = loggedTokens(row);
    return loggedRates(row, tokens).price(row, tokens);
}

RateTable& UsageModel::loggedRates(std::size_t row, const BilledTokens& tokens) {
    const auto entry = m_inputs->loggedOf[row];
    // An offering that is no longer sold at the price date keeps its own prices too.
    const bool today = !m_inputs->logged[entry].ownPrices && m_loggedRates[entry].price(row, tokens).has_value();
    return today ? m_loggedRates[entry] : m_datedRates[entry];
}

const FlatRates& UsageModel::ratesOf(std::size_t row, std::size_t candidate, const BilledTokens& tokens) {
    RateTable& rates = m_inputs->candidates[candidate].who.asLogged ? loggedRates(row, tokens) : m_rates[candidate];
    return rates.of(row, tokens.prompt() / std::max<std::int64_t>(1, tokens.requests));
}

std::int64_t UsageModel::rebillExtra(std::size_t row, std::size_t candidate, bool switched) {
    const auto& model = m_inputs->candidates[candidate];
    // The log itself shows that the logged model's cache was still warm.
    if (model.who.asLogged || !model.offering || (!switched && sameModel(row, candidate))) {
        return 0;
    }
    const BilledTokens used = loggedTokens(row);
    const double ratio = sameModel(row, candidate) ? 1.0 : inputRatio(row, candidate, used.prompt(), End::mid);
    const std::int64_t prompt = scaled(used.prompt(), ratio) / std::max<std::int64_t>(1, used.requests);
    const auto& rates = m_rates[candidate].of(row, prompt);
    const std::int64_t again = rates.writesAreCharged ? rates.cacheWrite5m : rates.input;
    return std::max<std::int64_t>(0, scaled(used.cacheRead, ratio) * (again - rates.cacheRead));
}

namespace {

void fillRows(const ReplayInputs& inputs, std::size_t begin, std::size_t end, const TaskContext& context,
              ReplayColumns& columns) {
    UsageModel usage(inputs);
    const auto& log = *inputs.log;
    for (std::size_t j = 0; j < inputs.candidates.size(); ++j) {
        const auto& candidate = inputs.candidates[j];
        const auto window = candidate.who.asLogged ? std::nullopt : candidate.who.contextTokens;
        for (std::size_t row = begin; row < end; ++row) {
            if ((row & 0xffffU) == 0 && context.stopRequested()) {
                return;
            }
            const auto cost = usage.cost(row, j);
            if (!cost) {
                continue;
            }
            if (window && usage.windowTokens(row, j) > static_cast<double>(*window)) {
                columns.fits[row] &= ~(std::uint64_t{1} << j);
            }
            columns.cost[j][row] = *cost;
            columns.feasible[row] |= std::uint64_t{1} << j;
            const auto handle =
                candidate.who.asLogged ? inputs.logged[inputs.loggedOf[row]].quality : candidate.quality;
            const auto difficulty = log.difficulty.at(row);
            columns.quality[j][row] =
                handle >= 0 ? static_cast<float>(
                                  inputs.quality
                                      ->quality(handle, difficulty ? std::optional<double>(*difficulty) : std::nullopt)
                                      .q)
                            : 0.5F;
            if (log.score.valid.test(row) && (candidate.who.asLogged || usage.sameModel(row, j))) {
                columns.quality[j][row] = std::clamp(log.score.values[row], 0.0F, 1.0F);
            }
        }
    }
}

}  // namespace

namespace {

// What was measured stands where it was estimated.
void overrule(const ReplayInputs& inputs, const Outcome& outcome, std::size_t j, UsageModel& usage,
              ReplayColumns& columns) {
    const std::size_t row = outcome.row;
    std::optional<std::int64_t> cost = outcome.costPico;
    if (!cost && (outcome.inputTokens || outcome.outputTokens) && inputs.candidates[j].offering &&
        usage.hasUsage(row)) {
        auto tokens = usage.tokens(row, j);
        if (outcome.inputTokens) {
            tokens = {*outcome.inputTokens, 0, 0, 0, tokens.output, tokens.requests};
        }
        tokens.output = outcome.outputTokens.value_or(tokens.output);
        cost = usage.priceOf(row, j, tokens);
    }
    if (cost && *cost >= 0) {
        columns.cost[j][row] = *cost;
        columns.measuredCost[j].set(row);
        columns.feasible[row] |= std::uint64_t{1} << j;
    }
    if (!outcome.score || ((columns.feasible[row] >> j) & 1U) == 0) {
        return;
    }
    const float score = std::clamp(*outcome.score, 0.0F, 1.0F);
    columns.quality[j][row] = score;
    columns.measured[j].set(row);
    // A measured answer of the logged model speaks for the log too, where the log has no score of its own.
    const std::size_t last = inputs.candidates.size() - 1;
    if (inputs.candidates[last].who.asLogged && usage.sameModel(row, j) && !inputs.log->score.valid.test(row) &&
        ((columns.feasible[row] >> last) & 1U) != 0) {
        columns.quality[last][row] = score;
        columns.measured[last].set(row);
    }
}

// What is measured of a candidate's answer to a row, under whatever names of its model: the mean.
void overruleAll(const ReplayInputs& inputs, const std::vector<Outcome>& outcomes, UsageModel& usage,
                 ReplayColumns& columns) {
    struct Measurement {
        const Outcome* outcome;
        OutcomeTarget target;
        [[nodiscard]] auto key() const { return std::pair(outcome->row, target.candidate); }
    };
    std::vector<Measurement> all;
    for (const auto& outcome : outcomes) {
        const auto found = inputs.outcomeTargets.find(outcome.model);
        if (found != inputs.outcomeTargets.end() && outcome.row < inputs.log->rows) {
            for (const auto& target : found->second) {
                all.push_back({&outcome, target});
            }
        }
    }
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.key() < b.key(); });
    std::vector<Outcome> same;
    for (std::size_t i = 0; i < all.size();) {
        const auto key = all[i].key();
        same.clear();
        for (; i < all.size() && all[i].key() == key; ++i) {
            same.push_back(*all[i].outcome);
            if (!all[i].target.sameOffering) {
                same.back().costPico.reset();
            }
        }
        overrule(inputs, meanOf(same), key.second, usage, columns);
    }
}

}  // namespace

Result<ReplayColumns> buildColumns(const ReplayInputs& inputs, const std::vector<Outcome>& outcomes,
                                   const TaskContext& context) {
    const std::size_t rows = inputs.log->rows;
    const std::size_t count = inputs.candidates.size();
    ReplayColumns columns;
    columns.cost.assign(count, std::vector<std::int64_t>(rows, 0));
    columns.quality.assign(count, std::vector<float>(rows, 0));
    columns.feasible.assign(rows, 0);
    columns.fits.assign(rows, ~std::uint64_t{0});
    columns.measured.resize(count);
    columns.measuredCost.resize(count);
    route::parallelRanges(rows, route::threadCount(), [&](unsigned, std::size_t begin, std::size_t end) {
        fillRows(inputs, begin, end, context, columns);
    });
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    UsageModel usage(inputs);
    for (std::size_t j = 0; j < count; ++j) {
        columns.measured[j].resize(rows);
        columns.measuredCost[j].resize(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            if (inputs.log->score.valid.test(row) && ((columns.feasible[row] >> j) & 1U) != 0 &&
                (inputs.candidates[j].who.asLogged || usage.sameModel(row, j))) {
                columns.measured[j].set(row);
            }
        }
    }
    overruleAll(inputs, outcomes, usage, columns);
    return columns;
}

}  // namespace tierwise::replay
