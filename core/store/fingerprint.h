// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/base/int128.h"

namespace tierwise::store {

/// 128 bits that stand for some content. Two contents with one fingerprint among n: about n^2 / 2^129.
/// Not for secrets: it does not withstand somebody who makes collisions on purpose.
struct Fingerprint {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool operator==(const Fingerprint&) const = default;
};

/// Builds a fingerprint from words and strings; two lanes of multiply and fold. The values are kept in project files,
/// so the function must never change.
class FingerprintBuilder {
public:
    void add(std::uint64_t word) {
        m_low = fold(m_low ^ word, kMultiplierA);
        m_high = fold(m_high + word, kMultiplierB ^ m_low);
    }
    void add(std::string_view bytes) {
        add(static_cast<std::uint64_t>(bytes.size()));
        const char* at = bytes.data();
        std::size_t left = bytes.size();
        for (; left >= 16; at += 16, left -= 16) {
            addPair(load(at, 8), load(at + 8, 8));
        }
        if (left > 0) {
            const std::size_t first = left < 8 ? left : 8;
            addPair(load(at, first), load(at + first, left - first));
        }
    }
    [[nodiscard]] Fingerprint finish() const {
        const std::uint64_t low = fold(m_low ^ kMultiplierB, m_high ^ kMultiplierC);
        return {low, fold(m_high ^ kMultiplierA, low ^ m_low ^ kMultiplierC)};
    }

private:
    static constexpr std::uint64_t kMultiplierA = 0x9e3779b97f4a7c15ULL;
    static constexpr std::uint64_t kMultiplierB = 0xd1b54a32d192ed03ULL;
    static constexpr std::uint64_t kMultiplierC = 0x8cb92ba72f3d8dd7ULL;

    static std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
        const UInt128 product = static_cast<UInt128>(a) * b;
        return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
    }
    static std::uint64_t load(const char* at, std::size_t bytes) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, bytes);
        return word;
    }
    void addPair(std::uint64_t first, std::uint64_t second) {
        m_low = fold(m_low ^ first, kMultiplierC ^ second) + second;
        m_high = fold(m_high ^ second, kMultiplierB ^ first) + first;
    }

    std::uint64_t m_low = kMultiplierB;
    std::uint64_t m_high = kMultiplierC;
};

[[nodiscard]] inline Fingerprint fingerprintOf(std::string_view bytes) {
    FingerprintBuilder builder;
    builder.add(bytes);
    return builder.finish();
}

/// A set of fingerprints: open addressing, 16 bytes a slot, at most 4/5 full. Not thread-safe.
class FingerprintSet {
public:
    /// True when it was not there yet.
    bool insert(Fingerprint key);
    [[nodiscard]] bool contains(Fingerprint key) const;
    [[nodiscard]] std::size_t size() const { return m_size; }
    void reserve(std::size_t count);

private:
    void rehash(std::size_t slots);
    [[nodiscard]] std::size_t slotOf(Fingerprint key) const;

    std::vector<Fingerprint> m_slots;  // {0, 0} is an empty slot
    std::size_t m_size = 0;
    bool m_hasZero = false;
};

struct FingerprintHash {
    std::size_t operator()(Fingerprint key) const noexcept { return key.low ^ (key.high >> 7U); }
};

}  // namespace tierwise::store
