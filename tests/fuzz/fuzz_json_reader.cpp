// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as JSON Lines, an array, a sequence, or what is found; every record's inside is flattened too.
#include "core/ingest/reader/json_flatten.h"
#include "tests/fuzz/reader_fuzz.h"

using namespace tierwise::ingest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
    ReadOptions options;
    options.encoding = "UTF-8";
    switch (data[0] % 5) {
        case 0:
            options.format = Format::jsonLines;
            break;
        case 1:
            options.format = Format::jsonArray;
            break;
        case 2:
            options.format = Format::jsonSequence;
            break;
        case 3:
            options.format = Format::jsonArray;
            options.recordPath = "a.data";
            break;
        default:
            break;
    }
    tierwise::fuzz::readBothWays(bytes, options);
    JsonFlattener flattener;
    if (const auto leaves = flattener.flatten(bytes)) {
        for (const auto& leaf : *leaves) {
            tierwise::fuzz::require(leaf.text.data() != nullptr || leaf.text.empty());
        }
    }
    return 0;
}
