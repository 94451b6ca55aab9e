// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/project/analysis.h"
#include "core/project/calibration.h"
#include "ui/pages/analysis_page.h"

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QTableWidget;
class QTabWidget;
class QTimer;

namespace tierwise::ui {

class ChartPanel;
class CopyTable;
class JobSlot;
class PolicyEditor;
class RulesEditor;
class ValueModel;

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
    QWidget* makeConstraints();
    QWidget* makeModels();
    QWidget* makeCalibration();
    QWidget* makeWhy();
    void showConstraints();
    void readConstraints();
    void showModels();
    void startCalibration();
    void showCalibration(const project::CalibrationReport& report);
    void startWhy();
    void showWhy(const analyze::Explanation& explanation);
    void startFigures();
    void setPolicy(const route::Policy& policy, const QString& step);

    std::unique_ptr<JobSlot> m_calibrate;
    std::unique_ptr<JobSlot> m_why;
    std::unique_ptr<JobSlot> m_figures;
    bool m_filling = false;

    QLabel* m_headline = nullptr;
    QTabWidget* m_tabs = nullptr;
    PolicyEditor* m_editor = nullptr;
    RulesEditor* m_rules = nullptr;
    QTableWidget* m_classes = nullptr;
    QCheckBox* m_contextWindow = nullptr;
    QCheckBox* m_limitLatency = nullptr;
    QDoubleSpinBox* m_latency = nullptr;
    CopyTable* m_modelTable = nullptr;
    ValueModel* m_modelModel = nullptr;
    ChartPanel* m_reliability = nullptr;
    CopyTable* m_calibrationTable = nullptr;
    ValueModel* m_calibrationModel = nullptr;
    QLabel* m_calibrationText = nullptr;
    QPlainTextEdit* m_prompt = nullptr;
    QLabel* m_whyText = nullptr;
    CopyTable* m_whyTable = nullptr;
    ValueModel* m_whyModel = nullptr;
    QTimer* m_whyTimer = nullptr;
    QTimer* m_figureTimer = nullptr;
};

}  // namespace tierwise::ui
