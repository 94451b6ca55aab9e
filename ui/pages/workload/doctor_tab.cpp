// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/workload/doctor_tab.h"

#include <memory>

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStringListModel>
#include <QUndoStack>
#include <QVBoxLayout>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/empty_state.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

/// A mend that was done (or undone, where it began with an undo), back and forth. Each doing gives the mend a new id.
class MendStep final : public QUndoCommand {
public:
    MendStep(DoctorTab& tab, const project::AppliedMend& mend, QString candidate, bool mends)
        : QUndoCommand(mends ? coreText(mend.mend) : DoctorTab::tr("Undo: %1").arg(coreText(mend.mend))),
          m_tab(&tab),
          m_finding(toQt(mend.finding)),
          m_candidate(std::move(candidate)),
          m_id(std::make_shared<QString>(toQt(mend.id))),
          m_mends(mends) {}
    void undo() override { step(!m_mends); }
    void redo() override {
        if (!std::exchange(m_first, false)) {
            step(m_mends);
        }
    }

private:
    void step(bool mends) {
        if (m_tab == nullptr) {
            return;
        }
        if (mends) {
            m_tab->mend(m_finding, m_candidate, [id = m_id](const project::AppliedMend& done) { *id = toQt(done.id); });
        } else {
            m_tab->undoMend(*m_id);
        }
    }

    QPointer<DoctorTab> m_tab;
    QString m_finding;
    QString m_candidate;
    std::shared_ptr<QString> m_id;
    bool m_mends;
    bool m_first = true;
};

namespace {

enum Column { kFinding, kRows, kMend, kState };

QString severityIcon(project::FindingSeverity severity) {
    switch (severity) {
        case project::FindingSeverity::info:
            return u"info"_s;
        case project::FindingSeverity::warning:
            return u"warning"_s;
        case project::FindingSeverity::error:
            break;
    }
    return u"error"_s;
}

Cell countCell(std::int64_t count) {
    return {formatCount(count), static_cast<double>(count), QString::number(count), {}, {}, {}};
}

}  // namespace

DoctorTab::DoctorTab(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_stack(new QStackedWidget(this)),
      m_summary(new QLabel(this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_explanation(new QLabel(this)),
      m_examples(new QLabel(this)),
      m_candidates(new QComboBox(this)),
      m_offerings(new QCompleter(this)),
      m_act(new QPushButton(this)),
      m_slot(desk.jobs()),
      m_mendSlot(desk.jobs()) {
    build();
    connect(m_table, &CopyTable::told, &desk, &Desk::tell);
    connect(m_table, &QTableView::activated, this, [this] { actOnSelected(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] { showSelected(); });
    connect(m_act, &QPushButton::clicked, this, &DoctorTab::actOnSelected);
    connect(m_examples, &QLabel::linkActivated, this, [this](const QString& id) { Q_EMIT rowWanted(id.toLongLong()); });
    connect(&desk, &Desk::catalogChanged, this, &DoctorTab::refresh);
}

void DoctorTab::build() {
    m_model->setColumns({{tr("Finding"), {}, false},
                         {tr("Rows"), tr("Rows that it is about"), true},
                         {tr("Mend"), tr("What the button does"), false},
                         {tr("State"), {}, false}});
    m_table->setModel(m_model);
    m_table->setObjectName(u"doctorTable"_s);
    m_table->setAccessibleName(tr("Findings"));
    m_table->setProperty("frameless", true);
    m_table->setColumnWidth(kFinding, 420);
    m_table->setColumnWidth(kRows, 90);
    m_table->setColumnWidth(kMend, 320);
    m_summary->setContentsMargins(8, 4, 8, 4);
    m_summary->setWordWrap(true);
    m_explanation->setWordWrap(true);
    m_explanation->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_examples->setTextInteractionFlags(Qt::TextBrowserInteraction);
    m_examples->setAccessibleName(tr("Example rows"));
    m_candidates->setAccessibleName(tr("Read the name as"));
    m_candidates->setObjectName(u"doctorCandidates"_s);
    m_candidates->setToolTip(tr("One that is like it, or any other of the catalog: type a part of its name"));
    m_candidates->setMinimumContentsLength(36);
    m_candidates->setEditable(true);
    m_candidates->setInsertPolicy(QComboBox::NoInsert);
    m_candidates->lineEdit()->setPlaceholderText(tr("Which model of the catalog is it?"));
    m_candidates->lineEdit()->setAccessibleName(m_candidates->accessibleName());
    m_candidates->setCompleter(nullptr);
    m_offerings->setCaseSensitivity(Qt::CaseInsensitive);
    m_offerings->setFilterMode(Qt::MatchContains);
    m_offerings->setMaxVisibleItems(12);
    m_candidates->lineEdit()->setCompleter(m_offerings);
    m_act->setObjectName(u"doctorMend"_s);
    m_act->setAccessibleName(tr("Mend the selected finding"));
    auto* details = new QWidget(this);
    auto* below = new QVBoxLayout(details);
    below->addWidget(m_explanation);
    below->addWidget(m_examples);
    auto* line = new QHBoxLayout;
    line->addWidget(m_candidates);
    line->addWidget(m_act);
    line->addStretch();
    below->addLayout(line);
    below->addStretch();
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_table);
    split->addWidget(details);
    split->setStretchFactor(0, 1);
    split->setSizes({360, 180});
    auto* filled = new QWidget(m_stack);
    auto* column = new QVBoxLayout(filled);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_summary);
    column->addWidget(split, 1);
    auto* empty = new EmptyState(u"info"_s, m_stack);
    empty->setSentence(
        tr("The doctor looks at imported rows: cached tokens counted twice, costs in cents, stale "
           "prices, unknown names and more."));
    empty->setAction(m_desk.command(u"openFile"_s));
    m_stack->addWidget(empty);
    m_stack->addWidget(filled);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
}

void DoctorTab::refresh() {
    m_stale = true;
    if (isVisible()) {
        diagnose();
    }
}

void DoctorTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_stale) {
        diagnose();
    }
}

void DoctorTab::diagnose() {
    if (!m_desk.hasProject()) {
        m_slot.drop();
        m_stack->setCurrentIndex(0);
        Q_EMIT titleChanged(tr("Doctor"));
        return;
    }
    if (!m_desk.catalog()) {
        m_desk.needCatalog();  // catalogChanged() comes back here
        return;
    }
    m_stale = false;
    m_slot.start(
        tr("Looking for what is odd"),
        [open = m_desk.project(), catalog = m_desk.catalog()](TaskContext& context) {
            return project::diagnose(open, *catalog, context);
        },
        [this](Result<project::Diagnosis> diagnosis) {
            if (diagnosis) {
                fill(std::move(*diagnosis));
            } else {
                m_stale = true;
                if (diagnosis.error().code != ErrorCode::cancelled) {
                    m_desk.showError(diagnosis.error());
                }
            }
        });
}

void DoctorTab::fill(project::Diagnosis diagnosis) {
    m_diagnosis = std::move(diagnosis);
    QList<ValueModel::Row> rows;
    for (const project::Finding& finding : m_diagnosis.findings) {
        Cell title{coreText(finding.title), {}, {}, coreText(finding.explanation), {}, {}};
        title.icon = Theme::instance().icon(severityIcon(finding.severity));
        rows.append(
            {rows.size(),
             {title,
              countCell(finding.rows),
              {finding.mend.empty() ? missing() : coreText(finding.mend), {}, {}, coreText(finding.mend), {}, {}},
              {finding.mend.empty() ? tr("look at the rows") : tr("open"), {}, {}, {}, {}, {}}},
             false});
    }
    for (const project::AppliedMend& mend : m_diagnosis.applied) {
        rows.append({rows.size(),
                     {{coreText(mend.finding), {}, {}, {}, {}, {}},
                      countCell(mend.rows),
                      {coreText(mend.mend), {}, {}, coreText(mend.mend), {}, {}},
                      {tr("mended"), {}, {}, tr("Can be undone"), {}, Theme::instance().good()}},
                     false});
    }
    m_model->setRows(rows);
    const auto open = static_cast<int>(m_diagnosis.findings.size());
    QString text = open == 0 ? tr("Nothing odd in %1 rows.").arg(formatCount(m_diagnosis.rows))
                             : tr("%n finding(s) in %1 rows.", nullptr, open).arg(formatCount(m_diagnosis.rows));
    if (m_diagnosis.checkedCosts > 0) {
        text += u' ' + tr("%1 of %2 logged costs that could be checked agree with the catalog.")
                           .arg(formatCount(m_diagnosis.agreeing), formatCount(m_diagnosis.checkedCosts));
    } else {
        text += u' ' + tr("No logged cost could be checked against the catalog.");
    }
    m_summary->setText(text);
    m_stack->setCurrentIndex(1);
    if (!rows.isEmpty()) {
        m_table->selectRow(0);
    }
    showSelected();
    Q_EMIT titleChanged(open == 0 ? tr("Doctor") : tr("Doctor (%1)").arg(formatCount(open)));
    Q_EMIT statusChanged(text);
}

qsizetype DoctorTab::selected() const {
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? current.data(kRowKeyRole).toLongLong() : -1;
}

void DoctorTab::showSelected() {
    const qsizetype at = selected();
    const auto findings = static_cast<qsizetype>(m_diagnosis.findings.size());
    m_candidates->clear();
    m_examples->clear();
    QString explanation;
    QString act;
    bool asksName = false;
    if (at >= findings) {
        explanation = tr("This was mended. Undoing it puts back what the rows held before.");
        act = tr("Undo this mend");
    } else if (at >= 0) {
        const project::Finding& finding = m_diagnosis.findings[static_cast<std::size_t>(at)];
        explanation = coreText(finding.title) + u"\n"_s + coreText(finding.explanation);
        act = coreText(finding.mend);
        for (const std::string& candidate : finding.candidates) {
            m_candidates->addItem(toQt(candidate));
        }
        if (finding.kind == "unresolved-name") {
            act = tr("Read the name so");
            asksName = true;
            offerNames();
        }
        QStringList links;
        for (const RequestId id : finding.examples) {
            links << u"<a href=\"%1\">%1</a>"_s.arg(id.value());
        }
        if (!links.isEmpty()) {
            m_examples->setText(tr("For example rows %1").arg(links.join(u", "_s)));
        }
    }
    m_explanation->setText(explanation);
    m_examples->setVisible(!m_examples->text().isEmpty());
    m_candidates->setVisible(asksName);
    m_act->setText(act);
    m_act->setVisible(!act.isEmpty());
}

// The completer's list: every offering of the catalog, made once a catalog.
void DoctorTab::offerNames() {
    if (m_offeringsOf == m_desk.catalog() || !m_desk.catalog()) {
        return;
    }
    m_offeringsOf = m_desk.catalog();
    QStringList keys;
    for (const auto& offering : m_offeringsOf->offerings()) {
        keys.append(toQt(offering.key()));
    }
    m_offerings->setModel(new QStringListModel(keys, m_offerings));
}

void DoctorTab::actOnSelected() {
    const qsizetype at = selected();
    if (at < 0 || m_mendSlot.isRunning()) {
        return;
    }
    const auto step = [this](const QString& candidate, bool mends) {
        return [this, candidate, mends](const project::AppliedMend& done) {
            m_desk.undo().push(new MendStep(*this, done, candidate, mends));
        };
    };
    const auto findings = m_diagnosis.findings.size();
    if (static_cast<std::size_t>(at) >= findings) {
        undoMend(toQt(m_diagnosis.applied[static_cast<std::size_t>(at) - findings].id), step({}, false));
        return;
    }
    const project::Finding& finding = m_diagnosis.findings[static_cast<std::size_t>(at)];
    if (!finding.mend.empty()) {
        const QString candidate = finding.kind == "unresolved-name" ? m_candidates->currentText().trimmed() : QString();
        mend(toQt(finding.id), candidate, step(candidate, true));
    }
}

void DoctorTab::run(const QString& title,
                    std::function<Result<project::AppliedMend>(const project::Project&, TaskContext&)> work,
                    std::function<void(const project::AppliedMend&)> then) {
    m_mendSlot.start(
        title, [open = m_desk.project(), work = std::move(work)](TaskContext& context) { return work(open, context); },
        [this, then = std::move(then)](Result<project::AppliedMend> done) {
            if (!done) {
                m_desk.showError(done.error());
                return;
            }
            if (then) {
                then(*done);
            }
            m_desk.tell(tr("%1: %n row(s)", nullptr, static_cast<int>(done->rows)).arg(coreText(done->mend)));
            m_desk.noteContentChanged();
        });
}

void DoctorTab::mend(const QString& finding, const QString& candidate,
                     std::function<void(const project::AppliedMend&)> then) {
    if (!m_desk.hasProject() || !m_desk.catalog()) {
        return;
    }
    run(
        tr("Mending"),
        [catalog = m_desk.catalog(), finding = toUtf8(finding), candidate = toUtf8(candidate)](
            const project::Project& open, TaskContext& context) {
            return project::applyMend(open, *catalog, finding, context, candidate);
        },
        std::move(then));
}

void DoctorTab::undoMend(const QString& id, std::function<void(const project::AppliedMend&)> then) {
    if (!m_desk.hasProject()) {
        return;
    }
    run(
        tr("Undoing the mend"),
        [id = toUtf8(id)](const project::Project& open, TaskContext& context) {
            return project::undoMend(open, id, context);
        },
        std::move(then));
}

}  // namespace tierwise::ui
