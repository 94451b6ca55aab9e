// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/int128.h"
#include "core/replay/rate_table.h"
#include "core/route/parallel.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::replay {

/// Token sums of the rows of one logged model, of rows that know their input and output.
struct TokenTotals {
    std::uint64_t rows = 0;
    std::uint64_t requests = 0;
    std::uint64_t inputUncached = 0;
    std::uint64_t cacheRead = 0;
    std::uint64_t cacheWrite5m = 0;
    std::uint64_t cacheWrite1h = 0;
    std::uint64_t output = 0;
    std::uint64_t reasoning = 0;
    std::uint64_t unknownRows = 0;  ///< without input or output tokens: in none of the sums

    bool operator==(const TokenTotals&) const = default;
    /// Exact cost at flat rates, pico-dollars: sums first, then one multiplication a meter.
    [[nodiscard]] Int128 costPico(const FlatRates& rates) const;
};

/// Totals by the code of the logged name (DictionaryColumn::codes): [code]. One pass, exact. A million rows take about
/// 0.4 ms where one model's requests stand together, and 2 ms where models mix at random.
[[nodiscard]] std::vector<TokenTotals> totalsByModel(const store::WorkloadSnapshot& log,
                                                     unsigned threads = route::threadCount());

}  // namespace tierwise::replay
