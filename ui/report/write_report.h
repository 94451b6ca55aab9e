// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/project/report_order.h"

namespace tierwise::ui {

/// Opens the project, builds the report that was ordered and paints it as PDF or PNG. Needs a QGuiApplication
/// (offscreen will do).
[[nodiscard]] Result<void> writeReport(const project::PaintOrder& order);

}  // namespace tierwise::ui
