// SPDX-License-Identifier: GPL-3.0-or-later
// A seller that charges an author's list price charges all of it: what its list leaves out (long prompts, cache) is the
// author's own, where both ask the same for input and output.
#include <algorithm>
#include <unordered_map>

#include "core/catalog/compile_state.h"
#include "core/catalog/source_reader.h"

namespace tierwise::catalog {

namespace {

bool isOpen(const RateCard& card) {
    return !card.to && card.when.serviceTier.empty() && card.when.region.empty() && !card.when.window;
}

RateCard* openBase(std::vector<RateCard>& cards) {
    const auto found = std::find_if(cards.begin(), cards.end(),
                                    [](const RateCard& card) { return !card.to && card.when == Conditions{}; });
    return found == cards.end() ? nullptr : &*found;
}

void completeFrom(Offering& offering, const Offering& original) {
    std::vector<RateCard> theirs = original.cards;
    const RateCard* list = openBase(theirs);
    RateCard* mine = openBase(offering.cards);
    if (mine == nullptr || list == nullptr || !mine->rate(Meter::input) ||
        mine->rate(Meter::input) != list->rate(Meter::input) ||
        mine->rate(Meter::output) != list->rate(Meter::output)) {
        return;
    }
    for (const auto meter : {Meter::cacheRead, Meter::cacheWrite1h}) {
        const auto rate = list->rate(meter);
        const bool sold = meter == Meter::cacheRead || mine->rate(Meter::cacheWrite5m);
        if (rate && sold && !mine->rate(meter)) {
            mine->rates.push_back({meter, *rate});
        }
    }
    const auto isLong = [](const RateCard& card) { return card.when.promptAbove && isOpen(card); };
    if (std::any_of(offering.cards.begin(), offering.cards.end(), isLong)) {
        return;
    }
    const auto from = mine->from;
    for (const auto& card : theirs) {
        if (isLong(card)) {
            offering.cards.push_back(card);
            offering.cards.back().from = from;
        }
    }
    completeCards(offering.cards);
}

}  // namespace

void completeFromOriginals(CompileState& state) {
    std::unordered_map<std::string, const Provider*> sellers;
    for (const auto& provider : state.out.data.providers) {
        sellers.emplace(provider.id, &provider);
    }
    const auto keyOf = [](const std::string& seller, ModelIndex model) {
        return seller + "\n" + std::to_string(model.value());
    };
    std::unordered_map<std::string, const Draft*> originals;
    for (const auto& draft : state.drafts) {
        if (!draft.folded) {
            originals.emplace(keyOf(draft.offering.provider, draft.offering.model), &draft);
        }
    }
    for (auto& draft : state.drafts) {
        const auto seller = sellers.find(draft.offering.provider);
        if (draft.curated || draft.folded || seller == sellers.end()) {
            continue;
        }
        for (const auto& original : seller->second->listPriceOf) {
            const auto found = originals.find(keyOf(original, draft.offering.model));
            if (found != originals.end()) {
                completeFrom(draft.offering, found->second->offering);
            }
        }
    }
}

}  // namespace tierwise::catalog
