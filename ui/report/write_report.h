// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/error.h"

namespace tierwise::ui {

/// What the command line asks the desktop program to paint.
struct ReportOrder {
    QString file;  ///< .pdf, or .png for one chart
    QString project;
    QString scenario;  ///< empty: the present policy
    QString audience;  ///< "manager" or "analyst"
    QString paper;     ///< "a4" or "letter"
    QString part;      ///< the chart of a .png
};

/// Opens the project, builds its report and paints it. Needs a QGuiApplication (offscreen will do).
[[nodiscard]] Result<void> writeReport(const ReportOrder& order);

}  // namespace tierwise::ui
