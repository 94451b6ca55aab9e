// SPDX-License-Identifier: GPL-3.0-or-later
// The field's measures against figures worked out by hand, and the quality curves against their own promises.
#include <cmath>
#include <numbers>

#include "core/assess/ability.h"
#include "core/assess/metrics.h"
#include "core/assess/quality_model.h"
#include "core/assess/ridge.h"
#include "core/base/rng.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::assess;

class TestMeasures : public QObject {
    Q_OBJECT

private:
    static void close(double got, double wanted) {
        QVERIFY2(std::abs(got - wanted) < 1e-9, qPrintable(QString::number(got, 'g', 12)));
    }

private Q_SLOTS:
    void aLineThroughThreePoints() {
        // Deviations (-1, 0, 1) and (-1, -1, 2): products 3, squares 2 and 6.
        const auto line = lineThrough(std::vector<double>{0, 1, 2}, std::vector<double>{0, 0, 3});
        close(line.slope, 1.5);
        close(line.correlation, 3 / std::sqrt(12.0));
        close(lineThrough(std::vector<double>{1, 1}, std::vector<double>{0, 4}).correlation, 0);
        close(lineThrough({}, {}).slope, 0);
    }

    void perfectOrderOfTenPrompts() {
        // Strong is right on all ten, weak on all but the two with the highest score: the whole gain is in two calls.
        std::vector<double> score;
        std::vector<double> strong(10, 1.0);
        std::vector<double> weak(10, 1.0);
        for (int i = 0; i < 10; ++i) {
            score.push_back(i);
        }
        weak[8] = weak[9] = 0.0;
        const auto curve = pairCurve(score, strong, weak);
        QVERIFY(curve.has_value());
        // Points (share, PGR): (1,1) ... (.2,1), (.1,.5), (.1,.5), (0,0). Area .8 + .075 + .025.
        close(curve->apgr, 0.9);
        close(*curve->cpt50, 10.0);
        close(*curve->cpt80, 16.0);  // from (.1,.5) to (.2,1): .1 + .6 x .1
    }

    void wrongOrderAndTies() {
        const std::vector<double> strong{1, 1, 1, 1};
        const std::vector<double> weak{0, 1, 1, 1};
        const std::vector<double> same{5, 5, 5, 5};
        const auto tied = pairCurve(same, strong, weak);
        QVERIFY(tied.has_value());
        close(tied->apgr, 0.5);  // all or nothing: the straight line
        QVERIFY(!pairCurve(same, strong, strong).has_value());
    }

    void hullAndItsArea() {
        // Singles at (1, .5), (2, .4), (3, .9): the hull skips the middle one. Area over [1, 3] = mean .7.
        const auto hull = risingHull({{3, 0.9}, {1, 0.5}, {2, 0.4}});
        QCOMPARE(hull.size(), std::size_t{2});
        close(averageImprovement(hull, 1, 3), 0.7);
        // A point at (2, .8) bulges: (.65 + .85) / 2.
        close(averageImprovement(risingHull({{1, 0.5}, {2, 0.8}, {3, 0.9}}), 1, 3), 0.75);
        // Flat after the last point.
        close(averageImprovement(risingHull({{1, 0.5}, {2, 0.8}}), 1, 3), (0.65 + 0.8) / 2);
    }

    void leastCostIsReadOffTheLine() {
        const std::vector<CostQuality> curve{{10, 1.0}, {4, 0.8}, {0, 0.2}};
        close(*leastCostAt(curve, 0.9), 7.0);
        close(*leastCostAt(curve, 0.5), 2.0);
        QVERIFY(!leastCostAt(curve, 1.1).has_value());
    }

    void calibrationByHand() {
        // Bins .1-.2 (two rows, said .1, was .5) and .9-1 (two rows, said .9, was 1): ECE (.4 + .1) / 2.
        const std::vector<double> said{0.1, 0.1, 0.9, 0.9};
        const std::vector<double> was{0, 1, 1, 1};
        const auto found = calibrationOf(said, was);
        close(found.ece, 0.25);
        close(found.eceByMass, 0.3);  // of ten equal masses, each row has one of its own: (.1 + .9 + .1 + .1) / 4
        close(found.brier, (0.01 + 0.81 + 0.01 + 0.01) / 4);
        // By chance: sqrt(2 / pi) (sqrt(.01 + .81) + sqrt(.01 + .01)) / 4.
        close(found.chance.mean, std::sqrt(2.0 / std::numbers::pi) * (std::sqrt(0.82) + std::sqrt(0.02)) / 4);
    }

    // 300 sets of 1,000 scores drawn by the very probabilities that were said.
    void chanceIsWhatPerfectCalibrationShows() {
        Rng rng(3);
        std::vector<double> said(1000);
        for (auto& q : said) {
            q = 0.05 + 0.9 * rng.uniform();
        }
        double found = 0.0;
        double expected = 0.0;
        int above = 0;
        for (int set = 0; set < 300; ++set) {
            std::vector<double> was;
            for (const double q : said) {
                was.push_back(rng.uniform() < q ? 1.0 : 0.0);
            }
            const auto calibration = calibrationOf(said, was);
            found += calibration.eceByMass / 300.0;
            expected += calibration.chanceByMass.mean / 300.0;
            above += calibration.eceByMass > calibration.chanceByMass.high ? 1 : 0;
        }
        QVERIFY2(std::abs(found / expected - 1.0) < 0.04, qPrintable(QString::number(found / expected)));
        QVERIFY2(above >= 4 && above <= 30, qPrintable(QString::number(above)));  // 15 of 300
    }

    void leaveOneOutIsExact() {
        // Against the definition: fit again without each row.
        Rng rng(3);
        Matrix design(12, 3);
        Vector target(12);
        for (Eigen::Index i = 0; i < 12; ++i) {
            for (Eigen::Index j = 0; j < 3; ++j) {
                design(i, j) = rng.normal();
            }
            target(i) = design(i, 0) + rng.normal();
        }
        constexpr double kShrinkage = 0.7;
        const auto all = RidgeBasis(design).at(target, kShrinkage);
        for (Eigen::Index out = 0; out < 12; ++out) {
            Matrix normal = Matrix::Zero(4, 4);
            Vector right = Vector::Zero(4);
            for (Eigen::Index i = 0; i < 12; ++i) {
                if (i == out) {
                    continue;
                }
                Vector row(4);
                row << 1.0, design.row(i).transpose();
                normal += row * row.transpose();
                right += target(i) * row;
            }
            normal.diagonal().tail(3).array() += kShrinkage;
            const Vector weights = normal.ldlt().solve(right);
            const double wanted = weights(0) + design.row(out).dot(weights.tail(3));
            QVERIFY2(std::abs(wanted - all.leaveOneOut(out)) < 1e-6, "leave-one-out by the formula is the refit");
        }
    }

    void fewLabelsStayNearThePrior() {
        QualityModel model;
        const auto strong = model.addModel("strong", 0.7);
        const auto weak = model.addModel("weak", 0.3);
        QVERIFY(model.quality(strong, 0.5).q > model.quality(weak, 0.5).q);
        QVERIFY(model.quality(strong, 0.2).q > model.quality(strong, 0.8).q);
        QCOMPARE(model.quality(strong, 0.5).rung, Rung::prior);
        QVERIFY(model.quality(strong, {}).standardError > 0.1);
        std::vector<ScoredRow> rows;
        Rng rng(5);
        for (int i = 0; i < 4000; ++i) {
            const double d = 0.05 + 0.9 * rng.uniform();
            const double q = 1.0 / (1.0 + std::exp(-(1.0 - std::log(d / (1.0 - d)))));
            rows.push_back({"weak", d, rng.uniform() < q ? 1.0 : 0.0});
        }
        TIERWISE_VERIFY_OK(model.fit(rows));
        QCOMPARE(model.quality(weak, 0.5).rung, Rung::calibrated);
        QVERIFY(std::abs(model.quality(weak, 0.5).q - 1.0 / (1.0 + std::exp(-1.0))) < 0.03);
        QVERIFY(model.quality(weak, 0.5).standardError < 0.02);
        QCOMPARE(model.quality(strong, 0.5).rung, Rung::prior);
        rows.push_back({"weak", 0.5, 1.5});
        QCOMPARE(model.fit(rows).error().line.value_or(0), std::int64_t{4001});
    }

    void abilitiesByAnyWriting() {
        const auto table = AbilityTable::parse(
            "{\"models\":[{\"names\":[\"mixtral-8x7b-chat\"],\"benchmark\":\"MMLU-Pro\",\"score\":0.4}]}");
        TIERWISE_VERIFY_OK(table);
        QVERIFY(table->find("mistralai/Mixtral-8x7B-Chat").has_value());
        QVERIFY(!table->find("mixtral-8x22b").has_value());
        QVERIFY(!AbilityTable::parse("[]").has_value());
    }
};

QTEST_APPLESS_MAIN(TestMeasures)
#include "tst_measures.moc"
