// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/segment_values.h"

#include <algorithm>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t kMostOffered = 500;
}

SegmentValues::SegmentValues(QWidget* parent)
    : QWidget(parent), m_kind(new QComboBox(this)), m_table(new QTableWidget(0, 2, this)) {
    m_kind->setObjectName(u"valueBy"_s);
    m_kind->setAccessibleName(tr("Worth by"));
    m_kind->addItem(tr("team"), u"team"_s);
    m_kind->addItem(tr("tag"), u"tag"_s);
    m_kind->addItem(tr("domain"), u"domain"_s);
    m_kind->addItem(tr("data class"), u"dataClass"_s);
    m_kind->addItem(tr("user"), u"user"_s);
    m_table->setObjectName(u"segmentValues"_s);
    m_table->setAccessibleName(tr("Worth of a right answer in single segments"));
    m_table->setHorizontalHeaderLabels({tr("Segment"), tr("Worth of a right answer")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    auto* label = new QLabel(tr("Another worth in single &segments, by"), this);
    label->setBuddy(m_kind);
    auto* add = new QPushButton(tr("Add segment"), this);
    add->setObjectName(u"addSegmentValue"_s);
    auto* remove = new QPushButton(tr("Remove segment"), this);
    auto* top = new QHBoxLayout;
    top->addWidget(label);
    top->addWidget(m_kind);
    top->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_table, 1);
    layout->addLayout(buttons);
    connect(m_kind, &QComboBox::activated, this, [this] {
        m_table->setRowCount(0);
        Q_EMIT edited();
    });
    connect(add, &QPushButton::clicked, this, &SegmentValues::addNext);
    connect(remove, &QPushButton::clicked, this, [this] {
        const int row = m_table->currentRow() >= 0 ? m_table->currentRow() : m_table->rowCount() - 1;
        if (row >= 0) {
            m_table->removeRow(row);
            Q_EMIT edited();
        }
    });
}

void SegmentValues::setRows(const store::WorkloadSnapshot* rows) {
    m_rows = rows;
}

QStringList SegmentValues::known() const {
    QStringList names;
    if (m_rows == nullptr) {
        return names;
    }
    const std::string wanted = toUtf8(m_kind->currentData().toString());
    const std::pair<const char*, const store::DictionaryColumn*> columns[] = {{"team", &m_rows->team},
                                                                              {"tag", &m_rows->tag},
                                                                              {"domain", &m_rows->domain},
                                                                              {"dataClass", &m_rows->dataClass},
                                                                              {"user", &m_rows->user}};
    for (const auto& [kind, column] : columns) {
        if (wanted == kind) {
            for (std::size_t i = 0; i < column->names.size() && i < kMostOffered; ++i) {
                if (!column->names[i].empty()) {
                    names.append(toQt(column->names[i]));
                }
            }
        }
    }
    names.sort();
    return names;
}

void SegmentValues::addRow(const QString& name, double value) {
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    auto* segment = new QComboBox(m_table);
    segment->setEditable(true);
    segment->addItems(known());
    segment->setCurrentText(name);
    segment->setAccessibleName(tr("Segment"));
    m_table->setCellWidget(row, 0, segment);
    auto* worth = new QDoubleSpinBox(m_table);
    worth->setRange(0, 1e6);
    worth->setDecimals(4);
    worth->setPrefix(u"$"_s);
    worth->setValue(value);
    worth->setKeyboardTracking(false);
    worth->setAccessibleName(tr("Worth of a right answer"));
    m_table->setCellWidget(row, 1, worth);
    const auto changed = [this] {
        if (!m_filling) {
            Q_EMIT edited();
        }
    };
    connect(segment, &QComboBox::currentTextChanged, this, changed);
    connect(worth, &QDoubleSpinBox::valueChanged, this, changed);
}

void SegmentValues::addNext() {
    const auto taken = values();
    QString next = tr("name");
    for (const QString& name : known()) {
        if (taken.find(toUtf8(name)) == taken.end()) {
            next = name;
            break;
        }
    }
    addRow(next, m_others > 0 ? m_others * 10 : 1);
    m_table->selectRow(m_table->rowCount() - 1);
    Q_EMIT edited();
}

void SegmentValues::setValues(const std::string& kind, const std::map<std::string, double>& values_, double others) {
    m_others = others;
    if (kind == this->kind() && values_ == values()) {
        return;  // our own edit coming back: the field keeps the focus
    }
    m_filling = true;
    m_kind->setCurrentIndex(std::max(0, m_kind->findData(toQt(kind))));
    m_table->setRowCount(0);
    for (const auto& [name, value] : values_) {
        addRow(toQt(name), value);
    }
    m_filling = false;
}

std::string SegmentValues::kind() const {
    return m_table->rowCount() == 0 ? std::string() : toUtf8(m_kind->currentData().toString());
}

std::map<std::string, double> SegmentValues::values() const {
    std::map<std::string, double> found;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto* segment = qobject_cast<QComboBox*>(m_table->cellWidget(row, 0));
        const auto* worth = qobject_cast<QDoubleSpinBox*>(m_table->cellWidget(row, 1));
        if (segment != nullptr && worth != nullptr) {
            found[toUtf8(segment->currentText())] = worth->value();
        }
    }
    return found;
}

}  // namespace tierwise::ui
