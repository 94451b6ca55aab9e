// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/rejects.h"

#include <fstream>

#include "core/base/clock.h"
#include "core/store/connection.h"

namespace tierwise::project {

Result<std::int64_t> exportRejects(const Project& project, ImportId import, const std::filesystem::path& file) {
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    const auto text = ingest::rejectsAsCsv(**lease, import);
    if (!text) {
        return fail(text.error());
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << *text;
    out.close();
    if (!out) {
        return fail(ErrorCode::io, "the file cannot be written", "Check the path, its permissions and the free space.",
                    file.string());
    }
    return project.rejectCount(import);
}

Result<RetryOutcome> retryRejects(const Project& project, ImportId import,
                                  const std::optional<std::filesystem::path>& mended, const TaskContext& context) {
    const auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    const auto file = mended ? std::optional<std::string>(mended->string()) : std::nullopt;
    return ingest::retryRejects(**lease, import, file, SystemClock(), context);
}

}  // namespace tierwise::project
