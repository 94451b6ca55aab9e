// SPDX-License-Identifier: GPL-3.0-or-later
// Times with a calendar date: the ISO fast path, time zones, and the looser forms that exports and spreadsheets write.
#include <algorithm>
#include <array>
#include <chrono>
#include <stdexcept>

#include <date/tz.h>

#include "core/ingest/mapping_values.h"

namespace tierwise::ingest {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kDay = 86'400 * kSecond;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

int twoDigits(const char* at) {
    return isDigit(at[0]) && isDigit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

std::optional<std::int64_t> dayNanos(int year, int month, int day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (month < 1 || day < 1 || !date.ok() || year < 1700 || year > 2250) {
        return {};
    }
    return std::chrono::sys_days(date).time_since_epoch().count() * kDay;
}

// The day of "YYYY-MM-DD" in nanoseconds; neighbouring rows mostly share it, so the last answer is kept.
std::optional<std::int64_t> isoDay(const char* at) {
    struct Memo {
        std::array<char, 10> text{};
        std::int64_t nanos = 0;
    };
    thread_local Memo memo;
    if (std::equal(memo.text.begin(), memo.text.end(), at)) {
        return memo.nanos;
    }
    const int century = twoDigits(at);
    const int year = twoDigits(at + 2);
    const auto nanos = century < 0 || year < 0 || at[4] != '-' || at[7] != '-'
                           ? std::nullopt
                           : dayNanos(century * 100 + year, twoDigits(at + 5), twoDigits(at + 8));
    if (nanos) {
        std::copy(at, at + 10, memo.text.begin());
        memo.nanos = *nanos;
    }
    return nanos;
}

// "hh:mm:ss" as nanoseconds of the day.
std::optional<std::int64_t> clockNanos(const char* at) {
    const int hour = twoDigits(at);
    const int minute = twoDigits(at + 3);
    const int second = twoDigits(at + 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || at[2] != ':' ||
        at[5] != ':') {
        return {};
    }
    return (hour * 3600 + minute * 60 + second) * kSecond;
}

}  // namespace

Result<TimeReader> TimeReader::create(const Conventions& conventions) {
    TimeReader reader;
    reader.m_order = conventions.dates;
    std::int64_t shift = 0;
    if (__builtin_mul_overflow(conventions.timeShiftSeconds, kSecond, &shift)) {
        return fail(ErrorCode::invalidArgument, "the shift of the times is out of range", "Give it in seconds.");
    }
    reader.m_shiftNanos = shift;
    if (!conventions.timeEpoch.empty()) {
        const auto epoch = Timestamp::parseIso(conventions.timeEpoch);
        if (!epoch) {
            return fail(ErrorCode::invalidArgument, "\"" + conventions.timeEpoch + "\" is not an ISO time",
                        "Write the moment that times are counted from as 2026-10-01T00:00:00Z.");
        }
        reader.m_epochNanos = epoch->nanos();
        reader.m_relative = true;
    }
    if (!conventions.timeZone.empty() && conventions.timeZone != "UTC") {
        try {
            reader.m_zone = date::locate_zone(conventions.timeZone);
        } catch (const std::runtime_error&) {
            return fail(ErrorCode::invalidArgument, "\"" + conventions.timeZone + "\" is not a known time zone",
                        "Use a name of the IANA list, as Europe/Berlin or UTC.");
        }
    }
    return reader;
}

Timestamp TimeReader::fromLocal(std::int64_t localNanos) const {
    if (m_zone == nullptr) {
        return Timestamp::fromNanos(localNanos);
    }
    // A time that the clock skipped is moved by the gap, one that it showed twice is taken the first time.
    const date::local_time<std::chrono::nanoseconds> local{std::chrono::nanoseconds(localNanos)};
    const auto info = m_zone->get_info(local);
    return Timestamp::fromNanos(localNanos - info.first.offset.count() * kSecond);
}

std::optional<Timestamp> TimeReader::fastIso(std::string_view text) const {
    if (text.size() < 10 || !isDigit(text[0]) || text[4] != '-') {
        return {};
    }
    const auto day = isoDay(text.data());
    if (!day) {
        return {};
    }
    if (text.size() == 10) {
        return fromLocal(*day);
    }
    if (text.size() < 19 || (text[10] != 'T' && text[10] != ' ')) {
        return {};
    }
    const auto clock = clockNanos(text.data() + 11);
    if (!clock) {
        return {};
    }
    std::int64_t nanos = *day + *clock;
    std::size_t at = 19;
    if (at < text.size() && text[at] == '.') {
        std::int64_t unit = kSecond / 10;
        for (++at; at < text.size() && isDigit(text[at]); ++at, unit /= 10) {
            nanos += unit * (text[at] - '0');
        }
    }
    if (at == text.size()) {
        return fromLocal(nanos);
    }
    if (at + 1 == text.size() && text[at] == 'Z') {
        return Timestamp::fromNanos(nanos);
    }
    return Timestamp::parseIso(text);
}

std::optional<Timestamp> TimeReader::civil(std::string_view text, const char** hint) const {
    std::optional<Timestamp> time;
    TimeStyle style = m_order == DateOrder::dayFirst     ? TimeStyle::dayFirst
                      : m_order == DateOrder::monthFirst ? TimeStyle::monthFirst
                                                         : TimeStyle::yearFirst;
    time = parseTime(text, style);
    if (!time && style == TimeStyle::yearFirst) {
        const auto dayFirst = parseTime(text, TimeStyle::dayFirst);
        const auto monthFirst = parseTime(text, TimeStyle::monthFirst);
        if (dayFirst && monthFirst && *dayFirst != *monthFirst) {
            if (hint != nullptr) {
                *hint = kDayOrMonth;
            }
            return {};
        }
        style = dayFirst ? TimeStyle::dayFirst : TimeStyle::monthFirst;
        time = dayFirst ? dayFirst : monthFirst;
    } else if (!time) {
        time = parseTime(text, style = TimeStyle::yearFirst);
    }
    if (!time || m_zone == nullptr) {
        return time;
    }
    // A time that moves with the assumed zone has no offset of its own.
    const bool local = parseTime(text, style, 60) != time;
    return local ? fromLocal(time->nanos()) : *time;
}

}  // namespace tierwise::ingest
