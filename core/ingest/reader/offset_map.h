// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/ingest/reader/record_batch.h"

namespace tierwise::ingest {

/// Positions in decoded text against byte offsets in what it was decoded from, noted after every line end: that is
/// where records begin and end. Immutable once it is in a Chunk.
class OffsetMap {
public:
    struct Mark {
        std::int64_t decoded = 0;
        std::int64_t original = 0;
    };
    explicit OffsetMap(std::vector<Mark> marks) : m_marks(std::move(marks)) {}

    /// The original offset of a decoded position: that of the nearest mark at or before it.
    [[nodiscard]] std::int64_t original(std::int64_t decoded) const {
        auto next = std::upper_bound(m_marks.begin(), m_marks.end(), decoded,
                                     [](std::int64_t value, const Mark& mark) { return value < mark.decoded; });
        return next == m_marks.begin() ? 0 : std::prev(next)->original;
    }

private:
    std::vector<Mark> m_marks;
};

/// Byte offsets for positions in a chunk.
class OffsetCursor {
public:
    explicit OffsetCursor(const Chunk& chunk)
        : m_map(chunk.offsets.get()), m_base(chunk.baseOffset), m_decodedBase(chunk.decodedBase) {
        m_size = chunk.text.size();
        m_end = chunk.endOffset;
    }
    [[nodiscard]] std::int64_t at(std::size_t position) const {
        if (m_map == nullptr) {
            return m_base + static_cast<std::int64_t>(position);
        }
        return position >= m_size ? m_end : m_map->original(m_decodedBase + static_cast<std::int64_t>(position));
    }

private:
    const OffsetMap* m_map;
    std::int64_t m_base;
    std::int64_t m_decodedBase;
    std::int64_t m_end = 0;
    std::size_t m_size = 0;
};

}  // namespace tierwise::ingest
