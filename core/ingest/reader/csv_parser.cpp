// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/csv_parser.h"

#include <cstring>

#include <fmt/format.h>

#include "core/ingest/reader/csv_walker.h"
#include "core/ingest/reader/offset_map.h"
#include "core/ingest/reader/utf8.h"

namespace tierwise::ingest {

/// Collects cells; never asked to judge quotes, because the splitter has (Chunk::strayQuotes).
class CsvParser::Sink {
public:
    Sink(const CsvGrammar& grammar, std::string_view text, RecordBatch& batch)
        : m_grammar(grammar), m_text(text.data()), m_batch(batch) {}

    void cell(std::size_t begin, std::size_t size, bool quoted, bool escaped) {
        Cell cell{m_text + begin, static_cast<std::uint32_t>(size), quoted ? Cell::kQuoted : 0U};
        if (escaped) {
            unescape(cell);
        }
        m_batch.cells.push_back(cell);
    }
    static constexpr std::size_t limit() { return kNoStructural; }
    static OpenQuote open(std::size_t, std::size_t, bool, std::size_t&) { return OpenQuote::keep; }
    static bool swallowed(std::size_t, std::size_t, std::size_t, bool) { return false; }
    static bool closedEarly(std::size_t, std::size_t, bool) { return false; }

private:
    // Takes escapes off: in quotes "" and \" and \\; outside, the escape goes before anything that it protects.
    void unescape(Cell& cell) {
        char* const out = m_batch.allocate(cell.size);
        const char* const to =
            cell.wasQuoted() && m_grammar.escape < 0 ? copyHalvingQuotes(cell, out) : copyUnescaped(cell, out);
        cell.data = out;
        cell.size = static_cast<std::uint32_t>(to - out);
    }

    // Quotes are far apart in texts: everything between them is copied at once.
    char* copyHalvingQuotes(const Cell& cell, char* to) const {
        const char* from = cell.data;
        const char* const end = from + cell.size;
        while (from < end) {
            const auto left = static_cast<std::size_t>(end - from);
            const auto* const found = static_cast<const char*>(std::memchr(from, m_grammar.quote, left));
            const std::size_t size = found == nullptr ? left : static_cast<std::size_t>(found + 1 - from);
            std::memcpy(to, from, size);
            to += size;
            from += size;
            if (found != nullptr && from < end && static_cast<unsigned char>(*from) == m_grammar.quote) {
                ++from;
            }
        }
        return to;
    }

    char* copyUnescaped(const Cell& cell, char* to) const {
        const char* from = cell.data;
        const char* const end = from + cell.size;
        while (from < end) {
            const int c = static_cast<unsigned char>(*from);
            const int next = from + 1 < end ? static_cast<unsigned char>(from[1]) : -1;
            const bool pair =
                cell.wasQuoted()
                    ? (c == m_grammar.quote && next == c) ||
                          (c == m_grammar.escape && (next == m_grammar.quote || (next == c && m_grammar.escapesItself)))
                    : c == m_grammar.escape && protects(next);
            if (pair && next >= 0) {
                ++from;
            }
            *to++ = *from++;
        }
        return to;
    }
    [[nodiscard]] bool protects(int next) const {
        return (next == m_grammar.escape && m_grammar.escapesItself) || next == m_grammar.quote ||
               next == m_grammar.delimiterByte || next == '\n' || next == '\r';
    }

    const CsvGrammar& m_grammar;
    const char* m_text;
    RecordBatch& m_batch;
};

CsvParser::CsvParser(const Dialect& dialect, const ReadOptions& options, std::size_t columns)
    : m_grammar(dialect),
      m_columns(columns),
      m_ragged(options.raggedRows),
      m_keepBlank(options.blankLines == BlankLines::keep ||
                  (options.blankLines == BlankLines::automatic && columns <= 1)),
      m_mender(columns > 1 ? std::make_shared<const RowMender>(dialect, columns) : nullptr) {}

void CsvParser::parse(const Chunk& chunk, RecordBatch& batch) const {
    batch.clear();
    batch.m_owner = chunk.owner;
    batch.m_text = chunk.text;
    batch.startOffset = chunk.baseOffset;
    batch.endOffset = chunk.endOffset;
    batch.endLine = chunk.endLine;
    batch.last = chunk.last;
    batch.rejects = chunk.rejects;
    batch.repairs[Repair::oversizedRecord] += static_cast<std::int64_t>(chunk.rejects.size());
    if (batch.m_index.size() < chunk.text.size() + 65) {
        batch.m_index.resize(chunk.text.size() + 65);
    }
    const std::size_t found = findStructurals(chunk.text, m_grammar.bytes(), batch.m_index.data());
    batch.m_index[found] = kNoStructural;
    batch.cells.reserve(found + 1);

    Sink sink(m_grammar, chunk.text, batch);
    CsvWalker<Sink> walker(m_grammar, chunk.text, batch.m_index.data(), chunk.verdicts, sink);
    OffsetCursor offsets(chunk);
    for (;;) {
        const std::size_t firstCell = batch.cells.size();
        const Step step = walker.next();
        if (step == Step::comment) {
            ++batch.repairs[Repair::commentLine];
            continue;
        }
        if (step != Step::record) {
            break;
        }
        Record record;
        record.firstCell = static_cast<std::uint32_t>(firstCell);
        record.cellCount = static_cast<std::uint32_t>(batch.cells.size() - firstCell);
        record.textBegin = static_cast<std::uint32_t>(walker.begin());
        record.textSize = static_cast<std::uint32_t>(walker.position() - walker.begin());
        record.line = chunk.firstLine + walker.beginLine();
        record.byteOffset = offsets.at(walker.begin());
        record.byteLength = static_cast<std::uint32_t>(offsets.at(walker.position()) - record.byteOffset);
        record.repairs = walker.repairs();
        finishRow(sink, chunk, batch, record);
    }
    if (chunk.last && !chunk.text.empty() && !walker.endedByLineEnd()) {
        ++batch.repairs[Repair::noFinalNewline];
    }
    mendBytes(batch);
}

void CsvParser::finishRow(Sink&, const Chunk& chunk, RecordBatch& batch, Record record) const {
    if (record.cellCount == 1 && !m_keepBlank && !batch.cells.back().wasQuoted()) {
        if (batch.cells.back().size == 0) {
            batch.cells.pop_back();
            ++batch.repairs[Repair::blankLine];
            return;
        }
    }
    const std::string_view raw = chunk.text.substr(record.textBegin, record.textSize);
    if (m_mender && m_mender->isOdd(raw, std::span(batch.cells).subspan(record.firstCell))) {
        if (const auto repair = m_mender->mend(raw, batch, record.firstCell)) {
            record.cellCount = static_cast<std::uint32_t>(m_columns);
            record.repairs = repairBit(*repair);
        }
    }
    if (m_columns != 0 && record.cellCount != m_columns) {
        Repair kind = Repair::shortRow;
        if (record.cellCount > m_columns) {
            kind = Repair::trailingDelimiter;
            for (std::size_t i = record.firstCell + m_columns; i < batch.cells.size(); ++i) {
                kind = batch.cells[i].size > 0 ? Repair::longRow : kind;
            }
        }
        record.repairs |= repairBit(kind);
        const bool reject =
            kind != Repair::trailingDelimiter &&
            (m_ragged == RaggedRows::reject || (m_ragged == RaggedRows::rejectLong && kind == Repair::longRow));
        if (reject) {
            batch.rejects.push_back(
                {record.line, record.byteOffset, record.byteLength,
                 static_cast<std::int32_t>(std::min<std::size_t>(record.cellCount, m_columns)),
                 fmt::format("the row has {} cells, but there are {} columns", record.cellCount, m_columns),
                 "Quote the cell that holds the delimiter, or choose another delimiter or quote", std::string(raw)});
            batch.cells.resize(record.firstCell);
            return;
        }
    }
    if (record.repairs != 0) {
        for (std::size_t kind = 0; kind < kRepairKinds; ++kind) {
            batch.repairs.counts[kind] += record.repairs >> kind & 1U;
        }
    }
    batch.records.push_back(record);
}

void CsvParser::mendBytes(RecordBatch& batch) const {
    const bool nul = !batch.m_text.empty() && std::memchr(batch.m_text.data(), 0, batch.m_text.size()) != nullptr;
    const bool invalid = !isValidUtf8(batch.m_text);
    if (!nul && !invalid) {
        return;
    }
    for (auto& record : batch.records) {
        for (std::size_t i = 0; i < record.cellCount; ++i) {
            Cell& cell = batch.cells[record.firstCell + i];
            if (nul && cell.size > 0 && std::memchr(cell.data, 0, cell.size) != nullptr) {
                ++batch.repairs[Repair::nulByte];
                record.repairs |= repairBit(Repair::nulByte);
            }
            if (invalid && !isValidUtf8(cell.view())) {
                const std::string mended = mendUtf8(cell.view());
                char* const copy = batch.allocate(mended.size());
                mended.copy(copy, mended.size());
                cell.data = copy;
                cell.size = static_cast<std::uint32_t>(mended.size());
                ++batch.repairs[Repair::invalidBytes];
                record.repairs |= repairBit(Repair::invalidBytes);
            }
        }
    }
    for (auto& reject : batch.rejects) {
        if (!isValidUtf8(reject.raw)) {
            reject.raw = mendUtf8(reject.raw);
        }
    }
}

}  // namespace tierwise::ingest
