// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/source_reader.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/decimal.h"
#include "core/catalog/conditions.h"
#include "core/catalog/price_bounds.h"

namespace tierwise::catalog {

namespace {

/// Shortest decimal of at most 12 significant digits: takes the noise of binary fractions off
/// ("3.0000000000000004e-07").
std::string withoutNoise(std::string_view number, bool& changed) {
    const std::string text(number);
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (end == text.c_str() || *end != '\0' || !std::isfinite(value)) {
        return {};
    }
    std::string snapped = fmt::format("{:.12g}", value);
    const std::string shortest = fmt::format("{}", value);
    changed = snapped != shortest && std::strtod(snapped.c_str(), nullptr) != value;
    return snapped;
}

}  // namespace

std::optional<Rate> PriceReader::rate(std::string_view number, int unitsExponent, Meter meter) {
    const std::string_view what = meterName(meter);
    bool noisy = false;
    const std::string clean = withoutNoise(number, noisy);
    bool rounded = false;
    const auto pico = clean.empty() ? std::nullopt : parseScaledDecimalRounded(clean, 12 - unitsExponent, &rounded);
    if (!pico) {
        refuse(fmt::format("{} \"{}\" is not a price", what, number.substr(0, 40)));
        return {};
    }
    if (*pico < 0) {
        refuse(fmt::format("{} {} is negative", what, clean));
        return {};
    }
    const Rate found = Rate::fromPicoPerUnit(*pico);
    if (auto why = implausible(meter, found); !why.empty()) {
        refuse(std::move(why));
        return {};
    }
    const bool nonZero = clean.find_first_of("123456789") != std::string::npos;
    if (*pico == 0 && nonZero) {
        refuse(fmt::format("{} {} is a unit error (cheaper than a millionth of a dollar per million)", what, clean));
        return {};
    }
    m_table.snapped += noisy || rounded ? 1 : 0;
    return found;
}

void PriceReader::put(RateCard& card, Meter meter, std::string_view number, int unitsExponent) {
    if (const auto found = rate(number, unitsExponent, meter); found && !card.rate(meter)) {
        card.rates.push_back({meter, *found});
    }
}

std::optional<std::string> numberText(JsonValue value) {
    auto type = value.type();
    if (type.error() != simdjson::SUCCESS) {
        return {};
    }
    if (type.value_unsafe() == simdjson::ondemand::json_type::string) {
        return std::string(std::string_view(value.get_string()));
    }
    if (type.value_unsafe() != simdjson::ondemand::json_type::number) {
        return {};
    }
    std::string_view token = value.raw_json_token();
    const auto end = token.find_first_not_of("0123456789+-.eE");
    return std::string(token.substr(0, end));
}

std::string looseText(JsonValue value) {
    std::string_view text;
    auto type = value.type();
    if (type.error() == simdjson::SUCCESS && type.value_unsafe() == simdjson::ondemand::json_type::string &&
        value.get_string().get(text) == simdjson::SUCCESS) {
        return std::string(text);
    }
    return {};
}

std::optional<std::int64_t> looseCount(JsonValue value) {
    const auto text = numberText(value);
    if (!text) {
        return {};
    }
    const auto count = parseScaledDecimal(*text, 0);
    return count && *count > 0 && *count <= 1'000'000'000'000 ? count : std::nullopt;
}

std::optional<bool> looseFlag(JsonValue value) {
    bool flag = false;
    auto type = value.type();
    if (type.error() == simdjson::SUCCESS && type.value_unsafe() == simdjson::ondemand::json_type::boolean &&
        value.get_bool().get(flag) == simdjson::SUCCESS) {
        return flag;
    }
    return {};
}

std::string looseDate(JsonValue value) {
    const auto date = Timestamp::parseIso(looseText(value));
    return date ? date->toIsoDate() : std::string();
}

Result<SourceTable> readSource(std::string_view json, const std::string& source,
                               const std::function<void(simdjson::ondemand::document&, SourceTable&)>& read) {
    const simdjson::padded_string padded(json);
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    SourceTable table;
    try {
        document = parser.iterate(padded);
        read(document, table);
        return table;
    } catch (const JsonFailure& failure) {
        Error error = failure.error;
        error.source = source;
        return fail(std::move(error));
    } catch (const simdjson::simdjson_error& error) {
        const char* where = nullptr;
        const auto cut = lineOfCut(json);
        std::int64_t line = cut.value_or(1);
        if (!cut && document.is_alive() && document.current_location().get(where) == simdjson::SUCCESS &&
            where != nullptr) {
            line = JsonCursor(std::string_view(padded), source).lineAt(where);
        }
        return fail(ErrorCode::badFormat, fmt::format("not the price list it should be: {}", wordsOf(error)),
                    "Fetch the list again; it may have been cut off or may be an error page", source, line);
    }
}

std::vector<RateCard> withSteps(RateCard base, std::vector<RateCard> steps) {
    const auto bound = [](const RateCard& card) { return card.when.promptAbove.value_or(0); };
    std::erase_if(steps, [&](const RateCard& step) { return bound(step) == 0; });
    std::stable_sort(steps.begin(), steps.end(),
                     [&](const RateCard& a, const RateCard& b) { return bound(a) < bound(b); });
    steps.erase(std::unique(steps.begin(), steps.end(),
                            [&](const RateCard& a, const RateCard& b) { return bound(a) == bound(b); }),
                steps.end());
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        steps[i].when.promptUpTo = steps[i + 1].when.promptAbove;
    }
    steps.insert(steps.begin(), std::move(base));
    return steps;
}

void completeCards(std::vector<RateCard>& cards) {
    std::erase_if(cards, [](const RateCard& card) { return card.rates.empty(); });
    // A tier's card and a long-context card hold at once for a long request of that tier. Where the list does not say,
    // the tier's price moves as the standard price does: batch x long = batch x (long / standard).
    const std::vector<RateCard> given = cards;
    for (const auto& tier : given) {
        if (tier.when.serviceTier.empty() || tier.when.promptAbove) {
            continue;
        }
        for (const auto& lengthy : given) {
            if (!lengthy.when.promptAbove || !lengthy.when.serviceTier.empty() || !datesMeet(tier, lengthy)) {
                continue;
            }
            RateCard both = lengthy;
            both.when.serviceTier = tier.when.serviceTier;
            const auto isSame = [&](const RateCard& card) { return card.when == both.when && datesMeet(card, both); };
            const auto listed = std::find_if(cards.begin(), cards.end(), isSame);
            const auto base = std::find_if(given.begin(), given.end(), [&](const RateCard& card) {
                return card.when == Conditions{} && datesMeet(card, lengthy);
            });
            if (base == given.end()) {
                continue;
            }
            RateCard* target = listed == cards.end() ? &both : &*listed;
            if (listed == cards.end()) {
                both.rates.clear();
            }
            for (const auto& [meter, rate] : lengthy.rates) {
                const auto standard = base->rate(meter);
                const auto ofTier = tier.rate(meter);
                if (!target->rate(meter) && standard && ofTier && standard->picoPerUnit() > 0) {
                    const auto product = static_cast<Int128>(ofTier->picoPerUnit()) * rate.picoPerUnit();
                    target->rates.push_back(
                        {meter, Rate::fromPicoPerUnit(static_cast<std::int64_t>(product / standard->picoPerUnit()))});
                }
            }
            if (listed == cards.end() && !both.rates.empty()) {
                cards.push_back(std::move(both));
            }
        }
    }
}

}  // namespace tierwise::catalog
