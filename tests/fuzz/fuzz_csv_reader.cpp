// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as delimited text, under dialects that the first byte picks, or under the one that is found.
#include "tests/fuzz/reader_fuzz.h"

using namespace tierwise::ingest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const unsigned choice = data[0];
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    ReadOptions options;
    options.format = Format::delimited;
    if ((choice & 1U) != 0) {
        options.encoding = "UTF-8";
        options.delimiter = (choice & 2U) != 0 ? "," : "||";
        options.quote = std::optional<char>('"');
        options.escape = (choice & 4U) != 0 ? std::optional<char>('\\') : std::optional<char>();
        options.newline = (choice & 8U) != 0 ? Newline::mixed : Newline::lf;
        options.comment = (choice & 16U) != 0 ? "#" : "";
        options.spaceAroundQuotes = (choice & 32U) != 0;
    }
    options.unclosedQuotes = (choice & 64U) != 0 ? UnclosedQuotes::keep : UnclosedQuotes::recover;
    options.raggedRows = (choice & 128U) != 0 ? RaggedRows::reject : RaggedRows::keep;
    tierwise::fuzz::readBothWays(bytes, options);
    return 0;
}
