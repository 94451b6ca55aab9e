// SPDX-License-Identifier: GPL-3.0-or-later
// The sample workload: the shipped file is what the generator makes, and it holds what it promises.
#include <fstream>
#include <set>
#include <sstream>

#include "core/catalog/catalog.h"
#include "core/ingest/preset.h"
#include "core/ingest/reader/record_reader.h"
#include "core/project/sample.h"
#include "tests/support/support.h"

using namespace tierwise;

namespace {

std::string readFile(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

struct Counts {
    int rows = 0, rejected = 0, repeated = 0, scored = 0, longContexts = 0, cached = 0, personal = 0, secret = 0;
    int priced = 0, agreeing = 0, unresolved = 0, local = 0;
    std::set<std::string> teams, sessions, models, keys, reasons;
    std::optional<Timestamp> first, last;
};

// The bill by the catalog, where it knows the name and every rate.
std::optional<MoneySum> billOf(const catalog::Catalog& catalog, const store::RequestRow& row, Counts& counts) {
    const auto found = catalog.resolve({row.model, row.provider, row.time});
    if (!found.offering) {
        ++counts.unresolved;
        return {};
    }
    counts.local += catalog.offering(*found.offering).provider == "local" ? 1 : 0;
    const auto value = [](const std::optional<TokenCount>& count) { return count ? count->value() : 0; };
    const std::int64_t prompt = value(row.inputUncached) + value(row.cacheRead) + value(row.cacheWrite5m);
    auto rates = catalog.ratesAt(*found.offering, {row.time, row.serviceTier, {}});
    rates.rates = rates.forPrompt(prompt);
    return rates.price(value(row.inputUncached), value(row.cacheRead), value(row.cacheWrite5m), 0, value(row.output));
}

void count(const catalog::Catalog& catalog, const store::RequestRow& row, Counts& counts) {
    if (!counts.keys.insert(std::string(row.dedupKey)).second) {
        ++counts.repeated;
        return;
    }
    ++counts.rows;
    counts.scored += row.score ? 1 : 0;
    counts.cached += row.cacheRead && row.cacheRead->value() > 0 ? 1 : 0;
    counts.longContexts += row.inputUncached->value() > 200'000 ? 1 : 0;
    counts.personal += row.dataClass == "pii" ? 1 : 0;
    counts.secret += row.dataClass == "secret" ? 1 : 0;
    counts.teams.insert(std::string(row.team));
    counts.sessions.insert(std::string(row.session));
    counts.models.insert(std::string(row.model));
    counts.first = std::min(counts.first.value_or(*row.time), *row.time);
    counts.last = std::max(counts.last.value_or(*row.time), *row.time);
    const auto bill = billOf(catalog, row, counts);
    if (bill && row.loggedCost) {
        ++counts.priced;
        counts.agreeing += bill->pico() == row.loggedCost->pico() ? 1 : 0;
    }
}

}  // namespace

class TestSample : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shippedFileIsWhatTheGeneratorMakes();
    void seedDecides();
    void holdsWhatItPromises();
};

void TestSample::shippedFileIsWhatTheGeneratorMakes() {
    const auto sample = project::makeSample({});
    TIERWISE_VERIFY_OK(sample);
    QVERIFY(sample->csv == readFile(test::sourcePath("resources/sample/sample.csv")));
    QVERIFY(sample->csv.size() < 1'500'000);
}

void TestSample::seedDecides() {
    const auto a = project::makeSample({1, 200});
    const auto b = project::makeSample({1, 200});
    const auto c = project::makeSample({2, 200});
    QVERIFY(a->csv == b->csv);
    QVERIFY(a->csv != c->csv);
    QCOMPARE(a->rows, std::int64_t{200});
    QVERIFY(!project::makeSample({1, 99}));
}

void TestSample::holdsWhatItPromises() {
    const auto catalog = catalog::Catalog::load(test::sourcePath("resources/catalog/catalog.json"));
    TIERWISE_VERIFY_OK(catalog);
    auto reader = ingest::RecordReader::open(test::sourcePath("resources/sample/sample.csv").string(), {}, {});
    TIERWISE_VERIFY_OK(reader);
    const auto& header = (*reader)->info().columns;
    const auto matches = ingest::detectPresets(header, {});
    QCOMPARE(matches.front().id, std::string("tierwise-sample"));
    QVERIFY(matches.front().confidence >= 0.8);
    auto mapper = ingest::RowMapper::compile(matches.front().mapping, header);
    TIERWISE_VERIFY_OK(mapper);
    Counts counts;
    ingest::RecordBatch batch;
    std::vector<std::string_view> cells;
    store::RequestRow row;
    ingest::MapReject reject;
    int lines = 0;
    while ((*reader)->next(batch).value_or(false)) {
        for (std::size_t i = 0; i < batch.records.size(); ++i) {
            cells.clear();
            for (const auto& cell : batch.row(i)) {
                cells.push_back(cell.view());
            }
            ++lines;
            if (mapper->map(cells, row, reject) == ingest::MapStatus::row) {
                count(*catalog, row, counts);
            } else {
                ++counts.rejected;
                counts.reasons.insert(reject.reason);
            }
        }
    }
    qInfo("%d rows, %zu sessions, %d scored, %d cached, %d long, %d of %d costs agree, %d unresolved, %d local",
          counts.rows, counts.sessions.size(), counts.scored, counts.cached, counts.longContexts, counts.agreeing,
          counts.priced, counts.unresolved, counts.local);
    QCOMPARE(lines, 2600);
    QCOMPARE(counts.rejected, 8);
    QCOMPARE(counts.repeated, 5);
    QCOMPARE(counts.rows, 2600 - 8 - 5);
    QVERIFY(counts.reasons.size() >= 5);
    QVERIFY(counts.scored * 100 >= counts.rows * 15 && counts.scored * 100 <= counts.rows * 25);
    QVERIFY(counts.teams.size() >= 5 && counts.sessions.size() >= 500 && counts.models.size() >= 8);
    QVERIFY(counts.cached >= 300 && counts.longContexts >= 3 && counts.personal >= 100 && counts.secret >= 10);
    QVERIFY(counts.unresolved >= 30 && counts.unresolved * 10 < counts.rows);
    QVERIFY(counts.local >= 50);
    // Mostly, and not always: the doctor has to have something to find.
    QVERIFY(counts.agreeing * 100 >= counts.priced * 85);
    QVERIFY(counts.agreeing < counts.priced);
    QCOMPARE(counts.first->toIsoDate().substr(0, 7), std::string("2026-09"));
    QCOMPARE(counts.last->toIsoDate().substr(0, 7), std::string("2026-09"));
}

QTEST_APPLESS_MAIN(TestSample)
#include "tst_sample.moc"
