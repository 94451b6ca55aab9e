// SPDX-License-Identifier: GPL-3.0-or-later
// The pages over the workbench: every table under the model tester, editors and their undo, charts, and pages that are
// closed in the middle of their jobs.
#include <QAbstractItemModelTester>

#include "core/project/import.h"
#include "core/project/resources.h"
#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/routed_rows.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

namespace {

int pixelsNear(const QImage& image, const QColor& colour) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            count += std::abs(pixel.red() - colour.red()) + std::abs(pixel.green() - colour.green()) +
                                 std::abs(pixel.blue() - colour.blue()) <
                             60
                         ? 1
                         : 0;
        }
    }
    return count;
}

}  // namespace

class TestAnalysis : public QObject, private AnalysisWindow {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString m_project;
    void goTo(const QString& page) {
        window().goToPage(page);
        settle();
    }
    // A fresh copy of the sample's project.
    void open() {
        const QString path = m_fixture->path(u"sample.tierwise"_s);
        QFile::remove(path);
        QVERIFY(QFile::copy(m_project, path));
        window().openPaths({path});
        QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject(), kPatience);
        window().goToPage(u"tradeoff"_s);
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
    }
    void undo() {
        window().desk().undo().undo();
        settle();
    }

private Q_SLOTS:
    void initTestCase() {
        prepare();
        m_project = m_folder.filePath(u"sample.tierwise"_s);
        TIERWISE_VERIFY_OK(makeSampleProject(m_project));
    }
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    // Some requests have no logged cost: a saving is only right beside costs of the same requests.
    void costsThatAreComparedDifferByTheSaving() {
        open();
        goTo(u"compare"_s);
        const QAbstractItemModel* table = find<QTableView>("compareTable")->model();
        QTRY_VERIFY_WITH_TIMEOUT(table->rowCount() >= 2, 30'000);
        constexpr int kCost = 1;
        constexpr int kSaving = 3;
        const auto exact = [&](int row, int column) {
            return table->index(row, column).data(ui::kExactRole).toDouble();
        };
        QVERIFY(exact(1, kSaving) > 1);
        QVERIFY(std::abs(exact(0, kCost) - exact(1, kCost) - exact(1, kSaving)) < 1e-6);
        QVERIFY2(table->index(1, kCost).data(Qt::ToolTipRole).toString().contains(u"requests"_s),
                 "says that it is not the cost of all requests");
    }

    void everyTableIsASoundModel() {
        open();
        session().addScenario(session().policy(), u"One"_s);
        std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
        int tables = 0;
        for (const QString& page : {u"router"_s, u"tradeoff"_s, u"tierfit"_s, u"compare"_s, u"report"_s}) {
            goTo(page);
            for (auto* view : window().currentPage()->findChildren<QAbstractItemView*>()) {
                if (view->model() != nullptr) {
                    testers.push_back(std::make_unique<QAbstractItemModelTester>(
                        view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest));
                    ++tables;
                }
            }
        }
        QVERIFY(tables >= 10);
        // Refilled under the testers' eyes.
        session().setPolicy(route::singlePolicy("commodity", "commodity"), u"test"_s);
        for (const QString& page : {u"router"_s, u"tradeoff"_s, u"tierfit"_s, u"compare"_s, u"report"_s}) {
            goTo(page);
        }
        undo();
    }

    void routedRowsAreASoundModel() {
        open();
        auto rows = session().workbench()->rowsOf(session().policy(), {});
        TIERWISE_VERIFY_OK(rows);
        const auto count = static_cast<int>(rows->size());
        RoutedRowsModel model(session().workbench(), session().policy(), *rows);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), count);
        for (const int row : {0, count / 2, count - 1}) {
            QVERIFY(!model.index(row, model.columnCount() - 1).data().toString().isEmpty());
        }
    }

    void thresholdsAreDraggedOverTheHistogram() {
        open();
        goTo(u"router"_s);
        auto* kind = find<QComboBox>("policyKind");
        kind->setFocus();
        kind->setCurrentIndex(kind->findText(u"Thresholds"_s, Qt::MatchStartsWith));
        Q_EMIT kind->activated(kind->currentIndex());
        QCOMPARE(session().policy().router.kind, route::RouterKind::threshold);
        QCOMPARE(session().policy().router.belowShare.size(), std::size_t{2});
        auto* measure = find<QComboBox>("thresholdMeasure");
        measure->setCurrentIndex(measure->findData(false));
        Q_EMIT measure->activated(measure->currentIndex());
        settle();
        auto* histogram = find<ChartPanel>("difficultyHistogram");
        QCOMPARE(histogram->spec().handles.size(), 2);
        ChartView* view = histogram->view();
        const auto& bounds = session().policy().router.below;
        const double before = bounds[1];
        const QPointF value(before, view->toValue(QPointF(0, view->height() / 2.0)).y());
        const QPoint from = view->toView(value).toPoint();
        const QString headline = find<QLabel>("routerHeadline")->text();
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view->viewport(), from + QPoint(40, 0));
        QVERIFY2(find<QLabel>("routerHeadline")->text() != headline, "figures follow while dragging");
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, from + QPoint(40, 0));
        QVERIFY(session().policy().router.below[1] > before);
        undo();
        QCOMPARE(session().policy().router.below[1], before);
    }

    // "The hardest 10 % to premium, the easiest 40 % to local", typed; the file that is saved says the same, and so
    // does the policy when it is opened again.
    void thresholdsByShareAreTyped() {
        open();
        goTo(u"router"_s);
        auto* kind = find<QComboBox>("policyKind");
        kind->setCurrentIndex(kind->findText(u"Thresholds"_s, Qt::MatchStartsWith));
        Q_EMIT kind->activated(kind->currentIndex());
        find<QDoubleSpinBox>("thresholdLow")->setValue(40);
        find<QDoubleSpinBox>("thresholdHigh")->setValue(10);
        const auto typed = session().policy();
        QVERIFY((typed.router.belowShare == std::vector<double>{0.4, 0.9}));
        QCOMPARE(typed.name, std::string("easiest 40% local, hardest 10% premium, else commodity"));
        const auto again = route::Policy::parse(typed.toJson(), "again");
        TIERWISE_VERIFY_OK(again);
        QVERIFY(*again == typed);
        const auto& workbench = session().workbench();
        const auto evaluation = workbench->evaluate(typed);
        TIERWISE_VERIFY_OK(evaluation);
        std::size_t scored = 0;
        for (std::size_t row = 0; row < workbench->rows().rows; ++row) {
            scored += workbench->rows().difficulty.valid.test(row) ? 1 : 0;
        }
        const auto premium = workbench->rowsOf(typed, Tier::premium);
        TIERWISE_VERIFY_OK(premium);
        QVERIFY(static_cast<double>(premium->size()) >= 0.09 * static_cast<double>(scored));
        // The easier bound takes the other along; dragging keeps shares.
        find<QDoubleSpinBox>("thresholdLow")->setValue(95);
        QVERIFY((session().policy().router.belowShare == std::vector<double>{0.95, 0.95}));
        undo();
        settle();
        auto* view = find<ChartPanel>("difficultyHistogram")->view();
        const auto handle = find<ChartPanel>("difficultyHistogram")->spec().handles[1].at;
        const QPoint from = view->toView({handle.x(), view->toValue(QPointF(0, view->height() / 2.0)).y()}).toPoint();
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view->viewport(), from - QPoint(40, 0));
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, from - QPoint(40, 0));
        QVERIFY(session().policy().router.below.empty());
        QVERIFY(session().policy().router.belowShare[1] < 0.9);
        undo();
        QVERIFY(session().policy() == typed);
    }

    // Scores of answers come in through the window, count at once, and go again by undo.
    void outcomesAreImportedAndTakenBack() {
        open();
        goTo(u"router"_s);
        const auto scored = [this] {
            const auto& bench = session().workbench();
            return bench ? bench->inputs().outcomes.size() : std::size_t{99'999};
        };
        QCOMPARE(scored(), std::size_t{0});
        const auto ids = window().desk().project().rowIds(store::RowQuery(), TaskContext());
        TIERWISE_VERIFY_OK(ids);
        const auto rows = window().desk().project().rows(std::span(*ids).first(3));
        TIERWISE_VERIFY_OK(rows);
        const QString path = m_fixture->path(u"outcomes.csv"_s);
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Request ID,Model,Rating (1-5)\n");
        for (const auto& row : *rows) {
            file.write(QByteArray::fromStdString(row.requestId + ",qwen3-14b,5\n"));
        }
        file.write("nobody,qwen3-14b,4\n");
        file.close();
        auto dialogs = std::make_unique<AnsweringDialogs>();
        dialogs->open = {path};
        window().desk().setDialogs(std::move(dialogs));
        find<QAction>("importOutcomes")->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(scored(), std::size_t{3}, kPatience);
        QVERIFY(window().messageBar()->currentText().contains(u"4 rows read = 3 used"_s));
        settle();
        undo();
        QTRY_COMPARE_WITH_TIMEOUT(scored(), std::size_t{0}, kPatience);
        window().desk().undo().redo();
        QTRY_COMPARE_WITH_TIMEOUT(scored(), std::size_t{3}, kPatience);
        settle();
        // A refit to the sample's own scores says what came of it, and rows keep a difficulty either way.
        find<QAction>("refit")->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window().messageBar()->currentText().contains(u"scored answers"_s), kPatience);
        settle();
        QVERIFY(session().workbench()->signalRange().rowsWithSignal > 1'000);
    }

    // Two refits in a row: undo goes back to the first, then to what was shipped, and redo the same way.
    void aRefitIsTakenBackToTheOneBeforeIt() {
        static constexpr const char* kTopics[] = {"welding", "baking", "sailing", "painting"};
        const QString log = m_fixture->path(u"trades.csv"_s);
        const QString path = m_fixture->path(u"trades.tierwise"_s);
        const QString scores = m_fixture->path(u"scores.csv"_s);
        const auto write = [](const QString& name, const QByteArray& text) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        // Answers to prompts about one trade are wrong.
        const auto scoredBy = [&](int hard) {
            QByteArray text = "id,model,score\n";
            for (int i = 0; i < 160; ++i) {
                text += "r" + QByteArray::number(i) + ",qwen3-14b," + (i % 4 == hard ? "0" : "1") + "\n";
            }
            write(scores, text);
        };
        QByteArray prompts = "request_id,time,model,prompt,input_tokens,output_tokens\n";
        for (int i = 0; i < 200; ++i) {
            prompts += "r" + QByteArray::number(i) + ",2026-01-01T10:00:00Z,gpt-4o,Describe which steps of " +
                       kTopics[i % 4] + " matter for a bridge number " + QByteArray::number(i) + ",30,400\n";
        }
        write(log, prompts);
        QFile::remove(path);
        {
            auto project = project::Project::create(path.toStdString());
            TIERWISE_VERIFY_OK(project);
            TIERWISE_VERIFY_OK(project::importLog(*project, {log.toStdString(), {}, {}}, {}));
        }
        window().openPaths({path});
        QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject(), kPatience);
        goTo(u"router"_s);
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
        const auto difficulties = [this] {
            std::vector<std::optional<float>> all;
            const auto rows = window().desk().project().loadSnapshot(TaskContext());
            for (std::size_t row = 0; rows && row < rows->rows; ++row) {
                all.push_back(rows->difficulty.at(row));
            }
            return all;
        };
        const auto refit = [&](int hard) {
            scoredBy(hard);
            auto dialogs = std::make_unique<AnsweringDialogs>();
            dialogs->open = {scores};
            window().desk().setDialogs(std::move(dialogs));
            const int steps = window().desk().undo().count();
            find<QAction>("importOutcomes")->trigger();
            QTRY_COMPARE_WITH_TIMEOUT(window().desk().undo().count(), steps + 1, kPatience);
            settle();
            find<QAction>("refit")->trigger();
            QTRY_COMPARE_WITH_TIMEOUT(window().desk().undo().count(), steps + 2, kPatience);
            settle();
        };
        const auto shipped = difficulties();
        QCOMPARE(shipped.size(), std::size_t{200});
        refit(0);
        const auto first = difficulties();
        QVERIFY(first != shipped);
        refit(1);
        const auto second = difficulties();
        QVERIFY(second != first);
        // The scores of the second refit are an undo step of their own.
        for (const auto* expected : {&first, &first, &shipped}) {
            window().desk().undo().undo();
            settle();
            QTRY_VERIFY_WITH_TIMEOUT(difficulties() == *expected, kPatience);
        }
        for (const auto* expected : {&first, &first, &second}) {
            window().desk().undo().redo();
            settle();
            QTRY_VERIFY_WITH_TIMEOUT(difficulties() == *expected, kPatience);
        }
        // Keys pressed faster than the jobs are done: each step takes its turn.
        for (int i = 0; i < 3; ++i) {
            window().desk().undo().undo();
        }
        QTRY_VERIFY_WITH_TIMEOUT(difficulties() == shipped, kPatience);
        for (int i = 0; i < 3; ++i) {
            window().desk().undo().redo();
        }
        QTRY_VERIFY_WITH_TIMEOUT(difficulties() == second, kPatience);
        settle();
        // The workbench has what the project has.
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() && session().workbench()->rows().difficulty.at(0) == second[0],
                                 kPatience);
    }

    // What the fields cannot say is not shown as something else, nor lost by an edit.
    void aPolicyWithMoreThanTheFieldsShow() {
        open();
        goTo(u"router"_s);
        auto policy = route::sharePolicy(0.4, 0.1);
        policy.router.noSignal.front().use = "premium";
        session().setPolicy(policy, u"test"_s);
        QCOMPARE(find<QComboBox>("policyKind")->currentIndex(), -1);
        // A floor in every segment keeps what it is of when its figure is changed.
        for (const char* segment : {"team", "tag", "domain", "dataClass", "user", "day"}) {
            route::Policy floor;
            floor.name = "floor";
            floor.router.kind = route::RouterKind::floor;
            floor.router.meanQuality = 0.5;
            floor.router.perSegment = segment;
            session().setPolicy(floor, u"test"_s);
            find<QDoubleSpinBox>("amount")->setValue(40);
            QCOMPARE(session().policy().router.perSegment, std::string(segment));
        }
        policy = route::sharePolicy(0.4, 0.1, "inputTokens");
        session().setPolicy(policy, u"test"_s);
        QCOMPARE(find<QComboBox>("policyKind")->currentIndex(), -1);
    }

    void everyKindOfPolicyCanBeChosenAndUndone() {
        open();
        goTo(u"router"_s);
        auto* kind = find<QComboBox>("policyKind");
        for (int i = 0; i < kind->count(); ++i) {
            const auto before = session().policy();
            kind->setCurrentIndex(i);
            Q_EMIT kind->activated(i);
            settle();
            const auto wanted = static_cast<route::RouterKind>(kind->itemData(i).toInt());
            QVERIFY2(session().policy().router.kind == wanted, qPrintable(kind->itemText(i)));
            const QString headline = find<QLabel>("routerHeadline")->text();
            QVERIFY2(headline.contains(u"expected quality"_s), qPrintable(kind->itemText(i) + u": "_s + headline));
            if (before.router.kind != wanted) {
                undo();
                QVERIFY(session().policy() == before);
            }
        }
    }

    void aRightAnswerIsWorthMoreInOneTeam() {
        open();
        goTo(u"router"_s);
        auto* kind = find<QComboBox>("policyKind");
        kind->setCurrentIndex(kind->findText(u"Expected value"_s));
        Q_EMIT kind->activated(kind->currentIndex());
        QTest::mouseClick(find<QPushButton>("addSegmentValue"), Qt::LeftButton);
        QCOMPARE(session().policy().router.perSegment, std::string("team"));
        QCOMPARE(session().policy().router.valueOf.size(), std::size_t{1});
        const auto& teams = session().workbench()->rows().team.names;
        QVERIFY(std::find(teams.begin(), teams.end(), session().policy().router.valueOf.begin()->first) != teams.end());
        undo();
        QVERIFY(session().policy().router.valueOf.empty());
    }

    void rulesAreAddedOrderedAndUndone() {
        open();
        goTo(u"router"_s);
        for (const QString& words : {u"contract"_s, u"poem"_s}) {
            inDialog("ruleDialog", [words](QDialog& dialog) {
                auto* line = dialog.findChildren<QLineEdit*>().first();
                QTest::keyClicks(line, words);
                press(dialog, QDialogButtonBox::Ok);
            });
            activate();
            QTest::keyClick(&window(), Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
            activate();
        }
        QCOMPARE(session().policy().rules.size(), std::size_t{2});
        auto* list = find<QListWidget>("rules");
        list->setFocus();
        list->setCurrentRow(1);
        QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(session().policy().rules[0].when.keywords, std::vector<std::string>{"poem"});
        undo();
        QCOMPARE(session().policy().rules[0].when.keywords, std::vector<std::string>{"contract"});
        // Dragging on the trade-off keeps them.
        goTo(u"tradeoff"_s);
        QTest::keyClick(&window(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(session().policy().rules.size(), std::size_t{2});
    }

    void constraintsAreEdited() {
        open();
        goTo(u"router"_s);
        find<QTabWidget>("routerTabs")->setCurrentIndex(2);
        QTest::mouseClick(find<QPushButton>("addDataClass"), Qt::LeftButton);
        QCOMPARE(session().policy().constraints.dataClasses.size(), std::size_t{1});
        auto* classes = find<QTableWidget>("dataClasses");
        classes->item(0, 5)->setText(u"de, fr"_s);
        QCOMPARE(session().policy().constraints.dataClasses[0].jurisdictions, (std::vector<std::string>{"DE", "FR"}));
        classes->item(0, 3)->setCheckState(Qt::Unchecked);  // the only tier: refused
        QCOMPARE(session().policy().constraints.dataClasses[0].tiers, std::vector<Tier>{Tier::local});
        undo();
        undo();
        QVERIFY(session().policy().constraints.dataClasses.empty());
    }

    void modelsAreChosenFromTheCatalog() {
        open();
        goTo(u"router"_s);
        const auto before = session().workbench()->candidates().size();
        inDialog("modelsDialog", [](QDialog& dialog) {
            auto* search = dialog.findChild<QLineEdit*>(u"modelsSearch"_s);
            QTest::keyClicks(search, u"haiku"_s);
            auto* table = dialog.findChild<CopyTable*>(u"modelsTable"_s);
            QVERIFY(table->model()->rowCount() > 0);
            QTest::mouseClick(dialog.findChild<QPushButton*>(u"modelsAdd"_s), Qt::LeftButton);
            press(dialog, QDialogButtonBox::Ok);
        });
        QTest::keyClick(&window(), Qt::Key_M, Qt::ControlModifier);
        settle();
        QCOMPARE(session().policy().models.size(), before);  // the defaults and one more, "as logged" apart
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
        QCOMPARE(session().workbench()->candidates().size(), before + 1);
        QCOMPARE(find<CopyTable>("candidates")->model()->rowCount(), static_cast<int>(before) + 1);
        undo();
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
        QCOMPARE(session().workbench()->candidates().size(), before);
    }

    void aPromptIsExplainedWhileItIsTyped() {
        open();
        goTo(u"router"_s);
        QTest::keyClick(&window(), Qt::Key_Y, Qt::ControlModifier | Qt::ShiftModifier);
        auto* prompt = find<QPlainTextEdit>("whyPrompt");
        QTRY_VERIFY(prompt->hasFocus());
        QTest::keyClicks(prompt, u"Prove that every bounded monotone sequence of real numbers converges."_s);
        QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("whyText")->text().startsWith(u"Goes to "_s), kPatience);
        QVERIFY(find<CopyTable>("whyTable")->model()->rowCount() >= 3);
        prompt->clear();
        QTRY_VERIFY(find<QLabel>("whyText")->text().isEmpty());
    }

    void rangesAreDrawnFromLowToHigh() {
        ChartPanel panel;
        panel.resize(700, 300);
        ChartSpec spec;
        spec.title = u"Ranges"_s;
        spec.horizontalBars = true;
        spec.x.kind = ChartAxis::Kind::category;
        spec.x.categories = {u"first"_s, u"second"_s};
        ChartSeries ranges;
        ranges.kind = ChartSeries::Kind::range;
        ranges.color = QColor(255, 0, 0);
        ranges.points = {{0, 5}, {1, 5}};
        ranges.low = {-10, 4};
        ranges.high = {20, 6};
        spec.series = {ranges};
        panel.setSpec(spec);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY(pixelsNear(panel.image(1.0), QColor(255, 60, 60)) > 300);
        ChartView* view = panel.view();
        // The first is on top; a click within its ends meets it, and beyond the second's ends there is nothing.
        const auto at = [&](int category, double value) { return view->toView({1.0 - category, value}); };
        QCOMPARE(view->hit(at(0, 15)), std::pair(0, 0));
        QCOMPARE(view->hit(at(1, 5)), std::pair(0, 1));
        QCOMPARE(view->hit(at(1, 15)), std::pair(-1, -1));
        QCOMPARE(panel.table().rows.size(), 2);
    }

    void newFiguresKeepTheZoom() {
        open();
        auto* chart = find<ChartPanel>("tradeoffChart");
        chart->view()->setFocus();
        QTest::keyClick(chart->view(), Qt::Key_Plus);
        QVERIFY(chart->view()->canZoomBack());
        const QPointF mark = chart->view()->toView(chart->spec().handles.first().at);
        session().setBaseline(project::Baseline::bestSingle);
        settle();
        QVERIFY(chart->view()->canZoomBack());
        QVERIFY((chart->view()->toView(chart->spec().handles.first().at) - mark).manhattanLength() < 3);
    }

    void pagesWithoutAProjectAskForOne() {
        for (const QString& page : {u"router"_s, u"tradeoff"_s, u"tierfit"_s, u"compare"_s, u"report"_s}) {
            window().goToPage(page);
            QVERIFY(find<QWidget>("startPage")->isVisible());
        }
    }

    // The job is done and its answer waits for the event loop when the project goes.
    void closingWithAnAnswerOnItsWayIsSafe() {
        const QString path = m_fixture->path(u"answer.tierwise"_s);
        QVERIFY(QFile::copy(m_project, path));
        m_fixture->restart();  // no page that was shown before holds the workbench
        for (const QString& page : {u"tierfit"_s, u"compare"_s, u"report"_s, u"tradeoff"_s, u"router"_s}) {
            window().openPaths({path});
            QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject(), kPatience);
            window().goToPage(page == u"tradeoff"_s ? u"compare"_s : u"tradeoff"_s);
            QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
            settle();
            window().goToPage(page);
            QThread::msleep(400);
            window().desk().closeProject();
            QTest::qWait(50);
            QVERIFY(!window().desk().hasProject());
        }
    }

    void closingInTheMiddleOfAnyJobIsSafe() {
        for (const QString& page : {u"router"_s, u"tradeoff"_s, u"tierfit"_s, u"compare"_s, u"report"_s}) {
            for (const int wait : {0, 5, 60, 250}) {
                const QString path = m_fixture->path(u"closing.tierwise"_s);
                if (!QFile::exists(path)) {
                    QVERIFY(QFile::copy(m_project, path));
                }
                window().openPaths({path});
                QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject(), kPatience);
                window().goToPage(page);
                QTest::qWait(wait);
                if (wait % 2 == 0) {
                    window().desk().closeProject();
                    QTest::qWait(10);
                } else {
                    m_fixture->restart();
                }
            }
            m_fixture->restart();
        }
    }
};

QTEST_MAIN(TestAnalysis)
#include "tst_analysis.moc"
