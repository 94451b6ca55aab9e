// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/import.h"

#include <utility>

#include "core/base/clock.h"
#include "core/ingest/import_job.h"
#include "core/store/connection.h"

namespace tierwise::project {
namespace {

ImportReport reportOf(const ingest::ImportOutcome& outcome, const std::string& file) {
    ImportReport report;
    report.id = outcome.id;
    report.file = file;
    report.rowsRead = outcome.counts.rowsRead;
    report.stored = outcome.counts.stored;
    report.duplicates = outcome.counts.duplicates;
    report.rejected = outcome.counts.rejected;
    report.skipped = outcome.skipped;
    report.merged = outcome.merged;
    report.bytes = outcome.fileBytes;
    report.seconds = outcome.seconds;
    for (std::size_t i = 0; i < ingest::kRepairKinds; ++i) {
        const auto repair = static_cast<ingest::Repair>(i);
        if (outcome.repairs[repair] != 0) {
            report.repairs.emplace_back(ingest::repairText(repair), outcome.repairs[repair]);
        }
    }
    return report;
}

// The same file under other settings gives other rows, which are no duplicates of the first ones: say so.
void noteEarlierImport(const Project& project, const std::string& digest, ImportReport& report) {
    const auto imports = project.imports();
    if (!imports || report.stored == 0) {
        return;
    }
    for (const auto& import : *imports) {
        if (import.complete && import.id != report.id && import.source.digest == digest) {
            report.notes.push_back("The same file was imported before with other settings (import " +
                                   std::to_string(import.id.value()) + "); undo one of the two.");
        }
    }
}

}  // namespace

Result<ImportReport> importByPlan(Project& project, const ingest::ImportPlan& plan, const TaskContext& context) {
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    const auto outcome = ingest::runImport(**lease, plan, SystemClock(), context);
    if (!outcome) {
        return fail(outcome.error());
    }
    ImportReport report = reportOf(*outcome, plan.file);
    if (report.rowsRead == 0 && report.skipped > 0) {
        report.notes.push_back(
            std::to_string(report.skipped) +
            " records were read, and none says anything of a request (tokens, a cost, a text): check "
            "delimiter and columns.");
    }
    report.preset = plan.mapping.preset;
    if (const auto digest = ingest::fileDigest(plan.file)) {
        noteEarlierImport(project, *digest, report);
    }
    return report;
}

Result<ImportReport> importLog(Project& project, const ImportOptions& options, const TaskContext& context) {
    const auto planned = ingest::planImport(options.file.string(), options.wishes, options.ownPresets, context);
    if (!planned) {
        return fail(planned.error());
    }
    auto report = importByPlan(project, planned->plan, context);
    if (!report) {
        return report;
    }
    if (!planned->matches.empty()) {
        const auto& match = planned->matches.front();
        report->preset = match.id;
        report->confidence = match.confidence;
        if (match.confidence < 0.8) {
            report->notes.push_back("The columns were guessed by their names (" + match.title +
                                    "): check them, or name a preset.");
        }
    }
    const auto& notes = planned->source.notes;
    report->notes.insert(report->notes.begin(), notes.begin(), notes.end());
    return report;
}

Result<ImportReport> resumeImport(Project& project, const TaskContext& context) {
    const auto open = project.unfinishedImport();
    if (!open) {
        return fail(open.error());
    }
    if (!open->has_value()) {
        return fail(ErrorCode::notFound, "there is no unfinished import", "Import a file to begin one.",
                    project.path().string());
    }
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    const auto outcome = ingest::resumeImport(**lease, (*open)->id, context);
    if (!outcome) {
        return fail(outcome.error());
    }
    return reportOf(*outcome, (*open)->source.path);
}

}  // namespace tierwise::project
