// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filter_bar.h"

#include <algorithm>

#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHash>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTimer>
#include <QToolButton>

#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using project::FilterOp;
using project::RowFilter;

namespace {

// A chip: one filter, removed by click, Delete or Backspace.
class Chip final : public QPushButton {
public:
    Chip(const QString& text, QWidget* parent) : QPushButton(text + u"  \u00d7"_s, parent) {
        setObjectName(u"chip"_s);
        setToolTip(FilterBar::tr("Remove this filter"));
        setAccessibleName(FilterBar::tr("Filter: %1. Press to remove").arg(text));
        setCursor(Qt::PointingHandCursor);
    }

protected:
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace) {
            click();
        } else {
            QPushButton::keyPressEvent(event);
        }
    }
};

struct OpText {
    FilterOp op;
    const char16_t* sign;
    const char* words;
};
constexpr OpText kOps[] = {
    {FilterOp::contains, u":", QT_TRANSLATE_NOOP("FilterBar", "contains")},
    {FilterOp::equals, u"=", QT_TRANSLATE_NOOP("FilterBar", "is")},
    {FilterOp::notEquals, u"\u2260", QT_TRANSLATE_NOOP("FilterBar", "is not")},
    {FilterOp::atLeast, u"\u2265", QT_TRANSLATE_NOOP("FilterBar", "is at least")},
    {FilterOp::atMost, u"\u2264", QT_TRANSLATE_NOOP("FilterBar", "is at most")},
    {FilterOp::isMissing, u"", QT_TRANSLATE_NOOP("FilterBar", "is missing")},
    {FilterOp::isPresent, u"", QT_TRANSLATE_NOOP("FilterBar", "is there")},
};

// What people call the columns that queries know by another name.
QString columnNamed(const QString& typed) {
    static const QHash<QString, QString> kAliases{{u"cost"_s, u"loggedCost"_s}, {u"cached"_s, u"cacheRead"_s},
                                                  {u"class"_s, u"dataClass"_s}, {u"tier"_s, u"serviceTier"_s},
                                                  {u"id"_s, u"requestId"_s},    {u"date"_s, u"time"_s},
                                                  {u"day"_s, u"time"_s},        {u"answer"_s, u"response"_s}};
    return kAliases.value(typed.toLower(), typed);
}

bool needsValue(FilterOp op) {
    return op != FilterOp::isMissing && op != FilterOp::isPresent;
}

}  // namespace

ParsedFilter parseFilter(const QString& typed, const QStringList& columns) {
    static const QRegularExpression kToken(uR"re(([A-Za-z][\w:]*?)(!=|>=|<=|:|=|>|<)("([^"]*)"|\S+))re"_s);
    ParsedFilter parsed;
    QString rest = typed;
    QRegularExpressionMatchIterator matches = kToken.globalMatch(typed);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        const auto named = [&](const QString& wanted) {
            return std::find_if(columns.begin(), columns.end(), [&](const QString& column) {
                return column.compare(wanted, Qt::CaseInsensitive) == 0 ||
                       column.compare(u"extra:"_s + wanted, Qt::CaseInsensitive) == 0;
            });
        };
        auto known = named(match.captured(1));
        if (known == columns.end()) {
            known = named(columnNamed(match.captured(1)));
        }
        if (known == columns.end()) {
            continue;
        }
        const QString sign = match.captured(2);
        const QString value = match.captured(3).startsWith(u'"') ? match.captured(4) : match.captured(3);
        FilterOp op = FilterOp::contains;
        if (value == u"-"_s && (sign == u":"_s || sign == u"="_s)) {
            op = FilterOp::isMissing;
        } else if (sign == u"="_s) {
            op = FilterOp::equals;
        } else if (sign == u"!="_s) {
            op = FilterOp::notEquals;
        } else if (sign.startsWith(u'>')) {
            op = FilterOp::atLeast;
        } else if (sign.startsWith(u'<')) {
            op = FilterOp::atMost;
        }
        parsed.filters.push_back({toUtf8(*known), op, needsValue(op) ? toUtf8(value) : std::string()});
        rest.replace(match.captured(0), QString());
    }
    parsed.text = rest.simplified();
    return parsed;
}

QString describeFilter(const RowFilter& filter) {
    for (const OpText& op : kOps) {
        if (op.op == filter.op) {
            const QString column = toQt(filter.column);
            if (!needsValue(op.op)) {
                return column + u" "_s + FilterBar::tr(op.words);
            }
            return column + u" "_s + QString::fromUtf16(op.sign) + u" "_s + firstLine(toQt(filter.value), 40);
        }
    }
    return {};
}

FilterBar::FilterBar(QWidget* parent)
    : QWidget(parent),
      m_text(new QLineEdit(this)),
      m_add(new QToolButton(this)),
      m_clear(new QToolButton(this)),
      m_line(new QHBoxLayout(this)),
      m_chips(new QHBoxLayout),
      m_delay(new QTimer(this)) {
    setObjectName(u"filterBar"_s);
    m_text->setObjectName(u"filterText"_s);
    m_text->setPlaceholderText(tr("Search rows, or model:gpt cost>=0.1 and Enter"));
    m_text->setAccessibleName(tr("Search rows"));
    m_text->setClearButtonEnabled(true);
    m_text->setMinimumWidth(240);
    m_text->setMaximumWidth(460);
    m_text->addAction(Theme::instance().icon(u"search"_s), QLineEdit::LeadingPosition);
    m_add->setIcon(Theme::instance().icon(u"filter"_s));
    m_add->setText(tr("Add filter"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_add->setToolTip(tr("Show only rows that meet a condition"));
    m_add->setAccessibleName(tr("Add a filter"));
    m_clear->setText(tr("Clear"));
    m_clear->setToolTip(tr("Remove all filters"));
    m_clear->setAccessibleName(tr("Remove all filters"));
    m_clear->setAutoRaise(true);
    m_chips->setSpacing(4);
    m_line->setContentsMargins(0, 0, 0, 0);
    m_line->addWidget(m_text, 2);
    m_line->addLayout(m_chips);
    m_line->addWidget(m_add);
    m_line->addWidget(m_clear);
    m_line->addStretch(1);
    m_delay->setSingleShot(true);
    m_delay->setInterval(250);
    connect(m_text, &QLineEdit::textChanged, m_delay, qOverload<>(&QTimer::start));
    connect(m_delay, &QTimer::timeout, this, &FilterBar::changed);
    connect(m_text, &QLineEdit::returnPressed, this, &FilterBar::take);
    connect(m_add, &QToolButton::clicked, this, &FilterBar::addFilterDialog);
    connect(m_clear, &QToolButton::clicked, this, &FilterBar::clear);
    rebuildChips();
}

void FilterBar::setColumns(const QList<QPair<QString, QString>>& columns) {
    m_columns = columns;
}

QString FilterBar::text() const {
    return m_text->text().simplified();
}

void FilterBar::setFilters(std::vector<RowFilter> filters, const QString& text) {
    m_filters = std::move(filters);
    const QSignalBlocker blocker(m_text);
    m_text->setText(text);
    rebuildChips();
}

void FilterBar::addFilter(const RowFilter& filter) {
    if (std::find(m_filters.begin(), m_filters.end(), filter) == m_filters.end()) {
        m_filters.push_back(filter);
        rebuildChips();
        Q_EMIT changed();
    }
}

void FilterBar::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
    m_text->selectAll();
}

void FilterBar::addWidget(QWidget* widget) {
    m_line->addWidget(widget);
}

void FilterBar::clear() {
    m_filters.clear();
    m_text->clear();
    m_delay->stop();
    rebuildChips();
    Q_EMIT changed();
}

void FilterBar::take() {
    QStringList names;
    for (const auto& [name, title] : m_columns) {
        names << name;
    }
    ParsedFilter parsed = parseFilter(m_text->text(), names);
    m_filters.insert(m_filters.end(), parsed.filters.begin(), parsed.filters.end());
    {
        const QSignalBlocker blocker(m_text);
        m_text->setText(parsed.text);
    }
    m_delay->stop();
    rebuildChips();
    Q_EMIT changed();
}

void FilterBar::rebuildChips() {
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t i = 0; i < m_filters.size(); ++i) {
        auto* chip = new Chip(describeFilter(m_filters[i]), this);
        connect(chip, &QPushButton::clicked, this, [this, i] {
            m_filters.erase(m_filters.begin() + static_cast<std::ptrdiff_t>(i));
            rebuildChips();
            m_text->setFocus();
            Q_EMIT changed();
        });
        m_chips->addWidget(chip);
    }
    m_clear->setVisible(!m_filters.empty());
}

void FilterBar::addFilterDialog() {
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"addFilterDialog"_s);
    dialog->setWindowTitle(tr("Add filter"));
    auto* column = new QComboBox(dialog);
    for (const auto& [name, title] : m_columns) {
        column->addItem(title, name);
    }
    column->setAccessibleName(tr("Column"));
    auto* op = new QComboBox(dialog);
    for (const OpText& text : kOps) {
        op->addItem(tr(text.words), static_cast<int>(text.op));
    }
    op->setAccessibleName(tr("Condition"));
    auto* value = new QLineEdit(dialog);
    value->setAccessibleName(tr("Value"));
    connect(op, &QComboBox::currentIndexChanged, value,
            [op, value] { value->setEnabled(needsValue(static_cast<FilterOp>(op->currentData().toInt()))); });
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, dialog);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, column, op, value] {
        const auto chosen = static_cast<FilterOp>(op->currentData().toInt());
        addFilter({toUtf8(column->currentData().toString()), chosen,
                   needsValue(chosen) ? toUtf8(value->text().trimmed()) : std::string()});
    });
    auto* form = new QFormLayout(dialog);
    form->addRow(tr("Column"), column);
    form->addRow(tr("Condition"), op);
    form->addRow(tr("Value"), value);
    form->addRow(buttons);
    dialog->open();
    value->setFocus();
}

}  // namespace tierwise::ui
