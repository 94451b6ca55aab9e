// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of one chunk as queries read them; inside core/store alone. Members throw SQLite::Exception.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/store/chunk_reader.h"
#include "core/store/column_cache.h"
#include "core/store/column_codec.h"
#include "core/store/columns.h"

namespace tierwise::store {

class Connection;

/// One chunk: finds its columns once, reads each when it is first asked for.
class ChunkView {
public:
    ChunkView(Connection& connection, ColumnCache& cache, const ChunkInfo& info);

    [[nodiscard]] const ChunkInfo& info() const { return m_info; }
    [[nodiscard]] std::size_t rows() const { return static_cast<std::size_t>(m_info.rows); }
    /// Null where all rows are missing. Error badFormat.
    [[nodiscard]] Result<const IntegerColumnView*> integers(int column);
    [[nodiscard]] Result<const StringColumnView*> strings(int column);

private:
    [[nodiscard]] std::shared_ptr<const std::string> bytesOf(int column);

    struct Integers {
        std::shared_ptr<const std::string> bytes;
        std::optional<IntegerColumnView> view;
    };
    struct Strings {
        std::shared_ptr<const std::string> bytes;
        std::optional<StringColumnView> view;
    };

    Connection& m_connection;
    ColumnCache& m_cache;
    ChunkInfo m_info;
    std::map<int, std::int64_t> m_ids;
    std::map<int, Integers> m_integers;
    std::map<int, Strings> m_strings;
};

}  // namespace tierwise::store
