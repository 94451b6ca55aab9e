// SPDX-License-Identifier: GPL-3.0-or-later
// Totals by model in one pass, against a plain loop.
#include "core/base/rng.h"
#include "core/replay/aggregate.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::replay;

namespace {

// Runs of one model, mixed stretches, unknown tokens, and a last block that is not whole.
store::WorkloadSnapshot someRows(std::size_t rows) {
    Rng rng(11);
    store::WorkloadSnapshot log;
    log.rows = rows;
    for (auto* column :
         {&log.inputUncached, &log.cacheRead, &log.cacheWrite5m, &log.cacheWrite1h, &log.output, &log.reasoning}) {
        column->resize(rows);
    }
    log.model.names = {"", "a", "b", "c"};
    for (std::size_t row = 0; row < rows; ++row) {
        const bool mixed = row % 1'000 > 700;
        log.model.codes.push_back(mixed ? static_cast<std::int32_t>(rng.below(4)) : 2);
        log.requests.push_back(1 + static_cast<std::uint32_t>(rng.below(3)));
        if (!mixed || rng.below(5) > 0) {
            log.inputUncached.set(row, static_cast<std::uint32_t>(rng.below(4'000'000'000)));
        }
        if (!mixed || rng.below(5) > 0) {
            log.output.set(row, static_cast<std::uint32_t>(rng.below(2'000)));
        }
        log.cacheRead.set(row, static_cast<std::uint32_t>(rng.below(90)));
        log.reasoning.set(row, static_cast<std::uint32_t>(rng.below(7)));
    }
    return log;
}

}  // namespace

class TestAggregate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsThePlainLoop() {
        for (const std::size_t rows : {std::size_t{0}, std::size_t{1}, std::size_t{63}, std::size_t{10'037}}) {
            const auto log = someRows(rows);
            std::vector<TokenTotals> plain(4);
            for (std::size_t row = 0; row < rows; ++row) {
                auto& total = plain[static_cast<std::size_t>(log.model.codes[row])];
                if (!log.inputUncached.valid.test(row) || !log.output.valid.test(row)) {
                    ++total.unknownRows;
                    continue;
                }
                ++total.rows;
                total.requests += log.requests[row];
                total.inputUncached += log.inputUncached.values[row];
                total.cacheRead += log.cacheRead.values[row];
                total.output += log.output.values[row];
                total.reasoning += log.reasoning.values[row];
            }
            QVERIFY(totalsByModel(log) == plain);
            QVERIFY(totalsByModel(log, 2) == plain);
        }
    }

    void theCostIsExact() {
        TokenTotals totals;
        totals.inputUncached = 3'000'000'000'000'000;  // x 5,000,000 pico-dollars: beyond 64 bits
        totals.output = 7;
        totals.requests = 2;
        FlatRates rates;
        rates.input = 5'000'000;
        rates.output = 20'000'000;
        rates.request = 1'000;
        QVERIFY(totals.costPico(rates) ==
                static_cast<Int128>(3'000'000'000'000'000) * 5'000'000 + 7 * 20'000'000 + 2'000);
    }
};

QTEST_APPLESS_MAIN(TestAggregate)
#include "tst_aggregate.moc"
