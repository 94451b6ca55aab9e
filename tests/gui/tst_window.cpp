// SPDX-License-Identifier: GPL-3.0-or-later
// The real window, driven by keys and clicks.
#include <atomic>
#include <chrono>
#include <thread>

#include <QAbstractItemModelTester>
#include <QStatusTipEvent>
#include <QToolButton>

#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/request_model.h"
#include "ui/pages/catalog/catalog_page.h"
#include "ui/pages/workload/overview_tab.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/pages/workload/workload_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/message_bar.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int kRows = 3000;
}

class TestWindow : public QObject {
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
    CopyTable& table() { return *page().requests()->table(); }

    void openProject(int rows = kRows) {
        const QString path = m_fixture->path(u"october.tierwise"_s);
        if (!QFile::exists(path)) {
            const auto made = makeProject(path, rows);
            TIERWISE_VERIFY_OK(made);
        }
        window().openPaths({path});
        QTRY_VERIFY(window().desk().hasProject());
        QTRY_COMPARE(model().rowCount(), rows);
        m_fixture->settle();
    }

    QString writeLog(const QString& name, int rows) {
        QFile file(m_fixture->path(name));
        if (!file.open(QIODevice::WriteOnly)) {
            return {};
        }
        file.write("timestamp,model,prompt_tokens,completion_tokens,cost,team\n");
        for (int i = 0; i < rows; ++i) {
            file.write("2026-10-01T00:" + QByteArray::number(10 + i % 50) + ":00Z,gpt-4o," +
                       QByteArray::number(100 + i) + ",50,0.01,search\n");
        }
        file.write("not a time,gpt-4o,none of it,50,0.01,search\n");
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

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        Theme::instance().install();
    }
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void withoutAProjectThereIsADropZone() {
        QVERIFY(m_fixture->find<QWidget>("startPage")->isVisible());
        QVERIFY(m_fixture->find<QPushButton>("startOpen")->isVisible());
        QVERIFY(m_fixture->find<QPushButton>("startSample")->isVisible());
    }

    void theOpenButtonAsksForAFileAndOpensIt() {
        const QString path = m_fixture->path(u"a.tierwise"_s);
        TIERWISE_VERIFY_OK(makeProject(path, 10));
        m_fixture->dialogs().open = {path};
        QTest::mouseClick(m_fixture->find<QPushButton>("startOpen"), Qt::LeftButton);
        QCOMPARE(m_fixture->dialogs().asked, 1);
        QTRY_COMPARE(model().rowCount(), 10);
        QVERIFY(window().windowTitle().startsWith(u"a "_s));
        QCOMPARE(window().desk().recentFiles(), QStringList{path});
    }

    void whatIsNoProjectIsAnErrorWithAHint() {
        const QString path = m_fixture->path(u"broken.tierwise"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is no database, but a long enough text to be taken for a file");
        file.close();
        window().openPaths({path});
        QTRY_VERIFY(window().messageBar()->hasMessage());
        QVERIFY(!window().desk().hasProject());
        QVERIFY(m_fixture->find<QLabel>("messageText")->text().contains(u"</b> "_s));
    }

    void aLogIsImportedThroughTheDialog() {
        ImportDialog* dialog = openLog(writeLog(u"october.csv"_s, 150));
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->previewRows(), 150);
        QVERIFY(dialog->findChild<QLabel*>(u"importVerdict"_s)->text().contains(u"1 rejected"_s));
        QVERIFY(dialog->findChild<QTableWidget*>(u"mappingGrid"_s)->rowCount() == 6);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        goToRows();
        QTRY_COMPARE(model().rowCount(), 150);
        QTRY_VERIFY(model().record(0) != nullptr);
        QCOMPARE(model().record(0)->model, std::string("gpt-4o"));
        QVERIFY(window().messageBar()->currentText().contains(u"150 rows stored"_s));
        QVERIFY(window().messageBar()->currentText().contains(u"1 rejected"_s));
        QCOMPARE(window().desk().projectName(), u"october"_s);
    }

    void theDialogCanBeLeftWithoutATrace() {
        ImportDialog* dialog = openLog(writeLog(u"october.csv"_s, 20));
        QVERIFY(dialog != nullptr);
        QTest::keyClick(dialog, Qt::Key_Escape);
        m_fixture->settle();
        QVERIFY(!window().desk().hasProject());
        QVERIFY(!QDir(m_fixture->path(u"documents"_s)).exists(u"october.tierwise"_s));
    }

    void aRunningImportIsCancelled() {
        ImportDialog* dialog = openLog(writeLog(u"large.csv"_s, 400'000));
        QVERIFY(dialog != nullptr);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        QTRY_VERIFY(window().desk().isImporting());
        QElapsedTimer since;
        since.start();
        window().desk().jobs().cancelAll();  // what Cancel in the status area does
        QTRY_VERIFY_WITH_TIMEOUT(!window().desk().isImporting(), 20'000);
        m_fixture->settle();
        QVERIFY2(!window().desk().hasProject(), "nothing came of it, so there is no project");
        QVERIFY(!QFile::exists(m_fixture->path(u"documents/large.tierwise"_s)));
        QVERIFY(m_fixture->find<QWidget>("startPage")->isVisible());
    }

    void theCatalogIsSearchedAndCompared() {
        QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier);
        auto* catalog = qobject_cast<CatalogPage*>(window().currentPage());
        QVERIFY(catalog != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(catalog->lines().size() > 100, 20'000);
        const int all = catalog->table()->model()->rowCount();
        QTest::keyClicks(m_fixture->find<QLineEdit>("catalogSearch"), u"claude opus"_s);
        QTRY_VERIFY(catalog->table()->model()->rowCount() < all);
        QVERIFY(catalog->table()->model()->rowCount() > 0);
        const QAbstractItemModel* shown = catalog->table()->model();
        for (int row = 0; row < shown->rowCount(); ++row) {
            const QString text = shown->index(row, 0).data().toString() + shown->index(row, 10).data().toString();
            QVERIFY2(text.contains(u"opus"_s, Qt::CaseInsensitive), qPrintable(text));
        }
    }

    void anOwnPriceIsSetAndUndone() {
        QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier);
        auto* catalog = qobject_cast<CatalogPage*>(window().currentPage());
        QTRY_VERIFY_WITH_TIMEOUT(catalog->lines().size() > 100, 20'000);
        QTest::keyClicks(m_fixture->find<QLineEdit>("catalogSearch"), u"gpt-4o"_s);
        QTRY_VERIFY(catalog->table()->model()->rowCount() > 0 && catalog->table()->model()->rowCount() < 40);
        const QString key = catalog->table()->model()->index(0, 10).data().toString();
        const auto lineOf = [&]() -> const project::CatalogLine* {
            for (const auto& line : catalog->lines()) {
                if (line.key == key.toStdString()) {
                    return &line;
                }
            }
            return nullptr;
        };
        catalog->table()->selectRow(0);
        const auto before = lineOf()->input;
        QTest::keyClick(&window(), Qt::Key_E, Qt::ControlModifier);
        auto* dialog = window().findChild<QDialog*>(u"ownPriceDialog"_s);
        QVERIFY(dialog != nullptr);
        dialog->findChild<QLineEdit*>(u"ownInput"_s)->setText(u"0.123456"_s);
        dialog->findChild<QLineEdit*>(u"ownOutput"_s)->setText(u"9"_s);
        dialog->findChild<QLineEdit*>(u"ownCached"_s)->clear();
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(lineOf() != nullptr && lineOf()->ownPrice, 20'000);
        QCOMPARE(lineOf()->input->perMillion(), std::string("0.123456"));
        m_fixture->settle();
        window().activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window()));
        catalog->table()->setFocus();  // in a text field Ctrl+Z undoes typing
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(lineOf() != nullptr && !lineOf()->ownPrice, 20'000);
        QVERIFY(lineOf()->input == before);
    }

    void rowsAreReadInPagesAndSorted() {
        openProject();
        const QAbstractItemModelTester tester(&model());
        QTRY_VERIFY(model().record(0) != nullptr);
        QCOMPARE(model().index(0, RequestModel::modelName).data().toString(), u"gpt-4o"_s);
        QCOMPARE(model().index(0, RequestModel::time).data().toString(), u"2026-10-01 00:00:00"_s);
        QCOMPARE(model().index(0, RequestModel::cost).data().toString(), u"\u2013"_s);
        QVERIFY(model().record(2500) == nullptr);
        table().scrollToBottom();
        QTRY_VERIFY(model().record(kRows - 1) != nullptr);
        QHeaderView* header = table().horizontalHeader();
        const int x = header->sectionViewportPosition(RequestModel::cost) + 20;
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, {x, header->height() / 2});
        m_fixture->settle();
        QCOMPARE(QString::fromStdString(model().query().sortColumn), u"loggedCost"_s);
        table().scrollToTop();
        QTRY_VERIFY(model().record(0) != nullptr);
        QVERIFY(model().record(0)->loggedCost.has_value());
    }

    void filtersNarrowTheRows() {
        openProject();
        QTest::keyClick(&window(), Qt::Key_F, Qt::ControlModifier);
        auto* text = m_fixture->find<QLineEdit>("filterText");
        QTRY_VERIFY(text->hasFocus());
        QTest::keyClicks(text, u"team:support"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QTRY_COMPARE(model().rowCount(), kRows / 3);
        QTest::keyClick(&window(), Qt::Key_Backspace, Qt::ControlModifier);
        QTRY_COMPARE(model().rowCount(), kRows);
    }

    void groupsHaveTotals() {
        openProject();
        page().requests()->groupBy(u"team"_s);
        auto* groups = m_fixture->find<CopyTable>("groupTable");
        QTRY_COMPARE(groups->model()->rowCount(), 4);
        m_fixture->settle();
        const QAbstractItemModelTester tester(groups->model());
        const int last = groups->model()->rowCount() - 1;
        QCOMPARE(groups->model()->index(last, 1).data().toString(), u"3,000"_s);
        // Rows 0..2999 without every 7th: the sum of (i % 100) cents, by hand in a spreadsheet's terms.
        int cents = 0;
        for (int i = 0; i < kRows; ++i) {
            cents += i % 7 != 0 ? i % 100 : 0;
        }
        QCOMPARE(groups->model()->index(last, 7).data(kExactRole).toString().toDouble(), cents / 100.0);
        groups->setCurrentIndex(groups->model()->index(0, 0));
        groups->setFocus();
        QTest::keyClick(groups, Qt::Key_Return);
        QTRY_COMPARE(model().rowCount(), kRows / 3);
    }

    void aRowIsShownWholeAndSelectionsAreSummed() {
        openProject();
        QTRY_VERIFY(model().record(1) != nullptr);
        table().setFocus();
        table().setCurrentIndex(model().index(1, 0));
        auto* prompt = m_fixture->find<QPlainTextEdit>("detailPrompt");
        QTRY_VERIFY(prompt->toPlainText().startsWith(u"Question 1:"_s));
        QVERIFY(m_fixture->find<QTextBrowser>("detailFacts")->toPlainText().contains(u"$0.01"_s));
        table().selectAll();
        QTRY_VERIFY(m_fixture->find<QLabel>("statusPage")->text().contains(u"3,000 selected"_s));
    }

    void theOverviewShowsCostByTier() {
        openProject();
        QTest::keyClick(&window(), Qt::Key_2, Qt::AltModifier);
        auto* overview = page().overview();
        QTRY_COMPARE(overview->overview().rows, std::int64_t{kRows});
        QCOMPARE(overview->overview().total.unpriced, std::int64_t{(kRows + 6) / 7});
        QVERIFY(overview->isVisible());
    }

    void thePaletteRunsCommands() {
        openProject();
        QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
        auto* input = m_fixture->find<QLineEdit>("commandInput");
        QVERIFY(input != nullptr);
        QTest::keyClicks(input, u"group by team"_s);
        QTest::keyClick(input, Qt::Key_Return);
        QTRY_COMPARE(m_fixture->find<QComboBox>("groupBy")->currentData().toString(), u"team"_s);
    }

    void f6WalksThroughThePanes() {
        openProject();
        table().setFocus();
        QSet<QWidget*> seen;
        for (int i = 0; i < 8; ++i) {
            QTest::keyClick(&window(), Qt::Key_F6);
            QVERIFY(QApplication::focusWidget() != nullptr);
            seen.insert(QApplication::focusWidget());
        }
        QVERIFY(seen.size() >= 4);
    }

    void helpIsShownInTheWindow() {
        QTest::keyClick(&window(), Qt::Key_F1);
        QVERIFY(m_fixture->find<QDockWidget>("helpPane")->isVisible());
        QTest::keyClick(&window(), Qt::Key_F1);
        QVERIFY(!m_fixture->find<QDockWidget>("helpPane")->isVisible());
    }

    void stateComesBackAfterARestart() {
        openProject();
        page().requests()->filterBar()->addFilter({"team", project::FilterOp::equals, "search"});
        table().setColumnHidden(RequestModel::latency, true);
        window().resize(1000, 640);
        m_fixture->settle();
        m_fixture->restart();
        QCOMPARE(window().size(), QSize(1100, 700));  // the fixture's own
        QVERIFY(!window().desk().hasProject());
        window().openPaths({m_fixture->path(u"october.tierwise"_s)});
        QTRY_COMPARE(model().rowCount(), kRows / 3);
        QVERIFY(table().isColumnHidden(RequestModel::latency));
    }

    // The mouse rests on the button that was just clicked: its tip must not cover the job that the click began.
    void aTipLeavesTheRunningJobInSight() {
        JobSlot slot(window().desk().jobs());
        std::atomic<bool> enough{false};
        slot.start(
            u"Counting"_s,
            [&enough](TaskContext& context) -> Result<int> {
                while (!enough && !context.stopRequested()) {
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                }
                return 1;
            },
            [](const Result<int>&) {});
        auto* cancel = m_fixture->find<QToolButton>("cancelJob");
        QTRY_VERIFY(cancel->isVisible());
        QStatusTipEvent tip(u"What this does"_s);
        QApplication::sendEvent(&window(), &tip);
        QVERIFY(cancel->isVisible());
        QCOMPARE(m_fixture->find<QLabel>("statusPage")->text(), u"What this does"_s);
        QStatusTipEvent gone{QString()};
        QApplication::sendEvent(&window(), &gone);
        QVERIFY(m_fixture->find<QLabel>("statusPage")->text() != u"What this does"_s);
        enough = true;
        QTRY_VERIFY(!slot.isRunning());
    }

    void closingInTheMiddleOfAJobIsSafe() {
        openProject();
        for (int round = 0; round < 5; ++round) {
            model().sort(RequestModel::cost, round % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
            table().selectAll();
            m_fixture->restart();
            window().openPaths({m_fixture->path(u"october.tierwise"_s)});
            QCoreApplication::processEvents();
        }
    }

    void everythingIsNamedAndKeysAreUnique() {
        openProject(50);
        for (const PageSpec& spec : pageList()) {
            window().goToPage(spec.id);
            m_fixture->settle();
            QStringList unnamed;
            for (const QWidget* widget : window().findChildren<QWidget*>()) {
                const bool inner =
                    widget->objectName().startsWith(u"qt_"_s) || qobject_cast<const QScrollBar*>(widget) ||
                    qobject_cast<const QHeaderView*>(widget) || qobject_cast<const QMenu*>(widget) ||
                    qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()) ||
                    qobject_cast<const QComboBox*>(widget->parentWidget()) ||
                    widget->parentWidget()->inherits("QAbstractScrollArea") || widget->inherits("QComboBoxListView") ||
                    widget->inherits("QComboBoxPrivateContainer");
                if (!inner && widget->focusProxy() == nullptr && widget->isVisible() &&
                    (widget->focusPolicy() & Qt::TabFocus) != 0 && widget->accessibleName().isEmpty() &&
                    !qobject_cast<const QAbstractButton*>(widget)) {
                    unnamed << QString::fromLatin1(widget->metaObject()->className()) + u" "_s + widget->objectName();
                }
            }
            QVERIFY2(unnamed.isEmpty(), qPrintable(spec.id + u": "_s + unnamed.join(u", "_s)));
            QHash<QString, QString> keys;
            for (const QAction* action : window().allCommands()) {
                QVERIFY2(!action->text().isEmpty(), "a command has a name");
                QVERIFY2(!action->toolTip().isEmpty(), qPrintable(action->text()));
                for (const QKeySequence& key : action->shortcuts()) {
                    const QString text = key.toString();
                    QVERIFY2(!keys.contains(text), qPrintable(spec.id + u": "_s + text + u" is "_s + keys.value(text) +
                                                              u" and "_s + action->text()));
                    keys.insert(text, action->text());
                }
            }
        }
    }

    void germanIsWhole() {
        QTranslator translator;
        QVERIFY(translator.load(u":/i18n/tierwise_de.qm"_s));
        QApplication::installTranslator(&translator);
        m_fixture = std::make_unique<WindowFixture>();
        QStringList titles;
        for (const QAction* top : window().menuBar()->actions()) {
            titles << top->text().remove(u'&');
        }
        QApplication::removeTranslator(&translator);
        QCOMPARE(titles, QStringList({u"Datei"_s, u"Bearbeiten"_s, u"Seite"_s, u"Ansicht"_s, u"Hilfe"_s}));
    }

    void aCopyIsSavedAndOpens() {
        openProject(50);
        m_fixture->dialogs().save = m_fixture->path(u"copy.tierwise"_s);
        QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(QFile::exists(m_fixture->path(u"copy.tierwise"_s)));
        m_fixture->settle();
        window().openPaths({m_fixture->path(u"copy.tierwise"_s)});
        QTRY_COMPARE(window().desk().projectName(), u"copy"_s);
        QTRY_COMPARE(model().rowCount(), 50);
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
