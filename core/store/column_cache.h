// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace SQLite {
class Database;
}

namespace tierwise::store {

/// Columns of chunks and the string table, as they were last read, for queries that come again and again. Bytes of a
/// column never change under their id, and ids are never used twice, so nothing here goes stale. Any thread. Members
/// throw SQLite::Exception: for core/store alone.
class ColumnCache {
public:
    static constexpr std::size_t kBudget = std::size_t{128} << 20U;  ///< bytes; the oldest go first

    /// The bytes of a row of chunk_column; null when it is gone.
    [[nodiscard]] std::shared_ptr<const std::string> column(SQLite::Database& db, std::int64_t id);
    /// The string table by id (index 0 is ""), with all that is committed now.
    [[nodiscard]] std::shared_ptr<const std::vector<std::string>> strings(SQLite::Database& db);

private:
    struct Entry {
        std::shared_ptr<const std::string> bytes;
        std::list<std::int64_t>::iterator place;
    };

    std::mutex m_mutex;
    std::unordered_map<std::int64_t, Entry> m_entries;
    std::list<std::int64_t> m_order;  // latest used first
    std::size_t m_size = 0;
    std::shared_ptr<const std::vector<std::string>> m_strings = std::make_shared<std::vector<std::string>>(1);
};

}  // namespace tierwise::store
