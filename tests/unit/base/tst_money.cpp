// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include "core/base/money.h"
#include "core/base/rng.h"
#include "tests/support/support.h"

using tierwise::ErrorCode;
using tierwise::Money;
using tierwise::MoneySum;
using tierwise::Rate;
using tierwise::Rng;

namespace {

constexpr std::int64_t kMax = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

// Values of every magnitude, so that the extremes are as likely as the middle.
std::int64_t anyPico(Rng& rng) {
    return static_cast<std::int64_t>(rng()) >> rng.below(63);
}

}  // namespace

class TestMoney : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void printThenParseGivesTheSameAmount() {
        Rng rng(7);
        for (int i = 0; i < 20000; ++i) {
            const Money amount = Money::fromPico(anyPico(rng));
            const auto back = Money::parse(amount.toString());
            TIERWISE_VERIFY_OK(back);
            QCOMPARE(back->pico(), amount.pico());
        }
        for (const std::int64_t pico : {kMax, kMin, std::int64_t{0}, std::int64_t{-1}}) {
            QCOMPARE(Money::parse(Money::fromPico(pico).toString())->pico(), pico);
        }
    }

    void parsesExactDecimals_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("pico");
        QTest::newRow("a bill") << QByteArray("0.08585625") << qint64{85856250000};
        QTest::newRow("whole") << QByteArray("3") << qint64{3000000000000};
        QTest::newRow("negative") << QByteArray("-0.5") << qint64{-500000000000};
        QTest::newRow("scientific") << QByteArray("1.5e-07") << qint64{150000};
        QTest::newRow("one pico-dollar") << QByteArray("0.000000000001") << qint64{1};
        QTest::newRow("largest") << QByteArray("9223372.036854775807") << qint64{kMax};
        QTest::newRow("smallest") << QByteArray("-9223372.036854775808") << qint64{kMin};
        QTest::newRow("trailing zeros beyond the scale") << QByteArray("1.0000000000000000") << qint64{1000000000000};
        QTest::newRow("bare fraction") << QByteArray(".25") << qint64{250000000000};
    }
    void parsesExactDecimals() {
        QFETCH(QByteArray, text);
        QFETCH(qint64, pico);
        const auto amount = Money::parse(text.toStdString());
        TIERWISE_VERIFY_OK(amount);
        QCOMPARE(amount->pico(), pico);
    }

    void refusesWhatIsNoAmount_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "-", ".", "1.2.3", "1,5", " 1", "1 ", "0x10", "nan", "inf", "1e", "1e+", "9223372.036854775808",
              "-9223372.036854775809", "0.0000000000001", "1e19", "1e99999999"}) {
            QTest::newRow(text[0] == '\0' ? "(empty)" : text) << QByteArray(text);
        }
    }
    void refusesWhatIsNoAmount() {
        QFETCH(QByteArray, text);
        const auto amount = Money::parse(text.toStdString());
        QVERIFY(!amount.has_value());
        QCOMPARE(amount.error().code, ErrorCode::badFormat);
        QVERIFY(!amount.error().fixHint.empty());
    }

    void arithmeticNeverWraps() {
        Rng rng(11);
        int overflows = 0;
        for (int i = 0; i < 20000; ++i) {
            const std::int64_t a = anyPico(rng);
            const std::int64_t b = anyPico(rng);
            const tierwise::Int128 sum = static_cast<tierwise::Int128>(a) + b;
            const tierwise::Int128 difference = static_cast<tierwise::Int128>(a) - b;
            const tierwise::Int128 product = static_cast<tierwise::Int128>(a) * b;
            const auto check = [&](const tierwise::Result<Money>& result, tierwise::Int128 truth) {
                const bool fits = truth <= kMax && truth >= kMin;
                overflows += fits ? 0 : 1;
                return fits ? result.has_value() && result->pico() == static_cast<std::int64_t>(truth)
                            : !result.has_value() && result.error().code == ErrorCode::overflow;
            };
            QVERIFY(check(Money::fromPico(a).plus(Money::fromPico(b)), sum));
            QVERIFY(check(Money::fromPico(a).minus(Money::fromPico(b)), difference));
            QVERIFY(check(Money::fromPico(a).times(b), product));
        }
        QVERIFY2(overflows > 1000, "the generator must reach the edges");
    }

    void sumsBeyond64BitsAreExact() {
        MoneySum sum;
        for (int i = 0; i < 1000; ++i) {
            sum += Money::fromPico(kMax);
        }
        QCOMPARE(QByteArray::fromStdString(sum.toString()), QByteArray("9223372036.854775807"));
        QVERIFY(!sum.toMoney().has_value());
        QCOMPARE((sum - sum).toMoney()->pico(), qint64{0});
    }

    void ratesArePerMillion() {
        QCOMPARE(Rate::parsePerMillion("0.44")->picoPerUnit(), qint64{440000});
        QCOMPARE(Rate::parsePerMillion("0.44")->times(1'000'000)->toString(), std::string("0.44"));
        QCOMPARE(Rate::parsePerMillion("15")->perMillion(), std::string("15"));
        QVERIFY(!Rate::parsePerMillion("-1").has_value());
        QVERIFY(!Rate::parsePerMillion("0.0000001").has_value());
    }
};

QTEST_APPLESS_MAIN(TestMoney)
#include "tst_money.moc"
