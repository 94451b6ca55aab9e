// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/display.h"
#include "tests/support/support.h"

class TestDisplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void amountsNeverRoundToNothing() {
        QCOMPARE(tierwise::displayDollars(4812.068), std::string("$4,812.07"));
        QCOMPARE(tierwise::displayDollars(-0.5), std::string("-$0.50"));
        QCOMPARE(tierwise::displayDollars(1234567.8), std::string("$1,234,568"));
        QCOMPARE(tierwise::displayDollars(0.0), std::string("$0.00"));
        QCOMPARE(tierwise::displayDollars(0.0467123), std::string("$0.0467"));
        QCOMPARE(tierwise::displayDollars(0.0999), std::string("$0.0999"));
        QCOMPARE(tierwise::displayDollars(0.099996), std::string("$0.10"));
        QCOMPARE(tierwise::displayDollars(-0.05), std::string("-$0.05"));
        QCOMPARE(tierwise::displayDollars(0.00012345), std::string("$0.000123"));
        QCOMPARE(tierwise::displayDollars(1e-12), std::string("$0.000000000001"));
        QCOMPARE(tierwise::displayDollars(std::numeric_limits<double>::quiet_NaN()), std::string("-"));
    }

    void sharesAndPoints() {
        QCOMPARE(tierwise::displayPercent(0.4321), std::string("43.2 %"));
        QCOMPARE(tierwise::displayPoints(-0.0041), std::string("-0.4"));
        QCOMPARE(tierwise::displayPoints(-0.0001), std::string("+0.0"));
        QCOMPARE(tierwise::displayCount(1383669), std::string("1,383,669"));
        QCOMPARE(tierwise::displayCount(-1000), std::string("-1,000"));
    }

    void foreignTextIsMadeSafe() {
        QCOMPARE(tierwise::displayText("caf\xc3\xa9"), std::string("caf\xc3\xa9"));
        QCOMPARE(tierwise::displayText("a\xff"
                                       "b"),
                 std::string("a\xef\xbf\xbd"
                             "b"));
        QCOMPARE(tierwise::displayText("\xed\xa0\x80"), std::string("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
        QCOMPARE(tierwise::displayText(std::string_view("a\0b", 3)), std::string("a\xe2\x90\x80"
                                                                                 "b"));
        QCOMPARE(tierwise::displayText("a\xe2\x80\xae"
                                       "b"),
                 std::string("a[U+202E]b"));
        QCOMPARE(tierwise::displayText("a\r\nb\rc"), std::string("a\nb\nc"));
        QCOMPARE(tierwise::displayText("\xf0\x9f\x98\x80\xf0\x9f\x98\x80", 1),
                 std::string("\xf0\x9f\x98\x80\xe2\x80\xa6"));
    }
};

QTEST_APPLESS_MAIN(TestDisplay)
#include "tst_display.moc"
