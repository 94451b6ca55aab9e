// SPDX-License-Identifier: GPL-3.0-or-later
// Intervals cover what they promise, in simulated workloads whose truth is known; measures by hand.
#include <cmath>

#include "core/analyze/intervals.h"
#include "core/analyze/measures.h"
#include "core/analyze/off_policy.h"
#include "core/base/rng.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::analyze;

namespace {

constexpr int kWorlds = 1000;

// Sessions of 1 to 4 requests that share a random part: the mean difference per request is 0.03 by construction.
ClusterSums pairedWorld(Rng& rng, std::size_t sessions) {
    ClusterSums sums;
    sums.columns.assign(2, std::vector<float>(sessions));
    for (std::size_t k = 0; k < sessions; ++k) {
        const double shared = 0.2 * rng.normal();
        const std::uint64_t requests = 1 + rng.below(4);
        double difference = 0;
        for (std::uint64_t i = 0; i < requests; ++i) {
            difference += 0.03 + shared + 0.4 * (rng.uniform() - 0.5);
        }
        sums.columns[0][k] = static_cast<float>(requests);
        sums.columns[1][k] = static_cast<float>(difference);
    }
    return sums;
}

bool inBand(int covered) {
    return covered >= 930 && covered <= 970;
}

QString said(int covered) {
    return QStringLiteral("%1 of %2 intervals hold the truth").arg(covered).arg(kWorlds);
}

}  // namespace

class TestIntervals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBootstrapCovers() {
        Rng rng(20260901);
        int covered = 0;
        for (int world = 0; world < kWorlds; ++world) {
            const auto sums = pairedWorld(rng, 150);
            const auto totals = poissonBootstrap(sums, 200, static_cast<std::uint64_t>(world) + 1, 1);
            std::vector<double> means;
            for (std::size_t r = 0; r < totals[0].size(); ++r) {
                means.push_back(totals[1][r] / totals[0][r]);
            }
            covered += percentileInterval(means, sums.clusters()).holds(0.03) ? 1 : 0;
        }
        qInfo("%s", qPrintable(said(covered)));
        QVERIFY2(inBand(covered), qPrintable(said(covered)));
    }

    void theDeltaMethodCovers() {
        Rng rng(20260902);
        int covered = 0;
        for (int world = 0; world < kWorlds; ++world) {
            const auto sums = pairedWorld(rng, 150);
            covered += deltaRatio(sums.columns[1], sums.columns[0]).range.holds(0.03) ? 1 : 0;
        }
        qInfo("%s", qPrintable(said(covered)));
        QVERIFY2(inBand(covered), qPrintable(said(covered)));
    }

    void rowsTakenAsIndependentWouldNotCover() {
        // The same worlds without the clusters: the interval must be too narrow, else the clusters did nothing.
        Rng rng(20260902);
        int covered = 0;
        for (int world = 0; world < 300; ++world) {
            const auto sums = pairedWorld(rng, 150);
            RatioMoments rows;
            for (std::size_t k = 0; k < sums.clusters(); ++k) {
                const auto n = static_cast<double>(sums.columns[0][k]);
                for (double i = 0; i < n; ++i) {
                    rows.add(static_cast<double>(sums.columns[1][k]) / n, 1);
                }
            }
            covered += rows.estimate().range.holds(0.03) ? 1 : 0;
        }
        QVERIFY2(covered < 0.92 * 300, qPrintable(QString::number(covered)));
    }

    // The log's router prefers model 1 on hard requests; success depends on model and difficulty. The policy sends
    // everything to model 1, whose mean success over the difficulties is known.
    void doublyRobustCovers() {
        Rng rng(20260903);
        int covered = 0;
        int snips = 0;
        for (int world = 0; world < kWorlds; ++world) {
            OffPolicyRows rows;
            rows.actions = 2;
            rows.strata = 3;
            const double success[2][3] = {{0.8, 0.5, 0.2}, {0.9, 0.75, 0.6}};
            const double toStrong[3] = {0.2, 0.5, 0.8};
            for (std::uint32_t i = 0; i < 600; ++i) {
                const auto stratum = static_cast<std::uint32_t>(rng.below(3));
                const std::uint8_t action = rng.uniform() < toStrong[stratum] ? 1 : 0;
                rows.logged.push_back(action);
                rows.target.push_back(1);
                rows.reward.push_back(rng.uniform() < success[action][stratum] ? 1.0F : 0.0F);
                rows.stratum.push_back(stratum);
                rows.cluster.push_back(i);
            }
            const auto estimates = offPolicyEstimates(rows, 7);
            QVERIFY(estimates[1].identifiable);
            covered += estimates[1].range.holds(0.75) ? 1 : 0;
            snips += std::abs(estimates[0].value - 0.75) < 0.1 ? 1 : 0;
        }
        qInfo("%s", qPrintable(said(covered)));
        QVERIFY2(inBand(covered), qPrintable(said(covered)));
        QVERIFY(snips > 980);
    }

    void whatTheLogNeverTriedIsNotIdentifiable() {
        OffPolicyRows rows;
        rows.actions = 2;
        rows.strata = 2;
        Rng rng(5);
        for (std::uint32_t i = 0; i < 400; ++i) {
            // Model 1 was tried in stratum 0 alone: half of the policy's requests are unknown land.
            const std::uint32_t stratum = i % 2;
            rows.logged.push_back(stratum == 0 && rng.uniform() < 0.5 ? 1 : 0);
            rows.target.push_back(1);
            rows.reward.push_back(1.0F);
            rows.stratum.push_back(stratum);
            rows.cluster.push_back(i);
        }
        for (const auto& estimate : offPolicyEstimates(rows, 1)) {
            QVERIFY(!estimate.identifiable);
            QVERIFY(std::abs(estimate.coverage - 0.5) < 1e-12);
            QVERIFY(estimate.note.find("not identifiable") != std::string::npos);
        }
    }

    void theBootstrapDependsOnTheSeedAlone() {
        Rng rng(3);
        const auto sums = pairedWorld(rng, 5000);
        QVERIFY(poissonBootstrap(sums, 50, 9, 1) == poissonBootstrap(sums, 50, 9, 3));
        QVERIFY(poissonBootstrap(sums, 50, 9, 1) != poissonBootstrap(sums, 50, 10, 1));
    }

    // Clusters with a heavy tail, alike in runs as requests of one hour are: drawn in groups their interval is as wide
    // as drawn one by one. Groups of neighbours would make it four times as wide.
    void groupsAreAsWideAsTheirClusters() {
        Rng rng(20260905);
        constexpr std::size_t kClusters = 200'000;
        const ClusterGroups groups(kClusters);
        QCOMPARE(groups.count(), ClusterGroups::kMost);
        ClusterSums each;
        each.columns.assign(2, std::vector<float>(kClusters));
        ClusterSums grouped;
        grouped.columns.assign(2, std::vector<float>(groups.count(), 0.0F));
        double run = 0;
        for (std::uint32_t k = 0; k < kClusters; ++k) {
            run = k % 16 == 0 ? std::exp(1.5 * rng.normal()) : run;
            const auto value = static_cast<float>(run * (0.9 + 0.2 * rng.uniform()));
            each.columns[0][k] = 1;
            each.columns[1][k] = value;
            grouped.columns[0][groups.of(k)] += 1;
            grouped.columns[1][groups.of(k)] += value;
        }
        const auto exact = deltaRatio(each.columns[1], each.columns[0]);
        const auto totals = poissonBootstrap(grouped, 500, 3, 2);
        double mean = 0;
        double squares = 0;
        for (std::size_t r = 0; r < 500; ++r) {
            const double ratio = totals[1][r] / totals[0][r];
            mean += ratio / 500;
            squares += ratio * ratio / 500;
        }
        const double width = std::sqrt(squares - mean * mean) / exact.standardError;
        QVERIFY2(std::abs(width - 1) < 0.1, qPrintable(QString::number(width)));  // 500 replicates: +-3.2 %
        QVERIFY(std::abs(mean / exact.value - 1) < 0.01);
    }

    void groupedClustersCover() {
        Rng rng(20260906);
        int covered = 0;
        for (int world = 0; world < kWorlds; ++world) {
            const auto sums = pairedWorld(rng, 1500);
            const ClusterGroups groups(sums.clusters(), 256);
            ClusterSums grouped;
            grouped.columns.assign(2, std::vector<float>(groups.count(), 0.0F));
            for (std::uint32_t k = 0; k < sums.clusters(); ++k) {
                grouped.columns[0][groups.of(k)] += sums.columns[0][k];
                grouped.columns[1][groups.of(k)] += sums.columns[1][k];
            }
            const auto totals = poissonBootstrap(grouped, 200, static_cast<std::uint64_t>(world) + 1, 1);
            std::vector<double> means;
            for (std::size_t r = 0; r < totals[0].size(); ++r) {
                means.push_back(totals[1][r] / totals[0][r]);
            }
            covered += percentileInterval(means, grouped.clusters()).holds(0.03) ? 1 : 0;
        }
        qInfo("%s", qPrintable(said(covered)));
        QVERIFY2(inBand(covered), qPrintable(said(covered)));
        const ClusterGroups few(1000);  // few clusters stay themselves
        QCOMPARE(few.count(), std::size_t{1000});
        QCOMPARE(few.of(999), std::size_t{999});
    }

    void poissonWeightsHaveMeanAndVarianceOne() {
        ClusterSums sums;
        sums.columns.assign(1, std::vector<float>(4096, 1.0F));
        const auto totals = poissonBootstrap(sums, 2000, 4, 1);
        double mean = 0;
        double squares = 0;
        for (const double total : totals[0]) {
            mean += total / 2000;
            squares += total * total / 2000;
        }
        // Each total is Poisson(4096): mean 4096 +- 64/sqrt(2000) = 1.4, variance 4096 +- 130.
        QVERIFY(std::abs(mean - 4096) < 6);
        QVERIFY(std::abs(squares - mean * mean - 4096) < 520);
    }

    void percentilesByHand() {
        // Order statistics at p (n + 1) = 0.025 * 5 -> clamped to the ends for n = 4.
        const auto range = percentileInterval({4, 1, 3, 2});
        QCOMPARE(range.low, 1.0);
        QCOMPARE(range.high, 4.0);
    }

    // A table of t: 3.182, 2.571, 2.228, 2.042, 1.984 at 3, 5, 10, 30 and 100 degrees.
    void studentByTheTable() {
        const std::pair<double, double> table[] = {{1, 12.706}, {2, 4.303},  {3, 3.182},   {5, 2.571},
                                                   {10, 2.228}, {30, 2.042}, {100, 1.984}, {1e9, 1.960}};
        for (const auto& [degrees, t] : table) {
            QVERIFY2(std::abs(studentQuantile(degrees) / t - 1) < 0.01, qPrintable(QString::number(degrees)));
        }
    }

    // Ten sessions alone: the normal quantile would hold the truth in 92%.
    void fewClustersCover() {
        Rng rng(20260904);
        int covered = 0;
        for (int world = 0; world < kWorlds; ++world) {
            const auto sums = pairedWorld(rng, 10);
            covered += deltaRatio(sums.columns[1], sums.columns[0]).range.holds(0.03) ? 1 : 0;
        }
        qInfo("%s", qPrintable(said(covered)));
        QVERIFY2(inBand(covered), qPrintable(said(covered)));
        int bootstrapped = 0;
        for (int world = 0; world < kWorlds; ++world) {
            const auto sums = pairedWorld(rng, 15);
            const auto totals = poissonBootstrap(sums, 200, static_cast<std::uint64_t>(world) + 1, 1);
            std::vector<double> means;
            for (std::size_t r = 0; r < totals[0].size(); ++r) {
                if (totals[0][r] > 0) {
                    means.push_back(totals[1][r] / totals[0][r]);
                }
            }
            bootstrapped += percentileInterval(means, sums.clusters()).holds(0.03) ? 1 : 0;
        }
        qInfo("bootstrap of 15 sessions: %s", qPrintable(said(bootstrapped)));
        QVERIFY2(bootstrapped >= 920, qPrintable(said(bootstrapped)));
    }

    void labelsByHand() {
        // s = 0.5, delta = 0.05: (1.96 * 10)^2 = 384.1 -> 385.
        QCOMPARE(*labelsNeeded(0.5, 0.05), 385.0);
        QVERIFY(!labelsNeeded(0.5, 0.0));
    }

    void hullAndAiqByHand() {
        // (1, .4), (2, .5), (3, .8), (4, .7), (5, .9): the hull skips (2, .5) (below the line to (3, .8)) and (4, .7).
        const auto hull = assess::risingHull({{2, 0.5}, {1, 0.4}, {5, 0.9}, {4, 0.7}, {3, 0.8}});
        QVERIFY((hull == std::vector<CostQuality>{{1, 0.4}, {3, 0.8}, {5, 0.9}}));
        // Area (0.6 * 2 + 0.85 * 2) / 4 = 0.725.
        QVERIFY(std::abs(assess::averageImprovement(hull, 1, 5) - 0.725) < 1e-12);
    }

    void pgrByHand() {
        // 10 rows; strong is right everywhere, weak on rows 0..4. The order sends rows 9, 8, ... to the strong model,
        // so PGR rises by 0.2 a tenth of calls up to 1 at one half, and stays there.
        std::vector<std::vector<std::int64_t>> cost{std::vector<std::int64_t>(10, 1), std::vector<std::int64_t>(10, 3)};
        std::vector<std::vector<float>> quality{std::vector<float>(10, 0.0F), std::vector<float>(10, 1.0F)};
        std::fill(quality[0].begin(), quality[0].begin() + 5, 1.0F);
        route::ChoiceTable table;
        table.rows = 10;
        table.cost = {cost[0], cost[1]};
        table.quality = {quality[0], quality[1]};
        const std::vector<std::uint32_t> order{9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
        const auto measures = twoModelMeasures(table, 0, 1, order);
        QVERIFY(measures.has_value());
        // Trapezoids: 0.1 * (0.1 + 0.3 + 0.5 + 0.7 + 0.9) + 0.5 * 1 = 0.75.
        QVERIFY(std::abs(measures->apgr - 0.75) < 1e-12);
        QVERIFY(std::abs(*measures->cpt50 - 0.3) < 1e-12);
        QVERIFY(std::abs(*measures->cpt80 - 0.4) < 1e-12);
        QCOMPARE(measures->curve.size(), std::size_t{11});
    }

    void giniByHand() {
        // 1, 1, 1, 7: 2 (1 + 2 + 3 + 28) / (4 * 10) - 5 / 4 = 1.7 - 1.25 = 0.45.
        const auto inequality_ = inequality({1, 7, 1, 1});
        QVERIFY(std::abs(inequality_.gini - 0.45) < 1e-12);
        QVERIFY(std::abs(inequality_.topTenth - 0.7) < 1e-12);
    }
};

QTEST_APPLESS_MAIN(TestIntervals)
#include "tst_intervals.moc"
