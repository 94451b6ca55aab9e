// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tierfit/tierfit_page.h"

#include <cmath>

#include <QAction>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QSettings>
#include <QSplitter>
#include <QTabWidget>
#include <QTimer>
#include <QUndoCommand>
#include <QUndoStack>
#include <QVBoxLayout>

#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/tierfit/fit_matrix.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kListed = 500;
constexpr int kSettleMs = 250;

}  // namespace

/// The overrides before and after: an undo step.
class ChangeOverrides : public QUndoCommand {
public:
    ChangeOverrides(TierFitPage& page, project::TierOverrides next, const QString& step)
        : QUndoCommand(step), m_page(&page), m_before(page.m_overrides), m_after(std::move(next)) {}
    void undo() override { apply(m_before); }
    void redo() override { apply(m_after); }

private:
    void apply(const project::TierOverrides& overrides) {
        if (m_page) {
            m_page->applyOverrides(overrides);
        }
    }
    QPointer<TierFitPage> m_page;
    project::TierOverrides m_before;
    project::TierOverrides m_after;
};

TierFitPage::TierFitPage(Desk& desk, QWidget* parent)
    : AnalysisPage(desk, u"tierfit"_s, tr("Working out what every request needs..."),
                   tr("Open a log to see which requests are on the wrong tier."), parent),
      m_fit(std::make_unique<JobSlot>(desk.jobs())),
      m_overrideSlot(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)),
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
    m_effect = new QLabel(this);
    m_effect->setObjectName(u"overrideEffect"_s);
    m_effect->setWordWrap(true);

    const auto makeList = [this](const QString& name, const QString& title, ValueModel*& model) {
        model = new ValueModel(this);
        auto* table = new CopyTable(this);
        table->setObjectName(name);
        table->setAccessibleName(title);
        table->setSelectionBehavior(QAbstractItemView::SelectRows);
        table->setModel(model);
        table->setContextMenuPolicy(Qt::DefaultContextMenu);
        connect(table, &CopyTable::told, &desk(), &Desk::tell);
        return table;
    };
    m_overTable = makeList(u"overserved"_s, tr("Overserved requests"), m_overModel);
    m_underTable = makeList(u"underserved"_s, tr("Underserved requests"), m_underModel);
    m_tabs = new QTabWidget(this);
    m_tabs->addTab(m_overTable, tr("&Overserved"));
    m_tabs->addTab(m_underTable, tr("&Underserved"));
    auto* hint =
        new QLabel(tr("Press 1 for premium, 2 for commodity, 3 for local to say what the selected requests really "
                      "need; 0 takes it back."),
                   this);
    hint->setWordWrap(true);

    auto* top = new QWidget(this);
    auto* topLayout = new QVBoxLayout(top);
    topLayout->setContentsMargins(0, 0, 0, 0);
    topLayout->addWidget(m_matrix, 1);
    auto* bottom = new QWidget(this);
    auto* bottomLayout = new QVBoxLayout(bottom);
    bottomLayout->setContentsMargins(0, 0, 0, 0);
    bottomLayout->addWidget(m_tabs, 1);
    bottomLayout->addWidget(hint);
    bottomLayout->addWidget(m_effect);
    m_splitter = new QSplitter(Qt::Vertical, this);
    m_splitter->addWidget(top);
    m_splitter->addWidget(bottom);
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
    connect(m_which, &QComboBox::currentIndexChanged, this, &TierFitPage::start);
    connect(m_matrix, &FitMatrix::picked, this, [this](Tier used, Tier needed) {
        const bool cheaperWouldDo = needed != Tier::unbanded && static_cast<int>(needed) > static_cast<int>(used);
        m_tabs->setCurrentIndex(cheaperWouldDo || needed == used ? 0 : 1);
    });
}

void TierFitPage::buildCommands() {
    const auto add = [this](const QString& text, const QString& tip, int key, std::optional<Tier> tier) {
        connect(newAction({}, text, tip, QKeySequence(key)), &QAction::triggered, this,
                [this, tier] { setTier(tier); });
    };
    add(tr("Needs &Premium"), tr("The selected requests need the premium tier"), Qt::Key_1, Tier::premium);
    add(tr("Needs &Commodity"), tr("The selected requests need the commodity tier"), Qt::Key_2, Tier::commodity);
    add(tr("Needs &Local"), tr("The local tier is enough for the selected requests"), Qt::Key_3, Tier::local);
    add(tr("Take Override &Back"), tr("Remove the override of the selected requests"), Qt::Key_0, std::nullopt);
    connect(newAction(u"table"_s, tr("Show Matrix as &Table"), tr("Show the matrix as a table that can be copied"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)),
            &QAction::triggered, this, [this] { showTextTable(this, tr("Tier fit"), m_matrix->table()); });
}

QList<QWidget*> TierFitPage::panes() const {
    return {m_matrix, currentList()};
}

CopyTable* TierFitPage::currentList() const {
    return m_tabs->currentIndex() == 1 ? m_underTable : m_overTable;
}

void TierFitPage::saveState(QSettings& settings) const {
    settings.setValue(u"splitter"_s, m_splitter->saveState());
    settings.setValue(u"tab"_s, m_tabs->currentIndex());
    m_overTable->saveColumns(settings, u"overserved"_s);
    m_underTable->saveColumns(settings, u"underserved"_s);
}

void TierFitPage::restoreState(const QSettings& settings) {
    m_splitter->restoreState(settings.value(u"splitter"_s).toByteArray());
    m_tabs->setCurrentIndex(settings.value(u"tab"_s).toInt());
    m_overTable->restoreColumns(settings, u"overserved"_s);
    m_underTable->restoreColumns(settings, u"underserved"_s);
}

void TierFitPage::forget() {
    m_result.reset();
    m_fit->drop();
}

void TierFitPage::refreshWorkbench() {}

void TierFitPage::refreshState() {
    const QSignalBlocker blocker(m_bar);
    m_bar->setValue(m_session.state().bar * 100);
    if (m_result) {
        m_settle->start();  // a drag on another page sends many
    } else {
        start();
    }
}

void TierFitPage::start() {
    const auto workbench = m_session.workbench();
    if (!workbench || !isInFront()) {
        return;
    }
    std::optional<route::Policy> policy;
    if (m_which->currentIndex() == 1) {
        policy = m_session.policy();
    }
    m_fit->start(
        tr("Fitting tiers"),
        [workbench, policy, bar = m_session.state().bar](TaskContext& context) {
            return workbench->tierFit(bar, policy, kListed, context);
        },
        [this](Result<analyze::TierFit> fit) {
            if (fit) {
                m_result = std::move(*fit);
                show(*m_result);
            } else if (fit.error().code != ErrorCode::cancelled) {
                desk().showError(fit.error());
            }
        });
}

void TierFitPage::show(const analyze::TierFit& fit) {
    m_headline->setText(
        tr("%1 went to requests that a cheaper tier would have served (%2 requests); about %3 errors are "
           "expected on %4 requests that needed a better one.")
            .arg(formatDollars(fit.overservedUsd), formatCount(std::llround(fit.overservedRequests)),
                 formatNumber(fit.underservedErrors, fit.underservedErrors < 10 ? 1 : 0),
                 formatCount(std::llround(fit.underservedRequests))));
    m_matrix->setFit(fit);
    fillList(*m_overTable, *m_overModel, fit.overserved, true);
    fillList(*m_underTable, *m_underModel, fit.underserved, false);
    m_tabs->setTabText(0, tr("&Overserved: %1").arg(formatDollars(fit.overservedUsd)));
    m_tabs->setTabText(1, tr("&Underserved: ~%1 errors").arg(formatNumber(fit.underservedErrors, 1)));
    showEffect();
    setStatusText(tr("Evidence: %1").arg(QString::fromLatin1(assess::rungName(fit.weakestRung))));
}

void TierFitPage::fillList(CopyTable& table, ValueModel& model, const std::vector<analyze::Misfit>& misfits,
                           bool overserved) {
    model.setColumns({{tr("Request"), {}, true},
                      {tr("Logged model"), {}, false},
                      {tr("Team"), {}, false},
                      {tr("Used"), {}, false},
                      {tr("Needed"), {}, false},
                      {tr("Your word"), tr("What you say it needs: keys 1, 2, 3"), false},
                      {overserved ? tr("Wasted") : tr("Errors expected"), {}, true},
                      {tr("Why"), {}, false}});
    const auto& rows = m_session.workbench()->rows();
    QList<ValueModel::Row> lines;
    for (const auto& misfit : misfits) {
        const auto own = m_overrides.find(misfit.id);
        const double amount = overserved ? misfit.wastedUsd : misfit.expectedErrors;
        lines.append({QVariant::fromValue<qint64>(misfit.id.value()),
                      {{formatCount(misfit.id.value()), QVariant::fromValue<qint64>(misfit.id.value()), {}, {}, {}, {}},
                       {toQt(rows.model.at(misfit.row)), {}, {}, {}, {}, {}},
                       {toQt(rows.team.at(misfit.row)), {}, {}, {}, {}, {}},
                       {tierLabel(misfit.used), {}, {}, {}, tierIcon(misfit.used), {}},
                       {misfit.needed ? tierLabel(*misfit.needed) : tr("none reaches the bar"), {}, {}, {}, {}, {}},
                       {own != m_overrides.end() ? tierLabel(own->second) : missing(), {}, {}, {}, {}, {}},
                       {overserved ? formatDollars(amount) : formatNumber(amount, 2),
                        amount,
                        QString::number(amount, 'g', 17),
                        {},
                        {},
                        {}},
                       {toQt(misfit.reason), {}, {}, toQt(misfit.reason), {}, {}}},
                      false});
    }
    const bool first = model.rowCount() == 0;
    model.setRows(lines);
    if (first && !lines.isEmpty()) {
        table.resizeColumnsToContents();
    }
    table.horizontalHeader()->setStretchLastSection(true);
}

void TierFitPage::showEffect() {
    if (!m_result || m_overrides.empty()) {
        m_effect->clear();
        return;
    }
    const auto effect = project::effectOf(m_overrides, *m_result);
    m_effect->setText(tr("%1 overrides. Waste confirmed %2, dismissed %3; errors confirmed %4, dismissed %5.")
                          .arg(formatCount(static_cast<std::int64_t>(effect.overrides)),
                               formatDollars(effect.wasteConfirmedUsd), formatDollars(effect.wasteDismissedUsd),
                               formatNumber(effect.errorsConfirmed, 1), formatNumber(effect.errorsDismissed, 1)));
}

void TierFitPage::setTier(std::optional<Tier> tier) {
    CopyTable* list = currentList();
    project::TierOverrides next = m_overrides;
    const auto selected =
        list->selectionModel() != nullptr ? list->selectionModel()->selectedRows() : QModelIndexList();
    for (const auto& index : selected) {
        const RequestId id(index.data(kRowKeyRole).toLongLong());
        if (tier) {
            next[id] = *tier;
        } else {
            next.erase(id);
        }
    }
    if (next != m_overrides) {
        desk().undo().push(
            new ChangeOverrides(*this, next,
                                tier ? tr("Override %n request(s)", nullptr, static_cast<int>(selected.size()))
                                     : tr("Take overrides back")));
    }
}

void TierFitPage::applyOverrides(const project::TierOverrides& overrides) {
    m_overrides = overrides;
    if (m_result) {
        const int over = m_overTable->currentIndex().row();
        const int under = m_underTable->currentIndex().row();
        fillList(*m_overTable, *m_overModel, m_result->overserved, true);
        fillList(*m_underTable, *m_underModel, m_result->underserved, false);
        m_overTable->selectRow(std::max(0, over));
        m_underTable->selectRow(std::max(0, under));
    }
    showEffect();
    if (desk().hasProject()) {
        m_overrideSlot->start(
            tr("Saving overrides"),
            [project = desk().project(), overrides](TaskContext&) {
                return project::saveOverrides(project, overrides);
            },
            [this](Result<void> saved) {
                if (!saved && saved.error().code != ErrorCode::cancelled) {
                    desk().showError(saved.error());
                }
            });
    }
}

void TierFitPage::loadOverrides() {
    m_overrides.clear();
    if (!desk().hasProject()) {
        return;
    }
    m_overrideSlot->start(
        tr("Reading overrides"), [project = desk().project()](TaskContext&) { return project::loadOverrides(project); },
        [this](Result<project::TierOverrides> overrides) {
            if (overrides) {
                m_overrides = std::move(*overrides);
                if (m_result) {
                    show(*m_result);
                }
            } else {
                desk().showError(overrides.error());
            }
        });
}

}  // namespace tierwise::ui
