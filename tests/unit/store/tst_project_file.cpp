// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>

#include <SQLiteCpp/SQLiteCpp.h>
#include <QTemporaryDir>

#include "core/store/connection.h"
#include "core/store/documents.h"
#include "core/store/import_list.h"
#include "core/store/import_writer.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::store;

class TestProjectFile : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    static void write(const std::filesystem::path& file, const std::string& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
    }

private Q_SLOTS:
    void isASqliteFileOfOurs() {
        const auto file = path("new.tierwise");
        TIERWISE_VERIFY_OK(Connection::create(file));
        SQLite::Database db(file.string());
        QCOMPARE(db.execAndGet("PRAGMA application_id").getInt(), kApplicationId);
        QCOMPARE(db.execAndGet("PRAGMA user_version").getInt(), schemaVersion());
        QCOMPARE(db.execAndGet("PRAGMA journal_mode").getString(), std::string("wal"));
        const auto again = Connection::create(file);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::conflict);
    }

    void everyOlderVersionOpens() {
        // Version 0: a project whose making was broken off before it held anything.
        for (int version = 0; version <= schemaVersion(); ++version) {
            const auto file = path(("v" + std::to_string(version)).c_str());
            TIERWISE_VERIFY_OK(Connection::createOfVersion(file, version));
            const auto opened = Connection::open(file);
            TIERWISE_VERIFY_OK(opened);
            QCOMPARE((*opened)->db().execAndGet("PRAGMA user_version").getInt(), schemaVersion());
            TIERWISE_VERIFY_OK(listImports(**opened));
            TIERWISE_VERIFY_OK(putDocument(**opened, "settings", "x", "{}"));
        }
    }

    void aNewerVersionIsLeftAlone() {
        const auto file = path("newer.tierwise");
        TIERWISE_VERIFY_OK(Connection::create(file));
        {
            SQLite::Database db(file.string(), SQLite::OPEN_READWRITE);
            db.exec("PRAGMA user_version = 999");
        }
        const auto opened = Connection::open(file);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::conflict);
        QVERIFY(opened.error().what.find("newer") != std::string::npos);
    }

    void otherFilesAreRefused() {
        write(path("empty"), "");
        write(path("text"), "time,model\n1,2\n");
        write(path("cut"), "SQLite format 3");
        {
            SQLite::Database db(path("foreign").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            db.exec("CREATE TABLE t (a)");
        }
        for (const char* name : {"empty", "text", "cut", "foreign", "."}) {
            const auto opened = Connection::open(path(name));
            QVERIFY2(!opened, name);
            QCOMPARE(opened.error().code, ErrorCode::badFormat);
            QVERIFY(!opened.error().fixHint.empty());
        }
        QCOMPARE(std::filesystem::file_size(path("empty")), std::uintmax_t{0});
        QCOMPARE(Connection::open(path("absent")).error().code, ErrorCode::notFound);
        QCOMPARE(Connection::create(path("no/such/folder/p")).error().code, ErrorCode::notFound);
    }

    void documentsCanBeUndone() {
        const auto opened = Connection::create(path("documents.tierwise"));
        TIERWISE_VERIFY_OK(opened);
        auto& connection = **opened;
        QVERIFY(!putDocument(connection, "policy", "a", "{1}").value());
        QCOMPARE(putDocument(connection, "policy", "a", "{2}").value().value(), std::string("{1}"));
        QCOMPARE(putDocument(connection, "policy", "b", "{3}").value().has_value(), false);
        QCOMPARE(listDocuments(connection, "policy").value().size(), std::size_t{2});
        QCOMPARE(listDocuments(connection, "other").value().size(), std::size_t{0});
        QCOMPARE(putDocument(connection, "policy", "a", std::nullopt).value().value(), std::string("{2}"));
        QVERIFY(!getDocument(connection, "policy", "a").value());
    }

    void aFullDiskLeavesTheProjectWhole() {
        const auto file = path("full.tierwise");
        const auto opened = Connection::create(file);
        TIERWISE_VERIFY_OK(opened);
        auto& db = (*opened)->db();
        db.exec("PRAGMA max_page_count = " + std::to_string(db.execAndGet("PRAGMA page_count").getInt() + 2));
        auto writer = ImportWriter::begin(**opened, {"log.csv", 1, "d", "{}", {}});
        TIERWISE_VERIFY_OK(writer);
        RowBatch batch;
        std::uint64_t noise = 1;
        for (int i = 0; i < 20000; ++i) {
            RequestRow row;
            noise = noise * 6364136223846793005U + 1442695040888963407U;
            row.output = TokenCount(static_cast<std::int64_t>(noise >> 20U));
            QVERIFY(batch.add(row, {i, i}));
        }
        const auto added = (*writer)->add(batch);
        QVERIFY(!added);
        QCOMPARE(added.error().code, ErrorCode::diskFull);
        QVERIFY(!added.error().fixHint.empty());
        TIERWISE_VERIFY_OK((*writer)->discard());
        QCOMPARE(listImports(**opened).value().size(), std::size_t{0});
        QCOMPARE(db.execAndGet("PRAGMA integrity_check").getString(), std::string("ok"));
    }
};

QTEST_APPLESS_MAIN(TestProjectFile)
#include "tst_project_file.moc"
