// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/import_writer.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "core/store/column_codec.h"
#include "core/store/connection.h"
#include "core/store/fingerprint.h"
#include "core/store/import_list.h"
#include "core/store/import_lock.h"
#include "core/store/row_identity.h"
#include "core/store/sql.h"
#include "core/store/string_pool.h"
#include "core/store/text_pool.h"

namespace tierwise::store {
namespace {

constexpr int kBulkCheckpointPages = 4096;  // 64 MiB of log between copies into the database

// Space that taking an import back needs on a full disk: a hundredth to a twenty-seventh of the log where it was
// measured.
constexpr std::int64_t kLeastReserve = std::int64_t{512} << 10U;
constexpr std::int64_t kMostReserve = std::int64_t{16} << 20U;

std::int64_t reserveFor(std::int64_t fileBytes) {
    return std::clamp(fileBytes / 16, kLeastReserve, kMostReserve);
}

using Codes = std::vector<std::vector<std::int64_t>>;
using Keep = std::vector<std::uint32_t>;  // rows of the batch that are stored, in order

// One chunk's columns as bytes, encoded before the transaction begins so that it stays short.
struct EncodedColumn {
    int number;
    std::string bytes;
};

std::vector<std::int64_t> gather(const std::vector<std::int64_t>& values, const Keep& keep) {
    std::vector<std::int64_t> kept;
    kept.reserve(keep.size());
    for (const std::uint32_t row : keep) {
        kept.push_back(values[row]);
    }
    return kept;
}

// Empty when no kept row has a value.
std::string encodeKept(const Column<std::int64_t>& column, const Keep& keep, bool unitSearch) {
    Bitmap valid;
    valid.resize(keep.size());
    std::size_t present = 0;
    for (std::size_t i = 0; i < keep.size(); ++i) {
        if (column.valid.test(keep[i])) {
            valid.set(i);
            ++present;
        }
    }
    if (present == 0) {
        return {};
    }
    return encodeIntegers(gather(column.values, keep), present == keep.size() ? nullptr : &valid, unitSearch);
}

bool hasUnit(NumberColumn column) {
    return column == NumberColumn::time || column == NumberColumn::loggedCost;
}

}  // namespace

struct ImportWriter::Impl {
    explicit Impl(Connection& link) : connection(link) {}

    Connection& connection;
    std::unique_ptr<ImportLock> lock;
    ImportId id;
    ImportCounts counts;
    StringPool strings;
    ExtraColumns extras;
    TextPool texts;
    RowIdentity identity;
    std::int64_t nextRow = 1;
    // A resumed import: what its first run left, against which the repeated head of the file is checked.
    ImportCounts before;
    std::vector<Fingerprint> expected;

    void load();
    [[nodiscard]] Result<Keep> admit(const RowBatch& batch, std::vector<Fingerprint>& fingerprints, Codes& codes);
    [[nodiscard]] Result<void> checkHead(const RowBatch& batch, Fingerprint key);
    [[nodiscard]] std::vector<EncodedColumn> encode(const RowBatch& batch, const Keep& keep, const Codes& codes,
                                                    const std::vector<Fingerprint>& fingerprints);
    void encodeExtras(const RowBatch& batch, const Keep& keep, std::vector<EncodedColumn>& columns);
    void insertChunk(const RowBatch& batch, const Keep& keep, const std::vector<EncodedColumn>& columns);
    void insertRejects(const RowBatch& batch, std::size_t first);
    void saveCounts();
    [[nodiscard]] std::int64_t rowsOf(const ImportCounts& some) const { return some.rowsRead - some.rejected; }
    [[nodiscard]] bool inHead() const { return rowsOf(counts) < rowsOf(before); }
};

void ImportWriter::Impl::load() {
    auto& db = connection.db();
    db.exec("PRAGMA synchronous = NORMAL");  // complete() makes it durable; before that nobody sees it
    db.exec("PRAGMA wal_autocheckpoint = " + std::to_string(kBulkCheckpointPages));
    strings.load(db);
    extras.load(db);
    texts.load(db);
    identity.load(db);
    SQLite::Statement next(db, "SELECT coalesce(max(first_row + rows), 1) FROM chunk");
    next.executeStep();
    nextRow = next.getColumn(0).getInt64();
}

// Which rows are new. Counts all of them; texts of new rows are taken into the pool by the caller's codes.
Result<Keep> ImportWriter::Impl::admit(const RowBatch& batch, std::vector<Fingerprint>& fingerprints, Codes& codes) {
    codes.resize(kNameColumns + 2);  // and the text ids of prompt and response
    for (std::size_t i = 0; i < kNameColumns; ++i) {
        if (!batch.nameUsed[i]) {
            continue;
        }
        codes[i].resize(batch.rows);
        Slice last;
        std::int64_t lastId = 0;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const Slice slice = batch.names[i][row];
            if (slice.present() && slice.offset != last.offset) {
                last = slice;
                lastId = strings.idOf(batch.textOf(slice));
            }
            codes[i][row] = slice.present() ? lastId : 0;
        }
    }
    Keep keep;
    keep.reserve(batch.rows);
    auto& prompts = codes[kNameColumns];
    auto& responses = codes[kNameColumns + 1];
    prompts.resize(batch.rows);
    responses.resize(batch.rows);
    const auto hashOf = [&](Slice slice) {
        return slice.present() ? std::optional<Fingerprint>(fingerprintOf(batch.textOf(slice))) : std::nullopt;
    };
    std::size_t extra = 0;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        while (extra < batch.extras.size() && batch.extras[extra].row < row) {
            ++extra;
        }
        const auto prompt = hashOf(batch.prompts[row]);
        const auto response = hashOf(batch.responses[row]);
        const bool head = inHead();
        const auto key = identity.admit(batch, row, codes, prompt, response, extra);
        ++counts.rowsRead;
        ++(key ? counts.stored : counts.duplicates);
        if (head) {
            if (const auto checked = key ? checkHead(batch, *key) : Result<void>(); !checked) {
                return fail(checked.error());
            }
        } else if (key) {
            prompts[row] = prompt ? texts.idOf(batch.textOf(batch.prompts[row]), *prompt) : 0;
            responses[row] = response ? texts.idOf(batch.textOf(batch.responses[row]), *response) : 0;
            keep.push_back(static_cast<std::uint32_t>(row));
            fingerprints.push_back(*key);
        }
    }
    return keep;
}

Result<void> ImportWriter::Impl::checkHead(const RowBatch& batch, Fingerprint key) {
    const auto at = static_cast<std::size_t>(counts.stored) - 1;
    if (at < expected.size() && expected[at] == key) {
        return {};
    }
    return fail(ErrorCode::conflict, "the file, or how it is read, has changed since the import was broken off",
                "Roll the unfinished import back and import the file again.", {}, {}, batch.byteOffset);
}

std::vector<EncodedColumn> ImportWriter::Impl::encode(const RowBatch& batch, const Keep& keep, const Codes& codes,
                                                      const std::vector<Fingerprint>& fingerprints) {
    std::vector<EncodedColumn> columns;
    const auto add = [&](int number, std::string bytes) {
        if (!bytes.empty()) {
            columns.push_back({number, std::move(bytes)});
        }
    };
    for (std::size_t i = 0; i < kNumberColumns; ++i) {
        if (batch.numberUsed[i]) {
            const auto column = static_cast<NumberColumn>(i);
            add(columnNumber(column), encodeKept(batch.numbers[i], keep, hasUnit(column)));
        }
    }
    for (std::size_t i = 0; i < kNameColumns; ++i) {
        if (batch.nameUsed[i]) {
            add(kFirstName + static_cast<int>(i), encodeIntegers(gather(codes[i], keep), nullptr, false));
        }
    }
    for (const auto& [column, index] :
         {std::pair(NumberColumn::promptText, kNameColumns), std::pair(NumberColumn::responseText, kNameColumns + 1)}) {
        Column<std::int64_t> ids;
        ids.resize(batch.rows);
        for (const std::uint32_t row : keep) {
            if (codes[index][row] != 0) {
                ids.set(row, codes[index][row]);
            }
        }
        add(columnNumber(column), encodeKept(ids, keep, false));
    }
    std::vector<std::optional<std::string_view>> ids;
    ids.reserve(keep.size());
    bool anyId = false;
    for (const std::uint32_t row : keep) {
        const Slice slice = batch.requestIds[row];
        anyId = anyId || slice.present();
        ids.push_back(slice.present() ? std::optional(batch.textOf(slice)) : std::nullopt);
    }
    if (anyId) {
        add(kRequestIdColumn, encodeStrings(ids));
    }
    add(kFingerprintColumn,
        std::string(reinterpret_cast<const char*>(fingerprints.data()), fingerprints.size() * sizeof(Fingerprint)));
    encodeExtras(batch, keep, columns);
    return columns;
}

void ImportWriter::Impl::encodeExtras(const RowBatch& batch, const Keep& keep, std::vector<EncodedColumn>& columns) {
    std::vector<std::uint32_t> keptAs(batch.rows, std::numeric_limits<std::uint32_t>::max());
    for (std::size_t i = 0; i < keep.size(); ++i) {
        keptAs[keep[i]] = static_cast<std::uint32_t>(i);
    }
    std::vector<std::vector<std::optional<std::string_view>>> values(batch.extraKeys.size());
    for (const auto& extra : batch.extras) {
        if (keptAs[extra.row] == std::numeric_limits<std::uint32_t>::max()) {
            continue;
        }
        auto& column = values[extra.key];
        column.resize(keep.size());
        column[keptAs[extra.row]] = batch.textOf(extra.value);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!values[i].empty()) {
            const auto& [name, json] = batch.extraKeys[i];
            columns.push_back({kFirstExtra + static_cast<int>(extras.idOf(name, json)), encodeStrings(values[i])});
        }
    }
}

void ImportWriter::Impl::insertChunk(const RowBatch& batch, const Keep& keep,
                                     const std::vector<EncodedColumn>& columns) {
    auto& db = connection.db();
    SQLite::Statement chunk(
        db, "INSERT INTO chunk (import_id, first_row, rows, min_time, max_time) VALUES (?, ?, ?, ?, ?)");
    chunk.bind(1, id.value());
    chunk.bind(2, nextRow);
    chunk.bind(3, static_cast<std::int64_t>(keep.size()));
    const auto& times = batch.numbers[static_cast<std::size_t>(NumberColumn::time)];
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = std::numeric_limits<std::int64_t>::min();
    for (const std::uint32_t row : keep) {
        if (times.valid.test(row)) {
            least = std::min(least, times.values[row]);
            most = std::max(most, times.values[row]);
        }
    }
    if (least <= most) {
        chunk.bind(4, least);
        chunk.bind(5, most);
    }
    chunk.exec();
    const std::int64_t chunkId = db.getLastInsertRowid();
    SQLite::Statement insert(db, "INSERT INTO chunk_column (chunk_id, column, data) VALUES (?, ?, ?)");
    for (const auto& column : columns) {
        insert.bind(1, chunkId);
        insert.bind(2, column.number);
        bindBlob(insert, 3, column.bytes);
        insert.exec();
        insert.reset();
    }
    nextRow += static_cast<std::int64_t>(keep.size());
}

void ImportWriter::Impl::insertRejects(const RowBatch& batch, std::size_t first) {
    if (first >= batch.rejects.size()) {
        return;
    }
    SQLite::Statement insert(connection.db(),
                             "INSERT INTO reject (import_id, line, byte_offset, column, reason, hint, raw)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?)");
    for (std::size_t i = first; i < batch.rejects.size(); ++i) {
        const auto& reject = batch.rejects[i];
        insert.bind(1, id.value());
        insert.bind(2, reject.place.line);
        insert.bind(3, reject.place.byteOffset);
        bindText(insert, 4, reject.column);
        bindText(insert, 5, reject.reason);
        bindText(insert, 6, reject.fixHint);
        bindBlob(insert, 7, reject.raw);
        insert.exec();
        insert.reset();
    }
}

void ImportWriter::Impl::saveCounts() {
    SQLite::Statement update(
        connection.db(),
        "UPDATE import SET byte_offset = ?, rows_read = ?, stored = ?, duplicates = ?, rejected = ?"
        " WHERE id = ?");
    update.bind(1, counts.byteOffset);
    update.bind(2, counts.rowsRead);
    update.bind(3, counts.stored);
    update.bind(4, counts.duplicates);
    update.bind(5, counts.rejected);
    update.bind(6, id.value());
    update.exec();
}

ImportWriter::ImportWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

ImportWriter::~ImportWriter() {
    try {
        m_impl->connection.db().exec("PRAGMA synchronous = FULL");
    } catch (const SQLite::Exception&) {
        // A connection that cannot even do this is closed next; there is nothing left to tell.
    }
}

Result<std::unique_ptr<ImportWriter>> ImportWriter::begin(Connection& connection, const ImportSource& source) {
    auto lock = ImportLock::take(connection.path());
    if (!lock) {
        return fail(lock.error());
    }
    if (const auto reserved = (*lock)->reserve(reserveFor(source.bytes)); !reserved) {
        return fail(reserved.error());
    }
    return guarded(connection.path(), [&]() -> Result<std::unique_ptr<ImportWriter>> {
        if (const auto open = unfinishedImport(connection); !open || open->has_value()) {
            return open ? fail(ErrorCode::conflict, "an import of " + (*open)->source.path + " was broken off",
                               "Resume it or roll it back first.", connection.path())
                        : fail(open.error());
        }
        auto impl = std::make_unique<Impl>(connection);
        impl->lock = std::move(*lock);
        impl->load();
        SQLite::Statement insert(connection.db(),
                                 "INSERT INTO import (state, source, source_bytes, source_digest, options, started)"
                                 " VALUES ('running', ?, ?, ?, ?, ?)");
        bindText(insert, 1, source.path);
        insert.bind(2, source.bytes);
        bindText(insert, 3, source.digest);
        bindText(insert, 4, source.options);
        if (source.started) {
            insert.bind(5, source.started->nanos());
        }
        insert.exec();
        impl->id = ImportId(connection.db().getLastInsertRowid());
        return std::unique_ptr<ImportWriter>(new ImportWriter(std::move(impl)));
    });
}

Result<std::unique_ptr<ImportWriter>> ImportWriter::resume(Connection& connection, ImportId id) {
    auto lock = ImportLock::take(connection.path());
    if (!lock) {
        return fail(lock.error());
    }
    return guarded(connection.path(), [&]() -> Result<std::unique_ptr<ImportWriter>> {
        const auto open = unfinishedImport(connection);
        if (!open) {
            return fail(open.error());
        }
        if (!open->has_value() || (*open)->id != id) {
            return fail(ErrorCode::notFound, "there is no unfinished import of that number",
                        "List the imports to see what is there.", connection.path());
        }
        auto impl = std::make_unique<Impl>(connection);
        impl->lock = std::move(*lock);
        impl->id = id;
        impl->before = (*open)->counts;
        impl->load();
        SQLite::Statement query(connection.db(),
                                "SELECT cc.data FROM chunk_column cc JOIN chunk c ON c.id = cc.chunk_id"
                                " WHERE c.import_id = ? AND cc.column = ? ORDER BY c.first_row");
        query.bind(1, id.value());
        query.bind(2, kFingerprintColumn);
        while (query.executeStep()) {
            const std::string_view bytes = blobOf(query.getColumn(0));
            const std::size_t from = impl->expected.size();
            impl->expected.resize(from + bytes.size() / sizeof(Fingerprint));
            std::memcpy(impl->expected.data() + from, bytes.data(),
                        (impl->expected.size() - from) * sizeof(Fingerprint));
        }
        return std::unique_ptr<ImportWriter>(new ImportWriter(std::move(impl)));
    });
}

Result<void> ImportWriter::add(const RowBatch& batch) {
    auto& impl = *m_impl;
    return guarded(impl.connection.path(), [&]() -> Result<void> {
        std::vector<Fingerprint> fingerprints;
        Codes codes;
        const auto keep = impl.admit(batch, fingerprints, codes);
        if (!keep) {
            return fail(keep.error());
        }
        const auto rejects = static_cast<std::int64_t>(batch.rejects.size());
        const std::int64_t known = std::clamp<std::int64_t>(impl.before.rejected - impl.counts.rejected, 0, rejects);
        impl.counts.rejected += rejects;
        impl.counts.rowsRead += rejects;
        impl.counts.byteOffset = batch.byteOffset;
        if (impl.counts.rowsRead <= impl.before.rowsRead) {
            return {};  // all of it was committed before the import was broken off
        }
        const auto columns =
            keep->empty() ? std::vector<EncodedColumn>() : impl.encode(batch, *keep, codes, fingerprints);
        SQLite::Transaction transaction(impl.connection.db(), SQLite::TransactionBehavior::IMMEDIATE);
        impl.strings.flush(impl.connection.db());
        impl.extras.flush(impl.connection.db());
        impl.texts.flush(impl.connection.db(), impl.id);
        if (!keep->empty()) {
            impl.insertChunk(batch, *keep, columns);
        }
        impl.insertRejects(batch, static_cast<std::size_t>(known));
        impl.saveCounts();
        transaction.commit();
        return {};
    });
}

Result<void> ImportWriter::complete(std::int64_t milliseconds, const std::string& report) {
    auto& impl = *m_impl;
    if (impl.counts.rowsRead < impl.before.rowsRead) {
        return fail(ErrorCode::conflict, "the file is shorter than when the import was broken off",
                    "Roll the unfinished import back and import the file again.");
    }
    return guarded(impl.connection.path(), [&]() -> Result<void> {
        auto& db = impl.connection.db();
        db.exec("PRAGMA synchronous = FULL");
        SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
        impl.saveCounts();
        SQLite::Statement update(db, "UPDATE import SET state = 'complete', milliseconds = ?, report = ? WHERE id = ?");
        update.bind(1, milliseconds);
        bindText(update, 2, report);
        update.bind(3, impl.id.value());
        update.exec();
        transaction.commit();
        db.exec("PRAGMA wal_autocheckpoint = 1000");
        return {};
    });
}

Result<void> ImportWriter::discard() {
    m_impl->lock->release();
    return removeImport(m_impl->connection, m_impl->id);
}

ImportId ImportWriter::id() const {
    return m_impl->id;
}

const ImportCounts& ImportWriter::counts() const {
    return m_impl->counts;
}

}  // namespace tierwise::store
