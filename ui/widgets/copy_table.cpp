// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copy_table.h"

#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStandardItemModel>
#include <QVBoxLayout>

#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTitleMargin = 26;  // around the title, with room for the sort arrow

QString quoted(const QString& field) {
    if (!field.contains(u',') && !field.contains(u'"') && !field.contains(u'\n') && !field.contains(u'\r')) {
        return field;
    }
    QString inner = field;
    inner.replace(u"\""_s, u"\"\""_s);
    return u"\""_s + inner + u"\""_s;
}

QString tabSafe(QString field) {
    field.replace(u'\t', u' ').replace(u'\n', u' ').remove(u'\r');
    return field;
}

QString pipeSafe(QString field) {
    field.replace(u"|"_s, u"\\|"_s).replace(u'\n', u' ').remove(u'\r');
    return field;
}

template <typename Field>
QString joined(const QStringList& fields, QChar separator, Field field) {
    QString line;
    for (qsizetype i = 0; i < fields.size(); ++i) {
        if (i > 0) {
            line += separator;
        }
        line += field(fields[i]);
    }
    return line;
}

}  // namespace

QString TextTable::toTsv() const {
    QString text = joined(header, u'\t', tabSafe) + u"\n"_s;
    for (const QStringList& row : rows) {
        text += joined(row, u'\t', tabSafe) + u"\n"_s;
    }
    return text;
}

QString TextTable::toCsv() const {
    QString text = joined(header, u',', quoted) + u"\r\n"_s;
    for (const QStringList& row : rows) {
        text += joined(row, u',', quoted) + u"\r\n"_s;
    }
    return text;
}

QString TextTable::toMarkdown() const {
    QString text = u"| "_s;
    QString rule = u"|"_s;
    for (qsizetype i = 0; i < header.size(); ++i) {
        text += pipeSafe(header[i]) + u" | "_s;
        rule += i < numeric.size() && numeric[i] ? u"---:|"_s : u"---|"_s;
    }
    text = text.trimmed() + u"\n"_s + rule + u"\n"_s;
    for (const QStringList& row : rows) {
        QString line = u"| "_s;
        for (const QString& field : row) {
            line += pipeSafe(field) + u" | "_s;
        }
        text += line.trimmed() + u"\n"_s;
    }
    return text;
}

QString TextTable::toHtml() const {
    QString html = u"<table border=\"1\" cellspacing=\"0\" cellpadding=\"3\"><tr>"_s;
    for (const QString& title : header) {
        html += u"<th>"_s + title.toHtmlEscaped() + u"</th>"_s;
    }
    html += u"</tr>"_s;
    for (const QStringList& row : rows) {
        html += u"<tr>"_s;
        for (qsizetype i = 0; i < row.size(); ++i) {
            const bool right = i < numeric.size() && numeric[i];
            html += (right ? u"<td align=\"right\">"_s : u"<td>"_s) + row[i].toHtmlEscaped() + u"</td>"_s;
        }
        html += u"</tr>"_s;
    }
    return html + u"</table>"_s;
}

CopyTable::CopyTable(QWidget* parent) : QTableView(parent) {
    setAlternatingRowColors(true);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    setWordWrap(false);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 9);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setContextMenuPolicy(Qt::CustomContextMenu);
    const auto add = [this](const QString& text, const QString& tip, auto slot) {
        auto* action = new QAction(text, this);
        action->setToolTip(tip);
        connect(action, &QAction::triggered, this, slot);
        m_copyActions.append(action);
    };
    add(tr("&Copy"), tr("Copy the selected rows, for spreadsheets and documents"), &CopyTable::copyTsv);
    m_copyActions.last()->setIcon(Theme::instance().icon(u"copy"_s));
    add(tr("Copy as &Markdown"), tr("Copy the selected rows as a Markdown table"), &CopyTable::copyMarkdown);
    add(tr("Copy as C&SV"), tr("Copy the selected rows as comma-separated values"), &CopyTable::copyCsv);
    m_columnsAction = new QAction(Theme::instance().icon(u"columns"_s), tr("Choose &columns..."), this);
    m_columnsAction->setToolTip(tr("Show or hide columns"));
    connect(m_columnsAction, &QAction::triggered, this, &CopyTable::showColumnChooser);
    connect(horizontalHeader(), &QHeaderView::customContextMenuRequested, this, [this] { showColumnChooser(); });
}

void CopyTable::setModel(QAbstractItemModel* model) {
    QTableView::setModel(model);
    if (model != nullptr) {
        connect(model, &QAbstractItemModel::modelReset, this, &CopyTable::fitTitles);
    }
    fitTitles();
}

// No column is narrower than its title; whoever sets widths of his own calls this after.
void CopyTable::fitTitles() {
    QFont bold = horizontalHeader()->font();
    bold.setBold(true);
    const QFontMetrics metrics(bold);
    for (int column = 0; model() != nullptr && column < model()->columnCount(); ++column) {
        const QString title = model()->headerData(column, Qt::Horizontal).toString();
        const int needed = metrics.horizontalAdvance(title) + kTitleMargin;
        if (!isColumnHidden(column) && columnWidth(column) < needed) {
            setColumnWidth(column, needed);
        }
    }
    // Words may run on to the edge; a figure far from its row's name is hard to read.
    const int last = model() == nullptr ? -1 : horizontalHeader()->logicalIndex(lastShown());
    horizontalHeader()->setStretchLastSection(
        last >= 0 && (model()->headerData(last, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight) == 0);
}

// The visual index of the last column that is not hidden; -1 = none.
int CopyTable::lastShown() const {
    int visual = horizontalHeader()->count() - 1;
    while (visual >= 0 && horizontalHeader()->isSectionHidden(horizontalHeader()->logicalIndex(visual))) {
        --visual;
    }
    return visual;
}

void CopyTable::showEvent(QShowEvent* event) {
    QTableView::showEvent(event);
    fitTitles();
}

TextTable CopyTable::textTable(bool whole) const {
    TextTable table;
    const QAbstractItemModel* source = model();
    if (source == nullptr) {
        return table;
    }
    QList<int> columns;
    for (int visual = 0; visual < source->columnCount(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        if (!isColumnHidden(column)) {
            columns.append(column);
            table.header << source->headerData(column, Qt::Horizontal).toString();
            const auto alignment = source->headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).toInt();
            table.numeric << ((alignment & static_cast<int>(Qt::AlignRight)) != 0);
        }
    }
    QList<int> rows;
    const auto addRow = [&](int row) {
        QStringList fields;
        for (const int column : columns) {
            const QModelIndex index = source->index(row, column);
            const QVariant exact = index.data(kExactRole);
            const QString shown = exact.isValid() ? exact.toString() : index.data(Qt::DisplayRole).toString();
            fields << (shown == missing() ? QString() : shown);
        }
        table.rows << fields;
    };
    const QItemSelection selection = selectionModel()->selection();
    if (whole || selection.isEmpty()) {
        for (int row = 0; row < std::min(source->rowCount(), kCopyRowLimit); ++row) {
            rows.append(row);
        }
    } else {
        for (const QItemSelectionRange& range : selection) {
            for (int row = range.top(); row <= range.bottom() && rows.size() < kCopyRowLimit; ++row) {
                rows.append(row);
            }
        }
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    }
    for (const int row : rows) {
        addRow(row);
    }
    return table;
}

void CopyTable::put(const QString& plain, const QString& html, qsizetype rows) {
    auto* clip = new QMimeData;
    clip->setText(plain);
    if (!html.isEmpty()) {
        clip->setHtml(html);
    }
    QApplication::clipboard()->setMimeData(clip);
    QString text = tr("Copied %n row(s)", nullptr, static_cast<int>(rows));
    if (rows >= kCopyRowLimit) {
        text += tr(" (the limit; use Export for more)");
    }
    Q_EMIT told(text);
}

void CopyTable::copyTsv() {
    const TextTable table = textTable(false);
    put(table.toTsv(), table.toHtml(), table.rows.size());
}

void CopyTable::copyMarkdown() {
    const TextTable table = textTable(false);
    put(table.toMarkdown(), {}, table.rows.size());
}

void CopyTable::copyCsv() {
    const TextTable table = textTable(false);
    put(table.toCsv(), {}, table.rows.size());
}

void CopyTable::fillColumnMenu(QMenu& menu) {
    for (int visual = 0; model() != nullptr && visual < model()->columnCount(); ++visual) {
        const int column = horizontalHeader()->logicalIndex(visual);
        QAction* action = menu.addAction(model()->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool shown) {
            setColumnHidden(column, !shown);
            if (shown && columnWidth(column) < 20) {
                setColumnWidth(column, 100);
            }
        });
    }
    menu.addSeparator();
    connect(menu.addAction(tr("Show all")), &QAction::triggered, this, [this] {
        for (int column = 0; column < model()->columnCount(); ++column) {
            setColumnHidden(column, false);
        }
    });
}

void CopyTable::showColumnChooser() {
    QMenu menu(this);
    menu.setObjectName(u"columnChooser"_s);
    fillColumnMenu(menu);
    menu.exec(QCursor::pos());
}

void CopyTable::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addActions(actions());
    if (!actions().isEmpty()) {
        menu.addSeparator();
    }
    menu.addActions(m_copyActions);
    menu.addSeparator();
    QMenu* columns = menu.addMenu(tr("C&olumns"));
    fillColumnMenu(*columns);
    menu.exec(event->globalPos());
}

void CopyTable::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copyTsv();
        event->accept();
        return;
    }
    const bool digit = event->key() >= Qt::Key_0 && event->key() <= Qt::Key_9;
    if (digit && (event->modifiers() & ~Qt::KeypadModifier) == 0) {
        event->ignore();  // the window's pages
        return;
    }
    QTableView::keyPressEvent(event);
}

// Typing looks for a row that begins so; over many rows that would ask for every one of them.
void CopyTable::keyboardSearch(const QString& search) {
    if (model() != nullptr && model()->rowCount() <= kCopyRowLimit) {
        QTableView::keyboardSearch(search);
    }
}

void CopyTable::saveColumns(QSettings& settings, const QString& key) const {
    settings.setValue(key, horizontalHeader()->saveState());
}

void CopyTable::restoreColumns(const QSettings& settings, const QString& key, const QList<int>& hiddenByDefault) {
    if (!horizontalHeader()->restoreState(settings.value(key).toByteArray())) {
        for (const int column : hiddenByDefault) {
            setColumnHidden(column, true);
        }
    }
    horizontalHeader()->setSectionsMovable(true);
}

void showTextTable(QWidget* parent, const QString& title, const TextTable& table) {
    auto* dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"tableDialog"_s);
    dialog->setWindowTitle(title);
    auto* model =
        new QStandardItemModel(static_cast<int>(table.rows.size()), static_cast<int>(table.header.size()), dialog);
    model->setHorizontalHeaderLabels(table.header);
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int column = 0; column < table.rows[row].size(); ++column) {
            auto* item = new QStandardItem(table.rows[row][column]);
            item->setEditable(false);
            if (column < table.numeric.size() && table.numeric[column]) {
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            }
            model->setItem(row, column, item);
        }
    }
    auto* view = new CopyTable(dialog);
    view->setModel(model);
    view->setAccessibleName(title);
    view->resizeColumnsToContents();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QPushButton* copy = buttons->addButton(CopyTable::tr("Copy all"), QDialogButtonBox::ActionRole);
    QObject::connect(copy, &QPushButton::clicked, view, [view] {
        view->selectAll();
        view->copyTsv();
    });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto* column = new QVBoxLayout(dialog);
    column->addWidget(view);
    column->addWidget(buttons);
    dialog->resize(640, 420);
    dialog->show();
}

}  // namespace tierwise::ui
