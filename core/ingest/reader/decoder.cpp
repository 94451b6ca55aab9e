// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/decoder.h"

#include <array>

#include <unicode/ucnv.h>

#include <fmt/format.h>

#include "core/ingest/reader/utf8.h"

namespace tierwise::ingest {

struct Decoder::Impl {
    UConverter* converter = nullptr;
    std::array<UChar, 8192> units{};
    std::array<std::int32_t, 8192> offsets{};
    char32_t high = 0;       // a high surrogate that waits for its other half
    bool lineEnded = false;  // the last unit of the piece before ended a line: note where the next one starts

    ~Impl() { ucnv_close(converter); }
};

Decoder::Decoder(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Decoder::~Decoder() = default;

Result<std::unique_ptr<Decoder>> Decoder::open(const std::string& encoding) {
    auto impl = std::make_unique<Impl>();
    UErrorCode status = U_ZERO_ERROR;
    impl->converter = ucnv_open(encoding.c_str(), &status);
    if (U_FAILURE(status) != 0 || impl->converter == nullptr) {
        return fail(ErrorCode::invalidArgument, fmt::format("no encoding is called \"{}\"", encoding),
                    "Use a name such as UTF-8, UTF-16LE, windows-1252 or ISO-8859-15");
    }
    return std::unique_ptr<Decoder>(new Decoder(std::move(impl)));
}

void Decoder::decode(std::string_view bytes, bool flush, std::int64_t originalBase, std::int64_t decodedBase,
                     std::string& out, std::vector<OffsetMap::Mark>& marks) {
    Impl& impl = *m_impl;
    const char* from = bytes.data();
    const char* const end = from + bytes.size();
    for (;;) {
        const std::int64_t pieceBase = originalBase + (from - bytes.data());
        UChar* to = impl.units.data();
        UErrorCode status = U_ZERO_ERROR;
        ucnv_toUnicode(impl.converter, &to, impl.units.data() + impl.units.size(), &from, end, impl.offsets.data(),
                       flush ? 1 : 0, &status);
        const std::size_t count = static_cast<std::size_t>(to - impl.units.data());
        for (std::size_t i = 0; i < count; ++i) {
            const char32_t unit = impl.units[i];
            if (impl.lineEnded) {
                marks.push_back({decodedBase + static_cast<std::int64_t>(out.size()), pieceBase + impl.offsets[i]});
                impl.lineEnded = false;
            }
            if (unit >= 0xD800 && unit < 0xDC00) {
                impl.high = unit;
                continue;
            }
            if (unit >= 0xDC00 && unit < 0xE000 && impl.high != 0) {
                appendUtf8(out, 0x10000 + ((impl.high - 0xD800) << 10U) + (unit - 0xDC00));
            } else {
                m_invalid += unit == 0xFFFD ? 1 : 0;
                appendUtf8(out, unit >= 0xD800 && unit < 0xE000 ? 0xFFFD : unit);
            }
            impl.high = 0;
            impl.lineEnded = unit == '\n' || unit == '\r';
        }
        if (status != U_BUFFER_OVERFLOW_ERROR) {
            break;
        }
    }
    if (flush && impl.lineEnded) {
        marks.push_back({decodedBase + static_cast<std::int64_t>(out.size()),
                         originalBase + static_cast<std::int64_t>(bytes.size())});
        impl.lineEnded = false;
    }
}

bool isUtf8Name(const std::string& encoding) {
    std::string plain;
    for (const char c : encoding) {
        if (c != '-' && c != '_' && c != ' ') {
            plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        }
    }
    return plain == "utf8" || plain == "ascii" || plain == "usascii";
}

Result<std::string> decodeAll(const std::string& encoding, std::string_view bytes) {
    if (isUtf8Name(encoding)) {
        return std::string(bytes);
    }
    auto decoder = Decoder::open(encoding);
    if (!decoder) {
        return fail(decoder.error());
    }
    std::string out;
    std::vector<OffsetMap::Mark> marks;
    (*decoder)->decode(bytes, true, 0, 0, out, marks);
    return out;
}

}  // namespace tierwise::ingest
