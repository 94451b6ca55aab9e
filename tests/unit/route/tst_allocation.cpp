// SPDX-License-Identifier: GPL-3.0-or-later
// The allocation kernels against brute force and hand calculation.
#include <cmath>

#include "core/base/rng.h"
#include "core/route/capacity.h"
#include "core/route/frontier.h"
#include "core/route/frontier_cut.h"
#include "core/route/threshold_index.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::route;

namespace {

struct Workload {
    std::vector<std::vector<std::int64_t>> cost;
    std::vector<std::vector<float>> quality;
    std::vector<std::uint64_t> feasible;
    std::vector<std::uint32_t> weight;

    [[nodiscard]] ChoiceTable table() const {
        ChoiceTable t;
        t.rows = cost.front().size();
        for (std::size_t j = 0; j < cost.size(); ++j) {
            t.cost.emplace_back(cost[j]);
            t.quality.emplace_back(quality[j]);
        }
        t.feasible = feasible;
        t.weight = weight;
        return t;
    }
};

Workload randomWorkload(std::size_t rows, std::size_t models, std::uint64_t seed, bool masks = false) {
    Rng rng(seed);
    Workload w;
    w.cost.assign(models, std::vector<std::int64_t>(rows));
    w.quality.assign(models, std::vector<float>(rows));
    for (std::size_t row = 0; row < rows; ++row) {
        const double tokens = 100 + 2000 * rng.uniform();
        for (std::size_t j = 0; j < models; ++j) {
            w.cost[j][row] = static_cast<std::int64_t>(tokens * static_cast<double>(j * j) * 250'000);
            w.quality[j][row] = static_cast<float>(std::min(1.0, 0.1 * static_cast<double>(j) + 0.6 * rng.uniform()));
        }
        if (masks) {
            w.feasible.push_back(rng.below(std::uint64_t{1} << models));
            w.weight.push_back(1 + static_cast<std::uint32_t>(rng.below(5)));
        }
    }
    return w;
}

// Every assignment of a tiny workload: the least cost for each reachable quality.
double bruteCheapest(const ChoiceTable& t, double floorTotal) {
    std::size_t all = 1;
    for (std::size_t row = 0; row < t.rows; ++row) {
        all *= t.candidates();
    }
    double least = INFINITY;
    for (std::size_t code = 0; code < all; ++code) {
        std::size_t rest = code;
        double cost = 0;
        double quality = 0;
        for (std::size_t row = 0; row < t.rows; ++row, rest /= t.candidates()) {
            const std::size_t j = rest % t.candidates();
            cost += static_cast<double>(t.cost[j][row]);
            quality += static_cast<double>(t.quality[j][row]);
        }
        if (quality >= floorTotal - 1e-9) {
            least = std::min(least, cost);
        }
    }
    return least;
}

}  // namespace

class TestAllocation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theFrontierByHand() {
        // Row 0: $1 -> .5, $3 -> .9 (slope .2). Row 1: $1 -> .2, $2 -> .8 (slope .6), $4 -> .9 (slope .05).
        // Row 1's order of increments: +.6 for $1, then row 0's +.4 for $2, then +.1 for $2.
        Workload w;
        w.cost = {{1'000'000'000'000, 1'000'000'000'000},
                  {3'000'000'000'000, 2'000'000'000'000},
                  {3'500'000'000'000, 4'000'000'000'000}};
        w.quality = {{0.5F, 0.2F}, {0.9F, 0.8F}, {0.85F, 0.9F}};
        const auto frontier = Frontier::build(w.table());
        TIERWISE_VERIFY_OK(frontier);
        QCOMPARE(frontier->steps(), std::size_t{3});
        QCOMPARE(frontier->point(0).costPico, 2e12);
        QCOMPARE(frontier->point(1).costPico, 3e12);
        QCOMPARE(frontier->point(2).costPico, 5e12);
        QCOMPARE(frontier->point(3).costPico, 7e12);
        QVERIFY(std::abs(frontier->point(1).meanQuality - 0.65) < 1e-6);
        QVERIFY(std::abs(frontier->point(3).meanQuality - 0.9) < 1e-6);
        QVERIFY(std::abs(frontier->point(0).qualityPerDollar - 0.6) < 1e-6);
        // $4.99 buys the first increment only; $5 buys two.
        QCOMPARE(frontier->forBudget(4.99e12)->step, std::size_t{1});
        QCOMPARE(frontier->forBudget(5e12)->step, std::size_t{2});
        QCOMPARE(frontier->forMeanQuality(0.65)->step, std::size_t{1});
        QCOMPARE(frontier->forMeanQuality(0.66)->step, std::size_t{2});
        QVERIFY((frontier->choiceAt(2) == std::vector<std::uint8_t>{1, 1}));
        QCOMPARE(frontier->forBudget(1e12).error().code, ErrorCode::infeasible);
        QCOMPARE(frontier->forMeanQuality(0.95).error().code, ErrorCode::infeasible);
        QCOMPARE(frontier->forMeanQuality(std::nan("")).error().code, ErrorCode::infeasible);
    }

    void everyPointIsOptimal() {
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const Workload w = randomWorkload(6, 4, seed);
            const auto frontier = Frontier::build(w.table());
            TIERWISE_VERIFY_OK(frontier);
            for (std::size_t step = 0; step <= frontier->steps(); ++step) {
                const auto at = frontier->point(step);
                // A point of the frontier is the cheapest way to its own quality.
                QVERIFY(at.costPico <= bruteCheapest(w.table(), at.quality - 1e-6) * (1 + 1e-12) + 1);
                const auto totals = totalsOf(w.table(), frontier->choiceAt(step));
                QVERIFY(std::abs(totals.costPico - at.costPico) < 1);
                QVERIFY(std::abs(totals.quality - at.quality) < 1e-5);
            }
        }
    }

    void theFrontierIsTheSameOnAnyNumberOfThreads() {
        const Workload w = randomWorkload(30'000, 6, 7, true);
        const auto one = Frontier::build(w.table(), {}, 1);
        const auto three = Frontier::build(w.table(), {}, 3);
        TIERWISE_VERIFY_OK(one);
        TIERWISE_VERIFY_OK(three);
        QCOMPARE(one->steps(), three->steps());
        for (std::size_t step = 0; step <= one->steps(); step += 97) {
            QVERIFY(one->point(step) == three->point(step));
        }
        QVERIFY(one->choiceAt(one->steps() / 2) == three->choiceAt(one->steps() / 2));
        QVERIFY(one->infeasibleRows() > 0);
        const auto totals = totalsOf(w.table(), one->choiceAt(one->steps() / 2));
        const auto at = one->point(one->steps() / 2);
        QCOMPARE(totals.infeasibleRows, one->infeasibleRows());
        QVERIFY(std::abs(totals.costPico / at.costPico - 1) < 1e-9);
        QVERIFY(std::abs(totals.meanQuality() - at.meanQuality) < 1e-6);
        QCOMPARE(totals.weight, one->weight());
    }

    // A cut finds without the frontier what the frontier finds: the same choice at every budget and floor.
    void aCutIsThePointOfTheFrontier() {
        for (const std::size_t models : {2U, 3U, 6U}) {
            for (const bool masks : {false, true}) {
                const auto w = randomWorkload(3000, models, 77 + models, masks);
                const auto t = w.table();
                const auto frontier = *Frontier::build(t);
                const auto first = frontier.point(0);
                const auto last = frontier.point(frontier.steps());
                for (int i = 0; i <= 40; ++i) {
                    const double part = i / 40.0;
                    const double budget = first.costPico + part * (last.costPico - first.costPico);
                    const double floor = first.meanQuality + part * (last.meanQuality - first.meanQuality);
                    const auto point = frontier.forBudget(budget);
                    const auto cut = cutForBudget(t, budget);
                    QVERIFY(point && cut);
                    QVERIFY(cut->choice == frontier.choiceAt(point->step) || i == 40);
                    QCOMPARE(cut->point.step, point->step);
                    QVERIFY(std::abs(cut->point.costPico - point->costPico) <= 1e-9 * point->costPico);
                    QVERIFY(std::abs(cut->point.meanQuality - point->meanQuality) < 1e-9);
                    QVERIFY(std::abs(cut->point.qualityPerDollar - point->qualityPerDollar) <=
                            1e-3 * point->qualityPerDollar + 1e-9);
                    const auto atFloor = frontier.forMeanQuality(floor);
                    const auto cutAtFloor = cutForMeanQuality(t, floor);
                    QVERIFY(atFloor && cutAtFloor);
                    QCOMPARE(cutAtFloor->point.step, atFloor->step);
                    QVERIFY(cutAtFloor->choice == frontier.choiceAt(atFloor->step));
                    QVERIFY(cutForMeanQuality(t, floor, {}, 1)->choice == cutForMeanQuality(t, floor, {}, 5)->choice);
                }
                QCOMPARE(cutForBudget(t, 0.5 * first.costPico - 1).error().what,
                         frontier.forBudget(0.5 * first.costPico - 1).error().what);
                QVERIFY(!cutForMeanQuality(t, 1.01) && !frontier.forMeanQuality(1.01));
                QCOMPARE(cutForMeanQuality(t, 0)->point.step, std::size_t{0});
            }
        }
        // All alike: ties go by row, as in the frontier.
        Workload same;
        same.cost = {std::vector<std::int64_t>(100, 1), std::vector<std::int64_t>(100, 3)};
        same.quality = {std::vector<float>(100, 0.25F), std::vector<float>(100, 0.75F)};
        const auto cut = cutForBudget(same.table(), 100 + 2 * 30 + 1);
        QCOMPARE(cut->point.step, std::size_t{30});
        QVERIFY(cut->choice[29] == 1 && cut->choice[30] == 0);
        // Nobody can serve any row.
        same.feasible.assign(100, 0);
        QCOMPARE(cutForBudget(same.table(), 0)->choice[7], kNoCandidate);
    }

    void slopesFall() {
        const Workload w = randomWorkload(2'000, 5, 3, true);
        const auto frontier = Frontier::build(w.table());
        double last = INFINITY;
        for (std::size_t step = 0; step < frontier->steps(); ++step) {
            const double slope = frontier->point(step).qualityPerDollar;
            QVERIFY(slope <= last * (1 + 1e-4) + 1e-9);
            last = slope;
        }
    }

    void segmentsKeepTheirOwnFloors() {
        const Workload w = randomWorkload(500, 4, 11);
        const auto frontier = Frontier::build(w.table());
        std::vector<std::uint32_t> segment(500);
        for (std::size_t row = 0; row < segment.size(); ++row) {
            segment[row] = static_cast<std::uint32_t>(row % 3);
        }
        const auto floors = SegmentFloors::build(*frontier, w.table(), segment, 3);
        const std::vector<double> wanted{0.5, std::nan(""), 0.6};
        const auto choice = floors.choose(wanted);
        TIERWISE_VERIFY_OK(choice);
        double quality[3] = {0, 0, 0};
        double rows[3] = {0, 0, 0};
        for (std::size_t row = 0; row < segment.size(); ++row) {
            quality[segment[row]] += static_cast<double>(w.quality[(*choice)[row]][row]);
            ++rows[segment[row]];
        }
        QVERIFY(quality[0] / rows[0] >= 0.5 && quality[0] / rows[0] < 0.51);
        QVERIFY(quality[2] / rows[2] >= 0.6 && quality[2] / rows[2] < 0.61);
        // A segment without a floor stays on its cheapest candidates.
        for (std::size_t row = 1; row < segment.size(); row += 3) {
            QCOMPARE((*choice)[row], frontier->baseChoice()[row]);
        }
        QCOMPARE(floors.choose(std::vector<double>{0.999, 0, 0}).error().code, ErrorCode::infeasible);
    }

    void thresholdsAreLookUps() {
        const Workload w = randomWorkload(1'000, 3, 5);
        Rng rng(8);
        std::vector<float> signal(1'000);
        for (auto& value : signal) {
            value = rng.below(10) == 0 ? std::nanf("") : static_cast<float>(rng.uniform());
        }
        std::vector<std::vector<std::uint8_t>> targets(3, std::vector<std::uint8_t>(1'000));
        for (std::uint8_t j = 0; j < 3; ++j) {
            std::fill(targets[j].begin(), targets[j].end(), j);
        }
        targets[1][4] = 2;
        targets[2][5] = kNoCandidate;
        const auto index = ThresholdIndex::build(w.table(), signal, {targets[0], targets[1], targets[2]});
        for (const float low : {-1.0F, 0.0F, 0.2F, 0.5F, 2.0F}) {
            for (const float high : {0.5F, 0.9F, 2.0F}) {
                const float thresholds[] = {low, high};
                const std::size_t bands[] = {0, 1, 2};
                const auto sum = index.sum(thresholds, bands);
                Int128 cost = 0;
                double quality = 0;
                for (std::size_t row = 0; row < signal.size(); ++row) {
                    if (std::isnan(signal[row])) {
                        continue;
                    }
                    const std::size_t band = signal[row] < low ? 0 : (signal[row] < high ? 1 : 2);
                    const std::uint8_t j = targets[band][row];
                    if (j != kNoCandidate) {
                        cost += w.cost[j][row];
                        quality += static_cast<double>(w.quality[j][row]);
                    }
                }
                QVERIFY(sum.costPico == cost);
                QVERIFY(std::abs(sum.quality - quality) < 1e-9);
            }
        }
        QCOMPARE(index.rowsBelow(2.0F), index.rowsWithSignal());
        QVERIFY(index.rowsWithSignal() < 1'000);
    }

    void capsAndFloorsTogether() {
        const Workload w = randomWorkload(3'000, 4, 21);
        CapacityProblem problem;
        problem.qualityFloor = 0.55;
        problem.caps = {{0b1000, 0.10}, {0b0100, 0.15}};
        const auto answer = allocateWithCaps(w.table(), problem);
        TIERWISE_VERIFY_OK(answer);
        QVERIFY(answer->totals.meanQuality() >= 0.55 - 1e-6);
        std::size_t used[4] = {0, 0, 0, 0};
        for (const auto j : answer->choice) {
            ++used[j];
        }
        QVERIFY(used[3] <= 300);
        QVERIFY(used[2] <= 450);
        QVERIFY2(answer->gapUsd >= 0 && answer->gapUsd < 0.01 * answer->boundUsd,
                 qPrintable(QStringLiteral("gap %1 of %2").arg(answer->gapUsd).arg(answer->boundUsd)));
        // Without caps it is the frontier's floor.
        problem.caps.clear();
        const auto free = allocateWithCaps(w.table(), problem);
        TIERWISE_VERIFY_OK(free);
        const auto frontier = Frontier::build(w.table());
        const double exact = frontier->forMeanQuality(0.55)->costPico;
        QVERIFY(std::abs(free->totals.costPico / exact - 1) < 2e-3);
        QVERIFY(answer->totals.costPico > free->totals.costPico);
    }

    // The bound is below, and the answer above, the best of all 3^8 assignments.
    void theGapHoldsTheTruth() {
        double worst = 0;
        int best = 0;
        for (std::uint64_t seed = 1; seed <= 100; ++seed) {
            const Workload w = randomWorkload(8, 3, seed);
            CapacityProblem problem;
            problem.qualityFloor = 0.4;
            problem.caps = {{0b100, 0.25}};
            double least = INFINITY;
            for (std::size_t code = 0; code < 6'561; ++code) {
                double cost = 0;
                double quality = 0;
                int capped = 0;
                for (std::size_t row = 0, rest = code; row < 8; ++row, rest /= 3) {
                    cost += static_cast<double>(w.cost[rest % 3][row]);
                    quality += static_cast<double>(w.quality[rest % 3][row]);
                    capped += rest % 3 == 2 ? 1 : 0;
                }
                least = capped <= 2 && quality >= 8 * 0.4 ? std::min(least, cost) : least;
            }
            const auto answer = allocateWithCaps(w.table(), problem);
            // "Cannot" is said only where it is so.
            QCOMPARE(answer.has_value(), std::isfinite(least));
            if (!answer) {
                ++best;
                continue;
            }
            best += answer->totals.costPico <= least * (1 + 1e-9) ? 1 : 0;
            worst = std::max(worst, answer->totals.costPico / least - 1);
            QVERIFY(answer->boundUsd <= least * 1e-12 * (1 + 1e-9));
            QVERIFY(answer->totals.costPico >= least * (1 - 1e-9));
            QVERIFY(std::abs(answer->totals.costPico * 1e-12 - answer->boundUsd - answer->gapUsd) < 1e-12);
        }
        qInfo("%d of 100 are the best of all assignments; the dearest is %.1f%% above", best, 100 * worst);
        QVERIFY(best >= 75);
    }

    // A budget under a cap: nothing that fits both is left lying.
    void budgetsUnderCapsAreSpent() {
        double worst = 0;
        for (std::uint64_t seed = 1; seed <= 50; ++seed) {
            const Workload w = randomWorkload(8, 3, seed);
            const auto frontier = Frontier::build(w.table());
            CapacityProblem problem;
            problem.budgetPico = frontier->point(frontier->steps()).costPico * 0.6;
            problem.caps = {{0b100, 0.25}};
            double most = 0;
            for (std::size_t code = 0; code < 6'561; ++code) {
                double cost = 0;
                double quality = 0;
                int capped = 0;
                for (std::size_t row = 0, rest = code; row < 8; ++row, rest /= 3) {
                    cost += static_cast<double>(w.cost[rest % 3][row]);
                    quality += static_cast<double>(w.quality[rest % 3][row]);
                    capped += rest % 3 == 2 ? 1 : 0;
                }
                most = capped <= 2 && cost <= *problem.budgetPico ? std::max(most, quality) : most;
            }
            const auto answer = allocateWithCaps(w.table(), problem);
            TIERWISE_VERIFY_OK(answer);
            QVERIFY(answer->totals.costPico <= *problem.budgetPico);
            QVERIFY(answer->totals.quality <= most + 1e-6);
            worst = std::max(worst, 1 - answer->totals.quality / most);
        }
        qInfo("worst answer: %.1f%% below the best of all assignments of eight rows", 100 * worst);
        QVERIFY(worst < 0.1);
    }

    // "Cannot" is said only where no assignment can: floors and budgets near what a cap on any of the models leaves.
    void cannotIsOnlySaidWhereItIsSo() {
        int possible = 0;
        for (std::uint64_t seed = 1; seed <= 120; ++seed) {
            Workload w = randomWorkload(6, 3, seed);
            Rng prices(seed + 1'000);
            for (std::size_t j = 0; j < 3; ++j) {
                for (auto& cost : w.cost[j]) {  // often the dearer model is the cheaper one for a request
                    cost = static_cast<std::int64_t>((1 + 2 * j) * (1'000 + prices.below(9'000)));
                }
            }
            const auto capped = static_cast<std::size_t>(seed % 3);
            const std::size_t room = 1 + seed % 2;
            double least = INFINITY;
            double most = 0;
            for (std::size_t code = 0; code < 729; ++code) {
                double cost = 0;
                double quality = 0;
                std::size_t count = 0;
                for (std::size_t row = 0, rest = code; row < 6; ++row, rest /= 3) {
                    cost += static_cast<double>(w.cost[rest % 3][row]);
                    quality += static_cast<double>(w.quality[rest % 3][row]);
                    count += rest % 3 == capped ? 1 : 0;
                }
                if (count <= room) {
                    least = std::min(least, cost);
                    most = std::max(most, quality);
                }
            }
            CapacityProblem problem;
            problem.caps = {{std::uint64_t{1} << capped, static_cast<double>(room) / 6}};
            for (const double slack : {0.98, 1.0 + 1e-6, 1.1, 1.5}) {
                problem.qualityFloor.reset();
                problem.budgetPico = least * slack;
                const auto answer = allocateWithCaps(w.table(), problem);
                QVERIFY2(answer.has_value() == (slack > 1), qPrintable(QString::number(seed)));
                possible += answer ? 1 : 0;
                QVERIFY(!answer || answer->totals.costPico <= least * slack * (1 + 1e-9));
                problem.budgetPico.reset();
                problem.qualityFloor = most / 6 * (2 - slack);
                QVERIFY2(*problem.qualityFloor > 1 || allocateWithCaps(w.table(), problem).has_value() == (slack > 1),
                         qPrintable(QString::number(seed)));
            }
        }
        QCOMPARE(possible, 360);
    }

    void impossibleCapsSaySo() {
        const Workload w = randomWorkload(200, 3, 2);
        CapacityProblem problem;
        problem.qualityFloor = 0.6;
        problem.caps = {{0b110, 0.0}};
        QCOMPARE(allocateWithCaps(w.table(), problem).error().code, ErrorCode::infeasible);
        problem.caps = {{0b111, 0.5}};
        problem.qualityFloor = 0.1;
        QCOMPARE(allocateWithCaps(w.table(), problem).error().code, ErrorCode::infeasible);
        problem.caps = {{0b1, std::nan("")}};
        QCOMPARE(allocateWithCaps(w.table(), problem).error().code, ErrorCode::invalidArgument);
    }

    void aBudgetUnderCaps() {
        const Workload w = randomWorkload(2'000, 3, 31);
        const auto frontier = Frontier::build(w.table());
        const double budget = frontier->point(frontier->steps() / 2).costPico;
        CapacityProblem problem;
        problem.budgetPico = budget;
        const auto answer = allocateWithCaps(w.table(), problem);
        TIERWISE_VERIFY_OK(answer);
        QVERIFY(answer->totals.costPico <= budget);
        QVERIFY(answer->totals.quality >= 0.995 * frontier->forBudget(budget)->quality);
    }

    void nonsenseIsRefused() {
        Workload w = randomWorkload(10, 2, 1);
        w.cost[1][3] = -5;
        QVERIFY(w.table().check().error().what.find("negative") != std::string::npos);
        w.cost[1][3] = 5;
        w.quality[0][2] = std::nanf("");
        QVERIFY(!w.table().check());
        QVERIFY(!ChoiceTable{}.check());
    }
};

QTEST_APPLESS_MAIN(TestAllocation)
#include "tst_allocation.moc"
