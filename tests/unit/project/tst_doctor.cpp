// SPDX-License-Identifier: GPL-3.0-or-later
// The doctor: logs with one fault each, worked out by hand; mends, and their undoing.
#include <fstream>

#include "core/project/doctor.h"
#include "core/project/import.h"
#include "core/project/import_preview.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::project;

namespace {

catalog::Catalog shipped() {
    auto loaded = catalog::Catalog::load(test::sourcePath("resources/catalog/catalog.json"));
    if (!loaded) {
        qFatal("%s", loaded.error().describe().c_str());
    }
    return *loaded;
}

constexpr const char* kHeader =
    "time,request_id,model,provider,input_uncached_tokens,cache_read_tokens,output_tokens,reasoning_tokens,cost_usd\n";

// A new project with one imported file of these lines.
class Log {
public:
    explicit Log(const std::string& lines) {
        const std::string base = m_folder.path().toStdString();
        std::ofstream(base + "/log.csv") << kHeader << lines;
        auto created = Project::create(base + "/p.tierwise");
        if (!created) {
            qFatal("%s", created.error().describe().c_str());
        }
        m_project.emplace(std::move(*created));
        const auto report = importLog(*m_project, {base + "/log.csv", {}, {}}, {});
        if (!report) {
            qFatal("%s", report.error().describe().c_str());
        }
    }
    // Another file of these lines.
    void add(const std::string& lines) const {
        const std::string file = m_folder.filePath("more.csv").toStdString();
        std::ofstream(file) << kHeader << lines;
        Project project = *m_project;
        const auto report = importLog(project, {file, {}, {}}, {});
        if (!report) {
            qFatal("%s", report.error().describe().c_str());
        }
    }
    [[nodiscard]] const Project& project() const { return *m_project; }
    [[nodiscard]] store::WorkloadSnapshot rows() const { return *m_project->loadSnapshot({}); }

private:
    QTemporaryDir m_folder;
    std::optional<Project> m_project;
};

std::string line(int number, const std::string& rest, int hour = 8) {
    char time[40];
    std::snprintf(time, sizeof time, "2026-09-02T%02d:%02d:00Z,r-%d,", hour, number, number);
    return time + rest + "\n";
}

const Finding* find(const Diagnosis& diagnosis, const std::string& kind) {
    for (const auto& finding : diagnosis.findings) {
        if (finding.kind == kind) {
            return &finding;
        }
    }
    return nullptr;
}

}  // namespace

class TestDoctor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanLogHasNoFindings();
    void costs_data();
    void costs();
    void doubleCountedCache();
    void localAtZero();
    void impossibleTokens();
    void timeJump();
    void timesOfTwoFilesAreNoJump();
    void strayQuote();
    void aDiscountIsOneFinding();
    void beforeTheImport();
    void unresolvedName();
    void textsWithoutCounts();
    void undoInOrder();
};

// Claude Opus 4.6 at 5 in, 25 out, 0.5 cache read: 1000 x 5 + 200 x 25 = 10,000 micro-dollars.
void TestDoctor::cleanLogHasNoFindings() {
    std::string lines;
    for (int i = 0; i < 5; ++i) {
        lines += line(i, "claude-opus-4-6,anthropic,1000,,200,,0.01");
    }
    const Log log(lines);
    const auto diagnosis = diagnose(log.project(), shipped(), {});
    TIERWISE_VERIFY_OK(diagnosis);
    QCOMPARE(diagnosis->rows, std::int64_t{5});
    QCOMPARE(diagnosis->checkedCosts, std::int64_t{5});
    QCOMPARE(diagnosis->agreeing, std::int64_t{5});
    QVERIFY2(diagnosis->findings.empty(), diagnosis->findings.empty() ? "" : diagnosis->findings[0].title.c_str());
}

void TestDoctor::costs_data() {
    QTest::addColumn<QString>("row");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<qint64>("after");
    // One dollar for a cent.
    QTest::newRow("cents") << "claude-opus-4-6,anthropic,1000,,200,,1"
                           << "cost-in-cents" << qint64{10'000'000'000};
    // 1000 x 5 + 4000 x 0.5 + 200 x 25 = 12,000; logged (1000 + 4000) x 5 + 200 x 25 = 30,000 micro-dollars.
    QTest::newRow("cache as new") << "claude-opus-4-6,anthropic,1000,4000,200,,0.03"
                                  << "cache-billed-as-new" << qint64{12'000'000'000};
    // o3 was 10 and 40 until 2025-06-10: 1000 x 10 + 500 x 40 = 30,000; now 2 and 8: 6,000.
    QTest::newRow("stale") << "o3,openai,1000,,500,,0.03"
                           << "stale-price" << qint64{6'000'000'000};
    // Logged at Sonnet's 3 and 15: 1000 x 3 + 200 x 15 = 6,000.
    QTest::newRow("wrong model") << "claude-opus-4-6,anthropic,1000,,200,,0.006"
                                 << "wrong-model" << qint64{10'000'000'000};
    QTest::newRow("no reason") << "claude-opus-4-6,anthropic,1000,,200,,0.0173"
                               << "cost-differs" << qint64{10'000'000'000};
}

void TestDoctor::costs() {
    QFETCH(QString, row);
    QFETCH(QString, kind);
    QFETCH(qint64, after);
    std::string lines;
    for (int i = 0; i < 4; ++i) {
        lines += line(i, row.toStdString());
    }
    const Log log(lines);
    const auto catalog = shipped();
    const auto diagnosis = diagnose(log.project(), catalog, {});
    TIERWISE_VERIFY_OK(diagnosis);
    QCOMPARE(diagnosis->agreeing, std::int64_t{0});
    const Finding* finding = find(*diagnosis, kind.toStdString());
    QVERIFY2(finding != nullptr, diagnosis->findings.empty() ? "none" : diagnosis->findings[0].id.c_str());
    QCOMPARE(finding->rows, std::int64_t{4});
    QCOMPARE(finding->examples.size(), std::size_t{4});
    const auto before = log.rows();
    const auto mended = applyMend(log.project(), catalog, finding->id, {});
    TIERWISE_VERIFY_OK(mended);
    for (const auto cost : log.rows().loggedCostPico.values) {
        QCOMPARE(qint64{cost}, after);
    }
    const auto again = diagnose(log.project(), catalog, {});
    QCOMPARE(again->agreeing, std::int64_t{4});
    QVERIFY(find(*again, kind.toStdString()) == nullptr);
    QCOMPARE(again->applied.size(), std::size_t{1});
    TIERWISE_VERIFY_OK(undoMend(log.project(), {}, {}));
    QVERIFY(log.rows().loggedCostPico.values == before.loggedCostPico.values);
    QVERIFY(diagnose(log.project(), catalog, {})->applied.empty());
}

// Input 5000 is said to be without the 4000 cached ones; the cost says 1000 x 5 + 4000 x 0.5 + 200 x 25 = 12,000.
void TestDoctor::doubleCountedCache() {
    std::string lines;
    for (int i = 0; i < 4; ++i) {
        lines += line(i, "claude-opus-4-6,anthropic,5000,4000,200,,0.012");
    }
    const Log log(lines);
    const auto diagnosis = diagnose(log.project(), shipped(), {});
    const Finding* finding = find(*diagnosis, "cache-counted-twice");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->severity, FindingSeverity::error);
    TIERWISE_VERIFY_OK(applyMend(log.project(), shipped(), finding->id, {}));
    QCOMPARE(log.rows().inputUncached.values[0], 1000U);
    TIERWISE_VERIFY_OK(undoMend(log.project(), {}, {}));
    QCOMPARE(log.rows().inputUncached.values[3], 5000U);
}

void TestDoctor::localAtZero() {
    const Log log(line(1, "qwen3:14b,ollama,100,,50,,0") + line(2, "qwen3:14b,ollama,100,,50,,"));
    const auto diagnosis = diagnose(log.project(), shipped(), {});
    const Finding* finding = find(*diagnosis, "local-at-zero");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->rows, std::int64_t{1});
    TIERWISE_VERIFY_OK(applyMend(log.project(), shipped(), finding->id, {}));
    QVERIFY(!log.rows().loggedCostPico.at(0).has_value());
    TIERWISE_VERIFY_OK(undoMend(log.project(), {}, {}));
    QCOMPARE(*log.rows().loggedCostPico.at(0), std::int64_t{0});
    QVERIFY(!log.rows().loggedCostPico.at(1).has_value());
}

void TestDoctor::impossibleTokens() {
    const Log log(line(1, "claude-opus-4-6,anthropic,100,,3000000,,") + line(2, "claude-opus-4-6,anthropic,100,,50,,"));
    const auto diagnosis = diagnose(log.project(), shipped(), {});
    const Finding* finding = find(*diagnosis, "impossible-tokens");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->rows, std::int64_t{1});
    TIERWISE_VERIFY_OK(applyMend(log.project(), shipped(), finding->id, {}));
    QVERIFY(!log.rows().output.at(0).has_value() && !log.rows().inputUncached.at(0).has_value());
    QCOMPARE(*log.rows().output.at(1), 50U);
    TIERWISE_VERIFY_OK(undoMend(log.project(), {}, {}));
    QCOMPARE(*log.rows().output.at(0), 3000000U);
}

void TestDoctor::timeJump() {
    std::string lines;
    for (int i = 0; i < 15; ++i) {
        lines += line(i, "claude-opus-4-6,anthropic,100,,50,,", 10);
    }
    // Two hours back, a minute later.
    for (int i = 15; i < 30; ++i) {
        lines += line(i, "claude-opus-4-6,anthropic,100,,50,,", 8);
    }
    const Log log(lines);
    const auto diagnosis = diagnose(log.project(), shipped(), {});
    const Finding* finding = find(*diagnosis, "time-jump");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->rows, std::int64_t{15});
    TIERWISE_VERIFY_OK(applyMend(log.project(), shipped(), finding->id, {}));
    const auto rows = log.rows();
    QCOMPARE(Timestamp::fromNanos(rows.timeNanos.values[29]).toIso(), std::string("2026-09-02T10:29:00Z"));
    QCOMPARE(Timestamp::fromNanos(rows.timeNanos.values[0]).toIso(), std::string("2026-09-02T10:00:00Z"));
    TIERWISE_VERIFY_OK(undoMend(log.project(), {}, {}));
    QCOMPARE(Timestamp::fromNanos(log.rows().timeNanos.values[0]).toIso(), std::string("2026-09-02T08:15:00Z"));
}

void TestDoctor::timesOfTwoFilesAreNoJump() {
    std::string late;
    std::string early;
    for (int i = 0; i < 25; ++i) {
        late += line(i, "claude-opus-4-6,anthropic,100,,50,,", 10);
        early += line(i + 30, "claude-opus-4-6,anthropic,100,,50,,", 8);
    }
    const Log log(late);
    log.add(early);
    QVERIFY(find(*diagnose(log.project(), shipped(), {}), "time-jump") == nullptr);
}

// One text with most of the file's line ends. Read without quotes its lines are records of their own; undone, it is as
// it was.
void TestDoctor::strayQuote() {
    QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    std::string text = "time,model,input_tokens,output_tokens,prompt\n2026-09-02T08:00:00Z,o3,10,20,plain\n";
    text += "2026-09-02T08:01:00Z,o3,11,21,\"one\n";
    for (int i = 0; i < 60; ++i) {
        text += "and another line\n";
    }
    text += "the end\"\n2026-09-02T08:02:00Z,o3,12,22,plain\n";
    std::ofstream(base + "/log.csv") << text;
    auto made = Project::create(base + "/p.tierwise");
    TIERWISE_VERIFY_OK(made);
    const auto report = importLog(*made, {base + "/log.csv", {}, {}}, {});
    TIERWISE_VERIFY_OK(report);
    QCOMPARE(report->stored, std::int64_t{3});
    const auto diagnosis = diagnose(*made, shipped(), {});
    TIERWISE_VERIFY_OK(diagnosis);
    const Finding* finding = find(*diagnosis, "stray-quote");
    QVERIFY(finding != nullptr);
    QVERIFY2(finding->explanation.find("line 3") != std::string::npos, finding->explanation.c_str());
    QVERIFY(!finding->mend.empty());
    TIERWISE_VERIFY_OK(applyMend(*made, shipped(), finding->id, {}));
    QVERIFY(made->rejectCount({}).value_or(0) >= 60);  // lines without counts are no requests
    const auto after = diagnose(*made, shipped(), {});
    QVERIFY(find(*after, "stray-quote") == nullptr);
    QCOMPARE(after->applied.size(), std::size_t{1});
    TIERWISE_VERIFY_OK(undoMend(*made, {}, {}));
    QCOMPARE(made->rejectCount({}).value_or(-1), std::int64_t{0});
    QCOMPARE(made->loadSnapshot({})->rows, std::size_t{3});
    QVERIFY(diagnose(*made, shipped(), {})->applied.empty());
}

// A negotiated price fits, row by row, one or another of thousands of offerings by chance: no row may get lost in that.
void TestDoctor::aDiscountIsOneFinding() {
    std::string lines;
    for (int i = 0; i < 40; ++i) {
        const int input = 500 + i * 137;
        const int output = 100 + i * i * 3;
        char cost[32];
        std::snprintf(cost, sizeof cost, "%.9f", 0.87 * (input * 5e-6 + output * 25e-6));
        lines +=
            line(i, "claude-opus-4-6,anthropic," + std::to_string(input) + ",," + std::to_string(output) + ",," + cost);
    }
    const Log log(lines);
    const auto diagnosis = diagnose(log.project(), shipped(), {});
    TIERWISE_VERIFY_OK(diagnosis);
    const Finding* finding = find(*diagnosis, "cost-differs");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->rows, std::int64_t{40});
}

void TestDoctor::beforeTheImport() {
    QTemporaryDir folder;
    const std::string file = folder.filePath("log.csv").toStdString();
    std::string lines = kHeader;
    for (int i = 0; i < 50; ++i) {
        lines += line(i, "claude-opus-4-6,anthropic,1000,,200,,1");
    }
    std::ofstream(file) << lines;
    const auto planned = ingest::planImport(file, {}, {}, {});
    TIERWISE_VERIFY_OK(planned);
    const auto all = diagnoseBefore(planned->plan, 0, shipped(), {}, {});
    TIERWISE_VERIFY_OK(all);
    QCOMPARE(all->rows, std::int64_t{50});
    QVERIFY(find(*all, "cost-in-cents") != nullptr);
}

void TestDoctor::unresolvedName() {
    const Log log(line(1, "my-deployment-7,,100,,50,,") + line(2, "claude-opus-4-6,anthropic,100,,50,,"));
    const auto diagnosis = diagnose(log.project(), shipped(), {});
    const Finding* finding = find(*diagnosis, "unresolved-name");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->id, std::string("unresolved-name:my-deployment-7"));
    QCOMPARE(finding->rows, std::int64_t{1});
    // Nothing is like it: it takes any offering of the catalog, and no other.
    QVERIFY(finding->candidates.empty());
    QVERIFY(!applyMend(log.project(), shipped(), finding->id, {}));
    QVERIFY(!applyMend(log.project(), shipped(), finding->id, {}, "openai/no-such-model"));
    const auto mended = applyMend(log.project(), shipped(), finding->id, {}, "openai/o3");
    TIERWISE_VERIFY_OK(mended);
    QVERIFY(find(*diagnose(log.project(), shipped(), {}), "unresolved-name") == nullptr);
    TIERWISE_VERIFY_OK(undoMend(log.project(), mended->id, {}));
    QVERIFY(find(*diagnose(log.project(), shipped(), {}), "unresolved-name") != nullptr);
    TIERWISE_VERIFY_OK(
        saveAliases(log.project(), std::vector<catalog::UserAlias>{{"my-deployment-7", "", "openai/o3"}}));
    const auto again = diagnose(log.project(), shipped(), {});
    QVERIFY(find(*again, "unresolved-name") == nullptr);
    TIERWISE_VERIFY_OK(saveAliases(log.project(), {}));
    QVERIFY(loadAliases(log.project())->empty());
}

// "hello world" is two tokens in o200k and in cl100k (tiktoken: 24912 2375 and 15339 1917).
void TestDoctor::textsWithoutCounts() {
    const QTemporaryDir folder;
    const std::string base = folder.path().toStdString();
    std::ofstream(base + "/log.csv") << "time,request_id,model,input_tokens,output_tokens,prompt,response\n"
                                        "2026-09-02T08:00:00Z,r-1,gpt-4o,,,hello world,hello world\n"
                                        "2026-09-02T08:01:00Z,r-2,gpt-4o,,7,"
                                        "\"[{\"\"role\"\":\"\"user\"\",\"\"content\"\":\"\"hello world\"\"}]\",\n"
                                        "2026-09-02T08:02:00Z,r-3,gpt-4o,5,6,hello,world\n"
                                        "2026-09-02T08:03:00Z,r-4,gpt-4o,,,,\n";
    auto project = Project::create(base + "/p.tierwise");
    TIERWISE_VERIFY_OK(project);
    TIERWISE_VERIFY_OK(importLog(*project, {base + "/log.csv", {}, {}}, {}));
    const auto diagnosis = diagnose(*project, shipped(), {});
    const Finding* finding = find(*diagnosis, "texts-without-counts");
    QVERIFY(finding != nullptr);
    QCOMPARE(finding->rows, std::int64_t{2});
    const auto mended = applyMend(*project, shipped(), finding->id, {});
    TIERWISE_VERIFY_OK(mended);
    using Counts = std::vector<std::optional<std::uint32_t>>;
    const auto countsOf = [&](const auto& column) {
        Counts counts;
        for (std::size_t row = 0; row < 4; ++row) {
            counts.push_back(column.at(row));
        }
        return counts;
    };
    const auto rows = project->loadSnapshot({});
    QVERIFY((countsOf(rows->inputUncached) == Counts{2, 2, 5, {}}));
    QVERIFY((countsOf(rows->output) == Counts{2, 7, 6, {}}));
    QVERIFY(find(*diagnose(*project, shipped(), {}), "texts-without-counts") == nullptr);
    TIERWISE_VERIFY_OK(undoMend(*project, mended->id, {}));
    const auto before = project->loadSnapshot({});
    QVERIFY((countsOf(before->inputUncached) == Counts{{}, {}, 5, {}}));
    QVERIFY((countsOf(before->output) == Counts{{}, 7, 6, {}}));
}

void TestDoctor::undoInOrder() {
    std::string lines;
    for (int i = 0; i < 4; ++i) {
        lines += line(i, "claude-opus-4-6,anthropic,1000,,200,,1") + line(i + 20, "o3,openai,1000,,500,,0.03");
    }
    const Log log(lines);
    const auto first = applyMend(log.project(), shipped(), "cost-in-cents:claude-opus-4-6", {});
    TIERWISE_VERIFY_OK(first);
    TIERWISE_VERIFY_OK(applyMend(log.project(), shipped(), "stale-price:o3:2025-06-10", {}));
    const auto refused = undoMend(log.project(), first->id, {});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::conflict);
    TIERWISE_VERIFY_OK(undoMend(log.project(), {}, {}));
    TIERWISE_VERIFY_OK(undoMend(log.project(), first->id, {}));
    QVERIFY(!undoMend(log.project(), {}, {}));
    QCOMPARE(applyMend(log.project(), shipped(), "nothing:here", {}).error().code, ErrorCode::notFound);
}

QTEST_APPLESS_MAIN(TestDoctor)
#include "tst_doctor.moc"
