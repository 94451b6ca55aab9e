// SPDX-License-Identifier: GPL-3.0-or-later
// Rates under a context, and the exact bill of a usage (domain, section 1).
#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "core/catalog/catalog.h"
#include "core/catalog/catalog_data.h"
#include "core/catalog/conditions.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

bool knowsRegion(const Offering& offering, std::string_view region) {
    return std::any_of(offering.cards.begin(), offering.cards.end(),
                       [&](const RateCard& card) { return card.when.region == region; });
}

/// The region as the offering's cards write it: "us-east-1" is in "us" where they know no more of it.
std::string regionAt(const Offering& offering, std::string_view said) {
    std::string region = lowered(said);
    if (region.empty() || knowsRegion(offering, region)) {
        return region;
    }
    std::string wide = region.substr(0, region.find('-'));
    wide = wide == "europe" ? "eu" : wide;
    return knowsRegion(offering, wide) ? wide : region;
}

/// "" for the words that mean no tier.
std::string tierNamed(std::string_view said) {
    const std::string tier = lowered(said);
    return tier == "standard" || tier == "default" || tier == "auto" || tier == "on_demand" ? std::string() : tier;
}

bool holds(const RateCard& card, const PriceContext& context, Timestamp at, std::string_view tier,
           std::string_view region) {
    if ((card.from && at < *card.from) || (card.to && at >= *card.to)) {
        return false;
    }
    const auto& when = card.when;
    if (!when.serviceTier.empty() && when.serviceTier != tier) {
        return false;
    }
    if (!when.region.empty() && when.region != region) {
        return false;
    }
    return !when.window || (context.at && context.timeKnown && isOpen(*when.window, *context.at));
}

EffectiveRates::PerMeter ratesForPrompt(const std::vector<const RateCard*>& cards, std::int64_t prompt) {
    EffectiveRates::PerMeter found;
    std::array<int, kMeterCount> best{};
    best.fill(-1);
    for (const auto* card : cards) {
        const auto& when = card->when;
        if ((when.promptAbove && prompt <= *when.promptAbove) || (when.promptUpTo && prompt > *when.promptUpTo)) {
            continue;
        }
        const int specificity = when.specificity();
        for (const auto& [meter, rate] : card->rates) {
            const auto slot = static_cast<std::size_t>(meter);
            if (specificity > best[slot]) {
                best[slot] = specificity;
                found[slot] = rate;
            }
        }
    }
    return found;
}

/// A meter, the parts of it that may have rates of their own, and what it falls back to without a rate.
struct Whole {
    Meter meter;
    std::vector<Meter> parts;
    std::vector<Meter> fallbacks;
};

const std::vector<Whole>& wholes() {
    static const std::vector<Whole> kWholes = {
        {Meter::input, {Meter::inputAudio, Meter::inputImage, Meter::inputVideo}, {}},
        {Meter::cacheRead, {Meter::cacheReadAudio, Meter::cacheReadImage}, {Meter::input}},
        {Meter::cacheWrite5m, {}, {Meter::input}},
        {Meter::cacheWrite1h, {}, {Meter::cacheWrite5m, Meter::input}},
        {Meter::output,
         {Meter::outputAudio, Meter::outputImage, Meter::outputVideo, Meter::reasoning, Meter::citation},
         {}},
        {Meter::request, {}, {}},
        {Meter::webSearch, {}, {}},
    };
    return kWholes;
}

std::optional<std::int64_t> quantityOf(const Usage& usage, Meter meter) {
    switch (meter) {
        case Meter::input:
            return usage.inputUncached;
        case Meter::cacheRead:
            return usage.cacheRead;
        case Meter::cacheWrite5m:
            return usage.cacheWrite5m;
        case Meter::cacheWrite1h:
            return usage.cacheWrite1h;
        case Meter::output:
            return usage.output;
        case Meter::reasoning:
            return usage.reasoning;
        case Meter::request:
            return usage.requests;
        default:
            break;
    }
    const auto found = usage.extra.find(std::string(meterName(meter)));
    return found == usage.extra.end() ? std::nullopt : std::optional<std::int64_t>(found->second);
}

class Biller {
public:
    Biller(const Usage& usage, const EffectiveRates::PerMeter& rates) : m_usage(usage), m_rates(rates) {}

    Bill run() {
        for (const auto& whole : wholes()) {
            auto quantity = quantityOf(m_usage, whole.meter);
            if (!quantity || (*quantity == 0 && !rateOf(whole.meter))) {
                continue;
            }
            if (whole.meter == Meter::request && !rateOf(Meter::request)) {
                continue;  // no fee a request: nothing to say
            }
            if (whole.meter == Meter::webSearch && !rateOf(whole.meter) && rateOf(Meter::request)) {
                continue;  // the fee a request is the search's
            }
            std::int64_t rest = *quantity;
            for (const auto part : whole.parts) {
                const auto amount = quantityOf(m_usage, part);
                if (amount && *amount > 0 && rateOf(part)) {
                    const std::int64_t billed = std::min(*amount, rest);
                    add(part, billed, *rateOf(part));
                    rest -= billed;
                }
            }
            if (rest > 0 || *quantity == 0) {
                billRest(whole, rest);
            }
        }
        for (const auto meter : {Meter::input, Meter::output}) {
            if (!quantityOf(m_usage, meter) && rateOf(meter).value_or(Rate()).picoPerUnit() > 0) {
                m_bill.warnings.push_back(
                    fmt::format("the usage does not say its {} tokens: they are not in the total", meterName(meter)));
            }
        }
        return std::move(m_bill);
    }

private:
    [[nodiscard]] std::optional<Rate> rateOf(Meter meter) const { return m_rates[static_cast<std::size_t>(meter)]; }

    void billRest(const Whole& whole, std::int64_t rest) {
        if (const auto rate = rateOf(whole.meter)) {
            add(whole.meter, rest, *rate);
            return;
        }
        for (const auto other : whole.fallbacks) {
            if (const auto rate = rateOf(other)) {
                m_bill.warnings.push_back(fmt::format("no rate listed for {}: billed at the rate of {}",
                                                      meterName(whole.meter), meterName(other)));
                add(whole.meter, rest, *rate);
                return;
            }
        }
        m_bill.unpriced.push_back(whole.meter);
        m_bill.warnings.push_back(
            fmt::format("no rate listed for {}: {} units are not in the total", meterName(whole.meter), rest));
    }

    void add(Meter meter, std::int64_t quantity, Rate rate) {
        const auto cost = MoneySum::fromPico(static_cast<Int128>(quantity) * rate.picoPerUnit());
        m_bill.lines.push_back({meter, quantity, rate, cost});
        m_bill.total += cost;
    }

    const Usage& m_usage;
    const EffectiveRates::PerMeter& m_rates;
    Bill m_bill;
};

}  // namespace

std::optional<MoneySum> EffectiveRates::price(std::int64_t inputUncached, std::int64_t cacheReads,
                                              std::int64_t writes5m, std::int64_t writes1h, std::int64_t outputs,
                                              std::int64_t requests) const {
    const PerMeter& found = forPrompt(inputUncached + cacheReads + writes5m + writes1h);
    const auto at = [&](Meter meter) { return found[static_cast<std::size_t>(meter)]; };
    const auto inputRate = at(Meter::input);
    const auto writeRate = at(Meter::cacheWrite5m) ? at(Meter::cacheWrite5m) : inputRate;
    const auto longWriteRate = at(Meter::cacheWrite1h) ? at(Meter::cacheWrite1h) : writeRate;
    const auto readRate = at(Meter::cacheRead) ? at(Meter::cacheRead) : inputRate;
    Int128 total = 0;
    bool known = true;
    const auto add = [&](std::int64_t quantity, std::optional<Rate> rate) {
        if (rate) {
            total += static_cast<Int128>(quantity) * rate->picoPerUnit();
        } else if (quantity != 0) {
            known = false;
        }
    };
    add(inputUncached, inputRate);
    add(cacheReads, readRate);
    add(writes5m, writeRate);
    add(writes1h, longWriteRate);
    add(outputs, at(Meter::output));
    if (const auto fee = at(Meter::request)) {
        add(requests, fee);
    }
    return known ? std::optional<MoneySum>(MoneySum::fromPico(total)) : std::nullopt;
}

EffectiveRates Catalog::ratesAt(OfferingIndex index, const PriceContext& context) const {
    const Offering& found = offering(index);
    const Timestamp at = context.at.value_or(date());
    const std::string tier = tierNamed(context.serviceTier);
    const std::string region = regionAt(found, context.region);
    std::vector<const RateCard*> cards;
    std::set<std::int64_t> bounds;
    for (const auto& card : found.cards) {
        if (holds(card, context, at, tier, region)) {
            cards.push_back(&card);
            if (card.when.promptAbove && *card.when.promptAbove > 0) {
                bounds.insert(*card.when.promptAbove);
            }
            if (card.when.promptUpTo) {
                bounds.insert(*card.when.promptUpTo);
            }
        }
    }
    EffectiveRates effective;
    effective.rates = ratesForPrompt(cards, 1);
    for (const auto bound : bounds) {
        effective.beyond.emplace_back(bound, ratesForPrompt(cards, bound + 1));
    }
    return effective;
}

Result<Bill> Catalog::price(OfferingIndex index, const Usage& usage, const PriceContext& context) const {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 8;
    std::int64_t prompt = 0;
    for (const auto part : {usage.inputUncached, usage.cacheRead, usage.cacheWrite5m, usage.cacheWrite1h}) {
        if (part.value_or(0) < 0 || part.value_or(0) > kMost) {
            return fail(ErrorCode::overflow, "a token count is negative or too large", "Check the usage that was read");
        }
        prompt += part.value_or(0);
    }
    if (usage.output.value_or(0) < 0 || usage.output.value_or(0) > kMost || usage.requests < 0) {
        return fail(ErrorCode::overflow, "a token count is negative or too large", "Check the usage that was read");
    }
    const EffectiveRates effective = ratesAt(index, context);
    Bill bill = Biller(usage, effective.forPrompt(prompt)).run();
    bill.currency = offering(index).currency;
    const auto& cards = offering(index).cards;
    const std::string tier = tierNamed(context.serviceTier);
    if (!tier.empty() &&
        std::none_of(cards.begin(), cards.end(), [&](const RateCard& card) { return card.when.serviceTier == tier; })) {
        bill.warnings.push_back(fmt::format("no {} rates are listed: billed at the standard ones", tier));
    }
    const Timestamp at = context.at.value_or(date());
    const bool byTheHour = std::any_of(cards.begin(), cards.end(), [&](const RateCard& card) {
        return card.when.window && (!card.from || at >= *card.from) && (!card.to || at < *card.to);
    });
    if ((!context.at || !context.timeKnown) && byTheHour) {
        bill.warnings.push_back(
            "the price depends on the time of day, which was not given: billed outside of the window");
    }
    return bill;
}

}  // namespace tierwise::catalog
