// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/project/project.h"
#include "ui/jobs/job_slot.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace tierwise::ui {

class CopyTable;
class Desk;
class ValueModel;

/// The records that did not become rows: where, why, how to mend them, and their own bytes. Read in pages.
class RejectsTab : public QWidget {
    Q_OBJECT

public:
    explicit RejectsTab(Desk& desk, QWidget* parent = nullptr);
    void refresh();
    void showImport(std::optional<ImportId> import);
    void exportAll();
    /// Writes the rejects of an import as a CSV with the log's own columns, to be mended and tried again.
    void exportToMend();
    /// Tries an import's rejects again: from a mended file, or as they are.
    void retryMended();
    void retryAsTheyAre();

Q_SIGNALS:
    void statusChanged(const QString& text);

private:
    struct Page {
        std::vector<project::RejectInfo> rejects;
        std::int64_t total = 0;
    };
    void load(std::int64_t after);
    void append(const Page& page, bool first);
    /// The import that the selected reject, or the list, is of; tells when it can't be known.
    [[nodiscard]] std::optional<ImportId> chosenImport();
    void retry(ImportId import, const QString& mended);

    Desk& m_desk;
    QStackedWidget* m_stack;
    CopyTable* m_table;
    ValueModel* m_model;
    QPlainTextEdit* m_raw;
    QLabel* m_hint;
    QPushButton* m_more;
    std::optional<ImportId> m_import;
    std::int64_t m_last = 0;
    QStringList m_raws;
    QList<ImportId> m_imports;  ///< of each row shown
    JobSlot m_slot;
    JobSlot m_exportSlot;
};

}  // namespace tierwise::ui
