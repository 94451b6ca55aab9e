// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/import_preview.h"

#include <string_view>

#include "core/ingest/reader/record_reader.h"

namespace tierwise::project {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{256} << 10U;

std::optional<std::int64_t> valueOf(const std::optional<TokenCount>& count) {
    return count ? std::optional(count->value()) : std::nullopt;
}

RequestRecord recordOf(const store::RequestRow& row, const store::SourcePlace& place, std::int64_t number) {
    RequestRecord record;
    record.id = RequestId(number);
    record.time = row.time;
    record.inputUncached = valueOf(row.inputUncached);
    record.cacheRead = valueOf(row.cacheRead);
    record.cacheWrite5m = valueOf(row.cacheWrite5m);
    record.cacheWrite1h = valueOf(row.cacheWrite1h);
    record.output = valueOf(row.output);
    record.reasoning = valueOf(row.reasoning);
    record.requests = row.requests;
    record.loggedCost = row.loggedCost;
    record.latencySeconds = row.latencySeconds;
    record.score = row.score;
    record.difficulty = row.difficulty;
    record.line = place.line;
    record.byteOffset = place.byteOffset;
    record.model = row.model;
    record.provider = row.provider;
    record.serviceTier = row.serviceTier;
    record.region = row.region;
    record.team = row.team;
    record.user = row.user;
    record.session = row.session;
    record.tag = row.tag;
    record.dataClass = row.dataClass;
    record.domain = row.domain;
    record.requestId = row.requestId;
    return record;
}

class Collector final : public ingest::RowSink {
public:
    explicit Collector(ImportPreview& preview) : m_preview(preview) {}

    void row(const store::RequestRow& row, const store::SourcePlace& place) override {
        m_preview.rows.push_back(recordOf(row, place, static_cast<std::int64_t>(m_preview.rows.size()) + 1));
    }
    void reject(const ingest::MapReject& reject, const store::SourcePlace& place) override {
        add({place.line, place.byteOffset}, reject.column, reject.reason, reject.hint, m_raw);
    }
    void notARequest(const store::SourcePlace& /*place*/) override { ++m_preview.skipped; }
    void merged(const store::SourcePlace& /*place*/) override {}

    void add(const store::SourcePlace& place, std::string column, std::string reason, std::string hint,
             std::string_view raw) {
        RejectInfo info;
        info.id = static_cast<std::int64_t>(m_preview.rejects.size()) + 1;
        info.line = place.line;
        info.byteOffset = place.byteOffset;
        info.column = std::move(column);
        info.reason = std::move(reason);
        info.fixHint = std::move(hint);
        info.raw = std::string(raw);
        m_preview.rejects.push_back(std::move(info));
    }
    void setRaw(std::string_view raw) { m_raw = raw; }
    [[nodiscard]] std::size_t size() const { return m_preview.rows.size() + m_preview.rejects.size(); }

private:
    ImportPreview& m_preview;
    std::string_view m_raw;
};

void push(const ingest::RecordBatch& batch, const ingest::ImportPlan& plan, ingest::RecordAssembler& assembler,
          Collector& collector, std::size_t limit) {
    std::vector<std::string_view> cells;
    for (std::size_t i = 0; i < batch.records.size() && collector.size() < limit; ++i) {
        const auto& record = batch.records[i];
        const store::SourcePlace place{record.line, record.byteOffset};
        collector.setRaw(batch.raw(i));
        if (plan.dialect.format != ingest::Format::delimited) {
            assembler.pushJson(batch.text(i, 0), place, collector);
            continue;
        }
        cells.clear();
        for (const auto& cell : batch.row(i)) {
            cells.push_back(cell.view());
        }
        assembler.pushCells(cells, place, collector);
    }
    collector.setRaw({});
    for (const auto& reject : batch.rejects) {
        if (collector.size() < limit) {
            collector.add({reject.line, reject.byteOffset}, {}, reject.reason, reject.fixHint, reject.raw);
        }
    }
}

}  // namespace

Result<ImportPreview> previewImport(const ingest::ImportPlan& plan, std::size_t limit, const TaskContext& context) {
    ingest::ReadOptions options;
    options.dialect = plan.dialect;
    options.raggedRows = plan.raggedRows;
    options.blankLines = plan.blankLines;
    options.unclosedQuotes = plan.unclosedQuotes;
    options.chunkBytes = kChunkBytes;
    auto reader = ingest::RecordReader::open(plan.file, options, context);
    if (!reader) {
        return fail(reader.error());
    }
    auto assembler = ingest::makeAssembler(plan.mapping, plan.header);
    if (!assembler) {
        return fail(assembler.error());
    }
    ImportPreview preview;
    Collector collector(preview);
    ingest::RecordBatch batch;
    while (collector.size() < limit) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto more = (*reader)->next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            preview.wholeFile = true;
            break;
        }
        push(batch, plan, **assembler, collector, limit);
    }
    (*assembler)->finish(collector);
    return preview;
}

}  // namespace tierwise::project
