// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include "core/catalog/catalog.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::catalog;
using tierwise::test::quoted;

namespace {

/// A small catalog, one table entry a line.
std::string catalogWith(const std::string& cards, const std::string& more = {}) {
    return quoted(
        "{#format#:#tierwise-catalog#,#version#:1,#title#:#t#,#date#:#2026-09-01#,\n"
        "#evidence#:[{#url#:#https://example.org#,#checked#:#2026-09-01#,#confidence#:#official#}],\n"
        "#providers#:[{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#],#aliases#:[#*lab*#]},{#id#:#local#,#local#:true,#"
        "aliases#:[#ollama#]}],\n"
        "#models#:[{#id#:#m-1#,#author#:#lab#},{#id#:#tiny#,#author#:#lab#}],\n"
        "#offerings#:[\n"
        "{#provider#:#lab#,#id#:#m-1#,#model#:#m-1#,#aliases#:[#m-one#],#cards#:[\n" +
        cards + "\n]}" + more + "]}\n");
}

Catalog parsed(const std::string& json) {
    auto catalog = Catalog::parse(json, "test.json");
    if (!catalog) {
        qFatal("%s", catalog.error().describe().c_str());
    }
    return *catalog;
}

Timestamp at(const char* iso) {
    return *Timestamp::parseIso(iso);
}

const char* const kFlat = "{#rates#:{#input#:#2#,#output#:#8#},#evidence#:0}";

}  // namespace

class TestCatalog : public QObject {
    Q_OBJECT

private slots:
    void longContextTakesTheWholeRequestOnceThePromptExceeds() {
        const auto catalog =
            parsed(catalogWith("{#rates#:{#input#:#2#,#output#:#12#},#evidence#:0},\n"
                               "{#when#:{#promptAbove#:200000},#rates#:{#input#:#4#,#output#:#18#},#evidence#:0}"));
        Usage usage;
        usage.inputUncached = 200000;
        usage.output = 1000;
        QCOMPARE(catalog.price(OfferingIndex(0), usage, {})->total.toString(), std::string("0.412"));
        usage.inputUncached = 250000;
        usage.output = 0;
        QCOMPARE(catalog.price(OfferingIndex(0), usage, {})->total.toString(), std::string("1"));
    }

    void datesTiersAndWindowsDecideTheRate() {
        const auto catalog = parsed(catalogWith(
            "{#to#:#2026-08-16T16:00:00Z#,#rates#:{#input#:#0.14#},#evidence#:0},\n"
            "{#from#:#2026-08-16T16:00:00Z#,#rates#:{#input#:#0.22#},#evidence#:0},\n"
            "{#from#:#2026-08-16T16:00:00Z#,#when#:{#window#:{#zone#:#Asia/Shanghai#,#hours#:[#09:00-12:00#],"
            "#days#:[1,2,3,4,5]}},#rates#:{#input#:#0.44#},#evidence#:0}"));
        const auto input = [&](const char* moment) {
            return catalog.ratesAt(OfferingIndex(0), {at(moment), {}, {}}).input()->perMillion();
        };
        QCOMPARE(input("2026-08-01T02:00:00Z"), std::string("0.14"));
        QCOMPARE(input("2026-08-24T02:00:00Z"), std::string("0.44"));  // Monday 10:00 in Shanghai
        QCOMPARE(input("2026-08-24T04:00:00Z"), std::string("0.22"));  // 12:00: the window has closed
        QCOMPARE(input("2026-08-22T02:00:00Z"), std::string("0.22"));  // Saturday
    }

    void aDayWithoutItsHourIsOutsideOfWindows() {
        const auto catalog =
            parsed(catalogWith("{#rates#:{#input#:#2#},#evidence#:0},\n"
                               "{#when#:{#window#:{#hours#:[#00:00-00:30#]}},#rates#:{#input#:#1#},#evidence#:0}"));
        PriceContext context{at("2026-08-24"), {}, {}};
        QCOMPARE(catalog.ratesAt(OfferingIndex(0), context).input()->perMillion(), std::string("1"));
        context.timeKnown = false;
        QCOMPARE(catalog.ratesAt(OfferingIndex(0), context).input()->perMillion(), std::string("2"));
        Usage usage;
        usage.inputUncached = 10;
        const auto bill = catalog.price(OfferingIndex(0), usage, context);
        QVERIFY(!bill->warnings.empty() && bill->warnings[0].find("time of day") != std::string::npos);
    }

    void tiersAndRegionsAreReadAsPeopleWriteThem() {
        const auto catalog = parsed(
            catalogWith("{#rates#:{#input#:#2#},#evidence#:0},\n"
                        "{#when#:{#tier#:#batch#},#rates#:{#input#:#1#},#evidence#:0},\n"
                        "{#when#:{#region#:#eu#},#rates#:{#input#:#3#},#evidence#:0},\n"
                        "{#when#:{#region#:#us-gov-west-1#},#rates#:{#input#:#4#},#evidence#:0},\n"
                        "{#when#:{#tier#:#batch#,#region#:#eu#},#rates#:{#input#:#1.5#},#evidence#:0},\n"
                        "{#when#:{#tier#:#batch#,#region#:#us-gov-west-1#},#rates#:{#input#:#2#},#evidence#:0}"));
        const auto input = [&](const char* tier, const char* region) {
            return catalog.ratesAt(OfferingIndex(0), {{}, tier, region}).input()->perMillion();
        };
        QCOMPARE(input("Batch", ""), std::string("1"));
        QCOMPARE(input("default", "EU"), std::string("3"));
        QCOMPARE(input("", "eu-west-1"), std::string("3"));
        QCOMPARE(input("", "europe-west4"), std::string("3"));
        QCOMPARE(input("", "us-gov-west-1"), std::string("4"));
        QCOMPARE(input("", "us-east-1"), std::string("2"));
        QCOMPARE(input("batch", "eu-west-1"), std::string("1.5"));
    }

    void aMissingRateIsNotZero() {
        const auto catalog = parsed(catalogWith("{#rates#:{#input#:#2#},#evidence#:0}"));
        Usage usage;
        usage.inputUncached = 10;
        usage.output = 5;
        usage.cacheRead = 3;
        const auto bill = catalog.price(OfferingIndex(0), usage, {});
        QVERIFY(!bill->complete());
        QCOMPARE(bill->unpriced.front(), Meter::output);
        QCOMPARE(bill->total.toString(),
                 std::string("0.000026"));  // (10 + 3) x 2 $/M: reads fall back to the input rate
        QVERIFY(!catalog.ratesAt(OfferingIndex(0), {}).price(10, 3, 0, 0, 5));
    }

    void faultsNameTheirLine_data() {
        QTest::addColumn<QString>("cards");
        QTest::addColumn<int>("line");
        QTest::newRow("overlap in time") << "{#to#:#2026-02-01#,#rates#:{#input#:#1#},#evidence#:0},\n"
                                            "{#from#:#2026-01-01#,#rates#:{#input#:#2#},#evidence#:0}"
                                         << 8;
        QTest::newRow("gap in time") << "{#to#:#2026-01-01#,#rates#:{#input#:#1#},#evidence#:0},\n"
                                        "{#from#:#2026-02-01#,#rates#:{#input#:#2#},#evidence#:0}"
                                     << 8;
        QTest::newRow("tie") << "{#when#:{#tier#:#batch#},#rates#:{#input#:#1#},#evidence#:0},\n"
                                "{#when#:{#region#:#eu#},#rates#:{#input#:#2#},#evidence#:0}"
                             << 8;
        QTest::newRow("gap in prompt") << "{#when#:{#promptUpTo#:1000},#rates#:{#input#:#1#},#evidence#:0},\n"
                                          "{#when#:{#promptAbove#:2000},#rates#:{#input#:#2#},#evidence#:0}"
                                       << 7;
        QTest::newRow("too dear") << "{#rates#:{#input#:#1000000#},#evidence#:0}" << 7;
        QTest::newRow("not a price") << "{#rates#:\n{#input#:#two#},#evidence#:0}" << 8;
        QTest::newRow("unknown zone") << "{#when#:{#window#:{#zone#:#Mars/Base#,#hours#:[#09:00-12:00#]}},"
                                         "#rates#:{#input#:#1#},#evidence#:0}"
                                      << 7;
        QTest::newRow("ranges of prompts overlap")
            << "{#when#:{#promptUpTo#:2000},#rates#:{#input#:#1#},#evidence#:0},\n"
               "{#when#:{#promptAbove#:1000},#rates#:{#input#:#2#},#evidence#:0}"
            << 8;
        QTest::newRow("windows overlap") << "{#when#:{#window#:{#hours#:[#01:00-04:00#]}},#rates#:{#input#:#1#},"
                                            "#evidence#:0},\n"
                                            "{#when#:{#window#:{#hours#:[#03:00-05:00#]}},#rates#:{#input#:#2#},"
                                            "#evidence#:0}"
                                         << 8;
        QTest::newRow("finer than a micro-dollar") << "{#rates#:\n\n{#input#:#0.0000001#},#evidence#:0}" << 9;
        QTest::newRow("negative") << "{#rates#:{#input#:#-1#},#evidence#:0}" << 7;
        QTest::newRow("no evidence") << "{#rates#:{#input#:#1#}}" << 7;
    }
    void faultsNameTheirLine() {
        QFETCH(QString, cards);
        QFETCH(int, line);
        const auto catalog = Catalog::parse(catalogWith(cards.toStdString()), "test.json");
        QVERIFY(!catalog);
        QCOMPARE(catalog.error().line.value_or(-1), std::int64_t{line});
        QCOMPARE(catalog.error().source, std::string("test.json"));
    }

    void whatIsListedTwiceOrCutOffNamesItsLine() {
        const std::string good = catalogWith(kFlat);
        const auto lineOf = [](const std::string& text) {
            const auto catalog = Catalog::parse(text, "test.json");
            return catalog ? std::int64_t{0} : catalog.error().line.value_or(-1);
        };
        const auto with = [&](const std::string& from, const std::string& to) {
            std::string text = good;
            return text.replace(text.find(quoted(from)), quoted(from).size(), quoted(to));
        };
        QCOMPARE(lineOf(good), std::int64_t{0});
        QCOMPARE(lineOf(with("{#id#:#local#", "\n\n{#id#:#lab#},{#id#:#local#")), std::int64_t{5});
        QCOMPARE(lineOf(with("{#id#:#tiny#", "\n{#id#:#tiny#,#evidence#:[7]},{#id#:#tiny-2#")), std::int64_t{5});
        QCOMPARE(lineOf(with("#model#:#m-1#,", "#model#:#m-1#,\n#currency#:##,")), std::int64_t{7});
        QCOMPARE(lineOf(good.substr(0, good.find(quoted("#offerings#")) + 4)), std::int64_t{5});
    }

    void aTieIsSettledByACardForBoth() {
        const auto catalog = Catalog::parse(
            catalogWith("{#when#:{#tier#:#batch#},#rates#:{#input#:#1#},#evidence#:0},\n"
                        "{#when#:{#promptAbove#:1000},#rates#:{#input#:#4#},#evidence#:0},\n"
                        "{#when#:{#tier#:#batch#,#promptAbove#:1000},#rates#:{#input#:#2#},#evidence#:0}"),
            "test.json");
        QVERIFY(catalog);
        const auto rates = catalog->ratesAt(OfferingIndex(0), {{}, "batch", {}});
        QCOMPARE(rates.forPrompt(1000)[0]->perMillion(), std::string("1"));
        QCOMPARE(rates.forPrompt(1001)[0]->perMillion(), std::string("2"));
        QVERIFY(!catalog->ratesAt(OfferingIndex(0), {}).input());
    }

    void namesResolve_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("expected");
        QTest::newRow("exact") << "m-1"
                               << "lab"
                               << "lab/m-1";
        QTest::newRow("case and dots") << "M.1"
                                       << "my-lab-sdk"
                                       << "lab/m-1";
        QTest::newRow("alias") << "m-one"
                               << ""
                               << "lab/m-1";
        QTest::newRow("dated") << "m-1-2026-01-31"
                               << "lab"
                               << "lab/m-1";
        QTest::newRow("context suffix") << "m-1[1m]"
                                        << "lab"
                                        << "lab/m-1";
        QTest::newRow("gateway and provider prefix") << "lab/m-1"
                                                     << ""
                                                     << "lab/m-1";
        QTest::newRow("another model") << "m-1-nano"
                                       << "lab"
                                       << "";
        QTest::newRow("deployment") << "my-deployment-7"
                                    << "lab"
                                    << "";
        QTest::newRow("local file") << "Tiny-Q4_K_M.gguf"
                                    << "ollama"
                                    << "local/tiny";
        QTest::newRow("local tag") << "tiny:1b"
                                   << ""
                                   << "local/tiny";
        QTest::newRow("local tag with what changes nothing") << "tiny:1b-instruct-v0.3-q4_K_M"
                                                             << "ollama"
                                                             << "local/tiny";
        QTest::newRow("local tag of another model") << "tiny:1b-vision"
                                                    << "ollama"
                                                    << "";
        QTest::newRow("profile hides the model") << "arn:aws:bedrock:us-east-1:1:application-inference-profile/abc"
                                                 << "lab"
                                                 << "";
    }
    void namesResolve() {
        QFETCH(QString, name);
        QFETCH(QString, provider);
        QFETCH(QString, expected);
        const auto catalog = parsed(catalogWith(kFlat,
                                                ",\n{#provider#:#local#,#id#:#tiny#,#model#:#tiny#,#aliases#:[#tiny:1b#"
                                                "],#cards#:[{#rates#:{#input#:#0#,#output#:#0#},#evidence#:0}]}"));
        const std::string nameText = name.toStdString();
        const std::string providerText = provider.toStdString();
        const auto found = catalog.resolve({nameText, providerText, {}, {}});
        QCOMPARE(found.offering ? catalog.offering(*found.offering).key() : std::string(), expected.toStdString());
        QCOMPARE(found.unpricedReason.empty(), found.offering.has_value());
    }

    /// A seller whose names have folders, a cloud with an URL, and a list price of another.
    void sellersAreNamedInManyWays_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("provider");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const char* provider, const char* expected) {
            QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(provider)
                                << QString::fromLatin1(expected);
        };
        row("https://my-res.cloud.example.com/deployments/m-1/chat?v=1", "", "cloud/m-1");
        row("M 1 (Cloud)", "", "cloud/m-1");
        row("m-1 (who knows)", "", "lab/m-1");
        row("m-1", "market", "market/lab/m-1");
        row("m-1:free", "market", "market/lab/m-1:free");
        row("M 1 (free)", "market", "market/lab/m-1:free");
        row("m-1:nitro", "market", "market/lab/m-1");
        row("m-1:extended", "market", "");   // sold at a price of its own
        row("market/lab/m-3:free", "", "");  // "free" alone is a name at that seller, too
        row("m-2", "market", "");            // two of that name, at two prices
        row("lab.m-3-1:0", "cloud", "cloud/lab.m-3-1:0");
        row("m-1-fast", "lab", "lab/m-1 fast");
        row("m-1-fast", "cloud", "");
        row("hf.co/someone/Tiny-GGUF:Q4_K_M", "", "local/tiny");
        row("someone/Tiny-GGUF", "", "local/tiny");
    }
    void sellersAreNamedInManyWays() {
        QFETCH(QString, name);
        QFETCH(QString, provider);
        QFETCH(QString, expected);
        const std::string flat = std::string(",#cards#:[") + kFlat + "]}";
        const auto catalog = parsed(quoted(
            "{#format#:#tierwise-catalog#,#version#:1,#date#:#2026-09-01#,#evidence#:[{#url#:#u#,#confidence#:"
            "#official#}],#providers#:[{#id#:#lab#,#authors#:[#lab#]},{#id#:#cloud#,#name#:#Cloud#,#hosts#:["
            "#cloud.example.com#]},{#id#:#market#},{#id#:#local#,#local#:true}],"
            "#models#:[{#id#:#m-1#,#author#:#lab#},{#id#:#m-2#},{#id#:#m-3#},{#id#:#tiny#}],#offerings#:["
            "{#provider#:#lab#,#id#:#m-1#,#model#:#m-1#,#cards#:[{#rates#:{#input#:#2#},#evidence#:0},"
            "{#when#:{#tier#:#fast#},#rates#:{#input#:#12#},#evidence#:0}]},"
            "{#provider#:#cloud#,#id#:#m-1#,#model#:#m-1#" +
            flat + ",{#provider#:#cloud#,#id#:#lab.m-3-1:0#,#model#:#m-3#" + flat +
            ",{#provider#:#market#,#id#:#lab/m-1#,#model#:#m-1#" + flat +
            ",{#provider#:#market#,#id#:#lab/m-1:free#,#model#:#m-1#,#cards#:[{#rates#:{#input#:#0#},#evidence#:0}]}"
            ",{#provider#:#market#,#id#:#market/free#,#model#:#m-3#,#cards#:[{#rates#:{#input#:#0#},#evidence#:0}]}"
            ",{#provider#:#market#,#id#:#east/m-2#,#model#:#m-2#" +
            flat +
            ",{#provider#:#market#,#id#:#west/m-2#,#model#:#m-2#,#cards#:[{#rates#:{#input#:#9#},#evidence#:0}]}"
            ",{#provider#:#local#,#id#:#tiny#,#model#:#tiny#,#cards#:[{#rates#:{#input#:#0#},#evidence#:0}]}]}"));
        const std::string nameText = name.toStdString();
        const std::string providerText = provider.toStdString();
        const auto found = catalog.resolve({nameText, providerText, {}, {}});
        std::string got = found.offering ? catalog.offering(*found.offering).key() : std::string();
        got += found.serviceTier.empty() ? "" : " " + found.serviceTier;
        QCOMPARE(got, expected.toStdString());
    }

    void theUsersAliasWins() {
        const auto catalog = parsed(catalogWith(kFlat));
        const std::vector<UserAlias> aliases{{"my-deployment-7", "", "lab/m-1"}};
        const auto found = catalog.resolve({"My-Deployment-7", "azure", {}, aliases});
        QVERIFY(found.offering);
        QCOMPARE(found.confidence, 1.0);
    }

    void whatShipsLoads() {
        const auto shipped = Catalog::load(test::sourcePath("resources/catalog/catalog.json"));
        TIERWISE_VERIFY_OK(shipped);
        for (const auto* id : {"o3", "claude-opus-4-6", "claude-sonnet-4-6", "gemini-3-pro-preview", "mimo-v2-pro",
                               "nemotron-3-super-120b-a12b", "qwen3.5-397b-a17b", "deepseek-v3", "deepseek-r1",
                               "qwen3-14b", "deepseek-r1-distill-qwen-14b"}) {
            const auto model = shipped->findModel(id);
            QVERIFY2(model, id);
            QVERIFY2(!shipped->model(*model).author.empty(), id);
        }
    }

    void tiersFollowRulesAndSayWhenNoneHolds() {
        auto catalog = parsed(catalogWith(kFlat));
        QCOMPARE(catalog.tierOf(ModelIndex(0)), Tier::unbanded);  // 8 $/M output lies between the note's bands
        auto rules = TierRules::parse(
            quoted("{#format#:#tierwise-catalog#,#version#:1,#tiers#:[{#tier#:#premium#,#model#:#m-*#,#why#:#mine#}]}"),
            "t");
        QVERIFY(rules);
        catalog.setTierRules(*rules);
        QCOMPARE(catalog.tierOf(ModelIndex(0)), Tier::premium);
        QCOMPARE(catalog.tierReason(ModelIndex(0)), std::string("mine"));
    }
};

QTEST_APPLESS_MAIN(TestCatalog)
#include "tst_catalog.moc"
