// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ingest/reader/splitter.h"
#include "core/ingest/reader/text_stream.h"

namespace tierwise::ingest {

/// JSON Lines: chunks end where lines do.
class JsonLinesSplitter final : public Splitter {
public:
    JsonLinesSplitter(TextStream& text, const ReadOptions& options, std::int64_t firstLine);
    [[nodiscard]] Result<bool> next(Chunk& chunk) override;

private:
    TextStream& m_text;
    std::size_t m_chunkBytes;
    std::size_t m_maxRecord;
    std::int64_t m_line;
};

/// The elements of an array, or values one after the other: found by balancing brackets, streamed.
class JsonValueSplitter final : public Splitter {
public:
    /// inArray: the text begins with '[', or with the object that holds dialect.recordPath, unless it resumes inside.
    JsonValueSplitter(TextStream& text, const Dialect& dialect, const ReadOptions& options, std::int64_t firstLine,
                      bool resumes);
    [[nodiscard]] Result<bool> next(Chunk& chunk) override;

private:
    [[nodiscard]] Result<bool> enterArray();
    /// Collects whole values of the window into the chunk; the size taken, 0 where nothing is whole.
    [[nodiscard]] std::size_t collect(std::string_view window, bool isLast, bool full, Chunk& chunk);
    void add(std::string_view window, std::size_t begin, std::size_t end, bool bad, Chunk& chunk);
    void skip(std::size_t size);
    [[nodiscard]] std::size_t lookAhead() const;

    TextStream& m_text;
    std::string m_path;
    std::size_t m_chunkBytes;
    std::size_t m_maxRecord;
    std::int64_t m_line;
    std::int64_t m_broken = 0;
    bool m_isArray;
    bool m_entered;
    bool m_done = false;
    std::size_t m_countedTo = 0;  // position in the window up to which lines are in m_chunkLines
    std::int64_t m_chunkLines = 0;
};

}  // namespace tierwise::ingest
