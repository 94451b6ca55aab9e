// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QObject>
#include <QStringList>

#include "core/base/error.h"
#include "core/base/task_context.h"
#include "ui/jobs/job_slot.h"

class QFileSystemWatcher;
class QTimer;

namespace tierwise::ui {

class Desk;

/// All files below these files and folders that may be logs by their name, in order of name; files that were named
/// themselves are kept whatever they are called. Stops at 5,000. Errors: cancelled.
[[nodiscard]] Result<QStringList> findLogs(const QStringList& paths, const TaskContext& context);

/// Folders that the open project takes new logs from: new files, and files that grew, once they have stopped growing.
/// The folders are kept in the project. GUI thread; the looking is done by a job.
class FolderWatch : public QObject {
    Q_OBJECT

public:
    explicit FolderWatch(Desk& desk, QObject* parent = nullptr);
    [[nodiscard]] const QStringList& folders() const { return m_folders; }
    /// One step of undo.
    void add(const QString& folder);
    void stopAll();
    /// What the step of undo does.
    void setFolders(const QStringList& folders);
    /// Looks now, in place of after a while.
    void look();

    static constexpr int kPause = 4000;  ///< ms between two looks; a file must be of the same size in both

Q_SIGNALS:
    void foldersChanged();
    /// sure: of a known kind; unsure: a person should say what their columns mean.
    void logsFound(const QStringList& sure, const QStringList& unsure);

private:
    struct Seen {
        qint64 bytes = 0;
        bool reported = false;
    };
    struct Looked {
        std::map<QString, Seen> seen;
        QStringList sure;
        QStringList unsure;
    };
    void load();
    void save();

    Desk& m_desk;
    QStringList m_folders;
    std::map<QString, Seen> m_seen;
    QFileSystemWatcher* m_watcher;
    QTimer* m_timer;
    JobSlot m_lookSlot;
    JobSlot m_storeSlot;
};

}  // namespace tierwise::ui
