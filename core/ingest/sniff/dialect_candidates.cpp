// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/dialect_candidates.h"

#include <algorithm>
#include <array>
#include <map>

namespace tierwise::ingest {
namespace {

struct Known {
    std::string_view text;
    double prior;
    bool weak;
};
constexpr std::array<Known, 20> kKnown = {
    {{",", 1.0, false},        {"\t", 1.0, false},       {";", 1.0, false},    {"|", 0.98, false},
     {"\x1F", 1.0, false},     {"\x1E", 1.0, false},     {"\x01", 1.0, false}, {"\x02", 0.9, false},
     {"\xC2\xA7", 0.9, false}, {"\xC2\xA6", 0.9, false}, {"~", 0.85, false},   {"^", 0.85, false},
     {":", 0.6, true},         {" ", 0.6, true},         {"#", 0.6, true},     {"*", 0.6, true},
     {"&", 0.6, true},         {"!", 0.6, true},         {"=", 0.5, true},     {"/", 0.5, true}}};
constexpr std::string_view kQuotes = "\"'`~$%^*|";
constexpr std::string_view kPunctuation = ",;:|~^#*&!=/\\<>@$%+-_ \t";
constexpr std::size_t kMaxRuns = 6;
constexpr double kSeveral = 0.99;  // prior of delimiters of several characters

bool isPunctuation(char c) {
    return kPunctuation.find(c) != std::string_view::npos;
}

// Runs of the character with an even and with an odd length.
std::pair<std::size_t, std::size_t> evenAndOddRuns(std::string_view text, char c) {
    std::pair<std::size_t, std::size_t> runs{0, 0};
    for (std::size_t at = text.find(c); at != std::string_view::npos; at = text.find(c, at)) {
        const std::size_t begin = at;
        while (at < text.size() && text[at] == c) {
            ++at;
        }
        ++((at - begin) % 2 == 0 ? runs.first : runs.second);
    }
    return runs;
}

// True where two of the character together are the delimiter: nearly every run is even, and every one of the first
// line, which has no empty cells to make pairs of singles.
bool onlyInPairs(std::string_view sample, char c) {
    const auto [even, odd] = evenAndOddRuns(sample, c);
    if (even < 2 || odd * 10 > even) {
        return false;
    }
    const auto [evenFirst, oddFirst] = evenAndOddRuns(sample.substr(0, sample.find_first_of("\r\n")), c);
    return oddFirst == 0 && (evenFirst > 0 || odd == 0);
}

// Runs of one delimiter of several characters with nothing between, ", , ": how often, and of what.
std::pair<std::string_view, std::size_t> repeatedUnit(std::string_view run) {
    for (std::size_t size = 2; size <= 4 && size * 2 <= run.size(); ++size) {
        const std::string_view unit = run.substr(0, size);
        bool repeats = run.size() % size == 0 && unit.find_first_not_of(unit[0]) != std::string_view::npos;
        for (std::size_t at = size; repeats && at < run.size(); at += size) {
            repeats = run.substr(at, size) == unit;
        }
        if (repeats) {
            return {unit, run.size() / size};
        }
    }
    return {run, 1};
}

// Runs of two to four punctuation characters that occur at least once a line, most frequent first.
std::vector<std::string> frequentRuns(std::string_view sample) {
    std::map<std::string, std::size_t> runs;
    for (std::size_t at = 0; at < sample.size();) {
        const std::size_t begin = at;
        while (at < sample.size() && isPunctuation(sample[at])) {
            ++at;
        }
        const auto [unit, count] = repeatedUnit(sample.substr(begin, at - begin));
        if (unit.size() >= 2 && unit.size() <= 4) {
            runs[std::string(unit)] += count;
        }
        at += at == begin ? 1 : 0;
    }
    const auto lines = static_cast<std::size_t>(
        std::max(std::count(sample.begin(), sample.end(), '\n'), std::count(sample.begin(), sample.end(), '\r')));
    std::vector<std::pair<std::size_t, std::string>> frequent;
    for (const auto& [run, count] : runs) {
        if (count * 10 >= std::max<std::size_t>(lines, 1) * 9 && count >= 2 &&
            run.find_first_not_of(' ') != std::string::npos) {
            frequent.emplace_back(count, run);
        }
    }
    std::sort(frequent.rbegin(), frequent.rend());
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < frequent.size() && i < kMaxRuns; ++i) {
        texts.push_back(frequent[i].second);
    }
    return texts;
}

}  // namespace

std::vector<DelimiterCandidate> delimiterCandidates(std::string_view sample) {
    std::vector<DelimiterCandidate> candidates;
    for (const auto& known : kKnown) {
        if (sample.find(known.text) == std::string_view::npos) {
            continue;
        }
        if (known.text.size() == 1 && onlyInPairs(sample, known.text[0])) {
            candidates.push_back({std::string(2, known.text[0]), kSeveral, false});
            continue;  // alone it would make a column of nothing between every two
        }
        candidates.push_back({std::string(known.text), known.prior, known.weak});
    }
    for (auto& run : frequentRuns(sample)) {
        const bool known =
            std::any_of(candidates.begin(), candidates.end(), [&](const auto& other) { return other.text == run; });
        if (!known) {
            candidates.push_back({std::move(run), kSeveral, false});
        }
    }
    return candidates;
}

std::vector<char> quoteCandidates(std::string_view sample) {
    std::vector<char> candidates = {'"'};
    const auto boundary = [](char c) { return static_cast<unsigned char>(c) < 0x20 || isPunctuation(c); };
    std::vector<std::pair<std::size_t, char>> found;
    for (const char quote : kQuotes.substr(1)) {
        std::size_t opening = 0;
        std::size_t closing = 0;
        for (std::size_t at = sample.find(quote); at != std::string_view::npos; at = sample.find(quote, at + 1)) {
            if (at > 0 && sample[at - 1] == '\\') {
                continue;  // escaped: inside a cell
            }
            const bool before = at == 0 || (boundary(sample[at - 1]) && sample[at - 1] != quote);
            const bool after = at + 1 == sample.size() || (boundary(sample[at + 1]) && sample[at + 1] != quote);
            opening += before && !after ? 1 : 0;
            closing += after && !before ? 1 : 0;
        }
        if (opening > 0 && closing > 0 && std::min(opening, closing) * 3 >= std::max(opening, closing)) {
            found.emplace_back(opening, quote);
        }
    }
    std::sort(found.rbegin(), found.rend());
    for (std::size_t i = 0; i < found.size() && i < 3; ++i) {
        candidates.push_back(found[i].second);
    }
    return candidates;
}

std::vector<char> escapeCandidates(std::string_view sample, char quote, const std::string& delimiter) {
    std::map<char, std::size_t> before;
    for (std::size_t at = sample.find(quote); at != std::string_view::npos; at = sample.find(quote, at + 1)) {
        if (at == 0 || at + 1 >= sample.size()) {
            continue;
        }
        const char c = sample[at - 1];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                            (static_cast<unsigned char>(c) & 0x80U) != 0;
        if (!letter && c != quote && c != ' ' && c != '\n' && c != '\r' && c != '\t' &&
            delimiter.find(c) == std::string::npos && c != '(' && c != '[' && c != '{' && c != '.') {
            ++before[c];
        }
    }
    std::vector<char> candidates;
    candidates.reserve(before.size());
    for (const auto& [c, count] : before) {
        if (c == '\\' || count > 1) {  // any other once is punctuation before a stray quote
            candidates.push_back(c);
        }
    }
    std::sort(candidates.begin(), candidates.end(),
              [&](char a, char b) { return std::pair(before[a], a == '\\') > std::pair(before[b], b == '\\'); });
    candidates.resize(std::min<std::size_t>(candidates.size(), 3));
    return candidates;
}

}  // namespace tierwise::ingest
