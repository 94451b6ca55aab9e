// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <QWidget>

#include "core/project/doctor.h"
#include "ui/jobs/job_slot.h"

class QComboBox;
class QCompleter;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace tierwise::ui {

class CopyTable;
class Desk;
class ValueModel;

/// What is odd in the stored rows, why, and the mend of each; mends that were done can be undone, here or by Undo.
/// Looks when it is first shown after the rows changed, off the GUI thread.
class DoctorTab : public QWidget {
    Q_OBJECT

public:
    explicit DoctorTab(Desk& desk, QWidget* parent = nullptr);
    /// The rows changed: looks again, now or when it is next shown.
    void refresh();
    /// Does the selected finding's mend, or undoes the selected mend, as a step of Undo.
    void actOnSelected();

Q_SIGNALS:
    void statusChanged(const QString& text);
    void titleChanged(const QString& title);
    /// The row of this id.
    void rowWanted(qint64 id);

protected:
    void showEvent(QShowEvent* event) override;

private:
    friend class MendStep;
    void build();
    void diagnose();
    void fill(project::Diagnosis diagnosis);
    void showSelected();
    void offerNames();
    [[nodiscard]] qsizetype selected() const;
    /// Runs a mend or the undoing of one; then() gets the id of what was done.
    void run(const QString& title,
             std::function<Result<project::AppliedMend>(const project::Project&, TaskContext&)> work,
             std::function<void(const project::AppliedMend&)> then);
    void mend(const QString& finding, const QString& candidate,
              std::function<void(const project::AppliedMend&)> then = {});
    void undoMend(const QString& id, std::function<void(const project::AppliedMend&)> then = {});

    Desk& m_desk;
    QStackedWidget* m_stack;
    QLabel* m_summary;
    CopyTable* m_table;
    ValueModel* m_model;
    QLabel* m_explanation;
    QLabel* m_examples;
    QComboBox* m_candidates;
    QCompleter* m_offerings;  ///< every offering of m_offeringsOf
    std::shared_ptr<const catalog::Catalog> m_offeringsOf;
    QPushButton* m_act;
    project::Diagnosis m_diagnosis;
    bool m_stale = true;
    JobSlot m_slot;
    JobSlot m_mendSlot;
};

}  // namespace tierwise::ui
