// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/utf8.h"

#include <cstring>

namespace tierwise::tokens {
namespace {

std::uint8_t byteAt(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

// Length of the character at the front; 0 where it is not one, with bad = the bytes to replace by one U+FFFD.
std::size_t characterSize(std::string_view text, std::size_t at, std::size_t& bad) {
    const std::uint8_t lead = byteAt(text, at);
    if (lead < 0x80) {
        return 1;
    }
    bad = 1;
    if (lead < 0xC2 || lead > 0xF4) {
        return 0;
    }
    const std::size_t size = lead < 0xE0 ? 2 : (lead < 0xF0 ? 3 : 4);
    // The second byte's range excludes overlong forms, surrogates and points beyond U+10FFFF.
    std::uint8_t low = 0x80;
    std::uint8_t high = 0xBF;
    if (lead == 0xE0) {
        low = 0xA0;
    } else if (lead == 0xED) {
        high = 0x9F;
    } else if (lead == 0xF0) {
        low = 0x90;
    } else if (lead == 0xF4) {
        high = 0x8F;
    }
    for (std::size_t i = 1; i < size; ++i) {
        if (at + i >= text.size() || byteAt(text, at + i) < low || byteAt(text, at + i) > high) {
            bad = i;
            return 0;
        }
        low = 0x80;
        high = 0xBF;
    }
    return size;
}

}  // namespace

std::size_t validUtf8Prefix(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t word = 0;
        while (at + 8 <= text.size()) {
            std::memcpy(&word, text.data() + at, 8);
            if ((word & 0x8080808080808080ULL) != 0) {
                break;
            }
            at += 8;
        }
        if (at == text.size()) {
            break;
        }
        std::size_t bad = 0;
        const std::size_t size = characterSize(text, at, bad);
        if (size == 0) {
            return at;
        }
        at += size;
    }
    return at;
}

std::string repairedUtf8(std::string_view text, std::int64_t& replaced) {
    std::string result;
    result.reserve(text.size() + 16);
    while (!text.empty()) {
        const std::size_t good = validUtf8Prefix(text);
        result.append(text.substr(0, good));
        text.remove_prefix(good);
        if (!text.empty()) {
            std::size_t bad = 1;
            (void)characterSize(text, 0, bad);
            result += "\xEF\xBF\xBD";
            ++replaced;
            text.remove_prefix(bad);
        }
    }
    return result;
}

}  // namespace tierwise::tokens
