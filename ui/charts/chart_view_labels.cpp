// SPDX-License-Identifier: GPL-3.0-or-later
// ChartView: labels beside points, where they are in nobody's way.
#include <algorithm>
#include <iterator>
#include <optional>

#include <QLineF>
#include <QPainter>
#include <QPainterPath>
#include <QtCharts/QChart>

#include "ui/charts/chart_view.h"

namespace tierwise::ui {

// Lines and marks that a label should not lie on, in the view's coordinates; lines thinned to about a label's height.
ChartView::Obstacles ChartView::obstacles() const {
    constexpr double kThin = 6;
    constexpr double kMark = 6;
    Obstacles found;
    for (const ChartHandle& handle : m_spec.handles) {
        found.boxes.append(QRectF(toView(handle.at) - QPointF(12, 12), QSizeF(24, 24)));
    }
    for (const ChartSeries& series : m_spec.series) {
        const bool joined = series.kind == ChartSeries::Kind::line || series.kind == ChartSeries::Kind::step;
        if (!joined && series.kind != ChartSeries::Kind::points) {
            continue;
        }
        if (series.points.size() > kDensityThreshold) {
            continue;
        }
        std::optional<QPointF> before;
        for (qsizetype i = 0; i < series.points.size(); ++i) {
            const QPointF& value = series.points[i];
            if (!plottable(value)) {
                before.reset();
                continue;
            }
            const QPointF at = toView(value);
            if (joined && before && (i + 1 == series.points.size() || (at - *before).manhattanLength() >= kThin)) {
                found.lines.append(QLineF(*before, at));
                before = at;
            } else if (!before) {
                before = at;
            }
            if (!joined) {
                found.boxes.append(QRectF(at - QPointF(kMark, kMark), QSizeF(2 * kMark, 2 * kMark)));
            }
            const auto bar = [&](const QPointF& from, const QPointF& to) {
                if (plottable(from) && plottable(to)) {
                    found.lines.append(QLineF(toView(from), toView(to)));
                }
            };
            if (i < series.low.size() && i < series.high.size()) {
                bar({value.x(), series.low[i]}, {value.x(), series.high[i]});
            }
            if (i < series.lowX.size() && i < series.highX.size()) {
                bar({series.lowX[i], value.y()}, {series.highX[i], value.y()});
            }
        }
    }
    return found;
}

bool ChartView::Obstacles::crosses(const QRectF& box) const {
    const QLineF edges[] = {{box.topLeft(), box.topRight()},
                            {box.topRight(), box.bottomRight()},
                            {box.bottomRight(), box.bottomLeft()},
                            {box.bottomLeft(), box.topLeft()}};
    return std::any_of(lines.begin(), lines.end(), [&](const QLineF& line) {
        return box.contains(line.p1()) || std::any_of(std::begin(edges), std::end(edges), [&](const QLineF& edge) {
                   return line.intersects(edge, nullptr) == QLineF::BoundedIntersection;
               });
    });
}

bool ChartView::Obstacles::covers(const QRectF& box) const {
    return std::any_of(boxes.begin(), boxes.end(), [&](const QRectF& other) { return other.intersects(box); });
}

// Where a label of that size may stand, from its point: the best places first, then the same farther out.
QList<QPointF> ChartView::places(const QSizeF& size) {
    QList<QPointF> found;
    for (const double gap : {8.0, 20.0}) {
        const double middle = -size.height() / 2;
        const double centre = -size.width() / 2;
        const double left = -gap - size.width();
        const double above = -gap - size.height();
        found << QPointF(gap, middle) << QPointF(left, middle) << QPointF(gap, above) << QPointF(gap, gap)
              << QPointF(left, above) << QPointF(left, gap) << QPointF(centre, gap) << QPointF(centre, above);
    }
    return found;
}

// Writes labels beside their points where they cover neither each other nor a mark, and cross no line if there is such
// a place; a crowded label is left to the tooltip.
void ChartView::paintLabels(QPainter& painter, int number, Obstacles& obstacles) const {
    const ChartSeries& series = m_spec.series[number];
    const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.88));
    const QFontMetricsF metrics(small);
    painter.setFont(small);
    for (qsizetype i = 0; i < series.points.size() && i < series.labels.size(); ++i) {
        if (!plottable(series.points[i]) || series.labels[i].isEmpty()) {
            continue;
        }
        const QPointF at = toView(series.points[i]);
        const QSizeF size(metrics.horizontalAdvance(series.labels[i]) + 2, metrics.height());
        std::optional<QRectF> best;
        bool onLine = true;
        for (const QPointF& offset : places(size)) {
            const QRectF box(at + offset, size);
            if (!plot.contains(box) || obstacles.covers(box)) {
                continue;
            }
            if (!obstacles.crosses(box)) {
                best = box;
                onLine = false;
                break;
            }
            best = best.value_or(box);
        }
        if (best) {
            if (onLine) {
                paintHalo(painter, *best, series.labels[i], small);
            }
            painter.setPen(Theme::instance().text());
            painter.drawText(*best, Qt::AlignCenter, series.labels[i]);
            obstacles.boxes.append(*best);
        }
    }
}

// What keeps a text readable on a line: a thin edge of the ground's colour.
void ChartView::paintHalo(QPainter& painter, const QRectF& box, const QString& text, const QFont& font) {
    const QFontMetricsF metrics(font);
    QPainterPath path;
    path.addText(box.left() + 1, box.top() + metrics.ascent(), font, text);
    QColor ground = Theme::instance().surface();
    ground.setAlpha(220);
    painter.setPen(QPen(ground, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

}  // namespace tierwise::ui
