// SPDX-License-Identifier: GPL-3.0-or-later
// ImportDialog: what the settings make of the file, shown anew with every change.
#include <algorithm>

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>

#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/mapping_grid.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/models/request_model.h"
#include "ui/models/value_model.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/message_bar.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kPreviewRows = 200;
constexpr std::size_t kDoctorRows = 2000;
// Files up to this size are read through by themselves; larger ones when asked.
constexpr std::int64_t kCheckedAtOnce = std::int64_t{64} << 20U;

enum Tab { kPreviewTab, kColumnsTab, kRejectsTab, kDoctorTab };

}  // namespace

void ImportDialog::preview() {
    if (!file().planned) {
        return;
    }
    m_checkSlot.drop();
    m_doctorSlot.drop();
    m_check.reset();
    m_previewSlot.start(
        tr("Reading the first rows"),
        [plan = file().planned->plan](TaskContext& context) {
            return project::previewImport(plan, kPreviewRows, context);
        },
        [this](Result<project::ImportPreview> shown) {
            if (shown) {
                showPreview(*shown);
            } else {
                showFailure(shown.error());
            }
        });
}

void ImportDialog::showPreview(const project::ImportPreview& shown) {
    m_messages->clear();
    QList<int> used;
    for (int column = 0; column < RequestModel::columnCountValue; ++column) {
        const bool any = std::any_of(shown.rows.begin(), shown.rows.end(), [column](const project::RequestRecord& row) {
            return RequestModel::cellText(row, column) != missing();
        });
        if (any && column != RequestModel::line && column != RequestModel::requests) {
            used.append(column);
        }
    }
    const bool prompts =
        std::any_of(shown.prompts.begin(), shown.prompts.end(), [](const auto& text) { return !text.empty(); });
    QList<ValueColumn> columns;
    for (const int column : used) {
        columns.append({RequestModel::columnTitle(column), {}, RequestModel::isNumeric(column)});
    }
    if (prompts) {
        columns.append({tr("Prompt"), tr("Its beginning, as it would be stored"), false});
    }
    QList<ValueModel::Row> rows;
    for (std::size_t i = 0; i < shown.rows.size(); ++i) {
        const project::RequestRecord& record = shown.rows[i];
        QList<Cell> cells;
        for (const int column : used) {
            cells.append({RequestModel::cellText(record, column), {}, {}, {}, {}, {}});
        }
        if (prompts) {
            const QString text = toQt(shown.prompts[i]);
            cells.append({text.isEmpty() ? missing() : firstLine(text, 80), {}, {}, text, {}, {}});
        }
        rows.append({static_cast<qint64>(record.id.value()), cells, false});
    }
    m_rowModel->setColumns(columns);
    m_rowModel->setRows(rows);
    m_rows->resizeColumnsToContents();
    showRejects(shown.rejects, static_cast<qint64>(shown.rejects.size()));
    QHash<QString, int> byColumn;
    for (const project::RejectInfo& reject : shown.rejects) {
        ++byColumn[toQt(reject.column).trimmed().toLower()];
    }
    m_mapping->setRejects(byColumn);
    showVerdict(shown);
    updateImport();
    if (!ingest::saysAnything(file().planned->plan.mapping)) {
        m_messages->showMessage({MessageBar::Severity::warning,
                                 tr("No column of this file looks like a model, token counts, a cost or a prompt"),
                                 tr("Say under Columns what its columns mean"),
                                 {},
                                 {},
                                 {}});
        m_tabs->setCurrentIndex(kColumnsTab);
        m_import->setEnabled(false);
    }
    askDoctor();
    if (!shown.wholeFile && file().planned->source.fileBytes <= kCheckedAtOnce) {
        checkWhole();
    }
    Q_EMIT previewed();
}

void ImportDialog::showRejects(const std::vector<project::RejectInfo>& rejects, qint64 total) {
    QList<ValueModel::Row> rows;
    for (const project::RejectInfo& reject : rejects) {
        rows.append({static_cast<qint64>(reject.id),
                     {{formatCount(reject.line), static_cast<double>(reject.line), {}, {}, {}, {}},
                      {toQt(reject.column), {}, {}, {}, {}, {}},
                      {coreText(reject.reason), {}, {}, coreText(reject.reason), {}, {}},
                      {coreText(reject.fixHint), {}, {}, coreText(reject.fixHint), {}, {}},
                      {firstLine(toQt(reject.raw), 120), {}, toQt(reject.raw), {}, {}, {}}},
                     false});
    }
    m_rejectModel->setRows(rows);
    m_tabs->setTabText(kRejectsTab,
                       total == 0 ? tr("Would be rejected") : tr("Would be rejected (%1)").arg(formatCount(total)));
}

// What would become of the rows, and what the last change did to it.
void ImportDialog::showVerdict(const project::ImportPreview& shown) {
    const auto stored = static_cast<qint64>(shown.rows.size());
    const auto rejected = static_cast<qint64>(shown.rejects.size());
    const QString scope =
        shown.wholeFile ? tr("The whole file") : tr("The first %1 rows").arg(formatCount(stored + rejected));
    QString text =
        rejected == 0
            ? tr("%1: all can be read.").arg(scope)
            : tr("%1: %2 would be stored, %3 rejected.").arg(scope, formatCount(stored), formatCount(rejected));
    if (shown.skipped > 0) {
        text += u' ' + tr("%n record(s) stand for no request.", nullptr, static_cast<int>(shown.skipped));
    }
    if (file().shown) {
        const qint64 change = rejected - file().shown->second;
        if (change != 0) {
            text += u' ' + (change > 0 ? tr("The last change rejects %1 more.").arg(formatCount(change))
                                       : tr("The last change rejects %1 fewer.").arg(formatCount(-change)));
        }
    }
    file().shown = {stored, rejected};
    m_verdict->setText(text);
    m_verdict->setProperty("role", rejected == 0 ? u"good"_s : u"warning"_s);
    m_verdict->setStyleSheet(u"color: "_s +
                             (rejected == 0 ? Theme::instance().good() : Theme::instance().warning()).name());
    m_checkButton->setVisible(!shown.wholeFile);
}

void ImportDialog::checkWhole() {
    if (!file().planned) {
        return;
    }
    m_checkButton->setEnabled(false);
    m_checkSlot.start(
        tr("Checking the whole of %1").arg(m_title->text()),
        [plan = file().planned->plan](TaskContext& context) { return project::checkImport(plan, context); },
        [this](Result<project::ImportCheck> check) {
            m_checkButton->setEnabled(true);
            if (!check) {
                if (check.error().code != ErrorCode::cancelled) {
                    m_messages->showError(check.error());
                }
                return;
            }
            m_check = std::move(*check);
            m_checkButton->hide();
            QString text = m_check->rejected == 0
                               ? tr("The whole file: all %1 rows can be read.").arg(formatCount(m_check->rows))
                               : tr("The whole file: %1 rows would be stored, %2 rejected.")
                                     .arg(formatCount(m_check->rows), formatCount(m_check->rejected));
            if (!m_check->reasons.empty()) {
                const auto& [reason, count] = m_check->reasons.front();
                text += u' ' + tr("Mostly: %1 (%2).").arg(coreText(reason), formatCount(count));
            }
            m_verdict->setText(text);
            m_verdict->setStyleSheet(
                u"color: "_s +
                (m_check->rejected == 0 ? Theme::instance().good() : Theme::instance().warning()).name());
            showRejects(m_check->rejects, m_check->rejected);
            updateImport();
            Q_EMIT checked();
        });
}

void ImportDialog::askDoctor() {
    if (!file().planned || !m_desk.catalog() || !ingest::saysAnything(file().planned->plan.mapping)) {
        return;
    }
    m_doctorText->setText(tr("Looking at the first rows..."));
    m_doctorSlot.start(
        tr("Looking for what is odd"),
        [plan = file().planned->plan, catalog = m_desk.catalog(), aliases = m_desk.aliases()](TaskContext& context) {
            return project::diagnoseBefore(plan, kDoctorRows, *catalog, aliases, context);
        },
        [this](Result<project::Diagnosis> diagnosis) {
            QList<ValueModel::Row> rows;
            if (!diagnosis) {
                m_doctorText->setText(coreText(diagnosis.error()));
                m_findingModel->setRows(rows);
                return;
            }
            for (const project::Finding& finding : diagnosis->findings) {
                rows.append({rows.size(),
                             {{coreText(finding.title), {}, {}, coreText(finding.explanation), {}, {}},
                              {formatCount(finding.rows), static_cast<double>(finding.rows), {}, {}, {}, {}},
                              {finding.mend.empty() ? missing() : coreText(finding.mend), {}, {}, {}, {}, {}}},
                             false});
            }
            m_findingModel->setRows(rows);
            const QString seen = formatCount(diagnosis->rows);
            m_doctorText->setText(rows.isEmpty()
                                      ? tr("Nothing odd in the first %1 rows.").arg(seen)
                                      : tr("%n finding(s) in the first %1 rows. Mend them in the log's settings here, "
                                           "or with one click under Doctor once the log is in.",
                                           nullptr, static_cast<int>(rows.size()))
                                            .arg(seen));
            m_tabs->setTabText(kDoctorTab, rows.isEmpty() ? tr("Doctor") : tr("Doctor (%1)").arg(rows.size()));
        });
}

void ImportDialog::updateImport() {
    const auto wanted = std::count_if(m_files.begin(), m_files.end(), [](const ImportFile& of) { return of.wanted; });
    if (m_files.size() > 1) {
        m_import->setText(tr("&Import %n file(s)", nullptr, static_cast<int>(wanted)));
        m_import->setEnabled(wanted > 0);
        return;
    }
    m_import->setText(m_check ? tr("&Import %1 rows").arg(formatCount(static_cast<std::int64_t>(m_check->rows)))
                              : tr("&Import"));
    m_import->setEnabled(file().planned && (m_rowModel->rowCount() > 0 || (m_check && m_check->rows > 0)));
}

int ImportDialog::previewRows() const {
    return m_rowModel->rowCount();
}

}  // namespace tierwise::ui
