// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ingest/reader/csv_grammar.h"
#include "core/ingest/reader/record_batch.h"
#include "core/ingest/reader/row_mender.h"

namespace tierwise::ingest {

/// Chunks of delimited text to cells. Immutable, so thread-safe.
class CsvParser {
public:
    /// columns: what rows are measured against; 0: nothing is ragged.
    CsvParser(const Dialect& dialect, const ReadOptions& options, std::size_t columns);

    void parse(const Chunk& chunk, RecordBatch& batch) const;

private:
    class Sink;
    void finishRow(Sink& sink, const Chunk& chunk, RecordBatch& batch, Record record) const;
    void mendBytes(RecordBatch& batch) const;

    CsvGrammar m_grammar;
    std::size_t m_columns;
    RaggedRows m_ragged;
    bool m_keepBlank;
    std::shared_ptr<const RowMender> m_mender;  ///< null: rows are taken as they are
};

}  // namespace tierwise::ingest
