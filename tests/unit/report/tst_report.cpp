// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <sstream>

#include <QProcess>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <nlohmann/json.hpp>

#include "core/report/raw.h"
#include "core/report/svg_chart.h"
#include "core/report/writers.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::report;

namespace {

const std::vector<std::string>& hostileTexts() {
    static const std::vector<std::string> texts{
        "<script>alert(1)</script>",
        "</table></body>",
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1+1",
        "-2+3|cmd",
        "@SUM(A1)",
        "\tTab first",
        "pipe | and `tick` and *star* and [link](http://x)",
        "\xe2\x80\xae"
        "desrever",
        "\xf0\x9f\x98\x80 emoji",
        "bad\xff\xfe bytes \xed\xa0\x80",
        std::string("nul\0inside", 10),
        std::string(100000, 'w'),
        "line\nbreak\r\nand \"quotes\", commas",
    };
    return texts;
}

Chart costChart() {
    Chart chart{"frontier",
                "Cost and quality",
                "The frontier is above the mix.",
                ChartKind::xy,
                "cost",
                "quality",
                Unit::dollars,
                Unit::share,
                true,
                {},
                {},
                2};
    chart.series.push_back({"Frontier", SeriesKind::line, 0, {{1, 0.7, {}, {}, ""}, {10, 0.8, {}, {}, ""}}});
    chart.series.push_back({"Policy", SeriesKind::points, 4, {{5, 0.76, 0.74, 0.78, "Balanced <b>"}}});
    return chart;
}

Report sampleReport() {
    Report report;
    report.title = "Tier mix of October";
    report.project = "october.tierwise";
    report.asOf = "2026-10-31";
    report.decision = "Balanced costs $1,385 instead of $4,812.";
    report.decisive = false;
    Section decision{"decision", "Decision", false, {}};
    decision.blocks.emplace_back(KeyFigures{{
        {"cost.baseline", "Cost as logged", dollarCell(MoneySum(Money::fromPico(4812068000000000))), "19,366 rows"},
        {"cost.policy", "Cost of Balanced", ranged(dollarCell(1385.25), 1240, 1530), "replay"},
        {"quality.difference", "Quality difference", ranged(pointsCell(-0.0041), -0.011, 0.003), "paired bootstrap"},
        {"quality.unknown", "Not known", shareCell(std::nullopt), ""},
    }});
    report.sections.push_back(decision);
    Section rows{"rows", "Rows", true, {}};
    Table table{
        "teams", "Teams", {{"Team", Unit::text}, {"Requests", Unit::count}, {"Cost", Unit::dollars}}, {}, "Note"};
    for (const auto& text : hostileTexts()) {
        table.rows.push_back({textCell(text), countCell(1234), dollarCell(0.5)});
    }
    rows.blocks.emplace_back(table);
    rows.blocks.emplace_back(costChart());
    report.sections.push_back(rows);
    report.provenance = {{"seed", "7"}, {"catalog", "2026-08-01"}};
    return report;
}

std::string unzipped(const QString& file, const QString& member) {
    QProcess unzip;
    unzip.start(QStringLiteral("unzip"), {QStringLiteral("-p"), file, member});
    unzip.waitForFinished();
    return unzip.readAllStandardOutput().toStdString();
}

bool contains(const std::string& text, std::string_view wanted) {
    return text.find(wanted) != std::string::npos;
}

}  // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cellsReadTheSameEverywhere() {
        QCOMPARE(display(ranged(dollarCell(1385.25), 1240, 1530)), std::string("$1,385.25 ($1,240.00 to $1,530.00)"));
        QCOMPARE(display(ranged(pointsCell(-0.0041), -0.011, 0.003)), std::string("-0.4 (-1.1 to +0.3)"));
        QCOMPARE(display(shareCell(std::nullopt)), std::string("-"));
    }

    void everyFormatHoldsTheSameFigures() {
        const Report report = sampleReport();
        const std::string html = toHtml(report);
        const std::string markdown = toMarkdown(report);
        const std::string csv = figuresToCsv(report);
        const auto json = nlohmann::json::parse(toJson(report));
        const auto& figures = json["sections"][0]["blocks"][0]["figures"];
        QCOMPARE(figures.size(), std::size_t{4});
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const std::string words = display(figuresOf(report)[i]->cell);
            QVERIFY(contains(html, ">" + displayValue(figuresOf(report)[i]->cell)));
            QVERIFY(contains(html, ">" + displayRange(figuresOf(report)[i]->cell) + "<"));
            QVERIFY(contains(markdown, "**" + words + "**"));
            QVERIFY(contains(csv, csvField(words, true)));
            QCOMPARE(figures[i]["text"].get<std::string>(), words);
        }
        QCOMPARE(figures[0]["value"].get<std::string>(), std::string("4812.068"));
        QVERIFY(figures[3]["value"].is_null());
    }

    void htmlShowsHostileTextAsText() {
        const std::string html = toHtml(sampleReport());
        QVERIFY(!contains(html, "<script"));
        QVERIFY(contains(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
        QVERIFY(contains(html, "[U+202E]desrever"));
        QVERIFY(!contains(html, "\xff"));
        std::size_t closings = 0;
        for (std::size_t at = 0; (at = html.find("</body>", at)) != std::string::npos; ++at) {
            ++closings;
        }
        QCOMPARE(closings, std::size_t{1});
    }

    void csvIsHarmlessAndRfc4180() {
        QCOMPARE(csvField("=1+1", true), std::string("'=1+1"));
        QCOMPARE(csvField("-5", false), std::string("-5"));
        QCOMPARE(csvField("-5", true), std::string("'-5"));
        QCOMPARE(csvField("a\"b", true), std::string("\"a\"\"b\""));
        QCOMPARE(csvField("a,b", true), std::string("\"a,b\""));
        const Report report = sampleReport();
        const std::string csv = toCsv(*tablesOf(report)[0]);
        QVERIFY(contains(csv, "Team,Requests,Cost\r\n"));
        QVERIFY(contains(csv, "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",1234,0.5\r\n"));
    }

    void markdownTablesKeepTheirShape() {
        std::istringstream lines(toMarkdown(sampleReport()));
        std::string line;
        int rows = 0;
        while (std::getline(lines, line)) {
            if (line.rfind("| ", 0) != 0) {
                continue;
            }
            std::size_t bars = 0;
            for (std::size_t i = 0; i < line.size(); ++i) {
                bars += line[i] == '|' && (i == 0 || line[i - 1] != '\\') ? 1 : 0;
            }
            QCOMPARE(bars, std::size_t{4});
            ++rows;
        }
        QCOMPARE(rows, static_cast<int>(hostileTexts().size()) + 2);
    }

    void svgIsWellFormed() {
        for (const auto kind : {ChartKind::xy, ChartKind::stackedBars, ChartKind::horizontalRange}) {
            Chart chart = costChart();
            chart.kind = kind;
            chart.categories = hostileTexts();
            const std::string svg = toSvg(chart, 640, 360, lightTheme());
            QXmlStreamReader reader(QByteArray::fromStdString(svg));
            int elements = 0;
            while (!reader.atEnd()) {
                elements += reader.readNext() == QXmlStreamReader::StartElement ? 1 : 0;
            }
            QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
            QVERIFY(elements > 5);
            QVERIFY(!contains(svg, "nan") && !contains(svg, "inf"));
        }
    }

    void aLogAxisLeavesOutWhatItCannotShow() {
        Chart chart = costChart();
        chart.series[0].points.push_back({0, 0.5, {}, {}, ""});
        const std::string svg = toSvg(chart, 640, 360, lightTheme());
        QVERIFY(!contains(svg, "nan") && !contains(svg, "inf"));
        QVERIFY(contains(svg, "2 not shown"));
    }

    void ticksAreRound() {
        const std::vector<double> expected{0, 20, 40, 60, 80, 100};
        QCOMPARE(roundTicks(0, 100, 5), expected);
        QVERIFY(roundTicks(1, 1, 5).empty());
        QVERIFY(roundTicks(0, std::numeric_limits<double>::quiet_NaN(), 5).empty());
    }

    void theWorkbookHoldsRealNumbersAndNoFormulas() {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("report.xlsx"));
        TIERWISE_VERIFY_OK(writeXlsx(sampleReport(), file.toStdString()));
        const std::string summary = unzipped(file, QStringLiteral("xl/worksheets/sheet1.xml"));
        if (summary.empty()) {
            QSKIP("unzip is not on this machine");
        }
        QVERIFY(contains(summary, "<v>1385.25</v>"));
        const std::string table = unzipped(file, QStringLiteral("xl/worksheets/sheet2.xml"));
        QVERIFY(contains(table, "<v>1234</v>"));
        QVERIFY(!contains(table, "<f>"));
        QVERIFY(contains(table, "<t>=HYPERLINK("));
        QVERIFY(contains(table, "ySplit=\"1\""));
        QXmlStreamReader reader(QByteArray::fromStdString(table));
        while (!reader.atEnd()) {
            reader.readNext();
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(contains(unzipped(file, QStringLiteral("xl/charts/chart1.xml")), "scatterChart"));
    }

    void theSameReportGivesTheSameBytes() {
        QTemporaryDir folder;
        std::string first;
        for (const char* name : {"/a.xlsx", "/b.xlsx"}) {
            const std::string file = folder.path().toStdString() + name;
            TIERWISE_VERIFY_OK(writeXlsx(sampleReport(), file));
            std::ostringstream bytes;
            bytes << std::ifstream(file, std::ios::binary).rdbuf();
            if (first.empty()) {
                first = bytes.str();
            }
            QVERIFY(bytes.str() == first);
        }
        QVERIFY(toJson(sampleReport()) == toJson(sampleReport()));
    }

    void anUnwritableWorkbookSaysSo() {
        const auto result = writeXlsx(sampleReport(), "/nowhere/at/all/report.xlsx");
        QVERIFY(!result.has_value());
        QCOMPARE(result.error().code, ErrorCode::io);
    }

    void managersGetTheShortVersion() {
        QCOMPARE(selected(sampleReport(), Audience::manager, {}).sections.size(), std::size_t{1});
        QCOMPARE(selected(sampleReport(), Audience::analyst, {}).sections.size(), std::size_t{2});
        QCOMPARE(selected(sampleReport(), Audience::manager, {"rows"}).sections.at(0).id, std::string("rows"));
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
