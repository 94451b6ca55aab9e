// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tierwise::ingest {

/// Appends one row of RFC 4180 CSV: commas, CRLF, quotes only where a cell has a comma, quote, CR or LF, or where the
/// row would otherwise be an empty line (one empty cell).
void appendCsvRow(std::string& out, std::span<const std::string_view> cells);

}  // namespace tierwise::ingest
