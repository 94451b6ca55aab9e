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
class QPushButton;
class QSplitter;
class QTabWidget;
class QTimer;

namespace tierwise::ui {

class CopyTable;
class FitMatrix;
class JobSlot;
class ValueModel;

/// Tier used against tier needed: the money wasted on requests that a cheaper tier would have served, the errors
/// expected on those that needed a dearer one; by team, tag or session; row by row, with the user's own word (1, 2, 3)
/// on one, on several, or on all of a cell or a segment. Those words are listed, and count as scored answers once the
/// quality of models has been fitted anew.
class TierFitPage : public AnalysisPage {
    Q_OBJECT

public:
    explicit TierFitPage(Desk& desk, QWidget* parent = nullptr);
    ~TierFitPage() override;

    [[nodiscard]] QList<QWidget*> panes() const override;
    void saveState(QSettings& settings) const override;
    void restoreState(const QSettings& settings) override;
    [[nodiscard]] const project::TierOverrides& overrides() const { return m_overrides; }

protected:
    void refreshWorkbench() override;
    void refreshState() override;
    void forget() override;

private:
    friend class ChangeOverrides;
    void buildBody();
    QWidget* buildSegments();
    QWidget* buildLists();
    void buildCommands();
    /// The fit, and the segments with it where their kind, the bar or the policy changed.
    void start();
    void showFit(const analyze::TierFit& fit);
    void showSegments(const analyze::FitTable& table);
    void showScope();
    void startEffect();
    void pickCell(Tier used, Tier needed);
    void pickSegment();
    void showAll();
    [[nodiscard]] std::optional<route::Policy> judged() const;
    [[nodiscard]] QString segmentKind() const;

    void setTier(std::optional<Tier> tier);
    void setTierOfAll(std::optional<Tier> tier);
    void push(const project::TierOverrides& next, std::optional<Tier> tier, int count);
    void applyOverrides(const project::TierOverrides& overrides);
    void loadOverrides();
    /// The list of overrides, and whether the fit has them already.
    void showOverrides();
    void recalibrate();
    [[nodiscard]] CopyTable* currentList() const;

    std::unique_ptr<JobSlot> m_fit;
    std::unique_ptr<JobSlot> m_effectSlot;
    std::unique_ptr<JobSlot> m_batchSlot;
    std::unique_ptr<JobSlot> m_overrideSlot;
    std::unique_ptr<JobSlot> m_listSlot;
    std::optional<analyze::TierFit> m_result;
    analyze::FitScope m_scope;
    project::TierOverrides m_overrides;
    bool m_recalibrateWanted = false;  ///< when the overrides are saved
    bool m_segmentsStale = true;
    bool m_fillingSegments = false;

    QLabel* m_headline = nullptr;
    QDoubleSpinBox* m_bar = nullptr;
    QComboBox* m_which = nullptr;
    FitMatrix* m_matrix = nullptr;
    QComboBox* m_by = nullptr;
    CopyTable* m_segments = nullptr;
    ValueModel* m_segmentModel = nullptr;
    QLabel* m_scopeText = nullptr;
    QPushButton* m_showAll = nullptr;
    QLabel* m_effect = nullptr;
    QLabel* m_calibrated = nullptr;
    QPushButton* m_recalibrate = nullptr;
    QTabWidget* m_tabs = nullptr;
    CopyTable* m_overTable = nullptr;
    CopyTable* m_underTable = nullptr;
    CopyTable* m_ownTable = nullptr;
    ValueModel* m_overModel = nullptr;
    ValueModel* m_underModel = nullptr;
    ValueModel* m_ownModel = nullptr;
    QSplitter* m_splitter = nullptr;
    QSplitter* m_top = nullptr;
    QTimer* m_settle = nullptr;
};

}  // namespace tierwise::ui
