// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/display.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/base/decimal.h"

namespace tierwise {
namespace {

// Decodes one code point at text[at] and moves on; an invalid sequence gives U+FFFD and moves one byte.
char32_t decode(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(at);
    std::size_t length = 0;
    char32_t value = 0;
    if (lead < 0x80) {
        ++at;
        return lead;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
        value = lead & 0x1FU;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        value = lead & 0x0FU;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        value = lead & 0x07U;
    }
    if (length == 0 || at + length > text.size()) {
        ++at;
        return 0xFFFD;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U) {
            ++at;
            return 0xFFFD;
        }
        value = (value << 6U) | (byte(at + i) & 0x3FU);
    }
    const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
        ++at;
        return 0xFFFD;
    }
    at += length;
    return value;
}

void appendUtf8(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0U | (c >> 6U));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0U | (c >> 12U));
        out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | (c >> 18U));
        out += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
        out += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (c & 0x3FU));
    }
}

// What turns the text around it, breaks lines where nobody sees it, shows nothing, or is no character at all (and no
// XML may hold).
bool isHidden(char32_t c) {
    const bool hides = c == 0x2028 || c == 0x2029 || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
                       (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) || (c >= 0xE0000 && c <= 0xE007F);
    return hides || c == 0x200E || c == 0x200F || c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string displayCount(Int128 value) {
    std::string digits = formatScaledDecimal(value, 0);
    const std::size_t first = value < 0 ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3; at -= 3) {
        digits.insert(at - 3, ",");
    }
    return digits;
}

std::string displayDollars(double dollars) {
    if (!std::isfinite(dollars)) {
        return std::string(kMissing);
    }
    const double magnitude = std::abs(dollars);
    const char* sign = dollars < 0 ? "-" : "";
    if (magnitude >= 9999.5) {
        return fmt::format("{}${}", sign, displayCount(static_cast<Int128>(std::round(magnitude))));
    }
    if (magnitude >= 0.09995 || magnitude == 0) {
        const auto cents = static_cast<std::int64_t>(std::llround(magnitude * 100));
        return fmt::format("{}${}.{:02}", sign, displayCount(cents / 100), cents % 100);
    }
    // Below ten cents, three digits, for costs of single requests are compared there; two decimals at least.
    std::string digits = fmt::format("{:.{}f}", magnitude, 2 - static_cast<int>(std::floor(std::log10(magnitude))));
    digits.erase(std::max(digits.find_last_not_of('0') + 1, std::string_view("0.00").size()));
    return fmt::format("{}${}", sign, digits);
}

std::string displayDollars(MoneySum amount) {
    return displayDollars(amount.toDouble());
}

std::string displayPercent(double share) {
    return std::isfinite(share) ? fmt::format("{:.1f} %", share * 100) : std::string(kMissing);
}

std::string displayPoints(double difference) {
    if (!std::isfinite(difference)) {
        return std::string(kMissing);
    }
    const std::string text = fmt::format("{:+.1f}", difference * 100);
    return text == "-0.0" ? "+0.0" : text;
}

std::string displayNumber(double value) {
    if (!std::isfinite(value)) {
        return std::string(kMissing);
    }
    const double magnitude = std::abs(value);
    if (magnitude >= 1000) {
        return displayCount(static_cast<Int128>(std::round(value)));
    }
    if (magnitude != 0 && magnitude < 1e-4) {
        return fmt::format("{:.3e}", value);
    }
    return fmt::format("{:.4g}", value);
}

std::string displayText(std::string_view text, std::size_t maxCharacters) {
    std::string out;
    out.reserve(text.size());
    std::size_t characters = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (maxCharacters != 0 && characters == maxCharacters) {
            return out + "\u2026";
        }
        ++characters;
        const char32_t c = decode(text, at);
        if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7F)) {
            out += static_cast<char>(c);
        } else if (c == '\r') {
            if (at >= text.size() || text[at] != '\n') {
                out += '\n';
            }
        } else if (c < 0x20) {
            appendUtf8(out, 0x2400 + c);
        } else if (c == 0x7F) {
            appendUtf8(out, 0x2421);
        } else if (isHidden(c) || (c >= 0x80 && c < 0xA0)) {
            out += fmt::format("[U+{:04X}]", static_cast<unsigned>(c));
        } else {
            appendUtf8(out, c);
        }
    }
    return out;
}

}  // namespace tierwise
