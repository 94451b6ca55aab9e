// SPDX-License-Identifier: GPL-3.0-or-later
// Sniffing and the parsers of values: any text, no crash; what parses as a plain integer parses as a number too.
#include "core/ingest/sniff/column_types.h"
#include "core/ingest/sniff/dialect_sniffer.h"
#include "core/ingest/sniff/encoding_sniffer.h"
#include "core/ingest/sniff/json_sniffer.h"
#include "tests/fuzz/reader_fuzz.h"

using namespace tierwise::ingest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)sniffEncoding(text);
    (void)sniffJson(text, size % 2 == 0);
    if (size < 4096) {
        TextSample sample;
        sample.head = std::string(text);
        const DialectGuess guess = sniffDialect(sample, {}, {});
        tierwise::fuzz::require(guess.confidence >= 0 && guess.confidence <= 1 && guess.dialect.headerLines >= 1);
    }
    std::vector<std::string_view> cells;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        cells.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    (void)guessColumn("time", cells);
    (void)guessColumn("value", cells);
    for (const auto cell : cells) {
        for (const auto style : {NumberStyle::plain, NumberStyle::commaGroups, NumberStyle::commaDecimal,
                                 NumberStyle::spaceGroups, NumberStyle::apostrophes}) {
            if (parseInteger(cell, style)) {
                tierwise::fuzz::require(parseNumber(cell, style).has_value());
            }
        }
        for (const auto style :
             {TimeStyle::yearFirst, TimeStyle::dayFirst, TimeStyle::monthFirst, TimeStyle::epochSeconds,
              TimeStyle::epochMillis, TimeStyle::epochMicros, TimeStyle::epochNanos}) {
            (void)parseTime(cell, style, 60);
        }
        (void)parseBoolean(cell);
    }
    return 0;
}
