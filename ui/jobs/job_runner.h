// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>

#include <QObject>
#include <QString>
#include <QThreadPool>

#include "core/base/task_context.h"

namespace tierwise::ui {

/// What the status area shows about one running job. Made and read on the GUI thread, but for the marked members.
struct JobState {
    quint64 id = 0;
    QString title;
    std::int64_t byteTotal = 0;  ///< progress towards this total is in bytes; 0 = it is not
    bool visible = true;         ///< quick reads (a page of rows) are not worth a line in the status area
    std::stop_source stop;
    std::mutex mutex;                    ///< guards latest
    Progress latest;                     ///< written by the worker
    std::atomic<bool> reporting{false};  ///< a progress event is under way to the GUI thread
};

/// Runs work off the GUI thread, and knows what runs. Long jobs and quick reads have their own threads, so that an
/// import never starves the table. Create and use on the GUI thread. The destructor asks all to stop, then joins.
/// Receivers do not call this: they own a JobSlot.
class JobRunner : public QObject {
    Q_OBJECT

public:
    enum class Lane { work, quick };

    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;

    /// Runs body on a worker; it must not throw.
    std::shared_ptr<JobState> submit(const QString& title, Lane lane, std::function<void(TaskContext&)> body);
    void cancel(quint64 id);
    void cancelAll();
    [[nodiscard]] QList<std::shared_ptr<JobState>> visibleJobs() const;
    [[nodiscard]] bool isIdle() const { return m_jobs.isEmpty(); }
    bool event(QEvent* event) override;

Q_SIGNALS:
    void jobStarted(quint64 id);
    void jobProgressed(quint64 id);
    void jobEnded(quint64 id);

private:
    void reportProgress(const std::shared_ptr<JobState>& job, const Progress& step);

    QThreadPool m_work;
    QThreadPool m_quick;
    QList<std::shared_ptr<JobState>> m_jobs;
    quint64 m_nextId = 1;
};

}  // namespace tierwise::ui
