// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace tierwise::tokens {

/// The tokens of one byte-pair vocabulary with their ranks, for look-up by bytes. Read-only once made; any thread.
class Vocabulary {
public:
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;  ///< "no such token": above every rank

    /// tokens[rank]: every rank once, every single byte among them, each of 1 to 255 bytes, at most 2^22 tokens.
    [[nodiscard]] static Result<Vocabulary> make(std::string name, const std::vector<std::string>& tokens);

    /// The compact form in resources/tokens: tokens sorted and front-coded, ranks as byte planes, then zstd.
    [[nodiscard]] Result<std::string> pack() const;
    /// Error badFormat: not such a file, damaged, or not a vocabulary. source names it in errors.
    [[nodiscard]] static Result<Vocabulary> unpack(std::string_view bytes, const std::string& source);

    [[nodiscard]] const std::string& name() const { return m_name; }  ///< "o200k_base"
    [[nodiscard]] std::size_t size() const { return m_starts.size() - 1; }
    /// Bytes of the token with this rank < size().
    [[nodiscard]] std::string_view token(std::uint32_t rank) const {
        return std::string_view(m_bytes).substr(m_starts[rank], m_starts[rank + 1] - m_starts[rank]);
    }

    /// Rank of these bytes, or kNone.
    [[nodiscard]] std::uint32_t rank(std::string_view bytes) const {
        if (bytes.size() == 2) {
            return rankOfPair(bytes[0], bytes[1]);
        }
        return bytes.size() > m_longest ? kNone : find(bytes);
    }
    [[nodiscard]] std::uint32_t rankOfPair(char first, char second) const {
        return m_pairs[static_cast<unsigned char>(first) * std::size_t{256} + static_cast<unsigned char>(second)];
    }

private:
    struct Slot {
        std::uint32_t tag = 0;  ///< upper half of the hash
        std::uint32_t rank = kNone;
    };
    [[nodiscard]] static std::uint64_t hash(std::string_view bytes);
    [[nodiscard]] std::uint32_t find(std::string_view bytes) const;

    std::string m_name;
    std::string m_bytes;
    std::vector<std::uint32_t> m_starts;  ///< by rank, and one past the end
    std::vector<Slot> m_slots;            ///< a power of two, at most half full
    std::vector<std::uint32_t> m_pairs;   ///< rank of every two-byte token
    std::size_t m_longest = 0;
};

}  // namespace tierwise::tokens
