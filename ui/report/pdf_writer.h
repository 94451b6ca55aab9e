// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPageSize>
#include <QPagedPaintDevice>
#include <QString>

#include "core/base/error.h"
#include "core/report/report.h"

namespace tierwise::ui {

/// Paints the report's pages on a paged device (a PDF, a printer, a preview). GUI thread, or any with QPdfWriter.
/// False when the device cannot be painted on.
[[nodiscard]] bool paintReport(const report::Report& report, QPagedPaintDevice& device);

/// Writes the report as a PDF: header with project and date, page numbers, vector charts, embedded fonts, tables that
/// repeat their header where they break. Needs a QGuiApplication (offscreen will do). Error io: cannot be written.
[[nodiscard]] Result<void> writePdf(const report::Report& report, const QString& file, QPageSize::PageSizeId page);

}  // namespace tierwise::ui
