// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/money.h"
#include "core/base/timestamp.h"
#include "core/catalog/meter.h"
#include "core/catalog/usage.h"

namespace tierwise::catalog {

/// How far a figure can be trusted: the seller's own page, a list that others keep, or the user.
enum class Confidence : std::uint8_t { official, aggregator, user };
[[nodiscard]] std::string_view confidenceName(Confidence confidence);

/// Where a figure comes from. Every rate card points at one.
struct Evidence {
    std::string url;
    std::string dateChecked;  ///< ISO date
    Confidence confidence = Confidence::aggregator;
    std::string note;  ///< what else there is to know; may be empty
    bool operator==(const Evidence&) const = default;
};

/// Local time of day in which a rate holds. Minutes after local midnight, from included, to excluded, from < to
/// (a window over midnight is two ranges); weekdays bit 0 = Monday .. bit 6 = Sunday, of the local date.
struct TimeWindow {
    std::string zone = "UTC";  ///< IANA name
    std::vector<std::pair<int, int>> ranges;
    std::uint8_t weekdays = 0x7f;
    bool operator==(const TimeWindow&) const = default;
};

/// When a rate card holds, beside its dates: all that is said must hold, what is not said does not matter.
struct Conditions {
    std::string serviceTier;  ///< "batch", "flex", "priority", "fast"; "" = any
    std::string region;       ///< "us", "eu", "global" ...; "" = any
    /// Tokens of the prompt (uncached + cache reads + cache writes) must exceed this ...
    std::optional<std::int64_t> promptAbove;
    /// ... and must not exceed this. The whole request takes the rate.
    std::optional<std::int64_t> promptUpTo;
    std::optional<TimeWindow> window;

    /// How many kinds of condition are set: the most specific card wins.
    [[nodiscard]] int specificity() const;
    bool operator==(const Conditions&) const = default;
};

struct MeterRate {
    Meter meter = Meter::input;
    Rate rate;
    bool operator==(const MeterRate&) const = default;
};

/// Rates that hold from `from` (included; open = always) to `to` (excluded; open = still) under conditions.
struct RateCard {
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    Conditions when;
    std::vector<MeterRate> rates;  ///< in the offering's currency, a unit; at most one a meter
    std::int32_t evidence = -1;    ///< index into Catalog::evidence()
    std::int64_t line = 0;         ///< 1-based line of the file it was read from
    [[nodiscard]] std::optional<Rate> rate(Meter meter) const;
    bool operator==(const RateCard&) const = default;
};

/// What a provider's usage object means (domain, section 1).
struct UsageConvention {
    bool cacheInsideInput = true;       ///< OpenAI, Gemini: subtract; Anthropic, Bedrock: add
    bool reasoningInsideOutput = true;  ///< OpenAI, Anthropic: inside; Gemini, xAI: add
    bool operator==(const UsageConvention&) const = default;
};

/// A spelling of an offering. text may carry '*' at either end (any characters). Valid from..to (to excluded).
struct Alias {
    std::string text;
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    bool operator==(const Alias&) const = default;
};

/// Who runs the machines and takes the money.
struct Provider {
    std::string id;                        ///< "openai"
    std::string name;                      ///< "OpenAI"
    std::string jurisdiction;              ///< ISO country of the operator ("US"); "" = unknown
    std::vector<std::string> aliases;      ///< hints that mean it, '*' at either end allowed
    std::vector<std::string> hosts;        ///< parts of URLs that mean it
    std::vector<std::string> authors;      ///< authors whose models it sells first hand
    std::vector<std::string> listPriceOf;  ///< providers whose list price it charges for what it does not list itself
    UsageConvention convention;
    bool gateway = false;  ///< passes on to others; as a hint it says nothing about the price
    bool local = false;    ///< the user's own machines: price 0 a token, hardware apart (domain, section 7)
    bool operator==(const Provider&) const = default;
};

/// A published score. value is in the unit the benchmark uses (mostly percent).
struct CapabilityScore {
    std::string benchmark;
    double value = 0;
    std::string source;  ///< URL
    std::string date;    ///< ISO date; may be empty
    bool operator==(const CapabilityScore&) const = default;
};

/// Low, mid and high of an assumption.
struct Range {
    double low = 0;
    double mid = 0;
    double high = 0;
    bool operator==(const Range&) const = default;
};

/// Shape of attention, for the size of the KV cache (domain, section 7).
struct KvShape {
    std::int32_t attentionLayers = 0;
    std::int32_t kvHeads = 0;
    std::int32_t headSize = 0;
    std::int32_t latentSize = 0;  ///< MLA: compressed dimensions a layer (512+64); 0 = not MLA
    bool operator==(const KvShape&) const = default;
};

/// An author's model, whoever sells it. Strings are empty and optionals unset where nobody says.
struct Model {
    std::string id;       ///< "claude-opus-4-6"
    std::string name;     ///< "Claude Opus 4.6"
    std::string author;   ///< "anthropic"
    std::string origin;   ///< ISO country of the author
    std::string family;   ///< "claude-opus"
    std::string licence;  ///< SPDX id or name
    std::string tokenizerFamily;
    std::string released;  ///< ISO date
    std::optional<bool> openWeights;
    std::optional<bool> reasons;  ///< thinks before it answers, at least on request
    std::optional<std::int64_t> contextTokens;
    std::optional<std::int64_t> maxOutputTokens;
    std::optional<double> totalParametersB;   ///< billions
    std::optional<double> activeParametersB;  ///< billions; equals total for a dense model
    std::optional<KvShape> kv;
    std::optional<Range> reasoningMultiplierEasy;  ///< output / answer tokens on an easy task
    std::optional<Range> reasoningMultiplierHard;  ///< ... on a hard one (domain, section 3)
    std::vector<CapabilityScore> scores;
    std::vector<std::int32_t> factEvidence;  ///< indexes into Catalog::evidence()
    bool operator==(const Model&) const = default;
};

/// Which model answers under an alias of moving meaning (deepseek-chat), from..to (to excluded).
struct ModelPeriod {
    ModelIndex model{-1};
    std::optional<Timestamp> from;
    std::optional<Timestamp> to;
    bool operator==(const ModelPeriod&) const = default;
};

/// A provider's offering of a model.
struct Offering {
    std::string provider;               ///< Provider::id
    std::string id;                     ///< the provider's own name for it
    ModelIndex model{-1};               ///< at the catalog's date
    std::vector<ModelPeriod> formerly;  ///< what answered under this name before; empty = always model
    std::string currency = "USD";
    std::vector<Alias> aliases;
    std::vector<RateCard> cards;
    UsageConvention convention;
    std::optional<std::int64_t> contextTokens;  ///< where the host's differs from the model's
    std::string retired;                        ///< ISO date after which it is no longer served; still priced
    bool local = false;
    std::int64_t line = 0;  ///< 1-based line of the file it was read from
    [[nodiscard]] std::string key() const { return provider + "/" + id; }
    [[nodiscard]] ModelIndex modelAt(std::optional<Timestamp> at) const;
    bool operator==(const Offering&) const = default;
};

/// One rule of the tiers. The first that holds gives the tier; all that is set must hold. Prices are $/M output of the
/// model's first-hand offering (else its dearest), at the catalog's date.
struct TierRule {
    Tier tier = Tier::unbanded;
    std::string model;  ///< explicit assignment: a model id, '*' at either end allowed; "" = any
    std::optional<Rate> outputAtLeast;
    std::optional<Rate> outputBelow;
    std::optional<bool> local;
    std::optional<bool> reasons;
    std::string why;  ///< shown to the user
    bool operator==(const TierRule&) const = default;
};

struct TierRules {
    std::vector<TierRule> rules;
    /// Errors badFormat: names the line.
    [[nodiscard]] static Result<TierRules> parse(std::string_view json, std::string source);
    [[nodiscard]] static Result<TierRules> load(const std::filesystem::path& path);
    [[nodiscard]] std::string toJson() const;
    bool operator==(const TierRules&) const = default;
};

/// A user's own spelling; wins over everything.
struct UserAlias {
    std::string logged;    ///< matched without regard to case
    std::string provider;  ///< hint it holds for; "" = any
    std::string offering;  ///< "provider/id"
};

struct NameQuery {
    std::string_view name;
    std::string_view provider;    ///< a hint: an id, an SDK's name, a gateway, a host or an URL; may be empty
    std::optional<Timestamp> at;  ///< aliases change in time; unset = the catalog's date
    std::span<const UserAlias> userAliases{};
};

/// What a logged name turned out to be.
struct Resolution {
    std::optional<OfferingIndex> offering;
    std::string rule;                       ///< what decided: "exact", "alias", "dated snapshot", ...; for people
    double confidence = 0;                  ///< 0..1; 1 only for an exact name or the user's word
    std::string unpricedReason;             ///< set when there is no offering
    std::string serviceTier;                ///< said by the name or the hint ("gpt-5.4 batch"); may be empty
    std::string region;                     ///< said by the name (ARN, "us." prefix, location); may be empty
    std::vector<OfferingIndex> candidates;  ///< what it might be, best first, at most 8
};

/// Under which conditions to price.
struct PriceContext {
    std::optional<Timestamp> at;   ///< unset = the catalog's date, outside of any time window
    std::string_view serviceTier;  ///< "" and "standard" mean no condition
    std::string_view region;
    bool timeKnown = true;  ///< false: at is a day, its time is not known, and no time window is taken to hold
};

/// The rates of an offering under a context, resolved once: price a row with a few multiplications. A rate that is not
/// set is unknown, not 0. Long rates hold for the whole request where the prompt exceeds longBound.
struct EffectiveRates {
    using PerMeter = std::array<std::optional<Rate>, kMeterCount>;
    PerMeter rates;
    /// Prompt bounds (exclusive, ascending) and the rates beyond each.
    std::vector<std::pair<std::int64_t, PerMeter>> beyond;

    [[nodiscard]] const PerMeter& forPrompt(std::int64_t promptTokens) const {
        const PerMeter* found = &rates;
        for (const auto& [bound, perMeter] : beyond) {
            if (promptTokens > bound) {
                found = &perMeter;
            }
        }
        return *found;
    }
    [[nodiscard]] std::optional<Rate> rate(Meter meter) const { return rates[static_cast<std::size_t>(meter)]; }
    [[nodiscard]] std::optional<Rate> input() const { return rate(Meter::input); }
    [[nodiscard]] std::optional<Rate> output() const { return rate(Meter::output); }
    [[nodiscard]] std::optional<Rate> cacheRead() const { return rate(Meter::cacheRead); }
    [[nodiscard]] std::optional<Rate> cacheWrite5m() const { return rate(Meter::cacheWrite5m); }
    [[nodiscard]] std::optional<Rate> cacheWrite1h() const { return rate(Meter::cacheWrite1h); }
    [[nodiscard]] std::optional<Rate> perRequest() const { return rate(Meter::request); }
    [[nodiscard]] std::optional<std::int64_t> longBound() const {
        return beyond.empty() ? std::nullopt : std::optional<std::int64_t>(beyond.front().first);
    }

    /// Cost of the five text meters and the request, exact. A cache rate that is not listed falls back to the next
    /// dearer kind (1 h -> 5 min -> input; reads -> input), as providers without a discount bill. Nothing when a
    /// meter with a quantity has no rate at all. Quantities are tokens, >= 0. Overflow is nothing too.
    [[nodiscard]] std::optional<MoneySum> price(std::int64_t inputUncached, std::int64_t cacheRead,
                                                std::int64_t cacheWrite5m, std::int64_t cacheWrite1h,
                                                std::int64_t output, std::int64_t requests = 1) const;
};

struct BillLine {
    Meter meter = Meter::input;
    std::int64_t quantity = 0;
    Rate rate;
    MoneySum cost;
};

/// The price of one usage. complete is false where a quantity has no rate: the total is then of the known lines only,
/// and unpriced names the rest.
struct Bill {
    MoneySum total;
    std::string currency = "USD";
    std::vector<BillLine> lines;
    std::vector<Meter> unpriced;
    std::vector<std::string> warnings;
    [[nodiscard]] bool complete() const { return unpriced.empty(); }
};

struct CatalogData;  // the parsed tables, catalog_data.h
class NameIndex;

/// A dated, immutable list of what models cost: read once, shared by threads, copied cheaply.
class Catalog {
public:
    Catalog();
    /// Reads our own format (resources/catalog/catalog.schema.json). Errors badFormat and conflict (ties, overlaps,
    /// gaps, units out of range) name source and line.
    [[nodiscard]] static Result<Catalog> parse(std::string_view json, const std::string& source);
    [[nodiscard]] static Result<Catalog> load(const std::filesystem::path& path);
    /// Checks and indexes tables made in memory (an edit, a merge).
    [[nodiscard]] static Result<Catalog> fromData(CatalogData data, const std::string& source);
    [[nodiscard]] const CatalogData& data() const { return *m_data; }

    [[nodiscard]] std::span<const Model> models() const;
    [[nodiscard]] std::span<const Offering> offerings() const;
    [[nodiscard]] std::span<const Provider> providers() const;
    [[nodiscard]] std::span<const Evidence> evidence() const;
    [[nodiscard]] const Model& model(ModelIndex index) const;
    [[nodiscard]] const Offering& offering(OfferingIndex index) const;
    [[nodiscard]] const Provider* provider(std::string_view id) const;  ///< null when unknown
    [[nodiscard]] std::optional<ModelIndex> findModel(std::string_view id) const;
    [[nodiscard]] std::optional<OfferingIndex> findOffering(std::string_view key) const;  ///< "provider/id"
    /// Offerings of a model, in the catalog's order.
    [[nodiscard]] std::vector<OfferingIndex> offeringsOf(ModelIndex index) const;
    /// The one to show for a model: its author's own, else the first priced one.
    [[nodiscard]] std::optional<OfferingIndex> mainOffering(ModelIndex index) const;

    [[nodiscard]] std::string_view title() const;
    [[nodiscard]] Timestamp date() const;
    [[nodiscard]] std::string_view hash() const;  ///< SHA-256 of the file's bytes, hex

    /// Total; safe on any bytes. Formula and order of rules: resolve.cpp.
    [[nodiscard]] Resolution resolve(const NameQuery& query) const;

    [[nodiscard]] EffectiveRates ratesAt(OfferingIndex index, const PriceContext& context) const;
    /// Errors: overflow.
    [[nodiscard]] Result<Bill> price(OfferingIndex index, const Usage& usage, const PriceContext& context) const;

    /// Default rules are those of the shipped tiers.json, unless others were set.
    void setTierRules(TierRules rules);
    [[nodiscard]] const TierRules& tierRules() const { return m_rules; }
    [[nodiscard]] Tier tierOf(ModelIndex index) const;
    [[nodiscard]] Tier tierOf(OfferingIndex index) const;
    /// Which rule gave the tier, in words ("" when unbanded).
    [[nodiscard]] std::string tierReason(ModelIndex index) const;

private:
    std::shared_ptr<const CatalogData> m_data;
    std::shared_ptr<const NameIndex> m_names;
    TierRules m_rules;
    std::vector<Tier> m_modelTiers;
};

}  // namespace tierwise::catalog
