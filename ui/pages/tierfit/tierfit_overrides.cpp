// SPDX-License-Identifier: GPL-3.0-or-later
// TierFitPage: the user's own word on requests, its undo and what it changes.
#include <QAction>
#include <QPointer>
#include <QPushButton>
#include <QTabWidget>
#include <QUndoCommand>
#include <QUndoStack>

#include <QLabel>

#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/tierfit/fit_lists.h"
#include "ui/pages/tierfit/fit_matrix.h"
#include "ui/pages/tierfit/tierfit_page.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

// A batch beyond this is no judgement of single requests any more.
constexpr std::size_t kMostAtOnce = 100'000;

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

void TierFitPage::buildCommands() {
    const auto add = [this](const QString& text, const QString& tip, const QKeySequence& key, std::optional<Tier> tier,
                            void (TierFitPage::*slot)(std::optional<Tier>)) {
        connect(newAction({}, text, tip, key), &QAction::triggered, this, [this, tier, slot] { (this->*slot)(tier); });
    };
    add(tr("Needs &Premium"), tr("The selected requests need the premium tier"), Qt::Key_1, Tier::premium,
        &TierFitPage::setTier);
    add(tr("Needs &Commodity"), tr("The selected requests need the commodity tier"), Qt::Key_2, Tier::commodity,
        &TierFitPage::setTier);
    add(tr("Needs &Local"), tr("The local tier is enough for the selected requests"), Qt::Key_3, Tier::local,
        &TierFitPage::setTier);
    add(tr("Take Override &Back"), tr("Remove the override of the selected requests"), Qt::Key_0, std::nullopt,
        &TierFitPage::setTier);
    const auto all = [](int key) { return QKeySequence(Qt::CTRL | Qt::ALT | static_cast<Qt::Key>(key)); };
    add(tr("All of the List Need P&remium"), tr("Every request of this list, shown or not, needs the premium tier"),
        all(Qt::Key_1), Tier::premium, &TierFitPage::setTierOfAll);
    add(tr("All of the List Need C&ommodity"), tr("Every request of this list, shown or not, needs the commodity tier"),
        all(Qt::Key_2), Tier::commodity, &TierFitPage::setTierOfAll);
    add(tr("All of the List Need Lo&cal"), tr("The local tier is enough for every request of this list, shown or not"),
        all(Qt::Key_3), Tier::local, &TierFitPage::setTierOfAll);
    add(tr("Take Overrides of the List Back"), tr("Remove the overrides of every request of this list"), all(Qt::Key_0),
        std::nullopt, &TierFitPage::setTierOfAll);
    connect(newAction(u"table"_s, tr("Show Matrix as &Table"), tr("Show the matrix as a table that can be copied"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F)),
            &QAction::triggered, this, [this] { showTextTable(this, tr("Tier fit"), m_matrix->table()); });
    auto* recalibrated = newAction({}, tr("Recal&ibrate with Overrides"),
                                   tr("Fit the quality of models anew, with your overrides as scored answers"),
                                   QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_R));
    connect(recalibrated, &QAction::triggered, this, &TierFitPage::recalibrate);
    connect(m_recalibrate, &QPushButton::clicked, recalibrated, &QAction::trigger);
    m_recalibrate->setToolTip(recalibrated->toolTip());
    auto* whole =
        newAction({}, tr("Show &All Requests"), tr("Drop the cell and the segment that the lists are narrowed to"),
                  QKeySequence(Qt::ALT | Qt::Key_A));
    connect(whole, &QAction::triggered, this, &TierFitPage::showAll);
}

void TierFitPage::push(const project::TierOverrides& next, std::optional<Tier> tier, int count) {
    if (next != m_overrides) {
        desk().undo().push(new ChangeOverrides(
            *this, next, tier ? tr("Override %n request(s)", nullptr, count) : tr("Take overrides back")));
    }
}

void TierFitPage::setTier(std::optional<Tier> tier) {
    CopyTable* list = currentList();
    const auto selected =
        list->selectionModel() != nullptr ? list->selectionModel()->selectedRows() : QModelIndexList();
    if (selected.isEmpty()) {
        desk().tell(tr("Select requests in the list first"));
        return;
    }
    project::TierOverrides next = m_overrides;
    for (const auto& index : selected) {
        const RequestId id(index.data(kRowKeyRole).toLongLong());
        if (tier) {
            next[id] = *tier;
        } else {
            next.erase(id);
        }
    }
    push(next, tier, static_cast<int>(selected.size()));
}

void TierFitPage::setTierOfAll(std::optional<Tier> tier) {
    const auto workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    if (currentList() == m_ownTable) {
        project::TierOverrides next = m_overrides;
        for (auto& [id, word] : next) {
            word = tier.value_or(word);
        }
        push(tier ? next : project::TierOverrides(), tier, static_cast<int>(m_overrides.size()));
        return;
    }
    analyze::FitScope scope = m_scope;
    scope.side =
        m_tabs->currentIndex() == 1 ? analyze::FitScope::Side::underserved : analyze::FitScope::Side::overserved;
    m_batchSlot->start(
        tr("Looking up requests"),
        [workbench, policy = judged(), bar = m_session.state().bar, scope](TaskContext& context) {
            return workbench->fitRows(bar, policy, scope, context);
        },
        [this, tier](Result<std::vector<RequestId>> rows) {
            if (!rows) {
                if (rows.error().code != ErrorCode::cancelled) {
                    desk().showError(rows.error());
                }
                return;
            }
            if (tier && rows->size() > kMostAtOnce) {
                desk().tell(tr("%1 requests are too many to judge at once (%2 at most): narrow the list to a cell or "
                               "a segment first")
                                .arg(formatCount(static_cast<std::int64_t>(rows->size())),
                                     formatCount(static_cast<std::int64_t>(kMostAtOnce))));
                return;
            }
            project::TierOverrides next = m_overrides;
            for (const RequestId id : *rows) {
                if (tier) {
                    next[id] = *tier;
                } else {
                    next.erase(id);
                }
            }
            push(next, tier, static_cast<int>(rows->size()));
        });
}

void TierFitPage::startEffect() {
    const auto workbench = m_session.workbench();
    if (!workbench || m_overrides.empty()) {
        m_effectSlot->drop();
        m_effect->clear();
        return;
    }
    m_effectSlot->start(
        tr("Counting in the overrides"),
        [workbench, policy = judged(), bar = m_session.state().bar, overrides = m_overrides](TaskContext& context) {
            return workbench->overrideEffect(bar, policy, overrides, context);
        },
        [this](Result<analyze::OverrideEffect> effect) {
            if (!effect) {
                return;
            }
            m_effect->setText(
                tr("%n override(s): wasted money %1 instead of %2, expected errors %3 instead of %4, over all "
                   "requests.",
                   nullptr, static_cast<int>(effect->overrides))
                    .arg(formatDollars(effect->wastedAfterUsd), formatDollars(effect->wastedBeforeUsd),
                         formatNumber(effect->errorsAfter, 1), formatNumber(effect->errorsBefore, 1)));
        });
}

void TierFitPage::applyOverrides(const project::TierOverrides& overrides) {
    m_overrides = overrides;
    if (m_result && m_session.workbench()) {
        const auto& rows = m_session.workbench()->rows();
        for (const bool over : {true, false}) {
            CopyTable& table = over ? *m_overTable : *m_underTable;
            ValueModel& model = over ? *m_overModel : *m_underModel;
            QList<int> selected;
            for (const auto& index : table.selectionModel()->selectedRows()) {
                selected.append(index.row());
            }
            const int current = table.currentIndex().row();
            const int top = table.rowAt(0);
            model.setRows(misfitRows(over ? m_result->overserved : m_result->underserved, over, rows, m_overrides));
            QItemSelection again;
            for (const int row : selected) {
                again.select(model.index(row, 0), model.index(row, model.columnCount() - 1));
            }
            if (current >= 0) {
                table.selectionModel()->setCurrentIndex(model.index(current, 0), QItemSelectionModel::NoUpdate);
            }
            table.selectionModel()->select(again, QItemSelectionModel::ClearAndSelect);
            if (top >= 0) {
                table.scrollTo(model.index(top, 0), QAbstractItemView::PositionAtTop);
            }
        }
    }
    startEffect();
    showOverrides();
    if (desk().hasProject()) {
        m_overrideSlot->start(
            tr("Saving overrides"),
            [project = desk().project(), overrides](TaskContext&) {
                return project::saveOverrides(project, overrides);
            },
            [this](Result<void> saved) {
                if (!saved && saved.error().code != ErrorCode::cancelled) {
                    desk().showError(saved.error());
                } else if (saved && std::exchange(m_recalibrateWanted, false)) {
                    recalibrate();
                }
            });
    }
}

void TierFitPage::recalibrate() {
    const auto workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    if (workbench->inputs().overrides == m_overrides) {
        desk().tell(tr("All overrides are counted in already"));
    } else if (m_overrideSlot->isRunning()) {
        m_recalibrateWanted = true;
    } else {
        m_session.recalibrate();
    }
}

void TierFitPage::showOverrides() {
    const auto workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    const auto& counted = workbench->inputs().overrides;
    int waiting = 0;
    for (const auto& [id, tier] : m_overrides) {
        const auto found = counted.find(id);
        waiting += found == counted.end() || found->second != tier ? 1 : 0;
    }
    int gone = 0;
    for (const auto& [id, tier] : counted) {
        gone += m_overrides.count(id) == 0 ? 1 : 0;
    }
    QStringList words;
    if (waiting > 0) {
        words << tr("%n override(s) do not count as scored answers yet.", nullptr, waiting);
    }
    if (gone > 0) {
        words << tr("%n override(s) that you took back still count.", nullptr, gone);
    }
    if (words.isEmpty() && !m_overrides.empty()) {
        words << tr("%n override(s) count as scored answers of the models.", nullptr,
                    static_cast<int>(m_overrides.size()));
    }
    m_calibrated->setText(words.join(u' '));
    m_calibrated->setVisible(!words.isEmpty());
    m_recalibrate->setVisible(waiting + gone > 0);
    m_tabs->setTabText(2, m_overrides.empty()
                              ? tr("&Your word")
                              : tr("&Your word: %1").arg(formatCount(static_cast<std::int64_t>(m_overrides.size()))));
    m_listSlot->start(
        QString(),
        [workbench, overrides = m_overrides](TaskContext&) -> Result<std::vector<project::OverriddenRow>> {
            return project::overriddenRows(overrides, workbench->rows());
        },
        [this, workbench](Result<std::vector<project::OverriddenRow>> found) {
            if (!found) {
                return;
            }
            const bool first = m_ownModel->rowCount() == 0;
            const int current = m_ownTable->currentIndex().row();
            m_ownModel->setRows(overrideRows(*found, workbench->rows(), workbench->inputs().overrides));
            if (first && m_ownModel->rowCount() > 0) {
                m_ownTable->resizeColumnsToContents();
            } else if (current >= 0 && m_ownModel->rowCount() > 0) {
                m_ownTable->selectRow(std::min(current, m_ownModel->rowCount() - 1));
            }
        });
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
                if (m_result && m_session.workbench()) {
                    showFit(*m_result);
                }
            } else {
                desk().showError(overrides.error());
            }
        });
}

}  // namespace tierwise::ui
