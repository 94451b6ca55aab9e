// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListView;
class QStandardItemModel;

namespace tierwise::ui {

/// How well the typed letters match a command's name: higher is better, negative = not at all. Letters must appear in
/// order; starts of words and runs count more.
[[nodiscard]] int matchScore(const QString& typed, const QString& text);

/// Ctrl+K: every command of the program, found by typing part of its name.
class CommandPalette : public QDialog {
    Q_OBJECT

public:
    struct Entry {
        QString path;  ///< "File > Open"
        QAction* action = nullptr;
    };

    CommandPalette(QList<Entry> entries, QWidget* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter(const QString& typed);
    void runCurrent();

    QList<Entry> m_entries;
    QLineEdit* m_input;
    QListView* m_list;
    QStandardItemModel* m_model;
};

}  // namespace tierwise::ui
