// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QDialog>

#include "core/project/import.h"
#include "core/project/import_preview.h"
#include "ui/dialogs/import_file.h"
#include "ui/jobs/job_slot.h"

class QLabel;
class QListWidget;
class QPushButton;
class QTabWidget;
class QTimer;
class QToolButton;
class QVBoxLayout;

namespace tierwise::ui {

class CopyTable;
class Desk;
class MappingGrid;
class MessageBar;
class PrivacyPanel;
class ReadingPanel;
class ValueModel;

/// Before logs go in: what each was taken for and how sure that is, what its columns mean, the first rows as they would
/// be stored, parsed anew with every change, what would be rejected and how each change moves that, and what the doctor
/// says of the first rows. Never blocks.
class ImportDialog : public QDialog {
    Q_OBJECT

public:
    /// At least one file. What is decided of one holds for the others of the same columns.
    ImportDialog(Desk& desk, const QStringList& files, QWidget* parent = nullptr);
    ~ImportDialog() override;
    /// What the user decided, for each file that is wanted. After accepted().
    [[nodiscard]] QList<project::ImportOptions> options() const;
    [[nodiscard]] int previewRows() const;
    /// The whole file was read through: what it would become.
    [[nodiscard]] const std::optional<project::ImportCheck>& check() const { return m_check; }
    void accept() override;

Q_SIGNALS:
    void previewed();
    void checked();

private:
    void buildHead(QVBoxLayout& column);
    void buildTabs(QVBoxLayout& column);
    void buildButtons(QVBoxLayout& column);
    [[nodiscard]] ImportFile& file() { return m_files[m_current]; }
    [[nodiscard]] const ImportFile& file() const { return m_files[m_current]; }
    void loadPresets();
    void planOthers();
    void showFile(int index);
    void showFileLine(std::size_t index);
    void plan();
    void takePlan(ingest::PlannedImport planned);
    void showPlan();
    void changeReading();
    void readMapping();
    void preview();
    void showPreview(const project::ImportPreview& shown);
    void showRejects(const std::vector<project::RejectInfo>& rejects, qint64 total);
    void showVerdict(const project::ImportPreview& shown);
    void checkWhole();
    void askDoctor();
    void showFailure(const Error& error);
    void keepPreset();
    void forgetPreset();
    void updateImport();
    [[nodiscard]] ingest::ImportWishes wishes(const ImportFile& of) const;

    Desk& m_desk;
    std::vector<ImportFile> m_files;
    std::size_t m_current = 0;
    std::size_t m_nextToPlan = 0;
    std::vector<ingest::Preset> m_presets;
    bool m_filling = false;
    std::optional<project::ImportCheck> m_check;
    QListWidget* m_list;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_because;
    ReadingPanel* m_reading;
    QTabWidget* m_tabs;
    MappingGrid* m_mapping;
    CopyTable* m_rows;
    ValueModel* m_rowModel;
    CopyTable* m_rejects;
    ValueModel* m_rejectModel;
    CopyTable* m_findings;
    ValueModel* m_findingModel;
    QLabel* m_doctorText;
    QLabel* m_verdict;
    QToolButton* m_checkButton;
    PrivacyPanel* m_privacy;
    MessageBar* m_messages;
    QPushButton* m_import;
    QTimer* m_delay;
    JobSlot m_presetSlot;
    JobSlot m_planSlot;
    JobSlot m_othersSlot;
    JobSlot m_previewSlot;
    JobSlot m_checkSlot;
    JobSlot m_doctorSlot;
};

}  // namespace tierwise::ui
