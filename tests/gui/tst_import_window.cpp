// SPDX-License-Identifier: GPL-3.0-or-later
// Getting a log in, in the real window: the columns' meaning and unit, the doctor's mends, rejects mended and retried.
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
    WorkloadPage& page() { return *qobject_cast<WorkloadPage*>(window().currentPage()); }
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
        QVERIFY(window().messageBar()->currentText().contains(u"1 stored"_s));
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
