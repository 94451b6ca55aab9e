// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/project/project.h"
#include "core/project/workload_view.h"
#include "ui/jobs/job_slot.h"

class QComboBox;
class QLabel;
class QSettings;
class QSplitter;
class QStackedWidget;

namespace tierwise::ui {

class CopyTable;
class Desk;
class DetailPane;
class FilterBar;
class RequestModel;
class ValueModel;

/// The rows of the project under filters, or their totals by a column, with the selected row whole beside them.
class RequestsTab : public QWidget {
    Q_OBJECT

public:
    explicit RequestsTab(Desk& desk, QWidget* parent = nullptr);
    void setProject();
    void refresh();
    /// The rows shown got a difficulty.
    void rereadRows();
    /// Shows exactly these rows' filter.
    void showFilters(std::vector<project::RowFilter> filters, const QString& text);
    /// Asks where, and writes the rows shown, or their groups' totals, as CSV.
    void exportShown();
    void focusFilter();
    void groupBy(const QString& column);
    void toggleDetail();
    void filterBySelected(bool exclude);
    [[nodiscard]] FilterBar* filterBar() const { return m_filter; }
    [[nodiscard]] CopyTable* table() const { return m_table; }
    [[nodiscard]] RequestModel* model() const { return m_model; }
    [[nodiscard]] QList<QWidget*> panes() const;
    void saveState(QSettings& settings) const;
    void restoreState(const QSettings& settings);

Q_SIGNALS:
    void statusChanged(const QString& text);

private:
    void applyFilter();
    void updateGroups();
    struct Groups {
        std::vector<project::GroupTotal> totals;
        std::unordered_map<std::string, project::CostSum> catalogCosts;  ///< empty where they are not known
    };
    void fillGroups(const Groups& groups);
    void updateStatus();
    void sumSelection();
    void openGroup(const QModelIndex& index);
    void loadColumns();

    Desk& m_desk;
    FilterBar* m_filter;
    QComboBox* m_group;
    QStackedWidget* m_stack;
    CopyTable* m_table;
    RequestModel* m_model;
    CopyTable* m_groupTable;
    ValueModel* m_groupModel;
    DetailPane* m_detail;
    QSplitter* m_split;
    JobSlot m_groupSlot;
    JobSlot m_sumSlot;
    JobSlot m_columnSlot;
    JobSlot m_exportSlot;
    QString m_sumText;
    class QTimer* m_sumDelay;
};

}  // namespace tierwise::ui
