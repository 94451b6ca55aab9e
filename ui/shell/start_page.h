// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QFrame;
class QVBoxLayout;

namespace tierwise::ui {

class Desk;

/// The window without a project: a drop zone, Open, the sample, and recent projects. No wizard.
class StartPage : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(Desk& desk, QWidget* parent = nullptr);
    /// A file hovers over the window.
    void setDropActive(bool active);

Q_SIGNALS:
    void recentChosen(const QString& path);

private:
    void fillRecent();

    Desk& m_desk;
    QFrame* m_zone;
    QWidget* m_recent;
    QVBoxLayout* m_recentList;
};

}  // namespace tierwise::ui
