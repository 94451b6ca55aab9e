// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include <QTemporaryDir>

#include "core/ingest/reader/record_reader.h"
#include "tests/support/support.h"

namespace tierwise::test {

using Rows = std::vector<std::vector<std::string>>;

/// All that a reader gave, chunk by chunk.
struct Read {
    ingest::SourceInfo info;
    Rows rows;
    std::vector<ingest::Record> records;
    std::vector<ingest::Reject> rejects;
    ingest::RepairCounts repairs;  ///< of the file and of its rows
    std::string error;
};

inline Read readPath(const std::string& path, const ingest::ReadOptions& options = {}) {
    Read read;
    auto reader = ingest::RecordReader::open(path, options, {});
    if (!reader) {
        read.error = reader.error().describe();
        return read;
    }
    read.info = (*reader)->info();
    read.repairs = read.info.repairs;
    ingest::RecordBatch batch;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more) {
            read.error = more.error().describe();
        }
        if (!more || !*more) {
            return read;
        }
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            std::vector<std::string> cells;
            for (const auto& cell : batch.row(row)) {
                cells.emplace_back(cell.view());
            }
            read.rows.push_back(std::move(cells));
            read.records.push_back(batch.records[row]);
        }
        read.rejects.insert(read.rejects.end(), batch.rejects.begin(), batch.rejects.end());
        read.repairs += batch.repairs;
    }
}

/// The same for a text, by way of a file.
inline Read readText(const std::string& text, const ingest::ReadOptions& options = {}) {
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("log")).toStdString();
    std::ofstream(path, std::ios::binary) << text;
    return readPath(path, options);
}

}  // namespace tierwise::test
