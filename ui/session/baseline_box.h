// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

namespace tierwise::ui {

class AnalysisSession;

/// Picks what savings and changes of quality are measured against: the session's, the same on every page. An undo step
/// each. GUI thread.
class BaselineBox : public QComboBox {
    Q_OBJECT

public:
    explicit BaselineBox(AnalysisSession& session, QWidget* parent = nullptr);

private:
    void follow();
    AnalysisSession& m_session;
};

}  // namespace tierwise::ui
