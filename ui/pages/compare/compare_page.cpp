// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/compare/compare_page.h"

#include <cmath>

#include <QAction>
#include <QComboBox>
#include <QFile>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QSaveFile>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/charts/chart_panel.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/tradeoff/tradeoff_chart.h"
#include "ui/session/analysis_session.h"
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
    m_model->setColumns({{tr("Scenario"), {}, false},
                         {tr("Cost"), tr("Of all requests that can be judged"), true},
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
                         {tr("Evidence"), tr("The weakest rung used"), false}});
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
                             {tr("Cost change"), tr("Cost after the move less cost before"), true}});
    m_flowTable = new CopyTable(this);
    m_flowTable->setObjectName(u"flowTable"_s);
    m_flowTable->setAccessibleName(tr("Requests that move between tiers"));
    m_flowTable->setModel(m_flowModel);
    m_flowTable->horizontalHeader()->setStretchLastSection(true);
    m_from = new QComboBox(this);
    m_from->setAccessibleName(tr("Flow from"));
    m_to = new QComboBox(this);
    m_to->setAccessibleName(tr("Flow to"));
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
    m_tabs->addTab(m_chart, tr("Cost and &quality"));
    m_tabs->addTab(flow, tr("Who &moves"));
    m_tabs->addTab(m_tornado, tr("What it &depends on"));
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_tabs);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);

    setBody(m_splitter);

    connect(m_table, &CopyTable::told, &desk(), &Desk::tell);
    connect(m_flowTable, &CopyTable::told, &desk(), &Desk::tell);
    connect(m_chart, &ChartPanel::told, &desk(), &Desk::tell);
    connect(m_table, &CopyTable::doubleClicked, this, &ComparePage::shapeSelected);
    connect(m_from, &QComboBox::activated, this, &ComparePage::startDetail);
    connect(m_to, &QComboBox::activated, this, &ComparePage::startDetail);
}

void ComparePage::buildCommands() {
    const auto add = [this](const QString& icon, const QString& text, const QString& tip, const QKeySequence& key,
                            void (ComparePage::*slot)()) {
        auto* action = newAction(icon, text, tip, key);
        connect(action, &QAction::triggered, this, slot);
        m_table->addAction(action);
        return action;
    };
    auto* present = add(u"add"_s, tr("&Add Present Policy"), tr("Keep the present policy as a scenario"),
                        QKeySequence(Qt::CTRL | Qt::Key_D), &ComparePage::addPresent);
    present->setObjectName(u"addPresent"_s);
    add({}, tr("D&uplicate Scenario"), tr("Copy the selected scenario"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D),
        &ComparePage::duplicate);
    add(u"edit"_s, tr("&Rename Scenario..."), tr("Give the selected scenario another name"), QKeySequence(Qt::Key_F2),
        &ComparePage::rename);
    add(u"pin"_s, tr("&Pin Scenario"), tr("Mark the selected scenario as the winner"),
        QKeySequence(Qt::CTRL | Qt::Key_P), &ComparePage::togglePin);
    add(u"remove"_s, tr("De&lete Scenario"), tr("Delete the selected scenario; Undo brings it back"),
        QKeySequence(Qt::Key_Delete), &ComparePage::removeSelected);
    add(u"tradeoff"_s, tr("&Shape This Scenario"), tr("Make it the present policy and go to the trade-off"),
        QKeySequence(Qt::CTRL | Qt::Key_Return), &ComparePage::shapeSelected);
    add(u"export"_s, tr("&Export Policy..."), tr("Write the selected scenario's policy as a file"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), &ComparePage::exportPolicy);
    add(u"import"_s, tr("&Import Policy..."), tr("Add a scenario from a policy file"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I), &ComparePage::importPolicy);
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
    const auto workbench = m_session.workbench();
    std::vector<route::Policy> policies{m_session.policy()};
    for (const auto& scenario : m_session.scenarios()) {
        policies.push_back(scenario.policy);
    }
    m_compare->start(
        tr("Comparing scenarios"),
        [workbench, policies, baseline = m_session.state().baseline](TaskContext& context) {
            return workbench->compare(policies, baseline, context);
        },
        [this](Result<analyze::Comparison> comparison) {
            if (comparison) {
                m_comparison = std::move(*comparison);
                showComparison(*m_comparison);
            } else if (comparison.error().code != ErrorCode::cancelled) {
                desk().showError(comparison.error());
            }
        });
}

void ComparePage::showComparison(const analyze::Comparison& comparison) {
    const int kept = m_table->currentIndex().row();
    QList<ValueModel::Row> rows;
    for (std::size_t i = 0; i < comparison.scenarios.size(); ++i) {
        const auto& scenario = comparison.scenarios[i];
        const auto& evaluation = scenario.evaluation;
        const auto& against = scenario.against;
        const int own = static_cast<int>(i) - 2;
        const bool pinned = own >= 0 && own < m_session.scenarios().size() && m_session.scenarios()[own].pinned;
        QString name = i == 0   ? tr("Baseline: %1").arg(toQt(evaluation.name))
                       : i == 1 ? tr("Present policy: %1").arg(toQt(evaluation.name))
                                : toQt(evaluation.name);
        if (scenario.pareto) {
            name += tr("  (Pareto)");
        }
        Cell title = plain(name);
        title.tip = toQt(evaluation.description);
        if (pinned) {
            title.icon = Theme::instance().icon(u"pin"_s);
        }
        const auto share = [&](Tier tier) {
            const double value = evaluation.tiers[static_cast<std::size_t>(tier)].share;
            return number(formatPercent(value), value);
        };
        const auto& quality = evaluation.meanQuality;
        QString verdict = tr("baseline");
        if (against) {
            verdict = against->qualityVerdict == analyze::Verdict::decisive ? tr("decisive") : tr("not decisive");
            if (against->labelsNeeded) {
                verdict += tr(", %1 labels decide").arg(formatCount(std::llround(std::ceil(*against->labelsNeeded))));
            }
        }
        rows.append(
            {own,
             {title,
              number(formatDollars(evaluation.costUsd.value), evaluation.costUsd.value,
                     toQt(evaluation.costUsd.dominantCause())),
              plain(range(evaluation.costUsd)),
              against ? number(formatDollars(against->savingUsd.value), against->savingUsd.value) : plain(missing()),
              plain(against ? range(against->savingUsd) : missing()),
              number(formatPercent(quality.value), quality.value),
              against ? number(formatPoints(against->qualityChange.value), against->qualityChange.value)
                      : plain(missing()),
              plain(against ? pointsRange(against->qualityChange.range) : missing()), plain(verdict),
              share(Tier::premium), share(Tier::commodity), share(Tier::local),
              number(formatDollars(evaluation.costPerSuccessUsd), evaluation.costPerSuccessUsd),
              plain(QString::fromLatin1(assess::rungName(evaluation.weakestRung)))},
             i == 0});
    }
    m_model->setRows(rows);
    m_table->selectRow(kept >= 0 && kept < rows.size() ? kept : 1);
    m_table->resizeColumnsToContents();
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
    setStatusText(tr("%n scenario(s)", nullptr, static_cast<int>(m_session.scenarios().size())));
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
        ChartSeries series = policySeries(evaluation.costUsd.value, evaluation.meanQuality.value,
                                          evaluation.costUsd.range, evaluation.meanQuality.range);
        series.name = toQt(evaluation.name);
        series.color = seriesColor(static_cast<int>(i));
        series.marker = seriesMarker(static_cast<int>(i));
        series.labels = {toQt(evaluation.name)};
        series.directLabels = true;
        series.hollow = evaluation.weakestRung == assess::Rung::prior;
        spec.series.append(series);
        words.append(tr("%1 costs %2 at %3")
                         .arg(toQt(evaluation.name), formatDollars(evaluation.costUsd.value),
                              formatPercent(evaluation.meanQuality.value)));
    }
    spec.summary = words.join(u"; "_s);
    spec.footnote = tr("Hollow marks rest on prior evidence: public benchmarks, not this log's scores.");
    m_chart->setSpec(spec);
}

void ComparePage::startDetail() {
    const auto workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    const auto policyOf = [this](const QComboBox* box) {
        const int which = box->currentData().toInt();
        return which == -2   ? route::asLoggedPolicy()
               : which == -1 ? m_session.policy()
                             : m_session.scenarios().value(which).policy;
    };
    struct Detail {
        analyze::RowFlow flow;
        analyze::Tornado tornado;
    };
    m_detail->start(
        tr("Following the requests"),
        [workbench, from = policyOf(m_from), to = policyOf(m_to),
         baseline = m_session.state().baseline](TaskContext& context) -> Result<Detail> {
            auto flow = workbench->flow(from, to, context);
            if (!flow) {
                return fail(flow.error());
            }
            auto tornado = workbench->tornado(to, baseline, context);
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
                          number(formatDollars(cell.costUsd), cell.costUsd)},
                         false});
        }
    }
    m_flowModel->setRows(rows);
}

int ComparePage::selected() const {
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? index.data(kRowKeyRole).toInt() : -2;
}

void ComparePage::addPresent() {
    m_session.addScenario(m_session.policy(), toQt(m_session.policy().name));
}

void ComparePage::duplicate() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        const NamedScenario& scenario = m_session.scenarios()[which];
        m_session.addScenario(scenario.policy, tr("Copy of %1").arg(scenario.name));
    } else {
        addPresent();
    }
}

void ComparePage::rename() {
    const int which = selected();
    if (which < 0 || which >= m_session.scenarios().size()) {
        desk().tell(tr("Select a scenario of your own to rename it"));
        return;
    }
    bool ok = false;
    const QString name = QInputDialog::getText(this, tr("Rename scenario"), tr("Name"), QLineEdit::Normal,
                                               m_session.scenarios()[which].name, &ok)
                             .trimmed();
    if (!ok || name.isEmpty()) {
        return;
    }
    for (int i = 0; i < m_session.scenarios().size(); ++i) {
        if (i != which && m_session.scenarios()[i].name == name) {
            desk().tell(tr("There is a scenario of that name already"));
            return;
        }
    }
    AnalysisSession::State next = m_session.state();
    next.scenarios[which].name = name;
    next.scenarios[which].policy.name = toUtf8(name);
    m_session.change(next, tr("Rename scenario"));
}

void ComparePage::togglePin() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        AnalysisSession::State next = m_session.state();
        next.scenarios[which].pinned = !next.scenarios[which].pinned;
        m_session.change(next, next.scenarios[which].pinned ? tr("Pin scenario") : tr("Unpin scenario"));
    }
}

void ComparePage::removeSelected() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        AnalysisSession::State next = m_session.state();
        const QString name = next.scenarios[which].name;
        next.scenarios.removeAt(which);
        m_session.change(next, tr("Delete scenario %1").arg(name));
    }
}

void ComparePage::shapeSelected() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        m_session.setPolicy(m_session.scenarios()[which].policy, tr("Shape %1").arg(m_session.scenarios()[which].name));
    }
    desk().showPage(u"tradeoff"_s);
}

void ComparePage::exportPolicy() {
    const int which = selected();
    const route::Policy policy =
        which >= 0 && which < m_session.scenarios().size() ? m_session.scenarios()[which].policy : m_session.policy();
    const QString path = desk().dialogs().saveFile(this, tr("Export policy"), toQt(policy.name) + u".policy.json"_s,
                                                   tr("Policies (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    QSaveFile file(path);
    const std::string json = policy.toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json.data(), static_cast<qint64>(json.size())) < 0 ||
        !file.commit()) {
        desk().showError({ErrorCode::io,
                          "the policy cannot be written",
                          "Choose a folder that can be written to.",
                          toUtf8(path),
                          {},
                          {}});
        return;
    }
    desk().tell(tr("Wrote %1").arg(path));
}

void ComparePage::importPolicy() {
    const QStringList paths = desk().dialogs().openFiles(this, tr("Import policy"), {}, tr("Policies (*.json)"));
    for (const QString& path : paths) {
        auto policy = route::Policy::load(std::filesystem::path(toUtf8(path)));
        if (!policy) {
            desk().showError(policy.error());
            continue;
        }
        m_session.addScenario(*policy, toQt(policy->name));
    }
}

}  // namespace tierwise::ui
