// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QObject>

#include "core/project/outcomes.h"
#include "core/project/refit.h"

namespace tierwise::ui {

class AnalysisSession;
class Desk;
class JobSlot;

/// What makes figures of quality better founded: scores that are brought in, and a difficulty fitted to them. A step of
/// undo each; the workbench is built anew after either. GUI thread; the work is done by jobs.
class Evidence : public QObject {
    Q_OBJECT

public:
    Evidence(Desk& desk, AnalysisSession& session, QObject* parent);
    ~Evidence() override;
    /// Asks for files of outcomes and imports them, one after the other.
    void importOutcomes();
    void refit();

    // What the steps of undo do.
    void put(const std::shared_ptr<struct OutcomesMemory>& memory);
    void putScores(const std::shared_ptr<struct RefitMemory>& memory);

private:
    void sayImported(const QString& file, const project::OutcomeReport& report);

    Desk& m_desk;
    AnalysisSession& m_session;
    std::unique_ptr<JobSlot> m_slot;
};

}  // namespace tierwise::ui
