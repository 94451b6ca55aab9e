// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <QWidget>

#include "core/route/policy.h"

class QTableWidget;

namespace tierwise::ui {

/// The steps of a cascade: who is tried, and how well the check of its answers tells right from wrong. GUI thread.
class CascadeSteps : public QWidget {
    Q_OBJECT

public:
    /// targets: the tiers and models that a step may name; borrowed, and read when a step is added.
    explicit CascadeSteps(const QComboBox* targets, QWidget* parent = nullptr);
    void setRouter(const route::Router& router);
    /// Puts the steps into a router. known: what is not shown here (the cost of a check) is taken from it.
    void readInto(route::Router& router, const route::Router& known) const;
    [[nodiscard]] int count() const;
    void addStep();

Q_SIGNALS:
    void edited();

private:
    void removeStep();

    const QComboBox* m_targets;
    QTableWidget* m_steps;
};

}  // namespace tierwise::ui
