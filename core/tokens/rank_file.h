// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/tokens/vocabulary.h"

namespace tierwise::tokens {

/// Reads a published rank file: tiktoken's own ("base64 rank" a line), or the JSON of the npm package tiktoken
/// ({"bpe_ranks": "! first base64 base64 ..."}). name is the vocabulary's ("o200k_base").
/// Errors: badFormat with the line (the word's number for JSON).
[[nodiscard]] Result<Vocabulary> readRankFile(std::string_view bytes, const std::string& name,
                                              const std::string& source);

}  // namespace tierwise::tokens
