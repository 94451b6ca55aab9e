// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/job_runner.h"

#include <algorithm>

#include <QThread>

#include "ui/jobs/handover.h"

namespace tierwise::ui {

JobRunner::JobRunner(QObject* parent) : QObject(parent) {
    m_work.setMaxThreadCount(std::max(2, QThread::idealThreadCount()));
    m_quick.setMaxThreadCount(1);
    m_work.setThreadPriority(QThread::LowPriority);  // the window stays quick while a job uses every core
}

JobRunner::~JobRunner() {
    cancelAll();
    m_quick.waitForDone();
    m_work.waitForDone();
    takeOver(this);
}

bool JobRunner::event(QEvent* event) {
    return CallEvent::make(event) || QObject::event(event);
}

std::shared_ptr<JobState> JobRunner::submit(const QString& title, Lane lane, std::function<void(TaskContext&)> body) {
    auto job = std::make_shared<JobState>();
    job->id = m_nextId++;
    job->title = title;
    job->visible = lane == Lane::work;
    m_jobs.append(job);
    QThreadPool& pool = lane == Lane::work ? m_work : m_quick;
    pool.start(new Task([this, job, body = std::move(body)] {
        TaskContext context{job->stop.get_token(), [this, job](const Progress& step) { reportProgress(job, step); }};
        body(context);
        CallEvent::post(this, [this, job] {
            m_jobs.removeOne(job);
            Q_EMIT jobEnded(job->id);
        });
        giveAway(this);
    }));
    Q_EMIT jobStarted(job->id);
    return job;
}

// Called on the worker: at most one event is ever queued, however often the worker reports.
void JobRunner::reportProgress(const std::shared_ptr<JobState>& job, const Progress& step) {
    {
        const std::lock_guard lock(job->mutex);
        job->latest = step;
    }
    if (!job->reporting.exchange(true)) {
        CallEvent::post(this, [this, job] {
            job->reporting = false;
            Q_EMIT jobProgressed(job->id);
        });
    }
}

void JobRunner::cancel(quint64 id) {
    for (const auto& job : m_jobs) {
        if (job->id == id) {
            job->stop.request_stop();
        }
    }
}

void JobRunner::cancelAll() {
    for (const auto& job : m_jobs) {
        job->stop.request_stop();
    }
}

QList<std::shared_ptr<JobState>> JobRunner::visibleJobs() const {
    QList<std::shared_ptr<JobState>> jobs;
    std::copy_if(m_jobs.begin(), m_jobs.end(), std::back_inserter(jobs), [](const auto& job) { return job->visible; });
    return jobs;
}

}  // namespace tierwise::ui
