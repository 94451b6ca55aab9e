// SPDX-License-Identifier: GPL-3.0-or-later
// The user's word on single requests as evidence: what it says of models, by hand, and what a workbench makes of it.
#include <fstream>

#include "core/project/import.h"
#include "core/project/open_workbench.h"
#include "core/project/overrides.h"
#include "tests/support/snapshots.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::project;
using namespace tierwise::test;

namespace {

constexpr int kRows = 120;

std::string madeUpLog() {
    std::string text = "time,model,input_tokens,output_tokens\n";
    for (int i = 0; i < kRows; ++i) {
        text += "2026-10-01T10:" + std::to_string(10 + i % 50) + ":00Z,gpt-4o," + std::to_string(500 + i) + ",200\n";
    }
    return text;
}

std::vector<double> meanQualities(const Project& project) {
    const auto workbench = openWorkbench(project, {}, {});
    std::vector<double> means;
    if (workbench) {
        for (const auto& candidate : workbench->candidates()) {
            means.push_back(candidate.asLogged ? 0 : candidate.meanQuality);
        }
    }
    return means;
}

}  // namespace

class TestOverrides : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatTheySayOfModels() {
        auto rows = bareRows(4);
        rows->difficulty.set(1, 0.75F);
        assess::QualityModel quality;
        quality.addModel("strong", 0.9);
        quality.addModel("weak", 0.3);
        quality.addModel("small", 0.2);
        quality.addModel("great", 0.95);
        const std::vector<std::pair<std::string, Tier>> candidates{
            {"great", Tier::premium}, {"weak", Tier::commodity}, {"strong", Tier::commodity}, {"small", Tier::local}};
        // Request 2 needs commodity, request 3 is served by local, request 9 is gone.
        const TierOverrides overrides{
            {RequestId(2), Tier::commodity}, {RequestId(3), Tier::local}, {RequestId(9), Tier::premium}};
        const auto labels = overrideLabels(overrides, *rows, candidates, quality);
        QCOMPARE(labels.size(), std::size_t{3});
        QCOMPARE(labels[0].model, std::string("small"));
        QCOMPARE(labels[0].score, 0.0);
        QCOMPARE(labels[0].difficulty.value_or(0), 0.75);
        QCOMPARE(labels[1].model, std::string("strong"));
        QCOMPARE(labels[1].score, 1.0);
        QCOMPARE(labels[2].model, std::string("small"));
        QCOMPARE(labels[2].score, 1.0);
        QVERIFY(!labels[2].difficulty);
        const auto listed = overriddenRows(overrides, *rows);
        QCOMPARE(listed.size(), std::size_t{2});
        QCOMPARE(listed[1].row, std::size_t{2});
    }

    // Forty words that local is not enough: its curve goes down, that of commodity up, and premium stays with its
    // prior. Taken back, everything is as it was.
    void theNextFitCountsThem() {
        const QTemporaryDir folder;
        const std::string base = folder.path().toStdString();
        std::ofstream(base + "/log.csv") << madeUpLog();
        auto project = Project::create(base + "/p.tierwise");
        TIERWISE_VERIFY_OK(project);
        TIERWISE_VERIFY_OK(importLog(*project, {base + "/log.csv", {}, {}}, {}));
        const auto before = openWorkbench(*project, {}, {});
        TIERWISE_VERIFY_OK(before);
        QVERIFY(before->inputs().overrides.empty());
        const auto means = meanQualities(*project);
        TierOverrides overrides;
        for (std::size_t row = 0; row < 40; ++row) {
            overrides[before->rows().id[row]] = Tier::commodity;
        }
        TIERWISE_VERIFY_OK(saveOverrides(*project, overrides));
        const auto after = openWorkbench(*project, {}, {});
        TIERWISE_VERIFY_OK(after);
        QVERIFY(after->inputs().overrides == overrides);
        for (std::size_t j = 0; j < after->candidates().size(); ++j) {
            const auto& candidate = after->candidates()[j];
            if (candidate.asLogged) {
                continue;
            }
            const double change = candidate.meanQuality - means[j];
            if (candidate.tier == Tier::local) {
                QVERIFY2(change < -0.05, qPrintable(QString::number(change)));
                QVERIFY(candidate.rung == assess::Rung::calibrated);
            } else if (candidate.tier == Tier::commodity) {
                QVERIFY2(change > 0.02, qPrintable(QString::number(change)));
                QVERIFY(candidate.rung == assess::Rung::calibrated);
            } else {
                QVERIFY(candidate.rung == assess::Rung::prior);
            }
        }
        route::Policy policy = route::singlePolicy("local", "local");
        const auto evaluation = after->evaluate(policy, {});
        TIERWISE_VERIFY_OK(evaluation);
        QVERIFY(std::find(evaluation->notes.begin(), evaluation->notes.end(),
                          "40 tier overrides count as scored answers") != evaluation->notes.end());
        TIERWISE_VERIFY_OK(saveOverrides(*project, {}));
        QVERIFY(meanQualities(*project) == means);
    }
};

QTEST_APPLESS_MAIN(TestOverrides)
#include "tst_overrides.moc"
