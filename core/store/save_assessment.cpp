// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "core/store/chunk_reader.h"
#include "core/store/columns.h"
#include "core/store/connection.h"
#include "core/store/sql.h"
#include "core/store/string_pool.h"

namespace tierwise::store {
namespace {

// Replaces a column under a new id, because caches keep bytes by id.
void replaceColumn(SQLite::Database& db, std::int64_t chunk, int column, const std::string& bytes) {
    SQLite::Statement remove(db, "DELETE FROM chunk_column WHERE chunk_id = ? AND column = ?");
    remove.bind(1, chunk);
    remove.bind(2, column);
    remove.exec();
    if (bytes.empty()) {
        return;
    }
    SQLite::Statement insert(db, "INSERT INTO chunk_column (chunk_id, column, data) VALUES (?, ?, ?)");
    insert.bind(1, chunk);
    insert.bind(2, column);
    bindBlob(insert, 3, bytes);
    insert.exec();
}

Result<void> checkSizes(const std::vector<RequestId>& rows, const Assessment& assessment) {
    if (assessment.difficulty.values.size() != rows.size() || assessment.signal.size() != rows.size() ||
        assessment.domain.codes.size() != rows.size()) {
        return fail(ErrorCode::invalidArgument, "an assessment of other rows than it was made for",
                    "Assess the rows again.");
    }
    return {};
}

}  // namespace

Result<void> saveAssessment(Connection& connection, const std::vector<RequestId>& rows, const Assessment& assessment,
                            const TaskContext& context) {
    if (const auto checked = checkSizes(rows, assessment); !checked) {
        return fail(checked.error());
    }
    std::vector<std::pair<std::int64_t, std::size_t>> byId;  // request id, place in the assessment
    byId.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        byId.emplace_back(rows[i].value(), i);
    }
    std::sort(byId.begin(), byId.end());
    return guarded(connection.path(), [&]() -> Result<void> {
        auto& db = connection.db();
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        const auto chunks = visibleChunks(connection);
        if (!chunks) {
            return fail(chunks.error());
        }
        StringPool strings;
        strings.load(db);
        std::size_t next = 0;
        for (const auto& chunk : *chunks) {
            if (context.stopRequested()) {
                return TaskContext::cancelled();
            }
            const auto size = static_cast<std::size_t>(chunk.rows);
            Column<std::int64_t> difficulty;
            difficulty.resize(size);
            std::vector<std::int64_t> signal(size);
            std::vector<std::int64_t> domain(size);
            for (std::size_t row = 0; row < size; ++row, ++next) {
                if (next >= byId.size() || byId[next].first != chunk.firstRow + static_cast<std::int64_t>(row)) {
                    return fail(ErrorCode::notFound, "the rows have changed since they were assessed",
                                "Assess them again.", connection.path());
                }
                const std::size_t place = byId[next].second;
                if (const auto value = assessment.difficulty.at(place)) {
                    difficulty.set(row, std::int64_t{std::bit_cast<std::uint32_t>(*value)});
                }
                signal[row] = assessment.signal[place];
                domain[row] = strings.idOf(assessment.domain.at(place));
            }
            replaceColumn(db, chunk.id, columnNumber(NumberColumn::difficulty),
                          encodeIntegers(difficulty.values, &difficulty.valid, false));
            replaceColumn(db, chunk.id, columnNumber(NumberColumn::signal), encodeIntegers(signal, nullptr, false));
            replaceColumn(db, chunk.id, columnNumber(NameColumn::domain), encodeIntegers(domain, nullptr, false));
        }
        strings.flush(db);
        transaction.commit();
        return {};
    });
}

}  // namespace tierwise::store
