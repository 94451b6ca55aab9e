// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "core/ingest/import_plan.h"

class QComboBox;
class QTableWidget;

namespace tierwise::ui {

/// What each column of a log means and in which unit it is, with an example of each, and below it what the columns
/// cannot say: how cached and reasoning tokens are counted, the form of numbers and dates, the time zone.
class MappingGrid : public QWidget {
    Q_OBJECT

public:
    explicit MappingGrid(QWidget* parent = nullptr);
    void setPlan(const ingest::PlannedImport& planned);
    /// Writes what the user chose into the mapping of the plan that was shown.
    void apply(ingest::ImportPlan& plan) const;

Q_SIGNALS:
    /// The user changed something.
    void edited();

private:
    void buildConventions();
    void addRow(int row, const std::string& column, const QString& example, const ingest::ColumnMapping& mapped);

    QTableWidget* m_columns;
    QComboBox* m_cache;
    QComboBox* m_reasoning;
    QComboBox* m_numbers;
    QComboBox* m_dates;
    QComboBox* m_zone;
};

}  // namespace tierwise::ui
