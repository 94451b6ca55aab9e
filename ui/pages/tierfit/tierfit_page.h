// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/analyze/results.h"
#include "core/project/overrides.h"
#include "ui/pages/analysis_page.h"

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSplitter;
class QTabWidget;
class QTimer;

namespace tierwise::ui {

class CopyTable;
class FitMatrix;
class JobSlot;
class ValueModel;

/// Tier used against tier needed: the money wasted on requests that a cheaper tier would have served, the errors
/// expected on those that needed a dearer one, row by row, with the user's own word (1, 2, 3) on each.
class TierFitPage : public AnalysisPage {
    Q_OBJECT

public:
    explicit TierFitPage(Desk& desk, QWidget* parent = nullptr);
    ~TierFitPage() override;

    [[nodiscard]] QList<QWidget*> panes() const override;
    void saveState(QSettings& settings) const override;
    void restoreState(const QSettings& settings) override;

protected:
    void refreshWorkbench() override;
    void refreshState() override;
    void forget() override;

private:
    friend class ChangeOverrides;
    void buildBody();
    void buildCommands();
    void start();
    void show(const analyze::TierFit& fit);
    void fillList(CopyTable& table, ValueModel& model, const std::vector<analyze::Misfit>& misfits, bool overserved);
    void showEffect();
    void setTier(std::optional<Tier> tier);
    void applyOverrides(const project::TierOverrides& overrides);
    void loadOverrides();
    [[nodiscard]] CopyTable* currentList() const;

    std::unique_ptr<JobSlot> m_fit;
    std::unique_ptr<JobSlot> m_overrideSlot;
    std::optional<analyze::TierFit> m_result;
    project::TierOverrides m_overrides;

    QLabel* m_headline = nullptr;
    QDoubleSpinBox* m_bar = nullptr;
    QComboBox* m_which = nullptr;
    FitMatrix* m_matrix = nullptr;
    QLabel* m_effect = nullptr;
    QTabWidget* m_tabs = nullptr;
    CopyTable* m_overTable = nullptr;
    CopyTable* m_underTable = nullptr;
    ValueModel* m_overModel = nullptr;
    ValueModel* m_underModel = nullptr;
    QSplitter* m_splitter = nullptr;
    QTimer* m_settle = nullptr;
};

}  // namespace tierwise::ui
