// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/chunk_view.h"

#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

tl::unexpected<Error> damaged(const std::string& path) {
    return fail(ErrorCode::badFormat, "a column of the project file is damaged",
                "Restore the project from a copy, or import the log into a new project.", path);
}

}  // namespace

ChunkView::ChunkView(Connection& connection, ColumnCache& cache, const ChunkInfo& info)
    : m_connection(connection), m_cache(cache), m_info(info) {
    SQLite::Statement query(connection.db(), "SELECT column, id FROM chunk_column WHERE chunk_id = ?");
    query.bind(1, info.id);
    while (query.executeStep()) {
        m_ids.emplace(query.getColumn(0).getInt(), query.getColumn(1).getInt64());
    }
}

std::shared_ptr<const std::string> ChunkView::bytesOf(int column) {
    const auto found = m_ids.find(column);
    return found == m_ids.end() ? nullptr : m_cache.column(m_connection.db(), found->second);
}

Result<const IntegerColumnView*> ChunkView::integers(int column) {
    const auto [entry, added] = m_integers.try_emplace(column);
    auto& slot = entry->second;
    if (added) {
        slot.bytes = bytesOf(column);
        if (slot.bytes) {
            const auto view = IntegerColumnView::open(*slot.bytes);
            if (!view || view->rows() != rows()) {
                return damaged(m_connection.path());
            }
            slot.view = *view;
        }
    }
    return slot.view ? &*slot.view : nullptr;
}

Result<const StringColumnView*> ChunkView::strings(int column) {
    const auto [entry, added] = m_strings.try_emplace(column);
    auto& slot = entry->second;
    if (added) {
        slot.bytes = bytesOf(column);
        if (slot.bytes) {
            auto view = StringColumnView::open(*slot.bytes);
            if (!view || view->rows() != rows()) {
                return damaged(m_connection.path());
            }
            slot.view = std::move(*view);
        }
    }
    return slot.view ? &*slot.view : nullptr;
}

}  // namespace tierwise::store
