// SPDX-License-Identifier: GPL-3.0-or-later
// The mend of a stray quote: the import again, with quotes as plain text. Inside core/project alone.
#pragma once

#include <string>

#include "core/project/doctor_rows.h"

namespace tierwise::project {

/// Takes the finding's import back and reads its file again without quoting; on an error the rows are as before. Row
/// ids change, so no other mends may have been done. Errors: conflict, and those of importByPlan and undoImport.
[[nodiscard]] Result<AppliedMend> rereadPlain(const Project& project, const FoundRows& found,
                                              const AppliedMend& applied, bool othersDone, const TaskContext& context);

/// The other way round; body is the mend's document. othersDone: mends that came later.
[[nodiscard]] Result<void> undoReread(const Project& project, const std::string& name, const std::string& body,
                                      bool othersDone, const TaskContext& context);

}  // namespace tierwise::project
