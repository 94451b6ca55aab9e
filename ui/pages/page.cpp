// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/page.h"

#include <QAction>

#include "ui/theme/theme.h"

namespace tierwise::ui {

QAction* Page::newAction(const QString& icon, const QString& text, const QString& tip, const QKeySequence& key) {
    auto* action = new QAction(text, this);
    if (!icon.isEmpty()) {
        action->setIcon(Theme::instance().icon(icon));
    }
    action->setToolTip(tip);
    action->setStatusTip(tip);
    action->setShortcut(key);
    action->setShortcutContext(Qt::WindowShortcut);
    addAction(action);
    m_commands.append(action);
    return action;
}

void Page::setStatusText(const QString& text) {
    if (text != m_status) {
        m_status = text;
        Q_EMIT statusTextChanged(text);
    }
}

}  // namespace tierwise::ui
