// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QPointF>

#include "core/project/analysis.h"
#include "ui/pages/analysis_page.h"
#include "ui/pages/tradeoff/tradeoff_chart.h"

class QLabel;
class QSplitter;
class QTimer;

namespace tierwise::ui {

class BaselineBox;
class ChartPanel;
class CopyTable;
class JobSlot;
class MixBar;
class ValueModel;

/// The page that people come for: what the requests could cost at what quality, with the policy as a mark that is
/// dragged along the exact frontier, or shaped by the shares in the mix bar. Look-ups follow the mouse; the full
/// evaluation (bootstrap, assumptions) follows when it rests.
class TradeoffPage : public AnalysisPage {
    Q_OBJECT

public:
    explicit TradeoffPage(Desk& desk, QWidget* parent = nullptr);
    ~TradeoffPage() override;

    [[nodiscard]] QList<QWidget*> panes() const override;
    void saveState(QSettings& settings) const override;
    void restoreState(const QSettings& settings) override;

protected:
    void refreshWorkbench() override;
    void refreshState() override;
    void forget() override;

private:
    void buildBody();
    void buildCommands();
    void refreshChart();
    void dragBudget(double usd, bool finished);
    void dragShares(double local, double commodity, bool finished);
    void showDrag(const analyze::DragResult& drag);
    void showPolicy(QPointF at, const analyze::Interval& cost, const analyze::Interval& quality,
                    const analyze::TierShares& tiers);
    void startEvaluation();
    struct Answer;
    void showEvaluation(const Answer& answer);
    /// The present policy with another router: its models, constraints and rules stay.
    [[nodiscard]] route::Policy reshaped(const route::Policy& as) const;
    void showTier(Tier tier);
    void tellSummary();
    void showRowsBehind(int series, int index);
    void keepAsScenario();
    void nudge(double factor);

    std::unique_ptr<JobSlot> m_evaluate;
    QList<QList<route::Policy>> m_policies;  ///< what each point of the chart stands for
    QList<ScenarioPoint> m_scenarioPoints;
    std::optional<QPointF> m_oracle;
    double m_leastUsd = 0;                ///< where the curve that the policy is dragged along begins
    const void* m_drawnBounds = nullptr;  ///< the session's bounds that the chart shows
    QString m_causes;                     ///< of the ranges of the policy's figures
    QPointF m_at;                         ///< the policy: cost and quality
    analyze::Interval m_costRange;
    analyze::Interval m_qualityRange;
    bool m_logarithmic = false;
    bool m_fresh = false;  ///< a workbench whose policy has not been evaluated yet
    bool m_dragging = false;
    bool m_barDragged = false;
    int m_policySeries = -1;

    QLabel* m_sentence = nullptr;
    QLabel* m_verdict = nullptr;
    BaselineBox* m_baseline = nullptr;
    ChartPanel* m_chart = nullptr;
    MixBar* m_mixBar = nullptr;
    CopyTable* m_mixTable = nullptr;
    ValueModel* m_mixModel = nullptr;
    ChartPanel* m_tornado = nullptr;
    QLabel* m_notes = nullptr;
    QSplitter* m_splitter = nullptr;
    QTimer* m_settle = nullptr;
};

}  // namespace tierwise::ui
