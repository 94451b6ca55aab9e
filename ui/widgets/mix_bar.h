// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QWidget>

#include "core/base/ids.h"

namespace tierwise::ui {

/// The shares of local, commodity and premium as one bar whose two borders can be dragged, or moved with the arrow keys
/// (Tab-like: left/right move the active border by a point, Shift by ten, space changes the active border).
class MixBar : public QWidget {
    Q_OBJECT

public:
    explicit MixBar(QWidget* parent = nullptr);
    /// Shares of requests, 0..1, which sum to 1 or less (the rest is drawn as unbanded).
    void setShares(double local, double commodity, double premium);
    [[nodiscard]] std::array<double, 3> shares() const { return m_shares; }

    [[nodiscard]] QSize sizeHint() const override { return {260, 44}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, 40}; }

Q_SIGNALS:
    /// finished: the mouse was let go, or a key was pressed.
    void sharesDragged(double local, double commodity, bool finished);
    void tierClicked(Tier tier);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF bar() const;
    [[nodiscard]] double borderX(int border) const;
    [[nodiscard]] int borderAt(double x) const;
    void moveBorder(int border, double share, bool finished);
    void describe();

    std::array<double, 3> m_shares{1.0 / 3, 1.0 / 3, 1.0 / 3};
    int m_active = 0;
    int m_dragged = -1;
    bool m_pressed = false;
};

}  // namespace tierwise::ui
