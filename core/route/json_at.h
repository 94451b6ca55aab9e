// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace tierwise::route {

/// What is wrong with a document, thrown inside a reader and turned into an Error where it ends. Include in .cpp only.
struct JsonFault {
    Error error;
};

/// A value of a JSON document and where it stands. Every accessor checks, and throws JsonFault naming the place.
class JsonAt {
public:
    JsonAt(const nlohmann::json& value, std::string source, std::string pointer)
        : m_value(&value), m_source(std::move(source)), m_pointer(std::move(pointer)) {}

    [[noreturn]] void fault(std::string what, std::string hint = {},
                            ErrorCode code = ErrorCode::invalidArgument) const {
        throw JsonFault{Error{
            code, std::move(what), std::move(hint), m_source + "#" + (m_pointer.empty() ? "/" : m_pointer), {}, {}}};
    }
    [[nodiscard]] const std::string& pointer() const { return m_pointer; }
    [[nodiscard]] bool isString() const { return m_value->is_string(); }
    [[nodiscard]] bool isObject() const { return m_value->is_object(); }

    /// It is an object with no keys but these.
    void onlyKeys(std::initializer_list<std::string_view> known) const {
        if (!m_value->is_object()) {
            fault("an object is expected here");
        }
        for (const auto& [key, value] : m_value->items()) {
            if (std::find(known.begin(), known.end(), key) == known.end()) {
                std::string all;
                for (const auto name : known) {
                    all += (all.empty() ? "" : ", ") + std::string(name);
                }
                child(key).fault(fmt::format("\"{}\" is not known here", key), "Known are: " + all + ".");
            }
        }
    }
    [[nodiscard]] std::optional<JsonAt> find(const std::string& key) const {
        const auto found = m_value->find(key);
        return found == m_value->end() ? std::nullopt : std::optional<JsonAt>(child(key));
    }
    [[nodiscard]] JsonAt need(const std::string& key) const {
        if (!m_value->is_object() || !m_value->contains(key)) {
            fault(fmt::format("\"{}\" is missing", key));
        }
        return child(key);
    }
    [[nodiscard]] std::vector<JsonAt> items() const {
        if (!m_value->is_array()) {
            fault("a list is expected here");
        }
        std::vector<JsonAt> all;
        for (std::size_t i = 0; i < m_value->size(); ++i) {
            all.emplace_back((*m_value)[i], m_source, m_pointer + "/" + std::to_string(i));
        }
        return all;
    }
    [[nodiscard]] std::vector<std::pair<std::string, JsonAt>> members() const {
        if (!m_value->is_object()) {
            fault("an object is expected here");
        }
        std::vector<std::pair<std::string, JsonAt>> all;
        for (const auto& [key, value] : m_value->items()) {
            all.emplace_back(key, child(key));
        }
        return all;
    }
    [[nodiscard]] std::string text() const {
        if (!m_value->is_string()) {
            fault("a text is expected here");
        }
        return m_value->get<std::string>();
    }
    [[nodiscard]] std::string name() const {
        auto value = text();
        if (value.empty()) {
            fault("this must not be empty");
        }
        return value;
    }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& item : items()) {
            all.push_back(item.name());
        }
        return all;
    }
    [[nodiscard]] bool flag() const {
        if (!m_value->is_boolean()) {
            fault("true or false is expected here");
        }
        return m_value->get<bool>();
    }
    [[nodiscard]] double number(double least, double most, std::string_view meaning) const {
        if (!m_value->is_number()) {
            fault(fmt::format("{} must be a number", meaning));
        }
        const auto value = m_value->get<double>();
        if (!std::isfinite(value) || value < least || value > most) {
            fault(std::isinf(most) ? fmt::format("{} must be at least {}, not {}", meaning, least, value)
                                   : fmt::format("{} must lie between {} and {}, not {}", meaning, least, most, value));
        }
        return value;
    }
    [[nodiscard]] std::int64_t integer(std::int64_t least, std::string_view meaning) const {
        if (!m_value->is_number_integer() ||
            (m_value->is_number_unsigned() && m_value->get<std::uint64_t>() > 9'000'000'000'000'000'000ULL)) {
            fault(fmt::format("{} must be a whole number", meaning));
        }
        const auto value = m_value->get<std::int64_t>();
        if (value < least) {
            fault(fmt::format("{} must be at least {}, not {}", meaning, least, value));
        }
        return value;
    }

private:
    [[nodiscard]] JsonAt child(const std::string& key) const {
        std::string escaped;
        for (const char c : key) {
            escaped += c == '~' ? "~0" : (c == '/' ? "~1" : std::string(1, c));
        }
        return {(*m_value)[key], m_source, m_pointer + "/" + escaped};
    }

    const nlohmann::json* m_value;
    std::string m_source;
    std::string m_pointer;
};

/// Parses a text; Error badFormat with the byte offset where it stops being JSON, or with the key that an object has
/// twice: one of the two would be lost without a word.
[[nodiscard]] inline Result<nlohmann::json> parseJson(std::string_view text, const std::string& source) {
    std::vector<std::set<std::string>> open;
    std::string twice;
    const auto watch = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
        using Event = nlohmann::json::parse_event_t;
        if (event == Event::object_start) {
            open.emplace_back();
        } else if (event == Event::object_end) {
            open.pop_back();
        } else if (event == Event::key && !open.back().insert(value.get<std::string>()).second && twice.empty()) {
            twice = value.get<std::string>();
        }
        return true;
    };
    try {
        auto document = nlohmann::json::parse(text, watch);
        if (!twice.empty()) {
            return fail(ErrorCode::badFormat, fmt::format("an object has \"{}\" twice", twice),
                        "Keep the one that you mean.", source);
        }
        return document;
    } catch (const nlohmann::json::parse_error& error) {
        return fail(ErrorCode::badFormat, "this is not JSON",
                    "Look at the place that is named: a comma, a quote, or a number such as NaN.", source, {},
                    static_cast<std::int64_t>(error.byte > 0 ? error.byte - 1 : 0));
    } catch (const nlohmann::json::exception& error) {
        std::string_view why = error.what();  // "[json.exception.out_of_range.406] number overflow parsing '1e999'"
        why.remove_prefix(std::min(why.size(), why.find("] ") == std::string_view::npos ? 0 : why.find("] ") + 2));
        return fail(ErrorCode::badFormat, fmt::format("this is not usable JSON: {}", why), {}, source);
    }
}

}  // namespace tierwise::route
