// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QLabel;
class QPushButton;

namespace tierwise::ui {

/// What a view shows when it has nothing to show: one sentence and the button that fills it.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(const QString& icon, QWidget* parent = nullptr);
    void setSentence(const QString& sentence);
    /// The button triggers the action and takes its text; null = no button.
    void setAction(QAction* action);

private:
    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_sentence;
    QPushButton* m_button;
    QAction* m_action = nullptr;
};

}  // namespace tierwise::ui
