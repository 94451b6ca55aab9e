// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/project/analysis.h"
#include "ui/pages/analysis_page.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QTabWidget;

namespace tierwise::ui {

class BaselineBox;
class ChartPanel;
class CopyTable;
class JobSlot;
class ValueModel;
struct NamedScenario;

/// Up to six scenarios on the same rows: one table, one chart, paired differences against the baseline, which requests
/// move between tiers from one to another, and what the result depends on.
class ComparePage : public AnalysisPage {
    Q_OBJECT

public:
    explicit ComparePage(Desk& desk, QWidget* parent = nullptr);
    ~ComparePage() override;

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
    void start();
    struct Answer {
        analyze::Comparison comparison;
        QList<int> numbers;                       ///< of the session's scenarios, from the third of the comparison on
        QList<std::pair<int, QString>> problems;  ///< scenarios that cannot be worked out, and why
    };
    void showComparison(const Answer& answer);
    [[nodiscard]] QString worldWords(const NamedScenario& scenario) const;
    void showChart(const analyze::Comparison& comparison);
    void startDetail();
    void showFlow(const analyze::RowFlow& flow);
    /// Index into the session's scenarios of the selected line; -1 = the baseline or nothing.
    [[nodiscard]] int selected() const;
    void addPresent();
    void duplicate();
    void rename();
    void togglePin();
    void removeSelected();
    void editWorld();
    void editModels();
    void shapeSelected();
    void exportPolicy();
    void importPolicy();

    std::unique_ptr<JobSlot> m_compare;
    std::unique_ptr<JobSlot> m_detail;
    Answer m_answer;

    CopyTable* m_table = nullptr;
    ValueModel* m_model = nullptr;
    ChartPanel* m_chart = nullptr;
    ChartPanel* m_tornado = nullptr;
    CopyTable* m_flowTable = nullptr;
    ValueModel* m_flowModel = nullptr;
    QComboBox* m_from = nullptr;
    QComboBox* m_to = nullptr;
    BaselineBox* m_baseline = nullptr;
    QLabel* m_pinned = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_scenarioMenu = nullptr;
    QTabWidget* m_tabs = nullptr;
    QSplitter* m_splitter = nullptr;
};

}  // namespace tierwise::ui
