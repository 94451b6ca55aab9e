// SPDX-License-Identifier: GPL-3.0-or-later
// mergeUpdate: accepted changes into the current catalog, with its history.
#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/catalog/update_diff.h"

namespace tierwise::catalog {
namespace {

constexpr std::int64_t kDay = 86'400LL * 1'000'000'000;

class Merger {
public:
    Merger(const Catalog& current, const CatalogData& candidate, Timestamp at)
        : m_result(current.data()), m_candidate(candidate), m_from(Timestamp::fromNanos(at.day() * kDay)) {
        m_result.hash.clear();
        m_result.date = std::max(m_from, m_result.date);
        for (std::size_t i = 0; i < m_result.offerings.size(); ++i) {
            m_offerings[m_result.offerings[i].key()] = i;
        }
        for (std::size_t i = 0; i < m_result.models.size(); ++i) {
            m_models[m_result.models[i].id] = static_cast<std::int32_t>(i);
        }
        for (const auto& provider : m_result.providers) {
            m_providers.insert(provider.id);
        }
    }

    void take(const Offering& offered) {
        Offering offering = relinked(offered);
        const auto known = m_offerings.find(offering.key());
        if (known == m_offerings.end()) {
            addProvider(offering.provider);
            m_result.offerings.push_back(std::move(offering));
            return;
        }
        Offering& mine = m_result.offerings[known->second];
        std::vector<RateCard> cards = endedCards(mine.cards);
        for (auto& card : offering.cards) {
            if (card.to && *card.to <= m_from) {
                continue;  // of the past, our own cards are the record
            }
            card.from = card.from && *card.from > m_from ? card.from : std::optional<Timestamp>(m_from);
            fillGap(cards, card);
            cards.push_back(std::move(card));
        }
        mine.cards = std::move(cards);
        for (auto& alias : offering.aliases) {
            if (std::find(mine.aliases.begin(), mine.aliases.end(), alias) == mine.aliases.end()) {
                mine.aliases.push_back(std::move(alias));
            }
        }
    }

    CatalogData finish() { return std::move(m_result); }

private:
    /// A condition that had ended comes back: in between there was no rate under it, and a card says so.
    static void fillGap(std::vector<RateCard>& cards, const RateCard& next) {
        std::optional<Timestamp> end;
        for (const auto& card : cards) {
            if (card.when == next.when && card.to) {
                end = !end || *card.to > *end ? card.to : end;
            }
        }
        if (end && *end < *next.from) {
            RateCard gap = next;
            gap.from = end;
            gap.to = next.from;
            gap.rates.clear();
            cards.push_back(std::move(gap));
        }
    }

    [[nodiscard]] std::vector<RateCard> endedCards(const std::vector<RateCard>& cards) const {
        std::vector<RateCard> ended;
        for (RateCard card : cards) {
            if (card.from && *card.from >= m_from) {
                continue;  // not begun: today's update knows better
            }
            card.to = card.to && *card.to < m_from ? card.to : std::optional<Timestamp>(m_from);
            ended.push_back(std::move(card));
        }
        return ended;
    }

    std::int32_t evidenceIndex(std::int32_t theirs) {
        if (theirs < 0 || static_cast<std::size_t>(theirs) >= m_candidate.evidence.size()) {
            return -1;
        }
        const auto known = m_evidence.find(theirs);
        if (known != m_evidence.end()) {
            return known->second;
        }
        const Evidence& evidence = m_candidate.evidence[static_cast<std::size_t>(theirs)];
        const auto same = std::find(m_result.evidence.begin(), m_result.evidence.end(), evidence);
        const auto mine = static_cast<std::int32_t>(same - m_result.evidence.begin());
        if (same == m_result.evidence.end()) {
            m_result.evidence.push_back(evidence);
        }
        m_evidence[theirs] = mine;
        return mine;
    }

    ModelIndex modelIndex(ModelIndex theirs) {
        if (theirs.value() < 0 || static_cast<std::size_t>(theirs.value()) >= m_candidate.models.size()) {
            return ModelIndex{-1};
        }
        Model model = m_candidate.models[static_cast<std::size_t>(theirs.value())];
        const auto [known, isNew] = m_models.emplace(model.id, static_cast<std::int32_t>(m_result.models.size()));
        if (isNew) {
            for (auto& evidence : model.factEvidence) {
                evidence = evidenceIndex(evidence);
            }
            m_result.models.push_back(std::move(model));
        }
        return ModelIndex{known->second};
    }

    // Indexes of the candidate's tables made indexes of ours.
    Offering relinked(Offering offering) {
        offering.model = modelIndex(offering.model);
        for (auto& period : offering.formerly) {
            period.model = modelIndex(period.model);
        }
        for (auto& card : offering.cards) {
            card.evidence = evidenceIndex(card.evidence);
            card.line = 0;
        }
        offering.line = 0;
        return offering;
    }

    void addProvider(const std::string& id) {
        if (!m_providers.insert(id).second) {
            return;
        }
        const auto found = std::find_if(m_candidate.providers.begin(), m_candidate.providers.end(),
                                        [&](const Provider& provider) { return provider.id == id; });
        if (found != m_candidate.providers.end()) {
            m_result.providers.push_back(*found);
        }
    }

    CatalogData m_result;
    const CatalogData& m_candidate;
    Timestamp m_from;
    std::unordered_map<std::string, std::size_t> m_offerings;
    std::unordered_map<std::string, std::int32_t> m_models;
    std::unordered_map<std::int32_t, std::int32_t> m_evidence;
    std::set<std::string> m_providers;
};

}  // namespace

Result<Catalog> mergeUpdate(const Catalog& current, const CatalogData& candidate, const CatalogDiff& diff,
                            const Acceptance& acceptance, Timestamp at) {
    std::unordered_map<std::string, const OfferingChange*> changes;
    for (const auto& change : diff.changes) {
        changes[change.offering] = &change;
    }
    for (const auto& name : acceptance.offerings) {
        if (!changes.contains(name)) {
            return fail(ErrorCode::notFound, "the update holds no change of '" + name + "'",
                        "Name an offering as the difference shows it (provider/id)");
        }
    }
    Merger merger(current, candidate, at);
    for (const auto& offering : candidate.offerings) {
        const auto change = changes.find(offering.key());
        if (change != changes.end() && takes(acceptance, diff, *change->second)) {
            merger.take(offering);
        }
    }
    return Catalog::fromData(merger.finish(), "the updated catalog");
}

}  // namespace tierwise::catalog
