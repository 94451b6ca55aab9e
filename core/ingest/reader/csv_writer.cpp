// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/csv_writer.h"

namespace tierwise::ingest {

void appendCsvRow(std::string& out, std::span<const std::string_view> cells) {
    bool first = true;
    for (const auto cell : cells) {
        if (!first) {
            out += ',';
        }
        first = false;
        const bool lonely = cell.empty() && cells.size() == 1;
        if (!lonely && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
            out += cell;
            continue;
        }
        out += '"';
        for (const char c : cell) {
            if (c == '"') {
                out += '"';
            }
            out += c;
        }
        out += '"';
    }
    out += "\r\n";
}

}  // namespace tierwise::ingest
