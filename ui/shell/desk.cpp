// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/desk.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QUndoStack>

#include "core/project/catalog_update.h"
#include "core/project/doctor.h"
#include "core/project/own_catalog.h"
#include "core/project/own_presets.h"
#include "core/project/report_request.h"
#include "core/project/save_copy.h"
#include "ui/commands/import_step.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int kRecentLimit = 10;
}

Desk::Desk(const QString& settingsFile, QObject* parent)
    : QObject(parent),
      m_settings(settingsFile.isEmpty() ? std::make_unique<QSettings>()
                                        : std::make_unique<QSettings>(settingsFile, QSettings::IniFormat)),
      m_jobs(std::make_unique<JobRunner>()),
      m_undo(std::make_unique<QUndoStack>()),
      m_dialogs(std::make_unique<FileDialogs>()) {
    m_undo->setUndoLimit(500);
    m_openSlot = std::make_unique<JobSlot>(*m_jobs);
    m_copySlot = std::make_unique<JobSlot>(*m_jobs);
    m_importSlot = std::make_unique<JobSlot>(*m_jobs);
    m_rowsSlot = std::make_unique<JobSlot>(*m_jobs);
    m_catalogSlot = std::make_unique<JobSlot>(*m_jobs);
    m_doctorSlot = std::make_unique<JobSlot>(*m_jobs);
    m_syntheticSlot = std::make_unique<JobSlot>(*m_jobs, nullptr, JobRunner::Lane::quick);
    connect(this, &Desk::catalogChanged, this, &Desk::askDoctor);
    connect(this, &Desk::projectChanged, this, &Desk::findSynthetic);
    connect(this, &Desk::contentChanged, this, &Desk::findSynthetic);
    connect(this, &Desk::rowsScored, this, [this] {
        if (m_rows) {  // the ones with difficulties, which the workbench holds already
            m_rows.reset();
            needRows();
        }
    });
}

Desk::~Desk() {
    m_openSlot.reset();
    m_copySlot.reset();
    m_importSlot.reset();
    m_rowsSlot.reset();
    m_catalogSlot.reset();
    m_doctorSlot.reset();
    m_syntheticSlot.reset();
}

QString Desk::projectName() const {
    return m_project ? toQt(m_project->path().stem().string()) : QString();
}

void Desk::openProject(const QString& path) {
    if (isImporting()) {
        tell(tr("The running import was cancelled"));
    }
    m_importQueue.clear();
    m_importSlot->drop();  // all of an import or nothing of it: nothing of this one
    m_freshProject = false;
    m_openSlot->start(
        tr("Opening %1").arg(QFileInfo(path).fileName()),
        [file = std::filesystem::path(toUtf8(path))](TaskContext&) { return project::Project::open(file); },
        [this, path](Result<project::Project> opened) { adopt(std::move(opened), path); });
}

void Desk::createProject(const QString& path) {
    m_openSlot->start(
        tr("Making %1").arg(QFileInfo(path).fileName()),
        [file = std::filesystem::path(toUtf8(path))](TaskContext&) { return project::Project::create(file); },
        [this, path](Result<project::Project> opened) { adopt(std::move(opened), path); });
}

void Desk::importFiles(QList<project::ImportOptions> files) {
    m_importQueue += std::move(files);
    if (m_importQueue.isEmpty() || isImporting()) {
        return;
    }
    if (m_project) {
        importNext();
        return;
    }
    // The project is the document, saved from its first row on: in the user's documents, named after the log.
    const QString folder = projectFolder();
    QDir().mkpath(folder);
    const QString name = QFileInfo(toQt(m_importQueue.first().file.string())).baseName();
    QString path = folder + u"/"_s + name + u".tierwise"_s;
    for (int copy = 2; QFileInfo::exists(path); ++copy) {
        path = folder + u"/"_s + name + u"-%1.tierwise"_s.arg(copy);
    }
    m_freshProject = true;
    createProject(path);
}

QString Desk::projectFolder() const {
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + u"/Tierwise"_s;
    return m_settings->value(u"import/folder"_s, documents).toString();
}

void Desk::importInto(const QString& projectPath, QList<project::ImportOptions> files) {
    if (!isImporting()) {
        m_importQueue = std::move(files);
        m_freshProject = true;
        createProject(projectPath);
    }
}

void Desk::importNext() {
    if (m_importQueue.isEmpty() || !m_project) {
        finishQueue();
        return;
    }
    const project::ImportOptions options = m_importQueue.takeFirst();
    const QString file = QFileInfo(toQt(options.file.string())).fileName();
    m_importSlot->start(
        tr("Importing %1").arg(file),
        [open = *m_project, options](TaskContext& context) mutable {
            return project::importLog(open, options, context);
        },
        [this, file](const Result<project::ImportReport>& report) { finishImport(report, file); });
    m_importSlot->job()->byteTotal = QFileInfo(toQt(options.file.string())).size();
}

void Desk::finishQueue() {
    const bool fresh = std::exchange(m_freshProject, false);
    if (fresh && m_project && !std::exchange(m_reported, false)) {
        // Nothing came of it: a project that was made for these logs alone must not lie about empty.
        const std::filesystem::path path = m_project->path();
        forgetFile(toQt(path.string()));
        closeProject();
        for (const char* part : {"", "-wal", "-shm"}) {
            QFile::remove(toQt(path.string() + part));
        }
        return;
    }
    m_reported = false;
    if (std::exchange(m_stored, false)) {
        m_doctorWanted = true;
        askDoctor();
        Q_EMIT importsFinished(fresh);
    }
}

// After an import the doctor looks at the rows by itself, and speaks up only when something is odd.
void Desk::askDoctor() {
    if (!m_doctorWanted || !m_project) {
        return;
    }
    if (!m_catalog) {
        needCatalog();  // catalogChanged() comes back here
        return;
    }
    m_doctorWanted = false;
    m_doctorSlot->start(
        tr("Looking for what is odd"),
        [open = *m_project, catalog = m_catalog](TaskContext& context) {
            return project::diagnose(open, *catalog, context);
        },
        [this](Result<project::Diagnosis> diagnosis) {
            QStringList odd;
            for (const project::Finding& finding : diagnosis ? diagnosis->findings : std::vector<project::Finding>()) {
                if (finding.severity != project::FindingSeverity::info) {
                    odd << coreText(finding.title);
                }
            }
            if (odd.isEmpty()) {
                return;
            }
            MessageBar::Message message;
            message.severity = MessageBar::Severity::warning;
            message.text = tr("The doctor finds %n odd thing(s) in the rows", nullptr, static_cast<int>(odd.size()));
            message.hint = odd.size() == 1 ? odd.first() : tr("Each can be mended with one click, and undone");
            message.details = odd.join(u'\n');
            message.actionText = tr("Show the doctor");
            message.action = [this] { showPage(u"workload"_s, {{u"tab"_s, u"doctor"_s}}); };
            showMessage(message);
        });
}

void Desk::removeImport(ImportId id, const QString& file) {
    m_undo->push(new ImportStep(*this, tr("Take the import of %1 back").arg(file), id, false, false));
}

void Desk::takeImportBack(const std::shared_ptr<ImportMemory>& memory) {
    if (!m_project || isImporting()) {
        tell(tr("Wait until the running import is done"));
        return;
    }
    m_importSlot->start(
        tr("Taking the import back"),
        [open = *m_project, memory](TaskContext&) -> Result<void> {
            const auto imports = open.imports();
            if (!imports) {
                return fail(imports.error());
            }
            for (const project::ImportInfo& import : *imports) {
                if (import.id == memory->id) {
                    memory->plan = import.source.options;
                }
            }
            return open.undoImport(memory->id);
        },
        [this](Result<void> done) {
            if (!done) {
                showError(done.error());
                return;
            }
            tell(tr("The import was taken back"));
            noteContentChanged();
        });
}

void Desk::importAgain(const std::shared_ptr<ImportMemory>& memory) {
    if (!m_project || isImporting()) {
        tell(tr("Wait until the running import is done"));
        return;
    }
    m_importSlot->start(
        tr("Importing again"),
        [open = *m_project, memory](TaskContext& context) mutable -> Result<project::ImportReport> {
            const auto plan = ingest::planFromJson(memory->plan);
            if (!plan) {
                return fail(plan.error());
            }
            auto report = project::importByPlan(open, *plan, context);
            if (report) {
                memory->id = report->id;
            }
            return report;
        },
        [this](Result<project::ImportReport> report) {
            if (!report) {
                showError(report.error());
                return;
            }
            tell(tr("%1 rows stored").arg(formatCount(report->stored)));
            noteContentChanged();
        });
}

project::ImportOptions Desk::usualOptions(const QString& file) const {
    project::ImportOptions options;
    options.file = toUtf8(file);
    options.wishes.masking.mode = static_cast<ingest::MaskMode>(
        m_settings->value(u"import/masking"_s, static_cast<int>(ingest::MaskMode::flag)).toInt());
    options.wishes.storeTexts = options.wishes.masking.mode != ingest::MaskMode::noText;
    options.ownPresets = project::loadOwnPresets().presets;
    return options;
}

void Desk::finishImport(const Result<project::ImportReport>& report, const QString& file) {
    if (!report) {
        showError(report.error());
        m_importQueue.clear();
    } else {
        QString text = tr("Imported %1: %2 rows stored").arg(file, formatCount(report->stored));
        if (report->duplicates > 0) {
            text += tr(", %1 were there already").arg(formatCount(report->duplicates));
        }
        if (report->rejected > 0) {
            text += tr(", %1 rejected").arg(formatCount(report->rejected));
        }
        QStringList notes;
        for (const std::string& note : report->notes) {
            notes << coreText(note);
        }
        MessageBar::Message message{report->rejected > 0 ? MessageBar::Severity::warning : MessageBar::Severity::note,
                                    text,
                                    tr("Read in %1").arg(formatDuration(report->seconds)),
                                    notes.join(u"\n"_s),
                                    {},
                                    {}};
        if (report->rejected > 0) {
            message.actionText = tr("Show rejects");
            message.action = [this] { showPage(u"workload"_s, {{u"tab"_s, u"rejects"_s}}); };
        }
        showMessage(message);
        m_reported = true;
        if (report->stored > 0) {
            m_stored = true;
            m_undo->push(new ImportStep(*this, tr("Import %1").arg(file), report->id, true, true));
        }
        noteContentChanged();
    }
    Q_EMIT importEnded(report.has_value());
    importNext();
}

void Desk::adopt(Result<project::Project> opened, const QString& path) {
    if (!opened) {
        m_importQueue.clear();
        m_freshProject = false;
        showError(opened.error());
        return;
    }
    m_undo->clear();
    m_project = std::move(*opened);
    ++m_contentVersion;
    m_rows.reset();
    rememberFile(QFileInfo(path).absoluteFilePath());
    Q_EMIT projectChanged();
    if (!m_importQueue.isEmpty()) {
        importNext();
    }
}

void Desk::closeProject() {
    if (m_project) {
        m_importQueue.clear();
        m_importSlot->drop();
        m_freshProject = false;
        m_stored = false;
        m_undo->clear();
        m_project.reset();
        m_rows.reset();
        m_rowsSlot->drop();
        m_doctorSlot->drop();
        m_doctorWanted = false;
        ++m_contentVersion;
        Q_EMIT projectChanged();
    }
}

void Desk::saveCopy(const QString& path) {
    if (!m_project) {
        return;
    }
    m_copySlot->start(
        tr("Copying to %1").arg(QFileInfo(path).fileName()),
        [open = *m_project, to = std::filesystem::path(toUtf8(path))](TaskContext&) {
            return project::saveCopy(open, to);
        },
        [this, path](Result<void> done) {
            if (done) {
                tell(tr("Copied to %1").arg(path));
            } else {
                showError(done.error());
            }
        });
}

void Desk::noteContentChanged() {
    ++m_contentVersion;
    m_rows.reset();
    Q_EMIT contentChanged();
}

void Desk::needRows() {
    if (m_rows || !m_project || m_rowsSlot->isRunning()) {
        return;
    }
    m_rowsSlot->start(
        tr("Loading rows"), [open = *m_project](TaskContext& context) { return open.snapshot(context); },
        [this, version = m_contentVersion](Result<std::shared_ptr<const store::WorkloadSnapshot>> rows) {
            if (!rows) {
                showError(rows.error());
            } else if (version != m_contentVersion) {
                needRows();  // it changed meanwhile
            } else {
                m_rows = std::move(*rows);
                Q_EMIT rowsReady();
            }
        });
}

void Desk::needCatalog() {
    if (m_catalog || m_catalogSlot->isRunning()) {
        return;
    }
    m_catalogSlot->start(
        tr("Loading the catalog"), [](TaskContext&) { return project::catalogInUse(); },
        [this](Result<catalog::Catalog> loaded) {
            if (loaded) {
                setCatalog(std::make_shared<const catalog::Catalog>(std::move(*loaded)));
            } else {
                showError(loaded.error());
            }
        });
}

void Desk::reloadCatalog() {
    m_catalogSlot->drop();
    m_catalog.reset();
    needCatalog();
}

void Desk::applyOwnPrices(const std::string& text) {
    m_catalogSlot->start(
        tr("Changing own prices"), [text](TaskContext&) { return project::putOwnCatalogText(text); },
        [this](Result<void> done) {
            if (!done) {
                showError(done.error());
            }
            reloadCatalog();
        });
}

void Desk::setCatalog(std::shared_ptr<const catalog::Catalog> catalog) {
    m_catalog = std::move(catalog);
    Q_EMIT catalogChanged();
}

void Desk::findSynthetic() {
    const auto take = [this](bool synthetic) {
        if (std::exchange(m_synthetic, synthetic) != synthetic) {
            Q_EMIT syntheticChanged();
        }
    };
    if (!m_project) {
        m_syntheticSlot->drop();
        take(false);
        return;
    }
    m_syntheticSlot->start(
        QString(), [open = *m_project](TaskContext&) -> Result<bool> { return project::isSynthetic(open); },
        [take](Result<bool> synthetic) { take(synthetic && *synthetic); });
}

void Desk::showError(const Error& error) {
    if (error.code == ErrorCode::cancelled) {
        tell(tr("Cancelled"));
        return;
    }
    Q_EMIT messageRaised(MessageBar::fromError(error));
}

void Desk::showMessage(const MessageBar::Message& message) {
    Q_EMIT messageRaised(message);
}

void Desk::tell(const QString& text) {
    Q_EMIT told(text);
}

void Desk::showPage(const QString& id, const QVariantMap& request) {
    Q_EMIT pageRequested(id, request);
}

QStringList Desk::recentLogs() const {
    QStringList files = m_settings->value(u"recent/logs"_s).toStringList();
    files.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return files;
}

void Desk::rememberLogs(const QStringList& paths) {
    QStringList files = m_settings->value(u"recent/logs"_s).toStringList();
    for (const QString& path : paths) {
        files.removeAll(path);
        files.prepend(path);
    }
    m_settings->setValue(u"recent/logs"_s, files.mid(0, kRecentLimit));
}

void Desk::forgetRecent() {
    m_settings->remove(u"recent/logs"_s);
    m_settings->remove(u"recent/projects"_s);
    Q_EMIT recentFilesChanged();
}

QStringList Desk::recentFiles() const {
    QStringList files = m_settings->value(u"recent/projects"_s).toStringList();
    files.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return files;
}

void Desk::rememberFile(const QString& path) {
    QStringList files = m_settings->value(u"recent/projects"_s).toStringList();
    files.removeAll(path);
    files.prepend(path);
    m_settings->setValue(u"recent/projects"_s, files.mid(0, kRecentLimit));
    Q_EMIT recentFilesChanged();
}

void Desk::forgetFile(const QString& path) {
    QStringList files = m_settings->value(u"recent/projects"_s).toStringList();
    files.removeAll(path);
    m_settings->setValue(u"recent/projects"_s, files);
    Q_EMIT recentFilesChanged();
}

}  // namespace tierwise::ui
