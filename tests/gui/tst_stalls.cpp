// SPDX-License-Identifier: GPL-3.0-or-later
// Does the window answer while logs come in? An event-loop watchdog over drop, preview, changes of options, import and
// cancel. Every figure is printed; only what is grossly over fails, because other programs share the machine.
#include "core/project/import.h"
#include "tests/gui/gui_support.h"
#include "tests/gui/watchdog.h"
#include "tests/support/support.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/models/request_model.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/pages/workload/workload_page.h"
#include "ui/widgets/copy_table.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {
constexpr double kGross = 1000;  // ms of the GUI thread's own time: something is done on the wrong thread
}

class TestStalls : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> m_fixture;

    MainWindow& window() { return m_fixture->window(); }

    void report(const char* what, const Watchdog& dog) {
        qInfo("%s: longest stall %.1f ms, of processor time %.1f ms (target 50)", what, dog.worst(), dog.worstCpu());
        QVERIFY2(dog.worstCpu() < kGross, what);
    }

    QString writeLog(const QString& name, int rows, bool texts) {
        QFile file(m_fixture->path(name));
        if (!file.open(QIODevice::WriteOnly)) {
            return {};
        }
        file.write(texts ? "timestamp,model,prompt_tokens,completion_tokens,cost,team,session,prompt\n"
                         : "timestamp,model,prompt_tokens,completion_tokens,cost,team,session\n");
        const QByteArray words("Explain the difference between the two contracts and say which clause is at odds ");
        QByteArray lines;
        for (int i = 0; i < rows; ++i) {
            const QByteArray number = QByteArray::number(i);
            lines += "2026-10-" + QByteArray::number(10 + i % 20) + "T0" + QByteArray::number(i % 10) + ":" +
                     QByteArray::number(10 + i % 50) + ":00Z,gpt-4o," + QByteArray::number(100 + i) +
                     ",50,0.01,search,s-" + QByteArray::number(i / 10);
            if (texts) {
                lines += ",\"" + words + number + words + "\"";
            }
            lines += "\n";
            if (lines.size() > 1'000'000) {
                file.write(lines);
                lines.clear();
            }
        }
        file.write(lines);
        return file.fileName();
    }

    ImportDialog* openLog(const QStringList& paths) {
        window().openPaths(paths);
        ImportDialog* dialog = nullptr;
        (void)QTest::qWaitFor(
            [&] {
                dialog = window().findChild<ImportDialog*>();
                return dialog != nullptr && dialog->previewRows() > 0;
            },
            60'000);
        return dialog;
    }

private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aMillionRowsComeIn() {
        const QString log = writeLog(u"million.csv"_s, 1'000'000, false);
        Watchdog dog;
        ImportDialog* dialog = openLog({log});
        QVERIFY(dialog != nullptr);
        report("drop to preview", dog);
        dog.reset();
        auto* delimiter = dialog->findChild<QComboBox*>(u"importDelimiter"_s);
        for (const int at : {1, 0}) {
            delimiter->setCurrentIndex(at);
            Q_EMIT delimiter->activated(at);
            QTest::qWait(300);
        }
        QTRY_VERIFY_WITH_TIMEOUT(dialog->previewRows() > 0, 30'000);
        report("options changed and previewed", dog);
        dog.reset();
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        QTRY_VERIFY(window().desk().isImporting());
        QString said;
        QElapsedTimer since;
        since.start();
        while (window().desk().isImporting() && since.elapsed() < 300'000) {
            QTest::qWait(20);
            const QString now = m_fixture->find<QLabel>("statusJob")->text();
            said = now.contains(u"rows/s"_s) ? now : said;
        }
        qInfo("imported in %lld ms; the status area said: %s", static_cast<long long>(since.elapsed()),
              qPrintable(said));
        report("a million rows imported", dog);
        dog.reset();
        m_fixture->settle();
        report("the answer worked out", dog);
    }

    void textsComeIn() {
        const QString log = writeLog(u"texts.csv"_s, 60'000, true);
        Watchdog dog;
        ImportDialog* dialog = openLog({log});
        QVERIFY(dialog != nullptr);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        QTRY_VERIFY(window().desk().isImporting());
        QTRY_VERIFY_WITH_TIMEOUT(!window().desk().isImporting(), 300'000);
        m_fixture->settle();
        report("texts imported and scored", dog);
    }

    void manyColumnsArePreviewed() {
        QByteArray header("timestamp,model,prompt_tokens,completion_tokens");
        QByteArray line("2026-10-01T00:00:00Z,gpt-4o,100,50");
        for (int i = 0; i < 400; ++i) {
            header += ",column_" + QByteArray::number(i);
            line += ",value " + QByteArray::number(i);
        }
        QFile file(m_fixture->path(u"wide.csv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(header + "\n");
        for (int i = 0; i < 500; ++i) {
            file.write(line + "\n");
        }
        file.close();
        Watchdog dog;
        ImportDialog* dialog = openLog({file.fileName()});
        QVERIFY(dialog != nullptr);
        dialog->findChild<QTabWidget*>(u"importTabs"_s)->setCurrentIndex(1);
        QTest::qWait(1500);
        report("a log of 404 columns mapped", dog);
        dialog->reject();
    }

    void cancelIsFeltAtOnce() {
        const QString log = writeLog(u"large.csv"_s, 3'000'000, false);  // far from done when the last cancel comes
        for (const int wait : {30, 150, 600}) {
            ImportDialog* dialog = openLog({log});
            QVERIFY(dialog != nullptr);
            dialog->accept();
            QTRY_VERIFY(window().desk().isImporting());
            QTest::qWait(wait);
            if (!window().desk().isImporting()) {
                qInfo("the import was done before it could be cancelled");
                continue;
            }
            Watchdog dog;
            QElapsedTimer since;
            since.start();
            window().findChild<QAction*>(u"cancelRunning"_s)->trigger();
            const double said = millis(since);
            QVERIFY(QTest::qWaitFor([this] { return !window().desk().isImporting(); }, 60'000));
            const double over = millis(since);
            qInfo("cancel after %d ms: taken in %.1f ms, import over after %.1f ms (target 100)", wait, said, over);
            report("cancel", dog);
            QVERIFY2(over < 5000, "a cancelled import ends");
            m_fixture->settle();
            QVERIFY(!window().desk().hasProject());
        }
    }
};

QTEST_MAIN(TestStalls)
#include "tst_stalls.moc"
