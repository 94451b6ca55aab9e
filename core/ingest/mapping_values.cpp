// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/mapping_values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "core/base/decimal.h"
#include "core/ingest/sniff/column_types.h"

namespace tierwise::ingest {
namespace {

constexpr std::int64_t kLargestCount = std::int64_t{1} << 53;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool equalsNoCase(std::string_view a, std::string_view lower) {
    return a.size() == lower.size() && std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
           });
}

// Bytes of the mark between groups of digits that the text begins with: the form's own, or one that is never a decimal
// mark (apostrophes and spaces of the kinds that Unicode has for it); 0 where it is none.
std::size_t groupMark(std::string_view text, char group) {
    if (text[0] == group || text[0] == '\'' || text[0] == '_' || text[0] == ' ') {
        return 1;
    }
    for (const std::string_view mark : {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\x89", "\xE2\x80\xAF", "\xE2\x80\x99"}) {
        if (text.substr(0, mark.size()) == mark) {
            return mark.size();
        }
    }
    return 0;
}

// Copies a number without its digit grouping into the buffer, with '.' for the decimal mark. Groups must be of three
// digits, or as in India of two before the last three, so that "1,5" in the plain form is refused rather than read as
// 15. Nothing when it is malformed or too long.
std::optional<std::string_view> ungrouped(std::string_view text, NumberForm form, std::array<char, 64>& buffer) {
    const char decimal = form == NumberForm::plain ? '.' : ',';
    const char group = form == NumberForm::plain ? ',' : '.';
    if (text.empty() || text.size() > buffer.size()) {
        return {};
    }
    std::size_t used = 0;
    std::size_t sinceGroup = 0;
    std::size_t between = 0;  // digits of the groups after the first
    bool grouped = false;
    bool fraction = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        std::size_t mark = 0;
        if (isDigit(c)) {
            ++sinceGroup;
            buffer[used++] = c;
        } else if (!fraction && i > 0 && isDigit(text[i - 1]) && (mark = groupMark(text.substr(i), group)) > 0) {
            if (grouped && between == 0) {
                between = sinceGroup == 2 && c == ',' ? 2 : 3;
            }
            if ((grouped && sinceGroup != between) || sinceGroup > 3 || i + mark >= text.size() ||
                !isDigit(text[i + mark])) {
                return {};
            }
            grouped = true;
            sinceGroup = 0;
            i += mark - 1;
        } else if (c == decimal && !fraction) {
            if (grouped && sinceGroup != 3) {
                return {};
            }
            fraction = true;
            buffer[used++] = '.';
        } else if (c == '-' || c == '+' || c == 'e' || c == 'E') {
            fraction = fraction || c == 'e' || c == 'E';
            buffer[used++] = c;
        } else {
            return {};
        }
    }
    if (grouped && !fraction && sinceGroup != 3) {
        return {};
    }
    return std::string_view(buffer.data(), used);
}

}  // namespace

bool isMissing(std::string_view text) {
    // Nearly every value is decided by its length or its first character.
    return text.empty() || (text.size() <= 9 && !isDigit(text.front()) && isMissingValue(text));
}

std::optional<std::int64_t> parseCount(std::string_view text, NumberForm form, Unit unit) {
    if (!text.empty() && text.size() <= 15 && unit != Unit::thousands) {
        std::int64_t value = 0;
        std::size_t i = 0;
        for (; i < text.size() && isDigit(text[i]); ++i) {
            value = value * 10 + (text[i] - '0');
        }
        if (i == text.size()) {
            return value;
        }
    }
    std::array<char, 64> buffer;
    const auto plain = ungrouped(text, form, buffer);
    if (!plain) {
        return {};
    }
    // With three decimals for thousands, "1.5" thousand is 1500 and exact.
    const auto scaled = parseScaledDecimal(*plain, unit == Unit::thousands ? 3 : 0);
    if (!scaled || *scaled < 0 || *scaled > kLargestCount) {
        return {};
    }
    return scaled;
}

std::optional<double> parseNumber(std::string_view text, NumberForm form) {
    std::array<char, 64> buffer;
    auto plain = ungrouped(text, form, buffer);
    if (!plain) {
        return {};
    }
    if (!plain->empty() && plain->front() == '+') {
        plain->remove_prefix(1);
    }
    double value = 0;
    const auto [end, error] = std::from_chars(plain->data(), plain->data() + plain->size(), value);
    if (error != std::errc() || end != plain->data() + plain->size() || !std::isfinite(value)) {
        return {};
    }
    return value;
}

namespace {

// Good is 1, bad is 0: a word in any case, with or without what joins it.
std::optional<double> scoreWord(std::string_view text) {
    static const std::map<std::string, double> kWords = {
        {"true", 1},       {"yes", 1},       {"y", 1},        {"t", 1},        {"pass", 1},       {"passed", 1},
        {"ok", 1},         {"correct", 1},   {"right", 1},    {"resolved", 1}, {"success", 1},    {"successful", 1},
        {"succeeded", 1},  {"solved", 1},    {"up", 1},       {"thumbsup", 1}, {"thumbup", 1},    {"upvote", 1},
        {"like", 1},       {"liked", 1},     {"good", 1},     {"positive", 1}, {"accepted", 1},   {"false", 0},
        {"no", 0},         {"n", 0},         {"f", 0},        {"fail", 0},     {"failed", 0},     {"failure", 0},
        {"wrong", 0},      {"incorrect", 0}, {"error", 0},    {"unsolved", 0}, {"unresolved", 0}, {"down", 0},
        {"thumbsdown", 0}, {"thumbdown", 0}, {"downvote", 0}, {"dislike", 0},  {"disliked", 0},   {"bad", 0},
        {"negative", 0},   {"rejected", 0}};
    // Thumbs, of any colour of skin; check marks and crosses.
    static constexpr std::pair<std::string_view, double> kSigns[] = {
        {"\xF0\x9F\x91\x8D", 1}, {"\xE2\x9C\x94", 1}, {"\xE2\x9C\x93", 1}, {"\xE2\x9C\x85", 1},
        {"\xF0\x9F\x91\x8E", 0}, {"\xE2\x9C\x98", 0}, {"\xE2\x9C\x97", 0}, {"\xE2\x9D\x8C", 0}};
    for (const auto& [sign, score] : kSigns) {
        if (text.substr(0, sign.size()) == sign) {
            return score;
        }
    }
    std::string word;
    for (const char c : text) {
        if (c != '_' && c != '-' && c != ' ' && word.size() < 16) {
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    const auto found = kWords.find(word);
    return found == kWords.end() ? std::nullopt : std::optional<double>(found->second);
}

// "4", "4/5", "4 of 5" or that many stars.
std::optional<double> starCount(std::string_view text, NumberForm form) {
    constexpr std::string_view kStar = "\xE2\x98\x85";
    constexpr std::string_view kYellowStar = "\xE2\xAD\x90";
    constexpr std::string_view kEmptyStar = "\xE2\x98\x86";
    double stars = 0;
    std::string_view rest = text;
    while (!rest.empty()) {
        const bool full = rest.substr(0, kStar.size()) == kStar || rest.substr(0, kYellowStar.size()) == kYellowStar;
        if (!full && rest.substr(0, kEmptyStar.size()) != kEmptyStar) {
            break;
        }
        stars += full ? 1 : 0;
        rest.remove_prefix(kStar.size());
    }
    if (rest.empty() && stars > 0) {
        return stars;
    }
    for (const std::string_view end : {"/5", "/ 5", "of 5"}) {
        if (text.size() > end.size() && text.substr(text.size() - end.size()) == end) {
            return parseNumber(trimmed(text.substr(0, text.size() - end.size())), form);
        }
    }
    return parseNumber(text, form);
}

}  // namespace

std::optional<double> parseScore(std::string_view text, NumberForm form, Unit unit) {
    const auto within = [](std::optional<double> value, double least, double most) {
        return value && *value >= least && *value <= most ? std::optional<double>((*value - least) / (most - least))
                                                          : std::nullopt;
    };
    if (!text.empty() && text.back() == '%') {
        return within(parseNumber(trimmed(text.substr(0, text.size() - 1)), form), 0, 100);
    }
    const auto value = unit == Unit::stars ? starCount(text, form) : parseNumber(text, form);
    if (!value) {
        return scoreWord(text);
    }
    switch (unit) {
        case Unit::percent:
            return within(value, 0, 100);
        case Unit::ofTen:
            return within(value, 0, 10);
        case Unit::stars:
            return within(value, 1, 5);
        case Unit::thumbs:
            return *value == 1                   ? std::optional<double>(1)
                   : *value == 0 || *value == -1 ? std::optional<double>(0)
                                                 : std::nullopt;
        default:
            return within(value, 0, 1);
    }
}

std::optional<Money> parseCost(std::string_view text, NumberForm form, Unit unit) {
    bool negative = false;
    if (!text.empty() && text.front() == '-' && text.size() > 1 && text[1] == '$') {
        negative = true;
        text.remove_prefix(1);
    }
    if (!text.empty() && text.front() == '$') {
        text = trimmed(text.substr(1));
    }
    for (const std::string_view word : {"usd", "$", "\xC2\xA2", "cents", "dollars"}) {
        if (text.size() > word.size() && equalsNoCase(text.substr(text.size() - word.size()), word)) {
            text = trimmed(text.substr(0, text.size() - word.size()));
            break;
        }
    }
    if (text.size() > 3 && equalsNoCase(text.substr(0, 3), "usd")) {
        text = trimmed(text.substr(3));
    }
    std::array<char, 64> buffer;
    const auto plain = ungrouped(text, form, buffer);
    if (!plain) {
        return {};
    }
    // 10^-12 dollars = 10^-10 cents = 10^-6 micro-dollars.
    const int scale = unit == Unit::cents ? Money::kScale - 2 : unit == Unit::microDollars ? 6 : Money::kScale;
    bool rounded = false;
    const auto pico = parseScaledDecimalRounded(*plain, scale, &rounded);
    if (!pico) {
        return {};
    }
    return Money::fromPico(negative ? -*pico : *pico);
}

std::optional<Timestamp> TimeReader::epoch(std::string_view text, Unit unit) const {
    // Only digits with at most one point and a sign: anything else is a civil time.
    std::size_t wholeDigits = 0;
    bool point = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (isDigit(text[i])) {
            wholeDigits += point ? 0U : 1U;
        } else if (text[i] == '.' && !point) {
            point = true;
        } else if (text[i] == 'e' || text[i] == 'E') {
            point = true;
        } else if (text[i] != '-' && text[i] != '+') {
            return {};
        }
    }
    int digits = 9;
    if (unit == Unit::milliseconds) {
        digits = 6;
    } else if (unit == Unit::microseconds) {
        digits = 3;
    } else if (unit == Unit::nanoseconds) {
        digits = 0;
    } else if (unit == Unit::automatic && !m_relative) {
        // 11 digits of seconds are the year 5138; 14 of ms and 17 of us are too.
        digits = wholeDigits <= 11 ? 9 : wholeDigits <= 14 ? 6 : wholeDigits <= 17 ? 3 : 0;
    }
    bool rounded = false;
    const auto nanos = parseScaledDecimalRounded(text, digits, &rounded);
    std::int64_t sum = 0;
    if (!nanos || __builtin_add_overflow(*nanos, m_epochNanos, &sum)) {
        return {};
    }
    return Timestamp::fromNanos(sum);
}

std::optional<Timestamp> TimeReader::parse(std::string_view text, Unit unit, const char** hint) const {
    auto time = fastIso(text);
    if (!time && !text.empty()) {
        const bool number = isDigit(text.front()) || text.front() == '-' || text.front() == '.';
        // Eight digits are a date (20261001) unless times are relative or have a unit.
        const bool compactDate = text.size() == 8 && !m_relative && unit == Unit::automatic &&
                                 std::all_of(text.begin(), text.end(), isDigit);
        time = number && !compactDate ? epoch(text, unit) : std::nullopt;
        if (!time) {
            time = civil(text, hint);
        }
    }
    if (!time) {
        if (hint != nullptr && *hint == nullptr) {
            *hint = "Choose another column for the time, or correct it: ISO 8601 (2026-10-01T12:00:00Z) always works.";
        }
        return {};
    }
    std::int64_t shifted = 0;
    if (__builtin_add_overflow(time->nanos(), m_shiftNanos, &shifted)) {
        return {};
    }
    return Timestamp::fromNanos(shifted);
}

}  // namespace tierwise::ingest
