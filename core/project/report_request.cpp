// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/report_request.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/version.h"

namespace tierwise::project {
// The generator of the sample marks every row that it makes, so a renamed copy is still told.
bool isSynthetic(const Project& project) {
    const auto marks = project.totalsBy("extra:synthetic", {}, {});
    return marks && std::any_of(marks->begin(), marks->end(),
                                [](const GroupTotal& total) { return total.key == "synthetic sample"; });
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
            fmt::format("File {}", std::filesystem::path(import.source.path).filename().string()),
            fmt::format("{} bytes, digest {}; {} rows read = {} stored + {} duplicates + {} rejected",
                        displayCount(import.source.bytes), import.source.digest, displayCount(import.counts.rowsRead),
                        displayCount(import.counts.stored), displayCount(import.counts.duplicates),
                        displayCount(import.counts.rejected)));
    }
    request.provenance.emplace_back("Program", std::string("Tierwise ") + kVersion);
    return request;
}

}  // namespace tierwise::project
