// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tierwise::ingest {

/// A string of JSON, with its quotes and escapes.
void appendJsonString(std::string& out, std::string_view text);

/// True where a text begins as Python writes a dictionary, {'key': or [{'key':, and JSON does not.
[[nodiscard]] bool beginsPython(std::string_view text);

/// A Python dictionary as repr() writes it, in JSON: strings of either quote with their escapes, None, True, False, nan
/// and inf (null), tuples and lists, numbers as they are, Decimal('1.5') as its number, datetime.datetime(...) in ISO
/// 8601, any other call as the text that it is. Nothing where the text is no such dictionary, whole.
[[nodiscard]] std::optional<std::string> pythonToJson(std::string_view text);

}  // namespace tierwise::ingest
