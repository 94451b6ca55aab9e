// SPDX-License-Identifier: GPL-3.0-or-later
// What a request would have used on another model (domain, section 3), against figures worked out by hand.
#include <algorithm>

#include "tests/unit/analyze/small_log.h"

using namespace tierwise;
using namespace tierwise::project;
using namespace tierwise::test;

namespace {

// All $1 in and $10 out a million; batch at half. talker and thinker count in o200k, old in cl100k, other in a family
// that nobody knows.
catalog::Catalog fourModels() {
    const auto offering = [](const std::string& id) {
        return "{#provider#:#lab#,#id#:#" + id + "#,#model#:#" + id +
               "#,#cards#:[{#rates#:{#input#:#1#,#output#:#10#},#evidence#:0},"
               "{#when#:{#tier#:#batch#},#rates#:{#input#:#0.5#,#output#:#5#},#evidence#:0}]}";
    };
    return catalogOf(
        "#providers#:[{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#]}],\n"
        "#models#:[{#id#:#talker#,#author#:#lab#,#tokenizer#:#o200k#,#context#:2000},\n"
        "{#id#:#thinker#,#author#:#lab#,#tokenizer#:#o200k#,#reasons#:true,"
        "#reasoningEasy#:{#low#:1,#mid#:2,#high#:4},#reasoningHard#:{#low#:16,#mid#:32,#high#:128}},\n"
        "{#id#:#old#,#author#:#lab#,#tokenizer#:#cl100k#},\n{#id#:#other#,#author#:#lab#}],\n"
        "#offerings#:[\n" +
        offering("talker") + ",\n" + offering("thinker") + ",\n" + offering("old") + ",\n" + offering("other") + "]");
}

WorkbenchInputs usageInputs(std::shared_ptr<const store::WorkloadSnapshot> rows) {
    WorkbenchInputs inputs;
    inputs.rows = std::move(rows);
    inputs.catalog = fourModels();
    inputs.assumptions.tokenizer = {0.5, 1, 2, {}};
    inputs.assumptions.verbosity = {0.5, 1, 2, {}};
    inputs.options.candidates = {"talker", "thinker", "old", "other"};
    inputs.tokenRatios = *tokens::FamilyRatios::parse(
        quoted("{#format#:#tierwise-token-ratios#,#version#:1,#ratios#:["
               "{#family#:#o200k#,#low#:1,#mid#:1,#high#:1,#exact#:true,#source#:#s#},"
               "{#family#:#cl100k#,#low#:0.8,#mid#:1.25,#high#:1.6,#exact#:true,#source#:#s#}]}"),
        "ratios.json");
    return inputs;
}

std::optional<analyze::CauseRange> causeOf(const analyze::RangedFigure& figure, const char* name) {
    const auto found = std::find_if(figure.causes.begin(), figure.causes.end(),
                                    [&](const auto& cause) { return cause.cause == name; });
    return found == figure.causes.end() ? std::nullopt : std::optional(*found);
}

double costOn(const Workbench& bench, const char* model) {
    return bench.evaluate(route::singlePolicy(model))->costUsd.value;
}

}  // namespace

class TestUsage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 1000 tokens of old (1.25 of o200k's) are 800 of talker's, from 1000 / 1.6 to 1000 / 0.8; other's family is not
    // known: the assumption for any tokenizer.
    void tokenizersAreRelatedByFamily() {
        const auto bench = built(usageInputs(logOf({{"old"}})));
        const auto talker = bench.evaluate(route::singlePolicy("talker"));
        QVERIFY(close(talker->costUsd.value, 0.0018));  // 800 x $1/M + 100 x $10/M
        const auto cause = causeOf(talker->costUsd, "tokenizer");
        QVERIFY(cause.has_value());
        QVERIFY(close(cause->low, 0.001625) && close(cause->high, 0.00225));
        const auto unknown = causeOf(bench.evaluate(route::singlePolicy("other"))->costUsd, "tokenizer");
        QVERIFY(unknown.has_value());
        QVERIFY(close(unknown->low, 0.0015) && close(unknown->high, 0.003));
        // The same tokenizer needs no range.
        const auto same = built(usageInputs(logOf({{"talker"}})));
        QVERIFY(!causeOf(same.evaluate(route::singlePolicy("thinker"))->costUsd, "tokenizer").has_value());
    }

    // "chat" meant v1 until August 2026, at $2 and $20; it means v2 since, at $1 and $5. A log of 2025 is v1's, which
    // cannot be bought any more: it keeps its own price, and v2 as a candidate has today's.
    void whatTheNameMeantKeepsItsOwnPrice() {
        auto inputs = usageInputs(logOf({{"chat"}}));
        inputs.catalog = catalogOf(
            "#providers#:[{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#]}],\n"
            "#models#:[{#id#:#v1#,#author#:#lab#,#tokenizer#:#o200k#},\n{#id#:#v2#,#author#:#lab#,#tokenizer#:#o200k#}]"
            ",\n"
            "#offerings#:[\n{#provider#:#lab#,#id#:#chat#,#model#:#v2#,#formerly#:[{#model#:#v1#,#to#:#2026-08-01#}],"
            "#cards#:[{#to#:#2026-08-01#,#rates#:{#input#:#2#,#output#:#20#},#evidence#:0},"
            "{#from#:#2026-08-01#,#rates#:{#input#:#1#,#output#:#5#},#evidence#:0}]}]");
        inputs.options.candidates = {"v2"};
        const auto bench = built(std::move(inputs));
        QVERIFY(close(bench.evaluate(route::asLoggedPolicy())->costUsd.value, 0.004));  // 1000 x $2/M + 100 x $20/M
        QVERIFY(close(costOn(bench, "v2"), 0.0015));                                    // 1000 x $1/M + 100 x $5/M
        double billed = 0;
        TIERWISE_VERIFY_OK(bench.meters(route::asLoggedPolicy(), [&](const Workbench::MeterUse& use) {
            billed += static_cast<double>(use.quantity * use.rate.picoPerUnit()) * 1e-12;
        }));
        QVERIFY(close(billed, 0.004));
    }

    // Half price from 16:30: 16:10 and 16:40 lie in one hour and cost differently, whichever comes first, on the log's
    // own day as on the catalog's.
    void windowsCountByTheMinute() {
        for (const bool lateFirst : {false, true}) {
            auto inputs = usageInputs(logOf({{"talker", 1000, 0, 100, "", 0.5, "", lateFirst ? 44'800 : 43'000},
                                             {"talker", 1000, 0, 100, "", 0.5, "", lateFirst ? 43'000 : 44'800}}));
            inputs.catalog = catalogOf(
                "#providers#:[{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#]}],\n"
                "#models#:[{#id#:#talker#,#author#:#lab#,#tokenizer#:#o200k#}],\n"
                "#offerings#:[\n{#provider#:#lab#,#id#:#talker#,#model#:#talker#,"
                "#cards#:[{#rates#:{#input#:#1#,#output#:#10#},#evidence#:0},"
                "{#when#:{#window#:{#zone#:#UTC#,#hours#:[#16:30-24:00#]}},#rates#:{#input#:#0.5#,#output#:#5#},"
                "#evidence#:0}]}]");
            inputs.options.candidates = {"talker"};
            const auto bench = built(std::move(inputs));
            for (const auto& policy : {route::asLoggedPolicy(), route::singlePolicy("talker")}) {
                QVERIFY(close(bench.why(lateFirst ? 1 : 0, policy)->alternatives[0].costUsd->value, 0.002));
                QVERIFY(close(bench.evaluate(policy)->costUsd.value, 0.003));
            }
        }
    }

    void countsAreExactWhereTheTextIsThere() {
        auto inputs = usageInputs(logOf({{"old"}, {"other"}, {"other"}, {"other"}}));
        inputs.promptTokens = [](const std::string& family, const TaskContext&) {
            return family == "o200k"    ? std::vector<std::uint32_t>{90, 700, 90, 0}
                   : family == "cl100k" ? std::vector<std::uint32_t>{100, 700, 90, 0}
                                        : std::vector<std::uint32_t>();
        };
        const auto bench = built(std::move(inputs));
        const auto tokens = [&](std::size_t row) {
            std::int64_t input = 0;
            (void)bench.meters(route::singlePolicy("talker"), [&](const Workbench::MeterUse& use) {
                input += use.row == row && use.meter == catalog::Meter::input ? use.quantity : 0;
            });
            return input;
        };
        QCOMPARE(tokens(0), std::int64_t{900});   // both vocabularies ship: 1000 x 90 / 100
        QCOMPARE(tokens(1), std::int64_t{700});   // 700 is a count that 1000 allows: the text is the whole prompt
        QCOMPARE(tokens(2), std::int64_t{1000});  // 90 is not: the text is a part, so the ratio
        QCOMPARE(tokens(3), std::int64_t{1000});  // no text
        // Exact counts have no range: $0.001625 to $0.00225 by the ratio of row 0 is gone.
        const auto one = bench.why(0, route::singlePolicy("talker"));
        QVERIFY(!causeOf(*one->alternatives[0].costUsd, "tokenizer").has_value());
    }

    // k(0) = 2, k(1) = 32, equal ratios between: k(0.5) = 8. Thinking: 100 x (k - 1) tokens on top of the answer, which
    // the verbosity alone scales; never the price.
    void thinkingIsTokensByDifficulty() {
        const auto bench = built(usageInputs(logOf({{"talker", 1000, 0, 100, "", 0},
                                                    {"talker", 1000, 0, 100, "", 1},
                                                    {"talker", 1000, 0, 100, "", 0.5},
                                                    {"talker", 1000, 0, 100, "", -1}})));
        const auto cost = [&](std::size_t row) { return bench.why(row, route::singlePolicy("thinker"))->costUsd; };
        QVERIFY(close(cost(0), 0.001 + 0.002));
        QVERIFY(close(cost(1), 0.001 + 0.032));
        QVERIFY(close(cost(2), 0.001 + 0.008, 1e-6));
        QVERIFY(close(cost(3), cost(2)));  // no difficulty: the middle
        const auto why = bench.why(1, route::singlePolicy("thinker"));
        const auto& figure = *why->alternatives[1].costUsd;
        QVERIFY(close(causeOf(figure, "reasoning overhead")->low, 0.001 + 0.016));
        QVERIFY(close(causeOf(figure, "reasoning overhead")->high, 0.001 + 0.128));
        QVERIFY(close(causeOf(figure, "output length")->low, 0.001 + 0.0315));  // 50 said, 3100 thought
        QVERIFY(close(causeOf(figure, "output length")->high, 0.001 + 0.033));
    }

    // Of 800 output tokens 700 were thought: on a model that does not think 100 are left. Without the log's split the
    // multiplier takes them off: k(0.5) = 8.
    void theThinkingOfTheLoggedModelIsLeftOut() {
        const auto rows = logOf({{"thinker", 1000, 0, 900}, {"thinker", 1000, 0, 800}});
        rows->reasoning.set(0, 700);
        const auto bench = built(usageInputs(rows));
        QVERIFY(close(bench.why(0, route::singlePolicy("talker"))->costUsd, 0.001 + 0.002));
        QVERIFY(close(bench.why(1, route::singlePolicy("talker"))->costUsd, 0.001 + 0.001, 1e-6));
        QVERIFY(close(bench.why(0, route::singlePolicy("thinker"))->costUsd, 0.001 + 0.009));  // as it was
    }

    void batchRowsGetBatchRatesWhereThereAreAny() {
        const auto rows = logOf({{"old"}, {"old"}});
        rows->serviceTier.codes[1] = codeOf(rows->serviceTier, "batch");
        auto inputs = usageInputs(rows);
        auto without = inputs;
        without.assumptions.honourBatch = false;
        const auto bench = built(std::move(inputs));
        QVERIFY(close(costOn(bench, "talker"), 0.0018 + 0.0009));
        QVERIFY(close(costOn(built(std::move(without)), "talker"), 2 * 0.0018));
        QVERIFY(close(bench.evaluate(route::asLoggedPolicy())->costUsd.value, 0.002 + 0.001));
    }

    // talker's window holds 2,000 of its own tokens: 2,300 of old are 1,840, with 100 of an answer 1,940.
    void windowsHoldTheCandidatesOwnTokens() {
        const auto bench = built(usageInputs(logOf({{"old", 2300}, {"old", 2400}})));
        QCOMPARE(bench.candidates()[0].infeasibleRows, std::size_t{1});
        const auto list = bench.infeasible(policyOf("#models#:[#talker#],#router#:#talker#"));
        QCOMPARE(list->size(), std::size_t{1});
        QVERIFY((*list)[0].reason.find("2000 tokens") != std::string::npos);
    }

    void assumptionsThatMakeNoSenseAreRefused() {
        const auto placeOf = [](const std::string& json) {
            const auto found =
                replay::Assumptions::parse(quoted("{#format#:#tierwise-assumptions#,#version#:1," + json + "}"), "a");
            return found ? std::string("accepted") : found.error().source;
        };
        const auto range = [](const char* key, const char* low, const char* mid, const char* high) {
            return std::string("#") + key + "#:{#low#:" + low + ",#mid#:" + mid + ",#high#:" + high + "}";
        };
        QCOMPARE(placeOf(range("verbosity", "0.5", "1", "2")), std::string("accepted"));
        QCOMPARE(placeOf(range("verbosity", "-1", "1", "2")), std::string("a#/verbosity/low"));
        QCOMPARE(placeOf(range("verbosity", "0.5", "1", "1e300")), std::string("a#/verbosity/high"));
        QCOMPARE(placeOf(range("verbosity", "2", "1", "3")), std::string("a#/verbosity"));
        QCOMPARE(placeOf(range("reasoningHard", "0.5", "1", "2")), std::string("a#/reasoningHard/low"));
        QCOMPARE(placeOf("#cacheLifetimeSeconds#:1e300"), std::string("a#/cacheLifetimeSeconds"));
        QCOMPARE(placeOf("#models#:{#m#:{" + range("multiTokenPrediction", "0.5", "1", "2") + "}}"),
                 std::string("a#/models/m/multiTokenPrediction/low"));
        QCOMPARE(placeOf("#colour#:1"), std::string("a#/colour"));
    }

    void measuredOutcomesOverrule() {
        auto inputs = usageInputs(logOf({{"old"}, {"old"}, {"old"}}));
        replay::Outcome tokens{0, "talker", {}, {}, 500, 50, {}, {}};
        replay::Outcome cost{1, "talker", {}, 123'000'000'000, {}, {}, {}, {}};
        inputs.outcomes = {tokens, cost};
        const auto bench = built(std::move(inputs));
        const auto policy = route::singlePolicy("talker");
        QVERIFY(close(bench.why(0, policy)->costUsd, 0.001));  // 500 x $1/M + 50 x $10/M
        QVERIFY(close(bench.why(1, policy)->costUsd, 0.123));
        QVERIFY(bench.why(1, policy)->alternatives[0].costUsd->causes.empty());
    }

    // An outcome names a model: it speaks of the model wherever it is served. One of another offering does not say what
    // this one costs.
    void outcomesAreOfModels() {
        auto inputs = usageInputs(logOf({{"old"}, {"old"}}));
        inputs.options.candidates = {"lab/talker", "old"};
        inputs.outcomes = {{0, "talker", 0.25F, 123'000'000'000, {}, {}, {}, "a"},
                           {1, "Talker", 0.75F, {}, {}, {}, {}, "b"},
                           {0, "old", 1.0F, {}, {}, {}, {}, "a"},
                           {1, "old", 1.0F, {}, {}, {}, {}, "c"}};
        const auto bench = built(std::move(inputs));
        const auto policy = policyOf("#models#:[#lab/talker#],#router#:#lab/talker#");
        QVERIFY(close(bench.why(0, policy)->quality, 0.25));
        QVERIFY(close(bench.why(0, policy)->costUsd, 0.123));
        QCOMPARE(bench.why(0, policy)->alternatives[0].rung, assess::Rung::measured);
        QVERIFY(close(bench.why(1, policy)->quality, 0.75));
        const auto vote = policyOf(
            "#models#:[#lab/talker#,#old#],#router#:{#kind#:#agreement#,#voters#:[#lab/talker#,#old#],"
            "#otherwise#:#old#}");
        QVERIFY(bench.why(0, vote)->reason.find("same answer") != std::string::npos);
        QVERIFY(bench.why(1, vote)->reason.find("disagree") != std::string::npos);
    }

    // Several names of one model make one measurement of a request: the mean, whatever their order.
    void spellingsOfAModelMakeAMean() {
        const std::vector<replay::Outcome> measured{{0, "talker", 0.25F, 100'000'000'000, {}, {}, 1.0F, "a"},
                                                    {0, "Talker", 0.75F, 300'000'000'000, {}, {}, {}, "b"},
                                                    {0, "lab/talker", 0.8F, {}, {}, {}, 3.0F, {}},
                                                    {1, "talker", {}, {}, 400, 40, {}, {}},
                                                    {1, "lab/talker", {}, {}, 600, 60, {}, {}},
                                                    {2, "Talker", 1.0F, {}, {}, {}, {}, {}},
                                                    {2, "talker", 0.5F, {}, {}, {}, {}, {}}};
        for (const bool backwards : {false, true}) {
            auto inputs = usageInputs(logOf({{"old"}, {"old"}, {"old"}}));
            inputs.options.candidates = {"lab/talker", "old"};
            inputs.assumptions.models["talker"].tokensPerSecond = replay::Assumed{50, 50, 50, {}};
            inputs.outcomes = measured;
            if (backwards) {
                std::reverse(inputs.outcomes.begin(), inputs.outcomes.end());
            }
            const auto bench = built(std::move(inputs));
            const auto policy = policyOf("#models#:[#lab/talker#],#router#:#lab/talker#");
            QVERIFY(close(bench.why(0, policy)->quality, 0.6, 1e-6));
            QVERIFY(close(bench.why(0, policy)->costUsd, 0.2));
            QVERIFY(close(bench.why(1, policy)->costUsd, 0.001));  // 500 x $1/M + 50 x $10/M
            QVERIFY(close(bench.why(2, policy)->quality, 0.75));
            // The mean of the seconds is 2.
            for (const auto& [bound, served] : {std::pair{"2.1", true}, {"1.9", false}}) {
                const auto timed = bench.why(0, policyOf("#models#:[#lab/talker#],#constraints#:{#maxLatencySeconds#:" +
                                                         std::string(bound) + "},#router#:#lab/talker#"));
                TIERWISE_VERIFY_OK(timed);
                QCOMPARE(timed->chosen.has_value(), served);
            }
        }
    }

    // talker says 100 tokens at 50 a second: 2 s; thinker at difficulty 0 twice as many: 4 s, or 2 s with two tokens a
    // step.
    void latencyBoundsCountTheCandidatesOwnTokens() {
        auto inputs = usageInputs(logOf({{"old", 1000, 0, 100, "", 0}}));
        inputs.assumptions.models["talker"].tokensPerSecond = replay::Assumed{50, 50, 50, {}};
        inputs.assumptions.models["thinker"].tokensPerSecond = replay::Assumed{50, 50, 50, {}};
        const std::string bound =
            "#models#:[#talker#,#thinker#],#constraints#:{#maxLatencySeconds#:3},#router#:#thinker#";
        auto faster = inputs;
        faster.assumptions.models["thinker"].multiTokenPrediction = replay::Assumed{1, 2, 3, {}};
        const auto bench = built(std::move(inputs));
        const auto why = bench.why(0, policyOf(bound));
        QCOMPARE(*why->chosen, std::string("talker"));
        QVERIFY(why->reason.find("longer than 3 s") != std::string::npos);
        const auto quick = built(std::move(faster));
        QCOMPARE(*quick.why(0, policyOf(bound))->chosen, std::string("thinker"));
        QVERIFY(close(costOn(quick, "thinker"), costOn(bench, "thinker")));  // never a price of an API
    }

    // Twenty answers of 100 tokens in 4 s: 25 tokens a second, so no answer of talker is within 3 s but the quick one.
    void speedsAreMeasuredInTheLog() {
        std::vector<Row> list(21);
        std::fill(list.begin(), list.end(), Row{"talker"});
        const auto rows = logOf(list);
        for (std::size_t i = 0; i < list.size(); ++i) {
            rows->latencySeconds.set(i, i == 0 ? 1.0F : 4.0F);
        }
        auto inputs = usageInputs(rows);
        inputs.options.candidates = {"talker", "old"};
        const auto bench = built(std::move(inputs));
        const auto policy = policyOf("#models#:[#talker#],#constraints#:{#maxLatencySeconds#:3},#router#:#talker#");
        const auto evaluation = bench.evaluate(policy);
        TIERWISE_VERIFY_OK(evaluation);
        QCOMPARE(evaluation->coverage.used, std::size_t{1});
        const auto unknown = bench.evaluate(policyOf("#constraints#:{#maxLatencySeconds#:3},#router#:#old#"));
        QVERIFY(!unknown && unknown.error().what.find("speed of old") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestUsage)
#include "tst_usage.moc"
