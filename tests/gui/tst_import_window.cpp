// SPDX-License-Identifier: GPL-3.0-or-later
// Getting a log in, in the real window: the columns' meaning and unit, the doctor's mends, rejects mended and retried.
#include <QUndoStack>

#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/models/request_model.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/pages/workload/workload_page.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/message_bar.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

class TestImportWindow : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;

    MainWindow& window() { return m_fixture->window(); }
    WorkloadPage& page() { return *m_fixture->find<WorkloadPage>("workloadPage"); }
    // The answer is shown first; the rows are one key away.
    void goToRows() {
        QTRY_COMPARE(window().currentPageId(), u"tradeoff"_s);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        QTest::keyClick(&window(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window().currentPageId(), u"workload"_s);
    }
    RequestModel& model() { return *page().requests()->model(); }

    QString write(const QString& name, const QByteArray& text) {
        QFile file(m_fixture->path(name));
        if (!file.open(QIODevice::WriteOnly)) {
            return {};
        }
        file.write(text);
        return file.fileName();
    }
    ImportDialog* openLog(const QString& path) {
        m_fixture->dialogs().open = {path};
        QTest::keyClick(&window(), Qt::Key_O, Qt::ControlModifier);
        auto* dialog = window().findChild<ImportDialog*>();
        if (dialog != nullptr) {
            (void)QTest::qWaitFor([dialog] { return dialog->previewRows() > 0; }, 20'000);
        }
        return dialog;
    }
    void import(const QByteArray& text) {
        ImportDialog* dialog = openLog(write(u"october.csv"_s, text));
        QVERIFY(dialog != nullptr);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        goToRows();
        QTRY_VERIFY(model().rowCount() > 0);
        m_fixture->settle();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
    }
    // Chooses an entry as a person does: the keyboard's signals, not a call from the program.
    static void choose(QComboBox* box, const QString& text) {
        const int at = box->findText(text);
        QVERIFY2(at >= 0, qPrintable(text));
        box->setCurrentIndex(at);
        Q_EMIT box->activated(at);
    }
    static QComboBox* named(QWidget* in, const QString& name) {
        for (auto* box : in->findChildren<QComboBox*>()) {
            if (box->accessibleName() == name) {
                return box;
            }
        }
        return nullptr;
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aUnitChangesTheRows() {
        ImportDialog* dialog =
            openLog(write(u"cents.csv"_s,
                          "timestamp,model,prompt_tokens,completion_tokens,cost\n"
                          "2026-10-01T00:10:00Z,gpt-4o,100,50,25\n2026-10-01T00:11:00Z,gpt-4o,100,50,50\n"));
        QVERIFY(dialog != nullptr);
        QComboBox* unit = named(dialog, u"Unit of cost"_s);
        QVERIFY(unit != nullptr && unit->isEnabled());
        QVERIFY(!named(dialog, u"Unit of model"_s)->isEnabled());
        choose(unit, u"cents"_s);
        m_fixture->settle();
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        goToRows();
        QTRY_COMPARE(model().rowCount(), 2);
        QTRY_VERIFY(model().record(0) != nullptr);
        QCOMPARE(model().record(0)->loggedCost, Money::fromPico(250'000'000'000));  // 25 cents
    }

    void theDoctorMendsAndUndoes() {
        QByteArray log("timestamp,model,prompt_tokens,completion_tokens\n");
        for (int i = 10; i < 30; ++i) {
            log +=
                "2026-10-01T00:" + QByteArray::number(i) + ":00Z,gpt-4o-minni," + QByteArray::number(100 + i) + ",50\n";
        }
        import(log);
        QTest::keyClick(&window(), Qt::Key_5, Qt::AltModifier);
        auto* table = m_fixture->find<CopyTable>("doctorTable");
        QTRY_VERIFY_WITH_TIMEOUT(table->model()->rowCount() > 0, 20'000);
        QVERIFY(table->model()->index(0, 0).data().toString().contains(u"gpt-4o-minni"_s));
        auto* mend = m_fixture->find<QPushButton>("doctorMend");
        QVERIFY(mend->isVisible());
        choose(named(&window(), u"Read the name as"_s), u"openai/gpt-4o-mini"_s);
        QTest::mouseClick(mend, Qt::LeftButton);
        QTRY_COMPARE(table->model()->index(0, 3).data().toString(), u"mended"_s);
        QCOMPARE(table->model()->index(0, 2).data().toString(), u"Read it as openai/gpt-4o-mini"_s);
        m_fixture->settle();
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(table->model()->index(0, 3).data().toString(), u"open"_s);
        m_fixture->settle();
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(table->model()->index(0, 3).data().toString(), u"mended"_s);
        m_fixture->settle();
    }

    void rejectsAreMendedAndTriedAgain() {
        QByteArray log("timestamp,model,prompt_tokens,completion_tokens\n");
        for (int i = 10; i < 40; ++i) {
            log += "2026-10-01T00:" + QByteArray::number(i) + ":00Z,gpt-4o,100,50\n";
        }
        import(log + "yesterday,gpt-4o,100,50\n");
        QTest::keyClick(&window(), Qt::Key_4, Qt::AltModifier);
        auto* table = m_fixture->find<CopyTable>("rejectsTable");
        QTRY_COMPARE(table->model()->rowCount(), 1);
        m_fixture->dialogs().save = m_fixture->path(u"mend.csv"_s);
        click(u"Export to mend..."_s);
        QTRY_VERIFY(QFile::exists(m_fixture->path(u"mend.csv"_s)));
        m_fixture->settle();
        QFile file(m_fixture->path(u"mend.csv"_s));
        QVERIFY(file.open(QIODevice::ReadWrite));
        const QByteArray mended = file.readAll().replace("yesterday", "2026-10-01T00:50:00Z");
        QVERIFY(mended.contains("00:50:00Z"));
        file.resize(0);
        file.seek(0);
        file.write(mended);
        file.close();
        m_fixture->dialogs().open = {file.fileName()};
        click(u"Try mended..."_s);
        QTRY_COMPARE(model().rowCount(), 31);
        QTRY_COMPARE(table->model()->rowCount(), 0);
        QTRY_VERIFY(window().messageBar()->currentText().contains(u"1 stored"_s));
    }

    void severalFilesAndFoldersComeIn() {
        QDir(m_fixture->path(u"logs"_s)).mkpath(m_fixture->path(u"logs/deep"_s));
        const QByteArray head("timestamp,model,prompt_tokens,completion_tokens\n");
        write(u"logs/a.csv"_s, head + "2026-10-01T00:10:00Z,gpt-4o,100,50\n2026-10-01T00:11:00Z,gpt-4o,101,50\n");
        write(u"logs/deep/b.csv"_s, head + "2026-10-02T00:10:00Z,gpt-4o,100,50\n");
        write(u"logs/c.csv"_s, "nothing,of,use\nx,y,z\n");
        write(u"logs/picture.png"_s, "no log");
        window().openPaths({m_fixture->path(u"logs"_s)});
        ImportDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window().findChild<ImportDialog*>()) != nullptr);
        auto* list = dialog->findChild<QListWidget*>(u"importFiles"_s);
        QTRY_COMPARE(list->count(), 3);
        QTRY_VERIFY(dialog->previewRows() > 0);
        m_fixture->settle();
        QCOMPARE(list->item(0)->checkState(), Qt::Checked);
        QCOMPARE(list->item(1)->checkState(), Qt::Unchecked);  // says nothing of requests
        QCOMPARE(list->item(2)->checkState(), Qt::Checked);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        goToRows();
        QTRY_COMPARE(model().rowCount(), 3);
    }

    void columnsOfNoKnownKindAreMappedByHandAndKept() {
        const QByteArray text(
            "wann,was,rein,raus\n2026-10-01T00:10:00Z,gpt-4o,100,50\n2026-10-01T00:11:00Z,gpt-4o,7,8\n");
        ImportDialog* dialog = openLog(write(u"own.csv"_s, text));
        QVERIFY(dialog != nullptr);
        auto* button = dialog->findChild<QPushButton*>(u"importButton"_s);
        QVERIFY2(!button->isEnabled(), "nothing is known of these columns");
        choose(named(dialog, u"Meaning of wann"_s), u"time"_s);
        choose(named(dialog, u"Meaning of was"_s), u"model"_s);
        choose(named(dialog, u"Meaning of rein"_s), u"input tokens"_s);
        choose(named(dialog, u"Meaning of raus"_s), u"output tokens"_s);
        QTRY_VERIFY(button->isEnabled());
        dialog->findChild<QAction*>(u"keepPreset"_s)->trigger();
        auto* name = dialog->findChild<QInputDialog*>(u"presetName"_s);
        QVERIFY(name != nullptr);
        name->setTextValue(u"Our gateway"_s);
        name->accept();
        auto* source = dialog->findChild<QComboBox*>(u"importSource"_s);
        QTRY_VERIFY(source->currentText().startsWith(u"Our gateway"_s));
        m_fixture->settle();
        dialog->reject();
        QTRY_VERIFY(window().findChild<ImportDialog*>() == nullptr);
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        dialog = openLog(write(u"own2.csv"_s, text));
        QVERIFY(dialog != nullptr);
        source = dialog->findChild<QComboBox*>(u"importSource"_s);
        QVERIFY2(source->currentText().startsWith(u"Our gateway"_s), qPrintable(source->currentText()));
        QVERIFY(button != nullptr);
        dialog->findChild<QAction*>(u"forgetPreset"_s)->trigger();
        QTRY_VERIFY(source->findText(u"Our gateway"_s, Qt::MatchStartsWith) < 0);
        dialog->reject();
    }

    void theWholeFileIsCheckedAndChangesAreWeighed() {
        QByteArray log("timestamp,model,prompt_tokens,completion_tokens,cost\n");
        for (int i = 0; i < 350; ++i) {
            log += "2026-10-01T0" + QByteArray::number(i / 60) + ":" + QByteArray::number(10 + i % 50) +
                   ":00Z,gpt-4o," + QByteArray::number(100 + i) + ",50,0.5\n";
        }
        ImportDialog* dialog = openLog(write(u"whole.csv"_s, log + "yesterday,gpt-4o,1,2,0.5\n"));
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY(dialog->check().has_value());
        QCOMPARE(dialog->check()->rows, std::int64_t{350});
        QCOMPARE(dialog->check()->rejected, std::int64_t{1});
        QCOMPARE(dialog->findChild<QPushButton*>(u"importButton"_s)->text().remove(u'&'), u"Import 350 rows"_s);
        auto* rejects = dialog->findChild<CopyTable*>(u"previewRejects"_s);
        QCOMPARE(rejects->model()->rowCount(), 1);
        QCOMPARE(rejects->model()->index(0, 0).data().toString(), u"352"_s);
        m_fixture->settle();
        // A model's name is no time: every row of the preview is rejected, and the line says that this change did it.
        choose(named(dialog, u"Meaning of timestamp"_s), u"keep as it is"_s);
        choose(named(dialog, u"Meaning of model"_s), u"time"_s);
        auto* verdict = dialog->findChild<QLabel*>(u"importVerdict"_s);
        QSignalSpy previewed(dialog, &ImportDialog::previewed);
        QVERIFY(previewed.wait(20'000));
        QVERIFY2(verdict->text().contains(u"The last change rejects 200 more"_s), qPrintable(verdict->text()));
        QCOMPARE(rejects->model()->rowCount(), 200);
        auto* grid = dialog->findChild<QTableWidget*>(u"mappingGrid"_s);
        QCOMPARE(grid->item(1, 3)->text(), u"200"_s);
        dialog->reject();
    }

    void anImportIsUndoneAndRedone() {
        import("timestamp,model,prompt_tokens,completion_tokens\n2026-10-01T00:10:00Z,gpt-4o,100,50\n");
        QCOMPARE(window().desk().undo().undoText(), u"Import october.csv"_s);
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_COMPARE(model().rowCount(), 0);
        m_fixture->settle();
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_COMPARE(model().rowCount(), 1);
        m_fixture->settle();
    }

    void aWatchedFolderBringsItsLogs() {
        import("timestamp,model,prompt_tokens,completion_tokens\n2026-10-01T00:10:00Z,gpt-4o,100,50\n");
        QDir().mkpath(m_fixture->path(u"watched"_s));
        m_fixture->dialogs().folder = m_fixture->path(u"watched"_s);
        window().findChild<QAction*>(u"watchFolder"_s)->trigger();
        QCOMPARE(window().desk().undo().undoText(), u"Watch "_s + m_fixture->path(u"watched"_s));
        // A LiteLLM spend log is known by its columns; the other file is of no known kind and is offered instead.
        write(u"watched/spend.jsonl"_s,
              R"({"request_id":"r-1","call_type":"acompletion","api_key":"k","spend":0.01,"total_tokens":30,)"
              R"("prompt_tokens":20,"completion_tokens":10,"startTime":"2026-10-02T00:00:00Z",)"
              R"("endTime":"2026-10-02T00:00:01Z","model":"gpt-4o","model_id":"m","user":"u","metadata":{},)"
              R"("cache_hit":"False","cache_key":"c","request_tags":[]})"
              "\n");
        write(u"watched/odd.csv"_s, "when,model,in,out\n2026-10-03T00:00:00Z,gpt-4o,1,2\n");
        QTRY_COMPARE_WITH_TIMEOUT(model().rowCount(), 2, 30'000);
        QTRY_VERIFY(window().messageBar()->hasMessage());
        m_fixture->settle();
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);  // the import
        QTRY_COMPARE(model().rowCount(), 1);
        m_fixture->settle();
    }

    void digitsGoToPagesUnlessTheyAreTyped() {
        import("timestamp,model,prompt_tokens,completion_tokens\n2026-10-01T00:10:00Z,gpt-4o,100,50\n");
        page().requests()->table()->setFocus();
        QTest::keyClick(page().requests()->table(), Qt::Key_2);
        QCOMPARE(window().currentPageId(), u"catalog"_s);
        auto* search = m_fixture->find<QLineEdit>("catalogSearch");
        search->setFocus();
        QTest::keyClick(search, Qt::Key_3);
        QCOMPARE(window().currentPageId(), u"catalog"_s);
        QCOMPARE(search->text(), u"3"_s);
        m_fixture->settle();
    }

private:
    void click(const QString& text) {
        for (auto* button : window().findChildren<QPushButton*>()) {
            if (button->text() == text && button->isVisible()) {
                QTest::mouseClick(button, Qt::LeftButton);
                return;
            }
        }
        QFAIL(qPrintable(text + u" is not there"_s));
    }
};

QTEST_MAIN(TestImportWindow)
#include "tst_import_window.moc"
