// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalog/catalog_page.h"

#include <algorithm>
#include <set>

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QUndoStack>
#include <QVBoxLayout>

#include "core/project/catalog_update.h"
#include "ui/charts/chart_panel.h"
#include "ui/commands/own_price_command.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/pages/catalog/catalog_cells.h"
#include "ui/pages/catalog/own_entry_dialog.h"
#include "ui/pages/catalog/update_dialog.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using project::CatalogLine;

namespace {

constexpr int kMostPicked = 4;
constexpr Tier kTiers[] = {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded};

}  // namespace

CatalogPage::CatalogPage(Desk& desk, QWidget* parent)
    : Page(desk, parent),
      m_search(new QLineEdit(this)),
      m_tier(new QComboBox(this)),
      m_author(new QComboBox(this)),
      m_host(new QComboBox(this)),
      m_licence(new QComboBox(this)),
      m_mainOnly(new QCheckBox(tr("First-hand offerings only"), this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_proxy(new ValueSortProxy(this)),
      m_tabs(new QTabWidget(this)),
      m_history(new ChartPanel(this)),
      m_floors(new ChartPanel(this)),
      m_side(new CopyTable(this)),
      m_sideModel(new ValueModel(this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_slot(desk.jobs()),
      m_editSlot(desk.jobs()) {
    m_model->setColumns(CatalogCells::columns());
    m_proxy->setSourceModel(m_model);
    m_table->setModel(m_proxy);
    m_table->setObjectName(u"catalogTable"_s);
    m_table->setAccessibleName(tr("Models and prices"));
    m_table->setProperty("frameless", true);
    const int widths[] = {220, 110, 110, 140, 105, 115, 120, 90, 120, 100, 240};
    for (int column = 0; column < 11; ++column) {
        m_table->setColumnWidth(column, widths[column]);
    }
    m_table->horizontalHeader()->setSortIndicator(9, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    m_side->setModel(m_sideModel);
    m_side->setAccessibleName(tr("Selected models side by side"));
    m_side->setProperty("frameless", true);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_history, tr("Price history"));
    m_tabs->addTab(m_side, tr("Side by side"));
    m_tabs->addTab(m_floors, tr("Floor of each tier"));
    m_tabs->tabBar()->setAccessibleName(tr("Views of prices"));
    m_tabs->setAccessibleName(m_tabs->tabBar()->accessibleName());
    m_split->addWidget(m_table);
    m_split->addWidget(m_tabs);
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({420, 300});
    m_split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFilters());
    column->addWidget(m_split, 1);
    connect(m_table, &CopyTable::told, &desk, &Desk::tell);
    connect(m_history, &ChartPanel::told, &desk, &Desk::tell);
    connect(m_floors, &ChartPanel::told, &desk, &Desk::tell);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CatalogPage::showSelection);
    connect(&desk, &Desk::catalogChanged, this, &CatalogPage::load);
    connect(&Theme::instance(), &Theme::changed, this, [this] { showSelection(); });
    connect(newAction(u"search"_s, tr("&Search models"), tr("Go to the search field"), QKeySequence(u"Ctrl+F"_s)),
            &QAction::triggered, this, [this] {
                m_search->setFocus(Qt::ShortcutFocusReason);
                m_search->selectAll();
            });
    connect(newAction(u"edit"_s, tr("Set my &own price..."),
                      tr("A negotiated or custom price of the selected offering"), QKeySequence(u"Ctrl+E"_s)),
            &QAction::triggered, this, &CatalogPage::editOwnPrice);
    connect(newAction(u"remove"_s, tr("&Remove my own price"),
                      tr("Use the catalog's price of the selected offering again"), QKeySequence(u"Ctrl+Shift+E"_s)),
            &QAction::triggered, this, &CatalogPage::removeOwnPrice);
    connect(newAction(u"add"_s, tr("&Add an offering..."), tr("A model or a price that no list has"),
                      QKeySequence(u"Ctrl+Shift+A"_s)),
            &QAction::triggered, this, &CatalogPage::addOffering);
    connect(newAction(u"refresh"_s, tr("&Update the catalog..."),
                      tr("Fetch price lists, see what they would change, accept or reject it; return to an older one"),
                      QKeySequence(u"Ctrl+Shift+U"_s)),
            &QAction::triggered, this, &CatalogPage::openUpdate);
    for (QAction* action : commands().mid(1)) {
        m_table->addAction(action);
    }
    showHistory({});
}

QWidget* CatalogPage::makeFilters() {
    auto* bar = new QWidget(this);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(8, 6, 8, 6);
    m_search->setPlaceholderText(tr("Search models, hosts, licences"));
    m_search->setAccessibleName(tr("Search models"));
    m_search->setObjectName(u"catalogSearch"_s);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(Theme::instance().icon(u"search"_s), QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(200);
    m_tier->addItem(tr("All tiers"), -1);
    for (const Tier tier : kTiers) {
        m_tier->addItem(tierIcon(tier), tierLabel(tier), static_cast<int>(tier));
    }
    m_tier->setAccessibleName(tr("Tier"));
    m_tier->setObjectName(u"catalogTier"_s);
    m_author->setAccessibleName(tr("Author"));
    m_host->setAccessibleName(tr("Host"));
    m_licence->setAccessibleName(tr("Licence"));
    for (QComboBox* combo : {m_author, m_host, m_licence}) {
        combo->setMaximumWidth(170);
        combo->setMinimumContentsLength(10);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    m_mainOnly->setChecked(true);
    m_mainOnly->setToolTip(tr("One line a model: its author's own offering"));
    line->addWidget(m_search, 2);
    for (QComboBox* combo : {m_tier, m_author, m_host, m_licence}) {
        line->addWidget(combo);
        connect(combo, &QComboBox::currentIndexChanged, this, &CatalogPage::applyFilters);
    }
    line->addWidget(m_mainOnly);
    line->addStretch(1);
    connect(m_mainOnly, &QCheckBox::toggled, this, &CatalogPage::applyFilters);
    auto* delay = new QTimer(this);
    delay->setSingleShot(true);
    delay->setInterval(120);
    connect(delay, &QTimer::timeout, this, &CatalogPage::applyFilters);
    connect(m_search, &QLineEdit::textChanged, delay, qOverload<>(&QTimer::start));
    return bar;
}

QList<QWidget*> CatalogPage::panes() const {
    return {m_search, m_table, m_tabs->currentWidget()};
}

void CatalogPage::activated() {
    if (!desk().catalog()) {
        desk().needCatalog();
    } else if (m_shown != desk().catalog()) {
        load();
    }
}

void CatalogPage::load() {
    m_shown = desk().catalog();
    m_slot.start(
        tr("Listing the catalog"),
        [prices = m_shown](TaskContext&) -> Result<Loaded> {
            return Loaded{project::catalogLines(*prices), project::floorByTier(*prices)};
        },
        [this](Result<Loaded> loaded) {
            if (loaded) {
                fill(std::move(*loaded));
            }
        });
}

void CatalogPage::fillChoice(QComboBox* combo, const std::string CatalogLine::*member, const QString& all) {
    std::set<std::string> values;
    for (const CatalogLine& line : m_lines) {
        if (!(line.*member).empty()) {
            values.insert(line.*member);
        }
    }
    const QSignalBlocker blocker(combo);
    const QString chosen = combo->currentData().toString();
    combo->clear();
    combo->addItem(all, QString());
    for (const std::string& value : values) {
        combo->addItem(toQt(value), toQt(value));
    }
    combo->setCurrentIndex(std::max(0, combo->findData(chosen)));
}

void CatalogPage::fill(Loaded loaded) {
    m_lines = std::move(loaded.lines);
    m_floorSteps = std::move(loaded.floors);
    fillChoice(m_author, &CatalogLine::author, tr("All authors"));
    fillChoice(m_host, &CatalogLine::host, tr("All hosts"));
    fillChoice(m_licence, &CatalogLine::licence, tr("All licences"));
    applyFilters();
    showFloors();
}

void CatalogPage::applyFilters() {
    const QStringList words = m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
    const int tier = m_tier->currentData().toInt();
    const auto matches = [](const QComboBox* combo, const std::string& value) {
        const QString chosen = combo->currentData().toString();
        return chosen.isEmpty() || chosen == toQt(value);
    };
    QList<ValueModel::Row> rows;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const CatalogLine& line = m_lines[i];
        const bool searched = !words.isEmpty();
        if ((m_mainOnly->isChecked() && !line.mainOffering) || (tier >= 0 && tier != static_cast<int>(line.tier)) ||
            !matches(m_author, line.author) || !matches(m_host, line.host) || !matches(m_licence, line.licence)) {
            continue;
        }
        if (searched) {
            const QString all =
                toQt(line.model + " " + line.key + " " + line.author + " " + line.host + " " + line.licence);
            const bool found = std::all_of(words.begin(), words.end(), [&](const QString& word) {
                return all.contains(word, Qt::CaseInsensitive);
            });
            if (!found) {
                continue;
            }
        }
        rows.append({static_cast<int>(i), CatalogCells::rowOf(line), false});
    }
    m_model->setRows(rows);
    setStatusText(tr("%1 of %2 offerings, catalog of %3")
                      .arg(formatCount(rows.size()), formatCount(static_cast<std::int64_t>(m_lines.size())),
                           m_shown ? formatDate(m_shown->date()) : missing()));
    if (!rows.isEmpty()) {
        m_table->selectRow(0);
    }
    showSelection();
}

QList<int> CatalogPage::picked() const {
    QList<int> picked;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        if (picked.size() < kMostPicked) {
            picked.append(index.data(kRowKeyRole).toInt());
        }
    }
    return picked;
}

void CatalogPage::showSelection() {
    const QList<int> chosen = picked();
    showHistory(chosen);
    showSideBySide(chosen);
}

void CatalogPage::showHistory(const QList<int>& chosen) {
    m_history->setSpec(CatalogCells::history(m_shown ? *m_shown : catalog::Catalog(), linesOf(chosen)));
}

void CatalogPage::showSideBySide(const QList<int>& chosen) {
    const auto lines = linesOf(chosen);
    QList<ValueColumn> columns{{tr("Fact"), {}, false}};
    for (const CatalogLine* line : lines) {
        columns.append({toQt(CatalogCells::nameOf(*line)), toQt(line->key), false});
    }
    m_sideModel->setColumns(columns);
    m_sideModel->setRows(CatalogCells::sideBySide(lines));
    m_side->setColumnWidth(0, 170);
    for (int column = 1; column < columns.size(); ++column) {
        m_side->setColumnWidth(column, 220);
    }
}

QList<const CatalogLine*> CatalogPage::linesOf(const QList<int>& chosen) const {
    QList<const CatalogLine*> lines;
    for (const int i : chosen) {
        lines.append(&m_lines[static_cast<std::size_t>(i)]);
    }
    return lines;
}

void CatalogPage::showFloors() {
    m_floors->setSpec(CatalogCells::floors(m_floorSteps, m_shown ? m_shown->date() : Timestamp()));
}

void CatalogPage::editOwnPrice() {
    const QList<int> chosen = picked();
    if (chosen.isEmpty() || !m_shown) {
        desk().tell(tr("Select an offering first"));
        return;
    }
    const CatalogLine line = m_lines[static_cast<std::size_t>(chosen.first())];
    const auto said = project::ownEntry(line.key);
    if (!said) {
        desk().showError(said.error());
        return;
    }
    openEntry(new OwnEntryDialog(line, *said, this));
}

void CatalogPage::addOffering() {
    if (m_shown) {
        openEntry(new OwnEntryDialog(this));
    }
}

void CatalogPage::openEntry(OwnEntryDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const project::OwnEntry entry = dialog->entry();
        changeOwnPrices(tr("Own price of %1").arg(toQt(entry.offering)),
                        [prices = m_shown, entry] { return project::setOwnEntry(*prices, entry); });
    });
    dialog->open();
}

void CatalogPage::removeOwnPrice() {
    const QList<int> chosen = picked();
    if (chosen.isEmpty() || !m_shown) {
        desk().tell(tr("Select an offering first"));
        return;
    }
    const std::string key = m_lines[static_cast<std::size_t>(chosen.first())].key;
    changeOwnPrices(tr("Remove own price of %1").arg(toQt(key)),
                    [prices = m_shown, key] { return project::removeOwnEntry(*prices, key); });
}

void CatalogPage::openUpdate() {
    auto* dialog = new UpdateDialog(
        desk(), [this](const std::string& hash) { returnToCatalog(hash); }, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void CatalogPage::returnToCatalog(const std::string& hash) {
    m_editSlot.start(
        tr("Returning to another catalog"), [hash](TaskContext&) { return project::rollbackCatalog(hash, {}); },
        [this](Result<catalog::SnapshotEntry> entry) {
            if (!entry) {
                desk().showError(entry.error());
            }
            desk().reloadCatalog();
        });
}

void CatalogPage::changeOwnPrices(const QString& name, std::function<Result<void>()> change) {
    using Texts = std::pair<std::string, std::string>;
    m_editSlot.start(
        name,
        [change = std::move(change)](TaskContext&) -> Result<Texts> {
            auto before = project::ownCatalogText();
            if (!before) {
                return fail(before.error());
            }
            if (auto changed = change(); !changed) {
                return fail(changed.error());
            }
            auto after = project::ownCatalogText();
            if (!after) {
                return fail(after.error());
            }
            return Texts{std::move(*before), std::move(*after)};
        },
        [this, name](Result<Texts> texts) {
            if (!texts) {
                desk().showError(texts.error());
                return;
            }
            desk().undo().push(
                new OwnPriceCommand(name, texts->first, texts->second,
                                    [desk = &desk()](const std::string& text) { desk->applyOwnPrices(text); }));
            desk().reloadCatalog();
        });
}

void CatalogPage::saveState(QSettings& settings) const {
    m_table->saveColumns(settings, u"columns"_s);
    settings.setValue(u"split"_s, m_split->saveState());
    settings.setValue(u"mainOnly"_s, m_mainOnly->isChecked());
    settings.setValue(u"tab"_s, m_tabs->currentIndex());
}

void CatalogPage::restoreState(const QSettings& settings) {
    m_table->restoreColumns(settings, u"columns"_s);
    m_split->restoreState(settings.value(u"split"_s).toByteArray());
    m_mainOnly->setChecked(settings.value(u"mainOnly"_s, true).toBool());
    m_tabs->setCurrentIndex(settings.value(u"tab"_s, 0).toInt());
}

}  // namespace tierwise::ui
