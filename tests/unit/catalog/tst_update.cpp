// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/update.h"

#include <fstream>

#include <QElapsedTimer>
#include <QTemporaryDir>

#include "core/base/files.h"
#include "core/catalog/user_layer.h"
#include "tests/support/loopback_server.h"
#include "tests/support/quoted.h"
#include "tests/support/support.h"
#include "tests/unit/catalog/find_change.h"

using namespace tierwise;
using namespace tierwise::catalog;
using tierwise::test::LoopbackServer;
using tierwise::test::quoted;

namespace {

constexpr const char* kJson = "Content-Type: application/json\r\n";

struct Row {
    std::string id;
    std::string input;
    std::string output;
    std::string extra{};  // more of the card: #from#, #to#, #when#
};

std::string catalogJson(const std::vector<Row>& rows, const std::string& confidence = "official") {
    std::string models;
    std::string offerings;
    for (const auto& row : rows) {
        models += (models.empty() ? "" : ",\n") + ("{#id#:#" + row.id + "#,#author#:#lab#}");
        offerings += (offerings.empty() ? "" : ",\n") + ("{#provider#:#lab#,#id#:#" + row.id + "#,#model#:#" + row.id) +
                     "#,#cards#:[{" + row.extra + "#rates#:{#input#:#" + row.input + "#,#output#:#" + row.output +
                     "#},#evidence#:0}]}";
    }
    return quoted(
        "{#format#:#tierwise-catalog#,#version#:1,#title#:#t#,#date#:#2026-09-01#,\n#evidence#:[{#url#:#https://"
        "example.org#,#checked#:#2026-09-01#,#confidence#:#" +
        confidence + "#}],\n#providers#:[{#id#:#lab#,#name#:#Lab#,#authors#:[#lab#]}],\n#models#:[" + models +
        "],\n#offerings#:[\n" + offerings + "\n]}\n");
}

Catalog parsed(const std::string& json) {
    auto catalog = Catalog::parse(json, "test.json");
    if (!catalog) {
        qFatal("%s", catalog.error().describe().c_str());
    }
    return *catalog;
}

// Forty offerings that never change, so that one change is below five per cent.
std::vector<Row> withFillers(std::vector<Row> rows, int fillers = 40) {
    for (int i = 0; i < fillers; ++i) {
        rows.push_back({"filler-" + std::to_string(i), "1", "2"});
    }
    return rows;
}

std::string inputRate(const Catalog& catalog, const std::string& key, const char* iso) {
    const auto found = catalog.findOffering(key);
    if (!found) {
        return "no offering";
    }
    PriceContext context;
    context.at = Timestamp::parseIso(iso);
    const auto rate = catalog.ratesAt(*found, context).input();
    return rate ? rate->perMillion() : "no rate";
}

const Timestamp kNow = *Timestamp::parseIso("2026-11-24T10:00:00Z");

}  // namespace

class TestUpdate : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::optional<tierwise::test::TestCertificates> m_certificates;
    FixedClock m_clock{kNow};
    int m_stores = 0;

    SnapshotStore freshStore() {
        return SnapshotStore(m_folder.path().toStdString() + "/store" + std::to_string(++m_stores));
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("no_proxy", "127.0.0.1,localhost");
        m_certificates = tierwise::test::TestCertificates::make(m_folder.path().toStdString());
        QVERIFY2(m_certificates.has_value(), "the openssl program is needed");
    }

    void suspiciousChangesAreQuarantined_data() {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* before, const char* after, const char* reason) {
            QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QByteArray(reason);
        };
        row("a plain rise", "2", "2.5", "");
        row("twenty times is still a price", "2", "40", "");
        row("over twenty times", "2", "40.01", "20 times");
        row("a twentieth is still a price", "40", "2", "");
        row("under a twentieth", "40.01", "2", "1/20 times");
        row("to nothing", "2", "0", "falls from 2 $/M to nothing");
        row("from nothing", "0", "2", "rises from nothing");
        row("a thousand times off", "300", "6000", "dearer than any has been sold");
        row("a millionth", "0.0001", "0.00005", "cheaper than any has been sold");
    }
    void suspiciousChangesAreQuarantined() {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QFETCH(QByteArray, reason);
        const auto current = parsed(catalogJson(withFillers({{"m", before.toStdString(), "8"}})));
        const auto candidate = parsed(catalogJson(withFillers({{"m", after.toStdString(), "8"}})));
        const auto diff = diffCatalogs(current, candidate.data(), {}, kNow);
        QCOMPARE(diff.changes.size(), std::size_t{1});
        QCOMPARE(diff.changes[0].rates.size(), std::size_t{1});
        QVERIFY(diff.changes[0].rates[0].meter == Meter::input);
        QVERIFY(!diff.tooManyAtOnce);
        QCOMPARE(diff.changes[0].quarantined(), !reason.isEmpty());
        QCOMPARE(diff.quarantined, reason.isEmpty() ? std::size_t{0} : std::size_t{1});
        if (!reason.isEmpty()) {
            const std::string& why = diff.changes[0].suspicions[0];
            QVERIFY2(why.find(reason.toStdString()) != std::string::npos, why.c_str());
        }
    }

    void sourcesApartAreQuarantined() {
        const auto current = parsed(catalogJson(withFillers({{"m", "2", "8"}})));
        const auto candidate = parsed(catalogJson(withFillers({{"m", "3", "8"}, {"n", "1", "1"}})));
        const auto rate = [](const char* text) { return *Rate::parsePerMillion(text); };
        std::vector<SourceQuote> quotes{{"a", "lab/m", Meter::input, rate("3")},
                                        {"b", "lab/m", Meter::input, rate("1.5")},
                                        {"a", "lab/n", Meter::output, rate("1")},
                                        {"b", "lab/n", Meter::output, rate("2.01")}};
        const auto diff = diffCatalogs(current, candidate.data(), quotes, kNow);
        QVERIFY(!find(diff, "lab/m")->quarantined());  // exactly twice
        QVERIFY(find(diff, "lab/n")->quarantined());
        QVERIFY(find(diff, "lab/n")->kind == ChangeKind::added);
        QVERIFY(find(diff, "lab/n")->suspicions[0].find("a says 1 $/M, b says 2.01") != std::string::npos);
    }

    void whatIsGoneIsSaidAndStays() {
        const auto current = parsed(catalogJson(withFillers({{"old", "2", "8"}})));
        const auto candidate = parsed(catalogJson(withFillers({})));
        const auto diff = diffCatalogs(current, candidate.data(), {}, kNow);
        QCOMPARE(diff.gone, std::size_t{1});
        const auto merged = mergeUpdate(current, candidate.data(), diff, {true, {}}, kNow);
        TIERWISE_VERIFY_OK(merged);
        QCOMPARE(inputRate(*merged, "lab/old", "2026-11-24"), std::string("2"));
    }

    void tooManyAtOnceWaitForTheUsersWord() {
        std::vector<Row> rows = withFillers({}, 40);
        const auto current = parsed(catalogJson(rows));
        for (int i = 0; i < 3; ++i) {
            rows[static_cast<std::size_t>(i)].input = "1.1";  // 3 of 40 is 7.5 %
        }
        const auto candidate = parsed(catalogJson(rows));
        const auto diff = diffCatalogs(current, candidate.data(), {}, kNow);
        QVERIFY(diff.tooManyAtOnce);
        QCOMPARE(diff.quarantined, std::size_t{0});
        const auto rateOf0 = [&](const Acceptance& acceptance) {
            const auto merged = mergeUpdate(current, candidate.data(), diff, acceptance, kNow);
            return merged ? inputRate(*merged, "lab/filler-0", "2026-11-24") : merged.error().what;
        };
        QCOMPARE(rateOf0({}), std::string("1"));
        QCOMPARE(rateOf0({false, {"lab/filler-0"}}), std::string("1.1"));
        QCOMPARE(rateOf0({true, {}}), std::string("1.1"));
        rows[2].input = "1";  // 2 of 40 is 5 %: not more than five per cent
        QVERIFY(!diffCatalogs(current, parsed(catalogJson(rows)).data(), {}, kNow).tooManyAtOnce);
        const auto unknown = mergeUpdate(current, candidate.data(), diff, {false, {"lab/none"}}, kNow);
        QVERIFY(!unknown.has_value());
        QCOMPARE(unknown.error().code, ErrorCode::notFound);
    }

    void pricesKeepTheirHistory() {
        const auto current = parsed(catalogJson(withFillers({{"m", "2", "8", "#from#:#2026-01-01#,"}})));
        const auto candidate = parsed(catalogJson(withFillers({{"m", "3", "8"}, {"new", "5", "6"}})));
        const auto diff = diffCatalogs(current, candidate.data(), {}, kNow);
        const auto merged = mergeUpdate(current, candidate.data(), diff, {}, kNow);
        TIERWISE_VERIFY_OK(merged);
        QCOMPARE(inputRate(*merged, "lab/m", "2026-06-01"), std::string("2"));
        QCOMPARE(inputRate(*merged, "lab/m", "2026-11-23T23:59:59Z"), std::string("2"));
        QCOMPARE(inputRate(*merged, "lab/m", "2026-11-24T00:00:00Z"), std::string("3"));
        QCOMPARE(inputRate(*merged, "lab/m", "2025-12-31"), std::string("no rate"));
        QCOMPARE(inputRate(*merged, "lab/new", "2026-11-24"), std::string("5"));
        QCOMPARE(merged->model(merged->offering(*merged->findOffering("lab/new")).model).id, std::string("new"));
        // A second change on the same day replaces the first one's card.
        const auto later = parsed(catalogJson(withFillers({{"m", "4", "8"}, {"new", "5", "6"}})));
        const auto again = mergeUpdate(*merged, later.data(), diffCatalogs(*merged, later.data(), {}, kNow), {}, kNow);
        TIERWISE_VERIFY_OK(again);
        QCOMPARE(inputRate(*again, "lab/m", "2026-11-24"), std::string("4"));
        QCOMPARE(inputRate(*again, "lab/m", "2026-06-01"), std::string("2"));
        QCOMPARE(again->offering(*again->findOffering("lab/m")).cards.size(), std::size_t{2});
    }

    void aTierThatComesBackLeavesItsGap() {
        const auto current = parsed(catalogJson(withFillers(
            {{"m", "2", "8", "#to#:#2026-08-01#,#when#:{#tier#:#batch#},#rates#:{#input#:#1#},#evidence#:0},{"}})));
        const auto candidate = parsed(catalogJson(
            withFillers({{"m", "3", "8", "#when#:{#tier#:#batch#},#rates#:{#input#:#1.5#},#evidence#:0},{"}})));
        const auto diff = diffCatalogs(current, candidate.data(), {}, kNow);
        const auto merged = mergeUpdate(current, candidate.data(), diff, {}, kNow);
        TIERWISE_VERIFY_OK(merged);  // seen in an update from the real lists: the gap made it unacceptable
        const auto batch = [&](const char* iso) {
            PriceContext context{Timestamp::parseIso(iso), "batch", {}};
            return merged->ratesAt(*merged->findOffering("lab/m"), context).input()->perMillion();
        };
        QCOMPARE(batch("2026-07-01"), std::string("1"));
        QCOMPARE(batch("2026-09-01"), std::string("2"));  // not listed then: the standard one
        QCOMPARE(batch("2026-11-24"), std::string("1.5"));
    }

    void anUpdateWaitsIsAcceptedAndRolledBack() {
        const std::string shipped = m_folder.path().toStdString() + "/shipped.json";
        QVERIFY(writeFileAtomically(shipped, catalogJson(withFillers({{"m", "2", "8"}, {"z", "2", "8"}}))).has_value());
        std::string served = catalogJson(withFillers({{"m", "3", "8"}, {"z", "0", "8"}}));
        int notModified = 0;
        LoopbackServer server(
            [&](const LoopbackServer::Asked& asked, LoopbackServer::Connection& connection) {
                const auto tag = asked.headers.find("if-none-match");
                const bool same = tag != asked.headers.end() && tag->second == "\"1\"";
                notModified += same ? 1 : 0;
                connection.answer(same ? 304 : 200, std::string(kJson) + "ETag: \"1\"\r\n", same ? "" : served);
            },
            m_certificates->goodFile, m_certificates->goodKeyFile);
        auto store = freshStore();
        UpdateRequest request;
        request.sources = {{"team", "Team list", server.url("/catalog.json"), SourceFormat::tierwise}};
        request.trust.caFile = m_certificates->authorityFile;
        TaskContext context;
        TIERWISE_VERIFY_OK(fetchUpdate(request, store, m_clock, context));
        auto current = store.current(shipped);
        TIERWISE_VERIFY_OK(current);
        QCOMPARE(inputRate(*current, "lab/m", "2026-11-24"), std::string("2"));  // nothing was switched yet

        const auto accepted = acceptUpdate(store, *current, {}, m_clock);
        TIERWISE_VERIFY_OK(accepted);
        QCOMPARE(accepted->changes, qint64{1});
        current = store.current(shipped);
        TIERWISE_VERIFY_OK(current);
        QCOMPARE(inputRate(*current, "lab/m", "2026-11-24"), std::string("3"));
        QCOMPARE(inputRate(*current, "lab/z", "2026-11-24"), std::string("2"));  // to nothing: quarantined
        QCOMPARE(acceptUpdate(store, *current, {}, m_clock).error().code, ErrorCode::notFound);

        TIERWISE_VERIFY_OK(fetchUpdate(request, store, m_clock, context));
        QCOMPARE(notModified, 1);
        QCOMPARE(acceptUpdate(store, *current, {}, m_clock).error().code, ErrorCode::infeasible);
        const auto byName = acceptUpdate(store, *current, {false, {"lab/z"}}, m_clock);
        TIERWISE_VERIFY_OK(byName);
        QCOMPARE(inputRate(*store.current(shipped), "lab/z", "2026-11-24"), std::string("0"));

        QCOMPARE(store.history()->size(), std::size_t{3});
        TIERWISE_VERIFY_OK(store.rollback());
        QCOMPARE(inputRate(*store.current(shipped), "lab/z", "2026-11-24"), std::string("2"));
        QCOMPARE(inputRate(*store.current(shipped), "lab/m", "2026-11-24"), std::string("3"));
        TIERWISE_VERIFY_OK(store.rollback());
        QCOMPARE(inputRate(*store.current(shipped), "lab/m", "2026-11-24"), std::string("2"));
        QCOMPARE(store.rollback().error().code, ErrorCode::notFound);
        TIERWISE_VERIFY_OK(store.rollback(byName->hash.substr(0, 8)));
        QCOMPARE(inputRate(*store.current(shipped), "lab/z", "2026-11-24"), std::string("0"));
    }

    void aBadSourceIsSaidAndTheOthersGoOn() {
        const std::string good = catalogJson(withFillers({{"m", "3", "8"}}));
        LoopbackServer server(
            [&](const LoopbackServer::Asked& asked, LoopbackServer::Connection& connection) {
                if (asked.target == "/good") {
                    connection.answer(200, kJson, good);
                } else if (asked.target == "/page") {
                    connection.answer(200, "Content-Type: text/html\r\n", "<html>");
                } else if (asked.target == "/429") {
                    connection.answer(429, "Retry-After: 5\r\n", "");
                } else if (asked.target == "/cut") {
                    connection.answer(200, kJson, good.substr(0, good.size() / 2));
                } else {
                    connection.answer(200, kJson, "{\"error\": \"later\"}");
                }
            },
            m_certificates->goodFile, m_certificates->goodKeyFile);
        auto store = freshStore();
        UpdateRequest request;
        request.trust.caFile = m_certificates->authorityFile;
        int number = 0;
        for (const char* path : {"/page", "/429", "/cut", "/other"}) {
            request.sources.push_back({"s" + std::to_string(++number), path, server.url(path), SourceFormat::tierwise});
        }
        request.sources.push_back({"lite", "LiteLLM", server.url("/other"), SourceFormat::liteLlm});
        TaskContext context;
        const auto none = fetchUpdate(request, store, m_clock, context);
        QVERIFY(!none.has_value());
        QCOMPARE(none.error().code, ErrorCode::badFormat);
        QVERIFY(!store.pending()->has_value());
        request.sources.push_back({"good", "Good", server.url("/good"), SourceFormat::tierwise});
        const auto update = fetchUpdate(request, store, m_clock, context);
        TIERWISE_VERIFY_OK(update);
        QCOMPARE(update->notes.size(), std::size_t{6});
        QVERIFY(update->notes[1].find("Try again in 5 s") != std::string::npos);
        QVERIFY2(update->notes[2].find("not whole JSON") != std::string::npos, update->notes[2].c_str());
        QCOMPARE(store.pending()->value().notes, update->notes);
        QCOMPARE(store.pending()->value().candidate.offerings.size(), std::size_t{41});
    }

    void onlyTheLastTenAreKept() {
        auto store = freshStore();
        auto current = parsed(catalogJson({{"m", "1", "8"}}));
        for (int i = 2; i < 15; ++i) {
            const auto next = parsed(catalogJson({{"m", std::to_string(i), "8"}}));
            TIERWISE_VERIFY_OK(store.install(next, current, 1, kNow));
            current = *store.current("unused");
        }
        const auto history = store.history();
        TIERWISE_VERIFY_OK(history);
        QCOMPARE(history->size(), SnapshotStore::kKept);
        std::size_t files = 0;
        for (const auto& file : std::filesystem::directory_iterator(store.folder() / "snapshots")) {
            files += file.path().extension() == ".json" ? 1 : 0;
        }
        QCOMPARE(files, SnapshotStore::kKept);
        QCOMPARE(inputRate(*store.load(history->front().hash), "lab/m", "2026-11-24"), std::string("5"));
        // Another program's catalog in between: nobody's work is lost.
        const auto conflict = store.install(current, *store.load(history->front().hash), 1, kNow);
        QVERIFY(!conflict.has_value());
        QCOMPARE(conflict.error().code, ErrorCode::conflict);
        // After a rollback, an update's rollback returns to what it was made from.
        TIERWISE_VERIFY_OK(store.rollback(history->front().hash));
        const auto base = *store.current("unused");
        TIERWISE_VERIFY_OK(store.install(parsed(catalogJson({{"m", "99", "8"}})), base, 1, kNow));
        TIERWISE_VERIFY_OK(store.rollback());
        QCOMPARE(inputRate(*store.current("unused"), "lab/m", "2026-11-24"), std::string("5"));
    }

    void damageIsNamed() {
        auto store = freshStore();
        const auto first = parsed(catalogJson({{"m", "1", "8"}}));
        TIERWISE_VERIFY_OK(store.install(parsed(catalogJson({{"m", "2", "8"}})), first, 1, kNow));
        const std::string shippedHash = store.history()->front().hash;
        const auto snapshot = store.folder() / "snapshots" / (shippedHash + ".json");
        std::string bytes = *readFile(snapshot, 1 << 20);
        bytes[bytes.find("\"1\"") + 1] = '7';
        QVERIFY(writeFileAtomically(snapshot, bytes).has_value());
        const auto changed = store.rollback();
        QVERIFY(!changed.has_value());
        QCOMPARE(changed.error().code, ErrorCode::badFormat);
        QCOMPARE(inputRate(*store.current("unused"), "lab/m", "2026-11-24"), std::string("2"));  // still in use
        for (const char* state : {"", "{", "[]", "{\"format\":\"x\"}"}) {
            QVERIFY(writeFileAtomically(store.folder() / "state.json", state).has_value());
            QCOMPARE(store.history().error().code, ErrorCode::badFormat);
        }
    }

    void rollbackTakesUnderATenthOfASecond() {
        auto store = freshStore();
        const auto first = parsed(catalogJson(withFillers({{"m", "1", "8"}}, 2000)));
        TIERWISE_VERIFY_OK(store.install(parsed(catalogJson(withFillers({{"m", "2", "8"}}, 2000))), first, 1, kNow));
        QElapsedTimer timer;
        timer.start();
        TIERWISE_VERIFY_OK(store.rollback());
        qInfo("rollback to a snapshot of 2,001 offerings: %lld ms", timer.elapsed());
        QVERIFY(timer.elapsed() < 1000);  // 100 ms is the promise of a release build; this one may be under ASan
    }

    void theUsersPricesSurviveAnUpdate() {
        const std::string file = m_folder.path().toStdString() + "/own.json";
        const auto layer = parsed(catalogJson(
            {{"m", "1.5", "6", "#from#:#2026-10-01#,#to#:#2027-01-01#,"}, {"in-house", "0.1", "0.2"}}, "user"));
        QVERIFY(loadUserLayer(file)->offerings.empty());
        TIERWISE_VERIFY_OK(saveUserLayer(layer.data(), file));
        for (const char* listed : {"2", "3"}) {  // before and after an update
            const auto catalog = parsed(catalogJson(withFillers({{"m", listed, "8"}})));
            const auto own = withUserLayer(catalog, *loadUserLayer(file));
            TIERWISE_VERIFY_OK(own);
            QCOMPARE(inputRate(*own, "lab/m", "2026-09-30"), std::string(listed));
            QCOMPARE(inputRate(*own, "lab/m", "2026-11-24"), std::string("1.5"));
            QCOMPARE(inputRate(*own, "lab/m", "2027-01-01"), std::string(listed));
            QCOMPARE(inputRate(*own, "lab/in-house", "2026-11-24"), std::string("0.1"));
            QCOMPARE(own->offerings().size(), std::size_t{42});
            const auto& card = own->offering(*own->findOffering("lab/in-house")).cards[0];
            QVERIFY(own->evidence()[static_cast<std::size_t>(card.evidence)].confidence == Confidence::user);
        }
    }

    void publicSourcesAreHttps() {
        QCOMPARE(publicSources().size(), std::size_t{4});
        for (const auto& source : publicSources()) {
            QVERIFY(source.url.rfind("https://", 0) == 0);
        }
    }
};

QTEST_GUILESS_MAIN(TestUpdate)
#include "tst_update.moc"
