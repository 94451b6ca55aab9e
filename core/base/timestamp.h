// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tierwise {

/// A moment in UTC as nanoseconds since 1970-01-01T00:00:00Z (years 1678 to 2261). Logs carry up to 7 fractional
/// digits; nanoseconds keep them all.
class Timestamp {
public:
    constexpr Timestamp() = default;
    [[nodiscard]] static constexpr Timestamp fromNanos(std::int64_t nanos) {
        Timestamp t;
        t.m_nanos = nanos;
        return t;
    }
    [[nodiscard]] static constexpr Timestamp fromSeconds(std::int64_t seconds) {
        return fromNanos(seconds * 1'000'000'000);
    }
    /// Midnight UTC of a civil date; month 1..12, day 1..31.
    [[nodiscard]] static Timestamp fromCivil(int year, unsigned month, unsigned day);

    /// ISO 8601: "2026-10-01", "2026-10-01 00:00:03.1234567", "2026-10-01T00:00:03Z", "...+02:00". Without an offset
    /// the time is UTC. Nothing when it is not such a time or out of range. Looser forms are ingest's business.
    [[nodiscard]] static std::optional<Timestamp> parseIso(std::string_view text);

    [[nodiscard]] constexpr std::int64_t nanos() const { return m_nanos; }
    /// Days since the epoch, rounded down.
    [[nodiscard]] std::int64_t day() const;
    /// "2026-10-01T00:00:03.12Z": as many fractional digits as needed, none for a whole second.
    [[nodiscard]] std::string toIso() const;
    /// "2026-10-01"
    [[nodiscard]] std::string toIsoDate() const;

    constexpr auto operator<=>(const Timestamp&) const = default;

private:
    std::int64_t m_nanos = 0;
};

}  // namespace tierwise
