// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

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

struct AssessedRows {
    std::shared_ptr<const store::WorkloadSnapshot> rows;  ///< Project::snapshot's, but for a problem
    AssessReport report;
    /// Why prompts could not be scored (no model), or their scores not kept for the next time (a full disk): the rows
    /// are as good as they could be had, and whoever asked says so.
    std::optional<Error> problem;
};

/// All rows, with a difficulty wherever their text gives one. Imports don't score, analyses do: the first after an
/// import scores the prompts that nobody has looked at yet with the shipped difficulty model, on all of the program's
/// threads, and keeps difficulty and signal in the project, so that it is done once; with a new version's model it is
/// done once more, but what a refit said stays. A text that several rows share is scored once. Stopped or broken off,
/// nothing is kept. Errors: those of loadSnapshot; cancelled.
[[nodiscard]] Result<AssessedRows> assessedRows(const Project& project, const TaskContext& context);

}  // namespace tierwise::project
