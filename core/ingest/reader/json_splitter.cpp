// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/json_splitter.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/ingest/reader/json_scanner.h"
#include "core/ingest/reader/scan.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kRejectSample = std::size_t{64} << 10U;
constexpr std::int64_t kFirstBroken = 16;
constexpr std::int64_t kManyBroken = 1024;

std::size_t boundedChunk(const ReadOptions& options) {
    return std::clamp<std::size_t>(options.chunkBytes, 4096, std::size_t{64} << 20U);
}
std::size_t boundedRecord(const ReadOptions& options) {
    return std::clamp<std::size_t>(options.maxRecordBytes, 4096, std::size_t{1} << 30U);
}

}  // namespace

JsonLinesSplitter::JsonLinesSplitter(TextStream& text, const ReadOptions& options, std::int64_t firstLine)
    : m_text(text), m_chunkBytes(boundedChunk(options)), m_maxRecord(boundedRecord(options)), m_line(firstLine) {}

Result<bool> JsonLinesSplitter::next(Chunk& chunk) {
    chunk = Chunk();
    for (std::size_t wanted = m_chunkBytes;; wanted *= 2) {
        const auto window = m_text.window(wanted);
        if (!window) {
            return fail(window.error());
        }
        if (window->empty()) {
            return false;
        }
        const auto lastEnd = window->rfind('\n');
        const bool isLast = m_text.windowIsLast();
        const bool tooLong = !isLast && lastEnd == std::string_view::npos && wanted > m_maxRecord;
        if (!isLast && lastEnd == std::string_view::npos && !tooLong) {
            continue;
        }
        const std::size_t size = isLast || tooLong ? window->size() : lastEnd + 1;
        m_text.describe(size, chunk);
        chunk.firstLine = m_line;
        m_line += countByte(chunk.text, '\n');
        chunk.endLine = m_line;
        chunk.last = isLast;
        m_text.advance(size);
        if (tooLong) {
            // The pieces of a line that no window can hold are rejected one by one.
            chunk.rejects.push_back({chunk.firstLine,
                                     chunk.baseOffset,
                                     chunk.endOffset - chunk.baseOffset,
                                     {},
                                     fmt::format("part of a line longer than {} MiB", m_maxRecord >> 20U),
                                     "Check that the file is JSON Lines: one object a line",
                                     std::string(chunk.text.substr(0, kRejectSample))});
            chunk.text = {};
        }
        return true;
    }
}

JsonValueSplitter::JsonValueSplitter(TextStream& text, const Dialect& dialect, const ReadOptions& options,
                                     std::int64_t firstLine, bool resumes)
    : m_text(text),
      m_path(dialect.recordPath),
      m_chunkBytes(boundedChunk(options)),
      m_maxRecord(boundedRecord(options)),
      m_line(firstLine),
      m_isArray(dialect.format == Format::jsonArray),
      m_entered(dialect.format != Format::jsonArray || resumes) {}

Result<bool> JsonValueSplitter::enterArray() {
    for (std::size_t wanted = m_chunkBytes;; wanted *= 2) {
        const auto window = m_text.window(wanted);
        if (!window) {
            return fail(window.error());
        }
        bool incomplete = false;
        std::size_t at = std::string_view::npos;
        if (m_path.empty()) {
            const auto first = window->find_first_not_of(" \t\r\n");
            at = first != std::string_view::npos && (*window)[first] == '[' ? first + 1 : at;
        } else {
            at = findJsonArray(*window, m_path, &incomplete);
        }
        if (at != std::string_view::npos) {
            m_entered = true;
            skip(at);
            return true;
        }
        if (!incomplete || m_text.windowIsLast() || wanted > m_maxRecord) {
            return fail(ErrorCode::badFormat,
                        m_path.empty() ? std::string("the text does not begin with an array")
                                       : fmt::format("there is no array at \"{}\"", m_path),
                        "Choose another format or record path", {}, m_line);
        }
    }
}

void JsonValueSplitter::skip(std::size_t size) {
    Chunk passed;
    m_text.describe(size, passed);
    m_line += countByte(passed.text, '\n');
    m_text.advance(size);
}

Result<bool> JsonValueSplitter::next(Chunk& chunk) {
    chunk = Chunk();
    if (!m_entered) {
        if (auto entered = enterArray(); !entered) {
            return entered;
        }
    }
    for (std::size_t wanted = m_chunkBytes;; wanted *= 2) {
        const auto window = m_text.window(wanted);
        if (!window) {
            return fail(window.error());
        }
        if (window->empty() || m_done) {
            return false;
        }
        m_countedTo = 0;
        m_chunkLines = 0;
        chunk.extents.clear();
        const bool isLast = m_text.windowIsLast();
        const std::size_t size = collect(*window, isLast, wanted > m_maxRecord, chunk);
        if (size == 0) {
            continue;
        }
        m_text.describe(size, chunk);
        chunk.firstLine = m_line;
        m_line += countByte(chunk.text, '\n');
        chunk.endLine = m_line;
        chunk.last = m_done || (isLast && size == window->size());
        m_text.advance(size);
        return true;
    }
}

std::size_t JsonValueSplitter::collect(std::string_view window, bool isLast, bool full, Chunk& chunk) {
    std::size_t at = 0;
    for (;;) {
        const std::string_view seen = window.substr(0, std::min(window.size(), at + lookAhead()));
        const bool limited = seen.size() < window.size();
        const JsonExtent value = nextJsonValue(seen, at);
        switch (value.kind) {
            case JsonExtent::Kind::value:
                add(window, value.begin, value.end,
                    !looksLikeObject(window.substr(value.begin, value.end - value.begin)), chunk);
                at = value.end;
                break;
            case JsonExtent::Kind::closing:
                if (m_isArray && window[value.begin] == ']') {
                    m_done = true;
                    return value.end;
                }
                add(window, value.begin, value.end, true, chunk);
                at = value.end;
                break;
            case JsonExtent::Kind::none:
                if (!limited) {
                    return window.size();
                }
                at = seen.size();
                break;
            case JsonExtent::Kind::incomplete: {
                if (!isLast && !full && !limited) {
                    return at;
                }
                if (full && !chunk.extents.empty()) {
                    return at;  // judged when it opens a window that holds all there is to see
                }
                ++m_broken;
                const char first = window[value.begin];
                const bool scalar = first != '{' && first != '[' && first != '"';
                const std::size_t next = scalar ? window.size() : resyncJson(window, value.begin + 1);
                add(window, value.begin, next, true, chunk);
                at = next;
                break;
            }
        }
    }
}

// How far a value is followed, by how many have not ended so far: each costs as much as it looks ahead.
std::size_t JsonValueSplitter::lookAhead() const {
    if (m_broken < kFirstBroken) {
        return std::size_t{1} << 31U;
    }
    return m_broken < kManyBroken ? std::size_t{256} << 10U : std::size_t{8} << 10U;
}

void JsonValueSplitter::add(std::string_view window, std::size_t begin, std::size_t end, bool bad, Chunk& chunk) {
    m_chunkLines += countByte(window.substr(m_countedTo, begin - m_countedTo), '\n');
    m_countedTo = begin;
    chunk.extents.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin),
                             static_cast<std::uint32_t>(m_chunkLines), bad});
}

}  // namespace tierwise::ingest
