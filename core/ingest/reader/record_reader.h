// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/ingest/reader/record_batch.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// Reads any log file as records, in order, with bounded memory.
///
/// One thread: while (*reader->next(batch)) use(batch);
/// Several: one thread calls nextChunk() in order, any number of workers call parse() on the chunks at the same time;
/// each chunk holds whole records, so that batches can be put back in order by their chunk's number.
class RecordReader {
public:
    /// Opens and sniffs. Errors: notFound, io, badFormat (no text at all, unknown encoding), invalidArgument (options
    /// that contradict each other), cancelled. An empty file opens and has no columns and no records.
    [[nodiscard]] static Result<std::unique_ptr<RecordReader>> open(const std::string& path, const ReadOptions& options,
                                                                    const TaskContext& context);
    virtual ~RecordReader() = default;

    [[nodiscard]] virtual const SourceInfo& info() const = 0;

    /// The next run of whole records; false at the end. Not thread-safe. Errors: io (also where the file shrinks while
    /// it is read), badFormat (broken compressed data; what came before has been delivered), cancelled.
    [[nodiscard]] virtual Result<bool> nextChunk(Chunk& chunk) = 0;

    /// Parses a chunk of this reader. Thread-safe; never fails: what cannot be read is in batch.rejects.
    virtual void parse(const Chunk& chunk, RecordBatch& batch) const = 0;

    /// nextChunk and parse in one; false at the end.
    [[nodiscard]] Result<bool> next(RecordBatch& batch);

    /// Bytes of the file on disk taken so far, for progress against SourceInfo::fileBytes.
    [[nodiscard]] virtual std::int64_t bytesConsumed() const = 0;
};

/// Names that are unique and not empty: "A", "A" becomes "A", "A_1"; an empty one "column N". Counts what it changed.
[[nodiscard]] std::vector<std::string> uniqueColumnNames(const std::vector<std::string>& names, RepairCounts* repairs);

}  // namespace tierwise::ingest
