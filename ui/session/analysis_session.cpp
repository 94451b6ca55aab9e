// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/analysis_session.h"

#include <algorithm>

#include <QUndoCommand>
#include <QUndoStack>

#include "core/project/replay.h"
#include "core/project/scenarios.h"
#include "core/project/suggest.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/shell/desk.h"

namespace tierwise::ui {

namespace {

constexpr auto kObjectName = "analysisSession";

project::AnalysisState toStored(const AnalysisSession::State& state) {
    project::AnalysisState stored;
    stored.policy = state.policy;
    stored.baseline = state.baseline;
    stored.bar = state.bar;
    for (const auto& scenario : state.scenarios) {
        stored.scenarios.push_back({toUtf8(scenario.name), scenario.policy, scenario.pinned, scenario.world});
    }
    return stored;
}

AnalysisSession::State fromStored(const project::AnalysisState& stored) {
    AnalysisSession::State state;
    state.policy = stored.policy.value_or(route::Policy());
    state.baseline = stored.baseline;
    state.bar = stored.bar;
    for (const auto& scenario : stored.scenarios) {
        state.scenarios.append({toQt(scenario.name), scenario.policy, scenario.pinned, scenario.world});
    }
    return state;
}

}  // namespace

struct AnalysisSession::Built {
    std::shared_ptr<const project::Workbench> workbench;
    std::shared_ptr<const project::Worlds> worlds;
    std::int64_t newlyScored = 0;
    std::vector<std::string> notes;
    analyze::Tradeoff tradeoff;
    project::SignalHistogram difficulty;
    route::Policy suggested;
};

/// One step of undo: the whole state before and after, which is small.
class ChangeAnalysis : public QUndoCommand {
public:
    ChangeAnalysis(AnalysisSession& session, AnalysisSession::State next, const QString& step, const QString& mergeKey)
        : QUndoCommand(step),
          m_session(session),
          m_before(session.state()),
          m_after(std::move(next)),
          m_mergeKey(mergeKey) {}

    void undo() override { m_session.apply(m_before); }
    void redo() override { m_session.apply(m_after); }
    [[nodiscard]] int id() const override { return m_mergeKey.isEmpty() ? -1 : 0x7157; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = dynamic_cast<const ChangeAnalysis*>(other);
        if (next == nullptr || next->m_mergeKey != m_mergeKey) {
            return false;
        }
        m_after = next->m_after;
        return true;
    }

private:
    AnalysisSession& m_session;
    AnalysisSession::State m_before;
    AnalysisSession::State m_after;
    QString m_mergeKey;
};

AnalysisSession& AnalysisSession::of(Desk& desk) {
    auto* session = desk.findChild<AnalysisSession*>(QLatin1String(kObjectName), Qt::FindDirectChildrenOnly);
    return session != nullptr ? *session : *new AnalysisSession(desk);
}

AnalysisSession::AnalysisSession(Desk& desk)
    : QObject(&desk),
      m_desk(desk),
      m_build(std::make_unique<JobSlot>(desk.jobs())),
      m_boundsSlot(std::make_unique<JobSlot>(desk.jobs())),
      m_load(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)),
      m_save(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)) {
    setObjectName(QLatin1String(kObjectName));
    connect(&desk, &Desk::projectChanged, this, &AnalysisSession::reset);
    connect(&desk, &Desk::contentChanged, this, [this] {
        forgetWorkbench();
        m_build->drop();
        Q_EMIT workbenchChanged();
    });
}

void AnalysisSession::forgetWorkbench() {
    m_workbench.reset();
    m_worlds.reset();
    m_boundsSlot->drop();
    m_bounds.reset();
    m_boundsOf = {};
}

void AnalysisSession::followBounds() {
    route::Policy wanted;
    wanted.rules = m_state.policy.rules;
    wanted.constraints = m_state.policy.constraints;
    if (!m_workbench || wanted == m_boundsOf) {
        return;
    }
    m_boundsSlot->drop();
    m_bounds.reset();
    m_boundsOf = wanted;
    if (wanted == route::Policy()) {
        return;
    }
    m_boundsSlot->start(
        tr("Working out what the constraints leave"),
        [workbench = m_workbench, policy = m_state.policy](TaskContext& context) {
            return workbench->boundsOf(policy, context);
        },
        [this](Result<std::shared_ptr<const project::Workbench::Bounds>> bounds) {
            if (bounds) {  // what is wrong with a policy is said where it is evaluated
                m_bounds = std::move(*bounds);
                Q_EMIT stateChanged();
            }
        });
}

void AnalysisSession::reset() {
    m_build->drop();
    m_load->drop();
    forgetWorkbench();
    m_problem.clear();
    m_state = {};
    m_stateLoaded = false;
    Q_EMIT workbenchChanged();
    Q_EMIT stateChanged();
}

void AnalysisSession::ensure() {
    if (!m_desk.hasProject() || m_build->isRunning() || m_load->isRunning()) {
        return;
    }
    if (!m_stateLoaded) {
        load();
        return;
    }
    if (m_workbench || (!m_problem.isEmpty() && m_builtVersion == m_desk.contentVersion())) {
        return;
    }
    m_problem.clear();
    m_builtVersion = m_desk.contentVersion();
    m_builtModels = wantedModels();
    project::ReplayRequest request;
    if (!m_state.policy.name.empty()) {
        request.policies = {m_state.policy};
    }
    m_build->start(
        tr("Working out costs and quality"),
        [project = m_desk.project(), request = std::move(request)](TaskContext& context) -> Result<Built> {
            auto replay = project::openReplay(project, request, context);
            if (!replay) {
                return fail(replay.error());
            }
            Built built;
            built.newlyScored = replay->newlyScored;
            built.notes = std::move(replay->notes);
            built.workbench = std::make_shared<const project::Workbench>(std::move(replay->workbench));
            built.worlds = std::make_shared<const project::Worlds>(built.workbench);
            built.tradeoff = built.workbench->tradeoff();
            built.difficulty = project::signalHistogram(*built.workbench, kDifficultyBins);
            built.suggested = project::suggestedPolicy(*built.workbench);
            return built;
        },
        [this](Result<Built> built) { adopt(std::move(built)); });
    Q_EMIT workbenchChanged();
}

void AnalysisSession::tryAgain() {
    m_problem.clear();
    ensure();
}

void AnalysisSession::recalibrate() {
    m_build->drop();
    forgetWorkbench();
    Q_EMIT workbenchChanged();
    tryAgain();
}

// The candidates that the policy asks for. Scenarios with others have workbenches of their own.
std::set<std::string> AnalysisSession::wantedModels() const {
    return {m_state.policy.models.begin(), m_state.policy.models.end()};
}

// Other candidates than those that the columns were worked out for: they have to be worked out again.
bool AnalysisSession::needsOtherCandidates() const {
    const auto known = [this](const std::string& target) {
        const auto candidates = m_workbench->candidates();
        return route::tierOfTarget(target) ||
               std::any_of(candidates.begin(), candidates.end(), [&](const auto& one) { return one.id == target; });
    };
    if (!m_workbench) {
        return false;
    }
    if (wantedModels() != m_builtModels) {
        return true;
    }
    const auto targets = m_state.policy.targets();
    return !std::all_of(targets.begin(), targets.end(), known);
}

void AnalysisSession::adopt(Result<Built> built) {
    if (!built) {
        m_stopped = built.error().code == ErrorCode::cancelled;
        m_problem = m_stopped ? tr("The analysis was stopped before it was done.") : coreText(built.error());
        if (!m_stopped) {
            m_desk.showError(built.error());
        }
    } else {
        for (const std::string& note : built->notes) {
            m_desk.tell(coreText(note));
        }
        if (built->newlyScored > 0) {
            Q_EMIT m_desk.rowsScored();
        }
        m_workbench = std::move(built->workbench);
        m_worlds = std::move(built->worlds);
        m_tradeoff = std::move(built->tradeoff);
        m_difficulty = std::move(built->difficulty);
        m_suggested = std::move(built->suggested);
        if (m_state.policy.name.empty()) {
            m_state.policy = m_suggested;
            Q_EMIT stateChanged();
        }
        followBounds();
    }
    Q_EMIT workbenchChanged();
}

void AnalysisSession::load() {
    m_load->start(
        tr("Reading scenarios"),
        [project = m_desk.project()](TaskContext&) { return project::loadAnalysisState(project); },
        [this](Result<project::AnalysisState> stored) {
            m_stateLoaded = true;
            if (stored) {
                m_state = fromStored(*stored);
                Q_EMIT stateChanged();
            } else {
                m_desk.showError(stored.error());
            }
            ensure();
        });
}

void AnalysisSession::save() {
    if (!m_desk.hasProject()) {
        return;
    }
    m_save->start(
        tr("Saving scenarios"),
        [project = m_desk.project(), stored = toStored(m_state)](TaskContext&) {
            return project::saveAnalysisState(project, stored);
        },
        [this](Result<void> saved) {
            if (!saved && saved.error().code != ErrorCode::cancelled) {
                m_desk.showError(saved.error());
            }
        });
}

void AnalysisSession::apply(const State& state) {
    m_state = state;
    save();
    if (needsOtherCandidates() || m_build->isRunning() || !m_problem.isEmpty()) {
        m_build->drop();
        forgetWorkbench();
        m_problem.clear();
        Q_EMIT workbenchChanged();
        ensure();
    }
    followBounds();
    Q_EMIT stateChanged();
}

void AnalysisSession::change(const State& next, const QString& step, const QString& mergeKey) {
    if (next != m_state) {
        m_desk.undo().push(new ChangeAnalysis(*this, next, step, mergeKey));
    }
}

void AnalysisSession::setPolicy(const route::Policy& policy, const QString& step, const QString& mergeKey) {
    State next = m_state;
    next.policy = policy;
    change(next, step, mergeKey);
}

void AnalysisSession::setBaseline(std::optional<project::Baseline> baseline) {
    State next = m_state;
    next.baseline = baseline;
    change(next, tr("Choose baseline"));
}

void AnalysisSession::setBar(double bar) {
    State next = m_state;
    next.bar = bar;
    change(next, tr("Set quality bar"), QStringLiteral("bar"));
}

project::Baseline AnalysisSession::baseline() const {
    return m_state.baseline.value_or(m_workbench ? m_workbench->baseline() : project::Baseline::asLogged);
}

QString AnalysisSession::freeName(const QString& wantedName) const {
    const QString wanted = wantedName.trimmed().isEmpty() ? tr("Scenario") : wantedName.trimmed();
    const auto taken = [&](const QString& candidate) {
        return std::any_of(m_state.scenarios.begin(), m_state.scenarios.end(),
                           [&](const NamedScenario& scenario) { return scenario.name == candidate; });
    };
    QString name = wanted;
    for (int number = 2; taken(name); ++number) {
        name = tr("%1 (%2)").arg(wanted).arg(number);
    }
    return name;
}

bool AnalysisSession::addScenario(const route::Policy& policy, const QString& wantedName, const project::World& world) {
    if (m_state.scenarios.size() >= kMostScenarios) {
        m_desk.tell(tr("There are six scenarios already: delete one first"));
        return false;
    }
    const QString name = freeName(wantedName);
    State next = m_state;
    NamedScenario scenario{name, policy, false, world};
    scenario.policy.name = toUtf8(name);
    next.scenarios.append(scenario);
    change(next, tr("Add scenario %1").arg(name));
    return true;
}

}  // namespace tierwise::ui
