// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/error.h"
#include "core/project/report_order.h"
#include "core/report/report.h"

namespace tierwise::ui {

/// Opens the project, builds the report that was ordered and paints it as PDF or PNG. Needs a QGuiApplication
/// (offscreen will do).
[[nodiscard]] Result<void> writeReport(const project::PaintOrder& order);

/// Every chart of a report as a picture of its own: "october.png" becomes "october-frontier.png" and so on; .svg or
/// .png by the ending. Any thread.
[[nodiscard]] Result<void> writeCharts(const report::Report& report, const QString& file);

}  // namespace tierwise::ui
