// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/report/escape.h"

namespace tierwise::report {
namespace {

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    void widenIfEmpty() {
        if (!(low <= high)) {
            low = 0;
            high = 1;
        }
        if (high - low < 1e-300) {
            const double by = low == 0 ? 1 : std::abs(low) * 0.1;
            low -= by;
            high += by;
        }
    }
};

// Maps a value range to a pixel range, linear or by logarithm.
struct Scale {
    double low = 0;
    double high = 1;
    double from = 0;
    double to = 1;
    bool log = false;

    [[nodiscard]] double at(double value) const {
        const double share = log ? (std::log10(value) - std::log10(low)) / (std::log10(high) - std::log10(low))
                                 : (value - low) / (high - low);
        return from + share * (to - from);
    }
};

std::string displayTick(double value, Unit unit) {
    if (unit == Unit::dollars && std::abs(value) >= 1 && value == std::round(value)) {
        return fmt::format("{}${}", value < 0 ? "-" : "", displayCount(static_cast<Int128>(std::abs(value))));
    }
    if (unit == Unit::share) {
        return fmt::format("{:.4g} %", value * 100);
    }
    if (unit == Unit::points) {
        return fmt::format("{:+.3g}", value * 100);
    }
    return unit == Unit::dollars ? displayDollars(value) : displayNumber(value);
}

class Drawing {
public:
    Drawing(int width, int height, const ChartTheme& theme, bool cssColours)
        : m_theme(theme), m_css(cssColours), m_width(width), m_height(height) {}

    [[nodiscard]] std::string text() const { return m_css ? "var(--fg)" : std::string(m_theme.text); }
    [[nodiscard]] std::string grid() const { return m_css ? "var(--grid)" : std::string(m_theme.grid); }
    [[nodiscard]] std::string background() const { return m_css ? "var(--bg)" : std::string(m_theme.background); }
    [[nodiscard]] std::string colour(int role) const {
        if (role == 4) {
            return m_css ? "var(--accent)" : std::string(m_theme.accent);
        }
        return std::string(role == 0 ? m_theme.neutral : tierColour(role));
    }

    void line(double x1, double y1, double x2, double y2, const std::string& stroke, double width,
              std::string_view dash = {}) {
        m_body += fmt::format(
            R"(<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{:.1f}"{}/>)", x1, y1,
            x2, y2, stroke, width, dashAttribute(dash));
        m_body += '\n';
    }
    void rectangle(double x, double y, double width, double height, const std::string& fill) {
        m_body += fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>)", x, y,
                              std::max(0.0, width), std::max(0.0, height), fill);
        m_body += '\n';
    }
    void label(double x, double y, std::string_view words, std::string_view anchor, int size = 11,
               bool upright = true) {
        const std::string turn = upright ? "" : fmt::format(" transform=\"rotate(-90 {:.1f} {:.1f})\"", x, y);
        m_body += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-size="{}" fill="{}"{}>{}</text>)", x,
                              y, anchor, size, text(), turn, escapeXml(words));
        m_body += '\n';
    }
    // A label that lies on lines: on a patch of the background, so that it can be read.
    void patchedLabel(double x, double y, double width, std::string_view words, int size) {
        m_body +=
            fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{}" fill="{}" fill-opacity="0.85"/>)",
                        x - 2, y - size, width + 4, size + 3, background());
        m_body += '\n';
        label(x, y, words, "start", size);
    }
    void polyline(const std::vector<std::pair<double, double>>& points, const std::string& stroke,
                  std::string_view dash) {
        std::string list;
        for (const auto& [x, y] : points) {
            list += fmt::format("{}{:.1f},{:.1f}", list.empty() ? "" : " ", x, y);
        }
        m_body += fmt::format(R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="2"{}/>)", list, stroke,
                              dashAttribute(dash));
        m_body += '\n';
    }
    // A marker shape for each role, so that colour is never the only sign.
    void marker(double x, double y, int role) {
        const std::string fill = colour(role);
        if (role == 1) {
            rectangle(x - 4, y - 4, 8, 8, fill);
        } else if (role == 2) {
            m_body += fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="{}"/>)", x, y, fill);
        } else if (role == 3) {
            m_body += fmt::format(R"(<path d="M{:.1f} {:.1f}l5 9h-10z" fill="{}"/>)", x, y - 5, fill);
        } else if (role == 4) {
            m_body += fmt::format(R"(<path d="M{:.1f} {:.1f}l6 6l-6 6l-6 -6z" fill="{}"/>)", x, y - 6, fill);
        } else {
            m_body += fmt::format(
                R"(<circle cx="{:.1f}" cy="{:.1f}" r="3.5" fill="none" stroke="{}" stroke-width="2"/>)", x, y, fill);
        }
        m_body += '\n';
    }

    [[nodiscard]] std::string finish(const Chart& chart) const {
        std::string svg = fmt::format(
            R"(<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="img" font-family="DejaVu Sans, Liberation Sans, Arial, sans-serif">)",
            m_width, m_height);
        svg += fmt::format("\n<title>{}</title>\n<desc>{}</desc>\n", escapeXml(chart.title), escapeXml(chart.summary));
        svg += fmt::format(R"(<rect width="{}" height="{}" fill="{}"/>)", m_width, m_height, background());
        return svg + "\n" + m_body + "</svg>\n";
    }

private:
    static std::string dashAttribute(std::string_view dash) {
        return dash.empty() ? std::string() : fmt::format(R"( stroke-dasharray="{}")", dash);
    }

    ChartTheme m_theme;
    bool m_css;
    int m_width;
    int m_height;
    std::string m_body;
};

struct Frame {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
};

double textWidth(std::string_view words, int size = 11) {
    const auto characters = std::count_if(words.begin(), words.end(),
                                          [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
    return static_cast<double>(characters) * size * 0.6;
}

void drawLegend(Drawing& drawing, const Chart& chart, const Frame& frame) {
    double x = frame.left;
    for (const auto& series : chart.series) {
        if (series.name.empty()) {
            continue;
        }
        const double width = 18 + textWidth(series.name) + 12;
        if (x + width > frame.right && x > frame.left) {
            break;  // what does not fit is named at its points or in the table beside the chart
        }
        if (chart.kind == ChartKind::stackedBars) {
            drawing.rectangle(x, 27, 11, 11, drawing.colour(series.role));
        } else if (series.kind == SeriesKind::points) {
            drawing.marker(x + 6, 33, series.role);
        } else {
            drawing.line(x, 33, x + 13, 33, drawing.colour(series.role), 2,
                         series.kind == SeriesKind::dashedLine ? "4 3" : "");
        }
        drawing.label(x + 18, 37, series.name, "start");
        x += width;
    }
}

std::vector<double> logTicks(double low, double high) {
    std::vector<double> ticks;
    for (int power = static_cast<int>(std::floor(std::log10(low))); power <= std::ceil(std::log10(high)); ++power) {
        for (const double step : {1.0, 2.0, 5.0}) {
            const double value = step * std::pow(10.0, power);
            if (value >= low * 0.999 && value <= high * 1.001) {
                ticks.push_back(value);
            }
        }
    }
    return ticks;
}

void drawAxes(Drawing& drawing, const Chart& chart, const Frame& frame, const Scale& x, const Scale& y) {
    for (const double tick : roundTicks(y.low, y.high, 6)) {
        drawing.line(frame.left, y.at(tick), frame.right, y.at(tick), drawing.grid(), 1);
        drawing.label(frame.left - 6, y.at(tick) + 4, displayTick(tick, chart.yUnit), "end");
    }
    double lastEnd = -1e9;
    for (const double tick : x.log ? logTicks(x.low, x.high) : roundTicks(x.low, x.high, 7)) {
        const std::string words = displayTick(tick, chart.xUnit);
        const double half = textWidth(words) / 2;
        drawing.line(x.at(tick), frame.top, x.at(tick), frame.bottom, drawing.grid(), 1);
        if (x.at(tick) - half > lastEnd + 6) {
            drawing.label(x.at(tick), frame.bottom + 16, words, "middle");
            lastEnd = x.at(tick) + half;
        }
    }
    drawing.label((frame.left + frame.right) / 2, frame.bottom + 34,
                  chart.xTitle + (chart.logX ? " (logarithmic)" : ""), "middle");
    drawing.label(14, (frame.top + frame.bottom) / 2, chart.yTitle, "middle", 11, false);
}

bool shown(const Chart& chart, const ChartPoint& point) {
    return std::isfinite(point.x) && std::isfinite(point.y) && (!chart.logX || point.x > 0);
}

// Puts point labels beside their points, where they cover neither a marker nor another label; where there is no such
// place a label is left out.
void drawPointLabels(Drawing& drawing, const Chart& chart, const Frame& frame, const Scale& x, const Scale& y) {
    struct Box {
        double left, top, right, bottom;
    };
    std::vector<Box> taken;
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            if (series.kind == SeriesKind::points && shown(chart, point)) {
                taken.push_back({x.at(point.x) - 6, y.at(point.y) - 6, x.at(point.x) + 6, y.at(point.y) + 6});
            }
        }
    }
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            if (point.label.empty() || !shown(chart, point)) {
                continue;
            }
            const std::string words = displayText(point.label, 32);
            const double width = textWidth(words, 10);
            const double px = x.at(point.x);
            const double py = y.at(point.y);
            const auto place = [&](double start, double dy) {
                const Box box{start, py + dy - 10, start + width, py + dy + 2};
                const bool inside = box.left >= frame.left && box.right <= frame.right && box.bottom <= frame.bottom;
                const bool free = std::none_of(taken.begin(), taken.end(), [&](const Box& other) {
                    return box.left < other.right && other.left < box.right && box.top < other.bottom &&
                           other.top < box.bottom;
                });
                if (inside && free) {
                    drawing.patchedLabel(start, py + dy, width, words, 10);
                    taken.push_back(box);
                }
                return inside && free;
            };
            for (const double dy : {4.0, -9.0, 17.0, -22.0, 30.0}) {
                if (place(px + 9, dy) || place(px - 9 - width, dy)) {
                    break;
                }
            }
        }
    }
}

void drawXy(Drawing& drawing, const Chart& chart, const Frame& frame) {
    Extent xs;
    Extent ys;
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            if (shown(chart, point)) {
                xs.add(point.x);
                ys.add(point.y);
                ys.add(point.yLow.value_or(point.y));
                ys.add(point.yHigh.value_or(point.y));
            }
        }
    }
    xs.widenIfEmpty();
    ys.widenIfEmpty();
    const double yMargin = (ys.high - ys.low) * 0.06;
    const double xMargin = (xs.high - xs.low) * 0.04;
    Scale x{chart.logX ? xs.low * 0.85 : xs.low - xMargin, chart.logX ? xs.high * 1.15 : xs.high + xMargin, frame.left,
            frame.right, chart.logX};
    if (chart.logX && x.low <= 0) {
        x.low = x.high / 1000;
    }
    const Scale y{ys.low - yMargin, ys.high + yMargin, frame.bottom, frame.top, false};
    drawAxes(drawing, chart, frame, x, y);
    for (const auto& series : chart.series) {
        std::vector<std::pair<double, double>> path;
        for (const auto& point : series.points) {
            if (!shown(chart, point)) {
                continue;
            }
            const double px = x.at(point.x);
            path.emplace_back(px, y.at(point.y));
            if (point.yLow && point.yHigh) {
                drawing.line(px, y.at(*point.yLow), px, y.at(*point.yHigh), drawing.colour(series.role), 1.5);
                drawing.line(px - 4, y.at(*point.yLow), px + 4, y.at(*point.yLow), drawing.colour(series.role), 1.5);
                drawing.line(px - 4, y.at(*point.yHigh), px + 4, y.at(*point.yHigh), drawing.colour(series.role), 1.5);
            }
            if (series.kind == SeriesKind::points) {
                drawing.marker(px, y.at(point.y), series.role);
            }
        }
        if (series.kind != SeriesKind::points && path.size() > 1) {
            drawing.polyline(path, drawing.colour(series.role), series.kind == SeriesKind::dashedLine ? "6 4" : "");
        }
    }
    drawPointLabels(drawing, chart, frame, x, y);
}

void drawStackedBars(Drawing& drawing, const Chart& chart, const Frame& frame) {
    std::vector<double> totals(chart.categories.size(), 0.0);
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            const auto category = static_cast<std::size_t>(std::max(0.0, point.x));
            if (category < totals.size() && std::isfinite(point.y)) {
                totals[category] += std::max(0.0, point.y);
            }
        }
    }
    const double most = totals.empty() ? 1 : *std::max_element(totals.begin(), totals.end());
    const Scale y{0, most > 0 ? most * 1.05 : 1, frame.bottom, frame.top, false};
    for (const double tick : roundTicks(0, y.high, 6)) {
        drawing.line(frame.left, y.at(tick), frame.right, y.at(tick), drawing.grid(), 1);
        drawing.label(frame.left - 6, y.at(tick) + 4, displayTick(tick, chart.yUnit), "end");
    }
    const double slot =
        (frame.right - frame.left) / static_cast<double>(std::max<std::size_t>(1, chart.categories.size()));
    std::vector<double> base(totals.size(), 0.0);
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            const auto category = static_cast<std::size_t>(std::max(0.0, point.x));
            if (category >= totals.size() || !(point.y > 0)) {
                continue;
            }
            const double top = base[category] + point.y;
            drawing.rectangle(frame.left + slot * (static_cast<double>(category) + 0.15), y.at(top), slot * 0.7,
                              y.at(base[category]) - y.at(top), drawing.colour(series.role));
            base[category] = top;
        }
    }
    const auto every = static_cast<std::size_t>(std::ceil(64.0 / std::max(1.0, slot)));
    for (std::size_t i = 0; i < chart.categories.size(); i += every) {
        const auto room = static_cast<std::size_t>(std::max(3.0, slot * static_cast<double>(every) / 6.6));
        drawing.label(frame.left + slot * (static_cast<double>(i) + 0.5), frame.bottom + 16,
                      displayText(chart.categories[i], room), "middle");
    }
    drawing.label((frame.left + frame.right) / 2, frame.bottom + 34, chart.xTitle, "middle");
    drawing.label(14, (frame.top + frame.bottom) / 2, chart.yTitle, "middle", 11, false);
}

void drawHorizontalRange(Drawing& drawing, const Chart& chart, Frame frame) {
    frame.left += 130;
    Extent xs;
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            xs.add(point.y);
            xs.add(point.yLow.value_or(point.y));
            xs.add(point.yHigh.value_or(point.y));
        }
    }
    xs.widenIfEmpty();
    const double margin = (xs.high - xs.low) * 0.05;
    const Scale x{xs.low - margin, xs.high + margin, frame.left, frame.right, false};
    double lastEnd = -1e9;
    for (const double tick : roundTicks(x.low, x.high, 6)) {
        const std::string words = displayTick(tick, chart.yUnit);
        drawing.line(x.at(tick), frame.top, x.at(tick), frame.bottom, drawing.grid(), 1);
        if (x.at(tick) - textWidth(words) / 2 > lastEnd + 6) {
            drawing.label(x.at(tick), frame.bottom + 16, words, "middle");
            lastEnd = x.at(tick) + textWidth(words) / 2;
        }
    }
    const double slot =
        (frame.bottom - frame.top) / static_cast<double>(std::max<std::size_t>(1, chart.categories.size()));
    for (const auto& series : chart.series) {
        for (const auto& point : series.points) {
            const double middle = frame.top + slot * (point.x + 0.5);
            const double low = x.at(point.yLow.value_or(point.y));
            const double high = x.at(point.yHigh.value_or(point.y));
            drawing.rectangle(std::min(low, high), middle - slot * 0.28, std::abs(high - low), slot * 0.56,
                              drawing.colour(series.role));
            drawing.line(x.at(point.y), middle - slot * 0.4, x.at(point.y), middle + slot * 0.4, drawing.text(), 1.5);
        }
    }
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
        drawing.label(frame.left - 8, frame.top + slot * (static_cast<double>(i) + 0.5) + 4,
                      displayText(chart.categories[i], 30), "end");
    }
    drawing.label((frame.left + frame.right) / 2, frame.bottom + 34, chart.yTitle, "middle");
}

}  // namespace

ChartTheme lightTheme() {
    return {"#ffffff", "#1f2328", "#d8dde3", "#6b7280", "#111827"};
}
ChartTheme darkTheme() {
    return {"#17191c", "#e6e8eb", "#3a3f45", "#9aa3ad", "#f5f5f5"};
}

std::string_view tierColour(int tier) {
    // Okabe and Ito (2008): vermillion, blue, bluish green; told apart with every common colour vision.
    constexpr std::array<std::string_view, 4> kColours{"#6b7280", "#d55e00", "#0072b2", "#009e73"};
    return tier >= 1 && tier <= 3 ? kColours[static_cast<std::size_t>(tier)] : kColours[0];
}

std::vector<double> roundTicks(double low, double high, int wanted) {
    if (!std::isfinite(low) || !std::isfinite(high) || high <= low || wanted < 1) {
        return {};
    }
    const double rough = (high - low) / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double share = rough / power;
    const double step = power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10);
    std::vector<double> ticks;
    for (double k = std::ceil(low / step - 1e-9); k * step <= high + step * 1e-9; ++k) {
        ticks.push_back(k == 0 ? 0.0 : k * step);
    }
    return ticks;
}

std::string toSvg(const Chart& chart, int width, int height, const ChartTheme& theme, bool cssColours) {
    Drawing drawing(width, height, theme, cssColours);
    const Frame frame{78, 48, static_cast<double>(width) - 18, static_cast<double>(height) - 48};
    drawing.label(frame.left, 17, chart.title, "start", 13);
    drawLegend(drawing, chart, frame);
    switch (chart.kind) {
        case ChartKind::xy:
            drawXy(drawing, chart, frame);
            break;
        case ChartKind::stackedBars:
            drawStackedBars(drawing, chart, frame);
            break;
        case ChartKind::horizontalRange:
            drawHorizontalRange(drawing, chart, frame);
            break;
    }
    if (chart.notShown > 0) {
        drawing.label(width - 18, 17, fmt::format("{} not shown", displayCount(chart.notShown)), "end", 10);
    }
    return drawing.finish(chart);
}

}  // namespace tierwise::report
