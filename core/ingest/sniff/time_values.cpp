// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <string>

#include "core/base/decimal.h"
#include "core/ingest/sniff/values.h"

namespace tierwise::ingest {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Reads numbers and words off the front of a text.
class TimeText {
public:
    explicit TimeText(std::string_view text) : m_text(text) {}

    [[nodiscard]] bool atEnd() const { return m_text.empty(); }
    [[nodiscard]] char peek() const { return m_text.empty() ? '\0' : m_text.front(); }
    bool accept(char c) {
        if (peek() != c || m_text.empty()) {
            return false;
        }
        m_text.remove_prefix(1);
        return true;
    }
    void skip(std::string_view any) {
        while (!m_text.empty() && any.find(m_text.front()) != std::string_view::npos) {
            m_text.remove_prefix(1);
        }
    }
    /// Up to max digits; -1 where there is none. count: how many there were.
    int number(std::size_t max, std::size_t* count = nullptr) {
        int value = 0;
        std::size_t size = 0;
        while (size < max && size < m_text.size() && isDigit(m_text[size])) {
            value = value * 10 + (m_text[size] - '0');
            ++size;
        }
        if (count != nullptr) {
            *count = size;
        }
        m_text.remove_prefix(size);
        return size == 0 ? -1 : value;
    }
    std::string word() {
        std::string lower;
        while (!m_text.empty() && isLetter(m_text.front())) {
            const char c = m_text.front();
            lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
            m_text.remove_prefix(1);
        }
        return lower;
    }
    /// Digits of a fraction as nanoseconds; digits beyond the ninth are dropped.
    std::int64_t fraction() {
        std::int64_t value = 0;
        std::int64_t unit = kNanosPerSecond / 10;
        while (!m_text.empty() && isDigit(m_text.front())) {
            value += (m_text.front() - '0') * unit;
            unit /= 10;
            m_text.remove_prefix(1);
        }
        return value;
    }
    [[nodiscard]] std::string_view rest() const { return m_text; }

private:
    std::string_view m_text;
};

int monthOf(const std::string& word) {
    for (std::size_t i = 0; i < kMonths.size(); ++i) {
        if (word.size() >= 3 && word.substr(0, 3) == kMonths[i]) {
            return static_cast<int>(i) + 1;
        }
    }
    return 0;
}

bool isDayName(const std::string& word) {
    for (const auto day : kDays) {
        if (word.size() >= 3 && word.substr(0, 3) == day) {
            return true;
        }
    }
    return false;
}

int daysIn(int year, int month) {
    constexpr std::array<int, 12> kLength = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : kLength[static_cast<std::size_t>(month - 1)];
}

struct Civil {
    int year = 0;
    int month = 0;
    int day = 0;
};

// Three parts in the style's order; a month by name may stand first or second.
std::optional<Civil> readDate(TimeText& text, TimeStyle style) {
    std::array<int, 3> parts{};
    std::array<std::size_t, 3> digits{};
    int named = -1;
    if (isLetter(text.peek())) {
        TimeText ahead = text;
        if (isDayName(ahead.word())) {
            text = ahead;
            text.skip(", .");
        }
    }
    // "20231116T181703Z"
    TimeText packed = text;
    std::size_t count = 0;
    const int eight = packed.number(8, &count);
    if (count == 8 && !isDigit(packed.peek()) && style == TimeStyle::yearFirst) {
        text = packed;
        parts = {eight / 10000, eight / 100 % 100, eight % 100};
        digits = {4, 2, 2};
    } else {
        for (std::size_t i = 0; i < 3; ++i) {
            if (isLetter(text.peek()) && named < 0) {
                parts[i] = monthOf(text.word());
                named = static_cast<int>(i);
                if (parts[i] == 0) {
                    return {};
                }
            } else {
                parts[i] = text.number(4, &digits[i]);
                if (parts[i] < 0) {
                    return {};
                }
            }
            if (i < 2) {
                const std::string_view before = text.rest();
                const bool nameNext = before.size() > 1 && before[0] == ' ' && isLetter(before[1]);
                text.skip(named >= 0 || nameNext ? "-/., " : "-/.");
                if (text.rest().size() == before.size()) {
                    return {};
                }
            }
        }
    }
    Civil date;
    if (named == 0) {
        date = {parts[2], parts[0], parts[1]};  // "May 4, 2018"
    } else if (digits[0] == 4 || (named < 0 && style == TimeStyle::yearFirst)) {
        if (style != TimeStyle::yearFirst && named < 0) {
            return {};
        }
        date = {parts[0], parts[1], parts[2]};
    } else if (style == TimeStyle::monthFirst && named < 0) {
        date = {parts[2], parts[0], parts[1]};
    } else {
        date = {parts[2], parts[1], parts[0]};
    }
    const std::size_t yearDigits = digits[0] == 4 ? 4 : digits[2];
    if (style == TimeStyle::yearFirst && named < 0 && digits[0] != 4) {
        return {};
    }
    if (yearDigits == 2) {
        date.year += date.year < 70 ? 2000 : 1900;
    } else if (yearDigits != 4) {
        return {};
    }
    const bool valid = date.year >= 1678 && date.year <= 2261 && date.month >= 1 && date.month <= 12 && date.day >= 1 &&
                       date.day <= daysIn(date.year, date.month);
    return valid ? std::optional<Civil>(date) : std::nullopt;
}

// "18:17[:03[.979]] [PM]", also "181703" and "18.17"; nothing where it is wrong.
std::optional<std::int64_t> readTimeOfDay(TimeText& text) {
    std::size_t count = 0;
    TimeText packed = text;
    const int six = packed.number(6, &count);
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::int64_t nanos = 0;
    if (count == 6 || count == 4) {
        text = packed;
        hour = count == 6 ? six / 10000 : six / 100;
        minute = count == 6 ? six / 100 % 100 : six % 100;
        second = count == 6 ? six % 100 : 0;
    } else {
        hour = text.number(2);
        if (hour < 0 || !(text.accept(':') || text.accept('.'))) {
            return {};
        }
        minute = text.number(2, &count);
        if (count != 2) {
            return {};
        }
        if (text.accept(':')) {
            second = text.number(2, &count);
            if (count != 2) {
                return {};
            }
        }
    }
    if ((text.peek() == '.' || text.peek() == ',') && text.rest().size() > 1 && isDigit(text.rest()[1])) {
        text.accept(text.peek());
        nanos = text.fraction();
    }
    TimeText ahead = text;
    ahead.skip(" ");
    const std::string half = ahead.word();
    if (half == "am" || half == "pm") {
        if (hour < 1 || hour > 12) {
            return {};
        }
        hour = hour % 12 + (half == "pm" ? 12 : 0);
        text = ahead;
    }
    const bool midnight = hour == 24 && minute == 0 && second == 0;
    if ((hour > 23 && !midnight) || minute > 59 || second > 60) {
        return {};
    }
    return (hour * 3600LL + minute * 60LL + std::min(second, 59)) * kNanosPerSecond + nanos;
}

// Minutes east of UTC; the fallback where there is no zone; nothing where what is left is no zone.
std::optional<int> readZone(TimeText& text, int fallback) {
    text.skip(" ");
    if (text.atEnd()) {
        return fallback;
    }
    int zone = fallback;
    if (isLetter(text.peek())) {
        const std::string word = text.word();
        if (word != "z" && word != "utc" && word != "gmt") {
            return {};
        }
        zone = 0;
    }
    if (text.peek() == '+' || text.peek() == '-') {
        const bool west = text.peek() == '-';
        text.accept(text.peek());
        std::size_t count = 0;
        const int hours = text.number(2, &count);
        if (count == 0 || hours > 14) {
            return {};
        }
        text.accept(':');
        int minutes = 0;
        if (isDigit(text.peek())) {
            minutes = text.number(2, &count);
            if (count != 2 || minutes > 59) {
                return {};
            }
        }
        zone = (hours * 60 + minutes) * (west ? -1 : 1);
    }
    text.skip(" ");
    if (text.peek() == '(') {  // "GMT-0700 (PDT)"
        const auto close = text.rest().find(')');
        return close == text.rest().size() - 1 ? std::optional<int>(zone) : std::nullopt;
    }
    return text.atEnd() ? std::optional<int>(zone) : std::nullopt;
}

std::optional<Timestamp> readEpoch(std::string_view text, int scale) {
    bool rounded = false;  // beyond nanoseconds there is nothing to keep
    const auto nanos = parseScaledDecimalRounded(text, scale, &rounded);
    return nanos ? std::optional<Timestamp>(Timestamp::fromNanos(*nanos)) : std::nullopt;
}

}  // namespace

std::optional<Timestamp> parseTime(std::string_view text, TimeStyle style, int zoneMinutes) {
    text = trimmed(text);
    switch (style) {
        case TimeStyle::epochSeconds:
            return readEpoch(text, 9);
        case TimeStyle::epochMillis:
            return readEpoch(text, 6);
        case TimeStyle::epochMicros:
            return readEpoch(text, 3);
        case TimeStyle::epochNanos:
            return readEpoch(text, 0);
        default:
            break;
    }
    if (style == TimeStyle::yearFirst && zoneMinutes == 0) {
        if (const auto iso = Timestamp::parseIso(text)) {
            return iso;
        }
    }
    TimeText rest(text);
    const auto date = readDate(rest, style);
    if (!date) {
        return {};
    }
    std::int64_t ofDay = 0;
    int zone = zoneMinutes;
    if (!rest.atEnd()) {
        const std::string_view before = rest.rest();
        if (!rest.accept('T') && !rest.accept('t') && !rest.accept('_')) {
            rest.skip(" ,");
        }
        if (rest.rest().size() == before.size()) {
            return {};
        }
        const auto time = readTimeOfDay(rest);
        if (!time) {
            return {};
        }
        ofDay = *time;
        const auto found = readZone(rest, zoneMinutes);
        if (!found) {
            return {};
        }
        zone = *found;
    }
    const Timestamp midnight =
        Timestamp::fromCivil(date->year, static_cast<unsigned>(date->month), static_cast<unsigned>(date->day));
    return Timestamp::fromNanos(midnight.nanos() + ofDay - zone * 60LL * kNanosPerSecond);
}

const char* timeStyleName(TimeStyle style) {
    switch (style) {
        case TimeStyle::dayFirst:
            return "dayFirst";
        case TimeStyle::monthFirst:
            return "monthFirst";
        case TimeStyle::epochSeconds:
            return "epochSeconds";
        case TimeStyle::epochMillis:
            return "epochMillis";
        case TimeStyle::epochMicros:
            return "epochMicros";
        case TimeStyle::epochNanos:
            return "epochNanos";
        case TimeStyle::yearFirst:
            break;
    }
    return "yearFirst";
}

bool isTypedValue(std::string_view text) {
    text = trimmed(text);
    return numberEvidence(text).isNumber || parseTime(text, TimeStyle::yearFirst) ||
           parseTime(text, TimeStyle::dayFirst) || parseTime(text, TimeStyle::monthFirst);
}

}  // namespace tierwise::ingest
