// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/catalog/compile.h"
#include "core/catalog/name_index.h"
#include "core/catalog/timeline.h"

// Internal to core/catalog: the stations of a compilation hand this state on, in the order of compileCatalog.

namespace tierwise::catalog {

/// Which list wins at one date; the higher.
enum Rank : int { kHistory = 0, kModelsDev = 1, kLiteLlm = 2, kOpenRouter = 3, kGenai = 4 };

/// What a list asks for the same offering in one region.
struct RegionalPrice {
    std::string region;
    std::vector<RateCard> cards;  ///< evidence set; no region in their conditions yet
};

/// An offering in the making.
struct Draft {
    Offering offering;
    std::vector<Observation> seen;
    std::vector<RegionalPrice> regional;
    std::vector<PriceFactor> factors;
    bool curated = false;  ///< its cards come from the facts and stay
    bool folded = false;   ///< became an alias of another
    std::string name;
    std::string baseModel;
    std::string author;
    std::string family;
    std::string released;
    std::optional<bool> openWeights;
    std::optional<bool> reasons;
    std::optional<std::int64_t> maxOutputTokens;
};

/// The drafts so far as tables, to look names up in; an offering's index is its draft's.
struct Drafted {
    CatalogData data;
    std::unique_ptr<NameIndex> index;
};

struct CompileState {
    CompileInput input;
    CompileOutput out;
    std::vector<Draft> drafts;
    std::map<std::string, std::vector<RateCard>> past;  ///< by offering: prices of the facts that have ended

    /// Index of this evidence in the catalog to be; added when it is new.
    [[nodiscard]] std::int32_t evidence(const std::string& url, const std::string& date, Confidence confidence,
                                        const std::string& note = {});
    [[nodiscard]] std::unique_ptr<Drafted> drafted() const;
    void quarantine(const std::string& source, const std::string& entry, const std::string& reason);
};

/// The card without conditions; null when there is none.
[[nodiscard]] const RateCard* baseCard(const std::vector<RateCard>& cards);
/// Are all rates 0?
[[nodiscard]] bool isFree(const std::vector<RateCard>& cards);
/// The latest observation, of the best list of its day; null when there is none.
[[nodiscard]] const Observation* newest(const Draft& draft);
/// Does any list give the draft the input and output price of seen, at that date?
[[nodiscard]] bool samePrice(const Draft& draft, const Observation& seen);
/// Same input and output price.
[[nodiscard]] bool sameBase(const std::vector<RateCard>& a, const std::vector<RateCard>& b);
/// Larger over smaller output price against the newest observation; 1e9 where one is not known.
[[nodiscard]] double priceRatio(const Draft& draft, const Observation& seen);
/// Adds a spelling unless it is there or is the id itself.
void addAlias(Offering& offering, const std::string& text);
[[nodiscard]] bool hasAlias(const Provider& provider, const std::string& id);
/// Sells dated snapshots at prices of their own (gpt-4o-2024-05-13 is twice gpt-4o).
[[nodiscard]] bool isFirstHandSeller(const std::string& seller);

/// Two offerings of one seller at prices this close are the same model.
inline constexpr double kSameModelRatio = 1.25;

/// A list's rows into the drafts.
void mergeList(CompileState& state, const SourceTable& table, Rank rank);
/// Dated prices of former times into the drafts.
void addHistory(CompileState& state);
/// Gives every draft its model, and models their facts.
void assignModels(CompileState& state);
/// What a seller at an author's list price leaves out of its list, from the author's; after the cards are settled.
void completeFromOriginals(CompileState& state);
/// Drops models that nothing offers.
void dropUnusedModels(CatalogData& data);
/// Keeps the first price of each region.
void addRegional(Draft& draft, const RegionalPrice& price);
/// The draft's cards (already one line in time) once more for each region with a price of its own: what the list says,
/// and for the tiers and prompt ranges it leaves out, the standard card moved as the region's base price is moved.
void addRegionalCards(CompileState& state, Draft& draft);

}  // namespace tierwise::catalog
