// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/evidence.h"

#include <string>
#include <utility>
#include <vector>

#include <QFileInfo>
#include <QUndoCommand>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

/// Documents of outcomes and what to put there next: each step swaps it with what stands there.
struct OutcomesMemory {
    std::vector<std::pair<std::string, std::optional<std::string>>> bodies;
};

/// The difficulties to give back next: each step swaps them with those that stand there.
struct RefitMemory {
    std::shared_ptr<const project::RowScores> scores;
};

namespace {

constexpr std::uint64_t kSeed = 1;

class ImportOutcomesStep final : public QUndoCommand {
public:
    ImportOutcomesStep(Evidence& evidence, std::shared_ptr<OutcomesMemory> memory)
        : QUndoCommand(Evidence::tr("Import outcomes")), m_evidence(&evidence), m_memory(std::move(memory)) {}
    void undo() override { m_evidence->put(m_memory); }
    void redo() override {
        if (!std::exchange(m_first, false)) {  // it has been done when the step is pushed
            m_evidence->put(m_memory);
        }
    }

private:
    Evidence* m_evidence;
    std::shared_ptr<OutcomesMemory> m_memory;
    bool m_first = true;
};

class RefitStep final : public QUndoCommand {
public:
    RefitStep(Evidence& evidence, std::shared_ptr<RefitMemory> memory)
        : QUndoCommand(Evidence::tr("Fit difficulty to scores")), m_evidence(&evidence), m_memory(std::move(memory)) {}
    void undo() override { m_evidence->putScores(m_memory); }
    void redo() override {
        if (!std::exchange(m_first, false)) {
            m_evidence->putScores(m_memory);
        }
    }

private:
    Evidence* m_evidence;
    std::shared_ptr<RefitMemory> m_memory;
    bool m_first = true;
};

}  // namespace

Evidence::Evidence(Desk& desk, AnalysisSession& session, QObject* parent)
    : QObject(parent), m_desk(desk), m_session(session), m_slot(std::make_unique<JobSlot>(desk.jobs())) {
    // Queued: what the finished job brought is put away before the next one looks at it.
    connect(m_slot.get(), &JobSlot::runningChanged, this, &Evidence::startNext, Qt::QueuedConnection);
    connect(&desk, &Desk::projectChanged, this, [this] { m_waiting.clear(); });
}

Evidence::~Evidence() = default;

void Evidence::whenFree(std::function<void()> start) {
    m_waiting.push_back(std::move(start));
    startNext();
}

void Evidence::startNext() {
    if (!m_slot->isRunning() && !m_waiting.empty()) {
        const auto start = std::move(m_waiting.front());
        m_waiting.pop_front();
        start();
    }
}

void Evidence::importOutcomes() {
    if (!m_desk.hasProject()) {
        return;
    }
    const QStringList files = m_desk.dialogs().openFiles(
        m_desk.window(), tr("Import outcomes"), m_desk.projectFolder(),
        tr("Outcomes (*.csv *.tsv *.jsonl *.ndjson *.json *.gz *.zst)") + u";;"_s + tr("All files (*)"));
    if (files.isEmpty()) {
        return;
    }
    whenFree([this, files] { startImport(files); });
}

void Evidence::startImport(const QStringList& files) {
    using Reports = std::vector<std::pair<QString, Result<project::OutcomeReport>>>;
    m_slot->start(
        tr("Importing outcomes"),
        [open = m_desk.project(), files](TaskContext& context) mutable -> Result<Reports> {
            Reports reports;
            for (const QString& file : files) {
                project::OutcomeImportOptions options;
                options.source = toUtf8(file);
                reports.emplace_back(file, project::importOutcomes(open, options, context));
                if (context.stopRequested()) {
                    break;  // what is in stays, and can be taken back
                }
            }
            return reports;
        },
        [this](Result<Reports> reports) {
            if (!reports) {
                m_desk.showError(reports.error());
                return;
            }
            auto memory = std::make_shared<OutcomesMemory>();
            for (auto& [file, report] : *reports) {
                if (!report) {
                    m_desk.showError(report.error());
                    continue;
                }
                sayImported(file, *report);
                if (!report->document.empty()) {
                    memory->bodies.emplace_back(report->document, report->before);
                }
            }
            if (!memory->bodies.empty()) {
                m_desk.undo().push(new ImportOutcomesStep(*this, memory));
                m_session.recalibrate();
            }
        });
}

void Evidence::sayImported(const QString& file, const project::OutcomeReport& report) {
    const auto count = [](std::int64_t rows) { return formatCount(rows); };
    MessageBar::Message message;
    message.severity = report.used == 0 || report.rejected > 0 || report.unmatched > 0 ? MessageBar::Severity::warning
                                                                                       : MessageBar::Severity::note;
    message.text =
        tr("%1: %2 rows read = %3 used + %4 duplicates + %5 of no request here + %6 that say nothing + %7 "
           "rejected.")
            .arg(QFileInfo(file).fileName(), count(report.read), count(report.used), count(report.duplicates),
                 count(report.unmatched), count(report.empty), count(report.rejected));
    if (report.repeated > 0) {
        message.text +=
            u' ' + tr("%1 are of a request and model that have another: the mean counts.").arg(count(report.repeated));
    }
    QStringList details;
    for (const auto& names : report.sameModel) {
        QStringList list;
        for (const auto& name : names) {
            list << toQt(name);
        }
        details << tr("These names are one model: %1").arg(list.join(u", "_s));
    }
    for (const auto& reject : report.rejects) {
        details << tr("line %1: %2").arg(count(reject.line), coreText(reject.reason));
    }
    for (const auto& id : report.unmatchedExamples) {
        details << tr("no request \"%1\"").arg(toQt(id));
    }
    message.details = details.join(u'\n');
    m_desk.showMessage(message);
}

void Evidence::put(const std::shared_ptr<OutcomesMemory>& memory) {
    whenFree([this, memory] { startPut(memory); });
}

void Evidence::startPut(const std::shared_ptr<OutcomesMemory>& memory) {
    m_slot->start(
        tr("Importing outcomes"),
        [open = m_desk.project(), bodies = memory->bodies](TaskContext&) -> Result<OutcomesMemory> {
            OutcomesMemory before;
            for (const auto& [document, body] : bodies) {
                auto was = project::replaceOutcomes(open, document, body);
                if (!was) {
                    return fail(was.error());
                }
                before.bodies.emplace_back(document, std::move(*was));
            }
            return before;
        },
        [this, memory](Result<OutcomesMemory> before) {
            if (!before) {
                m_desk.showError(before.error());
                return;
            }
            *memory = std::move(*before);
            m_session.recalibrate();
        });
}

void Evidence::refit() {
    if (m_desk.hasProject()) {
        whenFree([this] { startRefit(); });
    }
}

void Evidence::startRefit() {
    m_slot->start(
        tr("Fitting the difficulty to scores"),
        [open = m_desk.project()](TaskContext& context) { return project::refitRows(open, kSeed, context); },
        [this](Result<project::RefitReport> report) {
            if (!report) {
                if (report.error().code != ErrorCode::cancelled) {
                    m_desk.showError(report.error());
                }
                return;
            }
            MessageBar::Message message;
            message.text =
                (report->refit.adopted
                     ? tr("The difficulty is fitted to %1 scored answers: it explains %2 of what the scores vary, out "
                          "of "
                          "fold, and the shipped one %3.")
                     : tr("The shipped difficulty stays. Fitted to %1 scored answers it would explain %2 of what the "
                          "scores vary, out of fold, and as shipped it explains %3."))
                    .arg(formatCount(report->answers), formatPercent(report->refit.explainedRefitted),
                         formatPercent(report->refit.explainedShipped));
            m_desk.showMessage(message);
            if (report->refit.adopted) {
                m_desk.undo().push(new RefitStep(*this, std::make_shared<RefitMemory>(RefitMemory{report->before})));
                m_desk.noteContentChanged();
            }
        });
}

void Evidence::putScores(const std::shared_ptr<RefitMemory>& memory) {
    whenFree([this, memory] { startPutScores(memory); });
}

void Evidence::startPutScores(const std::shared_ptr<RefitMemory>& memory) {
    using Scores = std::shared_ptr<const project::RowScores>;
    m_slot->start(
        tr("Fitting the difficulty to scores"),
        [open = m_desk.project(), scores = memory->scores](TaskContext& context) {
            return project::swapRowScores(open, *scores, context);
        },
        [this, memory](Result<Scores> before) {
            if (!before) {
                m_desk.showError(before.error());
                return;
            }
            memory->scores = std::move(*before);
            m_desk.noteContentChanged();
        });
}

}  // namespace tierwise::ui
