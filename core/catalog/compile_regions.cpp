// SPDX-License-Identifier: GPL-3.0-or-later
// Regions with prices of their own (bedrock/eu-west-1/..., azure/eu/...) become cards of the one offering.
#include <algorithm>

#include "core/catalog/compile_state.h"

namespace tierwise::catalog {

namespace {

Rate scaled(Rate rate, Rate numerator, Rate denominator) {
    const auto product = static_cast<Int128>(rate.picoPerUnit()) * numerator.picoPerUnit();
    return Rate::fromPicoPerUnit(static_cast<std::int64_t>(product / denominator.picoPerUnit()));
}

/// The card as the region has it: its own figures first, else moved by region over standard of the same meter.
RateCard cardInRegion(CompileState& state, const RateCard& card, const RateCard& standard, const RegionalPrice& price) {
    RateCard made = card;
    made.when.region = price.region;
    made.rates.clear();
    const RateCard* base = baseCard(price.cards);
    const auto own = std::find_if(price.cards.begin(), price.cards.end(),
                                  [&](const RateCard& each) { return each.when == card.when; });
    if (own == price.cards.end()) {
        const Evidence source = state.out.data.evidence[static_cast<std::size_t>(base->evidence)];
        made.evidence = state.evidence(source.url, source.dateChecked, source.confidence,
                                       "moved as the region's standard price is against the general one");
    } else {
        made.rates = own->rates;
        made.evidence = own->evidence;
    }
    for (const auto& [meter, rate] : card.rates) {
        const auto there = base->rate(meter);
        const auto here = standard.rate(meter);
        if (!made.rate(meter) && there && here && here->picoPerUnit() > 0) {
            made.rates.push_back({meter, scaled(rate, *there, *here)});
        }
    }
    return made;
}

}  // namespace

void addRegional(Draft& draft, const RegionalPrice& price) {
    const bool listed = std::any_of(draft.regional.begin(), draft.regional.end(),
                                    [&](const RegionalPrice& each) { return each.region == price.region; });
    if (!listed) {
        draft.regional.push_back(price);
    }
}

void addRegionalCards(CompileState& state, Draft& draft) {
    auto& cards = draft.offering.cards;
    const std::vector<RateCard> given = cards;
    const auto standard = std::find_if(given.begin(), given.end(),
                                       [](const RateCard& card) { return card.when == Conditions{} && !card.to; });
    for (const auto& price : draft.regional) {
        if (standard == given.end() || baseCard(price.cards) == nullptr) {
            state.quarantine("merge", draft.offering.key(), "a price in " + price.region + " without one in general");
            continue;
        }
        for (const auto& card : given) {
            if (card.to || !card.when.region.empty()) {
                continue;
            }
            RateCard made = cardInRegion(state, card, *standard, price);
            if (!made.rates.empty()) {
                cards.push_back(std::move(made));
            }
        }
    }
}

}  // namespace tierwise::catalog
