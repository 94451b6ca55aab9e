// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

#include <QImage>
#include <QtCharts/QChartView>

#include "ui/charts/chart_spec.h"

class QAbstractAxis;
class QAbstractSeries;
class QLineSeries;

namespace tierwise::ui {

/// The one view over Qt Charts. Lines, bands, bars and axes are Qt Charts'; markers, intervals, handles and labels are
/// painted over them, because QScatterSeries is quadratic in 6.4. Guards against QTBUG-118669 (a press where there is
/// no item). Use ChartPanel in pages. GUI thread.
class ChartView : public QChartView {
    Q_OBJECT

public:
    explicit ChartView(QWidget* parent = nullptr);
    void setSpec(const ChartSpec& spec);
    /// One series changed and nothing else: no rebuild, for dragging. Axes keep their range.
    void updateSeries(int series, const ChartSeries& data);
    void moveHandle(int id, QPointF at);
    [[nodiscard]] const ChartSpec& spec() const { return m_spec; }
    /// Points that a logarithmic axis cannot show (zero or less); they are left out, and the panel says how many.
    [[nodiscard]] int hiddenOnLogAxis() const { return m_hidden; }

    [[nodiscard]] bool canZoomBack() const { return !m_zooms.isEmpty(); }
    void zoomBack();
    void zoomReset();
    void zoomBy(double factor);        ///< above 1 = closer, about the middle
    void panBy(double dx, double dy);  ///< in fractions of the plot

    /// The point nearest to a position of the view, within reach: (series, index), else (-1, -1).
    [[nodiscard]] std::pair<int, int> hit(const QPointF& position) const;
    /// Where a value is in the view.
    [[nodiscard]] QPointF toView(const QPointF& value) const;
    [[nodiscard]] QPointF toValue(const QPointF& position) const;
    [[nodiscard]] QColor colorOf(int series) const;
    [[nodiscard]] Marker markerOf(int series) const;

Q_SIGNALS:
    void pointClicked(int series, int index);
    void pointHovered(int series, int index);  ///< -1, -1 when none
    void handleMoved(int id, QPointF at, bool finished);
    void zoomChanged();

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Range {
        double x0 = 0, x1 = 1, y0 = 0, y1 = 1;
    };
    void rebuild();
    void addAxes();
    void addBars();
    [[nodiscard]] int categoryAt(int index) const;
    void addLine(int number);
    void styleChart();
    void rememberZoom();
    void panByKey(double dx, double dy);
    void setRange(const Range& range);
    [[nodiscard]] Range dataRange() const;
    [[nodiscard]] Range zoomed(double factor, const QPointF& about) const;
    [[nodiscard]] bool plottable(const QPointF& value) const;
    [[nodiscard]] bool hasCategories() const;
    [[nodiscard]] int handleAt(const QPointF& position) const;
    [[nodiscard]] QString tooltipOf(int series, int index) const;
    void fillLine(QLineSeries& line, const ChartSeries& series) const;

    void paintBand(QPainter& painter, int series) const;
    void paintRanges(QPainter& painter, int series) const;
    [[nodiscard]] QRectF rangeRect(const ChartSeries& series, int index) const;
    void paintMarkers(QPainter& painter, int series) const;
    void paintIntervals(QPainter& painter, int series) const;
    void paintDensity(QPainter& painter, int series);
    void paintHandle(QPainter& painter, const ChartHandle& handle) const;
    /// What a label should not lie on.
    struct Obstacles {
        QList<QRectF> boxes;  ///< never
        QList<QLineF> lines;  ///< if there is a better place
        [[nodiscard]] bool covers(const QRectF& box) const;
        [[nodiscard]] bool crosses(const QRectF& box) const;
    };
    [[nodiscard]] Obstacles obstacles() const;
    void paintLabels(QPainter& painter, int series, Obstacles& obstacles) const;
    [[nodiscard]] static QList<QPointF> places(const QSizeF& size);
    static void paintHalo(QPainter& painter, const QRectF& box, const QString& text, const QFont& font);
    void paintSelection(QPainter& painter) const;

    ChartSpec m_spec;
    QList<QLineSeries*> m_lines;      ///< by series number; null where painted by hand
    QLineSeries* m_anchor = nullptr;  ///< empty; ties values to the axes
    QAbstractAxis* m_xAxis = nullptr;
    QAbstractAxis* m_yAxis = nullptr;
    Range m_range;
    QList<Range> m_zooms;
    int m_hidden = 0;
    int m_dragHandle = -1;
    bool m_handleMoved = false;
    QPoint m_pressed;
    QPoint m_at;
    enum class Gesture { none, select, pan } m_gesture = Gesture::none;
    Range m_gestureStart;
    std::pair<int, int> m_hovered{-1, -1};
    QImage m_density;
    QRectF m_densityPlot;
};

}  // namespace tierwise::ui
