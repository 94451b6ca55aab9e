// SPDX-License-Identifier: GPL-3.0-or-later
// One run, every format: each figure and each cell of a table is the same in PDF, HTML, XLSX, Markdown, CSV and JSON;
// and no foreign text breaks any of them.
#include <fstream>

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <nlohmann/json.hpp>

#include "core/base/display.h"
#include "core/project/export.h"
#include "core/project/focus_export.h"
#include "core/project/import.h"
#include "core/project/report_order.h"
#include "core/report/raw.h"
#include "core/report/svg_chart.h"
#include "core/report/writers.h"
#include "tests/golden/readers.h"
#include "tests/support/support.h"
#include "ui/report/pdf_writer.h"

using namespace tierwise;
using report::Cell;
using report::Unit;

namespace {

const std::vector<std::string>& hostileTexts() {
    static const std::vector<std::string> texts{
        "<script>alert(1)</script>",
        "</table></body></html>",
        "=HYPERLINK(\"http://x\",\"y\")",
        "+1+1",
        "-2+3|cmd",
        "@SUM(A1)",
        "\tTab first",
        "pipe | and `tick` and *star* and [link](http://x) <b>",
        "a\\|b \\\\ c",
        "\xe2\x80\xae"
        "desrever \xe2\x81\xa6isolate\xe2\x81\xa9",
        "\xf0\x9f\x98\x80 emoji \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb",
        "bad\xff\xfe bytes \xed\xa0\x80",
        "not a character \xef\xbf\xbf",
        "line\nbreak and \"quotes\", commas; &amp; entities",
        "]]><!-- comment --> &#x3c;",
        "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xd8\xb3\xd9\x84\xd8\xa7\xd9\x85",
        std::string(100'000, 'w'),
        "_x0041_ escaped",
    };
    return texts;
}

std::string csvQuoted(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c;
        if (c == '"') {
            quoted += c;
        }
    }
    return quoted + '"';
}

// Every hostile text as team, model, session and prompt, among rows that can be priced.
std::string hostileLog(const QTemporaryDir& folder) {
    std::string path = folder.path().toStdString() + "/=cmd '<b>&.csv";
    std::ofstream file(path, std::ios::binary);
    file << "timestamp,model,input_tokens,output_tokens,team,session_id,prompt\n";
    int minute = 0;
    const auto row = [&](const std::string& model, const std::string& text, const char* tokens) {
        file << "2026-09-0" << 1 + minute / 60 % 9 << "T12:" << (minute % 60 < 10 ? "0" : "") << minute % 60 << ":00Z,"
             << csvQuoted(model) << ',' << tokens << ",300," << csvQuoted(text) << ',' << csvQuoted(text) << ','
             << csvQuoted(text) << '\n';
        ++minute;
    };
    for (const auto& text : hostileTexts()) {
        row("claude-opus-4-6", text, "2000");
        row("gpt-5-mini", text, "150");
        row(text, text, "900");
    }
    row("claude-opus-4-6", "rejected", "=1+1");
    row("claude-opus-4-6", "rejected", "<i>many</i>");
    return path;
}

// Out of JSON, where a lone surrogate can be written: such a record is a reject with its reason, never a broken report.
std::string hostileJsonLines(const QTemporaryDir& folder) {
    std::string path = folder.path().toStdString() + "/surrogates.jsonl";
    std::ofstream(path)
        << R"({"timestamp":"2026-09-03T09:00:00Z","model":"claude-opus-4-6","input_tokens":500,"output_tokens":60,"team":"\u202e {\u0001}","prompt":"p"})"
        << '\n'
        << R"({"timestamp":"2026-09-03T10:00:00Z","model":"claude-opus-4-6","input_tokens":500,"output_tokens":60,"team":"lone \ud800 surrogate","prompt":"\udfff"})"
        << '\n'
        << R"({"timestamp":"2026-09-03T10:01:00Z","model":"m\ud83dx","input_tokens":500,"output_tokens":60,"team":"nul \u0000 here","prompt":"p"})"
        << '\n';
    return path;
}

QString qt(const std::string& text) {
    return QString::fromStdString(displayText(text));
}

// How a cell's text looks after white space was made alike: Markdown has one line, HTML may wrap.
QString line(const std::string& text) {
    return qt(text).replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\t'), QLatin1Char(' '));
}

}  // namespace

class TestSameFigures : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::map<QString, report::Report> m_reports;
    std::map<QString, QString> m_projects;

    void make(const QString& name, const std::vector<std::string>& logs) {
        const QString path = m_folder.filePath(name + QStringLiteral(".tierwise"));
        auto project = project::Project::create(path.toStdString());
        TIERWISE_VERIFY_OK(project);
        for (const auto& log : logs) {
            project::ImportOptions options;
            options.file = log;
            const auto imported = project::importLog(*project, options, {});
            TIERWISE_VERIFY_OK(imported);
            QCOMPARE(imported->rowsRead, imported->stored + imported->duplicates + imported->rejected);
        }
        auto report = project::orderReport(*project, {}, {});
        TIERWISE_VERIFY_OK(report);
        m_reports[name] = std::move(*report);
        m_projects[name] = path;
    }

    [[nodiscard]] QString file(const QString& suffix) const {
        return m_folder.filePath(QString::fromLatin1(QTest::currentDataTag()) + QLatin1Char('.') + suffix);
    }
    [[nodiscard]] const report::Report& current() const {
        return m_reports.at(QString::fromLatin1(QTest::currentDataTag()));
    }

    void rows() {
        QTest::addColumn<int>("nothing");
        QTest::newRow("sample") << 0;
        QTest::newRow("hostile") << 0;
    }

private Q_SLOTS:
    void initTestCase() {
        make(QStringLiteral("sample"), {test::sourcePath("resources/sample/sample.csv").string()});
        make(QStringLiteral("hostile"), {hostileLog(m_folder), hostileJsonLines(m_folder)});
    }

    void theHostileTextIsInTheReport() {
        const auto& report = m_reports.at(QStringLiteral("hostile"));
        std::string all;
        for (const auto* table : report::tablesAndListsOf(report)) {
            for (const auto& row : table->rows) {
                for (const auto& cell : row) {
                    all += report::display(cell) + "\n";
                }
            }
        }
        for (const char* wanted : {"<script>", "=HYPERLINK", "@SUM", "desrever", "emoji", "wwwwwwww"}) {
            QVERIFY2(all.find(wanted) != std::string::npos, wanted);
        }
    }

    void json_data() { rows(); }
    void json() {
        const auto json = nlohmann::json::parse(report::toJson(current()));
        std::size_t figures = 0;
        for (const auto* figure : report::figuresOf(current())) {
            const auto& one = json["figures"][displayText(figure->key)];
            QCOMPARE(QString::fromStdString(one["text"].get<std::string>()), qt(report::display(figure->cell)));
            ++figures;
        }
        QVERIFY(figures > 10);
        std::size_t seen = 0;
        const auto tables = report::tablesOf(current());
        for (const auto& section : json["sections"]) {
            for (const auto& block : section["blocks"]) {
                if (block["kind"] != "table") {
                    continue;
                }
                const auto& table = *tables.at(seen++);
                QCOMPARE(block["rows"].size(), table.rows.size());
                for (std::size_t r = 0; r < table.rows.size(); ++r) {
                    for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
                        QCOMPARE(QString::fromStdString(block["rows"][r][c]["text"].get<std::string>()),
                                 qt(report::display(table.rows[r][c])));
                    }
                }
            }
        }
        QCOMPARE(seen, tables.size());
    }

    void html_data() { rows(); }
    void html() {
        const QByteArray page = QByteArray::fromStdString(report::toHtml(current()));
        QVERIFY(!page.contains("<script"));
        QVERIFY(!page.contains("http-equiv=\"refresh"));
        const auto tables = test::readHtmlTables(page);
        QVERIFY2(tables.has_value(), "the page is not well-formed");
        for (const auto* table : report::tablesOf(current())) {
            const auto& grid = tables->at(QString::fromStdString(table->id));
            QCOMPARE(static_cast<std::size_t>(grid.size()), table->rows.size() + 1);
            for (std::size_t r = 0; r < table->rows.size(); ++r) {
                for (std::size_t c = 0; c < table->rows[r].size(); ++c) {
                    QCOMPARE(grid[static_cast<qsizetype>(r + 1)][static_cast<qsizetype>(c)],
                             qt(report::display(table->rows[r][c])));
                }
            }
        }
        QString text;
        QXmlStreamReader reader(page);
        while (!reader.atEnd()) {
            if (reader.readNext() == QXmlStreamReader::Characters) {
                text += reader.text();
            }
        }
        for (const auto* figure : report::figuresOf(current())) {
            QVERIFY(text.contains(qt(figure->label) + qt(report::display(figure->cell))));
        }
    }

    void markdown_data() { rows(); }
    void markdown() {
        const QByteArray text = QByteArray::fromStdString(report::toMarkdown(current()));
        QVERIFY(!QString::fromUtf8(text).contains(QRegularExpression(QStringLiteral("<[a-zA-Z/!]"))));
        const auto grids = test::readMarkdownTables(text);
        const auto tables = report::tablesOf(current());
        QCOMPARE(static_cast<std::size_t>(grids.size()), tables.size());
        for (std::size_t t = 0; t < tables.size(); ++t) {
            const auto& grid = grids[static_cast<qsizetype>(t)];
            QCOMPARE(static_cast<std::size_t>(grid.size()), tables[t]->rows.size() + 1);
            for (std::size_t r = 0; r < tables[t]->rows.size(); ++r) {
                const auto& cells = grid[static_cast<qsizetype>(r + 1)];
                QCOMPARE(static_cast<std::size_t>(cells.size()), tables[t]->columns.size());
                for (std::size_t c = 0; c < tables[t]->columns.size(); ++c) {
                    QCOMPARE(cells[static_cast<qsizetype>(c)], line(report::display(tables[t]->rows[r][c])));
                }
            }
        }
        const QString flat = QString::fromUtf8(text).remove(QLatin1Char('\\'));
        for (const auto* figure : report::figuresOf(current())) {
            QVERIFY(flat.contains(QStringLiteral(": **") + line(report::display(figure->cell)) + QStringLiteral("**")));
        }
    }

    void csv_data() { rows(); }
    void csv() {
        const auto figures = test::readCsv(QByteArray::fromStdString(report::figuresToCsv(current())));
        QVERIFY(figures.has_value());
        qsizetype at = 1;
        for (const auto* figure : report::figuresOf(current())) {
            QString text = figures->at(at++)[6];
            QCOMPARE(text.startsWith(QLatin1Char('\'')) ? text.mid(1) : text, qt(report::display(figure->cell)));
        }
        const QRegularExpression number(QStringLiteral("^-?[0-9.]+(e[+-]?[0-9]+)?$"));
        for (const auto* table : report::tablesAndListsOf(current())) {
            const auto grid = test::readCsv(QByteArray::fromStdString(report::toCsv(*table)));
            QVERIFY2(grid.has_value(), table->id.c_str());
            QCOMPARE(static_cast<std::size_t>(grid->size()), table->rows.size() + 1);
            for (const auto& row : *grid) {
                for (const auto& field : row) {
                    const bool formula = !field.isEmpty() && QStringLiteral("=+-@\t\r").contains(field[0]);
                    QVERIFY2(!formula || number.match(field).hasMatch(), qPrintable(field.left(60)));
                }
            }
        }
        const auto focus = file(QStringLiteral("focus.csv"));
        auto project =
            project::Project::open(m_projects.at(QString::fromLatin1(QTest::currentDataTag())).toStdString());
        TIERWISE_VERIFY_OK(project);
        auto order = project::openOrder(*project, {}, {});
        TIERWISE_VERIFY_OK(order);
        TIERWISE_VERIFY_OK(project::exportFocus(order->workbench, route::asLoggedPolicy(), focus.toStdString(), {}));
        QFile written(focus);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const auto rows = test::readCsv(written.readAll());
        QVERIFY(rows && rows->size() > 10);
    }

    void workbook_data() { rows(); }
    void workbook() {
        const QString path = file(QStringLiteral("xlsx"));
        TIERWISE_VERIFY_OK(report::writeXlsx(current(), path.toStdString()));
        const auto sheets = test::readWorkbook(path);
        QVERIFY2(sheets.has_value(), "a part of the workbook is not well-formed");
        if (sheets->empty()) {
            QSKIP("unzip is not on this machine");
        }
        for (const auto* ranged : report::tablesAndListsOf(current())) {
            const auto table = report::withRangesAsColumns(*ranged);
            QVERIFY2(sheets->count(QString::fromStdString(table.shortTitle)) == 1, table.shortTitle.c_str());
            const auto& sheet = sheets->at(QString::fromStdString(table.shortTitle));
            QCOMPARE(sheet.formulas, 0);
            QVERIFY(sheet.frozen);
            for (std::size_t r = 0; r < table.rows.size(); ++r) {
                for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
                    const QString at = test::columnName(static_cast<int>(c)) + QString::number(r + 2);
                    compare(table.rows[r][c], sheet.cells.count(at) != 0 ? sheet.cells.at(at) : test::SheetCell());
                }
            }
        }
        QStringList labels;
        const auto& summary = sheets->at(QStringLiteral("Summary"));
        for (const auto& [at, cell] : summary.cells) {
            if (at.startsWith(QLatin1Char('A'))) {
                labels << cell.text;
            }
        }
        for (const auto* figure : report::figuresOf(current())) {
            QVERIFY(labels.contains(qt(figure->label)));
        }
    }

    static void compare(const Cell& cell, const test::SheetCell& found) {
        const auto raw = report::raw(cell);
        if (std::holds_alternative<Timestamp>(cell.value)) {
            const double days = static_cast<double>(std::get<Timestamp>(cell.value).nanos()) / 86400e9 + 25569;
            QVERIFY(found.number && std::abs(*found.number - days) < 1e-6);
        } else if (!raw.isText && !raw.text.empty()) {
            const double wanted = std::stod(raw.text) * (cell.unit == Unit::points ? 100 : 1);
            QVERIFY2(found.number.has_value(), raw.text.c_str());
            QVERIFY(std::abs(*found.number - wanted) <= 1e-12 * std::abs(wanted));
        } else if (raw.text.empty() && !raw.isText) {
            QCOMPARE(found.text, QStringLiteral("-"));
        } else if (raw.text.size() < 30000) {
            // The format writes "_x005F_" for the underscore of what looks like one of its escapes.
            QCOMPARE(QString(found.text).replace(QStringLiteral("_x005F_"), QStringLiteral("_")), qt(raw.text));
        } else {
            QVERIFY(found.text.size() > 30000 && found.text.size() <= 32767);
        }
    }

    void pdf_data() { rows(); }
    void pdf() {
        for (const auto page : {QPageSize::A4, QPageSize::Letter}) {
            const QString path = file(QStringLiteral("%1.pdf").arg(page));
            TIERWISE_VERIFY_OK(ui::writePdf(current(), path, page));
            const auto info = test::outputOf(QStringLiteral("pdfinfo"), {path});
            if (!info) {
                QSKIP("poppler-utils is not on this machine");
            }
            QVERIFY(info->contains(page == QPageSize::A4 ? "595 x 842" : "612 x 792"));
            const auto fonts = test::outputOf(QStringLiteral("pdffonts"), {path});
            QVERIFY(fonts && fonts->count('\n') > 2);
            const QList<QByteArray> lines = fonts->split('\n').mid(2);
            for (const QByteArray& font : lines) {
                QVERIFY2(font.isEmpty() || font.contains(" yes "), font.constData());
            }
            const auto raw =
                test::outputOf(QStringLiteral("pdftotext"), {QStringLiteral("-raw"), path, QStringLiteral("-")});
            QVERIFY(raw.has_value());
            const int pages = QString::fromUtf8(*info)
                                  .section(QStringLiteral("Pages:"), 1)
                                  .trimmed()
                                  .section(QLatin1Char('\n'), 0, 0)
                                  .toInt();
            QVERIFY(pages >= 5);
            QVERIFY(QString::fromUtf8(*raw).contains(QStringLiteral("Page %1 of %1").arg(pages)));
            if (QString::fromLatin1(QTest::currentDataTag()) == QLatin1String("sample")) {
                compareFigures(test::squeezed(QString::fromUtf8(*raw)));
            }
        }
    }

    void compareFigures(const QString& text) const {
        for (const auto* figure : report::figuresOf(current())) {
            QVERIFY2(text.contains(test::squeezed(qt(report::display(figure->cell)))), figure->key.c_str());
        }
        int rowsFound = 0;
        for (const auto* table : report::tablesOf(current())) {
            for (const auto& row : table->rows) {
                QString wanted;
                for (const auto& cell : row) {
                    wanted += test::squeezed(qt(report::display(cell)));
                }
                // Page numbers and headers may stand inside a row's text only when a row is split, which it never is.
                QVERIFY2(text.contains(wanted), qPrintable(wanted));
                ++rowsFound;
            }
        }
        QVERIFY(rowsFound > 50);
    }

    void theSameReportGivesTheSamePdf() {
        QList<QByteArray> files;
        for (int round = 0; round < 2; ++round) {
            const QString path = m_folder.filePath(QStringLiteral("again%1.pdf").arg(round));
            TIERWISE_VERIFY_OK(ui::writePdf(m_reports.at(QStringLiteral("sample")), path, QPageSize::A4));
            QFile bytes(path);
            QVERIFY(bytes.open(QIODevice::ReadOnly));
            files << bytes.readAll();
            QTest::qWait(1100);
        }
        QVERIFY(files[0] == files[1]);
    }

    void aReportMadeAnewHasTheSameBytes() {
        auto project = project::Project::open(m_projects.at(QStringLiteral("sample")).toStdString());
        TIERWISE_VERIFY_OK(project);
        auto again = project::orderReport(*project, {}, {});
        TIERWISE_VERIFY_OK(again);
        QVERIFY(report::toJson(*again) == report::toJson(m_reports.at(QStringLiteral("sample"))));
    }

    void charts_data() { rows(); }
    void charts() {
        for (const auto* chart : report::chartsOf(current())) {
            const std::string svg = report::toSvg(*chart, 860, 400, report::lightTheme());
            QXmlStreamReader reader(QByteArray::fromStdString(svg));
            while (!reader.atEnd()) {
                reader.readNext();
            }
            QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        }
    }
};

QTEST_MAIN(TestSameFigures)
#include "tst_same_figures.moc"
