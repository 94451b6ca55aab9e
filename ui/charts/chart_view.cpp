// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_view.h"

#include <algorithm>
#include <cmath>

#include <QGraphicsLayout>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QHorizontalStackedBarSeries>
#include <QtCharts/QLegend>
#include <QtCharts/QLineSeries>
#include <QtCharts/QStackedBarSeries>

#include "ui/charts/chart_axes.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

ChartView::ChartView(QWidget* parent) : QChartView(parent) {
    setRenderHint(QPainter::Antialiasing);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(220, 140);
    chart()->setMargins(QMargins(2, 4, 8, 2));
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->legend()->hide();
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_density = QImage();
        styleChart();
        for (int i = 0; i < m_lines.size(); ++i) {
            if (m_lines[i] != nullptr) {
                m_lines[i]->setPen(QPen(colorOf(i), m_spec.series[i].width, m_spec.series[i].pen));
            }
        }
        viewport()->update();
    });
}

bool ChartView::hasCategories() const {
    return m_spec.x.kind == ChartAxis::Kind::category || m_spec.y.kind == ChartAxis::Kind::category;
}

void ChartView::setSpec(const ChartSpec& spec) {
    // The same chart with newer figures stays where the user has zoomed to.
    const bool keepZoom = !m_zooms.isEmpty() && m_spec.title == spec.title && m_spec.x.kind == spec.x.kind &&
                          m_spec.y.kind == spec.y.kind;
    const Range kept = m_range;
    m_spec = spec;
    m_hovered = {-1, -1};
    m_dragHandle = -1;
    rebuild();
    if (keepZoom) {
        setRange(kept);
    } else {
        m_zooms.clear();
    }
    Q_EMIT zoomChanged();
}

bool ChartView::plottable(const QPointF& value) const {
    return std::isfinite(value.x()) && std::isfinite(value.y()) &&
           (m_spec.x.kind != ChartAxis::Kind::logarithmic || value.x() > 0) &&
           (m_spec.y.kind != ChartAxis::Kind::logarithmic || value.y() > 0);
}

QColor ChartView::colorOf(int series) const {
    const QColor chosen = m_spec.series.value(series).color;
    return chosen.isValid() ? chosen : seriesColor(series);
}

Marker ChartView::markerOf(int series) const {
    return m_spec.series.value(series).marker.value_or(seriesMarker(series));
}

void ChartView::rebuild() {
    chart()->removeAllSeries();
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    m_lines.clear();
    m_density = QImage();
    m_hidden = 0;
    // Qt Charts 6.4 leaves the labels of a logarithmic axis empty when it localizes them.
    chart()->setLocalizeNumbers(m_spec.x.kind != ChartAxis::Kind::logarithmic &&
                                m_spec.y.kind != ChartAxis::Kind::logarithmic);
    addAxes();
    addBars();
    for (int i = 0; i < m_spec.series.size(); ++i) {
        m_lines.append(nullptr);
        const ChartSeries& series = m_spec.series[i];
        for (const QPointF& point : series.points) {
            m_hidden += plottable(point) ? 0 : 1;
        }
        if (series.kind == ChartSeries::Kind::line || series.kind == ChartSeries::Kind::step) {
            addLine(i);
        }
    }
    if (m_spec.horizontalBars) {
        setMinimumHeight(60 + 26 * static_cast<int>(m_spec.x.categories.size()));
    }
    styleChart();
    setRange(dataRange());
}

void ChartView::addAxes() {
    const bool swap = m_spec.horizontalBars;
    ChartAxis upright = swap ? m_spec.x : m_spec.y;
    if (swap) {  // the first on top, as in a table
        std::reverse(upright.categories.begin(), upright.categories.end());
    }
    m_xAxis = makeAxis(swap ? m_spec.y : m_spec.x);
    m_yAxis = makeAxis(upright);
    m_xAxis->setTitleText(swap ? m_spec.y.title : m_spec.x.title);
    m_yAxis->setTitleText(swap ? m_spec.x.title : m_spec.y.title);
    chart()->addAxis(m_xAxis, Qt::AlignBottom);
    chart()->addAxis(m_yAxis, Qt::AlignLeft);
    m_anchor = new QLineSeries;
    chart()->addSeries(m_anchor);
    m_anchor->attachAxis(m_xAxis);
    m_anchor->attachAxis(m_yAxis);
}

// Horizontal bars are drawn from the bottom up.
int ChartView::categoryAt(int index) const {
    return m_spec.horizontalBars ? static_cast<int>(m_spec.x.categories.size()) - 1 - index : index;
}

void ChartView::addBars() {
    QAbstractBarSeries* bars = nullptr;
    for (int i = 0; i < m_spec.series.size(); ++i) {
        const ChartSeries& series = m_spec.series[i];
        if (series.kind != ChartSeries::Kind::bars) {
            continue;
        }
        if (bars == nullptr) {
            bars = m_spec.horizontalBars ? static_cast<QAbstractBarSeries*>(new QHorizontalStackedBarSeries)
                                         : new QStackedBarSeries;
            bars->setBarWidth(0.62);
        }
        auto* set = new QBarSet(series.name);
        set->setColor(colorOf(i));
        set->setPen(Qt::NoPen);
        const ChartAxis& categories = m_spec.x;
        QList<double> values(categories.categories.size(), 0.0);
        for (const QPointF& point : series.points) {
            const auto at = categoryAt(static_cast<int>(std::llround(point.x())));
            if (at >= 0 && at < values.size()) {
                values[at] = point.y();
            }
        }
        set->append(values);
        bars->append(set);
        const int number = i;
        connect(set, &QBarSet::clicked, this,
                [this, number](int index) { Q_EMIT pointClicked(number, categoryAt(index)); });
        connect(set, &QBarSet::hovered, this, [this, number](bool inside, int index) {
            setToolTip(inside ? tooltipOf(number, categoryAt(index)) : QString());
            Q_EMIT pointHovered(inside ? number : -1, inside ? categoryAt(index) : -1);
        });
    }
    if (bars != nullptr) {
        chart()->addSeries(bars);
        bars->attachAxis(m_xAxis);
        bars->attachAxis(m_yAxis);
    }
}

void ChartView::fillLine(QLineSeries& line, const ChartSeries& series) const {
    QList<QPointF> points;
    points.reserve(series.points.size() * 2);
    for (const QPointF& point : series.points) {
        if (!plottable(point)) {
            continue;
        }
        if (series.kind == ChartSeries::Kind::step && !points.isEmpty()) {
            points.append(QPointF(point.x(), points.last().y()));
        }
        points.append(point);
    }
    line.replace(points);
}

void ChartView::addLine(int number) {
    const ChartSeries& series = m_spec.series[number];
    auto* line = new QLineSeries;
    line->setPen(QPen(colorOf(number), series.width, series.pen, Qt::RoundCap, Qt::RoundJoin));
    fillLine(*line, series);
    chart()->addSeries(line);
    line->attachAxis(m_xAxis);
    line->attachAxis(m_yAxis);
    m_lines[number] = line;
}

void ChartView::updateSeries(int series, const ChartSeries& changed) {
    m_spec.series[series] = changed;
    m_density = QImage();
    if (m_lines[series] != nullptr) {
        fillLine(*m_lines[series], changed);
    }
    viewport()->update();
}

void ChartView::moveHandle(int id, QPointF at) {
    for (ChartHandle& handle : m_spec.handles) {
        if (handle.id == id && m_dragHandle != id) {
            handle.at = at;
        }
    }
    viewport()->update();
}

void ChartView::styleChart() {
    const Theme& theme = Theme::instance();
    setBackgroundBrush(theme.surface());
    chart()->setBackgroundVisible(false);
    chart()->setPlotAreaBackgroundVisible(false);
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.88));
    QColor grid = theme.border();
    grid.setAlpha(130);
    for (QAbstractAxis* axis : chart()->axes()) {
        axis->setLabelsFont(small);
        axis->setTitleFont(small);
        axis->setLabelsBrush(theme.mutedText());
        axis->setTitleBrush(theme.mutedText());
        axis->setLinePen(QPen(theme.border(), 1));
        axis->setGridLinePen(QPen(grid, 1));
        axis->setMinorGridLineVisible(false);
        axis->setGridLineVisible(qobject_cast<QBarCategoryAxis*>(axis) == nullptr);
    }
}

ChartView::Range ChartView::dataRange() const {
    Extent x;
    Extent y;
    bool fromZero = false;
    QList<double> stacked(m_spec.x.categories.size(), 0.0);
    for (const ChartSeries& series : m_spec.series) {
        const bool bars = series.kind == ChartSeries::Kind::bars;
        fromZero = fromZero || bars;
        for (qsizetype i = 0; i < series.points.size(); ++i) {
            const QPointF& point = series.points[i];
            if (!plottable(point)) {
                continue;
            }
            x.take(point.x());
            x.take(series.lowX.value(i, point.x()));
            x.take(series.highX.value(i, point.x()));
            if (bars && point.x() >= 0 && point.x() < static_cast<double>(stacked.size())) {
                y.take(stacked[static_cast<qsizetype>(point.x())] += point.y());
            } else {
                y.take(point.y());
                y.take(series.low.value(i, point.y()));
                y.take(series.high.value(i, point.y()));
            }
        }
    }
    for (const ChartHandle& handle : m_spec.handles) {
        x.take(handle.at.x());
        if (!handle.vertical) {
            y.take(handle.at.y());
        }
    }
    const auto [x0, x1] = finished(x, m_spec.x, false);
    const auto [y0, y1] = finished(y, m_spec.y, fromZero);
    return {x0, x1, y0, y1};
}

void ChartView::setRange(const Range& range) {
    m_range = range;
    m_density = QImage();
    if (m_spec.horizontalBars) {
        applyRange(m_xAxis, m_spec.y, range.y0, range.y1, width() - 120);
        applyRange(m_yAxis, m_spec.x, range.x0, range.x1, height() - 60);
    } else {
        applyRange(m_xAxis, m_spec.x, range.x0, range.x1, width() - 80);
        applyRange(m_yAxis, m_spec.y, range.y0, range.y1, height() - 60);
    }
    viewport()->update();
}

void ChartView::rememberZoom() {
    if (m_zooms.size() > 50) {
        m_zooms.removeFirst();
    }
    m_zooms.append(m_range);
}

void ChartView::zoomBack() {
    if (!m_zooms.isEmpty()) {
        setRange(m_zooms.takeLast());
        Q_EMIT zoomChanged();
    }
}

void ChartView::zoomReset() {
    if (!m_zooms.isEmpty()) {
        m_zooms.clear();
        setRange(dataRange());
        Q_EMIT zoomChanged();
    }
}

ChartView::Range ChartView::zoomed(double factor, const QPointF& about) const {
    const auto scale = [factor](const ChartAxis& axis, double low, double high, double centre) {
        if (axis.kind == ChartAxis::Kind::category) {
            return std::pair(low, high);
        }
        if (axis.kind == ChartAxis::Kind::logarithmic) {
            const double c = std::log10(std::max(centre, kLogFloor));
            return std::pair(std::pow(10.0, c + (std::log10(low) - c) / factor),
                             std::pow(10.0, c + (std::log10(high) - c) / factor));
        }
        return std::pair(centre + (low - centre) / factor, centre + (high - centre) / factor);
    };
    const auto [x0, x1] = scale(m_spec.x, m_range.x0, m_range.x1, about.x());
    const auto [y0, y1] = scale(m_spec.y, m_range.y0, m_range.y1, about.y());
    return {x0, x1, y0, y1};
}

void ChartView::zoomBy(double factor) {
    if (!hasCategories()) {
        rememberZoom();
        setRange(zoomed(factor, toValue(chart()->mapToScene(chart()->plotArea().center()))));
        Q_EMIT zoomChanged();
    }
}

void ChartView::panBy(double dx, double dy) {
    if (hasCategories()) {
        return;
    }
    const auto shift = [](const ChartAxis& axis, double low, double high, double part) {
        if (axis.kind == ChartAxis::Kind::logarithmic) {
            const double factor = std::pow(high / low, part);
            return std::pair(low * factor, high * factor);
        }
        return std::pair(low + (high - low) * part, high + (high - low) * part);
    };
    const auto [x0, x1] = shift(m_spec.x, m_range.x0, m_range.x1, dx);
    const auto [y0, y1] = shift(m_spec.y, m_range.y0, m_range.y1, dy);
    setRange({x0, x1, y0, y1});
}

QPointF ChartView::toView(const QPointF& value) const {
    const QPointF at = m_spec.horizontalBars ? QPointF(value.y(), value.x()) : value;
    return m_anchor == nullptr ? QPointF() : chart()->mapToScene(chart()->mapToPosition(at, m_anchor));
}

QPointF ChartView::toValue(const QPointF& position) const {
    const QPointF at = chart()->mapToValue(chart()->mapFromScene(position), m_anchor);
    return m_spec.horizontalBars ? QPointF(at.y(), at.x()) : at;
}

}  // namespace tierwise::ui
