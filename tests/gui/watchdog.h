// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <ctime>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace tierwise::test {

inline double millis(const QElapsedTimer& since) {
    return static_cast<double>(since.nsecsElapsed()) / 1e6;
}

inline double threadCpuMillis() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Beats on the event loop every few milliseconds: the longest time between two beats is the longest that the window
/// did not answer. Processor time of the GUI thread beside it, because another program may have had the processor.
class Watchdog : public QObject {
public:
    Watchdog() {
        m_timer.setInterval(2);
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            m_worst = std::max(m_worst, millis(m_since));
            m_worstCpu = std::max(m_worstCpu, threadCpuMillis() - m_cpu);
            m_since.restart();
            m_cpu = threadCpuMillis();
        });
        reset();
        m_timer.start();
    }
    void reset() {
        m_worst = 0;
        m_worstCpu = 0;
        m_since.start();
        m_cpu = threadCpuMillis();
    }
    [[nodiscard]] double worst() const { return m_worst; }
    [[nodiscard]] double worstCpu() const { return m_worstCpu; }

private:
    QTimer m_timer;
    QElapsedTimer m_since;
    double m_cpu = 0;
    double m_worst = 0;
    double m_worstCpu = 0;
};

}  // namespace tierwise::test
