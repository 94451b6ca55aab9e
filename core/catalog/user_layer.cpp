// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/user_layer.h"

#include <algorithm>
#include <system_error>
#include <unordered_map>

#include "core/base/files.h"

namespace tierwise::catalog {
namespace {

constexpr std::int64_t kLargestLayer = std::int64_t{16} << 20;

/// The time that a list of cards covers; unset ends are open.
struct Span {
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
};

Span spanOf(const std::vector<RateCard>& cards) {
    Span span{cards.front().from, cards.front().to};
    for (const auto& card : cards) {
        span.from = span.from && card.from ? std::optional(std::min(*span.from, *card.from)) : std::nullopt;
        span.to = span.to && card.to ? std::optional(std::max(*span.to, *card.to)) : std::nullopt;
    }
    return span;
}

// What is left of a listed card outside of the span: nothing, one part or two.
void keepOutside(const RateCard& card, const Span& span, std::vector<RateCard>& kept) {
    if (span.from && (!card.from || *card.from < *span.from)) {
        RateCard before = card;
        before.to = card.to ? std::min(*card.to, *span.from) : *span.from;
        kept.push_back(std::move(before));
    }
    if (span.to && (!card.to || *card.to > *span.to)) {
        RateCard after = card;
        after.from = card.from ? std::max(*card.from, *span.to) : *span.to;
        kept.push_back(std::move(after));
    }
}

}  // namespace

Result<CatalogData> loadUserLayer(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) {
        return CatalogData{};
    }
    const auto bytes = readFile(path, kLargestLayer);
    if (!bytes) {
        return fail(bytes.error());
    }
    const auto catalog = Catalog::parse(*bytes, path.string());
    if (!catalog) {
        return fail(catalog.error());
    }
    return catalog->data();
}

Result<void> saveUserLayer(const CatalogData& layer, const std::filesystem::path& path) {
    const std::string text = writeCatalogJson(layer);
    if (const auto readable = Catalog::parse(text, path.string()); !readable) {
        return fail(readable.error());
    }
    return writeFileAtomically(path, text);
}

Result<Catalog> withUserLayer(const Catalog& catalog, const CatalogData& layer) {
    if (layer.offerings.empty() && layer.tiers.rules.empty()) {
        return catalog;
    }
    CatalogData merged = catalog.data();
    merged.hash.clear();
    const auto firstEvidence = static_cast<std::int32_t>(merged.evidence.size());
    for (Evidence evidence : layer.evidence) {
        evidence.confidence = Confidence::user;
        merged.evidence.push_back(std::move(evidence));
    }
    for (const auto& provider : layer.providers) {
        if (catalog.provider(provider.id) == nullptr) {
            merged.providers.push_back(provider);
        }
    }
    std::unordered_map<std::string, std::int32_t> models;
    for (std::size_t i = 0; i < merged.models.size(); ++i) {
        models[merged.models[i].id] = static_cast<std::int32_t>(i);
    }
    const auto modelIndex = [&](ModelIndex theirs) {
        if (theirs.value() < 0) {
            return theirs;
        }
        const Model& model = layer.models[static_cast<std::size_t>(theirs.value())];
        const auto [known, isNew] = models.emplace(model.id, static_cast<std::int32_t>(merged.models.size()));
        if (isNew) {
            merged.models.push_back(model);
            merged.models.back().factEvidence.clear();
        }
        return ModelIndex{known->second};
    };
    for (Offering offering : layer.offerings) {
        offering.model = modelIndex(offering.model);
        for (auto& period : offering.formerly) {
            period.model = modelIndex(period.model);
        }
        for (auto& card : offering.cards) {
            card.evidence = card.evidence < 0 ? -1 : card.evidence + firstEvidence;
        }
        const auto known = catalog.findOffering(offering.key());
        if (!known) {
            merged.offerings.push_back(std::move(offering));
            continue;
        }
        Offering& mine = merged.offerings[static_cast<std::size_t>(known->value())];
        mine.contextTokens = offering.contextTokens ? offering.contextTokens : mine.contextTokens;
        if (!offering.cards.empty()) {
            std::vector<RateCard> cards;
            const Span span = spanOf(offering.cards);
            for (const auto& card : mine.cards) {
                keepOutside(card, span, cards);
            }
            cards.insert(cards.end(), offering.cards.begin(), offering.cards.end());
            mine.cards = std::move(cards);
        }
    }
    auto result = Catalog::fromData(std::move(merged), "your own prices");
    if (result) {
        TierRules rules = layer.tiers;  // the user's own assignments come first
        const auto& listed = catalog.tierRules().rules;
        rules.rules.insert(rules.rules.end(), listed.begin(), listed.end());
        result->setTierRules(std::move(rules));
    }
    return result;
}

}  // namespace tierwise::catalog
