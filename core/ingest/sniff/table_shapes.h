// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/ingest/sniff/dialect_candidates.h"
#include "core/ingest/sniff/sample_table.h"

namespace tierwise::ingest {

/// True where a table of one column, mostly, has rows that hold the delimiter here and there: it is text. Rows that
/// stand together and are even are a table behind a long preamble.
[[nodiscard]] bool isText(const SampleTable& table);

/// The sample with rows that stand in quotes as a whole taken out of them; empty where there are fewer than two such.
[[nodiscard]] std::string withoutWrapping(std::string_view sample, const Dialect& base, std::size_t maxRows);

/// Whether such rows are a table: even, with its header, and not a column of texts that happen to be alike.
[[nodiscard]] bool isWrappedTable(const SampleTable& table, std::string_view unwrapped);

/// Lines as they are, before any delimiter: a column of times, addresses or numbers is one, whatever stands in them.
struct WholeLines {
    bool typed = false;       ///< nearly all lines below the first are values
    bool firstTyped = false;  ///< and the first too: there are no names above them
};
[[nodiscard]] WholeLines wholeLines(std::string_view sample);

/// True where a delimiter divides what is one column: values that are whole without it, or words without a header.
[[nodiscard]] bool dividesValues(const SampleTable& table, const DelimiterCandidate& delimiter,
                                 const WholeLines& lines);

}  // namespace tierwise::ingest
