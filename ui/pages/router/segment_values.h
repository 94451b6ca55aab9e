// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include <QWidget>

#include "core/store/workload_snapshot.h"

class QComboBox;
class QTableWidget;

namespace tierwise::ui {

/// What a right answer is worth in single teams, tags, domains ...; everything else has the value above. GUI thread.
class SegmentValues : public QWidget {
    Q_OBJECT

public:
    explicit SegmentValues(QWidget* parent = nullptr);
    /// The log whose teams, tags ... can be chosen; may be null.
    void setRows(const store::WorkloadSnapshot* rows);
    void setValues(const std::string& kind, const std::map<std::string, double>& values, double others);
    [[nodiscard]] std::string kind() const;  ///< "" where no segment has a value of its own
    [[nodiscard]] std::map<std::string, double> values() const;

Q_SIGNALS:
    void edited();

private:
    void addRow(const QString& name, double value);
    void addNext();
    [[nodiscard]] QStringList known() const;

    const store::WorkloadSnapshot* m_rows = nullptr;
    double m_others = 0;
    bool m_filling = false;
    QComboBox* m_kind;
    QTableWidget* m_table;
};

}  // namespace tierwise::ui
