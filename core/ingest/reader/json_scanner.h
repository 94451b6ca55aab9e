// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace tierwise::ingest {

/// Where a JSON value lies in a text, without judging what is inside: brackets are balanced outside strings.
struct JsonExtent {
    enum class Kind {
        value,       ///< from begin to end
        incomplete,  ///< begins at begin; its end is beyond the text
        closing,     ///< ']' or '}' of what is around, at begin
        none         ///< nothing but space and commas up to the end of the text
    };
    Kind kind = Kind::none;
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The next value at or after `from`, past space, commas and NULs.
[[nodiscard]] JsonExtent nextJsonValue(std::string_view text, std::size_t from);

/// Where records may begin again after a broken value at `from`: the next line that starts with '{' (spaces before it
/// allowed); the size of the text where there is none.
[[nodiscard]] std::size_t resyncJson(std::string_view text, std::size_t from);

/// Finds the array at a dotted path inside the object at the start of text. Returns the position after its '[';
/// npos where the path leads to no array; *incomplete where the text ends before that is known.
[[nodiscard]] std::size_t findJsonArray(std::string_view text, std::string_view path, bool* incomplete);

/// Where a whole object begins in a line that says something before it, as loggers do (2025-01-01 INFO {"a": 1}), and
/// ends with it; npos where there is none. Words that end with a delimiter are cells of a CSV and no such ones.
[[nodiscard]] std::size_t objectBehindWords(std::string_view line);

/// True where text (space around it allowed) begins with '{' and ends with '}'.
[[nodiscard]] bool looksLikeObject(std::string_view text);

}  // namespace tierwise::ingest
