// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/source_sniffer.h"

#include <algorithm>
#include <filesystem>

#include "core/ingest/reader/byte_source.h"
#include "core/ingest/reader/decoder.h"
#include "core/ingest/sniff/dialect_sniffer.h"
#include "core/ingest/sniff/encoding_sniffer.h"
#include "core/ingest/sniff/foreign_formats.h"
#include "core/ingest/sniff/json_sniffer.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kHeadSize = std::size_t{1} << 20U;
constexpr std::size_t kLaterSize = std::size_t{64} << 10U;

// Bytes of a plain file from an offset on; nothing where it cannot be read, which reading the file will tell.
std::string bytesAt(const std::string& path, std::int64_t offset, std::size_t size) {
    std::string bytes(size, '\0');
    auto source = ByteSource::open(path, Container::plain, offset);
    const auto got = source ? (*source)->read(bytes.data(), size) : Result<std::size_t>(0);
    bytes.resize(got ? *got : 0);
    return bytes;
}

// Whole lines: without the part of a line at either end. Wide encodings are not looked into.
std::string wholeLines(const std::string& bytes) {
    const auto first = bytes.find('\n');
    const auto last = bytes.rfind('\n');
    return first == std::string::npos || first == last ? std::string() : bytes.substr(first + 1, last - first);
}

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct LaterSamples {
    std::string middle;
    std::string tail;
};

LaterSamples laterSamples(const SourceInfo& info) {
    const auto later = static_cast<std::int64_t>(kLaterSize);
    if (info.container != Container::plain || info.fileBytes < static_cast<std::int64_t>(kHeadSize) + 2 * later) {
        return {};
    }
    const std::int64_t middle = std::max(static_cast<std::int64_t>(kHeadSize), info.fileBytes / 2);
    return {wholeLines(bytesAt(info.path, middle, kLaterSize)),
            wholeLines(bytesAt(info.path, info.fileBytes - later, kLaterSize))};
}

// A head of pure ASCII says nothing about the letters further on; one in an older encoding is a part of a log that was
// glued together where they are UTF-8.
EncodingGuess encodingOfAll(const std::string& head, const LaterSamples& later) {
    EncodingGuess guess = sniffEncoding(head);
    if (guess.markSize > 0) {
        return guess;
    }
    for (const auto* sample : {&later.middle, &later.tail}) {
        const EncodingGuess other = sniffEncoding(*sample);
        if (guess.encoding == "UTF-8" && other.encoding != "UTF-8" && isAscii(head)) {
            guess = other;
        } else if (guess.legacy && other.encoding == "UTF-8" && !isAscii(*sample)) {
            guess = {"UTF-8", 0, other.confidence, false, true};
        }
    }
    return guess;
}

// Options that no text could be read by.
Result<bool> checkOptions(const ReadOptions& options) {
    const auto wrong = [](const char* what) {
        return fail(ErrorCode::invalidArgument, what, "Leave the option out to have it found");
    };
    if (options.delimiter &&
        (options.delimiter->size() > 16 || options.delimiter->find_first_of("\r\n") != std::string::npos)) {
        return wrong("a delimiter has at most 16 bytes and no line end");
    }
    for (const auto& byte : {options.quote, options.escape}) {
        if (byte && *byte && (**byte == '\n' || **byte == '\r' || static_cast<unsigned char>(**byte) >= 0x80)) {
            return wrong("quote and escape are ASCII characters, not line ends");
        }
    }
    if (options.delimiter && options.quote && *options.quote &&
        options.delimiter->find(**options.quote) != std::string::npos) {
        return wrong("the delimiter may not hold the quote");
    }
    return true;
}

}  // namespace

Result<SourceInfo> sniffSource(const std::string& path, const ReadOptions& options, const TaskContext& context) {
    if (context.stopRequested()) {
        return TaskContext::cancelled();
    }
    if (auto sensible = checkOptions(options); !sensible) {
        return fail(sensible.error());
    }
    auto magic = readHead(path, Container::plain, 16);
    if (!magic) {
        return fail(magic.error());
    }
    SourceInfo info;
    info.path = path;
    std::error_code ignored;
    const auto size = std::filesystem::file_size(path, ignored);
    info.fileBytes = ignored ? 0 : static_cast<std::int64_t>(size);
    info.container = detectContainer(*magic);
    auto head = readHead(path, info.container, kHeadSize);
    if (!head) {
        return fail(head.error());
    }
    if (const auto foreign = foreignFormat(*head)) {
        return fail(ErrorCode::badFormat, foreign->what, foreign->fixHint, path);
    }
    if (info.container != Container::plain && detectContainer(*head) != Container::plain) {
        return fail(ErrorCode::badFormat, "the file is packed twice", "Unpack it once, and open what comes out.", path);
    }
    const LaterSamples later = laterSamples(info);
    const EncodingGuess encoding = encodingOfAll(*head, later);
    Dialect base;
    base.encoding = options.encoding.value_or(encoding.encoding);
    if (!options.encoding && !options.dialect && encoding.legacy && looksBinary(*head)) {
        return fail(ErrorCode::badFormat, "this is not a text file",
                    "Choose a log: CSV, TSV, JSON Lines or JSON; plain, gzip or zstd. If it is text all the same, name "
                    "its encoding.",
                    path);
    }
    info.dataOffset = static_cast<std::int64_t>(encoding.markSize);
    info.byteOrderMark = encoding.markSize > 0;
    info.repairs[Repair::byteOrderMark] = info.byteOrderMark ? 1 : 0;
    if (encoding.mixed && !options.encoding) {
        info.notes.emplace_back("Some lines are UTF-8, others are not: these are read as windows-1252");
    }
    if (options.dialect) {
        info.dialect = *options.dialect;
        info.columns.resize(info.dialect.columnKinds.size());
        info.dialectConfidence = 1;
        return info;
    }
    auto text = decodeAll(base.encoding, std::string_view(*head).substr(encoding.markSize));
    if (!text) {
        return fail(text.error());
    }
    const bool whole = head->size() < kHeadSize;
    auto json = options.format == Format::delimited ? std::nullopt : sniffJson(*text, whole);
    if (json && json->python) {
        return fail(ErrorCode::badFormat, "this is Python's way of printing values, not JSON",
                    "Print it with json.dumps, or mend it: python3 -c \"import ast, json, sys; "
                    "print(json.dumps(ast.literal_eval(sys.stdin.read()), default=str))\" < log.txt > log.json",
                    path);
    }
    if (json || (options.format && options.format != Format::delimited)) {
        info.dialect = base;
        info.dialect.format = options.format.value_or(json ? json->format : Format::jsonLines);
        info.dialect.recordPath = options.recordPath.value_or(json ? json->recordPath : "");
        info.dialectConfidence = json ? json->confidence : 1;
        if (json) {
            info.notes.insert(info.notes.end(), json->notes.begin(), json->notes.end());
        }
        return info;
    }
    TextSample sample;
    sample.head = std::move(*text);
    sample.headIsWhole = whole;
    if (isUtf8Name(base.encoding)) {
        sample.middle = later.middle;
        sample.tail = later.tail;
    }
    DialectGuess guess = sniffDialect(sample, options, base);
    const bool usual = guess.dialect.delimiter.find_first_of(",;\t|") != std::string::npos;
    if (!options.delimiter && !options.format && !usual && looksFixedWidth(sample.head)) {
        return fail(ErrorCode::badFormat, "this is a table in columns of fixed width",
                    "Write it as CSV, and open that: python3 -c \"import pandas; "
                    "pandas.read_fwf('log.txt').to_csv('log.csv', index=False)\". Or name its delimiter.",
                    path);
    }
    info.dialect = guess.dialect;
    info.dialectConfidence = guess.confidence;
    info.repairs += guess.repairs;
    info.notes.insert(info.notes.end(), guess.notes.begin(), guess.notes.end());
    info.columns.resize(guess.columns);
    return info;
}

}  // namespace tierwise::ingest
