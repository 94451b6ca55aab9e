// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/update_diff.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "core/catalog/price_bounds.h"

namespace tierwise::catalog {
namespace {

using Key = std::pair<std::string, Meter>;
using OpenRates = std::map<Key, Rate>;
using QuotesOf = std::unordered_map<std::string, std::vector<SourceQuote>>;

OpenRates openRates(const Offering& offering, Timestamp at) {
    OpenRates rates;
    for (const auto& card : offering.cards) {
        if ((card.from && *card.from > at) || (card.to && *card.to <= at)) {
            continue;
        }
        for (const auto& [meter, rate] : card.rates) {
            rates[{conditionsInWords(card.when), meter}] = rate;
        }
    }
    return rates;
}

std::vector<RateChange> rateChanges(const OpenRates& before, const OpenRates& after) {
    std::vector<RateChange> changes;
    for (const auto& [key, rate] : after) {
        const auto old = before.find(key);
        if (old == before.end() || old->second != rate) {
            changes.push_back(
                {key.first, key.second, old == before.end() ? std::nullopt : std::optional<Rate>(old->second), rate});
        }
    }
    for (const auto& [key, rate] : before) {
        if (!after.contains(key)) {
            changes.push_back({key.first, key.second, rate, std::nullopt});
        }
    }
    return changes;
}

std::string label(const RateChange& change) {
    return std::string(meterName(change.meter)) + (change.conditions.empty() ? "" : " (" + change.conditions + ")");
}

// Nothing where the change is plausible by itself.
std::string suspicion(const RateChange& change) {
    const std::int64_t after = change.after ? change.after->picoPerUnit() : -1;
    if (change.after) {
        if (auto why = implausible(change.meter, *change.after); !why.empty()) {
            return why;
        }
    }
    if (!change.before || !change.after) {
        return {};
    }
    const std::int64_t before = change.before->picoPerUnit();
    if (after == 0) {
        return fmt::format("{} falls from {} $/M to nothing", label(change), change.before->perMillion());
    }
    if (before == 0) {
        return fmt::format("{} rises from nothing to {} $/M", label(change), change.after->perMillion());
    }
    const double step = static_cast<double>(after) / static_cast<double>(before);
    if (step > kLargestStep || step < 1 / kLargestStep) {
        return fmt::format("{} goes from {} to {} $/M, {} times", label(change), change.before->perMillion(),
                           change.after->perMillion(),
                           step > 1 ? fmt::format("{:.3g}", step) : fmt::format("1/{:.3g}", 1 / step));
    }
    return {};
}

// The standard rates that the sources give, where they are more than 2x apart.
std::vector<std::string> disagreements(const std::vector<SourceQuote>& quotes) {
    std::vector<std::string> found;
    for (const Meter meter : {Meter::input, Meter::output}) {
        const SourceQuote* low = nullptr;
        const SourceQuote* high = nullptr;
        for (const auto& quote : quotes) {
            if (quote.meter != meter) {
                continue;
            }
            low = low == nullptr || quote.rate < low->rate ? &quote : low;
            high = high == nullptr || quote.rate > high->rate ? &quote : high;
        }
        if (low != nullptr && static_cast<double>(high->rate.picoPerUnit()) >
                                  kLargestDisagreement * static_cast<double>(low->rate.picoPerUnit())) {
            found.push_back(fmt::format("sources disagree on {}: {} says {} $/M, {} says {}", meterName(meter),
                                        low->source, low->rate.perMillion(), high->source, high->rate.perMillion()));
        }
    }
    return found;
}

void judge(OfferingChange& change, const QuotesOf& quotes) {
    for (const auto& rate : change.rates) {
        if (auto why = suspicion(rate); !why.empty()) {
            change.suspicions.push_back(std::move(why));
        }
    }
    if (const auto found = quotes.find(change.offering); found != quotes.end() && change.kind != ChangeKind::gone) {
        for (auto& why : disagreements(found->second)) {
            change.suspicions.push_back(std::move(why));
        }
    }
}

void count(CatalogDiff& diff) {
    for (const auto& change : diff.changes) {
        diff.added += change.kind == ChangeKind::added ? 1 : 0;
        diff.changed += change.kind == ChangeKind::changed ? 1 : 0;
        diff.gone += change.kind == ChangeKind::gone ? 1 : 0;
        diff.quarantined += change.quarantined() ? 1 : 0;
    }
    // A handful is no epidemic, however small the catalog.
    diff.tooManyAtOnce = diff.changed > 1 &&
                         static_cast<double>(diff.changed) > kLargestShare * static_cast<double>(diff.offeringsBefore);
}

}  // namespace

std::string_view changeKindName(ChangeKind kind) {
    switch (kind) {
        case ChangeKind::added:
            return "added";
        case ChangeKind::gone:
            return "gone";
        case ChangeKind::changed:
            break;
    }
    return "changed";
}

std::string conditionsInWords(const Conditions& when) {
    std::string text;
    const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (!when.serviceTier.empty()) {
        add(when.serviceTier);
    }
    if (!when.region.empty()) {
        add("region " + when.region);
    }
    if (when.promptAbove) {
        add(fmt::format("prompt over {}", *when.promptAbove));
    }
    if (when.promptUpTo) {
        add(fmt::format("prompt up to {}", *when.promptUpTo));
    }
    if (when.window) {
        for (const auto& [from, to] : when.window->ranges) {
            add(fmt::format("{:02}:{:02}-{:02}:{:02} {}", from / 60, from % 60, to / 60, to % 60, when.window->zone));
        }
        if (when.window->weekdays != 0x7f) {
            add(fmt::format("weekdays {:07b}", when.window->weekdays));
        }
    }
    return text;
}

CatalogDiff diffCatalogs(const Catalog& current, const CatalogData& candidate, const std::vector<SourceQuote>& quotes,
                         Timestamp at) {
    CatalogDiff diff;
    diff.beforeHash = current.hash();
    diff.offeringsBefore = current.offerings().size();
    QuotesOf quotesOf;
    for (const auto& quote : quotes) {
        quotesOf[quote.offering].push_back(quote);
    }
    std::unordered_map<std::string, bool> listed;
    for (const auto& offering : candidate.offerings) {
        const std::string key = offering.key();
        listed[key] = true;
        const auto known = current.findOffering(key);
        const OpenRates before = known ? openRates(current.offering(*known), at) : OpenRates();
        OfferingChange change{
            key, known ? ChangeKind::changed : ChangeKind::added, rateChanges(before, openRates(offering, at)), {}};
        // A source that says nothing of an offering's price is no news.
        const bool silent = std::none_of(change.rates.begin(), change.rates.end(),
                                         [](const RateChange& rate) { return rate.after.has_value(); });
        if (known && silent) {
            continue;
        }
        judge(change, quotesOf);
        diff.changes.push_back(std::move(change));
    }
    for (const auto& offering : current.offerings()) {
        if (!listed.contains(offering.key()) && !offering.local) {
            diff.changes.push_back({offering.key(), ChangeKind::gone, {}, {}});
        }
    }
    count(diff);
    return diff;
}

bool takes(const Acceptance& acceptance, const CatalogDiff& diff, const OfferingChange& change) {
    if (change.kind == ChangeKind::gone) {
        return false;
    }
    const bool doubtful = change.quarantined() || (diff.tooManyAtOnce && change.kind == ChangeKind::changed);
    return !doubtful || acceptance.quarantinedToo ||
           std::find(acceptance.offerings.begin(), acceptance.offerings.end(), change.offering) !=
               acceptance.offerings.end();
}

}  // namespace tierwise::catalog
