// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/default_models.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/catalog/catalog_data.h"
#include "core/project/resources.h"

namespace tierwise::project {
namespace {

using catalog::Meter;

constexpr double kLargestLocalB = 16;  ///< billions of parameters that a consumer's GPU holds at 4 to 5 bits
constexpr int kMostGpus = 64;

// The names that resources/policy/defaults.json wants for each tier.
std::map<std::string, std::vector<std::string>> wantedNames() {
    std::map<std::string, std::vector<std::string>> wanted;
    const auto path = resourcePath("policy/defaults.json");
    if (!path) {
        return wanted;
    }
    std::ifstream stream(*path);
    const auto document = nlohmann::json::parse(stream, nullptr, false);
    if (!document.is_object()) {
        return wanted;
    }
    for (const auto& [tier, names] : document.items()) {
        for (const auto& name : names) {
            if (name.is_string()) {
                wanted[tier].push_back(name.get<std::string>());
            }
        }
    }
    return wanted;
}

// Served, in dollars, at the catalog's date.
bool isPriced(const catalog::Catalog& catalog, OfferingIndex index) {
    const auto& offering = catalog.offering(index);
    const auto rates = catalog.ratesAt(index, {});
    const bool served = offering.retired.empty() || offering.retired > catalog.date().toIsoDate();
    return served && offering.currency == "USD" && rates.input() && rates.output();
}

// How a policy names the model in the tier: by its id where the main offering is of the tier, else by an offering.
std::optional<std::string> nameInTier(const catalog::Catalog& catalog, ModelIndex model, Tier tier) {
    const auto main = catalog.mainOffering(model);
    if (main && catalog.tierOf(*main) == tier && isPriced(catalog, *main)) {
        return catalog.model(model).id;
    }
    for (const auto index : catalog.offeringsOf(model)) {
        if (catalog.tierOf(index) == tier && isPriced(catalog, index)) {
            return catalog.offering(index).key();
        }
    }
    return {};
}

// Better ones are greater.
std::tuple<double, double, std::string> rankOf(const catalog::Model& model, Tier tier) {
    double score = -1;
    for (const auto& published : model.scores) {
        score = std::max(score, published.value > 1 ? published.value / 100 : published.value);
    }
    const double size = model.totalParametersB.value_or(0);
    const bool tooLarge = tier == Tier::local && (size > kLargestLocalB || size == 0);
    return {tooLarge ? -2 : score, tooLarge ? -size : size, model.released};
}

// Free local offerings of the wanted local models with open weights that have none.
bool addLocalOfferings(const catalog::Catalog& catalog, catalog::CatalogData& data) {
    bool added = false;
    const auto wanted = wantedNames();
    const auto names = wanted.find(tierName(Tier::local));
    for (const auto& name : names == wanted.end() ? std::vector<std::string>() : names->second) {
        const auto model = catalog.findModel(name);
        if (!model || !catalog.model(*model).openWeights.value_or(false) ||
            catalog.findOffering("local/" + name).has_value()) {
            continue;
        }
        if (const auto all = catalog.offeringsOf(*model);
            std::any_of(all.begin(), all.end(), [&](OfferingIndex index) { return catalog.offering(index).local; })) {
            continue;
        }
        if (catalog.provider("local") == nullptr && !added) {
            catalog::Provider provider;
            provider.id = "local";
            provider.name = "Local machine";
            provider.local = true;
            data.providers.push_back(std::move(provider));
        }
        catalog::Evidence evidence;
        evidence.confidence = catalog::Confidence::user;
        data.evidence.push_back(std::move(evidence));
        catalog::Offering offering;
        offering.provider = "local";
        offering.id = name;
        offering.model = *model;
        offering.local = true;
        catalog::RateCard card;
        card.evidence = static_cast<std::int32_t>(data.evidence.size()) - 1;
        card.rates = {{Meter::input, Rate()}, {Meter::output, Rate()}};
        offering.cards.push_back(std::move(card));
        data.offerings.push_back(std::move(offering));
        added = true;
    }
    return added;
}

bool isFree(const catalog::Offering& offering) {
    return offering.local && !offering.cards.empty() &&
           std::all_of(offering.cards.begin(), offering.cards.end(), [](const catalog::RateCard& card) {
               return std::all_of(card.rates.begin(), card.rates.end(),
                                  [](const auto& rate) { return rate.rate == Rate(); });
           });
}

struct Hardware {
    const catalog::Gpu* gpu = nullptr;
    const catalog::DecodeFit* fit = nullptr;
    catalog::LocalSetup setup;
};

// With as many GPUs as the model needs.
Result<catalog::LocalEconomics> economicsOf(const catalog::Model& model, Hardware& hardware) {
    auto found = catalog::localEconomics(model, *hardware.gpu, *hardware.fit, hardware.setup);
    while (found && !found->fits && hardware.setup.gpus < kMostGpus) {
        ++hardware.setup.gpus;
        found = catalog::localEconomics(model, *hardware.gpu, *hardware.fit, hardware.setup);
    }
    return found;
}

Rate dollarsPerMillion(double dollars) {
    return Rate::fromPicoPerUnit(static_cast<std::int64_t>(std::llround(dollars * 1e6)));
}

// Puts the cost of the hardware into the offering's cards.
LocalCost priceLocal(const catalog::Model& model, Hardware hardware, const replay::Assumed& tokensAStep,
                     catalog::Offering& offering) {
    LocalCost cost{offering.key(), 1, 1, {}};
    const auto served = economicsOf(model, hardware);
    if (!served || !served->fullPerMillion || !served->prefillTokensPerSecond) {
        cost.words = fmt::format("{}: its hardware is not counted, because {}", offering.key(),
                                 !served                   ? served.error().what
                                 : !served->fullPerMillion ? "the price of the GPU is not known"
                                                           : "the GPU's prefill speed is not known");
        return cost;
    }
    // Several tokens a step shorten decoding, not prefill.
    const double output = *served->fullPerMillion / tokensAStep.mid;
    // A second of the machine costs the same, whatever it does: prefill differs by its speed alone.
    const double input = *served->fullPerMillion * served->tokensPerSecond / *served->prefillTokensPerSecond;
    cost.low = std::min(1.0, served->marginalPerMillion / tokensAStep.high / output);
    Hardware alone = hardware;
    alone.setup.streams = 1;
    if (const auto slow = economicsOf(model, alone); slow && slow->fullPerMillion) {
        cost.high = std::max(1.0, *slow->fullPerMillion / tokensAStep.low / output);
    }
    cost.words = fmt::format(
        "{}: ${:.3g} a million output tokens, ${:.3g} of input, by its hardware: {} x {}, {} at a time, busy {:.0f}% "
        "of "
        "the time; power alone ${:.3g}, one at a time ${:.3g}",
        offering.key(), output, input, hardware.setup.gpus, hardware.gpu->name, hardware.setup.streams,
        hardware.setup.utilization * 100, cost.low * output, cost.high * output);
    for (auto& card : offering.cards) {
        for (auto& rate : card.rates) {
            switch (rate.meter) {
                case Meter::output:
                    rate.rate = dollarsPerMillion(output);
                    break;
                case Meter::input:
                case Meter::cacheWrite5m:
                case Meter::cacheWrite1h:
                    rate.rate = dollarsPerMillion(input);
                    break;
                default:
                    break;
            }
        }
        // Reading a prefix that the machine holds takes no time that is counted.
        if (!card.rate(Meter::cacheRead)) {
            card.rates.push_back({Meter::cacheRead, Rate()});
        }
    }
    return cost;
}

}  // namespace

namespace {

// The models that the log's names mean, with their requests: most of them first.
std::vector<ModelIndex> usedModels(const catalog::Catalog& catalog, const LoggedNames& log) {
    struct Name {
        std::int64_t requests = 0;
        std::size_t lastRow = 0;
    };
    if (log.rows == nullptr) {
        return {};
    }
    std::map<std::pair<std::int32_t, std::int32_t>, Name> names;
    Name* last = nullptr;
    for (std::size_t row = 0; row < log.rows->rows; ++row) {
        const std::pair key(log.rows->model.codes[row], log.rows->provider.codes[row]);
        if (last == nullptr || key != std::pair(log.rows->model.codes[row - 1], log.rows->provider.codes[row - 1])) {
            last = &names[key];
        }
        last->requests += log.rows->requests[row];
        last->lastRow = row;
    }
    std::map<std::int32_t, std::int64_t> requests;
    for (const auto& [codes, name] : names) {
        const auto nanos = log.rows->timeNanos.at(name.lastRow);
        const auto time = nanos ? std::optional(Timestamp::fromNanos(*nanos)) : std::nullopt;
        const auto found =
            catalog.resolve({log.rows->model.at(name.lastRow), log.rows->provider.at(name.lastRow), time, log.aliases});
        if (found.offering) {
            requests[catalog.offering(*found.offering).modelAt(time).value()] += name.requests;
        }
    }
    requests.erase(-1);
    std::vector<std::pair<std::int64_t, std::int32_t>> order;
    order.reserve(requests.size());
    for (const auto& [model, count] : requests) {
        order.emplace_back(-count, model);
    }
    std::sort(order.begin(), order.end());
    std::vector<ModelIndex> used;
    used.reserve(order.size());
    for (const auto& [count, model] : order) {
        used.emplace_back(model);
    }
    return used;
}

std::optional<std::string> bestKnown(const catalog::Catalog& catalog, Tier tier) {
    std::optional<ModelIndex> best;
    for (std::size_t i = 0; i < catalog.models().size(); ++i) {
        const ModelIndex index(static_cast<std::int32_t>(i));
        if (nameInTier(catalog, index, tier) &&
            (!best || rankOf(catalog.model(index), tier) > rankOf(catalog.model(*best), tier))) {
            best = index;
        }
    }
    return best ? nameInTier(catalog, *best, tier) : std::nullopt;
}

}  // namespace

std::vector<std::string> defaultCandidates(const catalog::Catalog& catalog, const LoggedNames& log) {
    const auto wanted = wantedNames();
    const auto used = usedModels(catalog, log);
    std::vector<std::string> found;
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
        std::vector<ModelIndex> order;
        if (const auto names = wanted.find(tierName(tier)); names != wanted.end()) {
            for (const auto& each : names->second) {
                if (const auto model = catalog.findModel(each)) {
                    order.push_back(*model);
                }
            }
        }
        std::stable_partition(order.begin(), order.end(), [&](ModelIndex model) {
            return std::find(used.begin(), used.end(), model) != used.end();
        });
        const auto firstUnused = std::find_if(order.begin(), order.end(), [&](ModelIndex model) {
            return std::find(used.begin(), used.end(), model) == used.end();
        });
        order.insert(firstUnused, used.begin(), used.end());
        std::optional<std::string> name;
        for (const ModelIndex model : order) {
            name = name ? name : nameInTier(catalog, model, tier);
        }
        name = name ? name : bestKnown(catalog, tier);
        if (name) {
            found.push_back(*name);
        }
    }
    return found;
}

Result<LocalModels> withLocalModels(const catalog::Catalog& catalog, const replay::Assumptions& assumptions,
                                    const catalog::HardwareTable& hardware) {
    LocalModels result{catalog, {}};
    catalog::CatalogData data = catalog.data();
    bool changed = addLocalOfferings(catalog, data);
    Hardware machine;
    if (const auto& own = assumptions.localHardware) {
        machine.setup = own->setup;
        machine.gpu = hardware.gpu(own->gpu);
        if (machine.gpu == nullptr) {
            return fail(ErrorCode::invalidArgument,
                        fmt::format("there is no GPU \"{}\" in the hardware table", own->gpu),
                        "List them with: tierwise-cli hardware", "assumptions#/localHardware/gpu");
        }
        machine.fit = hardware.fit(machine.gpu->memory);
    }
    for (auto& offering : data.offerings) {
        if (!isFree(offering) || offering.model.value() < 0) {
            continue;
        }
        if (machine.fit == nullptr) {
            result.costs.push_back(
                {offering.key(), 1, 1,
                 offering.key() + ": tokens are taken as free; the assumptions name no hardware (localHardware)"});
            continue;
        }
        const auto& model = data.models[static_cast<std::size_t>(offering.model.value())];
        replay::Assumed tokensAStep;
        for (const auto& key : {model.family, model.id}) {
            const auto own = assumptions.models.find(key);
            if (own != assumptions.models.end() && own->second.multiTokenPrediction) {
                tokensAStep = *own->second.multiTokenPrediction;
            }
        }
        result.costs.push_back(priceLocal(model, machine, tokensAStep, offering));
        changed = true;
    }
    if (changed) {
        auto made = catalog::Catalog::fromData(std::move(data), "local models");
        if (!made) {
            return fail(made.error());
        }
        made->setTierRules(catalog.tierRules());
        result.catalog = std::move(*made);
    }
    return result;
}

}  // namespace tierwise::project
