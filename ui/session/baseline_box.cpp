// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/baseline_box.h"

#include "ui/session/analysis_session.h"
#include "ui/session/answer_words.h"

namespace tierwise::ui {

BaselineBox::BaselineBox(AnalysisSession& session, QWidget* parent) : QComboBox(parent), m_session(session) {
    setAccessibleName(tr("Compared with"));
    setToolTip(tr("What the saving and the change of quality are measured against"));
    for (const auto baseline : {project::Baseline::asLogged, project::Baseline::bestSingle, project::Baseline::random,
                                project::Baseline::oracle, project::Baseline::dearest}) {
        addItem(baselineLabel(baseline), static_cast<int>(baseline));
    }
    setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(this, &QComboBox::activated, this,
            [this](int index) { m_session.setBaseline(static_cast<project::Baseline>(itemData(index).toInt())); });
    connect(&session, &AnalysisSession::stateChanged, this, &BaselineBox::follow);
    connect(&session, &AnalysisSession::workbenchChanged, this, &BaselineBox::follow);
    follow();
}

void BaselineBox::follow() {
    setCurrentIndex(findData(static_cast<int>(m_session.baseline())));
}

}  // namespace tierwise::ui
