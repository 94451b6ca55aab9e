// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QObject>
#include <QStringList>
#include <QVariantMap>

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/project/import.h"
#include "core/project/project.h"
#include "ui/jobs/job_runner.h"
#include "ui/jobs/job_slot.h"
#include "ui/shell/file_dialogs.h"
#include "ui/widgets/message_bar.h"

class QAction;
class QSettings;
class QUndoStack;
class QWidget;

namespace tierwise::ui {

struct ImportMemory;

/// What the shell and the pages share: the open project, the running jobs, undo, settings, messages, and the way from
/// one page to another. Lives as long as the window; GUI thread.
class Desk : public QObject {
    Q_OBJECT

public:
    /// settingsFile: where settings are kept; empty = the user's own.
    explicit Desk(const QString& settingsFile, QObject* parent = nullptr);
    ~Desk() override;

    [[nodiscard]] JobRunner& jobs() { return *m_jobs; }
    [[nodiscard]] QUndoStack& undo() { return *m_undo; }
    [[nodiscard]] QSettings& settings() { return *m_settings; }
    [[nodiscard]] FileDialogs& dialogs() { return *m_dialogs; }
    void setDialogs(std::unique_ptr<FileDialogs> dialogs) { m_dialogs = std::move(dialogs); }
    /// Parent for dialogs.
    void setWindow(QWidget* window) { m_window = window; }
    [[nodiscard]] QWidget* window() const { return m_window; }

    [[nodiscard]] bool hasProject() const { return m_project.has_value(); }
    /// The open project; a value that workers may copy. Only while hasProject().
    [[nodiscard]] const project::Project& project() const { return *m_project; }
    /// Whether rows of the open project are made up (the sample): said wherever they show.
    [[nodiscard]] bool isSynthetic() const { return m_synthetic; }
    /// "october", for titles; empty without a project.
    [[nodiscard]] QString projectName() const;
    /// Goes up with every change of the project's rows; 0 without a project. Pages compare it to know what is stale.
    [[nodiscard]] quint64 contentVersion() const { return m_contentVersion; }
    /// Opens off the GUI thread; then projectChanged(), or a message.
    void openProject(const QString& path);
    /// Makes a project and opens it.
    void createProject(const QString& path);
    void closeProject();
    void saveCopy(const QString& path);
    /// Imports one after the other into the open project, or into a new one named after the first. One message sums
    /// each import up.
    void importFiles(QList<project::ImportOptions> files);
    /// The same into a new project at this path.
    void importInto(const QString& projectPath, QList<project::ImportOptions> files);
    [[nodiscard]] bool isImporting() const { return m_importSlot->isRunning(); }
    /// One step of undo: removes all rows of an import, and its rejects.
    void removeImport(ImportId id, const QString& file);
    /// The halves of such steps (ImportStep).
    void takeImportBack(const std::shared_ptr<ImportMemory>& memory);
    void importAgain(const std::shared_ptr<ImportMemory>& memory);
    /// How logs come in that nobody is asked about: with the user's presets, and his last word on personal data.
    [[nodiscard]] project::ImportOptions usualOptions(const QString& file) const;
    /// Rows, rejects or prices changed (an import, an undo): pages refresh.
    void noteContentChanged();

    /// All rows as columns, shared by the pages; null until needRows() has loaded them and rowsReady() came. Null
    /// again after every change of content.
    [[nodiscard]] const std::shared_ptr<const store::WorkloadSnapshot>& rows() const { return m_rows; }
    void needRows();
    /// The price catalog in force; null until needCatalog() has loaded it and catalogChanged() came.
    [[nodiscard]] const std::shared_ptr<const catalog::Catalog>& catalog() const { return m_catalog; }
    void needCatalog();
    void reloadCatalog();
    /// Puts the user's own prices back as they were (undo), and reloads the catalog.
    void applyOwnPrices(const std::string& text);
    void setCatalog(std::shared_ptr<const catalog::Catalog> catalog);
    /// The user's own spellings, of the open project.
    [[nodiscard]] const std::vector<catalog::UserAlias>& aliases() const { return m_aliases; }

    void showError(const Error& error);
    void showMessage(const MessageBar::Message& message);
    /// A passing remark in the status area.
    void tell(const QString& text);

    /// Brings a page to the front; request says what it should show there, and is its own business.
    void showPage(const QString& id, const QVariantMap& request = {});
    /// The shell's commands, for empty states ("openFile", "openSample").
    void setCommand(const QString& name, QAction* action) { m_commands.insert(name, action); }
    [[nodiscard]] QAction* command(const QString& name) const { return m_commands.value(name); }

    /// Where new projects are made.
    [[nodiscard]] QString projectFolder() const;
    [[nodiscard]] QStringList recentLogs() const;
    void rememberLogs(const QStringList& paths);
    void forgetRecent();
    [[nodiscard]] QStringList recentFiles() const;
    void rememberFile(const QString& path);
    void forgetFile(const QString& path);

Q_SIGNALS:
    void projectChanged();  ///< opened, replaced or closed
    void contentChanged();
    void rowsScored();  ///< an analysis gave rows their difficulty; nothing else of them changed
    void syntheticChanged();
    void rowsReady();
    void importEnded(bool succeeded);
    /// The last of a queue of imports is in. firstOnes: into a project that was made for them.
    void importsFinished(bool firstOnes);
    void catalogChanged();
    void messageRaised(const MessageBar::Message& message);
    void told(const QString& text);
    void pageRequested(const QString& id, const QVariantMap& request);
    void recentFilesChanged();

private:
    void importNext();
    void finishImport(const Result<project::ImportReport>& report, const QString& file);
    void finishQueue();
    void askDoctor();
    void findSynthetic();
    void adopt(Result<project::Project> opened, const QString& path);

    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<JobRunner> m_jobs;
    std::unique_ptr<QUndoStack> m_undo;
    std::unique_ptr<FileDialogs> m_dialogs;
    std::optional<project::Project> m_project;
    std::unique_ptr<JobSlot> m_openSlot;
    std::unique_ptr<JobSlot> m_copySlot;
    std::unique_ptr<JobSlot> m_rowsSlot;
    std::unique_ptr<JobSlot> m_importSlot;
    QList<project::ImportOptions> m_importQueue;
    std::unique_ptr<JobSlot> m_catalogSlot;
    std::unique_ptr<JobSlot> m_doctorSlot;
    bool m_freshProject = false;  ///< made for the imports that are in the queue
    bool m_doctorWanted = false;
    std::unique_ptr<JobSlot> m_syntheticSlot;
    bool m_synthetic = false;
    bool m_stored = false;    ///< the queue brought rows in
    bool m_reported = false;  ///< an import of the queue went through
    std::shared_ptr<const store::WorkloadSnapshot> m_rows;
    std::shared_ptr<const catalog::Catalog> m_catalog;
    std::vector<catalog::UserAlias> m_aliases;
    quint64 m_contentVersion = 0;
    QHash<QString, QAction*> m_commands;
    QWidget* m_window = nullptr;
};

}  // namespace tierwise::ui
