// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/import_producer.h"

#include <future>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ingest/reader/record_reader.h"
#include "core/ingest/row_masker.h"

namespace tierwise::ingest {
namespace {

ReadOptions readOptionsOf(const ImportPlan& plan) {
    ReadOptions options;
    options.dialect = plan.dialect;
    options.raggedRows = plan.raggedRows;
    options.blankLines = plan.blankLines;
    options.unclosedQuotes = plan.unclosedQuotes;
    return options;
}

class Producer final : public ImportProducer, private RowSink {
public:
    Producer(const ImportPlan& plan, const TaskContext& context, std::unique_ptr<RecordReader> reader,
             std::unique_ptr<RecordAssembler> assembler, RowMasker masker)
        : m_plan(plan),
          m_context(context),
          m_reader(std::move(reader)),
          m_assembler(std::move(assembler)),
          m_masker(std::move(masker)),
          m_repairs(m_reader->info().repairs) {}

    Result<void> run(const Deliver& deliver) override;

    std::int64_t bytesConsumed() const override { return m_bytes.load(std::memory_order_relaxed); }
    std::int64_t fileBytes() const override { return m_reader->info().fileBytes; }
    std::int64_t skipped() const override { return m_skipped; }
    std::int64_t merged() const override { return m_merged; }
    const RepairCounts& repairs() const override { return m_repairs; }
    const Longest& longest() const override { return m_longest; }

private:
    void row(const store::RequestRow& row, const store::SourcePlace& place) override;
    void reject(const MapReject& reject, const store::SourcePlace& place) override;
    void notARequest(const store::SourcePlace& /*place*/) override { ++m_skipped; }
    void merged(const store::SourcePlace& /*place*/) override { ++m_merged; }

    void pushRecords(const RecordBatch& records);
    void takeRejects(const RecordBatch& records);
    void handOver();

    const ImportPlan& m_plan;
    const TaskContext& m_context;
    std::unique_ptr<RecordReader> m_reader;
    std::unique_ptr<RecordAssembler> m_assembler;
    RowMasker m_masker;
    RepairCounts m_repairs;
    Longest m_longest;
    std::atomic<std::int64_t> m_bytes{0};
    std::int64_t m_skipped = 0;
    std::int64_t m_merged = 0;

    const Deliver* m_deliver = nullptr;
    std::unique_ptr<store::RowBatch> m_batch;
    std::int64_t m_offset = 0;  // how far the file was read
    std::string_view m_raw;     // the record that is being mapped
    bool m_refused = false;
    bool m_tooLarge = false;
};

void Producer::handOver() {
    m_batch->byteOffset = m_offset;
    m_batch = (*m_deliver)(std::move(m_batch));
    if (m_batch == nullptr) {
        m_refused = true;
        m_batch = std::make_unique<store::RowBatch>();
    }
}

void Producer::row(const store::RequestRow& row, const store::SourcePlace& place) {
    if (!m_batch->add(m_masker.apply(row), place)) {
        m_tooLarge = true;
        return;
    }
    if (m_batch->full()) {
        handOver();
    }
}

void Producer::reject(const MapReject& reject, const store::SourcePlace& place) {
    m_batch->reject(m_masker.apply(store::RejectedRecord{place, reject.column, reject.reason, reject.hint, m_raw}));
    if (m_batch->full()) {
        handOver();
    }
}

void Producer::takeRejects(const RecordBatch& records) {
    const auto& columns = m_plan.header;
    for (const auto& reject : records.rejects) {
        const bool named = reject.column && static_cast<std::size_t>(*reject.column) < columns.size();
        m_batch->reject(m_masker.apply(store::RejectedRecord{
            {reject.line, reject.byteOffset},
            named ? std::string_view(columns[static_cast<std::size_t>(*reject.column)]) : std::string_view(),
            reject.reason,
            reject.fixHint,
            reject.raw}));
    }
    if (m_batch->full()) {
        handOver();
    }
}

void Producer::pushRecords(const RecordBatch& records) {
    const bool json = m_plan.dialect.format != Format::delimited;
    std::vector<std::string_view> cells;
    for (std::size_t i = 0; i < records.records.size() && !m_refused && !m_tooLarge; ++i) {
        const auto& record = records.records[i];
        const std::int64_t end = i + 1 < records.records.size() ? records.records[i + 1].line : records.endLine;
        if (end - record.line > m_longest.lines) {
            m_longest = {record.line, end - record.line, 0};
        }
        const store::SourcePlace place{record.line, record.byteOffset};
        m_raw = records.raw(i);
        m_offset = record.byteOffset + record.byteLength;
        if (json) {
            m_assembler->pushJson(records.text(i, 0), place, *this);
            continue;
        }
        cells.clear();
        for (const auto& cell : records.row(i)) {
            cells.push_back(cell.view());
        }
        m_assembler->pushCells(cells, place, *this);
    }
    m_raw = {};
}

Result<void> Producer::run(const Deliver& deliver) {
    m_deliver = &deliver;
    m_batch = std::make_unique<store::RowBatch>();
    // One chunk is read and parsed while the one before is mapped and masked.
    struct Ahead {
        RecordBatch records;
        std::int64_t consumed = 0;
        Result<bool> more = false;
    };
    Ahead ahead;
    Ahead now;
    const auto fetch = [this, &ahead] {
        ahead.more = m_reader->next(ahead.records);
        ahead.consumed = m_reader->bytesConsumed();
    };
    auto fetching = std::async(std::launch::async, fetch);
    for (;;) {
        if (m_context.stopRequested() || m_refused) {
            return TaskContext::cancelled();
        }
        fetching.get();
        std::swap(now, ahead);
        const RecordBatch& records = now.records;
        if (!now.more) {
            return fail(now.more.error());
        }
        if (!*now.more) {
            break;
        }
        fetching = std::async(std::launch::async, fetch);
        m_repairs += records.repairs;
        pushRecords(records);
        takeRejects(records);
        m_longest.of = records.endLine;
        m_offset = records.endOffset;
        m_bytes.store(now.consumed, std::memory_order_relaxed);
        if (m_tooLarge) {
            return fail(ErrorCode::overflow, "one batch of texts is larger than 1 GiB",
                        "Leave the texts out, or split the file.", m_plan.file, {}, m_offset);
        }
    }
    m_assembler->finish(*this);
    if (!m_batch->empty()) {
        handOver();
    }
    return m_refused ? Result<void>(TaskContext::cancelled()) : Result<void>();
}

}  // namespace

Result<std::unique_ptr<ImportProducer>> ImportProducer::open(const ImportPlan& plan, const TaskContext& context) {
    auto reader = RecordReader::open(plan.file, readOptionsOf(plan), context);
    if (!reader) {
        return fail(reader.error());
    }
    auto assembler = makeAssembler(plan.mapping, plan.header);
    if (!assembler) {
        return fail(assembler.error());
    }
    auto masker = RowMasker::create(plan.masking, plan.storeTexts);
    if (!masker) {
        return fail(masker.error());
    }
    return std::make_unique<Producer>(plan, context, std::move(*reader), std::move(*assembler), std::move(*masker));
}

}  // namespace tierwise::ingest
