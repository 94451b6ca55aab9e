// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/json_scanner.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace tierwise::ingest {
namespace {

constexpr std::size_t npos = std::string_view::npos;

constexpr std::array<bool, 256> kStops = [] {
    std::array<bool, 256> stops{};
    for (const char c : {'"', '{', '}', '[', ']'}) {
        stops[static_cast<unsigned char>(c)] = true;
    }
    return stops;
}();

bool isSpace(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// The position after the string whose opening quote is at `at`; npos where it does not end.
std::size_t stringEnd(std::string_view text, std::size_t at) {
    for (std::size_t from = at + 1;;) {
        const auto* quote = from < text.size()
                                ? static_cast<const char*>(std::memchr(text.data() + from, '"', text.size() - from))
                                : nullptr;
        if (quote == nullptr) {
            return npos;
        }
        const auto position = static_cast<std::size_t>(quote - text.data());
        std::size_t slashes = 0;
        while (position - slashes > at + 1 && text[position - slashes - 1] == '\\') {
            ++slashes;
        }
        if (slashes % 2 == 0) {
            return position + 1;
        }
        from = position + 1;
    }
}

// The position after the object or array that begins at `at`; npos where it does not end.
std::size_t containerEnd(std::string_view text, std::size_t at) {
    std::size_t depth = 0;
    while (at < text.size()) {
        const char c = text[at];
        if (!kStops[static_cast<unsigned char>(c)]) {
            ++at;
        } else if (c == '"') {
            at = stringEnd(text, at);
            if (at == npos) {
                return npos;
            }
        } else {
            depth = c == '{' || c == '[' ? depth + 1 : depth - 1;
            ++at;
            if (depth == 0) {
                return at;
            }
        }
    }
    return npos;
}

std::size_t skipSpace(std::string_view text, std::size_t at) {
    while (at < text.size() && isSpace(text[at])) {
        ++at;
    }
    return at;
}

// What loggers put before a message: a time or a number, or a level.
bool saysWhenOrHowBad(std::string_view words) {
    constexpr std::array<std::string_view, 10> kLevels = {"INFO", "DEBUG", "WARN", "ERROR", "TRACE",
                                                          "info", "debug", "warn", "error", "trace"};
    return words.find_first_of("0123456789") != npos ||
           std::any_of(kLevels.begin(), kLevels.end(), [&](auto level) { return words.find(level) != npos; });
}

}  // namespace

JsonExtent nextJsonValue(std::string_view text, std::size_t from) {
    std::size_t at = from;
    while (at < text.size() && (isSpace(text[at]) || text[at] == ',' || text[at] == '\0')) {
        ++at;
    }
    if (at >= text.size()) {
        return {JsonExtent::Kind::none, at, at};
    }
    const char c = text[at];
    if (c == ']' || c == '}') {
        return {JsonExtent::Kind::closing, at, at + 1};
    }
    std::size_t end = at;
    if (c == '{' || c == '[') {
        end = containerEnd(text, at);
    } else if (c == '"') {
        end = stringEnd(text, at);
    } else {
        while (end < text.size() && !isSpace(text[end]) && text[end] != ',' && text[end] != ']' && text[end] != '}' &&
               text[end] != '{' && text[end] != '[' && text[end] != '"') {
            ++end;
        }
        end = end == text.size() ? npos : end;
    }
    return end == npos ? JsonExtent{JsonExtent::Kind::incomplete, at, text.size()}
                       : JsonExtent{JsonExtent::Kind::value, at, end};
}

std::size_t resyncJson(std::string_view text, std::size_t from) {
    for (std::size_t at = from; (at = text.find('\n', at)) != npos; ++at) {
        const std::size_t start = skipSpace(text, at);
        if (start < text.size() && text[start] == '{') {
            return start;
        }
    }
    return text.size();
}

std::size_t findJsonArray(std::string_view text, std::string_view path, bool* incomplete) {
    *incomplete = false;
    std::size_t at = skipSpace(text, 0);
    while (at < text.size() && text[at] == '{') {
        const std::size_t dot = path.find('.');
        const std::string_view wanted = path.substr(0, dot);
        ++at;
        bool found = false;
        while (!found) {
            const JsonExtent key = nextJsonValue(text, at);
            if (key.kind == JsonExtent::Kind::closing) {
                return npos;
            }
            if (key.kind != JsonExtent::Kind::value) {
                *incomplete = true;
                return npos;
            }
            at = skipSpace(text, key.end);
            if (at >= text.size()) {
                *incomplete = true;
                return npos;
            }
            if (text[at] != ':') {
                return npos;
            }
            at = skipSpace(text, at + 1);
            const std::string_view name = text.substr(key.begin, key.end - key.begin);
            found = name.size() >= 2 && name.substr(1, name.size() - 2) == wanted;
            if (!found) {
                const JsonExtent value = nextJsonValue(text, at);
                if (value.kind != JsonExtent::Kind::value) {
                    *incomplete = value.kind != JsonExtent::Kind::closing;
                    return npos;
                }
                at = value.end;
            }
        }
        if (at >= text.size()) {
            *incomplete = true;
            return npos;
        }
        if (dot == npos) {
            return text[at] == '[' ? at + 1 : npos;
        }
        path.remove_prefix(dot + 1);
    }
    *incomplete = at >= text.size();
    return npos;
}

std::size_t objectBehindWords(std::string_view line) {
    constexpr std::size_t kMostWords = 512;
    const auto last = line.find_last_not_of(" \t\r\n");
    const auto first = line.find_first_not_of(" \t\r\n");
    if (last == npos || line[last] != '}' || std::string_view("{\"'").find(line[first]) != npos) {
        return npos;
    }
    const std::size_t at = line.substr(0, kMostWords).find('{');
    if (at == npos || !saysWhenOrHowBad(line.substr(0, at))) {
        return npos;
    }
    const std::size_t inside = skipSpace(line, at + 1);
    const auto before = line.find_last_not_of(" \t", at - 1);
    if (inside > last || (line[inside] != '"' && line[inside] != '}') || before == npos ||
        std::string_view(",;|\"'[{\\").find(line[before]) != npos || line[at - 1] == '\t') {
        return npos;
    }
    const JsonExtent value = nextJsonValue(line, at);
    return value.kind == JsonExtent::Kind::value && value.end == last + 1 ? at : npos;
}

bool looksLikeObject(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    const auto last = text.find_last_not_of(" \t\r\n");
    return first != npos && text[first] == '{' && last > first && text[last] == '}';
}

}  // namespace tierwise::ingest
