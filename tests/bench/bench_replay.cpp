// SPDX-License-Identifier: GPL-3.0-or-later
// The passes of a replay over a large log: the project that TIERWISE_BENCH_PROJECT names, else 1,383,669 made-up rows.
// TIERWISE_BENCH_CSV names a file to write the rows to, for the comparison with a database (duckdb_aggregate.sh).
#include <benchmark/benchmark.h>

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "core/analyze/intervals.h"
#include "core/base/rng.h"
#include "core/project/project.h"
#include "core/project/replay.h"
#include "core/replay/aggregate.h"
#include "core/replay/session_cache.h"

using namespace tierwise;

namespace {

constexpr std::size_t kMadeUp = 1'383'669;

store::WorkloadSnapshot madeUp() {
    store::WorkloadSnapshot made;
    Rng rng(1);
    made.rows = kMadeUp;
    made.timeNanos.resize(kMadeUp);
    for (auto* column : {&made.inputUncached, &made.cacheRead, &made.cacheWrite5m, &made.cacheWrite1h, &made.output,
                         &made.reasoning}) {
        column->resize(kMadeUp);
    }
    made.requests.assign(kMadeUp, 1);
    made.model.names = {"", "a", "b", "c"};
    for (std::size_t row = 0; row < kMadeUp; ++row) {
        made.timeNanos.set(row, static_cast<std::int64_t>(row) * 60'000'000);
        made.inputUncached.set(row, static_cast<std::uint32_t>(rng.below(3000)));
        made.cacheRead.set(row, static_cast<std::uint32_t>(rng.below(2) * rng.below(8000)));
        made.output.set(row, static_cast<std::uint32_t>(rng.below(2000)));
        made.model.codes.push_back(static_cast<std::int32_t>(1 + rng.below(3)));
    }
    return made;
}

void writeRows(const store::WorkloadSnapshot& log, const char* path) {
    std::ofstream csv(path);
    csv << "model,requests,input,cache_read,output\n";
    for (std::size_t row = 0; row < log.rows; ++row) {
        csv << log.model.codes[row] << ',' << log.requests[row] << ',' << log.inputUncached.values[row] << ','
            << log.cacheRead.values[row] << ',' << log.output.values[row] << '\n';
    }
}

const store::WorkloadSnapshot& workload() {
    static const store::WorkloadSnapshot log = [] {
        store::WorkloadSnapshot rows;
        if (const char* path = std::getenv("TIERWISE_BENCH_PROJECT")) {
            const auto opened = project::Project::open(path);
            auto loaded = opened ? opened->loadSnapshot({}) : Result<store::WorkloadSnapshot>(fail(opened.error()));
            if (!loaded) {
                std::fprintf(stderr, "%s\n", loaded.error().describe().c_str());
                std::exit(1);
            }
            rows = std::move(*loaded);
        } else {
            rows = madeUp();
        }
        if (const char* path = std::getenv("TIERWISE_BENCH_CSV")) {
            writeRows(rows, path);
        }
        return rows;
    }();
    return log;
}

// Sessions of about 23 requests, and a cached prefix on half of them: the log at hand has none.
const store::WorkloadSnapshot& workloadWithSessions() {
    static const store::WorkloadSnapshot log = [] {
        store::WorkloadSnapshot rows = workload();
        Rng rng(4);
        const std::size_t sessions = rows.rows / 23 + 2;
        rows.session.names.assign(sessions, {});
        rows.session.codes.resize(rows.rows);
        for (std::size_t row = 0; row < rows.rows; ++row) {
            rows.session.codes[row] = static_cast<std::int32_t>(1 + rng.below(sessions - 1));
            rows.cacheRead.set(row, static_cast<std::uint32_t>(rng.below(2) * rng.below(8000)));
        }
        return rows;
    }();
    return log;
}

void sessionPass(benchmark::State& state) {
    const auto& log = workloadWithSessions();
    Rng rng(2);
    std::vector<std::uint8_t> choice(log.rows);
    for (auto& j : choice) {
        j = static_cast<std::uint8_t>(rng.below(6));
    }
    std::vector<std::int64_t> cost(log.rows, 0);
    for (auto _ : state) {
        auto total = replay::addSessionCacheLoss(log, choice, 300, cost, [&](std::size_t row, std::uint8_t j, bool) {
            return std::int64_t{log.cacheRead.values[row]} * (j + 1) * 450'000;
        });
        benchmark::DoNotOptimize(total);
    }
    state.counters["rows"] = static_cast<double>(log.rows);
}
BENCHMARK(sessionPass)->Unit(benchmark::kMillisecond)->UseRealTime();

void bootstrap200(benchmark::State& state) {
    const std::size_t rows = workload().rows;
    Rng rng(3);
    analyze::ClusterSums sums;
    sums.columns.assign(3, std::vector<float>(rows));
    for (auto& column : sums.columns) {
        for (auto& value : column) {
            value = static_cast<float>(rng.uniform());
        }
    }
    for (auto _ : state) {
        auto replicates = analyze::poissonBootstrap(sums, 200, 1, static_cast<unsigned>(state.range(0)));
        benchmark::DoNotOptimize(replicates);
    }
    state.counters["clusters"] = static_cast<double>(rows);
}
BENCHMARK(bootstrap200)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

// $2/M in, $0.20/M cached, $8/M out.
void plainCostAggregate(benchmark::State& state) {
    const auto& log = workload();
    replay::FlatRates rates;
    rates.input = 2'000'000;
    rates.output = 8'000'000;
    rates.cacheRead = 200'000;
    Int128 cost = 0;
    for (auto _ : state) {
        cost = 0;
        for (const auto& totals : replay::totalsByModel(log, static_cast<unsigned>(state.range(0)))) {
            cost += totals.costPico(rates);
        }
        benchmark::DoNotOptimize(cost);
    }
    state.counters["rows"] = static_cast<double>(log.rows);
    state.counters["microUsd"] = static_cast<double>(cost / 1'000'000);
}
// The whole session over a project: six models on every row, the frontier, then a threshold and a budget. Peak memory
// is that of the process; run it alone (--benchmark_filter=wholeSession).
void wholeSession(benchmark::State& state) {
    const char* path = std::getenv("TIERWISE_BENCH_PROJECT");
    const auto project = path != nullptr ? project::Project::open(path)
                                         : Result<project::Project>(fail(ErrorCode::notFound, "no project"));
    if (!project) {
        state.SkipWithError("TIERWISE_BENCH_PROJECT names no project");
        return;
    }
    project::ReplayRequest request;
    request.options.candidates = {"claude-opus-4-6", "o3", "deepseek-v3.2", "gpt-4.1-mini", "gemini-2.5-flash",
                                  "local/qwen3-14b"};
    for (auto _ : state) {
        const auto replay = project::openReplay(*project, request, {});
        if (!replay) {
            state.SkipWithError(replay.error().describe().c_str());
            return;
        }
        const auto& bench = replay->workbench;
        state.counters["rows"] = static_cast<double>(bench.rows().rows);
        const auto curve = bench.tradeoff(101);
        const double middle = (curve.frontier.front().costUsd + curve.frontier.back().costUsd) / 2;
        std::vector<route::Policy> policies{route::thresholdPolicy(200, 2000, bench.signal()), {}};
        policies[1].name = "half";
        policies[1].router.kind = route::RouterKind::budget;
        policies[1].router.budgetUsd = middle;
        const auto compared = bench.compare(policies, project::Baseline::asLogged);
        if (!compared) {
            state.SkipWithError(compared.error().describe().c_str());
            return;
        }
        benchmark::DoNotOptimize(compared);
    }
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    state.counters["peakMB"] = static_cast<double>(used.ru_maxrss) / 1024;
}
BENCHMARK(wholeSession)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

BENCHMARK(plainCostAggregate)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
