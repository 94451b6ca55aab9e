// SPDX-License-Identifier: GPL-3.0-or-later
// Policies as documents: what is written comes back, and what makes no sense is refused at its place.
#include <algorithm>
#include <filesystem>

#include "core/route/policy.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::route;

namespace {

std::string policyJson(std::string more, int version = 1) {
    std::string text =
        "{#format#:#tierwise-policy#,#version#:" + std::to_string(version) + ",#name#:#p#," + std::move(more) + "}";
    std::replace(text.begin(), text.end(), '#', '"');
    return text;
}

}  // namespace

class TestPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theShippedExamplesAreGood() {
        int examples = 0;
        for (const auto& entry :
             std::filesystem::directory_iterator(tierwise::test::sourcePath("resources/policy/examples"))) {
            const auto policy = Policy::load(entry.path());
            TIERWISE_VERIFY_OK(policy);
            const auto again = Policy::parse(policy->toJson(), "again");
            TIERWISE_VERIFY_OK(again);
            QVERIFY(*again == *policy);
            ++examples;
        }
        QVERIFY(examples >= 5);
    }

    void definitionsAreWrittenOut() {
        const auto policy = Policy::parse(
            policyJson(
                "#define#:{#easy#:#local#,#mid#:{#kind#:#threshold#,#below#:[0.2],#bands#:[#@easy#,#commodity#]}},"
                "#router#:{#kind#:#threshold#,#below#:[0.5],#bands#:[#@mid#,#premium#]}"),
            "p");
        TIERWISE_VERIFY_OK(policy);
        QCOMPARE(policy->router.bands[0].bands[0].use, std::string("local"));
        QVERIFY((policy->targets() == std::vector<Target>{"local", "commodity", "premium"}));
    }

    // Shares of the workload are version 2; what needs no more stays readable to older programs.
    void thresholdsByShare() {
        const std::string body =
            "#router#:{#kind#:#threshold#,#belowShare#:[0.4,0.9],#bands#:[#local#,#commodity#,"
            "{#kind#:#threshold#,#signal#:#inputTokens#,#belowShare#:[0,1],#bands#:[#a#,#b#,#c#]}"
            "]}";
        const auto policy = Policy::parse(policyJson(body, 2), "p");
        TIERWISE_VERIFY_OK(policy);
        QVERIFY((policy->router.belowShare == std::vector<double>{0.4, 0.9}));
        QVERIFY(policy->router.below.empty());
        QVERIFY(policy->toJson().find("\"version\": 2") != std::string::npos);
        QVERIFY(*Policy::parse(policy->toJson(), "again") == *policy);
        QVERIFY(thresholdPolicy(0.3, 0.7).toJson().find("\"version\": 1") != std::string::npos);
        const auto easiest = sharePolicy(0.4, 0.1);
        QVERIFY(*Policy::parse(easiest.toJson(), "again") == easiest);
        // A share inside another router needs version 2 too.
        Policy outer = thresholdPolicy(0.3, 0.7);
        outer.router.bands[2] = easiest.router;
        QVERIFY(*Policy::parse(outer.toJson(), "again") == outer);

        const auto fault = [&](const std::string& json, int version) {
            const auto wrong = Policy::parse(policyJson(json, version), "p");
            return wrong ? std::string() : wrong.error().describe();
        };
        const auto says = [](const std::string& text, const char* words) {
            return text.find(words) != std::string::npos;
        };
        QVERIFY(says(fault(body, 1), "p#/router/belowShare"));
        QVERIFY(says(fault(body, 1), "\"version\": 2"));
        QVERIFY(says(fault(body, 3), "newer version"));
        QVERIFY(says(fault("#router#:{#kind#:#threshold#,#belowShare#:[0.9,0.4],#bands#:[#a#,#b#,#c#]}", 2),
                     "p#/router/belowShare/1"));
        QVERIFY(says(fault("#router#:{#kind#:#threshold#,#belowShare#:[40,90],#bands#:[#a#,#b#,#c#]}", 2),
                     "p#/router/belowShare/0"));
        QVERIFY(says(fault("#router#:{#kind#:#threshold#,#belowShare#:[0.4],#below#:[0.4],#bands#:[#a#,#b#]}", 2),
                     "twice"));
        QVERIFY(says(fault("#router#:{#kind#:#threshold#,#belowShare#:[],#bands#:[#a#]}", 2), "p#/router/belowShare"));
    }

    void nonsenseIsRefusedAtItsPlace_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("place");
        const auto row = [](const char* name, const char* json, const char* place) {
            QTest::newRow(name) << QByteArray(json) << QByteArray(place);
        };
        row("negative value", "#router#:{#kind#:#expectedValue#,#valueUsd#:-1}", "p#/router/valueUsd");
        row("negative budget", "#router#:{#kind#:#budget#,#budgetUsd#:-1}", "p#/router/budgetUsd");
        row("a text for a number", "#router#:{#kind#:#floor#,#meanQuality#:#NaN#}", "p#/router/meanQuality");
        row("floor above one", "#router#:{#kind#:#floor#,#meanQuality#:1.2}", "p#/router/meanQuality");
        row("threshold out of range", "#router#:{#kind#:#threshold#,#below#:[1.5],#bands#:[#local#,#premium#]}",
            "p#/router/below/0");
        row("falling thresholds", "#router#:{#kind#:#threshold#,#below#:[0.7,0.3],#bands#:[#a#,#b#,#c#]}",
            "p#/router/below/1");
        row("a band too few", "#router#:{#kind#:#threshold#,#below#:[0.7],#bands#:[#a#]}", "p#/router/bands");
        row("shares", "#router#:{#kind#:#random#,#shares#:{#local#:0.5,#premium#:0.4}}", "p#/router/shares");
        row("cascade comes back", "#router#:{#kind#:#cascade#,#steps#:[#a#,#b#,#a#],#verifier#:{}}",
            "p#/router/steps/2");
        row("cascade of one", "#router#:{#kind#:#cascade#,#steps#:[#a#],#verifier#:{}}", "p#/router/steps");
        row("recall above one", "#router#:{#kind#:#cascade#,#steps#:[#a#,#b#],#verifier#:{#recall#:2}}",
            "p#/router/verifier/recall");
        row("precision of nothing",
            "#router#:{#kind#:#cascade#,#steps#:[#a#,#b#],#verifier#:{#recall#:0.9,#precision#:0}}",
            "p#/router/verifier");
        row("a circle", "#define#:{#x#:#@y#,#y#:#@x#},#router#:#@x#", "p#/define/y");
        row("not defined", "#router#:#@nothing#", "p#/router");
        row("unknown key", "#router#:#local#,#colour#:1", "p#/colour");
        row("unknown kind", "#router#:{#kind#:#magic#}", "p#/router/kind");
        row("bad expression", "#rules#:[{#when#:{#promptMatches#:#(#},#use#:#a#}],#router#:#a#",
            "p#/rules/0/when/promptMatches");
        row("empty condition", "#rules#:[{#when#:{},#use#:#a#}],#router#:#a#", "p#/rules/0/when");
        row("empty target", "#router#:{#kind#:#single#,#use#:##}", "p#/router/use");
        row("unknown tier", "#constraints#:{#dataClasses#:[{#dataClass#:#pii#,#tiers#:[#gold#]}]},#router#:#a#",
            "p#/constraints/dataClasses/0/tiers/0");
        row("cap above one", "#constraints#:{#caps#:[{#use#:#a#,#share#:1.1}]},#router#:#a#",
            "p#/constraints/caps/0/share");
        row("no router", "#models#:[#a#]", "p#/");
        row("no models", "#models#:[],#router#:#a#", "p#/models");
        row("no threshold", "#router#:{#kind#:#threshold#,#below#:[],#bands#:[#a#]}", "p#/router/below");
        row("a key twice", "#router#:#a#,#router#:#b#", "p");
        row("a key twice inside", "#router#:{#kind#:#single#,#use#:#a#,#use#:#b#}", "p");
        row("no country", "#constraints#:{#dataClasses#:[{#dataClass#:#x#,#jurisdictions#:[#Narnia#]}]},#router#:#a#",
            "p#/constraints/dataClasses/0/jurisdictions/0");
        row("capped twice", "#constraints#:{#caps#:[{#use#:#a#,#share#:0.1},{#use#:#a#,#share#:0.2}]},#router#:#a#",
            "p#/constraints/caps/1");
        row("tokens that cannot be", "#rules#:[{#when#:{#inputTokens#:{#min#:9,#max#:8}},#use#:#a#}],#router#:#a#",
            "p#/rules/0/when/inputTokens");
        row("difficulty that cannot be",
            "#rules#:[{#when#:{#difficulty#:{#min#:0.9,#max#:0.8}},#use#:#a#}],#router#:#a#",
            "p#/rules/0/when/difficulty");
        row("model twice", "#models#:[#a#,#a#],#router#:#a#", "p#/models/1");
    }
    void nonsenseIsRefusedAtItsPlace() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, place);
        const auto policy = Policy::parse(policyJson(json.toStdString()), "p");
        QVERIFY(!policy);
        QCOMPARE(QByteArray::fromStdString(policy.error().source), place);
        QVERIFY(!policy.error().what.empty());
    }

    void aNewerVersionIsRefused() {
        const auto newer = Policy::parse(policyJson("#router#:#a#", 3), "p");
        QVERIFY(!newer);
        QCOMPARE(newer.error().source, std::string("p#/version"));
        QCOMPARE(newer.error().code, ErrorCode::badFormat);
    }

    void whatIsNoJson() {
        const auto nan = Policy::parse(policyJson("#router#:{#kind#:#floor#,#meanQuality#:NaN}"), "p");
        QVERIFY(!nan);
        QCOMPARE(nan.error().code, ErrorCode::badFormat);
        QVERIFY(nan.error().byteOffset.has_value());
        QVERIFY(!Policy::parse(policyJson("#router#:{#kind#:#budget#,#budgetUsd#:1e999}"), "p"));
        QVERIFY(!Policy::parse("", "p"));
        QVERIFY(!Policy::load("/nonexistent/policy.json"));
        std::string deep = "#router#:";
        for (int i = 0; i < 40; ++i) {
            deep += "{#kind#:#threshold#,#below#:[0.5],#bands#:[#a#,";
        }
        deep += "#a#";
        for (int i = 0; i < 40; ++i) {
            deep += "]}";
        }
        QVERIFY(Policy::parse(policyJson(deep), "p").error().what.find("deep") != std::string::npos);
        // Eight times itself, six levels deep: 262,144 routers.
        std::string wide = "#define#:{#d0#:#a#";
        for (int i = 1; i < 7; ++i) {
            std::string bands;
            for (int band = 0; band < 8; ++band) {
                bands += (band == 0 ? "#@d" : ",#@d") + std::to_string(i - 1) + "#";
            }
            wide += ",#d" + std::to_string(i) +
                    "#:{#kind#:#threshold#,#below#:[0.1,0.2,0.3,0.4,0.5,0.6,0.7],#bands#:[" + bands + "]}";
        }
        QVERIFY(Policy::parse(policyJson(wide + "},#router#:#@d6#"), "p").error().what.find("unfold") !=
                std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestPolicy)
#include "tst_policy.moc"
