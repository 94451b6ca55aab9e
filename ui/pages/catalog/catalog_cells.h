// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>

#include "core/project/catalog_view.h"
#include "ui/charts/chart_spec.h"
#include "ui/models/value_model.h"

namespace tierwise::ui {

/// How the catalog page words and draws offerings: cells, facts side by side, prices in time.
class CatalogCells {
    Q_DECLARE_TR_FUNCTIONS(CatalogCells)

public:
    [[nodiscard]] static QList<ValueColumn> columns();
    [[nodiscard]] static QList<Cell> rowOf(const project::CatalogLine& line);
    /// The model's name, or the provider's own name for it.
    [[nodiscard]] static std::string nameOf(const project::CatalogLine& line);
    [[nodiscard]] static QString priceText(const std::optional<Rate>& rate, const std::string& currency);
    /// One row a fact, one column an offering; the first column names the fact.
    [[nodiscard]] static QList<ValueModel::Row> sideBySide(const QList<const project::CatalogLine*>& lines);
    /// Input (dotted) and output of each offering over time.
    [[nodiscard]] static ChartSpec history(const catalog::Catalog& prices,
                                           const QList<const project::CatalogLine*>& lines);
    /// Least output price of each tier over time.
    [[nodiscard]] static ChartSpec floors(const std::array<std::vector<project::PriceStep>, 4>& steps, Timestamp until);
};

/// Dollars per million tokens.
[[nodiscard]] double perMillion(const Rate& rate);

}  // namespace tierwise::ui
