// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include <QObject>
#include <QStringList>

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
    // One at a time, in the order they were asked for: a step of undo pressed while another works takes its turn.
    void whenFree(std::function<void()> start);
    void startNext();
    void startImport(const QStringList& files);
    void startRefit();
    void startPut(const std::shared_ptr<struct OutcomesMemory>& memory);
    void startPutScores(const std::shared_ptr<struct RefitMemory>& memory);
    void sayImported(const QString& file, const project::OutcomeReport& report);

    Desk& m_desk;
    AnalysisSession& m_session;
    std::unique_ptr<JobSlot> m_slot;
    std::deque<std::function<void()>> m_waiting;
};

}  // namespace tierwise::ui
