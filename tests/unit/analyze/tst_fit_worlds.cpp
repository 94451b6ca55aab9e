// SPDX-License-Identifier: GPL-3.0-or-later
// Tier fit by segment, the user's overrides, baselines while dragging, and scenarios with prices of their own: against
// figures worked out by hand.
#include <cmath>
#include <fstream>

#include <QTemporaryDir>

#include "core/catalog/catalog_data.h"
#include "core/project/world.h"
#include "tests/unit/analyze/small_log.h"

using namespace tierwise;
using namespace tierwise::project;
using namespace tierwise::test;

namespace {

// Three requests on big ($0.007 each; mid would cost $0.0007, tiny nothing). Measured: tiny is right on the first, mid
// on the first two, big on all.
project::Workbench measuredBench() {
    const double scores[3][3] = {{1, 1, 1}, {1, 1, 0}, {1, 0, 0}};
    const char* models[] = {"big", "mid", "tiny"};
    std::vector<replay::Outcome> outcomes;
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t j = 0; j < 3; ++j) {
            outcomes.push_back(scored(row, models[j], scores[row][j]));
        }
    }
    return benchOf({{"big", 1000, 0, 100, "", 0.1, "", 0, "search"},
                    {"big", 1000, 0, 100, "", 0.5, "", 0, "search"},
                    {"big", 1000, 0, 100, "", 0.9, "", 0, "support"}},
                   outcomes);
}

route::Policy everythingOnBig() {
    return route::singlePolicy("big");
}

}  // namespace

class TestFitWorlds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitBySegmentSumsToTheWhole() {
        const auto bench = measuredBench();
        const auto whole = bench.tierFit(0.8, everythingOnBig());
        TIERWISE_VERIFY_OK(whole);
        QVERIFY(close(whole->overservedUsd, 0.007 + 0.0063));
        const auto table = bench.fitBySegment(0.8, everythingOnBig(), "team");
        TIERWISE_VERIFY_OK(table);
        QCOMPARE(table->lines.size(), std::size_t{2});
        QCOMPARE(table->lines[0].key, std::string("search"));
        QVERIFY(close(table->lines[0].overservedUsd, 0.007 + 0.0063));
        QCOMPARE(table->lines[0].overservedRequests, 2.0);
        QVERIFY(close(table->lines[0].costUsd, 0.014));
        QVERIFY(close(table->lines[1].overservedUsd, 0));
        QVERIFY(close(table->total.overservedUsd, whole->overservedUsd));
        QCOMPARE(table->total.rows, std::size_t{3});
        const auto folded = bench.fitBySegment(0.8, everythingOnBig(), "team", 1);
        QCOMPARE(folded->folded, std::size_t{1});
        QCOMPARE(folded->lines.back().key, std::string("(others)"));
        QCOMPARE(folded->lines.back().rows, std::size_t{1});
        QCOMPARE(bench.fitBySegment(0.8, everythingOnBig(), "colour").error().code, ErrorCode::invalidArgument);
    }

    void aScopeNarrowsTheFit() {
        const auto bench = measuredBench();
        const auto support = bench.tierFit(0.8, everythingOnBig(), 200, {}, {"team", "support", {}, {}, {}});
        TIERWISE_VERIFY_OK(support);
        QVERIFY(close(support->overservedUsd, 0));
        QCOMPARE(support->cells[static_cast<std::size_t>(Tier::premium)][static_cast<std::size_t>(Tier::premium)].rows,
                 std::size_t{1});
        // A cell narrows the lists and leaves the totals.
        const auto cell = bench.tierFit(0.8, everythingOnBig(), 200, {}, {"", "", Tier::premium, Tier::commodity, {}});
        QVERIFY(close(cell->overservedUsd, 0.0133));
        QCOMPARE(cell->overserved.size(), std::size_t{1});
        QCOMPARE(cell->overserved[0].row, std::size_t{1});
        const auto rows = bench.fitRows(0.8, everythingOnBig(), {"team", "search", {}, {}, {}});
        TIERWISE_VERIFY_OK(rows);
        QCOMPARE(rows->size(), std::size_t{2});
        const analyze::FitScope under{"", "", {}, {}, analyze::FitScope::Side::underserved};
        QVERIFY(bench.fitRows(0.8, everythingOnBig(), under)->empty());
        QCOMPARE(bench.fitRows(0.8, route::singlePolicy("tiny"), under)->size(), std::size_t{2});
        QVERIFY(bench.fitRows(0.8, everythingOnBig(), {"team", "nobody", {}, {}, {}})->empty());
    }

    void theUsersWordChangesTheTotals() {
        const auto bench = measuredBench();
        const auto id = [&](std::size_t row) { return bench.rows().id[row]; };
        // Row 0 needs premium after all: its $0.007 are not wasted. Row 2 is local work: $0.007 more are.
        const auto effect =
            bench.overrideEffect(0.8, everythingOnBig(), {{id(0), Tier::premium}, {id(2), Tier::local}});
        TIERWISE_VERIFY_OK(effect);
        QCOMPARE(effect->overrides, std::size_t{2});
        QCOMPARE(effect->judged, std::size_t{2});
        QVERIFY(close(effect->wastedBeforeUsd, 0.0133));
        QVERIFY(close(effect->wastedAfterUsd, 0.0133 - 0.007 + 0.007));
        const auto first = bench.overrideEffect(0.8, everythingOnBig(), {{id(0), Tier::premium}});
        QVERIFY(close(first->wastedAfterUsd, 0.0063));
        // Everything on tiny: rows 1 and 2 are wrong; the user says that row 1 is local work all the same.
        const auto tiny = bench.overrideEffect(0.8, route::singlePolicy("tiny"), {{id(1), Tier::local}});
        QVERIFY(close(tiny->errorsBefore, 2));
        QVERIFY(close(tiny->errorsAfter, 1));
        // A request of another log changes nothing.
        const auto other = bench.overrideEffect(0.8, everythingOnBig(), {{RequestId(999), Tier::local}});
        QCOMPARE(other->judged, std::size_t{0});
        QVERIFY(close(other->wastedAfterUsd, other->wastedBeforeUsd));
    }

    void aRightAnswerIsWorthMoreInOneTeam() {
        // Row 2 (support) is right on big alone, which costs $0.007. Worth $0.001: not worth it; worth $1: it is.
        const auto bench = measuredBench();
        const auto plain = policyOf("#router#:{#kind#:#expectedValue#,#valueUsd#:0.001}");
        QCOMPARE(*bench.why(2, plain)->chosen, std::string("tiny"));
        const auto split =
            policyOf("#router#:{#kind#:#expectedValue#,#valueUsd#:0.001,#perSegment#:#team#,#values#:{#support#:1}}");
        QCOMPARE(*bench.why(2, split)->chosen, std::string("big"));
        QVERIFY(bench.why(2, split)->reason.find("team \"support\"") != std::string::npos);
        QCOMPARE(*bench.why(0, split)->chosen, std::string("tiny"));
        QCOMPARE(route::Policy::parse(split.toJson(), "again")->router, split.router);
        QVERIFY(!route::Policy::parse(quoted("{#format#:#tierwise-policy#,#version#:1,#name#:#p#,#router#:{#kind#:"
                                             "#expectedValue#,#valueUsd#:1,#values#:{#a#:1}}}"),
                                      "p"));
        QVERIFY(!route::Policy::parse(quoted("{#format#:#tierwise-policy#,#version#:1,#name#:#p#,#router#:{#kind#:"
                                             "#expectedValue#,#valueUsd#:1,#perSegment#:#team#,#values#:{#a#:-1}}}"),
                                      "p"));
    }

    void draggingStaysWithinRulesAndConstraints() {
        // Row 0 holds personal data and must stay local; a rule sends row 1 to big; row 2 is free.
        const auto bench = benchOf({{"big", 1000, 0, 100, "", 0.9, "pii"},
                                    {"big", 1000, 0, 100, "", 0.1, "", 0, "legal"},
                                    {"big", 1000, 0, 100, "", 0.1, ""}});
        const auto policy = policyOf(
            "#constraints#:{#dataClasses#:[{#dataClass#:#pii#,#tiers#:[#local#]}]},"
            "#rules#:[{#when#:{#team#:[#legal#]},#use#:#big#}],#router#:{#kind#:#threshold#,#below#:[0.3,0.6],"
            "#bands#:[#local#,#commodity#,#premium#]}");
        const auto bounds = bench.boundsOf(policy);
        TIERWISE_VERIFY_OK(bounds);
        const auto evaluation = bench.evaluate(policy);
        const auto within = bench.dragThresholds(0.3, 0.6, {}, bounds->get());
        QVERIFY(close(within.costUsd, 0.007));  // tiny + big + tiny
        QVERIFY(close(within.costUsd, evaluation->costUsd.value));
        QVERIFY(close(within.meanQuality, evaluation->meanQuality.value, 1e-6));
        QVERIFY(close(bench.dragThresholds(0.3, 0.6).costUsd, 0.007));  // without them: big + tiny + tiny
        QVERIFY(close(bench.dragThresholds(0.0, 0.0).costUsd, 0.021));
        QVERIFY(close(bench.dragThresholds(0.0, 0.0, {}, bounds->get()).costUsd, 0.014));
        // The curve begins at what the rule forces and ends at the most that the constraint leaves.
        const auto curve = Workbench::curveOf(**bounds, 5);
        QVERIFY(close(curve.front().costUsd, 0.007));
        QVERIFY(close(curve.back().costUsd, 0.014));
        QVERIFY(!bench.dragBudget(0.001, {}, bounds->get()));
        QVERIFY(bench.dragBudget(0.001));
    }

    void aDragStepByStepIsWhatALookUpIs() {
        // Requests of all difficulties, some without a price, with sessions and without: any path, the same figures.
        for (const bool sessions : {false, true}) {
            std::vector<Row> rows;
            for (int i = 0; i < 400; ++i) {
                const char* session = sessions ? (i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "") : "";
                rows.push_back({i % 11 == 0  ? "nobody-knows-7"
                                : i % 2 == 0 ? "big"
                                             : "mid",
                                static_cast<std::uint32_t>(300 + 37 * (i % 50)), 0,
                                static_cast<std::uint32_t>(20 + 13 * (i % 40)), session, (i % 97) / 97.0});
            }
            const auto bench = benchOf(rows);
            for (int step = 0; step < 60; ++step) {
                const double low = 0.5 + 0.4 * std::sin(step * 0.7);
                const auto kind = step % 7 == 6 ? Baseline::dearest : Baseline::asLogged;
                const auto drag = step % 5 == 4 ? *bench.dragQuality(0.55 + 0.003 * (step % 50), kind)
                                                : bench.dragThresholds(low, low + 0.05 * (step % 4), kind);
                const auto fresh = benchOf(rows);
                const auto once = step % 5 == 4 ? *fresh.dragQuality(0.55 + 0.003 * (step % 50), kind)
                                                : fresh.dragThresholds(low, low + 0.05 * (step % 4), kind);
                QVERIFY(close(drag.costUsd, once.costUsd, 1e-9));
                QVERIFY(close(drag.meanQuality, once.meanQuality, 1e-9));
                QVERIFY(close(drag.savingUsd, once.savingUsd, 1e-9));
                QVERIFY(close(drag.qualityChangeRange.low, once.qualityChangeRange.low, 1e-6));
                QVERIFY(close(drag.costRange.high, once.costRange.high, 1e-6));
                for (std::size_t t = 0; t < 4; ++t) {
                    QVERIFY(close(drag.tiers[t].requests, once.tiers[t].requests, 1e-9));
                    QVERIFY(close(drag.tiers[t].costUsd, once.tiers[t].costUsd, 1e-9));
                }
            }
        }
    }

    void draggingComparesWithTheBaselineAskedFor() {
        const auto bench = benchOf({{"mid", 1000, 0, 100, "", 0.2}, {"mid", 1000, 0, 100, "", 0.8}});
        const auto logged = bench.dragThresholds(2, 2, Baseline::asLogged);  // everything local
        QVERIFY(logged.compared);
        QVERIFY(close(logged.savingUsd, 0.0014));
        QVERIFY(close(logged.baselineCostUsd, 0.0014));
        QVERIFY(close(logged.pairedCostUsd, 0));
        const auto dearest = bench.dragThresholds(2, 2, Baseline::dearest);
        QVERIFY(close(dearest.baselineCostUsd, 0.014));
        QVERIFY(close(dearest.savingUsd, 0.014));
        // What depends on the scenario is not pretended to be known.
        const auto random = bench.dragThresholds(2, 2, Baseline::random);
        QVERIFY(!random.compared);
        QCOMPARE(random.savingUsd, 0.0);
        QVERIFY(!random.decisive);
    }

    void scenariosOfOtherPricesArePairedByRequest() {
        // The same policy at twice the prices: $0.028 in place of the $0.014 as logged, no change of quality.
        const auto bench = std::make_shared<const Workbench>(benchOf({{"big"}, {"big"}}));
        QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("twice.json")).toStdString();
        auto data = prices().data();
        for (auto& offering : data.offerings) {
            for (auto& card : offering.cards) {
                for (auto& rate : card.rates) {
                    rate.rate = Rate::fromPicoPerUnit(rate.rate.picoPerUnit() * 2);
                }
            }
        }
        std::ofstream(file) << catalog::writeCatalogJson(data);
        const Worlds worlds(bench, folder.filePath(QStringLiteral("store")).toStdString());
        const auto here = worlds.placeOf(route::singlePolicy("big"), {}, {});
        TIERWISE_VERIFY_OK(here);
        QVERIFY(here->on == bench);
        auto policy = route::singlePolicy("big");
        policy.models = {"big", "mid"};
        const auto there = worlds.placeOf(policy, {file, {}}, {});
        TIERWISE_VERIFY_OK(there);
        QVERIFY(there->on != bench);
        QVERIFY(worlds.placeOf(policy, {file, {}}, {})->on == there->on);
        const std::vector<Workbench::Contender> contenders{{here->policy, nullptr}, {there->policy, there->on.get()}};
        const auto comparison = bench->compare(std::span(contenders), Baseline::asLogged);
        TIERWISE_VERIFY_OK(comparison);
        QVERIFY(close(comparison->scenarios[1].against->savingUsd.value, 0));
        QVERIFY(close(comparison->scenarios[2].against->baselineCostUsd, 0.014));
        QVERIFY(close(comparison->scenarios[2].against->savingUsd.value, -0.014));
        QVERIFY(close(comparison->scenarios[2].against->qualityChange.value, 0));
        QVERIFY(close(comparison->scenarios[2].against->qualityChange.range.low, 0));
        const auto flow = bench->flow(route::asLoggedPolicy(), there->policy, {}, there->on.get());
        QCOMPARE(flow->cells[1][1].rows, std::size_t{2});
        QVERIFY(close(flow->cells[1][1].wastedUsd, -0.014));
        // A catalog that does not know a model says so.
        auto unknown = route::singlePolicy("huge");
        QVERIFY(!worlds.placeOf(unknown, {file, {}}, {}));
        QVERIFY(!worlds.placeOf(policy, {"0123456789abcdef", {}}, {}));
    }
};

QTEST_GUILESS_MAIN(TestFitWorlds)
#include "tst_fit_worlds.moc"
