// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QImage>
#include <QPageSize>
#include <QSizeF>

#include "core/base/task_context.h"
#include "core/report/report.h"

namespace tierwise::ui {

/// Some pages of a report as pictures, for a preview.
struct PagePictures {
    int pages = 0;                ///< of the whole report
    std::map<int, QImage> shown;  ///< by page, from 0
};

/// Paints the pages first..last of a report on this paper, at so many pixels a point. Any thread; needs a
/// QGuiApplication. No pictures where it was stopped.
[[nodiscard]] PagePictures paintPages(const report::Report& report, QPageSize::PageSizeId paper, double pixelsAPoint,
                                      int first, int last, const TaskContext& context);

}  // namespace tierwise::ui
