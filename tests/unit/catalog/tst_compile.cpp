// SPDX-License-Identifier: GPL-3.0-or-later
// Lists merged into one catalog: what counts when they disagree, in time, by region and by version. Figures by hand.
#include <QtTest>

#include "core/catalog/compile.h"
#include "core/catalog/timeline.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::catalog;
using tierwise::test::quoted;

namespace {

Timestamp at(const char* iso) {
    return *Timestamp::parseIso(iso);
}

/// A seller, a cloud and a local machine, without offerings.
CatalogData facts() {
    auto data = readCatalogJson(
        quoted("{#format#:#tierwise-catalog#,#version#:1,#title#:#t#,#date#:#2026-08-01#,#evidence#:[],\n"
               "#providers#:[{#id#:#aws#,#aliases#:[#bedrock#,#*bedrock*#]},{#id#:#azure#},"
               "{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#]},{#id#:#other#},{#id#:#gate#,#gateway#:true}],\n"
               "#models#:[],#offerings#:[]}"),
        "facts.json");
    if (!data) {
        qFatal("%s", data.error().describe().c_str());
    }
    return *data;
}

SourceTable liteLlm(const std::string& rows, const char* date = "2026-08-01") {
    auto table = readLiteLlm("{" + quoted(rows) + "}", "litellm.json");
    if (!table) {
        qFatal("%s", table.error().describe().c_str());
    }
    table->date = date;
    return *table;
}

std::string row(const std::string& key, const std::string& provider, const std::string& input,
                const std::string& output, const std::string& more = {}) {
    return "#" + key + "#:{#litellm_provider#:#" + provider + "#,#input_cost_per_token#:" + input +
           ",#output_cost_per_token#:" + output + more + "}";
}

CompileOutput compiled(CompileInput input) {
    input.facts = facts();
    TaskContext context;
    auto output = compileCatalog(std::move(input), context);
    if (!output) {
        qFatal("%s", output.error().describe().c_str());
    }
    return *output;
}

CompileOutput compiledFrom(const std::string& rows, const std::string& history = {}) {
    CompileInput input;
    input.liteLlm = liteLlm(rows);
    if (!history.empty()) {
        input.history = *readPriceHistory(history, "history.csv");
    }
    return compiled(std::move(input));
}

Catalog catalogOf(const CompileOutput& output) {
    auto catalog = Catalog::fromData(output.data, "compiled");
    if (!catalog) {
        qFatal("%s", catalog.error().describe().c_str());
    }
    return *catalog;
}

/// "offering input output" of a name; "unpriced" where nothing answers.
std::string priceOf(const Catalog& catalog, const std::string& name, const std::string& provider,
                    std::optional<Timestamp> when = {}, const std::string& tier = {}) {
    const auto found = catalog.resolve({name, provider, when, {}});
    if (!found.offering) {
        return "unpriced";
    }
    const auto rates = catalog.ratesAt(*found.offering, {when, tier, found.region});
    const auto text = [](const std::optional<Rate>& rate) { return rate ? rate->perMillion() : std::string("-"); };
    return catalog.offering(*found.offering).key() + " " + text(rates.input()) + " " + text(rates.output());
}

bool isQuarantined(const CompileOutput& output, const std::string& entry, const std::string& reason) {
    return std::any_of(output.quarantined.begin(), output.quarantined.end(), [&](const Quarantined& each) {
        return each.entry == entry && each.reason.find(reason) != std::string::npos;
    });
}

Observation seen(const char* date, const char* input, int rank = 0) {
    Observation made;
    made.date = at(date);
    made.rank = rank;
    RateCard card;
    card.evidence = 0;
    card.rates = {{Meter::input, *Rate::parsePerMillion(input)}, {Meter::output, *Rate::parsePerMillion(input)}};
    made.cards.push_back(card);
    return made;
}

/// "from:input" of each card, in time.
std::string course(const Timeline& timeline) {
    std::string text;
    for (const auto& card : timeline.cards) {
        text += (text.empty() ? "" : " ") + (card.from ? card.from->toIsoDate() : std::string("-")) + ":" +
                card.rate(Meter::input)->perMillion();
    }
    return text;
}

}  // namespace

class TestCompile : public QObject {
    Q_OBJECT

private slots:
    void aPriceHoldsUntilTheNext() {
        const auto timeline = timelineOf({seen("2025-01-01", "10"), seen("2025-06-01", "10"), seen("2025-07-01", "2")});
        QCOMPARE(course(timeline), std::string("-:10 2025-07-01:2"));
        QVERIFY(timeline.changed && timeline.dropped.empty());
        QVERIFY(*timeline.cards[0].to == at("2025-07-01"));
    }

    void stepsOfTheWrongUnitAreLeftOut() {
        // The list wrote dollars per ten thousand until it corrected itself; nobody else sells the model.
        const auto corrected =
            timelineOf({seen("2025-11-01", "200"), seen("2025-12-01", "200"), seen("2026-01-13", "0.02")});
        QCOMPARE(course(corrected), std::string("-:0.02"));
        QCOMPARE(corrected.dropped.size(), std::size_t{2});
        QVERIFY(corrected.dropped[0].find("2025-11-01") != std::string::npos ||
                corrected.dropped[1].find("2025-11-01") != std::string::npos);
        // Others ask 0.02: here it is the later figure that is wrong.
        const AskedPrice asked{Rate::parsePerMillion("0.02").value(), Rate::parsePerMillion("0.02").value()};
        const auto spoiled = timelineOf({seen("2025-11-01", "0.02"), seen("2026-01-13", "200")}, asked);
        QCOMPARE(course(spoiled), std::string("-:0.02"));
        // Twenty times is a step that happens.
        QCOMPARE(course(timelineOf({seen("2025-11-01", "2"), seen("2026-01-13", "40")})),
                 std::string("-:2 2026-01-13:40"));
        // One day's slip between two that agree.
        QCOMPARE(course(timelineOf({seen("2025-01-01", "1"), seen("2025-02-01", "100"), seen("2025-03-01", "1")})),
                 std::string("-:1"));
    }

    void theBetterListOfADayWins() {
        const auto timeline = timelineOf({seen("2026-08-01", "5", 2), seen("2026-08-01", "2", 4)});
        QCOMPARE(course(timeline), std::string("-:2"));
        QVERIFY(timeline.disagreed);
    }

    void regionsAreCardsOfTheirOffering() {
        const auto output = compiledFrom(
            row("bedrock/eu-west-1/meta.m-70b-v1:0", "bedrock", "2.86e-06", "3.78e-06") + "," +
            row("meta.m-70b-v1:0", "bedrock", "2.5e-06", "3.5e-06",
                ",#input_cost_per_token_batches#:1.25e-06,#output_cost_per_token_batches#:1.75e-06") +
            "," + row("bedrock/us-east-1/meta.m-70b-v1:0", "bedrock", "2.5e-06", "3.5e-06") + "," +
            row("bedrock/eu-west-1/meta.only-there-v1:0", "bedrock", "1e-06", "1e-06") + "," +
            row("azure/eu/g-5", "azure", "1.1e-06", "2.2e-06") + "," + row("azure/g-5", "azure", "1e-06", "2e-06"));
        const auto catalog = catalogOf(output);
        QCOMPARE(priceOf(catalog, "meta.m-70b-v1:0", "bedrock"), std::string("aws/meta.m-70b-v1:0 2.5 3.5"));
        QCOMPARE(priceOf(catalog, "bedrock/eu-west-1/meta.m-70b-v1:0", ""),
                 std::string("aws/meta.m-70b-v1:0 2.86 3.78"));
        QCOMPARE(priceOf(catalog, "arn:aws:bedrock:eu-west-1::foundation-model/meta.m-70b-v1:0", ""),
                 std::string("aws/meta.m-70b-v1:0 2.86 3.78"));
        QCOMPARE(priceOf(catalog, "bedrock/us-east-1/meta.m-70b-v1:0", ""), std::string("aws/meta.m-70b-v1:0 2.5 3.5"));
        QCOMPARE(priceOf(catalog, "bedrock/ap-south-1/meta.m-70b-v1:0", ""),
                 std::string("aws/meta.m-70b-v1:0 2.5 3.5"));  // nobody lists that region
        // batch there = batch x (there / here): 1.25 x 2.86 / 2.5 and 1.75 x 3.78 / 3.5
        QCOMPARE(priceOf(catalog, "bedrock/eu-west-1/meta.m-70b-v1:0", "", {}, "batch"),
                 std::string("aws/meta.m-70b-v1:0 1.43 1.89"));
        QCOMPARE(priceOf(catalog, "azure/eu/g-5", ""), std::string("azure/g-5 1.1 2.2"));
        QCOMPARE(priceOf(catalog, "eu-west-1/meta.only-there-v1:0", "bedrock"),
                 std::string("aws/eu-west-1/meta.only-there-v1:0 1 1"));
        QCOMPARE(output.data.offerings.size(), std::size_t{3});
    }

    void whatIsSoldWithoutARegionIsTheGlobalDeployment() {
        const auto output = compiledFrom(row("azure/g-mini", "azure", "1.65e-07", "6.6e-07") + "," +
                                         row("azure/global-standard/g-mini", "azure", "1.5e-07", "6e-07"));
        const auto catalog = catalogOf(output);
        QCOMPARE(priceOf(catalog, "g-mini", "azure"), std::string("azure/g-mini 0.15 0.6"));
        QCOMPARE(priceOf(catalog, "regional/g-mini", "azure"), std::string("azure/g-mini 0.165 0.66"));
    }

    void factorsOfAListAreCards() {
        const auto catalog = catalogOf(compiledFrom(row("m", "lab", "5e-06", "2.5e-05",
                                                        ",#cache_read_input_token_cost#:5e-07,"
                                                        "#input_cost_per_token_above_200k_tokens#:1e-05,"
                                                        "#provider_specific_entry#:{#us#:1.1,#fast#:6.0,#mars#:2}")));
        QCOMPARE(priceOf(catalog, "m", "lab", {}, "fast"), std::string("lab/m 30 150"));
        const auto rates = [&](const char* tier, const char* region) {
            const auto found = catalog.ratesAt(*catalog.findOffering("lab/m"), {{}, tier, region});
            return found.input()->perMillion() + " " + found.cacheRead()->perMillion() + " " +
                   found.forPrompt(200'001)[0]->perMillion();
        };
        QCOMPARE(rates("", "us"), std::string("5.5 0.55 11"));
        QCOMPARE(rates("fast", "us"), std::string("33 3.3 66"));
        QCOMPARE(rates("", "mars"), std::string("5 0.5 10"));
    }

    void rulesOfTheFactsAddWhatListsLeaveOut() {
        CompileInput input;
        input.facts = facts();
        input.facts.evidence.push_back({"https://lab.example", "2026-01-01", Confidence::official, "half"});
        PriceRule rule;
        rule.provider = "lab";
        rule.models = {"m*"};
        rule.except = {"*audio*"};
        rule.factor = {"batch", {}, 500'000};
        rule.from = at("2025-06-01");
        rule.evidence = 0;
        input.facts.rules.push_back(rule);
        input.liteLlm = liteLlm(row("m", "lab", "5e-06", "2.5e-05") + "," + row("m-audio", "lab", "1e-06", "2e-06") +
                                "," + row("m-own", "lab", "4e-06", "8e-06", ",#input_cost_per_token_batches#:3e-06"));
        input.history = *readPriceHistory("2025-01-01,litellm,lab,m,10,50,\n2025-07-01,litellm,lab,m,8,40,\n", "h.csv");
        TaskContext context;
        const auto output = compileCatalog(std::move(input), context);
        TIERWISE_VERIFY_OK(output);
        const auto catalog = catalogOf(*output);
        QCOMPARE(priceOf(catalog, "m", "lab", {}, "batch"), std::string("lab/m 2.5 12.5"));
        QCOMPARE(priceOf(catalog, "m", "lab", at("2025-05-01"), "batch"), std::string("lab/m 10 50"));  // not yet
        QCOMPARE(priceOf(catalog, "m", "lab", at("2025-06-15"), "batch"), std::string("lab/m 5 25"));
        QCOMPARE(priceOf(catalog, "m", "lab", at("2025-07-15"), "batch"), std::string("lab/m 4 20"));
        QCOMPARE(priceOf(catalog, "m-audio", "lab", {}, "batch"), std::string("lab/m-audio 1 2"));
        QCOMPARE(priceOf(catalog, "m-own", "lab", {}, "batch"), std::string("lab/m-own 3 8"));  // the list knows better
    }

    void aSellerIsOneHoweverItIsWritten() {
        const auto output =
            compiledFrom(row("a", "New_Seller", "1e-06", "2e-06") + "," + row("b", "new-seller", "1e-06", "2e-06"));
        const auto catalog = catalogOf(output);  // found by the fuzzer: the seller was listed twice
        QCOMPARE(priceOf(catalog, "a", "new-seller"), std::string("new-seller/a 1 2"));
        QCOMPARE(priceOf(catalog, "b", "New_Seller"), std::string("new-seller/b 1 2"));
    }

    void aListPriceIsTakenWhole() {
        CompileInput input;
        input.facts = facts();
        for (auto& provider : input.facts.providers) {
            if (provider.id == "azure") {
                provider.listPriceOf = {"lab"};
            }
        }
        const std::string longPrices =
            ",#input_cost_per_token_above_200k_tokens#:6e-06,#cache_read_input_token_cost#:3e-07";
        input.liteLlm = liteLlm(
            row("m", "lab", "3e-06", "1.5e-05", longPrices) + "," + row("azure/m", "azure", "3e-06", "1.5e-05") + "," +
            row("n", "lab", "3e-06", "1.5e-05", longPrices) + "," + row("azure/n", "azure", "4e-06", "1.5e-05"));
        TaskContext context;
        const auto output = compileCatalog(std::move(input), context);
        TIERWISE_VERIFY_OK(output);
        const auto catalog = catalogOf(*output);
        const auto of = [&](const char* key) {
            const auto rates = catalog.ratesAt(*catalog.findOffering(key), {});
            return rates.forPrompt(200'001)[0]->perMillion() + (rates.cacheRead() ? " cached" : "");
        };
        QCOMPARE(of("azure/m"), std::string("6 cached"));
        QCOMPARE(of("azure/n"), std::string("4"));  // its own price: its own terms
    }

    void aZeroOfOneListIsNoPrice() {
        CompileInput input;
        input.liteLlm = liteLlm(row("plan-model", "lab", "0", "0") + "," + row("gift", "lab", "0", "0") + "," +
                                row("m:free", "lab", "0", "0") + "," +
                                row("reads", "lab", "1e-06", "2e-06", ",#cache_read_input_token_cost#:3e-06"));
        input.modelsDev = readModelsDev(quoted("{#lab#:{#models#:{#gift#:{#cost#:{#input#:0,#output#:0}},"
                                               "#paid#:{#cost#:{#input#:1,#output#:1}}}}}"),
                                        "modelsdev.json")
                              .value();
        const auto output = compiled(std::move(input));
        const auto catalog = catalogOf(output);
        QCOMPARE(priceOf(catalog, "plan-model", "lab"), std::string("unpriced"));
        QVERIFY(isQuarantined(output, "lab/plan-model", "costs nothing"));
        QCOMPARE(priceOf(catalog, "gift", "lab"), std::string("lab/gift 0 0"));  // two lists say so
        QCOMPARE(priceOf(catalog, "m:free", "lab"), std::string("lab/m:free 0 0"));
        QVERIFY(!catalog.ratesAt(*catalog.findOffering("lab/reads"), {}).cacheRead());
        QVERIFY(isQuarantined(output, "lab/reads", "dearer than input"));
    }

    void aTrialsFreeRowIsNotThePrice() {
        const auto output = compiledFrom(row("lab/m", "lab", "0", "0") + "," + row("m", "lab", "1e-06", "3e-06"));
        QCOMPARE(priceOf(catalogOf(output), "m", "lab"), std::string("lab/m 1 3"));
        QVERIFY(isQuarantined(output, "lab/m", "costs nothing"));
    }

    void anotherVersionIsAnotherModel() {
        CompileInput input;
        input.genai = readGenaiPrices(quoted("[{#id#:#aws#,#models#:[{#id#:#embed-text-v1#,#match#:{#contains#:"
                                             "#embed-text#},#prices#:{#input_mtok#:0.1}}]}]"),
                                      "genai.json")
                          .value();
        input.genai->date = "2026-08-21";
        input.liteLlm = liteLlm(row("embed-text-v2:0", "bedrock", "2e-08", "0"));
        const auto catalog = catalogOf(compiled(std::move(input)));
        QCOMPARE(priceOf(catalog, "embed-text-v2:0", "aws"), std::string("aws/embed-text-v2:0 0.02 0"));
        QCOMPARE(priceOf(catalog, "embed-text-v1", "aws"), std::string("aws/embed-text-v1 0.1 -"));
    }

    void aSnapshotIsFoldedByTodaysPriceAlone() {
        const std::string rows = row("azure/g-4o", "azure", "2.5e-06", "1e-05") + "," +
                                 row("azure/g-4o-2024-05-13", "azure", "5e-06", "1.5e-05") + "," +
                                 row("azure/g-4o-2024-08-06", "azure", "2.5e-06", "1e-05");
        const auto output = compiledFrom(rows, "2024-06-01,litellm,azure,g-4o,5,15,\n");
        const auto catalog = catalogOf(output);
        QCOMPARE(priceOf(catalog, "g-4o-2024-05-13", "azure"), std::string("azure/g-4o-2024-05-13 5 15"));
        QCOMPARE(priceOf(catalog, "g-4o-2024-08-06", "azure"), std::string("azure/g-4o 2.5 10"));
        QCOMPARE(priceOf(catalog, "g-4o", "azure", at("2024-07-01")), std::string("azure/g-4o 5 15"));
    }

    void historyOfTheWrongUnitIsQuarantined() {
        const auto output = compiledFrom(row("lab/m", "lab", "1e-06", "4e-06"),
                                         "2025-01-01,litellm,lab,m,10000,40000,\n2025-02-01,litellm,lab,m,0.000001,4,\n"
                                         "2025-03-01,litellm,lab,m,2,8,\n");
        QCOMPARE(priceOf(catalogOf(output), "m", "lab", at("2025-02-15")), std::string("lab/m 2 8"));
        QVERIFY(isQuarantined(output, "lab/m", "dearer than any"));
        QVERIFY(isQuarantined(output, "lab/m", "cheaper than any"));
    }

    void gatewaysSellNothing() {
        CompileInput input;
        input.modelsDev = readModelsDev(quoted("{#gate#:{#models#:{#m#:{#cost#:{#input#:1,#output#:2}}}},"
                                               "#lab#:{#models#:{#m#:{#cost#:{#input#:3,#output#:4}}}}}"),
                                        "modelsdev.json")
                              .value();
        const auto output = compiled(std::move(input));
        QCOMPARE(output.data.offerings.size(), std::size_t{1});
        QCOMPARE(priceOf(catalogOf(output), "gate/lab/m", ""), std::string("lab/m 3 4"));
    }

    void cancelIsHeard() {
        CompileInput input;
        input.facts = facts();
        std::stop_source stop;
        stop.request_stop();
        TaskContext context;
        context.stop = stop.get_token();
        const auto output = compileCatalog(std::move(input), context);
        QVERIFY(!output);
        QCOMPARE(output.error().code, ErrorCode::cancelled);
    }
};

QTEST_APPLESS_MAIN(TestCompile)
#include "tst_compile.moc"
