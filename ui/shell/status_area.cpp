// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_area.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QProgressBar>
#include <QTimer>
#include <QToolButton>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_runner.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

// Core names its phases in English; these are the ones there are.
QString phaseTitle(const std::string& phase) {
    static const std::pair<const char*, const char*> kPhases[] = {
        {"Importing", QT_TRANSLATE_NOOP("StatusArea", "reading")},
        {"Checking", QT_TRANSLATE_NOOP("StatusArea", "reading")},
        {"Reading", QT_TRANSLATE_NOOP("StatusArea", "reading")},
        {"Reading prompts", QT_TRANSLATE_NOOP("StatusArea", "reading prompts")},
        {"Reading requests", QT_TRANSLATE_NOOP("StatusArea", "reading requests")},
        {"Scoring prompts", QT_TRANSLATE_NOOP("StatusArea", "scoring prompts")},
        {"Resolving models", QT_TRANSLATE_NOOP("StatusArea", "looking models up")},
        {"Pricing every request on every model",
         QT_TRANSLATE_NOOP("StatusArea", "pricing every request on every model")},
        {"Indexing", QT_TRANSLATE_NOOP("StatusArea", "sorting")},
        {"Drawing", QT_TRANSLATE_NOOP("StatusArea", "drawing")},
        {"Loading", QT_TRANSLATE_NOOP("StatusArea", "loading")},
        {"Merging", QT_TRANSLATE_NOOP("StatusArea", "merging")},
        {"Refitting", QT_TRANSLATE_NOOP("StatusArea", "refitting")},
        {"Ready", QT_TRANSLATE_NOOP("StatusArea", "ready")},
        {"Writing", QT_TRANSLATE_NOOP("StatusArea", "writing")}};
    for (const auto& [name, title] : kPhases) {
        if (phase == name) {
            return StatusArea::tr(title);
        }
    }
    return coreText(phase);
}

// One line that ends in "..." where there is no room; all of it is in the tooltip.
class ElidedLabel final : public QLabel {
public:
    explicit ElidedLabel(QWidget* parent) : QLabel(parent) {
        setProperty("elides", true);
        setMinimumWidth(10);
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter(this);
        painter.setPen(palette().color(foregroundRole()));
        painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideRight, width()));
        setToolTip(fontMetrics().horizontalAdvance(text()) > width() ? text() : QString());
    }
};

}  // namespace

StatusArea::StatusArea(JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_jobs(jobs),
      m_page(new ElidedLabel(this)),
      m_remark(new ElidedLabel(this)),
      m_job(new ElidedLabel(this)),
      m_bar(new QProgressBar(this)),
      m_cancel(new QToolButton(this)),
      m_more(new QToolButton(this)),
      m_remarkTimer(new QTimer(this)) {
    setObjectName(u"statusArea"_s);
    m_page->setObjectName(u"statusPage"_s);
    m_remark->setObjectName(u"statusRemark"_s);
    m_remark->setProperty("role", u"muted"_s);
    m_job->setObjectName(u"statusJob"_s);
    m_bar->setFixedSize(140, 14);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress of the running job"));
    m_cancel->setObjectName(u"cancelJob"_s);
    m_cancel->setText(tr("Cancel"));
    m_cancel->setToolTip(tr("Stop the running job (Ctrl+.)"));
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
            refresh();
        }
    });
    connect(m_more, &QToolButton::clicked, this, &StatusArea::showJobMenu);
    connect(&jobs, &JobRunner::jobStarted, this, [this](quint64 id) {
        m_since[id].start.start();
        m_since[id].phase.start();
        // A job that ends at once needs no line; without this the status area flickers.
        QTimer::singleShot(250, this, &StatusArea::refresh);
    });
    connect(&jobs, &JobRunner::jobProgressed, this, &StatusArea::refresh);
    connect(&jobs, &JobRunner::jobEnded, this, [this](quint64 id) {
        m_since.remove(id);
        refresh();
    });
    refresh();
}

void StatusArea::setPageText(const QString& text) {
    m_pageText = text;
    m_page->setText(text);
}

void StatusArea::setTip(const QString& tip) {
    m_page->setText(tip.isEmpty() ? m_pageText : tip);
}

void StatusArea::tell(const QString& text) {
    m_remark->setText(text);
    m_remarkTimer->start(6000);
}

// "Importing october.csv · 412,000 rows, 1.2M rows/s, 96 MB/s, 3 s left"
QString StatusArea::describe(const JobState& job, Since& since) const {
    const Progress& step = job.latest;
    if (step.phase != since.name || step.done < since.done) {
        since.name = step.phase;
        since.phase.restart();
        since.done = step.done;
        since.rows = step.rows;
    }
    QString text = job.title;
    if (!step.phase.empty()) {
        text += u" \u00b7 "_s + phaseTitle(step.phase);
    }
    const double seconds = static_cast<double>(since.phase.elapsed()) / 1000.0;
    const auto done = static_cast<double>(step.done - since.done);
    QStringList rates;
    if (step.rows > 0) {
        rates << tr("%1 rows").arg(formatCount(step.rows));
        if (seconds > 0.3 && step.rows > since.rows) {
            rates << tr("%1 rows/s").arg(formatShortCount(static_cast<double>(step.rows - since.rows) / seconds));
        }
    }
    const bool bytes = job.byteTotal > 0 && step.total == job.byteTotal;
    if (bytes && seconds > 0.3 && done > 0) {
        rates << tr("%1/s").arg(formatBytes(static_cast<std::int64_t>(done / seconds)));
    }
    if (step.total > 0 && done > 0 && seconds > 0.5) {
        rates << tr("%1 left").arg(formatDuration(seconds * static_cast<double>(step.total - step.done) / done));
    }
    return rates.isEmpty() ? text : text + u" \u00b7 "_s + rates.join(u", "_s);
}

void StatusArea::refresh() {
    const auto running = m_jobs.visibleJobs();
    // A job that was asked to stop and the last one to begin; one that began a moment ago is not worth a line.
    const bool busy =
        !running.isEmpty() && m_since.contains(running.last()->id) && m_since[running.last()->id].start.elapsed() > 200;
    m_job->setVisible(busy);
    m_bar->setVisible(busy);
    m_cancel->setVisible(busy);
    m_more->setVisible(busy && running.size() > 1);
    if (!busy) {
        return;
    }
    const auto& job = running.last();
    const std::lock_guard lock(job->mutex);
    const Progress& step = job->latest;
    m_job->setText(describe(*job, m_since[job->id]));
    m_cancel->setEnabled(!job->stop.stop_requested());
    m_cancel->setText(job->stop.stop_requested() ? tr("Stopping...") : tr("Cancel"));
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
