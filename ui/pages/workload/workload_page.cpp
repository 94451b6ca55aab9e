// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/workload/workload_page.h"

#include <QAction>
#include <QSettings>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "ui/format/format.h"
#include "ui/models/request_model.h"
#include "ui/pages/workload/doctor_tab.h"
#include "ui/pages/workload/imports_tab.h"
#include "ui/pages/workload/overview_tab.h"
#include "ui/pages/workload/rejects_tab.h"
#include "ui/pages/workload/requests_tab.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/filter_bar.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

WorkloadPage::WorkloadPage(Desk& desk, QWidget* parent)
    : Page(desk, parent),
      m_tabs(new QTabWidget(this)),
      m_requests(new RequestsTab(desk, this)),
      m_overview(new OverviewTab(desk, this)),
      m_imports(new ImportsTab(desk, this)),
      m_rejects(new RejectsTab(desk, this)),
      m_doctor(new DoctorTab(desk, this)) {
    m_tabs->setDocumentMode(true);
    m_tabs->setObjectName(u"workloadTabs"_s);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the workload"));
    m_tabs->setAccessibleName(m_tabs->tabBar()->accessibleName());
    m_tabs->addTab(m_requests, tr("Requests"));
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(m_imports, tr("Imports"));
    m_tabs->addTab(m_rejects, tr("Rejects"));
    m_tabs->addTab(m_doctor, tr("Doctor"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_tabs);
    addCommands();
    const auto status = [this](QWidget* tab) {
        return [this, tab](const QString& text) {
            m_status[tab] = text;
            showStatusOf(m_tabs->currentWidget());
        };
    };
    connect(m_requests, &RequestsTab::statusChanged, this, status(m_requests));
    connect(m_overview, &OverviewTab::statusChanged, this, status(m_overview));
    connect(m_imports, &ImportsTab::statusChanged, this, status(m_imports));
    connect(m_rejects, &RejectsTab::statusChanged, this, status(m_rejects));
    connect(m_doctor, &DoctorTab::statusChanged, this, status(m_doctor));
    connect(m_doctor, &DoctorTab::titleChanged, this,
            [this](const QString& title) { m_tabs->setTabText(m_tabs->indexOf(m_doctor), title); });
    connect(m_doctor, &DoctorTab::rowWanted, this, [this](qint64 id) {
        show({{u"column"_s, u"id"_s}, {u"value"_s, QString::number(id)}});
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        showStatusOf(m_tabs->currentWidget());
        if (m_tabs->currentWidget() == m_overview && m_overviewStale) {
            m_overviewStale = false;
            m_overview->refresh();
        }
    });
    connect(m_overview, &OverviewTab::rowsWanted, this, [this](const QString& name, const QString& value) {
        show({{u"column"_s, name}, {u"value"_s, value}});
    });
    connect(m_imports, &ImportsTab::rejectsWanted, this, [this](qint64 id) {
        m_rejects->showImport(ImportId(id));
        m_tabs->setCurrentWidget(m_rejects);
    });
    connect(&desk, &Desk::projectChanged, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
    connect(&desk, &Desk::contentChanged, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
    connect(&desk, &Desk::rowsScored, m_requests, &RequestsTab::rereadRows);
}

void WorkloadPage::addCommands() {
    const auto command = [this](const QString& icon, const QString& text, const QString& tip, const QString& key,
                                auto run) {
        connect(newAction(icon, text, tip, QKeySequence(key)), &QAction::triggered, this, run);
    };
    const auto onRequests = [this](auto run) {
        return [this, run] {
            m_tabs->setCurrentWidget(m_requests);
            run();
        };
    };
    command(u"search"_s, tr("&Search rows"), tr("Go to the search field"), u"Ctrl+F"_s,
            onRequests([this] { m_requests->focusFilter(); }));
    command(u"filter"_s, tr("&Add filter..."), tr("Show only rows that meet a condition"), u"Ctrl+Shift+F"_s,
            onRequests([this] { m_requests->filterBar()->addFilterDialog(); }));
    command(u"filter"_s, tr("&Only this value"), tr("Show only rows with the value of the current cell"), u"Ctrl+E"_s,
            onRequests([this] { m_requests->filterBySelected(false); }));
    command(u"filter"_s, tr("&Without this value"), tr("Hide rows with the value of the current cell"),
            u"Ctrl+Shift+E"_s, onRequests([this] { m_requests->filterBySelected(true); }));
    command(u"cancel"_s, tr("&Clear filters"), tr("Show all rows again"), u"Ctrl+Backspace"_s,
            onRequests([this] { m_requests->filterBar()->clear(); }));
    command(u"columns"_s, tr("C&hoose columns"), tr("Show or hide columns of the request table"), u"Ctrl+Alt+C"_s,
            onRequests([this] { m_requests->table()->showColumnChooser(); }));
    command(u"info"_s, tr("Show or hide &details"), tr("The selected request, whole, beside the table"), u"Ctrl+D"_s,
            onRequests([this] { m_requests->toggleDetail(); }));
    const QList<std::tuple<QString, QString, QString>> groups{
        {u""_s, u"Ctrl+G, N"_s, tr("Group by &nothing")},  {u"model"_s, u"Ctrl+G, M"_s, tr("Group by &model")},
        {u"team"_s, u"Ctrl+G, T"_s, tr("Group by &team")}, {u"session"_s, u"Ctrl+G, S"_s, tr("Group by s&ession")},
        {u"tag"_s, u"Ctrl+G, G"_s, tr("Group by ta&g")},   {u"day"_s, u"Ctrl+G, D"_s, tr("Group by da&y")}};
    for (const auto& [name, key, title] : groups) {
        command(u"table"_s, title, tr("Show totals in place of rows, or rows again"), key,
                onRequests([this, by = name] { m_requests->groupBy(by); }));
    }
    command(u"export"_s, tr("Export ro&ws..."), tr("Write the rows shown, whole, as CSV"), u"Ctrl+Shift+X"_s,
            onRequests([this] { m_requests->exportShown(); }));
    command(u"chart"_s, tr("Show o&verview"), tr("Cost by tier, over time, by model and team"), u"Alt+2"_s,
            [this] { m_tabs->setCurrentWidget(m_overview); });
    command(u"import"_s, tr("Show &imports"), tr("What was imported, and how it went"), u"Alt+3"_s,
            [this] { m_tabs->setCurrentWidget(m_imports); });
    command(u"warning"_s, tr("Show &rejects"), tr("Records that did not become rows, and why"), u"Alt+4"_s,
            [this] { m_tabs->setCurrentWidget(m_rejects); });
    command(u"search"_s, tr("Show the &doctor"), tr("What is odd in the rows, and how to mend it"), u"Alt+5"_s,
            [this] { m_tabs->setCurrentWidget(m_doctor); });
    command(u"edit"_s, tr("&Mend the selected finding"), tr("Do what the doctor's selected finding offers, or undo it"),
            u"Ctrl+M"_s, [this] { m_doctor->actOnSelected(); });
    command(u"table"_s, tr("Show re&quests"), tr("The rows themselves"), u"Alt+1"_s,
            [this] { m_tabs->setCurrentWidget(m_requests); });
    command(u"undo"_s, tr("Take the selected import back"),
            tr("Remove all rows of the import that is selected under Imports"), u"Ctrl+Alt+Z"_s,
            [this] { m_imports->undoSelected(); });
    command(u"import"_s, tr("Resume the import that was broken off"),
            tr("Go on where it stopped; nothing is added twice"), u"Ctrl+Alt+R"_s, [this] { m_imports->resume(); });
    command(u"undo"_s, tr("Roll the unfinished import back"), tr("Remove what the import left that was broken off"),
            u"Ctrl+Alt+B"_s, [this] { m_imports->rollBack(); });
    command(u"export"_s, tr("E&xport rejects..."), tr("Write the rejected records with their reasons as CSV"),
            u"Ctrl+Alt+X"_s, [this] { m_rejects->exportAll(); });
    command(u"export"_s, tr("Export rejects to mend..."), tr("A CSV with the log's own columns and the reasons"),
            u"Ctrl+Alt+M"_s, [this] { m_rejects->exportToMend(); });
    command(u"import"_s, tr("Try mended rejects..."), tr("Read the mended CSV in place of the rejects"),
            u"Ctrl+Alt+T"_s, [this] { m_rejects->retryMended(); });
    command(u"redo"_s, tr("Try rejects again"), tr("As they are, after the mapping or the program has changed"),
            u"Ctrl+Alt+Y"_s, [this] { m_rejects->retryAsTheyAre(); });
}

void WorkloadPage::activated() {
    if (m_shownVersion != desk().contentVersion()) {
        refresh();
    }
}

void WorkloadPage::refresh() {
    m_shownVersion = desk().contentVersion();
    m_requests->setProject();
    m_imports->refresh();
    m_rejects->showImport({});
    m_doctor->refresh();
    desk().needCatalog();
    m_overviewStale = m_tabs->currentWidget() != m_overview;
    if (!m_overviewStale) {
        m_overview->refresh();
    }
}

void WorkloadPage::showStatusOf(QWidget* tab) {
    setStatusText(m_status.value(tab));
}

QList<QWidget*> WorkloadPage::panes() const {
    if (m_tabs->currentWidget() == m_requests) {
        return QList<QWidget*>{m_tabs->tabBar()} + m_requests->panes();
    }
    return {m_tabs->tabBar(), m_tabs->currentWidget()};
}

void WorkloadPage::show(const QVariantMap& request) {
    if (request.contains(u"column"_s)) {
        m_tabs->setCurrentWidget(m_requests);
        m_requests->showFilters({{toUtf8(request.value(u"column"_s).toString()), project::FilterOp::equals,
                                  toUtf8(request.value(u"value"_s).toString())}},
                                {});
    }
    const QString tab = request.value(u"tab"_s).toString();
    if (tab == u"overview"_s) {
        m_tabs->setCurrentWidget(m_overview);
    } else if (tab == u"imports"_s) {
        m_tabs->setCurrentWidget(m_imports);
    } else if (tab == u"rejects"_s) {
        m_tabs->setCurrentWidget(m_rejects);
    } else if (tab == u"doctor"_s) {
        m_tabs->setCurrentWidget(m_doctor);
    }
}

void WorkloadPage::saveState(QSettings& settings) const {
    m_requests->saveState(settings);
    settings.setValue(u"tab"_s, m_tabs->currentIndex());
}

void WorkloadPage::restoreState(const QSettings& settings) {
    m_requests->restoreState(settings);
    m_tabs->setCurrentIndex(settings.value(u"tab"_s, 0).toInt());
}

}  // namespace tierwise::ui
