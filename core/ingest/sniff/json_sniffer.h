// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/reader/types.h"

namespace tierwise::ingest {

struct JsonGuess {
    Format format = Format::jsonLines;
    std::string recordPath;
    double confidence = 1;
    std::vector<std::string> notes;
    bool python = false;  ///< values as Python prints them, and not one a line: they cannot be read
};

/// Nothing where the head of a text is not JSON. whole: the head is the whole text.
[[nodiscard]] std::optional<JsonGuess> sniffJson(std::string_view head, bool whole);

}  // namespace tierwise::ingest
