// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

#include "core/base/error.h"

namespace tierwise {

/// How far a long task is. done and total share a unit (bytes, rows, models); total 0 means not known yet.
struct Progress {
    std::string phase;  ///< "Reading", "Scoring": for people
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::int64_t rows = 0;  ///< rows so far, where the task has rows
};

using ProgressSink = std::function<void(const Progress&)>;

/// Handed to every function that may take over half a second. Check stopRequested() at least every 50 ms of work.
/// progress may be called on the worker's thread only, and only when it moves a visible step.
struct TaskContext {
    std::stop_token stop;
    ProgressSink progress;

    [[nodiscard]] bool stopRequested() const { return stop.stop_requested(); }
    void report(const Progress& step) const {
        if (progress) {
            progress(step);
        }
    }
    [[nodiscard]] static tl::unexpected<Error> cancelled() {
        return fail(ErrorCode::cancelled, "stopped before it was done",
                    "Nothing was changed; start it again when ready.");
    }
};

}  // namespace tierwise
