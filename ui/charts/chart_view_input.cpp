// SPDX-License-Identifier: GPL-3.0-or-later
// ChartView: mouse, wheel and keys.
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <QtCharts/QChart>
#include <QtCharts/QLineSeries>

#include "ui/charts/chart_axes.h"
#include "ui/charts/chart_view.h"
#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr double kReach = 9.0;
constexpr int kTremble = 3;
}  // namespace

std::pair<int, int> ChartView::hit(const QPointF& position) const {
    std::pair<int, int> found{-1, -1};
    double nearest = kReach * kReach;
    for (int s = static_cast<int>(m_spec.series.size()) - 1; s >= 0; --s) {
        const ChartSeries& series = m_spec.series[s];
        if (series.kind == ChartSeries::Kind::range) {
            for (int i = 0; i < series.points.size(); ++i) {
                if (rangeRect(series, i).adjusted(-3, -3, 3, 3).contains(position)) {
                    return {s, i};
                }
            }
            continue;
        }
        if (series.kind == ChartSeries::Kind::bars || series.kind == ChartSeries::Kind::band ||
            series.points.size() > kDensityThreshold) {
            continue;
        }
        for (int i = 0; i < series.points.size(); ++i) {
            if (!plottable(series.points[i])) {
                continue;
            }
            const QPointF offset = toView(series.points[i]) - position;
            const double distance = QPointF::dotProduct(offset, offset);
            if (distance < nearest) {
                nearest = distance;
                found = {s, i};
            }
        }
    }
    return found;
}

int ChartView::handleAt(const QPointF& position) const {
    for (int i = static_cast<int>(m_spec.handles.size()) - 1; i >= 0; --i) {
        const ChartHandle& handle = m_spec.handles[i];
        const QPointF at = toView(handle.at);
        const bool near = handle.vertical ? std::fabs(at.x() - position.x()) < kReach &&
                                                chart()->plotArea().contains(chart()->mapFromScene(position))
                                          : std::hypot(at.x() - position.x(), at.y() - position.y()) < kReach * 1.6;
        if (near) {
            return i;
        }
    }
    return -1;
}

QString ChartView::tooltipOf(int series, int index) const {
    const ChartSeries& drawn = m_spec.series[series];
    const QString label = drawn.labels.value(index);
    QString text = u"<b>"_s + (label.isEmpty() ? drawn.name : label).toHtmlEscaped() + u"</b>"_s;
    if (!label.isEmpty() && !drawn.name.isEmpty() && label != drawn.name) {
        text += u"<br>"_s + drawn.name.toHtmlEscaped();
    }
    QPointF point = drawn.points.value(index);
    if (drawn.kind == ChartSeries::Kind::bars) {
        for (const QPointF& bar : drawn.points) {
            if (std::llround(bar.x()) == index) {
                point = bar;
            }
        }
    }
    const auto line = [&](const ChartAxis& axis, double value, double low, double high) {
        const QString name = axis.title.isEmpty() ? QString() : axis.title + u": "_s;
        text += u"<br>"_s + QString(name + formatOnAxis(axis, value)).toHtmlEscaped();
        if (low != high) {
            text += tr(" (%1 to %2)").arg(formatOnAxis(axis, low), formatOnAxis(axis, high)).toHtmlEscaped();
        }
    };
    line(m_spec.x, point.x(), drawn.lowX.value(index), drawn.highX.value(index));
    line(m_spec.y, point.y(), drawn.low.value(index), drawn.high.value(index));
    if (!drawn.note.isEmpty()) {
        text += u"<br><i>"_s + drawn.note.toHtmlEscaped().replace(u'\n', u"<br>"_s) + u"</i>"_s;
    }
    return text;
}

// QTBUG-118669: QChartView::mousePressEvent dereferences the item under the cursor, which may be none. Only presses on
// a bar need Qt Charts at all; every gesture of ours is handled here.
void ChartView::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->pos();
    m_at = event->pos();
    m_gestureStart = m_range;
    const int handle = event->button() == Qt::LeftButton ? handleAt(event->position()) : -1;
    if (handle >= 0) {
        m_dragHandle = m_spec.handles[handle].id;
    } else if (hasCategories()) {
        if (m_spec.series.value(0).kind != ChartSeries::Kind::range && itemAt(event->pos()) != nullptr) {
            QGraphicsView::mousePressEvent(event);  // NOLINT(bugprone-parent-virtual-call): past QChartView
        }
    } else if (event->button() == Qt::LeftButton) {
        m_gesture = (event->modifiers() & Qt::ShiftModifier) != 0 ? Gesture::pan : Gesture::select;
    } else if (event->button() == Qt::MiddleButton) {
        m_gesture = Gesture::pan;
    }
    event->accept();
}

void ChartView::mouseMoveEvent(QMouseEvent* event) {
    m_at = event->pos();
    if (m_dragHandle >= 0) {
        // A click trembles; a drag begins after a few pixels and then follows every one of them.
        if (!m_handleMoved && (event->pos() - m_pressed).manhattanLength() < kTremble) {
            event->accept();
            return;
        }
        m_handleMoved = true;
        for (ChartHandle& handle : m_spec.handles) {
            if (handle.id == m_dragHandle) {
                const QPointF value = toValue(event->position());
                handle.at = handle.vertical ? QPointF(value.x(), handle.at.y()) : value;
                Q_EMIT handleMoved(handle.id, handle.at, false);
                break;
            }
        }
        viewport()->update();
    } else if (m_gesture == Gesture::pan) {
        const QRectF plot = chart()->plotArea();
        setRange(m_gestureStart);
        panBy(-(m_at.x() - m_pressed.x()) / plot.width(), (m_at.y() - m_pressed.y()) / plot.height());
    } else if (m_gesture == Gesture::select) {
        viewport()->update();
    } else if (hasCategories() && m_spec.series.value(0).kind != ChartSeries::Kind::range) {
        QGraphicsView::mouseMoveEvent(event);  // NOLINT(bugprone-parent-virtual-call): past QChartView
    } else {
        viewport()->setCursor(handleAt(event->position()) >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
        const auto under = hit(event->position());
        if (under != m_hovered) {
            m_hovered = under;
            Q_EMIT pointHovered(under.first, under.second);
            viewport()->update();
        }
    }
    event->accept();
}

void ChartView::mouseReleaseEvent(QMouseEvent* event) {
    const bool moved = (event->pos() - m_pressed).manhattanLength() > 6;
    const Gesture gesture = std::exchange(m_gesture, Gesture::none);
    if (m_dragHandle >= 0) {
        const int id = std::exchange(m_dragHandle, -1);
        const bool dragged = std::exchange(m_handleMoved, false);
        for (const ChartHandle& handle : m_spec.handles) {
            if (handle.id == id && dragged) {
                Q_EMIT handleMoved(id, handle.at, true);
                break;
            }
        }
        if (const auto under = hit(event->position()); !dragged && under.first >= 0) {
            Q_EMIT pointClicked(under.first, under.second);  // a click, not a drag
        }
    } else if (hasCategories() && m_spec.series.value(0).kind != ChartSeries::Kind::range) {
        QGraphicsView::mouseReleaseEvent(event);  // NOLINT(bugprone-parent-virtual-call): past QChartView
    } else if (gesture == Gesture::pan && moved) {
        m_zooms.append(m_gestureStart);
        Q_EMIT zoomChanged();
    } else if (gesture == Gesture::select && moved) {
        const QRectF area = QRectF(m_pressed, event->pos()).normalized();
        const QPointF a = toValue(area.bottomLeft());
        const QPointF b = toValue(area.topRight());
        if (area.width() > 6 && area.height() > 6) {
            rememberZoom();
            setRange({a.x(), b.x(), a.y(), b.y()});
            Q_EMIT zoomChanged();
        }
    } else if (event->button() == Qt::LeftButton) {
        const auto under = hit(event->position());
        if (under.first >= 0) {
            Q_EMIT pointClicked(under.first, under.second);
        }
    }
    viewport()->update();
    event->accept();
}

void ChartView::mouseDoubleClickEvent(QMouseEvent* event) {
    zoomReset();
    event->accept();
}

void ChartView::wheelEvent(QWheelEvent* event) {
    if (hasCategories() || (event->modifiers() & Qt::ControlModifier) == 0) {
        event->ignore();  // a page scrolls past its charts; Ctrl zooms
        return;
    }
    rememberZoom();
    setRange(zoomed(event->angleDelta().y() > 0 ? 1.2 : 1 / 1.2, toValue(event->position())));
    Q_EMIT zoomChanged();
    event->accept();
}

void ChartView::panByKey(double dx, double dy) {
    if (!hasCategories()) {
        rememberZoom();
        panBy(dx, dy);
        Q_EMIT zoomChanged();
    }
}

void ChartView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            zoomBy(1.25);
            break;
        case Qt::Key_Minus:
            zoomBy(0.8);
            break;
        case Qt::Key_0:
            zoomReset();
            break;
        case Qt::Key_Backspace:
            zoomBack();
            break;
        case Qt::Key_Left:
            panByKey(-0.1, 0);
            break;
        case Qt::Key_Right:
            panByKey(0.1, 0);
            break;
        case Qt::Key_Up:
            panByKey(0, 0.1);
            break;
        case Qt::Key_Down:
            panByKey(0, -0.1);
            break;
        default:
            event->ignore();
            return;
    }
    event->accept();
}

bool ChartView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip &&
        (!hasCategories() || m_spec.series.value(0).kind == ChartSeries::Kind::range)) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const auto under = hit(help->pos());
        if (under.first >= 0) {
            QToolTip::showText(help->globalPos(), tooltipOf(under.first, under.second), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    if (event->type() == QEvent::Leave && m_hovered.first >= 0) {
        m_hovered = {-1, -1};
        Q_EMIT pointHovered(-1, -1);
        viewport()->update();
    }
    if (event->type() == QEvent::Resize && m_xAxis != nullptr) {
        // Qt Charts keeps category labels as short as the first layout needed them: lay out anew.
        QMetaObject::invokeMethod(
            this, [this] { hasCategories() ? rebuild() : setRange(m_range); }, Qt::QueuedConnection);
    }
    return QChartView::viewportEvent(event);
}

}  // namespace tierwise::ui
