// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/import_list.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/store/column_codec.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/import_lock.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

constexpr const char* kImportColumns =
    "SELECT id, state, source, source_bytes, source_digest, options, started, byte_offset, rows_read, stored,"
    " duplicates, rejected, milliseconds, report FROM import ";

ImportInfo importFrom(SQLite::Statement& query) {
    ImportInfo info;
    info.id = ImportId(query.getColumn(0).getInt64());
    info.complete = query.getColumn(1).getString() == "complete";
    info.source.path = query.getColumn(2).getString();
    info.source.bytes = query.getColumn(3).getInt64();
    info.source.digest = query.getColumn(4).getString();
    info.source.options = query.getColumn(5).getString();
    if (!query.getColumn(6).isNull()) {
        info.source.started = Timestamp::fromNanos(query.getColumn(6).getInt64());
    }
    info.counts.byteOffset = query.getColumn(7).getInt64();
    info.counts.rowsRead = query.getColumn(8).getInt64();
    info.counts.stored = query.getColumn(9).getInt64();
    info.counts.duplicates = query.getColumn(10).getInt64();
    info.counts.rejected = query.getColumn(11).getInt64();
    info.milliseconds = query.getColumn(12).getInt64();
    info.report = query.getColumn(13).getString();
    return info;
}

struct BlockRange {
    std::int64_t id = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
};

std::vector<BlockRange> blocksOf(SQLite::Database& db, ImportId id) {
    std::vector<BlockRange> blocks;
    SQLite::Statement query(
        db,
        "SELECT id, first_text, first_text + texts - 1 FROM text_block WHERE import_id IN (?, 0) ORDER BY first_text");
    query.bind(1, id.value());
    while (query.executeStep()) {
        blocks.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getInt64(), query.getColumn(2).getInt64()});
    }
    return blocks;
}

// The blocks of this import that rows of other imports point into, because the same text came again.
std::set<std::int64_t> blocksUsedByOthers(SQLite::Database& db, ImportId id, const std::vector<BlockRange>& blocks) {
    std::set<std::int64_t> used;
    SQLite::Statement query(db,
                            "SELECT cc.data FROM chunk_column cc JOIN chunk c ON c.id = cc.chunk_id"
                            " WHERE c.import_id <> ? AND cc.column IN (?, ?)");
    query.bind(1, id.value());
    query.bind(2, columnNumber(NumberColumn::promptText));
    query.bind(3, columnNumber(NumberColumn::responseText));
    while (query.executeStep()) {
        const auto view = IntegerColumnView::open(blobOf(query.getColumn(0)));
        for (std::size_t row = 0; view && row < view->rows(); ++row) {
            const auto text = view->at(row);
            if (!text) {
                continue;
            }
            const auto after =
                std::upper_bound(blocks.begin(), blocks.end(), *text,
                                 [](std::int64_t value, const BlockRange& b) { return value < b.first; });
            if (after != blocks.begin() && *text <= std::prev(after)->last) {
                used.insert(std::prev(after)->id);
            }
        }
    }
    return used;
}

void removeTexts(SQLite::Database& db, ImportId id) {
    const auto blocks = blocksOf(db, id);
    if (blocks.empty()) {
        return;
    }
    const auto used = blocksUsedByOthers(db, id, blocks);
    SQLite::Statement remove(db, "DELETE FROM text_block WHERE id = ?");
    SQLite::Statement keep(db, "UPDATE text_block SET import_id = 0 WHERE id = ?");  // 0: of no import any more
    for (const auto& block : blocks) {
        auto& statement = used.count(block.id) != 0 ? keep : remove;
        statement.bind(1, block.id);
        statement.exec();
        statement.reset();
    }
}

void runFor(SQLite::Database& db, const char* sql, ImportId id) {
    SQLite::Statement statement(db, sql);
    statement.bind(1, id.value());
    statement.exec();
}

Result<std::optional<ImportInfo>> findImport(Connection& connection, ImportId id) {
    return guarded(connection.path(), [&]() -> Result<std::optional<ImportInfo>> {
        SQLite::Statement query(connection.db(), std::string(kImportColumns) + "WHERE id = ?");
        query.bind(1, id.value());
        return query.executeStep() ? std::optional(importFrom(query)) : std::nullopt;
    });
}

Result<void> removeOfState(Connection& connection, ImportId id, bool complete) {
    const auto lock = ImportLock::take(connection.path());
    if (!lock) {
        return fail(lock.error());
    }
    const auto found = findImport(connection, id);
    if (!found) {
        return fail(found.error());
    }
    if (!found->has_value() || (*found)->complete != complete) {
        return fail(ErrorCode::notFound,
                    std::string("there is no ") + (complete ? "complete" : "unfinished") + " import of that number",
                    "List the imports to see what is there.", connection.path());
    }
    const auto open = unfinishedImport(connection);
    if (!open || (complete && open->has_value())) {
        return open ? fail(ErrorCode::conflict, "an import was broken off", "Resume it or roll it back first.",
                           connection.path())
                    : fail(open.error());
    }
    return removeImport(connection, id);
}

}  // namespace

Result<std::vector<ImportInfo>> listImports(Connection& connection) {
    return guarded(connection.path(), [&]() -> Result<std::vector<ImportInfo>> {
        std::vector<ImportInfo> imports;
        SQLite::Statement query(connection.db(), std::string(kImportColumns) + "ORDER BY id");
        while (query.executeStep()) {
            imports.push_back(importFrom(query));
        }
        return imports;
    });
}

Result<std::optional<ImportInfo>> unfinishedImport(Connection& connection) {
    return guarded(connection.path(), [&]() -> Result<std::optional<ImportInfo>> {
        SQLite::Statement query(connection.db(), std::string(kImportColumns) + "WHERE state = 'running' LIMIT 1");
        return query.executeStep() ? std::optional(importFrom(query)) : std::nullopt;
    });
}

Result<std::vector<std::int64_t>> importFirstRows(Connection& connection) {
    return guarded(connection.path(), [&]() -> Result<std::vector<std::int64_t>> {
        SQLite::Statement query(connection.db(),
                                "SELECT min(c.first_row) FROM chunk c JOIN import i ON i.id = c.import_id"
                                " WHERE i.state = 'complete' GROUP BY c.import_id ORDER BY 1");
        std::vector<std::int64_t> rows;
        while (query.executeStep()) {
            rows.push_back(query.getColumn(0).getInt64());
        }
        return rows;
    });
}

Result<void> undoImport(Connection& connection, ImportId id) {
    return removeOfState(connection, id, true);
}

Result<void> rollBackImport(Connection& connection, ImportId id) {
    return removeOfState(connection, id, false);
}

namespace {

// zeroed: what is removed is overwritten, which takes as much space in the write-ahead log as it took in the file.
Result<void> removeAll(Connection& connection, ImportId id, bool zeroed) {
    return guarded(connection.path(), [&]() -> Result<void> {
        auto& db = connection.db();
        db.exec(zeroed ? "PRAGMA secure_delete = ON" : "PRAGMA secure_delete = OFF");
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        removeTexts(db, id);
        runFor(db, "DELETE FROM chunk_column WHERE chunk_id IN (SELECT id FROM chunk WHERE import_id = ?)", id);
        runFor(db, "DELETE FROM chunk WHERE import_id = ?", id);
        runFor(db, "DELETE FROM reject WHERE import_id = ?", id);
        runFor(db, "DELETE FROM import WHERE id = ?", id);
        transaction.commit();
        return {};
    });
}

}  // namespace

Result<void> removeImport(Connection& connection, ImportId id) {
    auto removed = removeAll(connection, id, true);
    // On a full disk the rows go all the same; their bytes stay in the file until others take their place.
    return !removed && removed.error().code == ErrorCode::diskFull ? removeAll(connection, id, false) : removed;
}

Result<std::vector<RejectInfo>> listRejects(Connection& connection, std::optional<ImportId> import,
                                            std::int64_t afterId, std::int64_t limit) {
    return guarded(connection.path(), [&]() -> Result<std::vector<RejectInfo>> {
        SQLite::Statement query(connection.db(),
                                "SELECT r.id, r.import_id, r.line, r.byte_offset, r.column, r.reason, r.hint, r.raw"
                                " FROM reject r JOIN import i ON i.id = r.import_id WHERE i.state = 'complete'"
                                " AND r.id > ? AND (? = 0 OR r.import_id = ?) ORDER BY r.id LIMIT ?");
        query.bind(1, afterId);
        query.bind(2, import ? import->value() : 0);
        query.bind(3, import ? import->value() : 0);
        query.bind(4, limit);
        std::vector<RejectInfo> rejects;
        while (query.executeStep()) {
            rejects.push_back({query.getColumn(0).getInt64(), ImportId(query.getColumn(1).getInt64()),
                               query.getColumn(2).getInt64(), query.getColumn(3).getInt64(),
                               query.getColumn(4).getString(), query.getColumn(5).getString(),
                               query.getColumn(6).getString(), std::string(blobOf(query.getColumn(7)))});
        }
        return rejects;
    });
}

Result<std::int64_t> countRejects(Connection& connection, std::optional<ImportId> import) {
    return guarded(connection.path(), [&]() -> Result<std::int64_t> {
        SQLite::Statement query(connection.db(),
                                "SELECT count(*) FROM reject r JOIN import i ON i.id = r.import_id"
                                " WHERE i.state = 'complete' AND (? = 0 OR r.import_id = ?)");
        query.bind(1, import ? import->value() : 0);
        query.bind(2, import ? import->value() : 0);
        query.executeStep();
        return query.getColumn(0).getInt64();
    });
}

Result<void> removeRejects(Connection& connection, const std::vector<std::int64_t>& ids) {
    return guarded(connection.path(), [&]() -> Result<void> {
        SQLite::Transaction transaction(connection.db(), SQLite::TransactionBehavior::IMMEDIATE);
        SQLite::Statement remove(connection.db(), "DELETE FROM reject WHERE id = ?");
        for (const std::int64_t id : ids) {
            remove.bind(1, id);
            remove.exec();
            remove.reset();
        }
        transaction.commit();
        return {};
    });
}

}  // namespace tierwise::store
