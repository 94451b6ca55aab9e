// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIconEngine>
#include <QString>

namespace tierwise::ui {

/// A line icon whose strokes ("currentColor" in the SVG) take the palette's text colour at paint time, so that it
/// follows the theme and is sharp at every scale.
class SvgIconEngine final : public QIconEngine {
public:
    explicit SvgIconEngine(QString path) : m_path(std::move(path)) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override;
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override;
    [[nodiscard]] QIconEngine* clone() const override { return new SvgIconEngine(m_path); }

private:
    QString m_path;
};

}  // namespace tierwise::ui
