// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/splitter.h"

namespace tierwise::tokens {
namespace {

bool isLetter(CharClass kind) {
    return kind == CharClass::upper || kind == CharClass::lower || kind == CharClass::caseless;
}

// [\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]
bool isUpperish(CharClass kind) {
    return kind == CharClass::upper || kind == CharClass::caseless || kind == CharClass::mark;
}

// [\p{Ll}\p{Lm}\p{Lo}\p{M}]
bool isLowerish(CharClass kind) {
    return kind == CharClass::lower || kind == CharClass::caseless || kind == CharClass::mark;
}

// [^\r\n\p{L}\p{N}]
bool canLeadAWord(CharClass kind) {
    return kind == CharClass::other || kind == CharClass::space || kind == CharClass::mark;
}

// [^\s\p{L}\p{N}]
bool isPunctuation(CharClass kind) {
    return kind == CharClass::other || kind == CharClass::mark;
}

bool isBlank(CharClass kind) {
    return kind == CharClass::space || kind == CharClass::newline;
}

}  // namespace

Splitter::Char Splitter::at(std::size_t position) const {
    if (position >= m_text.size()) {
        return {};
    }
    const auto byte = [this](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(m_text[i])); };
    const char32_t lead = byte(position);
    if (lead < 0x80) {
        return {m_classes.of(lead), position + 1};
    }
    if (lead < 0xE0) {
        return {m_classes.of(((lead & 0x1FU) << 6U) | (byte(position + 1) & 0x3FU)), position + 2};
    }
    if (lead < 0xF0) {
        return {
            m_classes.of(((lead & 0x0FU) << 12U) | ((byte(position + 1) & 0x3FU) << 6U) | (byte(position + 2) & 0x3FU)),
            position + 3};
    }
    return {m_classes.of(((lead & 0x07U) << 18U) | ((byte(position + 1) & 0x3FU) << 12U) |
                         ((byte(position + 2) & 0x3FU) << 6U) | (byte(position + 3) & 0x3FU)),
            position + 4};
}

std::string_view Splitter::next() {
    if (m_position >= m_text.size()) {
        return {};
    }
    const std::size_t start = m_position;
    m_position = pieceEnd(start);
    return m_text.substr(start, m_position - start);
}

std::size_t Splitter::pieceEnd(std::size_t start) const {
    const Char first = at(start);
    std::size_t end = m_pattern == SplitPattern::cl100k ? wordCl100k(start, first) : wordO200k(start, first);
    if (end == 0 && first.kind == CharClass::number) {
        end = number(start);
    }
    if (end == 0) {
        end = punctuation(start, first);
    }
    return end != 0 ? end : blank(start);
}

// (?i:'s|'t|'re|'ve|'m|'ll|'d): without case, the long s (U+017F) is an s too.
std::size_t Splitter::contraction(std::size_t start) const {
    if (start + 1 >= m_text.size() || m_text[start] != '\'') {
        return 0;
    }
    const auto letter = [&](std::size_t i) {
        return start + i < m_text.size() ? static_cast<char>(m_text[start + i] | 0x20) : '\0';
    };
    switch (letter(1)) {
        case 's':
        case 't':
        case 'm':
        case 'd':
            return start + 2;
        case 'r':
        case 'v':
            return letter(2) == 'e' ? start + 3 : 0;
        case 'l':
            return letter(2) == 'l' ? start + 3 : 0;
        default:
            return m_text.substr(start + 1, 2) == "\xC5\xBF" ? start + 3 : 0;
    }
}

std::size_t Splitter::wordCl100k(std::size_t start, Char first) const {
    if (const std::size_t end = contraction(start)) {
        return end;
    }
    Char next = canLeadAWord(first.kind) ? at(first.after) : first;
    if (!isLetter(next.kind)) {
        return 0;
    }
    std::size_t end = 0;
    for (; isLetter(next.kind); next = at(end)) {
        end = next.after;
    }
    return end;
}

// [Lu Lt Lm Lo M]*[Ll Lm Lo M]+ and a contraction
std::size_t Splitter::lowerWord(std::size_t start) const {
    std::size_t end = start;
    std::size_t afterShared = 0;  // where the first part must give back a character that both parts may hold
    Char next = at(end);
    for (; isUpperish(next.kind); next = at(end)) {
        end = next.after;
        if (next.kind != CharClass::upper) {
            afterShared = end;
        }
    }
    if (next.kind != CharClass::lower) {
        end = afterShared;
    } else {
        for (; isLowerish(next.kind); next = at(end)) {
            end = next.after;
        }
    }
    if (end == 0) {
        return 0;
    }
    const std::size_t contracted = contraction(end);
    return contracted != 0 ? contracted : end;
}

// [Lu Lt Lm Lo M]+[Ll Lm Lo M]* and a contraction, where lowerWord did not match: no lower case follows.
std::size_t Splitter::upperWord(std::size_t start) const {
    std::size_t end = start;
    for (Char next = at(end); isUpperish(next.kind); next = at(end)) {
        end = next.after;
    }
    if (end == start) {
        return 0;
    }
    const std::size_t contracted = contraction(end);
    return contracted != 0 ? contracted : end;
}

std::size_t Splitter::wordO200k(std::size_t start, Char first) const {
    const bool lead = canLeadAWord(first.kind);
    if (!lead && !isLetter(first.kind)) {
        return 0;
    }
    std::size_t end = lead ? lowerWord(first.after) : 0;
    if (end == 0 && (!lead || first.kind == CharClass::mark)) {
        end = lowerWord(start);
    }
    if (end == 0) {
        end = upperWord(lead ? first.after : start);
    }
    return end;
}

std::size_t Splitter::number(std::size_t start) const {
    std::size_t end = start;
    for (int digits = 0; digits < 3; ++digits) {
        const Char next = at(end);
        if (next.kind != CharClass::number) {
            break;
        }
        end = next.after;
    }
    return end;
}

//  ?[^\s\p{L}\p{N}]+[\r\n]*, with / among the line ends for o200k
std::size_t Splitter::punctuation(std::size_t start, Char first) const {
    const bool afterBlank = m_text[start] == ' ';
    Char next = afterBlank ? at(first.after) : first;
    if (!isPunctuation(next.kind)) {
        return 0;
    }
    std::size_t end = start;
    for (; isPunctuation(next.kind); next = at(end)) {
        end = next.after;
    }
    const bool slashes = m_pattern == SplitPattern::o200k;
    while (end < m_text.size() && (m_text[end] == '\r' || m_text[end] == '\n' || (slashes && m_text[end] == '/'))) {
        ++end;
    }
    return end;
}

// \s*[\r\n]+|\s+(?!\S)|\s+
std::size_t Splitter::blank(std::size_t start) const {
    std::size_t end = start;
    std::size_t afterNewline = 0;
    std::size_t beforeLast = start;
    for (Char next = at(end); isBlank(next.kind); next = at(end)) {
        beforeLast = end;
        end = next.after;
        if (next.kind == CharClass::newline) {
            afterNewline = end;
        }
    }
    if (afterNewline != 0) {
        return afterNewline;
    }
    // Before a word, the last blank is left to it; a lone one stays a piece.
    return end < m_text.size() && beforeLast > start ? beforeLast : end;
}

}  // namespace tierwise::tokens
