// SPDX-License-Identifier: GPL-3.0-or-later
// models.dev's api.json: {"provider": {"id", "name", "models": {"id": {"cost": {"input", ...}, "limit": ...}}}}, prices
// in dollars a million tokens, long-context prices in cost.tiers; and its provider-neutral facts with benchmark scores.
#include <algorithm>
#include <map>

#include "core/catalog/source_reader.h"

namespace tierwise::catalog {

namespace {

std::optional<Meter> costMeter(std::string_view key) {
    static const std::map<std::string_view, Meter> kMeters = {
        {"input", Meter::input},
        {"output", Meter::output},
        {"cache_read", Meter::cacheRead},
        {"cache_input", Meter::cacheRead},
        {"cached_input", Meter::cacheRead},
        {"cache_write", Meter::cacheWrite5m},
        {"cached_write", Meter::cacheWrite5m},
        {"input_audio", Meter::inputAudio},
        {"output_audio", Meter::outputAudio},
        {"reasoning", Meter::reasoning},
        {"citation", Meter::citation},
    };
    const auto found = kMeters.find(key);
    return found == kMeters.end() ? std::nullopt : std::optional<Meter>(found->second);
}

class Reader {
public:
    explicit Reader(SourceTable& table) : m_table(table), m_prices(table) {}

    void provider(JsonObject object, const std::string& key) {
        SourceProvider found;
        found.id = key;
        for (auto field : object) {
            const std::string_view word = field.unescaped_key();
            JsonValue value = field.value();
            if (word == "name") {
                found.name = looseText(value);
            } else if (word == "models") {
                for (auto model : value.get_object()) {
                    const std::string id(std::string_view(model.unescaped_key()));
                    row(key, id, model.value());
                }
            }
        }
        m_table.providers.push_back(std::move(found));
    }

    void row(const std::string& provider, const std::string& id, JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            m_table.quarantined.push_back({"models.dev", provider + "/" + id, "not an object"});
            return;
        }
        m_prices.clear();
        SourceOffering found;
        found.provider = provider;
        found.id = id;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            fact(found, key, field.value());
        }
        if (!m_prices.reason().empty()) {
            m_table.quarantined.push_back({"models.dev", provider + "/" + id, m_prices.reason()});
            return;
        }
        completeCards(found.cards);
        m_table.offerings.push_back(std::move(found));
    }

private:
    void fact(SourceOffering& found, std::string_view key, JsonValue value) {
        if (key == "name") {
            found.name = looseText(value);
        } else if (key == "family") {
            found.family = looseText(value);
        } else if (key == "release_date") {
            found.released = looseDate(value);
        } else if (key == "base_model") {
            found.baseModel = looseText(value);
        } else if (key == "license") {
            found.licence = looseText(value);
        } else if (key == "open_weights") {
            found.openWeights = looseFlag(value);
        } else if (key == "reasoning") {
            found.reasons = looseFlag(value);
        } else if (key == "limit") {
            limits(found, value);
        } else if (key == "cost") {
            cost(found, value);
        } else if (key == "benchmarks") {
            benchmarks(found, value);
        }
    }

    static void limits(SourceOffering& found, JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            if (key == "context") {
                found.contextTokens = looseCount(part);
            } else if (key == "output") {
                found.maxOutputTokens = looseCount(part);
            }
        }
    }

    void cost(SourceOffering& found, JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        RateCard base;
        std::vector<RateCard> steps;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            if (const auto meter = costMeter(key)) {
                put(base, *meter, part);
            } else if (key == "context_over_200k") {
                overBound(steps, part, 200'000);
            } else if (key == "tiers") {
                simdjson::ondemand::array list;
                if (part.get_array().get(list) == simdjson::SUCCESS) {
                    for (auto element : list) {
                        step(steps, element.value());
                    }
                }
            }
        }
        found.cards = withSteps(std::move(base), std::move(steps));
    }

    void put(RateCard& card, Meter meter, JsonValue part) {
        if (const auto number = numberText(part)) {
            m_prices.put(card, meter, *number, 6);
        }
    }

    /// The older way to write one long-context price. The list repeats it among the tiers.
    void overBound(std::vector<RateCard>& steps, JsonValue value, std::int64_t bound) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        RateCard card;
        card.when.promptAbove = bound;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            if (const auto meter = costMeter(key)) {
                put(card, *meter, part);
            }
        }
        steps.push_back(std::move(card));
    }

    void step(std::vector<RateCard>& steps, JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        RateCard card;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            if (const auto meter = costMeter(key)) {
                put(card, *meter, part);
            } else if (key == "tier") {
                JsonObject bound;
                if (part.get_object().get(bound) == simdjson::SUCCESS) {
                    for (auto each : bound) {
                        const std::string_view word = each.unescaped_key();
                        JsonValue size = each.value();
                        if (word == "size") {
                            card.when.promptAbove = looseCount(size);
                        }
                    }
                }
            }
        }
        steps.push_back(std::move(card));
    }

    static void benchmarks(SourceOffering& found, JsonValue value) {
        simdjson::ondemand::array list;
        if (value.get_array().get(list) != simdjson::SUCCESS) {
            return;
        }
        for (auto element : list) {
            CapabilityScore score;
            bool known = false;
            for (auto field : element.value().get_object()) {
                const std::string_view key = field.unescaped_key();
                JsonValue part = field.value();
                if (key == "name") {
                    score.benchmark = looseText(part);
                } else if (key == "score") {
                    known = part.get_double().get(score.value) == simdjson::SUCCESS;
                } else if (key == "source") {
                    score.source = looseText(part);
                } else if (key == "date") {
                    score.date = looseDate(part);
                }
            }
            if (known && !score.benchmark.empty()) {
                found.scores.push_back(std::move(score));
            }
        }
    }

    SourceTable& m_table;
    PriceReader m_prices;
};

}  // namespace

Result<SourceTable> readModelsDev(std::string_view json, const std::string& source) {
    return readSource(json, source, [](simdjson::ondemand::document& document, SourceTable& table) {
        table.url = "https://models.dev/api.json";
        Reader reader(table);
        for (auto field : document.get_object()) {
            const std::string key(std::string_view(field.unescaped_key()));
            reader.provider(field.value().get_object(), key);
        }
    });
}

Result<SourceTable> readModelsDevFacts(std::string_view json, const std::string& source) {
    return readSource(json, source, [](simdjson::ondemand::document& document, SourceTable& table) {
        table.url = "https://models.dev";
        Reader reader(table);
        for (auto field : document.get_object()) {
            const std::string key(std::string_view(field.unescaped_key()));
            reader.row("", key, field.value());
        }
    });
}

}  // namespace tierwise::catalog
