// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/import_preview.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <string_view>
#include <system_error>

#include <unistd.h>

#include "core/ingest/masking.h"
#include "core/ingest/reader/record_reader.h"
#include "core/project/import.h"
#include "core/store/connection.h"
#include "core/store/import_writer.h"

namespace tierwise::project {

namespace {

constexpr std::size_t kHeadChunkBytes = std::size_t{256} << 10U;
constexpr std::size_t kPromptBytes = 300;
constexpr std::size_t kRejectsKept = 500;
constexpr std::size_t kReasonsKept = 50;
constexpr std::int64_t kProgressStep = 20'000;

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

// What a plan makes of a file, record by record.
class PlanSink : public ingest::RowSink {
public:
    void reject(const ingest::MapReject& reject, const store::SourcePlace& place) override {
        rejected({place, reject.column, reject.reason, reject.hint, m_raw});
    }
    void merged(const store::SourcePlace& /*place*/) override {}
    virtual void rejected(const store::RejectedRecord& record) = 0;
    [[nodiscard]] virtual bool enough() const = 0;
    void setRaw(std::string_view raw) { m_raw = raw; }

private:
    std::string_view m_raw;
};

RejectInfo rejectInfo(const store::RejectedRecord& record, std::size_t number) {
    RejectInfo info;
    info.id = static_cast<std::int64_t>(number);
    info.line = record.place.line;
    info.byteOffset = record.place.byteOffset;
    info.column = record.column;
    info.reason = record.reason;
    info.fixHint = record.fixHint;
    info.raw = record.raw;
    return info;
}

// The beginning of a text, not cut within a character.
std::string beginning(std::string_view text) {
    if (text.size() <= kPromptBytes) {
        return std::string(text);
    }
    std::size_t end = kPromptBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
        --end;
    }
    return std::string(text.substr(0, end));
}

class PreviewSink final : public PlanSink {
public:
    PreviewSink(ImportPreview& preview, const ingest::Masker& masker, bool storeTexts, std::size_t limit)
        : m_preview(preview), m_masker(masker), m_storeTexts(storeTexts), m_limit(limit) {}

    void row(const store::RequestRow& row, const store::SourcePlace& place) override {
        m_texts.prompt = row.prompt;
        m_texts.response = row.response;
        m_texts.dataClass = row.dataClass;
        m_masker.apply(m_texts);
        auto& record =
            m_preview.rows.emplace_back(recordOf(row, place, static_cast<std::int64_t>(m_preview.rows.size()) + 1));
        record.dataClass = m_texts.dataClass;
        m_preview.prompts.push_back(m_storeTexts && m_texts.prompt ? beginning(*m_texts.prompt) : std::string());
    }
    void notARequest(const store::SourcePlace& /*place*/) override { ++m_preview.skipped; }
    void rejected(const store::RejectedRecord& record) override {
        m_preview.rejects.push_back(rejectInfo(record, m_preview.rejects.size() + 1));
    }
    [[nodiscard]] bool enough() const override { return m_preview.rows.size() + m_preview.rejects.size() >= m_limit; }

private:
    ImportPreview& m_preview;
    const ingest::Masker& m_masker;
    bool m_storeTexts;
    std::size_t m_limit;
    ingest::Masker::Texts m_texts;
};

class CheckSink final : public PlanSink {
public:
    explicit CheckSink(ImportCheck& check) : m_check(check) {}

    void row(const store::RequestRow& /*row*/, const store::SourcePlace& /*place*/) override { ++m_check.rows; }
    void notARequest(const store::SourcePlace& /*place*/) override { ++m_check.skipped; }
    void rejected(const store::RejectedRecord& record) override {
        ++m_check.rejected;
        ++m_reasons[std::string(record.reason)];
        if (m_check.rejects.size() < kRejectsKept) {
            m_check.rejects.push_back(rejectInfo(record, m_check.rejects.size() + 1));
        }
    }
    [[nodiscard]] bool enough() const override { return false; }

    void finish() {
        m_check.reasons.assign(m_reasons.begin(), m_reasons.end());
        std::stable_sort(m_check.reasons.begin(), m_check.reasons.end(),
                         [](const auto& a, const auto& b) { return a.second > b.second; });
        if (m_check.reasons.size() > kReasonsKept) {
            m_check.reasons.resize(kReasonsKept);
        }
    }

private:
    ImportCheck& m_check;
    std::map<std::string, std::int64_t> m_reasons;
};

// Rows for the doctor: into a project of their own.
class StoreSink final : public PlanSink {
public:
    explicit StoreSink(std::size_t limit) : m_limit(limit) {}

    void row(const store::RequestRow& row, const store::SourcePlace& place) override {
        if (!enough()) {
            m_full = !m_batch.add(row, place);
        }
    }
    void notARequest(const store::SourcePlace& /*place*/) override {}
    void rejected(const store::RejectedRecord& /*record*/) override {}
    [[nodiscard]] bool enough() const override { return m_full || m_batch.full() || m_batch.rows >= m_limit; }
    [[nodiscard]] const store::RowBatch& batch() const { return m_batch; }

private:
    std::size_t m_limit;
    bool m_full = false;
    store::RowBatch m_batch;
};

void push(const ingest::RecordBatch& batch, const ingest::ImportPlan& plan, ingest::RecordAssembler& assembler,
          PlanSink& sink) {
    std::vector<std::string_view> cells;
    for (std::size_t i = 0; i < batch.records.size() && !sink.enough(); ++i) {
        const auto& record = batch.records[i];
        const store::SourcePlace place{record.line, record.byteOffset};
        sink.setRaw(batch.raw(i));
        if (plan.dialect.format != ingest::Format::delimited) {
            assembler.pushJson(batch.text(i, 0), place, sink);
            continue;
        }
        cells.clear();
        for (const auto& cell : batch.row(i)) {
            cells.push_back(cell.view());
        }
        assembler.pushCells(cells, place, sink);
    }
    sink.setRaw({});
    for (const auto& reject : batch.rejects) {
        if (!sink.enough()) {
            sink.rejected({{reject.line, reject.byteOffset}, {}, reject.reason, reject.fixHint, reject.raw});
        }
    }
}

// True when all of the file was read. chunkBytes 0: the reader's own.
Result<bool> readByPlan(const ingest::ImportPlan& plan, PlanSink& sink, std::size_t chunkBytes,
                        const TaskContext& context) {
    ingest::ReadOptions options;
    options.dialect = plan.dialect;
    options.raggedRows = plan.raggedRows;
    options.blankLines = plan.blankLines;
    options.unclosedQuotes = plan.unclosedQuotes;
    if (chunkBytes > 0) {
        options.chunkBytes = chunkBytes;
    }
    auto reader = ingest::RecordReader::open(plan.file, options, context);
    if (!reader) {
        return fail(reader.error());
    }
    auto assembler = ingest::makeAssembler(plan.mapping, plan.header);
    if (!assembler) {
        return fail(assembler.error());
    }
    ingest::RecordBatch batch;
    std::int64_t records = 0;
    std::int64_t told = 0;
    bool whole = false;
    while (!sink.enough()) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        const auto more = (*reader)->next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            whole = true;
            break;
        }
        push(batch, plan, **assembler, sink);
        records += static_cast<std::int64_t>(batch.records.size() + batch.rejects.size());
        if (records - told >= kProgressStep) {
            told = records;
            context.report({"Checking", (*reader)->bytesConsumed(), (*reader)->info().fileBytes, records});
        }
    }
    (*assembler)->finish(sink);
    return whole;
}

// A folder that goes when it is no longer needed.
class ScratchFolder {
public:
    ScratchFolder() {
        static std::atomic<unsigned> counter{0};
        m_path = std::filesystem::temp_directory_path(m_error) /
                 ("tierwise-check-" + std::to_string(getpid()) + "-" + std::to_string(counter++));
        if (!m_error) {
            std::filesystem::create_directories(m_path, m_error);
        }
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] const std::error_code& error() const { return m_error; }

private:
    std::filesystem::path m_path;
    std::error_code m_error;
};

Result<void> storeHead(const Project& scratch, const ingest::ImportPlan& plan, std::size_t limit,
                       const TaskContext& context) {
    StoreSink sink(limit);
    if (const auto read = readByPlan(plan, sink, kHeadChunkBytes, context); !read) {
        return fail(read.error());
    }
    const auto lease = scratch.lease();
    if (!lease) {
        return fail(lease.error());
    }
    auto writer = store::ImportWriter::begin(**lease, {plan.file, 0, "head", "{}", std::nullopt});
    if (!writer) {
        return fail(writer.error());
    }
    if (const auto added = (*writer)->add(sink.batch()); !added) {
        return fail(added.error());
    }
    return (*writer)->complete(0, "{}");
}

}  // namespace

Result<ImportPreview> previewImport(const ingest::ImportPlan& plan, std::size_t limit, const TaskContext& context) {
    const auto masker = ingest::Masker::create(plan.masking);
    if (!masker) {
        return fail(masker.error());
    }
    ImportPreview preview;
    PreviewSink sink(preview, *masker, plan.storeTexts && plan.masking.mode != ingest::MaskMode::noText, limit);
    const auto whole = readByPlan(plan, sink, kHeadChunkBytes, context);
    if (!whole) {
        return fail(whole.error());
    }
    preview.wholeFile = *whole;
    return preview;
}

Result<ImportCheck> checkImport(const ingest::ImportPlan& plan, const TaskContext& context) {
    ImportCheck check;
    CheckSink sink(check);
    const auto whole = readByPlan(plan, sink, 0, context);
    if (!whole) {
        return fail(whole.error());
    }
    sink.finish();
    return check;
}

Result<Diagnosis> diagnoseBefore(const ingest::ImportPlan& plan, std::size_t limit, const catalog::Catalog& catalog,
                                 std::span<const catalog::UserAlias> aliases, const TaskContext& context) {
    const ScratchFolder folder;
    if (folder.error()) {
        return fail(ErrorCode::io, "the temporary folder cannot be written: " + folder.error().message(),
                    "Check TMPDIR and the free space.", folder.path().string());
    }
    auto scratch = Project::create(folder.path() / "check.tierwise");
    if (!scratch) {
        return fail(scratch.error());
    }
    if (limit == 0) {
        if (const auto whole = importByPlan(*scratch, plan, context); !whole) {
            return fail(whole.error());
        }
    } else if (const auto head = storeHead(*scratch, plan, limit, context); !head) {
        return fail(head.error());
    }
    if (!aliases.empty()) {
        if (const auto saved = saveAliases(*scratch, aliases); !saved) {
            return fail(saved.error());
        }
    }
    return diagnose(*scratch, catalog, context);
}

}  // namespace tierwise::project
