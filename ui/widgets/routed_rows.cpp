// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/routed_rows.h"

#include <algorithm>

#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kBlock = 64;
constexpr int kBlocksKept = 64;

enum Column { request, time, logged, goesTo, tier, cost, quality, why, columnCountValue };

}  // namespace

RoutedRowsModel::RoutedRowsModel(std::shared_ptr<const project::Workbench> workbench, route::Policy policy,
                                 std::vector<std::uint32_t> rows, QObject* parent)
    : QAbstractTableModel(parent),
      m_workbench(std::move(workbench)),
      m_policy(std::move(policy)),
      m_rows(std::move(rows)),
      m_blocks(kBlocksKept) {}

int RoutedRowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RoutedRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columnCountValue;
}

const analyze::RoutedRow* RoutedRowsModel::line(int number) const {
    const int block = number / kBlock;
    auto* lines = m_blocks.object(block);
    if (lines == nullptr) {
        const auto first = static_cast<std::size_t>(block) * kBlock;
        const std::size_t count = std::min<std::size_t>(kBlock, m_rows.size() - first);
        auto described = m_workbench->describe(m_policy, std::span(m_rows).subspan(first, count));
        if (!described || described->size() != count) {
            return nullptr;
        }
        lines = new std::vector<analyze::RoutedRow>(std::move(*described));
        if (!m_blocks.insert(block, lines)) {
            return nullptr;
        }
    }
    return &(*lines)[static_cast<std::size_t>(number % kBlock)];
}

QVariant RoutedRowsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool numeric = index.column() == request || index.column() == cost || index.column() == quality;
        return QVariant::fromValue(Qt::Alignment((numeric ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::DecorationRole) {
        return {};
    }
    const auto* described = line(index.row());
    if (described == nullptr) {
        return role == Qt::DisplayRole ? QVariant(missing()) : QVariant();
    }
    if (role == Qt::DecorationRole) {
        return index.column() == tier ? QVariant(tierIcon(described->tier)) : QVariant();
    }
    const auto& rows = m_workbench->rows();
    switch (index.column()) {
        case request:
            return formatCount(described->id.value());
        case time: {
            const auto nanos = rows.timeNanos.at(described->row);
            return nanos ? formatTime(Timestamp::fromNanos(*nanos)) : missing();
        }
        case logged:
            return toQt(rows.model.at(described->row));
        case goesTo:
            return described->candidate.empty() ? tr("infeasible") : toQt(described->candidate);
        case tier:
            return described->candidate.empty() ? missing() : tierLabel(described->tier);
        case cost:
            return described->candidate.empty() ? missing() : formatDollars(described->costUsd);
        case quality:
            return described->candidate.empty() ? missing() : formatPercent(described->quality);
        case why:
            return coreText(described->reason);
        default:
            return {};
    }
}

QVariant RoutedRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return QAbstractTableModel::headerData(section, orientation, role);
    }
    const QString titles[] = {tr("Request"), tr("Time (UTC)"), tr("Logged model"), tr("Goes to"),
                              tr("Tier"),    tr("Cost"),       tr("Quality"),      tr("Why")};
    return section >= 0 && section < columnCountValue ? titles[section] : QVariant();
}

void showRoutedRows(Desk& desk, const std::shared_ptr<const project::Workbench>& workbench, const route::Policy& policy,
                    std::optional<Tier> tierWanted) {
    auto* dialog = new QDialog(desk.window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"routedRows"_s);
    dialog->setWindowTitle(
        tierWanted ? RoutedRowsModel::tr("%1: rows on %2").arg(coreText(policy.name), tierLabel(*tierWanted))
                   : RoutedRowsModel::tr("%1: rows").arg(coreText(policy.name)));
    dialog->resize(980, 560);
    auto* count = new QLabel(RoutedRowsModel::tr("Looking up the rows..."), dialog);
    auto* table = new CopyTable(dialog);
    table->setAccessibleName(RoutedRowsModel::tr("Rows and where they go"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    auto* layout = new QVBoxLayout(dialog);
    layout->addWidget(count);
    layout->addWidget(table, 1);
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    QObject::connect(table, &CopyTable::told, &desk, &Desk::tell);
    auto* find = new JobSlot(desk.jobs(), dialog, JobRunner::Lane::quick);
    find->start(
        RoutedRowsModel::tr("Looking up rows"),
        [workbench, policy, tierWanted](TaskContext&) { return workbench->rowsOf(policy, tierWanted); },
        [&desk, dialog, count, table, workbench, policy](Result<std::vector<std::uint32_t>> rows) {
            if (!rows) {
                count->setText(coreText(rows.error()));
                return;
            }
            count->setText(RoutedRowsModel::tr("%1 rows").arg(formatCount(static_cast<std::int64_t>(rows->size()))));
            table->setModel(new RoutedRowsModel(workbench, policy, std::move(*rows), dialog));
            table->setColumnWidth(why, 320);
        });
    dialog->show();
}

}  // namespace tierwise::ui
