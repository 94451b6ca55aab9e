// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// One cell: UTF-8 in memory of the mapped file or of the batch, without quotes and escapes.
struct Cell {
    static constexpr std::uint32_t kQuoted = 1;  ///< it stood in quotes: an empty cell is an empty text, not missing

    const char* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t flags = 0;

    [[nodiscard]] std::string_view view() const { return {data, size}; }
    [[nodiscard]] bool wasQuoted() const { return (flags & kQuoted) != 0; }
};

/// One record. Of JSON formats it has one cell: the raw JSON text.
struct Record {
    std::uint32_t firstCell = 0;  ///< index into RecordBatch::cells
    std::uint32_t cellCount = 0;
    std::uint32_t textBegin = 0;  ///< where its decoded text lies in the chunk, see RecordBatch::raw
    std::uint32_t textSize = 0;
    std::int64_t line = 0;         ///< 1-based physical line where it starts
    std::int64_t byteOffset = 0;   ///< in the file; in the unpacked bytes of a gzip or zstd file; before decoding
    std::uint32_t byteLength = 0;  ///< in the same bytes, line end included
    std::uint32_t repairs = 0;     ///< bit (1 << Repair) for what was mended in this record

    [[nodiscard]] bool has(Repair repair) const { return (repairs >> static_cast<unsigned>(repair) & 1U) != 0; }
};

/// Where the decoded text came from, for encodings other than UTF-8.
class OffsetMap;

/// What the splitter found about single quotes of a chunk, by position, ascending.
struct QuoteVerdicts {
    std::vector<std::uint32_t> openings;  ///< quotes at the start of a cell that are text
    std::vector<std::uint32_t> closings;  ///< the first of two quotes that are a text quote and the closing one
    std::vector<std::uint32_t> texts;     ///< quotes that are text, although they stand where a closing one may
};

/// A run of whole records, as the splitter cuts it. Cheap to copy; keeps its memory alive.
struct Chunk {
    std::string_view text;        ///< UTF-8, from the start of a record to the end of one
    std::int64_t baseOffset = 0;  ///< byte offset (see Record::byteOffset) of text[0]
    std::int64_t endOffset = 0;   ///< of the byte after the text
    std::int64_t firstLine = 1;   ///< physical line of text[0]
    std::int64_t endLine = 1;     ///< physical line of the byte after the text
    bool last = false;            ///< the text ends where the file does
    QuoteVerdicts verdicts;       ///< on quotes that are not what they seem
    struct Extent {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
        std::uint32_t line = 0;  ///< lines after firstLine
        bool bad = false;
    };
    std::vector<Extent> extents;               ///< records found by the splitter already (JSON arrays and sequences)
    std::vector<Reject> rejects;               ///< records that the splitter could not pass on (oversized)
    std::int64_t decodedBase = 0;              ///< position of text[0] in all decoded text, for offsets
    std::shared_ptr<const OffsetMap> offsets;  ///< null: text positions are byte positions
    std::shared_ptr<const void> owner;         ///< what keeps text alive
};

/// Parsed records of one chunk, in the file's order. Reuse it: its memory is kept. Cells stay valid until it is
/// cleared or refilled.
class RecordBatch {
public:
    std::vector<Cell> cells;       ///< row-major
    std::vector<Record> records;   ///< delivered
    std::vector<Reject> rejects;   ///< rejected; rows read = records.size() + rejects.size()
    RepairCounts repairs;          ///< made in this batch
    std::int64_t startOffset = 0;  ///< byte offset of the batch's first byte
    std::int64_t endOffset = 0;    ///< where the next record starts: resume here
    std::int64_t endLine = 1;      ///< its physical line
    bool last = false;             ///< nothing follows

    [[nodiscard]] std::span<const Cell> row(std::size_t index) const {
        const Record& record = records[index];
        return {cells.data() + record.firstCell, record.cellCount};
    }
    /// A cell's text; empty where the row is too short.
    [[nodiscard]] std::string_view text(std::size_t row, std::size_t column) const {
        const Record& record = records[row];
        return column < record.cellCount ? cells[record.firstCell + column].view() : std::string_view();
    }
    /// The record's text as it was (decoded to UTF-8, line end included).
    [[nodiscard]] std::string_view raw(std::size_t row) const {
        return m_text.substr(records[row].textBegin, records[row].textSize);
    }

    void clear();

private:
    friend class CsvParser;
    friend class JsonParser;
    friend class RowMender;
    /// Room for texts that are not in the chunk as they are; never moves what was handed out before.
    char* allocate(std::size_t size);

    std::string_view m_text;
    std::vector<std::uint32_t> m_index;  // structural bytes of the chunk, kept for its memory
    std::vector<std::unique_ptr<char[]>> m_arena;
    std::size_t m_arenaUsed = 0;
    std::size_t m_arenaSize = 0;
    std::shared_ptr<const void> m_owner;
};

}  // namespace tierwise::ingest
