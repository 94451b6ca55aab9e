// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

#include <QTemporaryDir>
#include <QtTest>
#include <QtWidgets>

#include "core/project/project.h"
#include "ui/session/analysis_session.h"
#include "ui/shell/desk.h"
#include "ui/shell/file_dialogs.h"
#include "ui/shell/main_window.h"

namespace tierwise::test {

/// Answers file dialogs in place of the user.
class AnsweringDialogs final : public ui::FileDialogs {
public:
    QStringList open;
    QString save;
    QString folder;
    int asked = 0;

    QStringList openFiles(QWidget*, const QString&, const QString&, const QString&) override {
        ++asked;
        return open;
    }
    QString saveFile(QWidget*, const QString&, const QString&, const QString&) override {
        ++asked;
        return save;
    }
    QString chooseFolder(QWidget*, const QString&, const QString&) override {
        ++asked;
        return folder;
    }
};

/// The real window with settings, documents and data in a folder of its own.
class WindowFixture {
public:
    WindowFixture();
    ~WindowFixture();

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] ui::MainWindow& window() { return *m_window; }
    [[nodiscard]] AnsweringDialogs& dialogs() { return *m_dialogs; }
    /// Closes the window and makes a new one with the same settings, as a restart does.
    void restart();
    /// Waits until no job runs and no event waits.
    void settle();
    template <typename W>
    [[nodiscard]] W* find(const char* name) {
        return m_window->findChild<W*>(QString::fromLatin1(name));
    }

private:
    void makeWindow();
    QTemporaryDir m_folder;
    std::unique_ptr<ui::MainWindow> m_window;
    AnsweringDialogs* m_dialogs = nullptr;
};

/// What tests of the pages over the workbench do again and again. Made anew (m_fixture) for every test.
class AnalysisWindow {
public:
    static constexpr int kPatience = 60'000;  ///< milliseconds

protected:
    /// English, light.
    static void prepare();

    ui::MainWindow& window() { return m_fixture->window(); }
    ui::AnalysisSession& session() { return ui::AnalysisSession::of(window().desk()); }
    template <typename W>
    W* find(const char* name) {
        return m_fixture->find<W>(name);
    }
    QString textOf(const char* label) { return find<QLabel>(label)->text(); }
    /// Without a window manager nobody gives the focus back when a dialog closes.
    void activate();
    /// Waits for all jobs, and for what follows when the mouse rests.
    void settle();
    /// Does something in the modal dialog that the next step opens. name: null = any.
    static void inDialog(const char* name, const std::function<void(QDialog&)>& act);
    static void press(QDialog& dialog, QDialogButtonBox::StandardButton button);

    std::unique_ptr<WindowFixture> m_fixture;
};

/// Writes a project of so many made-up requests: models of every tier, teams, sessions, cached tokens, some missing
/// values, and two rejected records. Row i costs (i % 100) cents where it has a cost at all (every 7th has none).
Result<project::Project> makeProject(const QString& path, int rows);

/// Writes a project of the shipped sample. Errors: those of importLog.
Result<project::Project> makeSampleProject(const QString& path);

}  // namespace tierwise::test
