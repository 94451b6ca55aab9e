// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/schema.h"

#include <array>

namespace tierwise::store {
namespace {

// Requests are kept as chunks of columns rather than as rows of a table: a chunk is what one commit of an import adds,
// and a column of it is one blob (column_codec.h). That is what makes a million rows import and load in a second.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE import (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    state         TEXT NOT NULL CHECK (state IN ('running', 'complete')),
    source        TEXT NOT NULL,
    source_bytes  INTEGER NOT NULL,
    source_digest TEXT NOT NULL,
    options       TEXT NOT NULL,
    started       INTEGER,
    byte_offset   INTEGER NOT NULL DEFAULT 0,
    rows_read     INTEGER NOT NULL DEFAULT 0,
    stored        INTEGER NOT NULL DEFAULT 0,
    duplicates    INTEGER NOT NULL DEFAULT 0,
    rejected      INTEGER NOT NULL DEFAULT 0,
    milliseconds  INTEGER NOT NULL DEFAULT 0,
    report        TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE chunk (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id INTEGER NOT NULL REFERENCES import (id),
    first_row INTEGER NOT NULL UNIQUE,
    rows      INTEGER NOT NULL,
    min_time  INTEGER,
    max_time  INTEGER
);
CREATE INDEX chunk_import ON chunk (import_id);
CREATE INDEX chunk_time ON chunk (min_time, max_time);
CREATE TABLE chunk_column (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    chunk_id INTEGER NOT NULL REFERENCES chunk (id),
    column   INTEGER NOT NULL,
    data     BLOB NOT NULL
);
CREATE UNIQUE INDEX chunk_column_of ON chunk_column (chunk_id, column);
CREATE TABLE extra_column (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    json INTEGER NOT NULL,
    UNIQUE (name, json)
);
CREATE TABLE string (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL
);
CREATE TABLE text_block (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id  INTEGER NOT NULL,
    first_text INTEGER NOT NULL UNIQUE,
    texts      INTEGER NOT NULL,
    raw_bytes  INTEGER NOT NULL,
    hashes     BLOB NOT NULL,
    lengths    BLOB NOT NULL,
    data       BLOB NOT NULL
);
CREATE TABLE reject (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    import_id   INTEGER NOT NULL REFERENCES import (id),
    line        INTEGER NOT NULL,
    byte_offset INTEGER NOT NULL,
    column      TEXT NOT NULL,
    reason      TEXT NOT NULL,
    hint        TEXT NOT NULL,
    raw         BLOB NOT NULL
);
CREATE INDEX reject_import ON reject (import_id);
CREATE TABLE document (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) WITHOUT ROWID;
)sql";

constexpr std::array kMigrations{kVersion1};

}  // namespace

std::span<const char* const> migrations() {
    return kMigrations;
}

}  // namespace tierwise::store
