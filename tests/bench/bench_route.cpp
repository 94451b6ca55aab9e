// SPDX-License-Identifier: GPL-3.0-or-later
// The allocation kernels at the size of a large log: 1.38M rows x 6 models.
#include <benchmark/benchmark.h>

#include "core/base/rng.h"
#include "core/route/capacity.h"
#include "core/route/frontier.h"
#include "core/route/threshold_index.h"

using namespace tierwise;
using namespace tierwise::route;

namespace {

constexpr std::size_t kRows = 1'383'669;
constexpr std::size_t kModels = 6;

struct Workload {
    std::vector<std::vector<std::int64_t>> cost{kModels, std::vector<std::int64_t>(kRows)};
    std::vector<std::vector<float>> quality{kModels, std::vector<float>(kRows)};
    std::vector<float> difficulty = std::vector<float>(kRows);
    std::vector<std::vector<std::uint8_t>> targets{kModels, std::vector<std::uint8_t>(kRows)};
    ChoiceTable table;

    Workload() {
        Rng rng(1);
        const double price[kModels] = {0.01, 0.05, 0.3, 1, 4, 20};
        for (std::size_t row = 0; row < kRows; ++row) {
            const double tokens = 50.0 + 3000.0 * rng.uniform() * rng.uniform();
            difficulty[row] = static_cast<float>(rng.uniform());
            for (std::size_t j = 0; j < kModels; ++j) {
                cost[j][row] = static_cast<std::int64_t>(tokens * price[j] * (0.8 + 0.4 * rng.uniform()) * 1e6);
                const double ability = 0.4 * static_cast<double>(j) + 0.6 * rng.uniform();
                quality[j][row] =
                    static_cast<float>(1 / (1 + std::exp(-4 * (ability - 2.0 * static_cast<double>(difficulty[row])))));
            }
        }
        table.rows = kRows;
        for (std::size_t j = 0; j < kModels; ++j) {
            table.cost.emplace_back(cost[j]);
            table.quality.emplace_back(quality[j]);
            std::fill(targets[j].begin(), targets[j].end(), static_cast<std::uint8_t>(j));
        }
    }
};

const Workload& workload() {
    static const Workload w;
    return w;
}

void frontierBuild(benchmark::State& state) {
    const auto& w = workload();
    for (auto _ : state) {
        auto frontier = Frontier::build(w.table, {}, static_cast<unsigned>(state.range(0)));
        state.counters["increments"] = static_cast<double>(frontier->steps());
        benchmark::DoNotOptimize(frontier);
    }
}
BENCHMARK(frontierBuild)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void frontierQuery(benchmark::State& state) {
    static const auto frontier = Frontier::build(workload().table);
    const double low = frontier->point(0).costPico;
    const double high = frontier->point(frontier->steps()).costPico;
    double share = 0;
    for (auto _ : state) {
        share = share > 0.99 ? 0.0 : share + 0.0137;
        auto budget = frontier->forBudget(low + share * (high - low));
        auto floor = frontier->forMeanQuality(budget->meanQuality);
        benchmark::DoNotOptimize(floor);
    }
}
BENCHMARK(frontierQuery)->Unit(benchmark::kMicrosecond);

void frontierAssignment(benchmark::State& state) {
    static const auto frontier = Frontier::build(workload().table);
    for (auto _ : state) {
        auto choice = frontier->choiceAt(frontier->steps() / 2);
        benchmark::DoNotOptimize(choice);
    }
}
BENCHMARK(frontierAssignment)->Unit(benchmark::kMillisecond);

ThresholdIndex makeIndex() {
    const auto& w = workload();
    return ThresholdIndex::build(w.table, w.difficulty, {w.targets[0], w.targets[2], w.targets[5]});
}

void thresholdBuild(benchmark::State& state) {
    workload();
    for (auto _ : state) {
        auto index = makeIndex();
        benchmark::DoNotOptimize(index);
    }
}
BENCHMARK(thresholdBuild)->Unit(benchmark::kMillisecond)->UseRealTime();

void thresholdQuery(benchmark::State& state) {
    static const auto index = makeIndex();
    float low = 0;
    const std::size_t bands[] = {0, 1, 2};
    for (auto _ : state) {
        low = low > 0.5F ? 0.0F : low + 0.013F;
        const float thresholds[] = {low, low + 0.4F};
        auto sum = index.sum(thresholds, bands);
        benchmark::DoNotOptimize(sum);
    }
}
BENCHMARK(thresholdQuery)->Unit(benchmark::kMicrosecond);

void capsAndFloor(benchmark::State& state) {
    CapacityProblem problem;
    problem.qualityFloor = 0.6;
    problem.caps = {{0b100000, 0.05}, {0b010000, 0.10}};
    for (auto _ : state) {
        auto answer = allocateWithCaps(workload().table, problem);
        if (answer) {
            state.counters["gapShare"] = answer->gapUsd / answer->boundUsd;
            state.counters["passes"] = answer->passes;
        }
        benchmark::DoNotOptimize(answer);
    }
}
BENCHMARK(capsAndFloor)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(1);

}  // namespace
