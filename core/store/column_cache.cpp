// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/column_cache.h"

#include "core/store/sql.h"

namespace tierwise::store {

std::shared_ptr<const std::string> ColumnCache::column(SQLite::Database& db, std::int64_t id) {
    {
        const std::lock_guard guard(m_mutex);
        if (const auto found = m_entries.find(id); found != m_entries.end()) {
            m_order.splice(m_order.begin(), m_order, found->second.place);
            return found->second.bytes;
        }
    }
    SQLite::Statement query(db, "SELECT data FROM chunk_column WHERE id = ?");
    query.bind(1, id);
    if (!query.executeStep()) {
        return {};
    }
    auto bytes = std::make_shared<const std::string>(blobOf(query.getColumn(0)));
    const std::lock_guard guard(m_mutex);
    if (m_entries.count(id) == 0) {
        m_order.push_front(id);
        m_entries.emplace(id, Entry{bytes, m_order.begin()});
        m_size += bytes->size();
        while (m_size > kBudget && m_order.size() > 1) {
            const auto oldest = m_entries.find(m_order.back());
            m_size -= oldest->second.bytes->size();
            m_entries.erase(oldest);
            m_order.pop_back();
        }
    }
    return bytes;
}

std::shared_ptr<const std::vector<std::string>> ColumnCache::strings(SQLite::Database& db) {
    const std::lock_guard guard(m_mutex);
    SQLite::Statement query(db, "SELECT id, text FROM string WHERE id >= ? ORDER BY id");
    query.bind(1, static_cast<std::int64_t>(m_strings->size()));
    std::shared_ptr<std::vector<std::string>> grown;
    while (query.executeStep()) {
        if (!grown) {
            grown = std::make_shared<std::vector<std::string>>(*m_strings);
        }
        grown->resize(static_cast<std::size_t>(query.getColumn(0).getInt64()) + 1);
        grown->back() = query.getColumn(1).getString();
    }
    if (grown) {
        m_strings = std::move(grown);
    }
    return m_strings;
}

}  // namespace tierwise::store
