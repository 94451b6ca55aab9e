// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/json_parser.h"

#include <cstring>

#include "core/ingest/reader/csv_walker.h"
#include "core/ingest/reader/json_scanner.h"
#include "core/ingest/reader/offset_map.h"
#include "core/ingest/reader/python_literal.h"
#include "core/ingest/reader/utf8.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kPythonKey = 300;  // the first key of a Python dictionary is looked for so far

Record recordAt(const OffsetCursor& offsets, std::size_t begin, std::size_t size, std::int64_t line) {
    Record record;
    record.cellCount = 1;
    record.textBegin = static_cast<std::uint32_t>(begin);
    record.textSize = static_cast<std::uint32_t>(size);
    record.line = line;
    record.byteOffset = offsets.at(begin);
    record.byteLength = static_cast<std::uint32_t>(offsets.at(begin + size) - record.byteOffset);
    return record;
}

}  // namespace

void JsonParser::parse(const Chunk& chunk, RecordBatch& batch) const {
    batch.clear();
    batch.m_owner = chunk.owner;
    batch.m_text = chunk.text;
    batch.startOffset = chunk.baseOffset;
    batch.endOffset = chunk.endOffset;
    batch.endLine = chunk.endLine;
    batch.last = chunk.last;
    batch.rejects = chunk.rejects;
    if (m_format == Format::jsonLines) {
        parseLines(chunk, batch);
    } else {
        parseExtents(chunk, batch);
    }
    if (isValidUtf8(batch.m_text)) {
        return;
    }
    for (std::size_t i = 0; i < batch.records.size(); ++i) {
        Cell& cell = batch.cells[i];
        if (!isValidUtf8(cell.view())) {
            const std::string mended = mendUtf8(cell.view());
            char* const copy = batch.allocate(mended.size());
            mended.copy(copy, mended.size());
            cell.data = copy;
            cell.size = static_cast<std::uint32_t>(mended.size());
            ++batch.repairs[Repair::invalidBytes];
            batch.records[i].repairs |= repairBit(Repair::invalidBytes);
        }
    }
    for (auto& reject : batch.rejects) {
        reject.raw = isValidUtf8(reject.raw) ? std::move(reject.raw) : mendUtf8(reject.raw);
    }
}

void JsonParser::parseLines(const Chunk& chunk, RecordBatch& batch) const {
    const OffsetCursor offsets(chunk);
    std::int64_t line = chunk.firstLine;
    for (std::size_t at = 0; at < chunk.text.size(); ++line) {
        const auto* const end =
            static_cast<const char*>(std::memchr(chunk.text.data() + at, '\n', chunk.text.size() - at));
        const std::size_t next =
            end == nullptr ? chunk.text.size() : static_cast<std::size_t>(end - chunk.text.data()) + 1;
        const std::string_view text = chunk.text.substr(at, next - at);
        Record record = recordAt(offsets, at, next - at, line);
        at = next;
        const auto first = text.find_first_not_of(" \t\r\n\0");
        if (first == std::string_view::npos) {
            ++batch.repairs[Repair::blankLine];
            continue;
        }
        if (parseOddLine(text.substr(first), record, batch)) {
            continue;
        }
        if (!looksLikeObject(text)) {
            batch.rejects.push_back(
                {record.line,
                 record.byteOffset,
                 record.byteLength,
                 {},
                 text[first] == '{' ? "the JSON object does not end on its line" : "the line is not a JSON object",
                 "Mend the line, or read the file as a JSON sequence",
                 std::string(text)});
            continue;
        }
        const auto last = text.find_last_not_of(" \t\r\n");
        record.firstCell = static_cast<std::uint32_t>(batch.cells.size());
        batch.cells.push_back({text.data() + first, static_cast<std::uint32_t>(last + 1 - first), 0});
        batch.records.push_back(record);
    }
    if (chunk.last && !chunk.text.empty() && chunk.text.back() != '\n') {
        ++batch.repairs[Repair::noFinalNewline];
    }
}

// A dictionary that Python printed, or an object behind a logger's words: made JSON, and counted.
bool JsonParser::parseOddLine(std::string_view text, Record record, RecordBatch& batch) {
    Repair repair = Repair::linePrefix;
    std::string made;
    if (text.front() == '{') {
        auto python = beginsPython(text.substr(0, kPythonKey)) ? pythonToJson(text) : std::nullopt;
        if (!python) {
            return false;
        }
        repair = Repair::pythonValue;
        made = std::move(*python);
    } else {
        const std::size_t at = objectBehindWords(text);
        if (at == std::string_view::npos) {
            return false;
        }
        const std::string_view words = text.substr(0, text.find_last_not_of(" \t", at - 1) + 1);
        const std::string_view object = text.substr(at, text.find_last_of('}') + 1 - at);
        made = "{\"line_prefix\": ";
        appendJsonString(made, words);
        const bool isEmpty = object.find_first_not_of(" \t", 1) + 1 == object.size();
        made.append(isEmpty ? "" : ", ").append(object.substr(1));
    }
    char* const copy = batch.allocate(made.size());
    made.copy(copy, made.size());
    record.firstCell = static_cast<std::uint32_t>(batch.cells.size());
    record.repairs |= repairBit(repair);
    ++batch.repairs[repair];
    batch.cells.push_back({copy, static_cast<std::uint32_t>(made.size()), 0});
    batch.records.push_back(record);
    return true;
}

void JsonParser::parseExtents(const Chunk& chunk, RecordBatch& batch) const {
    // Offsets are noted at line ends only; a value in the middle of a line of another encoding has its line's offset.
    const OffsetCursor offsets(chunk);
    for (const auto& extent : chunk.extents) {
        Record record = recordAt(offsets, extent.begin, extent.size, chunk.firstLine + extent.line);
        const std::string_view text = chunk.text.substr(extent.begin, extent.size);
        if (extent.bad) {
            batch.rejects.push_back({record.line,
                                     record.byteOffset,
                                     record.byteLength,
                                     {},
                                     looksLikeObject(text) || text.front() == '{' ? "the JSON object does not end"
                                                                                  : "the value is not a JSON object",
                                     "Mend the brackets and quotes of this record",
                                     std::string(text)});
            continue;
        }
        record.firstCell = static_cast<std::uint32_t>(batch.cells.size());
        batch.cells.push_back({text.data(), static_cast<std::uint32_t>(text.size()), 0});
        batch.records.push_back(record);
    }
}

}  // namespace tierwise::ingest
