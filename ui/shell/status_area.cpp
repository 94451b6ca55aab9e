// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_area.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

#include "ui/format/format.h"
#include "ui/jobs/job_runner.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

StatusArea::StatusArea(JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_jobs(jobs),
      m_page(new QLabel(this)),
      m_remark(new QLabel(this)),
      m_job(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_cancel(new QToolButton(this)),
      m_more(new QToolButton(this)),
      m_remarkTimer(new QTimer(this)) {
    setObjectName(u"statusArea"_s);
    m_page->setObjectName(u"statusPage"_s);
    m_page->setMinimumWidth(10);
    m_remark->setObjectName(u"statusRemark"_s);
    m_remark->setProperty("role", u"muted"_s);
    m_job->setObjectName(u"statusJob"_s);
    m_bar->setFixedSize(140, 14);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the running job"));
    m_cancel->setObjectName(u"cancelJob"_s);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop the running job (Esc)"));
    m_cancel->setAccessibleName(tr("Cancel the running job"));
    m_more->setAutoRaise(true);
    m_more->setAccessibleName(tr("Show all running jobs"));
    m_more->setToolTip(tr("Show all running jobs"));
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(8, 1, 4, 1);
    line->addWidget(m_page, 1);
    line->addWidget(m_remark);
    line->addSpacing(12);
    line->addWidget(m_job);
    line->addWidget(m_bar);
    line->addWidget(m_cancel);
    line->addWidget(m_more);
    m_remarkTimer->setSingleShot(true);
    connect(m_remarkTimer, &QTimer::timeout, m_remark, &QLabel::clear);
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        if (const auto running = m_jobs.visibleJobs(); !running.isEmpty()) {
            m_jobs.cancel(running.last()->id);
            m_cancel->setEnabled(false);
        }
    });
    connect(m_more, &QToolButton::clicked, this, &StatusArea::showJobMenu);
    connect(&jobs, &JobRunner::jobStarted, this, [this](quint64 id) {
        m_since[id].start();
        // A job that ends at once needs no line; without this the status area flickers.
        QTimer::singleShot(250, this, &StatusArea::refresh);
    });
    connect(&jobs, &JobRunner::jobProgressed, this, &StatusArea::refresh);
    connect(&jobs, &JobRunner::jobEnded, this, [this](quint64 id) {
        m_since.remove(id);
        m_cancel->setEnabled(true);
        refresh();
    });
    refresh();
}

void StatusArea::setPageText(const QString& text) {
    m_page->setText(text);
    m_page->setToolTip(text);
}

void StatusArea::tell(const QString& text) {
    m_remark->setText(text);
    m_remarkTimer->start(6000);
}

void StatusArea::refresh() {
    const auto running = m_jobs.visibleJobs();
    const bool busy = !running.isEmpty() && m_since.value(running.last()->id).isValid() &&
                      m_since.value(running.last()->id).elapsed() > 200;
    m_job->setVisible(busy);
    m_bar->setVisible(busy);
    m_cancel->setVisible(busy);
    m_more->setVisible(busy && running.size() > 1);
    if (!busy) {
        return;
    }
    const auto& job = running.last();
    Progress step;
    {
        const std::lock_guard lock(job->mutex);
        step = job->latest;
    }
    QString text = job->title;
    if (!step.phase.empty()) {
        text += u" \u00b7 "_s + toQt(step.phase);
    }
    const double seconds = static_cast<double>(m_since.value(job->id).elapsed()) / 1000.0;
    if (step.rows > 0) {
        text += u" \u00b7 "_s + tr("%1 rows").arg(formatCount(step.rows));
        if (seconds > 0.5) {
            text += u", "_s + tr("%1 rows/s").arg(formatShortCount(static_cast<double>(step.rows) / seconds));
        }
    }
    if (step.total > 0 && step.done > 0 && seconds > 1.0) {
        const double left = seconds * static_cast<double>(step.total - step.done) / static_cast<double>(step.done);
        text += u", "_s + tr("%1 left").arg(formatDuration(left));
    }
    m_job->setText(text);
    m_bar->setRange(0, step.total > 0 ? 1000 : 0);
    if (step.total > 0) {
        m_bar->setValue(static_cast<int>(1000.0 * static_cast<double>(step.done) / static_cast<double>(step.total)));
    }
    m_more->setText(tr("+%1").arg(running.size() - 1));
}

void StatusArea::showJobMenu() {
    QMenu menu(this);
    for (const auto& job : m_jobs.visibleJobs()) {
        const quint64 id = job->id;
        connect(menu.addAction(Theme::instance().icon(u"cancel"_s), tr("Cancel: %1").arg(job->title)),
                &QAction::triggered, this, [this, id] { m_jobs.cancel(id); });
    }
    menu.exec(m_more->mapToGlobal(QPoint(0, -menu.sizeHint().height())));
}

}  // namespace tierwise::ui
