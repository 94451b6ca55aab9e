// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QElapsedTimer>
#include <QHash>
#include <QWidget>

class QLabel;
class QProgressBar;
class QToolButton;

namespace tierwise::ui {

class JobRunner;
struct JobState;

/// The bottom line: what the page shows, a passing remark, and the running jobs with their progress and Cancel.
class StatusArea : public QWidget {
    Q_OBJECT

public:
    explicit StatusArea(JobRunner& jobs, QWidget* parent = nullptr);
    void setPageText(const QString& text);
    /// What the action under the mouse does, in place of the page's words; empty = those again.
    void setTip(const QString& tip);
    /// A remark that goes away by itself.
    void tell(const QString& text);

private:
    // Rates and time left are of the phase, not of the whole job.
    struct Since {
        QElapsedTimer start;
        QElapsedTimer phase;
        std::string name;
        qint64 done = 0;
        qint64 rows = 0;
    };
    void refresh();
    void showJobMenu();
    [[nodiscard]] QString describe(const JobState& job, Since& since) const;

    JobRunner& m_jobs;
    QHash<quint64, Since> m_since;
    QString m_pageText;
    QLabel* m_page;
    QLabel* m_remark;
    QLabel* m_job;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QToolButton* m_more;
    class QTimer* m_remarkTimer;
};

}  // namespace tierwise::ui
