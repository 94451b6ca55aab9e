// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/byte_pair.h"

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

namespace tierwise::tokens {
namespace {

constexpr std::size_t kShort = 96;  // up to here scanning an array beats a heap

struct Part {
    std::uint32_t start;
    std::uint32_t rank;  ///< of this part joined with the next; kNone where they make no token
};

// Scans for the best pair after each merge: quadratic, but in one cache line or a few.
std::int64_t mergedShort(const Vocabulary& vocabulary, std::string_view piece) {
    std::array<Part, kShort + 1> parts;
    std::size_t count = piece.size();
    for (std::size_t i = 0; i + 1 < count; ++i) {
        parts[i] = {static_cast<std::uint32_t>(i), vocabulary.rankOfPair(piece[i], piece[i + 1])};
    }
    parts[count - 1] = {static_cast<std::uint32_t>(count - 1), Vocabulary::kNone};
    parts[count] = {static_cast<std::uint32_t>(count), Vocabulary::kNone};
    const auto joined = [&](std::size_t part) {
        if (part + 2 > count) {
            return Vocabulary::kNone;
        }
        return vocabulary.rank(piece.substr(parts[part].start, parts[part + 2].start - parts[part].start));
    };
    while (count > 1) {
        std::size_t best = 0;
        for (std::size_t i = 1; i + 1 < count; ++i) {
            best = parts[i].rank < parts[best].rank ? i : best;
        }
        if (parts[best].rank == Vocabulary::kNone) {
            break;
        }
        std::copy(parts.begin() + static_cast<std::ptrdiff_t>(best) + 2,
                  parts.begin() + static_cast<std::ptrdiff_t>(count) + 1,
                  parts.begin() + static_cast<std::ptrdiff_t>(best) + 1);
        --count;
        parts[best].rank = joined(best);
        if (best > 0) {
            parts[best - 1].rank = joined(best - 1);
        }
    }
    return static_cast<std::int64_t>(count);
}

/// A doubly linked list of parts under a heap of candidate pairs; a candidate whose pair has changed since is stale.
class LongMerge {
public:
    LongMerge(const Vocabulary& vocabulary, std::string_view piece) : m_vocabulary(vocabulary), m_piece(piece) {
        const auto count = static_cast<std::uint32_t>(piece.size());
        m_parts.resize(count);
        m_heap.reserve(count);
        for (std::uint32_t i = 0; i < count; ++i) {
            m_parts[i] = {i + 1, i - 1, Vocabulary::kNone};  // before the first: wraps, and is never read
            if (i + 1 < count) {
                m_parts[i].rank = vocabulary.rankOfPair(piece[i], piece[i + 1]);
                if (m_parts[i].rank != Vocabulary::kNone) {
                    m_heap.push_back(candidate(i));
                }
            }
        }
        std::make_heap(m_heap.begin(), m_heap.end(), std::greater<>());
    }

    std::int64_t run() {
        auto count = static_cast<std::int64_t>(m_piece.size());
        while (!m_heap.empty()) {
            std::pop_heap(m_heap.begin(), m_heap.end(), std::greater<>());
            const std::uint64_t best = m_heap.back();
            m_heap.pop_back();
            const auto part = static_cast<std::uint32_t>(best & 0xFFFFFFFFU);
            if (m_parts[part].rank == static_cast<std::uint32_t>(best >> 32U)) {
                merge(part);
                --count;
            }
        }
        return count;
    }

private:
    struct Node {
        std::uint32_t next;  ///< where the next part starts; piece.size() after the last
        std::uint32_t previous;
        std::uint32_t rank;  ///< as in Part; kNone also for a part that was merged away
    };

    // Lowest rank first, then leftmost.
    [[nodiscard]] std::uint64_t candidate(std::uint32_t part) const {
        return (static_cast<std::uint64_t>(m_parts[part].rank) << 32U) | part;
    }

    void rankAnew(std::uint32_t part) {
        const std::uint32_t next = m_parts[part].next;
        m_parts[part].rank = next < m_piece.size() ? m_vocabulary.rank(m_piece.substr(part, m_parts[next].next - part))
                                                   : Vocabulary::kNone;
        if (m_parts[part].rank != Vocabulary::kNone) {
            m_heap.push_back(candidate(part));
            std::push_heap(m_heap.begin(), m_heap.end(), std::greater<>());
        }
    }

    void merge(std::uint32_t part) {
        const std::uint32_t gone = m_parts[part].next;
        const std::uint32_t next = m_parts[gone].next;
        m_parts[gone].rank = Vocabulary::kNone;
        m_parts[part].next = next;
        if (next < m_piece.size()) {
            m_parts[next].previous = part;
        }
        rankAnew(part);
        if (part > 0) {
            rankAnew(m_parts[part].previous);
        }
    }

    const Vocabulary& m_vocabulary;
    std::string_view m_piece;
    std::vector<Node> m_parts;  ///< by start byte
    std::vector<std::uint64_t> m_heap;
};

}  // namespace

std::int64_t mergedCount(const Vocabulary& vocabulary, std::string_view piece) {
    if (piece.size() < 2) {
        return static_cast<std::int64_t>(piece.size());
    }
    return piece.size() <= kShort ? mergedShort(vocabulary, piece) : LongMerge(vocabulary, piece).run();
}

}  // namespace tierwise::tokens
