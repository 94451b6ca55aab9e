// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/mapping_text.h"

#include "core/ingest/mapping_values.h"

namespace tierwise::ingest {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

// Deeper nesting than any real log; stops a hostile file.
constexpr int kMaxDepth = 24;

bool textOf(element value, std::string& text, int depth);

void separate(std::string& text, std::string_view separator) {
    if (!text.empty()) {
        text += separator;
    }
}

std::string_view stringAt(const object& from, std::string_view key) {
    std::string_view found;
    return from.at_key(key).get(found) == simdjson::SUCCESS ? found : std::string_view();
}

// OpenAI and LangChain tool calls, Anthropic tool use, OpenTelemetry tool_call parts: "name arguments".
bool toolCall(const object& part, std::string& text) {
    object function;
    const bool nested = part.at_key("function").get(function) == simdjson::SUCCESS;
    const object& call = nested ? function : part;
    const std::string_view name = stringAt(call, "name");
    if (name.empty()) {
        return false;
    }
    for (const std::string_view key : {"arguments", "input", "args"}) {
        element arguments;
        if (call.at_key(key).get(arguments) == simdjson::SUCCESS) {
            std::string_view plain;
            separate(text, "\n");
            text += name;
            text += ' ';
            text += arguments.get(plain) == simdjson::SUCCESS ? std::string(plain) : simdjson::minify(arguments);
            return true;
        }
    }
    return false;
}

bool toolCalls(const object& message, std::string& text) {
    array calls;
    if (message.at_key("tool_calls").get(calls) != simdjson::SUCCESS) {
        return false;
    }
    bool any = false;
    for (const element call : calls) {
        object part;
        any = (call.get(part) == simdjson::SUCCESS && toolCall(part, text)) || any;
    }
    return any;
}

std::string_view roleOf(const object& message) {
    std::string_view role = stringAt(message, "role");
    if (role.empty()) {
        const std::string_view type = stringAt(message, "type");
        role = type == "human" ? "user" : type == "ai" ? "assistant" : type == "system" || type == "tool" ? type : "";
    }
    return role;
}

bool isHidden(const object& part) {
    const std::string_view type = stringAt(part, "type");
    return type == "thinking" || type == "redacted_thinking" || type == "reasoning";
}

// Messages with their roles. One message alone is its bare text.
bool messages(const array& list, std::string& text, int depth) {
    std::string whole;
    std::string one;
    int count = 0;
    std::string bare;
    for (const element entry : list) {
        object message;
        if (entry.get(message) != simdjson::SUCCESS) {
            return false;
        }
        const std::string_view role = roleOf(message);
        if (role.empty()) {
            return false;
        }
        one.clear();
        textOf(entry, one, depth + 1);
        if (one.empty()) {
            continue;
        }
        ++count;
        separate(whole, "\n\n");
        whole += role;
        whole += ": ";
        whole += one;
        bare.swap(one);
    }
    if (count == 0) {
        return false;
    }
    separate(text, "\n");
    text += count == 1 ? bare : whole;
    return true;
}

bool arrayText(const array& list, std::string& text, int depth) {
    if (messages(list, text, depth)) {
        return true;
    }
    bool any = false;
    for (const element entry : list) {
        std::string part;
        if (textOf(entry, part, depth + 1) && !part.empty()) {
            separate(text, "\n");
            text += part;
            any = true;
        }
    }
    return any;
}

// A system prompt that stands beside the messages (Anthropic, Gemini, Responses).
void besides(const object& body, std::string& text, int depth) {
    for (const std::string_view key : {"system", "instructions", "systemInstruction", "system_instruction"}) {
        element value;
        std::string part;
        if (body.at_key(key).get(value) == simdjson::SUCCESS && textOf(value, part, depth + 1) && !part.empty()) {
            separate(text, "\n\n");
            text += "system: " + part;
        }
    }
}

bool objectText(const object& body, std::string& text, int depth) {
    if (isHidden(body)) {
        return false;
    }
    const std::string_view type = stringAt(body, "type");
    if (type == "tool_use" || type == "function_call" || type == "tool_call") {
        return toolCall(body, text);
    }
    std::string found;
    besides(body, found, depth);
    const bool hasSystem = !found.empty();
    bool any = false;
    // The order matters: a response's "choices" before its "model"; a message's "content" before its "name".
    for (const std::string_view key :
         {"messages", "contents", "choices", "candidates", "content", "message", "delta", "parts", "text", "output",
          "prompt", "input", "kwargs", "completion", "response", "body", "generations", "data"}) {
        element value;
        if (body.at_key(key).get(value) != simdjson::SUCCESS || value.is_null()) {
            continue;
        }
        std::string part;
        if (textOf(value, part, depth + 1) && !part.empty()) {
            separate(found, "\n\n");
            if (hasSystem && key == "messages" && part.find("user: ") != 0) {
                found += "user: ";
            }
            found += part;
            any = true;
            break;
        }
    }
    any = toolCalls(body, found) || any;
    if (!any) {
        any = toolCall(body, found);
    }
    if (!any && !hasSystem) {
        return false;
    }
    separate(text, "\n");
    text += found;
    return true;
}

bool textOf(element value, std::string& text, int depth) {
    if (depth > kMaxDepth) {
        return false;
    }
    switch (value.type()) {
        case element_type::STRING: {
            const std::string_view plain = value.get_string().value_unsafe();
            separate(text, "\n");
            text += plain;
            return true;
        }
        case element_type::ARRAY:
            return arrayText(value.get_array().value_unsafe(), text, depth);
        case element_type::OBJECT:
            return objectText(value.get_object().value_unsafe(), text, depth);
        default:
            return false;
    }
}

bool looksLikeJson(std::string_view cell) {
    return cell.size() >= 2 && (cell.front() == '{' || cell.front() == '[' || cell.front() == '"');
}

// `{""a"": ""b""}`: what is left of JSON whose quotes were doubled once more than CSV does.
std::string withoutDoubling(std::string_view cell) {
    std::string text;
    text.reserve(cell.size());
    for (std::size_t i = 0; i < cell.size(); ++i) {
        text += cell[i];
        if (cell[i] == '"' && i + 1 < cell.size() && cell[i + 1] == '"') {
            ++i;
        }
    }
    return text;
}

bool has(const object& body, std::string_view key) {
    element value;
    return body.at_key(key).get(value) == simdjson::SUCCESS;
}

// Is it a provider's messages or body, rather than JSON that somebody sent as a prompt?
bool isMessageShaped(element value) {
    object body;
    array list;
    if (value.get(list) == simdjson::SUCCESS) {
        for (const element entry : list) {
            std::string_view plain;
            if (entry.get(plain) != simdjson::SUCCESS && !isMessageShaped(entry)) {
                return false;
            }
        }
        return true;
    }
    if (value.get(body) != simdjson::SUCCESS) {
        return value.is_string();
    }
    object answer;
    if (body.at_key("message").get(answer) == simdjson::SUCCESS && has(answer, "content")) {
        return true;
    }
    for (const std::string_view key :
         {"role", "messages", "contents", "choices", "candidates", "parts", "kwargs", "content"}) {
        if (has(body, key)) {
            return true;
        }
    }
    const std::string_view type = stringAt(body, "type");
    return (has(body, "model") && (has(body, "output") || has(body, "input") || has(body, "prompt"))) ||
           (has(body, "text") && type == "text") || type == "tool_use" || type == "function_call" || isHidden(body);
}

}  // namespace

void appendText(element value, std::string& text) {
    const std::size_t before = text.size();
    std::string found;
    if (isMessageShaped(value) && textOf(value, found, 0)) {
        text += found;
    } else if (!value.is_null()) {
        text += simdjson::minify(value);
    }
    if (text.size() > before && before > 0) {
        text.insert(before, "\n\n");
    }
}

bool parseJsonCell(std::string_view cell, simdjson::dom::parser& parser, std::string& scratch, element& value) {
    cell = trimmed(cell);
    if (!looksLikeJson(cell)) {
        return false;
    }
    auto error = parser.parse(cell.data(), cell.size()).get(value);
    if (error != simdjson::SUCCESS && cell.find("\"\"") != std::string_view::npos) {
        scratch = withoutDoubling(cell);
        error = parser.parse(scratch).get(value);
    }
    // A JSON string that holds JSON, at most three layers.
    for (int layer = 0; error == simdjson::SUCCESS && layer < 3; ++layer) {
        std::string_view inner;
        if (value.get(inner) != simdjson::SUCCESS) {
            break;
        }
        const std::string_view body = trimmed(inner);
        if (!looksLikeJson(body)) {
            return false;
        }
        scratch.assign(body);
        error = parser.parse(scratch).get(value);
    }
    return error == simdjson::SUCCESS && (value.is_object() || value.is_array());
}

std::string_view cellText(std::string_view cell, simdjson::dom::parser& parser, std::string& scratch) {
    const std::string_view body = trimmed(cell);
    if (!looksLikeJson(body)) {
        return cell;
    }
    element value;
    std::string unwrapped;
    if (parseJsonCell(body, parser, unwrapped, value)) {
        scratch.clear();
        if (!isMessageShaped(value) || !textOf(value, scratch, 0) || scratch.empty()) {
            return cell;
        }
        return scratch;
    }
    // A JSON string of plain text: "line\nline".
    std::string_view plain;
    if (body.front() == '"' && parser.parse(body.data(), body.size()).get(value) == simdjson::SUCCESS &&
        value.get(plain) == simdjson::SUCCESS) {
        scratch.assign(plain);
        return scratch;
    }
    return cell;
}

}  // namespace tierwise::ingest
