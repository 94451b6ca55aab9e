// SPDX-License-Identifier: GPL-3.0-or-later
// The adapters of the four public lists: what a normal row becomes, what is forgiven, what is quarantined and why.
// Every figure is worked by hand from the row in the test.
#include <QtTest>

#include "core/catalog/compile.h"
#include "core/catalog/source.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::catalog;
using tierwise::test::quoted;

namespace {

using Read = Result<SourceTable> (*)(std::string_view, const std::string&);

/// A row of one list: everything a list writes around a price.
struct List {
    const char* name;
    Read read;
    std::string before;  ///< text before the figure of the input price
    std::string after;
    double unit;  ///< dollars a million tokens are written as this many times the figure
};

const std::vector<List>& lists() {
    static const std::vector<List> kLists = {
        {"litellm", readLiteLlm, quoted("{#lab/m-1#:{#litellm_provider#:#lab#,#input_cost_per_token#:"),
         quoted(",#output_cost_per_token#:8e-06}}"), 1e-6},
        {"genai-prices", readGenaiPrices,
         quoted("[{#id#:#lab#,#models#:[{#id#:#m-1#,#match#:{#equals#:#m-1#},#prices#:{#input_mtok#:"),
         quoted(",#output_mtok#:8}}]}]"), 1},
        {"models.dev", readModelsDev, quoted("{#lab#:{#models#:{#m-1#:{#cost#:{#input#:"), quoted(",#output#:8}}}}}"),
         1},
        {"openrouter", readOpenRouter, quoted("{#data#:[{#id#:#lab/m-1#,#pricing#:{#prompt#:#"),
         quoted("#,#completion#:#0.000008#}}]}"), 1e-6},
    };
    return kLists;
}

SourceTable tableOf(Read read, const std::string& json) {
    auto table = read(json, "list.json");
    if (!table) {
        qFatal("%s", table.error().describe().c_str());
    }
    return *table;
}

std::string rateText(const RateCard& card, Meter meter) {
    const auto rate = card.rate(meter);
    return rate ? rate->perMillion() : "-";
}

/// "input output cacheRead cacheWrite5m [cacheWrite1h]" of the card under these conditions; "none" without one.
std::string pricesUnder(const SourceOffering& row, const Conditions& when) {
    for (const auto& card : row.cards) {
        if (card.when == when) {
            return rateText(card, Meter::input) + " " + rateText(card, Meter::output) + " " +
                   rateText(card, Meter::cacheRead) + " " + rateText(card, Meter::cacheWrite5m) + " " +
                   rateText(card, Meter::cacheWrite1h);
        }
    }
    return "none";
}

Conditions under(const std::string& tier, std::optional<std::int64_t> above = {},
                 std::optional<std::int64_t> upTo = {}) {
    Conditions when;
    when.serviceTier = tier;
    when.promptAbove = above;
    when.promptUpTo = upTo;
    return when;
}

}  // namespace

class TestSources : public QObject {
    Q_OBJECT

private slots:
    void everyFigure_data() {
        QTest::addColumn<int>("list");
        QTest::addColumn<QByteArray>("perToken");    // as written by lists of dollars a token
        QTest::addColumn<QByteArray>("perMillion");  // as written by lists of dollars a million
        QTest::addColumn<QByteArray>("rate");        // what it becomes
        QTest::addColumn<QByteArray>("reason");      // part of the reason for quarantine
        QTest::addColumn<int>("snapped");
        const auto row = [](const char* name, const char* token, const char* million, const char* rate,
                            const char* reason, int snapped) {
            for (std::size_t i = 0; i < lists().size(); ++i) {
                QTest::addRow("%s: %s", lists()[i].name, name)
                    << static_cast<int>(i) << QByteArray(token) << QByteArray(million) << QByteArray(rate)
                    << QByteArray(reason) << snapped;
            }
        };
        row("plain", "0.000002", "2", "2", "", 0);
        row("exponent", "2e-06", "2e0", "2", "", 0);
        row("six decimals", "1e-12", "0.000001", "", "cheaper than any", 0);
        row("small embedding", "4e-09", "0.004", "0.004", "", 0);
        row("float noise up", "3.0000000000000004e-07", "0.30000000000000004", "0.3", "", 1);
        row("float noise down", "4.199999999999999e-06", "4.199999999999999", "4.2", "", 1);
        row("a million times too dear", "2", "2000000", "", "dearer than any", 0);
        row("a thousand times too dear", "0.002", "2000", "", "dearer than any", 0);
        row("a million times too cheap", "2e-12", "0.000002", "", "cheaper than any", 0);
        row("beyond our unit", "2e-20", "2e-14", "", "unit error", 0);
        row("dear, but asked", "0.0006", "600", "600", "", 0);
        row("free", "0", "0", "0", "", 0);
    }
    void everyFigure() {
        QFETCH(int, list);
        QFETCH(QByteArray, perToken);
        QFETCH(QByteArray, perMillion);
        QFETCH(QByteArray, rate);
        QFETCH(QByteArray, reason);
        QFETCH(int, snapped);
        const List& from = lists()[static_cast<std::size_t>(list)];
        const auto& figure = from.unit < 1 ? perToken : perMillion;
        const auto table = tableOf(from.read, from.before + figure.toStdString() + from.after);
        if (reason.isEmpty()) {
            QCOMPARE(table.quarantined.size(), std::size_t{0});
            QCOMPARE(table.offerings.size(), std::size_t{1});
            QCOMPARE(rateText(table.offerings[0].cards.at(0), Meter::input), rate.toStdString());
            QCOMPARE(rateText(table.offerings[0].cards.at(0), Meter::output), std::string("8"));
            QCOMPARE(static_cast<int>(table.snapped), snapped);
        } else {
            QCOMPARE(table.offerings.size(), std::size_t{0});
            QCOMPARE(table.quarantined.size(), std::size_t{1});
            QCOMPARE(table.quarantined[0].source, std::string(from.name));
            QVERIFY2(table.quarantined[0].reason.find(reason.toStdString()) != std::string::npos,
                     table.quarantined[0].reason.c_str());
            QVERIFY(table.quarantined[0].entry.find("m-1") != std::string::npos);
        }
    }

    void negativeAndForeignFigures() {
        for (const auto& from : lists()) {
            const bool text = from.before.ends_with('"');
            const auto table = tableOf(from.read, from.before + "-1" + from.after);
            QCOMPARE(table.offerings.size(), std::size_t{0});
            QCOMPARE(table.quarantined.size(), std::size_t{1});
            const std::string why = table.quarantined[0].reason;
            QVERIFY2(why.find(text ? "varies" : "negative") != std::string::npos, why.c_str());
            // null is "not said": the row stays, without that rate
            const auto silent = text ? from.before.substr(0, from.before.size() - 1) + "null" + from.after.substr(1)
                                     : from.before + "null" + from.after;
            const auto table2 = tableOf(from.read, silent);
            QCOMPARE(table2.offerings.size(), std::size_t{1});
            QVERIFY(!table2.offerings[0].cards.at(0).rate(Meter::input));
        }
    }

    void aBrokenListIsAnErrorWithItsLine() {
        for (const auto& from : lists()) {
            for (const std::string& text :
                 {std::string("<html>\n<body>Not found</body></html>"), std::string("\n\n\"text\""), std::string(),
                  from.before + "2" + from.after.substr(0, from.after.size() / 2)}) {
                const auto table = from.read(text, "list.json");
                QVERIFY2(!table, from.name);
                QVERIFY2(table.error().line.has_value(), from.name);
                QCOMPARE(table.error().source, std::string("list.json"));
                QVERIFY(!table.error().fixHint.empty());
            }
        }
    }

    void liteLlmsSuffixesAreConditions() {
        const auto table = tableOf(
            readLiteLlm,
            quoted("{#sample_spec#:{#litellm_provider#:#one of https://...#,#input_cost_per_token#:0},\n"
                   "#gemini/gem-3#:{#litellm_provider#:#gemini#,#mode#:#chat#,#max_input_tokens#:1048576,\n"
                   "#input_cost_per_token#:2e-06,#output_cost_per_token#:1.2e-05,#cache_read_input_token_cost#:2e-07,\n"
                   "#input_cost_per_token_above_200k_tokens#:4e-06,#output_cost_per_token_above_200k_tokens#:1.8e-05,\n"
                   "#input_cost_per_token_batches#:1e-06,#output_cost_per_token_batches#:6e-06,\n"
                   "#cache_creation_input_token_cost#:2.5e-06,#cache_creation_input_token_cost_above_1hr#:4e-06,\n"
                   "#search_context_cost_per_query#:{#search_context_size_medium#:0.035},\n"
                   "#a_key_of_tomorrow#:{#x#:[1,{}]},#supports_reasoning#:true,#deprecation_date#:#2026-12-01#},\n"
                   "#lab/image#:{#litellm_provider#:#lab#,#mode#:#image_generation#,#input_cost_per_token#:1e-06},\n"
                   "#broken#:7}"));
        QCOMPARE(table.offerings.size(), std::size_t{2});
        QCOMPARE(table.quarantined.size(), std::size_t{1});
        QCOMPARE(table.quarantined[0].entry, std::string("broken"));
        const auto& row = table.offerings[0];
        QCOMPARE(row.id, std::string("gem-3"));
        QCOMPARE(row.provider, std::string("gemini"));
        QCOMPARE(row.retired, std::string("2026-12-01"));
        QVERIFY(row.reasons == std::optional<bool>(true));
        QCOMPARE(row.contextTokens.value_or(0), std::int64_t{1048576});
        QCOMPARE(pricesUnder(row, {}), std::string("2 12 0.2 2.5 4"));
        QCOMPARE(pricesUnder(row, under("", 200000)), std::string("4 18 - - -"));
        QCOMPARE(pricesUnder(row, under("batch")), std::string("1 6 - - -"));
        // batch x long is not listed: batch x (long / standard) = 1 x 4/2 and 6 x 18/12
        QCOMPARE(pricesUnder(row, under("batch", 200000)), std::string("2 9 - - -"));
        QCOMPARE(rateText(row.cards[0], Meter::webSearch), std::string("35000"));  // 0.035 $ each
        QVERIFY(!table.offerings[1].sellsTokens);
    }

    void olderAndRarerKeys() {
        const auto hit = tableOf(readLiteLlm, quoted("{#lab/m#:{#litellm_provider#:#lab#,#input_cost_per_token#:2e-06,"
                                                     "#input_cost_per_token_cache_hit#:2e-07}}"));
        QCOMPARE(pricesUnder(hit.offerings.at(0), {}), std::string("2 - 0.2 - -"));
        // models.dev writes a long-context price twice; both ways say the same.
        const auto both =
            tableOf(readModelsDev, quoted("{#lab#:{#models#:{#m#:{#cost#:{#input#:1,#output#:2,#reasoning#:6,"
                                          "#tiers#:[{#input#:2,#output#:3,#tier#:{#size#:200000}}],"
                                          "#context_over_200k#:{#input#:2,#output#:3}}},"
                                          "#n#:{#cost#:{#input#:1,#context_over_200k#:{#input#:5}}}}}}"));
        QCOMPARE(both.offerings.at(0).cards.size(), std::size_t{2});
        QCOMPARE(pricesUnder(both.offerings[0], under("", 200000)), std::string("2 3 - - -"));
        QCOMPARE(rateText(both.offerings[0].cards[0], Meter::reasoning), std::string("6"));
        QCOMPARE(pricesUnder(both.offerings.at(1), under("", 200000)), std::string("5 - - - -"));
        const auto image =
            tableOf(readOpenRouter, quoted("{#data#:[{#id#:#lab/m#,#pricing#:{#prompt#:#0.000001#,#completion#:"
                                           "#0.000002#,#image_output#:#0.00003#,#internal_reasoning#:#0.000004#}}]}"));
        QCOMPARE(rateText(image.offerings.at(0).cards[0], Meter::outputImage), std::string("30"));
        QCOMPARE(rateText(image.offerings[0].cards[0], Meter::reasoning), std::string("4"));
    }

    void liteLlmsTieredPricing() {
        const auto table = tableOf(
            readLiteLlm, quoted("{#dashscope/q#:{#litellm_provider#:#dashscope#,#tiered_pricing#:[\n"
                                "{#range#:[0,32000.0],#input_cost_per_token#:1e-06,#output_cost_per_token#:5e-06},\n"
                                "{#range#:[32000.0,128000.0],#input_cost_per_token#:1.8e-06},\n"
                                "{#range#:[128000.0,256000.0],#input_cost_per_token#:3e-06}]}}"));
        const auto& row = table.offerings.at(0);
        QCOMPARE(pricesUnder(row, {}), std::string("1 5 - - -"));
        QCOMPARE(pricesUnder(row, under("", 32000, 128000)), std::string("1.8 - - - -"));
        QCOMPARE(pricesUnder(row, under("", 128000)), std::string("3 - - - -"));
    }

    void genaisTiersDatesAndHours() {
        const auto table = tableOf(
            readGenaiPrices,
            quoted("[{#id#:#lab#,#name#:#Lab#,#extractors#:[{}],#models#:[\n"
                   "{#id#:#m#,#match#:{#or#:[{#starts_with#:#m-#},{#equals#:#m#},{#regex#:#^m[0-9]#}]},"
                   "#context_window#:200000,#prices#:{#input_mtok#:{#base#:3,#tiers#:[{#start#:200000,#price#:6}]},"
                   "#cache_read_mtok#:0.3,#requests_kcount#:5,#unit_of_tomorrow#:9}},\n"
                   "{#id#:#dated#,#match#:{#equals#:#dated#},#prices#:[{#prices#:{#input_mtok#:10}},"
                   "{#constraint#:{#start_date#:#2025-06-10#},#prices#:{#input_mtok#:2}}]},\n"
                   "{#id#:#night#,#match#:{#equals#:#night#},#prices#:[{#prices#:{#input_mtok#:0.135}},"
                   "{#constraint#:{#start_time#:#16:30:00Z#,#end_time#:#00:30:00Z#},#prices#:{#input_mtok#:0.55}}]},\n"
                   "{#id#:#x:free#,#match#:{#equals#:#x:free#},#prices#:{}}]}]"));
        QCOMPARE(table.offerings.size(), std::size_t{4});
        const auto& tiered = table.offerings[0];
        QCOMPARE(tiered.aliases, (std::vector<std::string>{"m-*", "m"}));
        QCOMPARE(pricesUnder(tiered, {}), std::string("3 - 0.3 - -"));
        QCOMPARE(pricesUnder(tiered, under("", 200000)), std::string("6 - - - -"));
        QCOMPARE(rateText(tiered.cards[0], Meter::request), std::string("5000"));  // 5 $ a thousand requests
        const auto& dated = table.offerings[1].cards;
        QCOMPARE(dated.size(), std::size_t{2});
        QCOMPARE(dated[0].to->toIsoDate(), std::string("2025-06-10"));
        QCOMPARE(dated[1].from->toIsoDate(), std::string("2025-06-10"));
        const auto& night = table.offerings[2].cards.at(1).when.window;
        QVERIFY(night && night->zone == "UTC");
        QCOMPARE(night->ranges, (std::vector<std::pair<int, int>>{{0, 30}, {990, 1440}}));
        QCOMPARE(pricesUnder(table.offerings[3], {}), std::string("0 0 - - -"));
    }

    void modelsDevsTiersAndFacts() {
        const auto table = tableOf(
            readModelsDev,
            quoted("{#lab#:{#id#:#lab#,#name#:#Lab#,#npm#:#x#,#models#:{\n"
                   "#m#:{#name#:#M#,#family#:#m#,#release_date#:#2026-01-05#,#open_weights#:true,#reasoning#:false,"
                   "#limit#:{#context#:1000,#output#:100},#cost#:{#input#:1,#output#:2,#cache_read#:0.1,"
                   "#tiers#:[{#input#:4,#tier#:{#size#:400}},{#input#:2,#tier#:{#size#:200}},"
                   "{#input#:9,#tier#:{#size#:200}},{#input#:7}]}},\n"
                   "#bare#:{},#broken#:[]}},#empty#:{}}"));
        QCOMPARE(table.providers.size(), std::size_t{2});
        QCOMPARE(table.quarantined.size(), std::size_t{1});
        QCOMPARE(table.quarantined[0].entry, std::string("lab/broken"));
        const auto& row = table.offerings.at(0);
        QCOMPARE(row.released, std::string("2026-01-05"));
        QVERIFY(row.openWeights == std::optional<bool>(true) && row.reasons == std::optional<bool>(false));
        QCOMPARE(pricesUnder(row, {}), std::string("1 2 0.1 - -"));
        QCOMPARE(pricesUnder(row, under("", 200, 400)), std::string("2 - - - -"));  // the first of that size
        QCOMPARE(pricesUnder(row, under("", 400)), std::string("4 - - - -"));
        QCOMPARE(row.cards.size(), std::size_t{3});
    }

    void openRoutersOverridesAndAliases() {
        const auto table = tableOf(
            readOpenRouter,
            quoted("{#data#:[\n"
                   "{#id#:#~lab/m-latest#,#canonical_slug#:#lab/m-1-20260101#,#context_length#:200000,"
                   "#alias_target#:{#slug#:#lab/m-1#},#pricing#:{#prompt#:#0.000001#,#completion#:#0.000002#,"
                   "#input_cache_read#:#0.0000001#,#input_cache_write#:#0.00000125#,#request#:#0.01#,#image#:#0#,"
                   "#overrides#:[{#min_prompt_tokens#:200000,#prompt#:#0.000002#},{#prompt#:#0.000009#}]},"
                   "#reasoning#:{},#future#:null},\n"
                   "{#pricing#:{#prompt#:#0.1#}}]}"));
        QCOMPARE(table.quarantined.size(), std::size_t{1});
        const auto& row = table.offerings.at(0);
        QCOMPARE(row.author, std::string("lab"));
        QCOMPARE(row.aliasTarget, std::string("lab/m-1"));
        QCOMPARE(row.aliases, (std::vector<std::string>{"lab/m-1-20260101"}));
        QCOMPARE(pricesUnder(row, {}), std::string("1 2 0.1 1.25 -"));
        QCOMPARE(pricesUnder(row, under("", 200000)), std::string("2 - - - -"));
        QCOMPARE(rateText(row.cards[0], Meter::request), std::string("10000"));  // a cent each
    }

    void historyIsReadByLine() {
        const auto good = readPriceHistory(
            "date,catalog,provider,model,input_usd_per_m,output_usd_per_m,cache\n"
            "2025-01-01,litellm,lab,\"a,b\",2.0,8.000000000000002,\n",
            "history.csv");
        TIERWISE_VERIFY_OK(good);
        QCOMPARE(good->at(0).model, std::string("a,b"));
        QCOMPARE(good->at(0).output->perMillion(), std::string("8"));
        QVERIFY(!good->at(0).cacheRead);
        const auto bad = readPriceHistory("2025-01-01,litellm,lab,m,1,2,\n2025-13-01,x,y,z,1,2,\n", "history.csv");
        QVERIFY(!bad);
        QCOMPARE(bad.error().line.value_or(0), std::int64_t{2});
    }
};

QTEST_APPLESS_MAIN(TestSources)
#include "tst_sources.moc"
