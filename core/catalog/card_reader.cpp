// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/card_reader.h"

#include <fmt/format.h>

namespace tierwise::catalog {

namespace {

std::optional<int> minuteOfDay(std::string_view text) {
    const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : -1000; };
    if (text.size() != 5 || text[2] != ':') {
        return {};
    }
    const int hour = digit(0) * 10 + digit(1);
    const int minute = digit(3) * 10 + digit(4);
    if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60) {
        return {};
    }
    return hour * 60 + minute;
}

TimeWindow window(JsonCursor& cursor, JsonValue value) {
    TimeWindow found;
    forFields(cursor.object(value, "window"), [&](std::string_view key, JsonValue part) {
        if (key == "zone") {
            found.zone = cursor.text(part, key);
        } else if (key == "hours") {
            for (auto element : cursor.array(part, "hours")) {
                JsonValue item = element.value();
                const std::int64_t line = cursor.lineOf(item);
                const std::string text = cursor.text(item, "hours");
                const auto dash = text.find('-');
                const auto from = minuteOfDay(std::string_view(text).substr(0, dash));
                const auto to =
                    dash == std::string::npos ? std::nullopt : minuteOfDay(std::string_view(text).substr(dash + 1));
                if (!from || !to || *from >= *to) {
                    cursor.failAt(line, fmt::format("hours \"{}\" are not a range within a day", text),
                                  "Write \"00:30-16:30\"; over midnight, write two ranges");
                }
                found.ranges.emplace_back(*from, *to);
            }
        } else if (key == "days") {
            found.weekdays = 0;
            for (auto element : cursor.array(part, "days")) {
                const std::int64_t day = cursor.integer(element.value(), "a day (1 = Monday)", 1, 7);
                found.weekdays = static_cast<std::uint8_t>(found.weekdays | (1U << static_cast<unsigned>(day - 1)));
            }
        } else {
            cursor.failAt(part, fmt::format("\"{}\" is not a part of a time window", key),
                          "Parts are zone, hours and days");
        }
    });
    return found;
}

Conditions conditions(JsonCursor& cursor, JsonValue value) {
    Conditions found;
    forFields(cursor.object(value, "when"), [&](std::string_view key, JsonValue part) {
        if (key == "tier") {
            found.serviceTier = cursor.text(part, key);
        } else if (key == "region") {
            found.region = cursor.text(part, key);
        } else if (key == "promptAbove") {
            found.promptAbove = cursor.integer(part, key, 0, kMostTokens);
        } else if (key == "promptUpTo") {
            found.promptUpTo = cursor.integer(part, key, 0, kMostTokens);
        } else if (key == "window") {
            found.window = window(cursor, part);
        } else {
            cursor.failAt(part, fmt::format("\"{}\" is not a condition", key),
                          "Conditions are tier, region, promptAbove, promptUpTo and window");
        }
    });
    return found;
}

}  // namespace

RateCard readCard(JsonCursor& cursor, JsonValue value) {
    RateCard found;
    found.line = cursor.lineOf(value);
    forFields(cursor.object(value, "card"), [&](std::string_view key, JsonValue part) {
        if (key == "from") {
            found.from = cursor.date(part, key);
        } else if (key == "to") {
            found.to = cursor.date(part, key);
        } else if (key == "evidence") {
            found.evidence = readEvidenceIndex(cursor, part);
        } else if (key == "when") {
            found.when = conditions(cursor, part);
        } else if (key == "rates") {
            forFields(cursor.object(part, "rates"), [&](std::string_view name, JsonValue rateValue) {
                const auto meter = meterOf(name);
                const std::int64_t line = cursor.lineOf(rateValue);
                if (!meter) {
                    cursor.failAt(line, fmt::format("\"{}\" is not a meter", name));
                }
                const std::string written = cursor.text(rateValue, fmt::format("the rate {}", name));
                const auto rate = Rate::parsePerMillion(written);
                if (!rate) {
                    cursor.failAt(line, fmt::format("the rate {} \"{}\": {}", name, written, rate.error().what),
                                  "Rates are decimal dollars per million units, as a string, like \"0.44\"");
                }
                if (found.rate(*meter)) {
                    cursor.failAt(line, fmt::format("the rate {} is given twice in one card", name));
                }
                found.rates.push_back({*meter, *rate});
            });
        } else {
            cursor.failAt(part, fmt::format("\"{}\" is not a part of a rate card", key),
                          "Parts are from, to, when, rates and evidence");
        }
    });
    return found;
}

std::vector<Alias> readAliases(JsonCursor& cursor, JsonValue value) {
    std::vector<Alias> found;
    for (auto element : cursor.array(value, "aliases")) {
        JsonValue item = element.value();
        Alias alias;
        if (item.type() == simdjson::ondemand::json_type::string) {
            alias.text = cursor.text(item, "alias");
        } else {
            forFields(cursor.object(item, "alias"), [&](std::string_view key, JsonValue part) {
                if (key == "name") {
                    alias.text = cursor.text(part, "name");
                } else if (key == "from") {
                    alias.from = cursor.date(part, "from");
                } else if (key == "to") {
                    alias.to = cursor.date(part, "to");
                }
            });
        }
        found.push_back(std::move(alias));
    }
    return found;
}

std::int32_t readEvidenceIndex(JsonCursor& cursor, JsonValue value) {
    return static_cast<std::int32_t>(cursor.integer(value, "evidence", 0, 1'000'000));
}

}  // namespace tierwise::catalog
