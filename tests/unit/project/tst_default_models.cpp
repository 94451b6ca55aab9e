// SPDX-License-Identifier: GPL-3.0-or-later
// Which model stands for a tier, and what a local one costs, by hand-worked figures.
#include <algorithm>
#include <cmath>

#include "core/project/default_models.h"
#include "core/project/resources.h"
#include "tests/support/catalogs.h"
#include "tests/support/snapshots.h"

using namespace tierwise;
using namespace tierwise::project;
using namespace tierwise::test;

namespace {

// Two hosted models. qwen3-14b is the first local name of resources/policy/defaults.json; nobody offers it locally.
catalog::Catalog hostedOnly(const std::string& more = {}) {
    return catalogOf(
        "#providers#:[{#id#:#host#,#name#:#Host#,#jurisdiction#:#US#},{#id#:#box#,#name#:#Box#,#local#:true}],\n"
        "#models#:[{#id#:#dear#,#author#:#lab#},"
        "{#id#:#qwen3-14b#,#author#:#lab#,#openWeights#:true,#parametersB#:10}],\n"
        "#offerings#:[\n"
        "{#provider#:#host#,#id#:#dear#,#model#:#dear#,#cards#:[{#rates#:{#input#:#5#,#output#:#20#},"
        "#evidence#:0}]},\n" +
        more +
        "{#provider#:#host#,#id#:#qwen3-14b#,#model#:#qwen3-14b#,#cards#:[{#rates#:{#input#:#0.5#,"
        "#output#:#1#},#evidence#:0}]}]");
}

catalog::HardwareTable hardware() {
    const auto table = catalog::HardwareTable::parse(
        quoted("{#format#:#tierwise-hardware#,#version#:1,#fits#:[{#memory#:#gddr#,#eta#:0.5,#t0Ms#:5,#meanError#:0.1,"
               "#points#:3,#source#:#made up#}],#gpus#:[{#id#:#card#,#name#:#Card#,#memory#:#gddr#,#memoryGb#:24,"
               "#bandwidthGbps#:1000,#powerWatts#:500,#priceUsd#:26280,#tflops16#:10,#source#:#made up#}]}"),
        "hardware.json");
    if (!table) {
        qFatal("%s", table.error().describe().c_str());
    }
    return *table;
}

replay::Assumptions assumed() {
    replay::Assumptions assumptions;
    replay::LocalHardware local;
    local.gpu = "card";
    local.setup.bitsPerWeight = 8;
    local.setup.contextTokens = 0;
    local.setup.streams = 2;
    local.setup.utilization = 0.5;
    local.setup.pue = 2;
    local.setup.tariffPerKwh = 0.36;
    assumptions.localHardware = local;
    return assumptions;
}

bool close(double a, double b) {
    return std::abs(a - b) < 1e-6 * std::max(1.0, std::abs(b));
}

}  // namespace

class TestDefaultModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theShippedCatalogHasTheNamedModels() {
        const auto path = resourcePath("catalog/catalog.json");
        TIERWISE_VERIFY_OK(path);
        auto catalog = catalog::Catalog::load(*path);
        TIERWISE_VERIFY_OK(catalog);
        auto rules = catalog::TierRules::load(*resourcePath("catalog/tiers.json"));
        TIERWISE_VERIFY_OK(rules);
        catalog->setTierRules(*rules);
        const auto names = defaultCandidates(*catalog);
        QVERIFY((names == std::vector<std::string>{"claude-opus-4-6", "mimo-v2-pro", "local/qwen3-14b"}));
    }

    // What the log uses comes before what Tierwise would take: most requests first, but a name of the list before all.
    void theLogsOwnModelsComeFirst() {
        const auto offering = [](const char* id, const char* output) {
            return std::string("{#provider#:#lab#,#id#:#") + id + "#,#model#:#" + id +
                   "#,#cards#:[{#rates#:{#input#:#1#,#output#:#" + output + "#},#evidence#:0}]}";
        };
        const auto catalog = catalogOf(
            "#providers#:[{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#]}],\n"
            "#models#:[{#id#:#once#,#author#:#lab#},{#id#:#often#,#author#:#lab#},{#id#:#o3#,#author#:#lab#},"
            "{#id#:#claude-opus-4-6#,#author#:#lab#},{#id#:#cheap#,#author#:#lab#}],\n#offerings#:[\n" +
            offering("once", "20") + ",\n" + offering("often", "30") + ",\n" + offering("o3", "25") + ",\n" +
            offering("claude-opus-4-6", "25") + ",\n" + offering("cheap", "2") + "]");
        const auto chosen = [&](const std::vector<std::string>& names) {
            auto log = bareRows(names.size());
            log->model.names = {""};
            for (std::size_t i = 0; i < names.size(); ++i) {
                log->model.names.push_back(names[i]);
                log->model.codes[i] = static_cast<std::int32_t>(i + 1);
            }
            return defaultCandidates(catalog, {log.get(), {}});
        };
        using Names = std::vector<std::string>;
        QVERIFY((chosen({}) == Names{"claude-opus-4-6", "cheap"}));
        QVERIFY((chosen({"once", "often", "often"}) == Names{"often", "cheap"}));
        QVERIFY((chosen({"once", "often", "often", "o3"}) == Names{"o3", "cheap"}));
        QVERIFY((chosen({"nobody-7"}) == Names{"claude-opus-4-6", "cheap"}));
    }

    void aNamedLocalModelGetsAnOfferingWhereNobodyListsOne() {
        const auto catalog = hostedOnly();
        QVERIFY((defaultCandidates(catalog) == std::vector<std::string>{"dear", "qwen3-14b"}));
        const auto local = withLocalModels(catalog, {}, hardware());
        TIERWISE_VERIFY_OK(local);
        QVERIFY(
            (defaultCandidates(local->catalog) == std::vector<std::string>{"dear", "qwen3-14b", "local/qwen3-14b"}));
        const auto index = local->catalog.findOffering("local/qwen3-14b");
        QVERIFY(index);
        QCOMPARE(local->catalog.tierOf(*index), Tier::local);
        // Without hardware in the assumptions its tokens are free, and that is said.
        QCOMPARE(local->catalog.ratesAt(*index, {}).output()->picoPerUnit(), std::int64_t{0});
        QCOMPARE(local->costs.size(), std::size_t{1});
        QVERIFY(local->costs[0].words.find("taken as free") != std::string::npos);
        // The hash stays that of the prices: runs pin it.
        QCOMPARE(std::string(local->catalog.hash()), std::string(catalog.hash()));
    }

    void aListedLocalOfferingIsTaken() {
        const auto catalog = hostedOnly(
            "{#provider#:#box#,#id#:#q#,#model#:#qwen3-14b#,#cards#:[{#rates#:{#input#:#0#,#output#:#0#},"
            "#evidence#:0}]},\n");
        // Of the same model the box's offering is local, the host's is by its price: nothing that leaves the house is
        // local.
        QCOMPARE(catalog.tierOf(*catalog.findOffering("host/qwen3-14b")), Tier::commodity);
        QVERIFY((defaultCandidates(catalog) == std::vector<std::string>{"dear", "host/qwen3-14b", "qwen3-14b"}));
        const auto local = withLocalModels(catalog, {}, hardware());
        TIERWISE_VERIFY_OK(local);
        QVERIFY(!local->catalog.findOffering("local/qwen3-14b"));
    }

    // 10 GB at 500 GB/s and 5 ms: 25 ms a step, two streams: 80 tokens/s. Power 1 kW at $0.36: $1.25 a million. The
    // card: $1 an hour; half busy, idle at a tenth: (1 + 0.36 x 0.55) / 144,000 = $8.319444 a million. Prefill 4 TFLOPS
    // over 20 GFLOP = 200 tokens/s: 80 / 200 of that. One stream: 40 tokens/s, twice the cost.
    void itsHardwareIsItsPrice() {
        const auto local = withLocalModels(hostedOnly(), assumed(), hardware());
        TIERWISE_VERIFY_OK(local);
        const auto rates = local->catalog.ratesAt(*local->catalog.findOffering("local/qwen3-14b"), {});
        QCOMPARE(rates.output()->perMillion(), std::string("8.319444"));
        QCOMPARE(rates.input()->perMillion(), std::string("3.327778"));
        QCOMPARE(rates.cacheRead()->perMillion(), std::string("0"));
        QCOMPARE(local->costs.size(), std::size_t{1});
        QVERIFY(close(local->costs[0].low, 1.25 / 8.31944444));
        QVERIFY(close(local->costs[0].high, 2));
        QVERIFY2(local->costs[0].words.find("1 x Card") != std::string::npos, local->costs[0].words.c_str());
        // 32 bits: 40 GB and 1 of overhead need two cards.
        auto wide = assumed();
        wide.localHardware->setup.bitsPerWeight = 32;
        const auto two = withLocalModels(hostedOnly(), wide, hardware());
        QVERIFY(two->costs[0].words.find("2 x Card") != std::string::npos);
    }

    void aPriceOfTheUsersOwnHolds() {
        const auto catalog = hostedOnly(
            "{#provider#:#box#,#id#:#q#,#model#:#qwen3-14b#,#cards#:[{#rates#:{#input#:#0.1#,"
            "#output#:#0.3#},#evidence#:0}]},\n");
        const auto local = withLocalModels(catalog, assumed(), hardware());
        TIERWISE_VERIFY_OK(local);
        QVERIFY(local->costs.empty());
        QCOMPARE(local->catalog.ratesAt(*local->catalog.findOffering("box/q"), {}).output()->perMillion(),
                 std::string("0.3"));
    }

    void unknownIsNotFree() {
        auto unknown = assumed();
        unknown.localHardware->gpu = "abacus";
        const auto none = withLocalModels(hostedOnly(), unknown, hardware());
        QVERIFY(!none);
        QVERIFY(none.error().what.find("abacus") != std::string::npos);
        // A model of unknown size: left as it is, with the reason.
        const auto catalog = hostedOnly(
            "{#provider#:#box#,#id#:#d#,#model#:#dear#,#cards#:[{#rates#:{#input#:#0#,#output#:#0#},"
            "#evidence#:0}]},\n");
        const auto local = withLocalModels(catalog, assumed(), hardware());
        TIERWISE_VERIFY_OK(local);
        QVERIFY(local->costs[0].words.find("not counted") != std::string::npos);
    }

    void theAssumptionsAreRead() {
        const auto read = replay::Assumptions::parse(
            quoted("{#format#:#tierwise-assumptions#,#version#:1,#localHardware#:{#gpu#:#card#,#streams#:3,"
                   "#utilization#:0.4}}"),
            "a.json");
        TIERWISE_VERIFY_OK(read);
        QCOMPARE(read->localHardware->setup.streams, 3);
        QCOMPARE(read->localHardware->setup.utilization, 0.4);
        const auto again = replay::Assumptions::parse(read->toJson(), "again.json");
        TIERWISE_VERIFY_OK(again);
        QVERIFY(*again == *read);
        for (const char* wrong : {"#streams#:0", "#utilization#:2", "#tariffPerKwh#:-1", "#colour#:1"}) {
            const auto bad = replay::Assumptions::parse(
                quoted("{#format#:#tierwise-assumptions#,#version#:1,#localHardware#:{#gpu#:#card#," +
                       std::string(wrong) + "}}"),
                "bad.json");
            QVERIFY2(!bad && bad.error().source.find("/localHardware") != std::string::npos, wrong);
        }
    }
};

QTEST_APPLESS_MAIN(TestDefaultModels)
#include "tst_default_models.moc"
