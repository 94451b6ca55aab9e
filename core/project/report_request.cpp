// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/report_request.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/version.h"

namespace tierwise::project {
namespace {

constexpr std::int64_t kMostRejectGroups = 1000;

std::string fileName(const ImportInfo& import) {
    return std::filesystem::path(import.source.path).filename().string();
}

// Reads what the coverage and the list say of rejects. Their raw records stay in the project: they may hold anything.
Result<void> readRejects(const Project& project, const std::vector<ImportInfo>& imports, ReportRequest& request) {
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    auto totals = store::rejectTotals(**lease, kMostRejectGroups);
    if (!totals) {
        return fail(totals.error());
    }
    request.rejectTotals = std::move(*totals);
    constexpr std::int64_t kPage = 1000;
    for (std::int64_t after = 0; static_cast<std::int64_t>(request.rejects.size()) < kMostListedRejects;) {
        const auto page = project.rejects({}, after, kPage);
        if (!page) {
            return fail(page.error());
        }
        for (const auto& reject : *page) {
            const auto import = std::find_if(imports.begin(), imports.end(),
                                             [&](const ImportInfo& one) { return one.id == reject.import; });
            request.rejects.push_back({import == imports.end() ? std::string() : fileName(*import), reject.line,
                                       reject.byteOffset, reject.column, reject.reason, reject.fixHint});
        }
        if (page->size() < static_cast<std::size_t>(kPage)) {
            break;
        }
        after = page->back().id;
    }
    return {};
}

}  // namespace

// The generator of the sample marks every row that it makes, so a renamed copy is still told, by its first or last row:
// reading the mark of a million rows takes longer than the report.
bool isSynthetic(const Project& project) {
    const auto ids = project.rowIds({}, {});
    const auto marked = [&](std::int64_t id) {
        const auto detail = project.detail(RequestId(id));
        return detail && detail->extras.find("synthetic sample") != std::string::npos;
    };
    return ids && !ids->empty() && (marked(ids->front()) || marked(ids->back()));
}

Result<ReportRequest> reportRequest(const Project& project, const Workbench& workbench,
                                    std::vector<route::Policy> scenarios, std::optional<Baseline> baseline,
                                    double bar) {
    const auto imports = project.imports();
    if (!imports) {
        return fail(imports.error());
    }
    ReportRequest request;
    request.projectName = project.path().stem().string();
    request.scenarios = std::move(scenarios);
    request.baseline = baseline;
    request.bar = bar;
    request.catalog = workbench.inputs().catalog;
    request.assumptions = workbench.inputs().assumptions;
    request.synthetic = isSynthetic(project);
    for (const auto& import : *imports) {
        if (!import.complete) {
            continue;
        }
        request.rowsRead += import.counts.rowsRead;
        request.duplicates += import.counts.duplicates;
        request.rejected += import.counts.rejected;
        request.provenance.emplace_back(
            "File " + fileName(import),
            fmt::format("{} bytes, digest {}; {} rows read = {} stored + {} duplicates + {} rejected",
                        displayCount(import.source.bytes), import.source.digest, displayCount(import.counts.rowsRead),
                        displayCount(import.counts.stored), displayCount(import.counts.duplicates),
                        displayCount(import.counts.rejected)));
    }
    if (request.rejected > 0) {
        if (auto read = readRejects(project, *imports, request); !read) {
            return fail(read.error());
        }
    }
    request.provenance.emplace_back("Program", std::string("Tierwise ") + kVersion);
    return request;
}

}  // namespace tierwise::project
