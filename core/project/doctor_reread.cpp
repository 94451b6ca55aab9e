// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/doctor_reread.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/ingest/import_job.h"
#include "core/project/import.h"

namespace tierwise::project {
namespace {

using nlohmann::json;

constexpr const char* kMendKind = "mend";

// Takes an import back and reads its file by another plan. When that fails the old plan puts the rows back.
Result<ImportId> exchange(Project project, ImportId old, const ingest::ImportPlan& before,
                          const ingest::ImportPlan& after, const TaskContext& context) {
    if (const auto undone = project.undoImport(old); !undone) {
        return fail(undone.error());
    }
    const auto report = importByPlan(project, after, context);
    if (report) {
        return report->id;
    }
    const auto restored = importByPlan(project, before, {});
    return fail(restored ? report.error() : restored.error());
}

}  // namespace

Result<AppliedMend> rereadPlain(const Project& project, const FoundRows& found, const AppliedMend& applied,
                                bool othersDone, const TaskContext& context) {
    if (othersDone) {
        return fail(ErrorCode::conflict, "other mends would be lost", "Undo them first; the rows are read anew.");
    }
    const auto imports = project.imports();
    if (!imports) {
        return fail(imports.error());
    }
    const auto import =
        std::find_if(imports->begin(), imports->end(), [&](const ImportInfo& each) { return each.id == found.import; });
    if (import == imports->end()) {
        return fail(ErrorCode::notFound, "the import is not there any more", "Run the doctor again for the list.");
    }
    const auto before = ingest::planFromJson(import->source.options);
    if (!before) {
        return fail(before.error());
    }
    const auto digest = ingest::fileDigest(before->file);
    if (!digest || *digest != import->source.digest) {
        return fail(ErrorCode::conflict, "the file is not what it was when it was imported",
                    "Undo the import and import the file again.", before->file);
    }
    ingest::ImportPlan after = *before;
    after.dialect.quote.reset();
    after.dialect.escape.reset();
    const auto id = exchange(project, found.import, *before, after, context);
    if (!id) {
        return fail(id.error());
    }
    const json body = {{"finding", applied.finding},
                       {"mend", applied.mend},
                       {"rows", applied.rows},
                       {"reread", {{"import", id->value()}, {"plan", import->source.options}}}};
    if (const auto put = project.putDocument(kMendKind, applied.id, body.dump()); !put) {
        return fail(put.error());
    }
    return applied;
}

Result<void> undoReread(const Project& project, const std::string& name, const std::string& body, bool othersDone,
                        const TaskContext& context) {
    if (othersDone) {
        return fail(ErrorCode::conflict, "later mends changed the rows that were read anew", "Undo those first.");
    }
    const json document = json::parse(body, nullptr, false).value("reread", json::object());
    const ImportId now(document.value("import", std::int64_t{0}));
    const auto before = ingest::planFromJson(document.value("plan", ""));
    const auto imports = project.imports();
    if (!before || !imports) {
        return fail(before ? imports.error() : before.error());
    }
    const auto import =
        std::find_if(imports->begin(), imports->end(), [&](const ImportInfo& each) { return each.id == now; });
    const auto after = import == imports->end() ? before : ingest::planFromJson(import->source.options);
    if (!after) {
        return fail(after.error());
    }
    if (import != imports->end()) {
        if (const auto id = exchange(project, now, *after, *before, context); !id) {
            return fail(id.error());
        }
    }
    const auto removed = project.putDocument(kMendKind, name, std::nullopt);
    return removed ? Result<void>() : fail(removed.error());
}

}  // namespace tierwise::project
