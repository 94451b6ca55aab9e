// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProxyStyle>

namespace tierwise::ui {

/// Fusion with what it lacks here: room around a button's text, no pictures on OK and Cancel, a sort arrow that does
/// not lie on a column's title, and check boxes and radio buttons whose outline can be told from the ground in both
/// themes (WCAG 2.1, 1.4.11: 3:1).
class WorkbenchStyle final : public QProxyStyle {
    Q_OBJECT

public:
    WorkbenchStyle();

    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* result) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption* option, const QSize& size,
                           const QWidget* widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption* option, const QWidget* widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
};

}  // namespace tierwise::ui
