// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/ingest/reader/csv_grammar.h"
#include "core/ingest/reader/record_batch.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// The grammar of delimited text, written once: the parser and the splitter walk with different sinks and so can never
/// disagree on where a record ends.
///
/// Sink: void cell(begin, size, quoted, escaped); size_t limit(), how far an open quote is followed;
///       OpenQuote open(quoteAt, strayAt, atEnd, limit), asked where a quoted cell reaches that limit or the text's
///       end; strayAt: the first quote inside that neither closes nor is doubled, or npos; follow goes on up to the
///       limit that it has set anew, closed ends the cell with the one at strayAt;
///       bool closedEarly(strayAt, at, closing), asked as swallowed is; true closes the cell at strayAt;
///       bool swallowed(recordBegin, quoteAt, at, closing), asked where a quoted cell that crossed a line end meets
///       its end or another opening quote; true makes the opening quote plain text.
enum class OpenQuote { keep, literal, closed, follow, wait };

enum class Step { record, comment, end, wait };

inline constexpr std::uint32_t kNoStructural = 0xFFFFFFFFU;

[[nodiscard]] constexpr std::uint32_t repairBit(Repair repair) {
    return 1U << static_cast<unsigned>(repair);
}

template <typename Sink>
class CsvWalker {
public:
    /// index: positions from findStructurals, ended by kNoStructural; verdicts: on quotes that are not what they seem.
    CsvWalker(const CsvGrammar& grammar, std::string_view text, const std::uint32_t* index,
              const QuoteVerdicts& verdicts, Sink& sink)
        : m_grammar(grammar), m_text(text), m_next(index), m_verdicts(verdicts), m_sink(sink) {}

    /// Reads one record. wait: the sink could not decide on an open quote.
    Step next() {
        m_begin = m_pos;
        m_beginLine = m_line;
        m_beginNext = m_next;
        m_doubtful = std::string_view::npos;
        m_repairs = 0;
        if (m_pos >= m_text.size()) {
            return Step::end;
        }
        if (m_grammar.commentAt(m_text, m_pos)) {
            skipLine();
            return Step::comment;
        }
        for (;;) {
            switch (field()) {
                case After::delimiter:
                    continue;
                case After::lineEnd:
                    m_ended = true;
                    return Step::record;
                case After::textEnd:
                    m_ended = false;
                    return Step::record;
                case After::wait:
                    return Step::wait;
            }
        }
    }

    /// Goes back to the start of the record that next() has read, to read it anew under other verdicts.
    void rewind() {
        m_pos = m_begin;
        m_line = m_beginLine;
        m_next = m_beginNext;
    }

    /// The opening quote of the record's first quoted cell with a stray quote inside; npos where there is none.
    [[nodiscard]] std::size_t doubtfulQuote() const { return m_doubtful; }
    [[nodiscard]] std::size_t begin() const { return m_begin; }
    [[nodiscard]] std::size_t position() const { return m_pos; }
    [[nodiscard]] std::int64_t beginLine() const { return m_beginLine; }  ///< lines before the record
    [[nodiscard]] std::int64_t line() const { return m_line; }
    [[nodiscard]] std::uint32_t repairs() const { return m_repairs; }
    [[nodiscard]] bool endedByLineEnd() const { return m_ended; }

private:
    enum class After { delimiter, lineEnd, textEnd, wait };
    struct State {
        const std::uint32_t* next = nullptr;
        std::int64_t line = 0;
        std::uint32_t repairs = 0;
        bool escaped = false;
    };

    [[nodiscard]] static bool isListed(const std::vector<std::uint32_t>& positions, std::size_t at) {
        return !positions.empty() && std::binary_search(positions.begin(), positions.end(), at);
    }
    [[nodiscard]] int byteAt(std::size_t at) const { return static_cast<unsigned char>(m_text[at]); }

    After field() {
        const std::size_t start = m_pos;
        if (m_grammar.quote >= 0 && start < m_text.size()) {
            std::size_t at = start;
            if (m_grammar.spaces) {
                while (at < m_text.size() && m_text[at] == ' ' && !m_grammar.delimiterAt(m_text, at)) {
                    ++at;
                }
            }
            if (at < m_text.size() && byteAt(at) == m_grammar.quote) {
                if (!isListed(m_verdicts.openings, at)) {
                    return quoted(start, at);
                }
                return literalQuote(start, at);
            }
        }
        return unquoted(start);
    }

    After literalQuote(std::size_t start, std::size_t quoteAt) {
        m_repairs |= repairBit(Repair::unclosedQuote);
        skipTo(quoteAt + 1);
        return unquoted(start);
    }

    // quoted: the rest of a cell whose closing quote had text behind it.
    After unquoted(std::size_t start, bool quoted = false, bool escaped = false) {
        for (;;) {
            const std::size_t at = *m_next;
            if (at >= m_text.size()) {
                m_sink.cell(start, m_text.size() - start, quoted, escaped);
                m_pos = m_text.size();
                return After::textEnd;
            }
            ++m_next;
            const int c = byteAt(at);
            if (c == m_grammar.delimiterByte) {
                if (m_grammar.delimiter.size() > 1 && !m_grammar.delimiterAt(m_text, at)) {
                    continue;
                }
                m_sink.cell(start, at - start, quoted, escaped);
                return afterDelimiter(at);
            }
            if (c == '\n') {
                const bool crlf = at > start && m_text[at - 1] == '\r';
                m_sink.cell(start, at - start - (crlf ? 1 : 0), quoted, escaped);
                m_pos = at + 1;
                ++m_line;
                return After::lineEnd;
            }
            if (c == '\r' && m_grammar.crEnds) {
                m_sink.cell(start, at - start, quoted, escaped);
                return afterCarriageReturn(at);
            }
            if (c == m_grammar.quote) {
                m_repairs |= repairBit(Repair::strayQuote);
            } else if (c == m_grammar.escape) {
                escaped = true;
                if (at + 1 < m_text.size() && m_text[at + 1] == '\n') {
                    ++m_line;
                }
                skipTo(at + 2);
            }
        }
    }

    After quoted(std::size_t start, std::size_t quoteAt) {
        const auto* const indexBefore = m_next;
        const auto lineBefore = m_line;
        const auto repairsBefore = m_repairs;
        if (quoteAt > start) {
            m_repairs |= repairBit(Repair::spaceAroundQuote);
        }
        skipTo(quoteAt + 1);
        bool escaped = false;
        bool crossed = false;
        std::size_t limit = m_sink.limit();
        std::size_t stray = std::string_view::npos;
        State atStray;
        const auto closeEarly = [&] {
            m_next = atStray.next;
            m_line = atStray.line;
            m_repairs = atStray.repairs;
            return unquoted(quoteAt + 1, true, atStray.escaped);
        };
        const auto takeAsText = [&] {
            m_next = indexBefore;
            m_line = lineBefore;
            m_repairs = repairsBefore;
            return literalQuote(start, quoteAt);
        };
        for (;;) {
            const std::size_t at = *m_next;
            if (at >= m_text.size() || at - quoteAt > limit) {
                const OpenQuote verdict = m_sink.open(quoteAt, stray, at >= m_text.size(), limit);
                if (verdict == OpenQuote::wait) {
                    return After::wait;
                }
                if (verdict == OpenQuote::literal) {
                    return takeAsText();
                }
                if (verdict == OpenQuote::closed) {
                    return closeEarly();
                }
                if (verdict == OpenQuote::follow) {
                    continue;
                }
                m_repairs |= repairBit(Repair::unclosedQuote);
                m_sink.cell(quoteAt + 1, m_text.size() - quoteAt - 1, true, escaped);
                m_pos = m_text.size();
                return After::textEnd;
            }
            ++m_next;
            const int c = byteAt(at);
            if (c == '\n' || (c == '\r' && m_grammar.crEnds)) {
                crossed = true;
                m_line += c == '\n' || at + 1 >= m_text.size() || m_text[at + 1] != '\n' ? 1 : 0;
            } else if (c == m_grammar.escape) {
                if (at + 1 < m_text.size() &&
                    (byteAt(at + 1) == m_grammar.quote || (byteAt(at + 1) == c && m_grammar.escapesItself))) {
                    escaped = true;
                    skipTo(at + 2);
                }
            } else if (c == m_grammar.quote) {
                if (at + 1 < m_text.size() && byteAt(at + 1) == c) {
                    escaped = true;
                    skipTo(at + 2);
                    if (isListed(m_verdicts.closings, at)) {
                        m_repairs |= repairBit(Repair::strayQuote);
                        m_sink.cell(quoteAt + 1, at - quoteAt, true, escaped);
                        return afterClosingQuote(at + 2);
                    }
                    continue;
                }
                std::size_t after = at + 1;
                while (after < m_text.size() && (m_text[after] == ' ' || m_text[after] == '\t') &&
                       !m_grammar.delimiterAt(m_text, after)) {
                    ++after;
                }
                const bool closes = m_grammar.terminatorAt(m_text, after) && !isListed(m_verdicts.texts, at);
                if (crossed && (closes || opensCell(at)) && m_sink.swallowed(m_begin, quoteAt, at, closes)) {
                    return takeAsText();
                }
                if (crossed && stray != std::string_view::npos && (closes || opensCell(at)) &&
                    m_sink.closedEarly(stray, at, closes)) {
                    return closeEarly();
                }
                if (!closes) {
                    m_repairs |= repairBit(Repair::strayQuote);
                    m_doubtful = std::min(m_doubtful, quoteAt);
                    if (isListed(m_verdicts.closings, at)) {
                        return unquoted(quoteAt + 1, true, escaped);
                    }
                    if (stray == std::string_view::npos) {
                        stray = at;
                        atStray = {m_next, m_line, m_repairs, escaped};
                    }
                    continue;
                }
                if (after > at + 1) {
                    m_repairs |= repairBit(Repair::spaceAroundQuote);
                }
                m_sink.cell(quoteAt + 1, at - quoteAt - 1, true, escaped);
                return afterClosingQuote(after);
            }
        }
    }

    /// True where a quote stands as an opening one would.
    [[nodiscard]] bool opensCell(std::size_t at) const {
        const std::size_t size = m_grammar.delimiter.size();
        return m_text[at - 1] == '\n' || m_text[at - 1] == '\r' ||
               (size > 0 && at >= size && m_grammar.delimiterAt(m_text, at - size));
    }

    After afterClosingQuote(std::size_t at) {
        if (at >= m_text.size()) {
            m_pos = m_text.size();
            return After::textEnd;
        }
        if (m_grammar.delimiterAt(m_text, at)) {
            skipTo(at);
            return afterDelimiter(at);
        }
        if (m_text[at] == '\n') {
            m_pos = at + 1;
            skipTo(m_pos);
            ++m_line;
            return After::lineEnd;
        }
        return afterCarriageReturn(at);
    }

    After afterDelimiter(std::size_t at) {
        m_pos = at + m_grammar.delimiter.size();
        while (*m_next < m_pos) {
            ++m_next;
        }
        return After::delimiter;
    }

    After afterCarriageReturn(std::size_t at) {
        m_pos = at + 1;
        if (m_pos < m_text.size() && m_text[m_pos] == '\n') {
            ++m_pos;
        }
        skipTo(m_pos);
        ++m_line;
        return After::lineEnd;
    }

    void skipTo(std::size_t position) {
        while (*m_next < position) {
            ++m_next;
        }
    }

    void skipLine() {
        for (;;) {
            const std::size_t at = *m_next;
            if (at >= m_text.size()) {
                m_pos = m_text.size();
                return;
            }
            ++m_next;
            if (m_text[at] == '\n') {
                m_pos = at + 1;
                ++m_line;
                return;
            }
            if (m_text[at] == '\r' && m_grammar.crEnds) {
                afterCarriageReturn(at);
                return;
            }
        }
    }

    const CsvGrammar& m_grammar;
    std::string_view m_text;
    const std::uint32_t* m_next;
    const QuoteVerdicts& m_verdicts;
    Sink& m_sink;
    std::size_t m_pos = 0;
    std::size_t m_begin = 0;
    std::size_t m_doubtful = std::string_view::npos;
    const std::uint32_t* m_beginNext = nullptr;
    std::int64_t m_line = 0;
    std::int64_t m_beginLine = 0;
    std::uint32_t m_repairs = 0;
    bool m_ended = true;
};

}  // namespace tierwise::ingest
