// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tradeoff/tradeoff_page.h"

#include <algorithm>
#include <cmath>

#include <QAction>
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
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/tradeoff/tradeoff_chart.h"
#include "ui/session/analysis_session.h"
#include "ui/session/answer_words.h"
#include "ui/session/baseline_box.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/mix_bar.h"
#include "ui/widgets/routed_rows.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSettleMs = 250;  // after the last move, before the full evaluation starts

Cell number(const QString& text, double exact, const QString& tip = {}) {
    return {text, exact, QString::number(exact, 'g', 17), tip, {}, {}};
}

}  // namespace

struct TradeoffPage::Answer {
    analyze::Comparison comparison;
    analyze::Tornado tornado;
    QList<ScenarioPoint> scenarios;
    std::optional<QPointF> oracle;
};

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

    m_baseline = new BaselineBox(m_session, this);
    m_baseline->setObjectName(u"baseline"_s);
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
    m_mixTable->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_mixTable->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_mixTable->setToolTip(tr("Double click a tier, or press Return on it, for its rows"));
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
    connect(m_mixBar, &MixBar::tierClicked, this, &TradeoffPage::showTier);
    connect(m_mixTable, &CopyTable::activated, this,
            [this](const QModelIndex& index) { showTier(static_cast<Tier>(index.data(kRowKeyRole).toInt())); });
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
                m_session.setPolicy(reshaped(m_session.suggested()), tr("Suggested policy"));
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
    m_oracle.reset();
    m_causes.clear();
}

void TradeoffPage::refreshWorkbench() {
    m_at = {};
    m_fresh = true;
}

void TradeoffPage::refreshChart() {
    if (!workbench() || !isInFront()) {
        return;
    }
    const auto within = m_session.bounds() == nullptr ? std::vector<analyze::CurvePoint>()
                                                      : project::Workbench::curveOf(*m_session.bounds());
    const auto& free = m_session.tradeoff().frontier;
    m_leastUsd = !within.empty() ? within.front().costUsd : free.empty() ? 0 : free.front().costUsd;
    TradeoffChart chart = tradeoffChart(m_session.tradeoff(), within, m_scenarioPoints, m_oracle, m_logarithmic);
    m_policies = chart.policies;
    m_policySeries = -1;
    if (!m_at.isNull()) {  // not yet known: no mark, and nothing that stretches the axes
        m_policySeries = static_cast<int>(chart.spec.series.size());
        chart.spec.series.append(policySeries(m_at.x(), m_at.y(), m_costRange, m_qualityRange, m_causes));
        chart.spec.handles = {{kPolicyHandle, {m_at.x(), m_at.y() * 100}, {}, Theme::instance().accent(), false}};
    }
    chart.spec.footnote = m_session.tradeoff().signal == "difficulty"
                              ? QString()
                              : tr("No request has a difficulty yet: thresholds look at the length of the prompt.");
    m_chart->setSpec(chart.spec);
    tellSummary();
}

// What a screen reader says of the chart.
void TradeoffPage::tellSummary() {
    const auto& frontier = m_session.tradeoff().frontier;
    QString summary = m_sentence->text();
    if (!frontier.empty()) {
        summary += u' ' + tr("The frontier goes from %1 at %2 to %3 at %4.")
                              .arg(formatPercent(frontier.front().meanQuality), formatDollars(frontier.front().costUsd),
                                   formatPercent(frontier.back().meanQuality), formatDollars(frontier.back().costUsd));
    }
    m_chart->setSummary(summary);
}

void TradeoffPage::refreshState() {
    const auto& workbench = m_session.workbench();
    if (m_dragging) {
        return;
    }
    // A look-up where the policy is a point of a curve; the evaluation answers for every other kind.
    const route::Router& router = m_session.policy().router;
    if (router.kind == route::RouterKind::budget && !router.perMonth) {
        if (const auto drag = workbench->dragBudget(router.budgetUsd, m_session.baseline(), m_session.bounds())) {
            showDrag(*drag);
        }
    } else if (router.kind == route::RouterKind::floor && router.perSegment.empty()) {
        if (const auto drag = workbench->dragQuality(router.meanQuality, m_session.baseline(), m_session.bounds())) {
            showDrag(*drag);
        }
    } else if (router.kind == route::RouterKind::threshold && router.signal == workbench->signal() &&
               router.bands.size() == 3) {
        const auto& shares = router.belowShare;
        const auto [low, high] = shares.empty() ? std::pair(router.below[0], router.below[1])
                                                : workbench->thresholdsForShares(shares[0], shares[1] - shares[0]);
        showDrag(workbench->dragThresholds(low, high, m_session.baseline(), m_session.bounds()));
    }
    if (m_fresh || m_drawnBounds != m_session.bounds()) {
        m_drawnBounds = m_session.bounds();
        refreshChart();
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
        m_chart->updateSeries(m_policySeries, policySeries(at.x(), at.y(), cost, quality, m_causes));
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
                      number(formatPercent(part.share), part.share,
                             tr("%1 requests").arg(formatCount(std::llround(part.requests)))),
                      number(formatDollars(part.costUsd), part.costUsd),
                      number(total > 0 ? formatPercent(ofCost) : missing(), ofCost)},
                     false});
    }
    m_mixModel->setRows(rows);
    const int height = m_mixTable->horizontalHeader()->height() +
                       static_cast<int>(rows.size()) * m_mixTable->verticalHeader()->defaultSectionSize() +
                       2 * m_mixTable->frameWidth();
    if (m_mixTable->height() != height) {
        m_mixTable->setFixedHeight(height);
    }
}

void TradeoffPage::showDrag(const analyze::DragResult& drag) {
    m_causes = tr("range of sampling alone, while dragging");
    showPolicy({drag.costUsd, drag.meanQuality}, drag.costRange, drag.qualityRange, drag.tiers);
    m_sentence->setText(dragSentence(m_session.baseline(), tr("this policy"), drag));
    showVerdict(*m_verdict, verdictWords(drag));
}

route::Policy TradeoffPage::reshaped(const route::Policy& as) const {
    route::Policy policy = m_session.policy();
    policy.name = as.name;
    policy.description = as.description;
    policy.router = as.router;
    return policy;
}

void TradeoffPage::dragBudget(double usd, bool finished) {
    const auto& workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    m_dragging = true;
    const double budget = std::max(usd, m_leastUsd);
    if (const auto drag = workbench->dragBudget(budget, m_session.baseline(), m_session.bounds())) {
        showDrag(*drag);
    }
    if (finished) {
        m_session.setPolicy(reshaped(project::budgetPolicy(budget)), tr("Move the policy"));
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
    showDrag(workbench->dragThresholds(low, high, m_session.baseline(), m_session.bounds()));
    if (finished) {
        // To a tenth of a percent: what the name says is what is kept.
        const auto rounded = [](double share) { return std::round(1000 * share) / 1000; };
        const auto policy = route::sharePolicy(rounded(local), rounded(1 - local - commodity), workbench->signal());
        m_session.setPolicy(reshaped(policy), tr("Shape the mix"));
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
    m_evaluate->start(
        tr("Evaluating the policy"),
        [workbench, worlds = m_session.worlds(), policy = m_session.policy(), scenarios = m_session.scenarios(),
         baseline = m_session.state().baseline, oracle = m_oracle](TaskContext& context) -> Result<Answer> {
            Answer answer;
            std::vector<project::Workbench::Contender> contenders{{policy, nullptr}};
            std::vector<std::shared_ptr<const project::Workbench>> kept;
            for (const auto& scenario : scenarios) {
                const auto place = worlds->placeOf(scenario.policy, scenario.world, context);
                if (place) {  // the Compare page says why one cannot be worked out
                    kept.push_back(place->on);
                    contenders.push_back({place->policy, place->on.get()});
                    answer.scenarios.append(
                        {scenario.name, place->on == workbench ? place->policy : route::Policy(), QPointF()});
                }
            }
            auto comparison =
                workbench->compare(std::span<const project::Workbench::Contender>(contenders), baseline, context);
            if (!comparison) {
                return fail(comparison.error());
            }
            for (qsizetype i = 0; i < answer.scenarios.size(); ++i) {
                const auto& of = comparison->scenarios[static_cast<std::size_t>(i) + 2].evaluation;
                answer.scenarios[i].at = {of.costUsd.value, of.meanQuality.value};
            }
            auto tornado = workbench->tornado(policy, baseline, context);
            if (!tornado) {
                return fail(tornado.error());
            }
            answer.oracle = oracle;
            if (!oracle) {
                route::Policy bound;
                bound.name = "oracle";
                bound.router.kind = route::RouterKind::oracle;
                if (const auto evaluation = workbench->evaluate(bound, context)) {
                    answer.oracle = QPointF(evaluation->costUsd.value, evaluation->meanQuality.value);
                }
            }
            answer.comparison = std::move(*comparison);
            answer.tornado = std::move(*tornado);
            return answer;
        },
        [this](Result<Answer> answer) {
            if (answer) {
                showEvaluation(*answer);
            } else if (answer.error().code != ErrorCode::cancelled) {
                desk().showError(answer.error());
            }
        });
}

void TradeoffPage::showEvaluation(const Answer& answer) {
    if (answer.comparison.scenarios.size() < 2) {
        return;
    }
    const auto& scenario = answer.comparison.scenarios[1];
    const auto& evaluation = scenario.evaluation;
    m_scenarioPoints = answer.scenarios;
    m_oracle = answer.oracle;
    m_causes = tr("Cost:") + u'\n' + causesOfCost(evaluation.costUsd) + u'\n' + tr("Quality:") + u'\n' +
               causesOfQuality(evaluation.meanQuality);
    m_sentence->setText(answerSentence(m_session.baseline(), scenario));
    if (scenario.against) {
        showVerdict(*m_verdict, verdictWords(*scenario.against));
    }
    showPolicy({evaluation.costUsd.value, evaluation.meanQuality.value}, evaluation.costUsd.range,
               evaluation.meanQuality.range, evaluation.tiers);
    refreshChart();
    m_tornado->setSpec(tornadoChart(answer.tornado));
    QStringList notes;
    notes.append(tr("Weakest evidence: %1.").arg(rungLabel(evaluation.weakestRung)));
    if (evaluation.coverage.used < evaluation.coverage.rows) {
        notes.append(
            tr("%1 of %2 rows are left out: unpriced, without counts or infeasible.")
                .arg(formatCount(static_cast<std::int64_t>(evaluation.coverage.rows - evaluation.coverage.used)),
                     formatCount(static_cast<std::int64_t>(evaluation.coverage.rows))));
    }
    constexpr qsizetype kNotesShown = 2;
    QStringList more;
    for (const auto& note : evaluation.notes) {
        (notes.size() <= kNotesShown ? notes : more).append(coreText(note));
    }
    if (!more.isEmpty()) {
        notes.append(tr("%n further note(s), shown as a tip here.", nullptr, static_cast<int>(more.size())));
    }
    m_notes->setText(notes.join(u"\n"_s));
    m_notes->setToolTip(more.join(u"\n"_s));
    m_notes->setAccessibleDescription(more.join(u"\n"_s));
    setStatusText(coreText(evaluation.name));
}

void TradeoffPage::showTier(Tier tier) {
    if (const auto& workbench = m_session.workbench()) {
        showRoutedRows(desk(), workbench, m_session.policy(), tier);
    }
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
    m_session.addScenario(m_session.policy(), coreText(m_session.policy().name));
}

}  // namespace tierwise::ui
