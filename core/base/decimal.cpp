// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/decimal.h"

#include <algorithm>
#include <limits>

namespace tierwise {
namespace {

struct Digits {
    bool negative = false;
    std::string significant;  // without point
    long exponent = 0;        // value = significant x 10^exponent
};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::optional<Digits> readDigits(std::string_view text) {
    Digits digits;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
        digits.negative = text[at++] == '-';
    }
    bool seen = false;
    for (; at < text.size() && isDigit(text[at]); ++at) {
        digits.significant += text[at];
        seen = true;
    }
    if (at < text.size() && text[at] == '.') {
        for (++at; at < text.size() && isDigit(text[at]); ++at) {
            digits.significant += text[at];
            --digits.exponent;
            seen = true;
        }
    }
    if (!seen) {
        return {};
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        bool negativeExponent = false;
        if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
            negativeExponent = text[at++] == '-';
        }
        const std::size_t first = at;
        long exponent = 0;
        for (; at < text.size() && isDigit(text[at]); ++at) {
            exponent = std::min(exponent * 10 + (text[at] - '0'), 100000L);
        }
        if (at == first) {
            return {};
        }
        digits.exponent += negativeExponent ? -exponent : exponent;
    }
    if (at != text.size()) {
        return {};
    }
    const auto firstNonZero = digits.significant.find_first_not_of('0');
    digits.significant.erase(0, std::min(firstNonZero, digits.significant.size()));
    while (!digits.significant.empty() && digits.significant.back() == '0') {
        digits.significant.pop_back();
        ++digits.exponent;
    }
    return digits;
}

std::optional<std::int64_t> toInteger(const std::string& significant, long zeros, bool negative) {
    if (static_cast<long>(significant.size()) + zeros > 19) {
        return {};
    }
    UInt128 value = 0;
    for (char c : significant) {
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    for (long i = 0; i < zeros; ++i) {
        value *= 10;
    }
    const auto limit = static_cast<UInt128>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1U : 0U);
    if (value > limit) {
        return {};
    }
    const auto magnitude = static_cast<Int128>(value);
    return static_cast<std::int64_t>(negative ? -magnitude : magnitude);
}

}  // namespace

std::optional<std::int64_t> parseScaledDecimalRounded(std::string_view text, int scale, bool* rounded) {
    auto digits = readDigits(text);
    if (rounded != nullptr) {
        *rounded = false;
    }
    if (!digits) {
        return {};
    }
    if (digits->significant.empty()) {
        return 0;
    }
    const long shift = digits->exponent + scale;
    if (shift >= 0) {
        return toInteger(digits->significant, shift, digits->negative);
    }
    if (rounded != nullptr) {
        *rounded = true;
    }
    const long drop = -shift;
    const auto size = static_cast<long>(digits->significant.size());
    if (drop > size) {
        return 0;
    }
    const std::string rest = digits->significant.substr(static_cast<std::size_t>(size - drop));
    digits->significant.resize(static_cast<std::size_t>(size - drop));
    auto kept = toInteger(digits->significant, 0, false);
    if (!kept) {
        return {};
    }
    const bool isHalf = rest[0] == '5' && rest.find_first_not_of('0', 1) == std::string::npos;
    const bool up = isHalf ? (*kept % 2 != 0) : rest[0] >= '5';
    if (up && *kept == std::numeric_limits<std::int64_t>::max()) {
        return {};
    }
    const std::int64_t magnitude = *kept + (up ? 1 : 0);
    return digits->negative ? -magnitude : magnitude;
}

std::optional<std::int64_t> parseScaledDecimal(std::string_view text, int scale) {
    bool rounded = false;
    const auto value = parseScaledDecimalRounded(text, scale, &rounded);
    return rounded ? std::nullopt : value;
}

std::string formatScaledDecimal(Int128 value, int scale) {
    const bool negative = value < 0;
    auto magnitude = negative ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
    std::string reversed;
    int position = 0;
    bool significant = false;
    while (magnitude != 0 || position <= scale) {
        if (position == scale && scale > 0 && significant) {
            reversed += '.';
        }
        const auto digit = static_cast<char>('0' + static_cast<int>(magnitude % 10));
        magnitude /= 10;
        if (digit != '0' || position >= scale) {
            significant = true;
        }
        if (significant) {
            reversed += digit;
        }
        ++position;
    }
    if (negative) {
        reversed += '-';
    }
    return {reversed.rbegin(), reversed.rend()};
}

}  // namespace tierwise
