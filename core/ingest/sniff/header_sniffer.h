// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/ingest/sniff/sample_table.h"

namespace tierwise::ingest {

struct HeaderGuess {
    bool hasHeader = true;
    std::int32_t headerLines = 1;
    double confidence = 0.5;
    std::size_t firstRow = 0;  ///< index of the row that is the header, or the first data
    std::string columnKinds;   ///< as Dialect::columnKinds
    std::string comment;       ///< what comment lines begin with; empty: there are none
};

/// Where the table begins in a sample, and whether its first rows are names: by the types of the columns below.
[[nodiscard]] HeaderGuess sniffHeader(const SampleTable& table);

}  // namespace tierwise::ingest
