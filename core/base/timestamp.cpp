// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timestamp.h"

#include <array>
#include <chrono>

#include <fmt/format.h>

namespace tierwise {
namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kNanosPerDay = 86'400 * kNanosPerSecond;

std::int64_t floorDiv(std::int64_t a, std::int64_t b) {
    return a / b - ((a % b != 0) && ((a < 0) != (b < 0)) ? 1 : 0);
}

// Reads exactly count digits at text[at]; -1 when they are not there.
int readDigits(std::string_view text, std::size_t& at, std::size_t count) {
    if (at + count > text.size()) {
        return -1;
    }
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char c = text[at + i];
        if (c < '0' || c > '9') {
            return -1;
        }
        value = value * 10 + (c - '0');
    }
    at += count;
    return value;
}

bool accept(std::string_view text, std::size_t& at, char wanted) {
    if (at < text.size() && text[at] == wanted) {
        ++at;
        return true;
    }
    return false;
}

std::optional<std::int64_t> readOffsetSeconds(std::string_view text, std::size_t& at) {
    if (at == text.size()) {
        return 0;
    }
    if (accept(text, at, 'Z') || accept(text, at, 'z')) {
        return 0;
    }
    const bool negative = text[at] == '-';
    if (!negative && text[at] != '+') {
        return {};
    }
    ++at;
    const int hours = readDigits(text, at, 2);
    int minutes = 0;
    if (at < text.size()) {
        accept(text, at, ':');
        minutes = readDigits(text, at, 2);
    }
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) {
        return {};
    }
    const std::int64_t seconds = hours * 3600 + minutes * 60;
    return negative ? -seconds : seconds;
}

// Reads "hh:mm[:ss[.fraction]]" as nanoseconds of the day; a leap second counts as the second before it.
std::optional<std::int64_t> readTimeOfDay(std::string_view text, std::size_t& at) {
    const int hour = readDigits(text, at, 2);
    if (hour < 0 || hour > 23 || !accept(text, at, ':')) {
        return {};
    }
    const int minute = readDigits(text, at, 2);
    if (minute < 0 || minute > 59) {
        return {};
    }
    int second = 0;
    std::int64_t fraction = 0;
    if (accept(text, at, ':')) {
        second = readDigits(text, at, 2);
        if (second < 0 || second > 60) {
            return {};
        }
        second = second == 60 ? 59 : second;
        if (accept(text, at, '.') || accept(text, at, ',')) {
            std::int64_t unit = kNanosPerSecond / 10;
            const std::size_t first = at;
            for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
                fraction += unit * (text[at] - '0');
                unit /= 10;
            }
            if (at == first) {
                return {};
            }
        }
    }
    return (std::int64_t{hour} * 3600 + minute * 60 + second) * kNanosPerSecond + fraction;
}

}  // namespace

Timestamp Timestamp::fromCivil(int year, unsigned month, unsigned day) {
    const std::chrono::sys_days days =
        std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day));
    return fromNanos(days.time_since_epoch().count() * kNanosPerDay);
}

std::optional<Timestamp> Timestamp::parseIso(std::string_view text) {
    std::size_t at = 0;
    const int year = readDigits(text, at, 4);
    if (year < 1678 || year > 2261 || !accept(text, at, '-')) {
        return {};
    }
    const int month = readDigits(text, at, 2);
    if (month < 0 || !accept(text, at, '-')) {
        return {};
    }
    const int day = readDigits(text, at, 2);
    const std::chrono::year_month_day date(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day < 0 ? 0 : day)));
    if (!date.ok()) {
        return {};
    }
    std::int64_t nanos = std::chrono::sys_days(date).time_since_epoch().count() * kNanosPerDay;
    if (at == text.size()) {
        return fromNanos(nanos);
    }
    if (!accept(text, at, 'T') && !accept(text, at, ' ') && !accept(text, at, 't')) {
        return {};
    }
    const auto timeOfDay = readTimeOfDay(text, at);
    if (!timeOfDay) {
        return {};
    }
    nanos += *timeOfDay;
    accept(text, at, ' ');
    const auto offset = readOffsetSeconds(text, at);
    if (!offset || at != text.size()) {
        return {};
    }
    return fromNanos(nanos - *offset * kNanosPerSecond);
}

std::int64_t Timestamp::day() const {
    return floorDiv(m_nanos, kNanosPerDay);
}

std::string Timestamp::toIsoDate() const {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day()))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::string Timestamp::toIso() const {
    const std::int64_t ofDay = m_nanos - day() * kNanosPerDay;
    const std::int64_t seconds = ofDay / kNanosPerSecond;
    std::string text =
        fmt::format("{}T{:02}:{:02}:{:02}", toIsoDate(), seconds / 3600, seconds / 60 % 60, seconds % 60);
    const std::int64_t fraction = ofDay % kNanosPerSecond;
    if (fraction != 0) {
        std::string digits = fmt::format("{:09}", fraction);
        digits.erase(digits.find_last_not_of('0') + 1);
        text += '.' + digits;
    }
    return text + 'Z';
}

}  // namespace tierwise
