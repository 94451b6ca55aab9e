// SPDX-License-Identifier: GPL-3.0-or-later
// What holds on every page alike: keys, the palette, copies and exports, named steps of undo, and what a restart
// brings back.
#include "core/project/import.h"
#include "core/project/resources.h"
#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_view.h"
#include "ui/models/request_model.h"
#include "ui/pages/page.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/pages/workload/workload_page.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/filter_bar.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

class TestInteractions : public QObject, private AnalysisWindow {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;

    void open() {
        const QString path = m_fixture->path(u"sample.tierwise"_s);
        if (!QFile::exists(path)) {
            QVERIFY(QFile::copy(m_project, path));
        }
        window().openPaths({path});
        QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject(), kPatience);
        window().goToPage(u"tradeoff"_s);
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
    }
    void goTo(const QString& page) {
        window().goToPage(page);
        settle();
    }
    QUndoStack& undo() { return window().desk().undo(); }

private Q_SLOTS:
    void initTestCase() {
        prepare();
        m_project = m_folder.filePath(u"sample.tierwise"_s);
        TIERWISE_VERIFY_OK(makeSampleProject(m_project));
    }
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void numbersGoToPages() {
        open();
        int number = 0;
        for (const PageSpec& spec : pageList()) {
            ++number;
            activate();
            window().setFocus();
            QTest::keyClick(&window(), static_cast<Qt::Key>(Qt::Key_0 + number));
            QCOMPARE(window().currentPageId(), spec.id);
            settle();
        }
    }

    void f6WalksThroughThePanesOfEveryPage() {
        open();
        for (const PageSpec& spec : pageList()) {
            goTo(spec.id);
            QSet<QWidget*> visible;
            for (QWidget* pane : window().currentPage()->panes()) {
                if (pane->isVisible()) {
                    visible.insert(pane);
                }
            }
            QVERIFY2(!visible.isEmpty(), qPrintable(spec.id));
            QSet<QWidget*> reached;
            for (int step = 0; step < 12; ++step) {
                QTest::keyClick(&window(), Qt::Key_F6);
                QWidget* focus = QApplication::focusWidget();
                QVERIFY2(focus != nullptr, qPrintable(spec.id));
                for (QWidget* pane : visible) {
                    if (pane == focus || pane->isAncestorOf(focus)) {
                        reached.insert(pane);
                    }
                }
            }
            QVERIFY2(reached == visible,
                     qPrintable(u"%1: %2 of %3 panes"_s.arg(spec.id).arg(reached.size()).arg(visible.size())));
        }
    }

    // Every command of the menus and of the page is in the palette, with its key.
    void thePaletteHoldsEveryCommand() {
        open();
        for (const PageSpec& spec : pageList()) {
            goTo(spec.id);
            QStringList wanted;
            for (const QAction* action : window().currentPage()->actions()) {
                if (!action->isSeparator() && action->isVisible()) {
                    wanted << QString(action->text()).remove(u'&').remove(u"..."_s);
                }
            }
            for (const QMenu* menu : window().menuBar()->findChildren<QMenu*>()) {
                for (const QAction* action : menu->actions()) {
                    if (!action->isSeparator() && action->menu() == nullptr && action->isVisible()) {
                        wanted << QString(action->text()).remove(u'&').remove(u"..."_s);
                    }
                }
            }
            QVERIFY(wanted.size() > 20);
            activate();
            QTest::keyClick(&window(), Qt::Key_K, Qt::ControlModifier);
            QTRY_VERIFY(find<QDialog>("commandPalette") != nullptr);
            auto* palette = find<QDialog>("commandPalette");
            const QAbstractItemModel* model = palette->findChild<QListView*>()->model();
            QStringList listed;
            for (int row = 0; row < model->rowCount(); ++row) {
                listed << model->index(row, 0).data().toString();
            }
            for (const QString& name : wanted) {
                const bool found = std::any_of(listed.begin(), listed.end(),
                                               [&](const QString& entry) { return entry.contains(name); });
                QVERIFY2(found, qPrintable(spec.id + u": "_s + name));
            }
            palette->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }

    void everyTableIsCopiedInEveryForm() {
        open();
        session().addScenario(session().policy(), u"One"_s);
        QSet<QString> tables;
        const auto copyAll = [&](const QString& page) {
            for (auto* table : window().currentPage()->findChildren<CopyTable*>()) {
                if (!table->isVisible() || table->model() == nullptr || table->model()->rowCount() == 0) {
                    continue;
                }
                const QString name = page + u' ' + table->objectName() + u' ' + table->accessibleName();
                table->setFocus();
                table->selectRow(0);
                QApplication::clipboard()->clear();
                QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
                const QMimeData* clip = QApplication::clipboard()->mimeData();
                QVERIFY2(clip->text().contains(u'\t') && clip->html().contains(u"<table"_s), qPrintable(name));
                table->copyMarkdown();
                QVERIFY2(QApplication::clipboard()->text().startsWith(u'|'), qPrintable(name));
                table->copyCsv();
                QVERIFY2(QApplication::clipboard()->text().contains(u','), qPrintable(name));
                tables.insert(name);
            }
        };
        for (const PageSpec& spec : pageList()) {
            goTo(spec.id);
            copyAll(spec.id);
            for (auto* tabs : window().currentPage()->findChildren<QTabWidget*>()) {
                for (int tab = tabs->count() - 1; tab >= 0; --tab) {
                    tabs->setCurrentIndex(tab);
                    settle();
                    copyAll(spec.id);
                }
            }
        }
        QVERIFY2(tables.size() >= 12, qPrintable(QStringList(tables.begin(), tables.end()).join(u'\n')));
    }

    // Every chart, shown or on a tab behind: a table, a picture for the clipboard, four forms of file.
    void everyChartIsCopiedAndExported() {
        open();
        session().addScenario(session().policy(), u"One"_s);
        int charts = 0;
        for (const PageSpec& spec : pageList()) {
            goTo(spec.id);
            for (auto* tabs : window().currentPage()->findChildren<QTabWidget*>()) {
                for (int tab = tabs->count() - 1; tab >= 0; --tab) {
                    tabs->setCurrentIndex(tab);
                    settle();
                }
            }
            for (auto* chart : window().currentPage()->findChildren<ChartPanel*>()) {
                if (chart->spec().series.isEmpty()) {
                    continue;
                }
                const QString name = spec.id + u' ' + chart->spec().title;
                QVERIFY2(!chart->spec().summary.isEmpty() || !chart->accessibleDescription().isEmpty(),
                         qPrintable(name));
                QVERIFY2(!chart->table().rows.isEmpty(), qPrintable(name));
                for (const QString& ending : {u"png"_s, u"svg"_s, u"pdf"_s, u"csv"_s}) {
                    const QString path = m_fixture->path(u"chart%1.%2"_s.arg(charts).arg(ending));
                    QCOMPARE(chart->exportTo(path), QString());
                    QVERIFY2(QFileInfo(path).size() > 100, qPrintable(name + ending));
                    if (ending == u"svg"_s || ending == u"csv"_s) {  // the sample is made up, and says so
                        QFile file(path);
                        QVERIFY(file.open(QIODevice::ReadOnly));
                        QVERIFY2(file.readAll().contains("made-up sample data"), qPrintable(name + ending));
                    }
                }
                QApplication::clipboard()->clear();
                chart->copyImage();
                QVERIFY2(!QApplication::clipboard()->image().isNull(), qPrintable(name));
                ++charts;
            }
        }
        QVERIFY2(charts >= 8, qPrintable(QString::number(charts)));
    }

    void zoomAndPanAreTakenBack() {
        open();
        ChartView* view = find<ChartPanel>("tradeoffChart")->view();
        view->setFocus();
        const QPointF before = view->toValue({100, 100});
        QTest::keyClick(view, Qt::Key_Plus);
        const QPointF zoomed = view->toValue({100, 100});
        QVERIFY(zoomed != before);
        QTest::keyClick(view, Qt::Key_Right);
        QVERIFY(view->toValue({100, 100}) != zoomed);
        QTest::keyClick(view, Qt::Key_Backspace);
        QVERIFY((view->toValue({100, 100}) - zoomed).manhattanLength() < 1e-6 * (1 + zoomed.manhattanLength()));
        QTest::keyClick(view, Qt::Key_Backspace);
        QVERIFY((view->toValue({100, 100}) - before).manhattanLength() < 1e-6 * (1 + before.manhattanLength()));
        QVERIFY(!view->canZoomBack());
    }

    // Steps have names that a menu can show, and come back in the other order.
    void stepsOfUndoAreNamed() {
        open();
        const auto start = session().state();
        QStringList names;
        const auto did = [&] { names << undo().undoText(); };
        session().setBaseline(project::Baseline::oracle);
        did();
        session().setBar(0.6);
        did();
        goTo(u"tradeoff"_s);
        QTest::keyClick(&window(), Qt::Key_Left, Qt::AltModifier);
        did();
        QTest::keyClick(&window(), Qt::Key_D, Qt::ControlModifier);
        did();
        goTo(u"compare"_s);
        auto* table = find<CopyTable>("compareTable");
        const auto select = [&] {
            settle();
            table->setFocus();
            table->selectRow(table->model()->rowCount() - 1);
        };
        select();
        QTest::keyClick(&window(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        did();
        select();
        QTest::keyClick(&window(), Qt::Key_P, Qt::ControlModifier);
        did();
        select();
        QTest::keyClick(table, Qt::Key_Delete);
        did();
        for (const QString& name : names) {
            QVERIFY2(!name.isEmpty(), qPrintable(names.join(u", "_s)));
        }
        QVERIFY2(QSet<QString>(names.begin(), names.end()).size() == names.size(), qPrintable(names.join(u", "_s)));
        const auto end = session().state();
        QVERIFY(end != start);
        for (qsizetype i = 0; i < names.size(); ++i) {
            activate();
            QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
            QCOMPARE(undo().redoText(), names[names.size() - 1 - i]);
        }
        QVERIFY(session().state() == start);
        while (undo().canRedo()) {
            activate();
            QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        }
        QVERIFY(session().state() == end);
    }

    // Geometry, page, columns, filters and the project.
    void aRestartBringsBackWhatWasThere() {
        open();
        window().goToPage(u"workload"_s);
        settle();
        auto* page = qobject_cast<WorkloadPage*>(window().currentPage());
        QVERIFY(page != nullptr);
        page->requests()->filterBar()->addFilter({"team", project::FilterOp::isPresent, {}});
        page->requests()->table()->setColumnHidden(RequestModel::output, true);
        page->requests()->table()->setColumnWidth(RequestModel::modelName, 231);
        goTo(u"tierfit"_s);
        window().resize(1040, 666);
        settle();
        window().close();
        MainWindow again(m_fixture->path(u"settings.ini"_s));
        again.show();
        QVERIFY(QTest::qWaitForWindowExposed(&again));
        QCOMPARE(again.size(), QSize(1040, 666));
        QCOMPARE(again.currentPageId(), u"tierfit"_s);
        again.reopenLast();
        QTRY_VERIFY_WITH_TIMEOUT(again.desk().hasProject(), kPatience);
        again.goToPage(u"workload"_s);
        auto* back = qobject_cast<WorkloadPage*>(again.currentPage());
        QVERIFY(back != nullptr);
        QTRY_COMPARE(back->requests()->model()->query().filters.size(), std::size_t{1});
        QVERIFY(back->requests()->table()->isColumnHidden(RequestModel::output));
        QCOMPARE(back->requests()->table()->columnWidth(RequestModel::modelName), 231);
        (void)QTest::qWaitFor([&] { return again.desk().jobs().isIdle(); }, kPatience);
    }
};

QTEST_MAIN(TestInteractions)
#include "tst_interactions.moc"
