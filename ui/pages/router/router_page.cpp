// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/router_page.h"

#include <algorithm>
#include <cmath>

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/dialogs/models_dialog.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/router/calibration_view.h"
#include "ui/pages/router/constraints_editor.h"
#include "ui/pages/router/evidence.h"
#include "ui/pages/router/policy_editor.h"
#include "ui/pages/router/rules_editor.h"
#include "ui/pages/router/why_view.h"
#include "ui/session/analysis_session.h"
#include "ui/session/answer_words.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFigureDelayMs = 250;
constexpr Tier kTierColumns[] = {Tier::premium, Tier::commodity, Tier::local};

struct Figures {
    analyze::Evaluation evaluation;
    std::array<project::SignalHistogram, 4> tiers;
};

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
      m_figures(std::make_unique<JobSlot>(desk.jobs())),
      m_figureTimer(new QTimer(this)) {
    buildBody();
    buildCommands();
    m_figureTimer->setSingleShot(true);
    m_figureTimer->setInterval(kFigureDelayMs);
    connect(m_figureTimer, &QTimer::timeout, this, &RouterPage::startFigures);
}

RouterPage::~RouterPage() = default;

void RouterPage::buildBody() {
    m_headline = new QLabel(this);
    m_headline->setObjectName(u"routerHeadline"_s);
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_headline->setAccessibleName(tr("What the policy does"));
    m_headline->setText(tr("Evaluating the policy") + u"..."_s);
    m_editor = new PolicyEditor(this);
    m_rules = new RulesEditor(this);
    m_tabs = new QTabWidget(this);
    m_tabs->setObjectName(u"routerTabs"_s);
    m_tabs->addTab(makePolicy(), tr("&Policy"));
    m_tabs->addTab(m_rules, tr("&Rules"));
    m_constraints = new ConstraintsEditor(this);
    m_tabs->addTab(m_constraints, tr("&Constraints"));
    m_tabs->addTab(makeModels(), tr("&Models"));
    m_evidence = new Evidence(desk(), m_session, this);
    auto* outcomes = newAction(u"open"_s, tr("Import &Outcomes..."),
                               tr("Bring in scores of answers: their request, their model, and how good they were"),
                               QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K));
    outcomes->setObjectName(u"importOutcomes"_s);
    connect(outcomes, &QAction::triggered, m_evidence, &Evidence::importOutcomes);
    auto* refit =
        newAction({}, tr("&Fit Difficulty to Scores"),
                  tr("Fit the difficulty of prompts to the scores of this project, where that says more of them"),
                  QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B));
    refit->setObjectName(u"refit"_s);
    connect(refit, &QAction::triggered, m_evidence, &Evidence::refit);
    m_calibration = new CalibrationView(outcomes, refit, this);
    m_tabs->addTab(m_calibration, tr("Ca&libration"));
    m_whyView = new WhyView(desk().jobs(), this);
    m_tabs->addTab(m_whyView, tr("&Why this tier"));
    auto* body = new QWidget(this);
    auto* bodyLayout = new QVBoxLayout(body);
    bodyLayout->addWidget(m_headline);
    bodyLayout->addWidget(m_tabs, 1);
    setBody(body);

    connect(m_editor, &PolicyEditor::told, &desk(), &Desk::tell);
    connect(m_editor, &PolicyEditor::thresholdsMoving, this, [this](double low, double high) {
        if (const auto& workbench = m_session.workbench()) {
            const auto drag = workbench->dragThresholds(low, high, m_session.baseline(), m_session.bounds());
            const auto share = [&](Tier tier) {
                return formatPercent(drag.tiers[static_cast<std::size_t>(tier)].share);
            };
            m_headline->setText(
                tr("Thresholds %1 and %2: %3, expected quality %4. Premium %5, commodity %6, local %7 of requests.")
                    .arg(formatNumber(low, 3), formatNumber(high, 3), formatDollars(drag.costUsd),
                         formatPercent(drag.meanQuality), share(Tier::premium), share(Tier::commodity),
                         share(Tier::local)));
        }
    });
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
    connect(m_constraints, &ConstraintsEditor::constraintsEdited, this,
            [this](const route::Constraints& constraints, const QString& step) {
                route::Policy policy = m_session.policy();
                policy.constraints = constraints;
                setPolicy(policy, step);
            });
    connect(m_constraints, &ConstraintsEditor::told, &desk(), &Desk::tell);
    connect(m_calibration, &CalibrationView::told, &desk(), &Desk::tell);
    connect(m_whyView, &WhyView::told, &desk(), &Desk::tell);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (m_tabs->currentWidget() == m_calibration) {
            startCalibration();
        }
    });
}

void RouterPage::buildCommands() {
    auto* keep = newAction(u"pin"_s, tr("Keep as &Scenario"), tr("Keep the present policy as a named scenario"),
                           QKeySequence(Qt::CTRL | Qt::Key_D));
    connect(keep, &QAction::triggered, this,
            [this] { m_session.addScenario(m_session.policy(), coreText(m_session.policy().name)); });
    auto* rule = newAction(u"add"_s, tr("&Add Rule..."), tr("Add a rule that comes before the router"),
                           QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R));
    connect(rule, &QAction::triggered, this, [this] {
        m_tabs->setCurrentWidget(m_rules);
        m_rules->add();
    });
    auto* models = newAction({}, tr("Choose &Models..."), tr("Choose the candidates of each tier out of the catalog"),
                             QKeySequence(Qt::CTRL | Qt::Key_M));
    connect(models, &QAction::triggered, this, &RouterPage::chooseModels);
    auto* why = newAction(u"help"_s, tr("&Why This Tier"), tr("Try a prompt: where it would go, and why"),
                          QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Y));
    connect(why, &QAction::triggered, this, [this] {
        m_tabs->setCurrentWidget(m_whyView);
        m_whyView->findChild<QWidget*>(u"whyPrompt"_s)->setFocus();
    });
    auto* balanced =
        newAction({}, tr("&Balanced Policy"), tr("Go back to the suggested policy"), QKeySequence(Qt::ALT | Qt::Key_B));
    connect(balanced, &QAction::triggered, this, [this] {
        if (m_session.workbench()) {
            route::Policy policy = m_session.policy();
            policy.name = m_session.suggested().name;
            policy.description = m_session.suggested().description;
            policy.router = m_session.suggested().router;
            setPolicy(policy, tr("Suggested policy"));
        }
    });
}

QWidget* RouterPage::makePolicy() {
    auto* page = new QSplitter(Qt::Vertical, this);
    m_mixModel = new ValueModel(this);
    m_mixModel->setColumns({{tr("Model"), {}, false},
                            {tr("Tier"), {}, false},
                            {tr("Requests"), {}, true},
                            {tr("Share"), tr("Of all requests"), true},
                            {tr("Cost"), {}, true},
                            {tr("Expected quality"), tr("Of its answers"), true},
                            {tr("Evidence"), {}, false}});
    m_mixTable = new CopyTable(page);
    m_mixTable->setObjectName(u"policyMix"_s);
    m_mixTable->setAccessibleName(tr("Where requests go under the policy"));
    m_mixTable->setModel(m_mixModel);
    m_mixTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    page->addWidget(m_editor);
    page->addWidget(m_mixTable);
    page->setStretchFactor(0, 3);
    page->setStretchFactor(1, 1);
    page->setSizes({380, 180});
    page->setChildrenCollapsible(false);
    connect(m_mixTable, &CopyTable::told, &desk(), &Desk::tell);
    return page;
}

void RouterPage::showMix(const analyze::Evaluation& evaluation) {
    QList<ValueModel::Row> rows;
    for (const auto& entry : evaluation.mix) {
        Cell tier = plain(tierLabel(entry.tier));
        tier.icon = tierIcon(entry.tier);
        rows.append(
            {toQt(entry.id),
             {plain(toQt(entry.name)), tier, number(formatCount(std::llround(entry.requests)), entry.requests),
              number(formatPercent(entry.share), entry.share), number(formatDollars(entry.costUsd), entry.costUsd),
              number(formatPercent(entry.meanQuality), entry.meanQuality), plain(rungLabel(entry.rung))},
             false});
    }
    m_mixModel->setRows(rows);
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
    auto* choose = new QPushButton(tr("Choose &models..."), page);
    choose->setObjectName(u"chooseModels"_s);
    choose->setToolTip(tr("Choose the candidates of each tier out of the catalog"));
    auto* catalog = new QPushButton(tr("Show the &catalog"), page);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(choose);
    buttons->addWidget(catalog);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(page);
    layout->addWidget(intro);
    layout->addWidget(m_modelTable, 1);
    layout->addLayout(buttons);
    connect(choose, &QPushButton::clicked, this, &RouterPage::chooseModels);
    connect(catalog, &QPushButton::clicked, this, [this] { desk().showPage(u"catalog"_s); });
    connect(m_modelTable, &CopyTable::told, &desk(), &Desk::tell);
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
    m_whyView->forget();
    m_figures->drop();
    m_calibrationStale = true;
}

void RouterPage::chooseModels() {
    if (!m_session.workbench()) {
        return;
    }
    ModelsDialog dialog(*m_session.workbench(), m_session.policy().models, this);
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    route::Policy policy = m_session.policy();
    policy.models = dialog.models();
    setPolicy(policy, tr("Choose models"));
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
    if (m_tabs->currentWidget() == m_calibration) {
        startCalibration();
    }
}

void RouterPage::setPolicy(const route::Policy& policy, const QString& step) {
    if (const auto valid = route::Policy::parse(policy.toJson(), toUtf8(tr("policy"))); !valid) {
        desk().showError(valid.error());
        m_editor->setPolicy(m_session.policy());
        m_constraints->setConstraints(m_session.policy().constraints);
        m_rules->setRules(m_session.policy().rules);
        return;
    }
    m_session.setPolicy(policy, step);
}

void RouterPage::refreshState() {
    m_editor->setPolicy(m_session.policy());
    m_rules->setRules(m_session.policy().rules);
    m_constraints->setConstraints(m_session.policy().constraints);
    m_whyView->ask(m_session.workbench(), m_session.policy());
    m_figureTimer->start();
}

void RouterPage::showModels() {
    QList<ValueModel::Row> rows;
    for (const auto& candidate : m_session.workbench()->candidates()) {
        Cell tier = plain(tierLabel(candidate.tier));
        tier.icon = tierIcon(candidate.tier);
        rows.append(
            {toQt(candidate.id),
             {plain(candidate.asLogged ? tr("As logged") : toQt(candidate.name)),
              candidate.asLogged ? plain(missing()) : tier, plain(toQt(candidate.offering)),
              number(formatDollars(candidate.costUsd), candidate.costUsd),
              number(formatPercent(candidate.meanQuality), candidate.meanQuality), plain(rungLabel(candidate.rung)),
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
        [workbench, policy = m_session.policy()](TaskContext& context) -> Result<Figures> {
            auto evaluation = workbench->evaluate(policy, context);
            if (!evaluation) {
                return fail(std::move(evaluation.error()));
            }
            auto tiers = project::signalByTier(*workbench, policy, AnalysisSession::kDifficultyBins);
            return tiers ? Result<Figures>(Figures{std::move(*evaluation), std::move(*tiers)})
                         : fail(std::move(tiers.error()));
        },
        [this](const Result<Figures>& figures) {
            if (!figures) {
                m_headline->setText(coreText(figures.error()));
                return;
            }
            showFigures(figures->evaluation);
            m_editor->setTiers(figures->tiers);
        });
}

void RouterPage::showFigures(const analyze::Evaluation& evaluation) {
    showMix(evaluation);
    m_editor->setFigures(evaluation.costUsd.value, evaluation.meanQuality.value);
    m_headline->setText(tr("%1: %2 (%3), expected quality %4. Premium %5, commodity %6, local %7 of requests.")
                            .arg(coreText(evaluation.name), formatDollars(evaluation.costUsd.value),
                                 formatDollarRange(evaluation.costUsd.range.low, evaluation.costUsd.range.high),
                                 formatPercent(evaluation.meanQuality.value),
                                 formatPercent(evaluation.tiers[static_cast<std::size_t>(Tier::premium)].share),
                                 formatPercent(evaluation.tiers[static_cast<std::size_t>(Tier::commodity)].share),
                                 formatPercent(evaluation.tiers[static_cast<std::size_t>(Tier::local)].share)));
    setStatusText(tr("Evidence: %1").arg(rungLabel(evaluation.weakestRung)));
}

void RouterPage::startCalibration() {
    const auto workbench = m_session.workbench();
    if (!workbench || !m_calibrationStale) {
        return;
    }
    m_calibrate->start(
        tr("Checking calibration"),
        [workbench](TaskContext& context) {
            return project::calibrationReport(workbench->rows(), workbench->inputs().outcomes,
                                              workbench->options().seed, context);
        },
        [this, overrides =
                   static_cast<int>(workbench->inputs().overrides.size())](Result<project::CalibrationReport> report) {
            if (report) {
                m_calibrationStale = false;
                m_calibration->setReport(*report, overrides);
            } else if (report.error().code != ErrorCode::cancelled) {
                desk().showError(report.error());
            }
        });
}

}  // namespace tierwise::ui
