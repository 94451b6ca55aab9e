// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ingest/reader/csv_grammar.h"

namespace tierwise::ingest {

/// Judges opening quotes that seem to have swallowed rows, by how many cells the lines would have without them.
class QuoteJudge {
public:
    QuoteJudge(const CsvGrammar& grammar, std::size_t columns) : m_grammar(grammar), m_columns(columns) {}

    /// A quoted cell opened at quoteAt crossed line ends and met another quote at `at`, which closes it or looks like
    /// the start of a cell. True where the line without that quote and every line in between are whole rows by
    /// themselves: then rows were swallowed.
    [[nodiscard]] bool hasSwallowedRows(std::string_view text, std::size_t recordBegin, std::size_t quoteAt,
                                        std::size_t at, bool closing) const;

    /// A quoted cell met a quote at strayAt with text behind it, crossed line ends and met another quote at `at`. True
    /// where the lines in between are whole rows: then the cell ended at strayAt, its delimiter missing.
    [[nodiscard]] bool closedAt(std::string_view text, std::size_t strayAt, std::size_t at, bool closing) const;

    /// A quoted cell runs to the end of the file. True where the lines after it look like rows by themselves; false
    /// where they do not, as in a file that was cut off inside a long text.
    [[nodiscard]] bool isStrayAtEnd(std::string_view text, std::size_t quoteAt) const;

    /// True where whole rows follow one another from here on, as they would at the start of a record: three of them, or
    /// all that is left. isLast: the text is not just a window.
    [[nodiscard]] bool rowsBeginAt(std::string_view text, std::size_t from, bool isLast) const;
    /// True where a line has as many cells as there are columns, by itself.
    [[nodiscard]] bool isRow(std::string_view line) const {
        return cellsOf(line, std::string_view::npos) == static_cast<std::int64_t>(m_columns);
    }
    /// The position of the line end at or after from; the size of the text where there is none.
    [[nodiscard]] std::size_t lineEnd(std::string_view text, std::size_t from) const;

private:
    struct Between {
        int rows = 0;
        bool allRows = true;
        std::int64_t lastCells = 0;  ///< of the line that holds the end, by itself; -1 where a quote stays open
    };
    /// The lines from one line's start up to the one that holds `at`; blank ones do not count.
    [[nodiscard]] Between linesBetween(std::string_view text, std::size_t from, std::size_t at) const;

    /// Cells of one line; -1 where a quote stays open. literalQuote: position in line of a quote that is text, or npos.
    [[nodiscard]] std::int64_t cellsOf(std::string_view line, std::size_t literalQuote) const;

    const CsvGrammar& m_grammar;
    std::size_t m_columns;
};

}  // namespace tierwise::ingest
