// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_page.h"

#include <cmath>

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/charts/chart_panel.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/tradeoff/tradeoff_chart.h"
#include "ui/session/analysis_session.h"
#include "ui/session/answer_words.h"
#include "ui/session/baseline_box.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

QString range(const analyze::RangedFigure& figure) {
    return formatDollarRange(figure.range.low, figure.range.high);
}

QString pointsRange(const analyze::Interval& interval) {
    return ComparePage::tr("%1 to %2").arg(formatPoints(interval.low), formatPoints(interval.high));
}

Cell plain(const QString& text) {
    return {text, {}, {}, {}, {}, {}};
}

Cell number(const QString& text, double exact, const QString& tip = {}) {
    return {text, exact, QString::number(exact, 'g', 17), tip, {}, {}};
}

}  // namespace

ComparePage::ComparePage(Desk& desk, QWidget* parent)
    : AnalysisPage(desk, u"compare"_s, tr("Working out what every request would cost..."),
                   tr("Open a log to compare scenarios on its requests."), parent),
      m_compare(std::make_unique<JobSlot>(desk.jobs())),
      m_detail(std::make_unique<JobSlot>(desk.jobs())) {
    buildBody();
    buildCommands();
}

ComparePage::~ComparePage() = default;

void ComparePage::buildBody() {
    m_model = new ValueModel(this);
    m_model->setColumns(
        {{tr("Scenario"), {}, false},
         {tr("Cost"), tr("Of the requests that the baseline has a cost for too"), true},
         {tr("Range"), tr("95%, from all causes together"), true},
         {tr("Saving"), tr("Against the baseline, paired by request"), true},
         {tr("Saving range"), {}, true},
         {tr("Quality"), tr("Expected share of acceptable answers"), true},
         {tr("Change"), tr("In points, against the baseline"), true},
         {tr("Change range"), tr("95%, paired by request, clustered by session"), true},
         {tr("Verdict"), {}, false},
         {tr("Premium"), tr("Share of requests"), true},
         {tr("Commodity"), tr("Share of requests"), true},
         {tr("Local"), tr("Share of requests"), true},
         {tr("Per right answer"), {}, true},
         {tr("Evidence"), tr("The weakest rung used"), false},
         {tr("Prices and assumptions"), tr("The project's own, or those of the scenario"), false},
         {tr("Gap closed"), tr("Share of the oracle's gap over the best single model"), true},
         {tr("Saved at its quality"), tr("Against the cheapest single model of at least that quality"), true}});
    m_table = new CopyTable(this);
    m_table->setObjectName(u"compareTable"_s);
    m_table->setAccessibleName(tr("Scenarios"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setModel(m_model);
    m_chart = new ChartPanel(this);
    m_chart->setObjectName(u"compareChart"_s);
    m_tornado = new ChartPanel(this);
    m_tornado->setObjectName(u"compareTornado"_s);

    m_flowModel = new ValueModel(this);
    m_flowModel->setColumns({{tr("From"), {}, false},
                             {tr("To"), {}, false},
                             {tr("Requests"), {}, true},
                             {tr("Cost"), tr("After the move"), true},
                             {tr("Cost change"), tr("Cost after the move less cost before"), true},
                             {tr("Expected errors"), tr("After the move"), true}});
    m_flowTable = new CopyTable(this);
    m_flowTable->setObjectName(u"flowTable"_s);
    m_flowTable->setAccessibleName(tr("Requests that move between tiers"));
    m_flowTable->setModel(m_flowModel);
    m_from = new QComboBox(this);
    m_from->setAccessibleName(tr("Flow from"));
    m_from->setObjectName(u"flowFrom"_s);
    m_to = new QComboBox(this);
    m_to->setAccessibleName(tr("Flow to"));
    m_to->setObjectName(u"flowTo"_s);
    auto* choose = new QHBoxLayout;
    auto* fromLabel = new QLabel(tr("From"), this);
    auto* toLabel = new QLabel(tr("to"), this);
    choose->addWidget(fromLabel);
    choose->addWidget(m_from, 1);
    choose->addWidget(toLabel);
    choose->addWidget(m_to, 1);
    auto* flow = new QWidget(this);
    auto* flowLayout = new QVBoxLayout(flow);
    flowLayout->addLayout(choose);
    flowLayout->addWidget(m_flowTable, 1);

    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"compareTabs"_s);
    m_tabs->addTab(m_chart, tr("Cost and &quality"));
    m_tabs->addTab(flow, tr("Who &moves"));
    m_tabs->addTab(m_tornado, tr("What it &depends on"));
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);

    auto* against = new QLabel(tr("Compared &with"), this);
    m_baseline = new BaselineBox(m_session, this);
    m_baseline->setObjectName(u"compareBaseline"_s);
    against->setBuddy(m_baseline);
    m_pinned = new QLabel(this);
    m_pinned->setObjectName(u"pinnedScenario"_s);
    auto* bar = new QHBoxLayout;
    bar->addWidget(against);
    bar->addWidget(m_baseline);
    bar->addStretch(1);
    bar->addWidget(m_pinned);
    m_add = new QPushButton(Theme::instance().icon(u"add"_s), tr("Add present policy"), this);
    m_add->setObjectName(u"addPresentButton"_s);
    m_scenarioMenu = new QPushButton(tr("Scenario"), this);
    m_scenarioMenu->setAccessibleName(tr("What can be done with the selected scenario"));
    m_scenarioMenu->setToolTip(m_scenarioMenu->accessibleName());
    bar->addWidget(m_add);
    bar->addWidget(m_scenarioMenu);
    auto* body = new QWidget(this);
    auto* bodyLayout = new QVBoxLayout(body);
    bodyLayout->addLayout(bar);
    bodyLayout->addWidget(m_splitter, 1);
    setBody(body);

    connect(m_table, &CopyTable::told, &desk(), &Desk::tell);
    connect(m_flowTable, &CopyTable::told, &desk(), &Desk::tell);
    connect(m_chart, &ChartPanel::told, &desk(), &Desk::tell);
    connect(m_table, &CopyTable::doubleClicked, this, &ComparePage::shapeSelected);
    connect(m_from, &QComboBox::activated, this, &ComparePage::startDetail);
    connect(m_to, &QComboBox::activated, this, &ComparePage::startDetail);
}

QList<QWidget*> ComparePage::panes() const {
    return {m_table, m_tabs};
}

void ComparePage::saveState(QSettings& settings) const {
    settings.setValue(u"splitter"_s, m_splitter->saveState());
    settings.setValue(u"tab"_s, m_tabs->currentIndex());
    m_table->saveColumns(settings, u"compare"_s);
}

void ComparePage::restoreState(const QSettings& settings) {
    m_splitter->restoreState(settings.value(u"splitter"_s).toByteArray());
    m_tabs->setCurrentIndex(settings.value(u"tab"_s).toInt());
    m_table->restoreColumns(settings, u"compare"_s);
}

void ComparePage::forget() {
    m_compare->drop();
    m_detail->drop();
}

void ComparePage::refreshWorkbench() {}

void ComparePage::refreshState() {
    start();
}

void ComparePage::start() {
    m_compare->start(
        tr("Comparing scenarios"),
        [workbench = m_session.workbench(), worlds = m_session.worlds(), policy = m_session.policy(),
         scenarios = m_session.scenarios(),
         baseline = m_session.state().baseline](TaskContext& context) -> Result<Answer> {
            Answer answer;
            std::vector<project::Workbench::Contender> contenders{{policy, nullptr}};
            std::vector<std::shared_ptr<const project::Workbench>> kept;
            for (int i = 0; i < scenarios.size(); ++i) {
                const auto place = worlds->placeOf(scenarios[i].policy, scenarios[i].world, context);
                if (place) {
                    kept.push_back(place->on);
                    contenders.push_back({place->policy, place->on.get()});
                    answer.numbers.append(i);
                } else if (place.error().code == ErrorCode::cancelled) {
                    return fail(place.error());
                } else {
                    answer.problems.append({i, coreText(place.error())});
                }
            }
            auto comparison =
                workbench->compare(std::span<const project::Workbench::Contender>(contenders), baseline, context);
            if (!comparison) {
                return fail(comparison.error());
            }
            answer.comparison = std::move(*comparison);
            return answer;
        },
        [this](Result<Answer> answer) {
            if (answer) {
                m_answer = std::move(*answer);
                showComparison(m_answer);
            } else if (answer.error().code != ErrorCode::cancelled) {
                desk().showError(answer.error());
            }
        });
}

QString ComparePage::worldWords(const NamedScenario& scenario) const {
    QStringList words;
    if (!scenario.world.catalog.empty()) {
        words.append(tr("prices of %1").arg(toQt(scenario.world.catalog).section(u'/', -1).left(24)));
    }
    if (!scenario.world.assumptions.empty()) {
        words.append(tr("own assumptions"));
    }
    if (!scenario.policy.models.empty()) {
        words.append(tr("%n model(s) of its own", nullptr, static_cast<int>(scenario.policy.models.size())));
    }
    return words.isEmpty() ? tr("the project's") : words.join(u", "_s);
}

void ComparePage::showComparison(const Answer& answer) {
    const analyze::Comparison& comparison = answer.comparison;
    const int kept = selected();
    QList<ValueModel::Row> rows;
    for (std::size_t i = 0; i < comparison.scenarios.size(); ++i) {
        const auto& scenario = comparison.scenarios[i];
        const auto& evaluation = scenario.evaluation;
        const auto& against = scenario.against;
        const int own = i < 2 ? static_cast<int>(i) - 2 : answer.numbers.value(static_cast<qsizetype>(i) - 2);
        const bool known = own >= 0 && own < m_session.scenarios().size();
        const bool pinned = known && m_session.scenarios()[own].pinned;
        QString name = i == 0   ? tr("Baseline: %1").arg(coreText(evaluation.name))
                       : i == 1 ? tr("Present policy: %1").arg(coreText(evaluation.name))
                       : known  ? m_session.scenarios()[own].name
                                : coreText(evaluation.name);
        if (scenario.pareto) {
            name += tr("  (Pareto)");
        }
        Cell title = plain(name);
        title.tip = coreText(evaluation.description);
        if (pinned) {
            title.icon = Theme::instance().icon(u"pin"_s);
        }
        const auto share = [&](Tier tier) {
            const double value = evaluation.tiers[static_cast<std::size_t>(tier)].share;
            return number(formatPercent(value), value);
        };
        const auto& quality = evaluation.meanQuality;
        const PairedCost cost = pairedCost(scenario);  // so that the baseline's cost less this one is the saving
        Cell verdict = plain(tr("baseline"));
        if (against) {
            const auto words = verdictWords(*against);
            verdict = plain(words.text);
            verdict.color = words.decisive ? Theme::instance().good() : Theme::instance().warning();
            verdict.tip = words.text;
        }
        rows.append(
            {own,
             {title, number(formatDollars(cost.usd), cost.usd, cost.note),
              plain(formatDollarRange(cost.range.low, cost.range.high)),
              against ? number(formatDollars(against->savingUsd.value), against->savingUsd.value) : plain(missing()),
              plain(against ? range(against->savingUsd) : missing()),
              number(formatPercent(quality.value), quality.value),
              against ? number(formatPoints(against->qualityChange.value), against->qualityChange.value)
                      : plain(missing()),
              plain(against ? pointsRange(against->qualityChange.range) : missing()), verdict, share(Tier::premium),
              share(Tier::commodity), share(Tier::local),
              number(formatDollars(evaluation.costPerSuccessUsd), evaluation.costPerSuccessUsd),
              plain(rungLabel(evaluation.weakestRung)),
              plain(known ? worldWords(m_session.scenarios()[own]) : tr("the project's")),
              scenario.gapClosed ? number(formatPercent(*scenario.gapClosed), *scenario.gapClosed) : plain(missing()),
              scenario.savingAtMatchedQuality
                  ? number(formatPercent(*scenario.savingAtMatchedQuality), *scenario.savingAtMatchedQuality)
                  : plain(missing())},
             i == 0});
    }
    // A scenario that cannot be worked out keeps its line, with the reason.
    for (const auto& [own, problem] : answer.problems) {
        if (own < m_session.scenarios().size()) {
            QList<Cell> cells(m_model->columnCount(), plain(missing()));
            cells[0] = plain(m_session.scenarios()[own].name);
            cells[0].tip = problem;
            cells[8] = plain(problem);
            cells[8].tip = problem;
            cells[8].color = Theme::instance().danger();
            cells[14] = plain(worldWords(m_session.scenarios()[own]));
            rows.append({own, cells, false});
        }
    }
    const bool first = m_model->rowCount() == 0;
    m_model->setRows(rows);
    int line = 1;
    for (int row = 0; row < rows.size(); ++row) {
        line = rows[row].key.toInt() == kept ? row : line;
    }
    m_table->selectRow(line);
    if (first) {
        m_table->resizeColumnsToContents();
        m_table->setColumnWidth(8, std::min(m_table->columnWidth(8), 260));
    }
    QStringList pinned;
    for (const auto& scenario : m_session.scenarios()) {
        if (scenario.pinned) {
            pinned.append(scenario.name);
        }
    }
    m_pinned->setText(pinned.isEmpty() ? QString() : tr("Pinned: %1").arg(pinned.join(u", "_s)));
    showChart(comparison);

    const QString from = m_from->currentText();
    const QString to = m_to->currentText();
    for (QComboBox* box : {m_from, m_to}) {
        box->clear();
        box->addItem(tr("As logged"), -2);
        box->addItem(tr("Present policy"), -1);
        for (int i = 0; i < m_session.scenarios().size(); ++i) {
            box->addItem(m_session.scenarios()[i].name, i);
        }
    }
    m_from->setCurrentIndex(std::max(0, m_from->findText(from)));
    m_to->setCurrentIndex(m_to->findText(to) >= 0 ? m_to->findText(to) : 1);
    startDetail();
    setStatusText(m_session.scenarios().isEmpty()
                      ? tr("No scenario kept yet: the present policy against the baseline")
                      : tr("%n scenario(s)", nullptr, static_cast<int>(m_session.scenarios().size())));
}

void ComparePage::showChart(const analyze::Comparison& comparison) {
    ChartSpec spec;
    spec.title = tr("Cost and expected quality, with 95% ranges");
    spec.x.title = tr("cost");
    spec.x.unit = ChartAxis::Unit::dollars;
    spec.y.title = tr("expected quality");
    spec.y.unit = ChartAxis::Unit::percent;
    QStringList words;
    for (std::size_t i = 0; i < comparison.scenarios.size(); ++i) {
        const auto& evaluation = comparison.scenarios[i].evaluation;
        const PairedCost cost = pairedCost(comparison.scenarios[i]);
        ChartSeries series =
            policySeries(cost.usd, evaluation.meanQuality.value, cost.range, evaluation.meanQuality.range);
        series.name = coreText(evaluation.name);
        series.note = (cost.note.isEmpty() ? QString() : cost.note + u'\n') + tr("Cost:") + u'\n' +
                      causesOfCost(evaluation.costUsd) + u'\n' + tr("Quality:") + u'\n' +
                      causesOfQuality(evaluation.meanQuality);
        series.color = seriesColor(static_cast<int>(i));
        series.marker = seriesMarker(static_cast<int>(i));
        series.labels = {coreText(evaluation.name)};
        series.directLabels = true;
        series.hollow = evaluation.weakestRung == assess::Rung::prior;
        spec.series.append(series);
        words.append(
            tr("%1 costs %2 at %3")
                .arg(coreText(evaluation.name), formatDollars(cost.usd), formatPercent(evaluation.meanQuality.value)));
    }
    spec.summary = words.join(u"; "_s);
    QStringList notes{tr("Hollow marks rest on prior evidence: public benchmarks, not this log's scores.")};
    for (const auto& scenario : comparison.scenarios) {
        if (const QString note = pairedCost(scenario).note; !note.isEmpty()) {
            notes.append(coreText(scenario.evaluation.name) + u": "_s + note);
        }
    }
    spec.footnote = notes.join(u' ');
    m_chart->setSpec(spec);
}

void ComparePage::startDetail() {
    const auto workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    const auto chosenIn = [this](const QComboBox* box) {
        const int which = box->currentData().toInt();
        return which == -2   ? NamedScenario{{}, route::asLoggedPolicy(), false, {}}
               : which == -1 ? NamedScenario{{}, m_session.policy(), false, {}}
                             : m_session.scenarios().value(which);
    };
    struct Detail {
        analyze::RowFlow flow;
        analyze::Tornado tornado;
    };
    m_detail->start(
        tr("Following the requests"),
        [workbench, worlds = m_session.worlds(), from = chosenIn(m_from), to = chosenIn(m_to),
         baseline = m_session.state().baseline](TaskContext& context) -> Result<Detail> {
            const auto source = worlds->placeOf(from.policy, from.world, context);
            if (!source) {
                return fail(source.error());
            }
            const auto target = worlds->placeOf(to.policy, to.world, context);
            if (!target) {
                return fail(target.error());
            }
            auto flow = source->on->flow(source->policy, target->policy, context, target->on.get());
            if (!flow) {
                return fail(flow.error());
            }
            auto tornado = workbench->tornado(target->policy, baseline, context, target->on.get());
            if (!tornado) {
                return fail(tornado.error());
            }
            return Detail{*flow, *tornado};
        },
        [this](Result<Detail> detail) {
            if (detail) {
                showFlow(detail->flow);
                m_tornado->setSpec(tornadoChart(detail->tornado));
            } else if (detail.error().code != ErrorCode::cancelled) {
                desk().showError(detail.error());
            }
        });
}

void ComparePage::showFlow(const analyze::RowFlow& flow) {
    QList<ValueModel::Row> rows;
    for (const Tier from : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        for (const Tier to : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
            const auto& cell = flow.cells[static_cast<std::size_t>(from)][static_cast<std::size_t>(to)];
            if (cell.rows == 0) {
                continue;
            }
            Cell fromCell = plain(tierLabel(from));
            fromCell.icon = tierIcon(from);
            Cell toCell = plain(from == to ? tr("stays") : tierLabel(to));
            toCell.icon = tierIcon(to);
            rows.append({{},
                         {fromCell, toCell, number(formatCount(std::llround(cell.requests)), cell.requests),
                          number(formatDollars(cell.costUsd), cell.costUsd),
                          number(formatDollars(-cell.wastedUsd), -cell.wastedUsd),
                          number(formatNumber(cell.expectedErrors, 1), cell.expectedErrors)},
                         false});
        }
    }
    m_flowModel->setRows(rows);
}

}  // namespace tierwise::ui
