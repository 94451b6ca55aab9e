// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QFont>
#include <QStringList>

#include "core/report/report.h"

// How a report's words and tables are set on a page. Lengths are points.
namespace tierwise::ui {

inline constexpr double kCellPadding = 3.0;

/// Foreign text made safe to show, at most so many characters (0 = all).
[[nodiscard]] QString words(const std::string& text, int most = 0);
/// A cell's words; a range stays on one line.
[[nodiscard]] QString cellWords(const report::Cell& cell, int most);
/// Breaks text into lines of the given width; long words break anywhere.
[[nodiscard]] QStringList lines(const QString& content, const QFont& f, double lineWidth);
/// At most so many lines, the last one marked where more were.
[[nodiscard]] QStringList capped(QStringList all, qsizetype most);

/// Whether no column has to split a word.
[[nodiscard]] bool fitsWidth(const report::Table& table, const QFont& bold, const QFont& body, double width);
/// Widths of the columns, which sum to the width.
[[nodiscard]] std::vector<double> columnWidths(const report::Table& table, const QFont& bold, const QFont& body,
                                               double width);

}  // namespace tierwise::ui
