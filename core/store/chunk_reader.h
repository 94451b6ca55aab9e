// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/base/task_context.h"
#include "core/store/column_codec.h"
#include "core/store/workload_snapshot.h"

namespace tierwise::store {

class Connection;

/// One chunk of a complete import.
struct ChunkInfo {
    std::int64_t id = 0;
    ImportId import;
    std::int64_t firstRow = 0;  ///< RequestId of its first row; the others count up
    std::int64_t rows = 0;
    std::optional<std::int64_t> minTime;  ///< nanoseconds; missing = no row has a time
    std::optional<std::int64_t> maxTime;
};

/// The chunks that queries see, by firstRow. Error: SQLite's.
[[nodiscard]] Result<std::vector<ChunkInfo>> visibleChunks(Connection& connection);

/// A column of a chunk, by the numbers of columns.h; empty where all its rows are missing.
[[nodiscard]] Result<std::string> readColumn(Connection& connection, std::int64_t chunk, int column);

/// What a snapshot is made of now: the ids of all its columns. Bytes never change under an id, and ids are never used
/// twice, so equal ids are equal snapshots. Error: SQLite's.
[[nodiscard]] Result<std::vector<std::int64_t>> snapshotColumns(Connection& connection);

/// All requests as columns. Reads in one transaction, so that an import that ends meanwhile is in it wholly or not at
/// all. Errors: SQLite's, badFormat for damaged bytes, overflow for a token count beyond 32 bits, cancelled.
[[nodiscard]] Result<WorkloadSnapshot> loadSnapshot(Connection& connection, const TaskContext& context);

/// Difficulty, signal and domain of all rows, which assessment finds out, in the order of a snapshot.
struct Assessment {
    SparseColumn<float> difficulty;
    ZeroedVector<std::uint8_t> signal;
    DictionaryColumn domain;
};
/// Keeps an assessment with the rows it was made for (rows: their ids, in its order). Error invalidArgument when the
/// sizes differ; notFound when a row is gone.
[[nodiscard]] Result<void> saveAssessment(Connection& connection, const std::vector<RequestId>& rows,
                                          const Assessment& assessment, const TaskContext& context);

}  // namespace tierwise::store
