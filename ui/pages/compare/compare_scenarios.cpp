// SPDX-License-Identifier: GPL-3.0-or-later
// ComparePage: what can be done with scenarios; an undo step each.
#include <QAction>
#include <QInputDialog>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>

#include "ui/dialogs/models_dialog.h"
#include "ui/dialogs/world_dialog.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/models/value_model.h"
#include "ui/pages/compare/compare_page.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

void ComparePage::buildCommands() {
    auto* menu = new QMenu(m_scenarioMenu);
    m_scenarioMenu->setMenu(menu);
    const auto add = [this, menu](const QString& icon, const QString& text, const QString& tip, const QKeySequence& key,
                                  void (ComparePage::*slot)()) {
        auto* action = newAction(icon, text, tip, key);
        connect(action, &QAction::triggered, this, slot);
        m_table->addAction(action);
        menu->addAction(action);
        return action;
    };
    auto* present = add(u"add"_s, tr("&Add Present Policy"), tr("Keep the present policy as a scenario"),
                        QKeySequence(Qt::CTRL | Qt::Key_D), &ComparePage::addPresent);
    present->setObjectName(u"addPresent"_s);
    m_add->setToolTip(present->toolTip());
    connect(m_add, &QPushButton::clicked, present, &QAction::trigger);
    add({}, tr("D&uplicate Scenario"), tr("Copy the selected scenario"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_D),
        &ComparePage::duplicate);
    add(u"edit"_s, tr("&Rename Scenario..."), tr("Give the selected scenario another name"), QKeySequence(Qt::Key_F2),
        &ComparePage::rename);
    add(u"pin"_s, tr("&Pin Scenario"), tr("Mark the selected scenario as the winner"),
        QKeySequence(Qt::CTRL | Qt::Key_P), &ComparePage::togglePin);
    add(u"remove"_s, tr("De&lete Scenario"), tr("Delete the selected scenario; Undo brings it back"),
        QKeySequence(Qt::Key_Delete), &ComparePage::removeSelected);
    add(u"tradeoff"_s, tr("&Shape This Scenario"), tr("Make it the present policy and go to the trade-off"),
        QKeySequence(Qt::CTRL | Qt::Key_Return), &ComparePage::shapeSelected);
    auto* world = add(QString(), tr("Prices and &Assumptions..."),
                      tr("Give the selected scenario a catalog of another date, or assumptions of its own"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_A), &ComparePage::editWorld);
    world->setObjectName(u"editWorld"_s);
    auto* models = add({}, tr("&Models of the Scenario..."), tr("Choose the models that the selected scenario may use"),
                       QKeySequence(Qt::CTRL | Qt::Key_M), &ComparePage::editModels);
    models->setObjectName(u"editModels"_s);
    add(u"export"_s, tr("&Export Policy..."), tr("Write the selected scenario's policy as a file"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E), &ComparePage::exportPolicy);
    add(u"import"_s, tr("&Import Policy..."), tr("Add a scenario from a policy file"),
        QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_I), &ComparePage::importPolicy);
}

int ComparePage::selected() const {
    const QModelIndex index = m_table->currentIndex();
    return index.isValid() ? index.data(kRowKeyRole).toInt() : -2;
}

void ComparePage::addPresent() {
    m_session.addScenario(m_session.policy(), coreText(m_session.policy().name));
}

void ComparePage::duplicate() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        const NamedScenario& scenario = m_session.scenarios()[which];
        m_session.addScenario(scenario.policy, tr("Copy of %1").arg(scenario.name), scenario.world);
    } else {
        addPresent();
    }
}

void ComparePage::rename() {
    const int which = selected();
    if (which < 0 || which >= m_session.scenarios().size()) {
        desk().tell(tr("Select a scenario of your own to rename it"));
        return;
    }
    bool ok = false;
    const QString name = QInputDialog::getText(this, tr("Rename scenario"), tr("Name"), QLineEdit::Normal,
                                               m_session.scenarios()[which].name, &ok)
                             .trimmed();
    if (!ok || name.isEmpty()) {
        return;
    }
    for (int i = 0; i < m_session.scenarios().size(); ++i) {
        if (i != which && m_session.scenarios()[i].name == name) {
            desk().tell(tr("There is a scenario of that name already"));
            return;
        }
    }
    AnalysisSession::State next = m_session.state();
    next.scenarios[which].name = name;
    next.scenarios[which].policy.name = toUtf8(name);
    m_session.change(next, tr("Rename scenario"));
}

void ComparePage::togglePin() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        AnalysisSession::State next = m_session.state();
        next.scenarios[which].pinned = !next.scenarios[which].pinned;
        m_session.change(next, next.scenarios[which].pinned ? tr("Pin scenario") : tr("Unpin scenario"));
    }
}

void ComparePage::removeSelected() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        AnalysisSession::State next = m_session.state();
        const QString name = next.scenarios[which].name;
        next.scenarios.removeAt(which);
        m_session.change(next, tr("Delete scenario %1").arg(name));
    }
}

void ComparePage::editWorld() {
    const int which = selected();
    if (which < 0 || which >= m_session.scenarios().size() || !m_session.workbench()) {
        desk().tell(tr("Select a scenario of your own first: the present policy has the project's prices"));
        return;
    }
    const NamedScenario& scenario = m_session.scenarios()[which];
    WorldDialog dialog(desk(), scenario.world, m_session.workbench()->inputs().assumptions, this);
    dialog.setWindowTitle(tr("Prices and assumptions of %1").arg(scenario.name));
    if (dialog.exec() == QDialog::Accepted) {
        AnalysisSession::State next = m_session.state();
        next.scenarios[which].world = dialog.world();
        m_session.change(next, tr("Change prices or assumptions of %1").arg(scenario.name));
    }
}

void ComparePage::editModels() {
    const int which = selected();
    if (which < 0 || which >= m_session.scenarios().size() || !m_session.workbench()) {
        desk().tell(tr("Select a scenario of your own first; the present policy has its models on the Router page"));
        return;
    }
    const NamedScenario& scenario = m_session.scenarios()[which];
    ModelsDialog dialog(*m_session.workbench(), scenario.policy.models, this);
    if (dialog.exec() == QDialog::Accepted) {
        AnalysisSession::State next = m_session.state();
        next.scenarios[which].policy.models = dialog.models();
        m_session.change(next, tr("Choose models of %1").arg(scenario.name));
    }
}

void ComparePage::shapeSelected() {
    const int which = selected();
    if (which >= 0 && which < m_session.scenarios().size()) {
        const NamedScenario scenario = m_session.scenarios()[which];
        m_session.setPolicy(scenario.policy, tr("Shape %1").arg(scenario.name));
        if (scenario.world.isOwn()) {
            desk().tell(tr("%1 is shaped at the project's own prices and assumptions").arg(scenario.name));
        }
    }
    desk().showPage(u"tradeoff"_s);
}

void ComparePage::exportPolicy() {
    const int which = selected();
    const route::Policy policy =
        which >= 0 && which < m_session.scenarios().size() ? m_session.scenarios()[which].policy : m_session.policy();
    const QString path = desk().dialogs().saveFile(this, tr("Export policy"), toQt(policy.name) + u".policy.json"_s,
                                                   tr("Policies (*.json)"));
    if (path.isEmpty()) {
        return;
    }
    QSaveFile file(path);
    const std::string json = policy.toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(json.data(), static_cast<qint64>(json.size())) < 0 ||
        !file.commit()) {
        desk().showError({ErrorCode::io,
                          "the policy cannot be written",
                          "Choose a folder that can be written to.",
                          toUtf8(path),
                          {},
                          {}});
        return;
    }
    desk().tell(tr("Wrote %1").arg(path));
}

void ComparePage::importPolicy() {
    const QStringList paths = desk().dialogs().openFiles(this, tr("Import policy"), {}, tr("Policies (*.json)"));
    for (const QString& path : paths) {
        auto policy = route::Policy::load(std::filesystem::path(toUtf8(path)));
        if (!policy) {
            desk().showError(policy.error());
            continue;
        }
        m_session.addScenario(*policy, toQt(policy->name));
    }
}

}  // namespace tierwise::ui
