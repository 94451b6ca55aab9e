// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/route/policy.h"

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QTableWidget;

namespace tierwise::ui {

/// What holds for every policy: tiers, hosts and jurisdictions by data class, the context window, how long an answer
/// may take, and how much a tier may serve at most. GUI thread.
class ConstraintsEditor : public QWidget {
    Q_OBJECT

public:
    explicit ConstraintsEditor(QWidget* parent = nullptr);
    void setConstraints(const route::Constraints& constraints);

Q_SIGNALS:
    void constraintsEdited(const route::Constraints& constraints, const QString& step);
    void told(const QString& text);

private:
    void addClass();
    void removeClass();
    void read();
    void showIt();

    route::Constraints m_constraints;
    bool m_filling = false;
    QTableWidget* m_classes;
    QCheckBox* m_contextWindow;
    QCheckBox* m_limitLatency;
    QDoubleSpinBox* m_latency;
    QCheckBox* m_cap[3];
    QDoubleSpinBox* m_share[3];
};

}  // namespace tierwise::ui
