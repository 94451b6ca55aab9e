// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/workload/imports_tab.h"

#include <QFileInfo>
#include <QHeaderView>

#include "core/project/import.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/empty_state.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

ImportsTab::ImportsTab(Desk& desk, QWidget* parent)
    : QStackedWidget(parent),
      m_desk(desk),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_slot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_workSlot(desk.jobs()) {
    auto* empty = new EmptyState(u"import"_s, this);
    empty->setSentence(tr("Nothing was imported into this project yet."));
    empty->setAction(desk.command(u"openFile"_s));
    m_model->setColumns({{tr("File"), {}, false},
                         {tr("State"), {}, false},
                         {tr("Read"), tr("Rows read = stored + duplicates + rejected"), true},
                         {tr("Stored"), {}, true},
                         {tr("Duplicates"), tr("Rows that the project had already"), true},
                         {tr("Rejected"), tr("Rows that could not be read; see Rejects"), true},
                         {tr("Time taken"), {}, true},
                         {tr("Folder"), {}, false}});
    auto* proxy = new ValueSortProxy(this);
    proxy->setSourceModel(m_model);
    m_table->setModel(proxy);
    m_table->setObjectName(u"importsTable"_s);
    m_table->setAccessibleName(tr("Imports"));
    m_table->setProperty("frameless", true);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    addWidget(empty);
    addWidget(m_table);
    connect(m_table, &CopyTable::told, &desk, &Desk::tell);
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT rejectsWanted(index.data(kRowKeyRole).toLongLong()); });
}

void ImportsTab::refresh() {
    if (!m_desk.hasProject()) {
        fill({});
        return;
    }
    m_slot.start(
        QString(), [open = m_desk.project()](TaskContext&) { return open.imports(); },
        [this](Result<std::vector<project::ImportInfo>> imports) {
            if (imports) {
                fill(*imports);
            } else {
                m_desk.showError(imports.error());
            }
        });
}

void ImportsTab::fill(const std::vector<project::ImportInfo>& imports) {
    QList<ValueModel::Row> rows;
    m_unfinished.reset();
    const auto count = [](std::int64_t value) {
        return Cell{formatCount(value), static_cast<double>(value), QString::number(value), {}, {}, {}};
    };
    for (const project::ImportInfo& import : imports) {
        const QString path = toQt(import.source.path);
        if (!import.complete) {
            m_unfinished = import.id;
        }
        rows.append({static_cast<qint64>(import.id.value()),
                     {{QFileInfo(path).fileName(), {}, {}, path, {}, {}},
                      {import.complete ? tr("complete") : tr("broken off"),
                       {},
                       {},
                       import.complete ? QString() : tr("Resume it or roll it back"),
                       {},
                       {}},
                      count(import.counts.rowsRead),
                      count(import.counts.stored),
                      count(import.counts.duplicates),
                      count(import.counts.rejected),
                      {formatDuration(static_cast<double>(import.milliseconds) / 1000.0),
                       static_cast<double>(import.milliseconds),
                       {},
                       {},
                       {},
                       {}},
                      {QFileInfo(path).path(), {}, {}, {}, {}, {}}},
                     false});
    }
    m_model->setRows(rows);
    m_table->resizeColumnsToContents();
    setCurrentIndex(rows.isEmpty() ? 0 : 1);
    Q_EMIT statusChanged(tr("%n import(s)", nullptr, static_cast<int>(rows.size())));
}

void ImportsTab::run(const QString& title, std::function<Result<void>(const project::Project&)> work,
                     const QString& done) {
    m_workSlot.start(
        title, [open = m_desk.project(), work = std::move(work)](TaskContext&) { return work(open); },
        [this, done](Result<void> result) {
            if (!result) {
                m_desk.showError(result.error());
                return;
            }
            m_desk.tell(done);
            m_desk.noteContentChanged();
        });
}

void ImportsTab::undoSelected() {
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid() || !m_desk.hasProject()) {
        m_desk.tell(tr("Select an import first"));
        return;
    }
    m_desk.removeImport(ImportId(current.data(kRowKeyRole).toLongLong()), current.siblingAtColumn(0).data().toString());
}

void ImportsTab::resume() {
    if (!m_unfinished || !m_desk.hasProject()) {
        m_desk.tell(tr("No import was broken off"));
        return;
    }
    m_workSlot.start(
        tr("Resuming the import"),
        [open = m_desk.project()](TaskContext& context) mutable { return project::resumeImport(open, context); },
        [this](Result<project::ImportReport> report) {
            if (report) {
                m_desk.tell(tr("%1 rows stored").arg(formatCount(report->stored)));
            } else {
                m_desk.showError(report.error());
            }
            m_desk.noteContentChanged();
        });
}

void ImportsTab::rollBack() {
    if (!m_unfinished || !m_desk.hasProject()) {
        m_desk.tell(tr("No import was broken off"));
        return;
    }
    run(
        tr("Rolling the import back"),
        [id = *m_unfinished](const project::Project& open) { return open.rollBackImport(id); },
        tr("The unfinished import was rolled back"));
}

}  // namespace tierwise::ui
