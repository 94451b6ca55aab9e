// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace SQLite {
class Database;
}

namespace tierwise::store {

/// The project's repeated strings while it is written to: each once, with an id that never changes. 0 is "".
class StringPool {
public:
    void load(SQLite::Database& db);
    [[nodiscard]] std::int64_t idOf(std::string_view text);
    /// Writes what is new since the last call; inside the caller's transaction.
    void flush(SQLite::Database& db);

private:
    std::deque<std::string> m_texts;  // a deque, so that the views in the map stay valid
    std::unordered_map<std::string_view, std::int64_t> m_idOf;
    std::vector<std::int64_t> m_pending;
    std::int64_t m_nextId = 1;
};

/// The ids of the extra columns by (name, JSON or not), as StringPool.
class ExtraColumns {
public:
    void load(SQLite::Database& db);
    [[nodiscard]] std::int64_t idOf(const std::string& name, bool json);
    void flush(SQLite::Database& db);

private:
    struct Added {
        std::int64_t id;
        std::string name;
        bool json;
    };
    std::unordered_map<std::string, std::int64_t> m_idOf[2];
    std::vector<Added> m_pending;
    std::int64_t m_nextId = 1;
};

}  // namespace tierwise::store
