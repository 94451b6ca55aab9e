// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// Container, encoding, format and dialect of a file, from samples of its head, middle and tail (of a packed file, of
/// its head). info.columns has one entry a column, without names: the reader names them. Errors as RecordReader::open.
[[nodiscard]] Result<SourceInfo> sniffSource(const std::string& path, const ReadOptions& options,
                                             const TaskContext& context);

}  // namespace tierwise::ingest
