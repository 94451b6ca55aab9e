// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QList>
#include <QSortFilterProxyModel>
#include <QVariant>

namespace tierwise::ui {

/// One cell of a small table: what is shown, what it sorts by, what is copied, and the rest.
struct Cell {
    QString text;
    QVariant sortKey;  ///< invalid = by text
    QString exact;     ///< copied in place of text where not empty
    QString tip;
    QVariant icon;   ///< QIcon
    QVariant color;  ///< QColor of the text
};

struct ValueColumn {
    QString title;
    QString tip;
    bool numeric = false;
};

inline constexpr int kSortRole = Qt::UserRole + 101;
inline constexpr int kRowKeyRole = Qt::UserRole + 102;

/// A table of values made elsewhere, up to some ten thousand rows: groups, imports, models, findings.
class ValueModel : public QAbstractTableModel {
    Q_OBJECT

public:
    struct Row {
        QVariant key;  ///< what the row stands for (kRowKeyRole)
        QList<Cell> cells;
        bool strong = false;  ///< a total
    };

    using QAbstractTableModel::QAbstractTableModel;
    void setColumns(QList<ValueColumn> columns);
    void setRows(QList<Row> rows);
    void appendRows(const QList<Row>& rows);
    [[nodiscard]] const QList<Row>& rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<ValueColumn> m_columns;
    QList<Row> m_rows;
};

/// Sorts by the cells' sort keys, missing ones last, totals always at the end.
class ValueSortProxy : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit ValueSortProxy(QObject* parent = nullptr);

protected:
    [[nodiscard]] bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

}  // namespace tierwise::ui
