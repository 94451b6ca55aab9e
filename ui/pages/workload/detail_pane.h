// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/analyze/results.h"
#include "core/assess/difficulty_model.h"
#include "core/project/project.h"
#include "core/project/workload_view.h"
#include "ui/jobs/job_slot.h"

class QLabel;
class QPlainTextEdit;
class QStackedWidget;
class QTabWidget;
class QTextBrowser;

namespace tierwise::ui {

class AnalysisSession;
class Desk;
class FactTable;

/// One request, whole: usage, price lines and where the price comes from, difficulty and its reasons, the texts and
/// the log's other columns.
class DetailPane : public QWidget {
    Q_OBJECT

public:
    explicit DetailPane(Desk& desk, QWidget* parent = nullptr);
    void showRequest(std::optional<RequestId> id);
    [[nodiscard]] QString factsText() const;

private:
    struct Loaded {
        project::RequestDetail detail;
        std::optional<project::RowPrice> price;
        std::optional<assess::Assessment> assessed;  ///< why the prompt is as hard as it is
        std::optional<analyze::Explanation> why;     ///< where the present policy sends it, and why
    };
    void present(const Loaded& loaded);
    [[nodiscard]] QString facts(const Loaded& loaded) const;

    void addDifficulty(FactTable& table, const Loaded& loaded) const;
    void addPolicy(FactTable& table, const Loaded& loaded) const;

    Desk& m_desk;
    AnalysisSession& m_session;
    JobSlot m_slot;
    QStackedWidget* m_stack;
    QLabel* m_title;
    QTextBrowser* m_facts;
    QTabWidget* m_texts;
    QPlainTextEdit* m_prompt;
    QPlainTextEdit* m_response;
    QPlainTextEdit* m_extras;
    std::optional<RequestId> m_shown;
};

}  // namespace tierwise::ui
