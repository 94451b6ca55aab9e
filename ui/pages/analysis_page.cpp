// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/analysis_page.h"

#include <QAction>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/widgets/empty_state.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

AnalysisPage::AnalysisPage(Desk& desk, const QString& icon, const QString& working, const QString& invitation,
                           QWidget* parent)
    : Page(desk, parent),
      m_session(AnalysisSession::of(desk)),
      m_working(working),
      m_invitation(invitation),
      m_stack(new QStackedWidget(this)),
      m_empty(new EmptyState(icon, this)),
      m_again(new QAction(tr("Work it out"), this)),
      m_askDoctor(new QAction(tr("Show the Doctor"), this)) {
    m_stack->addWidget(m_empty);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    m_again->setToolTip(tr("Work the figures out after all"));
    m_askDoctor->setToolTip(tr("Show what is odd in the requests, and how to mend it"));
    connect(m_askDoctor, &QAction::triggered, this, [this] {
        this->desk().showPage(u"workload"_s, {{u"tab"_s, u"doctor"_s}});
    });
    connect(m_again, &QAction::triggered, &m_session, &AnalysisSession::tryAgain);
    connect(&m_session, &AnalysisSession::workbenchChanged, this, &AnalysisPage::sync);
    connect(&m_session, &AnalysisSession::stateChanged, this, [this] {
        m_stateStale = true;
        sync();
    });
}

AnalysisPage::~AnalysisPage() = default;

void AnalysisPage::setBody(QWidget* body) {
    m_body = body;
    m_stack->addWidget(body);
    showWhyEmpty();
}

const std::shared_ptr<const project::Workbench>& AnalysisPage::workbench() const {
    return m_session.workbench();
}

void AnalysisPage::activated() {
    m_front = true;
    m_session.ensure();
    sync();
}

void AnalysisPage::deactivated() {
    m_front = false;
}

void AnalysisPage::showInstead(const QString& sentence) {
    m_empty->setSentence(sentence);
    m_empty->setAction(nullptr);
    m_stack->setCurrentWidget(m_empty);
}

void AnalysisPage::showBody() {
    m_stack->setCurrentWidget(m_body);
}

void AnalysisPage::showWhyEmpty() {
    showInstead(m_session.isBuilding()           ? m_working
                : !m_session.problem().isEmpty() ? m_session.problem()
                                                 : m_invitation);
    if (!desk().hasProject()) {
        m_empty->setAction(desk().command(u"openSample"_s));
    }
    if (m_session.wasStopped() && !m_session.isBuilding()) {
        m_empty->setAction(m_again);
    }
    setStatusText({});
}

void AnalysisPage::sync() {
    const auto& now = m_session.workbench();
    // A workbench that nobody holds any more is none, as `now` may be: what waits for its answer must be dropped.
    if (m_hasSeen && (!now || m_seen.lock() != now)) {
        m_hasSeen = false;
        m_seen.reset();
        forget();
    }
    if (!now) {
        showWhyEmpty();
        if (m_front && desk().hasProject()) {
            m_session.ensure();
        }
        return;
    }
    if (!m_front || m_session.policy().name.empty()) {
        return;
    }
    if (!m_hasSeen) {
        m_hasSeen = true;
        m_seen = now;
        m_stateStale = false;
        if (now->coverage().used == 0) {
            showInstead(tr("None of the requests can be priced: the Doctor on the Workload page says why."));
            m_empty->setAction(m_askDoctor);
            return;
        }
        showBody();
        refreshWorkbench();
        refreshState();
    } else if (m_stateStale && now->coverage().used > 0) {
        m_stateStale = false;
        refreshState();
    }
}

}  // namespace tierwise::ui
