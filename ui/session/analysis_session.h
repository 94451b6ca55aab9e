// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <QList>
#include <QObject>
#include <QString>

#include "core/project/analysis.h"
#include "core/project/calibration.h"
#include "core/project/world.h"
#include "ui/jobs/job_slot.h"

namespace tierwise::ui {

class Desk;

/// A named scenario of the project.
struct NamedScenario {
    QString name;
    route::Policy policy;
    bool pinned = false;
    project::World world;  ///< prices and assumptions of its own
    bool operator==(const NamedScenario&) const = default;
};

/// What the analysis pages share: the workbench over the open project (built off the GUI thread, made anew when rows
/// change), the policy being shaped, the named scenarios, the baseline and the bar. Every change is an undo step and is
/// saved in the project at once. GUI thread.
class AnalysisSession : public QObject {
    Q_OBJECT

public:
    /// The one session of a desk, made on first use.
    [[nodiscard]] static AnalysisSession& of(Desk& desk);

    /// Null while there is none: no project, being built, or a problem.
    [[nodiscard]] const std::shared_ptr<const project::Workbench>& workbench() const { return m_workbench; }
    [[nodiscard]] bool isBuilding() const { return m_build->isRunning(); }
    /// With the workbench, worked out in the same job: the curves of the trade-off, and requests by difficulty (or,
    /// where none has one, by length).
    [[nodiscard]] const analyze::Tradeoff& tradeoff() const { return m_tradeoff; }
    [[nodiscard]] const project::SignalHistogram& difficulty() const { return m_difficulty; }
    static constexpr std::size_t kDifficultyBins = 40;
    /// Where scenarios with models, prices or assumptions of their own are worked out; null without a workbench.
    [[nodiscard]] const std::shared_ptr<const project::Worlds>& worlds() const { return m_worlds; }
    [[nodiscard]] const route::Policy& suggested() const { return m_suggested; }
    /// What the policy's rules and constraints leave to choose, for dragging within them; null where it has none, and
    /// until it is worked out (stateChanged() comes then).
    [[nodiscard]] const project::Workbench::Bounds* bounds() const { return m_bounds.get(); }
    /// Why there is no workbench; empty while there is one or it is being built.
    [[nodiscard]] const QString& problem() const { return m_problem; }
    /// Starts building where that is needed; pages call it when they come to the front.
    void ensure();
    /// Whether the problem is that the user stopped it; tryAgain() builds then.
    [[nodiscard]] bool wasStopped() const { return m_stopped && !m_problem.isEmpty(); }
    void tryAgain();
    /// Builds anew, from what the project holds now: with the overrides of tiers that were given since.
    void recalibrate();

    struct State {
        route::Policy policy;
        QList<NamedScenario> scenarios;
        std::optional<project::Baseline> baseline;
        double bar = 0.8;
        bool operator==(const State&) const = default;
    };
    [[nodiscard]] const State& state() const { return m_state; }
    [[nodiscard]] const route::Policy& policy() const { return m_state.policy; }
    [[nodiscard]] const QList<NamedScenario>& scenarios() const { return m_state.scenarios; }

    static constexpr int kMostScenarios = 6;

    /// One undo step with that name. Consecutive steps of the same mergeKey within a drag become one.
    void change(const State& next, const QString& step, const QString& mergeKey = {});
    void setPolicy(const route::Policy& policy, const QString& step, const QString& mergeKey = {});
    void setBaseline(std::optional<project::Baseline> baseline);
    /// The baseline chosen, else the workbench's.
    [[nodiscard]] project::Baseline baseline() const;
    void setBar(double bar);
    /// Adds the present policy as a scenario with a free name; false (and a remark) when there are six already.
    bool addScenario(const route::Policy& policy, const QString& wantedName, const project::World& world = {});
    /// A name that no scenario has: the wanted one, else with a number behind it.
    [[nodiscard]] QString freeName(const QString& wantedName) const;

Q_SIGNALS:
    void workbenchChanged();
    void stateChanged();

private:
    friend class ChangeAnalysis;
    explicit AnalysisSession(Desk& desk);
    void reset();
    void forgetWorkbench();
    struct Built;
    void adopt(Result<Built> built);
    [[nodiscard]] std::set<std::string> wantedModels() const;
    [[nodiscard]] bool needsOtherCandidates() const;
    void followBounds();
    void apply(const State& state);
    void load();
    void save();

    Desk& m_desk;
    std::unique_ptr<JobSlot> m_build;
    std::unique_ptr<JobSlot> m_boundsSlot;
    std::unique_ptr<JobSlot> m_load;
    std::unique_ptr<JobSlot> m_save;
    std::shared_ptr<const project::Workbench> m_workbench;
    std::shared_ptr<const project::Worlds> m_worlds;
    analyze::Tradeoff m_tradeoff;
    project::SignalHistogram m_difficulty;
    route::Policy m_suggested;
    std::shared_ptr<const project::Workbench::Bounds> m_bounds;
    route::Policy m_boundsOf;  ///< the rules and constraints that m_bounds holds
    std::set<std::string> m_builtModels;
    QString m_problem;
    bool m_stopped = false;
    State m_state;
    bool m_stateLoaded = false;
    quint64 m_builtVersion = 0;
};

}  // namespace tierwise::ui
