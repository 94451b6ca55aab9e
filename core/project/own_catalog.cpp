// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/own_catalog.h"

#include <algorithm>

#include "core/base/files.h"
#include "core/catalog/user_layer.h"
#include "core/project/catalog_update.h"

namespace tierwise::project {

namespace {

using namespace tierwise::catalog;

constexpr std::int64_t kLargestFile = std::int64_t{16} << 20;

Result<Rate> rateOf(const std::string& text, const char* what) {
    auto rate = Rate::parsePerMillion(text);
    if (!rate) {
        return fail(ErrorCode::invalidArgument, std::string("the ") + what + " price '" + text + "' is no price",
                    "Write dollars per million tokens, as 0.44, with at most six decimals.");
    }
    return rate;
}

/// The rates of an entry; empty where it names none.
Result<std::vector<MeterRate>> ratesOf(const OwnEntry& entry) {
    std::vector<MeterRate> rates;
    if (entry.input.empty() && entry.output.empty() && entry.cacheRead.empty()) {
        return rates;
    }
    struct Part {
        Meter meter;
        const std::string& text;
        const char* what;
        bool needed;
    };
    for (const auto& part :
         {Part{Meter::input, entry.input, "input", true}, Part{Meter::output, entry.output, "output", true},
          Part{Meter::cacheRead, entry.cacheRead, "cached input", false}}) {
        if (part.text.empty() && !part.needed) {
            continue;
        }
        const auto rate = rateOf(part.text, part.what);
        if (!rate) {
            return fail(rate.error());
        }
        rates.push_back({part.meter, *rate});
    }
    return rates;
}

template <typename List, typename Is>
std::size_t indexOrAdd(List& list, Is is, typename List::value_type fresh) {
    const auto found = std::find_if(list.begin(), list.end(), is);
    if (found != list.end()) {
        return static_cast<std::size_t>(found - list.begin());
    }
    list.push_back(std::move(fresh));
    return list.size() - 1;
}

const Offering* offeringIn(const CatalogData& layer, const std::string& key) {
    const auto found = std::find_if(layer.offerings.begin(), layer.offerings.end(),
                                    [&](const Offering& each) { return each.key() == key; });
    return found == layer.offerings.end() ? nullptr : &*found;
}

/// The model an entry is about, as the catalog or the user's file has it; a new one otherwise.
Result<Model> modelOf(const Catalog& catalog, const OwnEntry& entry) {
    if (const auto listed = catalog.findOffering(entry.offering); listed && entry.model.empty()) {
        return catalog.model(catalog.offering(*listed).model);
    }
    if (entry.model.empty()) {
        return fail(ErrorCode::invalidArgument, "the catalog has no offering '" + entry.offering + "'",
                    "Say which model it sells to add it, or choose an offering from the list.");
    }
    if (const auto known = catalog.findModel(entry.model)) {
        return catalog.model(*known);
    }
    Model made;
    made.id = entry.model;
    made.name = entry.model;
    made.author = entry.author;
    return made;
}

Offering offeringOf(const Catalog& catalog, const std::string& key) {
    if (const auto listed = catalog.findOffering(key)) {
        Offering own = catalog.offering(*listed);
        own.aliases.clear();
        own.formerly.clear();
        own.cards.clear();
        own.contextTokens.reset();
        own.retired.clear();
        return own;
    }
    Offering own;
    const auto slash = key.find('/');
    own.provider = key.substr(0, slash);
    own.id = slash == std::string::npos ? std::string() : key.substr(slash + 1);
    return own;
}

/// Takes out all that was said of the offering, and the tier of its model.
bool forget(CatalogData& layer, const std::string& key, const std::string& model) {
    const auto offerings = std::erase_if(layer.offerings, [&](const Offering& each) { return each.key() == key; });
    const auto rules = std::erase_if(layer.tiers.rules, [&](const TierRule& rule) { return rule.model == model; });
    return offerings + rules > 0;
}

}  // namespace

Result<std::optional<OwnEntry>> ownEntry(const std::string& offering, const std::filesystem::path& storeFolder) {
    const auto layer = loadUserLayer(userPricesPath(storeFolder));
    if (!layer) {
        return fail(layer.error());
    }
    const Offering* own = offeringIn(*layer, offering);
    if (own == nullptr) {
        return std::optional<OwnEntry>();
    }
    OwnEntry entry;
    entry.offering = offering;
    entry.contextTokens = own->contextTokens;
    const auto& model = layer->models[static_cast<std::size_t>(own->model.value())];
    entry.model = model.id;
    entry.author = model.author;
    for (const auto& rule : layer->tiers.rules) {
        if (rule.model == model.id) {
            entry.tier = rule.tier;
        }
    }
    if (!own->cards.empty()) {
        const RateCard& card = own->cards.front();
        const auto text = [&](Meter meter) {
            const auto rate = card.rate(meter);
            return rate ? rate->perMillion() : std::string();
        };
        entry.input = text(Meter::input);
        entry.output = text(Meter::output);
        entry.cacheRead = text(Meter::cacheRead);
        entry.from = card.from;
        entry.note = layer->evidence[static_cast<std::size_t>(card.evidence)].note;
    }
    return std::optional<OwnEntry>(std::move(entry));
}

Result<void> setOwnEntry(const Catalog& catalog, const OwnEntry& entry, const std::filesystem::path& storeFolder) {
    const auto rates = ratesOf(entry);
    if (!rates) {
        return fail(rates.error());
    }
    const bool listed = catalog.findOffering(entry.offering).has_value();
    Offering own = offeringOf(catalog, entry.offering);
    if (own.provider.empty() || own.id.empty()) {
        return fail(ErrorCode::invalidArgument, "'" + entry.offering + "' is no offering",
                    "Write provider/name, as acme/our-model.");
    }
    if (rates->empty() && (!listed || (!entry.contextTokens && !entry.tier))) {
        return fail(ErrorCode::invalidArgument, "nothing is said of " + entry.offering,
                    listed ? "Give prices, a context or a tier." : "Give its input and output price.");
    }
    const auto model = modelOf(catalog, entry);
    auto layer = loadUserLayer(userPricesPath(storeFolder));
    if (!model || !layer) {
        return fail(model ? layer.error() : model.error());
    }
    forget(*layer, entry.offering, model->id);
    Provider seller;
    seller.id = seller.name = own.provider;
    const Provider* known = catalog.provider(own.provider);
    indexOrAdd(
        layer->providers, [&](const Provider& each) { return each.id == own.provider; },
        known == nullptr ? seller : *known);
    const auto index = indexOrAdd(
        layer->models, [&](const Model& each) { return each.id == model->id; }, *model);
    layer->models[index].factEvidence.clear();
    own.model = ModelIndex(static_cast<std::int32_t>(index));
    own.contextTokens = entry.contextTokens;
    if (!rates->empty()) {
        layer->evidence.push_back({"", catalog.date().toIsoDate(), Confidence::user, entry.note});
        RateCard card;
        card.from = entry.from;
        card.rates = *rates;
        card.evidence = static_cast<std::int32_t>(layer->evidence.size() - 1);
        own.cards = {card};
    }
    layer->offerings.push_back(std::move(own));
    if (entry.tier) {
        TierRule rule;
        rule.tier = *entry.tier;
        rule.model = model->id;
        rule.why = "your own assignment";
        layer->tiers.rules.push_back(std::move(rule));
    }
    if (layer->title.empty()) {
        layer->title = "Own prices";
        layer->date = catalog.date();
    }
    return saveUserLayer(*layer, userPricesPath(storeFolder));
}

Result<void> removeOwnEntry(const Catalog& catalog, const std::string& offering,
                            const std::filesystem::path& storeFolder) {
    auto layer = loadUserLayer(userPricesPath(storeFolder));
    if (!layer) {
        return fail(layer.error());
    }
    const auto listed = catalog.findOffering(offering);
    const std::string model = listed ? catalog.model(catalog.offering(*listed).model).id : std::string("-");
    if (!forget(*layer, offering, model)) {
        return fail(ErrorCode::notFound, "there is nothing of your own about '" + offering + "'",
                    "Nothing is to be removed.");
    }
    return saveUserLayer(*layer, userPricesPath(storeFolder));
}

Result<std::string> ownCatalogText(const std::filesystem::path& storeFolder) {
    const auto path = userPricesPath(storeFolder);
    std::error_code ignored;
    return std::filesystem::exists(path, ignored) ? readFile(path, kLargestFile) : Result<std::string>(std::string());
}

Result<void> putOwnCatalogText(const std::string& text, const std::filesystem::path& storeFolder) {
    const auto path = userPricesPath(storeFolder);
    if (text.empty()) {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        return {};
    }
    const auto layer = readCatalogJson(text, path.string());
    return layer ? saveUserLayer(*layer, path) : Result<void>(fail(layer.error()));
}

}  // namespace tierwise::project
