// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of every text format, and the structure of a workbook, of one small report. After a wanted change, write the
// files anew with TIERWISE_UPDATE_GOLDEN=1 and read the difference.
#include <fstream>
#include <sstream>

#include <QTemporaryDir>

#include "core/report/focus.h"
#include "core/report/svg_chart.h"
#include "core/report/writers.h"
#include "tests/golden/readers.h"
#include "tests/support/support.h"

using namespace tierwise;
using namespace tierwise::report;

namespace {

Chart tradeoffChart() {
    Chart chart{"cost-quality",
                "Cost and quality",
                "Balanced is near the frontier.",
                ChartKind::xy,
                "cost",
                "expected quality",
                Unit::dollars,
                Unit::share,
                true,
                {},
                {},
                1,
                "Trade-off chart"};
    chart.series.push_back({"Exact frontier",
                            SeriesKind::line,
                            4,
                            {{2, 0.7, {}, {}, ""}, {20, 0.8, {}, {}, ""}, {200, 0.83, {}, {}, ""}}});
    chart.series.push_back({"Premium", SeriesKind::points, 1, {{190, 0.82, {}, {}, "Claude Opus 4.6"}}});
    chart.series.push_back({"Scenarios", SeriesKind::points, 4, {{50, 0.79, 0.75, 0.82, "Balanced <b>"}}});
    return chart;
}

Chart mixChart() {
    Chart chart{"mix-by-tier",
                "Cost by tier",
                "Half as much on premium.",
                ChartKind::stackedBars,
                "",
                "cost",
                Unit::number,
                Unit::dollars,
                false,
                {"As logged", "Balanced"},
                {},
                0,
                "Mix chart"};
    chart.series.push_back({"Commodity", SeriesKind::area, 2, {{0, 1, {}, {}, ""}, {1, 12, {}, {}, ""}}});
    chart.series.push_back({"Premium", SeriesKind::area, 1, {{0, 120, {}, {}, ""}, {1, 38, {}, {}, ""}}});
    return chart;
}

Chart tornadoChart() {
    Chart chart{"tornado",
                "What the saving depends on",
                "Most on output length.",
                ChartKind::horizontalRange,
                "",
                "saving",
                Unit::number,
                Unit::dollars,
                false,
                {"output length", "cache"},
                {},
                0,
                "Tornado chart"};
    chart.series.push_back({"", SeriesKind::line, 2, {{0, 80, 60, 95, ""}, {1, 80, 79, 81.5, ""}}});
    return chart;
}

Report smallReport() {
    Report report;
    report.title = "Model tiers: what to change";
    report.project = "october";
    report.asOf = "2026-10-31";
    report.decision = "Balanced would cost $48.92 ($31.18 to $74.07) instead of $130.20 (as logged).";
    report.decisive = false;
    Section decision{"decision", "Decision", false, {}};
    decision.blocks.emplace_back(KeyFigures{
        {{"cost.baseline", "Cost, as logged", dollarCell(MoneySum(Money::fromPico(4'812'068'000'000'000))),
          "19,366 rows"},
         {"cost.policy", "Cost, Balanced", ranged(dollarCell(1385.25), 1240, 1530), "range from output length"},
         {"saving.share", "Saving, share", shareCell(0.6244), ""},
         {"quality.change", "Quality change, points", ranged(pointsCell(-0.0041), -0.011, 0.003), "paired"},
         {"quality.unknown", "Not known", shareCell(std::nullopt), ""},
         {"evidence", "Weakest evidence used", textCell("calibrated"), ""}}});
    decision.blocks.emplace_back(Paragraph{"A replay at list prices: <neither> an invoice & nor an experiment."});
    report.sections.push_back(decision);
    Section teams{"segments", "By team", true, {}};
    Table table{"segments-team",
                "By team",
                {{"Team", Unit::text},
                 {"Since", Unit::text},
                 {"Requests", Unit::count},
                 {"Saving", Unit::dollars},
                 {"Change, points", Unit::points},
                 {"Errors", Unit::number}},
                {},
                "One further.",
                "By team"};
    table.rows.push_back({textCell("legal"), dateCell("2026-10-01"), countCell(1234567),
                          ranged(dollarCell(-6.16), -7.35, -4.97), ranged(pointsCell(0.014), 0.004, 0.024),
                          numberCell(13.24)});
    table.rows.push_back({textCell("=cmd|'/C calc'!A1"), timeCell(Timestamp::parseIso("2026-10-02T03:04:05Z")),
                          countCell(0), dollarCell(std::nullopt), pointsCell(std::nullopt), numberCell(0.00001234)});
    teams.blocks.emplace_back(table);
    teams.blocks.emplace_back(tradeoffChart());
    teams.blocks.emplace_back(mixChart());
    teams.blocks.emplace_back(tornadoChart());
    report.sections.push_back(teams);
    report.lists.push_back({"rows",
                            "Requests, dearest first",
                            {{"Request", Unit::number}, {"Time (UTC)", Unit::text}, {"Cost", Unit::dollars}},
                            {{Cell{std::int64_t{1234567}, Unit::number, {}, {}},
                              timeCell(Timestamp::parseIso("2026-10-02T12:00:00Z")), dollarCell(0.0000125)}},
                            "1 of 1 requests.",
                            "Rows"});
    report.provenance = {{"File log.csv", "12 bytes, digest 1f"}, {"Seed", "1, 200 bootstrap replicates"}};
    return report;
}

FocusLine focusLine() {
    FocusLine line;
    line.day = *Timestamp::parseIso("2026-10-31T00:00:00Z");
    line.provider = "OpenAI";
    line.publisher = "openai";
    line.model = "openai/o3";
    line.modelFamily = "o3";
    line.serviceTier = "standard";
    line.team = "legal";
    line.meter = "Output Tokens";
    line.quantity = 1'234'567;
    line.listRate = *Rate::parsePerMillion("8");
    line.contractedRate = line.listRate;
    line.scenario = "as logged";
    line.tier = "premium";
    line.priceSnapshot = "2026-08-21";
    return line;
}

}  // namespace

class TestGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textFormats_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        const Report report = smallReport();
        const auto add = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QString::fromLatin1(name) << QByteArray::fromStdString(text);
        };
        add("report.html", toHtml(report));
        add("report.md", toMarkdown(report));
        add("report.json", toJson(report));
        add("figures.csv", figuresToCsv(report));
        add("segments-team.csv", toCsv(*tablesOf(report).front()));
        add("rows.csv", toCsv(report.lists.front()));
        add("focus.csv", focusHeader() + focusRow(focusLine()));
        for (const auto* chart : chartsOf(report)) {
            add((chart->id + ".svg").c_str(), toSvg(*chart, 860, 400, lightTheme()));
        }
    }

    void textFormats() {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        const auto path = test::sourcePath("tests/golden/expected/" + name.toStdString());
        if (qEnvironmentVariableIsSet("TIERWISE_UPDATE_GOLDEN")) {
            std::ofstream(path, std::ios::binary).write(bytes.constData(), bytes.size());
        }
        std::ostringstream expected;
        expected << std::ifstream(path, std::ios::binary).rdbuf();
        QCOMPARE(QString::fromUtf8(bytes), QString::fromStdString(expected.str()));
    }

    void theJsonKeepsItsSchema() {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("report.json"));
        std::ofstream(file.toStdString()) << toJson(smallReport());
        const QString schema = QString::fromStdString(test::sourcePath("resources/report/report.schema.json").string());
        const QString python = QStringLiteral("/usr/bin/python3");
        if (!test::outputOf(python, {QStringLiteral("-c"), QStringLiteral("import jsonschema")})) {
            QSKIP("python3-jsonschema is not on this machine");
        }
        QVERIFY(test::outputOf(
            python, {QStringLiteral("-m"), QStringLiteral("jsonschema"), QStringLiteral("-i"), file, schema}));
        // And the schema does say no.
        std::ofstream(file.toStdString()) << R"({"format": "tierwise-report", "version": 1})";
        QVERIFY(!test::outputOf(
            python, {QStringLiteral("-m"), QStringLiteral("jsonschema"), QStringLiteral("-i"), file, schema}));
    }

    void theWorkbookHasItsSheetsAndFigures() {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("report.xlsx"));
        TIERWISE_VERIFY_OK(writeXlsx(smallReport(), file.toStdString()));
        QStringList order;
        const auto sheets = test::readWorkbook(file, &order);
        QVERIFY(sheets.has_value());
        QCOMPARE(order.join(QLatin1Char('|')),
                 QStringLiteral("Summary|By team|Trade-off chart|Mix chart|Tornado chart|Rows"));
        const auto& team = sheets->at(QStringLiteral("By team"));
        QVERIFY(team.frozen);
        QCOMPARE(team.formulas, 0);
        QStringList header;
        for (int i = 0; i < 10; ++i) {
            header << team.cells.at(test::columnName(i) + QStringLiteral("1")).text;
        }
        QCOMPARE(header.join(QLatin1Char('|')),
                 QStringLiteral("Team|Since|Requests|Saving|Saving low|Saving high|Change, points|Change, points low|"
                                "Change, points high|Errors"));
        QCOMPARE(team.cells.at(QStringLiteral("B2")).number, std::optional(46296.0));  // 2026-10-01 as Excel counts
        QVERIFY(std::abs(*team.cells.at(QStringLiteral("B3")).number - (46297 + 11045.0 / 86400)) < 1e-9);
        QCOMPARE(team.cells.at(QStringLiteral("C2")).number, std::optional(1234567.0));
        QCOMPARE(team.cells.at(QStringLiteral("D2")).number, std::optional(-6.16));
        QCOMPARE(team.cells.at(QStringLiteral("E2")).number, std::optional(-7.35));
        QVERIFY(std::abs(*team.cells.at(QStringLiteral("G2")).number - 1.4) < 1e-12);  // in points
        QCOMPARE(team.cells.at(QStringLiteral("A3")).text, QStringLiteral("=cmd|'/C calc'!A1"));
        QCOMPARE(team.cells.at(QStringLiteral("D3")).text, QStringLiteral("-"));  // unknown is not zero
        QCOMPARE(sheets->at(QStringLiteral("Rows")).cells.at(QStringLiteral("C2")).number, std::optional(0.0000125));
        const auto chart = test::outputOf(QStringLiteral("unzip"),
                                          {QStringLiteral("-p"), file, QStringLiteral("xl/charts/chart2.xml")});
        QVERIFY(chart && chart->contains("barChart"));
    }

    void theWorkbookHasTheSameBytesLater() {
        QTemporaryDir folder;
        Report report = smallReport();
        for (const char* asOf : {"2026-10-31", "undated"}) {
            report.asOf = asOf;
            QList<QByteArray> files;
            for (int round = 0; round < 2; ++round) {
                const std::string file = folder.filePath(QStringLiteral("%1.xlsx").arg(round)).toStdString();
                TIERWISE_VERIFY_OK(writeXlsx(report, file));
                QFile bytes(QString::fromStdString(file));
                QVERIFY(bytes.open(QIODevice::ReadOnly));
                files << bytes.readAll();
                QTest::qWait(1100);  // zip archives and documents tell time in seconds
            }
            QVERIFY(files[0] == files[1]);
        }
    }
};

QTEST_GUILESS_MAIN(TestGolden)
#include "tst_golden.moc"
