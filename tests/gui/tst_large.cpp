// SPDX-License-Identifier: GPL-3.0-or-later
// The window over a real log of 1,383,669 requests: how long people wait, and how much memory it takes. Prints every
// figure; a plain build (optimized, no sanitizer) on a machine of its own is held to the targets with
// TIERWISE_HOLD_TARGETS=1. TIERWISE_LARGE_PROJECT names a project to use in place of importing the log.
#include <atomic>
#include <thread>

#include "core/base/memory.h"
#include "core/project/import.h"
#include "tests/gui/gui_support.h"
#include "tests/gui/watchdog.h"
#include "tests/support/support.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_view.h"
#include "ui/models/request_model.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/pages/workload/workload_page.h"
#include "ui/session/analysis_session.h"
#include "ui/widgets/copy_table.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 120'000;

double residentMegabytes(const char* field) {
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly)) {
        return 0;
    }
    for (const QByteArray& line : status.readAll().split('\n')) {
        if (line.startsWith(field)) {
            return line.simplified().split(' ').value(1).toDouble() / 1024;
        }
    }
    return 0;
}

}  // namespace

class TestLarge : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_path;
    std::unique_ptr<WindowFixture> m_fixture;
    bool m_hold = qEnvironmentVariableIsSet("TIERWISE_HOLD_TARGETS");

    void target(const char* what, double value, double most, const char* unit) {
        qInfo("%s: %.1f %s (target %.0f)", what, value, unit, most);
        if (m_hold) {
            QVERIFY2(value <= most, what);
        }
    }
    MainWindow& window() { return m_fixture->window(); }
    AnalysisSession& session() { return AnalysisSession::of(window().desk()); }
    bool waitForWorkbench() {
        return QTest::qWaitFor([this] { return session().workbench() != nullptr; }, kPatience);
    }

private Q_SLOTS:
    void initTestCase() {
        giveBackBigBuffers();  // as the program does
        m_path = qEnvironmentVariable("TIERWISE_LARGE_PROJECT");
        if (!m_path.isEmpty()) {
            return;
        }
        TIERWISE_NEEDS_SHARED_DATA();
        m_path = m_folder.filePath(u"large.tierwise"_s);
        auto made = project::Project::create(m_path.toStdString());
        TIERWISE_VERIFY_OK(made);
        project::ImportOptions options;
        options.file = sharedData() / "logs" / "servegen_deepseek_r1_24h.csv.zst";
        const auto report = project::importLog(*made, options, TaskContext());
        TIERWISE_VERIFY_OK(report);
        QCOMPARE(report->stored, std::int64_t{1'383'669});
    }

    void openToUsable() {
        m_fixture = std::make_unique<WindowFixture>();
        Watchdog dog;
        QElapsedTimer since;
        since.start();
        window().openPaths({m_path});
        const auto usable = [this] {
            const auto* page = qobject_cast<WorkloadPage*>(window().currentPage());
            return page != nullptr && page->requests()->model()->rowCount() > 1'000'000 &&
                   page->requests()->model()->record(0) != nullptr;
        };
        QVERIFY(QTest::qWaitFor(usable, kPatience));
        target("open to the first rows", millis(since), 1500, "ms");
        window().goToPage(u"tradeoff"_s);
        QVERIFY(waitForWorkbench());
        target("open to the trade-off page that can be dragged", millis(since), 1500, "ms");
        qInfo("longest stall while opening: %.1f ms (%.1f ms of processor time)", dog.worst(), dog.worstCpu());
        m_fixture->settle();
        qInfo("open to all figures with their ranges: %.0f ms", millis(since));
    }

    void pagesSwitch() {
        for (const PageSpec& spec : pageList()) {  // made on their first visit
            Watchdog dog;
            QElapsedTimer since;
            since.start();
            window().goToPage(spec.id);
            QCoreApplication::processEvents();
            const double first = millis(since);
            m_fixture->settle();
            qInfo("%s, first visit: %.1f ms; longest stall until its figures are there %.1f ms (%.1f ms of processor)",
                  qPrintable(spec.id), first, dog.worst(), dog.worstCpu());
        }
        for (const PageSpec& spec : pageList()) {
            Watchdog dog;
            QElapsedTimer since;
            since.start();
            window().goToPage(spec.id);
            window().repaint();
            QCoreApplication::processEvents();
            target(qPrintable(u"switch to "_s + spec.id), millis(since), 100, "ms");
            m_fixture->settle();
        }
    }

    void dragAlongTheCurve() {
        window().goToPage(u"tradeoff"_s);
        m_fixture->settle();
        auto* chart = m_fixture->find<ChartPanel>("tradeoffChart");
        QVERIFY(chart != nullptr);
        QVERIFY(!chart->spec().handles.isEmpty());
        ChartView* view = chart->view();
        QPoint at = view->toView(chart->spec().handles.first().at).toPoint();
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, at);
        QList<double> steps;
        QList<double> cpu;
        for (int step = 0; step < 120; ++step) {
            at.rx() += step < 60 ? 2 : -2;
            QElapsedTimer since;
            since.start();
            const double before = threadCpuMillis();
            QMouseEvent move(QEvent::MouseMove, at, view->viewport()->mapToGlobal(at), Qt::NoButton, Qt::LeftButton,
                             {});
            QCoreApplication::sendEvent(view->viewport(), &move);
            window().repaint();
            view->viewport()->repaint();
            steps.append(millis(since));
            cpu.append(threadCpuMillis() - before);
            QCoreApplication::processEvents();
        }
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, at);
        std::sort(steps.begin(), steps.end());
        std::sort(cpu.begin(), cpu.end());
        qInfo("drag step, processor time of the GUI thread: median %.1f ms, p95 %.1f ms", cpu[60], cpu[114]);
        target("drag step, event to painted frame, median", steps[60], 16, "ms");
        target("drag step, event to painted frame, 95th percentile", steps[114], 33, "ms");
        m_fixture->settle();
    }

    void scrollAndSort() {
        window().goToPage(u"workload"_s);
        m_fixture->settle();
        auto* page = qobject_cast<WorkloadPage*>(window().currentPage());
        QVERIFY(page != nullptr);
        CopyTable& table = *page->requests()->table();
        RequestModel& model = *page->requests()->model();
        Watchdog dog;
        QScrollBar* bar = table.verticalScrollBar();
        for (int i = 0; i <= 100; ++i) {
            bar->setValue(static_cast<int>(static_cast<double>(bar->maximum()) * i / 100));
            QTest::qWait(10);
        }
        for (int i = 0; i < 50; ++i) {
            QTest::keyClick(&table, Qt::Key_PageUp);
            QTest::qWait(5);
        }
        m_fixture->settle();
        target("longest stall while scrolling", dog.worst(), 50, "ms");
        qInfo("... of processor time: %.1f ms", dog.worstCpu());
        dog.reset();
        for (const int column : {int(RequestModel::input), int(RequestModel::output), int(RequestModel::time)}) {
            QElapsedTimer since;
            since.start();
            bool sorted = false;
            const auto done = connect(&model, &RequestModel::loaded, this, [&] { sorted = true; });
            model.sort(column, Qt::DescendingOrder);
            QVERIFY(QTest::qWaitFor([&] { return sorted && model.record(0) != nullptr; }, kPatience));
            disconnect(done);
            qInfo("sorted by column %d and shown after %.0f ms", column, millis(since));
            table.scrollToTop();
        }
        m_fixture->settle();
        target("longest stall while sorting", dog.worst(), 50, "ms");
        qInfo("... of processor time: %.1f ms", dog.worstCpu());
    }

    void memory() {
        qInfo("most memory ever resident: %.0f MB", residentMegabytes("VmHWM:"));
        target("resident memory with every page visited", residentMegabytes("VmRSS:"), 700, "MB");
        m_fixture.reset();
    }
};

QTEST_MAIN(TestLarge)
#include "tst_large.moc"
