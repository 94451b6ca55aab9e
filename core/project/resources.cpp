// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/resources.h"

#include <cstdlib>
#include <string>
#include <system_error>
#include <vector>

namespace tierwise::project {

namespace fs = std::filesystem;

Result<fs::path> resourcePath(std::string_view relative) {
    std::vector<fs::path> folders;
    if (const char* chosen = std::getenv("TIERWISE_RESOURCES"); chosen != nullptr && *chosen != '\0') {
        folders.emplace_back(chosen);
    }
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    if (!program.empty()) {
        folders.push_back(program.parent_path().parent_path() / "share" / "tierwise");
    }
    folders.emplace_back(TIERWISE_SOURCE_RESOURCES);
    std::string looked;
    for (const auto& folder : folders) {
        const fs::path candidate = folder / relative;
        if (fs::exists(candidate, ignored)) {
            return candidate;
        }
        looked += (looked.empty() ? "" : ", ") + folder.string();
    }
    return fail(ErrorCode::notFound, "the shipped file '" + std::string(relative) + "' is missing",
                "Install Tierwise again, or set TIERWISE_RESOURCES to its resources folder. Looked in: " + looked);
}

}  // namespace tierwise::project
