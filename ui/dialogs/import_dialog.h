// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QDialog>

#include "core/project/import.h"
#include "core/project/import_preview.h"
#include "ui/jobs/job_slot.h"

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QTabWidget;
class QTimer;
class QVBoxLayout;

namespace tierwise::ui {

class CopyTable;
class Desk;
class MappingGrid;
class MessageBar;
class ValueModel;

/// Before a log goes in: what it was taken for and how sure that is, what each column means, the first rows as they
/// would be stored, parsed anew with every change, and what would be rejected. Never blocks.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    /// more: further files that are imported the same way, each with its own detection.
    ImportDialog(Desk& desk, QString file, int more, QWidget* parent = nullptr);
    /// What the user decided. After accepted().
    [[nodiscard]] project::ImportOptions options() const;
    [[nodiscard]] bool isReady() const { return m_planned.has_value(); }
    [[nodiscard]] int previewRows() const;

Q_SIGNALS:
    void previewed();

private:
    void buildHead(QVBoxLayout& column);
    void buildMasking(QVBoxLayout& column);
    void plan();
    void takePlan(ingest::PlannedImport planned);
    void readMapping();
    void preview();
    void showPreview(const project::ImportPreview& shown);
    void showFailure(const Error& error);
    [[nodiscard]] ingest::ImportWishes wishes() const;

    Desk& m_desk;
    QString m_file;
    std::optional<ingest::PlannedImport> m_planned;
    std::optional<std::string> m_preset;
    bool m_mappingEdited = false;
    bool m_filling = false;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_because;
    QComboBox* m_source;
    QComboBox* m_encoding;
    QComboBox* m_delimiter;
    QCheckBox* m_header;
    QTabWidget* m_tabs;
    MappingGrid* m_mapping;
    CopyTable* m_rows;
    ValueModel* m_rowModel;
    CopyTable* m_rejects;
    ValueModel* m_rejectModel;
    QLabel* m_verdict;
    QButtonGroup* m_masking;
    MessageBar* m_messages;
    QPushButton* m_import;
    QTimer* m_delay;
    JobSlot m_planSlot;
    JobSlot m_previewSlot;
};

}  // namespace tierwise::ui
