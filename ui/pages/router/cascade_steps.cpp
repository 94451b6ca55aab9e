// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/cascade_steps.h"

#include <algorithm>

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

enum Column { tried, rightAccepted, wrongAccepted };

QDoubleSpinBox* percentIn(const QTableWidget& table, int row, int column) {
    return qobject_cast<QDoubleSpinBox*>(table.cellWidget(row, column));
}

QComboBox* targetIn(const QTableWidget& table, int row) {
    return qobject_cast<QComboBox*>(table.cellWidget(row, tried));
}

}  // namespace

CascadeSteps::CascadeSteps(const QComboBox* targets, QWidget* parent)
    : QWidget(parent), m_targets(targets), m_steps(new QTableWidget(0, 3, this)) {
    m_steps->setObjectName(u"cascadeSteps"_s);
    m_steps->setAccessibleName(tr("Steps of the cascade"));
    m_steps->setHorizontalHeaderLabels({tr("Try"), tr("Right answers accepted"), tr("Wrong answers accepted")});
    m_steps->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    auto* add = new QPushButton(tr("Add step"), this);
    auto* remove = new QPushButton(tr("Remove step"), this);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_steps, 1);
    layout->addLayout(buttons);
    connect(add, &QPushButton::clicked, this, &CascadeSteps::addStep);
    connect(remove, &QPushButton::clicked, this, &CascadeSteps::removeStep);
}

int CascadeSteps::count() const {
    return m_steps->rowCount();
}

void CascadeSteps::setRouter(const route::Router& router) {
    m_steps->setRowCount(0);
    for (std::size_t i = 0; i < router.steps.size(); ++i) {
        addStep();
        const auto row = static_cast<int>(i);
        QComboBox* target = targetIn(*m_steps, row);
        target->setCurrentIndex(std::max(0, target->findData(toQt(router.steps[i].use))));
        if (i < router.verifiers.size()) {
            const auto& verifier = router.verifiers[i];
            percentIn(*m_steps, row, rightAccepted)->setValue(verifier.recall * 100);
            percentIn(*m_steps, row, wrongAccepted)->setValue(verifier.acceptWrong.value_or(0) * 100);
        }
    }
}

void CascadeSteps::readInto(route::Router& router, const route::Router& known) const {
    for (int row = 0; row < m_steps->rowCount(); ++row) {
        route::Router step;
        step.use = toUtf8(targetIn(*m_steps, row)->currentData().toString());
        router.steps.push_back(step);
        if (row + 1 < m_steps->rowCount()) {
            const auto at = static_cast<std::size_t>(row);
            route::Verifier verifier;
            if (at < known.verifiers.size()) {
                verifier = known.verifiers[at];
            }
            verifier.precision.reset();
            verifier.recall = percentIn(*m_steps, row, rightAccepted)->value() / 100;
            verifier.acceptWrong = percentIn(*m_steps, row, wrongAccepted)->value() / 100;
            router.verifiers.push_back(verifier);
        }
    }
}

void CascadeSteps::addStep() {
    const int row = m_steps->rowCount();
    m_steps->insertRow(row);
    auto* target = new QComboBox(m_steps);
    target->setAccessibleName(tr("Step %1").arg(row + 1));
    for (int i = 0; i < m_targets->count(); ++i) {
        target->addItem(m_targets->itemIcon(i), m_targets->itemText(i), m_targets->itemData(i));
    }
    target->setCurrentIndex(row == 0 ? 2 : row == 1 ? 1 : 0);  // local, commodity, premium
    m_steps->setCellWidget(row, tried, target);
    connect(target, &QComboBox::activated, this, &CascadeSteps::edited);
    for (const int column : {rightAccepted, wrongAccepted}) {
        auto* box = new QDoubleSpinBox(m_steps);
        box->setRange(0, 100);
        box->setDecimals(1);
        box->setKeyboardTracking(false);
        box->setSuffix(u" %"_s);
        box->setValue(column == rightAccepted ? 90 : 10);
        box->setAccessibleName(column == rightAccepted ? tr("Right answers accepted") : tr("Wrong answers accepted"));
        m_steps->setCellWidget(row, column, box);
        connect(box, &QDoubleSpinBox::valueChanged, this, &CascadeSteps::edited);
    }
    Q_EMIT edited();
}

void CascadeSteps::removeStep() {
    if (m_steps->rowCount() > 0) {
        m_steps->removeRow(m_steps->currentRow() >= 0 ? m_steps->currentRow() : m_steps->rowCount() - 1);
        Q_EMIT edited();
    }
}

}  // namespace tierwise::ui
