// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/catalog/catalog.h"
#include "core/ingest/import_plan.h"
#include "core/project/project.h"

namespace tierwise::project {

enum class FindingSeverity : std::uint8_t { info, warning, error };
[[nodiscard]] std::string_view severityName(FindingSeverity severity);

/// Something in the stored rows that a person should look at, and what would mend it.
struct Finding {
    std::string id;    ///< "cost-in-cents:qwen3.5-397b-a17b"; the same rows give the same id
    std::string kind;  ///< the part before the colon
    FindingSeverity severity = FindingSeverity::warning;
    std::string title;                ///< one line
    std::string explanation;          ///< how it was found, with the figures
    std::int64_t rows = 0;            ///< affected
    std::vector<RequestId> examples;  ///< at most 5
    std::string mend;  ///< what the button does ("Divide these 12 costs by 100"); empty: no mend by itself
    std::vector<std::string> candidates;  ///< unresolved names: offerings like it, best first; may be none
};

/// A mend that was done and can be undone.
struct AppliedMend {
    std::string id;       ///< of the document that keeps what was there before
    std::string finding;  ///< Finding::id
    std::string mend;     ///< what was done
    std::int64_t rows = 0;
};

struct Diagnosis {
    std::vector<Finding> findings;     ///< gravest first, then by rows
    std::int64_t rows = 0;             ///< looked at
    std::int64_t checkedCosts = 0;     ///< rows with a logged cost and a complete price of the catalog
    std::int64_t agreeing = 0;         ///< of them, within half a percent
    std::vector<AppliedMend> applied;  ///< oldest first
};

/// Looks at all rows of the project: cached tokens counted twice; logged against catalog cost by model, with the
/// likely reason (cents for dollars, cached tokens billed as new, a price of another date, another model's price); rows
/// of local models at zero dollars; times that jump by whole hours; impossible token counts; one text that holds most
/// of the line breaks; names that the catalog does not know, with candidates. Errors: those of Project, cancelled.
[[nodiscard]] Result<Diagnosis> diagnose(const Project& project, const catalog::Catalog& catalog,
                                         const TaskContext& context);

/// Does what the finding's mend says, as one step that undoMend takes back. offering: for an unresolved name, which
/// offering of the catalog it is ("openai/gpt-4o"); empty = the first of the finding's candidates. Errors: notFound
/// when the project does not have that finding (any more) or the catalog not that offering, invalidArgument when it has
/// no mend, or no candidate and no offering was said.
[[nodiscard]] Result<AppliedMend> applyMend(const Project& project, const catalog::Catalog& catalog,
                                            std::string_view findingId, const TaskContext& context,
                                            std::string_view offering = {});

/// Puts back what a mend changed; with an empty id the last one. Mends must be undone in reverse order where they
/// changed the same column. Errors: notFound; conflict when a later mend changed the same column.
[[nodiscard]] Result<AppliedMend> undoMend(const Project& project, std::string_view mendId, const TaskContext& context);

/// The user's own spellings of model names, as this project keeps them (document "aliases"). Error badFormat.
[[nodiscard]] Result<std::vector<catalog::UserAlias>> loadAliases(const Project& project);
[[nodiscard]] Result<void> saveAliases(const Project& project, std::span<const catalog::UserAlias> aliases);

}  // namespace tierwise::project
