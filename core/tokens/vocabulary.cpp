// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tokens/vocabulary.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include <zstd.h>

#include "core/base/int128.h"

namespace tierwise::tokens {
namespace {

constexpr std::string_view kMagic("TWTOK\x01\0\0", 8);
constexpr std::size_t kMostTokens = std::size_t{1} << 22;
constexpr std::size_t kLongestToken = 255;
constexpr std::size_t kHeaderSize = 8 + 1 + 4 + 4;  // magic, name length, token count, body size

void appendNumber(std::string& text, std::size_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
        text += static_cast<char>((value >> shift) & 0xFFU);
    }
}

std::size_t numberAt(std::string_view bytes, std::size_t at) {
    std::size_t value = 0;
    for (unsigned i = 0; i < 4; ++i) {
        value |= static_cast<std::size_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    }
    return value;
}

std::size_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

tl::unexpected<Error> damaged(const std::string& source, const std::string& why) {
    return fail(ErrorCode::badFormat, "the vocabulary is damaged: " + why,
                "Install Tierwise again, or pack the vocabulary anew (tierwise-cli tokens pack)", source);
}

// The body: [shared prefix][suffix length][rank, 3 planes] for each token in byte order, then all suffixes.
Result<std::vector<std::string>> tokensOfBody(std::string_view body, std::size_t count, const std::string& source) {
    if (body.size() < count * 5) {
        return damaged(source, "its tables are cut off");
    }
    std::vector<std::string> tokens(count);
    std::string token;
    std::size_t suffixAt = count * 5;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t shared = byteAt(body, i);
        const std::size_t length = byteAt(body, count + i);
        const std::size_t rank =
            byteAt(body, 2 * count + i) | (byteAt(body, 3 * count + i) << 8U) | (byteAt(body, 4 * count + i) << 16U);
        if (shared > token.size() || length > body.size() - suffixAt || rank >= count || !tokens[rank].empty()) {
            return damaged(source, "token " + std::to_string(i) + " points outside its tables");
        }
        token.resize(shared);
        token.append(body.substr(suffixAt, length));
        suffixAt += length;
        tokens[rank] = token;
    }
    if (suffixAt != body.size()) {
        return damaged(source, "bytes are left over");
    }
    return tokens;
}

}  // namespace

std::uint64_t Vocabulary::hash(std::string_view bytes) {
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15ULL;
    std::uint64_t state = bytes.size() * kFactor;
    const auto mix = [&state](std::uint64_t word) {
        const UInt128 product = static_cast<UInt128>(word ^ state) * kFactor;
        state = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64U);
    };
    const char* data = bytes.data();
    std::size_t left = bytes.size();
    std::uint64_t word = 0;
    for (; left > 8; left -= 8, data += 8) {
        std::memcpy(&word, data, 8);
        mix(word);
    }
    word = 0;
    for (std::size_t i = 0; i < left; ++i) {
        word = (word << 8U) | static_cast<unsigned char>(data[i]);
    }
    mix(word);
    mix(0x1234567ULL);
    return state;
}

std::uint32_t Vocabulary::find(std::string_view bytes) const {
    const std::uint64_t key = hash(bytes);
    const auto tag = static_cast<std::uint32_t>(key >> 32U);
    const std::size_t mask = m_slots.size() - 1;
    for (std::size_t at = key & mask;; at = (at + 1) & mask) {
        const Slot& slot = m_slots[at];
        if (slot.rank == kNone || (slot.tag == tag && token(slot.rank) == bytes)) {
            return slot.rank;
        }
    }
}

Result<Vocabulary> Vocabulary::make(std::string name, const std::vector<std::string>& tokens) {
    const auto wrong = [&](const std::string& why) {
        return fail(ErrorCode::badFormat, "this is not a byte-pair vocabulary: " + why,
                    "Give the rank file of a tiktoken vocabulary");
    };
    if (tokens.size() > kMostTokens || name.empty() || name.size() > 64) {
        return wrong("it has too many tokens, or no proper name");
    }
    Vocabulary made;
    made.m_name = std::move(name);
    made.m_slots.resize(std::bit_ceil(2 * tokens.size() + 2));
    made.m_pairs.assign(65536, kNone);
    made.m_starts.reserve(tokens.size() + 1);
    made.m_starts.push_back(0);
    for (const auto& token : tokens) {
        if (token.empty() || token.size() > kLongestToken) {
            return wrong("a token has no bytes, or over 255");
        }
        made.m_longest = std::max(made.m_longest, token.size());
        made.m_bytes += token;
        made.m_starts.push_back(static_cast<std::uint32_t>(made.m_bytes.size()));
    }
    for (std::uint32_t rank = 0; rank < tokens.size(); ++rank) {
        const std::string_view token = made.token(rank);
        const std::uint64_t key = hash(token);
        std::size_t at = key & (made.m_slots.size() - 1);
        for (; made.m_slots[at].rank != kNone; at = (at + 1) & (made.m_slots.size() - 1)) {
            if (made.token(made.m_slots[at].rank) == token) {
                return wrong("two ranks have the same bytes");
            }
        }
        made.m_slots[at] = {static_cast<std::uint32_t>(key >> 32U), rank};
        if (token.size() == 2) {
            made.m_pairs[byteAt(token, 0) * 256 + byteAt(token, 1)] = rank;
        }
    }
    for (int byte = 0; byte < 256; ++byte) {
        if (made.rank(std::string(1, static_cast<char>(byte))) == kNone) {
            return wrong("byte " + std::to_string(byte) + " has no token, so not every text could be counted");
        }
    }
    return made;
}

Result<std::string> Vocabulary::pack() const {
    std::vector<std::uint32_t> order(size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](auto a, auto b) { return token(a) < token(b); });
    std::string shared;
    std::string lengths;
    std::string planes[3];
    std::string suffixes;
    std::string_view last;
    for (const std::uint32_t rank : order) {
        const std::string_view bytes = token(rank);
        const auto common = static_cast<std::size_t>(
            std::mismatch(bytes.begin(), bytes.end(), last.begin(), last.end()).first - bytes.begin());
        shared += static_cast<char>(common);
        lengths += static_cast<char>(bytes.size() - common);
        for (unsigned plane = 0; plane < 3; ++plane) {
            planes[plane] += static_cast<char>((rank >> (8 * plane)) & 0xFFU);
        }
        suffixes += bytes.substr(common);
        last = bytes;
    }
    const std::string body = shared + lengths + planes[0] + planes[1] + planes[2] + suffixes;
    std::string result(kMagic);
    result += static_cast<char>(m_name.size());
    appendNumber(result, size());
    appendNumber(result, body.size());
    result += m_name;
    const std::size_t headSize = result.size();
    result.resize(headSize + ZSTD_compressBound(body.size()));
    ZSTD_CCtx* context = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 19);
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    const std::size_t packed =
        ZSTD_compress2(context, result.data() + headSize, result.size() - headSize, body.data(), body.size());
    ZSTD_freeCCtx(context);
    if (ZSTD_isError(packed) != 0) {
        return fail(ErrorCode::internal,
                    std::string("zstd could not pack the vocabulary: ") + ZSTD_getErrorName(packed));
    }
    result.resize(headSize + packed);
    return result;
}

Result<Vocabulary> Vocabulary::unpack(std::string_view bytes, const std::string& source) {
    if (bytes.size() < kHeaderSize || bytes.substr(0, kMagic.size()) != kMagic) {
        return fail(ErrorCode::badFormat, "this is not a packed vocabulary", "Make one with tierwise-cli tokens pack",
                    source);
    }
    const std::size_t nameSize = byteAt(bytes, 8);
    const std::size_t count = numberAt(bytes, 9);
    const std::size_t bodySize = numberAt(bytes, 13);
    if (bytes.size() < kHeaderSize + nameSize || count > kMostTokens || bodySize > count * (5 + kLongestToken)) {
        return damaged(source, "its head makes no sense");
    }
    const std::string_view packed = bytes.substr(kHeaderSize + nameSize);
    // Trust the frame's own size only where it agrees, so that a damaged head cannot ask for a gigabyte.
    if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != bodySize) {
        return damaged(source, "its size is not the one it says");
    }
    std::string body(bodySize, '\0');
    const std::size_t unpacked = ZSTD_decompress(body.data(), body.size(), packed.data(), packed.size());
    if (ZSTD_isError(unpacked) != 0 || unpacked != bodySize) {
        return damaged(source, "it cannot be unpacked");
    }
    auto tokens = tokensOfBody(body, count, source);
    if (!tokens) {
        return fail(std::move(tokens.error()));
    }
    auto made = make(std::string(bytes.substr(kHeaderSize, nameSize)), *tokens);
    if (!made) {
        made.error().source = source;
    }
    return made;
}

}  // namespace tierwise::tokens
