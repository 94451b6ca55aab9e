// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QWidget>

#include "core/ingest/import_plan.h"

class QComboBox;
class QLineEdit;
class QStandardItemModel;
class QTableWidget;
class QTimer;

namespace tierwise::ui {

/// What each column of a log means and in which unit it is, with an example of each and the rejects it causes, and
/// below it what the columns cannot say: how cached and reasoning tokens are counted, the form of numbers and dates,
/// the time zone.
class MappingGrid : public QWidget {
    Q_OBJECT

public:
    explicit MappingGrid(QWidget* parent = nullptr);
    void setPlan(const ingest::PlannedImport& planned);
    /// Writes what the user chose into the mapping of the plan that was shown.
    void apply(ingest::ImportPlan& plan) const;
    /// How many rows of the preview each column had rejected, by its name in the file.
    void setRejects(const QHash<QString, int>& byColumn);

Q_SIGNALS:
    /// The user changed something.
    void edited();

private:
    void buildConventions();
    void addRow(int row);
    void addSomeRows();

    QTableWidget* m_columns;
    QStandardItemModel* m_fields;
    QTimer* m_filling;
    std::vector<ingest::ColumnMapping> m_shown;  ///< by row; rows from m_built on have no widgets yet
    int m_built = 0;
    QComboBox* m_cache;
    QComboBox* m_reasoning;
    QComboBox* m_numbers;
    QComboBox* m_dates;
    QComboBox* m_zone;
    QLineEdit* m_provider;
};

}  // namespace tierwise::ui
