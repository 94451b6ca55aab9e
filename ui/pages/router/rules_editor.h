// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QWidget>

#include "core/route/policy.h"

class QComboBox;
class QListWidget;
class QPushButton;

namespace tierwise::ui {

/// The rules that come before the router, in order: the first that applies wins. Drag, or Alt+Up and Alt+Down, to
/// order.
class RulesEditor : public QWidget {
    Q_OBJECT

public:
    explicit RulesEditor(QWidget* parent = nullptr);
    void setRules(const std::vector<route::Rule>& rules);
    /// What a rule can send to: (shown, target).
    void setTargets(const QList<std::pair<QString, QString>>& targets) { m_targets = targets; }
    [[nodiscard]] QWidget* list() const;
    /// Asks for a new rule.
    void add();

Q_SIGNALS:
    void rulesEdited(const std::vector<route::Rule>& rules, const QString& step);

private:
    void fill();
    void edit();
    void remove();
    void move(int by);
    void readOrder();
    void enableButtons();
    [[nodiscard]] bool editRule(route::Rule& rule);

    std::vector<route::Rule> m_rules;
    QList<std::pair<QString, QString>> m_targets;
    QListWidget* m_list;
    QList<QPushButton*> m_needRow;  ///< do something with the selected rule
};

}  // namespace tierwise::ui
