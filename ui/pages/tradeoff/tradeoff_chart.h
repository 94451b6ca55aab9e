// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QList>
#include <QPointF>

#include "core/project/analysis.h"
#include "ui/charts/chart_spec.h"
#include "ui/session/analysis_session.h"

namespace tierwise::ui {

/// The cost-quality chart as a value, and what its series stand for.
struct TradeoffChart {
    ChartSpec spec;
    QList<QList<route::Policy>> policies;  ///< by series and point; a policy without a name = the point stands for none
    int policySeries = -1;                 ///< the one point that is being shaped
};

inline constexpr int kPolicyHandle = 1;

/// A named scenario's place, where it could be worked out.
struct ScenarioPoint {
    QString name;
    route::Policy policy;  ///< without a name: of another world, there are no rows to show here
    QPointF at;            ///< cost in dollars, quality 0..1
};

/// oracle: cost and quality of the best answers known in advance; missing until it is worked out.
/// within: the frontier under the policy's rules and constraints; empty = it has none.
[[nodiscard]] TradeoffChart tradeoffChart(const analyze::Tradeoff& tradeoff,
                                          const std::vector<analyze::CurvePoint>& within,
                                          const QList<ScenarioPoint>& scenarios, const std::optional<QPointF>& oracle,
                                          bool logarithmic);

/// The series of the policy's own point with its interval.
[[nodiscard]] ChartSeries policySeries(double cost, double quality, const analyze::Interval& costRange,
                                       const analyze::Interval& qualityRange, const QString& causes = {});

/// Bars from the worst to the best end of each cause, about the saving itself.
[[nodiscard]] ChartSpec tornadoChart(const analyze::Tornado& tornado);

}  // namespace tierwise::ui
