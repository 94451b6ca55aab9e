// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/doctor.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/project/doctor_reread.h"
#include "core/project/doctor_rows.h"
#include "core/project/doctor_tokens.h"
#include "core/store/connection.h"

namespace tierwise::project {
namespace {

using nlohmann::json;

constexpr const char* kMendKind = "mend";
constexpr const char* kAliasKind = "aliases";
constexpr const char* kAliasName = "user";

tl::unexpected<Error> damaged(std::string_view what) {
    return fail(ErrorCode::badFormat, "the project's " + std::string(what) + " cannot be read",
                "Open the last copy of the project.");
}

json editsToJson(const std::vector<store::ColumnEdit>& edits) {
    json document = json::array();
    for (const auto& edit : edits) {
        json values = json::array();
        for (const auto& one : edit.edits) {
            values.push_back(one.row);
            values.push_back(one.value ? json(*one.value) : json());
        }
        document.push_back({{"column", static_cast<int>(edit.column)}, {"values", std::move(values)}});
    }
    return document;
}

Result<std::vector<store::ColumnEdit>> editsFromJson(const json& document) {
    std::vector<store::ColumnEdit> edits;
    for (const json& entry : document) {
        store::ColumnEdit edit{static_cast<store::NumberColumn>(entry.value("column", 0)), {}};
        const json values = entry.value("values", json::array());
        for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
            edit.edits.push_back(
                {values[i].get<std::int64_t>(),
                 values[i + 1].is_null() ? std::nullopt : std::optional(values[i + 1].get<std::int64_t>())});
        }
        edits.push_back(std::move(edit));
    }
    return edits;
}

struct Editor {
    const store::WorkloadSnapshot& rows;
    std::vector<std::size_t> order;  ///< of the finding's rows, by id

    template <typename Value>
    store::ColumnEdit edit(store::NumberColumn column, Value value) const {
        store::ColumnEdit result{column, {}};
        for (const std::size_t row : order) {
            result.edits.push_back({rows.id[row].value(), value(row)});
        }
        return result;
    }
};

Result<std::vector<store::ColumnEdit>> editsOf(const FoundRows& found, const store::WorkloadSnapshot& rows,
                                               RowPricer& pricer) {
    using store::NumberColumn;
    using Value = std::optional<std::int64_t>;
    using Edits = std::vector<store::ColumnEdit>;
    Editor editor{rows, found.rows};
    std::sort(editor.order.begin(), editor.order.end(),
              [&](std::size_t a, std::size_t b) { return rows.id[a] < rows.id[b]; });
    switch (found.act) {
        case MendAct::divideCost:
            return Edits{editor.edit(NumberColumn::loggedCost, [&](std::size_t row) {
                return Value((rows.loggedCostPico.values[row] + 50) / 100);
            })};
        case MendAct::catalogCost:
            return Edits{editor.edit(NumberColumn::loggedCost, [&](std::size_t row) { return pricer.price(row); })};
        case MendAct::forgetCost:
            return Edits{editor.edit(NumberColumn::loggedCost, [](std::size_t) { return Value(); })};
        case MendAct::subtractCached:
            return Edits{editor.edit(NumberColumn::inputUncached, [&](std::size_t row) {
                return Value(std::int64_t{rows.inputUncached.values[row]} - rows.cacheRead.at(row).value_or(0) -
                             rows.cacheWrite5m.at(row).value_or(0) - rows.cacheWrite1h.at(row).value_or(0));
            })};
        case MendAct::forgetTokens: {
            std::vector<store::ColumnEdit> edits;
            for (const auto column : {NumberColumn::inputUncached, NumberColumn::cacheRead, NumberColumn::cacheWrite5m,
                                      NumberColumn::cacheWrite1h, NumberColumn::output, NumberColumn::reasoning}) {
                edits.push_back(editor.edit(column, [](std::size_t) { return Value(); }));
            }
            return edits;
        }
        case MendAct::shiftTime:
            return Edits{editor.edit(NumberColumn::time, [&](std::size_t row) {
                return Value(rows.timeNanos.values[row] + found.shiftNanos);
            })};
        case MendAct::addAlias:
        case MendAct::countTexts:
        case MendAct::rereadPlain:
        case MendAct::none:
            break;
    }
    return Edits{};
}

Result<void> chooseOffering(FoundRows& found, std::string_view offering, const catalog::Catalog& catalog) {
    if (found.act != MendAct::addAlias) {
        return offering.empty() ? Result<void>()
                                : fail(ErrorCode::invalidArgument, "this finding is not about a model's name",
                                       "Mend it without saying which model it is.");
    }
    if (offering.empty()) {
        return !found.alias.offering.empty()
                   ? Result<void>()
                   : fail(ErrorCode::invalidArgument,
                          "nothing in the catalog has a name like \"" + found.alias.logged + "\"",
                          "Say which offering it is, as the catalog writes it: openai/gpt-4o, local/qwen3-14b.");
    }
    if (!catalog.findOffering(offering)) {
        return fail(ErrorCode::notFound, "the catalog has no offering \"" + std::string(offering) + "\"",
                    "Choose one of the finding's candidates, or look the model up in the catalog: provider/id.");
    }
    found.alias.offering = offering;
    found.finding.mend = "Read it as " + found.alias.offering;
    return {};
}

AppliedMend appliedFrom(const store::Document& document) {
    const json body = json::parse(document.body, nullptr, false);
    if (!body.is_object()) {
        return {document.name, {}, {}, 0};
    }
    return {document.name, body.value("finding", ""), body.value("mend", ""), body.value("rows", std::int64_t{0})};
}

Result<std::vector<store::Document>> mendDocuments(const Project& project) {
    return project.documents(kMendKind);
}

}  // namespace

std::string_view severityName(FindingSeverity severity) {
    switch (severity) {
        case FindingSeverity::info:
            return "info";
        case FindingSeverity::warning:
            return "warning";
        case FindingSeverity::error:
            break;
    }
    return "error";
}

Result<std::vector<catalog::UserAlias>> loadAliases(const Project& project) {
    const auto text = project.document(kAliasKind, kAliasName);
    if (!text) {
        return fail(text.error());
    }
    std::vector<catalog::UserAlias> aliases;
    if (!*text) {
        return aliases;
    }
    const json document = json::parse(**text, nullptr, false);
    if (!document.is_array()) {
        return damaged("list of own names");
    }
    for (const json& entry : document) {
        if (!entry.is_object()) {
            return damaged("list of own names");
        }
        aliases.push_back({entry.value("logged", ""), entry.value("provider", ""), entry.value("offering", "")});
    }
    return aliases;
}

Result<void> saveAliases(const Project& project, std::span<const catalog::UserAlias> aliases) {
    json document = json::array();
    for (const auto& alias : aliases) {
        document.push_back({{"logged", alias.logged}, {"provider", alias.provider}, {"offering", alias.offering}});
    }
    const auto text = document.dump(-1, ' ', false, json::error_handler_t::replace);
    const auto put =
        project.putDocument(kAliasKind, kAliasName, aliases.empty() ? std::nullopt : std::optional<std::string>(text));
    return put ? Result<void>() : fail(put.error());
}

Result<Diagnosis> diagnose(const Project& project, const catalog::Catalog& catalog, const TaskContext& context) {
    const auto aliases = loadAliases(project);
    if (!aliases) {
        return fail(aliases.error());
    }
    auto examination = examine(project, catalog, *aliases, context);
    if (!examination) {
        return fail(examination.error());
    }
    const auto documents = mendDocuments(project);
    if (!documents) {
        return fail(documents.error());
    }
    Diagnosis diagnosis;
    diagnosis.rows = static_cast<std::int64_t>(examination->snapshot->rows);
    diagnosis.checkedCosts = examination->checkedCosts;
    diagnosis.agreeing = examination->agreeing;
    for (auto& found : examination->found) {
        diagnosis.findings.push_back(std::move(found.finding));
    }
    for (const auto& document : *documents) {
        diagnosis.applied.push_back(appliedFrom(document));
    }
    return diagnosis;
}

Result<AppliedMend> applyMend(const Project& project, const catalog::Catalog& catalog, std::string_view findingId,
                              const TaskContext& context, std::string_view offering) {
    auto aliases = loadAliases(project);
    if (!aliases) {
        return fail(aliases.error());
    }
    auto examination = examine(project, catalog, *aliases, context);
    if (!examination) {
        return fail(examination.error());
    }
    const auto found = std::find_if(examination->found.begin(), examination->found.end(),
                                    [&](const FoundRows& one) { return one.finding.id == findingId; });
    if (found == examination->found.end()) {
        return fail(ErrorCode::notFound, "there is no finding \"" + std::string(findingId) + "\"",
                    "Run the doctor again for the list.");
    }
    if (found->act == MendAct::none) {
        return fail(ErrorCode::invalidArgument, "this finding cannot be mended by itself", found->finding.explanation);
    }
    if (const auto chosen = chooseOffering(*found, offering, catalog); !chosen) {
        return fail(chosen.error());
    }
    const auto documents = mendDocuments(project);
    if (!documents) {
        return fail(documents.error());
    }
    const std::int64_t number = documents->empty() ? 1 : std::strtoll(documents->back().name.c_str(), nullptr, 10) + 1;
    const AppliedMend applied{fmt::format("{:06}", number), found->finding.id, found->finding.mend,
                              found->finding.rows};
    if (found->act == MendAct::rereadPlain) {
        return rereadPlain(project, *found, applied, !documents->empty(), context);
    }
    json body = {{"finding", applied.finding}, {"mend", applied.mend}, {"rows", applied.rows}};
    if (found->act == MendAct::addAlias) {
        body["alias"] = {{"logged", found->alias.logged}, {"provider", found->alias.provider}};
        aliases->push_back(found->alias);
        if (const auto saved = saveAliases(project, *aliases); !saved) {
            return fail(saved.error());
        }
    }
    RowPricer pricer(catalog, *examination->snapshot, *aliases);
    const auto edits = found->act == MendAct::countTexts
                           ? countTexts(project, *found, *examination->snapshot, pricer, context)
                           : editsOf(*found, *examination->snapshot, pricer);
    if (!edits) {
        return fail(edits.error());
    }
    const store::EditRecord record{kMendKind, applied.id, [&](const std::vector<store::ColumnEdit>& before) {
                                       body["before"] = editsToJson(before);
                                       return std::optional(body.dump());
                                   }};
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    if (const auto edited = store::editNumbers(**lease, *edits, record, context); !edited) {
        return fail(edited.error());
    }
    return applied;
}

Result<AppliedMend> undoMend(const Project& project, std::string_view mendId, const TaskContext& context) {
    const auto documents = mendDocuments(project);
    if (!documents) {
        return fail(documents.error());
    }
    auto at = documents->end();
    if (mendId.empty() && !documents->empty()) {
        at = documents->end() - 1;
    } else {
        at = std::find_if(documents->begin(), documents->end(), [&](const auto& one) { return one.name == mendId; });
    }
    if (at == documents->end()) {
        return fail(ErrorCode::notFound, "there is no mend to undo", "Look at the list of mends that were done.");
    }
    const json body = json::parse(at->body, nullptr, false);
    if (!body.is_object()) {
        return damaged("record of a mend");
    }
    if (body.contains("reread")) {
        const auto undone = undoReread(project, at->name, body.dump(), at + 1 != documents->end(), context);
        return undone ? Result<AppliedMend>(appliedFrom(*at)) : fail(undone.error());
    }
    const auto edits = editsFromJson(body.value("before", json::array()));
    for (auto later = at + 1; later != documents->end(); ++later) {
        const json other = json::parse(later->body, nullptr, false);
        for (const json& one : other.is_object() ? other.value("before", json::array()) : json::array()) {
            for (const auto& edit : *edits) {
                if (one.value("column", -1) == static_cast<int>(edit.column)) {
                    return fail(ErrorCode::conflict, "a later mend changed the same numbers",
                                "Undo mend " + later->name + " first.");
                }
            }
        }
    }
    if (body.contains("alias")) {
        auto aliases = loadAliases(project);
        if (!aliases) {
            return fail(aliases.error());
        }
        std::erase_if(*aliases, [&](const catalog::UserAlias& alias) {
            return alias.logged == body["alias"].value("logged", "") &&
                   alias.provider == body["alias"].value("provider", "");
        });
        if (const auto saved = saveAliases(project, *aliases); !saved) {
            return fail(saved.error());
        }
    }
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    if (const auto edited = store::editNumbers(**lease, *edits, {kMendKind, at->name, nullptr}, context); !edited) {
        return fail(edited.error());
    }
    return appliedFrom(*at);
}

}  // namespace tierwise::project
