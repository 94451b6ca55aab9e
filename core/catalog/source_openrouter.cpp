// SPDX-License-Identifier: GPL-3.0-or-later
// OpenRouter's /api/v1/models: {"data": [{"id", "canonical_slug", "pricing": {"prompt": "0.000002", ...},
// "pricing.overrides": [{"min_prompt_tokens"...}]}]}, prices in dollars a token as strings; "-1" means it varies.
#include <algorithm>
#include <map>

#include "core/catalog/source_reader.h"

namespace tierwise::catalog {

namespace {

std::optional<Meter> priceMeter(std::string_view key) {
    static const std::map<std::string_view, Meter> kMeters = {
        {"prompt", Meter::input},
        {"completion", Meter::output},
        {"input_cache_read", Meter::cacheRead},
        {"input_cache_write", Meter::cacheWrite5m},
        {"input_cache_write_1h", Meter::cacheWrite1h},
        {"request", Meter::request},
        {"web_search", Meter::webSearch},
        {"audio", Meter::inputAudio},
        {"input_audio_cache", Meter::cacheReadAudio},
        {"audio_output", Meter::outputAudio},
        {"image_output", Meter::outputImage},
        {"internal_reasoning", Meter::reasoning},
    };
    const auto found = kMeters.find(key);
    return found == kMeters.end() ? std::nullopt : std::optional<Meter>(found->second);
}

class Reader {
public:
    explicit Reader(SourceTable& table) : m_table(table), m_prices(table) {}

    void row(JsonObject object) {
        m_prices.clear();
        SourceOffering found;
        found.provider = "openrouter";
        m_varies = false;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            fact(found, key, field.value());
        }
        if (const auto slash = found.id.find('/'); slash != std::string::npos) {
            found.author =
                found.id.substr(found.id.starts_with('~') ? 1 : 0, slash - (found.id.starts_with('~') ? 1 : 0));
        }
        if (m_varies) {
            m_prices.refuse("its price varies with the model it routes to");
        }
        if (found.id.empty()) {
            m_prices.refuse("no id");
        }
        if (!m_prices.reason().empty()) {
            m_table.quarantined.push_back({"openrouter", found.id, m_prices.reason()});
            return;
        }
        completeCards(found.cards);
        m_table.offerings.push_back(std::move(found));
    }

private:
    void fact(SourceOffering& found, std::string_view key, JsonValue value) {
        if (key == "id") {
            found.id = looseText(value);
        } else if (key == "name") {
            found.name = looseText(value);
        } else if (key == "canonical_slug") {
            if (const auto slug = looseText(value); !slug.empty()) {
                found.aliases.push_back(slug);
            }
        } else if (key == "context_length") {
            found.contextTokens = looseCount(value);
        } else if (key == "expiration_date") {
            found.retired = looseDate(value);
        } else if (key == "pricing") {
            pricing(found, value);
        } else if (key == "alias_target") {
            JsonObject target;
            if (value.get_object().get(target) == simdjson::SUCCESS) {
                for (auto field : target) {
                    const std::string_view word = field.unescaped_key();
                    JsonValue part = field.value();
                    if (word == "slug") {
                        found.aliasTarget = looseText(part);
                    }
                }
            }
        } else if (key == "reasoning") {
            found.reasons = value.type().value() == simdjson::ondemand::json_type::object ? std::optional<bool>(true)
                                                                                          : std::nullopt;
        }
    }

    void pricing(SourceOffering& found, JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        RateCard base;
        std::vector<RateCard> steps;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            if (key == "overrides") {
                simdjson::ondemand::array list;
                if (part.get_array().get(list) == simdjson::SUCCESS) {
                    for (auto element : list) {
                        override(steps, element.value());
                    }
                }
            } else {
                put(base, key, part);
            }
        }
        found.cards = withSteps(std::move(base), std::move(steps));
    }

    void put(RateCard& card, std::string_view key, JsonValue part) {
        const auto meter = priceMeter(key);
        const auto number = meter ? numberText(part) : std::nullopt;
        if (!number) {
            return;
        }
        if (number->starts_with('-')) {
            m_varies = true;
            return;
        }
        m_prices.put(card, *meter, *number, 0);
    }

    void override(std::vector<RateCard>& steps, JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        RateCard card;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            if (key == "min_prompt_tokens" || key == "prompt_tokens_above" || key == "context_length") {
                card.when.promptAbove = looseCount(part);
            } else {
                put(card, key, part);
            }
        }
        steps.push_back(std::move(card));
    }

    SourceTable& m_table;
    PriceReader m_prices;
    bool m_varies = false;
};

}  // namespace

Result<SourceTable> readOpenRouter(std::string_view json, const std::string& source) {
    return readSource(json, source, [](simdjson::ondemand::document& document, SourceTable& table) {
        table.url = "https://openrouter.ai/api/v1/models";
        Reader reader(table);
        const auto rows = [&](simdjson::ondemand::array list) {
            for (auto element : list) {
                reader.row(element.value().get_object());
            }
        };
        if (document.type().value() == simdjson::ondemand::json_type::array) {
            rows(document.get_array());
            return;
        }
        for (auto field : document.get_object()) {
            const std::string_view key = field.unescaped_key();
            JsonValue value = field.value();
            if (key == "data") {
                rows(value.get_array());
            }
        }
    });
}

}  // namespace tierwise::catalog
