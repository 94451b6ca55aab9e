// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <utility>

#include <QCoreApplication>
#include <QEvent>
#include <QRunnable>

#if defined(__SANITIZE_THREAD__)
#include <sanitizer/tsan_interface.h>
#endif

// Work and results change threads through Qt's queues. ThreadSanitizer does not see the locks of a Qt that was not
// built under it, so the order that they give is said again here; in every other build these two are nothing.
namespace tierwise::ui {

inline void giveAway([[maybe_unused]] void* what) {
#if defined(__SANITIZE_THREAD__)
    __tsan_release(what);
#endif
}
inline void takeOver([[maybe_unused]] void* what) {
#if defined(__SANITIZE_THREAD__)
    __tsan_acquire(what);
#endif
}

/// Work on its way to a thread of a pool, which deletes it.
class Task final : public QRunnable {
public:
    explicit Task(std::function<void()> body) : m_body(std::move(body)) { giveAway(this); }
    void run() override {
        takeOver(this);
        m_body();
    }

private:
    std::function<void()> m_body;
};

/// A call on its way to the thread of a receiver, whose event() hands it to make(). Any thread posts.
class CallEvent final : public QEvent {
public:
    static void post(QObject* receiver, std::function<void()> call) {
        auto* event = new CallEvent(std::move(call));
        giveAway(event);
        QCoreApplication::postEvent(receiver, event);
    }
    /// True where the event was a call, which has been made.
    static bool make(QEvent* event) {
        takeOver(event);
        if (event->type() != kind()) {
            return false;
        }
        static_cast<CallEvent*>(event)->m_call();
        return true;
    }

private:
    explicit CallEvent(std::function<void()> call) : QEvent(kind()), m_call(std::move(call)) {}
    static Type kind() {
        static const auto type = static_cast<Type>(registerEventType());
        return type;
    }
    std::function<void()> m_call;
};

}  // namespace tierwise::ui
