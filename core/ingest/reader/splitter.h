// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/ingest/reader/record_batch.h"

namespace tierwise::ingest {

/// Cuts a text into chunks of whole records. One thread.
class Splitter {
public:
    virtual ~Splitter() = default;
    /// The next chunk; false at the end of the text.
    [[nodiscard]] virtual Result<bool> next(Chunk& chunk) = 0;
};

}  // namespace tierwise::ingest
