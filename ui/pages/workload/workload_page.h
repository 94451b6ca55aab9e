// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/page.h"

class QTabWidget;

namespace tierwise::ui {

class DoctorTab;
class ImportsTab;
class OverviewTab;
class RejectsTab;
class RequestsTab;

/// The first step: the requests themselves, what they cost, and how they came in.
class WorkloadPage : public Page {
    Q_OBJECT

public:
    explicit WorkloadPage(Desk& desk, QWidget* parent = nullptr);
    void activated() override;
    [[nodiscard]] QList<QWidget*> panes() const override;
    void saveState(QSettings& settings) const override;
    void restoreState(const QSettings& settings) override;
    /// {"column": ..., "value": ...} shows those rows; {"tab": "imports"} a tab.
    void show(const QVariantMap& request) override;

    [[nodiscard]] RequestsTab* requests() const { return m_requests; }
    [[nodiscard]] OverviewTab* overview() const { return m_overview; }

private:
    void addCommands();
    void refresh();
    void showStatusOf(QWidget* tab);

    QTabWidget* m_tabs;
    RequestsTab* m_requests;
    OverviewTab* m_overview;
    ImportsTab* m_imports;
    RejectsTab* m_rejects;
    DoctorTab* m_doctor;
    QHash<QWidget*, QString> m_status;
    quint64 m_shownVersion = 0;
    bool m_overviewStale = true;
};

}  // namespace tierwise::ui
