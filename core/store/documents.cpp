// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/documents.h"

#include "core/store/connection.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

std::optional<std::string> bodyOf(SQLite::Database& db, std::string_view kind, std::string_view name) {
    SQLite::Statement query(db, "SELECT body FROM document WHERE kind = ? AND name = ?");
    bindText(query, 1, kind);
    bindText(query, 2, name);
    return query.executeStep() ? std::optional(query.getColumn(0).getString()) : std::nullopt;
}

}  // namespace

Result<std::optional<std::string>> getDocument(Connection& connection, std::string_view kind, std::string_view name) {
    return guarded(connection.path(),
                   [&]() -> Result<std::optional<std::string>> { return bodyOf(connection.db(), kind, name); });
}

Result<std::optional<std::string>> putDocument(Connection& connection, std::string_view kind, std::string_view name,
                                               const std::optional<std::string>& body) {
    return guarded(connection.path(), [&]() -> Result<std::optional<std::string>> {
        SQLite::Transaction transaction(connection.db(), SQLite::TransactionBehavior::IMMEDIATE);
        auto before = bodyOf(connection.db(), kind, name);
        SQLite::Statement change(connection.db(), body ? "INSERT INTO document (kind, name, body) VALUES (?, ?, ?)"
                                                         " ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body"
                                                       : "DELETE FROM document WHERE kind = ? AND name = ?");
        bindText(change, 1, kind);
        bindText(change, 2, name);
        if (body) {
            bindText(change, 3, *body);
        }
        change.exec();
        transaction.commit();
        return before;
    });
}

Result<std::vector<Document>> listDocuments(Connection& connection, std::string_view kind) {
    return guarded(connection.path(), [&]() -> Result<std::vector<Document>> {
        SQLite::Statement query(connection.db(),
                                "SELECT kind, name, body FROM document WHERE ? = '' OR kind = ? ORDER BY kind, name");
        bindText(query, 1, kind);
        bindText(query, 2, kind);
        std::vector<Document> documents;
        while (query.executeStep()) {
            documents.push_back(
                {query.getColumn(0).getString(), query.getColumn(1).getString(), query.getColumn(2).getString()});
        }
        return documents;
    });
}

}  // namespace tierwise::store
