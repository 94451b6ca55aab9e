// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/main_window.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenuBar>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QStatusTipEvent>
#include <QUndoStack>

#include "core/project/resources.h"
#include "ui/charts/chart_panel.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/format/format.h"
#include "ui/jobs/job_slot.h"
#include "ui/shell/desk.h"
#include "ui/shell/folder_watch.h"
#include "ui/shell/help_pane.h"
#include "ui/shell/page_rail.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_area.h"
#include "ui/theme/theme.h"
#include "ui/widgets/message_bar.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

MainWindow::MainWindow(const QString& settingsFile, QWidget* parent)
    : QMainWindow(parent),
      m_desk(std::make_unique<Desk>(settingsFile)),
      m_findSlot(std::make_unique<JobSlot>(m_desk->jobs())),
      m_watch(std::make_unique<FolderWatch>(*m_desk)) {
    setObjectName(u"mainWindow"_s);
    setWindowIcon(Theme::instance().appIcon());
    setAcceptDrops(true);
    setMinimumSize(860, 560);
    m_desk->setWindow(this);
    Theme::instance().setMode(static_cast<ThemeMode>(m_desk->settings().value(u"window/theme"_s, 0).toInt()));
    for (PageSpec& spec : pageList()) {
        m_pages.push_back({std::move(spec), nullptr, nullptr});
    }
    buildMenus();
    buildBody();
    ChartPanel::setAskSavePath([this](QWidget* where, const QString& suggestion, const QString& filter) {
        return m_desk->dialogs().saveFile(where, tr("Export chart"), suggestion, filter);
    });
    connect(m_desk.get(), &Desk::messageRaised, m_messages, &MessageBar::showMessage);
    connect(m_desk.get(), &Desk::told, m_status, &StatusArea::tell);
    connect(m_desk.get(), &Desk::projectChanged, this, [this] {
        updateTitle();
        showCurrent();
    });
    connect(m_desk.get(), &Desk::pageRequested, this, [this](const QString& id, const QVariantMap& request) {
        goToPage(id);
        if (Page* page = currentPage(); page != nullptr && !request.isEmpty()) {
            page->show(request);
        }
    });
    connect(m_desk.get(), &Desk::importsFinished, this, [this](bool firstOnes) {
        if (firstOnes) {
            goToPage(u"tradeoff"_s);  // the answer that the log was opened for
        }
    });
    connect(m_desk.get(), &Desk::syntheticChanged, this, [this] {
        m_synthetic->setVisible(m_desk->isSynthetic());
        setProperty(ChartPanel::kDataMark, m_desk->isSynthetic() ? tr("made-up sample data") : QString());
        updateTitle();
    });
    connect(m_watch.get(), &FolderWatch::foldersChanged, this,
            [this] { m_stopWatching->setEnabled(!m_watch->folders().isEmpty()); });
    connect(m_watch.get(), &FolderWatch::logsFound, this, &MainWindow::takeWatched);
    connect(m_start, &StartPage::recentChosen, this, [this](const QString& path) { openPaths({path}); });
    updateTitle();
    restoreState();
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() {
    qApp->removeEventFilter(this);
    // Pages and dialogs hold job slots: they go before the runner, which the desk owns.
    qDeleteAll(findChildren<QDialog*>(QString(), Qt::FindDirectChildrenOnly));
    delete takeCentralWidget();
}

void MainWindow::buildBody() {
    auto* body = new QWidget(this);
    m_rail = new PageRail(body);
    for (Slot& slot : m_pages) {
        m_rail->addPage(slot.action);
    }
    m_synthetic = new QLabel(tr("Synthetic sample: made-up requests of a made-up company"), body);
    m_synthetic->setObjectName(u"syntheticMark"_s);
    m_synthetic->setAlignment(Qt::AlignCenter);
    m_synthetic->hide();
    m_messages = new MessageBar(body);
    m_stack = new QStackedWidget(body);
    m_start = new StartPage(*m_desk, m_stack);
    m_stack->addWidget(m_start);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_synthetic);
    right->addWidget(m_messages);
    right->addWidget(m_stack, 1);
    auto* line = new QHBoxLayout(body);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(0);
    line->addWidget(m_rail);
    line->addLayout(right, 1);
    setCentralWidget(body);
    m_help = new HelpPane(this);
    addDockWidget(Qt::RightDockWidgetArea, m_help);
    m_status = new StatusArea(m_desk->jobs(), this);
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
}

Page* MainWindow::pageAt(int index) {
    Slot& slot = m_pages[static_cast<std::size_t>(index)];
    if (slot.page == nullptr) {
        slot.page = slot.spec.make(*m_desk, m_stack);
        slot.page->setObjectName(slot.spec.id + u"Page"_s);
        m_stack->addWidget(slot.page);
        QSettings& settings = m_desk->settings();
        settings.beginGroup(u"page_"_s + slot.spec.id);
        slot.page->restoreState(settings);
        settings.endGroup();
        connect(slot.page, &Page::statusTextChanged, this, [this, page = slot.page](const QString& text) {
            if (m_stack->currentWidget() == page) {
                m_status->setPageText(text);
            }
        });
    }
    return slot.page;
}

void MainWindow::selectPage(int index) {
    if (m_current != index) {
        if (Page* old = currentPage()) {
            old->deactivated();
        }
        m_current = index;
    }
    showCurrent();
    // The keyboard goes along, unless it is walking through the rail.
    QWidget* focus = QApplication::focusWidget();
    if (isVisible() && (focus == nullptr || !focus->isVisible() || !m_rail->isAncestorOf(focus))) {
        focusPage();
    }
}

// The first part of the page in front that takes keys.
void MainWindow::focusPage() {
    Page* page = currentPage();
    if (page == nullptr || m_stack->currentWidget() != page) {
        return;
    }
    const QList<QWidget*> panes = page->panes();
    for (qsizetype i = panes.size() - 1; i >= 0; --i) {
        if (qobject_cast<QAbstractItemView*>(panes[i]) != nullptr && panes[i]->isVisible()) {
            panes[i]->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    for (QWidget* pane : panes) {
        if (pane->isVisible() && pane->focusPolicy() != Qt::NoFocus) {
            pane->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

void MainWindow::showCurrent() {
    const bool project = m_desk->hasProject();
    m_saveCopy->setEnabled(project);
    m_closeProject->setEnabled(project);
    m_watchFolder->setEnabled(project);
    m_stopWatching->setEnabled(!m_watch->folders().isEmpty());
    if (m_pages.empty()) {
        return;
    }
    m_pages[static_cast<std::size_t>(m_current)].action->setChecked(true);
    m_rail->setCurrent(m_current);
    m_pageMenu->clear();  // the keys of a page that went to the back must not live on in the menu
    Page* page = pageAt(m_current);
    const bool start = page->needsProject() && !project;
    m_stack->setCurrentWidget(start ? static_cast<QWidget*>(m_start) : page);
    m_status->setPageText(start ? QString() : page->statusText());
    if (!start) {
        page->activated();
    }
    if (m_help->isVisible()) {
        m_help->showTopic(start ? u"start"_s : currentPageId());
    }
}

void MainWindow::goToPage(const QString& id) {
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (m_pages[i].spec.id == id) {
            selectPage(static_cast<int>(i));
        }
    }
}

QString MainWindow::currentPageId() const {
    return m_pages.empty() ? QString() : m_pages[static_cast<std::size_t>(m_current)].spec.id;
}

Page* MainWindow::currentPage() const {
    return m_pages.empty() ? nullptr : m_pages[static_cast<std::size_t>(m_current)].page;
}

void MainWindow::nextPane(int step) {
    QList<QWidget*> panes{m_rail->currentButton()};
    if (m_messages->isVisible()) {
        panes.append(m_messages);
    }
    if (Page* page = currentPage(); page != nullptr && m_stack->currentWidget() == page) {
        for (QWidget* pane : page->panes()) {
            if (pane->isVisible()) {
                panes.append(pane);
            }
        }
    } else {
        panes.append(m_start);
    }
    if (m_help->isVisible()) {
        panes.append(m_help->widget());
    }
    int at = -1;
    for (int i = 0; i < panes.size(); ++i) {
        QWidget* focus = QApplication::focusWidget();
        if (focus != nullptr && (panes[i] == focus || panes[i]->isAncestorOf(focus))) {
            at = i;
        }
    }
    QWidget* target = panes[(at + step + static_cast<int>(panes.size())) % static_cast<int>(panes.size())];
    if (target->focusPolicy() == Qt::NoFocus) {
        for (QWidget* child : target->findChildren<QWidget*>()) {
            if ((child->focusPolicy() & Qt::TabFocus) != 0 && child->isVisible() && child->isEnabled()) {
                target = child;
                break;
            }
        }
    }
    target->setFocus(Qt::TabFocusReason);
}

void MainWindow::openDialog() {
    QSettings& settings = m_desk->settings();
    const QStringList paths = m_desk->dialogs().openFiles(
        this, tr("Open logs or a project"), settings.value(u"recent/folder"_s).toString(),
        tr("Logs and projects (*.csv *.tsv *.txt *.json *.jsonl *.ndjson *.gz *.zst *.tierwise);;All files (*)"));
    if (!paths.isEmpty()) {
        settings.setValue(u"recent/folder"_s, QFileInfo(paths.first()).path());
        openPaths(paths);
    }
}

void MainWindow::openPaths(const QStringList& paths) {
    QStringList logs;
    bool folders = false;
    for (const QString& path : paths) {
        const QFileInfo info(path);
        if (!info.isDir() && info.suffix().compare(u"tierwise"_s, Qt::CaseInsensitive) == 0) {
            m_desk->openProject(info.absoluteFilePath());
            return;
        }
        folders = folders || info.isDir();
        logs.append(info.absoluteFilePath());
    }
    if (!folders) {
        importLogs(logs);
        return;
    }
    m_findSlot->start(
        tr("Looking for logs"), [logs](TaskContext& context) { return findLogs(logs, context); },
        [this, logs](Result<QStringList> found) {
            if (!found) {
                m_desk->showError(found.error());
            } else if (found->isEmpty()) {
                m_desk->showError({ErrorCode::notFound,
                                   toUtf8(tr("there is no log in this folder")),
                                   toUtf8(tr("Logs are files such as .csv, .jsonl or .json, packed or not")),
                                   toUtf8(logs.first()),
                                   {},
                                   {}});
            } else {
                importLogs(*found);
            }
        });
}

void MainWindow::importLogs(const QStringList& logs) {
    if (logs.isEmpty()) {
        return;
    }
    auto* dialog = new ImportDialog(*m_desk, logs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, logs] {
        m_desk->rememberLogs(logs);
        m_desk->importFiles(dialog->options());
    });
    dialog->open();
}

// Logs that appeared in a watched folder: what is surely known comes in, the rest is offered.
void MainWindow::takeWatched(const QStringList& sure, const QStringList& unsure) {
    QList<project::ImportOptions> files;
    for (const QString& path : sure) {
        files.append(m_desk->usualOptions(path));
    }
    m_desk->importFiles(files);
    if (!unsure.isEmpty()) {
        MessageBar::Message message;
        message.text =
            tr("%n new log(s) in a watched folder are of no known kind", nullptr, static_cast<int>(unsure.size()));
        message.hint = tr("Say what the columns mean, and keep that as a preset");
        message.details = unsure.join(u'\n');
        message.actionText = tr("Import...");
        message.action = [this, unsure] { importLogs(unsure); };
        m_desk->showMessage(message);
    }
}

void MainWindow::watchFolder() {
    const QString folder = m_desk->dialogs().chooseFolder(this, tr("Watch a folder for new logs"),
                                                          m_desk->settings().value(u"recent/folder"_s).toString());
    if (!folder.isEmpty()) {
        m_watch->add(folder);
    }
}

void MainWindow::reopenLast() {
    const QSettings& settings = m_desk->settings();
    const QString path = settings.value(u"window/project"_s).toString();
    if (settings.value(u"window/reopen"_s, true).toBool() && QFileInfo::exists(path)) {
        m_desk->openProject(path);
    }
}

// The sample is imported once into a project of its own, and opened from then on.
void MainWindow::openSample() {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const QString project = folder + u"/sample.tierwise"_s;
    if (QFileInfo::exists(project)) {
        m_desk->openProject(project);
        return;
    }
    const auto log = project::resourcePath("sample/sample.csv");
    if (!log) {
        m_desk->showError(log.error());
        return;
    }
    QDir().mkpath(folder);
    m_desk->closeProject();
    project::ImportOptions options;
    options.file = *log;
    m_desk->importInto(project, {options});
}

void MainWindow::saveCopy() {
    const QString path = m_desk->dialogs().saveFile(this, tr("Save a copy of the project"),
                                                    m_desk->projectName() + tr(" copy") + u".tierwise"_s,
                                                    tr("Tierwise projects (*.tierwise)"));
    if (!path.isEmpty()) {
        m_desk->saveCopy(path);
    }
}

void MainWindow::updateTitle() {
    const QString name = m_desk->projectName();
    setWindowTitle(name.isEmpty()          ? tr("Tierwise")
                   : m_desk->isSynthetic() ? tr("%1 (synthetic) \u2013 Tierwise").arg(name)
                                           : tr("%1 \u2013 Tierwise").arg(name));
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) {
        event->acceptProposedAction();
        m_start->setDropActive(true);
    }
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event) {
    m_start->setDropActive(false);
    QMainWindow::dragLeaveEvent(event);
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_start->setDropActive(false);
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile()) {
            paths.append(url.toLocalFile());
        }
    }
    if (!paths.isEmpty()) {
        event->acceptProposedAction();
        // After the drop is answered: the program that drags must not wait for a dialog of ours.
        QMetaObject::invokeMethod(
            this, [this, paths] { openPaths(paths); }, Qt::QueuedConnection);
    }
}

// Digits alone go to the pages, wherever nothing else takes them: a text field, or a table's own keys.
void MainWindow::keyPressEvent(QKeyEvent* event) {
    const int page = event->key() - Qt::Key_1;
    const bool plain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (plain && page >= 0 && page < static_cast<int>(m_pages.size())) {
        selectPage(page);
        return;
    }
    QMainWindow::keyPressEvent(event);
}

// Text fields would take a dropped file as text: over them too it is a file.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove || event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event);
        auto* widget = qobject_cast<QWidget*>(watched);
        if (widget != nullptr && widget != this && widget->window() == this && drop->mimeData()->hasUrls()) {
            drop->acceptProposedAction();
            if (event->type() == QEvent::Drop) {
                dropEvent(drop);
            }
            return true;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

// Tips take the page's words' place, not the whole bar: a running job and its Cancel stay in sight.
bool MainWindow::event(QEvent* event) {
    if (event->type() == QEvent::StatusTip && m_status != nullptr) {
        m_status->setTip(static_cast<QStatusTipEvent*>(event)->tip());
        return true;
    }
    return QMainWindow::event(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    saveState();
    m_desk->jobs().cancelAll();
    QMainWindow::closeEvent(event);
}

void MainWindow::saveState() {
    QSettings& settings = m_desk->settings();
    settings.setValue(u"window/geometry"_s, saveGeometry());
    settings.setValue(u"window/state"_s, QMainWindow::saveState());
    settings.setValue(u"window/page"_s, currentPageId());
    settings.setValue(u"window/project"_s, m_desk->hasProject() ? toQt(m_desk->project().path().string()) : QString());
    for (const Slot& slot : m_pages) {
        if (slot.page != nullptr) {
            settings.beginGroup(u"page_"_s + slot.spec.id);
            slot.page->saveState(settings);
            settings.endGroup();
        }
    }
    settings.sync();
}

void MainWindow::restoreState() {
    const QSettings& settings = m_desk->settings();
    if (!restoreGeometry(settings.value(u"window/geometry"_s).toByteArray())) {
        const QSize room = screen()->availableSize();
        resize(std::min(1280, room.width()), std::min(800, room.height()));
    }
    QMainWindow::restoreState(settings.value(u"window/state"_s).toByteArray());
    m_help->hide();
    goToPage(settings.value(u"window/page"_s, u"workload"_s).toString());
    showCurrent();
}

}  // namespace tierwise::ui
