// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <memory>
#include <mutex>
#include <type_traits>
#include <utility>

#include <QObject>

#include "core/base/error.h"
#include "ui/jobs/handover.h"
#include "ui/jobs/job_runner.h"

namespace tierwise::ui {

/// One place where a receiver waits for one result at a time: a member or child of the receiver. start() replaces what
/// runs: the old job is asked to stop and its result, being of an older generation, is dropped. done runs on the GUI
/// thread while this slot lives, never after. The destructor asks the jobs to stop and does not wait, so that closing a
/// dialog never holds the window up: what a job uses is its own or shared, and the runner joins them all at its end.
class JobSlot : public QObject {
    Q_OBJECT

public:
    explicit JobSlot(JobRunner& runner, QObject* parent = nullptr, JobRunner::Lane lane = JobRunner::Lane::work)
        : QObject(parent), m_runner(runner), m_lane(lane), m_link(std::make_shared<Link>(this)) {}
    ~JobSlot() override {
        cancel();
        m_link->cut();
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
        m_job = m_runner.submit(
            title, m_lane,
            [generation, link = m_link, work = std::move(work), done = std::move(done)](TaskContext& context) mutable {
                auto result = std::make_shared<R>(guarded<R>(work, context));
                link->post([generation, result, done = std::move(done)](JobSlot& slot) mutable {
                    slot.deliver(generation, *result, done);
                });
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
    bool event(QEvent* event) override { return CallEvent::make(event) || QObject::event(event); }
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] quint64 jobId() const { return m_job ? m_job->id : 0; }
    [[nodiscard]] const std::shared_ptr<JobState>& job() const { return m_job; }

Q_SIGNALS:
    void runningChanged(bool running);

private:
    // The way back from a worker, cut when the slot goes: an event is posted to a living slot or not at all, and what
    // was posted goes with it.
    class Link {
    public:
        explicit Link(JobSlot* slot) : m_slot(slot) {}
        template <typename Call>
        void post(Call call) {
            const std::lock_guard lock(m_mutex);
            if (m_slot != nullptr) {
                CallEvent::post(m_slot, [slot = m_slot, call = std::move(call)]() mutable { call(*slot); });
            }
        }
        void cut() {
            const std::lock_guard lock(m_mutex);
            m_slot = nullptr;
        }

    private:
        std::mutex m_mutex;
        JobSlot* m_slot;
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
    std::shared_ptr<Link> m_link;
    std::shared_ptr<JobState> m_job;
    quint64 m_generation = 0;
    bool m_running = false;
};

}  // namespace tierwise::ui
