// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

/// Text to judge by: the start of the file and whole lines from its middle and its end.
struct TextSample {
    std::string head;
    std::string middle;
    std::string tail;
    bool headIsWhole = true;  ///< the head is the whole text
};

struct DialectGuess {
    Dialect dialect;
    std::size_t columns = 0;  ///< cells that most rows have
    double confidence = 0;    ///< 0..1: distance to the next best delimiter
    RepairCounts repairs;     ///< sep= line, preamble, mixed line ends
    std::vector<std::string> notes;
};

/// What options leave open is found in the sample. base: format and encoding, already decided.
[[nodiscard]] DialectGuess sniffDialect(const TextSample& sample, const ReadOptions& options, const Dialect& base);

}  // namespace tierwise::ingest
