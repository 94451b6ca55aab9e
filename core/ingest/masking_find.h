// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/ingest/masking.h"

namespace tierwise::ingest {

/// Eight bytes of a text at once: whether one of them is below a bound of at most 128.
[[nodiscard]] inline bool anyBelow(std::uint64_t bytes, std::uint64_t bound) {
    constexpr std::uint64_t kOnes = ~std::uint64_t{0} / 255;
    return ((bytes - kOnes * bound) & ~bytes & (kOnes * 128)) != 0;
}
[[nodiscard]] inline std::uint64_t eightBytes(std::string_view text, std::size_t at) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return bytes;
}

constexpr std::size_t kNumberWindow = 48;  ///< bytes of the longest number with its separators
constexpr std::size_t kFewestDigits = 7;   ///< of any number that is looked for, IP addresses apart
constexpr std::size_t kShortestKey = 16;

/// Letters, digits and what joins them in keys.
inline constexpr std::array<bool, 256> kKeyBytes = [] {
    std::array<bool, 256> table{};
    for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.+/")) {
        table[static_cast<unsigned char>(c)] = true;
    }
    return table;
}();
[[nodiscard]] inline bool isKeyByte(char c) {
    return kKeyBytes[static_cast<unsigned char>(c)];
}

/// What one scan of a text's bytes says about what it may hold: most texts need nothing more. A mark that is not set
/// says that there is none; one that is set, that it is worth a look.
struct TextMarks {
    bool numbers = false;    ///< kFewestDigits close together
    bool addresses = false;  ///< three dots behind digits, close together
    bool at = false;         ///< '@'
    bool colons = false;     ///< several ':', the sign of an IPv6 address
    bool assigns = false;    ///< ':' or '=', behind which a named secret may stand
    bool keys = false;       ///< kShortestKey bytes of a key in a row
    bool fences = false;     ///< as many '-' as the first line of a private key has
};
[[nodiscard]] TextMarks marksOf(std::string_view text);

/// The first place at or after `from` where kShortestKey bytes of a key follow each other; npos where there is none.
[[nodiscard]] std::size_t nextKeyRun(std::string_view text, std::size_t from);

/// Appends e-mail addresses, phones, cards, IBANs, IP addresses and national ids. May overlap.
void findPersonal(std::string_view text, const TextMarks& marks, std::vector<MaskFinding>& findings);
/// Appends keys, tokens, private keys and named passwords. May overlap.
void findSecrets(std::string_view text, const TextMarks& marks, std::vector<MaskFinding>& findings);

}  // namespace tierwise::ingest
