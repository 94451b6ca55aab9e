// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/compile.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "core/catalog/compile_state.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

Timestamp newestDate(const CompileInput& input) {
    Timestamp newest = input.facts.date;
    bool known = false;
    for (const auto* table : {&input.genai, &input.openRouter, &input.liteLlm, &input.modelsDev}) {
        const auto date = *table ? Timestamp::parseIso((*table)->date) : std::nullopt;
        if (date && (!known || *date > newest)) {
            newest = *date;
            known = true;
        }
    }
    return newest;
}

/// A dated name that a list sells beside its undated one at the same price, or at a reseller for a little more, is an
/// alias of it, not an offering of its own.
void foldSnapshots(std::vector<Draft>& drafts) {
    std::unordered_map<std::string, std::size_t> byKey;
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        byKey.emplace(drafts[i].offering.provider + "/" + folded(drafts[i].offering.id), i);
    }
    for (auto& draft : drafts) {
        const Observation* last = newest(draft);
        if (draft.curated || last == nullptr || draft.seen.front().rank == kGenai) {
            continue;
        }
        const auto& id = draft.offering.id;
        for (const auto& cut : versionTails(id)) {
            const auto head = byKey.find(draft.offering.provider + "/" + folded(id.substr(0, cut.at)));
            const auto tail = id.substr(cut.at);
            const auto digits = std::count_if(tail.begin(), tail.end(), [](char c) { return c >= '0' && c <= '9'; });
            // A full date is a snapshot; a short one (-0528) may be another model.
            if (!cut.dateOnly || digits != 8 || head == byKey.end() || drafts[head->second].curated) {
                continue;
            }
            Draft& whole = drafts[head->second];
            const Observation* other = newest(whole);
            const bool reseller = !isFirstHandSeller(draft.offering.provider);
            if (other != nullptr &&
                (sameBase(other->cards, last->cards) || (reseller && priceRatio(whole, *last) < kSameModelRatio))) {
                addAlias(whole.offering, id);
                for (const auto& alias : draft.offering.aliases) {
                    addAlias(whole.offering, alias.text);
                }
                for (const auto& price : draft.regional) {
                    addRegional(whole, price);
                }
                draft.folded = true;
                break;
            }
        }
    }
}

/// What sellers of a model ask for it now, in the middle; by model index. For telling which side of a big step is the
/// wrong unit.
std::unordered_map<std::int32_t, AskedPrice> askedPrices(const std::vector<Draft>& drafts) {
    std::unordered_map<std::int32_t, std::array<std::vector<std::int64_t>, 2>> all;
    for (const auto& draft : drafts) {
        const Observation* last = newest(draft);
        const RateCard* base = last == nullptr ? baseCard(draft.offering.cards) : baseCard(last->cards);
        for (const auto meter : {Meter::input, Meter::output}) {
            const auto rate = base == nullptr ? std::nullopt : base->rate(meter);
            if (rate && rate->picoPerUnit() > 0) {
                all[draft.offering.model.value()][static_cast<std::size_t>(meter)].push_back(rate->picoPerUnit());
            }
        }
    }
    std::unordered_map<std::int32_t, AskedPrice> middle;
    for (auto& [model, lists] : all) {
        for (std::size_t i = 0; i < lists.size(); ++i) {
            if (lists[i].size() >= 2) {  // the offering itself and another one
                std::nth_element(lists[i].begin(), lists[i].begin() + static_cast<std::ptrdiff_t>(lists[i].size() / 2),
                                 lists[i].end());
                middle[model][i] = Rate::fromPicoPerUnit(lists[i][lists[i].size() / 2]);
            }
        }
    }
    return middle;
}

void settleConvention(const CatalogData& data, Offering& offering) {
    for (const auto& provider : data.providers) {
        if (provider.id == offering.provider) {
            offering.convention = provider.convention;
            offering.local = provider.local;
        }
    }
}

/// Rates of a list that cannot be what they say: reads that cost more than fresh input, searches beside a fee a
/// request, which is the search's; and reasoning at the price of all output, which says nothing.
void dropOddRates(CompileState& state, Offering& offering) {
    for (auto& card : offering.cards) {
        const auto input = card.rate(Meter::input);
        const bool fee = card.rate(Meter::request).has_value();
        std::erase_if(card.rates, [&](const MeterRate& each) {
            const bool odd = each.meter == Meter::cacheRead && input && each.rate > *input;
            if (odd) {
                state.quarantine("merge", offering.key(),
                                 fmt::format("cache reads at {} $/M, dearer than input at {}: the rate was left out",
                                             each.rate.perMillion(), input->perMillion()));
            }
            const bool repeated = each.meter == Meter::reasoning && card.rate(Meter::output) == each.rate;
            return odd || repeated || (fee && each.meter == Meter::webSearch);
        });
    }
}

/// The facts' own prices of former times instead of the lists', which learnt of them late.
void beginWithPast(std::vector<RateCard>& cards, const std::vector<RateCard>& past) {
    Timestamp end = *past.front().to;
    for (const auto& card : past) {
        end = std::max(end, *card.to);
    }
    std::erase_if(cards, [&](const RateCard& card) { return card.to && *card.to <= end; });
    for (auto& card : cards) {
        card.from = card.from && *card.from > end ? card.from : std::optional<Timestamp>(end);
    }
    // What the lists saw later than the change began with the change.
    std::optional<Timestamp> first;
    for (const auto& card : cards) {
        first = !first || *card.from < *first ? card.from : first;
    }
    for (auto& card : cards) {
        card.from = first && *card.from == *first ? std::optional<Timestamp>(end) : card.from;
    }
    cards.insert(cards.begin(), past.begin(), past.end());
}

/// Cards of tiers and regions that cost the standard price times a factor, by a list or by the facts.
void addFactors(const CompileState& state, Draft& draft) {
    auto& cards = draft.offering.cards;
    for (const auto& factor : draft.factors) {
        addFactored(cards, factor, {}, {}, -1);
    }
    for (const auto& rule : state.input.facts.rules) {
        if (holdsFor(rule, draft.offering)) {
            addFactored(cards, rule.factor, rule.from, rule.meters, rule.evidence);
        }
    }
}

/// The draft's observations become cards that follow each other in time.
void settleCards(CompileState& state, Draft& draft, const AskedPrice& asked) {
    auto& out = state.out;
    if (draft.curated) {
        const auto& cards = draft.offering.cards;
        out.withHistory +=
            std::any_of(cards.begin(), cards.end(), [](const RateCard& card) { return card.from.has_value(); }) ? 1 : 0;
        return;
    }
    Timeline timeline = timelineOf(std::move(draft.seen), asked);
    for (const auto& reason : timeline.dropped) {
        state.quarantine("history", draft.offering.key(), reason);
    }
    draft.offering.cards = std::move(timeline.cards);
    out.disagreements += timeline.disagreed ? 1 : 0;
    out.withHistory += timeline.changed ? 1 : 0;
    dropOddRates(state, draft.offering);
    if (const auto past = state.past.find(draft.offering.key()); past != state.past.end()) {
        beginWithPast(draft.offering.cards, past->second);
    }
}

void finish(CompileState& state) {
    auto& out = state.out;
    std::unordered_set<std::string> keys;
    foldSnapshots(state.drafts);
    const auto asked = askedPrices(state.drafts);
    for (auto& draft : state.drafts) {
        if (!draft.folded) {
            const auto middle = asked.find(draft.offering.model.value());
            settleCards(state, draft, middle == asked.end() ? AskedPrice{} : middle->second);
        }
    }
    completeFromOriginals(state);
    for (auto& draft : state.drafts) {
        if (draft.folded) {
            continue;
        }
        if (!draft.curated) {
            addRegionalCards(state, draft);
            addFactors(state, draft);
        }
        if (!keys.insert(draft.offering.key()).second) {
            state.quarantine("merge", draft.offering.key(), "listed twice");
            continue;
        }
        settleConvention(out.data, draft.offering);
        CatalogData alone;
        alone.evidence = out.data.evidence;
        alone.offerings.push_back(draft.offering);
        if (const auto checked = checkCatalog(alone, "compiled catalog"); !checked) {
            state.quarantine("merge", draft.offering.key(), checked.error().what);
            continue;
        }
        out.priced += draft.offering.cards.empty() ? 0 : 1;
        out.data.offerings.push_back(std::move(draft.offering));
    }
    dropUnusedModels(out.data);
}

}  // namespace

Result<CompileOutput> compileCatalog(CompileInput input, TaskContext& context) {
    CompileState state;
    auto& data = state.out.data;
    data.title = input.title;
    data.evidence = input.facts.evidence;
    data.providers = input.facts.providers;
    data.models = input.facts.models;
    data.date = input.date.value_or(newestDate(input));
    state.input = std::move(input);
    for (const auto& offering : state.input.facts.offerings) {
        const auto& cards = offering.cards;
        if (!cards.empty() &&
            std::all_of(cards.begin(), cards.end(), [](const RateCard& card) { return card.to.has_value(); })) {
            state.past[offering.key()] = cards;  // the lists say how it goes on
            continue;
        }
        Draft draft;
        draft.offering = offering;
        draft.curated = true;
        state.drafts.push_back(std::move(draft));
    }
    const std::vector<std::pair<const std::optional<SourceTable>*, Rank>> lists = {
        {&state.input.genai, kGenai},
        {&state.input.openRouter, kOpenRouter},
        {&state.input.liteLlm, kLiteLlm},
        {&state.input.modelsDev, kModelsDev},
    };
    std::int64_t merged = 0;
    for (const auto& [table, rank] : lists) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        context.report({"Merging", merged++, 4, 0});
        if (*table) {
            mergeList(state, **table, rank);
        }
    }
    addHistory(state);
    assignModels(state);
    finish(state);
    return std::move(state.out);
}

}  // namespace tierwise::catalog
