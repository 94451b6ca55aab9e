// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

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

[[nodiscard]] TradeoffChart tradeoffChart(const analyze::Tradeoff& tradeoff, const QList<NamedScenario>& scenarios,
                                          const QList<QPointF>& scenarioPoints, bool logarithmic);

/// The series of the policy's own point with its interval.
[[nodiscard]] ChartSeries policySeries(double cost, double quality, const analyze::Interval& costRange,
                                       const analyze::Interval& qualityRange);

/// Bars from the worst to the best end of each cause.
[[nodiscard]] ChartSpec tornadoChart(const analyze::Tornado& tornado);

}  // namespace tierwise::ui
