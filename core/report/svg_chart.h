// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/report/report.h"

namespace tierwise::report {

/// Colours of a chart, as CSS colours. Tier colours are Okabe-Ito's and the same everywhere.
struct ChartTheme {
    std::string_view background;
    std::string_view text;
    std::string_view grid;
    std::string_view neutral;
    std::string_view accent;
};

[[nodiscard]] ChartTheme lightTheme();
[[nodiscard]] ChartTheme darkTheme();

/// The tier's colour: 1 premium, 2 commodity, 3 local; others neutral grey.
[[nodiscard]] std::string_view tierColour(int tier);

/// The chart as a stand-alone SVG document of the given size in pixels. With cssColours, text, grid and background are
/// left to CSS variables of the page that it is put in (--fg, --grid, --bg, --accent), so that it follows dark mode.
[[nodiscard]] std::string toSvg(const Chart& chart, int width, int height, const ChartTheme& theme,
                                bool cssColours = false);

/// About `wanted` round tick values that cover [low, high] (1, 2, 5 x 10^n steps), ascending.
[[nodiscard]] std::vector<double> roundTicks(double low, double high, int wanted);

}  // namespace tierwise::report
