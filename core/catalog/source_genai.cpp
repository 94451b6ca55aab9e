// SPDX-License-Identifier: GPL-3.0-or-later
// genai-prices' data (version 2): [{"id", "name", "models": [{"id", "match", "prices"}]}]. A price is dollars a million
// tokens, or {"base", "tiers": [{"start", "price"}]} where the whole request takes the tier it exceeds. Prices may be a
// list whose later entries hold under a constraint (start_date, or start_time..end_time of the day in UTC).
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/catalog/source_reader.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

struct PriceName {
    Meter meter;
    int unitsExponent;
};

std::optional<PriceName> priceName(std::string_view key) {
    static const std::map<std::string_view, PriceName> kNames = {
        {"input_mtok", {Meter::input, 6}},
        {"output_mtok", {Meter::output, 6}},
        {"cache_read_mtok", {Meter::cacheRead, 6}},
        {"cache_write_mtok", {Meter::cacheWrite5m, 6}},
        {"cache_write_1h_mtok", {Meter::cacheWrite1h, 6}},
        {"input_audio_mtok", {Meter::inputAudio, 6}},
        {"output_audio_mtok", {Meter::outputAudio, 6}},
        {"cache_audio_read_mtok", {Meter::cacheReadAudio, 6}},
        {"input_image_mtok", {Meter::inputImage, 6}},
        {"output_image_mtok", {Meter::outputImage, 6}},
        {"cache_image_read_mtok", {Meter::cacheReadImage, 6}},
        {"input_video_mtok", {Meter::inputVideo, 6}},
        {"output_video_mtok", {Meter::outputVideo, 6}},
        {"output_reasoning_mtok", {Meter::reasoning, 6}},
        {"output_citation_mtok", {Meter::citation, 6}},
        {"requests_kcount", {Meter::request, 3}},
        {"web_searches_kcount", {Meter::webSearch, 3}},
    };
    const auto found = kNames.find(key);
    return found == kNames.end() ? std::nullopt : std::optional<PriceName>(found->second);
}

std::optional<int> minuteOf(const std::string& clock) {
    if (clock.size() < 5 || clock[2] != ':' || !isDigits(clock.substr(0, 2)) || !isDigits(clock.substr(3, 2))) {
        return {};
    }
    return std::stoi(clock.substr(0, 2)) * 60 + std::stoi(clock.substr(3, 2));
}

class Reader {
public:
    explicit Reader(SourceTable& table) : m_table(table), m_prices(table) {}

    void provider(JsonObject object) {
        SourceProvider found;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue value = field.value();
            if (key == "id") {
                found.id = looseText(value);
                m_provider = found.id;
            } else if (key == "name") {
                found.name = looseText(value);
            } else if (key == "models") {
                for (auto element : value.get_array()) {
                    model(element.value());
                }
            }
        }
        m_table.providers.push_back(std::move(found));
    }

private:
    void model(JsonValue value) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            m_table.quarantined.push_back({"genai-prices", m_provider, "a model is not an object"});
            return;
        }
        m_prices.clear();
        m_cards.clear();
        SourceOffering row;
        row.provider = m_provider;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            if (key == "id") {
                row.id = looseText(part);
            } else if (key == "name") {
                row.name = looseText(part);
            } else if (key == "context_window") {
                row.contextTokens = looseCount(part);
            } else if (key == "match") {
                match(part, row.aliases, 0);
            } else if (key == "prices") {
                prices(part);
            }
        }
        if (row.id.empty()) {
            m_prices.refuse("no id");
        }
        if (!m_prices.reason().empty()) {
            m_table.quarantined.push_back({"genai-prices", m_provider + "/" + row.id, m_prices.reason()});
            return;
        }
        completeCards(m_cards);
        if (m_cards.empty() && lowered(row.id).ends_with(":free")) {
            m_cards.emplace_back();  // the list gives free variants no price at all
            m_cards.back().rates = {{Meter::input, Rate()}, {Meter::output, Rate()}};
        }
        row.cards = std::move(m_cards);
        m_cards.clear();
        m_table.offerings.push_back(std::move(row));
    }

    void match(JsonValue value, std::vector<std::string>& aliases, int depth) {
        JsonObject object;
        if (depth > 8 || value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue part = field.value();
            simdjson::ondemand::array list;
            if (key == "or" && part.get_array().get(list) == simdjson::SUCCESS) {
                for (auto element : list) {
                    match(element.value(), aliases, depth + 1);
                }
            } else if (const std::string text = key == "or" ? std::string() : looseText(part); !text.empty()) {
                if (key == "equals") {
                    aliases.push_back(text);
                } else if (key == "starts_with") {
                    aliases.push_back(text + "*");
                } else if (key == "ends_with") {
                    aliases.push_back("*" + text);
                } else if (key == "contains") {
                    aliases.push_back("*" + text + "*");
                }  // a regex says dates and the like, which resolution reads by itself
            }
        }
    }

    void prices(JsonValue value) {
        auto type = value.type();
        if (type.value() == simdjson::ondemand::json_type::object) {
            card(value.get_object(), {}, {});
            return;
        }
        for (auto element : value.get_array()) {
            JsonObject entry = element.value().get_object();
            std::optional<Timestamp> from;
            std::optional<TimeWindow> window;
            std::size_t before = m_cards.size();
            for (auto field : entry) {
                const std::string_view key = field.unescaped_key();
                JsonValue part = field.value();
                if (key == "constraint") {
                    constraint(part, from, window);
                } else if (key == "prices") {
                    card(part.get_object(), {}, {});
                }
            }
            for (; before < m_cards.size(); ++before) {
                m_cards[before].from = from;
                m_cards[before].when.window = window;
            }
        }
        chainDates();
    }

    static void constraint(JsonValue value, std::optional<Timestamp>& from, std::optional<TimeWindow>& window) {
        JsonObject object;
        if (value.get_object().get(object) != simdjson::SUCCESS) {
            return;
        }
        std::optional<int> start;
        std::optional<int> end;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            const std::string text = looseText(field.value());
            if (key == "start_date") {
                from = Timestamp::parseIso(text);
            } else if (key == "start_time") {
                start = minuteOf(text);
            } else if (key == "end_time") {
                end = minuteOf(text);
            }
        }
        if (start && end && *start != *end) {
            window.emplace();
            if (*start < *end) {
                window->ranges = {{*start, *end}};
            } else {
                window->ranges = {{*start, 24 * 60}};
                if (*end > 0) {
                    window->ranges.insert(window->ranges.begin(), {0, *end});
                }
            }
        }
    }

    /// Each dated card ends where the next of the same list begins.
    void chainDates() {
        for (auto& card : m_cards) {
            for (const auto& other : m_cards) {
                if (other.from && !other.when.window && !card.when.window && (!card.from || *other.from > *card.from) &&
                    (!card.to || *other.from < *card.to)) {
                    card.to = other.from;
                }
            }
        }
    }

    void card(JsonObject object, std::optional<Timestamp> from, const std::optional<TimeWindow>& window) {
        std::map<std::int64_t, RateCard> byBound;
        for (auto field : object) {
            const std::string_view key = field.unescaped_key();
            JsonValue value = field.value();
            const auto name = priceName(key);
            if (!name) {
                continue;
            }
            if (const auto number = numberText(value)) {
                m_prices.put(byBound[0], name->meter, *number, name->unitsExponent);
                continue;
            }
            JsonObject tiered;
            if (value.get_object().get(tiered) != simdjson::SUCCESS) {
                continue;
            }
            for (auto part : tiered) {
                const std::string_view word = part.unescaped_key();
                JsonValue item = part.value();
                if (word == "base") {
                    m_prices.put(byBound[0], name->meter, numberText(item).value_or(""), name->unitsExponent);
                } else if (word == "tiers") {
                    steps(item, *name, byBound);
                }
            }
        }
        for (auto next = byBound.begin(); next != byBound.end(); ++next) {
            RateCard& made = next->second;
            made.from = from;
            made.when.window = window;
            if (next->first > 0) {
                made.when.promptAbove = next->first;
                if (const auto after = std::next(next); after != byBound.end()) {
                    made.when.promptUpTo = after->first;
                }
            }
            m_cards.push_back(made);
        }
    }

    void steps(JsonValue value, const PriceName& name, std::map<std::int64_t, RateCard>& byBound) {
        for (auto element : value.get_array()) {
            std::int64_t start = 0;
            std::string price;
            for (auto field : element.value().get_object()) {
                const std::string_view key = field.unescaped_key();
                JsonValue part = field.value();
                if (key == "start") {
                    start = looseCount(part).value_or(0);
                } else if (key == "price") {
                    price = numberText(part).value_or("");
                }
            }
            if (start > 0) {
                m_prices.put(byBound[start], name.meter, price, name.unitsExponent);
            }
        }
    }

    SourceTable& m_table;
    PriceReader m_prices;
    std::string m_provider;
    std::vector<RateCard> m_cards;
};

}  // namespace

Result<SourceTable> readGenaiPrices(std::string_view json, const std::string& source) {
    return readSource(json, source, [](simdjson::ondemand::document& document, SourceTable& table) {
        table.url = "https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json";
        Reader reader(table);
        if (document.type().value() == simdjson::ondemand::json_type::object) {
            for (auto field : document.get_object()) {
                const std::string_view key = field.unescaped_key();
                JsonValue value = field.value();
                if (key == "providers") {
                    for (auto element : value.get_array()) {
                        reader.provider(element.value().get_object());
                    }
                }
            }
            return;
        }
        for (auto element : document.get_array()) {
            reader.provider(element.value().get_object());
        }
    });
}

}  // namespace tierwise::catalog
