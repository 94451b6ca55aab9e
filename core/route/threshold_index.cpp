// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/route/threshold_index.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include "core/route/radix.h"
#include "core/route/raw_array.h"

namespace tierwise::route {

void ThresholdIndex::add(Sum& sum, std::size_t target, std::size_t rank) const {
    const std::uint32_t row = m_order[rank];
    const std::uint8_t j = m_targets[target][row];
    if (j == kNoCandidate) {
        return;
    }
    const double weight = m_table.weightOf(row);
    sum.costPico += m_table.cost[j][row];
    sum.quality += weight * static_cast<double>(m_table.quality[j][row]);
    sum.weight += weight;
}

ThresholdIndex ThresholdIndex::build(const ChoiceTable& table, std::span<const float> signal,
                                     std::vector<std::span<const std::uint8_t>> targets, unsigned threads) {
    ThresholdIndex index;
    index.m_table = table;
    index.m_targets = std::move(targets);
    RawArray<KeyedIndex> items(table.rows);
    RawArray<KeyedIndex> scratch(table.rows);
    std::size_t count = 0;
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (!std::isnan(signal[row])) {
            items[count++] = {ascendingKey(signal[row]), static_cast<std::uint32_t>(row)};
        }
    }
    const KeyedIndex* sorted = radixSort(items.data(), scratch.data(), count, threads);
    index.m_order.resize(count);
    index.m_sorted.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        index.m_order[i] = sorted[i].index;
        index.m_sorted[i] = signal[sorted[i].index];
    }
    const std::size_t blocks = count / kBlock + 1;
    double weight = 0;
    for (std::size_t rank = 0; rank < count; ++rank) {
        if (rank % kBlock == 0) {
            index.m_weights.push_back(weight);
        }
        weight += table.weightOf(index.m_order[rank]);
    }
    index.m_weights.resize(blocks, weight);
    index.m_blocks.resize(index.m_targets.size());
    parallelRanges(index.m_targets.size(), threads, [&](unsigned, std::size_t begin, std::size_t end) {
        for (std::size_t target = begin; target < end; ++target) {
            auto& sums = index.m_blocks[target];
            sums.resize(blocks);
            Sum running;
            for (std::size_t rank = 0; rank < count; ++rank) {
                if (rank % kBlock == 0) {
                    sums[rank / kBlock] = running;
                }
                index.add(running, target, rank);
            }
            if (count % kBlock == 0) {
                sums[count / kBlock] = running;
            }
        }
    });
    return index;
}

ThresholdIndex::Sum ThresholdIndex::prefix(std::size_t target, std::size_t rank) const {
    Sum sum = m_blocks[target][rank / kBlock];
    for (std::size_t i = rank / kBlock * kBlock; i < rank; ++i) {
        add(sum, target, i);
    }
    return sum;
}

std::size_t ThresholdIndex::rowsBelow(float value) const {
    return static_cast<std::size_t>(std::lower_bound(m_sorted.begin(), m_sorted.end(), value) - m_sorted.begin());
}

double ThresholdIndex::weightBefore(std::size_t rank) const {
    double weight = m_weights[rank / kBlock];
    for (std::size_t i = rank / kBlock * kBlock; i < rank; ++i) {
        weight += m_table.weightOf(m_order[i]);
    }
    return weight;
}

double ThresholdIndex::shareBelow(float value) const {
    return m_order.empty() ? 0 : weightBefore(rowsBelow(value)) / weightBefore(m_order.size());
}

float ThresholdIndex::boundForShare(double share) const {
    const double wanted = share * weightBefore(m_order.size());
    // The first rank that would reach beyond the share, and the equal signals around it.
    std::size_t low = 0;
    std::size_t high = m_order.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (weightBefore(middle + 1) <= wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == m_order.size()) {
        return signalAt(low);
    }
    const float value = m_sorted[low];
    const std::size_t from = rowsBelow(value);
    const auto to =
        static_cast<std::size_t>(std::upper_bound(m_sorted.begin(), m_sorted.end(), value) - m_sorted.begin());
    return signalAt(wanted - weightBefore(from) <= weightBefore(to) - wanted ? from : to);
}

float ThresholdIndex::signalAt(std::size_t rank) const {
    return rank < m_sorted.size() ? m_sorted[rank] : std::numeric_limits<float>::infinity();
}

ThresholdIndex::Sum ThresholdIndex::sum(std::span<const float> thresholds, std::span<const std::size_t> bands) const {
    assert(bands.size() == thresholds.size() + 1);
    Sum total;
    std::size_t from = 0;
    for (std::size_t band = 0; band < bands.size(); ++band) {
        const std::size_t to = band < thresholds.size() ? std::max(from, rowsBelow(thresholds[band])) : m_order.size();
        const Sum below = prefix(bands[band], from);
        const Sum upTo = prefix(bands[band], to);
        total.costPico += upTo.costPico - below.costPico;
        total.quality += upTo.quality - below.quality;
        total.weight += upTo.weight - below.weight;
        from = to;
    }
    return total;
}

}  // namespace tierwise::route
