// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace tierwise::ingest {

/// A file that is no text.
struct Foreign {
    const char* what;     ///< "this is a Parquet file"
    const char* fixHint;  ///< how its rows get here
};

/// What a file is by its first bytes, where these are known to begin no text.
[[nodiscard]] std::optional<Foreign> foreignFormat(std::string_view head);

/// True where the bytes are neither UTF-8 nor any other text: many different control characters among them.
[[nodiscard]] bool looksBinary(std::string_view head);

/// True where the lines of a text are a table whose columns begin at the same place in each: three or more of them,
/// with blanks between. Tells nothing of texts with tabs.
[[nodiscard]] bool looksFixedWidth(std::string_view text);

}  // namespace tierwise::ingest
