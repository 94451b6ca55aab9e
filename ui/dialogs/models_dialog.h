// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <QDialog>

#include "core/project/analysis.h"

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QSortFilterProxyModel;

namespace tierwise::ui {

class CopyTable;
class ValueModel;

/// Chooses the candidate models of a policy out of the whole catalog: search on the left, what is chosen on the right.
/// Nothing chosen = one default model a tier.
class ModelsDialog : public QDialog {
    Q_OBJECT

public:
    /// chosen: as policies name them (model ids or offerings); empty = the defaults.
    ModelsDialog(const project::Workbench& workbench, const std::vector<std::string>& chosen, QWidget* parent);
    [[nodiscard]] std::vector<std::string> models() const;

private:
    void fillCatalog(const catalog::Catalog& catalog);
    void narrow();
    void addSelected();
    void removeSelected();
    void useDefaults();
    void choose(const std::string& name);
    void check();

    const catalog::Catalog& m_catalog;
    std::vector<std::string> m_defaults;
    QLineEdit* m_search;
    QComboBox* m_tier;
    CopyTable* m_table;
    ValueModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QListWidget* m_chosen;
    QLabel* m_problem;
    QDialogButtonBox* m_buttons;
};

}  // namespace tierwise::ui
