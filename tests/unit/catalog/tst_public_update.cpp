// SPDX-License-Identifier: GPL-3.0-or-later
// An update from the four public lists in their own formats, fetched over HTTPS from a server of the test's own.
#include <chrono>
#include <map>
#include <set>

#include <QTemporaryDir>
#include <QtTest>

#include <fmt/format.h>

#include "core/base/files.h"
#include "core/catalog/update.h"
#include "core/catalog/update_compile.h"
#include "tests/support/loopback_server.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"
#include "tests/unit/catalog/find_change.h"

using namespace tierwise;
using namespace tierwise::catalog;
using tierwise::test::LoopbackServer;
using tierwise::test::quoted;

namespace {

const Timestamp kNow = *Timestamp::parseIso("2026-11-24T10:00:00Z");
constexpr int kRows = 40;

/// "start row,row,... end": row i made by a function of its number.
template <typename Row>
std::string listOf(const std::string& start, Row row, const std::string& end) {
    std::string text = start;
    for (int i = 0; i < kRows; ++i) {
        text += (i == 0 ? "" : ",") + row(i);
    }
    return quoted(text + end);
}

/// Input price of model i, in dollars a million; output is four times it. m-1 fell to a hundredth, m-2 rose to 3.
std::string dollars(int i) {
    return i == 1 ? "0.02" : i == 2 ? "3" : "2";
}

/// The four lists, as their publishers write them, by path.
std::map<std::string, std::string> fourLists() {
    std::map<std::string, std::string> lists;
    lists["/litellm"] = listOf(
        "{",
        [](int i) {
            return fmt::format(
                "#m-{}#:{{#litellm_provider#:#lab#,#input_cost_per_token#:{}e-06,"
                "#output_cost_per_token#:8e-06,#mode#:#chat#}}",
                i, i == 39 ? "9000" : dollars(i));
        },
        "}");
    lists["/genai-prices"] = listOf(
        "[{#id#:#lab#,#name#:#Lab#,#models#:[",
        [](int i) {
            return fmt::format(
                "{{#id#:#m-{0}#,#match#:{{#equals#:#m-{0}#}},#prices#:{{#input_mtok#:{1},"
                "#output_mtok#:8}}}}",
                i, dollars(i));
        },
        "]}]");
    lists["/models.dev"] = listOf(
        "{#lab#:{#models#:{",
        [](int i) {
            // m-3: this list says 5, the others 2
            return fmt::format("#m-{}#:{{#cost#:{{#input#:{},#output#:8}}}}", i, i == 3 ? "5" : dollars(i));
        },
        "}}}");
    lists["/openrouter"] = listOf(
        "{#data#:[",
        [](int i) {
            return fmt::format("{{#id#:#lab/m-{}#,#pricing#:{{#prompt#:#0.000003#,#completion#:#0.000012#}}}}", i);
        },
        "]}");
    return lists;
}

/// What is in use before: m-0 .. m-38 at 2 and 8, and one that nobody lists any more.
std::string currentJson() {
    std::string models = "{#id#:#old#}";
    std::string offerings =
        "{#provider#:#lab#,#id#:#old#,#model#:#old#,#cards#:[{#rates#:{#input#:#1#,#output#:#1#},#evidence#:0}]}";
    for (int i = 0; i < kRows - 1; ++i) {
        models += fmt::format(",{{#id#:#m-{}#}}", i);
        offerings += fmt::format(
            ",\n{{#provider#:#lab#,#id#:#m-{0}#,#model#:#m-{0}#,#cards#:[{{#rates#:{{#input#:#2#,"
            "#output#:#8#}},#evidence#:0}}]}}",
            i);
    }
    return quoted(
        "{#format#:#tierwise-catalog#,#version#:1,#title#:#t#,#date#:#2026-09-01#,#evidence#:[{#url#:#u#,"
        "#confidence#:#official#}],\n#providers#:[{#id#:#lab#,#authors#:[#lab#]},{#id#:#openrouter#}],\n"
        "#models#:[" +
        models + "],\n#offerings#:[\n" + offerings + "]}");
}

}  // namespace

class TestPublicUpdate : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::optional<tierwise::test::TestCertificates> m_certificates;
    FixedClock m_clock{kNow};

    std::string path(const char* name) const { return m_folder.path().toStdString() + "/" + name; }

    /// The public sources, asked at the test's server instead.
    UpdateRequest requestTo(const LoopbackServer& server, CatalogData facts) const {
        UpdateRequest request;
        for (auto source : publicSources()) {
            source.url = server.url("/" + source.id);
            request.sources.push_back(std::move(source));
        }
        request.trust.caFile = m_certificates->authorityFile;
        request.compile = publicListCompiler(std::move(facts), kNow);
        return request;
    }

private slots:
    void initTestCase() {
        qputenv("no_proxy", "127.0.0.1,localhost");
        m_certificates = tierwise::test::TestCertificates::make(m_folder.path().toStdString());
        QVERIFY2(m_certificates.has_value(), "the openssl program is needed");
    }

    void fourListsBecomeADifference() {
        const auto lists = fourLists();
        LoopbackServer server(
            [&](const LoopbackServer::Asked& asked, LoopbackServer::Connection& connection) {
                connection.answer(200, "Content-Type: application/json\r\n", lists.at(asked.target));
            },
            m_certificates->goodFile, m_certificates->goodKeyFile);
        QVERIFY(writeFileAtomically(path("shipped.json"), currentJson()).has_value());
        SnapshotStore store(path("store"));
        auto current = store.current(path("shipped.json"));
        TIERWISE_VERIFY_OK(current);
        CatalogData facts = current->data();
        facts.offerings.clear();
        facts.models.clear();
        TaskContext context;
        std::vector<std::string> phases;
        context.progress = [&](const Progress& step) { phases.push_back(step.phase); };
        const auto update = fetchUpdate(requestTo(server, facts), store, m_clock, context);
        TIERWISE_VERIFY_OK(update);
        QCOMPARE(server.requests(), 4);
        QVERIFY(!phases.empty());
        const auto diff = diffCatalogs(*current, update->candidate, update->quotes, kNow);

        const auto* risen = find(diff, "lab/m-2");  // 2 -> 3: plain
        QVERIFY(risen != nullptr && !risen->quarantined() && risen->kind == ChangeKind::changed);
        QCOMPARE(risen->rates.size(), std::size_t{1});
        QCOMPARE(risen->rates[0].before->perMillion() + " " + risen->rates[0].after->perMillion(), std::string("2 3"));
        const auto* fallen = find(diff, "lab/m-1");  // to a hundredth
        QVERIFY(fallen != nullptr && fallen->quarantined());
        QVERIFY2(fallen->suspicions[0].find("1/100 times") != std::string::npos, fallen->suspicions[0].c_str());
        const auto* apart = find(diff, "lab/m-3");  // models.dev says 5, the others 2: the price itself did not move
        QVERIFY(apart == nullptr || apart->quarantined());
        const auto* fresh = find(diff, "lab/m-39");  // LiteLLM's row is 9,000 $/M: left out, the others' stays
        QVERIFY(fresh != nullptr && fresh->kind == ChangeKind::added && !fresh->quarantined());
        QCOMPARE(diff.gone, std::size_t{1});
        QVERIFY(find(diff, "lab/old")->kind == ChangeKind::gone);
        QVERIFY(std::any_of(update->notes.begin(), update->notes.end(), [](const std::string& note) {
            return note.find("m-39") != std::string::npos && note.find("dearer than any") != std::string::npos;
        }));
        QCOMPARE(diff.added, std::size_t{kRows + 1});  // m-39 and OpenRouter's forty

        const auto rateOf = [](const Catalog& catalog, const char* key) {
            const auto rate = catalog.ratesAt(*catalog.findOffering(key), {kNow, {}, {}}).input();
            return rate ? rate->perMillion() : std::string("-");
        };
        TIERWISE_VERIFY_OK(acceptUpdate(store, *current, {}, m_clock));
        auto inUse = store.current(path("shipped.json"));
        QCOMPARE(rateOf(*inUse, "lab/m-2"), std::string("3"));
        QCOMPARE(rateOf(*inUse, "lab/m-1"), std::string("2"));  // quarantined
        QCOMPARE(rateOf(*inUse, "lab/old"), std::string("1"));
        QCOMPARE(rateOf(*inUse, "openrouter/lab/m-5"), std::string("3"));
        TIERWISE_VERIFY_OK(store.rollback());
        QCOMPARE(rateOf(*store.current(path("shipped.json")), "lab/m-2"), std::string("2"));
    }

    void aMissingListIsANote() {
        auto lists = fourLists();
        LoopbackServer server(
            [&](const LoopbackServer::Asked& asked, LoopbackServer::Connection& connection) {
                if (asked.target == "/models.dev") {
                    connection.answer(503, "Content-Type: text/html\r\n", "<html>down</html>");
                } else {
                    connection.answer(200, "Content-Type: application/json\r\n", lists.at(asked.target));
                }
            },
            m_certificates->goodFile, m_certificates->goodKeyFile);
        SnapshotStore store(path("store-missing"));
        auto facts = Catalog::parse(currentJson(), "facts.json")->data();
        facts.offerings.clear();
        facts.models.clear();
        TaskContext context;
        const auto update = fetchUpdate(requestTo(server, facts), store, m_clock, context);
        TIERWISE_VERIFY_OK(update);
        QVERIFY(!update->candidate.offerings.empty());
        QVERIFY(std::any_of(update->notes.begin(), update->notes.end(),
                            [](const std::string& note) { return note.find("models.dev") != std::string::npos; }));
    }

    // The real lists, as an update would fetch them, against what ships.
    void theRealListsBecomeAnUpdate() {
        TIERWISE_NEEDS_SHARED_DATA();
        const std::map<std::string, std::string> files = {{"/litellm", "litellm/model_prices_2026-08-01.json"},
                                                          {"/genai-prices", "genai-prices/data_v2.json"},
                                                          {"/models.dev", "models.dev/api_built_2026-07-02.json"},
                                                          {"/openrouter", "openrouter/models_2026-08-01.json"}};
        LoopbackServer server(
            [&](const LoopbackServer::Asked& asked, LoopbackServer::Connection& connection) {
                const auto bytes = readFile(tierwise::test::sharedData() / "pricing" / files.at(asked.target), 1 << 28);
                connection.answer(200, "Content-Type: application/json\r\n", *bytes);
            },
            m_certificates->goodFile, m_certificates->goodKeyFile);
        const std::filesystem::path shipped = tierwise::test::sourcePath("resources/catalog/catalog.json");
        const auto facts = readCatalogJson(
            *readFile(tierwise::test::sourcePath("resources/catalog/facts.json"), 1 << 28), "facts.json");
        TIERWISE_VERIFY_OK(facts);
        SnapshotStore store(path("store-real"));
        TaskContext context;
        const auto update = fetchUpdate(requestTo(server, *facts), store, m_clock, context);
        TIERWISE_VERIFY_OK(update);
        std::set<std::string> quoting;
        for (const auto& quote : update->quotes) {
            quoting.insert(quote.source);
        }
        QCOMPARE(quoting.size(), std::size_t{4});
        const auto current = store.current(shipped);
        TIERWISE_VERIFY_OK(current);
        const auto diff = diffCatalogs(*current, update->candidate, update->quotes, kNow);
        qInfo("%zu offerings: %zu added, %zu changed, %zu gone, %zu quarantined, %zu notes",
              current->offerings().size(), diff.added, diff.changed, diff.gone, diff.quarantined, update->notes.size());
        const auto merged = mergeUpdate(*current, update->candidate, diff, {true, {}}, kNow);
        TIERWISE_VERIFY_OK(merged);
        QCOMPARE(merged->offerings().size(), current->offerings().size() + diff.added);
        // Once taken, it is no news any more.
        const auto again = diffCatalogs(*merged, update->candidate, update->quotes, kNow);
        QCOMPARE(again.added, std::size_t{0});
        for (const auto& change : again.changes) {
            QVERIFY2(change.kind == ChangeKind::gone || change.rates.empty(), change.offering.c_str());
        }
        TIERWISE_VERIFY_OK(acceptUpdate(store, *current, {true, {}}, m_clock));
        const auto start = std::chrono::steady_clock::now();
        TIERWISE_VERIFY_OK(store.rollback());
        qInfo("rollback took %.1f ms",
              std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
};

QTEST_GUILESS_MAIN(TestPublicUpdate)
#include "tst_public_update.moc"
