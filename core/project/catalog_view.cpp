// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/catalog_view.h"

#include <algorithm>
#include <map>
#include <set>

namespace tierwise::project {

using catalog::Catalog;
using catalog::Meter;

namespace {

bool isStandard(const catalog::RateCard& card) {
    return card.when.specificity() == 0;
}

// The standard card that holds at a moment.
const catalog::RateCard* cardAt(const catalog::Offering& offering, Timestamp at) {
    for (const catalog::RateCard& card : offering.cards) {
        if (isStandard(card) && (!card.from || *card.from <= at) && (!card.to || at < *card.to)) {
            return &card;
        }
    }
    return nullptr;
}

CatalogLine lineOf(const Catalog& prices, OfferingIndex index) {
    const catalog::Offering& offering = prices.offering(index);
    CatalogLine line;
    line.offering = index;
    line.key = offering.key();
    line.currency = offering.currency;
    line.retired = offering.retired;
    line.tier = prices.tierOf(index);
    line.contextTokens = offering.contextTokens;
    if (const auto* provider = prices.provider(offering.provider)) {
        line.host = provider->name;
        line.jurisdiction = provider->jurisdiction;
    }
    if (offering.model.value() >= 0) {
        const catalog::Model& model = prices.model(offering.model);
        line.model = model.name;
        line.author = model.author;
        line.licence = model.licence;
        line.released = model.released;
        line.openWeights = model.openWeights.value_or(false);
        line.tierReason = prices.tierReason(offering.model);
        line.mainOffering = prices.mainOffering(offering.model) == index;
        if (!line.contextTokens) {
            line.contextTokens = model.contextTokens;
        }
    }
    if (const auto* card = cardAt(offering, prices.date())) {
        line.input = card->rate(Meter::input);
        line.output = card->rate(Meter::output);
        line.cacheRead = card->rate(Meter::cacheRead);
        if (card->evidence >= 0) {
            const auto& evidence = prices.evidence()[static_cast<std::size_t>(card->evidence)];
            line.evidenceUrl = evidence.url;
            line.evidenceDate = evidence.dateChecked;
            line.confidence = std::string(catalog::confidenceName(evidence.confidence));
            line.ownPrice = evidence.confidence == catalog::Confidence::user;
        }
    }
    return line;
}

}  // namespace

std::vector<CatalogLine> catalogLines(const Catalog& prices) {
    std::vector<CatalogLine> lines;
    lines.reserve(prices.offerings().size());
    for (std::size_t i = 0; i < prices.offerings().size(); ++i) {
        lines.push_back(lineOf(prices, OfferingIndex(static_cast<std::int32_t>(i))));
    }
    return lines;
}

std::vector<PriceStep> priceHistory(const Catalog& prices, OfferingIndex index, Meter meter) {
    const catalog::Offering& offering = prices.offering(index);
    std::set<Timestamp> moments;
    for (const catalog::RateCard& card : offering.cards) {
        if (isStandard(card)) {
            if (card.from) {
                moments.insert(*card.from);
            }
            if (card.to) {
                moments.insert(*card.to);
            }
        }
    }
    // A price without a start is shown from the model's release on, or as of the catalog's date.
    Timestamp start = prices.date();
    if (offering.model.value() >= 0) {
        if (const auto released = Timestamp::parseIso(prices.model(offering.model).released)) {
            start = *released;
        }
    }
    moments.insert(moments.empty() ? start : std::min(start, *moments.begin()));
    std::vector<PriceStep> steps;
    for (const Timestamp moment : moments) {
        const auto* card = cardAt(offering, moment);
        const auto value = card == nullptr ? std::nullopt : card->rate(meter);
        if (steps.empty() ? value.has_value() : steps.back().value != value) {
            steps.push_back({moment, value});
        }
    }
    return steps;
}

std::array<std::vector<PriceStep>, 4> floorByTier(const Catalog& prices) {
    struct Change {
        std::size_t offering;
        std::optional<Rate> value;
    };
    std::array<std::multimap<Timestamp, Change>, 4> changes;
    for (std::size_t i = 0; i < prices.offerings().size(); ++i) {
        const OfferingIndex index(static_cast<std::int32_t>(i));
        const catalog::Offering& offering = prices.offering(index);
        if (offering.local || offering.currency != "USD") {
            continue;
        }
        for (const PriceStep& step : priceHistory(prices, index, Meter::output)) {
            const bool free = step.value && step.value->picoPerUnit() == 0;
            changes[static_cast<std::size_t>(prices.tierOf(index))].emplace(
                step.from, Change{i, free ? std::nullopt : step.value});
        }
    }
    std::array<std::vector<PriceStep>, 4> floors;
    for (std::size_t tier = 0; tier < floors.size(); ++tier) {
        std::map<std::size_t, Rate> now;
        for (auto at = changes[tier].begin(); at != changes[tier].end();) {
            const Timestamp moment = at->first;
            for (; at != changes[tier].end() && at->first == moment; ++at) {
                if (at->second.value) {
                    now[at->second.offering] = *at->second.value;
                } else {
                    now.erase(at->second.offering);
                }
            }
            const auto least = std::min_element(now.begin(), now.end(),
                                                [](const auto& a, const auto& b) { return a.second < b.second; });
            const auto value = least == now.end() ? std::nullopt : std::optional(least->second);
            if (floors[tier].empty() || floors[tier].back().value != value) {
                floors[tier].push_back({moment, value});
            }
        }
    }
    return floors;
}

}  // namespace tierwise::project
