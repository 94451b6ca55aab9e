// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <cmath>

#include "core/assess/blend.h"
#include "core/base/rng.h"

using namespace tierwise;
using assess::BinnedTable;
using assess::Blend;
using assess::BoostedTrees;
using assess::BoostOptions;
using assess::Calibrator;
using assess::Matrix;
using assess::Vector;

namespace {

std::vector<std::size_t> allRows(std::size_t rows) {
    std::vector<std::size_t> all(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        all[i] = i;
    }
    return all;
}

}  // namespace

class TestAssessBlend : public QObject {
    Q_OBJECT

private slots:
    // One tree, no shrinkage, leaves of any size: a step is found exactly.
    void oneTreeFindsAStep() {
        Matrix x(8, 1);
        x << 1, 2, 3, 4, 5, 6, 7, 8;
        Vector y(8);
        y << 0, 0, 0, 0, 1, 1, 1, 1;
        const BinnedTable table(x);
        BoostOptions options;
        options.trees = 1;
        options.rate = 1.0;
        options.leastLeaf = 1;
        options.penalty = 0.0;
        const auto trees = BoostedTrees::fit(table, y, allRows(8), options);
        const Vector said = trees.predict(x);
        for (Eigen::Index i = 0; i < 8; ++i) {
            QCOMPARE(said(i), y(i));
            QCOMPARE(trees.predictBinned(table, static_cast<std::size_t>(i)), y(i));
        }
    }

    // A leaf of 4 rows that sum to 4, penalty 4, rate 1/2: 1/2 * 4 / (4 + 4) = 1/4; the next tree adds 1/2 * 3 / 8.
    void penaltyAndRateByHand() {
        Matrix x(8, 1);
        x << 1, 1, 1, 1, 2, 2, 2, 2;
        Vector y(8);
        y << 0, 0, 0, 0, 1, 1, 1, 1;
        BoostOptions options;
        options.rate = 0.5;
        options.leastLeaf = 1;
        options.penalty = 4.0;
        options.trees = 1;
        const BinnedTable table(x);
        QCOMPARE(BoostedTrees::fit(table, y, allRows(8), options).predict(x)(7), 0.25);
        options.trees = 2;
        QCOMPARE(BoostedTrees::fit(table, y, allRows(8), options).predict(x)(7), 0.25 + 0.1875);
    }

    void leavesKeepTheirLeastSize() {
        Matrix x(10, 1);
        Vector y = Vector::Zero(10);
        for (Eigen::Index i = 0; i < 10; ++i) {
            x(i, 0) = static_cast<double>(i);
        }
        y(9) = 10.0;
        BoostOptions options;
        options.leastLeaf = 5;
        options.trees = 1;
        options.rate = 1.0;
        options.penalty = 0.0;
        const Vector said = BoostedTrees::fit(BinnedTable(x), y, allRows(10), options).predict(x);
        QCOMPARE(said(0), 0.0);
        QCOMPARE(said(5), 2.0);  // rows 5 to 9 share a leaf
        QCOMPARE(said(9), 2.0);
    }

    // 200 rows, raw 0..1; scores are a step that no logistic of this slope follows: the isotonic half sees it.
    void calibratorRisesAndFollowsTheData() {
        std::vector<double> raw;
        std::vector<double> score;
        for (int i = 0; i < 400; ++i) {
            raw.push_back(i / 400.0);
            score.push_back(i < 200 ? (i % 10 == 0 ? 1.0 : 0.0) : (i % 10 == 0 ? 0.0 : 1.0));
        }
        const auto calibrator = Calibrator::fit(raw, score);
        QCOMPARE(calibrator.labels(), std::size_t{400});
        double before = 0.0;
        double low = 0.0;
        double high = 0.0;
        for (std::size_t i = 0; i < raw.size(); ++i) {
            const double q = calibrator(raw[i]);
            QVERIFY2(q > before, "strictly rising");
            QVERIFY(q > 0.0 && q < 1.0);
            before = q;
            (i < 200 ? low : high) += q / 200.0;
        }
        // The logistic half alone is off by .08, the isotonic half by nothing.
        QVERIFY2(std::abs(low - 0.1) < 0.05, qPrintable(QString::number(low)));
        QVERIFY2(std::abs(high - 0.9) < 0.05, qPrintable(QString::number(high)));
        QCOMPARE(Calibrator::fit({}, {})(3.0), 0.5);
    }

    // Two models on 600 rows: one column decides, and for the first model only beyond a bound (trees see that).
    void blendLearnsAndRepeats() {
        Rng rng(11);
        assess::Design design;
        design.columns.resize(600, 3);
        design.treeColumns = {0, 1, 2};
        Matrix scores(600, 2);
        std::vector<Eigen::Index> train;
        std::vector<Eigen::Index> judged;
        for (Eigen::Index i = 0; i < 600; ++i) {
            for (Eigen::Index c = 0; c < 3; ++c) {
                design.columns(i, c) = rng.normal();
            }
            const double x = design.columns(i, 0);
            scores(i, 0) = rng.uniform() < (std::abs(x) > 1.0 ? 0.95 : 0.15) ? 1.0 : 0.0;
            scores(i, 1) = i % 7 == 0 ? std::nan("") : (rng.uniform() < (x > 0.0 ? 0.9 : 0.2) ? 1.0 : 0.0);
            (i < 450 ? train : judged).push_back(i);
        }
        const Matrix rows = design.columns(train, Eigen::all);
        const assess::RidgeBasis basis(rows);
        const auto fit = [&] { return Blend::fit(design, train, basis, scores(train, Eigen::all), {0, 1}, 5); };
        const auto blend = fit();
        const Matrix said = blend.predict(design, judged);
        QVERIFY(said == fit().predict(design, judged));
        QVERIFY2(blend.treeShare(0) > 0.5, "the trees find the two tails");
        double error = 0.0;
        for (std::size_t i = 0; i < judged.size(); ++i) {
            const double truth = std::abs(design.columns(judged[i], 0)) > 1.0 ? 0.95 : 0.15;
            error += std::abs(said(static_cast<Eigen::Index>(i), 0) - truth) / static_cast<double>(judged.size());
        }
        QVERIFY2(error < 0.12, qPrintable(QString::number(error)));
        QCOMPARE(blend.labels(0), std::size_t{450});
        QVERIFY(blend.labels(1) < 450);
    }
};

QTEST_APPLESS_MAIN(TestAssessBlend)
#include "tst_blend.moc"
