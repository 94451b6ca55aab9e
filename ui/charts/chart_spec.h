// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QColor>
#include <QList>
#include <QPointF>
#include <QString>

#include "ui/theme/theme.h"

// What a chart shows, as plain values: pages fill these, ChartPanel draws them. No Qt Charts in sight.
namespace tierwise::ui {

struct ChartAxis {
    enum class Kind { linear, logarithmic, time, category };
    enum class Unit { number, dollars, percent, count };

    Kind kind = Kind::linear;
    Unit unit = Unit::number;
    QString title;
    QStringList categories;         ///< for category axes; x values are then 0, 1, 2 ...
    std::optional<double> minimum;  ///< else from the data, with a margin
    std::optional<double> maximum;
};

struct ChartSeries {
    enum class Kind {
        line,    ///< joined points
        step,    ///< a value that holds until the next point
        points,  ///< markers; beyond kDensityThreshold points drawn as a density image
        bars,    ///< one bar a category (x = category number); several bar series stack
        range,   ///< one bar a category from low to high, with a mark at y
        band     ///< the area between low and high
    };

    Kind kind = Kind::line;
    QString name;
    QColor color;  ///< invalid = by position
    std::optional<Marker> marker;
    Qt::PenStyle pen = Qt::SolidLine;
    double width = 2.0;
    QList<QPointF> points;      ///< time axes: milliseconds since 1970 UTC
    QList<double> low, high;    ///< interval of y of each point, in the axis' unit; empty = none
    QList<double> lowX, highX;  ///< interval of x of each point
    QStringList labels;         ///< of each point, for hover and for direct labels
    bool directLabels = false;  ///< writes each point's label beside it
    QString note;               ///< said in the tooltip of every point ("prior", "drawn from 412 scored rows")
    bool hollow = false;        ///< markers with an outline only: not measured
    bool inLegend = true;
};

/// A mark that the user can drag.
struct ChartHandle {
    int id = 0;
    QPointF at;
    QString label;
    QColor color;
    bool vertical = false;  ///< a line over the whole height, dragged along x; else a point
};

struct ChartSpec {
    QString title;
    QString summary;   ///< one sentence for screen readers, also the tooltip of the title
    QString footnote;  ///< what was left out, where the figures come from
    ChartAxis x;
    ChartAxis y;
    bool horizontalBars = false;  ///< categories on the vertical axis, for long names
    QList<ChartSeries> series;
    QList<ChartHandle> handles;
    bool legend = true;
};

/// Above so many points a scatter is a density image.
inline constexpr int kDensityThreshold = 5000;

}  // namespace tierwise::ui
