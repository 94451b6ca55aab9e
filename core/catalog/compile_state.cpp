// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/compile_state.h"

#include <algorithm>

#include "core/catalog/text.h"

namespace tierwise::catalog {

std::int32_t CompileState::evidence(const std::string& url, const std::string& date, Confidence confidence,
                                    const std::string& note) {
    const Evidence wanted{url, date, confidence, note};
    auto& list = out.data.evidence;
    const auto found = std::find(list.begin(), list.end(), wanted);
    if (found != list.end()) {
        return static_cast<std::int32_t>(found - list.begin());
    }
    list.push_back(wanted);
    return static_cast<std::int32_t>(list.size() - 1);
}

std::unique_ptr<Drafted> CompileState::drafted() const {
    auto made = std::make_unique<Drafted>();
    made->data.providers = out.data.providers;
    made->data.date = out.data.date;
    for (const auto& draft : drafts) {
        made->data.offerings.push_back(draft.offering);
        made->data.offerings.back().model = ModelIndex(-1);
    }
    made->index = std::make_unique<NameIndex>(made->data);
    return made;
}

void CompileState::quarantine(const std::string& source, const std::string& entry, const std::string& reason) {
    out.quarantined.push_back({source, entry, reason});
}

const RateCard* baseCard(const std::vector<RateCard>& cards) {
    const auto found =
        std::find_if(cards.begin(), cards.end(), [](const RateCard& card) { return card.when == Conditions{}; });
    return found == cards.end() ? nullptr : &*found;
}

bool isFree(const std::vector<RateCard>& cards) {
    return std::all_of(cards.begin(), cards.end(), [](const RateCard& card) {
        return std::all_of(card.rates.begin(), card.rates.end(),
                           [](const MeterRate& rate) { return rate.rate.picoPerUnit() == 0; });
    });
}

const Observation* newest(const Draft& draft) {
    const auto found =
        std::max_element(draft.seen.begin(), draft.seen.end(), [](const Observation& a, const Observation& b) {
            return a.date != b.date ? a.date < b.date : a.rank < b.rank;
        });
    return found == draft.seen.end() ? nullptr : &*found;
}

bool sameBase(const std::vector<RateCard>& a, const std::vector<RateCard>& b) {
    const RateCard* mine = baseCard(a);
    const RateCard* other = baseCard(b);
    return mine != nullptr && other != nullptr && mine->rate(Meter::input) == other->rate(Meter::input) &&
           mine->rate(Meter::output) == other->rate(Meter::output);
}

bool samePrice(const Draft& draft, const Observation& seen) {
    const auto atThatDate = [&](const std::vector<RateCard>& cards) {
        std::vector<RateCard> holding;
        std::copy_if(cards.begin(), cards.end(), std::back_inserter(holding), [&](const RateCard& card) {
            return (!card.from || seen.date >= *card.from) && (!card.to || seen.date < *card.to);
        });
        return holding;
    };
    const auto now = atThatDate(seen.cards);
    return sameBase(now, atThatDate(draft.offering.cards)) ||
           std::any_of(draft.seen.begin(), draft.seen.end(),
                       [&](const Observation& each) { return sameBase(now, atThatDate(each.cards)); });
}

double priceRatio(const Draft& draft, const Observation& seen) {
    constexpr double kUnknown = 1e9;
    const auto output = [](const std::vector<RateCard>& cards) {
        const RateCard* base = baseCard(cards);
        return base == nullptr ? std::nullopt : base->rate(Meter::output);
    };
    const Observation* last = newest(draft);
    const auto mine = last == nullptr ? std::nullopt : output(last->cards);
    const auto other = output(seen.cards);
    if (!mine || !other || mine->picoPerUnit() == 0 || other->picoPerUnit() == 0) {
        return kUnknown;
    }
    const auto x = static_cast<double>(mine->picoPerUnit());
    const auto y = static_cast<double>(other->picoPerUnit());
    return std::max(x, y) / std::min(x, y);
}

void addAlias(Offering& offering, const std::string& text) {
    const std::string fold = folded(text);
    const bool there =
        fold == folded(offering.id) || std::any_of(offering.aliases.begin(), offering.aliases.end(),
                                                   [&](const Alias& alias) { return folded(alias.text) == fold; });
    if (!there && !text.empty()) {
        offering.aliases.push_back({text, {}, {}});
    }
}

bool hasAlias(const Provider& provider, const std::string& id) {
    return std::any_of(provider.aliases.begin(), provider.aliases.end(),
                       [&](const std::string& alias) { return folded(alias) == folded(id); });
}

bool isFirstHandSeller(const std::string& seller) {
    return seller == "openai" || seller == "anthropic";
}

}  // namespace tierwise::catalog
