// SPDX-License-Identifier: GPL-3.0-or-later
// Packed files: whole, of several members, cut off, and with a byte changed.
#include <zlib.h>
#include <zstd.h>

#include "tests/fuzz/reader_fuzz.h"

namespace {

std::string gzipped(std::string_view text) {
    z_stream stream{};
    tierwise::fuzz::require(deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstded(std::string_view text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 5) {
        return 0;
    }
    const std::string_view text(reinterpret_cast<const char*>(data + 4), size - 4);
    const bool zstd = (data[0] & 1U) != 0;
    const auto pack = [&](std::string_view part) { return zstd ? zstded(part) : gzipped(part); };
    tierwise::ingest::ReadOptions options;
    options.encoding = "UTF-8";
    options.delimiter = ",";
    options.quote = std::optional<char>('"');
    switch (data[0] >> 1U & 3U) {
        case 0: {
            // Two members give what the plain text gives.
            const std::size_t cut = data[1] * text.size() / 256;
            const tierwise::fuzz::MemoryFile packed(pack(text.substr(0, cut)) + pack(text.substr(cut)));
            const tierwise::fuzz::MemoryFile plain(text);
            const auto one = tierwise::fuzz::readAll(packed.path(), options);
            const auto other = tierwise::fuzz::readAll(plain.path(), options);
            const bool nested = text.size() > 3 && (text[0] == '\x1F' || text[0] == '\x28' || text[1] == '\x2A');
            tierwise::fuzz::require(nested || one.text == other.text);
            break;
        }
        case 1: {
            const std::string whole = pack(text);
            tierwise::fuzz::readBothWays(whole.substr(0, data[1] * whole.size() / 256), options);
            break;
        }
        case 2: {
            std::string broken = pack(text);
            broken[data[1] * broken.size() / 256] ^= static_cast<char>(data[2] | 1U);
            tierwise::fuzz::readBothWays(broken, options);
            break;
        }
        default: {
            const std::string_view magic =
                zstd ? std::string_view("\x28\xB5\x2F\xFD", 4) : std::string_view("\x1F\x8B\x08", 3);
            tierwise::fuzz::readBothWays(std::string(magic) + std::string(text), options);
        }
    }
    return 0;
}
