// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <sys/mman.h>
#include <unistd.h>

#include "core/ingest/reader/record_reader.h"

namespace tierwise::fuzz {

/// Ends the run, so that the fuzzer keeps the input.
inline void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// Bytes as a file that has a path, without touching a disk.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes) : m_fd(::memfd_create("fuzz", 0)) {
        require(m_fd >= 0 && ::write(m_fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    }
    ~MemoryFile() { ::close(m_fd); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(m_fd); }

private:
    int m_fd;
};

/// Everything that a reader gives, written down.
struct Outcome {
    std::string text;
    std::string rejects;  ///< apart: a chunk delivers its rows first
    std::int64_t delivered = 0;
    std::int64_t rejected = 0;
    bool failed = false;
};

/// Reads a file to its end, checking on the way that records follow each other in the file without overlap, and that
/// no byte between them is lost unless it belongs to a blank or comment line.
inline Outcome readAll(const std::string& path, const ingest::ReadOptions& options) {
    Outcome outcome;
    auto reader = ingest::RecordReader::open(path, options, {});
    if (!reader) {
        outcome.failed = true;
        return outcome;
    }
    ingest::RecordBatch batch;
    std::int64_t at = 0;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more || !*more) {
            outcome.failed = !more;
            return outcome;
        }
        require(batch.startOffset >= at && batch.endOffset >= batch.startOffset);
        at = batch.startOffset;
        std::int64_t covered = 0;
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            const auto& record = batch.records[row];
            require(record.byteOffset >= at && record.line >= 1);
            at = record.byteOffset + record.byteLength;
            covered += record.byteLength;
            for (const auto& cell : batch.row(row)) {
                outcome.text.append(cell.view());
                outcome.text += cell.wasQuoted() ? '\2' : '\1';
            }
            outcome.text += std::to_string(record.line) + "@" + std::to_string(record.byteOffset) + "\n";
        }
        for (const auto& reject : batch.rejects) {
            covered += reject.byteLength;
            outcome.rejects += "reject " + std::to_string(reject.line) + "@" + std::to_string(reject.byteOffset) + "\n";
        }
        require(at <= batch.endOffset && covered <= batch.endOffset - batch.startOffset);
        at = batch.endOffset;
        outcome.delivered += static_cast<std::int64_t>(batch.records.size());
        outcome.rejected += static_cast<std::int64_t>(batch.rejects.size());
        const bool skips =
            batch.repairs[ingest::Repair::blankLine] > 0 || batch.repairs[ingest::Repair::commentLine] > 0;
        const auto format = (*reader)->info().dialect.format;
        if (!skips && (format == ingest::Format::delimited || format == ingest::Format::jsonLines)) {
            require(covered == batch.endOffset - batch.startOffset);
        }
    }
}

/// Small chunks and one chunk must give the same records at the same places.
inline void readBothWays(std::string_view bytes, ingest::ReadOptions options) {
    const MemoryFile file(bytes);
    options.chunkBytes = 4096;
    const Outcome small = readAll(file.path(), options);
    options.chunkBytes = std::size_t{1} << 20U;
    const Outcome large = readAll(file.path(), options);
    require(small.failed == large.failed && small.text == large.text && small.rejects == large.rejects);
}

}  // namespace tierwise::fuzz
