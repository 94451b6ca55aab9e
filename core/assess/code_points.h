// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tierwise::assess {

/// One code point, and how many bytes it took; a broken sequence is one byte of U+FFFD.
struct Decoded {
    std::uint32_t point;
    std::size_t bytes;
};

[[nodiscard]] inline Decoded decode(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t lead = byte(at);
    const std::size_t size = lead < 0x80 ? 1 : (lead >> 5) == 6 ? 2 : (lead >> 4) == 14 ? 3 : (lead >> 3) == 30 ? 4 : 0;
    if (size == 1) {
        return {lead, 1};
    }
    if (size == 0 || at + size > text.size()) {
        return {0xFFFD, 1};
    }
    std::uint32_t point = lead & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(at + i) >> 6) != 2) {
            return {0xFFFD, 1};
        }
        point = (point << 6) | (byte(at + i) & 0x3F);
    }
    return {point, size};
}

/// Appends the UTF-8 of a code point.
inline void encode(std::uint32_t point, std::string& out) {
    const auto put = [&](std::uint32_t value) { out.push_back(static_cast<char>(value)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

}  // namespace tierwise::assess
