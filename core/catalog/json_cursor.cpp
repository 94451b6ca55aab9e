// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/json_cursor.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace tierwise::catalog {

std::string wordsOf(const simdjson::simdjson_error& error) {
    std::string words(error.what());
    while (words.ends_with('.')) {
        words.pop_back();
    }
    return words;
}

std::optional<std::int64_t> lineOfCut(std::string_view text) {
    const auto last = text.find_last_not_of(" \t\r\n");
    if (last == std::string_view::npos || text[last] == '}' || text[last] == ']') {
        return {};
    }
    return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(last), '\n');
}

std::int64_t JsonCursor::lineAt(const char* position) {
    const auto offset = static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(position - m_text.data(), 0, static_cast<std::ptrdiff_t>(m_text.size())));
    if (offset < m_lastOffset) {
        m_lastOffset = 0;
        m_lastLine = 1;
    }
    m_lastLine += std::count(m_text.begin() + static_cast<std::ptrdiff_t>(m_lastOffset),
                             m_text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
    m_lastOffset = offset;
    return m_lastLine;
}

void JsonCursor::failAt(std::int64_t line, std::string what, std::string hint) const {
    throw JsonFailure{Error{ErrorCode::badFormat, std::move(what), std::move(hint), m_source, line, {}}};
}

std::string JsonCursor::text(JsonValue value, std::string_view what) {
    std::string_view found;
    if (value.get_string().get(found) != simdjson::SUCCESS) {
        failAt(value, fmt::format("{} must be a string", what));
    }
    return std::string(found);
}

std::int64_t JsonCursor::integer(JsonValue value, std::string_view what, std::int64_t low, std::int64_t high) {
    std::int64_t found = 0;
    if (value.get_int64().get(found) != simdjson::SUCCESS || found < low || found > high) {
        failAt(value, fmt::format("{} must be a whole number from {} to {}", what, low, high));
    }
    return found;
}

double JsonCursor::number(JsonValue value, std::string_view what, double low, double high) {
    double found = 0;
    if (value.get_double().get(found) != simdjson::SUCCESS || !std::isfinite(found) || found < low || found > high) {
        failAt(value, fmt::format("{} must be a number from {} to {}", what, low, high));
    }
    return found;
}

bool JsonCursor::boolean(JsonValue value, std::string_view what) {
    bool found = false;
    if (value.get_bool().get(found) != simdjson::SUCCESS) {
        failAt(value, fmt::format("{} must be true or false", what));
    }
    return found;
}

Timestamp JsonCursor::date(JsonValue value, std::string_view what) {
    const std::int64_t line = lineOf(value);
    const std::string found = text(value, what);
    const auto time = Timestamp::parseIso(found);
    if (!time) {
        failAt(line, fmt::format("{} \"{}\" is not an ISO date", what, found),
               "Write 2026-03-23 or 2026-08-16T16:00:00Z");
    }
    return *time;
}

JsonObject JsonCursor::object(JsonValue value, std::string_view what) {
    JsonObject found;
    if (value.get_object().get(found) != simdjson::SUCCESS) {
        failAt(value, fmt::format("{} must be an object", what));
    }
    return found;
}

simdjson::ondemand::array JsonCursor::array(JsonValue value, std::string_view what) {
    simdjson::ondemand::array found;
    if (value.get_array().get(found) != simdjson::SUCCESS) {
        failAt(value, fmt::format("{} must be a list", what));
    }
    return found;
}

}  // namespace tierwise::catalog
