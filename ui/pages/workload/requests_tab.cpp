// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/workload/requests_tab.h"

#include <algorithm>

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "core/project/export_rows.h"
#include "ui/format/format.h"
#include "ui/models/request_model.h"
#include "ui/models/value_model.h"
#include "ui/pages/workload/detail_pane.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/filter_bar.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using project::FilterOp;

namespace {

// More groups than anybody reads; the sums count them all.
constexpr std::size_t kGroupsShown = 10'000;

constexpr int kWidths[] = {146, 176, 96, 122, 132, 122, 92, 134, 156, 98,  90,
                           110, 90,  74, 100, 84,  110, 96, 104, 90,  150, 74};

const QList<int> kHiddenAtFirst{RequestModel::user,        RequestModel::requests, RequestModel::score,
                                RequestModel::serviceTier, RequestModel::region,   RequestModel::requestId,
                                RequestModel::line,        RequestModel::domain};

Cell countCell(std::int64_t value) {
    return {formatCount(value), static_cast<double>(value), QString::number(value), {}, {}, {}};
}

// A sum of the catalog's prices, and how many rows it leaves out.
Cell catalogCell(const project::CostSum* sum) {
    if (sum == nullptr || sum->rows == 0) {
        return {missing(), {}, {}, RequestsTab::tr("No row of this group can be priced by the catalog"), {}, {}};
    }
    Cell cell{
        formatMoney(sum->cost), sum->cost.toDouble(), toQt(sum->cost.toString()), formatExactMoney(sum->cost), {}, {}};
    if (sum->unpriced > 0) {
        cell.tip += u"\n"_s + RequestsTab::tr("%n row(s) that cannot be priced are left out", nullptr,
                                              static_cast<int>(sum->unpriced));
    }
    return cell;
}

QList<Cell> groupCells(const QString& name, const project::GroupTotal& group, const project::CostSum* catalogCost) {
    Cell cost;
    if (group.rowsWithCost > 0) {
        cost = {formatMoney(group.loggedCost),
                group.loggedCost.toDouble(),
                toQt(group.loggedCost.toString()),
                formatExactMoney(group.loggedCost),
                {},
                {}};
        if (group.rowsWithCost < group.rows) {
            cost.tip += u"\n"_s + RequestsTab::tr("%n row(s) without a logged cost are left out", nullptr,
                                                  static_cast<int>(group.rows - group.rowsWithCost));
        }
    } else {
        cost = {missing(), {}, {}, RequestsTab::tr("No row of this group has a logged cost"), {}, {}};
    }
    return {{name, {}, {}, {}, {}, {}}, countCell(group.rows),   countCell(group.requests),  countCell(group.input),
            countCell(group.cacheRead), countCell(group.output), countCell(group.reasoning), cost,
            catalogCell(catalogCost)};
}

}  // namespace

RequestsTab::RequestsTab(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_filter(new FilterBar(this)),
      m_group(new QComboBox(this)),
      m_stack(new QStackedWidget(this)),
      m_table(new CopyTable(this)),
      m_model(new RequestModel(desk.jobs(), this)),
      m_groupTable(new CopyTable(this)),
      m_groupModel(new ValueModel(this)),
      m_detail(new DetailPane(desk, this)),
      m_split(new QSplitter(Qt::Horizontal, this)),
      m_groupSlot(desk.jobs()),
      m_sumSlot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_columnSlot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_exportSlot(desk.jobs()),
      m_sumDelay(new QTimer(this)) {
    m_group->setAccessibleName(tr("Group rows by"));
    m_group->setToolTip(tr("Show totals by a column in place of the rows"));
    m_group->setObjectName(u"groupBy"_s);
    m_filter->addWidget(new QLabel(tr("Group by"), this));
    m_filter->addWidget(m_group);
    loadColumns();

    m_table->setObjectName(u"requestTable"_s);
    m_table->setAccessibleName(tr("Requests"));
    m_table->setModel(m_model);
    m_table->setProperty("frameless", true);
    for (int column = 0; column < RequestModel::columnCountValue; ++column) {
        m_table->setColumnWidth(column, kWidths[column]);
    }
    m_table->horizontalHeader()->setSortIndicator(RequestModel::time, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    m_groupTable->setObjectName(u"groupTable"_s);
    m_groupTable->setAccessibleName(tr("Totals by group"));
    m_groupTable->setProperty("frameless", true);
    m_groupModel->setColumns(
        {{tr("Group"), {}, false},
         {tr("Rows"), {}, true},
         {tr("Requests"), {}, true},
         {tr("Input (tokens)"), {}, true},
         {tr("Cached (tokens)"), {}, true},
         {tr("Output (tokens)"), {}, true},
         {tr("Reasoning (tokens)"), {}, true},
         {tr("Logged cost ($)"), tr("Sum of the costs the log gives"), true},
         {tr("Catalog cost ($)"), tr("The catalog's price of the logged model at each request's own date"), true}});
    auto* proxy = new ValueSortProxy(this);
    proxy->setSourceModel(m_groupModel);
    m_groupTable->setModel(proxy);
    m_groupTable->setColumnWidth(0, 260);
    for (int column = 1; column < 9; ++column) {
        m_groupTable->setColumnWidth(column, 125);
    }
    m_groupTable->horizontalHeader()->setSortIndicator(7, Qt::DescendingOrder);
    m_groupTable->setSortingEnabled(true);
    m_stack->addWidget(m_table);
    m_stack->addWidget(m_groupTable);
    m_split->addWidget(m_stack);
    m_split->addWidget(m_detail);
    m_split->setStretchFactor(0, 1);
    m_split->setCollapsible(0, false);
    m_split->setSizes({840, 300});
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 6, 8, 6);
    bar->addWidget(m_filter);
    column->addLayout(bar);
    column->addWidget(m_split, 1);

    m_sumDelay->setSingleShot(true);
    m_sumDelay->setInterval(120);
    connect(m_sumDelay, &QTimer::timeout, this, &RequestsTab::sumSelection);
    connect(m_filter, &FilterBar::changed, this, &RequestsTab::applyFilter);
    connect(m_group, &QComboBox::currentIndexChanged, this, &RequestsTab::updateGroups);
    for (const auto signal : {&Desk::rowsReady, &Desk::catalogChanged}) {
        connect(&desk, signal, this, [this] {
            if (m_stack->currentWidget() == m_groupTable) {
                updateGroups();
            }
        });
    }
    connect(m_model, &RequestModel::loaded, this, &RequestsTab::updateStatus);
    // Another order or filter is read from its first row.
    connect(m_model, &RequestModel::queryChanged, m_table, &QAbstractItemView::scrollToTop);
    connect(m_model, &RequestModel::failed, &desk, &Desk::showError);
    connect(m_table, &CopyTable::told, &desk, &Desk::tell);
    connect(m_groupTable, &CopyTable::told, &desk, &Desk::tell);
    connect(m_groupTable, &QTableView::activated, this, &RequestsTab::openGroup);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] { m_sumDelay->start(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { m_detail->showRequest(m_model->idAt(current.row())); });
}

QList<QWidget*> RequestsTab::panes() const {
    return {m_filter, m_stack->currentWidget(), m_detail};
}

void RequestsTab::setProject() {
    m_sumText.clear();
    m_detail->showRequest({});
    m_model->setProject(m_desk.hasProject() ? std::optional(m_desk.project()) : std::nullopt);
    loadColumns();
    updateGroups();
}

void RequestsTab::rereadRows() {
    const project::RowQuery& query = m_model->query();
    const bool byDifficulty = query.sortColumn == "difficulty" ||
                              std::any_of(query.filters.begin(), query.filters.end(),
                                          [](const auto& filter) { return filter.column == "difficulty"; });
    if (byDifficulty && m_model->rowCount() > 0) {
        m_model->refresh();
    } else {
        m_model->reread();
    }
}

void RequestsTab::refresh() {
    m_sumText.clear();
    m_model->refresh();
    loadColumns();
    updateGroups();
}

// Columns to filter and group by; the log's own extra columns once the project says which there are.
void RequestsTab::loadColumns() {
    QList<QPair<QString, QString>> filters;
    for (int column = 0; column < RequestModel::columnCountValue; ++column) {
        if (const QString name = RequestModel::queryColumn(column); !name.isEmpty()) {
            filters.append({name, m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()});
        }
    }
    filters.append({u"prompt"_s, tr("Prompt")});
    filters.append({u"response"_s, tr("Response")});
    m_filter->setColumns(filters);
    const QString chosen = m_group->currentData().toString();
    const QSignalBlocker blocker(m_group);
    m_group->clear();
    m_group->addItem(tr("nothing"), QString());
    for (const int column : {RequestModel::modelName, RequestModel::provider, RequestModel::team, RequestModel::user,
                             RequestModel::session, RequestModel::tag, RequestModel::domain, RequestModel::dataClass}) {
        m_group->addItem(m_model->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(),
                         RequestModel::queryColumn(column));
    }
    m_group->addItem(tr("Day"), u"day"_s);
    m_group->setCurrentIndex(std::max(0, m_group->findData(chosen)));
    if (!m_desk.hasProject()) {
        return;
    }
    m_columnSlot.start(
        QString(), [open = m_desk.project()](TaskContext&) { return open.columns(); },
        [this, filters](Result<std::vector<project::RequestColumn>> columns) mutable {
            if (!columns) {
                return;  // the rows' own query says what is wrong
            }
            const QString wanted = m_group->currentData().toString();
            const QSignalBlocker block(m_group);
            for (const project::RequestColumn& extra : *columns) {
                if (extra.extra) {
                    const QString name = toQt(extra.name);
                    const QString title = name.mid(name.indexOf(u':') + 1);
                    filters.append({name, title});
                    m_group->addItem(title, name);
                }
            }
            m_filter->setColumns(filters);
            m_group->setCurrentIndex(std::max(0, m_group->findData(wanted)));
        });
}

void RequestsTab::applyFilter() {
    project::RowQuery query = m_model->query();
    query.filters = m_filter->filters();
    query.text = toUtf8(m_filter->text());
    m_model->setQuery(query);
    updateGroups();
}

void RequestsTab::showFilters(std::vector<project::RowFilter> filters, const QString& text) {
    m_group->setCurrentIndex(0);
    m_filter->setFilters(std::move(filters), text);
    applyFilter();
}

void RequestsTab::focusFilter() {
    m_filter->focusText();
}

void RequestsTab::groupBy(const QString& column) {
    m_group->setCurrentIndex(std::max(0, m_group->findData(column)));
}

void RequestsTab::toggleDetail() {
    m_detail->setVisible(!m_detail->isVisible());
}

void RequestsTab::filterBySelected(bool exclude) {
    const QModelIndex current = m_table->currentIndex();
    const QString column = current.isValid() ? RequestModel::queryColumn(current.column()) : QString();
    if (column.isEmpty()) {
        return;
    }
    const QString exact = current.data(kExactRole).toString();
    const QString shown = exact.isEmpty() ? current.data(Qt::DisplayRole).toString() : exact;
    if (shown == missing()) {
        m_filter->addFilter({toUtf8(column), exclude ? FilterOp::isPresent : FilterOp::isMissing, {}});
    } else {
        m_filter->addFilter({toUtf8(column), exclude ? FilterOp::notEquals : FilterOp::equals, toUtf8(shown)});
    }
}

void RequestsTab::updateGroups() {
    const QString by = m_group->currentData().toString();
    m_stack->setCurrentWidget(by.isEmpty() ? m_table : m_groupTable);
    m_detail->setEnabled(by.isEmpty());
    if (by.isEmpty() || !m_desk.hasProject()) {
        m_groupSlot.drop();
        updateStatus();
        return;
    }
    m_desk.needRows();  // what the catalog would charge is worked out over them
    m_desk.needCatalog();
    m_groupSlot.start(
        tr("Adding up by %1").arg(m_group->currentText()),
        [open = m_desk.project(), column = toUtf8(by), query = m_model->query(), rows = m_desk.rows(),
         prices = m_desk.catalog(), aliases = m_desk.aliases()](TaskContext& context) -> Result<Groups> {
            auto totals = open.totalsBy(column, query, context);
            if (!totals) {
                return fail(totals.error());
            }
            Groups groups{std::move(*totals), {}};
            if (!rows || !prices) {
                return groups;
            }
            const auto ids = open.rowIds(query, context);
            if (!ids) {
                return fail(ids.error());
            }
            auto costs = project::catalogCostsBy(*rows, *prices, aliases, column, *ids, context);
            if (!costs) {
                return fail(costs.error());
            }
            groups.catalogCosts = std::move(*costs);
            return groups;
        },
        [this](Result<Groups> groups) {
            if (groups) {
                fillGroups(*groups);
            } else {
                m_desk.showError(groups.error());
            }
        });
}

void RequestsTab::fillGroups(const Groups& groups) {
    QList<ValueModel::Row> rows;
    const auto shown = std::min(groups.totals.size(), kGroupsShown);
    rows.reserve(static_cast<qsizetype>(shown) + 1);
    for (std::size_t i = 0; i < shown; ++i) {
        const project::GroupTotal& group = groups.totals[i];
        const auto cost = groups.catalogCosts.find(group.key);
        rows.append({toQt(group.key),
                     groupCells(group.key.empty() ? tr("(missing)") : toQt(group.key), group,
                                cost != groups.catalogCosts.end() ? &cost->second : nullptr),
                     false});
    }
    if (!groups.totals.empty()) {
        project::CostSum all;
        for (const auto& [key, sum] : groups.catalogCosts) {
            all.cost += sum.cost;
            all.rows += sum.rows;
            all.unpriced += sum.unpriced;
        }
        QString name = tr("All %n group(s)", nullptr, static_cast<int>(groups.totals.size()));
        if (shown < groups.totals.size()) {
            name += tr(", the %1 with most rows shown").arg(formatCount(static_cast<std::int64_t>(shown)));
        }
        rows.append({QVariant(), groupCells(name, project::totalOf(groups.totals), &all), true});
    }
    m_groupModel->setRows(rows);
    m_groupTable->resizeColumnToContents(0);
    m_groupTable->setColumnWidth(0, std::clamp(m_groupTable->columnWidth(0), 160, 420));
    updateStatus();
}

void RequestsTab::exportShown() {
    if (!m_desk.hasProject()) {
        return;
    }
    const QString suggestion = m_desk.projectName() + u"-rows.csv"_s;
    const QString path =
        m_desk.dialogs().saveFile(window(), tr("Export the rows shown"), suggestion, tr("CSV (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    m_exportSlot.start(
        tr("Exporting rows"),
        [open = m_desk.project(), query = m_model->query(), path](TaskContext& context) {
            return project::exportRows(open, query, true, toUtf8(path), context);
        },
        [this, path](Result<std::int64_t> written) {
            if (written) {
                m_desk.tell(tr("%1 rows written to %2").arg(formatCount(*written), path));
            } else {
                m_desk.showError(written.error());
            }
        });
}

// Enter or a double click on a group: its rows.
void RequestsTab::openGroup(const QModelIndex& index) {
    const QVariant key = index.data(kRowKeyRole);
    const QString by = m_group->currentData().toString();
    if (!key.isValid()) {
        return;
    }
    m_group->setCurrentIndex(0);
    const QString value = key.toString();
    if (by == u"day"_s) {
        m_filter->addFilter({"time", FilterOp::atLeast, toUtf8(value)});
        m_filter->addFilter({"time", FilterOp::atMost, toUtf8(value) + "T23:59:59.999999999"});
    } else if (value.isEmpty()) {
        m_filter->addFilter({toUtf8(by), FilterOp::isMissing, {}});
    } else {
        m_filter->addFilter({toUtf8(by), FilterOp::equals, toUtf8(value)});
    }
}

void RequestsTab::updateStatus() {
    const bool grouped = m_stack->currentWidget() == m_groupTable;
    const QString filtered = m_filter->filters().empty() && m_filter->text().isEmpty() ? QString() : tr(" (filtered)");
    QString text = grouped ? tr("%n group(s)", nullptr, std::max(0, m_groupModel->rowCount() - 1))
                           : tr("%1 rows").arg(formatCount(m_model->rowCount()));
    text += filtered;
    if (!grouped && !m_sumText.isEmpty()) {
        text += u" \u00b7 "_s + m_sumText;
    }
    Q_EMIT statusChanged(text);
}

void RequestsTab::sumSelection() {
    std::vector<std::int64_t> ids;
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const auto id = m_model->idAt(row)) {
                ids.push_back(id->value());
            }
        }
    }
    if (ids.size() < 2 || !m_desk.hasProject()) {
        m_sumSlot.drop();
        m_sumText.clear();
        updateStatus();
        return;
    }
    m_sumSlot.start(
        QString(),
        [open = m_desk.project(), ids = std::move(ids)](TaskContext& context) {
            return project::totalsOf(open, ids, context);
        },
        [this](Result<project::RowTotals> sums) {
            if (!sums) {
                return;
            }
            m_sumText = tr("%1 selected: %2 input and %3 output tokens")
                            .arg(formatCount(sums->rows), formatCount(sums->input), formatCount(sums->output));
            if (sums->logged.rows > 0) {
                m_sumText += tr(", %1 logged").arg(formatMoney(sums->logged.cost));
            }
            if (sums->logged.unpriced > 0) {
                m_sumText += tr(", %1 without a cost").arg(formatCount(sums->logged.unpriced));
            }
            updateStatus();
        });
}

void RequestsTab::saveState(QSettings& settings) const {
    m_table->saveColumns(settings, u"columns"_s);
    settings.setValue(u"split"_s, m_split->saveState());
    settings.setValue(u"detail"_s, m_detail->isVisibleTo(m_split));
    settings.setValue(u"group"_s, m_group->currentData());
    settings.setValue(u"text"_s, m_filter->text());
    QStringList filters;
    for (const project::RowFilter& filter : m_filter->filters()) {
        filters << toQt(filter.column) << QString::number(static_cast<int>(filter.op)) << toQt(filter.value);
    }
    settings.setValue(u"filters"_s, filters);
}

void RequestsTab::restoreState(const QSettings& settings) {
    m_table->restoreColumns(settings, u"columns"_s, kHiddenAtFirst);
    m_split->restoreState(settings.value(u"split"_s).toByteArray());
    m_detail->setVisible(settings.value(u"detail"_s, true).toBool());
    const QStringList kept = settings.value(u"filters"_s).toStringList();
    std::vector<project::RowFilter> filters;
    for (qsizetype i = 0; i + 2 < kept.size(); i += 3) {
        filters.push_back({toUtf8(kept[i]), static_cast<FilterOp>(kept[i + 1].toInt()), toUtf8(kept[i + 2])});
    }
    m_filter->setFilters(std::move(filters), settings.value(u"text"_s).toString());
    groupBy(settings.value(u"group"_s).toString());
    applyFilter();
}

}  // namespace tierwise::ui
