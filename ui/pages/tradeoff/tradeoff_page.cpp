// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tradeoff/tradeoff_page.h"

#include <algorithm>
#include <cmath>

#include <QAction>
#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include "core/project/suggest.h"
#include "ui/charts/chart_panel.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/tradeoff/tradeoff_chart.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/mix_bar.h"
#include "ui/widgets/routed_rows.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSettleMs = 250;  // after the last move, before the full evaluation starts
}  // namespace

TradeoffPage::TradeoffPage(Desk& desk, QWidget* parent)
    : AnalysisPage(desk, u"tradeoff"_s, tr("Working out what every request would cost on every model..."),
                   tr("Open a log to see what it could cost at what quality."), parent),
      m_evaluate(std::make_unique<JobSlot>(desk.jobs())),
      m_settle(new QTimer(this)) {
    buildBody();
    buildCommands();
    m_settle->setSingleShot(true);
    m_settle->setInterval(kSettleMs);
    connect(m_settle, &QTimer::timeout, this, &TradeoffPage::startEvaluation);
    connect(&Theme::instance(), &Theme::changed, this, &TradeoffPage::refreshChart);
}

TradeoffPage::~TradeoffPage() = default;

void TradeoffPage::buildBody() {
    m_sentence = new QLabel(this);
    m_sentence->setObjectName(u"answerSentence"_s);
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_sentence->setAccessibleName(tr("The answer in one sentence"));
    QFont large = m_sentence->font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    m_sentence->setFont(large);
    m_verdict = new QLabel(this);
    m_verdict->setObjectName(u"verdict"_s);
    m_verdict->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    m_baseline = new QComboBox(this);
    m_baseline->setObjectName(u"baseline"_s);
    m_baseline->setAccessibleName(tr("Compared with"));
    m_baseline->setToolTip(tr("What the saving and the change of quality are measured against"));
    auto* against = new QLabel(tr("Compared &with"), this);
    against->setBuddy(m_baseline);

    m_chart = new ChartPanel(this);
    m_chart->setObjectName(u"tradeoffChart"_s);
    m_mixBar = new MixBar(this);
    m_mixBar->setObjectName(u"mixBar"_s);
    m_mixModel = new ValueModel(this);
    m_mixModel->setColumns({{tr("Tier"), {}, false},
                            {tr("Requests"), tr("Share of requests"), true},
                            {tr("Cost"), tr("Cost of this tier"), true},
                            {tr("Of cost"), tr("Share of the policy's cost"), true}});
    m_mixTable = new CopyTable(this);
    m_mixTable->setObjectName(u"mixTable"_s);
    m_mixTable->setAccessibleName(tr("Mix by tier"));
    m_mixTable->setModel(m_mixModel);
    m_mixTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_mixTable->setMaximumHeight(150);
    m_tornado = new ChartPanel(this);
    m_tornado->setObjectName(u"tornado"_s);
    m_notes = new QLabel(this);
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);

    auto* mixTitle = new QLabel(tr("Mix: share of requests by tier"), this);
    auto* right = new QWidget(this);
    auto* rightLayout = new QVBoxLayout(right);
    rightLayout->setContentsMargins(8, 0, 0, 0);
    rightLayout->addWidget(mixTitle);
    rightLayout->addWidget(m_mixBar);
    rightLayout->addWidget(m_mixTable);
    rightLayout->addWidget(m_tornado, 1);
    rightLayout->addWidget(m_notes);

    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(m_chart);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(0, 3);
    m_splitter->setStretchFactor(1, 2);
    m_splitter->setChildrenCollapsible(false);

    auto* bar = new QHBoxLayout;
    bar->addWidget(against);
    bar->addWidget(m_baseline);
    bar->addStretch(1);
    bar->addWidget(m_verdict);
    auto* body = new QWidget(this);
    auto* bodyLayout = new QVBoxLayout(body);
    bodyLayout->addWidget(m_sentence);
    bodyLayout->addLayout(bar);
    bodyLayout->addWidget(m_splitter, 1);

    setBody(body);

    connect(m_chart, &ChartPanel::handleMoved, this,
            [this](int, QPointF at, bool finished) { dragBudget(at.x(), finished); });
    connect(m_chart, &ChartPanel::pointClicked, this, &TradeoffPage::showRowsBehind);
    connect(m_chart, &ChartPanel::told, &desk(), &Desk::tell);
    connect(m_tornado, &ChartPanel::told, &desk(), &Desk::tell);
    connect(m_mixBar, &MixBar::sharesDragged, this, &TradeoffPage::dragShares);
    connect(m_mixTable, &CopyTable::told, &desk(), &Desk::tell);
    connect(m_baseline, &QComboBox::activated, this, [this](int index) {
        m_session.setBaseline(static_cast<project::Baseline>(m_baseline->itemData(index).toInt()));
    });
}

void TradeoffPage::buildCommands() {
    connect(newAction(u"pin"_s, tr("Keep as &Scenario"), tr("Keep the present policy as a named scenario"),
                      QKeySequence(Qt::CTRL | Qt::Key_D)),
            &QAction::triggered, this, &TradeoffPage::keepAsScenario);
    auto* logarithmic = newAction(u"chart"_s, tr("&Logarithmic Cost"), tr("Show cost on a logarithmic axis"),
                                  QKeySequence(Qt::CTRL | Qt::Key_L));
    logarithmic->setCheckable(true);
    logarithmic->setObjectName(u"logarithmic"_s);
    connect(logarithmic, &QAction::toggled, this, [this](bool on) {
        m_logarithmic = on;
        refreshChart();
    });
    connect(
        newAction({}, tr("&Cheaper"), tr("Move the policy 2% down the frontier"), QKeySequence(Qt::ALT | Qt::Key_Left)),
        &QAction::triggered, this, [this] { nudge(0.98); });
    connect(
        newAction({}, tr("&Dearer"), tr("Move the policy 2% up the frontier"), QKeySequence(Qt::ALT | Qt::Key_Right)),
        &QAction::triggered, this, [this] { nudge(1.02); });
    connect(
        newAction({}, tr("&Balanced Policy"), tr("Go back to the suggested policy"), QKeySequence(Qt::ALT | Qt::Key_B)),
        &QAction::triggered, this, [this] {
            if (m_session.workbench()) {
                m_session.setPolicy(m_session.suggested(), tr("Suggested policy"));
            }
        });
    connect(newAction(u"table"_s, tr("Show Chart as &Table"), tr("Show the values of the chart as a table"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)),
            &QAction::triggered, m_chart, &ChartPanel::showAsTable);
    connect(newAction(u"export"_s, tr("&Export Chart..."), tr("Export the chart as PNG, SVG, PDF or CSV"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)),
            &QAction::triggered, m_chart, &ChartPanel::exportChart);
}

QList<QWidget*> TradeoffPage::panes() const {
    return {m_chart, m_mixBar, m_mixTable, m_tornado};
}

void TradeoffPage::saveState(QSettings& settings) const {
    settings.setValue(u"splitter"_s, m_splitter->saveState());
    settings.setValue(u"logarithmic"_s, m_logarithmic);
}

void TradeoffPage::restoreState(const QSettings& settings) {
    m_splitter->restoreState(settings.value(u"splitter"_s).toByteArray());
    if (auto* action = findChild<QAction*>(u"logarithmic"_s)) {
        action->setChecked(settings.value(u"logarithmic"_s).toBool());
    }
}

void TradeoffPage::forget() {
    m_evaluate->drop();
    m_settle->stop();
    m_scenarioPoints.clear();
}

void TradeoffPage::refreshWorkbench() {
    refreshBaselines();
    refreshChart();
    m_fresh = true;
}

void TradeoffPage::refreshBaselines() {
    const auto chosen = m_session.state().baseline.value_or(m_session.workbench()->options().baseline);
    m_baseline->clear();
    const std::pair<project::Baseline, QString> names[] = {
        {project::Baseline::asLogged, tr("As logged: what was paid")},
        {project::Baseline::bestSingle, tr("The best single model")},
        {project::Baseline::random, tr("A random mix with the same shares")},
        {project::Baseline::oracle, tr("The oracle: a bound, not a policy")},
        {project::Baseline::dearest, tr("Everything on the dearest model (flattering)")},
    };
    for (const auto& [baseline, name] : names) {
        m_baseline->addItem(name, static_cast<int>(baseline));
        if (baseline == chosen) {
            m_baseline->setCurrentIndex(m_baseline->count() - 1);
        }
    }
}

void TradeoffPage::refreshChart() {
    if (!workbench() || !isInFront()) {
        return;
    }
    TradeoffChart chart = tradeoffChart(m_session.tradeoff(), m_session.scenarios(), m_scenarioPoints, m_logarithmic);
    m_policies = chart.policies;
    m_policySeries = static_cast<int>(chart.spec.series.size());
    chart.spec.series.append(policySeries(m_at.x(), m_at.y(), m_costRange, m_qualityRange));
    chart.spec.handles = {{kPolicyHandle, {m_at.x(), m_at.y() * 100}, {}, Theme::instance().accent(), false}};
    chart.spec.footnote = m_session.tradeoff().signal == "difficulty"
                              ? QString()
                              : tr("No request has a difficulty yet: thresholds look at the length of the prompt.");
    chart.spec.summary = m_sentence->text();
    m_chart->setSpec(chart.spec);
}

void TradeoffPage::refreshState() {
    const auto& workbench = m_session.workbench();
    if (m_dragging) {
        return;
    }
    // A look-up where the policy is a point of a curve; the evaluation answers for every other kind.
    const route::Router& router = m_session.policy().router;
    if (router.kind == route::RouterKind::budget && !router.perMonth) {
        if (const auto drag = workbench->dragBudget(router.budgetUsd)) {
            showDrag(*drag);
        }
    } else if (router.kind == route::RouterKind::floor && router.perSegment.empty()) {
        if (const auto drag = workbench->dragQuality(router.meanQuality)) {
            showDrag(*drag);
        }
    } else if (router.kind == route::RouterKind::threshold && router.below.size() == 2) {
        showDrag(workbench->dragThresholds(router.below[0], router.below[1]));
    }
    if (m_fresh) {
        m_fresh = false;
        startEvaluation();  // the first: nothing to wait for
        return;
    }
    m_settle->start();
}

void TradeoffPage::showPolicy(QPointF at, const analyze::Interval& cost, const analyze::Interval& quality,
                              const analyze::TierShares& tiers) {
    m_at = at;
    m_costRange = cost;
    m_qualityRange = quality;
    if (m_policySeries >= 0) {
        m_chart->updateSeries(m_policySeries, policySeries(at.x(), at.y(), cost, quality));
        m_chart->moveHandle(kPolicyHandle, {at.x(), at.y() * 100});
    }
    const auto share = [&](Tier tier) { return tiers[static_cast<std::size_t>(tier)].share; };
    if (!m_barDragged) {
        m_mixBar->setShares(share(Tier::local), share(Tier::commodity), share(Tier::premium));
    }
    double total = 0;
    for (const auto& tier : tiers) {
        total += tier.costUsd;
    }
    QList<ValueModel::Row> rows;
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        const auto& part = tiers[static_cast<std::size_t>(tier)];
        if (tier == Tier::unbanded && part.requests == 0) {
            continue;
        }
        const double ofCost = total > 0 ? part.costUsd / total : 0;
        rows.append({static_cast<int>(tier),
                     {{tierLabel(tier), {}, {}, {}, tierIcon(tier), {}},
                      {formatPercent(part.share),
                       part.share,
                       QString::number(part.share, 'g', 17),
                       tr("%1 requests").arg(formatCount(std::llround(part.requests))),
                       {},
                       {}},
                      {formatDollars(part.costUsd), part.costUsd, QString::number(part.costUsd, 'g', 17), {}, {}, {}},
                      {total > 0 ? formatPercent(ofCost) : missing(), ofCost, {}, {}, {}, {}}},
                     false});
    }
    m_mixModel->setRows(rows);
}

void TradeoffPage::showDrag(const analyze::DragResult& drag) {
    showPolicy({drag.costUsd, drag.meanQuality}, drag.costRange, drag.qualityRange, drag.tiers);
    m_sentence->setText(toQt(drag.sentence));
    showVerdict(drag.decisive, {});
}

void TradeoffPage::showVerdict(bool decisive, const std::optional<double>& labels) {
    QString words = decisive ? tr("DECISIVE") : tr("NOT DECISIVE");
    if (!decisive && labels) {
        words +=
            tr(" \u2013 %1 more scored requests would decide it").arg(formatCount(std::llround(std::ceil(*labels))));
    }
    m_verdict->setText(words);
    QPalette colours = m_verdict->palette();
    colours.setColor(QPalette::WindowText, decisive ? Theme::instance().good() : Theme::instance().warning());
    m_verdict->setPalette(colours);
}

void TradeoffPage::dragBudget(double usd, bool finished) {
    const auto& workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    m_dragging = true;
    const double budget =
        std::max(usd, m_session.tradeoff().frontier.empty() ? 0.0 : m_session.tradeoff().frontier.front().costUsd);
    if (const auto drag = workbench->dragBudget(budget)) {
        showDrag(*drag);
    }
    if (finished) {
        m_session.setPolicy(project::budgetPolicy(budget), tr("Move the policy"));
    }
    m_dragging = false;
    m_settle->start();
}

void TradeoffPage::dragShares(double local, double commodity, bool finished) {
    const auto& workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    m_dragging = true;
    m_barDragged = !finished;
    const auto [low, high] = workbench->thresholdsForShares(local, commodity);
    showDrag(workbench->dragThresholds(low, high));
    if (finished) {
        route::Policy policy = route::thresholdPolicy(low, high, workbench->signal());
        policy.name = toUtf8(tr("Thresholds %1 and %2").arg(formatNumber(low, 2), formatNumber(high, 2)));
        m_session.setPolicy(policy, tr("Shape the mix"));
    }
    m_dragging = false;
    m_settle->start();
}

void TradeoffPage::nudge(double factor) {
    if (m_session.workbench() && m_at.x() > 0) {
        dragBudget(m_at.x() * factor, true);
    }
}

void TradeoffPage::startEvaluation() {
    const auto workbench = m_session.workbench();
    if (!workbench || m_session.policy().name.empty()) {
        return;
    }
    struct Answer {
        analyze::Comparison comparison;
        analyze::Tornado tornado;
    };
    std::vector<route::Policy> policies{m_session.policy()};
    for (const auto& scenario : m_session.scenarios()) {
        policies.push_back(scenario.policy);
    }
    m_evaluate->start(
        tr("Evaluating the policy"),
        [workbench, policies, baseline = m_session.state().baseline](TaskContext& context) -> Result<Answer> {
            auto comparison = workbench->compare(policies, baseline, context);
            if (!comparison) {
                return fail(comparison.error());
            }
            auto tornado = workbench->tornado(policies.front(), baseline, context);
            if (!tornado) {
                return fail(tornado.error());
            }
            return Answer{std::move(*comparison), std::move(*tornado)};
        },
        [this](Result<Answer> answer) {
            if (answer) {
                showEvaluation(answer->comparison, answer->tornado);
            } else if (answer.error().code != ErrorCode::cancelled) {
                desk().showError(answer.error());
            }
        });
}

void TradeoffPage::showEvaluation(const analyze::Comparison& comparison, const analyze::Tornado& tornado) {
    if (comparison.scenarios.size() < 2) {
        return;
    }
    const auto& scenario = comparison.scenarios[1];
    const auto& evaluation = scenario.evaluation;
    m_scenarioPoints.clear();
    for (std::size_t i = 2; i < comparison.scenarios.size(); ++i) {
        const auto& other = comparison.scenarios[i].evaluation;
        m_scenarioPoints.append({other.costUsd.value, other.meanQuality.value});
    }
    if (scenario.against) {
        m_sentence->setText(toQt(scenario.against->sentence));
        const bool decisive = scenario.against->qualityVerdict == analyze::Verdict::decisive;
        showVerdict(decisive, scenario.against->labelsNeeded);
    }
    showPolicy({evaluation.costUsd.value, evaluation.meanQuality.value}, evaluation.costUsd.range,
               evaluation.meanQuality.range, evaluation.tiers);
    refreshChart();
    m_tornado->setSpec(tornadoChart(tornado));
    QStringList notes;
    notes.append(tr("Weakest evidence: %1.").arg(QString::fromLatin1(assess::rungName(evaluation.weakestRung))));
    if (evaluation.coverage.used < evaluation.coverage.rows) {
        notes.append(
            tr("%1 of %2 rows are left out: unpriced, without counts or infeasible.")
                .arg(formatCount(static_cast<std::int64_t>(evaluation.coverage.rows - evaluation.coverage.used)),
                     formatCount(static_cast<std::int64_t>(evaluation.coverage.rows))));
    }
    for (const auto& note : evaluation.notes) {
        notes.append(toQt(note));
    }
    m_notes->setText(notes.join(u"\n"_s));
    setStatusText(toQt(evaluation.name));
}

void TradeoffPage::showRowsBehind(int series, int index) {
    const auto& workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    route::Policy policy = m_session.policy();
    if (series >= 0 && series < m_policies.size() && index >= 0 && index < m_policies[series].size()) {
        policy = m_policies[series][index];
    }
    if (!policy.name.empty()) {
        showRoutedRows(desk(), workbench, policy, {});
    }
}

void TradeoffPage::keepAsScenario() {
    m_session.addScenario(m_session.policy(), toQt(m_session.policy().name));
}

}  // namespace tierwise::ui
