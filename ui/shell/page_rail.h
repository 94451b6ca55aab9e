// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

class QAction;
class QToolButton;
class QVBoxLayout;

namespace tierwise::ui {

/// The pages down the left edge, one button a page. Up and Down move within it.
class PageRail : public QWidget {
    Q_OBJECT

public:
    explicit PageRail(QWidget* parent = nullptr);
    void addPage(QAction* action);
    void setCurrent(int index);
    [[nodiscard]] QWidget* currentButton() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QVBoxLayout* m_column;
    std::vector<QToolButton*> m_buttons;
    int m_current = 0;
};

}  // namespace tierwise::ui
