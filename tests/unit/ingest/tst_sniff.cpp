// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "core/ingest/sniff/column_types.h"
#include "core/ingest/sniff/encoding_sniffer.h"
#include "core/ingest/sniff/values.h"
#include "tests/unit/ingest/reader_support.h"

using namespace tierwise::ingest;
using tierwise::test::readText;
using tierwise::test::Rows;

namespace {

ColumnGuess guess(std::string_view name, std::vector<std::string_view> values) {
    return guessColumn(name, values);
}

// What every polluted form of it must be read as.
const Rows kTable = {{"date", "item", "qty", "price", "note"},
                     {"2024-05-01", "lamp, small", "3", "12.50", "ok"},
                     {"2024-05-02", "chair", "1", "80.00", "say \"hi\""},
                     {"2024-05-03", "table\nround", "2", "120.99", ""},
                     {"2024-05-04", "pen; blue", "12", "0.80", "it's fine"},
                     {"2024-05-05", "desk", "1", "310.00", "a | b"},
                     {"2024-05-06", "shelf", "4", "45.10", "none, yet"}};

std::string written(const Rows& rows, const std::string& delimiter, char quote, const std::string& escape,
                    const std::string& newline, bool all) {
    std::string text;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string& cell = row[i];
            text += i > 0 ? delimiter : "";
            const bool needs = all || cell.find(delimiter) != std::string::npos ||
                               cell.find(quote) != std::string::npos ||
                               cell.find_first_of("\r\n") != std::string::npos ||
                               cell.find(delimiter.substr(0, 1)) != std::string::npos;
            if (!needs) {
                text += cell;
                continue;
            }
            text += quote;
            for (const char c : cell) {
                text += c == quote ? escape : std::string();
                text += c;
            }
            text += quote;
        }
        text += newline;
    }
    return text;
}

Rows withHeader(const tierwise::test::Read& read) {
    Rows rows = read.rows;
    if (read.info.dialect.hasHeader) {
        rows.insert(rows.begin(), read.info.rawHeader);
    }
    return rows;
}

}  // namespace

class TestSniff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void integers() {
        QCOMPARE(parseInteger("1234", NumberStyle::plain), std::optional<std::int64_t>(1234));
        QCOMPARE(parseInteger("-7", NumberStyle::plain), std::optional<std::int64_t>(-7));
        QCOMPARE(parseInteger("1,234,567", NumberStyle::commaGroups), std::optional<std::int64_t>(1234567));
        QCOMPARE(parseInteger("1.234.567", NumberStyle::commaDecimal), std::optional<std::int64_t>(1234567));
        QCOMPARE(parseInteger("12 345", NumberStyle::spaceGroups), std::optional<std::int64_t>(12345));
        QVERIFY(!parseInteger("12,34", NumberStyle::commaGroups));
        QVERIFY(!parseInteger("1.5", NumberStyle::plain));
        QVERIFY(!parseInteger("99999999999999999999", NumberStyle::plain));
        QVERIFY(!parseInteger("", NumberStyle::plain));
    }

    void numbers() {
        QCOMPARE(parseNumber("1.234,5", NumberStyle::commaDecimal), std::optional<double>(1234.5));
        QCOMPARE(parseNumber("$1,234.50", NumberStyle::commaGroups), std::optional<double>(1234.5));
        QCOMPARE(parseNumber("(3.50)", NumberStyle::plain), std::optional<double>(-3.5));
        QCOMPARE(parseNumber("25%", NumberStyle::plain), std::optional<double>(0.25));
        QCOMPARE(parseNumber("1e-3", NumberStyle::plain), std::optional<double>(1e-3));
        QCOMPARE(parseNumber("1'234.5", NumberStyle::apostrophes), std::optional<double>(1234.5));
        QVERIFY(!parseNumber("1.2.3", NumberStyle::plain));
        QVERIFY(!parseNumber("5a", NumberStyle::plain));
    }

    void times_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("style");
        QTest::addColumn<QByteArray>("iso");  // empty: no time
        const auto row = [](const char* text, TimeStyle style, const char* iso) {
            QTest::newRow(text) << QByteArray(text) << static_cast<int>(style) << QByteArray(iso);
        };
        row("2023-11-16 18:17:03.9799600", TimeStyle::yearFirst, "2023-11-16T18:17:03.97996Z");
        row("2023-11-16T18:17:03+02:00", TimeStyle::yearFirst, "2023-11-16T16:17:03Z");
        row("2023/11/16 18:17", TimeStyle::yearFirst, "2023-11-16T18:17:00Z");
        row("20231116T181703Z", TimeStyle::yearFirst, "2023-11-16T18:17:03Z");
        row("2024-05-01 10:00:00 UTC", TimeStyle::yearFirst, "2024-05-01T10:00:00Z");
        row("16/11/2023 18:17", TimeStyle::dayFirst, "2023-11-16T18:17:00Z");
        row("11/16/2023 6:17 PM", TimeStyle::monthFirst, "2023-11-16T18:17:00Z");
        row("04.05.2018", TimeStyle::dayFirst, "2018-05-04T00:00:00Z");
        row("04-May-2018", TimeStyle::dayFirst, "2018-05-04T00:00:00Z");
        row("May 4, 2018", TimeStyle::monthFirst, "2018-05-04T00:00:00Z");
        row("Fri, 04 May 2018 14:08:03 GMT", TimeStyle::dayFirst, "2018-05-04T14:08:03Z");
        row("1700158623", TimeStyle::epochSeconds, "2023-11-16T18:17:03Z");
        row("1700158623.25", TimeStyle::epochSeconds, "2023-11-16T18:17:03.25Z");
        row("1700158623250", TimeStyle::epochMillis, "2023-11-16T18:17:03.25Z");
        row("1700158623250000", TimeStyle::epochMicros, "2023-11-16T18:17:03.25Z");
        row("2023-02-30", TimeStyle::yearFirst, "");
        row("16/13/2023", TimeStyle::dayFirst, "");
        row("lamp", TimeStyle::yearFirst, "");
        row("2023-11-16 25:00", TimeStyle::yearFirst, "");
    }
    void times() {
        QFETCH(QByteArray, text);
        QFETCH(int, style);
        QFETCH(QByteArray, iso);
        const auto time = parseTime(text.toStdString(), static_cast<TimeStyle>(style));
        QCOMPARE(time ? QByteArray::fromStdString(time->toIso()) : QByteArray(), iso);
    }

    void columnsByEvidence() {
        QCOMPARE(guess("n", {"1", "22", ""}).type, ColumnType::integer);
        QCOMPARE(guess("n", {"1", "22", ""}).missing, 1);
        QCOMPARE(guess("price", {"1.234,50", "7,1"}).numbers, NumberStyle::commaDecimal);
        QCOMPARE(guess("price", {"1,234.50", "7.1"}).numbers, NumberStyle::commaGroups);
        QCOMPARE(guess("price", {"1,234", "7,500"}).ambiguous, true);
        QCOMPARE(guess("cost", {"$0.05", "$1.20"}).currency, true);
        QCOMPARE(guess("when", {"13/02/2024", "01/03/2024"}).times, TimeStyle::dayFirst);
        QCOMPARE(guess("when", {"02/13/2024", "03/01/2024"}).times, TimeStyle::monthFirst);
        const auto open = guess("when", {"01/02/2024", "03/04/2024"});
        QCOMPARE(open.type, ColumnType::time);
        QVERIFY(open.ambiguous && !open.question.empty());
        QCOMPARE(guess("created_at", {"1700158623", "1700158700"}).times, TimeStyle::epochSeconds);
        QCOMPARE(guess("created_at", {"1700158623250"}).times, TimeStyle::epochMillis);
        QCOMPARE(guess("tokens", {"1700158623", "1700158700"}).type, ColumnType::integer);
        QCOMPARE(guess("flag", {"TRUE", "false"}).type, ColumnType::boolean);
        QCOMPARE(guess("body", {"{\"a\":1}", "[]"}).type, ColumnType::json);
        QCOMPARE(guess("x", {"1", "two"}).type, ColumnType::text);
        QCOMPARE(guess("x", {"", "null"}).type, ColumnType::empty);
    }

    void ordersThatRunForwardDecide() {
        // Days 1 to 12 of two months: only day first makes the log run forward.
        std::vector<std::string> texts;
        for (const char* month : {"01", "02"}) {
            for (int day = 1; day <= 12; ++day) {
                texts.push_back((day < 10 ? "0" : "") + std::to_string(day) + "/" + month + "/2024");
            }
        }
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        const auto found = guessColumn("when", views);
        QVERIFY(!found.ambiguous);
        QCOMPARE(found.times, TimeStyle::dayFirst);
    }

    void encodings() {
        QCOMPARE(sniffEncoding("plain").encoding, std::string("UTF-8"));
        QCOMPARE(sniffEncoding("\xEF\xBB\xBFx").markSize, 3U);
        QCOMPARE(sniffEncoding(std::string_view("a\0,\0b\0\n\0", 8)).encoding, std::string("UTF-16LE"));
        QCOMPARE(sniffEncoding(std::string_view("\0a\0,\0b\0\n", 8)).encoding, std::string("UTF-16BE"));
        QCOMPARE(sniffEncoding("caf\xE9,na\xEFve\n").encoding, std::string("windows-1252"));
    }
    void aFewWrongValuesDoNotMakeWordsOfNumbers() {
        std::vector<std::string_view> values(40, "1.234,56");
        values[7] = "oops";
        const auto guess = guessColumn("price", values);
        QCOMPARE(guess.type, ColumnType::number);
        QCOMPARE(guess.numbers, NumberStyle::commaDecimal);
        QVERIFY(guess.because.find("1 of 40") == 0);
        values[8] = values[9] = "many";
        QCOMPARE(guessColumn("price", values).type, ColumnType::text);
    }
    void oneColumnStaysOne_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("rows");
        const auto row = [](const char* text, int rows) { QTest::newRow(text) << QByteArray(text) << rows; };
        row("2024-01-02 10:00:00\n2024-01-02 10:00:01\n2024-01-02 10:00:02\n2024-01-02 10:00:03\n", 4);
        row("when\n2024-01-02 10:00:00\n2024-01-02 10:00:01\n2024-01-02 10:00:02\n2024-01-02 10:00:03\n", 4);
        row("date\n2024/01/02\n2024/01/03\n2024/01/04\n2024/01/05\n", 4);
        row("url\nhttp://a.b/c/d\nhttp://a.b/e/f\nhttp://a.b/g/h\nhttp://a.b/c/i\n", 4);
        row("price\n1,50\n2,75\n3,25\n4,00\n", 4);
        row("name\nAnn Lee\nBob Ray\nCid Fox\nDan Poe\n", 4);
        row("email\na@b.com\nc@d.com\ne@f.com\n", 3);
    }
    void oneColumnStaysOne() {
        QFETCH(QByteArray, text);
        QFETCH(int, rows);
        const auto read = readText(text.toStdString());
        QCOMPARE(read.info.columns.size(), 1U);
        QCOMPARE(static_cast<int>(read.rows.size()), rows);
    }
    void fewColumnsStayMore() {
        QCOMPARE(readText("a:b:c\n1:2:3\n4:5:6\n7:8:9\n1:2:3\n").info.columns.size(), 3U);
        QCOMPARE(readText("a b c\n1 2 3\n4 5 6\n1 2 3\n4 5 6\n").info.columns.size(), 3U);
        QCOMPARE(readText("1,50\n2,75\n3,25\n4,00\n").info.columns.size(), 2U);
        QCOMPARE(readText("x,y\n1,50\n2,75\n3,25\n4,00\n").info.columns.size(), 2U);
        QCOMPARE(readText("key=value\na=1\nb=2\nc=3\nd=4\n").info.columns.size(), 2U);
    }
    void tablesOfFixedWidthSaySo() {
        const std::string table =
            "timestamp             model       input  output\n2025-01-01T10:00:00Z  gpt-4o        100      20\n"
            "2025-01-01T10:00:01Z  gpt-4o mini     5      20\n2025-01-01T10:00:02Z  o3         1100    2220\n";
        QVERIFY(readText(table).error.find("fixed width") != std::string::npos);
        QCOMPARE(readText("a b c\n1 2 3\n4 5 6\n7 8 9\n").rows.size(), 3U);
        QCOMPARE(readText("prompt\nSay  this to me.\nNever say  that.\nAnd  then?\nStop.\n").rows.size(), 4U);
    }
    void logsThatWereGluedTogetherHaveTwoEncodings() {
        std::string text = "user,tokens\n";
        for (int i = 0; i < 40; ++i) {
            text += (i < 20 ? "Zo\xC3\xAB caf\xC3\xA9," : "Zo\xEB caf\xE9,") + std::to_string(i) + '\n';
        }
        const auto read = readText(text);
        QCOMPARE(read.info.dialect.encoding, std::string("UTF-8"));
        QCOMPARE(read.rows.size(), 40U);
        for (const auto& row : read.rows) {
            QCOMPARE(row[0], std::string("Zo\xC3\xAB caf\xC3\xA9"));
        }
        QCOMPARE(read.repairs[Repair::invalidBytes], 20);
        QCOMPARE(read.info.notes.size(), 1U);
        // The other half first, and so long that the head shows nothing else.
        std::string log;
        while (log.size() < (std::size_t{3} << 20U)) {
            log += log.size() < (std::size_t{2} << 20U) ? "caf\xE9,1\n" : "caf\xC3\xA9,1\n";
        }
        const auto later = readText("user,tokens\n" + log);
        QCOMPARE(later.rows.front()[0], std::string("caf\xC3\xA9"));
        QCOMPARE(later.rows.back()[0], std::string("caf\xC3\xA9"));
        QVERIFY(later.repairs[Repair::invalidBytes] > 100000);
        // What is one encoding stays one.
        QCOMPARE(sniffEncoding("a,b\ncaf\xE9,1\nstra\xDF"
                               "e,2\n\xC3\xA9t\xE9,3\n")
                     .encoding,
                 std::string("windows-1252"));
    }

    // A sample from the middle of a log begins within a prompt of many lines more often than not.
    void theMiddleOfALongLogIsLikeItsHead() {
        std::string prompt;
        for (int line = 0; line < 44; ++line) {
            prompt += "She said \"\"yes\"\", \"\"no\"\", and left,\n";
        }
        std::string log = "time,id,model,team,prompt,input,output\n";
        for (int i = 0; log.size() < (std::size_t{3} << 20U); ++i) {
            log += "2026-01-01T00:00:00Z,req-" + std::to_string(i) + ",gpt-4o,team-" + std::to_string(i % 12) + ",\"" +
                   prompt + " (case " + std::to_string(i) + ")\"," + std::to_string(prompt.size() / 4) + ',' +
                   std::to_string(i * 37 % 900) + '\n';
        }
        const auto read = readText(log);
        QCOMPARE(read.info.notes.size(), 0U);
        // But where it is another table, that is said.
        log = "id,model,tokens\n";
        while (log.size() < (std::size_t{3} << 20U)) {
            log += log.size() < (std::size_t{5} << 18U) ? "7,gpt-4o,12\n" : "7,gpt-4o,12,13,14\n";
        }
        QVERIFY(!readText(log).info.notes.empty());
    }

    void dialects_data() {
        QTest::addColumn<QByteArray>("delimiter");
        QTest::addColumn<char>("quote");
        QTest::addColumn<QByteArray>("escape");
        QTest::addColumn<QByteArray>("newline");
        QTest::addColumn<bool>("all");
        for (const char* delimiter : {",", ";", "\t", "|", "~", "^", "\x1F", "||", "::", "; ", "~|~"}) {
            for (const bool all : {false, true}) {
                QTest::addRow("%s %s", delimiter, all ? "all" : "some")
                    << QByteArray(delimiter) << '"' << QByteArray("\"") << QByteArray("\r\n") << all;
            }
        }
        QTest::newRow("single quotes") << QByteArray(",") << '\'' << QByteArray("'") << QByteArray("\n") << true;
        QTest::newRow("backslash") << QByteArray(",") << '"' << QByteArray("\\") << QByteArray("\n") << true;
        QTest::newRow("backslash, some") << QByteArray(",") << '"' << QByteArray("\\") << QByteArray("\n") << false;
        QTest::newRow("CR") << QByteArray(",") << '"' << QByteArray("\"") << QByteArray("\r") << false;
        QTest::newRow("LF") << QByteArray(",") << '"' << QByteArray("\"") << QByteArray("\n") << false;
    }
    void dialects() {
        QFETCH(QByteArray, delimiter);
        QFETCH(char, quote);
        QFETCH(QByteArray, escape);
        QFETCH(QByteArray, newline);
        QFETCH(bool, all);
        const std::string text =
            written(kTable, delimiter.toStdString(), quote, escape.toStdString(), newline.toStdString(), all);
        QCOMPARE(withHeader(readText(text)), kTable);
    }

    void whatStandsBeforeTheTable() {
        const std::string plain = written(kTable, ",", '"', "\"", "\r\n", false);
        for (const std::string before : {"Report\r\n", "Report\r\nmade by a tool\r\n\r\n", "# made by, a tool\r\n#\r\n",
                                         "Report,,,,\r\nmade by a tool,,,,\r\n"}) {
            const auto read = readText(before + plain);
            QCOMPARE(withHeader(read), kTable);
            QVERIFY(read.repairs[Repair::preambleLine] > 0);
        }
        const auto read = readText("sep=;\r\n" + written(kTable, ";", '"', "\"", "\r\n", false));
        QCOMPARE(withHeader(read), kTable);
        QCOMPARE(read.repairs[Repair::sepLine], 1);
    }

    void headersByTheTypesBelow() {
        const Rows data(kTable.begin() + 1, kTable.end());
        const auto read = readText(written(data, ",", '"', "\"", "\r\n", false));
        QVERIFY(!read.info.dialect.hasHeader);
        QCOMPARE(read.rows, data);
        QCOMPARE(read.info.columns[1], std::string("column 2"));
        const auto twice = readText("a,a,,a_1\n1,2,3,4\n");
        QCOMPARE(twice.info.columns, (std::vector<std::string>{"a", "a_2", "column 3", "a_1"}));
        QCOMPARE(twice.repairs[Repair::duplicateHeader], 1);
        QCOMPARE(twice.repairs[Repair::emptyHeader], 1);
    }

    void aQuoteTooManyStaysInItsRow() {
        // In a file that quotes everything: one quote more at the end, none at the end, one inside.
        for (const std::string broken : {"\"chair\"\"", "\"chair", "\"ch\"air\"", "\"\"chair\""}) {
            std::string text = written(kTable, ",", '"', "\"", "\r\n", true);
            text.replace(text.find("\"chair\""), 7, broken);
            const auto rows = withHeader(readText(text));
            QCOMPARE(rows.size(), kTable.size());
            for (std::size_t i = 0; i < rows.size(); ++i) {
                QCOMPARE(rows[i].size(), 5U);
                QCOMPARE(rows[i] == kTable[i], i != 2);
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestSniff)
#include "tst_sniff.moc"
