// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/ingest/reader/offset_map.h"

namespace tierwise::ingest {

/// Any encoding that ICU knows, to UTF-8, in pieces. One thread.
class Decoder {
public:
    /// Error: invalidArgument where nobody knows the name.
    [[nodiscard]] static Result<std::unique_ptr<Decoder>> open(const std::string& encoding);
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// Appends the text of bytes to out and notes where lines end. originalBase: offset of bytes[0]; decodedBase:
    /// decoded position of out[0]; flush: nothing follows.
    void decode(std::string_view bytes, bool flush, std::int64_t originalBase, std::int64_t decodedBase,
                std::string& out, std::vector<OffsetMap::Mark>& marks);
    /// Sequences so far that the encoding does not know; each has become U+FFFD.
    [[nodiscard]] std::int64_t invalidSequences() const { return m_invalid; }

private:
    struct Impl;
    explicit Decoder(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
    std::int64_t m_invalid = 0;
};

/// True for the names of UTF-8 and ASCII, whose bytes need no decoding.
[[nodiscard]] bool isUtf8Name(const std::string& encoding);
/// The whole of a small text at once.
[[nodiscard]] Result<std::string> decodeAll(const std::string& encoding, std::string_view bytes);

}  // namespace tierwise::ingest
