// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/router_page.h"

#include <algorithm>

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "core/project/open_workbench.h"
#include "ui/charts/chart_panel.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/router/policy_editor.h"
#include "ui/pages/router/rules_editor.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWhyDelayMs = 300;
constexpr int kFigureDelayMs = 250;
constexpr Tier kTierColumns[] = {Tier::premium, Tier::commodity, Tier::local};

Cell plain(const QString& text) {
    return {text, {}, {}, {}, {}, {}};
}
Cell number(const QString& text, double exact) {
    return {text, exact, QString::number(exact, 'g', 17), {}, {}, {}};
}

}  // namespace

RouterPage::RouterPage(Desk& desk, QWidget* parent)
    : AnalysisPage(desk, u"router"_s, tr("Working out what every model would cost..."),
                   tr("Open a log to shape a policy for its requests."), parent),
      m_calibrate(std::make_unique<JobSlot>(desk.jobs())),
      m_why(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)),
      m_figures(std::make_unique<JobSlot>(desk.jobs())),
      m_whyTimer(new QTimer(this)),
      m_figureTimer(new QTimer(this)) {
    buildBody();
    for (auto [timer, delay] : {std::pair(m_whyTimer, kWhyDelayMs), std::pair(m_figureTimer, kFigureDelayMs)}) {
        timer->setSingleShot(true);
        timer->setInterval(delay);
    }
    connect(m_whyTimer, &QTimer::timeout, this, &RouterPage::startWhy);
    connect(m_figureTimer, &QTimer::timeout, this, &RouterPage::startFigures);
}

RouterPage::~RouterPage() = default;

void RouterPage::buildBody() {
    m_headline = new QLabel(this);
    m_headline->setObjectName(u"routerHeadline"_s);
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_headline->setAccessibleName(tr("What the policy does"));
    m_editor = new PolicyEditor(this);
    m_rules = new RulesEditor(this);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"routerTabs"_s);
    m_tabs->addTab(m_editor, tr("&Policy"));
    m_tabs->addTab(m_rules, tr("&Rules"));
    m_tabs->addTab(makeConstraints(), tr("&Constraints"));
    m_tabs->addTab(makeModels(), tr("&Models"));
    m_tabs->addTab(makeCalibration(), tr("Ca&libration"));
    m_tabs->addTab(makeWhy(), tr("&Why this tier"));
    auto* body = new QWidget(this);
    auto* bodyLayout = new QVBoxLayout(body);
    bodyLayout->addWidget(m_headline);
    bodyLayout->addWidget(m_tabs, 1);
    setBody(body);

    connect(m_editor, &PolicyEditor::told, &desk(), &Desk::tell);
    connect(m_editor, &PolicyEditor::routerEdited, this, [this](const route::Router& router, const QString& name) {
        route::Policy policy = m_session.policy();
        policy.router = router;
        policy.name = toUtf8(name);
        policy.description.clear();
        setPolicy(policy, tr("Change policy"));
    });
    connect(m_rules, &RulesEditor::rulesEdited, this,
            [this](const std::vector<route::Rule>& rules, const QString& step) {
                route::Policy policy = m_session.policy();
                policy.rules = rules;
                setPolicy(policy, step);
            });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int index) {
        if (m_tabs->tabText(index).contains(u"libration"_s) || m_tabs->widget(index) == m_reliability->parentWidget()) {
            startCalibration();
        }
    });
}

QWidget* RouterPage::makeConstraints() {
    auto* page = new QWidget(this);
    auto* intro =
        new QLabel(tr("What a class of data may use. A request that no allowed model can serve is infeasible, and "
                      "listed as such."),
                   page);
    intro->setWordWrap(true);
    m_classes = new QTableWidget(0, 4, page);
    m_classes->setObjectName(u"dataClasses"_s);
    m_classes->setAccessibleName(tr("Data classes and the tiers they may use"));
    m_classes->setHorizontalHeaderLabels(
        {tr("Data class"), tierLabel(Tier::premium), tierLabel(Tier::commodity), tierLabel(Tier::local)});
    m_classes->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* add = new QPushButton(tr("&Add data class"), page);
    auto* remove = new QPushButton(tr("Re&move data class"), page);
    m_contextWindow = new QCheckBox(tr("A model whose context &window is too small cannot serve the request"), page);
    m_limitLatency = new QCheckBox(tr("Answers must come within"), page);
    m_latency = new QDoubleSpinBox(page);
    m_latency->setRange(0.1, 3600);
    m_latency->setDecimals(1);
    m_latency->setSuffix(tr(" s"));
    m_latency->setValue(30);
    m_latency->setKeyboardTracking(false);
    m_latency->setAccessibleName(tr("Longest latency in seconds"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch(1);
    auto* latency = new QHBoxLayout;
    latency->addWidget(m_limitLatency);
    latency->addWidget(m_latency);
    latency->addStretch(1);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(intro);
    layout->addWidget(m_classes, 1);
    layout->addLayout(buttons);
    layout->addWidget(m_contextWindow);
    layout->addLayout(latency);
    connect(add, &QPushButton::clicked, this, [this] {
        route::Policy policy = m_session.policy();
        policy.constraints.dataClasses.push_back(
            {policy.constraints.dataClasses.empty() ? "pii" : "secret", {Tier::local}, {}, {}});
        setPolicy(policy, tr("Add data class"));
    });
    connect(remove, &QPushButton::clicked, this, [this] {
        const int row = m_classes->currentRow();
        route::Policy policy = m_session.policy();
        if (row >= 0 && row < static_cast<int>(policy.constraints.dataClasses.size())) {
            policy.constraints.dataClasses.erase(policy.constraints.dataClasses.begin() + row);
            setPolicy(policy, tr("Remove data class"));
        }
    });
    connect(m_classes, &QTableWidget::itemChanged, this, &RouterPage::readConstraints);
    connect(m_contextWindow, &QCheckBox::toggled, this, &RouterPage::readConstraints);
    connect(m_limitLatency, &QCheckBox::toggled, this, &RouterPage::readConstraints);
    connect(m_latency, &QDoubleSpinBox::valueChanged, this, &RouterPage::readConstraints);
    return page;
}

QWidget* RouterPage::makeModels() {
    auto* page = new QWidget(this);
    auto* intro =
        new QLabel(tr("The models that policies can choose from, one or more a tier, and what everything on that "
                      "model would cost and reach."),
                   page);
    intro->setWordWrap(true);
    m_modelModel = new ValueModel(this);
    m_modelModel->setColumns({{tr("Model"), {}, false},
                              {tr("Tier"), {}, false},
                              {tr("Offering"), {}, false},
                              {tr("Cost of all"), tr("Everything on this model"), true},
                              {tr("Expected quality"), {}, true},
                              {tr("Evidence"), {}, false},
                              {tr("Infeasible rows"), tr("Requests that it cannot serve"), true}});
    m_modelTable = new CopyTable(page);
    m_modelTable->setObjectName(u"candidates"_s);
    m_modelTable->setAccessibleName(tr("Candidate models"));
    m_modelTable->setModel(m_modelModel);
    m_modelTable->horizontalHeader()->setStretchLastSection(true);
    auto* catalog = new QPushButton(tr("Choose models in the &catalog"), page);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(intro);
    layout->addWidget(m_modelTable, 1);
    layout->addWidget(catalog, 0, Qt::AlignLeft);
    connect(catalog, &QPushButton::clicked, this, [this] { desk().showPage(u"catalog"_s); });
    connect(m_modelTable, &CopyTable::told, &desk(), &Desk::tell);
    return page;
}

QWidget* RouterPage::makeCalibration() {
    auto* page = new QWidget(this);
    m_calibrationText = new QLabel(page);
    m_calibrationText->setWordWrap(true);
    m_reliability = new ChartPanel(page);
    m_reliability->setObjectName(u"reliability"_s);
    m_calibrationModel = new ValueModel(this);
    m_calibrationModel->setColumns({{tr("Model"), {}, false},
                                    {tr("Scored rows"), {}, true},
                                    {tr("Mean score"), {}, true},
                                    {tr("Mean predicted"), tr("Out of fold"), true},
                                    {tr("Brier score"), tr("Mean squared difference; lower is better"), true},
                                    {tr("Evidence"), {}, false}});
    m_calibrationTable = new CopyTable(page);
    m_calibrationTable->setObjectName(u"calibrationTable"_s);
    m_calibrationTable->setAccessibleName(tr("Calibration by model"));
    m_calibrationTable->setModel(m_calibrationModel);
    m_calibrationTable->horizontalHeader()->setStretchLastSection(true);
    auto* splitter = new QSplitter(Qt::Horizontal, page);
    splitter->addWidget(m_reliability);
    splitter->addWidget(m_calibrationTable);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(m_calibrationText);
    layout->addWidget(splitter, 1);
    connect(m_reliability, &ChartPanel::told, &desk(), &Desk::tell);
    connect(m_calibrationTable, &CopyTable::told, &desk(), &Desk::tell);
    return page;
}

QWidget* RouterPage::makeWhy() {
    auto* page = new QWidget(this);
    m_prompt = new QPlainTextEdit(page);
    m_prompt->setObjectName(u"whyPrompt"_s);
    m_prompt->setAccessibleName(tr("Prompt to try"));
    m_prompt->setPlaceholderText(tr("Type or paste a prompt: it is scored here, on this machine."));
    m_prompt->setTabChangesFocus(true);
    m_whyText = new QLabel(page);
    m_whyText->setObjectName(u"whyText"_s);
    m_whyText->setWordWrap(true);
    m_whyText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_whyModel = new ValueModel(this);
    m_whyModel->setColumns({{tr("Model"), {}, false},
                            {tr("Tier"), {}, false},
                            {tr("Cost"), tr("Of this one request"), true},
                            {tr("Expected quality"), {}, true},
                            {tr("Evidence"), {}, false},
                            {tr("Chosen"), {}, false}});
    m_whyTable = new CopyTable(page);
    m_whyTable->setObjectName(u"whyTable"_s);
    m_whyTable->setAccessibleName(tr("What each model would cost and reach"));
    m_whyTable->setModel(m_whyModel);
    m_whyTable->horizontalHeader()->setStretchLastSection(true);
    auto* splitter = new QSplitter(Qt::Vertical, page);
    splitter->addWidget(m_prompt);
    auto* answer = new QWidget(page);
    auto* answerLayout = new QVBoxLayout(answer);
    answerLayout->setContentsMargins(0, 0, 0, 0);
    answerLayout->addWidget(m_whyText);
    answerLayout->addWidget(m_whyTable, 1);
    splitter->addWidget(answer);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(splitter);
    connect(m_prompt, &QPlainTextEdit::textChanged, this, [this] { m_whyTimer->start(); });
    return page;
}

QList<QWidget*> RouterPage::panes() const {
    return {m_tabs, m_editor->firstField()};
}

void RouterPage::saveState(QSettings& settings) const {
    settings.setValue(u"tab"_s, m_tabs->currentIndex());
}
void RouterPage::restoreState(const QSettings& settings) {
    m_tabs->setCurrentIndex(settings.value(u"tab"_s).toInt());
}

void RouterPage::forget() {
    m_calibrate->drop();
    m_why->drop();
    m_figures->drop();
}

void RouterPage::refreshWorkbench() {
    const auto& workbench = m_session.workbench();
    m_editor->setWorkbench(workbench, m_session.difficulty());
    QList<std::pair<QString, QString>> targets;
    for (const Tier tier : kTierColumns) {
        targets.append({tr("%1 tier").arg(tierLabel(tier)), QString::fromLatin1(tierName(tier))});
    }
    for (const auto& candidate : workbench->candidates()) {
        if (!candidate.asLogged) {
            targets.append({toQt(candidate.name), toQt(candidate.id)});
        }
    }
    m_rules->setTargets(targets);
    showModels();
    startCalibration();
}

void RouterPage::setPolicy(const route::Policy& policy, const QString& step) {
    if (const auto valid = route::Policy::parse(policy.toJson(), toUtf8(tr("policy"))); !valid) {
        desk().showError(valid.error());
        return;
    }
    m_session.setPolicy(policy, step);
}

void RouterPage::refreshState() {
    m_editor->setPolicy(m_session.policy());
    m_rules->setRules(m_session.policy().rules);
    showConstraints();
    m_figureTimer->start();
    m_whyTimer->start();
}

void RouterPage::showConstraints() {
    m_filling = true;
    const auto& constraints = m_session.policy().constraints;
    m_classes->setRowCount(static_cast<int>(constraints.dataClasses.size()));
    for (int row = 0; row < m_classes->rowCount(); ++row) {
        const auto& rule = constraints.dataClasses[static_cast<std::size_t>(row)];
        m_classes->setItem(row, 0, new QTableWidgetItem(toQt(rule.dataClass)));
        for (int column = 0; column < 3; ++column) {
            auto* item = new QTableWidgetItem;
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            const bool allowed = rule.tiers.empty() || std::find(rule.tiers.begin(), rule.tiers.end(),
                                                                 kTierColumns[column]) != rule.tiers.end();
            item->setCheckState(allowed ? Qt::Checked : Qt::Unchecked);
            m_classes->setItem(row, column + 1, item);
        }
    }
    m_contextWindow->setChecked(constraints.contextWindow);
    m_limitLatency->setChecked(constraints.maxLatencySeconds.has_value());
    m_latency->setValue(constraints.maxLatencySeconds.value_or(m_latency->value()));
    m_latency->setEnabled(m_limitLatency->isChecked());
    m_filling = false;
}

void RouterPage::readConstraints() {
    if (m_filling) {
        return;
    }
    route::Policy policy = m_session.policy();
    auto& constraints = policy.constraints;
    for (int row = 0; row < m_classes->rowCount() && row < static_cast<int>(constraints.dataClasses.size()); ++row) {
        auto& rule = constraints.dataClasses[static_cast<std::size_t>(row)];
        rule.dataClass = toUtf8(m_classes->item(row, 0)->text());
        rule.tiers.clear();
        for (int column = 0; column < 3; ++column) {
            if (m_classes->item(row, column + 1)->checkState() == Qt::Checked) {
                rule.tiers.push_back(kTierColumns[column]);
            }
        }
        if (rule.tiers.empty()) {
            desk().tell(tr("A data class needs one tier at least"));
            showConstraints();
            return;
        }
    }
    constraints.contextWindow = m_contextWindow->isChecked();
    constraints.maxLatencySeconds =
        m_limitLatency->isChecked() ? std::optional<double>(m_latency->value()) : std::nullopt;
    setPolicy(policy, tr("Change constraints"));
}

void RouterPage::showModels() {
    QList<ValueModel::Row> rows;
    for (const auto& candidate : m_session.workbench()->candidates()) {
        Cell tier = plain(tierLabel(candidate.tier));
        tier.icon = tierIcon(candidate.tier);
        rows.append({toQt(candidate.id),
                     {plain(candidate.asLogged ? tr("As logged") : toQt(candidate.name)),
                      candidate.asLogged ? plain(missing()) : tier, plain(toQt(candidate.offering)),
                      number(formatDollars(candidate.costUsd), candidate.costUsd),
                      number(formatPercent(candidate.meanQuality), candidate.meanQuality),
                      plain(QString::fromLatin1(assess::rungName(candidate.rung))),
                      number(formatCount(static_cast<std::int64_t>(candidate.infeasibleRows)),
                             static_cast<double>(candidate.infeasibleRows))},
                     false});
    }
    m_modelModel->setRows(rows);
    m_modelTable->resizeColumnsToContents();
}

void RouterPage::startFigures() {
    const auto workbench = m_session.workbench();
    if (!workbench || !isInFront()) {
        return;
    }
    m_figures->start(
        tr("Evaluating the policy"),
        [workbench, policy = m_session.policy()](TaskContext& context) { return workbench->evaluate(policy, context); },
        [this](Result<analyze::Evaluation> evaluation) {
            if (!evaluation) {
                m_headline->setText(toQt(evaluation.error().describe()));
                return;
            }
            m_headline->setText(
                tr("%1: %2 (%3), expected quality %4. Premium %5, commodity %6, local %7 of requests.")
                    .arg(toQt(evaluation->name), formatDollars(evaluation->costUsd.value),
                         formatDollarRange(evaluation->costUsd.range.low, evaluation->costUsd.range.high),
                         formatPercent(evaluation->meanQuality.value),
                         formatPercent(evaluation->tiers[static_cast<std::size_t>(Tier::premium)].share),
                         formatPercent(evaluation->tiers[static_cast<std::size_t>(Tier::commodity)].share),
                         formatPercent(evaluation->tiers[static_cast<std::size_t>(Tier::local)].share)));
            setStatusText(tr("Evidence: %1").arg(QString::fromLatin1(assess::rungName(evaluation->weakestRung))));
        });
}

void RouterPage::startCalibration() {
    const auto workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    m_calibrate->start(
        tr("Checking calibration"),
        [workbench](TaskContext& context) {
            return project::calibrationReport(workbench->rows(), workbench->options().seed, context);
        },
        [this](Result<project::CalibrationReport> report) {
            if (report) {
                showCalibration(*report);
            }
        });
}

void RouterPage::showCalibration(const project::CalibrationReport& report) {
    if (report.bins.empty()) {
        m_calibrationText->setText(
            tr("No request of this log carries a score: quality rests on public benchmarks (prior). "
               "Import outcomes, or a log with a score column, to calibrate it."));
    } else {
        m_calibrationText->setText(
            tr("%1 scored rows, predicted out of fold. Expected calibration error %2, Brier score %3.")
                .arg(formatCount(static_cast<std::int64_t>(report.scoredRows)),
                     formatNumber(report.expectedCalibrationError, 3), formatNumber(report.brier, 3)));
    }
    ChartSpec spec;
    spec.title = tr("Reliability: predicted against observed");
    spec.x.title = tr("predicted quality");
    spec.y.title = tr("observed score");
    spec.x.unit = ChartAxis::Unit::percent;
    spec.y.unit = ChartAxis::Unit::percent;
    spec.x.minimum = 0;
    spec.x.maximum = 100;
    spec.y.minimum = 0;
    spec.y.maximum = 100;
    ChartSeries ideal;
    ideal.name = tr("Perfect");
    ideal.pen = Qt::DashLine;
    ideal.color = Theme::instance().mutedText();
    ideal.points = {{0, 0}, {100, 100}};
    ChartSeries bins;
    bins.kind = ChartSeries::Kind::points;
    bins.name = tr("Scored rows");
    bins.color = seriesColor(0);
    for (const auto& bin : report.bins) {
        bins.points.append({bin.predicted * 100, bin.observed * 100});
        bins.low.append(bin.low * 100);
        bins.high.append(bin.high * 100);
        bins.labels.append(tr("%1 rows").arg(formatCount(static_cast<std::int64_t>(bin.rows))));
    }
    spec.series = {ideal, bins};
    spec.summary = m_calibrationText->text();
    m_reliability->setSpec(spec);
    QList<ValueModel::Row> rows;
    for (const auto& model : report.models) {
        rows.append({toQt(model.model),
                     {plain(toQt(model.model)),
                      number(formatCount(static_cast<std::int64_t>(model.rows)), static_cast<double>(model.rows)),
                      number(formatPercent(model.meanScore), model.meanScore),
                      number(formatPercent(model.meanPredicted), model.meanPredicted),
                      number(formatNumber(model.brier, 3), model.brier),
                      plain(QString::fromLatin1(assess::rungName(model.rung)))},
                     false});
    }
    m_calibrationModel->setRows(rows);
    m_calibrationTable->resizeColumnsToContents();
}

void RouterPage::startWhy() {
    const auto workbench = m_session.workbench();
    const QString prompt = m_prompt->toPlainText();
    if (!workbench || prompt.trimmed().isEmpty()) {
        m_whyText->clear();
        m_whyModel->setRows({});
        return;
    }
    m_why->start(
        tr("Scoring the prompt"),
        [workbench, text = toUtf8(prompt), policy = m_session.policy()](TaskContext& context) {
            return project::whyPrompt(*workbench, text, policy, context);
        },
        [this](Result<analyze::Explanation> explanation) {
            if (explanation) {
                showWhy(*explanation);
            } else if (explanation.error().code != ErrorCode::cancelled) {
                m_whyText->setText(toQt(explanation.error().describe()));
            }
        });
}

void RouterPage::showWhy(const analyze::Explanation& explanation) {
    const QString where = explanation.chosen ? toQt(*explanation.chosen) : tr("nowhere: infeasible");
    const QString difficulty =
        explanation.difficulty ? tr("difficulty %1").arg(formatNumber(static_cast<double>(*explanation.difficulty), 2))
                               : QString::fromLatin1(assess::signalName(explanation.signal));
    m_whyText->setText(tr("Goes to %1 (%2). %3").arg(where, difficulty, toQt(explanation.reason)));
    QList<ValueModel::Row> rows;
    for (const auto& alternative : explanation.alternatives) {
        Cell tier = plain(tierLabel(alternative.tier));
        tier.icon = tierIcon(alternative.tier);
        rows.append(
            {toQt(alternative.id),
             {plain(toQt(alternative.name)), tier,
              alternative.costUsd ? number(formatDollars(alternative.costUsd->value), alternative.costUsd->value)
                                  : plain(missing()),
              alternative.quality ? number(formatPercent(*alternative.quality), *alternative.quality)
                                  : plain(missing()),
              plain(QString::fromLatin1(assess::rungName(alternative.rung))),
              plain(alternative.chosen     ? tr("yes")
                    : alternative.feasible ? QString()
                                           : toQt(alternative.infeasibleReason))},
             alternative.chosen});
    }
    m_whyModel->setRows(rows);
    m_whyTable->resizeColumnsToContents();
}

}  // namespace tierwise::ui
