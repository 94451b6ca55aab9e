// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/legend_strip.h"

#include <QPainter>

namespace tierwise::ui {

namespace {
constexpr int kMark = 22;
constexpr int kGap = 14;
}  // namespace

LegendStrip::LegendStrip(QWidget* parent) : QWidget(parent) {
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LegendStrip::setEntries(QList<Entry> entries) {
    m_entries = std::move(entries);
    setVisible(m_entries.size() > 1);
    updateGeometry();
    update();
}

QSize LegendStrip::sizeHint() const {
    int width = 0;
    for (const Entry& entry : m_entries) {
        width += kMark + fontMetrics().horizontalAdvance(entry.name) + kGap;
    }
    return {std::min(width, 700), paint(nullptr, {}, std::max(this->width(), 120))};
}

int LegendStrip::paint(QPainter* painter, QPointF origin, int width) const {
    const int line = fontMetrics().height() + 4;
    int x = 0;
    int y = 0;
    for (const Entry& entry : m_entries) {
        const int needed = kMark + fontMetrics().horizontalAdvance(entry.name) + kGap;
        if (x > 0 && x + needed > width) {
            x = 0;
            y += line;
        }
        if (painter != nullptr) {
            const QPointF middle = origin + QPointF(x + 9, y + line / 2.0);
            if (entry.swatch) {
                painter->fillRect(QRectF(middle - QPointF(6, 6), QSizeF(12, 12)), entry.color);
            }
            if (entry.pen != Qt::NoPen) {
                painter->setPen(QPen(entry.color, 2, entry.pen));
                painter->drawLine(middle - QPointF(9, 0), middle + QPointF(9, 0));
            }
            if (entry.hasMarker) {
                painter->setPen(QPen(entry.color, entry.hollow ? 1.6 : 0.5));
                painter->setBrush(entry.hollow ? Theme::instance().surface() : entry.color);
                painter->drawPath(markerPath(entry.marker, 4.5).translated(middle));
            }
            painter->setPen(Theme::instance().text());
            painter->drawText(QRectF(origin + QPointF(x + kMark, y), QSizeF(needed, line)),
                              Qt::AlignLeft | Qt::AlignVCenter, entry.name);
        }
        x += needed;
    }
    return m_entries.isEmpty() ? 0 : y + line;
}

void LegendStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paint(&painter, {}, width());
}

}  // namespace tierwise::ui
