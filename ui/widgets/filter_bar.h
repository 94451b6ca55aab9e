// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/project/project.h"

class QHBoxLayout;
class QLineEdit;
class QTimer;
class QToolButton;

namespace tierwise::ui {

/// "model:gpt-4o cost>=0.1 hello" -> filters, and the words that are none. Columns are the ones given; ':' means
/// contains, '=' and '!=' are exact, '>=' and '<=' compare, "column:-" means missing.
struct ParsedFilter {
    std::vector<project::RowFilter> filters;
    QString text;
};
[[nodiscard]] ParsedFilter parseFilter(const QString& typed, const QStringList& columns);
/// "cost >= 0.1", for a chip.
[[nodiscard]] QString describeFilter(const project::RowFilter& filter);

/// Free text and filter chips. Text searches while typing; "column:value" and Enter makes a chip; a chip's click or
/// Delete removes it.
class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);
    /// Names that filters may use: (query name, title).
    void setColumns(const QList<QPair<QString, QString>>& columns);
    void setFilters(std::vector<project::RowFilter> filters, const QString& text);
    [[nodiscard]] const std::vector<project::RowFilter>& filters() const { return m_filters; }
    [[nodiscard]] QString text() const;
    void addFilter(const project::RowFilter& filter);
    void focusText();
    /// Widgets to the right of the bar.
    void addWidget(QWidget* widget);

public Q_SLOTS:
    void clear();
    void addFilterDialog();

Q_SIGNALS:
    void changed();

private:
    void take();
    void rebuildChips();

    QList<QPair<QString, QString>> m_columns;
    std::vector<project::RowFilter> m_filters;
    QLineEdit* m_text;
    QToolButton* m_add;
    QToolButton* m_clear;
    QHBoxLayout* m_line;
    QHBoxLayout* m_chips;
    QTimer* m_delay;
};

}  // namespace tierwise::ui
