// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"
#include "core/base/decimal.h"
#include "core/base/rng.h"
#include "core/base/task_context.h"
#include "tests/support/support.h"

using tierwise::Rng;
using tierwise::Timestamp;

class TestValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsIsoTimes_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("iso");
        const auto row = [](const char* text, const char* iso) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(iso);
        };
        row("2026-10-01", "2026-10-01T00:00:00Z");
        row("2023-11-16 18:15:46.6805900", "2023-11-16T18:15:46.68059Z");
        row("2026-10-01T02:00:03.120+02:00", "2026-10-01T00:00:03.12Z");
        row("2026-10-01T00:00:03-0530", "2026-10-01T05:30:03Z");
        row("2024-02-29T23:59:60Z", "2024-02-29T23:59:59Z");
        row("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.5Z");
        row("2026-02-30", "");
        row("2026-13-01", "");
        row("2026-10-01T25:00:00Z", "");
        row("2026-10-01T00:00:03Zx", "");
        row("9999-01-01", "");
        row("", "");
    }
    void readsIsoTimes() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, iso);
        const auto time = Timestamp::parseIso(text.toStdString());
        QCOMPARE(time ? QByteArray::fromStdString(time->toIso()) : QByteArray(), iso);
    }

    void daysBeforeTheEpochRoundDown() { QCOMPARE(Timestamp::parseIso("1969-12-31T23:00:00Z")->day(), qint64{-1}); }

    void roundsHalfToEvenAndSaysSo() {
        bool rounded = false;
        QCOMPARE(*tierwise::parseScaledDecimalRounded("0.25", 1, &rounded), qint64{2});
        QVERIFY(rounded);
        QCOMPARE(*tierwise::parseScaledDecimalRounded("0.35", 1, &rounded), qint64{4});
        QCOMPARE(*tierwise::parseScaledDecimalRounded("-0.251", 1, &rounded), qint64{-3});
        QCOMPARE(*tierwise::parseScaledDecimalRounded("0.3", 1, &rounded), qint64{3});
        QVERIFY(!rounded);
    }

    // The first outputs of the reference xoshiro256** for a state seeded by splitmix64(0), worked out with the
    // authors' C code.
    void randomStreamIsTheReferenceOne() {
        Rng rng(0);
        QCOMPARE(rng(), quint64{0x99EC5F36CB75F2B4ULL});
        QCOMPARE(rng(), quint64{0xBF6E1F784956452AULL});
    }

    void uniformStaysInRangeAndIsLevel() {
        Rng rng(3);
        double sum = 0;
        std::array<int, 10> bins{};
        for (int i = 0; i < 100000; ++i) {
            const double u = rng.uniform();
            QVERIFY(u >= 0 && u < 1);
            sum += u;
            ++bins[static_cast<std::size_t>(rng.below(10))];
        }
        QVERIFY(std::abs(sum / 100000 - 0.5) < 0.005);
        for (const int count : bins) {
            QVERIFY(std::abs(count - 10000) < 500);
        }
    }

    void stopIsSeen() {
        std::stop_source source;
        tierwise::TaskContext task{source.get_token(), {}};
        QVERIFY(!task.stopRequested());
        task.report({"nobody listens", 1, 2, 3});
        source.request_stop();
        QVERIFY(task.stopRequested());
    }

    void errorsSayWhereAndHow() {
        const tierwise::Error error{tierwise::ErrorCode::badFormat, "no number here", "Write one", "a.csv", 3, 17};
        QCOMPARE(error.describe(), std::string("a.csv:3 (byte 17): no number here. Write one"));
    }
};

QTEST_APPLESS_MAIN(TestValues)
#include "tst_values.moc"
