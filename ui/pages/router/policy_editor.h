// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include <QWidget>

#include "core/project/analysis.h"
#include "core/project/calibration.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QStackedWidget;

namespace tierwise::ui {

class CascadeSteps;
class ChartPanel;
class SegmentValues;
class ThresholdFields;

/// Edits the router of a policy: its kind, and what that kind needs. Thresholds are dragged over the histogram of
/// difficulty. GUI thread.
class PolicyEditor : public QWidget {
    Q_OBJECT

public:
    explicit PolicyEditor(QWidget* parent = nullptr);
    /// difficulty: the signal of the workbench's rows; counting a million of them is no work for the GUI thread.
    void setWorkbench(const std::shared_ptr<const project::Workbench>& workbench,
                      const project::SignalHistogram& difficulty);
    void setPolicy(const route::Policy& policy);
    /// What the present policy costs and reaches: where a budget or a floor starts from.
    void setFigures(double costUsd, double meanQuality);
    /// Where the present policy sends the requests of each difficulty: the picture of a policy without thresholds.
    void setTiers(const std::array<project::SignalHistogram, 4>& tiers);
    [[nodiscard]] QWidget* firstField() const;

Q_SIGNALS:
    void routerEdited(const route::Router& router, const QString& name);
    /// A threshold is being dragged: for figures that follow. routerEdited comes at the end.
    void thresholdsMoving(double low, double high);
    void told(const QString& text);

private:
    QWidget* makeTargets();
    QWidget* makeThresholds();
    QWidget* makeCascade();
    QWidget* makeAmounts();
    void fillTargets();
    void showKind();
    void showPage(int page);
    void edited();
    void startKind();
    [[nodiscard]] bool canShow(const route::Router& router) const;
    [[nodiscard]] route::Router read() const;
    [[nodiscard]] QString nameOf(const route::Router& router) const;

    std::shared_ptr<const project::Workbench> m_workbench;
    route::Policy m_policy;
    bool m_filling = false;
    std::optional<std::pair<double, double>> m_figures;  ///< cost and quality

    QComboBox* m_kind;
    QLabel* m_explain;
    QStackedWidget* m_pages;
    QComboBox* m_single = nullptr;
    ChartPanel* m_tiers = nullptr;
    ThresholdFields* m_thresholds = nullptr;
    CascadeSteps* m_steps = nullptr;
    QDoubleSpinBox* m_amount = nullptr;
    QLabel* m_amountLabel = nullptr;
    QCheckBox* m_perMonth = nullptr;
    QComboBox* m_perSegment = nullptr;
    QLabel* m_perSegmentLabel = nullptr;
    SegmentValues* m_values = nullptr;
};

}  // namespace tierwise::ui
