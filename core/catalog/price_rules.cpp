// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/price_rules.h"

#include <algorithm>

#include "core/base/decimal.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

constexpr std::int64_t kOne = 1'000'000;
constexpr std::int64_t kLargestFactor = 100 * kOne;

Rate scaled(Rate rate, std::int64_t millionths) {
    // Half a pico-dollar a token is rounded up: nobody states prices that fine.
    const Int128 product = static_cast<Int128>(rate.picoPerUnit()) * millionths + kOne / 2;
    return Rate::fromPicoPerUnit(static_cast<std::int64_t>(product / kOne));
}

bool matchesAny(const std::vector<std::string>& globs, const std::string& id) {
    return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return globMatches(glob, id); });
}

bool scales(const std::vector<Meter>& meters, Meter meter) {
    return meters.empty() ? meter != Meter::request && meter != Meter::webSearch
                          : std::find(meters.begin(), meters.end(), meter) != meters.end();
}

}  // namespace

std::optional<std::int64_t> parseFactor(std::string_view text) {
    const auto factor = parseScaledDecimal(text, 6);
    return factor && *factor > 0 && *factor <= kLargestFactor ? factor : std::nullopt;
}

bool holdsFor(const PriceRule& rule, const Offering& offering) {
    return rule.provider == offering.provider && matchesAny(rule.models, offering.id) &&
           !matchesAny(rule.except, offering.id);
}

void addFactored(std::vector<RateCard>& cards, const PriceFactor& factor, std::optional<Timestamp> from,
                 const std::vector<Meter>& meters, std::int32_t evidence) {
    const auto known = [&](const RateCard& card) {
        return (!factor.serviceTier.empty() && card.when.serviceTier == factor.serviceTier) ||
               (!factor.region.empty() && card.when.region == factor.region);
    };
    for (const auto& card : cards) {
        if (!known(card)) {
            continue;
        }
        if (!card.to) {
            return;
        }
        from = !from || *card.to > *from ? card.to : from;  // goes on where the list's own cards end
    }
    const std::vector<RateCard> given = cards;
    for (const auto& card : given) {
        const bool taken = (!factor.serviceTier.empty() && !card.when.serviceTier.empty()) ||
                           (!factor.region.empty() && !card.when.region.empty());
        if (taken || (from && card.to && *card.to <= *from)) {
            continue;
        }
        RateCard made = card;
        made.when.serviceTier = factor.serviceTier.empty() ? made.when.serviceTier : factor.serviceTier;
        made.when.region = factor.region.empty() ? made.when.region : factor.region;
        made.from = from && (!made.from || *made.from < *from) ? from : made.from;
        made.evidence = evidence < 0 ? made.evidence : evidence;
        std::erase_if(made.rates, [&](const MeterRate& rate) { return !scales(meters, rate.meter); });
        for (auto& [meter, rate] : made.rates) {
            rate = scaled(rate, factor.millionths);
        }
        if (!made.rates.empty()) {
            cards.push_back(std::move(made));
        }
    }
}

}  // namespace tierwise::catalog
