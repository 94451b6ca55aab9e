// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/sniff/source_sniffer.h"

#include <filesystem>

#include "core/ingest/reader/byte_source.h"
#include "core/ingest/reader/decoder.h"
#include "core/ingest/sniff/dialect_sniffer.h"
#include "core/ingest/sniff/encoding_sniffer.h"
#include "core/ingest/sniff/json_sniffer.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kHeadSize = std::size_t{1} << 20U;

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
    const EncodingGuess encoding = sniffEncoding(*head);
    Dialect base;
    base.encoding = options.encoding.value_or(encoding.encoding);
    info.dataOffset = static_cast<std::int64_t>(encoding.markSize);
    info.byteOrderMark = encoding.markSize > 0;
    info.repairs[Repair::byteOrderMark] = info.byteOrderMark ? 1 : 0;
    if (options.dialect) {
        info.dialect = *options.dialect;
        info.dialectConfidence = 1;
        return info;
    }
    auto text = decodeAll(base.encoding, std::string_view(*head).substr(encoding.markSize));
    if (!text) {
        return fail(text.error());
    }
    const bool whole = head->size() < kHeadSize;
    auto json = options.format == Format::delimited ? std::nullopt : sniffJson(*text, whole);
    if (json || (options.format && options.format != Format::delimited)) {
        info.dialect = base;
        info.dialect.format = options.format.value_or(json ? json->format : Format::jsonLines);
        info.dialect.recordPath = options.recordPath.value_or(json ? json->recordPath : "");
        info.dialectConfidence = json ? json->confidence : 1;
        info.notes = json ? std::move(json->notes) : std::vector<std::string>();
        return info;
    }
    TextSample sample;
    sample.head = std::move(*text);
    sample.headIsWhole = whole;
    DialectGuess guess = sniffDialect(sample, options, base);
    info.dialect = guess.dialect;
    info.dialectConfidence = guess.confidence;
    info.repairs += guess.repairs;
    info.notes = std::move(guess.notes);
    info.columns.resize(guess.columns);
    return info;
}

}  // namespace tierwise::ingest
