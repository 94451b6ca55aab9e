// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStackedWidget>

#include "core/project/project.h"
#include "ui/jobs/job_slot.h"

class QAction;

namespace tierwise::ui {

class CopyTable;
class Desk;
class ValueModel;

/// What was imported, with its counts; an import can be taken back, one that was broken off resumed or rolled back.
class ImportsTab : public QStackedWidget {
    Q_OBJECT

public:
    explicit ImportsTab(Desk& desk, QWidget* parent = nullptr);
    void refresh();
    void undoSelected();
    void resume();
    void rollBack();
    [[nodiscard]] bool hasUnfinished() const { return m_unfinished.has_value(); }

Q_SIGNALS:
    /// Rejects of one import.
    void rejectsWanted(qint64 importId);
    void statusChanged(const QString& text);

private:
    void fill(const std::vector<project::ImportInfo>& imports);
    void run(const QString& title, std::function<Result<void>(const project::Project&)> work, const QString& done);

    Desk& m_desk;
    CopyTable* m_table;
    ValueModel* m_model;
    JobSlot m_slot;
    JobSlot m_workSlot;
    std::optional<ImportId> m_unfinished;
};

}  // namespace tierwise::ui
