// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/report/report_page.h"

#include <QAction>
#include <QComboBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QListWidget>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/project/export.h"
#include "core/project/focus_export.h"
#include "core/project/report_request.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/pages/report/page_preview.h"
#include "ui/report/pdf_writer.h"
#include "ui/report/write_report.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

ReportPage::ReportPage(Desk& desk, QWidget* parent)
    : AnalysisPage(desk, u"report"_s, tr("Working out what the report will say..."),
                   tr("Open a log to write a report about it."), parent),
      m_build(std::make_unique<JobSlot>(desk.jobs())),
      m_write(std::make_unique<JobSlot>(desk.jobs())) {
    buildBody();
    buildCommands();
}

ReportPage::~ReportPage() = default;

void ReportPage::buildBody() {
    m_scenario = new QComboBox(this);
    m_scenario->setObjectName(u"reportScenario"_s);
    m_scenario->setAccessibleName(tr("Proposed scenario"));
    m_audience = new QComboBox(this);
    m_audience->setObjectName(u"audience"_s);
    m_audience->setAccessibleName(tr("Audience"));
    m_audience->addItems({tr("Manager: the decision and its risks"), tr("Analyst: everything")});
    m_paper = new QComboBox(this);
    m_paper->setObjectName(u"paper"_s);
    m_paper->setAccessibleName(tr("Paper"));
    m_paper->addItem(tr("A4"), QPageSize::A4);
    m_paper->addItem(tr("Letter"), QPageSize::Letter);
    m_sections = new QListWidget(this);
    m_sections->setObjectName(u"sections"_s);
    m_sections->setAccessibleName(tr("Sections"));
    m_sections->setSpacing(2);
    m_sections->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_sections->setTextElideMode(Qt::ElideRight);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    form->addRow(tr("&Propose"), m_scenario);
    form->addRow(tr("&Written for"), m_audience);
    form->addRow(tr("P&aper"), m_paper);
    auto* side = new QWidget(this);
    auto* sectionsTitle = new QLabel(tr("&Sections"), side);
    sectionsTitle->setBuddy(m_sections);
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->addLayout(form);
    sideLayout->addWidget(sectionsTitle);
    sideLayout->addWidget(m_sections, 1);
    m_leftOut = new QLabel(this);
    m_leftOut->setWordWrap(true);
    m_leftOut->hide();
    sideLayout->addWidget(m_leftOut);
    m_preview = new PagePreview(desk().jobs(), this);
    m_preview->setObjectName(u"preview"_s);
    m_preview->setAccessibleName(tr("Preview of the report"));
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(side);
    m_splitter->addWidget(m_preview);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({270, 800});
    m_splitter->setChildrenCollapsible(false);

    setBody(m_splitter);

    connect(m_preview, &PagePreview::pagesCounted, this,
            [this](int pages) { setStatusText(tr("%n page(s)", nullptr, pages)); });
    connect(m_audience, &QComboBox::currentIndexChanged, this, [this] {
        fillSections();
        choose();
    });
    connect(m_paper, &QComboBox::currentIndexChanged, this, &ReportPage::choose);
    connect(m_sections, &QListWidget::itemChanged, this, [this] {
        if (!m_filling) {
            choose();
        }
    });
    connect(m_scenario, &QComboBox::activated, this, &ReportPage::start);

    auto* buttons = new QGridLayout;
    sideLayout->addLayout(buttons);
    const auto exportButton = [&](const QString& text, const QString& suffix, const QString& filter,
                                  const QKeySequence& key) {
        auto* action = newAction(u"export"_s, text, tr("Export the report as it is shown"), key);
        connect(action, &QAction::triggered, this, [this, suffix, filter] { exportAs(suffix, filter); });
        auto* button = new QPushButton(action->icon(), QString(text).remove(u"..."_s), this);
        button->setText(suffix == u"focus"_s ? tr("FOCUS rows")
                        : suffix == u"md"_s  ? tr("Markdown")
                                             : suffix.toUpper());
        button->setObjectName(u"export_"_s + suffix);
        button->setToolTip(QString(text).remove(u'&').remove(u"..."_s));
        button->setAccessibleName(button->toolTip());
        const int at = buttons->count();
        buttons->addWidget(button, at / 2, at % 2);
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
    };
    exportButton(tr("Export &PDF..."), u"pdf"_s, tr("PDF (*.pdf)"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    exportButton(tr("Export &Excel..."), u"xlsx"_s, tr("Excel workbook (*.xlsx)"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_X));
    exportButton(tr("Export &HTML..."), u"html"_s, tr("Web page (*.html)"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_H));
    exportButton(tr("Export &Markdown..."), u"md"_s, tr("Markdown (*.md)"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W));
    exportButton(tr("Export &CSV..."), u"csv"_s, tr("Key figures (*.csv)"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    exportButton(tr("Export &JSON..."), u"json"_s, tr("JSON (*.json)"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J));
    exportButton(tr("Export Charts as S&VG..."), u"svg"_s, tr("Charts, one file each (*.svg)"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_G));
    exportButton(tr("Export Charts as P&NG..."), u"png"_s, tr("Charts, one file each (*.png)"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N));
    exportButton(tr("Export FO&CUS Rows..."), u"focus"_s, tr("FOCUS 1.2 rows (*.csv)"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_U));
}

void ReportPage::buildCommands() {
    connect(newAction({}, tr("P&rint..."), tr("Print the report as it is shown"), QKeySequence(QKeySequence::Print)),
            &QAction::triggered, this, &ReportPage::print);
    connect(newAction({}, tr("Fit Page &Width"), tr("Show the preview at the width of the window"),
                      QKeySequence(Qt::CTRL | Qt::Key_9)),
            &QAction::triggered, m_preview, &PagePreview::fitWidth);
    connect(newAction({}, tr("Whole Page"), tr("Show the preview page by page"), QKeySequence(Qt::CTRL | Qt::Key_8)),
            &QAction::triggered, m_preview, &PagePreview::fitPage);
}

QList<QWidget*> ReportPage::panes() const {
    return {m_scenario, m_sections, m_preview};
}

void ReportPage::saveState(QSettings& settings) const {
    settings.setValue(u"splitter"_s, m_splitter->saveState());
    settings.setValue(u"audience"_s, m_audience->currentIndex());
    settings.setValue(u"paper"_s, m_paper->currentIndex());
}

void ReportPage::restoreState(const QSettings& settings) {
    m_splitter->restoreState(settings.value(u"splitter"_s).toByteArray());
    m_audience->setCurrentIndex(settings.value(u"audience"_s).toInt());
    m_paper->setCurrentIndex(settings.value(u"paper"_s).toInt());
}

void ReportPage::forget() {
    m_build->drop();
    m_whole.reset();
    m_shown.reset();
    m_preview->setReport(nullptr, QPageSize::A4);
    m_on.reset();
}

void ReportPage::refreshWorkbench() {
    showInstead(tr("Writing the report..."));
}

void ReportPage::refreshState() {
    start();
}

void ReportPage::start() {
    const auto workbench = m_session.workbench();
    if (!workbench) {
        return;
    }
    // What was chosen stays chosen; at first the pinned scenario is the one to propose.
    const bool first = m_scenario->count() == 0;
    const QVariant kept = m_scenario->currentData();
    m_scenario->clear();
    m_scenario->addItem(tr("Present policy: %1").arg(coreText(m_session.policy().name)), QString());
    for (const auto& scenario : m_session.scenarios()) {
        m_scenario->addItem(scenario.name, scenario.name);
        if (first && scenario.pinned) {
            m_scenario->setCurrentIndex(m_scenario->count() - 1);
        }
    }
    if (!first) {
        m_scenario->setCurrentIndex(std::max(0, m_scenario->findData(kept)));
    }

    QList<NamedScenario> scenarios = m_session.scenarios();
    scenarios.prepend({toQt(m_session.policy().name), m_session.policy(), false, {}});
    scenarios.move(m_scenario->currentIndex(), 0);
    struct Answer {
        report::Report report;
        std::shared_ptr<const project::Workbench> on;
        route::Policy proposed;
        int leftOut = 0;
    };
    m_build->start(
        tr("Writing the report"),
        [worlds = m_session.worlds(), scenarios, project = desk().project(), baseline = m_session.state().baseline,
         bar = m_session.state().bar](TaskContext& context) -> Result<Answer> {
            // One workbench prices a report: that of the proposed scenario. The others that run on it come along.
            Answer answer;
            std::vector<route::Policy> policies;
            for (const auto& scenario : scenarios) {
                auto place = worlds->placeOf(scenario.policy, scenario.world, context);
                if (!place && policies.empty()) {
                    return fail(place.error());
                }
                if (policies.empty()) {
                    answer.on = place->on;
                }
                if (place && place->on == answer.on) {
                    place->policy.name = toUtf8(scenario.name);
                    policies.push_back(place->policy);
                } else {
                    ++answer.leftOut;
                }
            }
            auto request = project::reportRequest(project, *answer.on, policies, baseline, bar);
            if (!request) {
                return fail(request.error());
            }
            auto report = project::buildReport(*answer.on, *request, context);
            if (!report) {
                return fail(report.error());
            }
            answer.report = std::move(*report);
            answer.proposed = policies.front();
            return answer;
        },
        [this](Result<Answer> report) {
            if (report) {
                m_whole = std::move(report->report);
                m_on = report->on;
                m_proposed = report->proposed;
                m_leftOut->setText(report->leftOut == 0
                                       ? QString()
                                       : tr("%n scenario(s) with other models, prices or assumptions are left out.",
                                            nullptr, report->leftOut));
                m_leftOut->setVisible(report->leftOut > 0);
                fillSections();
                choose();
                showBody();
            } else if (report.error().code != ErrorCode::cancelled) {
                showInstead(coreText(report.error()));
                desk().showError(report.error());
            }
        });
}

void ReportPage::fillSections() {
    if (!m_whole) {
        return;
    }
    m_filling = true;
    m_sections->clear();
    const bool manager = m_audience->currentIndex() == 0;
    for (const auto& section : m_whole->sections) {
        auto* item = new QListWidgetItem(toQt(section.title), m_sections);
        item->setData(Qt::UserRole, toQt(section.id));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(manager && section.analystOnly ? Qt::Unchecked : Qt::Checked);
    }
    m_filling = false;
}

report::Report ReportPage::chosenReport() const {
    std::vector<std::string> chosen;
    for (int i = 0; i < m_sections->count(); ++i) {
        if (m_sections->item(i)->checkState() == Qt::Checked) {
            chosen.push_back(toUtf8(m_sections->item(i)->data(Qt::UserRole).toString()));
        }
    }
    if (chosen.empty()) {
        chosen.emplace_back("decision");
    }
    const auto audience = m_audience->currentIndex() == 0 ? report::Audience::manager : report::Audience::analyst;
    return report::selected(*m_whole, audience, chosen);
}

int ReportPage::pageSize() const {
    return m_paper->currentData().toInt();
}

void ReportPage::choose() {
    if (!m_whole) {
        return;
    }
    m_shown = std::make_shared<const report::Report>(chosenReport());
    m_preview->setReport(m_shown, static_cast<QPageSize::PageSizeId>(pageSize()));
}

void ReportPage::exportAs(const QString& suffix, const QString& filter) {
    if (!m_whole) {
        desk().tell(tr("There is no report yet"));
        return;
    }
    const QString ending = suffix == u"focus"_s ? u"csv"_s : suffix;
    const QString name = desk().projectName() + (suffix == u"focus"_s ? u"-focus."_s : u"-report."_s) + ending;
    QString path = desk().dialogs().saveFile(this, tr("Export report"), name, filter);
    if (path.isEmpty()) {
        return;
    }
    if (QFileInfo(path).suffix().isEmpty()) {
        path += u'.' + ending;
    }
    m_write->start(
        tr("Exporting %1").arg(QFileInfo(path).fileName()),
        [report = m_shown, path, suffix, workbench = m_on, policy = m_proposed,
         page = static_cast<QPageSize::PageSizeId>(pageSize())](TaskContext& context) -> Result<void> {
            if (suffix == u"pdf"_s) {
                return writePdf(*report, path, page);
            }
            if (suffix == u"svg"_s || suffix == u"png"_s) {
                return writeCharts(*report, path);
            }
            if (suffix == u"focus"_s) {
                return project::exportFocus(*workbench, policy, toUtf8(path), context);
            }
            const auto format = project::parseReportFormat(toUtf8(suffix));
            return format ? project::exportReport(*report, *format, toUtf8(path)) : Result<void>(fail(format.error()));
        },
        [this, path](Result<void> written) {
            if (written) {
                desk().tell(tr("Wrote %1").arg(path));
            } else if (written.error().code != ErrorCode::cancelled) {
                desk().showError(written.error());
            }
        });
}

void ReportPage::print() {
    if (!m_whole) {
        return;
    }
    const auto printer = std::make_shared<QPrinter>(QPrinter::HighResolution);
    printer->setPageSize(QPageSize(static_cast<QPageSize::PageSizeId>(pageSize())));
    printer->setFullPage(true);
    QPrintDialog dialog(printer.get(), this);
    if (dialog.exec() != QDialog::Accepted) {
        return;
    }
    m_write->start(
        tr("Printing the report"),
        [report = m_shown, printer](TaskContext&) -> Result<void> {
            if (!paintReport(*report, *printer)) {
                return fail(ErrorCode::io, "the report could not be printed", "Check the printer, or export a PDF.");
            }
            return {};
        },
        [this](Result<void> printed) {
            if (!printed && printed.error().code != ErrorCode::cancelled) {
                desk().showError(printed.error());
            }
        });
}

}  // namespace tierwise::ui
