// SPDX-License-Identifier: GPL-3.0-or-later
// A list's rows into the drafts: which seller, which offering, and what its price there means.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/catalog/compile_state.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

bool isSubscription(std::string_view provider) {
    return provider.find("coding-plan") != std::string_view::npos ||
           provider.find("token-plan") != std::string_view::npos || provider == "kimi-for-coding" ||
           provider == "opencode-go";
}

/// Names of what is free by design: free variants, moderation, experiments before a price is set.
bool saysFree(const std::string& id) {
    const std::string fold = folded(id);
    const auto words = split(fold, '-');
    return fold.find("free") != std::string::npos || fold.find("moderation") != std::string::npos ||
           std::any_of(words.begin(), words.end(),
                       [](std::string_view word) { return word == "exp" || word == "experimental"; });
}

class Merger {
public:
    Merger(CompileState& state, const SourceTable& table, Rank rank)
        : m_state(state),
          m_table(table),
          m_rank(rank),
          m_date(Timestamp::parseIso(table.date).value_or(state.out.data.date)),
          m_evidence(state.evidence(table.url, m_date.toIsoDate(),
                                    rank == kOpenRouter ? Confidence::official : Confidence::aggregator)) {}

    void run() {
        auto& quarantined = m_state.out.quarantined;
        quarantined.insert(quarantined.end(), m_table.quarantined.begin(), m_table.quarantined.end());
        m_before = m_state.drafted();
        for (const auto& provider : m_table.providers) {
            m_sellers[provider.id] = providerFor(provider.id, provider.name);
        }
        findFreeSellers();
        std::vector<const SourceOffering*> regional;
        for (const auto& row : m_table.offerings) {
            if (m_rank != kGenai && peelAnyRegion(row.id)) {
                regional.push_back(&row);  // after the rows they are regions of
            } else {
                take(row);
            }
        }
        if (!regional.empty()) {
            m_before = m_state.drafted();
        }
        for (const auto* row : regional) {
            take(*row);
        }
    }

private:
    /// models.dev lists plans whose tokens cost nothing: those are no prices.
    void findFreeSellers() {
        if (m_rank == kModelsDev) {
            for (const auto& row : m_table.offerings) {
                auto [at, added] = m_allFree.emplace(row.provider, true);
                at->second = at->second && isFree(row.cards);
            }
        }
    }

    /// Does the other of the two lists without prices checked give it away too?
    [[nodiscard]] bool isFreeElsewhere(const std::string& seller, const std::string& id) {
        const auto& other = m_rank == kLiteLlm ? m_state.input.modelsDev : m_state.input.liteLlm;
        if (m_freeElsewhere.empty() && other) {
            for (const auto& row : other->offerings) {
                const Provider* known = isFree(row.cards) ? m_before->index->providerOf(row.provider) : nullptr;
                m_freeElsewhere.insert(known == nullptr ? std::string("-") : known->id + "/" + folded(row.id));
            }
        }
        return m_freeElsewhere.contains(seller + "/" + folded(id));
    }

    [[nodiscard]] bool isLocal(const std::string& seller) const {
        const auto& providers = m_state.out.data.providers;
        return std::any_of(providers.begin(), providers.end(),
                           [&](const Provider& each) { return each.id == seller && each.local; });
    }

    void take(const SourceOffering& row) {
        if (!row.sellsTokens || (row.cards.empty() && m_rank != kGenai) ||
            (m_rank == kModelsDev && (m_allFree[row.provider] || isSubscription(row.provider)))) {
            return;
        }
        auto seller = m_sellers.find(row.provider);
        if (seller == m_sellers.end()) {
            seller = m_sellers.emplace(row.provider, providerFor(row.provider, {})).first;
        }
        if (seller->second.empty()) {
            return;
        }
        const bool doubted = m_rank == kLiteLlm || m_rank == kModelsDev;
        if (doubted && isFree(row.cards) && !saysFree(row.id) && !isLocal(seller->second) &&
            !isFreeElsewhere(seller->second, row.id)) {
            m_state.quarantine(m_rank == kLiteLlm ? "litellm" : "models.dev", seller->second + "/" + row.id,
                               "costs nothing by the list: a placeholder, a trial or a plan, not a price");
            return;
        }
        mergeRow(row, seller->second);
    }

    /// Our id of a list's seller. models.dev lists many resellers: those we know nothing else of are left out, and so
    /// are gateways, whose prices are those of whom they pass on to.
    std::string providerFor(const std::string& id, const std::string& name) {
        auto& providers = m_state.out.data.providers;
        for (const auto& each : providers) {
            if (each.id == id) {
                return each.gateway ? std::string() : each.id;
            }
        }
        if (const Provider* known = m_before->index->providerOf(id); known != nullptr && !known->gateway) {
            // "alibaba-cn" is not "alibaba": a seller's own name must match by more than a pattern on another list
            return m_rank == kModelsDev && folded(known->id) != folded(id) && !hasAlias(*known, id) ? std::string()
                                                                                                    : known->id;
        }
        if (m_rank == kModelsDev || id.empty()) {
            return {};
        }
        Provider made;
        made.id = lowered(id);
        std::replace(made.id.begin(), made.id.end(), '_', '-');
        made.name = name.empty() ? id : name;
        const auto same =
            std::find_if(providers.begin(), providers.end(), [&](const Provider& each) { return each.id == made.id; });
        if (same != providers.end()) {
            return same->gateway ? std::string() : same->id;  // "Lab_X" beside "lab-x"
        }
        providers.insert(providers.begin(), made);
        return made.id;
    }

    void mergeRow(const SourceOffering& row, const std::string& seller) {
        Observation seen;
        seen.date = m_date;
        seen.rank = m_rank;
        seen.cards = row.cards;
        for (auto& card : seen.cards) {
            card.evidence = m_evidence;
        }
        const std::string key = seller + "/" + lowered(row.id);
        std::optional<std::size_t> target;
        if (const auto mine = m_fresh.find(key); mine != m_fresh.end()) {
            target = mine->second;
        } else if (m_rank == kGenai) {
            if (const auto curated = m_before->index->offering(seller + "/" + row.id)) {
                target = static_cast<std::size_t>(curated->value());
            }
        } else {
            const auto found = known(seller, row, seen);
            if ((!found || !found->priceCounts) && isRegionOfAnother(row, seller, seen)) {
                return;
            }
            if (found) {
                target = found->draft;
                if (!found->priceCounts) {
                    seen.cards.clear();
                }
            }
        }
        if (!target) {
            Draft draft;
            draft.offering.provider = seller;
            draft.offering.id = row.id;
            target = m_state.drafts.size();
            m_state.drafts.push_back(std::move(draft));
            m_fresh.emplace(key, *target);
        } else if (m_rank != kGenai && folded(m_state.drafts[*target].offering.id) != folded(row.id)) {
            addAlias(m_state.drafts[*target].offering, row.id);
        }
        absorb(m_state.drafts[*target], row, std::move(seen));
    }

    /// A name that says a region of an offering the seller lists: a card of that offering, where its price is another.
    bool isRegionOfAnother(const SourceOffering& row, const std::string& seller, const Observation& seen) {
        const auto region = peelAnyRegion(row.id);
        if (!region) {
            return false;
        }
        const Resolution found = m_before->index->resolve({region->rest, seller, seen.date, {}});
        if (!found.offering || found.confidence < 0.85) {
            return false;
        }
        Draft& draft = m_state.drafts[static_cast<std::size_t>(found.offering->value())];
        if (draft.offering.provider != seller || draft.curated || versionsDiffer(region->rest, draft.offering.id)) {
            return false;
        }
        const Observation* last = newest(draft);
        // models.dev repeats one price for every region: only LiteLLM keeps regions apart.
        if (m_rank == kLiteLlm && last != nullptr && !sameBase(last->cards, seen.cards)) {
            Observation& now = draft.seen[static_cast<std::size_t>(last - draft.seen.data())];
            if (region->prefix.starts_with("global") && now.date == seen.date && now.rank == seen.rank) {
                // What is sold without a word about its region is the global deployment; the row without one was dearer
                // because it is regional.
                addRegional(draft, {"regional", now.cards});
                now.cards = seen.cards;
            } else {
                addRegional(draft, {region->prefix, seen.cards});
            }
        }
        return true;
    }

    struct Known {
        std::size_t draft = 0;
        bool priceCounts = true;  ///< false: the same model under a dated name, whose price another list sets
    };

    /// The offering of an earlier list that this row means. A name that list's own rules claim is that offering,
    /// whatever its price; a name that only looks like a dated snapshot of one must have the same price.
    std::optional<Known> known(const std::string& seller, const SourceOffering& row, const Observation& seen) const {
        if (const auto exact = m_before->index->offering(seller + "/" + row.id)) {
            return Known{static_cast<std::size_t>(exact->value()), true};
        }
        const Resolution found = m_before->index->resolve({row.id, seller, seen.date, {}});
        if (!found.offering ||
            m_before->data.offerings[static_cast<std::size_t>(found.offering->value())].provider != seller) {
            return {};
        }
        const auto at = static_cast<std::size_t>(found.offering->value());
        const Draft& draft = m_state.drafts[at];
        if (folded(row.id) == folded(draft.offering.id) || samePrice(draft, seen)) {
            return Known{at, true};
        }
        if (versionsDiffer(row.id, draft.offering.id)) {
            return {};
        }
        const bool byPattern = found.rule.find("pattern") != std::string::npos;
        const bool byAlias = found.confidence >= 0.95;
        // First-hand snapshots have prices of their own.
        const bool snapshot = byAlias && isFirstHandSeller(seller) && !versionTails(row.id).empty();
        // A host that charges a little more for the dated name (a regional deployment) still sells the same model.
        const bool dated = found.rule.find("dated snapshot") != std::string::npos && !isFirstHandSeller(seller) &&
                           priceRatio(draft, seen) < kSameModelRatio;
        return ((byPattern || byAlias) && !snapshot) || dated ? std::optional<Known>(Known{at, false}) : std::nullopt;
    }

    void absorb(Draft& draft, const SourceOffering& row, Observation seen) {
        for (const auto& alias : row.aliases) {
            if (alias.starts_with('*') || alias.ends_with('*')) {
                draft.offering.aliases.push_back({alias, {}, {}});
            } else {
                addAlias(draft.offering, alias);
            }
        }
        const auto fill = [](auto& mine, const auto& other) {
            if (mine == std::decay_t<decltype(mine)>{}) {
                mine = other;
            }
        };
        fill(draft.name, row.name);
        fill(draft.factors, row.factors);
        fill(draft.baseModel, row.baseModel);
        fill(draft.author, row.author);
        fill(draft.family, row.family);
        fill(draft.released, row.released);
        fill(draft.offering.retired, row.retired);
        fill(draft.openWeights, row.openWeights);
        fill(draft.reasons, row.reasons);
        fill(draft.maxOutputTokens, row.maxOutputTokens);
        fill(draft.offering.contextTokens, row.contextTokens);
        if (!draft.curated) {
            observe(draft, std::move(seen));
        }
    }

    /// Two rows of one list for one offering, one of them free (a trial's endpoint): the price is the other one.
    void observe(Draft& draft, Observation seen) {
        const auto twin = std::find_if(draft.seen.begin(), draft.seen.end(), [&](const Observation& each) {
            return each.date == seen.date && each.rank == seen.rank && !each.cards.empty();
        });
        if (twin == draft.seen.end() || seen.cards.empty() || isFree(twin->cards) == isFree(seen.cards)) {
            draft.seen.push_back(std::move(seen));
            return;
        }
        m_state.quarantine("merge", draft.offering.key(), "free by one row of the list, priced by another");
        if (isFree(twin->cards)) {
            *twin = std::move(seen);
        }
    }

    CompileState& m_state;
    const SourceTable& m_table;
    Rank m_rank;
    Timestamp m_date;
    std::int32_t m_evidence;
    std::unique_ptr<Drafted> m_before;
    std::unordered_map<std::string, std::string> m_sellers;
    std::unordered_map<std::string, std::size_t> m_fresh;  ///< offerings this list added
    std::unordered_map<std::string, bool> m_allFree;
    std::unordered_set<std::string> m_freeElsewhere;  ///< "seller/folded id"
};

}  // namespace

void mergeList(CompileState& state, const SourceTable& table, Rank rank) {
    Merger(state, table, rank).run();
}

}  // namespace tierwise::catalog
