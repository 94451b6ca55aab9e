// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ingest/import_job.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <mutex>
#include <thread>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/ingest/import_producer.h"
#include "core/store/connection.h"
#include "core/store/fingerprint.h"
#include "core/store/import_list.h"

namespace tierwise::ingest {
namespace {

constexpr std::size_t kQueued = 2;  // full batches between the threads: bounds the memory, hides the commits
constexpr std::int64_t kDigestSample = 65536;
constexpr std::int64_t kDigestSamples = 64;

using BatchPointer = std::unique_ptr<store::RowBatch>;
using Steady = std::chrono::steady_clock;

// Hands batches from the reading thread to the writing one, and holds the reader back when it is ahead.
class BatchQueue {
public:
    /// An empty batch for the full one; none when the writer has given up.
    BatchPointer push(BatchPointer batch) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_batches.size() < kQueued || m_abandoned; });
        if (m_abandoned) {
            return {};
        }
        m_batches.push_back(std::move(batch));
        m_changed.notify_all();
        return m_written ? std::move(m_written) : std::make_unique<store::RowBatch>();
    }
    /// Null at the end.
    BatchPointer pop() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_batches.empty() || m_ended; });
        if (m_batches.empty()) {
            return {};
        }
        BatchPointer batch = std::move(m_batches.front());
        m_batches.pop_front();
        m_changed.notify_all();
        return batch;
    }
    /// A batch that has been written, to be filled again.
    void giveBack(BatchPointer batch) {
        batch->clear();
        const std::lock_guard lock(m_mutex);
        m_written = std::move(batch);
    }
    void end() { set(m_ended); }
    void abandon() { set(m_abandoned); }

private:
    void set(bool& flag) {
        const std::lock_guard lock(m_mutex);
        flag = true;
        m_changed.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<BatchPointer> m_batches;
    BatchPointer m_written;
    bool m_ended = false;
    bool m_abandoned = false;
};

// Runs producer and writer side by side; the first error of either.
Result<void> pump(ImportProducer& producer, store::ImportWriter& writer, const TaskContext& context) {
    BatchQueue queue;
    Result<void> produced;
    std::thread reading([&] {
        produced = producer.run([&](BatchPointer batch) { return queue.push(std::move(batch)); });
        queue.end();
    });
    Result<void> written;
    while (BatchPointer batch = queue.pop()) {
        written = context.stopRequested() ? Result<void>(TaskContext::cancelled()) : writer.add(*batch);
        if (!written) {
            queue.abandon();
            break;
        }
        queue.giveBack(std::move(batch));
        context.report({"Importing", producer.bytesConsumed(), producer.fileBytes(), writer.counts().rowsRead});
    }
    reading.join();
    return written ? produced : written;
}

std::string reportOf(const ImportOutcome& outcome, const ImportPlan& plan, const ImportProducer::Longest& longest) {
    nlohmann::json repairs = nlohmann::json::object();
    for (std::size_t i = 0; i < kRepairKinds; ++i) {
        const auto repair = static_cast<Repair>(i);
        if (outcome.repairs[repair] != 0) {
            repairs[repairName(repair)] = outcome.repairs[repair];
        }
    }
    return nlohmann::json{{"skipped", outcome.skipped},
                          {"merged", outcome.merged},
                          {"repairs", repairs},
                          {"preset", plan.mapping.preset},
                          {"longest", {{"line", longest.line}, {"lines", longest.lines}, {"of", longest.of}}}}
        .dump();
}

Result<ImportOutcome> finish(ImportProducer& producer, store::ImportWriter& writer, const ImportPlan& plan,
                             Steady::time_point begun) {
    ImportOutcome outcome;
    outcome.id = writer.id();
    outcome.counts = writer.counts();
    outcome.skipped = producer.skipped();
    outcome.merged = producer.merged();
    outcome.repairs = producer.repairs();
    outcome.fileBytes = producer.fileBytes();
    const auto elapsed = Steady::now() - begun;
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed).count();
    if (const auto completed = writer.complete(milliseconds, reportOf(outcome, plan, producer.longest())); !completed) {
        return fail(completed.error());
    }
    outcome.seconds = std::chrono::duration<double>(Steady::now() - begun).count();
    return outcome;
}

}  // namespace

Result<ImportOutcome> runImport(store::Connection& connection, const ImportPlan& plan, const Clock& clock,
                                const TaskContext& context) {
    const auto begun = Steady::now();
    const auto digest = fileDigest(plan.file);
    if (!digest) {
        return fail(digest.error());
    }
    auto producer = ImportProducer::open(plan, context);
    if (!producer) {
        return fail(producer.error());
    }
    store::ImportSource source;
    source.path = plan.file;
    source.bytes = (*producer)->fileBytes();
    source.digest = *digest;
    source.options = planToJson(plan);
    source.started = clock.now();
    auto writer = store::ImportWriter::begin(connection, source);
    if (!writer) {
        return fail(writer.error());
    }
    auto pumped = pump(**producer, **writer, context);
    auto outcome =
        pumped ? finish(**producer, **writer, plan, begun) : Result<ImportOutcome>(fail(std::move(pumped.error())));
    if (!outcome) {
        if (const auto discarded = (*writer)->discard(); !discarded) {
            outcome.error().fixHint += " An unfinished import is left in the project; roll it back.";
        }
    }
    return outcome;
}

Result<ImportOutcome> resumeImport(store::Connection& connection, ImportId id, const TaskContext& context) {
    const auto begun = Steady::now();
    const auto open = store::unfinishedImport(connection);
    if (!open || !open->has_value() || (*open)->id != id) {
        return open ? fail(ErrorCode::notFound, "there is no unfinished import of that number",
                           "List the imports to see what is there.", connection.path())
                    : fail(open.error());
    }
    const auto plan = planFromJson((*open)->source.options);
    if (!plan) {
        return fail(plan.error());
    }
    const auto digest = fileDigest(plan->file);
    if (!digest) {
        return fail(digest.error());
    }
    if (*digest != (*open)->source.digest) {
        return fail(ErrorCode::conflict, "the file has changed since the import was broken off",
                    "Roll the unfinished import back and import the file again.", plan->file);
    }
    auto producer = ImportProducer::open(*plan, context);
    if (!producer) {
        return fail(producer.error());
    }
    auto writer = store::ImportWriter::resume(connection, id);
    if (!writer) {
        return fail(writer.error());
    }
    if (auto pumped = pump(**producer, **writer, context); !pumped) {
        return fail(std::move(pumped.error()));
    }
    return finish(**producer, **writer, *plan, begun);
}

Result<std::string> fileDigest(const std::string& path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const auto size = static_cast<std::int64_t>(file.tellg());
    if (!file || size < 0) {
        return fail(ErrorCode::io, "the file cannot be read", "Check the path and its permissions.", path);
    }
    store::FingerprintBuilder builder;
    std::string bytes;
    const std::int64_t step = std::max(kDigestSample, size / kDigestSamples);
    for (std::int64_t at = 0; at < size; at += step) {
        bytes.resize(static_cast<std::size_t>(std::min(kDigestSample, size - at)));
        file.seekg(at);
        if (!file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
            return fail(ErrorCode::io, "the file cannot be read to its end", "Check the disk it is on.", path);
        }
        builder.add(bytes);
    }
    const auto fingerprint = builder.finish();
    return fmt::format("{}:{:016x}{:016x}", size, fingerprint.high, fingerprint.low);
}

}  // namespace tierwise::ingest
