// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/route/parallel.h"

namespace tierwise::route {

/// A sort key and what it stands for.
struct KeyedIndex {
    std::uint32_t key;
    std::uint32_t index;
};

/// Order-preserving bits of a float (any sign, no NaN): ascending keys are ascending floats.
[[nodiscard]] inline std::uint32_t ascendingKey(float value) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}
[[nodiscard]] inline std::uint32_t descendingKey(float value) {
    return ~ascendingKey(value);
}

/// Stable least-significant-digit radix sort by key, 3 passes of 11 bits, on `threads` threads; the result is the same
/// for any number. items and scratch hold count elements; the sorted ones end in the returned array.
inline KeyedIndex* radixSort(KeyedIndex* items, KeyedIndex* scratch, std::size_t count,
                             unsigned threads = threadCount()) {
    constexpr unsigned kBits = 11;
    constexpr std::size_t kBuckets = std::size_t{1} << kBits;
    std::vector<std::array<std::size_t, kBuckets>> counts(threads);
    for (unsigned pass = 0; pass < 3; ++pass) {
        const unsigned shift = pass * kBits;
        const auto digit = [shift](std::uint32_t key) { return (key >> shift) & (kBuckets - 1); };
        parallelRanges(count, threads, [&](unsigned part, std::size_t begin, std::size_t end) {
            auto& mine = counts[part];
            mine.fill(0);
            for (std::size_t i = begin; i < end; ++i) {
                ++mine[digit(items[i].key)];
            }
        });
        std::size_t at = 0;
        bool onlyOneBucket = false;
        for (std::size_t bucket = 0; bucket < kBuckets; ++bucket) {
            const std::size_t before = at;
            for (auto& mine : counts) {
                const std::size_t here = mine[bucket];
                mine[bucket] = at;
                at += here;
            }
            onlyOneBucket = onlyOneBucket || at - before == count;
        }
        if (onlyOneBucket) {
            continue;  // this digit is the same everywhere
        }
        parallelRanges(count, threads, [&](unsigned part, std::size_t begin, std::size_t end) {
            auto& mine = counts[part];
            for (std::size_t i = begin; i < end; ++i) {
                scratch[mine[digit(items[i].key)]++] = items[i];
            }
        });
        std::swap(items, scratch);
    }
    return items;
}

}  // namespace tierwise::route
