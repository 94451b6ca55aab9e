// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/why_view.h"

#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

#include "core/project/open_workbench.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/session/answer_words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/empty_hint.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kDelayMs = 300;

Cell plain(const QString& text) {
    return {text, {}, {}, {}, {}, {}};
}
Cell number(const QString& text, double exact, const QString& tip = {}) {
    return {text, exact, QString::number(exact, 'g', 17), tip, {}, {}};
}

}  // namespace

WhyView::WhyView(JobRunner& jobs, QWidget* parent)
    : QWidget(parent),
      m_job(std::make_unique<JobSlot>(jobs, nullptr, JobRunner::Lane::quick)),
      m_prompt(new QPlainTextEdit(this)),
      m_text(new QLabel(this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_timer(new QTimer(this)) {
    m_prompt->setObjectName(u"whyPrompt"_s);
    m_prompt->setAccessibleName(tr("Prompt to try"));
    m_prompt->setPlaceholderText(tr("Type or paste a prompt: it is scored here, on this machine."));
    m_prompt->setTabChangesFocus(true);
    m_text->setObjectName(u"whyText"_s);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Where the prompt goes, and why"));
    m_model->setColumns({{tr("Model"), {}, false},
                         {tr("Tier"), {}, false},
                         {tr("Cost"), tr("Of this one request"), true},
                         {tr("Expected quality"), {}, true},
                         {tr("Evidence"), {}, false},
                         {tr("Chosen"), {}, false}});
    m_table->setObjectName(u"whyTable"_s);
    m_table->setAccessibleName(tr("What each model would cost and reach"));
    m_table->setModel(m_model);
    new EmptyHint(tr("What each model would cost and reach for the prompt above, and which of them the policy takes."),
                  m_table);
    auto* answer = new QWidget(this);
    auto* answerLayout = new QVBoxLayout(answer);
    answerLayout->setContentsMargins(0, 0, 0, 0);
    answerLayout->addWidget(m_text);
    answerLayout->addWidget(m_table, 1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_prompt);
    splitter->addWidget(answer);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(splitter);
    m_timer->setSingleShot(true);
    m_timer->setInterval(kDelayMs);
    connect(m_prompt, &QPlainTextEdit::textChanged, m_timer, qOverload<>(&QTimer::start));
    connect(m_timer, &QTimer::timeout, this, &WhyView::start);
    connect(m_table, &CopyTable::told, this, &WhyView::told);
}

void WhyView::ask(const std::shared_ptr<const project::Workbench>& workbench, const route::Policy& policy) {
    m_workbench = workbench;
    m_policy = policy;
    m_timer->start();
}

void WhyView::forget() {
    m_job->drop();
    m_workbench.reset();
}

void WhyView::start() {
    const QString prompt = m_prompt->toPlainText();
    if (!m_workbench || prompt.trimmed().isEmpty()) {
        m_job->drop();
        m_text->clear();
        m_model->setRows({});
        return;
    }
    m_job->start(
        tr("Scoring the prompt"),
        [workbench = m_workbench, text = toUtf8(prompt), policy = m_policy](TaskContext& context) {
            return project::whyPrompt(*workbench, text, policy, context);
        },
        [this](Result<analyze::Explanation> explanation) {
            if (explanation) {
                show(*explanation);
            } else if (explanation.error().code != ErrorCode::cancelled) {
                m_text->setText(coreText(explanation.error()));
                m_model->setRows({});
            }
        });
}

void WhyView::show(const analyze::Explanation& explanation) {
    QString where = tr("nowhere: infeasible");
    QList<ValueModel::Row> rows;
    for (const auto& alternative : explanation.alternatives) {
        Cell tier = plain(tierLabel(alternative.tier));
        tier.icon = tierIcon(alternative.tier);
        if (alternative.chosen) {
            where = tr("%1, %2", "model, tier").arg(coreText(alternative.name), tierLabel(alternative.tier));
        }
        Cell cost = plain(missing());
        if (alternative.costUsd) {
            cost = number(formatDollars(alternative.costUsd->value), alternative.costUsd->value,
                          causesOfCost(*alternative.costUsd));
        }
        Cell quality = plain(missing());
        if (alternative.quality) {
            quality = number(formatPercent(*alternative.quality), *alternative.quality,
                             tr("standard error %1").arg(formatPercent(alternative.qualityError)));
        }
        rows.append({toQt(alternative.id),
                     {plain(coreText(alternative.name)), tier, cost, quality, plain(rungLabel(alternative.rung)),
                      plain(alternative.chosen     ? tr("yes")
                            : alternative.feasible ? QString()
                                                   : coreText(alternative.infeasibleReason))},
                     alternative.chosen});
    }
    QString difficulty;
    switch (explanation.signal) {
        case assess::Signal::scored:
            difficulty = explanation.difficulty
                             ? tr("difficulty %1").arg(formatNumber(static_cast<double>(*explanation.difficulty), 2))
                             : tr("not scored");
            break;
        case assess::Signal::noSignal:
            difficulty = tr("no signal: too little text to say anything");
            break;
        case assess::Signal::unlikeAnythingSeen:
            difficulty = tr("unlike anything seen");
            break;
        case assess::Signal::notScored:
            difficulty = tr("not scored");
            break;
    }
    m_text->setText(tr("Goes to %1 (%2). %3").arg(where, difficulty, coreText(explanation.reason)));
    m_model->setRows(rows);
    m_table->resizeColumnsToContents();
}

}  // namespace tierwise::ui
