// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "core/tokens/vocabulary.h"

namespace tierwise::tokens {

/// Number of tokens that byte-pair merging leaves of one piece: always the adjacent pair of lowest rank first, the
/// leftmost of equals (Sennrich et al. 2016, as tiktoken does it). O(n log n) for n bytes; n < 2^31.
[[nodiscard]] std::int64_t mergedCount(const Vocabulary& vocabulary, std::string_view piece);

}  // namespace tierwise::tokens
