// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/scan.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace tierwise::ingest {
namespace {

bool isStructural(char c, StructuralBytes bytes) {
    return c == '\n' || c == bytes.delimiter || c == bytes.quote || c == bytes.escape || c == bytes.carriageReturn;
}

std::size_t findPlain(std::string_view text, std::size_t from, StructuralBytes bytes, std::uint32_t* out) {
    std::uint32_t* const start = out;
    for (std::size_t at = from; at < text.size(); ++at) {
        *out = static_cast<std::uint32_t>(at);
        out += isStructural(text[at], bytes) ? 1 : 0;
    }
    return static_cast<std::size_t>(out - start);
}

#if defined(__x86_64__)

// Writes the positions of a block's set bits; eight at a time, because most blocks have fewer than that twice over.
inline std::uint32_t* writeBits(std::uint64_t bits, std::uint32_t base, std::uint32_t* out) {
    const int count = std::popcount(bits);
    std::uint32_t* const end = out + count;
    while (out < end) {
        for (int i = 0; i < 8; ++i) {
            out[i] = base + static_cast<std::uint32_t>(std::countr_zero(bits));
            bits &= bits - 1;
        }
        out += 8;
    }
    return end;
}

__attribute__((target("avx2,bmi,popcnt"))) inline std::uint32_t* writeBitsFast(std::uint64_t bits, std::uint32_t base,
                                                                               std::uint32_t* out) {
    std::uint32_t* const end = out + __builtin_popcountll(bits);
    while (out < end) {
        for (int i = 0; i < 8; ++i) {
            out[i] = base + static_cast<std::uint32_t>(_tzcnt_u64(bits));
            bits &= bits - 1;
        }
        out += 8;
    }
    return end;
}

__attribute__((target("avx2,bmi,popcnt"))) std::size_t findAvx2(std::string_view text, StructuralBytes bytes,
                                                                std::uint32_t* out) {
    const __m256i lf = _mm256_set1_epi8('\n');
    const __m256i delimiter = _mm256_set1_epi8(bytes.delimiter);
    const __m256i quote = _mm256_set1_epi8(bytes.quote);
    const __m256i escape = _mm256_set1_epi8(bytes.escape);
    const __m256i cr = _mm256_set1_epi8(bytes.carriageReturn);
    std::uint32_t* const start = out;
    std::size_t at = 0;
    for (; at + 64 <= text.size(); at += 64) {
        std::uint64_t bits = 0;
        for (std::size_t half = 0; half < 2; ++half) {
            const __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(text.data() + at + half * 32));
            const __m256i hit = _mm256_or_si256(
                _mm256_or_si256(_mm256_or_si256(_mm256_cmpeq_epi8(block, lf), _mm256_cmpeq_epi8(block, delimiter)),
                                _mm256_or_si256(_mm256_cmpeq_epi8(block, quote), _mm256_cmpeq_epi8(block, escape))),
                _mm256_cmpeq_epi8(block, cr));
            bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(hit))) << (half * 32);
        }
        out = writeBitsFast(bits, static_cast<std::uint32_t>(at), out);
    }
    out += findPlain(text, at, bytes, out);
    return static_cast<std::size_t>(out - start);
}

std::size_t findSse2(std::string_view text, StructuralBytes bytes, std::uint32_t* out) {
    const __m128i lf = _mm_set1_epi8('\n');
    const __m128i delimiter = _mm_set1_epi8(bytes.delimiter);
    const __m128i quote = _mm_set1_epi8(bytes.quote);
    const __m128i escape = _mm_set1_epi8(bytes.escape);
    const __m128i cr = _mm_set1_epi8(bytes.carriageReturn);
    std::uint32_t* const start = out;
    std::size_t at = 0;
    for (; at + 64 <= text.size(); at += 64) {
        std::uint64_t bits = 0;
        for (std::size_t part = 0; part < 4; ++part) {
            const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at + part * 16));
            const __m128i hit =
                _mm_or_si128(_mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, lf), _mm_cmpeq_epi8(block, delimiter)),
                                          _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, escape))),
                             _mm_cmpeq_epi8(block, cr));
            bits |= static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(hit))) << (part * 16);
        }
        out = writeBits(bits, static_cast<std::uint32_t>(at), out);
    }
    out += findPlain(text, at, bytes, out);
    return static_cast<std::size_t>(out - start);
}

__attribute__((target("avx2,bmi,popcnt"))) std::int64_t countAvx2(const char* data, std::size_t blocks, char byte) {
    const __m256i wanted = _mm256_set1_epi8(byte);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < blocks; ++i) {
        const __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(data + i * 32));
        count += __builtin_popcount(static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(block, wanted))));
    }
    return count;
}

bool hasAvx2() {
    static const bool has = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi") != 0;
    return has;
}

#endif

}  // namespace

std::size_t findStructurals(std::string_view text, StructuralBytes bytes, std::uint32_t* out) {
#if defined(__x86_64__)
    return hasAvx2() ? findAvx2(text, bytes, out) : findSse2(text, bytes, out);
#else
    return findPlain(text, 0, bytes, out);
#endif
}

std::int64_t countByte(std::string_view text, char byte) {
    std::int64_t count = 0;
    std::size_t at = 0;
#if defined(__x86_64__)
    if (hasAvx2()) {
        const std::size_t blocks = text.size() / 32;
        count = countAvx2(text.data(), blocks, byte);
        at = blocks * 32;
    }
#endif
    for (; at < text.size(); ++at) {
        count += text[at] == byte ? 1 : 0;
    }
    return count;
}

std::int64_t countLines(std::string_view text) {
    std::int64_t count = countByte(text, '\n');
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end && (at = static_cast<const char*>(std::memchr(at, '\r', static_cast<std::size_t>(end - at))))) {
        ++at;
        count += at == end || *at != '\n' ? 1 : 0;
    }
    return count;
}

}  // namespace tierwise::ingest
