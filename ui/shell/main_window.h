// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QMainWindow>

#include "ui/pages/page.h"

class QActionGroup;
class QLabel;
class QMenu;
class QStackedWidget;

namespace tierwise::ui {

class FolderWatch;
class HelpPane;
class JobSlot;
class MessageBar;
class PageRail;
class StartPage;
class StatusArea;
class Desk;

/// The program's one window: page rail, pages, message bar, status area, menus, palette. One project a window.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// settingsFile: empty = the user's own settings.
    explicit MainWindow(const QString& settingsFile = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Desk& desk() { return *m_desk; }
    /// Projects are opened; logs are offered for import; a folder's files are offered together.
    void openPaths(const QStringList& paths);
    void openSample();
    /// The project that was open when the window was closed last, where the settings say so.
    void reopenLast();
    void goToPage(const QString& id);
    [[nodiscard]] QString currentPageId() const;
    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] MessageBar* messageBar() const { return m_messages; }
    /// Every command there is at the moment: the menus' and the page's.
    [[nodiscard]] QList<QAction*> allCommands() const;

protected:
    bool event(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Slot {
        PageSpec spec;
        QAction* action = nullptr;
        Page* page = nullptr;
    };

    void buildMenus();
    void buildFileMenu();
    void buildEditMenu();
    void buildViewMenu();
    void buildHelpMenu();
    void buildBody();
    QAction* add(QMenu* menu, const QString& icon, const QString& text, const QString& tip, const QKeySequence& key,
                 const QString& name = {});
    void selectPage(int index);
    void showCurrent();
    void focusPage();
    Page* pageAt(int index);
    void fillPageMenu();
    void fillRecentMenu();
    void openDialog();
    void importLogs(const QStringList& logs);
    void takeWatched(const QStringList& sure, const QStringList& unsure);
    void watchFolder();
    void showPreferences();
    void saveCopy();
    void showPalette();
    void showShortcuts();
    void showAbout();
    void toggleHelp();
    void nextPane(int step);
    void updateTitle();
    void saveState();
    void restoreState();

    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<JobSlot> m_findSlot;
    std::unique_ptr<FolderWatch> m_watch;
    std::vector<Slot> m_pages;
    int m_current = 0;
    QStackedWidget* m_stack = nullptr;
    StartPage* m_start = nullptr;
    PageRail* m_rail = nullptr;
    QLabel* m_synthetic = nullptr;
    MessageBar* m_messages = nullptr;
    StatusArea* m_status = nullptr;
    HelpPane* m_help = nullptr;
    QMenu* m_pageMenu = nullptr;
    QMenu* m_recentMenu = nullptr;
    QAction* m_saveCopy = nullptr;
    QAction* m_closeProject = nullptr;
    QAction* m_watchFolder = nullptr;
    QAction* m_stopWatching = nullptr;
    QAction* m_cancelJob = nullptr;
    QActionGroup* m_pageGroup = nullptr;
    QActionGroup* m_themeGroup = nullptr;
};

}  // namespace tierwise::ui
