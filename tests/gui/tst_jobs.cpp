// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs: results arrive on the GUI thread, stale ones never, and nothing outlives its receiver.
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/gui/gui_support.h"
#include "ui/jobs/job_slot.h"

using namespace tierwise;
using namespace tierwise::ui;

namespace {

std::atomic<bool> g_started = false;

Result<int> waitForStop(TaskContext& context, std::atomic<bool>& stopped) {
    g_started = true;
    while (!context.stopRequested()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    stopped = true;
    return TaskContext::cancelled();
}

}  // namespace

class TestJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { g_started = false; }

    void theResultArrivesOnTheGuiThread() {
        JobRunner runner;
        JobSlot slot(runner);
        int got = 0;
        QThread* where = nullptr;
        slot.start(
            QStringLiteral("add"), [](TaskContext&) -> Result<int> { return 6 * 7; },
            [&](Result<int> result) {
                got = *result;
                where = QThread::currentThread();
            });
        QVERIFY(slot.isRunning());
        QTRY_COMPARE(got, 42);
        QCOMPARE(where, thread());
        QVERIFY(!slot.isRunning());
    }

    void aStaleResultIsDropped() {
        JobRunner runner;
        JobSlot slot(runner);
        QList<int> got;
        for (int i = 1; i <= 5; ++i) {
            slot.start(
                QStringLiteral("n"), [i](TaskContext&) -> Result<int> { return i; },
                [&](Result<int> result) { got.append(*result); });
        }
        QTRY_VERIFY(runner.isIdle());
        QCOMPARE(got, QList<int>{5});
    }

    void cancelReachesTheWorkAndTellsTheReceiver() {
        JobRunner runner;
        JobSlot slot(runner);
        std::atomic<bool> stopped = false;
        bool cancelled = false;
        slot.start(
            QStringLiteral("long"), [&](TaskContext& context) { return waitForStop(context, stopped); },
            [&](Result<int> result) { cancelled = !result && result.error().code == ErrorCode::cancelled; });
        QTRY_VERIFY(g_started);
        QCOMPARE(runner.visibleJobs().size(), 1);
        QElapsedTimer since;
        since.start();
        runner.cancel(slot.jobId());
        QTRY_VERIFY(cancelled);
        QVERIFY2(since.elapsed() < 100, "cancel must be felt within 100 ms");
        QVERIFY(stopped);
    }

    void aDyingReceiverStopsItsJobAndHearsNothing() {
        JobRunner runner;
        std::atomic<bool> stopped = false;
        bool heard = false;
        {
            JobSlot slot(runner);
            slot.start(
                QStringLiteral("long"), [&](TaskContext& context) { return waitForStop(context, stopped); },
                [&](Result<int>) { heard = true; });
            QTRY_VERIFY(g_started);
        }
        QTRY_VERIFY(stopped);
        QTRY_VERIFY(runner.isIdle());
        QVERIFY(!heard);
    }

    // A job that is slow to stop must not hold up the window that closes on it.
    void aDyingReceiverDoesNotWait() {
        JobRunner runner;
        std::atomic<bool> go = false;
        std::atomic<bool> ended = false;
        {
            JobSlot slot(runner);
            slot.start(
                QStringLiteral("stubborn"),
                [&](TaskContext&) -> Result<int> {
                    g_started = true;
                    while (!go) {
                        std::this_thread::sleep_for(std::chrono::milliseconds(1));
                    }
                    ended = true;
                    return 1;
                },
                [](Result<int>) { QFAIL("nobody is there to hear it"); });
            QTRY_VERIFY(g_started);
        }
        QVERIFY(!ended);
        go = true;
        QTRY_VERIFY(runner.isIdle());
        QVERIFY(ended);
    }

    void aDyingRunnerJoinsItsJobs() {
        std::atomic<bool> stopped = false;
        auto runner = std::make_unique<JobRunner>();
        auto slot = std::make_unique<JobSlot>(*runner);
        slot->start(
            QStringLiteral("long"), [&](TaskContext& context) { return waitForStop(context, stopped); },
            [](Result<int>) {});
        QTRY_VERIFY(g_started);
        slot.reset();
        runner.reset();
        QVERIFY(stopped);
    }

    void anExceptionBecomesAnError() {
        JobRunner runner;
        JobSlot slot(runner);
        QString what;
        slot.start(
            QStringLiteral("throws"), [](TaskContext&) -> Result<int> { throw std::runtime_error("boom"); },
            [&](Result<int> result) { what = QString::fromStdString(result.error().what); });
        QTRY_VERIFY(what.contains(QStringLiteral("boom")));
    }

    void progressIsHeardOnTheGuiThread() {
        JobRunner runner;
        JobSlot slot(runner);
        QSignalSpy progressed(&runner, &JobRunner::jobProgressed);
        bool done = false;
        slot.start(
            QStringLiteral("counts"),
            [](TaskContext& context) -> Result<int> {
                for (int i = 0; i < 10'000; ++i) {
                    context.report({"Counting", i, 10'000, i});
                }
                return 1;
            },
            [&](Result<int>) { done = true; });
        QTRY_VERIFY(done);
        QVERIFY(progressed.count() >= 1);
        QVERIFY2(progressed.count() < 5'000, "progress events must be merged");
    }
};

QTEST_MAIN(TestJobs)
#include "tst_jobs.moc"
