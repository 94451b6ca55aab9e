// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::replay {

/// Rates of one offering under one context, in pico-dollars, ready to multiply.
struct FlatRates {
    std::int64_t input = 0;
    std::int64_t cacheRead = 0;
    std::int64_t cacheWrite5m = 0;
    std::int64_t cacheWrite1h = 0;
    std::int64_t output = 0;
    std::int64_t request = 0;
    std::int64_t aboveTokens = 0;  ///< holds for prompts of more tokens than this
    bool inputKnown = false;
    bool outputKnown = false;
    bool writesAreCharged = false;  ///< a cache write has a price of its own

    bool operator==(const FlatRates&) const = default;
};

/// Tokens of one request (or line), as billed.
struct BilledTokens {
    std::int64_t inputUncached = 0;
    std::int64_t cacheRead = 0;
    std::int64_t cacheWrite5m = 0;
    std::int64_t cacheWrite1h = 0;
    std::int64_t output = 0;
    std::int64_t requests = 1;

    [[nodiscard]] std::int64_t prompt() const { return inputUncached + cacheRead + cacheWrite5m + cacheWrite1h; }
};

/// All the rate sets of one offering that a log can meet: looked up by the row's context with one hash, and mostly with
/// none (the context of the row before). Make one a thread.
class RateTable {
public:
    /// at: the moment whose prices count; missing = each row's own. With `at`, the row's time of day and weekday still
    /// choose the time window. batch: whether service tiers of the log are honoured.
    RateTable(const catalog::Catalog& catalog, OfferingIndex offering, const store::WorkloadSnapshot& log,
              std::optional<Timestamp> at, bool serviceTiers);

    /// Rates for a row and a prompt length (of one request).
    [[nodiscard]] const FlatRates& of(std::size_t row, std::int64_t promptTokens);
    /// Exact price in pico-dollars; nothing where a quantity has no rate, or it does not fit 63 bits.
    [[nodiscard]] std::optional<std::int64_t> price(std::size_t row, const BilledTokens& tokens);

private:
    using Ladder = std::vector<FlatRates>;  ///< by rising prompt bound
    [[nodiscard]] std::uint64_t keyOf(std::size_t row) const;
    [[nodiscard]] Ladder ladderOf(std::size_t row) const;

    const catalog::Catalog* m_catalog;
    OfferingIndex m_offering;
    const store::WorkloadSnapshot* m_log;
    std::optional<Timestamp> m_at;
    bool m_serviceTiers;
    bool m_windows = false;
    std::unordered_map<std::uint64_t, Ladder> m_ladders;
    std::uint64_t m_lastKey = ~std::uint64_t{0};
    const Ladder* m_last = nullptr;
};

/// Exact price of tokens at rates; nothing as above.
[[nodiscard]] std::optional<std::int64_t> priceOf(const FlatRates& rates, const BilledTokens& tokens);

}  // namespace tierwise::replay
