// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/int128.h"
#include "core/route/choice_table.h"
#include "core/route/parallel.h"

namespace tierwise::route {

/// Totals of any "signal below t1 -> A, below t2 -> B, else C" by look-up: rows sorted by the signal once, with prefix
/// sums per target. Costs are exact. Read-only after build; any thread. 24 bytes per target and 64 rows, plus 8 a row.
class ThresholdIndex {
public:
    /// signal: [row]; a row whose signal is NaN has none and is outside every band (noSignalRows).
    /// targets: per target, the candidate that really serves a row sent there (kNoCandidate = none can):
    /// targets[t][row]. Bands are "value < threshold" below, ">= threshold" above.
    [[nodiscard]] static ThresholdIndex build(const ChoiceTable& table, std::span<const float> signal,
                                              std::vector<std::span<const std::uint8_t>> targets,
                                              unsigned threads = threadCount());

    struct Sum {
        Int128 costPico = 0;
        double quality = 0;
        double weight = 0;  ///< requests served
        bool operator==(const Sum&) const = default;
    };

    /// bands[i] serves signal in [thresholds[i-1], thresholds[i]); one more band than thresholds, thresholds rising.
    [[nodiscard]] Sum sum(std::span<const float> thresholds, std::span<const std::size_t> bands) const;
    /// Rows with a signal below the value.
    [[nodiscard]] std::size_t rowsBelow(float value) const;
    [[nodiscard]] std::size_t rowsWithSignal() const { return m_order.size(); }
    /// The rows with a signal, by rising signal; ties in row order.
    [[nodiscard]] std::span<const std::uint32_t> order() const { return m_order; }
    /// The signal that has `rank` rows below it: the threshold that sends that many rows down. +infinity at the end.
    [[nodiscard]] float signalAt(std::size_t rank) const;
    /// The threshold with this share (0..1) of the requests that have a signal below it, or as near as can be: equal
    /// signals stay together, and where two are as near the lower one is taken (the better tier). +infinity: all.
    [[nodiscard]] float boundForShare(double share) const;
    /// The share of the requests that have a signal below the value; 0 where none has one.
    [[nodiscard]] double shareBelow(float value) const;

private:
    [[nodiscard]] double weightBefore(std::size_t rank) const;  ///< requests, served or not
    [[nodiscard]] Sum prefix(std::size_t target, std::size_t rank) const;
    void add(Sum& sum, std::size_t target, std::size_t rank) const;

    static constexpr std::size_t kBlock = 64;
    ChoiceTable m_table;
    std::vector<std::span<const std::uint8_t>> m_targets;
    std::vector<std::uint32_t> m_order;
    std::vector<float> m_sorted;
    std::vector<double> m_weights;           ///< [block] requests before it
    std::vector<std::vector<Sum>> m_blocks;  ///< [target][block] sums before the block
};

}  // namespace tierwise::route
