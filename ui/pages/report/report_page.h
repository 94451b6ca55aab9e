// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "core/report/report.h"
#include "ui/pages/analysis_page.h"

class QComboBox;
class QLabel;
class QListWidget;
class QSplitter;

namespace tierwise::ui {

class JobSlot;
class PagePreview;

/// The report as it will be exported: the very pages of the PDF, with the choice of audience, sections and paper, and
/// every format.
class ReportPage : public AnalysisPage {
    Q_OBJECT

public:
    explicit ReportPage(Desk& desk, QWidget* parent = nullptr);
    ~ReportPage() override;

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
    void fillSections();
    void choose();
    void exportAs(const QString& suffix, const QString& filter);
    void print();
    [[nodiscard]] report::Report chosenReport() const;
    [[nodiscard]] int pageSize() const;

    std::unique_ptr<JobSlot> m_build;
    std::unique_ptr<JobSlot> m_write;
    std::optional<report::Report> m_whole;
    std::shared_ptr<const report::Report> m_shown;   ///< null while there is none
    std::shared_ptr<const project::Workbench> m_on;  ///< what the report was built on
    route::Policy m_proposed;
    bool m_filling = false;

    QLabel* m_leftOut = nullptr;
    QComboBox* m_scenario = nullptr;
    QComboBox* m_audience = nullptr;
    QComboBox* m_paper = nullptr;
    QListWidget* m_sections = nullptr;
    PagePreview* m_preview = nullptr;
    QSplitter* m_splitter = nullptr;
};

}  // namespace tierwise::ui
