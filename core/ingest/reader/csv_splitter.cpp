// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/csv_splitter.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "core/ingest/reader/quote_judge.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kRejectSample = std::size_t{64} << 10U;

// How far an open quote is followed, by how many of them were text so far: each costs as much as it looks ahead.
constexpr std::int64_t kFirstVerdicts = 4;
constexpr std::int64_t kManyVerdicts = 256;
constexpr std::size_t kMiddleLookAhead = std::size_t{256} << 10U;
constexpr std::size_t kShortLookAhead = std::size_t{16} << 10U;

constexpr std::size_t kMostTexts = 8;   // quotes of one cell that may be text before a delimiter
constexpr std::size_t kMostLines = 20;  // of a record that goes on

// Kept in order, for binary search: a record that is read anew is judged again from its start.
void note(std::vector<std::uint32_t>& positions, std::size_t at) {
    const auto position = static_cast<std::uint32_t>(at);
    const auto place = std::lower_bound(positions.begin(), positions.end(), position);
    if (place == positions.end() || *place != position) {
        positions.insert(place, position);
    }
}

}  // namespace

/// Sees no cells; judges quotes.
class CsvSplitter::Sink {
public:
    Sink(CsvSplitter& owner, std::string_view text, bool isLast)
        : m_owner(owner), m_judge(owner.m_grammar, owner.m_columns), m_text(text), m_isLast(isLast) {}

    std::size_t cells = 0;  ///< of the record being read

    void cell(std::size_t, std::size_t, bool, bool) { ++cells; }

    [[nodiscard]] std::size_t limit() const { return m_owner.lookAhead(); }

    OpenQuote open(std::size_t quoteAt, std::size_t strayAt, bool atEnd, std::size_t& limit) {
        if (atEnd && !m_isLast) {
            return OpenQuote::wait;  // judged when the window holds all there is to see
        }
        if (m_owner.m_recover && m_judge.isStrayAtEnd(m_text, strayAt != std::string_view::npos ? strayAt : quoteAt)) {
            ++m_owner.m_verdicts;
            if (strayAt != std::string_view::npos) {
                note(m_owner.m_found.closings, strayAt);
                return OpenQuote::closed;
            }
            note(m_owner.m_found.openings, quoteAt);
            return OpenQuote::literal;
        }
        if (atEnd) {
            return OpenQuote::keep;
        }
        if (limit < m_owner.m_maxRecord) {
            limit = std::min(m_owner.m_maxRecord, limit * 4);  // a long text, not a stray quote
            return OpenQuote::follow;
        }
        m_owner.m_oversizedQuote = true;
        return OpenQuote::wait;
    }
    bool swallowed(std::size_t recordBegin, std::size_t quoteAt, std::size_t at, bool closing) {
        if (!m_owner.m_recover || !m_judge.hasSwallowedRows(m_text, recordBegin, quoteAt, at, closing)) {
            return false;
        }
        note(m_owner.m_found.openings, quoteAt);
        return true;
    }
    bool closedEarly(std::size_t strayAt, std::size_t at, bool closing) {
        if (!m_owner.m_recover || !m_judge.closedAt(m_text, strayAt, at, closing)) {
            return false;
        }
        note(m_owner.m_found.closings, strayAt);
        return true;
    }

private:
    CsvSplitter& m_owner;
    QuoteJudge m_judge;
    std::string_view m_text;
    bool m_isLast;
};

CsvSplitter::CsvSplitter(TextStream& text, const Dialect& dialect, const ReadOptions& options, std::size_t columns,
                         std::int64_t firstLine)
    : m_text(text),
      m_grammar(dialect),
      m_columns(columns),
      m_chunkBytes(std::clamp<std::size_t>(options.chunkBytes, 4096, std::size_t{64} << 20U)),
      m_maxRecord(std::clamp<std::size_t>(options.maxRecordBytes, 4096, std::size_t{1} << 30U)),
      m_recover(options.unclosedQuotes == UnclosedQuotes::recover),
      m_line(firstLine) {}

std::size_t CsvSplitter::lookAhead() const {
    if (m_verdicts < kFirstVerdicts) {
        return m_maxRecord;
    }
    return std::min(m_maxRecord, m_verdicts < kManyVerdicts ? kMiddleLookAhead : kShortLookAhead);
}

Result<bool> CsvSplitter::next(Chunk& chunk) {
    chunk = Chunk();
    for (std::size_t wanted = m_chunkBytes;; wanted *= 2) {
        const auto window = m_text.window(std::min(wanted, m_maxRecord + m_chunkBytes));
        if (!window) {
            return fail(window.error());
        }
        if (window->empty()) {
            return false;
        }
        std::size_t cut = 0;
        m_found = {};
        m_oversizedQuote = false;
        if (findCut(*window, m_text.windowIsLast(), cut) == Cut::found) {
            finish(cut, m_text.windowIsLast() && cut == window->size(), chunk);
            return true;
        }
        if (m_oversizedQuote || wanted > m_maxRecord) {
            return rejectOversized(chunk);
        }
    }
}

CsvSplitter::Cut CsvSplitter::findCut(std::string_view window, bool isLast, std::size_t& cut) {
    const bool quotes = m_grammar.quote >= 0 && std::memchr(window.data(), m_grammar.quote, window.size()) != nullptr;
    if (quotes || m_grammar.escape >= 0) {
        return cutWithQuotes(window, isLast, cut);
    }
    cut = isLast ? window.size() : lastLineEnd(window, isLast);
    return cut > 0 ? Cut::found : Cut::grow;
}

// The position after the last line end that is whole: a CR at the very end may have its LF still to come.
std::size_t CsvSplitter::lastLineEnd(std::string_view window, bool isLast) const {
    for (std::size_t at = window.size(); at > 0; --at) {
        const char c = window[at - 1];
        if (c == '\n' || (c == '\r' && m_grammar.crEnds && (at < window.size() || isLast))) {
            return at;
        }
    }
    return 0;
}

CsvSplitter::Cut CsvSplitter::cutWithQuotes(std::string_view window, bool isLast, std::size_t& cut) {
    if (m_index.size() < window.size() + 65) {
        m_index.resize(window.size() + 65);
    }
    const std::size_t found = findStructurals(window, m_grammar.bytes(), m_index.data());
    m_index[found] = kNoStructural;
    Sink sink(*this, window, isLast);
    CsvWalker<Sink> walker(m_grammar, window, m_index.data(), m_found, sink);
    std::size_t openings = 0;
    std::size_t closings = 0;
    std::size_t texts = 0;
    cut = 0;
    for (;;) {
        sink.cells = 0;
        const Step step = walker.next();
        if (step == Step::end) {
            break;
        }
        if (step == Step::record && walker.doubtfulQuote() != std::string_view::npos && m_columns > 1 &&
            sink.cells != m_columns && m_recover) {
            mendRecord(walker, sink, window);
        }
        const bool whole =
            walker.position() < window.size() || isLast || (walker.endedByLineEnd() && window.back() == '\n');
        if (step == Step::wait || !whole) {
            break;
        }
        cut = walker.position();
        openings = m_found.openings.size();
        closings = m_found.closings.size();
        texts = m_found.texts.size();
    }
    m_found.openings.resize(openings);  // those beyond the cut will be judged again in their own chunk
    m_found.closings.resize(closings);
    m_found.texts.resize(texts);
    return cut > 0 ? Cut::found : Cut::grow;
}

template <typename Walker>
void CsvSplitter::mendRecord(Walker& walker, Sink& sink, std::string_view window) {
    const std::size_t opening = walker.doubtfulQuote();
    const auto fits = [&](std::size_t until) {
        const QuoteVerdicts before = m_found;
        Walker trial = walker;
        trial.rewind();
        sink.cells = 0;
        const Step step = trial.next();
        m_found = before;
        return step == Step::record && sink.cells == m_columns && trial.position() <= until &&
               (trial.endedByLineEnd() || trial.position() == window.size());
    };
    const auto readAnew = [&] {
        walker.rewind();
        sink.cells = 0;
        walker.next();
    };
    const auto take = [&](std::vector<std::uint32_t>& verdicts, std::size_t at) {
        const auto before = verdicts;
        note(verdicts, at);
        if (!fits(walker.position())) {
            verdicts = before;
            return false;
        }
        readAnew();
        return true;
    };
    // A cell with one quote too many at its end, "text"", or else an opening quote that is text.
    const std::string doubled(2, static_cast<char>(m_grammar.quote));
    const std::size_t end = std::min(walker.position(), window.size());
    for (std::size_t at = window.find(doubled, opening + 1); at < end; at = window.find(doubled, at + 2)) {
        if (m_grammar.terminatorAt(window, at + 2)) {
            if (take(m_found.closings, at)) {
                return;
            }
            break;
        }
    }
    if (take(m_found.openings, opening)) {
        return;
    }
    // Quotes that nobody escaped, one of them before a delimiter of the text: "a "b", c".
    std::size_t at = nextClosing(window, opening + 1, end);
    if (at >= end) {
        return;
    }
    const auto before = m_found.texts;
    const std::size_t until = endOfText(window, end);
    for (std::size_t tries = 0; tries < kMostTexts && at < until; ++tries, at = nextClosing(window, at + 1, until)) {
        note(m_found.texts, at);
        if (fits(until)) {
            readAnew();
            return;
        }
    }
    m_found.texts = before;
}

// The next quote that stands where a closing one may, and before no other quote.
std::size_t CsvSplitter::nextClosing(std::string_view window, std::size_t from, std::size_t until) const {
    const char quote = static_cast<char>(m_grammar.quote);
    for (std::size_t at = window.find(quote, from); at < until; at = window.find(quote, at + 1)) {
        const bool doubled = at + 1 < window.size() && window[at + 1] == quote;
        if (!doubled && m_grammar.delimiterAt(window, at + 1) &&
            (at + 1 + m_grammar.delimiter.size() >= window.size() ||
             window[at + 1 + m_grammar.delimiter.size()] != quote)) {
            return at;
        }
        at += doubled ? 1 : 0;
    }
    return until;
}

// How far a record may go on that a quote has cut too early: over the lines that are no rows by themselves.
std::size_t CsvSplitter::endOfText(std::string_view window, std::size_t from) const {
    const QuoteJudge judge(m_grammar, m_columns);
    for (std::size_t lines = 0; lines < kMostLines && from < window.size(); ++lines) {
        const std::size_t end = judge.lineEnd(window, from);
        if (judge.isRow(window.substr(from, end - from))) {
            break;
        }
        from = std::min(end + 1, window.size());
    }
    return from;
}

void CsvSplitter::finish(std::size_t size, bool isLast, Chunk& chunk) {
    m_text.describe(size, chunk);
    chunk.firstLine = m_line;
    m_line += m_grammar.crEnds ? countLines(chunk.text) : countByte(chunk.text, '\n');
    chunk.endLine = m_line;
    chunk.last = isLast;
    chunk.verdicts = m_found;
    m_text.advance(size);
}

// Where the next record begins in a window of an oversized one; nothing where it does not. Outside quotes that is the
// next line. Inside, whole rows tell; of one column, a quote that ends a line.
std::optional<std::size_t> CsvSplitter::resumeAt(std::string_view window, std::size_t until, bool isLast) const {
    const QuoteJudge judge(m_grammar, m_columns);
    for (std::size_t at = judge.lineEnd(window, 0); at < until; at = judge.lineEnd(window, at + 1)) {
        const bool pair = window[at] == '\r' && at + 1 < window.size() && window[at + 1] == '\n';
        const std::size_t begin = at + (pair ? 2 : 1);
        if (begin >= window.size()) {
            break;
        }
        const std::size_t last = at > 0 && window[at - 1] == '\r' ? at - 1 : at;
        const bool closed = last > 0 && static_cast<unsigned char>(window[last - 1]) == m_grammar.quote;
        if (!m_oversizedQuote || (m_columns < 2 ? closed : judge.rowsBeginAt(window, begin, isLast))) {
            return begin;
        }
    }
    return {};
}

// A record that no window can hold: says so, and goes on with the next plausible one.
Result<bool> CsvSplitter::rejectOversized(Chunk& chunk) {
    Reject reject;
    const std::int64_t line = m_line;
    std::int64_t begin = -1;
    for (bool ended = false; !ended;) {
        const auto window = m_text.window(2 * m_chunkBytes);
        if (!window) {
            return fail(window.error());
        }
        if (window->empty()) {
            break;
        }
        const bool isLast = m_text.windowIsLast();
        const std::size_t until = isLast ? window->size() : std::min(window->size(), m_chunkBytes);
        const auto resume = resumeAt(*window, until, isLast);
        ended = resume.has_value();
        // A line end at the edge stays in the window, so that the rows behind it are looked at.
        const std::size_t size = resume.value_or(isLast || until < 2 ? until : until - 1);
        if (begin < 0) {
            reject.raw = std::string(window->substr(0, std::min(size, kRejectSample)));
        }
        m_text.describe(size, chunk);
        begin = begin < 0 ? chunk.baseOffset : begin;
        const std::string_view skipped = window->substr(0, size);
        m_line += m_grammar.crEnds ? countLines(skipped) : countByte(skipped, '\n');
        chunk.last = isLast && size == window->size();
        m_text.advance(size);
    }
    reject.line = line;
    reject.byteOffset = begin;
    reject.byteLength = chunk.endOffset - begin;
    reject.reason = fmt::format("the record is longer than {} MiB", std::max<std::size_t>(m_maxRecord >> 20U, 1));
    reject.fixHint = "Check the quote character: a quote that never closes makes one record of many";
    chunk.text = {};
    chunk.baseOffset = begin;
    chunk.firstLine = line;
    chunk.endLine = m_line;
    chunk.rejects.push_back(std::move(reject));
    return true;
}

}  // namespace tierwise::ingest
