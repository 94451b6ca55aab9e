// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "core/base/error.h"
#include "core/ingest/reader/types.h"

namespace tierwise::cli {

/// How a log is to be read, as inspect and import take it.
struct ReadGiven {
    std::string delimiter;
    std::string quote;
    std::string escape;
    std::string encoding;
    std::string comment;
    std::string format;
    std::string recordPath;
    bool header = false;
    bool noHeader = false;
    std::int64_t skipLines = -1;
};

void addReadOptions(CLI::App& command, ReadGiven& given);

/// What was given; the rest is found in the file. Error invalidArgument.
[[nodiscard]] Result<ingest::ReadOptions> readOptionsOf(const ReadGiven& given, const CLI::App& command);

}  // namespace tierwise::cli
