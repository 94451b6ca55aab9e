// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ingest/reader/csv_grammar.h"
#include "core/ingest/reader/csv_walker.h"
#include "core/ingest/reader/splitter.h"
#include "core/ingest/reader/text_stream.h"

namespace tierwise::ingest {

/// Finds where records end with the very grammar of the parser, and judges the quotes that never close.
class CsvSplitter final : public Splitter {
public:
    /// columns: how many cells a row should have, the evidence for judging quotes; 0: unknown.
    CsvSplitter(TextStream& text, const Dialect& dialect, const ReadOptions& options, std::size_t columns,
                std::int64_t firstLine);

    [[nodiscard]] Result<bool> next(Chunk& chunk) override;

private:
    class Sink;
    enum class Cut { found, grow };

    /// How far an open quote is followed before it is judged; shorter in a file that has many of them.
    [[nodiscard]] std::size_t lookAhead() const;

    /// Where the chunk ends in the window, and which of its quotes are text.
    Cut findCut(std::string_view window, bool isLast, std::size_t& cut);
    Cut cutWithQuotes(std::string_view window, bool isLast, std::size_t& cut);
    [[nodiscard]] std::size_t lastLineEnd(std::string_view window, bool isLast) const;
    [[nodiscard]] Result<bool> rejectOversized(Chunk& chunk);
    [[nodiscard]] std::optional<std::size_t> resumeAt(std::string_view window, std::size_t until, bool isLast) const;
    /// Reads a record of the wrong width anew without the quote that its cell's text puts in doubt.
    template <typename Walker>
    void mendRecord(Walker& walker, Sink& sink, std::string_view window);
    [[nodiscard]] std::size_t nextClosing(std::string_view window, std::size_t from, std::size_t until) const;
    [[nodiscard]] std::size_t endOfText(std::string_view window, std::size_t from) const;
    void finish(std::size_t size, bool isLast, Chunk& chunk);

    TextStream& m_text;
    CsvGrammar m_grammar;
    std::size_t m_columns;
    std::size_t m_chunkBytes;
    std::size_t m_maxRecord;
    bool m_recover;
    std::int64_t m_line;
    std::int64_t m_verdicts = 0;
    bool m_oversizedQuote = false;  ///< the window begins with a record whose quoted cell is beyond the limit
    QuoteVerdicts m_found;
    std::vector<std::uint32_t> m_index;
};

}  // namespace tierwise::ingest
