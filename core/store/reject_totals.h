// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/ids.h"

namespace tierwise::store {

class Connection;

/// The rejects of complete imports that share a column and a reason.
struct RejectTotal {
    ImportId import;
    std::string column;
    std::string reason;
    std::string fixHint;  ///< of the first of them
    std::int64_t rejects = 0;
    std::int64_t firstLine = 0;  ///< least 1-based line; 0 where the format has no lines

    bool operator==(const RejectTotal&) const = default;
};

/// Rejects by import, column and reason, most first; at most limit groups. Errors: io, badFormat.
[[nodiscard]] Result<std::vector<RejectTotal>> rejectTotals(Connection& connection, std::int64_t limit);

}  // namespace tierwise::store
