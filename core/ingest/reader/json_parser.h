// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/reader/record_batch.h"

namespace tierwise::ingest {

/// Chunks of JSON to records of one cell each: the object's text. Immutable, so thread-safe. Only the outside of an
/// object is looked at; who reads its inside rejects what is broken there.
class JsonParser {
public:
    explicit JsonParser(Format format) : m_format(format) {}
    void parse(const Chunk& chunk, RecordBatch& batch) const;

private:
    void parseLines(const Chunk& chunk, RecordBatch& batch) const;
    static bool parseOddLine(std::string_view text, Record record, RecordBatch& batch);
    void parseExtents(const Chunk& chunk, RecordBatch& batch) const;

    Format m_format;
};

}  // namespace tierwise::ingest
