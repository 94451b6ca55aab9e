// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/catalog/catalog_data.h"

namespace tierwise::catalog {

/// What one source says one offering costs, for telling sources that disagree.
struct SourceQuote {
    std::string source;    ///< UpdateSource::id
    std::string offering;  ///< "provider/id"
    Meter meter = Meter::input;
    Rate rate;
    bool operator==(const SourceQuote&) const = default;
};

/// One rate that differs. Unset = there is none on that side.
struct RateChange {
    std::string conditions;  ///< in words; "" = the standard rate
    Meter meter = Meter::input;
    std::optional<Rate> before;
    std::optional<Rate> after;
    bool operator==(const RateChange&) const = default;
};

enum class ChangeKind : std::uint8_t {
    added,    ///< an offering the current catalog does not have
    changed,  ///< rates differ from today on
    gone,     ///< the sources no longer list it; it stays in the catalog, because old logs need it
};
[[nodiscard]] std::string_view changeKindName(ChangeKind kind);

/// Everything an update says about one offering.
struct OfferingChange {
    std::string offering;  ///< "provider/id"
    ChangeKind kind = ChangeKind::changed;
    std::vector<RateChange> rates;
    std::vector<std::string> suspicions;  ///< why it is quarantined, in words; empty = it is not
    [[nodiscard]] bool quarantined() const { return !suspicions.empty(); }
    bool operator==(const OfferingChange&) const = default;
};

/// The difference of an update, in the order of the candidate, gone ones last.
struct CatalogDiff {
    std::string beforeHash;
    std::vector<OfferingChange> changes;
    std::size_t offeringsBefore = 0;
    std::size_t added = 0;
    std::size_t changed = 0;
    std::size_t gone = 0;
    std::size_t quarantined = 0;
    /// More than kLargestShare of the current offerings change price at once: a sign of a broken source or unit.
    bool tooManyAtOnce = false;
};

/// The bounds of the domain note, section 2.
inline constexpr double kLargestStep = 20;         ///< new / old price, either way
inline constexpr double kLargestShare = 0.05;      ///< of the current offerings
inline constexpr double kLargestDisagreement = 2;  ///< dearest / cheapest source

/// Compares the rates that hold at `at`. What is suspicious is marked: to or from zero, a step of more than 20x,
/// sources more than 2x apart, a price no one has ever charged for text.
[[nodiscard]] CatalogDiff diffCatalogs(const Catalog& current, const CatalogData& candidate,
                                       const std::vector<SourceQuote>& quotes, Timestamp at);

/// What the user takes of a difference.
struct Acceptance {
    bool quarantinedToo = false;         ///< everything, the suspicious included
    std::vector<std::string> offerings;  ///< quarantined offerings to take by name
};

/// Does the user's choice take this change? Where too many changed at once, price changes are taken only by name or
/// with quarantinedToo. Gone offerings are never taken away.
[[nodiscard]] bool takes(const Acceptance& acceptance, const CatalogDiff& diff, const OfferingChange& change);

/// The current catalog with the accepted changes. Prices keep their history: a former card ends where the new one
/// begins, at midnight UTC of `at`. Nothing is removed. Errors: notFound (a name in acceptance that no change has),
/// conflict (the result would not be a valid catalog).
[[nodiscard]] Result<Catalog> mergeUpdate(const Catalog& current, const CatalogData& candidate, const CatalogDiff& diff,
                                          const Acceptance& acceptance, Timestamp at);

/// "batch, region us, prompt over 200000"; "" for none.
[[nodiscard]] std::string conditionsInWords(const Conditions& when);

}  // namespace tierwise::catalog
