// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/encoding_sniffer.h"

#include <algorithm>
#include <array>

#include <unicode/ucsdet.h>

#include "core/ingest/reader/utf8.h"

namespace tierwise::ingest {
namespace {

struct Mark {
    std::string_view bytes;
    const char* encoding;
};

// UTF-32LE before UTF-16LE, whose mark is its beginning.
constexpr std::array<Mark, 5> kMarks = {{{std::string_view("\xFF\xFE\0\0", 4), "UTF-32LE"},
                                         {std::string_view("\0\0\xFE\xFF", 4), "UTF-32BE"},
                                         {std::string_view("\xEF\xBB\xBF", 3), "UTF-8"},
                                         {std::string_view("\xFF\xFE", 2), "UTF-16LE"},
                                         {std::string_view("\xFE\xFF", 2), "UTF-16BE"}}};

// Text in UTF-16 and UTF-32 without a mark: its ASCII part leaves NULs in regular places.
const char* wideEncoding(std::string_view head) {
    const std::size_t size = std::min<std::size_t>(head.size() / 4 * 4, 65536);
    if (size < 4) {
        return head.size() == 2 && (head[0] == 0) != (head[1] == 0) ? (head[0] == 0 ? "UTF-16BE" : "UTF-16LE")
                                                                    : nullptr;
    }
    std::array<std::size_t, 4> nuls{};
    for (std::size_t i = 0; i < size; ++i) {
        nuls[i % 4] += head[i] == 0 ? 1 : 0;
    }
    const std::size_t quads = size / 4;
    const auto mostly = [&](std::size_t count) { return count * 10 >= quads * 9; };
    if (mostly(nuls[1]) && mostly(nuls[2]) && mostly(nuls[3]) && !mostly(nuls[0])) {
        return "UTF-32LE";
    }
    if (mostly(nuls[0]) && mostly(nuls[1]) && mostly(nuls[2]) && !mostly(nuls[3])) {
        return "UTF-32BE";
    }
    const std::size_t even = nuls[0] + nuls[2];
    const std::size_t odd = nuls[1] + nuls[3];
    // Scripts beyond Latin have few NULs, but delimiters and line ends are ASCII; the other half has none at all.
    if (odd * 10 > quads && even * 20 < odd) {
        return "UTF-16LE";
    }
    if (even * 10 > quads && odd * 20 < even) {
        return "UTF-16BE";
    }
    return nullptr;
}

// A head may be cut inside a character: up to three bytes at its end do not count against UTF-8.
bool isUtf8Head(std::string_view head) {
    for (std::size_t cut = 0; cut < 4 && cut <= head.size(); ++cut) {
        if (isValidUtf8(head.substr(0, head.size() - cut))) {
            return true;
        }
    }
    return false;
}

/// How much of a text is UTF-8, of what is not ASCII.
struct Utf8Share {
    std::size_t sequences = 0;
    std::size_t broken = 0;
    std::size_t lines = 0;  ///< that hold sequences and nothing broken
    std::size_t otherLines = 0;
};

Utf8Share utf8Share(std::string_view text) {
    Utf8Share share;
    std::size_t good = 0;
    std::size_t bad = 0;
    const auto endLine = [&] {
        share.sequences += good;
        share.broken += bad;
        share.lines += good > 0 && bad == 0 ? 1 : 0;
        share.otherLines += bad > 0 ? 1 : 0;
        good = bad = 0;
    };
    while (!text.empty()) {
        const std::size_t length = utf8SequenceLength(text);
        good += length > 1 ? 1 : 0;
        bad += length == 0 ? 1 : 0;
        if (text.front() == '\n' || text.front() == '\r') {
            endLine();
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    endLine();
    return share;
}

bool isMultiByte(std::string_view encoding) {
    return encoding == "Shift_JIS" || encoding == "GB18030" || encoding == "Big5" || encoding == "EUC-JP" ||
           encoding == "EUC-KR" || encoding.substr(0, 8) == "ISO-2022";
}

bool inC1(unsigned char c) {
    return c >= 0x80 && c <= 0x9F;
}

// What ICU makes of bytes that are no UTF-8. Only multi-byte encodings with good evidence are taken from it: among
// the single-byte ones its guess rests on letter statistics of prose, which logs are not.
EncodingGuess legacyEncoding(std::string_view head) {
    EncodingGuess guess{"windows-1252", 0, 0.6, true};
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector* detector = ucsdet_open(&status);
    const std::string_view sample = head.substr(0, std::size_t{64} << 10U);
    ucsdet_setText(detector, sample.data(), static_cast<std::int32_t>(sample.size()), &status);
    const UCharsetMatch* match = ucsdet_detect(detector, &status);
    if (U_SUCCESS(status) != 0 && match != nullptr) {
        const std::string name = ucsdet_getName(match, &status);
        const std::int32_t confidence = ucsdet_getConfidence(match, &status);
        const bool otherScript = name == "windows-1251" || name == "KOI8-R" || name == "ISO-8859-5" ||
                                 name == "ISO-8859-7" || name == "windows-1253" || name == "windows-1256" ||
                                 name == "ISO-8859-8" || name == "windows-1255";
        if ((isMultiByte(name) && confidence >= 80) || (otherScript && confidence >= 40)) {
            guess = {name, 0, confidence / 100.0, true};
        }
    }
    ucsdet_close(detector);
    const bool hasC1 =
        std::any_of(head.begin(), head.end(), [](char c) { return inC1(static_cast<unsigned char>(c)); });
    if (guess.encoding == "windows-1252" && !hasC1) {
        guess.confidence = 0.8;  // the same text in ISO-8859-1
    }
    return guess;
}

}  // namespace

EncodingGuess sniffEncoding(std::string_view head) {
    for (const auto& mark : kMarks) {
        if (head.substr(0, mark.bytes.size()) == mark.bytes) {
            return {mark.encoding, mark.bytes.size(), 1};
        }
    }
    if (const char* wide = wideEncoding(head)) {
        return {wide, 0, 0.9};
    }
    if (isUtf8Head(head)) {
        return {"UTF-8", 0, 1};
    }
    const Utf8Share share = utf8Share(head.substr(0, std::size_t{1} << 20U));
    const double good = static_cast<double>(share.sequences) / static_cast<double>(share.sequences + share.broken);
    if (share.sequences > 4 * share.broken) {
        return {"UTF-8", 0, good, false, true};
    }
    EncodingGuess legacy = legacyEncoding(head);
    // Logs that were glued together. In older encodings hardly a line is UTF-8 by chance, but for those of East Asia.
    if (share.lines >= 2 && share.lines * 4 >= share.otherLines && !isMultiByte(legacy.encoding)) {
        return {"UTF-8", 0, good, false, true};
    }
    return legacy;
}

}  // namespace tierwise::ingest
