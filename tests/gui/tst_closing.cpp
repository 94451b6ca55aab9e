// SPDX-License-Identifier: GPL-3.0-or-later
// The window, the project, a page or a dialog goes in the middle of any job: nothing crashes, nothing hangs, nothing is
// half done. And every model of the window under QAbstractItemModelTester while rows come, go, are sorted and filtered.
// Meant for the sanitizers too.
#include <QAbstractItemModelTester>

#include "core/project/project.h"
#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/models/request_model.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/pages/workload/workload_page.h"
#include "ui/session/analysis_session.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/filter_bar.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {
constexpr int kRows = 6000;
constexpr int kWaits[] = {0, 3, 20, 90};  // ms into whatever runs
}  // namespace

class TestClosing : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;
    QSet<QAbstractItemModel*> m_tested;

    MainWindow& window() { return m_fixture->window(); }
    QString projectPath() { return m_fixture->path(u"october.tierwise"_s); }

    void open() {
        if (!QFile::exists(projectPath())) {
            TIERWISE_VERIFY_OK(makeProject(projectPath(), kRows));
        }
        window().openPaths({projectPath()});
        QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject(), 30'000);
    }
    QString writeLog(int rows) {
        QFile file(m_fixture->path(u"log.csv"_s));
        if (!file.open(QIODevice::WriteOnly)) {
            return {};
        }
        file.write("timestamp,model,prompt_tokens,completion_tokens,prompt\n");
        for (int i = 0; i < rows; ++i) {
            file.write("2026-10-01T00:" + QByteArray::number(10 + i % 50) + ":00Z,gpt-4o," +
                       QByteArray::number(100 + i) + ",50,Say what number " + QByteArray::number(i) + " means\n");
        }
        return file.fileName();
    }
    // Everything a person could have under way on a page.
    void stir(const QString& page) {
        window().goToPage(page);
        for (auto* tabs : window().currentPage()->findChildren<QTabWidget*>()) {
            tabs->setCurrentIndex((tabs->currentIndex() + 1) % tabs->count());
        }
        if (auto* rows = window().findChild<WorkloadPage*>()) {
            rows->requests()->model()->sort(RequestModel::cost, Qt::DescendingOrder);
            rows->requests()->table()->selectAll();
        }
    }
    void testModels() {
        for (auto* model : window().findChildren<QAbstractItemModel*>()) {
            // Qt's own (completers, combo boxes) are not ours to test.
            if (!m_tested.contains(model) && QByteArray(model->metaObject()->className()).startsWith("tierwise")) {
                m_tested.insert(model);
                new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, model);
            }
        }
    }

private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<WindowFixture>();
        m_tested.clear();
    }
    void cleanup() { m_fixture.reset(); }

    void theWindowCloses_data() {
        QTest::addColumn<QString>("page");
        for (const PageSpec& spec : pageList()) {
            QTest::newRow(qPrintable(spec.id)) << spec.id;
        }
    }
    void theWindowCloses() {
        QFETCH(QString, page);
        for (const int wait : kWaits) {
            open();
            stir(page);
            QTest::qWait(wait);
            m_fixture->restart();
        }
        open();
        m_fixture->settle();
        QVERIFY(window().desk().jobs().isIdle());
    }

    void theProjectCloses_data() { theWindowCloses_data(); }
    void theProjectCloses() {
        QFETCH(QString, page);
        for (const int wait : kWaits) {
            open();
            stir(page);
            QTest::qWait(wait);
            window().desk().closeProject();
            QTest::qWait(wait);
        }
        m_fixture->settle();
        QVERIFY(!window().desk().hasProject());
        QVERIFY(window().desk().jobs().isIdle());
    }

    void pagesChangeHastily() {
        open();
        for (int round = 0; round < 3; ++round) {
            for (const PageSpec& spec : pageList()) {
                stir(spec.id);
                QTest::qWait(round * 4);
            }
        }
        m_fixture->settle();
        QVERIFY(window().desk().jobs().isIdle());
    }

    void theWindowClosesOnAnImport() {
        const QString log = writeLog(40'000);
        for (const int wait : {0, 5, 40, 200}) {
            window().openPaths({log});
            auto* dialog = window().findChild<ImportDialog*>();
            QVERIFY(dialog != nullptr);
            QTRY_VERIFY_WITH_TIMEOUT(dialog->previewRows() > 0, 60'000);
            dialog->accept();
            QTest::qWait(wait);
            m_fixture->restart();
        }
        // Whatever is left opens, and holds all of an import or none of it.
        for (const QFileInfo& left : QDir(m_fixture->path(u"documents"_s)).entryInfoList({u"*.tierwise"_s})) {
            const auto opened = project::Project::open(left.filePath().toStdString());
            TIERWISE_VERIFY_OK(opened);
            const auto ids = opened->rowIds({}, {});
            TIERWISE_VERIFY_OK(ids);
            QVERIFY2(ids->empty() || ids->size() == 40'000, qPrintable(QString::number(ids->size())));
        }
    }

    void theImportDialogClosesOnItsJobs() {
        const QString log = writeLog(20'000);
        for (const int wait : kWaits) {
            window().openPaths({log, log});
            auto* dialog = window().findChild<ImportDialog*>();
            QVERIFY(dialog != nullptr);
            QTest::qWait(wait);
            dialog->reject();
            QTRY_VERIFY(window().findChild<ImportDialog*>() == nullptr);
        }
        window().openPaths({log});
        m_fixture->restart();  // with the dialog open
        m_fixture->settle();
        QVERIFY(!window().desk().hasProject());
    }

    void everyModelHoldsUp() {
        open();
        for (const PageSpec& spec : pageList()) {
            window().goToPage(spec.id);
            testModels();
            m_fixture->settle();
            testModels();
        }
        QVERIFY2(m_tested.size() > 10, qPrintable(QString::number(m_tested.size())));
        window().goToPage(u"workload"_s);
        auto* page = window().findChild<WorkloadPage*>();
        RequestModel& model = *page->requests()->model();
        for (const int column : {int(RequestModel::cost), int(RequestModel::modelName), int(RequestModel::time)}) {
            model.sort(column, Qt::DescendingOrder);
            m_fixture->settle();
            page->requests()->table()->scrollToBottom();
            m_fixture->settle();
        }
        page->requests()->filterBar()->addFilter({"team", project::FilterOp::equals, "search"});
        m_fixture->settle();
        for (const char* by : {"team", "session", "day", ""}) {
            page->requests()->groupBy(QString::fromLatin1(by));
            m_fixture->settle();
        }
        page->requests()->filterBar()->clear();
        m_fixture->settle();
        window().desk().closeProject();
        m_fixture->settle();
        qInfo("%lld models tested", static_cast<long long>(m_tested.size()));
    }
};

QTEST_MAIN(TestClosing)
#include "tst_closing.moc"
