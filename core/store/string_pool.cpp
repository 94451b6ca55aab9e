// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/string_pool.h"

#include <algorithm>

#include "core/store/sql.h"

namespace tierwise::store {

void StringPool::load(SQLite::Database& db) {
    SQLite::Statement query(db, "SELECT id, text FROM string ORDER BY id");
    while (query.executeStep()) {
        const std::int64_t id = query.getColumn(0).getInt64();
        m_texts.emplace_back(blobOf(query.getColumn(1)));
        m_idOf.emplace(m_texts.back(), id);
        m_nextId = id + 1;
    }
}

std::int64_t StringPool::idOf(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    if (const auto found = m_idOf.find(text); found != m_idOf.end()) {
        return found->second;
    }
    m_texts.emplace_back(text);
    m_idOf.emplace(m_texts.back(), m_nextId);
    m_pending.push_back(static_cast<std::int64_t>(m_texts.size()) - 1);
    return m_nextId++;
}

void StringPool::flush(SQLite::Database& db) {
    if (m_pending.empty()) {
        return;
    }
    SQLite::Statement insert(db, "INSERT INTO string (id, text) VALUES (?, ?)");
    std::int64_t id = m_nextId - static_cast<std::int64_t>(m_pending.size());
    for (const std::int64_t index : m_pending) {
        insert.bind(1, id++);
        insert.bindNoCopy(2, m_texts[static_cast<std::size_t>(index)]);
        insert.exec();
        insert.reset();
    }
    m_pending.clear();
}

void ExtraColumns::load(SQLite::Database& db) {
    SQLite::Statement query(db, "SELECT id, name, json FROM extra_column ORDER BY id");
    while (query.executeStep()) {
        const std::int64_t id = query.getColumn(0).getInt64();
        m_idOf[query.getColumn(2).getInt() != 0 ? 1 : 0].emplace(query.getColumn(1).getString(), id);
        m_nextId = id + 1;
    }
}

std::int64_t ExtraColumns::idOf(const std::string& name, bool json) {
    const auto [found, added] = m_idOf[json ? 1 : 0].try_emplace(name, m_nextId);
    if (added) {
        m_pending.push_back({m_nextId++, name, json});
    }
    return found->second;
}

void ExtraColumns::flush(SQLite::Database& db) {
    for (const auto& added : m_pending) {
        SQLite::Statement insert(db, "INSERT INTO extra_column (id, name, json) VALUES (?, ?, ?)");
        insert.bind(1, added.id);
        insert.bind(2, added.name);
        insert.bind(3, added.json ? 1 : 0);
        insert.exec();
    }
    m_pending.clear();
}

}  // namespace tierwise::store
