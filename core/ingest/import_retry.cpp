// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/import_retry.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>

#include "core/ingest/import_plan.h"
#include "core/ingest/reader/csv_parser.h"
#include "core/ingest/reader/csv_writer.h"
#include "core/ingest/reader/record_reader.h"
#include "core/ingest/row_masker.h"
#include "core/store/connection.h"
#include "core/store/import_list.h"
#include "core/store/import_writer.h"

namespace tierwise::ingest {
namespace {

constexpr const char* kIdColumn = "tierwise_reject";
constexpr const char* kProblemColumn = "tierwise_problem";
constexpr std::size_t kOwnColumns = 2;
constexpr std::size_t kShown = 100;

struct Attempt {
    std::int64_t reject = 0;
    store::SourcePlace place;
    std::vector<std::string> cells;  // of JSON logs one: the object
};

bool isJson(const ImportPlan& plan) {
    return plan.dialect.format != Format::delimited;
}

Result<ImportPlan> planOf(store::Connection& connection, ImportId import) {
    const auto imports = store::listImports(connection);
    if (!imports) {
        return fail(imports.error());
    }
    const auto found = std::find_if(imports->begin(), imports->end(), [import](const store::ImportInfo& info) {
        return info.complete && info.id == import;
    });
    if (found == imports->end()) {
        return fail(ErrorCode::notFound, "there is no complete import of that number",
                    "List the imports to see what is there.", connection.path());
    }
    return planFromJson(found->source.options);
}

Result<std::vector<store::RejectInfo>> allRejects(store::Connection& connection, ImportId import) {
    return store::listRejects(connection, import, 0, std::numeric_limits<std::int64_t>::max());
}

// The record's cells as the dialect has them; a record that is beyond it gives what can be told apart.
std::vector<std::string> cellsOf(const ImportPlan& plan, const std::string& raw) {
    if (isJson(plan)) {
        return {raw};
    }
    const CsvParser parser(plan.dialect, ReadOptions(), 0);
    Chunk chunk;
    chunk.text = raw;
    chunk.endOffset = static_cast<std::int64_t>(raw.size());
    chunk.last = true;
    RecordBatch batch;
    parser.parse(chunk, batch);
    std::vector<std::string> cells;
    for (std::size_t row = 0; row < batch.records.size(); ++row) {
        for (const auto& cell : batch.row(row)) {
            cells.emplace_back(cell.view());
        }
    }
    return cells.empty() ? std::vector<std::string>{raw} : cells;
}

void appendRow(std::string& text, const std::vector<std::string>& cells) {
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    appendCsvRow(text, views);
}

Result<std::vector<Attempt>> attemptsFromRejects(store::Connection& connection, ImportId import,
                                                 const ImportPlan& plan) {
    const auto rejects = allRejects(connection, import);
    if (!rejects) {
        return fail(rejects.error());
    }
    std::vector<Attempt> attempts;
    for (const auto& reject : *rejects) {
        attempts.push_back({reject.id, {reject.line, reject.byteOffset}, cellsOf(plan, reject.raw)});
    }
    return attempts;
}

Result<std::vector<Attempt>> attemptsFromFile(const std::string& file, const std::vector<store::RejectInfo>& rejects,
                                              const TaskContext& context) {
    ReadOptions options;
    options.encoding = "UTF-8";
    options.delimiter = ",";
    options.quote = std::optional<char>('"');
    options.hasHeader = true;
    auto reader = RecordReader::open(file, options, context);
    if (!reader) {
        return fail(reader.error());
    }
    const auto& columns = (*reader)->info().columns;
    const auto notOurs = [&](std::optional<std::int64_t> line) {
        return fail(ErrorCode::badFormat, "this is not an export of the import's rejects",
                    "Export the rejects, mend that file and leave its first column as it is.", file, line);
    };
    if (columns.size() <= kOwnColumns || columns[0] != kIdColumn) {
        return notOurs({});
    }
    std::vector<Attempt> attempts;
    RecordBatch batch;
    for (;;) {
        const auto more = (*reader)->next(batch);
        if (!more) {
            return fail(more.error());
        }
        if (!*more) {
            return attempts;
        }
        for (std::size_t row = 0; row < batch.records.size(); ++row) {
            const std::string_view number = batch.text(row, 0);
            Attempt attempt;
            const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), attempt.reject);
            const auto known = std::find_if(rejects.begin(), rejects.end(), [&](const store::RejectInfo& reject) {
                return reject.id == attempt.reject;
            });
            if (error != std::errc() || end != number.data() + number.size() || known == rejects.end()) {
                return notOurs(batch.records[row].line);
            }
            attempt.place = {known->line, known->byteOffset};
            const auto cells = batch.row(row);
            for (std::size_t i = kOwnColumns; i < cells.size(); ++i) {
                attempt.cells.emplace_back(cells[i].view());
            }
            attempts.push_back(std::move(attempt));
        }
    }
}

// Maps attempts one by one and notes which of them failed.
class Retry final : public RowSink {
public:
    Retry(const ImportPlan& plan, RowMasker masker) : m_plan(plan), m_masker(std::move(masker)) {}

    bool run(RecordAssembler& assembler, Attempt& attempt) {
        m_failed.reset();
        if (isJson(m_plan)) {
            assembler.pushJson(attempt.cells.empty() ? std::string_view() : attempt.cells[0], attempt.place, *this);
        } else {
            // Extra cells beyond the log's columns are empty ones of the export, or the fault itself.
            while (attempt.cells.size() > m_plan.header.size() && attempt.cells.back().empty()) {
                attempt.cells.pop_back();
            }
            const std::vector<std::string_view> cells(attempt.cells.begin(), attempt.cells.end());
            assembler.pushCells(cells, attempt.place, *this);
        }
        return !m_failed.has_value();
    }
    void finish(RecordAssembler& assembler) { assembler.finish(*this); }
    [[nodiscard]] const std::string& reason() const { return *m_failed; }
    [[nodiscard]] std::vector<std::unique_ptr<store::RowBatch>>& batches() { return m_batches; }

private:
    void row(const store::RequestRow& row, const store::SourcePlace& place) override {
        if (m_batches.empty() || m_batches.back()->full()) {
            m_batches.push_back(std::make_unique<store::RowBatch>());
        }
        if (!m_batches.back()->add(m_masker.apply(row), place)) {
            m_failed = "its texts are too large";
        }
    }
    void reject(const MapReject& reject, const store::SourcePlace& /*place*/) override { m_failed = reject.reason; }
    void notARequest(const store::SourcePlace& /*place*/) override {}
    void merged(const store::SourcePlace& /*place*/) override {}

    const ImportPlan& m_plan;
    RowMasker m_masker;
    std::optional<std::string> m_failed;
    std::vector<std::unique_ptr<store::RowBatch>> m_batches;
};

Result<void> store(store::Connection& connection, const store::ImportSource& source, Retry& retry,
                   RetryOutcome& outcome) {
    auto writer = store::ImportWriter::begin(connection, source);
    if (!writer) {
        return fail(writer.error());
    }
    for (const auto& batch : retry.batches()) {
        if (auto added = (*writer)->add(*batch); !added) {
            const auto discarded = (*writer)->discard();
            return fail(std::move(added.error()));
        }
    }
    outcome.id = (*writer)->id();
    outcome.stored = (*writer)->counts().stored;
    outcome.duplicates = (*writer)->counts().duplicates;
    return (*writer)->complete(0, "{}");
}

}  // namespace

Result<std::string> rejectsAsCsv(store::Connection& connection, ImportId import) {
    const auto plan = planOf(connection, import);
    if (!plan) {
        return fail(plan.error());
    }
    const auto rejects = allRejects(connection, import);
    if (!rejects) {
        return fail(rejects.error());
    }
    std::vector<std::string> header{kIdColumn, kProblemColumn};
    if (isJson(*plan)) {
        header.emplace_back("json");
    } else {
        header.insert(header.end(), plan->header.begin(), plan->header.end());
    }
    std::vector<std::vector<std::string>> rows;
    std::size_t widest = header.size();
    for (const auto& reject : *rejects) {
        auto& row = rows.emplace_back();
        row.push_back(std::to_string(reject.id));
        row.push_back((reject.column.empty() ? std::string() : reject.column + ": ") + reject.reason);
        const auto cells = cellsOf(*plan, reject.raw);
        row.insert(row.end(), cells.begin(), cells.end());
        widest = std::max(widest, row.size());
    }
    for (std::size_t i = 1; header.size() < widest; ++i) {
        header.push_back("tierwise_extra_" + std::to_string(i));
    }
    std::string text;
    appendRow(text, header);
    for (auto& row : rows) {
        row.resize(widest);
        appendRow(text, row);
    }
    return text;
}

Result<RetryOutcome> retryRejects(store::Connection& connection, ImportId import,
                                  const std::optional<std::string>& mendedFile, const Clock& clock,
                                  const TaskContext& context) {
    const auto plan = planOf(connection, import);
    const auto rejects = allRejects(connection, import);
    if (!plan || !rejects) {
        return fail(plan ? rejects.error() : plan.error());
    }
    auto attempts =
        mendedFile ? attemptsFromFile(*mendedFile, *rejects, context) : attemptsFromRejects(connection, import, *plan);
    if (!attempts) {
        return fail(attempts.error());
    }
    auto assembler = makeAssembler(plan->mapping, plan->header);
    if (!assembler) {
        return fail(assembler.error());
    }
    auto masker = RowMasker::create(plan->masking, plan->storeTexts);
    if (!masker) {
        return fail(masker.error());
    }
    Retry retry(*plan, std::move(*masker));
    RetryOutcome outcome;
    std::vector<std::int64_t> mended;
    for (auto& attempt : *attempts) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        ++outcome.tried;
        if (retry.run(**assembler, attempt)) {
            mended.push_back(attempt.reject);
            continue;
        }
        ++outcome.failed;
        if (outcome.stillWrong.size() < kShown) {
            outcome.stillWrong.push_back("reject " + std::to_string(attempt.reject) + ": " + retry.reason());
        }
    }
    retry.finish(**assembler);
    if (mended.empty()) {
        return outcome;
    }
    store::ImportSource source;
    source.path = mendedFile ? *mendedFile : plan->file;
    source.options = planToJson(*plan);
    source.started = clock.now();
    if (const auto stored = store(connection, source, retry, outcome); !stored) {
        return fail(stored.error());
    }
    if (const auto removed = store::removeRejects(connection, mended); !removed) {
        return fail(removed.error());
    }
    return outcome;
}

}  // namespace tierwise::ingest
