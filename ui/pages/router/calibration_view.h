// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/project/calibration.h"

class QAction;
class QLabel;
class QStackedWidget;

namespace tierwise::ui {

class ChartPanel;
class CopyTable;
class EmptyState;
class ValueModel;

/// How far predicted quality can be trusted: reliability diagram with sample sizes, and figures by model with their
/// evidence. GUI thread.
class CalibrationView : public QWidget {
    Q_OBJECT

public:
    /// fill: what brings scores into the project; refit: fits the difficulty to them.
    CalibrationView(QAction* fill, QAction* refit, QWidget* parent = nullptr);
    /// overrides: how many the fit counts as scored answers.
    void setReport(const project::CalibrationReport& report, int overrides);

Q_SIGNALS:
    void told(const QString& text);

private:
    [[nodiscard]] static QString withoutScores(int overrides);

    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QLabel* m_text;
    ChartPanel* m_chart;
    CopyTable* m_table;
    ValueModel* m_model;
};

}  // namespace tierwise::ui
