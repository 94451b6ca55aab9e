// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <utility>

#include "ui/charts/chart_spec.h"

class QAbstractAxis;

// How the axes of a chart are made, ranged and labelled. Part of ChartView. GUI thread.
namespace tierwise::ui {

/// Nothing below this is shown on a logarithmic axis.
inline constexpr double kLogFloor = 1e-9;

/// The caller owns it until a chart takes it.
[[nodiscard]] QAbstractAxis* makeAxis(const ChartAxis& axis);
/// pixels: the length of the axis, for the number of labels.
void applyRange(QAbstractAxis* axis, const ChartAxis& spec, double low, double high, int pixels);

/// Least and greatest of what it took; low > high = nothing yet.
struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    void take(double value);
};
/// The range of an axis over an extent, with a margin.
[[nodiscard]] std::pair<double, double> finished(Extent extent, const ChartAxis& axis, bool fromZero);

/// "$1,240", "12.3%", "2026-10-01", as an axis of that kind writes its values.
[[nodiscard]] QString formatOnAxis(const ChartAxis& axis, double value);

}  // namespace tierwise::ui
