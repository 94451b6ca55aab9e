// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/unit/ingest/reader_support.h"

using tierwise::ingest::BlankLines;
using tierwise::ingest::Newline;
using tierwise::ingest::RaggedRows;
using tierwise::ingest::ReadOptions;
using tierwise::ingest::Repair;
using tierwise::test::readText;
using tierwise::test::Rows;

class TestCsvReader : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsPlainRows() {
        const auto read = readText("a,b,c\r\n1,,3\r\n4,5,6");
        QCOMPARE(read.info.columns, (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(read.rows, (Rows{{"1", "", "3"}, {"4", "5", "6"}}));
        QCOMPARE(read.repairs[Repair::noFinalNewline], 1);
        QCOMPARE(read.records[0].line, 2);
        QCOMPARE(read.records[0].byteOffset, 7);
        QCOMPARE(read.records[0].byteLength, 6U);
        QCOMPARE(read.records[1].line, 3);
        QCOMPARE(read.records[1].byteOffset, 13);
    }

    void readsQuotedCells() {
        const auto read = readText("a,b\n\"x, \"\"y\"\"\nz\",2\n\"\",4\n");
        QCOMPARE(read.rows, (Rows{{"x, \"y\"\nz", "2"}, {"", "4"}}));
        QCOMPARE(read.records[1].line, 4);
        QCOMPARE(read.repairs.total(), 0);
    }

    void aStrayQuoteDoesNotSwallowTheRest() {
        // Row 2 opens a quote that never closes; row 3 has a proper quoted cell that would seem to close it.
        const auto read = readText("a,b,c\n1,\"x,y\n2,\"p, q\",r\n3,s,t\n");
        QCOMPARE(read.rows, (Rows{{"1", "\"x", "y"}, {"2", "p, q", "r"}, {"3", "s", "t"}}));
        QCOMPARE(read.repairs[Repair::unclosedQuote], 1);
    }

    void anUnclosedLastTextIsKeptWhole() {
        const auto read = readText("a,b,c\n1,x,y\n2,p,\"one\ntwo, three, four, five\nsix");
        QCOMPARE(read.rows.size(), 2U);
        QCOMPARE(read.rows[1][2], std::string("one\ntwo, three, four, five\nsix"));
        QCOMPARE(read.repairs[Repair::unclosedQuote], 1);
    }

    void aRecordBeyondTheLimitIsRejectedAndReadingGoesOn() {
        ReadOptions options;
        options.maxRecordBytes = 64 << 10U;
        options.delimiter = ",";
        options.quote = std::optional<char>('"');
        options.chunkBytes = 4096;
        std::string text = "a,b,c\n1,2,3\n4,\"";
        for (int line = 0; line < 20'000; ++line) {
            text += "a long text without anything like a row\n";
        }
        const std::string end = "its end\",6\n";
        const auto read = readText(text + end + "7,8,9\n1,2,3\n4,5,6\n", options);
        QCOMPARE(read.error, std::string());
        QCOMPARE(read.rows, (Rows{{"1", "2", "3"}, {"7", "8", "9"}, {"1", "2", "3"}, {"4", "5", "6"}}));
        QCOMPARE(read.rejects.size(), 1U);
        QCOMPARE(read.rejects[0].line, 3);
        QCOMPARE(read.rejects[0].byteLength, static_cast<std::int64_t>(text.size() + end.size()) - 12);
        QVERIFY(!read.rejects[0].reason.empty() && !read.rejects[0].fixHint.empty());
        QCOMPARE(read.records[1].line, 20'004);
        QCOMPARE(read.repairs[Repair::oversizedRecord], 1);
    }

    void raggedRowsAreKeptOrRejected() {
        const std::string text = "a,b\n1\n1,2,3\n1,2,,\n1,2\n";
        const auto kept = readText(text);
        QCOMPARE(kept.rows.size(), 4U);
        QCOMPARE(kept.repairs[Repair::shortRow], 1);
        QCOMPARE(kept.repairs[Repair::longRow], 1);
        QCOMPARE(kept.repairs[Repair::trailingDelimiter], 1);
        ReadOptions strict;
        strict.raggedRows = RaggedRows::reject;
        const auto rejected = readText(text, strict);
        QCOMPARE(rejected.rows.size() + rejected.rejects.size(), 4U);
        QCOMPARE(rejected.rejects.size(), 2U);
        QCOMPARE(rejected.rejects[1].line, 3);
        QCOMPARE(rejected.rejects[1].raw, std::string("1,2,3\n"));
    }

    void chunksOfAnySizeGiveTheSameRows() {
        std::string text = "n,text,z\n";
        Rows wanted;
        for (int i = 0; i < 3000; ++i) {
            const std::string body = std::string(static_cast<std::size_t>(i % 40), 'x') + ",\n\"" + std::to_string(i);
            std::string quoted;
            for (const char c : body) {
                quoted += c == '"' ? "\"\"" : std::string(1, c);
            }
            text += std::to_string(i) + ",\"" + quoted + "\",z\n";
            wanted.push_back({std::to_string(i), body, "z"});
        }
        ReadOptions options;
        options.chunkBytes = 4096;
        const auto read = readText(text, options);
        QCOMPARE(read.rows, wanted);
        QCOMPARE(read.records.back().line, 2 + 2 * 2999);
        // Resuming at any record goes on as if nothing had happened.
        options.startOffset = read.records[1234].byteOffset;
        options.startLine = read.records[1234].line;
        const auto rest = readText(text, options);
        QCOMPARE(rest.rows.size(), wanted.size() - 1234);
        QCOMPARE(rest.rows.front(), wanted[1234]);
        QCOMPARE(rest.records.back().line, read.records.back().line);
        QCOMPARE(rest.records.back().byteOffset, read.records.back().byteOffset);
    }

    void utf16KnowsItsOffsets() {
        std::string text = "\xFF\xFE";
        for (const char c : std::string("a,b\n1,\xE9\n2,z\n")) {
            text += c;
            text += '\0';
        }
        const auto read = readText(text);
        QCOMPARE(read.info.dialect.encoding, std::string("UTF-16LE"));
        QCOMPARE(read.rows, (Rows{{"1", "\xC3\xA9"}, {"2", "z"}}));
        QCOMPARE(read.records[1].byteOffset, 2 + 2 * 8);
        QCOMPARE(read.records[1].byteLength, 8U);
    }

    void badBytesAreMendedAndCounted() {
        std::string text = "a,b\n";
        for (int i = 0; i < 50; ++i) {
            text += "\xC3\xA9,\xE2\x82\xAC\n";
        }
        const auto read = readText(text + "1,\x93z\x94\n");
        QCOMPARE(read.rows.back()[1], std::string("\xE2\x80\x9Cz\xE2\x80\x9D"));
        QCOMPARE(read.repairs[Repair::invalidBytes], 1);
    }

    void emptyFileHasNothing() {
        const auto read = readText("");
        QVERIFY2(read.error.empty(), read.error.c_str());
        QVERIFY(read.rows.empty());
    }

    void aMissingFileSaysSo() {
        const auto read = tierwise::test::readPath("/nowhere/at/all.csv");
        QVERIFY(read.error.find("no such file") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TestCsvReader)
#include "tst_csv_reader.moc"
