// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/values.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "core/base/decimal.h"

namespace tierwise::ingest {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::array<std::string_view, 4> kGroupSpaces = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
constexpr std::array<std::string_view, 12> kCurrencies = {"US$", "$",   "\xE2\x82\xAC", "\xC2\xA3", "\xC2\xA5", "USD",
                                                          "EUR", "GBP", "JPY",          "CNY",      "CHF",      "INR"};

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::size_t groupSpaceAt(std::string_view text) {
    for (const auto space : kGroupSpaces) {
        if (text.substr(0, space.size()) == space) {
            return space.size();
        }
    }
    return 0;
}

// Takes currency, percent and parentheses off; what is left is sign, digits and separators.
struct Bare {
    std::string_view digits;
    bool negative = false;
    bool percent = false;
    bool currency = false;
};

Bare bareNumber(std::string_view text) {
    Bare bare;
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
        bare.negative = true;
        text = trimmed(text.substr(1, text.size() - 2));
    }
    const auto takeSign = [&] {
        if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
            bare.negative = bare.negative != (text.front() == '-');
            text = trimmed(text.substr(1));
        }
    };
    takeSign();
    for (const auto currency : kCurrencies) {
        const bool before = text.substr(0, currency.size()) == currency;
        const bool after = text.size() > currency.size() && text.substr(text.size() - currency.size()) == currency;
        if (before || after) {
            text = trimmed(before ? text.substr(currency.size()) : text.substr(0, text.size() - currency.size()));
            bare.currency = true;
            takeSign();
            break;
        }
    }
    if (!text.empty() && text.back() == '%') {
        bare.percent = true;
        text = trimmed(text.substr(0, text.size() - 1));
    }
    bare.digits = text;
    return bare;
}

struct StyleMarks {
    char decimal;
    char group;  // 0: none; ' ': any space
};

StyleMarks marksOf(NumberStyle style) {
    switch (style) {
        case NumberStyle::commaGroups:
            return {'.', ','};
        case NumberStyle::commaDecimal:
            return {',', '.'};
        case NumberStyle::spaceGroups:
            return {',', ' '};
        case NumberStyle::apostrophes:
            return {'.', '\''};
        case NumberStyle::plain:
            break;
    }
    return {'.', 0};
}

// "1.234,5e3" -> "1234.5e3" in the form that the base library reads; false where it is not so written.
bool normalize(std::string_view digits, NumberStyle style, std::array<char, 64>& out, std::size_t& size) {
    const StyleMarks marks = marksOf(style);
    size = 0;
    std::size_t run = 0;  // digits since the last separator
    bool grouped = false;
    bool decimal = false;
    bool exponent = false;
    bool any = false;
    for (std::size_t at = 0; at < digits.size();) {
        if (size + 2 >= out.size()) {
            return false;
        }
        const char c = digits[at];
        const std::size_t space = marks.group == ' ' ? groupSpaceAt(digits.substr(at)) : 0;
        if (isDigit(c)) {
            out[size++] = c;
            ++run;
            any = true;
            ++at;
        } else if (!decimal && !exponent && (space > 0 || (marks.group != 0 && c == marks.group))) {
            if (run == 0 || run > 3 || (grouped && run != 3)) {
                return false;
            }
            grouped = true;
            run = 0;
            at += space > 0 ? space : 1;
        } else if (!decimal && !exponent && (c == marks.decimal || (style == NumberStyle::spaceGroups && c == '.'))) {
            if (grouped && run != 3) {
                return false;
            }
            decimal = true;
            grouped = false;
            out[size++] = '.';
            ++at;
        } else if (!exponent && any && (c == 'e' || c == 'E')) {
            exponent = true;
            out[size++] = 'e';
            ++at;
            if (at < digits.size() && (digits[at] == '-' || digits[at] == '+')) {
                if (digits[at] == '-') {
                    out[size++] = '-';
                }
                ++at;
            }
            if (at >= digits.size()) {
                return false;
            }
        } else {
            return false;
        }
    }
    return any && !(grouped && run != 3);
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        while (!text.empty() && kBlanks.find(text.front()) != std::string_view::npos) {
            text.remove_prefix(1);
        }
        while (!text.empty() && kBlanks.find(text.back()) != std::string_view::npos) {
            text.remove_suffix(1);
        }
        if (text.substr(0, 2) == "\xC2\xA0") {
            text.remove_prefix(2);
            again = true;
        }
        if (text.size() >= 2 && text.substr(text.size() - 2) == "\xC2\xA0") {
            text.remove_suffix(2);
            again = true;
        }
    }
    return text;
}

std::optional<std::int64_t> parseInteger(std::string_view text, NumberStyle style) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size()) {
        return value;
    }
    const Bare bare = bareNumber(text);
    std::array<char, 64> buffer{};
    std::size_t size = 0;
    if (bare.percent || !normalize(bare.digits, style, buffer, size)) {
        return {};
    }
    const auto magnitude = parseScaledDecimal({buffer.data(), size}, 0);
    if (!magnitude) {
        return {};
    }
    return bare.negative ? -*magnitude : *magnitude;
}

std::optional<double> parseNumber(std::string_view text, NumberStyle style) {
    const Bare bare = bareNumber(text);
    std::array<char, 64> buffer{};
    std::size_t size = 0;
    if (!normalize(bare.digits, style, buffer, size)) {
        return {};
    }
    double value = 0;
    const auto [end, error] = std::from_chars(buffer.data(), buffer.data() + size, value);
    if (error != std::errc() || end != buffer.data() + size || !std::isfinite(value)) {
        return {};
    }
    value = bare.percent ? value / 100 : value;
    return bare.negative ? -value : value;
}

std::optional<bool> parseBoolean(std::string_view text) {
    std::string lower;
    for (const char c : trimmed(text).substr(0, 6)) {
        lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    }
    if (lower == "true" || lower == "yes" || lower == "t" || lower == "y") {
        return true;
    }
    if (lower == "false" || lower == "no" || lower == "f" || lower == "n") {
        return false;
    }
    return {};
}

NumberEvidence numberEvidence(std::string_view text) {
    NumberEvidence evidence;
    const Bare bare = bareNumber(text);
    evidence.currency = bare.currency;
    evidence.percent = bare.percent;
    bool plain = false;
    bool whole = false;
    for (const auto style : {NumberStyle::plain, NumberStyle::commaGroups, NumberStyle::commaDecimal,
                             NumberStyle::spaceGroups, NumberStyle::apostrophes}) {
        std::array<char, 64> buffer{};
        std::size_t size = 0;
        if (!normalize(bare.digits, style, buffer, size)) {
            continue;
        }
        evidence.isNumber = true;
        plain = plain || style == NumberStyle::plain;
        whole = whole || std::string_view(buffer.data(), size).find_first_of(".e") == std::string_view::npos;
    }
    if (!evidence.isNumber) {
        return evidence;
    }
    evidence.isWhole = whole && !bare.percent;
    const auto fits = [&](NumberStyle style) {
        std::array<char, 64> buffer{};
        std::size_t size = 0;
        return normalize(bare.digits, style, buffer, size);
    };
    const bool us = fits(NumberStyle::commaGroups);
    const bool eu = fits(NumberStyle::commaDecimal);
    evidence.comma = bare.digits.find(',') != std::string_view::npos;
    evidence.point = bare.digits.find('.') != std::string_view::npos;
    evidence.commaMustBeDecimal = evidence.comma && !us;
    evidence.commaMustGroup = evidence.comma && !eu;
    evidence.pointMustBeDecimal = evidence.point && !eu;
    evidence.pointMustGroup = evidence.point && !us;
    evidence.apostrophes = bare.digits.find('\'') != std::string_view::npos;
    for (std::size_t i = 0; i < bare.digits.size() && !evidence.spaces; ++i) {
        evidence.spaces = groupSpaceAt(bare.digits.substr(i)) > 0;
    }
    return evidence;
}

const char* numberStyleName(NumberStyle style) {
    switch (style) {
        case NumberStyle::commaGroups:
            return "commaGroups";
        case NumberStyle::commaDecimal:
            return "commaDecimal";
        case NumberStyle::spaceGroups:
            return "spaceGroups";
        case NumberStyle::apostrophes:
            return "apostrophes";
        case NumberStyle::plain:
            break;
    }
    return "plain";
}

}  // namespace tierwise::ingest
