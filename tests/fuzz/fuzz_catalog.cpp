// SPDX-License-Identifier: GPL-3.0-or-later
// The five readers of price lists: whatever the bytes, an error that names a line, or a catalog that passes its checks.
// The reader is chosen by TIERWISE_FUZZ_READER: 0 ours, 1 LiteLLM, 2 genai-prices, 3 models.dev, 4 OpenRouter.
#include <cstdlib>

#include "core/catalog/catalog.h"
#include "core/catalog/compile.h"
#include "core/catalog/source.h"

namespace {

using namespace tierwise;
using namespace tierwise::catalog;

void readOurs(std::string_view text) {
    const auto catalog = Catalog::parse(text, "fuzz");
    if (!catalog) {
        if (catalog.error().what.empty() || !catalog.error().line) {
            std::abort();  // an error must say what and where
        }
        return;
    }
    for (std::size_t i = 0; i < catalog->offerings().size(); ++i) {
        const OfferingIndex index(static_cast<std::int32_t>(i));
        const auto found = catalog->resolve({catalog->offerings()[i].id, catalog->offerings()[i].provider, {}, {}});
        Usage usage;
        usage.inputUncached = 250'000;
        usage.output = 1000;
        static_cast<void>(catalog->price(index, usage, {catalog->date(), "batch", "us"}));
        static_cast<void>(catalog->tierOf(index));
    }
}

void compileList(const Result<SourceTable>& table, std::optional<SourceTable> CompileInput::*slot) {
    if (!table) {
        if (table.error().what.empty() || !table.error().line) {
            std::abort();
        }
        return;
    }
    CompileInput input;
    input.facts.date = Timestamp::fromCivil(2026, 1, 1);
    input.*slot = *table;
    TaskContext context;
    auto compiled = compileCatalog(std::move(input), context);
    if (!compiled || !Catalog::fromData(std::move(compiled->data), "fuzz")) {
        std::abort();  // what was not quarantined must be a valid catalog
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    switch (TIERWISE_FUZZ_READER) {
        case 0:
            readOurs(text);
            break;
        case 1:
            compileList(readLiteLlm(text, "fuzz"), &CompileInput::liteLlm);
            break;
        case 2:
            compileList(readGenaiPrices(text, "fuzz"), &CompileInput::genai);
            break;
        case 3:
            // Only sellers that another list knows are taken from this one: in the other's place all of them are.
            compileList(readModelsDev(text, "fuzz"), &CompileInput::genai);
            break;
        default:
            compileList(readOpenRouter(text, "fuzz"), &CompileInput::openRouter);
    }
    return 0;
}
