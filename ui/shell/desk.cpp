// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/desk.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <QUndoStack>

#include "core/project/catalog_update.h"
#include "core/project/own_catalog.h"
#include "core/project/save_copy.h"
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
}

Desk::~Desk() {
    m_openSlot.reset();
    m_copySlot.reset();
    m_importSlot.reset();
    m_rowsSlot.reset();
    m_catalogSlot.reset();
}

QString Desk::projectName() const {
    return m_project ? toQt(m_project->path().stem().string()) : QString();
}

void Desk::openProject(const QString& path) {
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
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + u"/Tierwise"_s;
    const QString folder = m_settings->value(u"import/folder"_s, documents).toString();
    QDir().mkpath(folder);
    const QString name = QFileInfo(toQt(m_importQueue.first().file.string())).baseName();
    QString path = folder + u"/"_s + name + u".tierwise"_s;
    for (int copy = 2; QFileInfo::exists(path); ++copy) {
        path = folder + u"/"_s + name + u"-%1.tierwise"_s.arg(copy);
    }
    createProject(path);
}

void Desk::importInto(const QString& projectPath, QList<project::ImportOptions> files) {
    if (!isImporting()) {
        m_importQueue = std::move(files);
        createProject(projectPath);
    }
}

void Desk::importNext() {
    if (m_importQueue.isEmpty() || !m_project) {
        return;
    }
    const project::ImportOptions options = m_importQueue.takeFirst();
    const QString file = QFileInfo(toQt(options.file.string())).fileName();
    m_importSlot->start(
        tr("Importing %1").arg(file),
        [open = *m_project, options](TaskContext& context) mutable {
            return project::importLog(open, options, context);
        },
        [this, file](Result<project::ImportReport> report) { finishImport(report, file); });
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
            notes << toQt(note);
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
        noteContentChanged();
    }
    Q_EMIT importEnded(report.has_value());
    importNext();
}

void Desk::adopt(Result<project::Project> opened, const QString& path) {
    if (!opened) {
        m_importQueue.clear();
        showError(opened.error());
        return;
    }
    m_undo->clear();
    m_project = std::move(*opened);
    ++m_contentVersion;
    m_rows.reset();
    rememberFile(QFileInfo(path).absoluteFilePath());
    Q_EMIT projectChanged();
    importNext();
}

void Desk::closeProject() {
    if (m_project) {
        m_undo->clear();
        m_project.reset();
        m_rows.reset();
        m_rowsSlot->drop();
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
        tr("Loading rows"), [open = *m_project](TaskContext& context) { return open.loadSnapshot(context); },
        [this, version = m_contentVersion](Result<store::WorkloadSnapshot> rows) {
            if (!rows) {
                showError(rows.error());
            } else if (version != m_contentVersion) {
                needRows();  // it changed meanwhile
            } else {
                m_rows = std::make_shared<const store::WorkloadSnapshot>(std::move(*rows));
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
