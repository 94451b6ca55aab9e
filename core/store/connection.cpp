// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/connection.h"

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

#include <sqlite3.h>

#include "core/store/schema.h"
#include "core/store/sql.h"

namespace tierwise::store {
namespace {

namespace fs = std::filesystem;

constexpr int kBusyMilliseconds = 10'000;

tl::unexpected<Error> notAProject(const std::string& path, const std::string& why) {
    return fail(ErrorCode::badFormat, "this is not a Tierwise project: " + why,
                "Choose a .tierwise file, or import the log into a new project.", path);
}

// What the file is before SQLite touches it, so that a wrong file is never written to.
Result<void> checkFile(const fs::path& path) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (!fs::exists(status)) {
        return fail(ErrorCode::notFound, "there is no such project file", "Check the path, or import a log to make it.",
                    path.string());
    }
    if (fs::is_directory(status)) {
        return fail(ErrorCode::badFormat, "this is a folder, not a project file", "Name a .tierwise file in it.",
                    path.string());
    }
    std::ifstream file(path, std::ios::binary);
    std::array<char, 16> head{};
    if (!file || (file.read(head.data(), head.size()), file.bad())) {
        return fail(ErrorCode::io, "the project file cannot be read", "Check its permissions.", path.string());
    }
    if (file.gcount() == 0) {
        return notAProject(path.string(), "the file is empty");
    }
    if (std::string_view(head.data(), static_cast<std::size_t>(file.gcount())) !=
        std::string_view("SQLite format 3\0", 16)) {
        return notAProject(path.string(), "it is another kind of file");
    }
    return {};
}

void configure(SQLite::Database& db) {
    db.setBusyTimeout(kBusyMilliseconds);
    db.exec("PRAGMA foreign_keys = ON");
    db.exec("PRAGMA cache_size = -16384");
    db.exec("PRAGMA temp_store = MEMORY");
    db.exec("PRAGMA synchronous = FULL");
}

void migrate(SQLite::Database& db, int from, int to) {
    for (int version = from; version < to; ++version) {
        db.exec(migrations()[static_cast<std::size_t>(version)]);
    }
    db.exec("PRAGMA user_version = " + std::to_string(to));
}

Result<void> checkIdentity(SQLite::Database& db, const std::string& path) {
    if (db.execAndGet("PRAGMA application_id").getInt() != kApplicationId) {
        return notAProject(path, "it is the database of another program");
    }
    const int version = db.execAndGet("PRAGMA user_version").getInt();
    if (version > schemaVersion()) {
        return fail(ErrorCode::conflict,
                    "a newer Tierwise made this project (its format is " + std::to_string(version) +
                        ", this program knows " + std::to_string(schemaVersion()) + ")",
                    "Open it with the newer version; nothing was changed.", path);
    }
    return {};  // version 0: its making was broken off before it held anything, and is finished now
}

void bringUpToDate(SQLite::Database& db) {
    if (db.execAndGet("PRAGMA user_version").getInt() == schemaVersion()) {
        return;
    }
    SQLite::Transaction transaction(db, SQLite::TransactionBehavior::IMMEDIATE);
    // Another connection may have done it while this one waited for the lock.
    const int version = db.execAndGet("PRAGMA user_version").getInt();
    if (version < schemaVersion()) {
        migrate(db, version, schemaVersion());
    }
    transaction.commit();
}

}  // namespace

int schemaVersion() {
    return static_cast<int>(migrations().size());
}

Connection::Connection(std::string path, std::unique_ptr<SQLite::Database> db)
    : m_path(std::move(path)), m_db(std::move(db)) {}

Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::create(const fs::path& path) {
    return createOfVersion(path, schemaVersion());
}

Result<std::unique_ptr<Connection>> Connection::createOfVersion(const fs::path& path, int version) {
    std::error_code error;
    if (fs::exists(path, error)) {
        return fail(ErrorCode::conflict, "a file of that name is there already", "Choose another name, or open it.",
                    path.string());
    }
    if (const fs::path folder = path.parent_path(); !folder.empty() && !fs::is_directory(folder, error)) {
        return fail(ErrorCode::notFound, "the folder for the project does not exist", "Make it first.",
                    folder.string());
    }
    auto made = guarded(path.string(), [&]() -> Result<std::unique_ptr<Connection>> {
        auto db = std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db->exec("PRAGMA page_size = 16384");
        db->exec("PRAGMA application_id = " + std::to_string(kApplicationId));
        db->exec("PRAGMA journal_mode = WAL");
        configure(*db);
        SQLite::Transaction transaction(*db);
        migrate(*db, 0, version);
        transaction.commit();
        // Into the file itself: a log that loses its end must not make it "never finished".
        db->exec("PRAGMA wal_checkpoint(TRUNCATE)");
        return std::unique_ptr<Connection>(new Connection(path.string(), std::move(db)));
    });
    if (!made) {
        for (const char* suffix : {"", "-wal", "-shm"}) {  // nothing half-made stays behind
            fs::remove(path.string() + suffix, error);
        }
    }
    return made;
}

Result<std::unique_ptr<Connection>> Connection::open(const fs::path& path) {
    if (const auto checked = checkFile(path); !checked) {
        return fail(checked.error());
    }
    return guarded(path.string(), [&]() -> Result<std::unique_ptr<Connection>> {
        auto db = std::make_unique<SQLite::Database>(path.string(), SQLite::OPEN_READWRITE);
        db->setBusyTimeout(kBusyMilliseconds);
        if (const auto checked = checkIdentity(*db, path.string()); !checked) {
            return fail(checked.error());
        }
        configure(*db);
        db->exec("PRAGMA journal_mode = WAL");
        bringUpToDate(*db);
        return std::unique_ptr<Connection>(new Connection(path.string(), std::move(db)));
    });
}

Error sqlError(const SQLite::Exception& exception, const std::string& source) {
    const std::string detail = exception.getErrorStr();
    switch (exception.getErrorCode()) {
        case SQLITE_FULL:
            return {ErrorCode::diskFull,
                    "the disk is full; the project is as it was before",
                    "Free some space and retry.",
                    source,
                    {},
                    {}};
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return {ErrorCode::badFormat,
                    "the project file is damaged, or is no project (" + detail + ")",
                    "Restore it from a copy.",
                    source,
                    {},
                    {}};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::conflict,
                    "another program is writing to the project",
                    "Wait until it is done, or close it.",
                    source,
                    {},
                    {}};
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
            return {ErrorCode::io,
                    "the project file cannot be written (" + detail + ")",
                    "Check the permissions of the file and of its folder.",
                    source,
                    {},
                    {}};
        case SQLITE_IOERR:
            return {ErrorCode::io,
                    "the system could not read or write the project (" + detail + ")",
                    "Check the disk, its free space and any quota.",
                    source,
                    {},
                    {}};
        case SQLITE_NOMEM:
        case SQLITE_TOOBIG:
            return {ErrorCode::overflow,
                    "something is too large for the project file (" + detail + ")",
                    "Import it in smaller parts.",
                    source,
                    {},
                    {}};
        default:
            return {ErrorCode::internal,
                    "the project database refused (" + detail + ")",
                    "Please report this.",
                    source,
                    {},
                    {}};
    }
}

}  // namespace tierwise::store
