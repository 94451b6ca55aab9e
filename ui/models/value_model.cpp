// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/value_model.h"

#include <QFont>

#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

namespace {
constexpr int kStrongRole = Qt::UserRole + 103;
}

void ValueModel::setColumns(QList<ValueColumn> columns) {
    beginResetModel();
    m_columns = std::move(columns);
    m_rows.clear();
    endResetModel();
}

void ValueModel::setRows(QList<Row> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void ValueModel::appendRows(const QList<Row>& rows) {
    if (!rows.isEmpty()) {
        beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(rows.size()) - 1);
        m_rows.append(rows);
        endInsertRows();
    }
}

int ValueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ValueModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant ValueModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= m_rows.size()) {
        return {};
    }
    const Row& row = m_rows[index.row()];
    if (role == kRowKeyRole) {
        return row.key;
    }
    if (role == kStrongRole) {
        return row.strong;
    }
    const Cell cell = row.cells.value(index.column());
    switch (role) {
        case Qt::DisplayRole:
            return cell.text;
        case Qt::ToolTipRole:
            return cell.tip.isEmpty() ? QVariant() : QVariant(cell.tip);
        case Qt::DecorationRole:
            return cell.icon;
        case Qt::ForegroundRole:
            return cell.color;
        case Qt::FontRole:
            if (row.strong) {
                QFont font;
                font.setBold(true);
                return font;
            }
            return {};
        case Qt::TextAlignmentRole:
            return headerData(index.column(), Qt::Horizontal, role);
        case kSortRole:
            return cell.sortKey.isValid() ? cell.sortKey : QVariant(cell.text);
        case kExactRole:
            return cell.exact.isEmpty() ? QVariant() : QVariant(cell.exact);
        default:
            return {};
    }
}

QVariant ValueModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size()) {
        return {};
    }
    const ValueColumn& column = m_columns[section];
    switch (role) {
        case Qt::DisplayRole:
            return column.title;
        case Qt::ToolTipRole:
            return column.tip.isEmpty() ? QVariant() : QVariant(column.tip);
        case Qt::TextAlignmentRole:
            return static_cast<int>((column.numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        default:
            return {};
    }
}

ValueSortProxy::ValueSortProxy(QObject* parent) : QSortFilterProxyModel(parent) {
    setSortRole(kSortRole);
    setFilterKeyColumn(-1);
    setFilterCaseSensitivity(Qt::CaseInsensitive);
    setSortCaseSensitivity(Qt::CaseInsensitive);
}

bool ValueSortProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const bool ascending = sortOrder() == Qt::AscendingOrder;
    const bool leftStrong = left.data(kStrongRole).toBool();
    const bool rightStrong = right.data(kStrongRole).toBool();
    if (leftStrong != rightStrong) {
        return leftStrong ? !ascending : ascending;
    }
    const QVariant a = left.data(kSortRole);
    const QVariant b = right.data(kSortRole);
    const bool aNumber =
        a.metaType() == QMetaType::fromType<double>() || a.metaType() == QMetaType::fromType<qlonglong>();
    const bool bNumber =
        b.metaType() == QMetaType::fromType<double>() || b.metaType() == QMetaType::fromType<qlonglong>();
    if (aNumber != bNumber) {
        return aNumber ? ascending : !ascending;  // a text among numbers is a missing value: last
    }
    return QSortFilterProxyModel::lessThan(left, right);
}

}  // namespace tierwise::ui
