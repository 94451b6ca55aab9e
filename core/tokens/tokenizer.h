// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "core/base/error.h"

namespace tierwise::tokens {

class Vocabulary;

/// The vocabularies whose counts are exact.
enum class Family {
    o200k,   ///< o200k_base: GPT-4o and later OpenAI models
    cl100k,  ///< cl100k_base: GPT-4, GPT-3.5, text-embedding-3
};

/// "o200k", "o200k_base", "cl100k", "cl100k_base"; nothing for any other.
[[nodiscard]] std::optional<Family> familyOf(std::string_view name);
/// "o200k" or "cl100k"
[[nodiscard]] const char* familyName(Family family);
/// The shipped vocabulary, relative to the resources: "tokens/o200k_base.bin".
[[nodiscard]] const char* familyResource(Family family);

/// How one text was counted.
struct TokenTally {
    std::int64_t tokens = 0;
    std::int64_t replaced = 0;  ///< byte runs that are not UTF-8; each was counted as U+FFFD
    bool operator==(const TokenTally&) const = default;
};

/// Counts tokens as tiktoken's encode_ordinary does: special tokens in a text are plain text. Cheap to copy (shares its
/// vocabulary), read-only, any thread. Linear time but for pieces without a cut (a megabyte of one letter), which take
/// O(n log n).
class Tokenizer {
public:
    /// packed = file made by `tierwise-cli tokens pack`. Errors: io; badFormat (damaged, or of another family).
    [[nodiscard]] static Result<Tokenizer> load(Family family, const std::filesystem::path& packed);

    /// Tokens of a text of under 2 GiB. What is not UTF-8 counts as U+FFFD; tally() says how often.
    [[nodiscard]] std::int64_t count(std::string_view utf8) const { return tally(utf8).tokens; }
    [[nodiscard]] TokenTally tally(std::string_view utf8) const;

    [[nodiscard]] Family family() const { return m_family; }

private:
    Tokenizer(Family family, std::shared_ptr<const Vocabulary> vocabulary)
        : m_family(family), m_vocabulary(std::move(vocabulary)) {}
    [[nodiscard]] std::int64_t countValid(std::string_view utf8) const;

    Family m_family;
    std::shared_ptr<const Vocabulary> m_vocabulary;
};

}  // namespace tierwise::tokens
