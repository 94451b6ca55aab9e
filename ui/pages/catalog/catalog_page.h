// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/project/catalog_view.h"
#include "core/project/own_catalog.h"
#include "ui/jobs/job_slot.h"
#include "ui/pages/page.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;
class QTabWidget;

namespace tierwise::ui {

class ChartPanel;
class CopyTable;
class OwnEntryDialog;
class ValueModel;
class ValueSortProxy;

/// What models cost, by whom, since when and from which source; prices of one's own.
class CatalogPage : public Page {
    Q_OBJECT

public:
    explicit CatalogPage(Desk& desk, QWidget* parent = nullptr);
    [[nodiscard]] bool needsProject() const override { return false; }
    void activated() override;
    [[nodiscard]] QList<QWidget*> panes() const override;
    void saveState(QSettings& settings) const override;
    void restoreState(const QSettings& settings) override;
    [[nodiscard]] CopyTable* table() const { return m_table; }
    [[nodiscard]] const std::vector<project::CatalogLine>& lines() const { return m_lines; }

private:
    struct Loaded {
        std::vector<project::CatalogLine> lines;
        std::array<std::vector<project::PriceStep>, 4> floors;
    };
    QWidget* makeFilters();
    void load();
    void fill(Loaded loaded);
    void applyFilters();
    void fillChoice(QComboBox* combo, const std::string project::CatalogLine::*member, const QString& all);
    void showSelection();
    void showHistory(const QList<int>& picked);
    void showSideBySide(const QList<int>& picked);
    void showFloors();
    [[nodiscard]] QList<int> picked() const;
    [[nodiscard]] QList<const project::CatalogLine*> linesOf(const QList<int>& chosen) const;
    void editOwnPrice();
    void addOffering();
    void openEntry(OwnEntryDialog* dialog);
    void openUpdate();
    void returnToCatalog(const std::string& hash);
    void removeOwnPrice();
    void changeOwnPrices(const QString& name, std::function<Result<void>()> change);

    QLineEdit* m_search;
    QComboBox* m_tier;
    QComboBox* m_author;
    QComboBox* m_host;
    QComboBox* m_licence;
    QCheckBox* m_mainOnly;
    CopyTable* m_table;
    ValueModel* m_model;
    ValueSortProxy* m_proxy;
    QTabWidget* m_tabs;
    ChartPanel* m_history;
    ChartPanel* m_floors;
    CopyTable* m_side;
    ValueModel* m_sideModel;
    QSplitter* m_split;
    std::vector<project::CatalogLine> m_lines;
    std::array<std::vector<project::PriceStep>, 4> m_floorSteps;
    std::shared_ptr<const catalog::Catalog> m_shown;
    JobSlot m_slot;
    JobSlot m_editSlot;
};

}  // namespace tierwise::ui
