// SPDX-License-Identifier: GPL-3.0-or-later
// From a logged name, a provider hint and a date to an offering. In order: the user's own aliases; then, for the name
// as logged and for each reading with one more wrapper taken off, at the provider that hint or wrapper name: exact
// name, alias valid at the date, same spelling, pattern, same words, dated snapshot of a known name. Exact beats alias
// beats pattern. A tail that is no date, version or effort word names another model, so the answer is "unpriced" with
// candidates: unknown beats wrong.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "core/catalog/model_naming.h"
#include "core/catalog/name_index.h"
#include "core/catalog/text.h"

namespace tierwise::catalog {

namespace {

/// A provider's word before the name, with its separator: "huggingface/nebius/" goes before "huggingface/".
struct ProviderPrefix {
    const Provider* provider = nullptr;
    std::size_t length = 0;  ///< of the word; the separator follows
};

ProviderPrefix providerPrefix(std::string_view name, const NameIndex& index) {
    ProviderPrefix found;
    std::size_t at = 0;
    for (int words = 0; words < 2; ++words) {
        at = name.find_first_of("/:", at);
        if (at == std::string_view::npos || at == 0 || at + 1 == name.size()) {
            break;
        }
        const Provider* said =
            words == 0 ? index.providerOf(name.substr(0, at)) : index.providerNamed(name.substr(0, at));
        if (said != nullptr) {
            found = {said, at};
        }
        ++at;
    }
    return found;
}

/// One more wrapper taken off; false when there is none.
bool peel(NameReading& next, const NameIndex& index, bool hinted) {
    const std::string name = next.name;
    if (name.starts_with('~') || name.starts_with('/')) {
        next.name = name.substr(1);
        return true;
    }
    const auto prefix = providerPrefix(name, index);
    const bool asFolder = prefix.provider != nullptr && name[prefix.length] == '/';
    if (const auto region = peelRegionFolder(name); region && !asFolder) {
        next.name = region->rest;
        next.region = region->prefix;
        next.note = "region folder";
        return true;
    }
    if (const auto region = peelRegion(name); region && !asFolder) {
        next.name = region->rest;
        next.region = region->prefix;  // of a profile: the price is its region's, not that of the ARN
        next.provider = next.provider.empty() ? "aws" : next.provider;
        next.note = "region prefix";
        return true;
    }
    if (const auto vendor = peelVendor(name); vendor && !asFolder) {
        next.name = vendor->rest;
        next.author = vendor->prefix;
        next.provider = next.provider.empty() ? "aws" : next.provider;
        next.note = "vendor prefix";
        return true;
    }
    const auto at = prefix.provider != nullptr ? prefix.length : name.find_first_of("/:");
    const auto variant = peelVariant(name);
    const bool endsInVariant = variant && at == variant->prefix.size();  // "deepseek-chat-v3.1:free"
    if (at == std::string::npos || at == 0 || endsInVariant ||
        (name[at] == ':' && (prefix.provider == nullptr || looksLocal(name)))) {
        return false;
    }
    const std::string word = name.substr(0, at);
    next.name = name.substr(at + 1);
    if (prefix.provider != nullptr && !prefix.provider->gateway && next.provider.empty() && !hinted) {
        next.provider = prefix.provider->id;
    } else {
        next.author = lowered(word);
    }
    next.note = fmt::format("prefix \"{}\"", word);
    return true;
}

/// The readings of a name, from as logged to bare. What a wrapper says of the seller holds for the wrapped name too:
/// "global.anthropic.claude-x" is a name of Bedrock's own.
std::vector<NameReading> readingsOf(const NameReading& first, const NameIndex& index, bool hinted) {
    std::vector<NameReading> readings{first};
    for (int depth = 0; depth < 6; ++depth) {
        NameReading next = readings.back();
        if (!peel(next, index, hinted) || next.name.empty()) {
            break;
        }
        readings.push_back(std::move(next));
    }
    return readings;
}

/// Variants of routing, not of price. Free, extended and fast ones are sold at prices of their own.
bool costsAsItsBase(std::string_view variant) {
    return variant != "free" && variant != "extended" && variant != "fast";
}

/// The words of a folded name that are numbers of four digits and more: dates.
std::vector<std::string> numbersOf(std::string_view fold) {
    std::vector<std::string> numbers;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= fold.size(); ++i) {
        if (i == fold.size() || fold[i] < '0' || fold[i] > '9') {
            if (i - begin >= 4) {
                numbers.emplace_back(fold.substr(begin, i - begin));
            }
            begin = i + 1;
        }
    }
    return numbers;
}

/// The rates that hold without any condition at a moment.
std::vector<std::pair<Meter, Rate>> standardRates(const Offering& offering, Timestamp at) {
    std::vector<std::pair<Meter, Rate>> rates;
    for (const auto& card : offering.cards) {
        if (card.when == Conditions{} && (!card.from || at >= *card.from) && (!card.to || at < *card.to)) {
            for (const auto& [meter, rate] : card.rates) {
                if (meter == Meter::input || meter == Meter::output) {
                    rates.emplace_back(meter, rate);
                }
            }
        }
    }
    std::sort(rates.begin(), rates.end());
    return rates;
}

Resolution unpriced(std::string reason, std::vector<OfferingIndex> candidates) {
    Resolution resolution;
    resolution.unpricedReason = std::move(reason);
    resolution.candidates = std::move(candidates);
    return resolution;
}

bool sameWord(std::string_view a, std::string_view b) {
    return lowered(trimmed(a)) == lowered(trimmed(b));
}

}  // namespace

std::optional<NameIndex::Hit> NameIndex::local(const NameReading& reading, Timestamp at) const {
    for (const auto& each : m_data.providers) {
        if (!each.local) {
            continue;
        }
        if (auto hit = lookUp(each.id, reading.name, at)) {
            return hit;
        }
        const auto bare = withoutQuantization(reading.name);
        const auto plain = withoutInstruct(bare ? *bare : reading.name);
        for (const auto& shorter : {bare, plain}) {
            if (auto hit = shorter ? lookUpWithTail(each.id, *shorter, at) : std::nullopt) {
                hit->rule = "local file without its quantization";
                hit->confidence = std::min(hit->confidence, 0.9);
                return hit;
            }
        }
        if (auto hit = lookUpWithTail(each.id, reading.name, at)) {
            return hit;
        }
    }
    return {};
}

std::optional<NameIndex::Hit> NameIndex::atProvider(std::string_view providerId, const NameReading& reading,
                                                    Timestamp at) const {
    if (auto hit = lookUpWithTail(providerId, reading.name, at)) {
        return hit;
    }
    if (const auto base = fineTuneBase(reading.name)) {
        // Fine-tunes have prices of their own: only a listed "ft:" offering will do, with or without its date.
        if (auto hit = lookUpWithTail(providerId, "ft:" + *base, at)) {
            hit->rule = "fine-tune of " + *base;
            hit->confidence = std::min(hit->confidence, 0.9);
            return hit;
        }
        return {};
    }
    if (const auto variant = peelVariant(reading.name); variant && costsAsItsBase(variant->rest)) {
        if (auto hit = lookUpWithTail(providerId, variant->prefix, at)) {
            hit->rule = "variant \":" + variant->rest + "\" at the price of its base";
            hit->confidence = std::min(hit->confidence, 0.7);
            return hit;
        }
    }
    if (const auto bare = withoutQuantization(reading.name)) {
        if (auto hit = lookUpWithTail(providerId, *bare, at)) {
            hit->rule = "without its quantization";
            hit->confidence = std::min(hit->confidence, 0.7);
            return hit;
        }
    }
    constexpr std::string_view kFast = "-fast";
    if (lowered(reading.name).ends_with(kFast)) {
        const auto base = std::string_view(reading.name).substr(0, reading.name.size() - kFast.size());
        if (auto hit = lookUpWithTail(providerId, base, at); hit && sellsFast(hit->offering)) {
            hit->rule = "fast mode of " + std::string(base);
            hit->serviceTier = "fast";
            hit->confidence = std::min(hit->confidence, 0.9);
            return hit;
        }
    }
    return {};
}

bool NameIndex::sellsFast(OfferingIndex index) const {
    const auto& cards = m_data.offerings[static_cast<std::size_t>(index.value())].cards;
    return std::any_of(cards.begin(), cards.end(),
                       [](const RateCard& card) { return card.when.serviceTier == "fast"; });
}

/// The seller's offering of the model that is named without the seller's own folders and versions ("gpt-4o" at
/// OpenRouter): where it is the only one of that name, or all ask the same.
std::optional<NameIndex::Hit> NameIndex::byModel(std::string_view providerId, std::string_view name,
                                                 Timestamp at) const {
    std::call_once(m_modelsOnce, [this] {
        for (std::size_t i = 0; i < m_data.offerings.size(); ++i) {
            const auto& each = m_data.offerings[i];
            m_byBareName[each.provider + '\n' + modelKey(bareModelName(each.id))].push_back(
                OfferingIndex(static_cast<std::int32_t>(i)));
        }
    });
    const auto found = m_byBareName.find(std::string(providerId) + '\n' + modelKey(bareModelName(name)));
    if (found == m_byBareName.end()) {
        return {};
    }
    const auto offeringAt = [&](OfferingIndex index) -> const Offering& {
        return m_data.offerings[static_cast<std::size_t>(index.value())];
    };
    const std::string wanted = folded(name);
    // Of those, the ones of the same last folder; else of the same date; else any without a short date, which may be
    // another model (-0528).
    const auto keep = [&](const auto& holds) {
        std::vector<OfferingIndex> kept;
        std::copy_if(found->second.begin(), found->second.end(), std::back_inserter(kept), [&](OfferingIndex index) {
            const std::string fold = folded(offeringAt(index).id);
            return !versionsDiffer(wanted, fold) && holds(fold);
        });
        return kept;
    };
    const auto dates = numbersOf(wanted);
    auto all = keep([&](const std::string& fold) { return fold.substr(fold.rfind('/') + 1) == wanted; });
    const bool ownPrice = peelVariant(name).has_value();
    if (all.empty() && !ownPrice) {
        all = keep([&](const std::string& fold) { return numbersOf(fold) == dates; });
    }
    if (all.empty() && !ownPrice) {
        const auto isShort = [](std::string_view number) { return number.size() == 4; };
        all = keep([&](const std::string& fold) {
            const auto others = numbersOf(fold);
            return std::none_of(others.begin(), others.end(), isShort) &&
                   std::none_of(dates.begin(), dates.end(), isShort);
        });
    }
    const bool agreed = std::all_of(all.begin(), all.end(), [&](OfferingIndex index) {
        return standardRates(offeringAt(index), at) == standardRates(offeringAt(all.front()), at);
    });
    return all.empty() || !agreed
               ? std::nullopt
               : std::optional<Hit>(Hit{all.front(), 0.75, "the model of that name at the provider"});
}

/// An exact name behind wrappers: it beats a pattern that only covers a part of the name, and any guess.
std::optional<std::pair<NameIndex::Hit, const NameReading*>> NameIndex::behindWrappers(
    std::string_view providerId, const std::vector<NameReading>& readings, Timestamp at) const {
    for (const auto& reading : readings) {
        if (auto hit = lookUp(providerId, reading.name, at); hit && hit->confidence == 1) {
            return std::pair(*hit, &reading);
        }
    }
    return {};
}

std::optional<NameIndex::Hit> NameIndex::byModelOrVariant(std::string_view providerId, std::string_view name,
                                                          Timestamp at) const {
    auto hit = byModel(providerId, name, at);
    if (const auto variant = peelVariant(name); !hit && variant && costsAsItsBase(variant->rest)) {
        hit = byModel(providerId, variant->prefix, at);
        if (hit) {
            hit->rule += ", variant \":" + variant->rest + "\" at the price of its base";
            hit->confidence = 0.7;
        }
    }
    return hit;
}

Resolution NameIndex::resolve(const NameQuery& query) const {
    const Timestamp at = query.at.value_or(m_data.date);
    for (const auto& alias : query.userAliases) {
        if (sameWord(alias.logged, query.name) &&
            (alias.provider.empty() || sameWord(alias.provider, query.provider))) {
            if (const auto found = offering(alias.offering)) {
                return {found, "your alias", 1.0, {}, {}, {}, {}};
            }
        }
    }
    const NameReading first = unwrapName(query.name);
    if (first.name.empty()) {
        return unpriced("the name is empty", {});
    }
    const Provider* hint = providerOf(query.provider);
    if (query.provider.empty() && !first.seller.empty()) {
        hint = providerOf(first.seller);
    }
    const bool hinted = hint != nullptr && !hint->gateway;
    if (first.opaque) {
        return unpriced(fmt::format("the name hides its model{}", first.note.empty() ? "" : " (" + first.note + ")"),
                        {});
    }
    const auto readings = readingsOf(first, *this, hinted);
    const auto finish = [&](Hit hit, const NameReading& reading) {
        Resolution found;
        if (!reading.currency.empty()) {
            const auto exchanged = inCurrency(hit, reading.currency);
            if (!exchanged) {
                return unpriced(fmt::format("no price list in {}", reading.currency), {hit.offering});
            }
            hit = *exchanged;
        }
        found.offering = hit.offering;
        found.rule = reading.note.empty() ? hit.rule : fmt::format("{}, {}", reading.note, hit.rule);
        found.confidence = hit.confidence;
        found.serviceTier = hit.serviceTier.empty() ? reading.serviceTier : hit.serviceTier;
        found.region = readings.back().region;  // a pattern may have taken the name with its region
        return found;
    };
    const bool tagged = std::any_of(readings.begin(), readings.end(),
                                    [](const NameReading& reading) { return looksLocal(reading.name); });
    if ((hinted && hint->local) || (!hinted && tagged)) {
        for (const auto& reading : readings) {
            if (auto hit = local(reading, at)) {
                return finish(*hit, reading);
            }
        }
        return unpriced("a local model that is not listed", candidates(readings.back().name, "local"));
    }
    const std::string& wanted = hinted ? hint->id : readings.back().provider;
    for (const auto& reading : readings) {
        if (const Provider* seller = provider(wanted); seller != nullptr && seller->local) {
            if (auto hit = local(reading, at)) {
                return finish(*hit, reading);
            }
        } else if (!wanted.empty()) {
            if (auto hit = atProvider(wanted, reading, at)) {
                const auto exact = hit->confidence < kWholeName ? behindWrappers(wanted, readings, at) : std::nullopt;
                return exact ? finish(exact->first, *exact->second) : finish(*hit, reading);
            }
        }
    }
    if (const auto& bare = readings.back(); !wanted.empty() && !fineTuneBase(bare.name)) {
        if (auto hit = byModelOrVariant(wanted, bare.name, at)) {
            return finish(*hit, bare);
        }
    }
    if (const Provider* reseller = provider(wanted); reseller != nullptr) {
        for (const auto& original : reseller->listPriceOf) {
            for (const auto& reading : readings) {
                if (auto hit = atProvider(original, reading, at)) {
                    hit->rule += ", at the list price of " + original;
                    hit->confidence = std::min(hit->confidence, 0.7);
                    return finish(*hit, reading);
                }
            }
        }
    }
    if (!hinted) {
        for (const auto& reading : readings) {
            if (!reading.provider.empty() && provider(reading.provider) != nullptr) {
                continue;
            }
            if (auto hit = lookUpAnywhere(reading.name, at)) {
                if (hint == nullptr && !query.provider.empty()) {
                    hit->confidence *= 0.8;
                    hit->rule += fmt::format("; the provider \"{}\" is not known: its price may differ",
                                             query.provider.substr(0, 60));
                }
                return finish(*hit, reading);
            }
        }
    }
    auto others = candidates(readings.back().name, wanted);
    if (others.empty()) {
        return unpriced("no catalog entry is like this name", {});
    }
    return unpriced(wanted.empty() ? "the provider is not known and several are possible"
                                   : fmt::format("{} does not list this name", wanted),
                    std::move(others));
}

}  // namespace tierwise::catalog
