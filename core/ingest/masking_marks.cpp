// SPDX-License-Identifier: GPL-3.0-or-later
// The one scan that every text gets: what it may hold, thirty-two bytes at a time.
#include <algorithm>
#include <array>
#include <bit>

#include "core/ingest/masking_find.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tierwise::ingest {
namespace {

constexpr std::size_t kBlock = 32;
constexpr std::size_t kFence = 10;  // '-' around "BEGIN PRIVATE KEY"

static_assert(kShortestKey == 16);               // runStarts()
static_assert(kNumberWindow <= 2 * kBlock + 1);  // a number lies in three blocks at most, wherever it begins

/// One bit a byte of a block.
struct Block {
    std::uint32_t digits = 0;
    std::uint32_t dots = 0;
    std::uint32_t colons = 0;
    std::uint32_t equals = 0;
    std::uint32_t ats = 0;
    std::uint32_t dashes = 0;
    std::uint32_t keys = 0;
};

// The bits that fifteen set ones follow.
inline std::uint64_t runStarts(std::uint64_t bits) {
    bits &= bits >> 1U;
    bits &= bits >> 2U;
    bits &= bits >> 4U;
    return bits & (bits >> 8U);
}

class Marks {
public:
    inline void add(const Block& block) {
        const auto digits = static_cast<unsigned>(std::popcount(block.digits));
        m_numbers |= m_digits[0] + m_digits[1] + digits >= kFewestDigits;
        m_digits = {m_digits[1], digits};
        // Each dot of an address has a digit before it.
        const std::uint32_t behind = block.dots & (block.digits << 1U | m_before.digits >> 31U);
        const auto behindDigits = static_cast<unsigned>(std::popcount(behind));
        m_addresses |= m_dots + behindDigits >= 3;
        m_dots = behindDigits;
        m_colons += static_cast<std::size_t>(std::popcount(block.colons));
        m_dashes += static_cast<std::size_t>(std::popcount(block.dashes));
        m_ats |= block.ats;
        m_equals |= block.equals;
        m_keys |= runStarts(m_before.keys | std::uint64_t{block.keys} << 32U) != 0;
        m_before = block;
    }
    [[nodiscard]] TextMarks found() const {
        return {m_numbers, m_addresses,       m_ats != 0, m_colons >= 2, m_colons > 0 || m_equals != 0,
                m_keys,    m_dashes >= kFence};
    }

private:
    Block m_before;
    std::array<unsigned, 2> m_digits{};
    unsigned m_dots = 0;
    std::uint32_t m_ats = 0;
    std::uint32_t m_equals = 0;
    std::size_t m_colons = 0;
    std::size_t m_dashes = 0;
    bool m_numbers = false;
    bool m_addresses = false;
    bool m_keys = false;
};

Block blockPlain(std::string_view bytes) {
    Block block;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint32_t bit = std::uint32_t{1} << i;
        const char c = bytes[i];
        block.digits |= c >= '0' && c <= '9' ? bit : 0;
        block.dots |= c == '.' ? bit : 0;
        block.colons |= c == ':' ? bit : 0;
        block.equals |= c == '=' ? bit : 0;
        block.ats |= c == '@' ? bit : 0;
        block.dashes |= c == '-' ? bit : 0;
        block.keys |= isKeyByte(c) ? bit : 0;
    }
    return block;
}

// The blocks that are not whole, and processors without the instructions.
void addPlain(std::string_view text, Marks& marks) {
    for (std::size_t at = 0; at < text.size(); at += kBlock) {
        marks.add(blockPlain(text.substr(at, kBlock)));
    }
}

#if defined(__x86_64__)

#define TIERWISE_AVX2 __attribute__((target("avx2,popcnt")))

TIERWISE_AVX2 inline std::uint32_t bitsOf(__m256i truth) {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(truth));
}

TIERWISE_AVX2 inline __m256i isByte(__m256i bytes, char wanted) {
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(wanted));
}

TIERWISE_AVX2 inline __m256i isBetween(__m256i bytes, char first, char last) {
    const __m256i above = _mm256_sub_epi8(bytes, _mm256_set1_epi8(first));
    const auto width = _mm256_set1_epi8(static_cast<char>(last - first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(above, width), above);
}

TIERWISE_AVX2 inline __m256i areKeys(__m256i bytes) {
    const __m256i letters = isBetween(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), 'a', 'z');
    const __m256i joins = _mm256_or_si256(isByte(bytes, '_'), isByte(bytes, '+'));
    // '-', '.', '/' and the digits follow each other.
    return _mm256_or_si256(_mm256_or_si256(isBetween(bytes, '-', '9'), letters), joins);
}

TIERWISE_AVX2 std::size_t runAvx2(std::string_view text, std::size_t& at) {
    std::uint32_t before = 0;
    for (; at + kBlock <= text.size(); at += kBlock) {
        const auto keys = bitsOf(areKeys(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at))));
        if (const std::uint64_t run = runStarts(before | std::uint64_t{keys} << 32U); run != 0) {
            return at + static_cast<std::size_t>(std::countr_zero(run)) - kBlock;
        }
        before = keys;
    }
    return std::string_view::npos;
}

TIERWISE_AVX2 std::size_t addAvx2(std::string_view text, Marks& marks) {
    std::size_t at = 0;
    for (; at + kBlock <= text.size(); at += kBlock) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at));
        Block block;
        block.digits = bitsOf(isBetween(bytes, '0', '9'));
        block.dots = bitsOf(isByte(bytes, '.'));
        block.colons = bitsOf(isByte(bytes, ':'));
        block.equals = bitsOf(isByte(bytes, '='));
        block.ats = bitsOf(isByte(bytes, '@'));
        block.dashes = bitsOf(isByte(bytes, '-'));
        block.keys = bitsOf(areKeys(bytes));
        marks.add(block);
    }
    return at;
}

bool hasAvx2() {
    static const bool has = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("popcnt") != 0;
    return has;
}

#endif

}  // namespace

TextMarks marksOf(std::string_view text) {
    Marks marks;
    std::size_t done = 0;
#if defined(__x86_64__)
    done = hasAvx2() ? addAvx2(text, marks) : 0;
#endif
    addPlain(text.substr(done), marks);
    return marks.found();
}

std::size_t nextKeyRun(std::string_view text, std::size_t from) {
    std::size_t at = from;
#if defined(__x86_64__)
    if (hasAvx2()) {
        if (const std::size_t found = runAvx2(text, at); found != std::string_view::npos) {
            return found;
        }
        at = std::max(from, at - std::min(at, kShortestKey));  // a run may have begun in the last whole block
    }
#endif
    for (std::size_t run = 0; at < text.size(); ++at) {
        run = isKeyByte(text[at]) ? run + 1 : 0;
        if (run == kShortestKey) {
            return at + 1 - run;
        }
    }
    return std::string_view::npos;
}

}  // namespace tierwise::ingest
