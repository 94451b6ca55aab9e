// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "core/tokens/char_class.h"

namespace tierwise::tokens {

/// The two split patterns of tiktoken, by hand: the same pieces as its regular expressions, in linear time.
enum class SplitPattern {
    cl100k,  ///< (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|...
    o200k,   ///< words end where lower case turns to upper, contractions stay on their word, / joins line ends
};

/// Cuts text into pieces, one a call. The pieces together are the text.
class Splitter {
public:
    /// text must be valid UTF-8 and outlive the splitter.
    Splitter(SplitPattern pattern, std::string_view text)
        : m_pattern(pattern), m_text(text), m_classes(CharClasses::instance()) {}

    /// The next piece; empty at the end.
    [[nodiscard]] std::string_view next();

private:
    struct Char {
        CharClass kind = CharClass::end;
        std::size_t after = 0;  ///< where the next character starts
    };
    [[nodiscard]] Char at(std::size_t position) const;
    [[nodiscard]] std::size_t pieceEnd(std::size_t start) const;
    // Each gives the end of its match, or 0 where it does not match.
    [[nodiscard]] std::size_t contraction(std::size_t start) const;
    [[nodiscard]] std::size_t wordCl100k(std::size_t start, Char first) const;
    [[nodiscard]] std::size_t wordO200k(std::size_t start, Char first) const;
    [[nodiscard]] std::size_t lowerWord(std::size_t start) const;
    [[nodiscard]] std::size_t upperWord(std::size_t start) const;
    [[nodiscard]] std::size_t punctuation(std::size_t start, Char first) const;
    [[nodiscard]] std::size_t number(std::size_t start) const;
    [[nodiscard]] std::size_t blank(std::size_t start) const;

    SplitPattern m_pattern;
    std::string_view m_text;
    const CharClasses& m_classes;
    std::size_t m_position = 0;
};

}  // namespace tierwise::tokens
