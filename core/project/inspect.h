// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/ingest/preset.h"
#include "core/ingest/reader/types.h"
#include "core/ingest/sniff/column_types.h"

namespace tierwise::project {

/// What a log file is and holds, without importing it.
struct Inspection {
    ingest::SourceInfo source;
    std::vector<std::string> header;               ///< columns; of JSON the dotted paths of the sample
    std::vector<ingest::ColumnGuess> columns;      ///< one for each of header
    std::vector<ingest::PresetMatch> presets;      ///< best first
    std::vector<std::vector<std::string>> sample;  ///< rows that the guesses rest on: of head, middle and tail
    std::int64_t rows = 0;                         ///< read and delivered, in the whole file
    std::int64_t rejected = 0;                     ///< read and not delivered
    std::vector<ingest::Reject> rejects;           ///< the first 100 of them
    ingest::RepairCounts repairs;                  ///< of the whole file
    std::string problem;                           ///< why reading ended early; empty where it did not
};

/// Reads the whole file once. own: the user's presets. Errors: as ingest::RecordReader::open, and cancelled.
[[nodiscard]] Result<Inspection> inspectFile(const std::string& path, const ingest::ReadOptions& options,
                                             const TaskContext& context, std::span<const ingest::Preset> own = {});

using TextSink = std::function<bool(std::string_view)>;  ///< false: it could not be written

struct CsvExport {
    std::int64_t rows = 0;  ///< without the header
    std::int64_t rejected = 0;
    ingest::RepairCounts repairs;
};

/// The file as plain UTF-8 CSV by RFC 4180 (comma, CRLF, quotes only where needed), header first where it has one. Of
/// JSON: the dotted paths of all records as columns, which takes a second pass. Errors: as above, io from the sink.
[[nodiscard]] Result<CsvExport> writeCsv(const std::string& path, const ingest::ReadOptions& options,
                                         const TaskContext& context, const TextSink& sink);

}  // namespace tierwise::project
