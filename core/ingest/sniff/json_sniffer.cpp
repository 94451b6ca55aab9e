// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/json_sniffer.h"

#include <array>

#include <fmt/format.h>

#include "core/ingest/reader/json_scanner.h"
#include "core/ingest/reader/python_literal.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t npos = std::string_view::npos;

// Names under which services wrap a list of records in one document.
constexpr std::array<std::string_view, 12> kWrappers = {"data",    "items", "records", "requests",
                                                        "results", "rows",  "logs",    "entries",
                                                        "events",  "usage", "buckets", "generations"};

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// '{' must be followed by a quote or '}', or it is the text of a CSV header.
bool beginsObject(std::string_view text, std::size_t at) {
    do {
        ++at;
    } while (at < text.size() && isSpace(text[at]));
    return at >= text.size() || text[at] == '"' || text[at] == '}';
}

/// Of the first lines, how many are what.
struct Lines {
    int objects = 0;
    int pythons = 0;   ///< dictionaries that Python printed
    int prefixed = 0;  ///< objects behind a logger's words
    int others = 0;

    [[nodiscard]] int readable() const { return objects + pythons + prefixed; }
};

Lines judgeLines(std::string_view head, bool whole) {
    constexpr int kLines = 50;
    Lines lines;
    for (std::size_t at = 0; at < head.size() && lines.readable() + lines.others < kLines;) {
        std::size_t end = head.find('\n', at);
        if (end == npos) {
            if (!whole && lines.readable() + lines.others > 0) {
                break;
            }
            end = head.size();
        }
        const std::string_view line = head.substr(at, end - at);
        at = end + 1;
        if (line.find_first_not_of(" \t\r") == npos) {
            continue;
        }
        const JsonExtent value = nextJsonValue(line, 0);
        const bool object = value.kind == JsonExtent::Kind::value && looksLikeObject(line) &&
                            nextJsonValue(line, value.end).kind == JsonExtent::Kind::none;
        if (beginsPython(line) && pythonToJson(line)) {
            ++lines.pythons;
        } else if (object) {
            ++lines.objects;
        } else if (objectBehindWords(line) != npos) {
            ++lines.prefixed;
        } else {
            ++lines.others;
        }
    }
    return lines;
}

// Objects of which each has its line, but for remarks before and between them, with or without a logger's words.
std::optional<JsonGuess> linesOf(const Lines& lines) {
    if (lines.readable() == 0 || lines.readable() < lines.others ||
        (lines.objects == 1 && lines.readable() + lines.others == 1)) {
        return {};
    }
    JsonGuess guess;
    guess.confidence = static_cast<double>(lines.readable()) / (lines.readable() + lines.others);
    if (lines.pythons > 0) {
        guess.notes.emplace_back("Lines are dictionaries as Python prints them; they are read as JSON");
    }
    if (lines.prefixed > 0) {
        guess.notes.emplace_back("Lines have words before their object; these are kept as line_prefix");
    }
    return guess;
}

// The first of the known wrappers that is an array of objects in the document at the start of head.
std::string wrappedArray(std::string_view head) {
    for (const auto name : kWrappers) {
        bool incomplete = false;
        const std::size_t at = findJsonArray(head, name, &incomplete);
        if (at != npos) {
            const JsonExtent first = nextJsonValue(head, at);
            if (first.begin < head.size() && head[first.begin] == '{') {
                return std::string(name);
            }
        }
    }
    return {};
}

}  // namespace

std::optional<JsonGuess> sniffJson(std::string_view head, bool whole) {
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first == npos) {
        return {};
    }
    JsonGuess guess;
    if (head[first] == '[') {
        const auto inner = head.find_first_not_of(" \t\r\n", first + 1);
        const bool array = inner == npos ? head.size() > first + 1 || whole
                                         : (head[inner] == '{' && beginsObject(head, inner)) || head[inner] == ']';
        if (array) {
            guess.format = Format::jsonArray;
            return guess;
        }
    }
    const Lines lines = judgeLines(head, whole);
    if (beginsPython(head.substr(first))) {
        guess.python = lines.pythons == 0;
        return guess.python ? guess : linesOf(lines);
    }
    if (head[first] != '{' || !beginsObject(head, first)) {
        return lines.readable() > 1 ? linesOf(lines) : std::nullopt;
    }
    if (auto found = linesOf(lines)) {
        return found;
    }
    const JsonExtent value = nextJsonValue(head, first);
    const bool single = value.kind != JsonExtent::Kind::value ||
                        (whole && nextJsonValue(head, value.end).kind == JsonExtent::Kind::none);
    if (single) {
        guess.recordPath = wrappedArray(head.substr(first));
        if (!guess.recordPath.empty()) {
            guess.format = Format::jsonArray;
            guess.confidence = 0.8;
            guess.notes.push_back(fmt::format("One document; its records are the array \"{}\"", guess.recordPath));
            return guess;
        }
    }
    guess.format = lines.objects == 1 && lines.others == 0 ? Format::jsonLines : Format::jsonSequence;
    return guess;
}

}  // namespace tierwise::ingest
