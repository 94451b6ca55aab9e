// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/masking_ids.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tierwise::ingest {
namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool allDigits(std::string_view text, std::size_t count) {
    return text.size() == count && std::all_of(text.begin(), text.end(), isDigit);
}

int digit(std::string_view text, std::size_t at) {
    return text[at] - '0';
}

bool allSame(std::string_view text) {
    return text.find_first_not_of(text[0]) == std::string_view::npos;
}

int weighted(std::string_view digits, std::initializer_list<int> weights) {
    int sum = 0;
    std::size_t i = 0;
    for (const int weight : weights) {
        sum += weight * digit(digits, i++);
    }
    return sum;
}

// IBAN lengths by country (ISO 13616 registry).
constexpr std::pair<std::string_view, std::size_t> kIbanLengths[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
    {"BR", 29}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"DO", 28}, {"EE", 20},
    {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18},
    {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27},
    {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LI", 21}, {"LT", 20}, {"LU", 20}, {"LV", 21}, {"MC", 27},
    {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MT", 31}, {"MU", 30}, {"NL", 18}, {"NO", 15}, {"PK", 24}, {"PL", 28},
    {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"SA", 24}, {"SE", 24}, {"SI", 19}, {"SK", 24},
    {"SM", 27}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}};

}  // namespace

bool passesLuhn(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
        const int value = digit(digits, i) * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

bool isCardNumber(std::string_view digits) {
    if (digits.size() < 13 || digits.size() > 19 || !std::all_of(digits.begin(), digits.end(), isDigit)) {
        return false;
    }
    const int two = digit(digits, 0) * 10 + digit(digits, 1);
    const int four = two * 100 + digit(digits, 2) * 10 + digit(digits, 3);
    const bool visa = digits[0] == '4' && (digits.size() == 13 || digits.size() == 16 || digits.size() == 19);
    const bool mastercard = digits.size() == 16 && ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720));
    const bool amex = digits.size() == 15 && (two == 34 || two == 37);
    const bool others = digits.size() >= 14 && (two == 36 || two == 38 || two == 39 || two == 35 || two == 62 ||
                                                two == 65 || four == 6011 || (two >= 56 && two <= 58) || two == 50);
    return (visa || mastercard || amex || others) && !allSame(digits) && passesLuhn(digits);
}

bool isIban(std::string_view iban) {
    const auto country = std::find_if(std::begin(kIbanLengths), std::end(kIbanLengths),
                                      [&](const auto& entry) { return iban.substr(0, 2) == entry.first; });
    if (country == std::end(kIbanLengths) || iban.size() != country->second || !isDigit(iban[2]) || !isDigit(iban[3])) {
        return false;
    }
    int rest = 0;
    for (std::size_t i = 0; i < iban.size(); ++i) {
        const char c = iban[(i + 4) % iban.size()];
        if (isDigit(c)) {
            rest = (rest * 10 + (c - '0')) % 97;
        } else if (c >= 'A' && c <= 'Z') {
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        } else {
            return false;
        }
    }
    return rest == 1;
}

bool isUsSsn(std::string_view d) {
    if (!allDigits(d, 9)) {
        return false;
    }
    const std::string_view area = d.substr(0, 3);
    return area != "000" && area != "666" && area[0] != '9' && d.substr(3, 2) != "00" && d.substr(5) != "0000" &&
           d != "078051120" && d != "123456789";
}

bool isGermanTaxId(std::string_view d) {
    if (!allDigits(d, 11) || d[0] == '0') {
        return false;
    }
    std::array<int, 10> counts{};
    int product = 10;
    for (std::size_t i = 0; i < 10; ++i) {
        ++counts[static_cast<std::size_t>(digit(d, i))];
        int sum = (digit(d, i) + product) % 10;
        sum = sum == 0 ? 10 : sum;
        product = sum * 2 % 11;
    }
    // Of the first ten digits exactly one stands twice or three times.
    int repeated = 0;
    for (const int count : counts) {
        repeated += count > 1 ? 1 : 0;
        if (count > 3) {
            return false;
        }
    }
    return repeated == 1 && (11 - product) % 10 == digit(d, 10);
}

bool isFrenchNir(std::string_view number) {
    if (number.size() != 15 || (number[0] != '1' && number[0] != '2')) {
        return false;
    }
    std::string digits(number);
    // Corsica: 2A counts as 19, 2B as 18.
    if (digits[5] == '2' && digits[6] == 'A') {
        digits.replace(5, 2, "19");
    } else if (digits[5] == '2' && digits[6] == 'B') {
        digits.replace(5, 2, "18");
    }
    if (!allDigits(digits, 15)) {
        return false;
    }
    const int month = digit(digits, 3) * 10 + digit(digits, 4);
    if (month < 1 || (month > 12 && month < 20) || (month > 42 && month < 50)) {
        return false;
    }
    const long long value = std::stoll(digits.substr(0, 13));
    return 97 - value % 97 == digit(digits, 13) * 10 + digit(digits, 14);
}

bool isSpanishId(std::string_view number) {
    if (number.size() != 9) {
        return false;
    }
    std::string digits(number.substr(0, 8));
    if (digits[0] == 'X' || digits[0] == 'Y' || digits[0] == 'Z') {
        digits[0] = static_cast<char>('0' + (digits[0] - 'X'));
    }
    return allDigits(digits, 8) && "TRWAGMYFPDXBNJZSQVHLCKE"[std::stoi(digits) % 23] == number[8];
}

bool isDutchBsn(std::string_view d) {
    return allDigits(d, 9) && !allSame(d) && weighted(d, {9, 8, 7, 6, 5, 4, 3, 2, -1}) % 11 == 0;
}

bool isPolishPesel(std::string_view d) {
    if (!allDigits(d, 11) || allSame(d)) {
        return false;
    }
    const int month = (digit(d, 2) * 10 + digit(d, 3)) % 20;
    const int day = digit(d, 4) * 10 + digit(d, 5);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           weighted(d, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10 == 0;
}

bool isBritishNhs(std::string_view d) {
    if (!allDigits(d, 10) || allSame(d)) {
        return false;
    }
    const int check = 11 - weighted(d.substr(0, 9), {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
    return check != 10 && check % 11 == digit(d, 9);
}

bool isItalianFiscalCode(std::string_view code) {
    static constexpr std::array<int, 36> kOdd = {1,  0,  5, 7, 9,  13, 15, 17, 19, 21, 1,  0,  5,  7,  9,  13, 15, 17,
                                                 19, 21, 2, 4, 18, 20, 11, 3,  6,  8,  12, 14, 16, 10, 22, 25, 24, 23};
    if (code.size() != 16) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < 15; ++i) {
        const char c = code[i];
        if (!isDigit(c) && (c < 'A' || c > 'Z')) {
            return false;
        }
        const int value = isDigit(c) ? c - '0' : c - 'A';
        sum += i % 2 == 0 ? kOdd[static_cast<std::size_t>(isDigit(c) ? value : value + 10)] : value;
    }
    return code[15] == 'A' + sum % 26;
}

bool isBrazilianCpf(std::string_view d) {
    if (!allDigits(d, 11) || allSame(d)) {
        return false;
    }
    const int first = weighted(d, {10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
    const int second = weighted(d, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
    return first == digit(d, 9) && second == digit(d, 10);
}

bool isSwissAhv(std::string_view d) {
    return allDigits(d, 13) && d.substr(0, 3) == "756" &&
           weighted(d, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10 == 0;
}

bool isIpv4(std::string_view text) {
    in_addr address{};
    const std::string copy(text);
    if (inet_pton(AF_INET, copy.c_str(), &address) != 1) {
        return false;
    }
    const auto first = static_cast<unsigned>(ntohl(address.s_addr) >> 24U);
    return first != 0 && first != 127 && first != 255;
}

bool isIpv6(std::string_view text) {
    in6_addr address{};
    const std::string copy(text);
    if (text.size() > 45 || inet_pton(AF_INET6, copy.c_str(), &address) != 1) {
        return false;
    }
    // "a::b" is C++ more often than an address: two groups only count in ranges that are in use.
    int groups = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        groups += text[i] != ':' && (i == 0 || text[i - 1] == ':') ? 1 : 0;
    }
    const auto* bytes = address.s6_addr;
    const bool known =
        (bytes[0] == 0xfe && (bytes[1] & 0xc0U) == 0x80) || (bytes[0] & 0xfeU) == 0xfc || bytes[0] == 0x20;
    return groups >= 4 || (groups >= 2 && known);
}

}  // namespace tierwise::ingest
