// SPDX-License-Identifier: GPL-3.0-or-later
// LiteLLM's model_prices_and_context_window.json: {"provider/model": {"litellm_provider", "input_cost_per_token",
// ...}}. Known faults: float noise, keys nobody documents, the sample entry, prices a million times off. The suffixes
// of a price key are conditions: _batches, _flex, _priority, _above_200k_tokens (the whole request), _above_1hr (cache
// writes).
#include <map>

#include <fmt/format.h>

#include "core/catalog/source_reader.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

struct PriceKey {
    Meter meter = Meter::input;
    std::string tier;
    std::optional<std::int64_t> above;
    int unitsExponent = 0;
};

std::optional<PriceKey> priceKey(std::string_view key) {
    PriceKey found;
    bool oneHour = false;
    const auto cut = [&](std::string_view suffix) {
        if (key.ends_with(suffix)) {
            key.remove_suffix(suffix.size());
            return true;
        }
        return false;
    };
    for (bool again = true; again;) {
        again = true;
        if (cut("_batches")) {
            found.tier = "batch";
        } else if (cut("_flex")) {
            found.tier = "flex";
        } else if (cut("_priority")) {
            found.tier = "priority";
        } else if (cut("_above_1hr")) {
            oneHour = true;
        } else if (const auto at = key.rfind("_above_"); at != std::string_view::npos && key.ends_with("k_tokens")) {
            const auto digits = key.substr(at + 7, key.size() - at - 7 - 8);
            if (!isDigits(digits) || digits.size() > 6) {
                return {};
            }
            found.above = std::stoll(std::string(digits)) * 1000;
            key = key.substr(0, at);
        } else {
            again = false;
        }
    }
    static const std::map<std::string_view, Meter> kMeters = {
        {"input_cost_per_token", Meter::input},
        {"output_cost_per_token", Meter::output},
        {"cache_read_input_token_cost", Meter::cacheRead},
        {"input_cost_per_token_cache_hit", Meter::cacheRead},
        {"cache_creation_input_token_cost", Meter::cacheWrite5m},
        {"input_cost_per_audio_token", Meter::inputAudio},
        {"output_cost_per_audio_token", Meter::outputAudio},
        {"cache_read_input_audio_token_cost", Meter::cacheReadAudio},
        {"input_cost_per_image_token", Meter::inputImage},
        {"output_cost_per_image_token", Meter::outputImage},
        {"output_cost_per_reasoning_token", Meter::reasoning},
        {"citation_cost_per_token", Meter::citation},
        {"input_cost_per_request", Meter::request},
    };
    const auto meter = kMeters.find(key);
    if (meter == kMeters.end()) {
        return {};
    }
    found.meter = oneHour && meter->second == Meter::cacheWrite5m ? Meter::cacheWrite1h : meter->second;
    return found;
}

class Reader {
public:
    explicit Reader(SourceTable& table) : m_table(table), m_prices(table) {}

    void entry(const std::string& key, JsonObject object) {
        m_prices.clear();
        m_cards.clear();
        m_row = SourceOffering{};
        std::string mode;
        for (auto field : object) {
            const std::string name(std::string_view(field.unescaped_key()));
            JsonValue value = field.value();
            if (name == "litellm_provider") {
                m_row.provider = looseText(value);
            } else if (name == "mode") {
                mode = looseText(value);
            } else {
                fact(name, value);
            }
        }
        m_row.id = key;
        if (const auto slash = key.find('/'); slash != std::string::npos && sameSeller(key.substr(0, slash))) {
            m_row.id = key.substr(slash + 1);
        }
        m_row.sellsTokens = mode != "image_generation" && mode != "image_edit" && mode != "video_generation" &&
                            mode != "search" && mode != "ocr" && mode != "audio_speech" && mode != "vector_store" &&
                            mode != "audio_transcription" && mode != "rerank";
        finish(key);
    }

private:
    [[nodiscard]] bool sameSeller(const std::string& prefix) const {
        const std::string seller = folded(m_row.provider);
        const std::string mine = folded(prefix);
        return seller == mine || seller.starts_with(mine + "-") || mine.starts_with(seller + "-") ||
               (mine == "bedrock" && seller.starts_with("bedrock")) || (mine == "cohere-chat" && seller == "cohere") ||
               (mine == "vertex-ai" && seller.starts_with("vertex-ai"));
    }

    void fact(const std::string& name, JsonValue value) {
        if (name == "max_input_tokens") {
            m_row.contextTokens = looseCount(value);
        } else if (name == "max_output_tokens") {
            m_row.maxOutputTokens = looseCount(value);
        } else if (name == "deprecation_date") {
            m_row.retired = looseDate(value);
        } else if (name == "supports_reasoning") {
            m_row.reasons = looseFlag(value);
        } else if (name == "tiered_pricing") {
            tiered(value);
        } else if (name == "search_context_cost_per_query") {
            search(value);
        } else if (name == "provider_specific_entry") {
            factors(value);
        } else if (const auto key = priceKey(name)) {
            if (const auto number = numberText(value)) {
                RateCard& card = cardFor(key->tier, key->above);
                m_prices.put(card, key->meter, *number, 0);
            }
        }
    }

    RateCard& cardFor(const std::string& tier, std::optional<std::int64_t> above) {
        Conditions when;
        when.serviceTier = tier;
        when.promptAbove = above;
        for (auto& card : m_cards) {
            if (card.when == when) {
                return card;
            }
        }
        m_cards.emplace_back();
        m_cards.back().when = when;
        return m_cards.back();
    }

    void search(JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        for (auto field : object) {
            const std::string name(std::string_view(field.unescaped_key()));
            JsonValue price = field.value();
            if (name == "search_context_size_medium") {
                if (const auto number = numberText(price)) {
                    m_prices.put(cardFor({}, {}), Meter::webSearch, *number, 0);
                }
            }
        }
    }

    /// {"us": 1.1, "fast": 6.0}: what a region or a tier costs, times the standard price.
    void factors(JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        for (auto field : object) {
            const std::string name(std::string_view(field.unescaped_key()));
            JsonValue part = field.value();
            const auto number = numberText(part);
            const auto factor = number ? parseFactor(*number) : std::nullopt;
            if (factor && name == "fast") {
                m_row.factors.push_back({name, {}, *factor});
            } else if (factor && (name == "us" || name == "eu")) {
                m_row.factors.insert(m_row.factors.begin(), {{}, name, *factor});  // regions of a tier come with it
            }
        }
    }

    void tiered(JsonValue value) {
        simdjson::ondemand::array steps;
        if (value.get_array().get(steps) != simdjson::SUCCESS) {
            return;
        }
        for (auto element : steps) {
            JsonValue item = element.value();
            JsonObject step;
            if (item.get_object().get(step) != simdjson::SUCCESS) {
                continue;
            }
            RateCard card;
            for (auto field : step) {
                const std::string name(std::string_view(field.unescaped_key()));
                JsonValue part = field.value();
                simdjson::ondemand::array range;
                if (name == "range" && part.get_array().get(range) == simdjson::SUCCESS) {
                    std::vector<std::int64_t> bounds;
                    for (auto bound : range) {
                        bounds.push_back(looseCount(bound.value()).value_or(0));
                    }
                    if (!bounds.empty() && bounds[0] > 0) {
                        card.when.promptAbove = bounds[0];
                    }
                } else if (const auto key = priceKey(name); key && !key->above) {
                    if (const auto number = numberText(part)) {
                        m_prices.put(card, key->meter, *number, 0);
                    }
                }
            }
            m_steps.push_back(card);
        }
        // The last step stays in force above its bound; each ends where the next begins.
        for (std::size_t i = 0; i + 1 < m_steps.size(); ++i) {
            if (m_steps[i].when.promptAbove) {
                m_steps[i].when.promptUpTo = m_steps[i + 1].when.promptAbove;
            }
        }
        for (auto& step : m_steps) {
            m_cards.push_back(std::move(step));
        }
        m_steps.clear();
    }

    void finish(const std::string& key) {
        if (key == "sample_spec" || m_row.provider.empty()) {
            return;
        }
        if (!m_prices.reason().empty()) {
            m_table.quarantined.push_back({"litellm", key, m_prices.reason()});
            return;
        }
        // Several long-context bounds: each ends where the next begins.
        for (auto& card : m_cards) {
            for (const auto& other : m_cards) {
                if (card.when.promptAbove && other.when.promptAbove && !card.when.promptUpTo &&
                    other.when.serviceTier == card.when.serviceTier &&
                    *other.when.promptAbove > *card.when.promptAbove) {
                    card.when.promptUpTo = other.when.promptAbove;
                }
            }
        }
        completeCards(m_cards);
        m_row.cards = std::move(m_cards);
        m_cards.clear();
        m_table.offerings.push_back(std::move(m_row));
    }

    SourceTable& m_table;
    PriceReader m_prices;
    SourceOffering m_row;
    std::vector<RateCard> m_cards;
    std::vector<RateCard> m_steps;
};

}  // namespace

Result<SourceTable> readLiteLlm(std::string_view json, const std::string& source) {
    return readSource(json, source, [](simdjson::ondemand::document& document, SourceTable& table) {
        table.url = "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json";
        Reader reader(table);
        JsonObject root = document.get_object();
        for (auto field : root) {
            const std::string key(std::string_view(field.unescaped_key()));
            JsonValue value = field.value();
            JsonObject entry;
            if (value.get_object().get(entry) != simdjson::SUCCESS) {
                table.quarantined.push_back({"litellm", key, "not an object"});
                continue;
            }
            reader.entry(key, entry);
        }
    });
}

}  // namespace tierwise::catalog
