// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/project/analysis.h"
#include "ui/pages/page.h"

class QAction;
class QStackedWidget;

namespace tierwise::ui {

class AnalysisSession;
class EmptyState;

/// A page over the workbench: an empty state as long as there is none (no project, being built, a problem), the body
/// once there is, and no work at all while another page is in front: what changed meanwhile is caught up with when the
/// page comes back.
class AnalysisPage : public Page {
    Q_OBJECT

public:
    void activated() override;
    void deactivated() override;

protected:
    /// icon: of the empty state; working: its sentence while the workbench is built; invitation: without a project.
    AnalysisPage(Desk& desk, const QString& icon, const QString& working, const QString& invitation, QWidget* parent);
    ~AnalysisPage() override;

    /// The end of the constructor of each page: what is shown once there is a workbench.
    void setBody(QWidget* body);
    [[nodiscard]] const std::shared_ptr<const project::Workbench>& workbench() const;
    [[nodiscard]] bool isInFront() const { return m_front; }
    /// A sentence in place of the body.
    void showInstead(const QString& sentence);
    void showBody();

    /// In front: there is a workbench that the page has not seen. The policy and scenarios follow in refreshState().
    virtual void refreshWorkbench() = 0;
    /// In front: policy, scenarios, baseline or bar changed since the page last looked.
    virtual void refreshState() = 0;
    /// The workbench went: stop jobs, forget results.
    virtual void forget() = 0;

    AnalysisSession& m_session;

private:
    void sync();
    void showWhyEmpty();

    QString m_working;
    QString m_invitation;
    std::weak_ptr<const project::Workbench> m_seen;
    bool m_hasSeen = false;
    bool m_stateStale = true;
    bool m_front = false;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QAction* m_again;
    QAction* m_askDoctor;  ///< after the user stopped it
    QWidget* m_body = nullptr;
};

}  // namespace tierwise::ui
