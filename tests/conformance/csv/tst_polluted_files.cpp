// SPDX-License-Identifier: GPL-3.0-or-later
// Clean tables written in every dialect, and polluted the way that files of the wild are; what comes out must be the
// table again. Where a pollution leaves no single right reading (a missing delimiter between quoted cells), the case
// is left out; tables, pollutions and their truth are made here.
#include <functional>

#include "tests/unit/ingest/reader_support.h"

using tierwise::ingest::Repair;
using tierwise::test::Read;
using tierwise::test::readText;
using tierwise::test::Rows;

namespace {

struct Style {
    std::string delimiter = ",";
    char quote = '"';
    char escape = '"';
    bool quoteAll = false;
    std::string lineEnd = "\r\n";
};

std::string cellOf(const std::string& cell, const Style& style) {
    bool quoted = style.quoteAll || cell.find(style.delimiter) != std::string::npos ||
                  cell.find_first_of("\r\n") != std::string::npos || cell.find(style.quote) != std::string::npos ||
                  (style.delimiter == " " && cell.empty());
    if (!quoted) {
        return cell;
    }
    std::string text(1, style.quote);
    for (const char c : cell) {
        if (c == style.quote || (c == style.escape && style.escape != style.quote)) {
            text += style.escape;
        }
        text += c;
    }
    return text + style.quote;
}

std::string rowOf(const std::vector<std::string>& row, const Style& style) {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i) {
        text += (i == 0 ? "" : style.delimiter) + cellOf(row[i], style);
    }
    return text;
}

std::string textOf(const Rows& rows, const Style& style) {
    std::string text;
    for (const auto& row : rows) {
        text += rowOf(row, style) + style.lineEnd;
    }
    return text;
}

// Orders with texts that hold delimiters and quotes.
Rows orders() {
    Rows rows{{"date", "time", "quantity", "product", "price", "description", "url", "comment"}};
    for (int i = 0; i < 24; ++i) {
        const std::string n = std::to_string(i + 11);
        rows.push_back({"2019-" + std::to_string(i % 3 + 10) + "-" + std::to_string(i % 18 + 11), "08:" + n, n,
                        "P-7" + n, n + ".50",
                        i % 3 == 0   ? "Large, red"
                        : i % 3 == 1 ? "The \"city\" edition"
                                     : "Plain " + n,
                        "http://shop.example.com/item?id=" + n + "&ref=a",
                        i % 4 == 0 ? "" : "ships in " + n + " days"});
    }
    return rows;
}

// Requests with prompts of several lines.
Rows requests() {
    Rows rows{{"request_id", "timestamp", "model", "prompt", "input_tokens", "output_tokens"}};
    for (int i = 0; i < 24; ++i) {
        const std::string n = std::to_string(i + 100);
        rows.push_back({"req-" + n, "2025-03-01T10:00:" + n.substr(1) + ".5Z", i % 2 == 0 ? "gpt-4o" : "o3-mini",
                        i % 3 == 0   ? "Say \"hello\", then\nstop at line " + n
                        : i % 3 == 1 ? "def f(a, b):\n    return a + b"
                                     : "Translate: river; stone " + n,
                        n, std::to_string(i + 7)});
    }
    return rows;
}

// Amounts as Europe writes them: a comma inside nearly every row.
Rows amounts() {
    Rows rows{{"Datum", "Modell", "Menge", "Preis", "Summe"}};
    for (int i = 0; i < 24; ++i) {
        const std::string n = std::to_string(i + 10);
        rows.push_back({n + ".03.2025", i % 2 == 0 ? "gpt-4o" : "o3", n, n + ",50", "1.2" + n + ",75"});
    }
    return rows;
}

Rows allRows(const Read& read) {
    Rows rows = read.info.headerRows;
    rows.insert(rows.end(), read.rows.begin(), read.rows.end());
    return rows;
}

std::string encoded(const std::string& text, bool big, bool mark) {
    std::string wide = mark ? (big ? "\xFE\xFF" : "\xFF\xFE") : "";
    for (const char c : text) {
        if (big) {
            wide += '\0';
        }
        wide += c;
        if (!big) {
            wide += '\0';
        }
    }
    return wide;
}

}  // namespace

class TestPollutedFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyDialect_data() {
        QTest::addColumn<int>("table");
        for (int table = 0; table < 3; ++table) {
            QTest::newRow(qPrintable(QString::number(table))) << table;
        }
    }
    void everyDialect() {
        QFETCH(int, table);
        const Rows rows = table == 0 ? orders() : table == 1 ? requests() : amounts();
        int wrong = 0;
        for (const std::string delimiter :
             {",", ";", "\t", "|", "^", " ", ", ", "::", "~", ":", "||", "#", "\x1F", "; ", "->"}) {
            for (const char quote : {'"', '\''}) {
                for (const char escape : {quote, '\\'}) {
                    for (const bool all : {false, true}) {
                        for (const std::string lineEnd : {"\r\n", "\n", "\r"}) {
                            if (lineEnd == "\r" && (delimiter.size() > 1 || table == 1)) {
                                continue;  // texts of several lines would have line ends of another kind
                            }
                            const Style style{delimiter, quote, escape, all, lineEnd};
                            const auto read = readText(textOf(rows, style));
                            if (allRows(read) != rows) {
                                ++wrong;
                                qWarning("delimiter '%s' quote %c escape %c all %d line end %zu: read with '%s'",
                                         delimiter.c_str(), quote, escape, int(all), lineEnd.size(),
                                         read.info.dialect.delimiter.c_str());
                            }
                        }
                    }
                }
            }
        }
        QCOMPARE(wrong, 0);
    }

    void wholeFiles() {
        const Rows rows = orders();
        const std::string clean = textOf(rows, {});
        const auto expect = [&](const std::string& text, const Rows& truth, const char* what) {
            const auto read = readText(text);
            QVERIFY2(allRows(read) == truth, what);
        };
        const Rows data(rows.begin() + 1, rows.end());
        const std::string titles = "PREAMBLE,,,,,,,\r\nPREAMBLE,,,,,,,\r\n";
        expect(textOf(data, {}), data, "no header");
        expect(textOf({rows[0]}, {}), {rows[0]}, "header alone");
        expect(textOf({rows[0], rows[1]}, {}), {rows[0], rows[1]}, "one row");
        expect(clean + "\r\n\r\n", rows, "blank lines at the end");
        expect("\r\n\r\n" + clean, rows, "blank lines at the start");
        expect("sep=;\r\n" + textOf(rows, {";"}), rows, "sep line");
        expect("Report\r\nMade: 2025-01-02\r\n\r\n" + clean, rows, "preamble");
        expect(titles + clean, rows, "preamble with delimiters");
        expect("# made by a tool, v2\r\n" + clean, rows, "comment");
        expect("\xEF\xBB\xBF" + clean, rows, "mark of UTF-8");
        for (const bool big : {false, true}) {
            expect(encoded(clean, big, true), rows, "UTF-16 with its mark");
            expect(encoded(clean, big, false), rows, "UTF-16 without a mark");
        }
        Rows two = rows;
        for (const auto& row : Rows{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}}) {
            two.push_back(row);
        }
        expect(textOf(two, {}), two, "two tables");
        Rows repeated = rows;
        repeated.insert(repeated.begin(), rows[0]);
        expect(textOf(repeated, {}), repeated, "header twice");
    }

    // Every cell in turn with one delimiter too many, one quote too many, and every row with a dialect of its own.
    void singleRows() {
        const Rows rows = orders();
        for (const bool all : {false, true}) {
            Style style;
            style.quoteAll = all;
            for (std::size_t at = 0; at < rows.size(); ++at) {
                const std::string before =
                    textOf({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(at)}, style);
                const std::string after =
                    textOf({rows.begin() + static_cast<std::ptrdiff_t>(at) + 1, rows.end()}, style);
                const auto check = [&](const std::string& line, const std::vector<std::string>& truth,
                                       const char* what) {
                    Rows expected = rows;
                    expected[at] = truth;
                    const auto read = readText(before + line + "\r\n" + after);
                    QVERIFY2(allRows(read) == expected,
                             qPrintable(QString("%1, row %2: %3").arg(what).arg(at).arg(line.c_str())));
                };
                for (std::size_t column = 0; column < rows[at].size(); ++column) {
                    auto more = rows[at];
                    more.insert(more.begin() + static_cast<std::ptrdiff_t>(column), "");
                    const std::string empty = all ? std::string() : cellOf("", style);
                    std::string line;
                    for (std::size_t i = 0; i < more.size(); ++i) {
                        line += (i == 0 ? "" : ",") + (i == column ? empty : cellOf(more[i], style));
                    }
                    check(line, more, "one delimiter more");

                    auto quoted = rows[at];
                    line.clear();
                    for (std::size_t i = 0; i < quoted.size(); ++i) {
                        const std::string cell = cellOf(quoted[i], style);
                        const bool own = cell.size() > 1 && cell[0] == '"';
                        line += (i == 0 ? "" : ",");
                        line += i != column ? cell : own ? "\"\"" + cell.substr(1) : '"' + cell;
                    }
                    quoted[column] = '"' + quoted[column];
                    if (!rows[at][column].empty() || !all) {  // three quotes alone are also an escaped one, unclosed
                        check(line, quoted, "one quote more");
                    }
                }
                check(rowOf(rows[at], {";", '"', '"', all}), rows[at], "semicolons");
                check(rowOf(rows[at], {",", '\'', '\'', true}), rows[at], "apostrophes");
                if (all) {
                    check(rowOf(rows[at], {" ", '"', '"', true}), rows[at], "blanks");
                }
            }
        }
    }

    void repairsAreCounted() {
        const Rows rows = orders();
        std::string text = textOf({rows.begin(), rows.begin() + 12}, {});
        text += rowOf(rows[12], {"\t"}) + "\r\n" + textOf({rows.begin() + 13, rows.end()}, {});
        const auto read = readText(text);
        QCOMPARE(allRows(read), rows);
        QCOMPARE(read.repairs[Repair::otherDialect], 1);
        QCOMPARE(read.repairs.total(), 1);
        // A closing delimiter that is missing: text behind a quote is no reason to swallow the rows below.
        const auto early = readText("a,b,c\n1,\"x, y\"z,3\n4,\"p, q\",6\n7,8,9\n");
        QCOMPARE(early.rows, (Rows{{"1", "x, y\"z", "3"}, {"4", "p, q", "6"}, {"7", "8", "9"}}));
        QCOMPARE(early.repairs[Repair::strayQuote], 1);
    }

    // A CSV that a spreadsheet took for one column: every row in quotes, or those that hold some.
    void rowsInQuotesAsAWhole() {
        for (const auto& rows : {orders(), requests(), amounts()}) {
            for (const std::string delimiter : {",", ";", "\t"}) {
                for (const bool all : {true, false}) {
                    std::string text;
                    int wrapped = 0;
                    for (const auto& row : rows) {
                        const std::string line = rowOf(row, {delimiter, '"', '"', false, "\r\n"});
                        const bool quotes = all || line.find('"') != std::string::npos;
                        wrapped += quotes ? 1 : 0;
                        text += quotes ? cellOf(line, {"\n", '"', '"', true}) : line;
                        text += "\r\n";
                    }
                    const auto read = readText(text);
                    QCOMPARE(allRows(read), rows);
                    QCOMPARE(read.info.dialect.delimiter, delimiter);
                    QCOMPARE(read.repairs[Repair::wrappedRow], wrapped);
                    QCOMPARE(read.rejects.size(), 0U);
                    // An import reads by the dialect that was found, and goes on from any record.
                    tierwise::ingest::ReadOptions found;
                    found.dialect = read.info.dialect;
                    QCOMPARE(allRows(readText(text, found)), rows);
                    found.startOffset = read.records[9].byteOffset;
                    found.startLine = read.records[9].line;
                    QCOMPARE(readText(text, found).rows, Rows(rows.begin() + 10, rows.end()));
                }
            }
        }
        // Texts in quotes are no rows.
        const Rows places{{"place"}, {"Berlin, Germany"}, {"Paris, France"}, {"Rome, Italy"}};
        QCOMPARE(allRows(readText(textOf(places, {",", '"', '"', true}))), places);
    }

    // Nobody escaped the quotes inside of quoted cells; some stand before a comma.
    void quotesThatNobodyEscaped() {
        for (Rows rows : {orders(), requests()}) {
            rows[4][rows[4].size() - 3] = "one \"two\", three";
            std::string text;
            for (const auto& row : rows) {
                for (std::size_t i = 0; i < row.size(); ++i) {
                    text += (i == 0 ? "\"" : ",\"") + row[i] + '"';
                }
                text += '\n';
            }
            const auto read = readText(text);
            QCOMPARE(allRows(read), rows);
            QVERIFY(read.repairs[Repair::strayQuote] > 0);
        }
    }

    void anImportReadsAnOddHeaderToo() {
        const Rows rows = orders();
        const std::string text = rowOf(rows[0], {";"}) + "\r\n" + textOf({rows.begin() + 1, rows.end()}, {});
        const auto read = readText(text);
        QCOMPARE(allRows(read), rows);
        tierwise::ingest::ReadOptions found;
        found.dialect = read.info.dialect;
        QCOMPARE(allRows(readText(text, found)), rows);
    }

    void blanksBehindTheDelimitersOfOneRow() {
        const Rows rows = orders();
        Rows before(rows.begin(), rows.begin() + 8);
        std::string text = textOf(before, {}) + rowOf(rows[8], {", "}) + "\r\n";
        text += textOf({rows.begin() + 9, rows.end()}, {});
        const auto read = readText(text);
        QCOMPARE(allRows(read), rows);
        QCOMPARE(read.repairs[Repair::otherDialect], 1);
    }

    void lineEndsAlone() {
        const auto read = readText("\n\n");
        QVERIFY(read.rows.empty() && read.info.columns.empty());
    }

    void textOfOneColumnStaysWhole() {
        const auto read = readText("prompt\nWrite a poem.\nSay this, then that\nStop.\nOne, two, three\nGo on.\n");
        QCOMPARE(read.info.columns, (std::vector<std::string>{"prompt"}));
        QCOMPARE(read.rows.size(), 5U);
        QCOMPARE(read.rows[3], (std::vector<std::string>{"One, two, three"}));
    }
};

QTEST_APPLESS_MAIN(TestPollutedFiles)
#include "tst_polluted_files.moc"
