// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/edit_numbers.h"

#include <algorithm>

#include "core/store/chunk_reader.h"
#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

// Replaces a column under a new id, because caches keep bytes by id.
void replaceColumn(SQLite::Database& db, std::int64_t chunk, int column, const std::string& bytes) {
    SQLite::Statement remove(db, "DELETE FROM chunk_column WHERE chunk_id = ? AND column = ?");
    remove.bind(1, chunk);
    remove.bind(2, column);
    remove.exec();
    if (!bytes.empty()) {
        SQLite::Statement insert(db, "INSERT INTO chunk_column (chunk_id, column, data) VALUES (?, ?, ?)");
        insert.bind(1, chunk);
        insert.bind(2, column);
        bindBlob(insert, 3, bytes);
        insert.exec();
    }
}

Result<Column<std::int64_t>> loadColumn(Connection& connection, const ChunkInfo& chunk, int column) {
    Column<std::int64_t> values;
    values.resize(static_cast<std::size_t>(chunk.rows));
    const auto bytes = readColumn(connection, chunk.id, column);
    if (!bytes) {
        return fail(bytes.error());
    }
    if (bytes->empty()) {
        return values;
    }
    const auto view = IntegerColumnView::open(*bytes);
    if (!view) {
        return fail(view.error());
    }
    for (std::size_t row = 0; row < view->rows() && row < values.values.size(); ++row) {
        if (const auto value = view->at(row)) {
            values.set(row, *value);
        }
    }
    return values;
}

// The chunk's span of time, which queries use to pass chunks over.
void updateTimes(SQLite::Database& db, const ChunkInfo& chunk, const Column<std::int64_t>& times) {
    std::optional<std::int64_t> least;
    std::optional<std::int64_t> most;
    for (std::size_t row = 0; row < times.values.size(); ++row) {
        if (const auto time = times.at(row)) {
            least = std::min(least.value_or(*time), *time);
            most = std::max(most.value_or(*time), *time);
        }
    }
    SQLite::Statement update(db, "UPDATE chunk SET min_time = ?, max_time = ? WHERE id = ?");
    if (least) {
        update.bind(1, *least);
        update.bind(2, *most);
    }
    update.bind(3, chunk.id);
    update.exec();
}

Result<ColumnEdit> editColumn(Connection& connection, const std::vector<ChunkInfo>& chunks, const ColumnEdit& edit,
                              const TaskContext& context) {
    ColumnEdit before{edit.column, {}};
    before.edits.reserve(edit.edits.size());
    std::size_t next = 0;
    for (const ChunkInfo& chunk : chunks) {
        const std::int64_t end = chunk.firstRow + chunk.rows;
        if (next == edit.edits.size() || edit.edits[next].row >= end) {
            continue;
        }
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        auto values = loadColumn(connection, chunk, columnNumber(edit.column));
        if (!values) {
            return fail(values.error());
        }
        for (; next < edit.edits.size() && edit.edits[next].row < end; ++next) {
            const NumberEdit& one = edit.edits[next];
            if (one.row < chunk.firstRow) {
                break;
            }
            const auto row = static_cast<std::size_t>(one.row - chunk.firstRow);
            before.edits.push_back({one.row, values->at(row)});
            values->valid.clear(row);
            values->values[row] = 0;
            if (one.value) {
                values->set(row, *one.value);
            }
        }
        const bool search = edit.column == NumberColumn::time || edit.column == NumberColumn::loggedCost;
        replaceColumn(connection.db(), chunk.id, columnNumber(edit.column),
                      encodeIntegers(values->values, &values->valid, search));
        if (edit.column == NumberColumn::time) {
            updateTimes(connection.db(), chunk, *values);
        }
    }
    if (before.edits.size() != edit.edits.size()) {
        return fail(ErrorCode::notFound, "some of the rows are no longer in the project",
                    "Run the doctor again: its findings are of other rows.", connection.path());
    }
    return before;
}

}  // namespace

Result<std::vector<ColumnEdit>> editNumbers(Connection& connection, std::span<const ColumnEdit> edits,
                                            const EditRecord& record, const TaskContext& context) {
    return guarded(connection.path(), [&]() -> Result<std::vector<ColumnEdit>> {
        auto& db = connection.db();
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        const auto chunks = visibleChunks(connection);
        if (!chunks) {
            return fail(chunks.error());
        }
        std::vector<ColumnEdit> before;
        for (const ColumnEdit& edit : edits) {
            auto old = editColumn(connection, *chunks, edit, context);
            if (!old) {
                return fail(old.error());
            }
            before.push_back(std::move(*old));
        }
        const std::optional<std::string> text = record.body ? record.body(before) : std::nullopt;
        if (text) {
            SQLite::Statement put(db, "INSERT OR REPLACE INTO document (kind, name, body) VALUES (?, ?, ?)");
            put.bind(1, record.kind);
            put.bind(2, record.name);
            put.bind(3, *text);
            put.exec();
        } else {
            SQLite::Statement remove(db, "DELETE FROM document WHERE kind = ? AND name = ?");
            remove.bind(1, record.kind);
            remove.bind(2, record.name);
            remove.exec();
        }
        transaction.commit();
        return before;
    });
}

}  // namespace tierwise::store
