// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/money.h"

#include <limits>

#include "core/base/decimal.h"

namespace tierwise {
namespace {

tl::unexpected<Error> tooLarge(const char* operation) {
    return fail(ErrorCode::overflow, std::string("an amount of money is out of range in a ") + operation,
                "Amounts of one request must stay within +-9,223,372 dollars; check the token counts and prices.");
}

}  // namespace

Result<Money> Money::parse(std::string_view dollars) {
    const auto pico = parseScaledDecimal(dollars, kScale);
    if (!pico) {
        return fail(ErrorCode::badFormat, "'" + std::string(dollars) + "' is not an amount of dollars",
                    "Write a decimal number with a point, at most 12 decimals, within +-9,223,372.");
    }
    return Money(*pico);
}

std::string Money::toString() const {
    return formatScaledDecimal(m_pico, kScale);
}

Result<Money> Money::plus(Money other) const {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(m_pico, other.m_pico, &sum)) {
        return tooLarge("sum");
    }
    return Money(sum);
}

Result<Money> Money::minus(Money other) const {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(m_pico, other.m_pico, &difference)) {
        return tooLarge("difference");
    }
    return Money(difference);
}

Result<Money> Money::times(std::int64_t factor) const {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(m_pico, factor, &product)) {
        return tooLarge("product");
    }
    return Money(product);
}

std::string MoneySum::toString() const {
    return formatScaledDecimal(m_pico, Money::kScale);
}

Result<Money> MoneySum::toMoney() const {
    if (m_pico > std::numeric_limits<std::int64_t>::max() || m_pico < std::numeric_limits<std::int64_t>::min()) {
        return tooLarge("sum");
    }
    return Money::fromPico(static_cast<std::int64_t>(m_pico));
}

Result<Rate> Rate::parsePerMillion(std::string_view dollars) {
    const auto pico = parseScaledDecimal(dollars, 6);
    if (!pico || *pico < 0) {
        return fail(ErrorCode::badFormat, "'" + std::string(dollars) + "' is not a price per million tokens",
                    "Write dollars as a decimal number with a point, not negative, with at most 6 decimals.");
    }
    return fromPicoPerUnit(*pico);
}

std::string Rate::perMillion() const {
    return formatScaledDecimal(m_pico, 6);
}

}  // namespace tierwise
