// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/workbench_style.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>

#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

// The ground of a box: the accent where it is on, the field's colour where it is not.
void paintGround(QPainter& painter, const QStyleOption& option, bool on, const QRectF& box, double radius) {
    const bool enabled = (option.state & QStyle::State_Enabled) != 0;
    const QPalette& palette = option.palette;
    const QColor faint = palette.color(QPalette::Disabled, QPalette::Text);
    const bool lit = (option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus)) != 0;
    const QColor accent = enabled ? Theme::instance().accent() : faint;
    QColor line = enabled ? palette.color(QPalette::PlaceholderText) : faint;
    if (on || (lit && enabled)) {
        line = accent;
    }
    painter.setPen(QPen(line, 1.2));
    painter.setBrush(on ? accent : palette.color(QPalette::Base));
    painter.drawRoundedRect(box, radius, radius);
}

void paintCheckBox(QPainter& painter, const QStyleOption& option) {
    const QRectF box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool partly = (option.state & QStyle::State_NoChange) != 0;
    const bool on = (option.state & QStyle::State_On) != 0;
    paintGround(painter, option, on || partly, box, 2.5);
    painter.setPen(QPen(Qt::white, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    const auto at = [&](double x, double y) { return box.topLeft() + QPointF(x * box.width(), y * box.height()); };
    if (partly) {
        painter.drawLine(at(0.25, 0.5), at(0.75, 0.5));
    } else if (on) {
        painter.drawPolyline(QPolygonF{at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)});
    }
}

void paintRadioButton(QPainter& painter, const QStyleOption& option) {
    const double side = std::min(option.rect.width(), option.rect.height()) - 1.0;
    QRectF box(0, 0, side, side);
    box.moveCenter(QRectF(option.rect).center());
    const bool on = (option.state & QStyle::State_On) != 0;
    paintGround(painter, option, on, box, side / 2);
    if (on) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(Qt::white);
        painter.drawEllipse(box.center(), side * 0.2, side * 0.2);
    }
}

}  // namespace

WorkbenchStyle::WorkbenchStyle() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

int WorkbenchStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                              QStyleHintReturn* result) const {
    return hint == SH_DialogButtonBox_ButtonsHaveIcons ? 0 : QProxyStyle::styleHint(hint, option, widget, result);
}

QSize WorkbenchStyle::sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                                       const QWidget* widget) const {
    const QSize fitted = QProxyStyle::sizeFromContents(type, option, size, widget);
    return type == CT_PushButton ? fitted + QSize(12, 2) : fitted;
}

QRect WorkbenchStyle::subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const {
    if (element == SE_HeaderArrow) {
        constexpr QSize kArrow(9, 7);
        return {option->rect.center().x() - kArrow.width() / 2, option->rect.top(), kArrow.width(), kArrow.height()};
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

void WorkbenchStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                                   const QWidget* widget) const {
    const bool check = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    if (!check && element != PE_IndicatorRadioButton) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (check) {
        paintCheckBox(*painter, *option);
    } else {
        paintRadioButton(*painter, *option);
    }
    painter->restore();
}

}  // namespace tierwise::ui
