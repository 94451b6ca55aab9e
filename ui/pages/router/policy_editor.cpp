// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/policy_editor.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/project/calibration.h"
#include "ui/charts/chart_panel.h"
#include "ui/format/format.h"
#include "ui/pages/router/cascade_steps.h"
#include "ui/pages/router/segment_values.h"
#include "ui/pages/router/threshold_fields.h"
#include "ui/pages/router/tier_chart.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using route::RouterKind;

namespace {

enum EditorPage { noFields, targetFields, thresholdFields, cascadeFields, amountFields };

struct Kind {
    RouterKind kind;
    EditorPage page;
    const char* title;
    const char* explain;
};

// The words are marked here and translated where they are shown.
constexpr Kind kKinds[] = {
    {RouterKind::threshold, thresholdFields,
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Thresholds on difficulty"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor",
                       "Easy requests go to local, middling ones to commodity, hard ones to premium. Drag the lines.")},
    {RouterKind::floor, amountFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Quality floor"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "The least cost whose expected quality reaches this.")},
    {RouterKind::budget, amountFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Budget"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "The most expected quality for this many dollars.")},
    {RouterKind::expectedValue, amountFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Expected value"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor",
                       "Each request takes the model with the best worth of a right answer less its cost.")},
    {RouterKind::cascade, cascadeFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Cascade"),
     QT_TRANSLATE_NOOP(
         "tierwise::ui::PolicyEditor",
         "Try the first, check its answer, go on to the next when the check fails. Every attempt is paid.")},
    {RouterKind::single, targetFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Everything on one"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Every request goes to one tier or model.")},
    {RouterKind::random, noFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Random with the log's shares"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "A control: the same shares, without looking at the requests.")},
    {RouterKind::asLogged, noFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "As logged"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "What the log did.")},
    {RouterKind::oracle, noFields, QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor", "Oracle"),
     QT_TRANSLATE_NOOP("tierwise::ui::PolicyEditor",
                       "The cheapest model that is right, known in advance: a bound, not a policy.")},
};

QDoubleSpinBox* spin(QWidget* parent, double least, double most, int decimals, double step) {
    auto* box = new QDoubleSpinBox(parent);
    box->setRange(least, most);
    box->setDecimals(decimals);
    box->setSingleStep(step);
    box->setKeyboardTracking(false);
    return box;
}

}  // namespace

PolicyEditor::PolicyEditor(QWidget* parent)
    : QWidget(parent), m_kind(new QComboBox(this)), m_explain(new QLabel(this)), m_pages(new QStackedWidget(this)) {
    m_kind->setObjectName(u"policyKind"_s);
    m_kind->setAccessibleName(tr("Kind of policy"));
    for (const auto& kind : kKinds) {
        m_kind->addItem(tr(kind.title), static_cast<int>(kind.kind));
    }
    m_explain->setWordWrap(true);
    m_pages->addWidget(new QWidget(this));
    m_pages->addWidget(makeTargets());
    m_pages->addWidget(makeThresholds());
    m_pages->addWidget(makeCascade());
    m_pages->addWidget(makeAmounts());
    auto* top = new QHBoxLayout;
    auto* label = new QLabel(tr("Po&licy"), this);
    label->setBuddy(m_kind);
    top->addWidget(label);
    top->addWidget(m_kind);
    top->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_explain);
    layout->addWidget(m_pages, 1);
    m_tiers = new ChartPanel(this);
    m_tiers->setObjectName(u"tiersByDifficulty"_s);
    ChartSpec waiting;
    waiting.title = tr("Tiers of this policy by difficulty");
    m_tiers->setSpec(waiting);
    layout->addWidget(m_tiers, 2);
    connect(m_tiers, &ChartPanel::told, this, &PolicyEditor::told);
    connect(m_kind, &QComboBox::activated, this, [this] {
        showKind();
        startKind();
        edited();
    });
}

QWidget* PolicyEditor::firstField() const {
    return m_kind;
}

QWidget* PolicyEditor::makeTargets() {
    auto* page = new QWidget(this);
    m_single = new QComboBox(page);
    m_single->setObjectName(u"singleTarget"_s);
    m_single->setAccessibleName(tr("Where everything goes"));
    auto* form = new QFormLayout(page);
    m_single->setMaximumWidth(360);
    form->addRow(tr("&Goes to"), m_single);
    connect(m_single, &QComboBox::activated, this, &PolicyEditor::edited);
    return page;
}

QWidget* PolicyEditor::makeThresholds() {
    m_thresholds = new ThresholdFields(this);
    connect(m_thresholds, &ThresholdFields::edited, this, &PolicyEditor::edited);
    connect(m_thresholds, &ThresholdFields::moving, this, &PolicyEditor::thresholdsMoving);
    connect(m_thresholds, &ThresholdFields::told, this, &PolicyEditor::told);
    return m_thresholds;
}

QWidget* PolicyEditor::makeCascade() {
    m_steps = new CascadeSteps(m_single, this);
    connect(m_steps, &CascadeSteps::edited, this, &PolicyEditor::edited);
    return m_steps;
}

QWidget* PolicyEditor::makeAmounts() {
    auto* page = new QWidget(this);
    m_amount = spin(page, 0, 1e9, 2, 1);
    m_amount->setObjectName(u"amount"_s);
    m_amount->setAccessibleName(tr("Amount"));
    m_amountLabel = new QLabel(page);
    m_amountLabel->setBuddy(m_amount);
    m_perMonth = new QCheckBox(tr("for every calendar &month, paced by day"), page);
    m_perSegment = new QComboBox(page);
    m_perSegment->setAccessibleName(tr("The floor holds"));
    m_perSegment->addItem(tr("over all requests"), QString());
    m_perSegment->addItem(tr("in every team by itself"), u"team"_s);
    m_perSegment->addItem(tr("in every tag by itself"), u"tag"_s);
    m_perSegment->addItem(tr("in every domain by itself"), u"domain"_s);
    m_perSegment->addItem(tr("in every data class by itself"), u"dataClass"_s);
    m_perSegment->addItem(tr("for every user by itself"), u"user"_s);
    m_perSegment->addItem(tr("on every day by itself"), u"day"_s);
    m_perSegmentLabel = new QLabel(tr("&Holds"), page);
    m_perSegmentLabel->setBuddy(m_perSegment);
    auto* form = new QFormLayout(page);
    for (QWidget* field : {static_cast<QWidget*>(m_amount), static_cast<QWidget*>(m_perSegment)}) {
        field->setMaximumWidth(280);
    }
    form->addRow(m_amountLabel, m_amount);
    form->addRow(QString(), m_perMonth);
    form->addRow(m_perSegmentLabel, m_perSegment);
    m_values = new SegmentValues(page);
    form->addRow(m_values);
    connect(m_values, &SegmentValues::edited, this, &PolicyEditor::edited);
    connect(m_amount, &QDoubleSpinBox::valueChanged, this, &PolicyEditor::edited);
    connect(m_perMonth, &QCheckBox::toggled, this, &PolicyEditor::edited);
    connect(m_perSegment, &QComboBox::activated, this, &PolicyEditor::edited);
    return page;
}

void PolicyEditor::setWorkbench(const std::shared_ptr<const project::Workbench>& workbench,
                                const project::SignalHistogram& difficulty) {
    m_workbench = workbench;
    m_values->setRows(workbench ? &workbench->rows() : nullptr);
    m_thresholds->setWorkbench(workbench, difficulty);
    fillTargets();
}

void PolicyEditor::fillTargets() {
    m_single->clear();
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
        m_single->addItem(tierIcon(tier), tr("%1 tier").arg(tierLabel(tier)), QString::fromLatin1(tierName(tier)));
    }
    if (m_workbench) {
        for (const auto& candidate : m_workbench->candidates()) {
            if (!candidate.asLogged) {
                m_single->addItem(tierIcon(candidate.tier), toQt(candidate.name), toQt(candidate.id));
            }
        }
    }
}

void PolicyEditor::setPolicy(const route::Policy& policy) {
    m_policy = policy;
    m_filling = true;
    const route::Router& router = policy.router;
    // What cannot be shown here is not shown as something else.
    m_kind->setCurrentIndex(canShow(router) ? m_kind->findData(static_cast<int>(router.kind)) : -1);
    m_single->setCurrentIndex(std::max(0, m_single->findData(toQt(router.use))));
    if (router.kind == RouterKind::threshold && canShow(router)) {
        m_thresholds->setRouter(router);
    }
    m_perMonth->setChecked(router.perMonth);
    m_perSegment->setCurrentIndex(std::max(0, m_perSegment->findData(toQt(router.perSegment))));
    showKind();
    m_amount->setValue(router.kind == RouterKind::floor           ? router.meanQuality * 100
                       : router.kind == RouterKind::expectedValue ? router.valueUsd
                                                                  : router.budgetUsd);
    m_values->setValues(router.kind == RouterKind::expectedValue ? router.perSegment : std::string(), router.valueOf,
                        router.valueUsd);
    m_steps->setRouter(router);
    m_filling = false;
}

void PolicyEditor::setFigures(double costUsd, double meanQuality) {
    m_figures = {costUsd, meanQuality};
}

void PolicyEditor::setTiers(const std::array<project::SignalHistogram, 4>& tiers) {
    m_tiers->setSpec(tierChart(tiers, m_workbench && m_workbench->signal() != "difficulty"));
}

// Two bounds over the three tiers; no voters; no shares of its own; no router inside a router.
bool PolicyEditor::canShow(const route::Router& router) const {
    if (router.kind == RouterKind::threshold) {
        return m_thresholds->canShow(router);
    }
    if (router.kind == RouterKind::random) {
        return router.shares.empty();
    }
    return m_kind->findData(static_cast<int>(router.kind)) >= 0;
}

// Where a kind starts that has just been chosen: near the present figures, never at something without sense.
void PolicyEditor::startKind() {
    const auto kind = static_cast<RouterKind>(m_kind->currentData().toInt());
    const bool wasFilling = std::exchange(m_filling, true);
    if (kind == RouterKind::floor && m_figures) {
        m_amount->setValue(std::floor(m_figures->second * 1000) / 10);
    } else if (kind == RouterKind::budget && m_figures) {
        m_amount->setValue(std::max(0.01, std::ceil(m_figures->first * 100) / 100));
    } else if (kind == RouterKind::expectedValue) {
        m_amount->setValue(0.05);
    } else if (kind == RouterKind::cascade && m_steps->count() < 2) {
        while (m_steps->count() < 3) {
            m_steps->addStep();
        }
    } else if (kind == RouterKind::threshold) {
        m_thresholds->start();
    }
    m_filling = wasFilling;
}

void PolicyEditor::showKind() {
    if (m_kind->currentIndex() < 0) {
        showPage(noFields);
        m_explain->setText(
            tr("This policy was read from a file and has parts that cannot be shown here: it runs as it is written. "
               "Choosing a kind above replaces it."));
        return;
    }
    const auto kind = static_cast<RouterKind>(m_kind->currentData().toInt());
    for (const auto& known : kKinds) {
        if (known.kind == kind) {
            showPage(known.page);
            m_explain->setText(tr(known.explain));
        }
    }
    const bool wasFilling = m_filling;
    m_filling = true;
    m_perMonth->setVisible(kind == RouterKind::budget);
    m_values->setVisible(kind == RouterKind::expectedValue);
    m_perSegment->setVisible(kind == RouterKind::floor);
    m_perSegmentLabel->setVisible(kind == RouterKind::floor);
    if (kind == RouterKind::floor) {
        m_amountLabel->setText(tr("Expected &quality"));
        m_amount->setPrefix({});
        m_amount->setSuffix(u" %"_s);
        m_amount->setDecimals(1);
        m_amount->setRange(0, 100);
    } else {
        m_amountLabel->setText(kind == RouterKind::budget ? tr("&Budget") : tr("&Worth of a right answer"));
        m_amount->setPrefix(u"$"_s);
        m_amount->setSuffix({});
        m_amount->setDecimals(kind == RouterKind::budget ? 2 : 4);
        m_amount->setRange(0, 1e9);
    }
    m_filling = wasFilling;
}

// Thresholds have their own picture; the fields of other kinds take what they need and leave the rest to the tiers'.
void PolicyEditor::showPage(int page) {
    m_pages->setCurrentIndex(page);
    for (int i = 0; i < m_pages->count(); ++i) {
        m_pages->widget(i)->setSizePolicy(QSizePolicy::Preferred,
                                          i == page ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    }
    m_tiers->setVisible(page != thresholdFields);
    auto* box = static_cast<QVBoxLayout*>(layout());
    const bool lists = page == thresholdFields || page == cascadeFields ||
                       m_kind->currentData().toInt() == static_cast<int>(RouterKind::expectedValue);
    box->setStretchFactor(m_pages, lists ? 1 : 0);
}

route::Router PolicyEditor::read() const {
    route::Router router;
    router.kind = static_cast<RouterKind>(m_kind->currentData().toInt());
    if (router.kind == m_policy.router.kind) {
        router.among = m_policy.router.among;
    }
    switch (router.kind) {
        case RouterKind::single:
            router.use = toUtf8(m_single->currentData().toString());
            break;
        case RouterKind::threshold:
            router = m_thresholds->router();
            break;
        case RouterKind::budget:
            router.budgetUsd = m_amount->value();
            router.perMonth = m_perMonth->isChecked();
            break;
        case RouterKind::floor:
            router.meanQuality = m_amount->value() / 100;
            router.perSegment = toUtf8(m_perSegment->currentData().toString());
            break;
        case RouterKind::expectedValue:
            router.valueUsd = m_amount->value();
            router.perSegment = m_values->kind();
            router.valueOf = m_values->values();
            break;
        case RouterKind::cascade:
            m_steps->readInto(router, m_policy.router);
            break;
        default:
            break;
    }
    return router;
}

QString PolicyEditor::nameOf(const route::Router& router) const {
    switch (router.kind) {
        case RouterKind::threshold:
            return toQt(m_thresholds->nameOf(router));
        case RouterKind::floor:
            return tr("Quality at least %1").arg(formatPercent(router.meanQuality));
        case RouterKind::budget:
            return router.perMonth ? tr("%1 a month").arg(formatDollars(router.budgetUsd))
                                   : tr("Budget %1").arg(formatDollars(router.budgetUsd));
        case RouterKind::expectedValue:
            return tr("A right answer is worth %1").arg(formatDollars(router.valueUsd));
        case RouterKind::single:
            return tr("All on %1").arg(m_single->currentText());
        default:
            return m_kind->currentText();
    }
}

void PolicyEditor::edited() {
    if (m_filling || m_kind->currentIndex() < 0) {
        return;
    }
    const route::Router router = read();
    if (router.kind == RouterKind::cascade && router.steps.size() < 2) {
        Q_EMIT told(tr("A cascade needs two steps at least"));
        return;
    }
    Q_EMIT routerEdited(router, nameOf(router));
}

}  // namespace tierwise::ui
