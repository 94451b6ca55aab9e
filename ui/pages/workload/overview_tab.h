// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>

#include "core/project/workload_view.h"
#include "ui/jobs/job_slot.h"

class QComboBox;
class QLabel;

namespace tierwise::ui {

class ChartPanel;
class EmptyState;
class Desk;

/// The workload at a glance: its size, cost by tier, over time, by model and team, and how concentrated it is.
class OverviewTab : public QScrollArea {
    Q_OBJECT

public:
    explicit OverviewTab(Desk& desk, QWidget* parent = nullptr);
    /// Computes when the rows and the catalog are there.
    void refresh();
    [[nodiscard]] const project::WorkloadOverview& overview() const { return m_overview; }

Q_SIGNALS:
    /// Rows behind a bar: (column, value).
    void rowsWanted(const QString& column, const QString& value);
    void statusChanged(const QString& text);

private:
    void present();
    void showFigures();
    void showTiers();
    void showPeriods();
    void showNames(ChartPanel* panel, const QString& title, const std::vector<project::NamedCost>& names, bool tiers);
    void showConcentration();
    [[nodiscard]] QString basisWords() const;
    [[nodiscard]] QString leftOut() const;

    Desk& m_desk;
    JobSlot m_slot;
    project::WorkloadOverview m_overview;
    QList<QLabel*> m_figures;
    QLabel* m_note;
    QComboBox* m_basis;
    ChartPanel* m_tiers;
    ChartPanel* m_periods;
    ChartPanel* m_models;
    ChartPanel* m_teams;
    ChartPanel* m_concentration;
    EmptyState* m_nothing;  ///< in place of the charts where nothing has a price
};

}  // namespace tierwise::ui
