// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/file_dialogs.h"

#include <QFileDialog>

namespace tierwise::ui {

QStringList FileDialogs::openFiles(QWidget* parent, const QString& title, const QString& folder,
                                   const QString& filter) {
    return QFileDialog::getOpenFileNames(parent, title, folder, filter);
}

QString FileDialogs::saveFile(QWidget* parent, const QString& title, const QString& suggestion, const QString& filter) {
    return QFileDialog::getSaveFileName(parent, title, suggestion, filter);
}

QString FileDialogs::chooseFolder(QWidget* parent, const QString& title, const QString& folder) {
    return QFileDialog::getExistingDirectory(parent, title, folder);
}

}  // namespace tierwise::ui
