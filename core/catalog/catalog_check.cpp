// SPDX-License-Identifier: GPL-3.0-or-later
// The checks that make "the most specific rate wins" well defined: within an offering, cards under the same
// conditions follow each other in time without gap or overlap, prompt ranges of one condition tile without gap or
// overlap, and two cards that can hold at once are ordered by their conditions, or a third one covers where they meet.
#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>

#include <date/tz.h>
#include <fmt/format.h>

#include "core/catalog/catalog_data.h"
#include "core/catalog/conditions.h"

namespace tierwise::catalog {

namespace {

constexpr std::int64_t kDearestPerToken = 100'000'000'000;       // 0.1 $ a token: 100,000 $/M
constexpr std::int64_t kDearestPerUnit = 1'000'000'000'000'000;  // 1,000 $ a request or search

class Checker {
public:
    Checker(const CatalogData& data, const std::string& source) : m_data(data), m_source(source) {}

    Result<void> run() {
        std::unordered_set<std::string> keys;
        std::unordered_set<std::string> providers;
        for (const auto& provider : m_data.providers) {
            if (!providers.insert(provider.id).second) {
                return broken(1, fmt::format("provider {} is listed twice", provider.id), "Remove one of them");
            }
        }
        for (const auto& rule : m_data.rules) {
            if (static_cast<std::size_t>(rule.evidence) >= m_data.evidence.size()) {
                return broken(1, fmt::format("a price rule of {} has no evidence", rule.provider),
                              "Give \"evidence\": an index into the list of sources");
            }
        }
        for (const auto& offering : m_data.offerings) {
            if (!keys.insert(offering.key()).second) {
                return broken(offering.line, fmt::format("offering {} is listed twice", offering.key()),
                              "Merge the two lines");
            }
            if (auto checked = checkOffering(offering); !checked) {
                return checked;
            }
        }
        return {};
    }

private:
    [[nodiscard]] tl::unexpected<Error> broken(std::int64_t line, std::string what, std::string hint) const {
        return fail(ErrorCode::conflict, std::move(what), std::move(hint), m_source, line);
    }

    Result<void> checkOffering(const Offering& offering) {
        for (const auto& card : offering.cards) {
            if (auto checked = checkCard(offering, card); !checked) {
                return checked;
            }
        }
        if (offering.cards.size() < 2) {
            return {};
        }
        if (auto checked = checkDates(offering); !checked) {
            return checked;
        }
        if (auto checked = checkPromptRanges(offering); !checked) {
            return checked;
        }
        return checkTies(offering);
    }

    Result<void> checkCard(const Offering& offering, const RateCard& card) {
        const auto name = offering.key();
        if (card.evidence < 0 || static_cast<std::size_t>(card.evidence) >= m_data.evidence.size()) {
            return broken(card.line, fmt::format("a rate card of {} has no evidence", name),
                          "Give \"evidence\": an index into the list of sources");
        }
        if (card.from && card.to && *card.from >= *card.to) {
            return broken(card.line, fmt::format("a rate card of {} ends before it begins", name), "Swap from and to");
        }
        if (card.when.promptAbove && card.when.promptUpTo && *card.when.promptAbove >= *card.when.promptUpTo) {
            return broken(card.line, fmt::format("a rate card of {} has an empty prompt range", name),
                          "promptAbove must be less than promptUpTo");
        }
        for (const auto& [meter, rate] : card.rates) {
            const bool perUnit = meter == Meter::request || meter == Meter::webSearch;
            if (rate.picoPerUnit() > (perUnit ? kDearestPerUnit : kDearestPerToken)) {
                return broken(card.line,
                              fmt::format("{}: the rate {} of {} $ per million is out of range", name, meterName(meter),
                                          rate.perMillion()),
                              "Rates are dollars per million tokens, not per token or per thousand");
            }
        }
        return card.when.window ? checkWindow(offering, card) : Result<void>{};
    }

    Result<void> checkWindow(const Offering& offering, const RateCard& card) {
        const auto& window = *card.when.window;
        if (window.ranges.empty() || window.weekdays == 0) {
            return broken(card.line, fmt::format("a time window of {} is never open", offering.key()),
                          "Give hours and days");
        }
        if (m_zones.contains(window.zone)) {
            return {};
        }
        try {
            if (date::locate_zone(window.zone) != nullptr) {
                m_zones.insert(window.zone);
            }
        } catch (const std::exception&) {
            return broken(card.line, fmt::format("\"{}\" is not a time zone", window.zone),
                          "Use an IANA name such as UTC or Asia/Shanghai");
        }
        return {};
    }

    /// Cards under the same conditions: a chain in time.
    Result<void> checkDates(const Offering& offering) {
        std::vector<const RateCard*> cards;
        for (const auto& card : offering.cards) {
            cards.push_back(&card);
        }
        std::stable_sort(cards.begin(), cards.end(), [](const RateCard* a, const RateCard* b) {
            const auto start = [](const RateCard* card) {
                return card->from ? card->from->nanos() : std::numeric_limits<std::int64_t>::min();
            };
            return start(a) < start(b);
        });
        for (std::size_t i = 0; i < cards.size(); ++i) {
            const auto next = std::find_if(cards.begin() + static_cast<std::ptrdiff_t>(i) + 1, cards.end(),
                                           [&](const RateCard* other) { return other->when == cards[i]->when; });
            if (next == cards.end()) {
                continue;
            }
            const RateCard& first = *cards[i];
            const RateCard& second = **next;
            if (!first.to || !second.from || *second.from < *first.to) {
                return broken(second.line,
                              fmt::format("{}: two rate cards under the same conditions overlap in time (line {})",
                                          offering.key(), first.line),
                              "End the earlier one where the later one begins");
            }
            if (*second.from > *first.to) {
                return broken(second.line,
                              fmt::format("{}: no rate from {} to {} (line {})", offering.key(), first.to->toIso(),
                                          second.from->toIso(), first.line),
                              "Close the gap, or put a card with no rates there");
            }
        }
        return {};
    }

    /// Cards that differ by their prompt range alone: ranges tile, beginning at the first bound.
    Result<void> checkPromptRanges(const Offering& offering) {
        for (const auto& a : offering.cards) {
            if (!a.when.promptUpTo) {
                continue;
            }
            const auto bare = withoutPrompt(a.when);
            std::optional<std::int64_t> nearest;
            bool covered = false;
            for (const auto& b : offering.cards) {
                if (&a == &b || withoutPrompt(b.when) != bare || !datesMeet(a, b)) {
                    continue;
                }
                covered = covered || (!b.when.promptAbove && !b.when.promptUpTo);
                if (b.when.promptAbove && *b.when.promptAbove >= *a.when.promptUpTo) {
                    nearest = nearest ? std::min(*nearest, *b.when.promptAbove) : *b.when.promptAbove;
                }
            }
            if (nearest && *nearest > *a.when.promptUpTo && !covered) {
                return broken(a.line,
                              fmt::format("{}: no rate for prompts of {} to {} tokens", offering.key(),
                                          *a.when.promptUpTo + 1, *nearest),
                              "Let the next range begin where this one ends");
            }
        }
        return {};
    }

    Result<void> checkTies(const Offering& offering) {
        for (std::size_t i = 0; i < offering.cards.size(); ++i) {
            for (std::size_t j = i + 1; j < offering.cards.size(); ++j) {
                const auto& a = offering.cards[i];
                const auto& b = offering.cards[j];
                if (a.when == b.when || a.when.specificity() != b.when.specificity() || !datesMeet(a, b) ||
                    !canMeet(a.when, b.when) || !shareMeter(a, b) || isCovered(offering, a, b)) {
                    continue;
                }
                return broken(b.line,
                              fmt::format("{}: two rate cards tie where both hold (lines {} and {})", offering.key(),
                                          a.line, b.line),
                              "Add a card with the conditions of both, or make one more specific");
            }
        }
        return {};
    }

    [[nodiscard]] static bool shareMeter(const RateCard& a, const RateCard& b) {
        return std::any_of(a.rates.begin(), a.rates.end(),
                           [&](const MeterRate& mine) { return b.rate(mine.meter).has_value(); });
    }

    /// Is there, wherever a and b both hold, a more specific card that holds too?
    [[nodiscard]] static bool isCovered(const Offering& offering, const RateCard& a, const RateCard& b) {
        return std::any_of(offering.cards.begin(), offering.cards.end(), [&](const RateCard& c) {
            return c.when.specificity() > a.when.specificity() && datesMeet(c, a) && datesMeet(c, b) &&
                   coversMeeting(c.when, a.when, b.when);
        });
    }

    const CatalogData& m_data;
    const std::string& m_source;
    std::set<std::string> m_zones;
};

}  // namespace

Result<void> checkCatalog(const CatalogData& data, const std::string& source) {
    return Checker(data, source).run();
}

}  // namespace tierwise::catalog
