// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the window one by one: numbers for people, copying, filters, the palette's match, charts.
#include <cmath>

#include <QAbstractItemModelTester>

#include "tests/gui/gui_support.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_view.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/shell/command_palette.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/filter_bar.h"
#include "ui/widgets/message_bar.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor& colour) {
    const auto channel = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF()) + 0.0722 * channel(colour.blueF());
}

// WCAG 2.1, contrast ratio.
double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a);
    const double y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

ChartSpec sampleSpec() {
    ChartSpec spec;
    spec.title = u"Cost and quality"_s;
    spec.summary = u"A sample."_s;
    spec.x.kind = ChartAxis::Kind::logarithmic;
    spec.x.title = u"cost"_s;
    spec.y.title = u"quality"_s;
    ChartSeries line;
    line.name = u"frontier"_s;
    line.color = QColor(0, 0, 255);
    line.points = {{1, 0.2}, {10, 0.6}, {100, 0.9}, {0, 0.5}};
    ChartSeries dots;
    dots.kind = ChartSeries::Kind::points;
    dots.name = u"models"_s;
    dots.color = QColor(255, 0, 0);
    dots.points = {{5, 0.3}, {50, 0.8}};
    dots.low = {0.25, 0.7};
    dots.high = {0.35, 0.85};
    dots.labels = {u"small"_s, u"large"_s};
    dots.directLabels = true;
    spec.series = {line, dots};
    spec.handles = {{7, {20, 0.7}, u"here"_s, QColor(0, 160, 0), false}};
    return spec;
}

int pixelsNear(const QImage& image, const QColor& colour) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor at = image.pixelColor(x, y);
            count += std::abs(at.red() - colour.red()) + std::abs(at.green() - colour.green()) +
                                 std::abs(at.blue() - colour.blue()) <
                             60
                         ? 1
                         : 0;
        }
    }
    return count;
}

}  // namespace

class TestWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }

    void numbersForPeople() {
        QCOMPARE(formatCount(1'383'669), u"1,383,669"_s);
        QCOMPARE(formatCount(std::optional<std::int64_t>()), missing());
        QCOMPARE(formatDollars(4812.4), u"$4,812"_s);
        QCOMPARE(formatDollars(48.12), u"$48.12"_s);
        QCOMPARE(formatDollars(-3.5), u"\u2212$3.50"_s);
        QCOMPARE(formatDollars(0.0), u"$0.00"_s);
        QCOMPARE(formatDollars(0.00311), u"$0.00311"_s);
        QVERIFY2(formatDollars(1e-9) != u"$0.00"_s, "a positive amount never shows as nothing");
        QCOMPARE(formatExactMoney(Money::fromPico(85'856'250'000)), u"$0.08585625"_s);
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        QCOMPARE(formatExactMoney(Money::fromPico(85'856'250'000)), u"$0,08585625"_s);
        QCOMPARE(formatDecimal("0.435"), u"0,435"_s);
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        QCOMPARE(formatDecimal("0.435"), u"0.435"_s);
        QCOMPARE(formatPoints(-0.004), u"\u22120.4"_s);
        QCOMPARE(formatPoints(0.003), u"+0.3"_s);
        QCOMPARE(formatShortCount(1'757'629'039.0), u"1.76B"_s);
        QCOMPARE(formatDuration(200), u"3 min 20 s"_s);
        QCOMPARE(formatTime(Timestamp::fromCivil(2026, 10, 1)), u"2026-10-01 00:00:00"_s);
    }

    void tablesAsText() {
        const TextTable table{
            {u"model"_s, u"cost"_s}, {{u"a,\"b\""_s, u"1.5"_s}, {u"x|y"_s, QString()}}, {false, true}};
        QCOMPARE(table.toCsv(), u"model,cost\r\n\"a,\"\"b\"\"\",1.5\r\nx|y,\r\n"_s);
        QCOMPARE(table.toTsv(), u"model\tcost\na,\"b\"\t1.5\nx|y\t\n"_s);
        QCOMPARE(table.toMarkdown(), u"| model | cost |\n|---|---:|\n| a,\"b\" | 1.5 |\n| x\\|y |  |\n"_s);
        QVERIFY(table.toHtml().contains(u"<td align=\"right\">1.5</td>"_s));
    }

    void copyingPutsTextAndHtmlTogether() {
        ValueModel model;
        model.setColumns({{u"name"_s, {}, false}, {u"cost"_s, {}, true}});
        model.setRows({{1, {{u"a"_s, {}, {}, {}, {}, {}}, {u"$1.50"_s, 1.5, u"1.503"_s, {}, {}, {}}}, false},
                       {2, {{u"b"_s, {}, {}, {}, {}, {}}, {missing(), {}, {}, {}, {}, {}}}, false}});
        const QAbstractItemModelTester tester(&model);
        CopyTable view;
        view.setModel(&model);
        view.show();
        view.selectAll();
        QTest::keySequence(&view, QKeySequence::Copy);
        const QMimeData* clip = QApplication::clipboard()->mimeData();
        QCOMPARE(clip->text(), u"name\tcost\na\t1.503\nb\t\n"_s);
        QVERIFY(clip->html().contains(u"<td>b</td>"_s));
    }

    void totalsStayLastAndMissingBeforeThem() {
        ValueModel model;
        model.setColumns({{u"n"_s, {}, true}});
        model.setRows({{1, {{u"2"_s, 2.0, {}, {}, {}, {}}}, false},
                       {2, {{missing(), {}, {}, {}, {}, {}}}, false},
                       {3, {{u"9"_s, 9.0, {}, {}, {}, {}}}, false},
                       {QVariant(), {{u"11"_s, 11.0, {}, {}, {}, {}}}, true}});
        ValueSortProxy proxy;
        proxy.setSourceModel(&model);
        const QAbstractItemModelTester tester(&proxy);
        const auto order = [&] {
            QStringList shown;
            for (int row = 0; row < proxy.rowCount(); ++row) {
                shown << proxy.index(row, 0).data().toString();
            }
            return shown;
        };
        proxy.sort(0, Qt::AscendingOrder);
        QCOMPARE(order(), QStringList({u"2"_s, u"9"_s, missing(), u"11"_s}));
        proxy.sort(0, Qt::DescendingOrder);
        QCOMPARE(order(), QStringList({u"9"_s, u"2"_s, missing(), u"11"_s}));
    }

    void typedFilters() {
        const ParsedFilter parsed = parseFilter(u"model:gpt cost>=0.1 hello team=\"a b\" http://x tag:-"_s,
                                                {u"model"_s, u"cost"_s, u"team"_s, u"tag"_s});
        QCOMPARE(parsed.filters.size(), std::size_t{4});
        QVERIFY((parsed.filters[0] == project::RowFilter{"model", project::FilterOp::contains, "gpt"}));
        QVERIFY((parsed.filters[1] == project::RowFilter{"cost", project::FilterOp::atLeast, "0.1"}));
        QVERIFY((parsed.filters[2] == project::RowFilter{"team", project::FilterOp::equals, "a b"}));
        QVERIFY((parsed.filters[3] == project::RowFilter{"tag", project::FilterOp::isMissing, ""}));
        QCOMPARE(parsed.text, u"hello http://x"_s);
    }

    void chipsComeAndGo() {
        FilterBar bar;
        bar.setColumns({{u"model"_s, u"Model"_s}});
        bar.show();
        QSignalSpy changed(&bar, &FilterBar::changed);
        auto* text = bar.findChild<QLineEdit*>(u"filterText"_s);
        QTest::keyClicks(text, u"model:gpt rest"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QCOMPARE(bar.filters().size(), std::size_t{1});
        QCOMPARE(bar.text(), u"rest"_s);
        QCOMPARE(changed.count(), 1);
        QTest::keyClick(bar.findChild<QPushButton*>(u"chip"_s), Qt::Key_Delete);
        QVERIFY(bar.filters().empty());
        QCOMPARE(changed.count(), 2);
    }

    void thePaletteFindsByPartsOfNames() {
        QVERIFY(matchScore(u"opsa"_s, u"File > Open the sample"_s) > 0);
        QVERIFY(matchScore(u"xyz"_s, u"File > Open"_s) < 0);
        QVERIFY(matchScore(u"open"_s, u"File > Open"_s) > matchScore(u"open"_s, u"Go, plan; then ask one"_s));
    }

    void anErrorSaysWhatAndHowToMendIt() {
        MessageBar bar;
        bar.showError({ErrorCode::io, "cannot read the file", "Check its permissions", "/x/y.csv", 7, {}});
        QVERIFY(bar.isVisibleTo(nullptr));
        const QString text = bar.findChild<QLabel*>(u"messageText"_s)->text();
        QVERIFY(text.contains(u"Cannot read the file."_s));
        QVERIFY(text.contains(u"Check its permissions."_s));
        QTest::mouseClick(bar.findChild<QToolButton*>(u"messageClose"_s), Qt::LeftButton);
        QVERIFY(!bar.hasMessage());
    }

    void textIsReadableInBothThemes() {
        Theme& theme = Theme::instance();
        for (const ThemeMode mode : {ThemeMode::light, ThemeMode::dark}) {
            theme.setMode(mode);
            const QPalette palette = QApplication::palette();
            for (const QColor& ground : {palette.color(QPalette::Window), palette.color(QPalette::Base),
                                         palette.color(QPalette::AlternateBase), palette.color(QPalette::Button)}) {
                for (const QColor& text : {theme.text(), theme.mutedText(), theme.warning(), theme.danger(),
                                           theme.good(), palette.color(QPalette::Link)}) {
                    QVERIFY2(contrast(text, ground) >= 4.5,
                             qPrintable(text.name() + u" on "_s + ground.name() + u": "_s +
                                        QString::number(contrast(text, ground))));
                }
                for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
                    QVERIFY2(contrast(tierColor(tier), theme.surface()) >= 3.0, tierName(tier));
                }
            }
            QVERIFY(contrast(palette.color(QPalette::HighlightedText), palette.color(QPalette::Highlight)) >= 4.5 ||
                    mode == ThemeMode::dark);
        }
        theme.setMode(ThemeMode::light);
    }

    void aChartHoldsItsDataAndDrawsIt() {
        Theme::instance().setMode(ThemeMode::light);
        ChartPanel panel;
        panel.resize(700, 460);
        panel.setSpec(sampleSpec());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QCOMPARE(panel.view()->hiddenOnLogAxis(), 1);
        const TextTable table = panel.table();
        QCOMPARE(table.rows.size(), 6);
        QCOMPARE(table.rows[4], QStringList({u"models"_s, u"small"_s, u"5"_s, u"0.3"_s, u"0.25"_s, u"0.35"_s}));
        const QImage image = panel.image(1.0);
        QVERIFY2(pixelsNear(image, QColor(0, 0, 255)) > 200, "the line must be there");
        QVERIFY2(pixelsNear(image, QColor(255, 0, 0)) > 60, "the markers must be there");
        QVERIFY2(pixelsNear(image, QColor(0, 160, 0)) > 40, "the handle must be there");
    }

    void aHandleIsDraggedAndAPointClicked() {
        ChartPanel panel;
        panel.resize(700, 460);
        panel.setSpec(sampleSpec());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy moved(&panel, &ChartPanel::handleMoved);
        QSignalSpy clicked(&panel, &ChartPanel::pointClicked);
        QWidget* port = panel.view()->viewport();
        const QPoint from = panel.view()->toView({20, 0.7}).toPoint();
        QTest::mousePress(port, Qt::LeftButton, {}, from);
        QTest::mouseMove(port, from + QPoint(30, 0));
        QTest::mouseRelease(port, Qt::LeftButton, {}, from + QPoint(30, 0));
        QVERIFY(moved.count() >= 2);
        QCOMPARE(moved.last().at(0).toInt(), 7);
        QVERIFY(moved.last().at(1).toPointF().x() > 20);
        QVERIFY(moved.last().at(2).toBool());
        QTest::mouseClick(port, Qt::LeftButton, {}, panel.view()->toView({50, 0.8}).toPoint());
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.last().at(0).toInt(), 1);
        QCOMPARE(clicked.last().at(1).toInt(), 1);
    }

    void zoomIsUndone() {
        ChartPanel panel;
        panel.resize(700, 460);
        panel.setSpec(sampleSpec());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const QPointF before = panel.view()->toView({10, 0.6});
        panel.view()->setFocus();
        QTest::keyClick(panel.view(), Qt::Key_Plus);
        QVERIFY(panel.view()->canZoomBack());
        QVERIFY((panel.view()->toView({100, 0.9}) - before).manhattanLength() > 10);
        QTest::keyClick(panel.view(), Qt::Key_Backspace);
        QVERIFY(!panel.view()->canZoomBack());
        QVERIFY((panel.view()->toView({10, 0.6}) - before).manhattanLength() < 1);
    }

    void aClickOnNothingIsHarmless() {  // QTBUG-118669
        ChartPanel panel;
        panel.resize(500, 300);
        ChartSpec bars;
        bars.x.kind = ChartAxis::Kind::category;
        panel.setSpec(bars);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        for (const QPoint& at : {QPoint(2, 2), QPoint(250, 100), QPoint(490, 200)}) {
            QTest::mouseClick(panel.view()->viewport(), Qt::LeftButton, {}, at);
            QTest::mouseDClick(panel.view()->viewport(), Qt::LeftButton, {}, at);
        }
        panel.setSpec(ChartSpec());
        QTest::mouseClick(panel.view()->viewport(), Qt::LeftButton, {}, {100, 100});
    }

    void chartsAreExportedInEveryForm() {
        QTemporaryDir folder;
        ChartPanel panel;
        panel.resize(600, 400);
        panel.setSpec(sampleSpec());
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        const QList<QPair<QString, QByteArray>> forms{
            {u"c.png"_s, "\x89PNG"}, {u"c.svg"_s, "<?xml"}, {u"c.pdf"_s, "%PDF"}, {u"c.csv"_s, "series,"}};
        for (const auto& [name, magic] : forms) {
            QCOMPARE(panel.exportTo(folder.filePath(name)), QString());
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(file.read(magic.size()) == magic, qPrintable(name));
        }
        QVERIFY(!panel.exportTo(folder.filePath(u"c.xyz"_s)).isEmpty());
        QVERIFY(!panel.exportTo(u"/nowhere/c.csv"_s).isEmpty());
    }

    // What is made up says so wherever it goes.
    void exportsOfMadeUpDataSaySo() {
        QTemporaryDir folder;
        QWidget window;
        auto* panel = new ChartPanel(&window);
        panel->resize(600, 400);
        panel->setSpec(sampleSpec());
        window.resize(620, 420);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        const QImage plain = panel->image(1.0);
        QVERIFY(!panel->table().toCsv().contains(u"made-up"_s));
        window.setProperty(ChartPanel::kDataMark, u"made-up sample data"_s);
        QVERIFY2(panel->image(1.0) != plain, "the picture that is copied");
        for (const QString& name : {u"c.svg"_s, u"c.csv"_s, u"c.pdf"_s, u"c.png"_s}) {
            QCOMPARE(panel->exportTo(folder.filePath(name)), QString());
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray bytes = file.readAll();
            if (name == u"c.svg"_s) {
                QVERIFY(bytes.count("made-up sample data") >= 2);  // in the title, and to be seen
            } else if (name == u"c.csv"_s) {
                for (const QByteArray& line : bytes.trimmed().split('\n').mid(1)) {
                    QVERIFY2(line.trimmed().endsWith("made-up sample data"), line.constData());
                }
            } else if (name == u"c.png"_s) {
                QVERIFY(QImage(folder.filePath(name)).text(u"Title"_s).endsWith(u"(made-up sample data)"_s));
            } else {
                QString wide;  // a PDF's title is UTF-16
                for (const char c : QByteArray("made-up sample data")) {
                    wide += QChar(0) + QString(QLatin1Char(c));
                }
                QVERIFY(bytes.contains(wide.toLatin1()) || bytes.contains("made-up sample data"));
            }
        }
    }

    void manyPointsAreADensityAndQuick() {
        ChartSpec spec;
        ChartSeries cloud;
        cloud.kind = ChartSeries::Kind::points;
        for (int i = 0; i < 100'000; ++i) {
            cloud.points.append({std::sin(i * 0.37) * i, std::cos(i * 0.11) * i});
        }
        spec.series = {cloud};
        ChartPanel panel;
        panel.resize(600, 400);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QElapsedTimer since;
        since.start();
        panel.setSpec(spec);
        const QImage image = panel.image(1.0);
        QVERIFY2(since.elapsed() < 2'000, "100k points must not be quadratic");
        QVERIFY(pixelsNear(image, densityColor(0.0)) + pixelsNear(image, densityColor(0.5)) > 50);
    }

    void draggingIsCheap() {
        ChartPanel panel;
        panel.resize(800, 500);
        ChartSpec spec = sampleSpec();
        spec.series[0].points.clear();
        for (int i = 1; i <= 400; ++i) {
            spec.series[0].points.append({i * 1.0, std::sqrt(i / 400.0)});
        }
        panel.setSpec(spec);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QList<double> steps;
        for (int i = 0; i < 60; ++i) {
            QElapsedTimer since;
            since.start();
            ChartSeries line = spec.series[0];
            line.points[200].setY(0.5 + i * 0.001);
            panel.updateSeries(0, line);
            panel.moveHandle(7, {20.0 + i, 0.7});
            panel.view()->viewport()->repaint();
            steps.append(static_cast<double>(since.nsecsElapsed()) / 1e6);
        }
        std::sort(steps.begin(), steps.end());
        qInfo("chart drag step to painted frame: median %.2f ms, p95 %.2f ms", steps[30], steps[57]);
        QVERIFY(steps[30] < 100.0);
    }
};

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
