// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace tierwise::tokens {

/// What the split patterns of the vocabularies tell apart (Unicode 16.0, as tiktoken counts).
enum class CharClass : std::uint8_t {
    other = 0,     ///< punctuation, symbols, controls, unassigned
    space = 1,     ///< White_Space but not CR and LF
    newline = 2,   ///< CR and LF
    number = 3,    ///< N
    upper = 4,     ///< Lu, Lt
    lower = 5,     ///< Ll
    caseless = 6,  ///< Lm, Lo
    mark = 7,      ///< M
    end = 8,       ///< past the last character
};

/// Class of every code point, in two stages of 256.
class CharClasses {
public:
    [[nodiscard]] static const CharClasses& instance();
    /// point < 0x110000
    [[nodiscard]] CharClass of(char32_t point) const {
        return static_cast<CharClass>(m_blocks[m_index[point >> 8U] * std::size_t{256} + (point & 0xFFU)]);
    }

private:
    CharClasses();
    std::array<std::uint16_t, 0x1100> m_index{};
    std::vector<std::uint8_t> m_blocks;
};

}  // namespace tierwise::tokens
