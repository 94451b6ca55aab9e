// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/base/error.h"

namespace tierwise::project {

/// The synthetic sample workload: a month (September 2026) of a made-up trading company's requests, as CSV with
/// Tierwise's own columns and a column "synthetic" that says what it is. Several teams, users and sessions; cached
/// tokens; long contexts; masked personal data and secrets with their class; names that no catalog can know; a scored
/// fifth of the rows, whose scores follow the prompt's difficulty and the model's ability; logged costs that mostly
/// follow the list prices of that month (one team's gateway has stale prices, one importer writes cents); a few
/// repeated lines; a few lines that cannot be read. The same seed and rows give the same bytes.
struct SampleOptions {
    std::uint64_t seed = 7;
    std::int64_t rows = 2600;  ///< lines without the header, 100 to 1,000,000
};

struct SampleFile {
    std::string csv;              ///< UTF-8, RFC 4180
    std::int64_t rows = 0;        ///< lines without the header
    std::int64_t unreadable = 0;  ///< of them, lines made to be rejected
    std::int64_t repeated = 0;    ///< of them, lines that repeat another
};

/// Error invalidArgument: rows out of range.
[[nodiscard]] Result<SampleFile> makeSample(const SampleOptions& options);

}  // namespace tierwise::project
