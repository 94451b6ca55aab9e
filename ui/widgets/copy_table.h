// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTableView>

class QAction;
class QMenu;
class QSettings;

namespace tierwise::ui {

/// A role that cells may answer with the exact, unrounded value for copying (else the shown text is copied).
inline constexpr int kExactRole = Qt::UserRole + 100;

/// A table as text. Plain data, so that the formats can be tested alone.
struct TextTable {
    QStringList header;
    QList<QStringList> rows;
    QList<bool> numeric;  ///< a column's numbers go to the right in Markdown and HTML

    [[nodiscard]] QString toTsv() const;
    [[nodiscard]] QString toCsv() const;  ///< RFC 4180, CRLF
    [[nodiscard]] QString toMarkdown() const;
    [[nodiscard]] QString toHtml() const;
};

/// The table every page uses: copies its selection as TSV and HTML together, Markdown or CSV; headers with a column
/// chooser; widths and hidden columns kept in settings. Selections are read from the model as shown, up to
/// kCopyRowLimit rows; beyond it says so instead of freezing.
class CopyTable : public QTableView {
    Q_OBJECT

public:
    static constexpr int kCopyRowLimit = 100'000;

    explicit CopyTable(QWidget* parent = nullptr);
    void setModel(QAbstractItemModel* model) override;

    /// Rows of the selection (all rows when nothing or a single cell is selected and whole is set).
    [[nodiscard]] TextTable textTable(bool whole) const;
    [[nodiscard]] QList<QAction*> copyActions() const { return m_copyActions; }
    [[nodiscard]] QAction* columnsAction() const { return m_columnsAction; }

    void saveColumns(QSettings& settings, const QString& key) const;
    /// Restores what saveColumns kept; where there is nothing, hides hiddenByDefault.
    void restoreColumns(const QSettings& settings, const QString& key, const QList<int>& hiddenByDefault = {});

public Q_SLOTS:
    void copyTsv();
    void copyMarkdown();
    void copyCsv();
    void showColumnChooser();

Q_SIGNALS:
    /// Something to tell in the status area ("Copied 12 rows").
    void told(const QString& text);

protected:
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyboardSearch(const QString& search) override;
    void showEvent(QShowEvent* event) override;

private:
    void fitTitles();
    [[nodiscard]] int lastShown() const;
    void fillColumnMenu(QMenu& menu);
    void put(const QString& plain, const QString& html, qsizetype rows);

    QList<QAction*> m_copyActions;
    QAction* m_columnsAction;
};

/// Opens a CopyTable over a TextTable in a window of its own ("Show as table").
void showTextTable(QWidget* parent, const QString& title, const TextTable& table);

}  // namespace tierwise::ui
