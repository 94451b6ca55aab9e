// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>

#include "core/catalog/catalog_data.h"

namespace tierwise::catalog {

namespace {

using Json = nlohmann::ordered_json;

std::string whole(Timestamp at) {
    return at.nanos() % (86400LL * 1'000'000'000) == 0 ? at.toIsoDate() : at.toIso();
}

void putText(Json& object, const char* key, const std::string& text) {
    if (!text.empty()) {
        object[key] = text;
    }
}

template <typename T>
void putOptional(Json& object, const char* key, const std::optional<T>& value) {
    if (value) {
        object[key] = *value;
    }
}

void putDate(Json& object, const char* key, const std::optional<Timestamp>& at) {
    if (at) {
        object[key] = whole(*at);
    }
}

Json jsonOf(const Evidence& evidence) {
    Json object;
    object["url"] = evidence.url;
    putText(object, "checked", evidence.dateChecked);
    object["confidence"] = confidenceName(evidence.confidence);
    putText(object, "note", evidence.note);
    return object;
}

Json jsonOf(const UsageConvention& convention) {
    Json object;
    object["cacheInsideInput"] = convention.cacheInsideInput;
    object["reasoningInsideOutput"] = convention.reasoningInsideOutput;
    return object;
}

Json jsonOf(const Provider& provider) {
    Json object;
    object["id"] = provider.id;
    putText(object, "name", provider.name);
    putText(object, "jurisdiction", provider.jurisdiction);
    if (!provider.aliases.empty()) {
        object["aliases"] = provider.aliases;
    }
    if (!provider.hosts.empty()) {
        object["hosts"] = provider.hosts;
    }
    if (!provider.authors.empty()) {
        object["authors"] = provider.authors;
    }
    if (!provider.listPriceOf.empty()) {
        object["listPriceOf"] = provider.listPriceOf;
    }
    if (provider.convention != UsageConvention{}) {
        object["convention"] = jsonOf(provider.convention);
    }
    if (provider.gateway) {
        object["gateway"] = true;
    }
    if (provider.local) {
        object["local"] = true;
    }
    return object;
}

Json jsonOf(const Range& range) {
    return Json{{"low", range.low}, {"mid", range.mid}, {"high", range.high}};
}

Json jsonOf(const Model& model) {
    Json object;
    object["id"] = model.id;
    putText(object, "name", model.name);
    putText(object, "author", model.author);
    putText(object, "origin", model.origin);
    putText(object, "family", model.family);
    putText(object, "licence", model.licence);
    putText(object, "tokenizer", model.tokenizerFamily);
    putText(object, "released", model.released);
    putOptional(object, "openWeights", model.openWeights);
    putOptional(object, "reasons", model.reasons);
    putOptional(object, "context", model.contextTokens);
    putOptional(object, "maxOutput", model.maxOutputTokens);
    putOptional(object, "parametersB", model.totalParametersB);
    putOptional(object, "activeB", model.activeParametersB);
    if (model.kv) {
        object["kv"]["attentionLayers"] = model.kv->attentionLayers;
        object["kv"]["kvHeads"] = model.kv->kvHeads;
        object["kv"]["headSize"] = model.kv->headSize;
        if (model.kv->latentSize > 0) {
            object["kv"]["latentSize"] = model.kv->latentSize;
        }
    }
    if (model.reasoningMultiplierEasy) {
        object["reasoningEasy"] = jsonOf(*model.reasoningMultiplierEasy);
    }
    if (model.reasoningMultiplierHard) {
        object["reasoningHard"] = jsonOf(*model.reasoningMultiplierHard);
    }
    for (const auto& score : model.scores) {
        Json item{{"benchmark", score.benchmark}, {"value", score.value}};
        putText(item, "source", score.source);
        putText(item, "date", score.date);
        object["scores"].push_back(std::move(item));
    }
    if (!model.factEvidence.empty()) {
        object["evidence"] = model.factEvidence;
    }
    return object;
}

std::string clock(int minute) {
    std::string text = "00:00";
    text[0] = static_cast<char>('0' + minute / 600);
    text[1] = static_cast<char>('0' + minute / 60 % 10);
    text[3] = static_cast<char>('0' + minute % 60 / 10);
    text[4] = static_cast<char>('0' + minute % 10);
    return text;
}

Json jsonOf(const Conditions& when) {
    Json object;
    putText(object, "tier", when.serviceTier);
    putText(object, "region", when.region);
    putOptional(object, "promptAbove", when.promptAbove);
    putOptional(object, "promptUpTo", when.promptUpTo);
    if (when.window) {
        Json& window = object["window"];
        window["zone"] = when.window->zone;
        for (const auto& [from, to] : when.window->ranges) {
            window["hours"].push_back(clock(from) + "-" + clock(to));
        }
        if (when.window->weekdays != 0x7f) {
            for (int day = 0; day < 7; ++day) {
                if (((when.window->weekdays >> day) & 1) != 0) {
                    window["days"].push_back(day + 1);
                }
            }
        }
    }
    return object;
}

Json jsonOf(const RateCard& card) {
    Json object;
    putDate(object, "from", card.from);
    putDate(object, "to", card.to);
    if (card.when != Conditions{}) {
        object["when"] = jsonOf(card.when);
    }
    Json rates = Json::object();
    for (const auto& [meter, rate] : card.rates) {
        rates[std::string(meterName(meter))] = rate.perMillion();
    }
    object["rates"] = std::move(rates);
    object["evidence"] = card.evidence;
    return object;
}

Json jsonOf(const Offering& offering, const CatalogData& data, const Provider* provider) {
    const auto modelId = [&](ModelIndex index) { return data.models[static_cast<std::size_t>(index.value())].id; };
    Json object;
    object["provider"] = offering.provider;
    object["id"] = offering.id;
    object["model"] = modelId(offering.model);
    for (const auto& period : offering.formerly) {
        Json item{{"model", modelId(period.model)}};
        putDate(item, "from", period.from);
        putDate(item, "to", period.to);
        object["formerly"].push_back(std::move(item));
    }
    if (offering.currency != "USD") {
        object["currency"] = offering.currency;
    }
    for (const auto& alias : offering.aliases) {
        if (!alias.from && !alias.to) {
            object["aliases"].push_back(alias.text);
            continue;
        }
        Json item{{"name", alias.text}};
        putDate(item, "from", alias.from);
        putDate(item, "to", alias.to);
        object["aliases"].push_back(std::move(item));
    }
    if (provider != nullptr && offering.convention != provider->convention) {
        object["convention"] = jsonOf(offering.convention);
    }
    putOptional(object, "context", offering.contextTokens);
    putText(object, "retired", offering.retired);
    object["cards"] = Json::array();
    for (const auto& card : offering.cards) {
        object["cards"].push_back(jsonOf(card));
    }
    return object;
}

template <typename List, typename Convert>
void putTable(std::string& text, const char* key, const List& list, Convert convert, bool last = false) {
    text += "\"";
    text += key;
    text += "\":[\n";
    for (std::size_t i = 0; i < list.size(); ++i) {
        text += convert(list[i]).dump(-1, ' ', false, Json::error_handler_t::replace);
        text += i + 1 < list.size() ? ",\n" : "\n";
    }
    text += last ? "]\n" : "],\n";
}

}  // namespace

std::string writeCatalogJson(const CatalogData& data) {
    std::string text = "{\"format\":\"tierwise-catalog\",\"version\":1,\n";
    if (!data.tiers.rules.empty()) {
        text += "\"tiers\":[\n" + writeTierRules(data.tiers) + "],\n";
    }
    text += "\"title\":" + Json(data.title).dump(-1, ' ', false, Json::error_handler_t::replace) + ",\n";
    text += "\"date\":\"" + whole(data.date) + "\",\n";
    const auto convert = [](const auto& item) { return jsonOf(item); };
    putTable(text, "evidence", data.evidence, convert);
    putTable(text, "providers", data.providers, convert);
    putTable(text, "models", data.models, convert);
    putTable(
        text, "offerings", data.offerings,
        [&](const Offering& offering) {
            const Provider* owner = nullptr;
            for (const auto& provider : data.providers) {
                owner = provider.id == offering.provider ? &provider : owner;
            }
            return jsonOf(offering, data, owner);
        },
        true);
    text += "}\n";
    return text;
}

}  // namespace tierwise::catalog
