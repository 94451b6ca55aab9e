// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QWidget;

namespace tierwise::ui {

/// The seam for file dialogs: tests answer in place of the user.
class FileDialogs {
public:
    virtual ~FileDialogs() = default;
    /// Existing files; empty = cancelled.
    virtual QStringList openFiles(QWidget* parent, const QString& title, const QString& folder, const QString& filter);
    /// A file to write; empty = cancelled. The system's dialog asks before it replaces a file.
    virtual QString saveFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter);
    virtual QString chooseFolder(QWidget* parent, const QString& title, const QString& folder);
};

}  // namespace tierwise::ui
