// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/save_copy.h"

#include <system_error>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include "core/store/connection.h"

namespace tierwise::project {

namespace fs = std::filesystem;

Result<void> saveCopy(const Project& project, const fs::path& to) {
    std::error_code problem;
    if (fs::exists(to, problem)) {
        return fail(ErrorCode::conflict, "the file is there already", "Choose another name, or remove the file first.",
                    to.string());
    }
    auto lease = project.lease();
    if (!lease) {
        return fail(lease.error());
    }
    const fs::path part = to.string() + ".part";
    fs::remove(part, problem);
    try {
        SQLite::Statement copy((**lease).db(), "VACUUM INTO ?");
        copy.bind(1, part.string());
        copy.exec();
    } catch (const std::exception& exception) {
        fs::remove(part, problem);
        return fail(ErrorCode::io, std::string("the copy could not be written: ") + exception.what(),
                    "Check that the folder can be written to and that the disk has room.", to.string());
    }
    fs::rename(part, to, problem);
    if (problem) {
        const std::string why = problem.message();
        fs::remove(part, problem);
        return fail(ErrorCode::io, "the copy could not be written: " + why, "Check that the folder can be written to.",
                    to.string());
    }
    return {};
}

}  // namespace tierwise::project
