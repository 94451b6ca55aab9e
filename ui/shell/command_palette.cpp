// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_palette.h"

#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEntryRole = Qt::UserRole + 1;
constexpr int kKeyRole = Qt::UserRole + 2;

// The command's name to the left, its key to the right.
class CommandDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const QString key = index.data(kKeyRole).toString();
        if (!key.isEmpty()) {
            painter->setPen(option.palette.color(QPalette::PlaceholderText));
            painter->drawText(option.rect.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, key);
        }
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 10);
    }
};

}  // namespace

int matchScore(const QString& typed, const QString& text) {
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar letter : typed) {
        if (letter.isSpace()) {
            continue;
        }
        qsizetype found = at;
        while (found < text.size() && text[found].toCaseFolded() != letter.toCaseFolded()) {
            ++found;
        }
        if (found == text.size()) {
            return -1;
        }
        const bool wordStart = found == 0 || !text[found - 1].isLetterOrNumber();
        score += 1 + (wordStart ? 6 : 0) + (found == last + 1 ? 4 : 0);
        last = found;
        at = found + 1;
    }
    const qsizetype whole = text.indexOf(typed, 0, Qt::CaseInsensitive);
    if (whole >= 0) {
        score += 40 - static_cast<int>(std::min<qsizetype>(whole, 20));
    }
    return score;
}

CommandPalette::CommandPalette(QList<Entry> entries, QWidget* parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint),
      m_entries(std::move(entries)),
      m_input(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_model(new QStandardItemModel(this)) {
    setObjectName(u"commandPalette"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Commands"));
    m_input->setPlaceholderText(tr("Type what you want to do"));
    m_input->setAccessibleName(tr("Find a command"));
    m_input->setObjectName(u"commandInput"_s);
    m_input->installEventFilter(this);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Matching commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    QPalette strong = m_list->palette();  // the list never has the focus, and is what the keys move all the same
    strong.setColor(QPalette::Inactive, QPalette::Highlight, strong.color(QPalette::Active, QPalette::Highlight));
    m_list->setPalette(strong);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_input);
    column->addWidget(m_list);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
    filter({});
    const int wide = std::min(620, parent->width() - 40);
    resize(wide, std::min(420, parent->height() - 80));
    move(parent->mapToGlobal(QPoint((parent->width() - wide) / 2, 56)));
    m_input->setFocus();
}

void CommandPalette::filter(const QString& typed) {
    QList<std::pair<int, qsizetype>> order;
    for (qsizetype i = 0; i < m_entries.size(); ++i) {
        const int score = matchScore(typed, m_entries[i].path);
        if (score >= 0) {
            order.append({-score, i});
        }
    }
    std::stable_sort(order.begin(), order.end());
    m_model->clear();
    QPixmap blank(m_list->style()->pixelMetric(QStyle::PM_SmallIconSize), 1);
    blank.fill(Qt::transparent);
    const QIcon noIcon(blank);  // so that the names stand in one line
    for (const auto& [score, i] : order) {
        const Entry& entry = m_entries[i];
        auto* item = new QStandardItem(entry.action->icon().isNull() ? noIcon : entry.action->icon(), entry.path);
        item->setData(i, kEntryRole);
        item->setData(entry.action->shortcut().toString(QKeySequence::NativeText), kKeyRole);
        item->setToolTip(entry.action->toolTip());
        item->setEnabled(entry.action->isEnabled());
        m_model->appendRow(item);
    }
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->isEnabled()) {
            m_list->setCurrentIndex(m_model->index(row, 0));
            break;
        }
    }
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        switch (key->key()) {
            case Qt::Key_Down:
            case Qt::Key_Up:
            case Qt::Key_PageDown:
            case Qt::Key_PageUp:
                QCoreApplication::sendEvent(m_list, key);
                return true;
            case Qt::Key_Return:
            case Qt::Key_Enter:
                runCurrent();
                return true;
            default:
                break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::runCurrent() {
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid()) {
        return;
    }
    QAction* action = m_entries[current.data(kEntryRole).toInt()].action;
    close();
    if (action != nullptr) {
        // After the palette is gone, so that a dialog of the command has the window as its parent.
        QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
    }
}

}  // namespace tierwise::ui
