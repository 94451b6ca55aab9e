// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/conditions.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include <date/tz.h>

namespace tierwise::catalog {

namespace {

constexpr std::int64_t kNoBound = std::numeric_limits<std::int64_t>::max();

std::int64_t above(const Conditions& when) {
    return when.promptAbove.value_or(-1);
}

std::int64_t upTo(const Conditions& when) {
    return when.promptUpTo.value_or(kNoBound);
}

bool windowsMeet(const TimeWindow& a, const TimeWindow& b) {
    if (a.zone != b.zone) {
        return true;  // cannot be told apart without a date
    }
    if ((a.weekdays & b.weekdays) == 0) {
        return false;
    }
    return std::any_of(a.ranges.begin(), a.ranges.end(), [&](const auto& mine) {
        return std::any_of(b.ranges.begin(), b.ranges.end(),
                           [&](const auto& other) { return mine.first < other.second && other.first < mine.second; });
    });
}

}  // namespace

int Conditions::specificity() const {
    return static_cast<int>(!serviceTier.empty()) + static_cast<int>(!region.empty()) +
           static_cast<int>(promptAbove || promptUpTo) + static_cast<int>(window.has_value());
}

Conditions withoutPrompt(Conditions when) {
    when.promptAbove.reset();
    when.promptUpTo.reset();
    return when;
}

bool datesMeet(const RateCard& a, const RateCard& b) {
    const bool aEndsFirst = a.to && b.from && *a.to <= *b.from;
    const bool bEndsFirst = b.to && a.from && *b.to <= *a.from;
    return !aEndsFirst && !bEndsFirst;
}

bool canMeet(const Conditions& a, const Conditions& b) {
    const auto wordsMeet = [](const std::string& x, const std::string& y) { return x.empty() || y.empty() || x == y; };
    return wordsMeet(a.serviceTier, b.serviceTier) && wordsMeet(a.region, b.region) &&
           std::max(above(a), above(b)) < std::min(upTo(a), upTo(b)) &&
           (!a.window || !b.window || windowsMeet(*a.window, *b.window));
}

bool coversMeeting(const Conditions& c, const Conditions& a, const Conditions& b) {
    const auto wordCovers = [](const std::string& word, const std::string& x, const std::string& y) {
        return word.empty() || word == x || word == y;
    };
    const bool windowCovers = !c.window || (a.window && *c.window == *a.window) || (b.window && *c.window == *b.window);
    return wordCovers(c.serviceTier, a.serviceTier, b.serviceTier) && wordCovers(c.region, a.region, b.region) &&
           above(c) <= std::max(above(a), above(b)) && upTo(c) >= std::min(upTo(a), upTo(b)) && windowCovers;
}

bool isOpen(const TimeWindow& window, Timestamp at) {
    using namespace std::chrono;
    std::int64_t localSeconds = at.nanos() / 1'000'000'000 - (at.nanos() % 1'000'000'000 < 0 ? 1 : 0);
    if (window.zone != "UTC") {
        try {
            const auto* zone = date::locate_zone(window.zone);
            localSeconds += zone->get_info(date::sys_seconds(seconds(localSeconds))).offset.count();
        } catch (const std::exception&) {
            return false;
        }
    }
    std::int64_t day = localSeconds / 86400;
    std::int64_t second = localSeconds % 86400;
    if (second < 0) {
        second += 86400;
        --day;
    }
    const auto weekday = static_cast<unsigned>(((day + 3) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
    const auto minute = static_cast<int>(second / 60);
    return ((window.weekdays >> weekday) & 1U) != 0 &&
           std::any_of(window.ranges.begin(), window.ranges.end(),
                       [&](const auto& range) { return minute >= range.first && minute < range.second; });
}

}  // namespace tierwise::catalog
