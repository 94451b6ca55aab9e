// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/project/project.h"

namespace tierwise::project {

struct AssessReport {
    std::int64_t rows = 0;
    std::int64_t scored = 0;    ///< have a difficulty now
    std::int64_t noSignal = 0;  ///< no text, or too little of it
    std::int64_t unlike = 0;    ///< unlike anything seen in training
    std::int64_t skipped = 0;   ///< had been looked at before
};

/// Scores the prompts that nobody has looked at yet (all of them with `again`) with the shipped difficulty model, on
/// two threads, and keeps difficulty and signal with the rows. A text that several rows share is scored once. All or
/// nothing. Errors: io, badFormat, cancelled.
[[nodiscard]] Result<AssessReport> assessRows(const Project& project, bool again, const TaskContext& context);

}  // namespace tierwise::project
