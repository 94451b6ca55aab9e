// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/project/calibration.h"
#include "ui/charts/chart_spec.h"

namespace tierwise::ui {

/// A chart over the routing signal without series yet: its title, axes and their ends. byLength: no request has a
/// difficulty, the signal is the length of its prompt.
[[nodiscard]] ChartSpec signalChart(const project::SignalHistogram& histogram, bool byLength);
/// The bins of a histogram as a step line.
[[nodiscard]] ChartSeries signalSteps(const project::SignalHistogram& histogram);

/// Which tier the requests of each difficulty or length go to: a step line a tier, by static_cast<size_t>(Tier).
[[nodiscard]] ChartSpec tierChart(const std::array<project::SignalHistogram, 4>& tiers, bool byLength);

}  // namespace tierwise::ui
