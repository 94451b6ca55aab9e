// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// What one scan of a text's bytes says about what it may hold: most texts need nothing more.
struct TextMarks {
    std::size_t digits = 0;
    bool at = false;       ///< '@'
    bool colons = false;   ///< several ':', the sign of an IPv6 address
    bool assigns = false;  ///< ':' or '=', behind which a named secret may stand
};
[[nodiscard]] TextMarks marksOf(std::string_view text);

/// Appends e-mail addresses, phones, cards, IBANs, IP addresses and national ids. May overlap.
void findPersonal(std::string_view text, const TextMarks& marks, std::vector<MaskFinding>& findings);
/// Appends keys, tokens, private keys and named passwords. May overlap.
void findSecrets(std::string_view text, const TextMarks& marks, std::vector<MaskFinding>& findings);

}  // namespace tierwise::ingest
