// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/import_producer.h"

#include <string>
#include <string_view>
#include <vector>

#include "core/ingest/reader/record_reader.h"

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
             std::unique_ptr<RecordAssembler> assembler, std::optional<Masker> masker)
        : m_plan(plan),
          m_context(context),
          m_reader(std::move(reader)),
          m_assembler(std::move(assembler)),
          m_repairs(m_reader->info().repairs),
          m_masker(std::move(masker)) {}

    Result<void> run(const Deliver& deliver) override;

    std::int64_t bytesConsumed() const override { return m_bytes.load(std::memory_order_relaxed); }
    std::int64_t fileBytes() const override { return m_reader->info().fileBytes; }
    std::int64_t skipped() const override { return m_skipped; }
    std::int64_t merged() const override { return m_merged; }
    const RepairCounts& repairs() const override { return m_repairs; }

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
    RepairCounts m_repairs;
    std::atomic<std::int64_t> m_bytes{0};
    std::int64_t m_skipped = 0;
    std::int64_t m_merged = 0;

    const Deliver* m_deliver = nullptr;
    std::unique_ptr<store::RowBatch> m_batch;
    std::int64_t m_offset = 0;  // how far the file was read
    std::string_view m_raw;     // the record that is being mapped
    bool m_refused = false;
    bool m_tooLarge = false;
    store::RequestRow m_masked;
    std::optional<Masker> m_masker;  // none where masking is off
    Masker::Texts m_texts;
};

void Producer::handOver() {
    m_batch->byteOffset = m_offset;
    m_refused = !(*m_deliver)(std::move(m_batch)) || m_refused;
    m_batch = std::make_unique<store::RowBatch>();
}

void Producer::row(const store::RequestRow& row, const store::SourcePlace& place) {
    const store::RequestRow* taken = &row;
    const bool hasText = row.prompt.has_value() || row.response.has_value();
    if (hasText && (m_masker || !m_plan.storeTexts)) {
        m_masked = row;
        if (m_masker) {
            m_texts.prompt = row.prompt;
            m_texts.response = row.response;
            m_texts.dataClass = row.dataClass;
            m_masker->apply(m_texts);
            m_masked.prompt = m_texts.prompt;
            m_masked.response = m_texts.response;
            m_masked.dataClass = m_texts.dataClass;
        }
        if (!m_plan.storeTexts) {
            m_masked.prompt.reset();
            m_masked.response.reset();
        }
        taken = &m_masked;
    }
    if (!m_batch->add(*taken, place)) {
        m_tooLarge = true;
        return;
    }
    if (m_batch->full()) {
        handOver();
    }
}

void Producer::reject(const MapReject& reject, const store::SourcePlace& place) {
    m_batch->reject({place, reject.column, reject.reason, reject.hint, m_raw});
    if (m_batch->full()) {
        handOver();
    }
}

void Producer::takeRejects(const RecordBatch& records) {
    const auto& columns = m_plan.header;
    for (const auto& reject : records.rejects) {
        const bool named = reject.column && static_cast<std::size_t>(*reject.column) < columns.size();
        m_batch->reject(
            {{reject.line, reject.byteOffset},
             named ? std::string_view(columns[static_cast<std::size_t>(*reject.column)]) : std::string_view(),
             reject.reason,
             reject.fixHint,
             reject.raw});
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
    RecordBatch records;
    for (;;) {
        if (m_context.stopRequested() || m_refused) {
            return TaskContext::cancelled();
        }
        const auto more = m_reader->next(records);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            break;
        }
        m_repairs += records.repairs;
        pushRecords(records);
        takeRejects(records);
        m_offset = records.endOffset;
        m_bytes.store(m_reader->bytesConsumed(), std::memory_order_relaxed);
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
    std::optional<Masker> masker;
    if (plan.masking.mode != MaskMode::off) {
        auto made = Masker::create(plan.masking);
        if (!made) {
            return fail(made.error());
        }
        masker = std::move(*made);
    }
    return std::make_unique<Producer>(plan, context, std::move(*reader), std::move(*assembler), std::move(masker));
}

}  // namespace tierwise::ingest
