// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/inspect.h"

#include <algorithm>
#include <unordered_map>

#include "core/ingest/reader/csv_writer.h"
#include "core/ingest/reader/json_flatten.h"
#include "core/ingest/reader/record_reader.h"

namespace tierwise::project {
namespace {

constexpr std::size_t kHeadRows = 1000;
constexpr std::size_t kRowsABatch = 8;  // of every later batch: the file's middle
constexpr std::size_t kTailRows = 200;  // of the last one
constexpr std::size_t kMaxSample = 5000;
constexpr std::size_t kSampleBytes = std::size_t{32} << 20U;
constexpr std::size_t kKeptRejects = 100;

bool isJson(const ingest::SourceInfo& source) {
    return source.dialect.format != ingest::Format::delimited;
}

/// Records as rows of cells; of JSON the columns are the dotted paths seen so far.
class Rows {
public:
    explicit Rows(const ingest::SourceInfo& source) : m_json(isJson(source)), m_header(source.columns) {}

    [[nodiscard]] const std::vector<std::string>& header() const { return m_header; }

    /// False where the JSON inside is broken. grow: unknown paths become columns.
    bool read(const ingest::RecordBatch& batch, std::size_t row, bool grow, std::vector<std::string_view>& cells) {
        cells.clear();
        if (!m_json) {
            for (const auto& cell : batch.row(row)) {
                cells.push_back(cell.view());
            }
            return true;
        }
        const auto leaves = m_flattener.flatten(batch.text(row, 0));
        if (!leaves) {
            return false;
        }
        for (const auto& leaf : *leaves) {
            auto known = m_index.find(std::string(leaf.path));
            if (known == m_index.end()) {
                if (!grow) {
                    continue;
                }
                known = m_index.emplace(leaf.path, m_header.size()).first;
                m_header.emplace_back(leaf.path);
            }
            cells.resize(std::max(cells.size(), known->second + 1));
            cells[known->second] = leaf.kind == ingest::JsonKind::null ? std::string_view() : leaf.text;
        }
        return true;
    }

private:
    bool m_json;
    std::vector<std::string> m_header;
    std::unordered_map<std::string, std::size_t> m_index;
    ingest::JsonFlattener m_flattener;
};

ingest::Reject brokenJson(const ingest::RecordBatch& batch, std::size_t row) {
    const auto& record = batch.records[row];
    return {record.line,
            record.byteOffset,
            record.byteLength,
            {},
            "the JSON inside the braces is broken",
            "Mend the record, or leave it out",
            std::string(batch.raw(row))};
}

bool isSampled(const ingest::RecordBatch& batch, std::size_t row, const Inspection& inspection, std::size_t bytes) {
    if (inspection.sample.size() >= kMaxSample || bytes > kSampleBytes) {
        return false;
    }
    return inspection.sample.size() < kHeadRows || row < kRowsABatch ||
           (batch.last && row + kTailRows >= batch.records.size());
}

void guessColumns(Inspection& inspection) {
    std::vector<std::string_view> values;
    for (std::size_t column = 0; column < inspection.header.size(); ++column) {
        values.clear();
        for (const auto& row : inspection.sample) {
            values.push_back(column < row.size() ? std::string_view(row[column]) : std::string_view());
        }
        inspection.columns.push_back(ingest::guessColumn(inspection.header[column], values));
    }
}

void appendRow(std::string& text, const std::vector<std::string>& cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    ingest::appendCsvRow(text, views);
}

Result<std::int64_t> writeRows(ingest::RecordReader& reader, Rows& rows, const TextSink& sink, CsvExport& done) {
    ingest::RecordBatch batch;
    std::vector<std::string_view> cells;
    std::string text;
    const bool json = isJson(reader.info());
    for (;;) {
        auto more = reader.next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            return done.rows;
        }
        done.rejected += static_cast<std::int64_t>(batch.rejects.size());
        done.repairs += batch.repairs;
        text.clear();
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            if (!rows.read(batch, row, false, cells)) {
                ++done.rejected;
                continue;
            }
            if (json) {
                cells.resize(rows.header().size());
            }
            ingest::appendCsvRow(text, cells);
            ++done.rows;
        }
        if (!sink(text)) {
            return fail(ErrorCode::io, "the output could not be written", "Check the space on its disk");
        }
    }
}

}  // namespace

Result<Inspection> inspectFile(const std::string& path, const ingest::ReadOptions& options, const TaskContext& context,
                               std::span<const ingest::Preset> own) {
    auto reader = ingest::RecordReader::open(path, options, context);
    if (!reader) {
        return fail(reader.error());
    }
    Inspection inspection;
    inspection.source = (*reader)->info();
    inspection.repairs = inspection.source.repairs;
    Rows rows(inspection.source);
    ingest::RecordBatch batch;
    std::vector<std::string_view> cells;
    std::size_t sampledBytes = 0;
    for (;;) {
        auto more = (*reader)->next(batch);
        if (!more && more.error().code == ErrorCode::cancelled) {
            return fail(more.error());
        }
        if (!more) {
            inspection.problem = more.error().describe();
        }
        if (!more || !*more) {
            break;
        }
        inspection.repairs += batch.repairs;
        inspection.rejected += static_cast<std::int64_t>(batch.rejects.size());
        const auto keepReject = [&](ingest::Reject reject) {
            if (inspection.rejects.size() < kKeptRejects) {
                inspection.rejects.push_back(std::move(reject));
            }
        };
        std::for_each(batch.rejects.begin(), batch.rejects.end(), keepReject);
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            const bool sampled = isSampled(batch, row, inspection, sampledBytes);
            if (!sampled && !isJson(inspection.source)) {
                ++inspection.rows;
                continue;
            }
            if (!rows.read(batch, row, sampled, cells)) {
                ++inspection.rejected;
                keepReject(brokenJson(batch, row));
                continue;
            }
            ++inspection.rows;
            if (sampled) {
                auto& kept = inspection.sample.emplace_back(cells.begin(), cells.end());
                for (const auto& cell : kept) {
                    sampledBytes += cell.size();
                }
            }
        }
        context.report({"Reading", (*reader)->bytesConsumed(), inspection.source.fileBytes, inspection.rows});
    }
    inspection.header = rows.header();
    guessColumns(inspection);
    inspection.presets = ingest::detectPresets(inspection.header, inspection.sample, own);
    return inspection;
}

Result<CsvExport> writeCsv(const std::string& path, const ingest::ReadOptions& options, const TaskContext& context,
                           const TextSink& sink) {
    auto reader = ingest::RecordReader::open(path, options, context);
    if (!reader) {
        return fail(reader.error());
    }
    CsvExport done;
    done.repairs = (*reader)->info().repairs;
    Rows rows((*reader)->info());
    if (isJson((*reader)->info())) {
        ingest::RecordBatch batch;
        std::vector<std::string_view> cells;
        for (;;) {
            auto more = (*reader)->next(batch);
            if (!more || !*more) {
                break;  // an error will be met again by the pass that writes
            }
            for (std::size_t row = 0; row < batch.records.size(); ++row) {
                rows.read(batch, row, true, cells);
            }
        }
        reader = ingest::RecordReader::open(path, options, context);
        if (!reader) {
            return fail(reader.error());
        }
    }
    std::string header;
    if (isJson((*reader)->info())) {
        if (!rows.header().empty()) {
            appendRow(header, rows.header());
        }
    } else {
        for (const auto& row : (*reader)->info().headerRows) {
            appendRow(header, row);
        }
    }
    if (!header.empty() && !sink(header)) {
        return fail(ErrorCode::io, "the output could not be written", "Check the space on its disk");
    }
    const auto written = writeRows(**reader, rows, sink, done);
    if (!written) {
        return fail(written.error());
    }
    return done;
}

}  // namespace tierwise::project
