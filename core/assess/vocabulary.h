// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tierwise::assess {

/// The words of the training prompts as numbers: a 32-bit key each, and in how many prompts it stands. Tells what a
/// misspelt word was meant to be, so that one wrong key does not change what is thought of a prompt.
/// Const members are thread-safe; repair takes about 1 us.
class Vocabulary {
public:
    static constexpr std::size_t kLongest = 24;  ///< letters of a word that is looked at

    Vocabulary() = default;
    /// Words a prompt each; only those of ASCII letters count.
    explicit Vocabulary(const std::vector<std::vector<std::string>>& wordsOfPrompts);
    /// As stored: keys strictly rising, as many counts. Nothing where they are not.
    [[nodiscard]] static std::optional<Vocabulary> of(std::vector<std::uint32_t> keys,
                                                      std::vector<std::uint8_t> prompts);

    [[nodiscard]] bool empty() const { return m_keys.empty(); }
    [[nodiscard]] bool knows(std::string_view word) const;

    /// The commonest known word from which an unknown one differs by one slip: two neighbouring letters changed places,
    /// or one letter is missing, too many or wrong. Swaps are looked for in words of 3 letters and more, the others
    /// where the word meant has at least 5: shorter ones are one slip from too many. Nothing for a known word, for one
    /// with other characters than a to z, and where no such word stands in at least 5 training prompts.
    [[nodiscard]] std::optional<std::string> repair(std::string_view word) const;

    [[nodiscard]] const std::vector<std::uint32_t>& keys() const { return m_keys; }
    [[nodiscard]] const std::vector<std::uint8_t>& prompts() const { return m_prompts; }  ///< by key, at most 255

    bool operator==(const Vocabulary& other) const { return m_keys == other.m_keys && m_prompts == other.m_prompts; }

private:
    void index();
    [[nodiscard]] std::uint8_t promptsOf(std::uint64_t sum) const;  // 0: unknown

    std::vector<std::uint32_t> m_keys;
    std::vector<std::uint8_t> m_prompts;
    std::vector<std::uint64_t> m_maybe;  // bitmap: most unknown words end here
};

}  // namespace tierwise::assess
