// SPDX-License-Identifier: GPL-3.0-or-later
// The reader against memchr for a byte that never comes, over the same bytes: what merely looking at them costs.
#include <cstring>
#include <string>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "core/base/rng.h"
#include "core/ingest/reader/csv_parser.h"
#include "core/ingest/reader/csv_splitter.h"

using namespace tierwise::ingest;

namespace {

constexpr std::size_t kBytes = std::size_t{64} << 20U;

// Seven columns without quotes, as a token-only log has them.
const std::string& tokenLog() {
    static const std::string text = [] {
        tierwise::Rng rng(1);
        std::string out = "request_id,timestamp,client_id,model,input_tokens,output_tokens,reasoning_tokens\n";
        for (std::size_t i = 0; out.size() < kBytes; ++i) {
            out += fmt::format("{},2025-03-03T{:02}:{:02}:{:02}.{:03}Z,c{},deepseek-r1,{},{},{}\n", i, rng.below(24),
                               rng.below(60), rng.below(60), rng.below(1000), rng.below(1100), rng.below(20000),
                               rng.below(9000), rng.below(8000));
        }
        return out;
    }();
    return text;
}

// Prompts of about a kilobyte in quotes, with commas, line ends and doubled quotes inside.
const std::string& promptLog() {
    static const std::string text = [] {
        tierwise::Rng rng(2);
        std::string out = "id,prompt,tokens\n";
        for (std::size_t i = 0; out.size() < kBytes; ++i) {
            out += fmt::format("{},\"", i);
            for (std::size_t word = 10 + rng.below(300); word > 0; --word) {
                out += rng.below(30) == 0 ? "\"\"so\"\", " : rng.below(20) == 0 ? "line,\nnext " : "word ";
            }
            out += fmt::format("\",{}\n", rng.below(5000));
        }
        return out;
    }();
    return text;
}

void setSpeed(benchmark::State& state, const std::string& text) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(text.size()));
}

void memchrOnly(benchmark::State& state, const std::string& text) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(std::memchr(text.data(), '\0', text.size()));
    }
    setSpeed(state, text);
}

void splitOnly(benchmark::State& state, const std::string& text, std::size_t columns) {
    for (auto _ : state) {
        const auto stream = TextStream::ofText(text);
        CsvSplitter splitter(*stream, Dialect(), ReadOptions(), columns, 1);
        Chunk chunk;
        while (*splitter.next(chunk)) {
            benchmark::DoNotOptimize(chunk.text.data());
        }
    }
    setSpeed(state, text);
}

void splitAndParse(benchmark::State& state, const std::string& text, std::size_t columns) {
    const CsvParser parser(Dialect(), ReadOptions(), columns);
    std::size_t rows = 0;
    for (auto _ : state) {
        const auto stream = TextStream::ofText(text);
        CsvSplitter splitter(*stream, Dialect(), ReadOptions(), columns, 1);
        Chunk chunk;
        RecordBatch batch;
        rows = 0;
        while (*splitter.next(chunk)) {
            parser.parse(chunk, batch);
            rows += batch.records.size();
        }
    }
    setSpeed(state, text);
    state.counters["rows"] = static_cast<double>(rows);
}

}  // namespace

BENCHMARK_CAPTURE(memchrOnly, tokens, tokenLog())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(splitOnly, tokens, tokenLog(), 7)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(splitAndParse, tokens, tokenLog(), 7)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(memchrOnly, prompts, promptLog())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(splitOnly, prompts, promptLog(), 3)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(splitAndParse, prompts, promptLog(), 3)->Unit(benchmark::kMillisecond);
