// SPDX-License-Identifier: GPL-3.0-or-later
// Loading the shipped catalog, and resolving and pricing as many rows as a day of a large service (1,383,669).
#include <fstream>
#include <map>
#include <sstream>

#include <benchmark/benchmark.h>

#include "core/base/rng.h"
#include "core/catalog/catalog.h"
#include "core/catalog/catalog_data.h"
#include "core/catalog/snapshot_store.h"

namespace {

using namespace tierwise;
using namespace tierwise::catalog;

const std::filesystem::path kCatalog = TIERWISE_SOURCE_DIR "/resources/catalog/catalog.json";
constexpr std::size_t kRows = 1'383'669;

void load(benchmark::State& state) {
    for (auto step : state) {
        auto catalog = Catalog::load(kCatalog);
        benchmark::DoNotOptimize(catalog);
    }
}
BENCHMARK(load)->Unit(benchmark::kMillisecond);

void resolveOne(benchmark::State& state) {
    const auto catalog = Catalog::load(kCatalog);
    for (auto step : state) {
        benchmark::DoNotOptimize(catalog->resolve({"us.anthropic.claude-3-5-sonnet-20241022-v2:0", "bedrock", {}, {}}));
    }
}
BENCHMARK(resolveOne)->Unit(benchmark::kMicrosecond);

/// Rows of one model over a day, resolved once a distinct (name, provider, day) and priced on six models each.
void resolveAndPrice(benchmark::State& state) {
    const auto catalog = Catalog::load(kCatalog);
    Rng rng(1);
    std::vector<std::array<std::int64_t, 3>> rows(kRows);
    for (auto& row : rows) {
        row = {static_cast<std::int64_t>(rng.below(4000)), static_cast<std::int64_t>(rng.below(1000)),
               static_cast<std::int64_t>(rng.below(3000))};
    }
    const std::vector<std::string> names = {"deepseek-reasoner", "o3",           "claude-opus-4-6",
                                            "gemini-2.5-pro",    "gpt-4.1-mini", "claude-sonnet-4-6"};
    for (auto step : state) {
        MoneySum total;
        for (const auto& name : names) {
            std::map<std::int64_t, EffectiveRates> byDay;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const auto at = Timestamp::fromSeconds(1'767'225'600 + static_cast<std::int64_t>(i / 16));
                auto rates = byDay.find(at.day());
                if (rates == byDay.end()) {
                    const auto found = catalog->resolve({name, {}, at, {}});
                    rates = byDay.emplace(at.day(), catalog->ratesAt(*found.offering, {at, {}, {}})).first;
                }
                total += rates->second.price(rows[i][0], rows[i][1], 0, 0, rows[i][2]).value_or(MoneySum());
            }
        }
        benchmark::DoNotOptimize(total);
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kRows * names.size()));
}
BENCHMARK(resolveAndPrice)->Unit(benchmark::kMillisecond);

/// Back and forth between two kept catalogs of the shipped one's size, and reading what is then in use.
void rollback(benchmark::State& state) {
    const auto folder = std::filesystem::temp_directory_path() / "tierwise-bench-rollback";
    std::filesystem::remove_all(folder);
    SnapshotStore store(folder);
    const auto shipped = Catalog::load(kCatalog);
    CatalogData changed = shipped->data();
    changed.title = "changed";
    changed.hash.clear();
    const auto other = Catalog::parse(writeCatalogJson(changed), "changed");
    const auto now = Timestamp::fromSeconds(1'767'225'600);
    const auto first = store.install(*other, *shipped, 1, now);
    std::string to(shipped->hash());
    std::string from(other->hash());
    if (!first) {
        state.SkipWithError(first.error().describe().c_str());
        return;
    }
    for (auto step : state) {
        const auto entry = store.rollback(to);
        if (!entry) {
            state.SkipWithError(entry.error().describe().c_str());
            break;
        }
        std::swap(to, from);
    }
    std::filesystem::remove_all(folder);
}
BENCHMARK(rollback)->Unit(benchmark::kMillisecond);

}  // namespace
