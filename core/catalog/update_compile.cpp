// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/update_compile.h"

#include <set>

#include "core/catalog/compile.h"

namespace tierwise::catalog {
namespace {

/// Where a format's table goes in the compiler's input, and who reads it.
struct Slot {
    std::optional<SourceTable> CompileInput::*table;
    Result<SourceTable> (*read)(std::string_view, const std::string&);
};

std::optional<Slot> slotOf(SourceFormat format) {
    switch (format) {
        case SourceFormat::liteLlm:
            return Slot{&CompileInput::liteLlm, readLiteLlm};
        case SourceFormat::genaiPrices:
            return Slot{&CompileInput::genai, readGenaiPrices};
        case SourceFormat::modelsDev:
            return Slot{&CompileInput::modelsDev, readModelsDev};
        case SourceFormat::openRouter:
            return Slot{&CompileInput::openRouter, readOpenRouter};
        case SourceFormat::tierwise:
            break;
    }
    return {};
}

// What one list alone says: its offerings' standard rates, in the catalog's own names.
Result<void> addQuotes(CompiledSources& compiled, const CompileInput& base, const Slot& slot, const SourceTable& table,
                       const std::string& source, TaskContext& context) {
    CompileInput alone;
    alone.facts = base.facts;
    alone.date = base.date;
    alone.*slot.table = table;
    auto output = compileCatalog(std::move(alone), context);
    if (!output) {
        return fail(std::move(output.error()));
    }
    std::set<std::string> curated;
    for (const auto& offering : base.facts.offerings) {
        curated.insert(offering.key());
    }
    for (const auto& offering : output->data.offerings) {
        for (const auto& card : offering.cards) {
            if (curated.contains(offering.key()) || card.to || card.when.specificity() > 0) {
                continue;
            }
            for (const auto& [meter, rate] : card.rates) {
                if (meter == Meter::input || meter == Meter::output) {
                    compiled.quotes.push_back({source, offering.key(), meter, rate});
                }
            }
        }
    }
    return {};
}

Result<CompiledSources> compileLists(const CatalogData& facts, Timestamp date,
                                     const std::vector<SourceDocument>& documents, TaskContext& context) {
    CompiledSources compiled;
    CompileInput input;
    input.facts = facts;
    input.date = date;
    for (const auto& document : documents) {
        const auto slot = slotOf(document.source.format);
        if (!slot) {
            compiled.notes.push_back(document.source.name + " is in Tierwise's own format and must come alone");
            continue;
        }
        auto table = slot->read(document.bytes, document.source.url);
        if (!table) {
            compiled.notes.push_back(document.source.name + " was left out: " + table.error().describe());
            continue;
        }
        table->url = document.source.url;
        table->date = date.toIsoDate();
        if (auto quoted = addQuotes(compiled, input, *slot, *table, document.source.id, context); !quoted) {
            return fail(std::move(quoted.error()));
        }
        input.*(slot->table) = std::move(*table);
    }
    auto output = compileCatalog(std::move(input), context);
    if (!output) {
        return fail(std::move(output.error()));
    }
    for (const auto& row : output->quarantined) {
        compiled.notes.push_back(row.source + ", " + row.entry + " was left out: " + row.reason);
    }
    compiled.catalog = std::move(output->data);
    return compiled;
}

}  // namespace

SourceCompiler publicListCompiler(CatalogData facts, Timestamp date) {
    return [facts = std::move(facts), date](const std::vector<SourceDocument>& documents,
                                            TaskContext& context) -> Result<CompiledSources> {
        if (documents.size() == 1 && documents.front().source.format == SourceFormat::tierwise) {
            return compileOwnFormat(documents, context);
        }
        return compileLists(facts, date, documents, context);
    };
}

}  // namespace tierwise::catalog
