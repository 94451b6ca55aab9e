// SPDX-License-Identifier: GPL-3.0-or-later
// Outcome files, and the replay of measured outcomes against figures that this test works out by itself.
#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include "core/project/analysis.h"
#include "core/project/outcomes.h"
#include "core/project/replay.h"
#include "tests/support/catalogs.h"
#include "tests/support/snapshots.h"

using namespace tierwise;
using namespace tierwise::project;
using namespace tierwise::test;

namespace {

// A catalog that knows none of the models: what is known of them is what was measured.
catalog::Catalog emptyCatalog() {
    return catalogOf(
        "#providers#:[{#id#:#lab#}],#models#:[{#id#:#m#,#author#:#lab#}],\n"
        "#offerings#:[{#provider#:#lab#,#id#:#m#,#model#:#m#,#cards#:[{#rates#:{#input#:#1#,#output#:#1#},#"
        "evidence#:0}]}]");
}

struct Truth {
    bool resolved = false;
    double cost = 0;
};

// Read with Qt's own JSON reader, so that nothing of ours is on both sides of the comparison.
std::map<std::string, Truth> truthOf(const std::filesystem::path& file) {
    QFile source(QString::fromStdString(file.string()));
    std::map<std::string, Truth> truth;
    if (!source.open(QIODevice::ReadOnly)) {
        return truth;
    }
    const auto object = QJsonDocument::fromJson(source.readAll()).object();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const auto entry = it.value().toObject();
        const auto resolved = entry.value(QStringLiteral("resolved"));
        const auto cost = entry.value(QStringLiteral("cost"));
        if (resolved.isBool() && cost.isDouble()) {
            truth[it.key().toStdString()] = {resolved.toBool(), cost.toDouble()};
        }
    }
    return truth;
}

void writeFile(const QString& path, const char* text) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

bool fourDecimals(double a, double b) {
    return std::abs(a - b) < 0.00005;
}

}  // namespace

class TestOutcomes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scoresOfSeveralKinds_data() {
        QTest::addColumn<QByteArray>("csv");
        QTest::addColumn<QList<double>>("scores");
        QTest::addColumn<int>("rejects");
        QTest::newRow("fractions") << QByteArray("request_id,model,score\na,m,0.25\nb,m,1\nc,m,1.5\n")
                                   << QList<double>{0.25, 1} << 1;
        QTest::newRow("pass") << QByteArray("id,model,pass\na,m,true\nb,m,FAIL\nc,m,maybe\n") << QList<double>{1, 0}
                              << 1;
        QTest::newRow("stars") << QByteArray("id,model,stars\na,m,5\nb,m,3\nc,m,0\n") << QList<double>{1, 0.5} << 1;
        QTest::newRow("thumbs") << QByteArray("id,model,thumbs\na,m,up\nb,m,-1\n") << QList<double>{1, 0} << 0;
        QTest::newRow("pairs") << QByteArray("id,model_a,model_b,winner\na,m,n,a\nb,m,n,tie\nc,m,n,zebra\n")
                               << QList<double>{1, 0, 0.5, 0.5} << 1;
        QTest::newRow("winner and loser")
            << QByteArray("id,winner,loser\na,m,n\nb,n,n\nc,m,\n") << QList<double>{1, 0} << 2;
        QTest::newRow("words and percentages in a score")
            << QByteArray("id,model,score\na,m,pass\nb,m,False\nc,m,25%\nd,m,120%\ne,m,85\n")
            << QList<double>{1, 0, 0.25} << 2;
        QTest::newRow("messy names")
            << QByteArray(
                   "\"Request ID\",Model Name,Rating (1-5)\na,m,4/5\nb,m,\xE2\x98\x85\xE2\x98\x85\xE2\x98\x86\nc,m,6\n")
            << QList<double>{0.75, 0.25} << 1;
        QTest::newRow("percentages by name")
            << QByteArray("ID;model-id;Score %\na;m;75\nb;m;50,0 %\nc;m;101\n") << QList<double>{0.75, 0.5} << 1;
        QTest::newRow("a header that comes again")
            << QByteArray("Request_ID;Model;Score\r\na;m;0,5\r\nb;m;1\r\nRequest_ID;Model;Score\r\nc;m;\r\n")
            << QList<double>{0.5, 1} << 1;
        QTest::newRow("a decimal comma") << QByteArray("id;model;score\na;m;0,25\nb;m;1\n") << QList<double>{0.25, 1}
                                         << 0;
        QTest::newRow("as pandas writes true and false")
            << QByteArray("instance_id,model,is_correct\na,m,1.0\nb,m,0.0\nc,m,NaN\nd,m,None\n") << QList<double>{1, 0}
            << 0;
        QTest::newRow("thumbs in words and signs")
            << QByteArray("id,model,User Feedback\na,m,thumbs_up\nb,m,\xF0\x9F\x91\x8E\nc,m,liked\nd,m,2\n")
            << QList<double>{1, 0, 1} << 1;
        QTest::newRow("a second score where the first says nothing")
            << QByteArray("id,model,score,stars\na,m,,5\nb,m,0.5,5\n") << QList<double>{1, 0.5} << 0;
        QTest::newRow("a preference that was not given")
            << QByteArray("id,model_a,model_b,preference\na,m,n,\nb,m,n,2\n") << QList<double>{0, 1} << 0;
        QTest::newRow("chosen and rejected") << QByteArray("id,chosen,rejected\na,m,n\n") << QList<double>{1, 0} << 0;
        QTest::newRow("JSON Lines") << QByteArray(
                                           "{\"id\":\"a\",\"model\":\"m\",\"score\":0.5}\n"
                                           "{\"id\":\"b\",\"model\":\"m\",\"score\":null}\n"
                                           "{\"id\":\"c\",\"model\":\"m\",\"score\":true}\n")
                                    << QList<double>{0.5, 1} << 0;
        QTest::newRow("without a model") << QByteArray("id,model,score\na,,1\n,m,1\n") << QList<double>{} << 2;
    }
    void scoresOfSeveralKinds() {
        QFETCH(QByteArray, csv);
        QFETCH(QList<double>, scores);
        QFETCH(int, rejects);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("o.csv"));
        writeFile(path, csv.constData());
        OutcomeImportOptions options;
        options.source = path.toStdString();
        const auto files = readOutcomes(options, {});
        TIERWISE_VERIFY_OK(files);
        QCOMPARE(static_cast<int>(files->rejects.size()), rejects);
        QCOMPARE(files->records.size(), static_cast<std::size_t>(scores.size()));
        for (std::size_t i = 0; i < files->records.size(); ++i) {
            QCOMPARE(static_cast<double>(*files->records[i].score), scores[static_cast<qsizetype>(i)]);
        }
    }

    void costsAndTokens() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("o.csv"));
        writeFile(path,
                  "request_id,model,score,in_tokens,out_tokens,cost_usd,latency_s,answer\n"
                  "a,m,1,10,20,0.34991400000000006,1.5,B\nb,m,,,,,,\nc,m,1,-3,,,,\nd,m,1,,,-1,,\n");
        OutcomeImportOptions options;
        options.source = path.toStdString();
        const auto files = readOutcomes(options, {});
        TIERWISE_VERIFY_OK(files);
        QCOMPARE(files->records.size(), std::size_t{1});
        QCOMPARE(files->empty, std::int64_t{1});
        QCOMPARE(files->rejects.size(), std::size_t{2});
        QCOMPARE(files->rejects[0].line, std::int64_t{4});
        QCOMPARE(*files->records[0].costPico, std::int64_t{349'914'000'000});
        QCOMPARE(*files->records[0].outputTokens, std::int64_t{20});
        QCOMPARE(files->records[0].answer, std::string("B"));
    }

    // What is stated of an answer counts without a score too: its words for agreement, its tokens for what it costs.
    void answersWithoutScores() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("o.json"));
        writeFile(path,
                  "[{\"id\":\"a\",\"answer\":\"42\"},{\"id\":\"b\",\"completion_tokens\":7},{\"id\":\"c\"},"
                  "{\"id\":\"d\",\"latency_ms\":1500}]");
        OutcomeImportOptions options;
        options.source = path.toStdString();
        options.model = "m";
        const auto files = readOutcomes(options, {});
        TIERWISE_VERIFY_OK(files);
        QCOMPARE(files->records.size(), std::size_t{3});
        QCOMPARE(files->empty, std::int64_t{1});
        QCOMPARE(files->records[0].answer, std::string("42"));
        QCOMPARE(*files->records[1].outputTokens, std::int64_t{7});
        QCOMPARE(*files->records[2].latencySeconds, 1.5F);
        QVERIFY(!files->records[0].score && !files->records[0].costPico);
    }

    // read = used + duplicates + empty + unmatched + rejected; a model's preferences and raters make a mean.
    void everyRowIsAccountedFor() {
        QTemporaryDir folder;
        const auto base = folder.path().toStdString();
        const auto path = [&](const char* name) { return folder.filePath(QString::fromUtf8(name)); };
        writeFile(path("seed.csv"), "id,model,score\nr1,m,1\nr2,m,1\n");
        auto project = Project::create(base + "/p.tierwise");
        TIERWISE_VERIFY_OK(project);
        OutcomeImportOptions options;
        options.source = base + "/seed.csv";
        options.addRequests = true;
        TIERWISE_VERIFY_OK(importOutcomes(*project, options, {}));
        options.addRequests = false;
        writeFile(path("o.csv"),
                  "id,model,score,rater\nr1,n,1,x\nr1,n,0,y\nr1,n,0.5,y\nr1,n,1,x\nr2,n,,x\nr9,n,1,x\n"
                  "r2,n,7,x\n,n,1,x\n");
        options.source = base + "/o.csv";
        const auto report = importOutcomes(*project, options, {});
        TIERWISE_VERIFY_OK(report);
        QCOMPARE(report->read, std::int64_t{8});
        QCOMPARE(report->used, std::int64_t{3});
        QCOMPARE(report->duplicates, std::int64_t{1});
        QCOMPARE(report->empty, std::int64_t{1});
        QCOMPARE(report->unmatched, std::int64_t{1});
        QCOMPARE(report->rejected, std::int64_t{2});
        QCOMPARE(report->repeated, std::int64_t{2});
        QVERIFY(report->rejects[0].reason.find("0 to 1") != std::string::npos);
        // Preferences: p wins against q and r, loses against s on r1.
        writeFile(path("duels.csv"), "id,winner,loser\nr1,p,q\nr1,p,r\nr1,s,p\nr1,p,q\nr8,p,q\n");
        options.source = base + "/duels.csv";
        const auto duels = importOutcomes(*project, options, {});
        TIERWISE_VERIFY_OK(duels);
        QCOMPARE(duels->read, std::int64_t{5});
        QCOMPARE(duels->used, std::int64_t{3});
        QCOMPARE(duels->duplicates, std::int64_t{1});
        QCOMPARE(duels->unmatched, std::int64_t{1});
        QCOMPARE(duels->stored, std::int64_t{6});
        // Another folder's file of the same name replaces nothing.
        std::filesystem::create_directory(base + "/other");
        writeFile(path("other/o.csv"), "id,model,pass\nr2,n,yes\n");
        options.source = base + "/other/o.csv";
        TIERWISE_VERIFY_OK(importOutcomes(*project, options, {}));
        const auto rows = project->loadSnapshot({});
        TIERWISE_VERIFY_OK(rows);
        const auto outcomes = loadOutcomes(*project, *rows);
        TIERWISE_VERIFY_OK(outcomes);
        std::map<std::pair<std::size_t, std::string>, double> scores;
        for (const auto& outcome : *outcomes) {
            QVERIFY(scores.emplace(std::pair(outcome.row, outcome.model), static_cast<double>(*outcome.score)).second);
        }
        QVERIFY(std::abs(scores.at({0, "n"}) - 0.5) < 1e-6);
        QVERIFY(std::abs(scores.at({0, "p"}) - 2.0 / 3) < 1e-6);
        QCOMPARE(scores.at({0, "q"}), 0.0);
        QCOMPARE(scores.at({1, "n"}), 1.0);
        QCOMPARE(scores.at({1, "m"}), 1.0);
    }

    // A model's several names in one file are that model: three measurements of r-1 make a mean, and the report says
    // so.
    void spellingsOfOneModel() {
        QTemporaryDir folder;
        const auto base = folder.path().toStdString();
        writeFile(folder.filePath(QStringLiteral("o.csv")),
                  "request_id,model,score,cost_usd,rater\n"
                  "r-1,gpt-4o,1,0.2,x\nr-1,openai/gpt-4o,0,0.5,x\nr-1,gpt-4o,0.5,0.2,y\nr-1,gpt-4o,0.5,0.2,y\n"
                  "r-1,nobody-knows-it,1,0.1,x\nr-1,gpt-4o,,,z\n");
        auto project = Project::create(base + "/p.tierwise");
        TIERWISE_VERIFY_OK(project);
        OutcomeImportOptions options;
        options.source = base + "/o.csv";
        options.addRequests = true;
        const auto report = importOutcomes(*project, options, {});
        TIERWISE_VERIFY_OK(report);
        QCOMPARE(report->read, std::int64_t{6});
        QCOMPARE(report->used, std::int64_t{4});
        QCOMPARE(report->duplicates, std::int64_t{1});
        QCOMPARE(report->empty, std::int64_t{1});
        QCOMPARE(report->repeated, std::int64_t{2});
        QCOMPARE(report->sameModel, (std::vector<std::vector<std::string>>{{"gpt-4o", "openai/gpt-4o"}}));
        ReplayRequest request;
        request.policies = {route::singlePolicy("gpt-4o")};
        const auto replay = openReplay(*project, request, {});
        TIERWISE_VERIFY_OK(replay);
        const auto evaluation = replay->workbench.evaluate(replay->policies[0]);
        TIERWISE_VERIFY_OK(evaluation);
        QVERIFY2(std::abs(evaluation->meanQuality.value - 0.5) < 1e-6,
                 qPrintable(QString::number(evaluation->meanQuality.value)));
        QCOMPARE(evaluation->cost.toString(), std::string("0.3"));
    }

    // Two requests that the project does not have, two models on each.
    void requestsThatOnlyOutcomesKnow() {
        QTemporaryDir folder;
        const auto base = folder.path().toStdString();
        writeFile(folder.filePath(QStringLiteral("o.csv")),
                  "request_id,model,score,cost_usd,answer\n"
                  "r-1,big,1,0.25,yes\nr-1,small,0,0.01,no\nr-2,big,1,0.5,\nr-2,small,1,0.02,\n");
        auto project = Project::create(base + "/p.tierwise");
        TIERWISE_VERIFY_OK(project);
        OutcomeImportOptions options;
        options.source = base + "/o.csv";
        const auto unmatched = importOutcomes(*project, options, {});
        TIERWISE_VERIFY_OK(unmatched);
        QCOMPARE(unmatched->unmatched, std::int64_t{4});
        QCOMPARE(unmatched->stored, std::int64_t{0});
        options.addRequests = true;
        const auto report = importOutcomes(*project, options, {});
        TIERWISE_VERIFY_OK(report);
        QCOMPARE(report->read, std::int64_t{4});
        QCOMPARE(report->added, std::int64_t{2});
        QVERIFY2(report->stored == 4, report->unmatchedExamples.empty() ? "" : report->unmatchedExamples[0].c_str());
        // The same again replaces what it brought, and adds nothing.
        const auto again = importOutcomes(*project, options, {});
        TIERWISE_VERIFY_OK(again);
        QCOMPARE(again->added, std::int64_t{0});
        const auto rows = project->loadSnapshot({});
        TIERWISE_VERIFY_OK(rows);
        QCOMPARE(rows->rows, std::size_t{2});
        QVERIFY(!rows->inputUncached.valid.test(0));  // unknown, not zero
        const auto outcomes = loadOutcomes(*project, *rows);
        TIERWISE_VERIFY_OK(outcomes);
        QCOMPARE(outcomes->size(), std::size_t{4});
        QCOMPARE((*outcomes)[0].answer, std::string("yes"));
        QVERIFY((*outcomes)[1].costPico == std::int64_t{10'000'000'000});
        QVERIFY(!std::filesystem::exists(base + "/p.tierwise.requests.csv"));
        // Priced and judged by what was measured alone: $0.03 and one of two right.
        ReplayRequest request;
        request.policies = {route::singlePolicy("small")};
        const auto replay = openReplay(*project, request, {});
        TIERWISE_VERIFY_OK(replay);
        const auto evaluation = replay->workbench.evaluate(replay->policies[0]);
        TIERWISE_VERIFY_OK(evaluation);
        QCOMPARE(evaluation->cost.toString(), std::string("0.03"));
        QVERIFY(std::abs(evaluation->meanQuality.value - 0.5) < 1e-9);
    }

    void filesOfNoOutcomes() {
        QTemporaryDir folder;
        OutcomeImportOptions options;
        options.source = folder.filePath(QStringLiteral("none.csv")).toStdString();
        QCOMPARE(readOutcomes(options, {}).error().code, ErrorCode::notFound);
        options.source = folder.path().toStdString();
        QCOMPARE(readOutcomes(options, {}).error().code, ErrorCode::notFound);
        const QString path = folder.filePath(QStringLiteral("x.csv"));
        writeFile(path, "a,b\n1,2\n");
        options.source = path.toStdString();
        QCOMPARE(readOutcomes(options, {}).error().code, ErrorCode::badFormat);
    }

    void sweBenchToFourDecimals() {
        TIERWISE_NEEDS_SHARED_DATA();
        const auto folder = tierwise::test::sharedData() / "routing" / "swebench" / "results";
        const std::vector<std::string> models{"Nemotron-3-Nano", "MiniMax-M2.5", "GPT-5.4", "claude-opus-4-6"};
        std::vector<std::map<std::string, Truth>> truth;
        for (const auto& model : models) {
            truth.push_back(truthOf(folder / model / "instance_results" / "swe-bench.json"));
        }
        // The instances of which everything is known.
        std::vector<std::string> instances;
        for (const auto& [id, outcome] : truth[0]) {
            if (std::all_of(truth.begin(), truth.end(), [&, key = id](const auto& t) { return t.count(key) != 0; })) {
                instances.push_back(id);
            }
        }
        QVERIFY2(instances.size() > 300, qPrintable(QString::number(instances.size())));

        OutcomeImportOptions options;
        options.source = folder;
        options.benchmark = "swe-bench";
        const auto files = readOutcomes(options, {});
        TIERWISE_VERIFY_OK(files);
        WorkbenchInputs inputs;
        inputs.rows = bareRows(instances.size());
        inputs.catalog = emptyCatalog();
        inputs.options.candidates = models;
        for (const auto& record : files->records) {
            const auto at = std::lower_bound(instances.begin(), instances.end(), record.requestId);
            if (at != instances.end() && *at == record.requestId) {
                replay::Outcome outcome;
                outcome.row = static_cast<std::size_t>(at - instances.begin());
                outcome.model = record.model;
                outcome.score = record.score;
                outcome.costPico = record.costPico;
                inputs.outcomes.push_back(outcome);
            }
        }
        const auto bench = Workbench::build(std::move(inputs), {});
        TIERWISE_VERIFY_OK(bench);
        const auto n = static_cast<double>(instances.size());
        const auto check = [&](const char* what, const route::Policy& policy, double cost, double right) {
            const auto evaluation = bench->evaluate(policy);
            QVERIFY2(evaluation.has_value(), what);
            QCOMPARE(evaluation->coverage.used, instances.size());
            QVERIFY2(fourDecimals(evaluation->costUsd.value, cost), qPrintable(QStringLiteral("%1: %2 is not %3")
                                                                                   .arg(QString::fromUtf8(what))
                                                                                   .arg(evaluation->costUsd.value)
                                                                                   .arg(cost)));
            QVERIFY2(fourDecimals(evaluation->meanQuality.value, right / n), what);
            QCOMPARE(evaluation->weakestRung, assess::Rung::measured);
        };
        // Each model alone.
        for (std::size_t j = 0; j < models.size(); ++j) {
            double cost = 0;
            double right = 0;
            for (const auto& id : instances) {
                cost += truth[j][id].cost;
                right += truth[j][id].resolved ? 1 : 0;
            }
            check(models[j].c_str(), route::singlePolicy(models[j]), cost, right);
        }
        // Cascades of two with a perfect verifier: the second is asked where the first failed, and both are paid.
        for (const auto& [first, second] : {std::pair<std::size_t, std::size_t>{0, 2}, {1, 3}, {2, 3}}) {
            double cost = 0;
            double right = 0;
            for (const auto& id : instances) {
                const auto& a = truth[first][id];
                cost += a.cost + (a.resolved ? 0 : truth[second][id].cost);
                right += a.resolved || truth[second][id].resolved ? 1 : 0;
            }
            route::Policy policy;
            policy.name = "cascade";
            policy.router.kind = route::RouterKind::cascade;
            policy.router.steps = {route::singlePolicy(models[first]).router,
                                   route::singlePolicy(models[second]).router};
            policy.router.verifiers = {route::Verifier{}};
            check("cascade", policy, cost, right);
        }
        // The oracle over all, and over two: the cheapest that is right, else the cheapest.
        for (const std::vector<std::size_t>& among :
             {std::vector<std::size_t>{0, 1, 2, 3}, std::vector<std::size_t>{1, 2}}) {
            double cost = 0;
            double right = 0;
            for (const auto& id : instances) {
                double cheapest = INFINITY;
                double cheapestRight = INFINITY;
                for (const auto j : among) {
                    const auto& t = truth[j][id];
                    cheapest = std::min(cheapest, t.cost);
                    cheapestRight = t.resolved ? std::min(cheapestRight, t.cost) : cheapestRight;
                }
                right += std::isfinite(cheapestRight) ? 1 : 0;
                cost += std::isfinite(cheapestRight) ? cheapestRight : cheapest;
            }
            route::Policy policy;
            policy.name = "oracle";
            policy.router.kind = route::RouterKind::oracle;
            for (const auto j : among) {
                policy.router.among.push_back(models[j]);
            }
            check("oracle", policy, cost, right);
        }
    }
};

QTEST_GUILESS_MAIN(TestOutcomes)
#include "tst_outcomes.moc"
