// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

#include "ui/theme/theme.h"

namespace tierwise::ui {

/// Names the series of a chart: line, marker or swatch, and the name. Wraps into as many lines as it needs.
class LegendStrip : public QWidget {
    Q_OBJECT

public:
    struct Entry {
        QString name;
        QColor color;
        Qt::PenStyle pen = Qt::NoPen;  ///< NoPen = no line
        bool hasMarker = false;
        bool swatch = false;
        bool hollow = false;
        Marker marker = Marker::circle;
    };

    explicit LegendStrip(QWidget* parent = nullptr);
    void setEntries(QList<Entry> entries);
    [[nodiscard]] const QList<Entry>& entries() const { return m_entries; }
    /// Paints into a width and returns the height that it took; a null painter only measures.
    int paint(QPainter* painter, QPointF origin, int width) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override { return paint(nullptr, {}, width); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Entry> m_entries;
};

}  // namespace tierwise::ui
