// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/task_context.h"
#include "core/catalog/catalog_data.h"
#include "core/catalog/source.h"

namespace tierwise::catalog {

/// What a catalog is compiled from. Tables carry their snapshot's date.
struct CompileInput {
    CatalogData facts;  ///< curated: providers, model facts, and offerings that win over every list
    std::optional<SourceTable> genai;
    std::optional<SourceTable> liteLlm;
    std::optional<SourceTable> openRouter;
    std::optional<SourceTable> modelsDev;
    std::optional<SourceTable> modelFacts;
    std::vector<DatedPrice> history;
    std::string title = "Tierwise catalog";
    std::optional<Timestamp> date;  ///< unset = the newest list's
};

struct CompileOutput {
    CatalogData data;
    std::vector<Quarantined> quarantined;
    std::size_t priced = 0;         ///< offerings with a rate at the catalog's date
    std::size_t withHistory = 0;    ///< offerings whose price changed in time
    std::size_t disagreements = 0;  ///< offerings whose lists are apart by more than 2x
};

/// Merges the lists into one catalog. Every list is an observation at its date: a price holds from the first
/// observation of it to the first of another. Where two lists agree on input and output, the later one is completed by
/// the other. Rows that break a rule of the catalog are quarantined, never fatal. Deterministic. Errors: cancelled.
[[nodiscard]] Result<CompileOutput> compileCatalog(CompileInput input, TaskContext& context);

}  // namespace tierwise::catalog
