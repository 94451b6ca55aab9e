// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/dialect_sniffer.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/ingest/reader/csv_parser.h"

namespace tierwise::ingest {
namespace {

// The rows of a sample under a dialect.
void parseSample(std::string_view text, const Dialect& dialect, RecordBatch& batch) {
    ReadOptions options;
    options.blankLines = BlankLines::keep;
    Chunk chunk;
    chunk.text = text;
    chunk.endOffset = static_cast<std::int64_t>(text.size());
    CsvParser(dialect, options, 0).parse(chunk, batch);
}

// How regular the rows are: the share of the most frequent width, weighted by how many columns that gives.
double score(const RecordBatch& batch, std::size_t& columns) {
    std::map<std::size_t, std::size_t> widths;
    for (const auto& record : batch.records) {
        ++widths[record.cellCount];
    }
    double best = 0;
    for (const auto& [width, count] : widths) {
        const double share = static_cast<double>(count) / static_cast<double>(batch.records.size());
        const double value = share * (1.0 - 1.0 / (1.0 + static_cast<double>(width - 1)));
        if (value > best || columns == 0) {
            best = std::max(value, best);
            columns = width;
        }
    }
    return best;
}

}  // namespace

DialectGuess sniffDialect(const TextSample& sample, const ReadOptions& options, const Dialect& base) {
    DialectGuess guess;
    guess.dialect = base;
    Dialect& dialect = guess.dialect;
    dialect.newline = options.newline.value_or(sample.head.find('\n') == std::string::npos ? Newline::cr : Newline::lf);
    dialect.quote = options.quote.value_or('"');
    dialect.escape = options.escape.value_or(std::nullopt);
    dialect.hasHeader = options.hasHeader.value_or(true);
    dialect.skipLines = options.skipLines.value_or(0);
    dialect.comment = options.comment.value_or("");
    RecordBatch batch;
    double best = -1;
    for (const std::string candidate : {",", "\t", ";", "|"}) {
        Dialect trial = dialect;
        trial.delimiter = options.delimiter.value_or(candidate);
        parseSample(sample.head, trial, batch);
        std::size_t columns = 0;
        const double value = score(batch, columns);
        if (value > best) {
            best = value;
            dialect.delimiter = trial.delimiter;
            guess.columns = columns;
        }
    }
    guess.confidence = best;
    return guess;
}

}  // namespace tierwise::ingest
