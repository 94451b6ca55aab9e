// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/quote_judge.h"

#include "core/ingest/reader/csv_walker.h"

namespace tierwise::ingest {
namespace {

constexpr int kMaxLines = 50;
constexpr int kPlausibleRows = 3;  // lines in a row that are rows by themselves: no text is likely to hold them

struct CountingSink {
    std::int64_t cells = 0;
    bool isOpen = false;

    void cell(std::size_t, std::size_t, bool, bool) { ++cells; }
    static constexpr std::size_t limit() { return kNoStructural; }
    OpenQuote open(std::size_t, std::size_t, bool, std::size_t&) {
        isOpen = true;
        return OpenQuote::keep;
    }
    static bool swallowed(std::size_t, std::size_t, std::size_t, bool) { return false; }
    static bool closedEarly(std::size_t, std::size_t, bool) { return false; }
};

}  // namespace

std::int64_t QuoteJudge::cellsOf(std::string_view line, std::size_t literalQuote) const {
    std::vector<std::uint32_t> index(line.size() + 65);
    index[findStructurals(line, m_grammar.bytes(), index.data())] = kNoStructural;
    QuoteVerdicts verdicts;
    if (literalQuote != std::string_view::npos) {
        verdicts.openings.push_back(static_cast<std::uint32_t>(literalQuote));
    }
    CountingSink sink;
    CsvWalker<CountingSink> walker(m_grammar, line, index.data(), verdicts, sink);
    const Step step = walker.next();
    if (step != Step::record) {
        return 0;
    }
    return sink.isOpen || walker.position() < line.size() ? -1 : sink.cells;
}

// The position of the line end at or after from; the size of the text where there is none.
std::size_t QuoteJudge::lineEnd(std::string_view text, std::size_t from) const {
    const auto at = m_grammar.crEnds ? text.find_first_of("\r\n", from) : text.find('\n', from);
    return at == std::string_view::npos ? text.size() : at;
}

bool QuoteJudge::hasSwallowedRows(std::string_view text, std::size_t recordBegin, std::size_t quoteAt, std::size_t at,
                                  bool closing) const {
    if (m_columns < 2) {
        return false;
    }
    const std::size_t firstEnd = lineEnd(text, quoteAt);
    if (cellsOf(text.substr(recordBegin, firstEnd - recordBegin), quoteAt - recordBegin) !=
        static_cast<std::int64_t>(m_columns)) {
        return false;
    }
    const Between between = linesBetween(text, firstEnd + 1, at);
    // The line of the quote itself: a row of its own, or the start of one whose last cell goes on in the next line.
    const bool lineFits = between.lastCells == static_cast<std::int64_t>(m_columns) || between.lastCells < 0;
    if (closing) {
        // Texts of two columns often look like rows by chance.
        return between.allRows && between.rows >= 2 && m_columns >= 3 && lineFits;
    }
    return between.allRows && (lineFits || between.rows > 0);
}

bool QuoteJudge::closedAt(std::string_view text, std::size_t strayAt, std::size_t at, bool closing) const {
    if (m_columns < 2) {
        return false;
    }
    const Between between = linesBetween(text, lineEnd(text, strayAt) + 1, at);
    const bool lineFits = between.lastCells == static_cast<std::int64_t>(m_columns);
    if (closing) {
        return between.allRows && between.rows >= 2 && m_columns >= 3;
    }
    return between.allRows && (lineFits || between.rows > 0);
}

QuoteJudge::Between QuoteJudge::linesBetween(std::string_view text, std::size_t from, std::size_t at) const {
    Between between;
    for (int lines = 0; lines < kMaxLines && from < at; ++lines) {
        const std::size_t end = lineEnd(text, from);
        if (end >= at) {
            break;
        }
        if (end > from && !(end == from + 1 && text[from] == '\r')) {
            if (!isRow(text.substr(from, end - from))) {
                between.allRows = false;
                return between;
            }
            ++between.rows;
        }
        from = end + 1;
    }
    between.lastCells = from > at ? 0 : cellsOf(text.substr(from, lineEnd(text, from) - from), std::string_view::npos);
    return between;
}

bool QuoteJudge::isStrayAtEnd(std::string_view text, std::size_t quoteAt) const {
    if (m_columns < 2) {
        return true;
    }
    const std::size_t firstEnd = lineEnd(text, quoteAt);
    int rows = 0;
    int others = 0;
    for (std::size_t from = firstEnd + 1; from < text.size() && rows + others < kMaxLines;) {
        const std::size_t end = lineEnd(text, from);
        if (end > from && !(end == from + 1 && text[from] == '\r')) {
            ++(isRow(text.substr(from, end - from)) ? rows : others);
        }
        from = end + 1;
    }
    return rows + others == 0 || rows > others;
}

bool QuoteJudge::rowsBeginAt(std::string_view text, std::size_t from, bool isLast) const {
    for (int rows = 0; rows < kPlausibleRows; ++rows) {
        const std::size_t end = lineEnd(text, from);
        if (end == text.size() && !isLast) {
            return false;
        }
        if (!isRow(text.substr(from, end - from))) {
            return false;
        }
        from = end + 1;
        from += from < text.size() && text[end] == '\r' && text[from] == '\n' ? 1 : 0;
        if (from >= text.size()) {
            return isLast;
        }
    }
    return true;
}

}  // namespace tierwise::ingest
