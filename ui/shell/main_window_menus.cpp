// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: menus and their commands.
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QStackedWidget>
#include <QUndoStack>

#include "ui/dialogs/preferences_dialog.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/desk.h"
#include "ui/shell/folder_watch.h"
#include "ui/shell/help_pane.h"
#include "ui/shell/main_window.h"
#include "ui/shell/start_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

QString plain(QString text) {
    return text.remove(u'&').remove(u"..."_s).remove(u"\u2026"_s);
}

// Every action below a menu, with the way to it; the "recent" list and the page menu's own copies stay out.
void collect(const QMenu* menu, const QString& path, QList<CommandPalette::Entry>& entries) {
    for (QAction* action : menu->actions()) {
        if (action->isSeparator() || !action->isVisible()) {
            continue;
        }
        const QString name = path + u" \u203a "_s + plain(action->text());
        if (action->menu() != nullptr) {
            collect(action->menu(), name, entries);
        } else {
            entries.append({name, action});
        }
    }
}

}  // namespace

QAction* MainWindow::add(QMenu* menu, const QString& icon, const QString& text, const QString& tip,
                         const QKeySequence& key, const QString& name) {
    QAction* action = menu->addAction(text);
    if (!icon.isEmpty()) {
        action->setIcon(Theme::instance().icon(icon));
    }
    action->setToolTip(tip);
    action->setStatusTip(tip);
    action->setShortcut(key);
    if (!name.isEmpty()) {
        action->setObjectName(name);
        m_desk->setCommand(name, action);
    }
    return action;
}

void MainWindow::buildMenus() {
    buildFileMenu();
    buildEditMenu();
    m_pageMenu = menuBar()->addMenu(tr("&Page"));
    m_pageMenu->setObjectName(u"pageMenu"_s);
    connect(m_pageMenu, &QMenu::aboutToShow, this, &MainWindow::fillPageMenu);
    buildViewMenu();
    buildHelpMenu();
}

void MainWindow::buildFileMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&File"));
    QAction* open =
        add(menu, u"open"_s, tr("&Open..."), tr("Open a log or a project"), QKeySequence::Open, u"openFile"_s);
    connect(open, &QAction::triggered, this, &MainWindow::openDialog);
    QAction* sample =
        add(menu, u"sample"_s, tr("Open the &sample workload"), tr("Open a month of a made-up company's requests"),
            QKeySequence(u"Ctrl+Shift+O"_s), u"openSample"_s);
    connect(sample, &QAction::triggered, this, &MainWindow::openSample);
    m_recentMenu = menu->addMenu(Theme::instance().icon(u"recent"_s), tr("Open &recent"));
    connect(m_recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    menu->addSeparator();
    m_watchFolder =
        add(menu, {}, tr("&Watch a folder..."), tr("New logs in the folder come into this project by themselves"),
            QKeySequence(u"Ctrl+Alt+W"_s), u"watchFolder"_s);
    connect(m_watchFolder, &QAction::triggered, this, &MainWindow::watchFolder);
    m_stopWatching = add(menu, {}, tr("S&top watching folders"), tr("New logs no longer come in by themselves"),
                         QKeySequence(u"Ctrl+Alt+Shift+W"_s), u"stopWatching"_s);
    m_stopWatching->setEnabled(false);
    connect(m_stopWatching, &QAction::triggered, m_watch.get(), &FolderWatch::stopAll);
    menu->addSeparator();
    m_saveCopy = add(menu, u"copy"_s, tr("Save a &copy..."), tr("Write a copy of the project to another file"),
                     QKeySequence(u"Ctrl+Shift+S"_s), u"saveCopy"_s);
    connect(m_saveCopy, &QAction::triggered, this, &MainWindow::saveCopy);
    m_closeProject = add(menu, {}, tr("C&lose project"), tr("Close the project; everything is already saved"),
                         QKeySequence(u"Ctrl+W"_s), u"closeProject"_s);
    connect(m_closeProject, &QAction::triggered, m_desk.get(), &Desk::closeProject);
    menu->addSeparator();
    m_cancelJob = add(menu, u"cancel"_s, tr("Cancel the &running job"),
                      tr("Stop what is running longest in sight; nothing is left half done"), QKeySequence(u"Ctrl+."_s),
                      u"cancelRunning"_s);
    connect(m_cancelJob, &QAction::triggered, this, [this] {
        if (const auto running = m_desk->jobs().visibleJobs(); !running.isEmpty()) {
            m_desk->jobs().cancel(running.last()->id);
        } else {
            m_desk->tell(tr("Nothing is running"));
        }
    });
    QAction* preferences = add(menu, u"edit"_s, tr("&Preferences..."), tr("Language, theme, folders, personal data"),
                               QKeySequence(u"Ctrl+,"_s), u"preferences"_s);
    connect(preferences, &QAction::triggered, this, &MainWindow::showPreferences);
    menu->addSeparator();
    QAction* quit = add(menu, {}, tr("&Quit"), tr("Leave Tierwise; everything is already saved"),
                        QKeySequence(u"Ctrl+Q"_s), u"quit"_s);
    connect(quit, &QAction::triggered, this, &QWidget::close);
}

void MainWindow::buildEditMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Edit"));
    QAction* undo = m_desk->undo().createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    undo->setIcon(Theme::instance().icon(u"undo"_s));
    undo->setToolTip(tr("Undo the last edit"));
    undo->setObjectName(u"undo"_s);
    QAction* redo = m_desk->undo().createRedoAction(this, tr("&Redo"));
    redo->setShortcuts({QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s)});
    redo->setIcon(Theme::instance().icon(u"redo"_s));
    redo->setToolTip(tr("Do again what was undone"));
    redo->setObjectName(u"redo"_s);
    menu->addAction(undo);
    menu->addAction(redo);
    menu->addSeparator();
    const auto onTable = [this](auto slot) {
        return [this, slot] {
            auto* table = qobject_cast<CopyTable*>(QApplication::focusWidget());
            for (auto* other : m_stack->currentWidget()->findChildren<CopyTable*>()) {
                if (table == nullptr && other->isVisible()) {
                    table = other;  // the first in sight, where none has the focus
                }
            }
            if (table != nullptr) {
                (table->*slot)();
            } else {
                m_desk->tell(tr("There is no table here"));
            }
        };
    };
    QAction* markdown =
        add(menu, u"copy"_s, tr("Copy table as &Markdown"),
            tr("Copy the selected rows of the table in focus as Markdown"), QKeySequence(u"Ctrl+Shift+M"_s));
    connect(markdown, &QAction::triggered, this, onTable(&CopyTable::copyMarkdown));
    QAction* csv = add(menu, u"copy"_s, tr("Copy table as &CSV"),
                       tr("Copy the selected rows of the table in focus as comma-separated values"),
                       QKeySequence(u"Ctrl+Shift+C"_s));
    connect(csv, &QAction::triggered, this, onTable(&CopyTable::copyCsv));
    QAction* columns = add(menu, u"columns"_s, tr("Choose c&olumns..."),
                           tr("Show or hide columns of the table in focus"), QKeySequence(u"Ctrl+Shift+L"_s));
    connect(columns, &QAction::triggered, this, onTable(&CopyTable::showColumnChooser));
}

void MainWindow::buildViewMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&View"));
    m_pageGroup = new QActionGroup(this);
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        const PageSpec& spec = m_pages[i].spec;
        QAction* action =
            add(menu, spec.icon, spec.title, spec.tip, QKeySequence(u"Ctrl+%1"_s.arg(i + 1)), u"page_"_s + spec.id);
        action->setCheckable(true);
        m_pageGroup->addAction(action);
        m_pages[i].action = action;
        connect(action, &QAction::triggered, this, [this, i] { selectPage(static_cast<int>(i)); });
    }
    menu->addSeparator();
    QAction* palette = add(menu, u"search"_s, tr("&Commands..."), tr("Find any command by typing part of its name"),
                           QKeySequence(u"Ctrl+K"_s), u"commandPalette"_s);
    connect(palette, &QAction::triggered, this, &MainWindow::showPalette);
    QAction* next =
        add(menu, {}, tr("&Next pane"), tr("Move the keyboard to the next part of the window"), QKeySequence(u"F6"_s));
    connect(next, &QAction::triggered, this, [this] { nextPane(1); });
    QAction* previous = add(menu, {}, tr("&Previous pane"), tr("Move the keyboard to the previous part of the window"),
                            QKeySequence(u"Shift+F6"_s));
    connect(previous, &QAction::triggered, this, [this] { nextPane(-1); });
    menu->addSeparator();
    QMenu* theme = menu->addMenu(tr("&Theme"));
    m_themeGroup = new QActionGroup(this);
    const auto addTheme = [&](const QString& text, const QString& tip, const QString& key, ThemeMode mode) {
        QAction* action =
            add(theme, {}, text, tip, QKeySequence(key), u"theme_"_s + QString::number(static_cast<int>(mode)));
        action->setCheckable(true);
        action->setChecked(Theme::instance().mode() == mode);
        m_themeGroup->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode] {
            Theme::instance().setMode(mode);
            m_desk->settings().setValue(u"window/theme"_s, static_cast<int>(mode));
        });
    };
    addTheme(tr("As the &system"), tr("Light or dark as the desktop is"), u"Ctrl+Alt+S"_s, ThemeMode::system);
    addTheme(tr("&Light"), tr("Dark text on light ground"), u"Ctrl+Alt+L"_s, ThemeMode::light);
    addTheme(tr("&Dark"), tr("Light text on dark ground"), u"Ctrl+Alt+D"_s, ThemeMode::dark);
    QAction* full = add(menu, {}, tr("&Full screen"), tr("Use the whole screen, or not"), QKeySequence(u"F11"_s));
    full->setCheckable(true);
    connect(full, &QAction::toggled, this, [this](bool on) {
        setWindowState(on ? windowState() | Qt::WindowFullScreen : windowState() & ~Qt::WindowFullScreen);
    });
}

void MainWindow::buildHelpMenu() {
    QMenu* menu = menuBar()->addMenu(tr("&Help"));
    QAction* help = add(menu, u"help"_s, tr("&Help on this page"), tr("What this page shows, and how it is computed"),
                        QKeySequence(u"F1"_s), u"help"_s);
    connect(help, &QAction::triggered, this, &MainWindow::toggleHelp);
    QAction* keys =
        add(menu, {}, tr("&Keyboard shortcuts"), tr("All commands and their keys"), QKeySequence(u"Ctrl+F1"_s));
    connect(keys, &QAction::triggered, this, &MainWindow::showShortcuts);
    menu->addSeparator();
    QAction* about = add(menu, {}, tr("&About Tierwise"), tr("Version and licence"), QKeySequence(u"Shift+F1"_s));
    connect(about, &QAction::triggered, this, &MainWindow::showAbout);
}

void MainWindow::fillPageMenu() {
    m_pageMenu->clear();
    if (const Page* page = currentPage(); page != nullptr && m_stack->currentWidget() == page) {
        m_pageMenu->addActions(page->commands());
    }
    if (m_pageMenu->isEmpty()) {
        m_pageMenu->addAction(tr("No commands here"))->setEnabled(false);
    }
}

void MainWindow::fillRecentMenu() {
    m_recentMenu->clear();
    const auto list = [this](const QStringList& paths, const QString& tip) {
        for (const QString& path : paths) {
            QAction* action = m_recentMenu->addAction(QFileInfo(path).fileName().replace(u"&"_s, u"&&"_s));
            action->setToolTip(tip.arg(path));
            connect(action, &QAction::triggered, this, [this, path] { openPaths({path}); });
        }
    };
    const QStringList projects = m_desk->recentFiles();
    const QStringList logs = m_desk->recentLogs();
    list(projects, tr("Open the project %1"));
    if (!projects.isEmpty() && !logs.isEmpty()) {
        m_recentMenu->addSeparator();
    }
    list(logs, tr("Import the log %1"));
    if (m_recentMenu->isEmpty()) {
        QAction* nothing = m_recentMenu->addAction(tr("Nothing yet"));
        nothing->setToolTip(tr("Projects and logs that were opened stand here"));
        nothing->setEnabled(false);
        return;
    }
    m_recentMenu->addSeparator();
    QAction* forget = m_recentMenu->addAction(tr("&Forget these"));
    forget->setToolTip(tr("Empty this list; the files stay"));
    connect(forget, &QAction::triggered, m_desk.get(), &Desk::forgetRecent);
}

void MainWindow::showPreferences() {
    auto* dialog = new PreferencesDialog(*m_desk, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

QList<QAction*> MainWindow::allCommands() const {
    QList<CommandPalette::Entry> entries;
    for (QAction* top : menuBar()->actions()) {
        if (top->menu() != m_pageMenu) {
            collect(top->menu(), {}, entries);
        }
    }
    const QList<QAction*> recent = m_recentMenu->actions();
    QList<QAction*> actions;
    for (const CommandPalette::Entry& entry : entries) {
        if (!recent.contains(entry.action)) {  // files, not commands
            actions.append(entry.action);
        }
    }
    if (const Page* page = currentPage()) {
        actions.append(page->commands());
    }
    return actions;
}

void MainWindow::showPalette() {
    fillPageMenu();
    fillRecentMenu();
    QList<CommandPalette::Entry> entries;
    const auto& spec = m_pages[static_cast<std::size_t>(m_current)].spec;
    if (const Page* page = currentPage(); page != nullptr && m_stack->currentWidget() == page) {
        for (QAction* action : page->commands()) {
            if (action->isVisible()) {
                entries.append({spec.title + u" \u203a "_s + plain(action->text()), action});
            }
        }
    }
    for (QAction* top : menuBar()->actions()) {
        if (top->menu() != m_pageMenu) {
            collect(top->menu(), plain(top->text()), entries);
        }
    }
    auto* palette = new CommandPalette(entries, this);
    palette->show();
}

void MainWindow::showShortcuts() {
    TextTable table;
    table.header << tr("Command") << tr("Key") << tr("What it does");
    table.numeric << false << false << false;
    for (const QAction* action : allCommands()) {
        if (!action->shortcut().isEmpty()) {
            table.rows << QStringList{plain(action->text()), action->shortcut().toString(QKeySequence::NativeText),
                                      action->toolTip()};
        }
    }
    table.rows << QStringList{tr("In a chart: closer, wider, all, back, move"), tr("+ - 0 Backspace arrows"),
                              tr("Drag to zoom in, Shift+drag to move, Ctrl+wheel to zoom")};
    showTextTable(this, tr("Keyboard shortcuts"), table);
}

void MainWindow::showAbout() {
    auto* box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Tierwise"));
    box->setIconPixmap(Theme::instance().appIcon().pixmap(QSize(72, 72), devicePixelRatioF()));
    box->setText(u"<b>Tierwise %1</b>"_s.arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("Which of your requests need a premium reasoning model, which a commodity model, which a "
           "free local one; what that would cost, and how sure that is.\n\n"
           "Free software under the GNU General Public License, version 3 or later."));
    box->open();
}

void MainWindow::toggleHelp() {
    const QString topic =
        currentPageId().isEmpty() || m_stack->currentWidget() == m_start ? u"start"_s : currentPageId();
    if (m_help->isVisible() && m_help->topic() == topic) {
        m_help->hide();
        return;
    }
    m_help->showTopic(topic);
    m_help->show();
}

}  // namespace tierwise::ui
