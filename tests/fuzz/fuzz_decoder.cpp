// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes in any encoding: pieces give what the whole gives, valid UTF-8, with offsets that only grow.
#include <array>

#include "core/ingest/reader/decoder.h"
#include "core/ingest/reader/utf8.h"
#include "tests/fuzz/reader_fuzz.h"

using namespace tierwise::ingest;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static constexpr std::array<const char*, 10> kEncodings = {"UTF-16LE", "UTF-16BE",     "UTF-32LE",   "UTF-32BE",
                                                               "UTF-8",    "windows-1252", "ISO-8859-1", "Shift_JIS",
                                                               "GB18030",  "EUC-KR"};
    if (size < 3) {
        return 0;
    }
    const char* const encoding = kEncodings[data[0] % kEncodings.size()];
    const std::size_t piece = 1 + data[1];
    const std::string_view bytes(reinterpret_cast<const char*>(data + 2), size - 2);
    auto whole = Decoder::open(encoding);
    auto pieces = Decoder::open(encoding);
    tierwise::fuzz::require(whole.has_value() && pieces.has_value());
    std::string one;
    std::string other;
    std::vector<OffsetMap::Mark> marksOfOne;
    std::vector<OffsetMap::Mark> marksOfOther;
    (*whole)->decode(bytes, true, 0, 0, one, marksOfOne);
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        (*pieces)->decode(bytes.substr(at, piece), false, static_cast<std::int64_t>(at), 0, other, marksOfOther);
    }
    (*pieces)->decode({}, true, static_cast<std::int64_t>(bytes.size()), 0, other, marksOfOther);
    tierwise::fuzz::require(one == other);
    tierwise::fuzz::require(isValidUtf8(one));
    tierwise::fuzz::require(marksOfOne.size() == marksOfOther.size());
    for (std::size_t i = 0; i < marksOfOne.size(); ++i) {
        tierwise::fuzz::require(marksOfOne[i].decoded == marksOfOther[i].decoded);
        tierwise::fuzz::require(i == 0 || (marksOfOne[i].decoded > marksOfOne[i - 1].decoded &&
                                           marksOfOne[i].original >= marksOfOne[i - 1].original));
    }
    tierwise::fuzz::require(isValidUtf8(mendUtf8(bytes)));
    if (isValidUtf8(bytes)) {
        tierwise::fuzz::require(mendUtf8(bytes) == bytes);
    }
    return 0;
}
