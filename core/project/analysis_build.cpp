// SPDX-License-Identifier: GPL-3.0-or-later
// Building a workbench: candidates and logged names resolved, columns computed, indexes made.
#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "core/project/analysis_impl.h"

namespace tierwise::project {

namespace {

constexpr Tier kCheapFirst[] = {Tier::local, Tier::commodity, Tier::premium};

// A published share of right answers on the scale that the quality model's prior wants.
std::optional<double> capabilityOf(const catalog::Model& model, std::string& source) {
    for (const auto& score : model.scores) {
        if (score.benchmark == "MMLU-Pro" || score.benchmark == "mmlu_pro") {
            source = "MMLU-Pro, " + score.source;
            return std::clamp(score.value > 1 ? score.value / 100 : score.value, 0.01, 0.99);
        }
    }
    return {};
}

}  // namespace

replay::HardwareRange Workbench::Impl::hardwareOf(const std::string& offering) {
    for (const auto& cost : in.localCosts) {
        if (cost.offering == offering) {
            if (std::find(notes.begin(), notes.end(), cost.words) == notes.end()) {
                notes.push_back(cost.words);
            }
            return {cost.low, cost.high};
        }
    }
    return {};
}

Result<void> Workbench::Impl::resolveCandidates() {
    auto names = in.options.candidates.empty() ? defaultCandidates(in.catalog, {in.rows.get(), in.aliases})
                                               : in.options.candidates;
    std::vector<std::string> outcomeModels;
    for (const auto& outcome : in.outcomes) {
        if (std::find(outcomeModels.begin(), outcomeModels.end(), outcome.model) == outcomeModels.end()) {
            outcomeModels.push_back(outcome.model);
        }
    }
    for (const auto& name : names) {
        replay::CandidateModel candidate;
        candidate.who.id = name;
        candidate.offering = in.catalog.findOffering(name);
        if (const auto model = in.catalog.findModel(name); model && !candidate.offering) {
            candidate.model = model;
            candidate.offering = in.catalog.mainOffering(*model);
        }
        const bool measured = std::find(outcomeModels.begin(), outcomeModels.end(), name) != outcomeModels.end();
        if (!candidate.offering && !measured) {
            const auto resolution = in.catalog.resolve({name, {}, std::nullopt, in.aliases});
            candidate.offering = resolution.offering;
            if (!candidate.offering) {
                std::string hint =
                    "Use a model's id in the catalog (or a tier: premium, commodity, local), or import outcomes under "
                    "this name.";
                for (std::size_t i = 0; i < std::min<std::size_t>(3, resolution.candidates.size()); ++i) {
                    hint += (i == 0 ? " Near: " : ", ") + in.catalog.offering(resolution.candidates[i]).key();
                }
                return fail(ErrorCode::invalidArgument, fmt::format("the model \"{}\" is not known", name), hint);
            }
        }
        if (candidate.offering) {
            const auto& offering = in.catalog.offering(*candidate.offering);
            candidate.model = offering.modelAt(in.catalog.date());
            candidate.who.offering = offering.key();
            candidate.who.host = offering.provider;
            candidate.who.tier = in.catalog.tierOf(*candidate.offering);
            candidate.who.contextTokens = offering.contextTokens;
            if (const auto* provider = in.catalog.provider(offering.provider)) {
                candidate.who.jurisdiction = provider->jurisdiction;
            }
            if (offering.currency != "USD") {
                return fail(ErrorCode::invalidArgument,
                            fmt::format("{} is priced in {}, not in dollars", offering.key(), offering.currency),
                            "Name an offering that is priced in US dollars.");
            }
            candidate.hardware = hardwareOf(candidate.who.offering);
        }
        candidate.who.name = name;
        candidate.verbosity = in.assumptions.verbosity;
        std::optional<double> capability;
        if (candidate.model) {
            const auto& model = in.catalog.model(*candidate.model);
            candidate.who.name = model.name.empty() ? model.id : model.name;
            candidate.tokenizerFamily = model.tokenizerFamily;
            candidate.reasons = model.reasons.value_or(false);
            if (!candidate.who.contextTokens) {
                candidate.who.contextTokens = model.contextTokens;
            }
            if (candidate.reasons) {
                std::tie(candidate.reasoningEasy, candidate.reasoningHard) = reasoningOf(model);
            }
            for (const auto& key : {model.family, model.id}) {
                const auto own = in.assumptions.models.find(key);
                if (own == in.assumptions.models.end()) {
                    continue;
                }
                candidate.verbosity = own->second.verbosity.value_or(candidate.verbosity);
                if (own->second.tokensPerSecond) {
                    // Several tokens a step shorten the wait; they change no price of an API (domain, section 3).
                    const auto& several = own->second.multiTokenPrediction;
                    candidate.who.tokensPerSecond = own->second.tokensPerSecond->mid * (several ? several->mid : 1.0);
                }
            }
            capability = capabilityOf(model, candidate.capabilitySource);
        }
        if (!capability) {
            const auto byTier = in.assumptions.capabilityByTier.find(candidate.who.tier);
            if (byTier != in.assumptions.capabilityByTier.end()) {
                capability = byTier->second;
                candidate.capabilitySource = "assumed for its tier: " + in.assumptions.capabilitySource;
            } else {
                candidate.capabilitySource = "nothing is published: an average model";
            }
        }
        const std::string handleName = candidate.model ? in.catalog.model(*candidate.model).id : name;
        candidate.quality = in.quality.addModel(handleName, capability);
        replay.candidates.push_back(std::move(candidate));
    }
    models = replay.candidates.size();
    if (models == 0 || models >= route::kMaxCandidates) {
        return fail(
            ErrorCode::invalidArgument,
            fmt::format("{} candidate models: there must be between 1 and {}", models, route::kMaxCandidates - 1),
            "Name the models that requests may go to.");
    }
    replay::CandidateModel logged;
    logged.who.id = "as-logged";
    logged.who.name = "as logged";
    logged.who.asLogged = true;
    replay.candidates.push_back(logged);
    for (const auto& candidate : replay.candidates) {
        who.push_back(candidate.who);
    }
    return {};
}

// Every (name, hint, day) of the log, resolved once.
void Workbench::Impl::resolveLogged() {
    const auto& log = *in.rows;
    replay.logged.emplace_back();
    replay.logged[0].unpricedReason = "the log names no model";
    replay.loggedOf.assign(log.rows, 0);
    std::map<std::tuple<std::int32_t, std::int32_t, std::int64_t>, std::uint16_t> known;
    std::map<std::tuple<std::string, std::int32_t, std::string>, std::uint16_t> entries;
    std::tuple<std::int32_t, std::int32_t, std::int64_t> last{-1, -1, 0};
    std::uint16_t lastEntry = 0;
    for (std::size_t row = 0; row < log.rows; ++row) {
        const auto time = log.timeNanos.at(row);
        const std::int64_t day = time ? Timestamp::fromNanos(*time).day() : std::numeric_limits<std::int64_t>::min();
        const auto key = std::make_tuple(log.model.codes[row], log.provider.codes[row], day);
        if (log.model.codes[row] == 0) {
            continue;
        }
        if (key == last) {
            replay.loggedOf[row] = lastEntry;
            continue;
        }
        last = key;
        if (const auto found = known.find(key); found != known.end()) {
            lastEntry = replay.loggedOf[row] = found->second;
            continue;
        }
        catalog::NameQuery query;
        query.name = log.model.at(row);
        query.provider = log.provider.at(row);
        query.at = time ? std::optional<Timestamp>(Timestamp::fromNanos(*time)) : std::nullopt;
        query.userAliases = in.aliases;
        const auto resolution = in.catalog.resolve(query);
        const auto identity = std::make_tuple(
            std::string(log.model.at(row)), resolution.offering ? resolution.offering->value() : -1,
            resolution.offering ? in.catalog.model(in.catalog.offering(*resolution.offering).modelAt(query.at)).id
                                : resolution.unpricedReason);
        auto entry = entries.find(identity);
        if (entry == entries.end() && replay.logged.size() < 65'535) {
            replay::LoggedModel logged;
            logged.name = log.model.at(row);
            logged.offering = resolution.offering;
            logged.unpricedReason = resolution.offering ? std::string() : resolution.unpricedReason;
            logged.serviceTier = resolution.serviceTier;
            if (!resolution.offering && logged.unpricedReason.empty()) {
                logged.unpricedReason = "no offering of this name is known";
            }
            std::optional<double> capability;
            std::string handleName = logged.name;
            if (logged.offering) {
                const auto& offering = in.catalog.offering(*logged.offering);
                const auto modelIndex = offering.modelAt(query.at);
                const auto& model = in.catalog.model(modelIndex);
                logged.model = modelIndex;
                logged.ownPrices =
                    in.options.priceDate == PriceDate::catalog && modelIndex != offering.modelAt(in.catalog.date());
                logged.hardware = hardwareOf(offering.key());
                // A name that meant another model at the time: that model's tier, else that of what it is billed as.
                const Tier ofModel = modelIndex == offering.model ? Tier::unbanded : in.catalog.tierOf(modelIndex);
                logged.tier = ofModel == Tier::unbanded ? in.catalog.tierOf(*logged.offering) : ofModel;
                logged.tokenizerFamily = model.tokenizerFamily;
                logged.reasons = model.reasons.value_or(false);
                if (logged.reasons) {
                    const auto [easy, hard] = reasoningOf(model);
                    logged.reasoningEasy = easy.mid;
                    logged.reasoningHard = hard.mid;
                }
                if (offering.currency != "USD") {
                    logged.unpricedReason = "its price is in " + offering.currency;
                }
                std::string source;
                capability = capabilityOf(model, source);
                handleName = model.id;
                if (const auto byTier = in.assumptions.capabilityByTier.find(logged.tier);
                    !capability && byTier != in.assumptions.capabilityByTier.end()) {
                    capability = byTier->second;
                }
            }
            logged.quality = in.quality.addModel(handleName, capability);
            entry = entries.emplace(identity, static_cast<std::uint16_t>(replay.logged.size())).first;
            replay.logged.push_back(std::move(logged));
        }
        lastEntry = entry == entries.end() ? std::uint16_t{0} : entry->second;
        known.emplace(key, lastEntry);
        replay.loggedOf[row] = lastEntry;
    }
}

Result<void> Workbench::Impl::buildColumns(const TaskContext& context) {
    replay.log = in.rows.get();
    replay.catalog = &in.catalog;
    replay.quality = &in.quality;
    replay.assumptions = &in.assumptions;
    replay.priceDate =
        in.options.priceDate == PriceDate::catalog ? std::optional<Timestamp>(in.catalog.date()) : std::nullopt;
    auto built = replay::buildColumns(replay, in.outcomes, context);
    if (!built) {
        return fail(built.error());
    }
    columns = std::move(*built);
    usageModel.emplace(replay);
    table = columns.table(*in.rows);
    if (auto done = table.check(); !done) {
        return done;
    }
    const std::uint64_t mask = (std::uint64_t{1} << models) - 1;
    modelMask.resize(in.rows->rows);
    for (std::size_t row = 0; row < modelMask.size(); ++row) {
        modelMask[row] = columns.feasible[row] & mask & columns.fits[row];
    }
    route::ChoiceTable own = table;
    own.feasible = modelMask;
    auto made = route::Frontier::build(own, context);
    if (!made) {
        return fail(made.error());
    }
    frontier.emplace(std::move(*made));
    return {};
}

void Workbench::Impl::countCoverage() {
    const auto& log = *in.rows;
    std::vector<std::uint8_t> use(log.rows, 0);
    coverage.rows = log.rows;
    std::map<std::pair<std::string, std::string>, analyze::Exclusion> exclusions;
    for (std::size_t row = 0; row < log.rows; ++row) {
        const double requests = log.requests[row];
        coverage.requests += requests;
        if (columns.feasible[row] != 0) {
            use[row] = 1;
            ++coverage.used;
            coverage.requestsUsed += requests;
        } else {
            const std::string reason = whyUnusable(row);
            auto& entry = exclusions[{reason, std::string(log.model.at(row))}];
            entry.reason = reason;
            entry.what = log.model.at(row);
            ++entry.rows;
            entry.requests += requests;
        }
        hasSessionCache = hasSessionCache || (log.session.codes[row] != 0 && log.cacheRead.values[row] > 0);
        const auto tier = static_cast<std::size_t>(replay.logged[replay.loggedOf[row]].tier);
        loggedTierShares[tier] += requests;
    }
    for (auto& [key, entry] : exclusions) {
        coverage.exclusions.push_back(std::move(entry));
    }
    std::sort(coverage.exclusions.begin(), coverage.exclusions.end(),
              [](const auto& a, const auto& b) { return a.rows != b.rows ? a.rows > b.rows : a.reason < b.reason; });
    const double named = std::accumulate(loggedTierShares.begin() + 1, loggedTierShares.end(), 0.0);
    loggedTierShares[0] /= std::max(1.0, named + loggedTierShares[0]);
    for (std::size_t tier = 1; tier < loggedTierShares.size(); ++tier) {
        loggedTierShares[tier] = named > 0 ? loggedTierShares[tier] / named : 0;
    }
    clusters = analyze::Clusters::build(log.session.codes, log.session.names.size(), use);
    for (std::size_t j = 0; j <= models; ++j) {
        CandidateInfo info;
        info.id = who[j].id;
        info.name = who[j].name;
        info.offering = who[j].offering;
        info.tier = who[j].tier;
        info.asLogged = who[j].asLogged;
        info.rung = assess::Rung::measured;
        Int128 cost = 0;
        double quality = 0;
        double weight = 0;
        for (std::size_t row = 0; row < log.rows; ++row) {
            const std::uint64_t serving = j < models ? modelMask[row] : columns.feasible[row];
            if (((serving >> j) & 1U) == 0) {
                info.infeasibleRows += use[row];
                continue;
            }
            cost += columns.cost[j][row];
            quality += table.weightOf(row) * static_cast<double>(columns.quality[j][row]);
            weight += table.weightOf(row);
            info.rung = std::min(info.rung, rungOf(row, static_cast<std::uint8_t>(j)));
        }
        info.costUsd = static_cast<double>(cost) * kPicoDollars;
        info.meanQuality = weight > 0 ? quality / weight : 0;
        infos.push_back(std::move(info));
    }
}

// Difficulty where any row has one, else prompt length; and who serves each tier on each row.
void Workbench::Impl::buildThresholds() {
    const auto& log = *in.rows;
    bool scored = false;
    for (std::size_t row = 0; row < log.rows && !scored; ++row) {
        scored = log.difficulty.valid.test(row);
    }
    signal = scored ? "difficulty" : "inputTokens";
    if (!scored) {
        notes.emplace_back(
            "no request has a difficulty yet: the curve of thresholds is on prompt length (inputTokens), and a "
            "policy's "
            "thresholds on difficulty send every request to their default");
    }
    signalOf.assign(log.rows, std::nanf(""));
    for (std::size_t row = 0; row < log.rows; ++row) {
        if (modelMask[row] == 0) {
            continue;
        }
        if (scored) {
            signalOf[row] = log.difficulty.valid.test(row) ? log.difficulty.values[row] : signalOf[row];
        } else if (const auto tokens = log.inputTotal(row)) {
            signalOf[row] = static_cast<float>(static_cast<double>(*tokens) / log.requests[row]);
        }
    }
    // A tier without candidates is served by the next better one, else the next cheaper.
    const auto serving = [&](Tier wanted) {
        std::vector<std::uint8_t> order;
        for (const Tier tier : {wanted, wanted == Tier::local ? Tier::commodity : Tier::premium,
                                wanted == Tier::premium ? Tier::commodity : Tier::premium, Tier::commodity, Tier::local,
                                Tier::unbanded}) {
            for (std::size_t j = 0; j < models; ++j) {
                const auto candidate = static_cast<std::uint8_t>(j);
                if (who[j].tier == tier && std::find(order.begin(), order.end(), candidate) == order.end()) {
                    order.push_back(candidate);
                }
            }
        }
        std::vector<std::uint8_t> choice(log.rows, route::kNoCandidate);
        for (std::size_t row = 0; row < log.rows; ++row) {
            for (const auto j : order) {
                if (((modelMask[row] >> j) & 1U) != 0) {
                    choice[row] = j;
                    break;
                }
            }
        }
        return choice;
    };
    for (const Tier tier : kCheapFirst) {
        tierChoice.push_back(serving(tier));
    }
    defaultChoice = tierChoice[1];
    thresholds.emplace(route::ThresholdIndex::build(table, signalOf, {tierChoice[0], tierChoice[1], tierChoice[2]}));
}

void Workbench::Impl::countSingles() {
    std::vector<Int128> cost(models, 0);
    std::vector<double> quality(models, 0);
    double weight = 0;
    for (std::size_t row = 0; row < in.rows->rows; ++row) {
        const std::uint64_t mask = modelMask[row];
        if (mask == 0) {
            continue;
        }
        const double requests = table.weightOf(row);
        weight += requests;
        const std::uint8_t best = route::bestAnswer(table, row, mask);
        for (std::size_t j = 0; j < models; ++j) {
            const std::size_t serving = ((mask >> j) & 1U) != 0 ? j : best;
            cost[j] += columns.cost[serving][row];
            quality[j] += requests * static_cast<double>(columns.quality[serving][row]);
        }
    }
    for (std::size_t j = 0; j < models; ++j) {
        singles.push_back({static_cast<double>(cost[j]) * kPicoDollars, weight > 0 ? quality[j] / weight : 0});
    }
}

std::size_t Workbench::Impl::bestSingle() const {
    std::size_t best = models;
    // A model that serves hardly any row is not the best single model, however good it is there.
    const auto servesMost = [&](std::size_t j) { return 2 * infos[j].infeasibleRows <= coverage.used; };
    for (std::size_t j = 0; j < models; ++j) {
        if (best == models || servesMost(j) != servesMost(best)) {
            best = best == models || servesMost(j) ? j : best;
            continue;
        }
        const double gain = singles[j].quality - singles[best].quality;
        if (gain > 1e-12 || (std::abs(gain) <= 1e-12 && singles[j].cost < singles[best].cost)) {
            best = j;
        }
    }
    return best;
}

void Workbench::Impl::chooseBaseline() {
    baseline = in.options.baseline;
    if (baseline == Baseline::asLogged && infos[models].infeasibleRows >= coverage.used) {
        baseline = Baseline::bestSingle;
        notes.emplace_back("no logged request can be priced as logged: the baseline is the best single model");
    }
}

Result<Workbench::Priors> Workbench::priors(WorkbenchInputs inputs) {
    Impl impl;
    impl.in = std::move(inputs);
    if (auto done = impl.resolveCandidates(); !done) {
        return fail(done.error());
    }
    impl.resolveLogged();
    Priors priors;
    for (std::size_t j = 0; j < impl.models; ++j) {
        const auto& candidate = impl.replay.candidates[j];
        priors.candidates.emplace_back(impl.in.quality.nameOf(candidate.quality), candidate.who.tier);
    }
    priors.quality = std::move(impl.in.quality);
    return priors;
}

Result<Workbench> Workbench::build(WorkbenchInputs inputs, const TaskContext& context) {
    auto impl = std::make_shared<Impl>();
    impl->in = std::move(inputs);
    context.report({"Resolving models", 0, 4, 0});
    if (auto done = impl->resolveCandidates(); !done) {
        return fail(done.error());
    }
    impl->resolveLogged();
    impl->relateTokenizers(context);
    impl->measureSpeeds();
    impl->relateOutcomes();
    context.report({"Pricing every request on every model", 1, 4, static_cast<std::int64_t>(impl->in.rows->rows)});
    if (auto done = impl->buildColumns(context); !done) {
        return fail(done.error());
    }
    context.report({"Indexing", 2, 4, static_cast<std::int64_t>(impl->in.rows->rows)});
    impl->countCoverage();
    impl->countSingles();
    impl->buildThresholds();
    impl->chooseBaseline();
    if (const auto count = impl->in.overrides.size(); count > 0) {
        impl->notes.push_back(count == 1 ? "1 tier override counts as a scored answer"
                                         : fmt::format("{} tier overrides count as scored answers", count));
    }
    context.report({"Ready", 4, 4, static_cast<std::int64_t>(impl->in.rows->rows)});
    Workbench workbench;
    workbench.m_impl = std::move(impl);
    return workbench;
}

}  // namespace tierwise::project
