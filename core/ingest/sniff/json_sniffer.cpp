// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/json_sniffer.h"

#include <array>

#include <fmt/format.h>

#include "core/ingest/reader/json_scanner.h"

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

// Of the first lines, how many are whole objects and how many are not.
void judgeLines(std::string_view head, bool whole, int& objects, int& others) {
    constexpr int kLines = 20;
    for (std::size_t at = 0; at < head.size() && objects + others < kLines;) {
        std::size_t end = head.find('\n', at);
        if (end == npos) {
            if (!whole && objects + others > 0) {
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
        ++(object ? objects : others);
    }
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
        if (!array) {
            return {};
        }
        guess.format = Format::jsonArray;
        return guess;
    }
    if (head[first] != '{' || !beginsObject(head, first)) {
        return {};
    }
    int objects = 0;
    int others = 0;
    judgeLines(head, whole, objects, others);
    if (objects > 1 || (objects == 1 && others == 1)) {
        guess.confidence = static_cast<double>(objects) / (objects + others);
        if (objects >= others) {
            return guess;
        }
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
    guess.format = objects == 1 && others == 0 ? Format::jsonLines : Format::jsonSequence;
    return guess;
}

}  // namespace tierwise::ingest
