// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/record_batch.h"

#include <algorithm>

namespace tierwise::ingest {

void RecordBatch::clear() {
    cells.clear();
    records.clear();
    rejects.clear();
    repairs = {};
    startOffset = 0;
    endOffset = 0;
    endLine = 1;
    last = false;
    m_text = {};
    m_arena.clear();
    m_arenaUsed = 0;
    m_arenaSize = 0;
    m_owner.reset();
}

char* RecordBatch::allocate(std::size_t size) {
    if (m_arena.empty() || m_arenaSize - m_arenaUsed < size) {
        m_arenaSize = std::max<std::size_t>(size, 256U * 1024U);
        m_arena.push_back(std::make_unique_for_overwrite<char[]>(m_arenaSize));
        m_arenaUsed = 0;
    }
    char* const at = m_arena.back().get() + m_arenaUsed;
    m_arenaUsed += size;
    return at;
}

}  // namespace tierwise::ingest
