// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/timeline.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/catalog/compile_state.h"
#include "core/catalog/source_reader.h"

namespace tierwise::catalog {

namespace {

constexpr double kSuspiciousRatio = 20;
constexpr double kApartRatio = 2;

bool isDated(const std::vector<RateCard>& cards) {
    return std::any_of(cards.begin(), cards.end(),
                       [](const RateCard& card) { return card.from || card.to || card.when.window; });
}

/// One is the other with two decimals: some lists round.
bool isRounded(Rate fine, Rate coarse) {
    constexpr std::int64_t kCent = 10'000;
    return coarse.picoPerUnit() % kCent == 0 && fine.picoPerUnit() % kCent != 0 &&
           (fine.picoPerUnit() + kCent / 2) / kCent * kCent == coarse.picoPerUnit();
}

/// Same prices of these meters (a price that one side does not know does not differ); without a standard card on both
/// sides: otherwise.
bool agreeOn(std::initializer_list<Meter> meters, const std::vector<RateCard>& a, const std::vector<RateCard>& b,
             bool otherwise) {
    const RateCard* mine = baseCard(a);
    const RateCard* other = baseCard(b);
    if (mine == nullptr || other == nullptr) {
        return otherwise;
    }
    return std::all_of(meters.begin(), meters.end(), [&](Meter meter) {
        const auto x = mine->rate(meter);
        const auto y = other->rate(meter);
        return !x || !y || *x == *y;
    });
}

bool agree(const std::vector<RateCard>& a, const std::vector<RateCard>& b) {
    return agreeOn({Meter::input, Meter::output}, a, b, a == b);
}

bool agreeOnCache(const std::vector<RateCard>& a, const std::vector<RateCard>& b) {
    return agreeOn({Meter::cacheRead, Meter::cacheWrite5m}, a, b, true);
}

/// The cache reads of the earlier price are the later ones rounded: the later ones hold for both.
void refineCacheReads(std::vector<RateCard>& earlier, const std::vector<RateCard>& later) {
    const RateCard* fine = baseCard(later);
    for (auto& card : earlier) {
        for (auto& [meter, rate] : card.rates) {
            const auto other = fine == nullptr ? std::nullopt : fine->rate(meter);
            if (meter == Meter::cacheRead && card.when == Conditions{} && other && isRounded(*other, rate)) {
                rate = *other;
            }
        }
    }
}

double ratio(const std::vector<RateCard>& a, const std::vector<RateCard>& b) {
    double worst = 1;
    const RateCard* mine = baseCard(a);
    const RateCard* other = baseCard(b);
    if (mine == nullptr || other == nullptr) {
        return worst;
    }
    for (const auto meter : {Meter::input, Meter::output}) {
        const auto x = mine->rate(meter);
        const auto y = other->rate(meter);
        if (x && y && *x != *y) {
            const auto low = static_cast<double>(std::min(x->picoPerUnit(), y->picoPerUnit()));
            const auto high = static_cast<double>(std::max(x->picoPerUnit(), y->picoPerUnit()));
            worst = std::max(worst, low > 0 ? high / low : 1e9);
        }
    }
    return worst;
}

/// primary, completed by what only secondary knows.
std::vector<RateCard> unite(const std::vector<RateCard>& primary, const std::vector<RateCard>& secondary) {
    std::vector<RateCard> united = primary;
    const bool knowsLong = std::any_of(primary.begin(), primary.end(),
                                       [](const RateCard& card) { return card.when.promptAbove.has_value(); });
    for (const auto& card : secondary) {
        const auto same =
            std::find_if(united.begin(), united.end(), [&](const RateCard& mine) { return mine.when == card.when; });
        if (same == united.end()) {
            // Long-context bounds come from one list alone: two lists' bounds would not tile.
            if (!card.when.promptAbove || !knowsLong) {
                united.push_back(card);
            }
            continue;
        }
        for (const auto& rate : card.rates) {
            if (!same->rate(rate.meter)) {
                same->rates.push_back(rate);
            }
        }
    }
    completeCards(united);
    return united;
}

void dropSpikes(std::vector<Observation>& seen, Timeline& timeline) {
    for (std::size_t i = 1; i + 1 < seen.size();) {
        const bool spike = ratio(seen[i - 1].cards, seen[i].cards) > kSuspiciousRatio &&
                           ratio(seen[i].cards, seen[i + 1].cards) > kSuspiciousRatio;
        if (spike) {
            timeline.dropped.push_back(fmt::format("a step of more than {}x on {} that did not last", kSuspiciousRatio,
                                                   seen[i].date.toIsoDate()));
            seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
}

/// Larger over smaller; neither is 0.
double stepBetween(Rate a, Rate b) {
    const auto x = static_cast<double>(a.picoPerUnit());
    const auto y = static_cast<double>(b.picoPerUnit());
    return std::max(x, y) / std::min(x, y);
}

/// Is the second of two prices a step of more than 20x apart the wrong one? Nothing when there is no such step.
std::optional<bool> laterIsWrong(const Observation& first, const Observation& second, const AskedPrice& asked) {
    const RateCard* before = baseCard(first.cards);
    const RateCard* after = baseCard(second.cards);
    if (before == nullptr || after == nullptr) {
        return {};
    }
    for (const auto meter : {Meter::input, Meter::output}) {
        const auto x = before->rate(meter);
        const auto y = after->rate(meter);
        if (!x || !y || x->picoPerUnit() == 0 || y->picoPerUnit() == 0 || stepBetween(*x, *y) <= kSuspiciousRatio) {
            continue;
        }
        const auto middle = asked[static_cast<std::size_t>(meter)];
        return middle && stepBetween(*y, *middle) > stepBetween(*x, *middle);
    }
    return {};
}

void dropUnitErrors(std::vector<Observation>& seen, const AskedPrice& asked, Timeline& timeline) {
    for (std::size_t i = 1; i < seen.size();) {
        const auto later = laterIsWrong(seen[i - 1], seen[i], asked);
        if (!later) {
            ++i;
            continue;
        }
        const std::size_t wrong = *later ? i : i - 1;
        timeline.dropped.push_back(fmt::format("the price seen on {} is more than {}x from that of {}: a unit error?",
                                               seen[wrong].date.toIsoDate(), kSuspiciousRatio,
                                               seen[*later ? i - 1 : i].date.toIsoDate()));
        seen.erase(seen.begin() + static_cast<std::ptrdiff_t>(wrong));
        i = std::max<std::size_t>(1, i - 1);
    }
}

}  // namespace

Timeline timelineOf(std::vector<Observation> observations, const AskedPrice& asked) {
    Timeline timeline;
    std::erase_if(observations, [](const Observation& each) { return each.cards.empty(); });
    std::stable_sort(observations.begin(), observations.end(), [](const Observation& a, const Observation& b) {
        return a.date != b.date ? a.date < b.date : a.rank < b.rank;
    });
    for (const auto& each : observations) {
        if (isDated(each.cards)) {  // a list that knows the whole history by itself
            timeline.cards = each.cards;
            timeline.changed = true;
            return timeline;
        }
    }
    dropSpikes(observations, timeline);
    dropUnitErrors(observations, asked, timeline);
    std::vector<Observation> segments;
    for (auto& each : observations) {
        if (!segments.empty() && agree(segments.back().cards, each.cards)) {
            refineCacheReads(segments.back().cards, each.cards);
            const bool whole = agreeOnCache(segments.back().cards, each.cards);
            std::vector<RateCard> united = unite(each.cards, segments.back().cards);
            if (whole || segments.back().date == each.date) {
                segments.back().cards = std::move(united);
            } else {
                segments.push_back({each.date, each.rank, std::move(united)});
            }
            continue;
        }
        if (!segments.empty() && segments.back().date == each.date) {
            timeline.disagreed = timeline.disagreed || ratio(segments.back().cards, each.cards) > kApartRatio;
            segments.pop_back();  // two lists of one day: the better one holds
            if (!segments.empty() && agree(segments.back().cards, each.cards)) {
                segments.back().cards = unite(each.cards, segments.back().cards);
                continue;
            }
        }
        segments.push_back(std::move(each));
    }
    for (std::size_t i = 0; i < segments.size(); ++i) {
        for (auto& card : segments[i].cards) {
            if (i > 0) {
                card.from = segments[i].date;
            }
            if (i + 1 < segments.size()) {
                card.to = segments[i + 1].date;
            }
            timeline.cards.push_back(std::move(card));
        }
    }
    timeline.changed = segments.size() > 1;
    return timeline;
}

}  // namespace tierwise::catalog
