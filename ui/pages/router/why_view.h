// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QWidget>

#include "core/project/analysis.h"
#include "ui/jobs/job_slot.h"

class QLabel;
class QPlainTextEdit;
class QTimer;

namespace tierwise::ui {

class CopyTable;
class ValueModel;

/// Why a prompt that is typed in would go where it goes under a policy: scored on this machine while typing.
class WhyView : public QWidget {
    Q_OBJECT

public:
    explicit WhyView(JobRunner& jobs, QWidget* parent = nullptr);
    void ask(const std::shared_ptr<const project::Workbench>& workbench, const route::Policy& policy);
    void forget();

Q_SIGNALS:
    void told(const QString& text);

private:
    void start();
    void show(const analyze::Explanation& explanation);

    std::unique_ptr<JobSlot> m_job;
    std::shared_ptr<const project::Workbench> m_workbench;
    route::Policy m_policy;
    QPlainTextEdit* m_prompt;
    QLabel* m_text;
    CopyTable* m_table;
    ValueModel* m_model;
    QTimer* m_timer;
};

}  // namespace tierwise::ui
