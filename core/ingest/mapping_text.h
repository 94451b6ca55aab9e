// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <simdjson.h>

namespace tierwise::ingest {

/// The readable text of a value that a log gives for a prompt or an answer: a plain string; messages of any provider
/// (OpenAI, Anthropic, Gemini, LangChain, OpenTelemetry) as "role: text" paragraphs, or the bare text where there is
/// one message; the answer of a whole response body. Tool calls are written as name and arguments; images, audio and
/// hidden reasoning are left out. A value without any text of that kind comes back as its JSON.
void appendText(simdjson::dom::element value, std::string& text);

/// The same for a cell: one that holds JSON (also JSON inside a JSON string, or with its quotes doubled once too often)
/// is unwrapped; any other cell is its own text. Returns a view of the cell or of scratch.
[[nodiscard]] std::string_view cellText(std::string_view cell, simdjson::dom::parser& parser, std::string& scratch);

/// Parses a cell as JSON, unwrapping strings that hold JSON and doubled quotes. Strings of the result live until the
/// parser's next use. False when it is no JSON object or array.
bool parseJsonCell(std::string_view cell, simdjson::dom::parser& parser, std::string& scratch,
                   simdjson::dom::element& value);

}  // namespace tierwise::ingest
