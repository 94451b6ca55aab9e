// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/project/analysis.h"
#include "ui/pages/analysis_page.h"

class QLabel;
class QTabWidget;
class QTimer;

namespace tierwise::ui {

class CalibrationView;
class ConstraintsEditor;
class CopyTable;
class Evidence;
class JobSlot;
class PolicyEditor;
class RulesEditor;
class ValueModel;
class WhyView;

/// The policy being shaped, in all its parts: router, rules, constraints, candidate models; how well its quality
/// figures are calibrated; and why a prompt would go where it goes.
class RouterPage : public AnalysisPage {
    Q_OBJECT

public:
    explicit RouterPage(Desk& desk, QWidget* parent = nullptr);
    ~RouterPage() override;

    [[nodiscard]] QList<QWidget*> panes() const override;
    void saveState(QSettings& settings) const override;
    void restoreState(const QSettings& settings) override;

protected:
    void refreshWorkbench() override;
    void refreshState() override;
    void forget() override;

private:
    void buildBody();
    void buildCommands();
    QWidget* makePolicy();
    void showMix(const analyze::Evaluation& evaluation);
    QWidget* makeModels();
    void showModels();
    void chooseModels();
    void startCalibration();
    void startFigures();
    void showFigures(const analyze::Evaluation& evaluation);
    void setPolicy(const route::Policy& policy, const QString& step);

    std::unique_ptr<JobSlot> m_calibrate;
    std::unique_ptr<JobSlot> m_figures;
    bool m_calibrationStale = true;

    Evidence* m_evidence = nullptr;
    QLabel* m_headline = nullptr;
    QTabWidget* m_tabs = nullptr;
    PolicyEditor* m_editor = nullptr;
    RulesEditor* m_rules = nullptr;
    ConstraintsEditor* m_constraints = nullptr;
    CalibrationView* m_calibration = nullptr;
    WhyView* m_whyView = nullptr;
    CopyTable* m_mixTable = nullptr;
    ValueModel* m_mixModel = nullptr;
    CopyTable* m_modelTable = nullptr;
    ValueModel* m_modelModel = nullptr;
    QTimer* m_figureTimer = nullptr;
};

}  // namespace tierwise::ui
