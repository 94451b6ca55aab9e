// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalog/update_dialog.h"

#include <QComboBox>
#include <QFormLayout>
#include <QGroupBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QUndoStack>
#include <QVBoxLayout>

#include "core/base/clock.h"
#include "ui/commands/own_price_command.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/pages/catalog/update_rows.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using catalog::SnapshotEntry;
using project::CatalogHistory;
using project::WaitingUpdate;

namespace {

/// The waiting update, or nothing when none waits.
Result<std::optional<WaitingUpdate>> waitingNow() {
    auto waiting = project::waitingUpdate({}, SystemClock());
    if (!waiting) {
        return waiting.error().code == ErrorCode::notFound ? Result<std::optional<WaitingUpdate>>(std::nullopt)
                                                           : fail(waiting.error());
    }
    return std::optional<WaitingUpdate>(std::move(*waiting));
}

struct State {
    std::optional<WaitingUpdate> waiting;
    CatalogHistory history;
};

Result<State> stateNow() {
    auto waiting = waitingNow();
    auto history = project::catalogHistory({});
    if (!waiting || !history) {
        return fail(waiting ? history.error() : waiting.error());
    }
    return State{std::move(*waiting), std::move(*history)};
}

QPushButton* button(const QString& text, const QString& tip, const QString& objectName, QWidget* parent) {
    auto* made = new QPushButton(text, parent);
    made->setToolTip(tip);
    made->setObjectName(objectName);
    made->setAutoDefault(false);
    return made;
}

}  // namespace

UpdateDialog::UpdateDialog(Desk& desk, std::function<void(const std::string&)> returnTo, QWidget* parent)
    : QDialog(parent),
      m_desk(desk),
      m_returnTo(std::move(returnTo)),
      m_tabs(new QTabWidget(this)),
      m_url(new QLineEdit(this)),
      m_authority(new QLineEdit(this)),
      m_fetch(button(tr("&Fetch"), tr("Fetch the price lists; nothing in use changes"), u"updateFetch"_s, this)),
      m_cancel(button(tr("&Cancel"), tr("Stop fetching"), u"updateCancel"_s, this)),
      m_progress(new QProgressBar(this)),
      m_summary(new QLabel(this)),
      m_kinds(new QComboBox(this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_proxy(new ValueSortProxy(this)),
      m_accept(button(tr("&Accept"), tr("Use all changes but the quarantined ones"), u"updateAccept"_s, this)),
      m_acceptPicked(button(tr("Accept with &selected"), tr("Use the unsuspicious changes, and the selected ones too"),
                            u"updateAcceptPicked"_s, this)),
      m_acceptAll(
          button(tr("Accept a&ll"), tr("Use all changes, the quarantined ones too"), u"updateAcceptAll"_s, this)),
      m_discard(
          button(tr("&Reject"), tr("Throw this update away; the catalog stays as it is"), u"updateReject"_s, this)),
      m_past(new CopyTable(this)),
      m_pastModel(new ValueModel(this)),
      m_back(button(tr("&Return to the selected catalog"), tr("Use this older catalog again; can be undone"),
                    u"updateRollback"_s, this)),
      m_slot(desk.jobs()) {
    setObjectName(u"updateDialog"_s);
    setWindowTitle(tr("Update the catalog"));
    resize(920, 560);
    auto* difference = new QWidget(this);
    auto* past = new QWidget(this);
    auto* differenceColumn = new QVBoxLayout(difference);
    auto* pastColumn = new QVBoxLayout(past);
    buildDifference(*differenceColumn);
    buildHistory(*pastColumn);
    m_tabs->addTab(difference, tr("Update"));
    m_tabs->addTab(past, tr("Catalogs that were in use"));
    m_tabs->tabBar()->setAccessibleName(tr("Update and history"));
    m_tabs->setAccessibleName(m_tabs->tabBar()->accessibleName());
    m_tabs->setDocumentMode(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_tabs, 1);
    connect(&desk.jobs(), &JobRunner::jobProgressed, this, &UpdateDialog::showProgress);
    connect(&m_slot, &JobSlot::runningChanged, this, &UpdateDialog::setBusy);
    connect(m_table, &CopyTable::told, &desk, &Desk::tell);
    connect(m_past, &CopyTable::told, &desk, &Desk::tell);
    setBusy(false);
    readState();
}

void UpdateDialog::buildDifference(QVBoxLayout& column) {
    auto* source = new QFormLayout();
    m_url->setPlaceholderText(tr("empty: the four public lists (LiteLLM, genai-prices, models.dev, OpenRouter)"));
    m_url->setAccessibleName(tr("Address of a list of your own"));
    m_url->setObjectName(u"updateUrl"_s);
    m_authority->setPlaceholderText(tr("empty: the system's"));
    m_authority->setAccessibleName(tr("File of the certificate authority to trust"));
    m_authority->setObjectName(u"updateAuthority"_s);
    source->addRow(tr("&Own list (https)"), m_url);
    source->addRow(tr("A&uthority (PEM file)"), m_authority);
    column.addLayout(source);
    auto* line = new QHBoxLayout();
    m_progress->setAccessibleName(tr("Progress of fetching"));
    m_progress->setTextVisible(true);
    line->addWidget(m_fetch);
    line->addWidget(m_progress, 100);
    line->addWidget(m_cancel);
    line->addStretch();
    column.addLayout(line);
    m_summary->setWordWrap(true);
    m_summary->setObjectName(u"updateSummary"_s);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_summary->setAccessibleName(tr("What the update would change"));
    m_kinds->setAccessibleName(tr("Which changes to show"));
    m_kinds->setObjectName(u"updateKinds"_s);
    m_kinds->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_model->setColumns(UpdateRows::columns());
    m_proxy->setSourceModel(m_model);
    m_table->setModel(m_proxy);
    m_table->setObjectName(u"updateTable"_s);
    m_table->setAccessibleName(tr("Changes of the waiting update"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    const int widths[] = {250, 80, 130, 85, 85, 65, 220};
    for (int i = 0; i < 7; ++i) {
        m_table->setColumnWidth(i, widths[i]);
    }
    m_table->horizontalHeader()->setStretchLastSection(true);
    column.addWidget(m_summary);
    column.addWidget(m_kinds, 0, Qt::AlignLeft);
    column.addWidget(m_table, 1);
    auto* buttons = new QHBoxLayout();
    buttons->addWidget(m_discard);
    buttons->addStretch(1);
    for (QPushButton* each : {m_acceptPicked, m_acceptAll, m_accept}) {
        buttons->addWidget(each);
    }
    column.addLayout(buttons);
    connect(m_fetch, &QPushButton::clicked, this, &UpdateDialog::fetch);
    connect(m_cancel, &QPushButton::clicked, &m_slot, &JobSlot::cancel);
    connect(m_accept, &QPushButton::clicked, this, [this] { accept(false); });
    connect(m_acceptAll, &QPushButton::clicked, this, [this] { accept(true); });
    connect(m_acceptPicked, &QPushButton::clicked, this, [this] {
        switchCatalog(tr("Catalog update"), [picked = pickedOfferings()] {
            return project::acceptWaiting({false, picked}, {}, SystemClock());
        });
    });
    connect(m_discard, &QPushButton::clicked, this, &UpdateDialog::discard);
    connect(m_kinds, &QComboBox::currentIndexChanged, this, &UpdateDialog::fillTable);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_acceptPicked->setEnabled(!isBusy() && !pickedOfferings().empty()); });
}

void UpdateDialog::buildHistory(QVBoxLayout& column) {
    m_pastModel->setColumns(UpdateRows::historyColumns());
    m_past->setModel(m_pastModel);
    m_past->setObjectName(u"updateHistory"_s);
    m_past->setAccessibleName(tr("Catalogs that were in use"));
    m_past->setColumnWidth(1, 150);
    m_past->setColumnWidth(2, 230);
    m_past->horizontalHeader()->setStretchLastSection(true);
    column.addWidget(m_past, 1);
    column.addWidget(m_back, 0, Qt::AlignRight);
    connect(m_back, &QPushButton::clicked, this, &UpdateDialog::goBack);
    connect(m_past->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            [this] { m_back->setEnabled(!isBusy() && m_past->selectionModel()->hasSelection()); });
}

void UpdateDialog::readState() {
    m_slot.start(
        tr("Reading the catalog's history"), [](TaskContext&) { return stateNow(); },
        [this](Result<State> state) {
            if (!state) {
                m_desk.showError(state.error());
                return;
            }
            showWaiting(std::move(state->waiting));
            showHistory(state->history);
        });
}

void UpdateDialog::fetch() {
    project::UpdateChoice choice;
    choice.url = toUtf8(m_url->text().trimmed());
    choice.caFile = toUtf8(m_authority->text().trimmed());
    m_slot.start(
        tr("Fetching price lists"),
        [choice](TaskContext& context) { return project::updateCatalog(choice, {}, SystemClock(), context); },
        [this](Result<WaitingUpdate> waiting) {
            if (waiting) {
                showWaiting(std::move(*waiting));
                m_table->setFocus();
                return;
            }
            m_summary->setText(waiting.error().code == ErrorCode::cancelled ? tr("Cancelled; nothing has changed.")
                                                                            : coreText(waiting.error()));
        });
}

void UpdateDialog::accept(bool quarantinedToo) {
    switchCatalog(tr("Catalog update"), [quarantinedToo] {
        return project::acceptWaiting({quarantinedToo, {}}, {}, SystemClock());
    });
}

void UpdateDialog::discard() {
    m_slot.start(
        tr("Rejecting the update"), [](TaskContext&) { return project::discardWaiting({}); },
        [this](Result<void> done) {
            if (!done) {
                m_desk.showError(done.error());
                return;
            }
            showWaiting({});
            m_summary->setText(tr("Rejected; the catalog in use stays as it is."));
        });
}

void UpdateDialog::goBack() {
    const auto selected = m_past->selectionModel()->selectedRows();
    if (selected.isEmpty()) {
        return;
    }
    const std::string hash = toUtf8(selected.first().data(kRowKeyRole).toString());
    switchCatalog(tr("Return to an older catalog"), [hash] { return project::rollbackCatalog(hash, {}); });
}

void UpdateDialog::switchCatalog(const QString& name, std::function<Result<SnapshotEntry>()> change) {
    using Hashes = std::pair<std::string, std::string>;
    m_slot.start(
        name,
        [change = std::move(change)](TaskContext&) -> Result<Hashes> {
            const auto before = project::catalogHistory({});
            const auto entry = before ? change() : Result<SnapshotEntry>(fail(before.error()));
            const auto after = entry ? project::catalogHistory({}) : Result<CatalogHistory>(fail(entry.error()));
            if (!after) {
                return fail(after.error());
            }
            // The shipped catalog gets its place in the history with the first update.
            const std::string shipped = after->entries.size() < 2 ? std::string() : after->entries.end()[-2].hash;
            return Hashes{before->current.value_or(shipped), entry->hash};
        },
        [this, name](Result<Hashes> hashes) {
            if (!hashes) {
                m_summary->setText(coreText(hashes.error()));
                return;
            }
            m_desk.undo().push(new OwnPriceCommand(name, hashes->first, hashes->second, m_returnTo));
            m_desk.reloadCatalog();
            readState();
        });
}

void UpdateDialog::showWaiting(std::optional<WaitingUpdate> waiting) {
    m_waiting = std::move(waiting);
    const QSignalBlocker blocker(m_kinds);
    m_kinds->clear();
    if (!m_waiting) {
        m_summary->setText(tr("No update is waiting. Fetching asks the network; nothing else in Tierwise does."));
    } else {
        const auto& diff = m_waiting->diff;
        m_kinds->addItem(tr("All changes (%1)").arg(diff.changes.size()), -2);
        m_kinds->addItem(tr("Quarantined (%1)").arg(diff.quarantined), -1);
        m_kinds->addItem(tr("Changed (%1)").arg(diff.changed), static_cast<int>(catalog::ChangeKind::changed));
        m_kinds->addItem(tr("Added (%1)").arg(diff.added), static_cast<int>(catalog::ChangeKind::added));
        m_kinds->addItem(tr("No longer listed, kept (%1)").arg(diff.gone), static_cast<int>(catalog::ChangeKind::gone));
        m_summary->setText(UpdateRows::summary(*m_waiting));
        m_summary->setToolTip(UpdateRows::notes(m_waiting->update.notes));
    }
    fillTable();
    setBusy(isBusy());
}

void UpdateDialog::fillTable() {
    m_model->setRows(m_waiting ? UpdateRows::rowsOf(m_waiting->diff, m_kinds->currentData().toInt())
                               : QList<ValueModel::Row>());
}

void UpdateDialog::showHistory(const CatalogHistory& history) {
    m_pastModel->setRows(UpdateRows::historyRows(history));
}

std::vector<std::string> UpdateDialog::pickedOfferings() const {
    std::vector<std::string> picked;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        const std::string offering = toUtf8(index.data(kRowKeyRole).toString());
        if (std::find(picked.begin(), picked.end(), offering) == picked.end()) {
            picked.push_back(offering);
        }
    }
    return picked;
}

void UpdateDialog::showProgress(quint64 id) {
    if (id != m_slot.jobId() || !m_slot.isRunning()) {
        return;
    }
    Progress latest;
    {
        const std::lock_guard lock(m_slot.job()->mutex);
        latest = m_slot.job()->latest;
    }
    m_progress->setRange(0, static_cast<int>(latest.total > 0 ? 1000 : 0));
    m_progress->setValue(latest.total > 0 ? static_cast<int>(latest.done * 1000 / latest.total) : 0);
    m_progress->setFormat(coreText(latest.phase));
}

void UpdateDialog::setBusy(bool busy) {
    m_fetch->setEnabled(!busy);
    m_cancel->setEnabled(busy);
    m_progress->setVisible(busy);
    if (busy) {
        m_progress->setRange(0, 0);
    }
    const bool waits = m_waiting.has_value() && !busy;
    for (QPushButton* each : {m_accept, m_acceptAll, m_discard}) {
        each->setEnabled(waits);
    }
    m_kinds->setEnabled(m_waiting.has_value());
    m_acceptPicked->setEnabled(waits && !pickedOfferings().empty());
    m_back->setEnabled(!busy && m_past->selectionModel() != nullptr && m_past->selectionModel()->hasSelection());
}

}  // namespace tierwise::ui
