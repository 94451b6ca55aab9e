// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tierfit/tierfit_page.h"

#include <cmath>

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/tierfit/fit_lists.h"
#include "ui/pages/tierfit/fit_matrix.h"
#include "ui/session/analysis_session.h"
#include "ui/session/answer_words.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/empty_hint.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kListed = 500;
constexpr std::size_t kSegments = 200;
constexpr int kSettleMs = 250;

}  // namespace

TierFitPage::TierFitPage(Desk& desk, QWidget* parent)
    : AnalysisPage(desk, u"tierfit"_s, tr("Working out what every request needs..."),
                   tr("Open a log to see which requests are on the wrong tier."), parent),
      m_fit(std::make_unique<JobSlot>(desk.jobs())),
      m_effectSlot(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)),
      m_batchSlot(std::make_unique<JobSlot>(desk.jobs())),
      m_overrideSlot(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)),
      m_listSlot(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)),
      m_settle(new QTimer(this)) {
    buildBody();
    buildCommands();
    m_settle->setSingleShot(true);
    m_settle->setInterval(kSettleMs);
    connect(m_settle, &QTimer::timeout, this, &TierFitPage::start);
    connect(&desk, &Desk::projectChanged, this, &TierFitPage::loadOverrides);
    loadOverrides();
}

TierFitPage::~TierFitPage() = default;

void TierFitPage::buildBody() {
    m_headline = new QLabel(this);
    m_headline->setObjectName(u"fitHeadline"_s);
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_headline->setAccessibleName(tr("Tier fit in one sentence"));
    QFont large = m_headline->font();
    large.setPointSizeF(large.pointSizeF() * 1.15);
    m_headline->setFont(large);

    m_bar = new QDoubleSpinBox(this);
    m_bar->setObjectName(u"bar"_s);
    m_bar->setRange(0, 100);
    m_bar->setDecimals(0);
    m_bar->setSingleStep(5);
    m_bar->setSuffix(u" %"_s);
    m_bar->setValue(m_session.state().bar * 100);
    m_bar->setKeyboardTracking(false);
    m_bar->setAccessibleName(tr("Quality that a tier must reach"));
    m_bar->setToolTip(tr("The tier a request needs is the cheapest one whose expected quality reaches this"));
    auto* barLabel = new QLabel(tr("A tier fits when its expected &quality reaches"), this);
    barLabel->setBuddy(m_bar);
    m_which = new QComboBox(this);
    m_which->setObjectName(u"which"_s);
    m_which->addItems({tr("The log as it is"), tr("The present policy")});
    m_which->setAccessibleName(tr("Whose tiers are judged"));

    m_matrix = new FitMatrix(this);
    m_matrix->setObjectName(u"fitMatrix"_s);
    m_top = new QSplitter(Qt::Horizontal, this);
    m_top->addWidget(m_matrix);
    m_top->addWidget(buildSegments());
    m_top->setStretchFactor(0, 3);
    m_top->setStretchFactor(1, 2);
    m_top->setChildrenCollapsible(false);
    m_top->setSizes({560, 430});
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->addWidget(m_top);
    m_splitter->addWidget(buildLists());
    m_splitter->setStretchFactor(0, 2);
    m_splitter->setStretchFactor(1, 3);
    m_splitter->setChildrenCollapsible(false);

    auto* options = new QHBoxLayout;
    options->addWidget(barLabel);
    options->addWidget(m_bar);
    options->addSpacing(16);
    options->addWidget(m_which);
    options->addStretch(1);
    auto* body = new QWidget(this);
    auto* bodyLayout = new QVBoxLayout(body);
    bodyLayout->addWidget(m_headline);
    bodyLayout->addLayout(options);
    bodyLayout->addWidget(m_splitter, 1);
    setBody(body);

    connect(m_bar, &QDoubleSpinBox::valueChanged, this, [this](double percent) { m_session.setBar(percent / 100); });
    connect(m_which, &QComboBox::currentIndexChanged, this, [this] {
        m_segmentsStale = true;
        start();
    });
    connect(m_matrix, &FitMatrix::picked, this, &TierFitPage::pickCell);
}

QWidget* TierFitPage::buildSegments() {
    auto* side = new QWidget(this);
    m_by = new QComboBox(side);
    m_by->setObjectName(u"fitBy"_s);
    m_by->setAccessibleName(tr("Split by"));
    for (const auto& [shown, kind] : segmentKinds()) {
        m_by->addItem(shown, kind);
    }
    auto* label = new QLabel(tr("Split &by"), side);
    label->setBuddy(m_by);
    m_segmentModel = new ValueModel(this);
    m_segments = new CopyTable(side);
    m_segments->setObjectName(u"fitSegments"_s);
    m_segments->setAccessibleName(tr("Tier fit by segment"));
    m_segments->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_segments->setSelectionMode(QAbstractItemView::SingleSelection);
    auto* sorted = new ValueSortProxy(this);
    sorted->setSourceModel(m_segmentModel);
    m_segments->setModel(sorted);
    m_segments->setSortingEnabled(true);
    m_segments->sortByColumn(3, Qt::DescendingOrder);
    m_segments->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto* top = new QHBoxLayout;
    top->addWidget(label);
    top->addWidget(m_by);
    top->addStretch(1);
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(6, 0, 0, 0);
    layout->addLayout(top);
    layout->addWidget(m_segments, 1);
    connect(m_by, &QComboBox::currentIndexChanged, this, [this] {
        m_segmentsStale = true;
        m_scope.by.clear();
        m_scope.key.clear();
        start();
    });
    connect(m_segments->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TierFitPage::pickSegment);
    connect(m_segments, &CopyTable::told, &desk(), &Desk::tell);
    return side;
}

QWidget* TierFitPage::buildLists() {
    auto* bottom = new QWidget(this);
    const auto makeList = [this](const QString& name, const QString& title, const QList<ValueColumn>& columns,
                                 ValueModel*& model) {
        model = new ValueModel(this);
        model->setColumns(columns);
        auto* table = new CopyTable(this);
        table->setObjectName(name);
        table->setAccessibleName(title);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->setModel(model);
        connect(table, &CopyTable::told, &desk(), &Desk::tell);
        return table;
    };
    m_overTable = makeList(u"overserved"_s, tr("Overserved requests"), misfitColumns(true), m_overModel);
    m_underTable = makeList(u"underserved"_s, tr("Underserved requests"), misfitColumns(false), m_underModel);
    m_ownTable = makeList(u"overrides"_s, tr("Your overrides"), overrideColumns(), m_ownModel);
    new EmptyHint(tr("No request here went to a dearer tier than it needs."), m_overTable);
    new EmptyHint(tr("No request here went to a cheaper tier than it needs."), m_underTable);
    new EmptyHint(tr("Nothing of yours yet. Select requests in the other lists and press 1, 2 or 3 to say which tier "
                     "they really need."),
                  m_ownTable);
    m_tabs = new QTabWidget(bottom);
    m_tabs->setObjectName(u"fitTabs"_s);
    m_tabs->addTab(m_overTable, tr("&Overserved"));
    m_tabs->addTab(m_underTable, tr("&Underserved"));
    m_tabs->addTab(m_ownTable, tr("&Your word"));
    m_scopeText = new QLabel(bottom);
    m_scopeText->setObjectName(u"fitScope"_s);
    m_scopeText->setWordWrap(true);
    m_showAll = new QPushButton(tr("Show &all"), bottom);
    m_showAll->setObjectName(u"fitShowAll"_s);
    auto* corner = new QHBoxLayout;
    corner->addWidget(m_scopeText, 1);
    corner->addWidget(m_showAll);
    auto* hint =
        new QLabel(tr("Press 1 for premium, 2 for commodity, 3 for local to say what the selected requests really "
                      "need; 0 takes it back. With Ctrl+Alt it is said of all requests of this list, shown or not."),
                   bottom);
    hint->setWordWrap(true);
    hint->setProperty("role", u"muted"_s);
    m_effect = new QLabel(bottom);
    m_effect->setObjectName(u"overrideEffect"_s);
    m_effect->setWordWrap(true);
    auto* layout = new QVBoxLayout(bottom);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(corner);
    layout->addWidget(m_tabs, 1);
    layout->addWidget(hint);
    m_calibrated = new QLabel(bottom);
    m_calibrated->setObjectName(u"calibratedOverrides"_s);
    m_calibrated->setWordWrap(true);
    m_recalibrate = new QPushButton(tr("&Recalibrate"), bottom);
    m_recalibrate->setObjectName(u"recalibrate"_s);
    m_recalibrate->hide();
    auto* calibration = new QHBoxLayout;
    calibration->addWidget(m_calibrated, 1);
    calibration->addWidget(m_recalibrate);
    layout->addWidget(m_effect);
    layout->addLayout(calibration);
    connect(m_showAll, &QPushButton::clicked, this, &TierFitPage::showAll);
    return bottom;
}

QList<QWidget*> TierFitPage::panes() const {
    return {m_matrix, m_segments, currentList()};
}

CopyTable* TierFitPage::currentList() const {
    return m_tabs->currentIndex() == 2 ? m_ownTable : m_tabs->currentIndex() == 1 ? m_underTable : m_overTable;
}

void TierFitPage::saveState(QSettings& settings) const {
    settings.setValue(u"splitter"_s, m_splitter->saveState());
    settings.setValue(u"top"_s, m_top->saveState());
    settings.setValue(u"tab"_s, m_tabs->currentIndex());
    settings.setValue(u"by"_s, segmentKind());
    m_overTable->saveColumns(settings, u"overserved"_s);
    m_underTable->saveColumns(settings, u"underserved"_s);
    m_ownTable->saveColumns(settings, u"overrides"_s);
}

void TierFitPage::restoreState(const QSettings& settings) {
    m_splitter->restoreState(settings.value(u"splitter"_s).toByteArray());
    m_top->restoreState(settings.value(u"top"_s).toByteArray());
    m_tabs->setCurrentIndex(settings.value(u"tab"_s).toInt());
    m_by->setCurrentIndex(std::max(0, m_by->findData(settings.value(u"by"_s).toString())));
    m_overTable->restoreColumns(settings, u"overserved"_s);
    m_underTable->restoreColumns(settings, u"underserved"_s);
    m_ownTable->restoreColumns(settings, u"overrides"_s);
}

void TierFitPage::forget() {
    m_result.reset();
    m_fit->drop();
    m_effectSlot->drop();
    m_batchSlot->drop();
    m_listSlot->drop();
    m_settle->stop();
    m_scope = {};
    m_segmentsStale = true;
}

void TierFitPage::refreshWorkbench() {}

void TierFitPage::refreshState() {
    const QSignalBlocker blocker(m_bar);
    m_bar->setValue(m_session.state().bar * 100);
    m_segmentsStale = true;
    if (m_result) {
        m_settle->start();  // a drag on another page sends many
    } else {
        start();
    }
}

std::optional<route::Policy> TierFitPage::judged() const {
    return m_which->currentIndex() == 1 ? std::optional(m_session.policy()) : std::nullopt;
}

QString TierFitPage::segmentKind() const {
    return m_by->currentData().toString();
}

void TierFitPage::start() {
    const auto workbench = m_session.workbench();
    if (!workbench || !isInFront()) {
        return;
    }
    struct Answer {
        analyze::TierFit fit;
        std::optional<analyze::FitTable> segments;
    };
    m_fit->start(
        tr("Fitting tiers"),
        [workbench, policy = judged(), bar = m_session.state().bar, scope = m_scope, stale = m_segmentsStale,
         by = toUtf8(segmentKind())](TaskContext& context) -> Result<Answer> {
            auto fit = workbench->tierFit(bar, policy, kListed, context, scope);
            if (!fit) {
                return fail(fit.error());
            }
            Answer answer{std::move(*fit), {}};
            if (stale) {
                auto segments = workbench->fitBySegment(bar, policy, by, kSegments, context);
                if (!segments) {
                    return fail(segments.error());
                }
                answer.segments = std::move(*segments);
            }
            return answer;
        },
        [this](Result<Answer> answer) {
            if (!answer) {
                if (answer.error().code != ErrorCode::cancelled) {
                    desk().showError(answer.error());
                }
                return;
            }
            if (answer->segments) {
                m_segmentsStale = false;
                showSegments(*answer->segments);
            }
            m_result = std::move(answer->fit);
            showFit(*m_result);
        });
}

void TierFitPage::showFit(const analyze::TierFit& fit) {
    QString headline =
        tr("%1 went to requests that a cheaper tier would have served (%2 requests); about %3 errors are "
           "expected on %4 requests that needed a better one.")
            .arg(formatDollars(fit.overservedUsd), formatCount(std::llround(fit.overservedRequests)),
                 formatNumber(fit.underservedErrors, fit.underservedErrors < 10 ? 1 : 0),
                 formatCount(std::llround(fit.underservedRequests)));
    double inAll = 0;
    for (const auto& used : fit.cells) {
        for (const auto& cell : used) {
            inAll += cell.requests;
        }
    }
    if (inAll == 0) {
        headline =
            tr("The log names no model with a price, so there is no tier in use to judge. Choose a policy below to "
               "see what its requests would get.");
    }
    double unjudged = 0;
    for (const auto& cell : fit.cells[static_cast<std::size_t>(Tier::unbanded)]) {
        unjudged += cell.requests;
    }
    if (unjudged > 0) {
        headline +=
            u' ' + tr("%1 requests used a model of no tier and are not judged: give it a tier on the Catalog page.")
                       .arg(formatCount(std::llround(unjudged)));
    }
    if (!m_scope.by.empty()) {
        headline.prepend(segmentWords(m_by->currentText(), toQt(m_scope.key)) + u": "_s);
    }
    m_headline->setText(headline);
    m_matrix->setFit(fit);
    const auto& rows = m_session.workbench()->rows();
    for (const bool over : {true, false}) {
        ValueModel& model = over ? *m_overModel : *m_underModel;
        CopyTable& table = over ? *m_overTable : *m_underTable;
        const bool first = model.rowCount() == 0;
        model.setRows(misfitRows(over ? fit.overserved : fit.underserved, over, rows, m_overrides));
        if (first && model.rowCount() > 0) {
            table.resizeColumnsToContents();
        }
    }
    m_tabs->setTabText(0, tr("&Overserved: %1").arg(formatDollars(fit.overservedUsd)));
    m_tabs->setTabText(1, tr("&Underserved: ~%1 errors").arg(formatNumber(fit.underservedErrors, 1)));
    showScope();
    startEffect();
    showOverrides();
    setStatusText(tr("Evidence: %1").arg(rungLabel(fit.weakestRung)));
}

void TierFitPage::showSegments(const analyze::FitTable& table) {
    m_fillingSegments = true;
    m_segmentModel->setColumns(segmentColumns(m_by->currentText()));
    m_segments->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_segmentModel->setRows(segmentRows(table));
    for (int row = 0; row < m_segments->model()->rowCount(); ++row) {
        const QModelIndex index = m_segments->model()->index(row, 0);
        if (!m_scope.by.empty() && index.data(kRowKeyRole).isValid() &&
            index.data(kRowKeyRole).toString() == toQt(m_scope.key)) {
            m_segments->selectRow(row);
        }
    }
    m_fillingSegments = false;
}

void TierFitPage::showScope() {
    QStringList words;
    if (!m_scope.by.empty()) {
        words.append(segmentWords(m_by->currentText(), toQt(m_scope.key)));
    }
    if (m_scope.used) {
        words.append(tr("used %1, needed %2")
                         .arg(tierLabel(*m_scope.used), m_scope.needed.value_or(Tier::unbanded) == Tier::unbanded
                                                            ? tr("none reaches the bar")
                                                            : tierLabel(*m_scope.needed)));
    }
    const bool narrowed = !words.isEmpty();
    QString text = narrowed ? tr("Only %1.").arg(words.join(u"; "_s)) : tr("All requests.");
    const auto listed = static_cast<int>(currentList()->model()->rowCount());
    if (listed >= static_cast<int>(kListed)) {
        text += u' ' + tr("The %1 that matter most are listed.").arg(formatCount(static_cast<std::int64_t>(kListed)));
    }
    m_scopeText->setText(text);
    m_showAll->setVisible(narrowed);
    m_matrix->setPicked(m_scope.used ? std::optional(std::pair(*m_scope.used, *m_scope.needed)) : std::nullopt);
}

void TierFitPage::pickCell(Tier used, Tier needed) {
    if (m_scope.used == used && m_scope.needed == needed) {
        m_scope.used.reset();
        m_scope.needed.reset();
    } else {
        m_scope.used = used;
        m_scope.needed = needed;
        const bool cheaperWouldDo = needed != Tier::unbanded && static_cast<int>(needed) > static_cast<int>(used);
        if (needed != used) {
            m_tabs->setCurrentIndex(cheaperWouldDo ? 0 : 1);
        }
    }
    showScope();
    start();
}

void TierFitPage::pickSegment() {
    const QModelIndex index = m_segments->currentIndex();
    if (m_fillingSegments || !index.isValid()) {
        return;
    }
    const QVariant key = index.data(kRowKeyRole);
    const auto before = m_scope;
    m_scope.by = key.isValid() ? toUtf8(segmentKind()) : std::string();
    m_scope.key = key.isValid() ? toUtf8(key.toString()) : std::string();
    if (m_scope != before) {
        start();
    }
}

void TierFitPage::showAll() {
    m_scope = {};
    m_fillingSegments = true;
    m_segments->clearSelection();
    m_segments->setCurrentIndex({});
    m_fillingSegments = false;
    showScope();
    start();
}

}  // namespace tierwise::ui
