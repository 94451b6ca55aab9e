// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/mix_bar.h"

#include <algorithm>
#include <utility>

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

namespace {

constexpr double kReach = 9.0;
constexpr std::array kTiers{Tier::local, Tier::commodity, Tier::premium};

}  // namespace

MixBar::MixBar(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Shares of requests by tier"));
    setToolTip(
        tr("Drag a border to give a tier more or fewer requests. Arrow keys move the active border, Space "
           "changes which one is active. Click a tier for its rows."));
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&MixBar::update));
    describe();
}

void MixBar::setShares(double local, double commodity, double premium) {
    m_shares = {std::clamp(local, 0.0, 1.0), std::clamp(commodity, 0.0, 1.0), std::clamp(premium, 0.0, 1.0)};
    describe();
    update();
}

void MixBar::describe() {
    setAccessibleDescription(
        tr("Local %1, commodity %2, premium %3")
            .arg(formatPercent(m_shares[0]), formatPercent(m_shares[1]), formatPercent(m_shares[2])));
}

QRectF MixBar::bar() const {
    return QRectF(rect()).adjusted(8, 6, -8, -6);
}

double MixBar::borderX(int border) const {
    const double share = border == 0 ? m_shares[0] : m_shares[0] + m_shares[1];
    return bar().left() + bar().width() * share;
}

int MixBar::borderAt(double x) const {
    const double first = std::abs(x - borderX(0));
    const double second = std::abs(x - borderX(1));
    if (std::min(first, second) > kReach) {
        return -1;
    }
    if (first == second) {
        return x < borderX(0) || m_shares[0] >= 1.0 ? 0 : 1;
    }
    return first < second ? 0 : 1;
}

void MixBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = bar();
    painter.fillRect(area, tierColor(Tier::unbanded));
    double x = area.left();
    for (std::size_t i = 0; i < kTiers.size(); ++i) {
        const double width = area.width() * m_shares[i];
        const QRectF part(x, area.top(), width, area.height());
        const QColor fill = tierColor(kTiers[i]);
        painter.fillRect(part, fill);
        const QString words = tierLabel(kTiers[i]) % QLatin1Char(' ') % formatPercent(m_shares[i], 0);
        const QFontMetricsF metrics(font());
        const QString fitting = metrics.horizontalAdvance(words) + 12 < width ? words : formatPercent(m_shares[i], 0);
        if (metrics.horizontalAdvance(fitting) + 6 < width) {
            painter.setPen(fill.lightnessF() > 0.55 ? Qt::black : Qt::white);
            painter.drawText(part, Qt::AlignCenter, fitting);
        }
        x += width;
    }
    for (const int border : {0, 1}) {
        const bool active = hasFocus() && border == m_active;
        painter.setPen(QPen(Theme::instance().surface(), 1));
        painter.setBrush(active ? Theme::instance().accent() : Theme::instance().text());
        painter.drawRoundedRect(QRectF(borderX(border) - 4, area.top() - 5, 8, area.height() + 10), 3, 3);
    }
}

void MixBar::moveBorder(int border, double share, bool finished) {
    const double at = std::clamp(share, 0.0, 1.0);
    const double low = border == 0 ? at : std::min(m_shares[0], at);
    const double high = border == 0 ? std::max(at, m_shares[0] + m_shares[1]) : at;
    setShares(low, high - low, 1.0 - high);
    Q_EMIT sharesDragged(m_shares[0], m_shares[1], finished);
}

void MixBar::mousePressEvent(QMouseEvent* event) {
    m_dragged = event->button() == Qt::LeftButton ? borderAt(event->position().x()) : -1;
    m_pressed = event->button() == Qt::LeftButton && m_dragged < 0;
    if (m_dragged >= 0) {
        m_active = m_dragged;
        update();
    }
}

void MixBar::mouseMoveEvent(QMouseEvent* event) {
    if (m_dragged >= 0) {
        moveBorder(m_dragged, (event->position().x() - bar().left()) / bar().width(), false);
    } else {
        setCursor(borderAt(event->position().x()) >= 0 ? Qt::SizeHorCursor : Qt::ArrowCursor);
    }
}

void MixBar::mouseReleaseEvent(QMouseEvent* event) {
    if (std::exchange(m_pressed, false) && bar().contains(event->position())) {
        const double share = (event->position().x() - bar().left()) / bar().width();
        Q_EMIT tierClicked(share < m_shares[0]                 ? Tier::local
                           : share < m_shares[0] + m_shares[1] ? Tier::commodity
                                                               : Tier::premium);
        return;
    }
    if (m_dragged >= 0) {
        const int border = m_dragged;
        m_dragged = -1;
        moveBorder(border, (event->position().x() - bar().left()) / bar().width(), true);
    }
}

void MixBar::keyPressEvent(QKeyEvent* event) {
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? 0.10 : 0.01;
    const double share = m_active == 0 ? m_shares[0] : m_shares[0] + m_shares[1];
    switch (event->key()) {
        case Qt::Key_Left:
            moveBorder(m_active, share - step, true);
            break;
        case Qt::Key_Right:
            moveBorder(m_active, share + step, true);
            break;
        case Qt::Key_Space:
            m_active = 1 - m_active;
            update();
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

}  // namespace tierwise::ui
