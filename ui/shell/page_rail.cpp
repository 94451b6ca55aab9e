// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_rail.h"

#include <QAction>
#include <QKeyEvent>
#include <QToolButton>
#include <QVBoxLayout>

namespace tierwise::ui {

using namespace Qt::StringLiterals;

PageRail::PageRail(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    setObjectName(u"pageRail"_s);
    setAccessibleName(tr("Pages"));
    setAttribute(Qt::WA_StyledBackground);
    m_column->setContentsMargins(0, 6, 0, 6);
    m_column->setSpacing(2);
    m_column->addStretch(1);
    setFixedWidth(92);
}

void PageRail::addPage(QAction* action) {
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setIconSize(QSize(24, 24));
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(action->text().remove(u'&'));
    button->setAccessibleDescription(action->toolTip());
    m_column->insertWidget(static_cast<int>(m_buttons.size()), button);
    m_buttons.push_back(button);
}

void PageRail::setCurrent(int index) {
    m_current = index;
}

QWidget* PageRail::currentButton() const {
    return m_buttons.empty() ? nullptr : m_buttons[static_cast<std::size_t>(m_current)];
}

void PageRail::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    const int next = m_current + step;
    if (step != 0 && next >= 0 && next < static_cast<int>(m_buttons.size())) {
        QToolButton* button = m_buttons[static_cast<std::size_t>(next)];
        button->setFocus(Qt::TabFocusReason);
        button->defaultAction()->trigger();
        return;
    }
    QWidget::keyPressEvent(event);
}

}  // namespace tierwise::ui
