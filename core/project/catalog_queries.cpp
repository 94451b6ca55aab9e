// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/catalog_queries.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/decimal.h"
#include "core/catalog/catalog_data.h"
#include "core/project/catalog_update.h"
#include "core/project/resources.h"

namespace tierwise::project {

namespace {

using Json = nlohmann::ordered_json;
using namespace tierwise::catalog;

/// "costPicoUsd", "ratePerMillion" are in the offering's currency: the key says so where it is not the dollar.
std::string costKey(const std::string& currency) {
    std::string key = "costPico";
    for (std::size_t i = 0; i < currency.size(); ++i) {
        const auto c = static_cast<unsigned char>(currency[i]);
        key += static_cast<char>(i == 0 ? std::toupper(c) : std::tolower(c));
    }
    return key;
}

Json candidatesOf(const Catalog& catalog, const Resolution& found) {
    Json list = Json::array();
    for (const auto index : found.candidates) {
        list.push_back(catalog.offering(index).key());
    }
    return list;
}

Json ratesJson(const EffectiveRates::PerMeter& rates) {
    Json object = Json::object();
    for (std::size_t i = 0; i < kMeterCount; ++i) {
        if (rates[i]) {
            object[std::string(meterName(static_cast<Meter>(i)))] = rates[i]->perMillion();
        }
    }
    return object;
}

void describeOffering(Json& document, const Catalog& catalog, const Resolution& found, std::optional<Timestamp> at) {
    const Offering& offering = catalog.offering(*found.offering);
    const Model& model = catalog.model(offering.modelAt(at));
    document["offering"] = offering.key();
    document["model"] = model.id;
    document["provider"] = offering.provider;
    document["entry"] = offering.id;
    if (!model.author.empty()) {
        document["author"] = model.author;
    }
    document["tier"] = tierName(catalog.tierOf(*found.offering));
    document["rule"] = found.rule;
    document["confidence"] = found.confidence;
}

Resolution resolveFor(const Catalog& catalog, const ResolveQuestion& question, std::string_view name) {
    return catalog.resolve({name, question.provider, question.at, question.aliases});
}

}  // namespace

Result<Catalog> openCatalog(const std::filesystem::path& path) {
    if (path.empty()) {
        return catalogInUse();
    }
    auto catalog = Catalog::load(path);
    if (catalog && catalog->data().tiers.rules.empty()) {
        if (const auto rulesPath = resourcePath("catalog/tiers.json")) {
            auto rules = TierRules::load(*rulesPath);
            if (!rules) {
                return fail(rules.error());
            }
            catalog->setTierRules(std::move(*rules));
        }
    }
    return catalog;
}

Json resolveDocument(const Catalog& catalog, const ResolveQuestion& question) {
    const Resolution found = resolveFor(catalog, question, question.name);
    Json document;
    if (!found.offering) {
        document["unpriced"] = found.unpricedReason;
        document["candidates"] = candidatesOf(catalog, found);
        return document;
    }
    describeOffering(document, catalog, found, question.at);
    document["currency"] = catalog.offering(*found.offering).currency;
    const auto rates =
        catalog.ratesAt(*found.offering, {question.at, found.serviceTier, found.region, !question.dayOnly});
    document["rates"] = ratesJson(rates.rates);
    for (const auto& [bound, beyond] : rates.beyond) {
        document["longContext"].push_back({{"promptAbove", bound}, {"rates", ratesJson(beyond)}});
    }
    if (!found.serviceTier.empty()) {
        document["serviceTier"] = found.serviceTier;
    }
    if (!found.region.empty()) {
        document["region"] = found.region;
    }
    if (rates.rates == EffectiveRates::PerMeter{}) {
        document["warnings"].push_back("no rate is listed for this moment");
    }
    return document;
}

Result<Json> priceDocument(const Catalog& catalog, const PriceQuestion& question) {
    auto body = readUsageBody(question.usageJson, nullptr);
    if (!body) {
        return fail(body.error());
    }
    const std::string name = question.who.name.empty() ? body->model : question.who.name;
    const Resolution found = resolveFor(catalog, question.who, name);
    Json document;
    if (!found.offering) {
        document["unpriced"] = found.unpricedReason;
        document["candidates"] = candidatesOf(catalog, found);
        return document;
    }
    body = readUsageBody(question.usageJson, &catalog.offering(*found.offering));
    if (!body) {
        return fail(body.error());
    }
    const auto pick = [](const std::string& a, const std::string& b, const std::string& c) {
        return !a.empty() ? a : !b.empty() ? b : c;
    };
    const std::string tier = pick(question.serviceTier, body->serviceTier, found.serviceTier);
    const std::string region = pick(question.region, body->region, found.region);
    const auto bill =
        catalog.price(*found.offering, body->usage, {question.who.at, tier, region, !question.who.dayOnly});
    if (!bill) {
        return fail(bill.error());
    }
    const std::string key = costKey(bill->currency);
    document[key] = formatScaledDecimal(bill->total.pico(), 0);
    document["cost"] = bill->total.toString();
    document["currency"] = bill->currency;
    document["complete"] = bill->complete();
    document["lines"] = Json::array();
    for (const auto& line : bill->lines) {
        document["lines"].push_back({{"meter", meterName(line.meter)},
                                     {"quantity", line.quantity},
                                     {"ratePerMillion", line.rate.perMillion()},
                                     {key, formatScaledDecimal(line.cost.pico(), 0)}});
    }
    describeOffering(document, catalog, found, question.who.at);
    document["usageDialect"] = body->dialect;
    Json warnings = Json::array();
    for (const auto& list : {body->warnings, bill->warnings}) {
        for (const auto& warning : list) {
            warnings.push_back(warning);
        }
    }
    document["warnings"] = std::move(warnings);
    return document;
}

}  // namespace tierwise::project
