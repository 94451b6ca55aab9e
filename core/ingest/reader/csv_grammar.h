// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/ingest/reader/scan.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// A dialect made ready for the inner loops: plain bytes, and impossible values (-1) for what is not in use.
struct CsvGrammar {
    explicit CsvGrammar(const Dialect& dialect)
        : delimiter(dialect.delimiter),
          comment(dialect.comment),
          delimiterByte(delimiter.empty() ? -1 : static_cast<unsigned char>(delimiter[0])),
          quote(dialect.quote ? static_cast<unsigned char>(*dialect.quote) : -1),
          escape(dialect.escape && dialect.escape != dialect.quote ? static_cast<unsigned char>(*dialect.escape) : -1),
          escapesItself(escape == '\\'),
          crEnds(dialect.newline == Newline::cr || dialect.newline == Newline::mixed),
          spaces(dialect.spaceAroundQuotes) {}

    [[nodiscard]] StructuralBytes bytes() const {
        const auto byteOr = [](int value) { return value < 0 ? '\n' : static_cast<char>(value); };
        return {byteOr(delimiterByte), byteOr(quote), byteOr(escape), crEnds ? '\r' : '\n'};
    }
    [[nodiscard]] bool delimiterAt(std::string_view text, std::size_t at) const {
        return at < text.size() && static_cast<unsigned char>(text[at]) == delimiterByte &&
               (delimiter.size() == 1 || text.compare(at, delimiter.size(), delimiter) == 0);
    }
    /// True where a quoted cell may end: before a delimiter, a line end or the end of the text.
    [[nodiscard]] bool terminatorAt(std::string_view text, std::size_t at) const {
        if (at >= text.size() || text[at] == '\n' || delimiterAt(text, at)) {
            return true;
        }
        return text[at] == '\r' && (crEnds || at + 1 == text.size() || text[at + 1] == '\n');
    }
    [[nodiscard]] bool commentAt(std::string_view text, std::size_t at) const {
        return !comment.empty() && text.compare(at, comment.size(), comment) == 0;
    }

    std::string delimiter;
    std::string comment;
    int delimiterByte;
    int quote;
    int escape;
    bool escapesItself;  ///< two of them are one; of other characters than the backslash they are two ("http://")
    bool crEnds;
    bool spaces;
};

}  // namespace tierwise::ingest
