// SPDX-License-Identifier: GPL-3.0-or-later
// Prices of former times, from the dated lists.
#include <algorithm>
#include <unordered_map>

#include "core/catalog/compile_state.h"
#include "core/catalog/price_bounds.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

using ByList = std::map<std::string, std::vector<Observation>>;

std::string historyUrl(const std::string& list) {
    return list == "models.dev"  ? "https://github.com/anomalyco/models.dev"
           : list == "tokencost" ? "https://github.com/AgentOps-AI/tokencost"
                                 : "https://github.com/BerriAI/litellm";
}

/// One list at a time: the finest one from where it begins, coarser ones before it.
void layerHistory(Draft& draft, const ByList& byList) {
    std::optional<Timestamp> begin;
    for (const char* name : {"models.dev", "litellm", "tokencost"}) {
        const auto found = byList.find(name);
        if (found == byList.end()) {
            continue;
        }
        std::optional<Timestamp> earliest;
        for (const auto& seen : found->second) {
            if (!begin || seen.date < *begin) {
                draft.seen.push_back(seen);
                earliest = !earliest || seen.date < *earliest ? seen.date : earliest;
            }
        }
        begin = earliest ? earliest : begin;
    }
}

/// The draft whose price this is; nothing when that is not sure.
std::optional<std::size_t> historyTarget(const CompileState& state, const Drafted& before, const DatedPrice& price) {
    std::string seller;
    std::string id = price.model;
    if (!price.provider.empty()) {
        for (const auto& each : state.out.data.providers) {
            if (folded(each.id) == folded(price.provider) || hasAlias(each, price.provider)) {
                seller = each.id;
            }
        }
        if (seller.empty()) {
            return {};
        }
    } else if (const auto slash = id.find('/'); slash != std::string::npos) {
        const Provider* known = before.index->providerOf(id.substr(0, slash));
        if (known == nullptr) {
            return {};
        }
        seller = known->id;
        id = id.substr(slash + 1);
    }
    const Resolution found = before.index->resolve({id, seller, price.date, {}});
    if (!found.offering) {
        return {};
    }
    const auto at = static_cast<std::size_t>(found.offering->value());
    const auto& offering = state.drafts[at].offering;
    if (peelAnyRegion(id) && folded(offering.id) != folded(id)) {
        return {};  // what one region asks is not the price
    }
    const bool named = found.confidence >= 0.95 && (seller.empty() || offering.provider == seller);
    const bool firstHand =
        seller.empty() && found.confidence >= 0.85 && folded(offering.id) == folded(id) &&
        (offering.provider == "openai" || offering.provider == "anthropic" || offering.provider == "google");
    return named || firstHand ? std::optional<std::size_t>(at) : std::nullopt;
}

Observation observationOf(CompileState& state, const DatedPrice& price) {
    Observation seen;
    seen.date = price.date;
    seen.rank = kHistory;
    RateCard card;
    card.rates = {{Meter::input, *price.input}, {Meter::output, *price.output}};
    if (price.cacheRead) {
        card.rates.push_back({Meter::cacheRead, *price.cacheRead});
    }
    card.evidence = state.evidence(historyUrl(price.catalog), price.date.toIsoDate().substr(0, 7) + "-01",
                                   Confidence::aggregator, "dated by the list's own history");
    seen.cards.push_back(std::move(card));
    return seen;
}

}  // namespace

void addHistory(CompileState& state) {
    if (state.input.history.empty()) {
        return;
    }
    const auto before = state.drafted();
    std::unordered_map<std::string, std::optional<std::size_t>> targets;
    std::map<std::size_t, ByList> found;
    for (const auto& price : state.input.history) {
        if (!price.input || !price.output) {
            continue;
        }
        auto [at, added] = targets.emplace(price.catalog + "\n" + price.provider + "\n" + price.model, std::nullopt);
        if (added) {
            at->second = historyTarget(state, *before, price);
        }
        if (!at->second) {
            continue;
        }
        const Draft& draft = state.drafts[*at->second];
        const bool free = price.input->picoPerUnit() == 0 && price.output->picoPerUnit() == 0;
        if (draft.curated || (free && !lowered(price.model).ends_with(":free"))) {
            continue;
        }
        std::string why = implausible(Meter::input, *price.input);
        why = why.empty() ? implausible(Meter::output, *price.output) : why;
        if (!why.empty()) {
            state.quarantine("history of " + price.catalog, draft.offering.key(),
                             "on " + price.date.toIsoDate() + ": " + why);
            continue;
        }
        found[*at->second][price.catalog].push_back(observationOf(state, price));
    }
    for (const auto& [draft, byList] : found) {
        layerHistory(state.drafts[draft], byList);
    }
}

}  // namespace tierwise::catalog
