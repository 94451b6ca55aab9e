// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/int128.h"

namespace tierwise {

/// An amount of US dollars, exact, in pico-dollars (10^-12 $). Range +-9,223,372 $: the cost of one request or one
/// line. $1 per million tokens is 1,000,000 pico-dollars a token, so list prices with up to six decimals per million
/// are exact. Arithmetic is checked: overflow is an error, never a wrap. Sums over rows are MoneySum.
class Money {
public:
    static constexpr int kScale = 12;

    constexpr Money() = default;
    [[nodiscard]] static constexpr Money fromPico(std::int64_t pico) { return Money(pico); }

    /// Exact decimal dollars ("0.08585625", "-3", "1e-7"). Errors: not a number, more than 12 decimals, out of range.
    [[nodiscard]] static Result<Money> parse(std::string_view dollars);

    [[nodiscard]] constexpr std::int64_t pico() const { return m_pico; }

    /// Exact decimal dollars without trailing zeros; parse(toString()) gives the same value.
    [[nodiscard]] std::string toString() const;

    [[nodiscard]] Result<Money> plus(Money other) const;
    [[nodiscard]] Result<Money> minus(Money other) const;
    [[nodiscard]] Result<Money> times(std::int64_t factor) const;

    /// For charts and statistics only; never sum these into a bill.
    [[nodiscard]] constexpr double toDouble() const { return static_cast<double>(m_pico) * 1e-12; }

    constexpr auto operator<=>(const Money&) const = default;

private:
    constexpr explicit Money(std::int64_t pico) : m_pico(pico) {}
    std::int64_t m_pico = 0;
};

/// An exact sum of Money over any number of rows (128 bits: 1.7e26 $, out of reach of 2^63 rows of any Money).
class MoneySum {
public:
    constexpr MoneySum() = default;
    constexpr MoneySum(Money amount) : m_pico(amount.pico()) {}  // NOLINT: an amount is a sum of one
    [[nodiscard]] static constexpr MoneySum fromPico(Int128 pico) {
        MoneySum sum;
        sum.m_pico = pico;
        return sum;
    }

    constexpr MoneySum& operator+=(Money amount) {
        m_pico += amount.pico();
        return *this;
    }
    constexpr MoneySum& operator+=(MoneySum other) {
        m_pico += other.m_pico;
        return *this;
    }
    [[nodiscard]] constexpr MoneySum operator-(MoneySum other) const { return fromPico(m_pico - other.m_pico); }
    [[nodiscard]] constexpr MoneySum operator+(MoneySum other) const { return fromPico(m_pico + other.m_pico); }

    [[nodiscard]] constexpr Int128 pico() const { return m_pico; }
    [[nodiscard]] std::string toString() const;
    [[nodiscard]] constexpr double toDouble() const { return static_cast<double>(m_pico) * 1e-12; }
    /// Back to one Money; an error where it does not fit.
    [[nodiscard]] Result<Money> toMoney() const;

    constexpr auto operator<=>(const MoneySum&) const = default;

private:
    Int128 m_pico = 0;
};

/// A price of one token (or one unit of another meter), in pico-dollars. Not negative.
class Rate {
public:
    constexpr Rate() = default;
    [[nodiscard]] static constexpr Rate fromPicoPerUnit(std::int64_t pico) {
        Rate rate;
        rate.m_pico = pico;
        return rate;
    }
    /// Decimal dollars per million units ("0.44"): at most 6 decimals, not negative.
    [[nodiscard]] static Result<Rate> parsePerMillion(std::string_view dollars);
    [[nodiscard]] constexpr std::int64_t picoPerUnit() const { return m_pico; }
    [[nodiscard]] std::string perMillion() const;
    [[nodiscard]] Result<Money> times(std::int64_t quantity) const { return Money::fromPico(m_pico).times(quantity); }
    constexpr auto operator<=>(const Rate&) const = default;

private:
    std::int64_t m_pico = 0;
};

}  // namespace tierwise
