// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

#include <QObject>

#include "core/base/error.h"
#include "ui/jobs/job_runner.h"

namespace tierwise::ui {

/// One place where a receiver waits for one result at a time: a member or child of the receiver. start() replaces what
/// runs: the old job is asked to stop and its result, being of an older generation, is dropped. done runs on the GUI
/// thread while this slot lives, never after. The destructor asks the jobs to stop and waits for them.
class JobSlot : public QObject {
    Q_OBJECT

public:
    explicit JobSlot(JobRunner& runner, QObject* parent = nullptr, JobRunner::Lane lane = JobRunner::Lane::work)
        : QObject(parent), m_runner(runner), m_lane(lane), m_inFlight(std::make_shared<InFlight>()) {}
    ~JobSlot() override {
        cancel();
        m_inFlight->wait();
    }

    /// work: R(TaskContext&), R = Result<...>, run off the GUI thread: it must own or share all it uses.
    /// done: void(R), run on the GUI thread. A cancelled job's result arrives too (ErrorCode::cancelled), unless
    /// start() or drop() came after it.
    template <typename Work, typename Done>
    void start(const QString& title, Work work, Done done) {
        using R = std::invoke_result_t<Work, TaskContext&>;
        if (m_job) {
            m_job->stop.request_stop();
        }
        const quint64 generation = ++m_generation;
        m_running = true;
        m_inFlight->add();
        m_job = m_runner.submit(
            title, m_lane,
            [this, generation, inFlight = m_inFlight, work = std::move(work),
             done = std::move(done)](TaskContext& context) mutable {
                auto result = std::make_shared<R>(guarded<R>(work, context));
                // Safe: the destructor waits for the countdown below before this slot goes.
                QMetaObject::invokeMethod(
                    this, [this, generation, result, done]() mutable { deliver(generation, *result, done); },
                    Qt::QueuedConnection);
                inFlight->remove();
            });
        Q_EMIT runningChanged(true);
    }

    /// Asks the job to stop; its (cancelled) result still arrives.
    void cancel() {
        if (m_job) {
            m_job->stop.request_stop();
        }
    }
    /// Asks the job to stop and forgets its result.
    void drop() {
        cancel();
        ++m_generation;
        setIdle();
    }
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] quint64 jobId() const { return m_job ? m_job->id : 0; }
    [[nodiscard]] const std::shared_ptr<JobState>& job() const { return m_job; }

Q_SIGNALS:
    void runningChanged(bool running);

private:
    // Counts the jobs whose body has not ended yet.
    struct InFlight {
        std::mutex mutex;
        std::condition_variable none;
        int count = 0;
        void add() {
            const std::lock_guard lock(mutex);
            ++count;
        }
        void remove() {
            const std::lock_guard lock(mutex);
            if (--count == 0) {
                none.notify_all();
            }
        }
        void wait() {
            std::unique_lock lock(mutex);
            none.wait(lock, [this] { return count == 0; });
        }
    };

    template <typename R, typename Work>
    static R guarded(Work& work, TaskContext& context) {
        if (context.stopRequested()) {
            return TaskContext::cancelled();
        }
        try {
            return work(context);
        } catch (const std::exception& exception) {
            return fail(ErrorCode::internal, std::string("the job failed unexpectedly: ") + exception.what(),
                        "Try again; if it happens again, please report it.");
        }
    }

    template <typename R, typename Done>
    void deliver(quint64 generation, R& result, Done& done) {
        if (generation == m_generation) {
            setIdle();
            done(std::move(result));
        }
    }

    void setIdle() {
        if (m_running) {
            m_running = false;
            Q_EMIT runningChanged(false);
        }
    }

    JobRunner& m_runner;
    JobRunner::Lane m_lane;
    std::shared_ptr<InFlight> m_inFlight;
    std::shared_ptr<JobState> m_job;
    quint64 m_generation = 0;
    bool m_running = false;
};

}  // namespace tierwise::ui
