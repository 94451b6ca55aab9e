// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QAbstractTableModel>
#include <QCache>

#include "core/project/analysis.h"

namespace tierwise::ui {

class Desk;

/// The rows of a policy, each with where it goes and why. Lines are described as they come into view (a look-up), so
/// that a million rows cost nothing until they are looked at. GUI thread.
class RoutedRowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    RoutedRowsModel(std::shared_ptr<const project::Workbench> workbench, route::Policy policy,
                    std::vector<std::uint32_t> rows, QObject* parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Snapshot row of a line.
    [[nodiscard]] std::uint32_t rowAt(int line) const { return m_rows[static_cast<std::size_t>(line)]; }

private:
    [[nodiscard]] const analyze::RoutedRow* line(int number) const;

    std::shared_ptr<const project::Workbench> m_workbench;
    route::Policy m_policy;
    std::vector<std::uint32_t> m_rows;
    mutable QCache<int, std::vector<analyze::RoutedRow>> m_blocks;  ///< by block of kBlock lines
};

/// Opens a window with the rows that a policy sends to a tier (or all), found off the GUI thread.
void showRoutedRows(Desk& desk, const std::shared_ptr<const project::Workbench>& workbench, const route::Policy& policy,
                    std::optional<Tier> tier);

}  // namespace tierwise::ui
