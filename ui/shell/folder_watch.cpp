// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/folder_watch.h"

#include <algorithm>

#include <QDirIterator>
#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QTimer>
#include <QUndoCommand>
#include <QUndoStack>

#include "core/ingest/import_plan.h"
#include "core/project/own_presets.h"
#include "ui/format/format.h"
#include "ui/shell/desk.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMostFiles = 5000;
constexpr double kSureEnough = 0.8;
constexpr auto kKind = "window";
constexpr auto kName = "watched-folders";

bool looksLikeALog(const QString& name) {
    static const QStringList kSuffixes{u"csv"_s, u"tsv"_s, u"txt"_s, u"json"_s, u"jsonl"_s, u"ndjson"_s, u"log"_s};
    QString rest = name.toLower();
    for (const QString& packed : {u".gz"_s, u".zst"_s}) {
        if (rest.endsWith(packed)) {
            rest.chop(packed.size());
        }
    }
    return kSuffixes.contains(rest.mid(rest.lastIndexOf(u'.') + 1)) && rest.contains(u'.');
}

class WatchStep final : public QUndoCommand {
public:
    WatchStep(FolderWatch& watch, const QString& text, QStringList after)
        : QUndoCommand(text), m_watch(&watch), m_before(watch.folders()), m_after(std::move(after)) {}
    void undo() override { set(m_before); }
    void redo() override { set(m_after); }

private:
    void set(const QStringList& folders) {
        if (m_watch != nullptr) {
            m_watch->setFolders(folders);
        }
    }
    QPointer<FolderWatch> m_watch;
    QStringList m_before;
    QStringList m_after;
};

}  // namespace

Result<QStringList> findLogs(const QStringList& paths, const TaskContext& context) {
    QStringList found;
    for (const QString& path : paths) {
        if (!QFileInfo(path).isDir()) {
            found.append(path);
            continue;
        }
        QStringList below;
        QDirIterator files(path, QDir::Files | QDir::Readable, QDirIterator::Subdirectories);
        while (files.hasNext() && below.size() < kMostFiles) {
            if (context.stopRequested()) {
                return TaskContext::cancelled();
            }
            files.next();
            if (looksLikeALog(files.fileName())) {
                below.append(files.fileInfo().absoluteFilePath());
            }
        }
        below.sort();
        found += below;
    }
    return found;
}

FolderWatch::FolderWatch(Desk& desk, QObject* parent)
    : QObject(parent),
      m_desk(desk),
      m_watcher(new QFileSystemWatcher(this)),
      m_timer(new QTimer(this)),
      m_lookSlot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_storeSlot(desk.jobs(), nullptr, JobRunner::Lane::quick) {
    m_timer->setInterval(kPause);
    connect(m_timer, &QTimer::timeout, this, &FolderWatch::look);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, &FolderWatch::look);
    connect(&desk, &Desk::projectChanged, this, &FolderWatch::load);
}

void FolderWatch::add(const QString& folder) {
    if (!m_folders.contains(folder)) {
        m_desk.undo().push(new WatchStep(*this, tr("Watch %1").arg(folder), m_folders + QStringList{folder}));
        m_desk.tell(tr("Watching %1: new logs come in by themselves").arg(folder));
    }
}

void FolderWatch::stopAll() {
    if (!m_folders.isEmpty()) {
        m_desk.undo().push(new WatchStep(*this, tr("Stop watching folders"), {}));
        m_desk.tell(tr("No folder is watched any more"));
    }
}

void FolderWatch::setFolders(const QStringList& folders) {
    m_folders = folders;
    save();
    if (!m_watcher->directories().isEmpty()) {
        m_watcher->removePaths(m_watcher->directories());
    }
    if (m_folders.isEmpty()) {
        m_timer->stop();
        m_lookSlot.drop();
    } else {
        m_watcher->addPaths(m_folders);
        m_timer->start();
        look();
    }
    Q_EMIT foldersChanged();
}

// What the project says; another project, other folders.
void FolderWatch::load() {
    m_timer->stop();
    m_lookSlot.drop();
    m_seen.clear();
    m_folders.clear();
    if (!m_watcher->directories().isEmpty()) {
        m_watcher->removePaths(m_watcher->directories());
    }
    Q_EMIT foldersChanged();
    if (!m_desk.hasProject()) {
        return;
    }
    m_storeSlot.start(
        QString(), [open = m_desk.project()](TaskContext&) { return open.document(kKind, kName); },
        [this](Result<std::optional<std::string>> text) {
            if (!text || !*text) {
                return;
            }
            for (const auto& folder : QJsonDocument::fromJson(QByteArray::fromStdString(**text)).array()) {
                m_folders << folder.toString();
            }
            if (!m_folders.isEmpty()) {
                m_watcher->addPaths(m_folders);
                m_timer->start();
                look();
                Q_EMIT foldersChanged();
            }
        });
}

void FolderWatch::save() {
    if (!m_desk.hasProject()) {
        return;
    }
    std::optional<std::string> text;
    if (!m_folders.isEmpty()) {
        text = QJsonDocument(QJsonArray::fromStringList(m_folders)).toJson(QJsonDocument::Compact).toStdString();
    }
    m_storeSlot.start(
        QString(), [open = m_desk.project(), text](TaskContext&) { return open.putDocument(kKind, kName, text); },
        [this](Result<std::optional<std::string>> before) {
            if (!before) {
                m_desk.showError(before.error());
            }
        });
}

void FolderWatch::look() {
    if (m_folders.isEmpty() || m_lookSlot.isRunning() || m_desk.isImporting() || !m_desk.hasProject()) {
        return;
    }
    m_lookSlot.start(
        QString(),
        [folders = m_folders, before = m_seen, open = m_desk.project()](TaskContext& context) -> Result<Looked> {
            const auto found = findLogs(folders, context);
            if (!found) {
                return fail(found.error());
            }
            const auto imports = open.imports();
            if (!imports) {
                return fail(imports.error());
            }
            const auto own = project::loadOwnPresets();
            Looked looked;
            for (const QString& path : *found) {
                const qint64 bytes = QFileInfo(path).size();
                const auto known = before.find(path);
                Seen seen{bytes, known != before.end() && known->second.bytes == bytes && known->second.reported};
                const bool still = known != before.end() && known->second.bytes == bytes;
                const bool imported = std::any_of(imports->begin(), imports->end(), [&](const auto& import) {
                    return import.source.bytes == bytes && toQt(import.source.path) == path;
                });
                if (imported) {
                    seen.reported = true;
                } else if (still && !seen.reported && bytes > 0) {
                    seen.reported = true;
                    const auto planned = ingest::planImport(toUtf8(path), {}, own.presets, context);
                    const bool sure =
                        planned && !planned->matches.empty() && planned->matches.front().confidence >= kSureEnough;
                    (sure ? looked.sure : looked.unsure).append(path);
                }
                looked.seen.emplace(path, seen);
            }
            return looked;
        },
        [this](Result<Looked> looked) {
            if (!looked) {
                if (looked.error().code != ErrorCode::cancelled) {
                    m_desk.showError(looked.error());
                }
                return;
            }
            m_seen = std::move(looked->seen);
            if (!looked->sure.isEmpty() || !looked->unsure.isEmpty()) {
                Q_EMIT logsFound(looked->sure, looked->unsure);
            }
        });
}

}  // namespace tierwise::ui
