// SPDX-License-Identifier: GPL-3.0-or-later
// ChartView: what is painted over Qt Charts' own items.
#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include <QPainter>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>

#include "ui/charts/chart_view.h"

namespace tierwise::ui {

void ChartView::drawForeground(QPainter* painter, const QRectF& rect) {
    QChartView::drawForeground(painter, rect);
    if (m_anchor == nullptr) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
    painter->setClipRect(plot.adjusted(-6, -6, 6, 6));
    for (int i = 0; i < m_spec.series.size(); ++i) {
        const ChartSeries& series = m_spec.series[i];
        if (series.kind == ChartSeries::Kind::band) {
            paintBand(*painter, i);
        } else if (series.kind == ChartSeries::Kind::range) {
            paintRanges(*painter, i);
        } else if (series.kind == ChartSeries::Kind::points && series.points.size() > kDensityThreshold) {
            paintDensity(*painter, i);
        } else {
            paintIntervals(*painter, i);
            if (series.kind == ChartSeries::Kind::points || series.marker) {
                paintMarkers(*painter, i);
            }
        }
    }
    for (const ChartHandle& handle : m_spec.handles) {
        paintHandle(*painter, handle);
    }
    std::optional<Obstacles> inTheWay;
    for (int i = 0; i < m_spec.series.size(); ++i) {
        if (m_spec.series[i].directLabels) {
            if (!inTheWay) {
                inTheWay = obstacles();
            }
            paintLabels(*painter, i, *inTheWay);
        }
    }
    paintSelection(*painter);
    painter->restore();
}

void ChartView::paintBand(QPainter& painter, int number) const {
    const ChartSeries& series = m_spec.series[number];
    QPolygonF outline;
    const auto add = [&](qsizetype i, double y) {
        const QPointF value(series.points[i].x(), y);
        if (plottable(value)) {
            outline << toView(value);
        }
    };
    for (qsizetype i = 0; i < series.points.size(); ++i) {
        add(i, series.high.value(i, series.points[i].y()));
    }
    for (qsizetype i = series.points.size(); i-- > 0;) {
        add(i, series.low.value(i, series.points[i].y()));
    }
    QColor fill = colorOf(number);
    fill.setAlpha(45);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(outline);
}

QRectF ChartView::rangeRect(const ChartSeries& series, int index) const {
    constexpr double kHalf = 8;
    const double at = categoryAt(static_cast<int>(std::llround(series.points[index].x())));
    const double y = series.points[index].y();
    const QPointF a = toView({at, series.low.value(index, y)});
    const QPointF b = toView({at, series.high.value(index, y)});
    const QPointF thick = m_spec.horizontalBars ? QPointF(0, kHalf) : QPointF(kHalf, 0);
    return QRectF(a - thick, b + thick).normalized();
}

void ChartView::paintRanges(QPainter& painter, int number) const {
    const ChartSeries& series = m_spec.series[number];
    for (int i = 0; i < series.points.size(); ++i) {
        QColor fill = colorOf(number);
        fill.setAlpha(m_hovered == std::pair(number, i) ? 255 : 190);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        const QRectF bar = rangeRect(series, i);
        painter.drawRect(m_spec.horizontalBars ? bar.adjusted(-0.5, 0, 0.5, 0) : bar.adjusted(0, -0.5, 0, 0.5));
    }
    // The figure itself, across all bars.
    if (!series.points.isEmpty()) {
        const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
        const QPointF at = toView({0, series.points.first().y()});
        painter.setPen(QPen(Theme::instance().text(), 1.5, Qt::DashLine));
        if (m_spec.horizontalBars) {
            painter.drawLine(QPointF(at.x(), plot.top()), QPointF(at.x(), plot.bottom()));
        } else {
            painter.drawLine(QPointF(plot.left(), at.y()), QPointF(plot.right(), at.y()));
        }
    }
}

void ChartView::paintMarkers(QPainter& painter, int number) const {
    const ChartSeries& series = m_spec.series[number];
    const QColor colour = colorOf(number);
    const double radius = series.points.size() > 400 ? 3.0 : 5.0;
    const QPainterPath shape = markerPath(markerOf(number), radius);
    for (int i = 0; i < series.points.size(); ++i) {
        if (!plottable(series.points[i])) {
            continue;
        }
        const bool hovered = m_hovered == std::pair(number, i);
        painter.save();
        painter.translate(toView(series.points[i]));
        if (hovered) {
            painter.scale(1.5, 1.5);
        }
        painter.setPen(QPen(series.hollow ? colour : Theme::instance().surface(), series.hollow ? 2.0 : 1.0));
        painter.setBrush(series.hollow ? Theme::instance().surface() : colour);
        painter.drawPath(shape);
        painter.restore();
    }
}

void ChartView::paintIntervals(QPainter& painter, int number) const {
    const ChartSeries& series = m_spec.series[number];
    QColor colour = colorOf(number);
    colour.setAlpha(170);
    painter.setPen(QPen(colour, 1.4));
    const auto bar = [&](const QPointF& from, const QPointF& to, bool upright) {
        if (!plottable(from) || !plottable(to)) {
            return;
        }
        const QPointF a = toView(from);
        const QPointF b = toView(to);
        const QPointF cap = upright ? QPointF(3, 0) : QPointF(0, 3);
        painter.drawLine(a, b);
        painter.drawLine(a - cap, a + cap);
        painter.drawLine(b - cap, b + cap);
    };
    for (qsizetype i = 0; i < series.points.size(); ++i) {
        const QPointF& at = series.points[i];
        if (i < series.low.size() && i < series.high.size()) {
            bar({at.x(), series.low[i]}, {at.x(), series.high[i]}, !m_spec.horizontalBars);
        }
        if (i < series.lowX.size() && i < series.highX.size()) {
            bar({series.lowX[i], at.y()}, {series.highX[i], at.y()}, m_spec.horizontalBars);
        }
    }
}

void ChartView::paintDensity(QPainter& painter, int number) {
    const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
    constexpr int kCell = 3;
    if (m_density.isNull() || m_densityPlot != plot) {
        const int columns = std::max(1, static_cast<int>(plot.width()) / kCell);
        const int rows = std::max(1, static_cast<int>(plot.height()) / kCell);
        std::vector<int> counts(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows), 0);
        int most = 0;
        for (const QPointF& point : m_spec.series[number].points) {
            if (!plottable(point)) {
                continue;
            }
            const QPointF at = toView(point) - plot.topLeft();
            const int column = static_cast<int>(at.x()) / kCell;
            const int row = static_cast<int>(at.y()) / kCell;
            if (column >= 0 && column < columns && row >= 0 && row < rows && at.x() >= 0 && at.y() >= 0) {
                int& cell = counts[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                                   static_cast<std::size_t>(column)];
                most = std::max(most, ++cell);
            }
        }
        m_density = QImage(columns, rows, QImage::Format_ARGB32);
        m_density.fill(Qt::transparent);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                const int count = counts[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                                         static_cast<std::size_t>(column)];
                if (count > 0) {
                    m_density.setPixelColor(column, row, densityColor(std::log1p(count) / std::log1p(most)));
                }
            }
        }
        m_densityPlot = plot;
    }
    painter.drawImage(plot, m_density);
}

void ChartView::paintHandle(QPainter& painter, const ChartHandle& handle) const {
    const QColor colour = handle.color.isValid() ? handle.color : Theme::instance().accent();
    const QPointF at = toView(handle.at);
    const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
    if (handle.vertical) {
        painter.setPen(QPen(colour, 2));
        painter.drawLine(QPointF(at.x(), plot.top()), QPointF(at.x(), plot.bottom()));
    }
    const QPointF grip = handle.vertical ? QPointF(at.x(), plot.top() + 8) : at;
    painter.setPen(QPen(Theme::instance().surface(), 2));
    painter.setBrush(colour);
    painter.drawPath(markerPath(handle.vertical ? Marker::circle : Marker::diamond, 7).translated(grip));
    if (!handle.label.isEmpty()) {
        painter.setPen(Theme::instance().text());
        QFont bold = font();
        bold.setBold(true);
        painter.setFont(bold);
        const double width = QFontMetricsF(bold).horizontalAdvance(handle.label);
        // To the right, unless the plot or another handle's line is in the way.
        const double end = grip.x() + 14 + width;
        const bool crossed = std::any_of(m_spec.handles.begin(), m_spec.handles.end(), [&](const ChartHandle& other) {
            const double x = toView(other.at).x();
            return &other > &handle && handle.vertical && other.vertical && x >= at.x() && x < end + 14;
        });
        const bool left = end > plot.right() || (crossed && grip.x() - 14 - width > plot.left());
        painter.drawText(grip + QPointF(left ? -14 - width : 14, 4), handle.label);
        painter.setFont(font());
    }
}

void ChartView::paintSelection(QPainter& painter) const {
    if (m_gesture == Gesture::select && (m_at - m_pressed).manhattanLength() > 6) {
        QColor fill = Theme::instance().accent();
        painter.setPen(QPen(fill, 1));
        fill.setAlpha(40);
        painter.setBrush(fill);
        painter.drawRect(QRectF(m_pressed, m_at).normalized());
    }
}

}  // namespace tierwise::ui
