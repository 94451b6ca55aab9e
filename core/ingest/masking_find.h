// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/ingest/masking.h"

namespace tierwise::ingest {

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
