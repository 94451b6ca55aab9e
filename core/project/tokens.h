// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "core/tokens/family_ratio.h"
#include "core/tokens/tokenizer.h"

namespace tierwise::project {

/// The tokenizer of a family with the vocabulary that ships. Takes some 20 ms: load once, then share. Any thread.
[[nodiscard]] Result<tokens::Tokenizer> loadTokenizer(tokens::Family family);
/// The shipped ratios of the families.
[[nodiscard]] Result<tokens::FamilyRatios> loadTokenRatios();

struct PackedVocabulary {
    std::string name;
    std::int64_t tokens = 0;
    std::int64_t bytes = 0;  ///< of the packed file
};

/// Makes a shipped vocabulary from a published rank file (tiktoken's, or the npm package's JSON). The name is taken
/// from the output file ("o200k_base.bin"). Errors: notFound, io, diskFull, badFormat.
[[nodiscard]] Result<PackedVocabulary> packVocabulary(const std::filesystem::path& ranks,
                                                      const std::filesystem::path& out);

}  // namespace tierwise::project
