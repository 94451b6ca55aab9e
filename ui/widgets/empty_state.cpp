// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_state.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

EmptyState::EmptyState(const QString& icon, QWidget* parent)
    : QWidget(parent),
      m_iconName(icon),
      m_icon(new QLabel(this)),
      m_sentence(new QLabel(this)),
      m_button(new QPushButton(this)) {
    m_icon->setAlignment(Qt::AlignCenter);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setProperty("role", u"muted"_s);
    m_sentence->setMinimumWidth(320);
    m_sentence->setMaximumWidth(640);
    m_button->hide();
    auto* column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(m_icon);
    column->addSpacing(8);
    auto* middle = new QHBoxLayout;  // not by an alignment: so it gets the height that its width needs
    middle->addStretch(1);
    middle->addWidget(m_sentence, 1000);
    middle->addStretch(1);
    column->addLayout(middle);
    column->addSpacing(10);
    column->addWidget(m_button, 0, Qt::AlignHCenter);
    column->addStretch(3);
    const auto paintIcon = [this] {
        m_icon->setPixmap(
            Theme::instance().icon(m_iconName).pixmap(QSize(44, 44), devicePixelRatioF(), QIcon::Disabled));
    };
    paintIcon();
    connect(&Theme::instance(), &Theme::changed, this, paintIcon);
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (m_action != nullptr) {
            m_action->trigger();
        }
    });
}

void EmptyState::setSentence(const QString& sentence) {
    m_sentence->setText(sentence);
    setAccessibleName(sentence);
}

void EmptyState::setAction(QAction* action) {
    m_action = action;
    m_button->setVisible(action != nullptr);
    if (action != nullptr) {
        m_button->setText(action->text());
        m_button->setIcon(action->icon());
        m_button->setToolTip(action->toolTip());
        m_button->setAccessibleName(action->toolTip());
    }
}

}  // namespace tierwise::ui
