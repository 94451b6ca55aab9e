// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace tierwise::ingest {

// Check rules of numbers that identify people and accounts. Arguments are the bare digits (and letters), without
// separators, capital letters. All are total and cheap.

[[nodiscard]] bool passesLuhn(std::string_view digits);         ///< ISO/IEC 7812-1
[[nodiscard]] bool isCardNumber(std::string_view digits);       ///< a card scheme's prefix and length, and Luhn
[[nodiscard]] bool isIban(std::string_view iban);               ///< ISO 13616: country's length, mod 97 = 1
[[nodiscard]] bool isUsSsn(std::string_view digits);            ///< SSA's excluded areas, groups and serials
[[nodiscard]] bool isGermanTaxId(std::string_view digits);      ///< 11 digits, ISO 7064 mod 11,10, one digit repeated
[[nodiscard]] bool isFrenchNir(std::string_view number);        ///< 15 characters (2A, 2B allowed), key 97 - n mod 97
[[nodiscard]] bool isSpanishId(std::string_view number);        ///< DNI or NIE, letter by mod 23
[[nodiscard]] bool isDutchBsn(std::string_view digits);         ///< 9 digits, eleven test
[[nodiscard]] bool isPolishPesel(std::string_view digits);      ///< 11 digits, a date, weights 1 3 7 9
[[nodiscard]] bool isBritishNhs(std::string_view digits);       ///< 10 digits, mod 11
[[nodiscard]] bool isItalianFiscalCode(std::string_view code);  ///< 16 characters, check letter
[[nodiscard]] bool isBrazilianCpf(std::string_view digits);     ///< 11 digits, two check digits
[[nodiscard]] bool isSwissAhv(std::string_view digits);         ///< 13 digits from 756, EAN-13
[[nodiscard]] bool isIpv4(std::string_view text);               ///< four octets; not 127.*, 0.* or 255.*
[[nodiscard]] bool isIpv6(std::string_view text);               ///< an address that names a host

}  // namespace tierwise::ingest
