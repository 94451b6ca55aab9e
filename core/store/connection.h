// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/error.h"

namespace SQLite {
class Database;
}

namespace tierwise::store {

/// "TWIS": says that a SQLite file is a project of ours.
inline constexpr std::int32_t kApplicationId = 0x54574953;

/// The newest schema this program knows; a project's own stands in its user_version.
[[nodiscard]] int schemaVersion();

/// One connection to one project file, in WAL mode, its schema checked and brought up to date. Used by one thread at a
/// time; a thread that wants its own opens its own.
class Connection {
public:
    /// Makes a new, empty project. Errors: conflict when the file exists, io, diskFull.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> create(const std::filesystem::path& path);
    /// Errors: notFound; badFormat when the file is no project; conflict when a newer program made it or another one
    /// holds it; io; diskFull.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& path);

    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    [[nodiscard]] SQLite::Database& db() { return *m_db; }
    [[nodiscard]] const std::string& path() const { return m_path; }

    /// For tests of migrations: a new project as the program of that schema version made it.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> createOfVersion(const std::filesystem::path& path,
                                                                             int version);

private:
    Connection(std::string path, std::unique_ptr<SQLite::Database> db);

    std::string m_path;
    std::unique_ptr<SQLite::Database> m_db;
};

}  // namespace tierwise::store
