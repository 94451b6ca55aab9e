// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>

#include "core/project/catalog_update.h"
#include "ui/models/value_model.h"

namespace tierwise::ui {

/// An update and the catalogs that were in use, in words and table rows.
class UpdateRows {
    Q_DECLARE_TR_FUNCTIONS(UpdateRows)

public:
    [[nodiscard]] static QList<ValueColumn> columns();
    /// kind: a catalog::ChangeKind, -1 = only what is quarantined, -2 = all. One row a rate; the key is the offering.
    [[nodiscard]] static QList<ValueModel::Row> rowsOf(const catalog::CatalogDiff& diff, int kind);
    [[nodiscard]] static QString summary(const project::WaitingUpdate& waiting);
    /// The first few, and how many more there are.
    [[nodiscard]] static QString notes(const std::vector<std::string>& notes);
    [[nodiscard]] static QList<ValueColumn> historyColumns();
    /// The newest first; the key is the hash.
    [[nodiscard]] static QList<ValueModel::Row> historyRows(const project::CatalogHistory& history);
};

}  // namespace tierwise::ui
