// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "core/base/error.h"
#include "core/base/timestamp.h"

// Internal to core/catalog: reading big JSON files in one pass, with the line of everything that is wrong.
// Inside, failures travel as exceptions (simdjson's own, and JsonFailure); the reader's entry point catches both.

namespace tierwise::catalog {

using JsonValue = simdjson::ondemand::value;
using JsonObject = simdjson::ondemand::object;

struct JsonFailure {
    Error error;
};

/// simdjson's words without the stop at their end: describe() puts one there.
[[nodiscard]] std::string wordsOf(const simdjson::simdjson_error& error);

/// The last line, 1-based, of a text that ends before its document does; nothing where it ends in a bracket.
[[nodiscard]] std::optional<std::int64_t> lineOfCut(std::string_view text);

class JsonCursor {
public:
    JsonCursor(std::string_view text, std::string source) : m_text(text), m_source(std::move(source)) {}

    /// 1-based line of a token inside the text; amortized linear when tokens come in order.
    [[nodiscard]] std::int64_t lineAt(const char* position);
    [[nodiscard]] std::int64_t lineOf(JsonValue& value) { return lineAt(value.raw_json_token().data()); }

    [[noreturn]] void failAt(std::int64_t line, std::string what, std::string hint = {}) const;
    [[noreturn]] void failAt(JsonValue& value, std::string what, std::string hint = {}) {
        failAt(lineOf(value), std::move(what), std::move(hint));
    }

    [[nodiscard]] std::string text(JsonValue value, std::string_view what);
    [[nodiscard]] std::int64_t integer(JsonValue value, std::string_view what, std::int64_t low, std::int64_t high);
    [[nodiscard]] double number(JsonValue value, std::string_view what, double low, double high);
    [[nodiscard]] bool boolean(JsonValue value, std::string_view what);
    [[nodiscard]] Timestamp date(JsonValue value, std::string_view what);
    [[nodiscard]] JsonObject object(JsonValue value, std::string_view what);
    [[nodiscard]] simdjson::ondemand::array array(JsonValue value, std::string_view what);

    [[nodiscard]] const std::string& source() const { return m_source; }

private:
    std::string_view m_text;
    std::string m_source;
    std::size_t m_lastOffset = 0;
    std::int64_t m_lastLine = 1;
};

}  // namespace tierwise::catalog
