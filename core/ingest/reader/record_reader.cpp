// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/reader/record_reader.h"

#include <algorithm>
#include <filesystem>
#include <unordered_set>

#include <fmt/format.h>

#include "core/ingest/reader/byte_source.h"
#include "core/ingest/reader/csv_parser.h"
#include "core/ingest/reader/csv_splitter.h"
#include "core/ingest/reader/csv_walker.h"
#include "core/ingest/reader/decoder.h"
#include "core/ingest/reader/json_parser.h"
#include "core/ingest/reader/json_splitter.h"
#include "core/ingest/reader/row_mender.h"
#include "core/ingest/reader/text_stream.h"
#include "core/ingest/sniff/source_sniffer.h"

namespace tierwise::ingest {
namespace {

class DelimitedReader final : public RecordReader {
public:
    DelimitedReader(SourceInfo info, const ReadOptions& options, const TaskContext& context)
        : m_info(std::move(info)), m_options(options), m_context(context) {}

    [[nodiscard]] Result<bool> start() {
        if (auto header = readHeader(); !header) {
            return header;
        }
        const bool resumes = m_options.startOffset > m_info.dataOffset;
        const std::int64_t offset = resumes ? m_options.startOffset : m_info.dataOffset;
        const std::int64_t line = resumes ? m_options.startLine : m_info.dataLine;
        return openAt(offset, line, m_options);
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }
    [[nodiscard]] Result<bool> nextChunk(Chunk& chunk) override {
        if (m_context.stopRequested()) {
            return TaskContext::cancelled();
        }
        auto more = m_splitter->next(chunk);
        if (more && !*more && m_text->pendingError() != nullptr) {
            return fail(*m_text->pendingError());
        }
        return more;
    }
    void parse(const Chunk& chunk, RecordBatch& batch) const override { m_parser->parse(chunk, batch); }
    [[nodiscard]] std::int64_t bytesConsumed() const override { return m_text->bytesConsumed(); }

private:
    Result<bool> openAt(std::int64_t offset, std::int64_t line, const ReadOptions& options) {
        const std::size_t columns = m_info.columns.size();
        auto text = TextStream::open(m_info.path, m_info.container, m_info.dialect.encoding, offset);
        if (!text) {
            return fail(text.error());
        }
        m_text = std::move(*text);
        m_splitter = std::make_unique<CsvSplitter>(*m_text, m_info.dialect, options, columns, line);
        m_parser = std::make_unique<CsvParser>(m_info.dialect, options, columns);
        return true;
    }

    // Reads what stands before the data: skipped lines, then the header, whose cells name the columns.
    Result<bool> readHeader() {
        ReadOptions options = m_options;
        options.chunkBytes = std::size_t{64} << 10U;
        options.raggedRows = RaggedRows::keep;
        auto opened = openAt(m_info.dataOffset, 1, options);
        if (!opened) {
            return opened;
        }
        if (auto skipped = skipLines(); !skipped) {
            return skipped;
        }
        opened = openAt(m_info.dataOffset, m_info.dataLine, options);
        if (!opened) {
            return opened;
        }
        std::vector<std::vector<std::string>> rows;
        RecordBatch batch;
        const std::size_t wanted = m_info.dialect.hasHeader ? static_cast<std::size_t>(m_info.dialect.headerLines) : 1;
        while (rows.size() < wanted) {
            auto more = next(batch);
            if (!more) {
                return more;
            }
            if (!*more) {
                break;
            }
            for (std::size_t row = 0; row < batch.records.size() && rows.size() < wanted; ++row) {
                takeHeaderRow(batch, row, rows);
            }
        }
        nameColumns(rows);
        return true;
    }

    void takeHeaderRow(const RecordBatch& batch, std::size_t row, std::vector<std::vector<std::string>>& rows) {
        const auto cells = batch.row(row);
        if (cells.size() == 1 && cells[0].size == 0 && !cells[0].wasQuoted() && rows.empty() &&
            m_options.blankLines != BlankLines::keep && m_info.columns.size() > 1) {
            return;  // an empty line before the header
        }
        std::vector<std::string> texts;
        for (const auto& cell : cells) {
            texts.emplace_back(cell.view());
        }
        Record record = batch.records[row];
        if (m_info.dialect.hasHeader && rows.empty() && m_info.columns.size() > 2) {
            const RowMender mender(m_info.dialect, m_info.columns.size());
            auto names = mender.isOdd(batch.raw(row), cells) ? mender.headerOf(batch.raw(row)) : std::nullopt;
            if (names) {
                texts = std::move(*names);
                record.repairs |= repairBit(Repair::otherDialect);
            }
        }
        rows.push_back(std::move(texts));
        if (m_info.dialect.hasHeader) {
            m_info.dataOffset = record.byteOffset + record.byteLength;
            m_info.dataLine = row + 1 < batch.records.size() ? batch.records[row + 1].line : batch.endLine;
            for (std::size_t kind = 0; kind < kRepairKinds; ++kind) {
                m_info.repairs.counts[kind] += record.repairs >> kind & 1U;
            }
        }
    }

    Result<bool> skipLines() {
        std::int64_t left = m_info.dialect.skipLines;
        while (left > 0) {
            auto window = m_text->window(std::size_t{64} << 10U);
            if (!window) {
                return fail(window.error());
            }
            if (window->empty()) {
                break;
            }
            const bool crEnds = m_info.dialect.newline == Newline::cr || m_info.dialect.newline == Newline::mixed;
            auto at = window->find_first_of(crEnds ? "\r\n" : "\n");
            bool ended = at != std::string_view::npos;
            std::size_t size = ended ? at + 1 : window->size();
            if (ended && (*window)[at] == '\r' && at + 1 < window->size() && (*window)[at + 1] == '\n') {
                ++size;
            }
            Chunk chunk;
            m_text->describe(size, chunk);
            m_text->advance(size);
            m_info.dataOffset = chunk.endOffset;
            if (ended) {
                ++m_info.dataLine;
                --left;
            }
        }
        return true;
    }

    void nameColumns(const std::vector<std::vector<std::string>>& rows) {
        std::vector<std::string> names;
        for (const auto& row : rows) {
            names.resize(std::max(names.size(), row.size()));
            for (std::size_t i = 0; i < row.size() && m_info.dialect.hasHeader; ++i) {
                names[i] += (names[i].empty() || row[i].empty() ? "" : " ") + row[i];
            }
        }
        m_info.rawHeader = m_info.dialect.hasHeader ? names : std::vector<std::string>();
        m_info.headerRows = m_info.dialect.hasHeader ? rows : std::vector<std::vector<std::string>>();
        m_info.columns = uniqueColumnNames(names, m_info.dialect.hasHeader ? &m_info.repairs : nullptr);
    }

    SourceInfo m_info;
    ReadOptions m_options;
    TaskContext m_context;
    std::unique_ptr<TextStream> m_text;
    std::unique_ptr<CsvSplitter> m_splitter;
    std::unique_ptr<CsvParser> m_parser;
};

class JsonReader final : public RecordReader {
public:
    JsonReader(SourceInfo info, const ReadOptions& options, const TaskContext& context)
        : m_info(std::move(info)), m_options(options), m_context(context), m_parser(m_info.dialect.format) {}

    [[nodiscard]] Result<bool> start() {
        const bool resumes = m_options.startOffset > m_info.dataOffset;
        const std::int64_t offset = resumes ? m_options.startOffset : m_info.dataOffset;
        const std::int64_t line = resumes ? m_options.startLine : m_info.dataLine;
        auto text = TextStream::open(m_info.path, m_info.container, m_info.dialect.encoding, offset);
        if (!text) {
            return fail(text.error());
        }
        m_text = std::move(*text);
        if (m_info.dialect.format == Format::jsonLines) {
            m_splitter = std::make_unique<JsonLinesSplitter>(*m_text, m_options, line);
        } else {
            m_splitter = std::make_unique<JsonValueSplitter>(*m_text, m_info.dialect, m_options, line, resumes);
        }
        return true;
    }

    [[nodiscard]] const SourceInfo& info() const override { return m_info; }
    [[nodiscard]] Result<bool> nextChunk(Chunk& chunk) override {
        if (m_context.stopRequested()) {
            return TaskContext::cancelled();
        }
        auto more = m_splitter->next(chunk);
        if (more && !*more && m_text->pendingError() != nullptr) {
            return fail(*m_text->pendingError());
        }
        return more;
    }
    void parse(const Chunk& chunk, RecordBatch& batch) const override { m_parser.parse(chunk, batch); }
    [[nodiscard]] std::int64_t bytesConsumed() const override { return m_text->bytesConsumed(); }

private:
    SourceInfo m_info;
    ReadOptions m_options;
    TaskContext m_context;
    JsonParser m_parser;
    std::unique_ptr<TextStream> m_text;
    std::unique_ptr<Splitter> m_splitter;
};

template <typename Reader>
Result<std::unique_ptr<RecordReader>> startReader(SourceInfo info, const ReadOptions& options,
                                                  const TaskContext& context) {
    auto reader = std::make_unique<Reader>(std::move(info), options, context);
    if (auto started = reader->start(); !started) {
        return fail(started.error());
    }
    return std::unique_ptr<RecordReader>(std::move(reader));
}

}  // namespace

std::vector<std::string> uniqueColumnNames(const std::vector<std::string>& names, RepairCounts* repairs) {
    std::unordered_set<std::string> taken(names.begin(), names.end());
    std::unordered_set<std::string> used;
    std::vector<std::string> unique;
    unique.reserve(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string name = names[i];
        Repair kind = Repair::duplicateHeader;
        if (name.find_first_not_of(" \t\r\n") == std::string::npos) {
            name = fmt::format("column {}", i + 1);
            kind = Repair::emptyHeader;
            if (repairs != nullptr) {
                ++(*repairs)[kind];
            }
        }
        if (used.count(name) != 0) {
            if (repairs != nullptr && kind == Repair::duplicateHeader) {
                ++(*repairs)[kind];
            }
            const std::string stem = name;
            for (int number = 1; used.count(name) != 0 || taken.count(name) != 0; ++number) {
                name = fmt::format("{}_{}", stem, number);
            }
        }
        used.insert(name);
        unique.push_back(std::move(name));
    }
    return unique;
}

Result<std::unique_ptr<RecordReader>> RecordReader::open(const std::string& path, const ReadOptions& options,
                                                         const TaskContext& context) {
    auto info = sniffSource(path, options, context);
    if (!info) {
        return fail(info.error());
    }
    if (info->dialect.format == Format::delimited) {
        return startReader<DelimitedReader>(std::move(*info), options, context);
    }
    return startReader<JsonReader>(std::move(*info), options, context);
}

Result<bool> RecordReader::next(RecordBatch& batch) {
    Chunk chunk;
    auto more = nextChunk(chunk);
    if (more && *more) {
        parse(chunk, batch);
    } else {
        batch.clear();
    }
    return more;
}

}  // namespace tierwise::ingest
