// SPDX-License-Identifier: GPL-3.0-or-later
// The reading half of an import; inside core/ingest alone.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/ingest/import_plan.h"
#include "core/store/row_batch.h"

namespace tierwise::ingest {

/// Reads a file by its plan and hands out full batches in the file's order. One thread.
class ImportProducer {
public:
    /// Takes a full batch for an empty one, which may have been used before; none stops the reading.
    using Deliver = std::function<std::unique_ptr<store::RowBatch>(std::unique_ptr<store::RowBatch>)>;

    [[nodiscard]] static Result<std::unique_ptr<ImportProducer>> open(const ImportPlan& plan,
                                                                      const TaskContext& context);
    virtual ~ImportProducer() = default;

    /// Reads to the end. Errors: io, badFormat, overflow, cancelled (also when deliver says stop).
    [[nodiscard]] virtual Result<void> run(const Deliver& deliver) = 0;

    /// Any thread, while it runs.
    [[nodiscard]] virtual std::int64_t bytesConsumed() const = 0;
    [[nodiscard]] virtual std::int64_t fileBytes() const = 0;
    /// After run().
    [[nodiscard]] virtual std::int64_t skipped() const = 0;
    [[nodiscard]] virtual std::int64_t merged() const = 0;
    [[nodiscard]] virtual const RepairCounts& repairs() const = 0;
    /// The record that spans most lines, and how many lines the file has; sign of a quote that never closed.
    struct Longest {
        std::int64_t line = 0;
        std::int64_t lines = 0;
        std::int64_t of = 0;
    };
    [[nodiscard]] virtual const Longest& longest() const = 0;
};

}  // namespace tierwise::ingest
