// SPDX-License-Identifier: GPL-3.0-or-later
// Scoring one prompt of 500 bytes with the shipped weights, against taking its features alone; mean and 99th
// percentile.
#include <algorithm>
#include <chrono>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/assess/difficulty_model.h"
#include "core/base/rng.h"

namespace {

using namespace tierwise;
using namespace tierwise::assess;

constexpr std::size_t kBytes = 500;

// Prompts of made-up sentences over a few hundred words: as many distinct terms as real ones of this length.
std::vector<std::string> prompts() {
    const std::vector<std::string> starts{"pro", "con", "inter", "sub", "re", "trans", "per", "de", "ex", "over"};
    const std::vector<std::string> ends{"duct", "form", "act", "port", "gress", "ject", "late", "sist", "tain", "vert"};
    Rng rng(1);
    std::vector<std::string> all;
    for (int i = 0; i < 500; ++i) {
        std::string text = "What is the";
        while (text.size() < kBytes) {
            text += " " + starts[rng.below(starts.size())] + ends[rng.below(ends.size())];
            text += rng.below(12) == 0 ? ", " + std::to_string(rng.below(1000)) + " of the" : "";
        }
        text.resize(kBytes);
        all.push_back(std::move(text));
    }
    return all;
}

void features(benchmark::State& state) {
    const auto texts = prompts();
    FeatureExtractor extractor;
    std::size_t i = 0;
    for (auto step : state) {
        benchmark::DoNotOptimize(extractor.extract(texts[i++ % texts.size()]).words);
    }
}
BENCHMARK(features)->Unit(benchmark::kMicrosecond);

void score(benchmark::State& state) {
    const auto texts = prompts();
    const auto model = DifficultyModel::load(TIERWISE_SOURCE_DIR "/resources/assess/difficulty.twdm");
    if (!model) {
        state.SkipWithError("the shipped weights cannot be read");
        return;
    }
    std::vector<double> micros;
    std::size_t i = 0;
    for (auto step : state) {
        const auto start = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(model->score(texts[i++ % texts.size()]));
        micros.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
    }
    const auto place = micros.begin() + static_cast<std::ptrdiff_t>(micros.size() * 99 / 100);
    std::nth_element(micros.begin(), place, micros.end());
    state.counters["p99_us"] = *place;
}
BENCHMARK(score)->Unit(benchmark::kMicrosecond);

}  // namespace
