// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/dialect_sniffer.h"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/ingest/reader/row_mender.h"
#include "core/ingest/sniff/dialect_candidates.h"
#include "core/ingest/sniff/header_sniffer.h"
#include "core/ingest/sniff/sample_table.h"
#include "core/ingest/sniff/table_shapes.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kTrialRows = 400;
constexpr std::size_t kTrialBytes = std::size_t{64} << 10U;
constexpr std::size_t kFewRows = 12;
constexpr std::size_t kWeakRows = 4;
constexpr double kOtherQuote = 0.97;        // a quote other than '"' must be a little better
constexpr double kCleanOtherQuote = 0.995;  // ... and hardly so where each of them stands as a quote does
constexpr double kOtherEscape = 0.99;
constexpr double kDull = 0.8;  // cells of plain words: no evidence for a delimiter that texts hold too

// Whole lines from the start; more where the first kTrialBytes hold few of them.
std::string_view trialPart(std::string_view head) {
    for (std::size_t size = kTrialBytes; size < head.size(); size *= 2) {
        const auto end = head.find_last_of("\r\n", size);
        const auto lines = std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(size), '\n') +
                           std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(size), '\r');
        if (end != std::string_view::npos && lines >= static_cast<std::ptrdiff_t>(kFewRows)) {
            return head.substr(0, end + 1);
        }
    }
    return head;
}

Newline likelyNewline(std::string_view text) {
    std::size_t lf = 0;
    std::size_t crlf = 0;
    std::size_t cr = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\n') {
            ++lf;
        } else if (text[at] == '\r') {
            const bool pair = at + 1 < text.size() && text[at + 1] == '\n';
            ++(pair ? crlf : cr);
            at += pair ? 1 : 0;
        }
    }
    if (lf + crlf == 0 && cr > 0) {
        return Newline::cr;
    }
    return crlf > lf ? Newline::crlf : Newline::lf;
}

// "sep=;" as Excel writes and reads it.
std::optional<std::string> sepLine(std::string_view text, std::size_t& size) {
    const auto end = text.find_first_of("\r\n");
    std::string_view line = text.substr(0, end);
    if (line.size() >= 2 && line.front() == '"' && line.back() == '"') {
        line = line.substr(1, line.size() - 2);
    }
    if (line.size() < 5 || line.size() > 20 || (line.substr(0, 4) != "sep=" && line.substr(0, 4) != "SEP=")) {
        return {};
    }
    size = end == std::string_view::npos ? text.size() : end + 1;
    if (end != std::string_view::npos && text.substr(end, 2) == "\r\n") {
        ++size;
    }
    return line.substr(4) == "\\t" ? std::string("\t") : std::string(line.substr(4));
}

struct Trial {
    Dialect dialect;
    DelimiterCandidate delimiter;
    double value = -1;
};

/// Reads the sample under one dialect after the other, and keeps the best.
class Search {
public:
    Search(std::string_view sample, const ReadOptions& options)
        : m_sample(sample), m_options(options), m_lines(wholeLines(sample)) {}

    void run(const Dialect& base, const std::optional<std::string>& delimiter) {
        std::vector<DelimiterCandidate> delimiters;
        if (delimiter) {
            delimiters.push_back({*delimiter, 1, false});
        } else {
            delimiters = delimiterCandidates(m_sample);
            if (std::none_of(delimiters.begin(), delimiters.end(), [](const auto& c) { return c.text == ","; })) {
                delimiters.push_back({",", 1, false});  // of one column: what it would be with more
            }
            if (m_lines.typed) {
                delimiters.push_back({"", 1, false});
            }
        }
        std::vector<std::optional<char>> quotes;
        if (m_options.quote) {
            quotes.push_back(*m_options.quote);
        } else {
            for (const char quote : quoteCandidates(m_sample)) {
                quotes.emplace_back(quote);
            }
        }
        for (const auto& candidate : delimiters) {
            double bestOfDelimiter = -1;
            for (const auto& quote : quotes) {
                if (quote && candidate.text.find(*quote) != std::string::npos) {
                    continue;
                }
                Dialect dialect = base;
                dialect.delimiter = candidate.text;
                dialect.quote = quote;
                bestOfDelimiter = std::max(bestOfDelimiter, tryOne(dialect, candidate));
                if (quote && hasEscaped(*quote)) {
                    dialect.escape = '\\';
                    bestOfDelimiter = std::max(bestOfDelimiter, tryOne(dialect, candidate));
                }
            }
            noteRunnerUp(candidate.text, bestOfDelimiter);
        }
        tryEscapes();
        trySpaces();
        tryCarriageReturns();
    }

    [[nodiscard]] const Trial& best() const { return m_best; }
    [[nodiscard]] double confidence() const {
        if (m_best.value <= 0) {
            return 0;
        }
        return std::clamp(1.0 - std::max(m_second, 0.0) / m_best.value, 0.0, 1.0) * 0.5 + 0.5;
    }

private:
    [[nodiscard]] bool hasEscaped(char quote) const {
        return !m_options.escape && m_sample.find(std::string{'\\', quote}) != std::string_view::npos;
    }

    // Typed and quoted cells are evidence of their own for a delimiter that is not usual.
    double tryOne(const Dialect& dialect, const DelimiterCandidate& delimiter, double factor = 1) {
        const SampleTable table = readSample(m_sample, dialect, 0, kTrialRows);
        const Plausibility found = plausibility(table);
        const double evidence = std::clamp((found.cells - kDull) / (1 - kDull), 0.0, 1.0) * table.share;
        double value = factor * found.value * (delimiter.prior + (1 - delimiter.prior) * 0.75 * evidence);
        if (dialect.quote != '"' && dialect.quote && !m_options.quote) {
            value *= found.broken ? kOtherQuote : kCleanOtherQuote;
        }
        if (delimiter.weak && table.rows.size() < kWeakRows) {
            value *= static_cast<double>(table.rows.size()) / (2.0 * kWeakRows);
        }
        if (!m_options.delimiter && dividesValues(table, delimiter, m_lines)) {
            value = 0;
        }
        if (value > m_best.value) {
            m_best = {dialect, delimiter, value};
        }
        return value;
    }

    void noteRunnerUp(const std::string& delimiter, double value) {
        m_values.emplace_back(value, delimiter);
        m_second = -1;
        for (const auto& [other, text] : m_values) {
            if (text != m_best.dialect.delimiter) {
                m_second = std::max(m_second, other);
            }
        }
    }

    void tryEscapes() {
        if (m_options.escape) {
            m_best.dialect.escape = *m_options.escape;
            return;
        }
        const Trial plain = m_best;
        if (!plain.dialect.quote) {
            return;
        }
        for (const char escape : escapeCandidates(m_sample, *plain.dialect.quote, plain.dialect.delimiter)) {
            Dialect dialect = plain.dialect;
            dialect.escape = escape;
            tryOne(dialect, plain.delimiter, escape == '\\' ? 1 : kOtherEscape);
        }
    }

    void trySpaces() {
        if (m_options.spaceAroundQuotes) {
            m_best.dialect.spaceAroundQuotes = *m_options.spaceAroundQuotes;
            return;
        }
        std::string delimiter = m_best.dialect.delimiter;
        if (delimiter.size() > 1 && delimiter.back() == ' ') {
            delimiter.pop_back();  // blanks before the first cell too
        }
        if (m_best.dialect.quote && m_sample.find(delimiter + ' ' + *m_best.dialect.quote) != std::string_view::npos) {
            Dialect dialect = m_best.dialect;
            dialect.spaceAroundQuotes = true;
            dialect.delimiter = delimiter;
            tryOne(dialect, DelimiterCandidate(m_best.delimiter));
        }
    }

    // A lone CR in a file of LFs: the end of a line only where that makes the rows more even.
    void tryCarriageReturns() {
        if (m_options.newline || m_best.dialect.newline == Newline::cr) {
            return;
        }
        for (std::size_t at = m_sample.find('\r'); at != std::string_view::npos; at = m_sample.find('\r', at + 1)) {
            if (at + 1 < m_sample.size() && m_sample[at + 1] != '\n') {
                Dialect dialect = m_best.dialect;
                dialect.newline = Newline::mixed;
                tryOne(dialect, DelimiterCandidate(m_best.delimiter));
                return;
            }
        }
    }

    std::string_view m_sample;
    const ReadOptions& m_options;
    WholeLines m_lines;
    Trial m_best;
    double m_second = -1;
    std::vector<std::pair<double, std::string>> m_values;
};

void noteNewlines(const SampleTable& table, DialectGuess& guess) {
    std::size_t crlf = 0;
    std::size_t lf = 0;
    for (std::size_t i = 0; i + 1 < table.rows.size(); ++i) {
        const auto& row = table.rows[i];
        crlf += row.crlf ? 1 : 0;
        lf += !row.crlf && !row.cr ? 1 : 0;
    }
    if (crlf > 0 && lf > 0) {
        guess.repairs[Repair::mixedNewlines] = static_cast<std::int64_t>(std::min(crlf, lf));
    }
    if (guess.dialect.newline == Newline::mixed) {
        guess.repairs[Repair::mixedNewlines] = std::max<std::int64_t>(guess.repairs[Repair::mixedNewlines], 1);
    }
}

// Names, although fewer of them than the rows have cells.
bool isShortHeader(const SampleTable::Row& row) {
    std::set<std::string_view> names;
    for (const auto& cell : row.cells) {
        if (!cell.empty() && cell.back() != ':' && !isTypedValue(cell)) {
            names.insert(cell);
        }
    }
    return row.cells.size() > 2 && names.size() == row.cells.size();
}

// A header that is too short, or divided by another delimiter than the rows, looks like a title above them.
void findOddHeader(const SampleTable& table, const Dialect& dialect, HeaderGuess& header) {
    const RowMender mender(dialect, table.width);
    for (std::size_t i = header.firstRow; i-- > 0;) {
        if (table.rows[i].blank()) {
            continue;
        }
        if (isShortHeader(table.rows[i]) || mender.headerOf(table.rows[i].raw)) {
            header.firstRow = i;
            header.hasHeader = true;
            header.headerLines = 1;
        }
        return;
    }
}

void applyHeader(const SampleTable& table, const ReadOptions& options, DialectGuess& guess) {
    HeaderGuess header = sniffHeader(table);
    if (!header.hasHeader && table.width > 2) {
        findOddHeader(table, guess.dialect, header);
    }
    guess.dialect.columnKinds = header.columnKinds;
    guess.dialect.hasHeader = options.hasHeader.value_or(header.hasHeader);
    guess.dialect.headerLines = guess.dialect.hasHeader && !options.hasHeader ? header.headerLines : 1;
    if (guess.dialect.headerLines > 1) {
        guess.repairs[Repair::multiLineHeader] = 1;
        guess.notes.push_back(fmt::format("The header has {} lines; they are joined", guess.dialect.headerLines));
    }
    if (!options.skipLines && header.firstRow > 0 && header.firstRow < table.rows.size()) {
        const std::int64_t lines = table.rows[header.firstRow].line;
        guess.dialect.skipLines += lines;
        guess.repairs[Repair::preambleLine] = lines;
        guess.notes.push_back(fmt::format("{} lines before the header are no part of the table", lines));
    }
    if (!options.comment) {
        guess.dialect.comment = header.comment;
    }
    if (!options.hasHeader && !header.hasHeader) {
        guess.notes.emplace_back("The first row looks like data: the columns are numbered");
    }
}

// The share of the sample's rows that have the head's columns; nothing where there are too few of them to tell.
std::optional<double> fittingShare(std::string_view sample, const DialectGuess& guess) {
    const SampleTable table = readSample(sample, guess.dialect, guess.columns, kTrialRows);
    if (table.rows.size() < kFewRows) {
        return std::nullopt;
    }
    const auto fitting = std::count_if(table.rows.begin(), table.rows.end(), [&](const auto& row) {
        return row.cells.size() == guess.columns || unwrapRow(row.raw, guess.dialect.quote.value_or('"'));
    });
    return static_cast<double>(fitting) / static_cast<double>(table.rows.size());
}

// Whether the rows further on are like those of the head. A sample may begin inside a quoted text of many lines: it is
// read as if it did, too, and the better reading counts.
void checkLater(std::string_view sample, const char* where, DialectGuess& guess) {
    if (sample.empty() || guess.columns < 2) {
        return;
    }
    const auto outside = fittingShare(sample, guess);
    const auto& quote = guess.dialect.quote;
    const bool quoted = quote && sample.find(*quote) != std::string_view::npos;
    const auto inside = quoted ? fittingShare(std::string(1, *quote).append(sample), guess) : outside;
    if (outside && inside && std::max(*outside, *inside) < 0.5) {
        guess.confidence *= 0.7;
        guess.notes.push_back(
            fmt::format("At the {} of the file most rows do not have {} columns", where, guess.columns));
    }
}

}  // namespace

DialectGuess sniffDialect(const TextSample& sample, const ReadOptions& options, const Dialect& base) {
    DialectGuess guess;
    guess.dialect = base;
    std::string_view head = sample.head;
    std::optional<std::string> delimiter = options.delimiter;
    Dialect start = base;
    start.comment = options.comment.value_or("");
    start.newline = options.newline.value_or(likelyNewline(head.substr(0, kTrialBytes)));
    if (options.skipLines) {
        start.skipLines = *options.skipLines;
        for (std::int64_t line = 0; line < *options.skipLines && !head.empty(); ++line) {
            const auto end = head.find(start.newline == Newline::cr ? '\r' : '\n');
            head = end == std::string_view::npos ? std::string_view() : head.substr(end + 1);
        }
    } else {
        std::size_t size = 0;
        if (auto separator = sepLine(head, size)) {
            delimiter = delimiter ? delimiter : separator;
            head.remove_prefix(size);
            start.skipLines = 1;
            guess.repairs[Repair::sepLine] = 1;
            guess.notes.emplace_back("The first line names the delimiter");
        }
    }
    if (sample.headIsWhole && options.blankLines != BlankLines::keep && !options.hasHeader &&
        head.find_first_not_of("\r\n") == std::string_view::npos) {
        guess.dialect = start;  // line ends and nothing else: no columns, and no rows
        const auto lines = std::count(head.begin(), head.end(), start.newline == Newline::cr ? '\r' : '\n');
        guess.dialect.skipLines += lines;
        guess.repairs[Repair::blankLine] = lines;
        return guess;
    }
    std::string_view trial = trialPart(head);
    Search search(trial, options);
    search.run(start, delimiter);
    guess.dialect = search.best().dialect;
    guess.confidence = delimiter ? 1 : search.confidence();
    SampleTable table = readSample(trial, guess.dialect, 0, kTrialRows);
    const std::string unwrapped = options.quote ? std::string() : withoutWrapping(trial, start, kTrialRows);
    if (!unwrapped.empty()) {
        Search inner(unwrapped, options);
        inner.run(start, delimiter);
        const SampleTable rows = readSample(unwrapped, inner.best().dialect, 0, kTrialRows);
        if (inner.best().dialect.quote == '"' && inner.best().value > search.best().value &&
            isWrappedTable(rows, unwrapped)) {
            guess.dialect = inner.best().dialect;
            guess.confidence = delimiter ? 1 : inner.confidence();
            guess.notes.emplace_back("Rows stand in quotes as a whole; they are taken out of them");
            trial = unwrapped;
            table = rows;
        }
    }
    if (!delimiter && isText(table)) {
        guess.dialect.delimiter.clear();
        guess.notes.emplace_back("One column of text: no delimiter divides its lines alike");
        table = readSample(trial, guess.dialect, 0, kTrialRows);
    }
    if (table.width > 1) {
        table = readSample(trial, guess.dialect, table.width, kTrialRows);
    }
    guess.columns = table.width;
    noteNewlines(table, guess);
    applyHeader(table, options, guess);
    checkLater(sample.middle, "middle", guess);
    checkLater(sample.tail, "end", guess);
    return guess;
}

}  // namespace tierwise::ingest
