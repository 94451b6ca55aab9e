// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTemporaryDir>

#include "core/store/chunk_reader.h"
#include "core/store/column_cache.h"
#include "core/store/connection.h"
#include "core/store/import_list.h"
#include "core/store/import_writer.h"
#include "core/store/row_query.h"
#include "core/store/text_reader.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::store;

namespace {

RequestRow row(std::int64_t second, const char* model, std::int64_t output) {
    RequestRow made;
    made.time = Timestamp::fromSeconds(second);
    made.model = model;
    made.output = TokenCount(output);
    return made;
}

}  // namespace

class TestRows : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;
    std::unique_ptr<ColumnCache> m_cacheOfProject;  // of the newest project

    [[nodiscard]] std::unique_ptr<Connection> newProject() {
        m_cacheOfProject = std::make_unique<ColumnCache>();
        const auto name = QStringLiteral("/p%1.tierwise").arg(m_files++);
        return std::move(*Connection::create((m_folder.path() + name).toStdString()));
    }
    static ImportCounts take(Connection& connection, const std::vector<RequestRow>& rows, bool finish = true) {
        auto writer = std::move(*ImportWriter::begin(connection, {"log.csv", 1, "digest", "{}", {}}));
        add(*writer, rows);
        if (finish && !writer->complete(1, "{}")) {
            qFatal("cannot complete");
        }
        return writer->counts();
    }
    static void add(ImportWriter& writer, const std::vector<RequestRow>& rows) {
        RowBatch batch;
        std::int64_t line = 2;
        for (const auto& each : rows) {
            if (!batch.add(each, {line, line * 10})) {
                qFatal("cannot add");
            }
            ++line;
        }
        batch.byteOffset = line * 10;
        if (const auto added = writer.add(batch); !added) {
            qFatal("%s", added.error().describe().c_str());
        }
    }
    std::vector<std::int64_t> ids(Connection& connection, const RowQuery& query) {
        return rowIds(connection, *m_cacheOfProject, query, {}).value();
    }

private Q_SLOTS:
    void whatGoesInComesOut() {
        const auto project = newProject();
        RequestRow full = row(100, "gpt-4o", 7);
        full.inputUncached = TokenCount(1);
        full.cacheRead = TokenCount(2);
        full.cacheWrite5m = TokenCount(3);
        full.cacheWrite1h = TokenCount(4);
        full.reasoning = TokenCount(5);
        full.requests = 6;
        full.loggedCost = Money::fromPico(-8);
        full.latencySeconds = 1.5F;
        full.score = 0.25F;
        full.provider = "openai";
        full.session = "s";
        full.requestId = "req-1";
        full.prompt = "hello";
        full.response = "";
        const ExtraField extras[] = {{"finish", "stop", false}, {"meta", "{\"a\":[1]}", true}};
        full.extras = extras;
        RequestRow bare;
        take(*project, {full, bare});

        const auto detail = fetchDetail(*project, *m_cacheOfProject, RequestId(1));
        TIERWISE_VERIFY_OK(detail);
        const auto& record = detail->record;
        QCOMPARE(record.time.value(), Timestamp::fromSeconds(100));
        QCOMPARE(record.inputTotal().value(), std::int64_t{10});
        QCOMPARE(record.reasoning.value(), std::int64_t{5});
        QCOMPARE(record.requests, std::int64_t{6});
        QCOMPARE(record.loggedCost.value().pico(), std::int64_t{-8});
        QCOMPARE(record.latencySeconds.value(), 1.5F);
        QCOMPARE(record.score.value(), 0.25F);
        QCOMPARE(record.requestId, std::string("req-1"));
        QCOMPARE(record.line, std::int64_t{2});
        QCOMPARE(detail->prompt.value(), std::string("hello"));
        QCOMPARE(detail->response.value(), std::string());
        QCOMPARE(detail->extras, std::string("{\"finish\":\"stop\",\"meta\":{\"a\":[1]}}"));

        const auto empty = fetchDetail(*project, *m_cacheOfProject, RequestId(2));
        TIERWISE_VERIFY_OK(empty);
        QVERIFY(!empty->record.output && !empty->record.loggedCost && !empty->record.time && !empty->prompt);
        QCOMPARE(empty->extras, std::string("{}"));

        const auto snapshot = loadSnapshot(*project, {});
        TIERWISE_VERIFY_OK(snapshot);
        QCOMPARE(snapshot->rows, std::size_t{2});
        QVERIFY(!snapshot->output.at(1));
        QCOMPARE(snapshot->output.at(0).value(), 7U);
        QCOMPARE(snapshot->requests[0], 6U);
        QCOMPARE(std::string(snapshot->provider.at(0)), std::string("openai"));
        QCOMPARE(snapshot->provider.codes[1], 0);
        QVERIFY(snapshot->promptText.at(0) && !snapshot->promptText.at(1));
    }

    // What a batch held before must not show through in what it holds now.
    void aBatchThatIsFilledAgainIsAsNew() {
        RequestRow full = row(100, "gpt-4o", 7);
        full.cacheRead = TokenCount(2);
        full.loggedCost = Money::fromPico(8);
        full.team = "t";
        full.requestId = "req-1";
        full.dedupKey = "key";
        full.prompt = "hello";
        full.response = "you";
        const ExtraField extras[] = {{"finish", "stop", false}};
        full.extras = extras;
        RowBatch again;
        for (int i = 0; i < 70; ++i) {
            QVERIFY(again.add(full, {i, i}));
        }
        again.reject({{1, 1}, "column", "reason", "hint", "raw"});
        again.clear();
        QVERIFY(again.empty());
        RowBatch fresh;
        std::vector<RequestDetail> details;
        for (RowBatch* batch : {&again, &fresh}) {
            QVERIFY(batch->add(RequestRow(), {2, 20}));
            QVERIFY(batch->add(row(5, "m", 1), {3, 30}));
            const auto project = newProject();
            auto writer = std::move(*ImportWriter::begin(*project, {"log.csv", 1, "digest", "{}", {}}));
            TIERWISE_VERIFY_OK(writer->add(*batch));
            TIERWISE_VERIFY_OK(writer->complete(1, "{}"));
            QCOMPARE(writer->counts().stored, std::int64_t{2});
            QCOMPARE(writer->counts().rejected, std::int64_t{0});
            for (const std::int64_t id : {1, 2}) {
                auto detail = fetchDetail(*project, *m_cacheOfProject, RequestId(id));
                TIERWISE_VERIFY_OK(detail);
                details.push_back(std::move(*detail));
            }
        }
        for (const std::size_t i : {0U, 1U}) {
            const auto& used = details[i];
            const auto& unused = details[i + 2];
            QVERIFY(!used.prompt && !used.response);
            QCOMPARE(used.extras, std::string("{}"));
            QCOMPARE(used.record.requestId, unused.record.requestId);
            QCOMPARE(used.record.team, unused.record.team);
            QVERIFY(used.record.loggedCost == unused.record.loggedCost);
            QVERIFY(used.record.cacheRead == unused.record.cacheRead);
            QVERIFY(used.record.time == unused.record.time);
            QVERIFY(used.record.output == unused.record.output);
        }
    }

    void textsAreReadInAnyOrder() {
        const auto project = newProject();
        auto writer = std::move(*ImportWriter::begin(*project, {"log.csv", 1, "digest", "{}", {}}));
        const auto prompt = [](int i) { return "prompt " + std::to_string(i); };
        for (int i = 1; i <= 7; ++i) {  // a batch is a block of its own
            const std::string text = prompt(i);
            RequestRow each = row(i, "m", i);
            each.prompt = text;
            add(*writer, {each});
        }
        TIERWISE_VERIFY_OK(writer->complete(1, "{}"));
        TextReader reader(*project);
        for (const int i : {1, 2, 3, 4, 5, 6, 7, 1, 7, 2, 7, 7, 3, 5, 1}) {
            const auto text = reader.text(i);
            TIERWISE_VERIFY_OK(text);
            QCOMPARE(std::string(*text), prompt(i));
        }
        QCOMPARE(reader.text(8).error().code, ErrorCode::notFound);
        QCOMPARE(std::string(*reader.text(2)), prompt(2));
        QCOMPARE(fetchText(*project, 4).value(), prompt(4));
    }

    void snapshotIsInTimeOrder() {
        const auto project = newProject();
        take(*project, {row(30, "c", 3), RequestRow(), row(10, "a", 1)});
        take(*project, {row(20, "b", 2), row(10, "d", 4)});
        const auto snapshot = loadSnapshot(*project, {});
        TIERWISE_VERIFY_OK(snapshot);
        std::string models;
        for (std::size_t i = 0; i < snapshot->rows; ++i) {
            models += snapshot->model.at(i).empty() ? "-" : std::string(snapshot->model.at(i));
        }
        QCOMPARE(models, std::string("adbc-"));
        QCOMPARE(snapshot->id[1].value(), std::int64_t{5});
    }

    void equalRowsOfAFileAreSeveralRequests() {
        const auto project = newProject();
        const std::vector<RequestRow> file{row(1, "a", 1), row(1, "a", 1), row(1, "a", 1), row(2, "a", 1)};
        QCOMPARE(take(*project, file).stored, std::int64_t{4});
        const auto again = take(*project, file);
        QCOMPARE(again.stored, std::int64_t{0});
        QCOMPARE(again.duplicates, std::int64_t{4});
        auto longer = file;
        longer.push_back(row(1, "a", 1));  // a fourth of the same
        longer.push_back(row(3, "a", 1));
        QCOMPARE(take(*project, longer).stored, std::int64_t{2});
    }

    void requestIdsAndKeysMakeOneRequest() {
        const auto project = newProject();
        auto withId = row(1, "a", 1);
        withId.requestId = "7";
        auto otherContent = row(2, "a", 1);
        otherContent.requestId = "7";  // counting ids of two logs
        QCOMPARE(take(*project, {withId, withId, otherContent}).stored, std::int64_t{2});
        auto keyed = row(1, "a", 5);
        keyed.dedupKey = "msg_1:req_1";
        auto sameKey = row(9, "b", 50);
        sameKey.dedupKey = "msg_1:req_1";
        QCOMPARE(take(*project, {keyed, sameKey}).stored, std::int64_t{1});
        QCOMPARE(take(*project, {sameKey}).duplicates, std::int64_t{1});
    }

    void unfinishedIsInvisibleAndBlocks() {
        const auto project = newProject();
        take(*project, {row(1, "a", 1)});
        take(*project, {row(2, "b", 1)}, false);
        QCOMPARE(loadSnapshot(*project, {}).value().rows, std::size_t{1});
        const auto open = unfinishedImport(*project).value();
        QVERIFY(open.has_value());
        QVERIFY(!ImportWriter::begin(*project, {"x", 1, "d", "{}", {}}));
        QVERIFY(!undoImport(*project, ImportId(1)));
        {
            auto writer = std::move(*ImportWriter::resume(*project, open->id));
            QVERIFY(!ImportWriter::resume(*project, open->id));  // one at a time
            add(*writer, {row(2, "b", 1)});
            add(*writer, {row(3, "c", 1)});
            TIERWISE_VERIFY_OK(writer->complete(1, "{}"));
            QCOMPARE(writer->counts().stored, std::int64_t{2});
        }
        QCOMPARE(loadSnapshot(*project, {}).value().rows, std::size_t{3});
    }

    void resumingAnotherFileIsRefused() {
        const auto project = newProject();
        take(*project, {row(2, "b", 1), row(3, "b", 1)}, false);
        const auto id = unfinishedImport(*project).value()->id;
        {
            auto writer = std::move(*ImportWriter::resume(*project, id));
            RowBatch other;
            QVERIFY(other.add(row(2, "b", 999), {2, 20}));
            const auto added = writer->add(other);
            QVERIFY(!added);
            QCOMPARE(added.error().code, ErrorCode::conflict);
        }
        TIERWISE_VERIFY_OK(rollBackImport(*project, id));
        QCOMPARE(listImports(*project).value().size(), std::size_t{0});
        QCOMPARE(take(*project, {row(2, "b", 1)}).stored, std::int64_t{1});
    }

    void undoKeepsTextsThatOthersUse() {
        const auto project = newProject();
        auto first = row(1, "a", 1);
        first.prompt = "shared";
        auto second = row(2, "a", 1);
        second.prompt = "shared";
        take(*project, {first});
        take(*project, {second});
        TIERWISE_VERIFY_OK(undoImport(*project, ImportId(1)));
        const auto left = ids(*project, {});
        QCOMPARE(left.size(), std::size_t{1});
        QCOMPARE(fetchDetail(*project, *m_cacheOfProject, RequestId(left[0])).value().prompt.value(),
                 std::string("shared"));
        TIERWISE_VERIFY_OK(undoImport(*project, ImportId(2)));
        QCOMPARE(take(*project, {first}).stored, std::int64_t{1});
        QVERIFY(!undoImport(*project, ImportId(77)));
    }

    void sortsFiltersAndGroups() {
        const auto project = newProject();
        auto costly = row(86400, "b", 30);
        costly.loggedCost = Money::parse("1.5").value();
        costly.prompt = "The quick brown Fox";
        const ExtraField extra[] = {{"finish", "length", false}};
        costly.extras = extra;
        RequestRow bare;
        bare.model = "A";
        take(*project, {row(3, "a", 10), costly, bare, row(1, "c", 20)});
        using Ids = std::vector<std::int64_t>;
        QCOMPARE(ids(*project, {}), (Ids{4, 1, 2, 3}));
        QCOMPARE(ids(*project, {"output", true, {}, {}}), (Ids{2, 4, 1, 3}));
        QCOMPARE(ids(*project, {"output", false, {}, {}}), (Ids{1, 4, 2, 3}));
        QCOMPARE(ids(*project, {"id", true, {}, {}}), (Ids{4, 3, 2, 1}));
        QCOMPARE(ids(*project, {"id", false, {{"model", FilterOp::equals, "a"}}, {}}), (Ids{1, 3}));
        QCOMPARE(ids(*project, {"id", false, {{"output", FilterOp::atLeast, "20"}}, {}}), (Ids{2, 4}));
        QCOMPARE(ids(*project, {"id", false, {{"output", FilterOp::isMissing, ""}}, {}}), (Ids{3}));
        QCOMPARE(ids(*project, {"id", false, {{"loggedCost", FilterOp::atMost, "1.5"}}, {}}), (Ids{2}));
        QCOMPARE(ids(*project, {"id", false, {{"time", FilterOp::atLeast, "1970-01-02"}}, {}}), (Ids{2}));
        QCOMPARE(ids(*project, {"id", false, {{"prompt", FilterOp::contains, "FOX"}}, {}}), (Ids{2}));
        QCOMPARE(ids(*project, {"id", false, {{"extra:finish", FilterOp::equals, "length"}}, {}}), (Ids{2}));
        QCOMPARE(ids(*project, {"id", false, {}, "C"}), (Ids{4}));
        QVERIFY(!rowIds(*project, *m_cacheOfProject, {"nosuch", false, {}, {}}, {}));
        QVERIFY(!rowIds(*project, *m_cacheOfProject, {"id", false, {{"output", FilterOp::equals, "x"}}, {}}, {}));

        const auto days = groupTotals(*project, *m_cacheOfProject, "day", {}, {}).value();
        QCOMPARE(days.size(), std::size_t{3});
        QCOMPARE(days[0].key, std::string("1970-01-01"));
        QCOMPARE(days[0].output, std::int64_t{30});
        QCOMPARE(days[0].rowsWithInput, std::int64_t{0});
        const auto finishes = groupTotals(*project, *m_cacheOfProject, "extra:finish", {}, {}).value();
        QCOMPARE(finishes.size(), std::size_t{2});
        QCOMPARE(finishes[1].key, std::string("length"));
        QCOMPARE(finishes[1].loggedCost.toString(), std::string("1.5"));
    }

    void assessmentIsKept() {
        const auto project = newProject();
        take(*project, {row(2, "a", 1), row(1, "b", 1)});
        auto snapshot = loadSnapshot(*project, {}).value();
        Assessment assessment;
        assessment.difficulty.resize(2);
        assessment.difficulty.set(1, 0.75F);
        assessment.signal = {3, 4};
        assessment.domain.names = {"", "code"};
        assessment.domain.codes = {1, 0};
        TIERWISE_VERIFY_OK(saveAssessment(*project, snapshot.id, assessment, {}));
        const auto after = loadSnapshot(*project, {}).value();
        QVERIFY(!after.difficulty.at(0));
        QCOMPARE(after.difficulty.at(1).value(), 0.75F);
        QCOMPARE(after.signal[0], std::uint8_t{3});
        QCOMPARE(std::string(after.domain.at(0)), std::string("code"));
        take(*project, {row(3, "c", 1)});
        QVERIFY(!saveAssessment(*project, snapshot.id, assessment, {}));
    }

    void rejectsAreListedWithTheirImport() {
        const auto project = newProject();
        auto writer = std::move(*ImportWriter::begin(*project, {"log.csv", 1, "d", "{}", {}}));
        RowBatch batch;
        batch.reject({{4, 40}, "time", "no time", "write one", "raw,bytes"});
        TIERWISE_VERIFY_OK(writer->add(batch));
        QCOMPARE(countRejects(*project, {}).value(), std::int64_t{0});  // not complete yet
        TIERWISE_VERIFY_OK(writer->complete(1, "{}"));
        QCOMPARE(writer->counts().rowsRead, std::int64_t{1});
        const auto rejects = listRejects(*project, writer->id(), 0, 10).value();
        QCOMPARE(rejects.size(), std::size_t{1});
        QCOMPARE(rejects[0].line, std::int64_t{4});
        QCOMPARE(rejects[0].byteOffset, std::int64_t{40});
        QCOMPARE(rejects[0].raw, std::string("raw,bytes"));
        TIERWISE_VERIFY_OK(removeRejects(*project, {rejects[0].id}));
        QCOMPARE(countRejects(*project, {}).value(), std::int64_t{0});
    }
};

QTEST_APPLESS_MAIN(TestRows)
#include "tst_rows.moc"
