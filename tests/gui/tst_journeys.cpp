// SPDX-License-Identifier: GPL-3.0-or-later
// The five journeys that the program is made for, walked with real keys and clicks over the sample workload.
#include <cmath>
#include <functional>

#include "core/project/resources.h"
#include "tests/gui/gui_support.h"
#include "tests/support/support.h"
#include "ui/charts/chart_panel.h"
#include "ui/charts/chart_view.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/models/value_model.h"
#include "ui/pages/tierfit/fit_matrix.h"
#include "ui/pages/tierfit/tierfit_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/mix_bar.h"

using namespace tierwise;
using namespace tierwise::ui;
using namespace tierwise::test;
using namespace Qt::StringLiterals;

class TestJourneys : public QObject, private AnalysisWindow {
    Q_OBJECT

private:
    void goTo(int number) {
        activate();
        QTest::keyClick(&window(), static_cast<Qt::Key>(Qt::Key_0 + number), Qt::ControlModifier);
    }
    // The sample, imported into a project of its own.
    void openSample() {
        QTest::mouseClick(find<QPushButton>("startSample"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject() && !window().desk().isImporting(), kPatience);
        m_fixture->settle();
    }
    void openTradeoff() {
        openSample();
        goTo(4);
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
    }
    // The sample has requests on models of no tier: four lines.
    QPoint cellOf(FitMatrix& matrix, int row, int column) {
        return {120 + (matrix.width() - 122) * (2 * column + 1) / 8, 34 + (matrix.height() - 36) * (2 * row + 1) / 8};
    }

private Q_SLOTS:
    void initTestCase() { prepare(); }
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    // A. A log is dropped in, and one sentence answers.
    void firstAnswer() {
        const auto sample = project::resourcePath("sample/sample.csv");
        TIERWISE_VERIFY_OK(sample);
        m_fixture->dialogs().open = {QString::fromStdString(sample->string())};
        QTest::mouseClick(find<QPushButton>("startOpen"), Qt::LeftButton);
        auto* dialog = window().findChild<ImportDialog*>();
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->previewRows() > 0, kPatience);
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"importButton"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject() && !window().desk().isImporting(), kPatience);
        m_fixture->settle();
        goTo(4);
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
        const QString sentence = textOf("answerSentence");
        QVERIFY2(QRegularExpression(u"^The log as it is costs \\$[\\d,.]+ at list prices\\. With .+: \\$[\\d,.]+ to "
                                    u"\\$[\\d,.]+, expected quality "
                                    "change [+\u2212]?[\\d.]+ to [+\u2212]?[\\d.]+ points\\.$"_s)
                     .match(sentence)
                     .hasMatch(),
                 qPrintable(sentence));
        QVERIFY2(textOf("verdict").contains(u"DECISIVE"_s), qPrintable(textOf("verdict")));
        // Another baseline is another sentence, and Undo brings the first one back.
        auto* baseline = find<QComboBox>("baseline");
        baseline->setFocus();
        QTest::keyClick(baseline, Qt::Key_Down);
        settle();
        QVERIFY2(textOf("answerSentence").startsWith(u"The best single model costs $"_s),
                 qPrintable(textOf("answerSentence")));
        find<MixBar>("mixBar")->setFocus();
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        settle();
        QCOMPARE(textOf("answerSentence"), sentence);
        QCOMPARE(baseline->currentIndex(), 0);
    }

    // From the empty state to the sentence in three clicks at most; it takes one.
    void theSampleAnswersInThreeClicks() {
        int clicks = 0;
        const auto click = [&](QWidget* widget) {
            ++clicks;
            QTest::mouseClick(widget, Qt::LeftButton);
        };
        QVERIFY(find<QWidget>("startPage")->isVisible());
        click(find<QPushButton>("startSample"));
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
        QLabel* sentence = find<QLabel>("answerSentence");
        QTRY_VERIFY2_WITH_TIMEOUT(sentence->isVisible() && sentence->text().contains(u"expected quality change"_s),
                                  qPrintable(sentence->text()), kPatience);
        QVERIFY(textOf("verdict").contains(u"DECISIVE"_s));
        QVERIFY2(clicks <= 3, qPrintable(QString::number(clicks)));
    }

    // B. The mark and the mix are dragged, all figures follow, and a click shows the rows.
    void shapeTheMix() {
        openTradeoff();
        auto* chart = find<ChartPanel>("tradeoffChart");
        QStringList names;
        for (const auto& series : chart->spec().series) {
            names << series.name;
        }
        for (const char* wanted : {"Exact frontier", "Random mix", "As logged", "Oracle", "Your policy"}) {
            QVERIFY2(names.contains(QLatin1String(wanted)), wanted);
        }
        QVERIFY(chart->spec().series.last().note.contains(u"output length"_s));
        ChartView* view = chart->view();
        const auto mix = [&] {
            const QAbstractItemModel* model = find<CopyTable>("mixTable")->model();
            QStringList cells;
            for (int row = 0; row < model->rowCount(); ++row) {
                cells << model->index(row, 1).data().toString() << model->index(row, 2).data().toString();
            }
            return cells.join(u' ');
        };
        const QString sentence = textOf("answerSentence");
        const QString before = mix();
        const auto policy = session().policy();
        const QPoint from = view->toView(chart->spec().handles.first().at).toPoint();
        QTest::mousePress(view->viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(view->viewport(), from + QPoint(60, 0));
        QVERIFY(mix() != before);
        QVERIFY(textOf("answerSentence") != sentence);
        QVERIFY2(session().policy() == policy, "the policy changes when the mouse lets go");
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, {}, from + QPoint(60, 0));
        QVERIFY(session().policy() != policy);
        settle();
        QCOMPARE(window().desk().undo().undoText(), u"Move the policy"_s);
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        settle();
        QVERIFY(session().policy() == policy);
        QCOMPARE(textOf("answerSentence"), sentence);

        // The border between local and commodity, by mouse and by key.
        auto* bar = find<MixBar>("mixBar");
        const auto borderX = [&](double share) { return static_cast<int>(8 + (bar->width() - 16) * share); };
        const double local = bar->shares()[0];
        QTest::mousePress(bar, Qt::LeftButton, {}, {borderX(local), bar->height() / 2});
        QTest::mouseMove(bar, {borderX(0.4), bar->height() / 2});
        QTest::mouseMove(bar, {borderX(0.5), bar->height() / 2});
        QTest::mouseRelease(bar, Qt::LeftButton, {}, {borderX(0.5), bar->height() / 2});
        QCOMPARE(session().policy().router.kind, route::RouterKind::threshold);
        settle();
        // Half of them are asked for; those that the local model has no room for go elsewhere.
        QVERIFY2(bar->shares()[0] > local + 0.2 && bar->shares()[0] < 0.55,
                 qPrintable(QString::number(bar->shares()[0])));
        bar->setFocus();
        const auto shaped = session().policy();
        QTest::keyClick(bar, Qt::Key_Right, Qt::ShiftModifier);
        QVERIFY(session().policy() != shaped);
        settle();

        // A click on a tier, on the mark, and on a single model: rows, each with its reason.
        const auto rowsShown = [&](const std::function<void()>& click) {
            click();
            auto* dialog = window().findChild<QDialog*>(u"routedRows"_s);
            if (dialog == nullptr) {
                return 0;
            }
            auto* table = dialog->findChild<CopyTable*>();
            (void)QTest::qWaitFor([table] { return table->model() != nullptr && table->model()->rowCount() > 0; },
                                  10'000);
            const int rows = table->model() == nullptr ? 0 : table->model()->rowCount();
            if (rows > 0) {
                const int last = table->model()->columnCount() - 1;
                if (table->model()->index(0, last).data().toString().isEmpty()) {
                    return -1;
                }
            }
            dialog->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            QCoreApplication::processEvents();
            return rows;
        };
        const int ofLocal = rowsShown([&] {
            QTest::mouseClick(bar, Qt::LeftButton, {}, {borderX(bar->shares()[0] / 2), bar->height() / 2});
        });
        const int ofAll = rowsShown([&] {
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {},
                              view->toView(chart->spec().handles.first().at).toPoint());
        });
        QVERIFY2(ofLocal > 0 && ofAll > ofLocal, qPrintable(u"%1 of %2"_s.arg(ofLocal).arg(ofAll)));
        QVERIFY2(session().policy().router.kind == route::RouterKind::threshold, "a click moves nothing");

        // Zoom by key, back by key; logarithmic and back.
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Plus);
        QVERIFY(view->canZoomBack());
        QTest::keyClick(view, Qt::Key_Backspace);
        QVERIFY(!view->canZoomBack());
        activate();
        QTest::keyClick(&window(), Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(chart->spec().x.kind, ChartAxis::Kind::logarithmic);
        QTest::keyClick(&window(), Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(chart->spec().x.kind, ChartAxis::Kind::linear);
        QVERIFY(view->accessibleDescription().contains(u"The frontier goes from"_s));
        QTest::keyClick(&window(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        const auto shownTable = [] {
            QDialog* found = nullptr;
            for (QWidget* widget : QApplication::topLevelWidgets()) {
                auto* dialog = qobject_cast<QDialog*>(widget);
                found = dialog != nullptr && dialog->isVisible() && dialog->findChild<CopyTable*>() ? dialog : found;
            }
            return found;
        };
        QTRY_VERIFY(shownTable() != nullptr);
        QVERIFY(shownTable()->findChild<CopyTable*>()->model()->rowCount() > 50);
        shownTable()->close();
    }

    // C. The waste is found, and judged with one key.
    void findTheWaste() {
        openTradeoff();
        goTo(5);
        settle();
        auto* page = qobject_cast<TierFitPage*>(window().currentPage());
        QVERIFY(page != nullptr);
        QVERIFY2(textOf("fitHeadline").contains(u"went to requests that a cheaper tier"_s),
                 qPrintable(textOf("fitHeadline")));
        auto* matrix = find<FitMatrix>("fitMatrix");
        auto* over = find<CopyTable>("overserved");
        const int all = over->model()->rowCount();
        QVERIFY(all > 0);
        // Premium used, local needed.
        QTest::mouseClick(matrix, Qt::LeftButton, {}, cellOf(*matrix, 2, 0));
        settle();
        const int narrowed = over->model()->rowCount();
        QVERIFY2(narrowed > 0 && narrowed < all, qPrintable(u"%1 of %2"_s.arg(narrowed).arg(all)));
        QVERIFY(textOf("fitScope").contains(u"used Premium, needed Local"_s, Qt::CaseInsensitive));
        for (int row = 0; row < narrowed; ++row) {
            QVERIFY(!over->model()->index(row, 8).data().toString().isEmpty());
        }
        // One key overrides one row; Undo takes it back.
        over->setFocus();
        over->selectRow(0);
        QTest::keyClick(over, Qt::Key_1);
        QCOMPARE(page->overrides().size(), std::size_t{1});
        QCOMPARE(over->model()->index(0, 6).data().toString(), tierLabel(Tier::premium));
        settle();
        const QString effect = textOf("overrideEffect");
        QVERIFY2(effect.startsWith(u"1 override"_s), qPrintable(effect));
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(page->overrides().empty());
        settle();
        QVERIFY(textOf("overrideEffect").isEmpty());
        // All rows at once.
        over->setFocus();
        QTest::keyClick(over, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(over, Qt::Key_3);
        QCOMPARE(page->overrides().size(), static_cast<std::size_t>(narrowed));
        QTest::keyClick(over, Qt::Key_0);
        QVERIFY(page->overrides().empty());
        // The whole cell, shown or not.
        QTest::keyClick(&window(), Qt::Key_2, Qt::ControlModifier | Qt::AltModifier);
        settle();
        QVERIFY(page->overrides().size() >= static_cast<std::size_t>(narrowed));
        QTest::mouseClick(find<QPushButton>("fitShowAll"), Qt::LeftButton);
        settle();
        QCOMPARE(over->model()->rowCount(), all);
        // By team: a line of the table narrows everything.
        auto* segments = find<CopyTable>("fitSegments");
        QVERIFY(segments->model()->rowCount() >= 3);
        const QString team = segments->model()->index(0, 0).data().toString();
        segments->setFocus();
        segments->setCurrentIndex(segments->model()->index(0, 0));
        settle();
        QVERIFY2(textOf("fitScope").contains(team), qPrintable(textOf("fitScope")));
        for (int row = 0; row < over->model()->rowCount(); ++row) {
            QCOMPARE(over->model()->index(row, 2).data().toString(), team);
        }
        auto* by = find<QComboBox>("fitBy");
        by->setFocus();
        for (const QString& kind : {u"tag"_s, u"session"_s}) {
            QTest::keyClick(by, Qt::Key_Down);
            settle();
            QCOMPARE(by->currentData().toString(), kind);
            QVERIFY(segments->model()->rowCount() >= 2);
        }
        // They are listed, and count as scored answers with the next fit; taken back, the fit is what it was.
        const auto qualityOf = [&](Tier tier) {
            for (const auto& candidate : session().workbench()->candidates()) {
                if (candidate.tier == tier && !candidate.asLogged) {
                    return candidate.meanQuality;
                }
            }
            return -1.0;
        };
        const double commodity = qualityOf(Tier::commodity);
        const auto said = page->overrides();
        auto* own = find<CopyTable>("overrides");
        QTRY_COMPARE(own->model()->rowCount(), static_cast<int>(said.size()));
        QVERIFY(session().workbench()->inputs().overrides.empty());
        auto* recalibrate = find<QPushButton>("recalibrate");
        QVERIFY(recalibrate->isVisible());
        QTest::mouseClick(recalibrate, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr, kPatience);
        settle();
        QVERIFY(session().workbench()->inputs().overrides == said);
        QVERIFY2(qualityOf(Tier::commodity) > commodity, "each of them says that commodity is enough");
        QVERIFY(!recalibrate->isVisible());
        QCOMPARE(own->model()->index(0, 6).data().toString(), u"counted in"_s);
        find<QTabWidget>("fitTabs")->setCurrentIndex(2);
        own->setFocus();
        own->selectAll();
        QTest::keyClick(own, Qt::Key_0);
        QVERIFY(page->overrides().empty());
        QVERIFY(recalibrate->isVisible());
        activate();
        QTest::keyClick(&window(), Qt::Key_R, Qt::ControlModifier | Qt::AltModifier);
        settle();
        QTRY_VERIFY_WITH_TIMEOUT(session().workbench() != nullptr && session().workbench()->inputs().overrides.empty(),
                                 kPatience);
        QCOMPARE(qualityOf(Tier::commodity), commodity);
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(page->overrides() == said);
        settle();
        // The overrides are in the project: a restart finds them.
        const auto kept = page->overrides();
        const QString path = QString::fromStdString(window().desk().project().path().string());
        m_fixture->restart();
        window().openPaths({path});
        QTRY_VERIFY_WITH_TIMEOUT(window().desk().hasProject(), kPatience);
        goTo(5);
        settle();
        QTRY_VERIFY(qobject_cast<TierFitPage*>(window().currentPage()) != nullptr);
        QTRY_COMPARE_WITH_TIMEOUT(qobject_cast<TierFitPage*>(window().currentPage())->overrides(), kept, kPatience);
    }

    // D. Scenarios side by side: other policies, models, prices, assumptions; the winner is pinned.
    void compareScenarios() {
        openTradeoff();
        QTest::keyClick(&window(), Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(session().scenarios().size(), 1);
        goTo(6);
        settle();
        auto* table = find<CopyTable>("compareTable");
        QCOMPARE(table->model()->rowCount(), 3);  // baseline, present policy, scenario
        table->setFocus();
        table->selectRow(2);
        QTest::keyClick(&window(), Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        settle();
        QCOMPARE(session().scenarios().size(), 2);
        table->selectRow(3);
        inDialog(nullptr, [](QDialog& dialog) {
            auto* line = dialog.findChild<QLineEdit*>();
            line->selectAll();
            QTest::keyClicks(line, u"March prices"_s);
            QTest::keyClick(line, Qt::Key_Return);
        });
        QTest::keyClick(&window(), Qt::Key_F2);
        QCOMPARE(session().scenarios()[1].name, u"March prices"_s);
        settle();
        // Longer answers, in that scenario alone.
        table->selectRow(3);
        inDialog("worldDialog", [](QDialog& dialog) {
            auto* box = dialog.findChild<QDoubleSpinBox*>(u"worldVerbosity2"_s);
            box->setFocus();
            box->selectAll();
            QTest::keyClicks(box, u"3"_s);
            box = dialog.findChild<QDoubleSpinBox*>(u"worldVerbosity1"_s);
            box->setFocus();
            box->selectAll();
            QTest::keyClicks(box, u"2"_s);
            auto* buttons = dialog.findChild<QDialogButtonBox*>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Ok), Qt::LeftButton);
        });
        QTest::keyClick(&window(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(session().scenarios()[1].world.isOwn());
        settle();
        QCOMPARE(table->model()->rowCount(), 4);
        const auto cost = [&](int row) { return table->model()->index(row, 1).data(kExactRole).toString().toDouble(); };
        QVERIFY2(cost(3) > cost(2) * 1.02, qPrintable(u"twice as long: %1, as before: %2"_s.arg(cost(3)).arg(cost(2))));
        QVERIFY(table->model()->index(3, 14).data().toString().contains(u"own assumptions"_s));
        const auto quality = [&](int row) {
            return table->model()->index(row, 5).data(kExactRole).toString().toDouble();
        };
        QVERIFY2(quality(2) > 0.1 && std::abs(quality(2) - quality(3)) < 2e-3, "both reach the same floor");
        // A model less: premium is out of reach there.
        table->selectRow(3);
        inDialog("modelsDialog", [](QDialog& dialog) {
            auto* chosen = dialog.findChild<QListWidget*>(u"modelsChosen"_s);
            QTest::mouseClick(chosen->viewport(), Qt::LeftButton, {}, chosen->visualItemRect(chosen->item(0)).center());
            QTest::mouseClick(dialog.findChild<QPushButton*>(u"modelsRemove"_s), Qt::LeftButton);
            auto* buttons = dialog.findChild<QDialogButtonBox*>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Ok), Qt::LeftButton);
        });
        QTest::keyClick(&window(), Qt::Key_M, Qt::ControlModifier);
        QCOMPARE(session().scenarios()[1].policy.models.size(), std::size_t{2});
        settle();
        QCOMPARE(table->model()->rowCount(), 4);
        // Pin, delete, and bring back.
        table->selectRow(2);
        QTest::keyClick(&window(), Qt::Key_P, Qt::ControlModifier);
        QVERIFY(session().scenarios()[0].pinned);
        settle();
        QVERIFY(textOf("pinnedScenario").contains(session().scenarios()[0].name));
        table->selectRow(3);
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Delete);
        QCOMPARE(session().scenarios().size(), 1);
        QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(session().scenarios().size(), 2);
        QCOMPARE(session().scenarios()[1].name, u"March prices"_s);
        settle();
        // Six at most.
        for (int i = 0; i < 6; ++i) {
            QTest::keyClick(&window(), Qt::Key_D, Qt::ControlModifier);
        }
        QCOMPARE(session().scenarios().size(), 6);
        settle();
        // Without its premium model the floor is out of reach for one of them: a line with the reason, no mark.
        QCOMPARE(find<ChartPanel>("compareChart")->spec().series.size(), 7);
        QVERIFY(table->model()->index(table->model()->rowCount() - 1, 8).data().toString().contains(u"quality"_s));
        // Who moves, and what it depends on.
        QVERIFY(find<CopyTable>("flowTable")->model()->rowCount() > 0);
        find<QTabWidget>("compareTabs")->setCurrentIndex(2);
        auto* tornado = find<ChartPanel>("compareTornado");
        QVERIFY(!tornado->spec().x.categories.isEmpty());
        QVERIFY(tornado->spec().series.first().low.size() == tornado->spec().series.first().points.size());
    }

    // E. The report, in every format.
    void writeTheReport() {
        openTradeoff();
        goTo(7);
        settle();
        auto* sections = find<QListWidget>("sections");
        QTRY_VERIFY_WITH_TIMEOUT(sections->count() > 3, kPatience);
        auto* audience = find<QComboBox>("audience");
        const auto checked = [&] {
            int count = 0;
            for (int i = 0; i < sections->count(); ++i) {
                count += sections->item(i)->checkState() == Qt::Checked ? 1 : 0;
            }
            return count;
        };
        const int forManager = checked();
        audience->setFocus();
        QTest::keyClick(audience, Qt::Key_Down);
        QVERIFY(checked() > forManager);
        sections->setFocus();
        sections->setCurrentRow(1);
        const QString dropped = sections->currentItem()->text();
        QTest::keyClick(sections, Qt::Key_Space);
        QCOMPARE(sections->item(1)->checkState(), Qt::Unchecked);
        const QList<std::pair<QString, QByteArray>> formats{{u"pdf"_s, "%PDF"}, {u"xlsx"_s, "PK"}, {u"html"_s, "<!"},
                                                            {u"md"_s, "#"},     {u"csv"_s, ""},    {u"json"_s, "{"},
                                                            {u"focus"_s, ""}};
        for (const auto& [suffix, magic] : formats) {
            const QString path = m_fixture->path(u"report."_s + (suffix == u"focus"_s ? u"focus.csv"_s : suffix));
            m_fixture->dialogs().save = path;
            QTest::mouseClick(find<QPushButton>(qPrintable(u"export_"_s + suffix)), Qt::LeftButton);
            QTRY_VERIFY2_WITH_TIMEOUT(QFile::exists(path), qPrintable(path), kPatience);
            m_fixture->settle();
            QFile file(path);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll();
            QVERIFY2(content.startsWith(magic) && content.size() > 200, qPrintable(path));
            if (suffix == u"md"_s) {
                QVERIFY2(!QString::fromUtf8(content).contains(u"# "_s + dropped), "what is not chosen is not exported");
            }
        }
        for (const QString& suffix : {u"svg"_s, u"png"_s}) {
            m_fixture->dialogs().save = m_fixture->path(u"chart."_s + suffix);
            QTest::mouseClick(find<QPushButton>(qPrintable(u"export_"_s + suffix)), Qt::LeftButton);
            m_fixture->settle();
            QTRY_VERIFY_WITH_TIMEOUT(
                !QDir(m_fixture->path({})).entryList({u"chart-*."_s + suffix}, QDir::Files).isEmpty(), kPatience);
        }
    }
};

QTEST_MAIN(TestJourneys)
#include "tst_journeys.moc"
