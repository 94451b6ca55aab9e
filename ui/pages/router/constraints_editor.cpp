// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/constraints_editor.h"

#include <algorithm>

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/format/format.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_hint.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr Tier kTiers[] = {Tier::premium, Tier::commodity, Tier::local};
enum Column { dataClass, firstTier, hosts = 4, jurisdictions, columnCount };

}  // namespace

ConstraintsEditor::ConstraintsEditor(QWidget* parent) : QWidget(parent) {
    auto* intro =
        new QLabel(tr("What a class of data may use. A request that no allowed model can serve is infeasible, and "
                      "listed as such."),
                   this);
    intro->setWordWrap(true);
    m_classes = new QTableWidget(0, columnCount, this);
    m_classes->setObjectName(u"dataClasses"_s);
    m_classes->setAccessibleName(tr("Data classes and what they may use"));
    m_classes->setHorizontalHeaderLabels({tr("Data class"), tierLabel(Tier::premium), tierLabel(Tier::commodity),
                                          tierLabel(Tier::local), tr("Hosts"), tr("Countries")});
    m_classes->horizontalHeaderItem(dataClass)->setToolTip(tr("As the log or the import names it; * = every request"));
    m_classes->horizontalHeaderItem(hosts)->setToolTip(
        tr("Ids of providers as the catalog has them (openai, local), with commas between; empty = any"));
    m_classes->horizontalHeaderItem(jurisdictions)
        ->setToolTip(tr("Countries of the host's operator (DE, US), with commas between; empty = any"));
    m_classes->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_classes->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_classes->verticalHeader()->hide();
    auto* add = new QPushButton(tr("&Add data class"), this);
    add->setObjectName(u"addDataClass"_s);
    auto* remove = new QPushButton(tr("Re&move data class"), this);
    m_contextWindow = new QCheckBox(tr("A model whose context &window is too small cannot serve the request"), this);
    m_limitLatency = new QCheckBox(tr("Answers must come within"), this);
    m_latency = new QDoubleSpinBox(this);
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
    auto* caps = new QHBoxLayout;
    for (std::size_t i = 0; i < 3; ++i) {
        m_cap[i] = new QCheckBox(tr("At most on %1").arg(tierLabel(kTiers[i])), this);
        m_share[i] = new QDoubleSpinBox(this);
        m_share[i]->setObjectName(u"cap"_s + QString::fromLatin1(tierName(kTiers[i])));
        m_share[i]->setRange(0, 100);
        m_share[i]->setDecimals(1);
        m_share[i]->setValue(100);
        m_share[i]->setSuffix(u" %"_s);
        m_share[i]->setKeyboardTracking(false);
        m_share[i]->setAccessibleName(tr("Greatest share of requests on %1").arg(tierLabel(kTiers[i])));
        m_share[i]->setToolTip(tr("Of all requests"));
        caps->addWidget(m_cap[i]);
        caps->addWidget(m_share[i]);
        caps->addSpacing(12);
        connect(m_cap[i], &QCheckBox::toggled, this, &ConstraintsEditor::read);
        connect(m_share[i], &QDoubleSpinBox::valueChanged, this, &ConstraintsEditor::read);
    }
    caps->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addWidget(m_classes, 1);
    layout->addLayout(buttons);
    layout->addWidget(m_contextWindow);
    layout->addLayout(latency);
    layout->addLayout(caps);
    connect(add, &QPushButton::clicked, this, &ConstraintsEditor::addClass);
    connect(remove, &QPushButton::clicked, this, &ConstraintsEditor::removeClass);
    connect(m_classes, &QTableWidget::itemChanged, this, &ConstraintsEditor::read);
    const auto enable = [this, remove] { remove->setEnabled(m_classes->currentRow() >= 0); };
    connect(m_classes, &QTableWidget::itemSelectionChanged, this, enable);
    connect(m_classes->model(), &QAbstractItemModel::rowsRemoved, this, enable);
    enable();
    new EmptyHint(tr("No data class is held back: every request may go to every tier, host and country. Add a class, "
                     "such as pii, to keep it on local models or with some hosts."),
                  m_classes);
    connect(m_contextWindow, &QCheckBox::toggled, this, &ConstraintsEditor::read);
    connect(m_limitLatency, &QCheckBox::toggled, this, &ConstraintsEditor::read);
    connect(m_latency, &QDoubleSpinBox::valueChanged, this, &ConstraintsEditor::read);
}

void ConstraintsEditor::setConstraints(const route::Constraints& constraints) {
    m_constraints = constraints;
    showIt();
}

void ConstraintsEditor::addClass() {
    route::Constraints next = m_constraints;
    const auto taken = [&](const std::string& name) {
        return std::any_of(next.dataClasses.begin(), next.dataClasses.end(),
                           [&](const auto& rule) { return rule.dataClass == name; });
    };
    std::string name = "pii";
    for (const char* other : {"secret", "health", "finance"}) {
        name = taken(name) ? other : name;
    }
    next.dataClasses.push_back({name, {Tier::local}, {}, {}});
    Q_EMIT constraintsEdited(next, tr("Add data class"));
}

void ConstraintsEditor::removeClass() {
    const int row = m_classes->currentRow();
    route::Constraints next = m_constraints;
    if (row < 0 || row >= static_cast<int>(next.dataClasses.size())) {
        Q_EMIT told(tr("Select a data class first"));
        return;
    }
    next.dataClasses.erase(next.dataClasses.begin() + row);
    Q_EMIT constraintsEdited(next, tr("Remove data class"));
}

void ConstraintsEditor::showIt() {
    m_filling = true;
    m_classes->setRowCount(static_cast<int>(m_constraints.dataClasses.size()));
    for (int row = 0; row < m_classes->rowCount(); ++row) {
        const auto& rule = m_constraints.dataClasses[static_cast<std::size_t>(row)];
        m_classes->setItem(row, dataClass, new QTableWidgetItem(toQt(rule.dataClass)));
        for (int i = 0; i < 3; ++i) {
            auto* item = new QTableWidgetItem;
            item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
            const bool allowed =
                rule.tiers.empty() || std::find(rule.tiers.begin(), rule.tiers.end(), kTiers[i]) != rule.tiers.end();
            item->setCheckState(allowed ? Qt::Checked : Qt::Unchecked);
            m_classes->setItem(row, firstTier + i, item);
        }
        m_classes->setItem(row, hosts, new QTableWidgetItem(joinWords(rule.hosts)));
        m_classes->setItem(row, jurisdictions, new QTableWidgetItem(joinWords(rule.jurisdictions)));
    }
    m_contextWindow->setChecked(m_constraints.contextWindow);
    m_limitLatency->setChecked(m_constraints.maxLatencySeconds.has_value());
    m_latency->setValue(m_constraints.maxLatencySeconds.value_or(m_latency->value()));
    m_latency->setEnabled(m_limitLatency->isChecked());
    for (std::size_t i = 0; i < 3; ++i) {
        const auto cap = std::find_if(m_constraints.caps.begin(), m_constraints.caps.end(),
                                      [&](const auto& one) { return one.use == tierName(kTiers[i]); });
        m_cap[i]->setChecked(cap != m_constraints.caps.end());
        m_share[i]->setEnabled(cap != m_constraints.caps.end());
        if (cap != m_constraints.caps.end()) {
            m_share[i]->setValue(cap->share * 100);
        }
    }
    m_filling = false;
}

void ConstraintsEditor::read() {
    if (m_filling) {
        return;
    }
    route::Constraints next = m_constraints;
    for (int row = 0; row < m_classes->rowCount() && row < static_cast<int>(next.dataClasses.size()); ++row) {
        auto& rule = next.dataClasses[static_cast<std::size_t>(row)];
        rule.dataClass = toUtf8(m_classes->item(row, dataClass)->text().trimmed());
        rule.tiers.clear();
        for (int i = 0; i < 3; ++i) {
            if (m_classes->item(row, firstTier + i)->checkState() == Qt::Checked) {
                rule.tiers.push_back(kTiers[i]);
            }
        }
        if (rule.tiers.empty() || rule.dataClass.empty()) {
            Q_EMIT told(rule.tiers.empty() ? tr("A data class needs one tier at least")
                                           : tr("A data class needs a name"));
            showIt();
            return;
        }
        if (rule.tiers.size() == 3) {
            rule.tiers.clear();  // every tier, unbanded models too
        }
        rule.hosts = splitWords(m_classes->item(row, hosts)->text());
        rule.jurisdictions = splitWords(m_classes->item(row, jurisdictions)->text().toUpper());
    }
    next.contextWindow = m_contextWindow->isChecked();
    next.maxLatencySeconds = m_limitLatency->isChecked() ? std::optional<double>(m_latency->value()) : std::nullopt;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string tier = tierName(kTiers[i]);
        next.caps.erase(
            std::remove_if(next.caps.begin(), next.caps.end(), [&](const auto& cap) { return cap.use == tier; }),
            next.caps.end());
        if (m_cap[i]->isChecked()) {
            next.caps.push_back({tier, m_share[i]->value() / 100});
        }
    }
    if (next != m_constraints) {
        Q_EMIT constraintsEdited(next, tr("Change constraints"));
    }
}

}  // namespace tierwise::ui
