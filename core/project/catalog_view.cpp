// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/catalog_view.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/catalog/snapshot_store.h"
#include "core/catalog/user_layer.h"
#include "core/project/catalog_queries.h"
#include "core/project/resources.h"

namespace tierwise::project {

namespace fs = std::filesystem;
using catalog::Catalog;
using catalog::Meter;

namespace {

fs::path ownPricesPath() {
    return catalog::SnapshotStore::defaultFolder() / "own-prices.json";
}

bool isStandard(const catalog::RateCard& card) {
    return card.when.specificity() == 0;
}

// The standard card that holds at a moment.
const catalog::RateCard* cardAt(const catalog::Offering& offering, Timestamp at) {
    for (const catalog::RateCard& card : offering.cards) {
        if (isStandard(card) && (!card.from || *card.from <= at) && (!card.to || at < *card.to)) {
            return &card;
        }
    }
    return nullptr;
}

CatalogLine lineOf(const Catalog& prices, OfferingIndex index) {
    const catalog::Offering& offering = prices.offering(index);
    CatalogLine line;
    line.offering = index;
    line.key = offering.key();
    line.currency = offering.currency;
    line.retired = offering.retired;
    line.tier = prices.tierOf(index);
    line.contextTokens = offering.contextTokens;
    if (const auto* provider = prices.provider(offering.provider)) {
        line.host = provider->name;
        line.jurisdiction = provider->jurisdiction;
    }
    if (offering.model.value() >= 0) {
        const catalog::Model& model = prices.model(offering.model);
        line.model = model.name;
        line.author = model.author;
        line.licence = model.licence;
        line.released = model.released;
        line.openWeights = model.openWeights.value_or(false);
        line.tierReason = prices.tierReason(offering.model);
        line.mainOffering = prices.mainOffering(offering.model) == index;
        if (!line.contextTokens) {
            line.contextTokens = model.contextTokens;
        }
    }
    if (const auto* card = cardAt(offering, prices.date())) {
        line.input = card->rate(Meter::input);
        line.output = card->rate(Meter::output);
        line.cacheRead = card->rate(Meter::cacheRead);
        if (card->evidence >= 0) {
            const auto& evidence = prices.evidence()[static_cast<std::size_t>(card->evidence)];
            line.evidenceUrl = evidence.url;
            line.evidenceDate = evidence.dateChecked;
            line.confidence = std::string(catalog::confidenceName(evidence.confidence));
            line.ownPrice = evidence.confidence == catalog::Confidence::user;
        }
    }
    return line;
}

Result<Rate> rateOf(const std::string& text, const char* what) {
    auto rate = Rate::parsePerMillion(text);
    if (!rate) {
        return fail(ErrorCode::invalidArgument, std::string("the ") + what + " price '" + text + "' is no price",
                    "Write dollars per million tokens, as 0.44, with at most six decimals.");
    }
    return rate;
}

// Takes out the user's offering of that name.
bool dropOffering(catalog::CatalogData& layer, const std::string& key) {
    return std::erase_if(layer.offerings, [&](const auto& offering) { return offering.key() == key; }) > 0;
}

}  // namespace

Result<Catalog> catalogInUse() {
    auto shipped = openCatalog();
    if (!shipped) {
        return shipped;
    }
    const auto path = resourcePath("catalog/catalog.json");
    if (!path) {
        return fail(path.error());
    }
    const catalog::SnapshotStore store(catalog::SnapshotStore::defaultFolder());
    auto chosen = store.currentHash();
    if (!chosen) {
        return fail(chosen.error());
    }
    Catalog inUse = std::move(*shipped);
    const catalog::TierRules rules = inUse.tierRules();
    if (*chosen) {
        auto current = store.current(*path);
        if (!current) {
            return current;
        }
        inUse = std::move(*current);
        inUse.setTierRules(rules);
    }
    auto layer = catalog::loadUserLayer(ownPricesPath());
    if (!layer) {
        return fail(layer.error());
    }
    if (layer->offerings.empty()) {
        return inUse;
    }
    auto priced = catalog::withUserLayer(inUse, *layer);
    if (priced) {
        priced->setTierRules(rules);
    }
    return priced;
}

std::vector<CatalogLine> catalogLines(const Catalog& prices) {
    std::vector<CatalogLine> lines;
    lines.reserve(prices.offerings().size());
    for (std::size_t i = 0; i < prices.offerings().size(); ++i) {
        lines.push_back(lineOf(prices, OfferingIndex(static_cast<std::int32_t>(i))));
    }
    return lines;
}

std::vector<PriceStep> priceHistory(const Catalog& prices, OfferingIndex index, Meter meter) {
    const catalog::Offering& offering = prices.offering(index);
    std::set<Timestamp> moments;
    for (const catalog::RateCard& card : offering.cards) {
        if (isStandard(card)) {
            if (card.from) {
                moments.insert(*card.from);
            }
            if (card.to) {
                moments.insert(*card.to);
            }
        }
    }
    // A price without a start is shown from the model's release on, or as of the catalog's date.
    Timestamp start = prices.date();
    if (offering.model.value() >= 0) {
        if (const auto released = Timestamp::parseIso(prices.model(offering.model).released)) {
            start = *released;
        }
    }
    moments.insert(moments.empty() ? start : std::min(start, *moments.begin()));
    std::vector<PriceStep> steps;
    for (const Timestamp moment : moments) {
        const auto* card = cardAt(offering, moment);
        const auto value = card == nullptr ? std::nullopt : card->rate(meter);
        if (steps.empty() ? value.has_value() : steps.back().value != value) {
            steps.push_back({moment, value});
        }
    }
    return steps;
}

std::array<std::vector<PriceStep>, 4> floorByTier(const Catalog& prices) {
    struct Change {
        std::size_t offering;
        std::optional<Rate> value;
    };
    std::array<std::multimap<Timestamp, Change>, 4> changes;
    for (std::size_t i = 0; i < prices.offerings().size(); ++i) {
        const OfferingIndex index(static_cast<std::int32_t>(i));
        const catalog::Offering& offering = prices.offering(index);
        if (offering.local || offering.currency != "USD") {
            continue;
        }
        for (const PriceStep& step : priceHistory(prices, index, Meter::output)) {
            const bool free = step.value && step.value->picoPerUnit() == 0;
            changes[static_cast<std::size_t>(prices.tierOf(index))].emplace(
                step.from, Change{i, free ? std::nullopt : step.value});
        }
    }
    std::array<std::vector<PriceStep>, 4> floors;
    for (std::size_t tier = 0; tier < floors.size(); ++tier) {
        std::map<std::size_t, Rate> now;
        for (auto at = changes[tier].begin(); at != changes[tier].end();) {
            const Timestamp moment = at->first;
            for (; at != changes[tier].end() && at->first == moment; ++at) {
                if (at->second.value) {
                    now[at->second.offering] = *at->second.value;
                } else {
                    now.erase(at->second.offering);
                }
            }
            const auto least = std::min_element(now.begin(), now.end(),
                                                [](const auto& a, const auto& b) { return a.second < b.second; });
            const auto value = least == now.end() ? std::nullopt : std::optional(least->second);
            if (floors[tier].empty() || floors[tier].back().value != value) {
                floors[tier].push_back({moment, value});
            }
        }
    }
    return floors;
}

Result<std::string> ownPricesText() {
    const fs::path path = ownPricesPath();
    std::error_code ignored;
    if (!fs::exists(path, ignored)) {
        return std::string();
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
        return fail(ErrorCode::io, "your own prices cannot be read", "Check the file's permissions.", path.string());
    }
    return text.str();
}

Result<void> putOwnPricesText(const std::string& text) {
    std::error_code problem;
    if (text.empty()) {
        fs::remove(ownPricesPath(), problem);
        return {};
    }
    auto layer = catalog::readCatalogJson(text, ownPricesPath().string());
    if (!layer) {
        return fail(layer.error());
    }
    return catalog::saveUserLayer(*layer, ownPricesPath());
}

Result<void> setOwnPrice(const Catalog& prices, const OwnPrice& price) {
    const auto found = prices.findOffering(price.offering);
    if (!found) {
        return fail(ErrorCode::notFound, "the catalog has no offering '" + price.offering + "'",
                    "Choose one from the list.");
    }
    auto layer = catalog::loadUserLayer(ownPricesPath());
    if (!layer) {
        return fail(layer.error());
    }
    const auto input = rateOf(price.input, "input");
    const auto output = rateOf(price.output, "output");
    if (!input || !output) {
        return fail(input ? output.error() : input.error());
    }
    dropOffering(*layer, price.offering);
    catalog::Offering own = prices.offering(*found);
    const auto provider = std::find_if(layer->providers.begin(), layer->providers.end(),
                                       [&](const auto& known) { return known.id == own.provider; });
    if (provider == layer->providers.end()) {
        layer->providers.push_back(*prices.provider(own.provider));
    }
    const catalog::Model& model = prices.model(own.model);
    auto known = std::find_if(layer->models.begin(), layer->models.end(),
                              [&](const auto& other) { return other.id == model.id; });
    if (known == layer->models.end()) {
        layer->models.push_back(model);
        layer->models.back().factEvidence.clear();
        known = layer->models.end() - 1;
    }
    layer->evidence.push_back({"", prices.date().toIsoDate(), catalog::Confidence::user, price.note});
    own.model = ModelIndex(static_cast<std::int32_t>(known - layer->models.begin()));
    own.formerly.clear();
    own.aliases.clear();
    catalog::RateCard card;
    card.from = price.from;
    card.evidence = static_cast<std::int32_t>(layer->evidence.size()) - 1;
    card.rates = {{Meter::input, *input}, {Meter::output, *output}};
    if (!price.cacheRead.empty()) {
        const auto cached = rateOf(price.cacheRead, "cached input");
        if (!cached) {
            return fail(cached.error());
        }
        card.rates.push_back({Meter::cacheRead, *cached});
    }
    own.cards = {card};
    layer->offerings.push_back(own);
    if (layer->title.empty()) {
        layer->title = "Own prices";
        layer->date = prices.date();
    }
    return catalog::saveUserLayer(*layer, ownPricesPath());
}

Result<void> removeOwnPrice(const std::string& offering) {
    auto layer = catalog::loadUserLayer(ownPricesPath());
    if (!layer) {
        return fail(layer.error());
    }
    if (!dropOffering(*layer, offering)) {
        return fail(ErrorCode::notFound, "'" + offering + "' has no price of your own", "Nothing is to be removed.");
    }
    return catalog::saveUserLayer(*layer, ownPricesPath());
}

}  // namespace tierwise::project
