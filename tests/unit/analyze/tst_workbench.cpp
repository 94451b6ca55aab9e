// SPDX-License-Identifier: GPL-3.0-or-later
// The analysis session over a small log, against figures worked out by hand.
#include <algorithm>
#include <cmath>

#include "core/project/calibration.h"
#include "core/project/suggest.h"
#include "tests/unit/analyze/small_log.h"

using namespace tierwise;
using namespace tierwise::project;
using namespace tierwise::test;

class TestWorkbench : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 1,000 in and 100 out cost $0.0007 on mid and $0.007 on big. A log on mid has nothing to gain from big; of 100 on
    // big, ten points better, a tenth may go to mid within one point of quality.
    void nothingDearerIsSuggested() {
        auto inputs = inputsOf(logOf({{"mid"}, {"mid"}}));
        inputs.options.candidates = {"big"};
        const auto stay = suggestedPolicy(built(inputs));
        QCOMPARE(stay.router.kind, route::RouterKind::asLogged);
        QVERIFY(stay.description.find("cheaper") != std::string::npos);
        inputs.rows = logOf(std::vector<Row>(100));
        inputs.options.candidates = {"big", "mid"};
        QCOMPARE(suggestedPolicy(built(inputs)).router.kind, route::RouterKind::floor);
    }

    void pricesByHand() {
        // big: 1000 x $5/M + 100 x $20/M = $0.007 a row; mid: $0.0005 + $0.0002 = $0.0007; tiny: free.
        const auto bench = benchOf({{}, {}, {}});
        QCOMPARE(bench.candidates()[0].tier, Tier::premium);
        QCOMPARE(bench.candidates()[1].tier, Tier::commodity);
        QCOMPARE(bench.candidates()[2].tier, Tier::local);
        QCOMPARE(bench.evaluate(route::asLoggedPolicy())->cost.toString(), std::string("0.021"));
        QCOMPARE(bench.evaluate(route::singlePolicy("mid"))->cost.toString(), std::string("0.0021"));
        QCOMPARE(bench.evaluate(route::singlePolicy("local"))->cost.toString(), std::string("0"));
    }

    void outputLengthIsARangeWithItsCause() {
        // mid's answer: 50 to 200 tokens a row, so $0.0001 to $0.0004 of output beside $0.0005 of input.
        const auto bench = benchOf({{}, {}});
        const auto figure = bench.evaluate(route::singlePolicy("mid"))->costUsd;
        QCOMPARE(figure.dominantCause(), std::string("output length"));
        QVERIFY(close(figure.causes[0].low, 2 * 0.0006));
        QVERIFY(close(figure.causes[0].high, 2 * 0.0009));
        // The logged model itself is known exactly.
        const auto exact = bench.evaluate(route::singlePolicy("big"));
        for (const auto& cause : exact->costUsd.causes) {
            QVERIFY(cause.cause != "output length");
        }
    }

    void unknownIsNotZero() {
        const auto bench = benchOf({{}, {"nobody-knows-7"}, {}});
        const auto evaluation = bench.evaluate(route::asLoggedPolicy());
        QCOMPARE(evaluation->cost.toString(), std::string("0.014"));
        QCOMPARE(evaluation->coverage.used, std::size_t{2});
        QCOMPARE(evaluation->coverage.exclusions.size(), std::size_t{1});
        QCOMPARE(evaluation->coverage.exclusions[0].what, std::string("nobody-knows-7"));
        // On another model it can be priced.
        QCOMPARE(bench.evaluate(route::singlePolicy("mid"))->coverage.used, std::size_t{3});
    }

    void thresholdsByDifficulty() {
        const auto bench = benchOf({{"big", 1000, 0, 100, "", 0.1},
                                    {"big", 1000, 0, 100, "", 0.5},
                                    {"big", 1000, 0, 100, "", 0.9},
                                    {"big", 1000, 0, 100, "", -1}});
        const auto policy = route::thresholdPolicy(0.3, 0.7);
        const auto evaluation = bench.evaluate(policy);
        // local + mid + big + (no difficulty: commodity) = 0 + 0.0007 + 0.007 + 0.0007.
        QCOMPARE(evaluation->cost.toString(), std::string("0.0084"));
        QCOMPARE(evaluation->tiers[static_cast<std::size_t>(Tier::local)].requests, 1.0);
        QCOMPARE(evaluation->tiers[static_cast<std::size_t>(Tier::commodity)].requests, 2.0);
        const auto why = bench.why(0, policy);
        QVERIFY(why->reason.find("difficulty 0.10 is below 0.3") != std::string::npos);
        QVERIFY(bench.why(3, policy)->reason.find("default") != std::string::npos);
        // Dragging agrees with the evaluation.
        const auto drag = bench.dragThresholds(0.3, 0.7);
        QVERIFY(close(drag.costUsd, 0.0084));
        QVERIFY(close(drag.meanQuality, evaluation->meanQuality.value, 1e-6));
        QVERIFY(close(drag.savingUsd, 4 * 0.007 - 0.0084));
        const auto rows = bench.rowsOf(policy, Tier::premium);
        QVERIFY((*rows == std::vector<std::uint32_t>{2}));
        QCOMPARE((*bench.describe(policy, *rows))[0].candidate, std::string("big"));
    }

    // Imported scores are checked like the log's own, and once each: what the log says of its own answer comes first.
    void calibrationCountsOutcomes() {
        auto log = logOf(std::vector<Row>(20));
        for (std::size_t row = 0; row < 20; row += 2) {
            log->score.set(row, 1);
        }
        std::vector<replay::Outcome> outcomes;
        for (std::size_t row = 0; row < 20; ++row) {
            outcomes.push_back(scored(row, "big", 0));
            outcomes.push_back(scored(row, "mid", row % 4 == 0 ? 1 : 0));
        }
        outcomes.push_back(scored(0, "tiny", 0));
        outcomes.back().score.reset();  // not a label
        const auto report = calibrationReport(*log, outcomes, 1, {});
        TIERWISE_VERIFY_OK(report);
        QCOMPARE(report->scoredRows, std::size_t{40});
        QCOMPARE(report->models.size(), std::size_t{2});
        for (const auto& model : report->models) {
            QCOMPARE(model.rows, std::size_t{20});
            QVERIFY(close(model.meanScore, model.model == "big" ? 0.5 : 0.25));
            QVERIFY(close(model.meanPredicted, model.meanScore, 0.15));
        }
        QVERIFY(calibrationReport(*log, {}, 1, {})->scoredRows == 10);
        QVERIFY(calibrationReport(*logOf({{}}), {}, 1, {})->bins.empty());
    }

    // Scores of requests without a difficulty (a log without prompts) say what the model reaches on such requests: 80
    // and 95 of 100 right are predicted as that, and so are scores of which half have a difficulty.
    void scoresWithoutDifficulty() {
        auto log = logOf(std::vector<Row>(1'000, Row{"big", 1000, 0, 100, "", -1}));
        std::vector<replay::Outcome> outcomes;
        for (std::size_t row = 0; row < 1'000; ++row) {
            log->score.set(row, row % 5 == 0 ? 0 : 1);
            outcomes.push_back(scored(row, "mid", row % 20 == 0 ? 0 : 1));
            outcomes.push_back(scored(row, "tiny", row % 4 < 2 ? 0 : 1));
            if (row % 8 == 1 || row % 8 == 2) {
                log->difficulty.set(row, 0.5F);
            }
        }
        const auto report = calibrationReport(*log, outcomes, 1, {});
        TIERWISE_VERIFY_OK(report);
        for (const auto& model : report->models) {
            QVERIFY2(close(model.meanPredicted, model.meanScore, 0.01), model.model.c_str());
        }
        QVERIFY(report->expectedCalibrationError < 0.03);
    }

    // The log's own routing with scores that were imported: half of the rows on each model, 3 of 4 right on mid.
    void offPolicyTakesImportedScores() {
        std::vector<Row> rows;
        std::vector<replay::Outcome> outcomes;
        for (std::size_t row = 0; row < 400; ++row) {
            const bool onMid = (row / 2) % 2 == 0;
            rows.push_back({onMid ? "mid" : "big"});
            outcomes.push_back(scored(row, onMid ? "mid" : "big", row % 8 == 0 ? 0 : 1));
        }
        const auto estimates = benchOf(rows, outcomes).offPolicy(route::singlePolicy("mid"));
        TIERWISE_VERIFY_OK(estimates);
        for (const auto& estimate : *estimates) {
            QVERIFY2(estimate.identifiable, estimate.note.c_str());
            QCOMPARE(estimate.scoredRows, std::size_t{400});
            QCOMPARE(estimate.coverage, 1.0);
            QVERIFY(close(estimate.value, 0.75, 0.02));
            QVERIFY(close(estimate.effectiveSampleSize, 200, 0.05));
        }
    }

    void whereTheTiersLieByDifficulty() {
        const auto bench = benchOf({{"big", 1000, 0, 100, "", 0.15},
                                    {"big", 1000, 0, 100, "", 0.55},
                                    {"big", 1000, 0, 100, "", 0.57},
                                    {"big", 1000, 0, 100, "", 0.95},
                                    {"big", 1000, 0, 100, "", -1}});
        const auto tiers = signalByTier(bench, route::thresholdPolicy(0.3, 0.7), 10);
        TIERWISE_VERIFY_OK(tiers);
        const auto of = [&](Tier tier) { return (*tiers)[static_cast<std::size_t>(tier)]; };
        QVERIFY((of(Tier::local).counts == std::vector<std::size_t>{0, 1, 0, 0, 0, 0, 0, 0, 0, 0}));
        QVERIFY((of(Tier::commodity).counts == std::vector<std::size_t>{0, 0, 0, 0, 0, 2, 0, 0, 0, 0}));
        QVERIFY((of(Tier::premium).counts == std::vector<std::size_t>{0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
        QVERIFY((of(Tier::unbanded).counts == std::vector<std::size_t>(10, 0)));
        QCOMPARE(of(Tier::commodity).without, std::size_t{1});
        QCOMPARE(of(Tier::premium).without, std::size_t{0});
        QVERIFY(!signalByTier(bench, policyOf("#router#:{#kind#:#single#,#use#:#nobody#}"), 10));
    }

    void aSwitchLosesTheCachedPrefix() {
        // One session: 200 new + 800 cached tokens each time. Row 1 goes to mid (easy), row 2 back to big.
        const auto bench = benchOf({{"big", 200, 800, 100, "s", 0.9, "", 0},
                                    {"big", 200, 800, 100, "s", 0.1, "", 10},
                                    {"big", 200, 800, 100, "s", 0.9, "", 20},
                                    {"big", 200, 800, 100, "s", 0.9, "", 30}});
        const auto policy = policyOf("#router#:{#kind#:#threshold#,#below#:[0.5],#bands#:[#mid#,#big#]}");
        const auto evaluation = bench.evaluate(policy);
        // big, warm: 200 x 5 + 800 x 0.5 + 100 x 20 = 3,400 $/M-tokens -> $0.0034. Row 1 on mid, cold: 1000 x 0.5 + 100
        // x 2 = $0.0007 (warm would be 0.00034; loss 800 x 0.45 = 0.00036). Row 2 on big, cold: the prefix is written
        // again, 800 x 6.25 instead of 800 x 0.5: loss 0.0046. Row 3: warm again.
        QVERIFY(close(evaluation->cacheLossUsd, 0.00036 + 0.0046));
        QCOMPARE(evaluation->cost.toString(), std::string("0.0155"));
        // Sticky sessions lose nothing.
        auto sticky = policy;
        sticky.sticky = route::Sticky::first;
        QVERIFY(close(bench.evaluate(sticky)->cacheLossUsd, 0));
        QCOMPARE(bench.evaluate(sticky)->cost.toString(), std::string("0.0136"));
        QVERIFY(bench.why(1, sticky)->reason.find("session") != std::string::npos);
        // All on mid: the first request keeps what the log says, the rest stay warm.
        QCOMPARE(bench.evaluate(route::singlePolicy("mid"))->cost.toString(), std::string("0.00136"));
    }

    void constraintsHold() {
        const auto bench = benchOf({{"big", 1000, 0, 100, "", 0.9, "pii"},
                                    {"big", 5000, 0, 100, "", 0.1, ""},
                                    {"big", 5000, 0, 100, "", 0.1, "pii"}});
        const auto policy = policyOf(
            "#constraints#:{#dataClasses#:[{#dataClass#:#pii#,#tiers#:[#local#]}]},"
            "#router#:{#kind#:#threshold#,#below#:[0.5],#bands#:[#local#,#premium#]}");
        const auto evaluation = bench.evaluate(policy);
        // Row 0 must be local, whatever its difficulty. Row 1 does not fit into tiny's window: the next better tier.
        QVERIFY(bench.why(0, policy)->reason.find("pii") != std::string::npos);
        QCOMPARE(*bench.why(0, policy)->chosen, std::string("tiny"));
        QCOMPARE(*bench.why(1, policy)->chosen, std::string("mid"));
        QVERIFY(bench.why(1, policy)->reason.find("context window") != std::string::npos);
        // Row 2 may be local only and does not fit: infeasible, counted, with its reason; never a silent default.
        QVERIFY(!bench.why(2, policy)->chosen);
        QCOMPARE(evaluation->coverage.used, std::size_t{2});
        QCOMPARE(evaluation->coverage.exclusions[0].rows, std::size_t{1});
        // The jurisdiction of the host.
        const auto land =
            policyOf("#constraints#:{#dataClasses#:[{#dataClass#:#*#,#jurisdictions#:[#DE#]}]},#router#:#premium#");
        QCOMPARE(*bench.why(0, land)->chosen, std::string("tiny"));
    }

    void cascadesPayEveryAttempt() {
        // Measured: mid is right on row 0 alone; big on both. A perfect verifier.
        std::vector<replay::Outcome> outcomes;
        for (std::size_t row = 0; row < 2; ++row) {
            outcomes.push_back({row, "mid", row == 0 ? 1.0F : 0.0F, {}, {}, {}, {}, {}});
            outcomes.push_back({row, "big", 1.0F, {}, {}, {}, {}, {}});
        }
        const auto bench = benchOf({{}, {}}, outcomes);
        const auto policy = policyOf("#router#:{#kind#:#cascade#,#steps#:[#mid#,#big#],#verifier#:{#costUsd#:0.0001}}");
        const auto evaluation = bench.evaluate(policy);
        // Two tries of mid, two checks, one of big: 0.0014 + 0.0002 + 0.007.
        QCOMPARE(evaluation->cost.toString(), std::string("0.0086"));
        QVERIFY(close(evaluation->meanQuality.value, 1));
        QCOMPARE(evaluation->weakestRung, assess::Rung::measured);
        QVERIFY(close(evaluation->mix[0].share, 0.5));
        QVERIFY(close(evaluation->mix[1].share, 1.0));
    }

    // tiny is never right, so mid is asked on both rows, and big where mid is wrong. What moves the cost and how well
    // it is known counts the step in the middle: mid's answers may cost $0.0006 to $0.0009.
    void everyStepOfACascadeCounts() {
        std::vector<replay::Outcome> outcomes;
        for (std::size_t row = 0; row < 2; ++row) {
            outcomes.push_back({row, "tiny", 0.0F, {}, {}, {}, {}, {}});
            outcomes.push_back({row, "big", 1.0F, {}, {}, {}, {}, {}});
        }
        const auto bench = benchOf({{}, {}}, outcomes);
        const auto evaluation = bench.evaluate(
            policyOf("#router#:{#kind#:#cascade#,#steps#:[#tiny#,#mid#,#big#],#verifier#:{#costUsd#:0.001}}"));
        TIERWISE_VERIFY_OK(evaluation);
        const auto& causes = evaluation->costUsd.causes;
        const auto length =
            std::find_if(causes.begin(), causes.end(), [](const auto& c) { return c.cause == "output length"; });
        QVERIFY(length != causes.end());
        QVERIFY(close(length->high - evaluation->costUsd.value, 2 * 0.0002));
        QVERIFY(close(evaluation->costUsd.value - length->low, 2 * 0.0001));
        QCOMPARE(evaluation->weakestRung, assess::Rung::prior);  // of mid
        QCOMPARE(evaluation->mix.size(), std::size_t{3});
        QVERIFY(std::any_of(evaluation->notes.begin(), evaluation->notes.end(),
                            [](const auto& note) { return note.find("$0.004 of the cost") == 0; }));
    }

    void aVerifierThatErrs() {
        // mid right half of the time in the mean (one right, one wrong), recall .8, precision .8: of what is accepted
        // .4 right + wrong w, .4 / (.4 + w) = .8 -> w = .1 of .5: a wrong answer passes with probability .2.
        std::vector<replay::Outcome> outcomes{{0, "mid", 1.0F, {}, {}, {}, {}, {}},
                                              {1, "mid", 0.0F, {}, {}, {}, {}, {}},
                                              {0, "big", 1.0F, {}, {}, {}, {}, {}},
                                              {1, "big", 1.0F, {}, {}, {}, {}, {}}};
        const auto bench = benchOf({{}, {}}, outcomes);
        const auto policy =
            policyOf("#router#:{#kind#:#cascade#,#steps#:[#mid#,#big#],#verifier#:{#recall#:0.8,#precision#:0.8}}");
        const auto evaluation = bench.evaluate(policy);
        // Row 0: right either way. Row 1: accepted wrong .2, else big: .8. Escalations .2 + .8 = 1 -> 0.0014 + 0.007.
        QVERIFY(close(evaluation->meanQuality.value, 0.9, 1e-6));
        QVERIFY(close(evaluation->costUsd.value, 0.0084));
    }

    void comparisonsArePaired() {
        std::vector<Row> rows(200);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].difficulty = static_cast<double>(i) / 200;
            rows[i].output = static_cast<std::uint32_t>(50 + i);
        }
        const auto bench = benchOf(rows);
        const std::vector<route::Policy> policies{route::singlePolicy("mid"), route::thresholdPolicy(0.2, 0.6)};
        const auto comparison = bench.compare(policies, Baseline::asLogged);
        TIERWISE_VERIFY_OK(comparison);
        QCOMPARE(comparison->scenarios.size(), std::size_t{3});
        const auto& mid = *comparison->scenarios[1].against;
        QVERIFY(close(mid.savingShare, 0.9));
        QCOMPARE(mid.costVerdict, analyze::Verdict::decisive);
        QVERIFY(mid.savingUsd.range.low < mid.savingUsd.value && mid.savingUsd.value < mid.savingUsd.range.high);
        QVERIFY(mid.qualityChange.value < 0);
        QVERIFY(!mid.sentence.empty());
        // The same again is the same to the last bit.
        const auto again = bench.compare(policies, Baseline::asLogged);
        QVERIFY(*again == *comparison);
        for (const Baseline baseline : {Baseline::bestSingle, Baseline::random, Baseline::oracle, Baseline::dearest}) {
            TIERWISE_VERIFY_OK(bench.compare(policies, baseline));
        }
        const auto tornado = bench.tornado(policies[0], {});
        TIERWISE_VERIFY_OK(tornado);
        QCOMPARE(tornado->bars[0].cause, std::string("output length"));
    }

    void theTierFitByHand() {
        // Measured: tiny reaches the bar on row 0; nobody but big on row 1; row 2 was served by tiny, wrongly.
        std::vector<replay::Outcome> outcomes;
        const float scores[3][3] = {{1, 1, 1}, {1, 0, 0}, {1, 1, 0}};
        const char* models[] = {"big", "mid", "tiny"};
        for (std::size_t row = 0; row < 3; ++row) {
            for (std::size_t j = 0; j < 3; ++j) {
                outcomes.push_back({row, models[j], scores[row][j], {}, {}, {}, {}, {}});
            }
        }
        auto bench = benchOf({{"big"}, {"big"}, {"tiny"}}, outcomes);
        const auto fit = bench.tierFit(
            0.8, policyOf("#router#:{#kind#:#threshold#,#signal#:#inputTokens#,#below#:[1],#bands#:[#local#,#big#]}"));
        TIERWISE_VERIFY_OK(fit);
        QVERIFY(close(fit->overservedUsd, 0.007 + 0.0063));  // rows 0 (local would do) and 2 (mid would do)
        QCOMPARE(fit->overserved.size(), std::size_t{2});
        QCOMPARE(fit->overserved[0].row, std::size_t{0});
        const auto local = bench.tierFit(0.8, route::singlePolicy("tiny"));
        QVERIFY(close(local->underservedErrors, 2));
        QVERIFY(local->underserved[0].reason.find("would reach 1.00") != std::string::npos);
        QVERIFY(!bench.tierFit(std::nan("")));
    }

    void theOtherViews() {
        std::vector<Row> rows(100);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].difficulty = static_cast<double>(i) / 100;
            rows[i].dataClass = i % 4 == 0 ? "pii" : "";
        }
        const auto bench = benchOf(rows);
        const auto policy = policyOf(
            "#constraints#:{#dataClasses#:[{#dataClass#:#pii#,#tiers#:[#local#]}]},#router#:{#kind#:#floor#,#"
            "meanQuality#:0.7}");
        const auto segments = bench.segments(policy, "dataClass");
        TIERWISE_VERIFY_OK(segments);
        QCOMPARE(segments->lines.size(), std::size_t{2});
        QCOMPARE(segments->lines[0].rows + segments->lines[1].rows, std::size_t{100});
        QCOMPARE(bench.segments(policy, "colour").error().code, ErrorCode::invalidArgument);
        const auto prices_ = bench.constraintPrices(policy);
        TIERWISE_VERIFY_OK(prices_);
        QVERIFY2((*prices_)[0].costUsd > 0, (*prices_)[0].note.c_str());
        const auto flow = bench.flow(route::asLoggedPolicy(), policy);
        TIERWISE_VERIFY_OK(flow);
        QVERIFY(flow->cells[1][3].rows >= 25);
        const auto tradeoff = bench.tradeoff(21);
        QVERIFY(tradeoff.frontier.size() > 5);
        QCOMPARE(tradeoff.signal, std::string("difficulty"));
        QVERIFY(tradeoff.aiq > tradeoff.aiqZero - 1e-9);
        QCOMPARE(bench.tradeoff(2).aiq, tradeoff.aiq);  // the area does not hang on the points that are shown
        for (std::size_t i = 1; i < tradeoff.frontier.size(); ++i) {
            QVERIFY(tradeoff.frontier[i].costUsd > tradeoff.frontier[i - 1].costUsd);
            QVERIFY(tradeoff.frontier[i].meanQuality >= tradeoff.frontier[i - 1].meanQuality);
        }
        QVERIFY(!bench.concentration(policy)->empty());
        const auto offPolicy = bench.offPolicy(route::singlePolicy("mid"));
        TIERWISE_VERIFY_OK(offPolicy);
        QVERIFY(!offPolicy->front().identifiable);  // the log never tried mid
        const auto [low, high] = bench.thresholdsForShares(0.25, 0.5);
        QVERIFY(close(low, 0.25, 1e-6) && close(high, 0.75, 1e-6));
    }

    void nonsenseSaysWhatIsWrong() {
        const auto bench = benchOf({{}});
        const auto why = [&](const std::string& json) {
            const auto evaluation = bench.evaluate(policyOf(json));
            return evaluation ? std::string() : evaluation.error().what;
        };
        QVERIFY(why("#router#:#gpt-9#").find("gpt-9") != std::string::npos);
        QVERIFY(why("#models#:[#big#],#router#:#local#").find("local tier is empty") != std::string::npos);
        QVERIFY(why("#router#:{#kind#:#cascade#,#steps#:[#mid#,#commodity#],#verifier#:{}}").find("comes back") !=
                std::string::npos);
        QVERIFY(why("#router#:{#kind#:#floor#,#meanQuality#:0.9999}").find("0.9999") != std::string::npos);
        QVERIFY(why("#constraints#:{#maxLatencySeconds#:1},#router#:#big#").find("speed") != std::string::npos);
        QVERIFY(why("#rules#:[{#when#:{#keywords#:[#x#]},#use#:#big#}],#router#:#mid#").find("prompts") !=
                std::string::npos);
        QVERIFY(why("#router#:#big#").empty());
    }
};

QTEST_APPLESS_MAIN(TestWorkbench)
#include "tst_workbench.moc"
