// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/mapping_grid.h"

#include <algorithm>

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTableWidget>
#include <QTimeZone>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

enum GridColumn { kName, kMeaning, kUnit, kRejected, kExample, kGridColumns };

// Rows whose widgets are made in one go, so that a file of hundreds of columns never holds the window up.
constexpr int kRowsAtOnce = 12;

// "cacheRead" -> "cache read", for people, or the language's own word; the saved name stays.
QString fieldTitle(ingest::Field field) {
    switch (field) {
        case ingest::Field::extra:
            return MappingGrid::tr("keep as it is");
        case ingest::Field::ignore:
            return MappingGrid::tr("leave out");
        default:
            break;
    }
    const QString name = toQt(ingest::fieldName(field));
    if (QString translated = coreText(ingest::fieldName(field)); translated != name) {
        return translated;
    }
    QString title;
    for (const QChar letter : name) {
        if (letter.isUpper()) {
            title += u' ';
        }
        title += letter.toLower();
    }
    return title;
}

QString unitTitle(ingest::Unit unit) {
    switch (unit) {
        case ingest::Unit::automatic:
            return MappingGrid::tr("as usual");
        case ingest::Unit::dollars:
            return MappingGrid::tr("dollars");
        case ingest::Unit::cents:
            return MappingGrid::tr("cents");
        case ingest::Unit::microDollars:
            return MappingGrid::tr("millionths of a dollar");
        case ingest::Unit::seconds:
            return MappingGrid::tr("seconds");
        case ingest::Unit::milliseconds:
            return MappingGrid::tr("milliseconds");
        case ingest::Unit::microseconds:
            return MappingGrid::tr("microseconds");
        case ingest::Unit::nanoseconds:
            return MappingGrid::tr("nanoseconds");
        case ingest::Unit::percent:
            return MappingGrid::tr("percent");
        case ingest::Unit::ofTen:
            return MappingGrid::tr("of ten");
        case ingest::Unit::stars:
            return MappingGrid::tr("1 to 5 stars");
        case ingest::Unit::thumbs:
            return MappingGrid::tr("thumbs up or down");
        case ingest::Unit::thousands:
            return MappingGrid::tr("thousands");
    }
    return {};
}

// The units that make sense for a field; "as usual" alone where there is nothing to choose.
std::vector<ingest::Unit> unitsOf(ingest::Field field) {
    using ingest::Field;
    using ingest::Unit;
    switch (field) {
        case Field::cost:
        case Field::inputCost:
        case Field::outputCost:
            return {Unit::automatic, Unit::dollars, Unit::cents, Unit::microDollars};
        case Field::time:
        case Field::endTime:
        case Field::latency:
            return {Unit::automatic, Unit::seconds, Unit::milliseconds, Unit::microseconds, Unit::nanoseconds};
        case Field::score:
            return {Unit::automatic, Unit::percent, Unit::ofTen, Unit::stars, Unit::thumbs};
        case Field::inputTokens:
        case Field::inputUncached:
        case Field::cacheRead:
        case Field::cacheWrite:
        case Field::cacheWrite5m:
        case Field::cacheWrite1h:
        case Field::outputTokens:
        case Field::reasoningTokens:
        case Field::totalTokens:
            return {Unit::automatic, Unit::thousands};
        default:
            return {Unit::automatic};
    }
}

void fillUnits(QComboBox& box, ingest::Field field, ingest::Unit chosen) {
    std::vector<ingest::Unit> units = unitsOf(field);
    if (std::find(units.begin(), units.end(), chosen) == units.end()) {
        chosen = ingest::Unit::automatic;
    }
    box.clear();
    for (const ingest::Unit unit : units) {
        box.addItem(unitTitle(unit), static_cast<int>(unit));
    }
    box.setCurrentIndex(box.findData(static_cast<int>(chosen)));
    box.setEnabled(units.size() > 1);
}

bool sameColumn(const std::string& one, const std::string& other) {
    return toQt(one).compare(toQt(other), Qt::CaseInsensitive) == 0;
}

QString exampleOf(const ingest::PlannedImport& planned, std::size_t column) {
    for (const auto& row : planned.sample) {
        if (column < row.size() && !row[column].empty()) {
            return firstLine(toQt(row[column]), 60);
        }
    }
    return {};
}

QTableWidgetItem* readOnly(const QString& text) {
    auto* made = new QTableWidgetItem(text);
    made->setFlags(Qt::ItemIsEnabled);
    made->setToolTip(text);
    return made;
}

template <typename Choice>
void choose(QComboBox& box, Choice choice) {
    box.setCurrentIndex(box.findData(static_cast<int>(choice)));
}

template <typename Choice>
Choice chosen(const QComboBox& box) {
    return static_cast<Choice>(box.currentData().toInt());
}

}  // namespace

MappingGrid::MappingGrid(QWidget* parent)
    : QWidget(parent),
      m_columns(new QTableWidget(0, kGridColumns, this)),
      m_fields(new QStandardItemModel(this)),
      m_filling(new QTimer(this)),
      m_cache(new QComboBox(this)),
      m_reasoning(new QComboBox(this)),
      m_numbers(new QComboBox(this)),
      m_dates(new QComboBox(this)),
      m_zone(new QComboBox(this)),
      m_provider(new QLineEdit(this)) {
    for (const ingest::Field choice : ingest::allFields()) {
        auto* item = new QStandardItem(fieldTitle(choice));
        item->setData(static_cast<int>(choice), Qt::UserRole);
        m_fields->appendRow(item);
    }
    m_filling->setInterval(0);
    connect(m_filling, &QTimer::timeout, this, &MappingGrid::addSomeRows);
    m_columns->setHorizontalHeaderLabels(
        {tr("Column in the file"), tr("Meaning"), tr("Unit"), tr("Rejects"), tr("Example")});
    m_columns->horizontalHeaderItem(kRejected)->setToolTip(tr("Rows of the preview that this column has rejected"));
    m_columns->verticalHeader()->hide();
    m_columns->setAccessibleName(tr("What each column means"));
    m_columns->setObjectName(u"mappingGrid"_s);
    m_columns->setSelectionMode(QAbstractItemView::NoSelection);
    m_columns->setTabKeyNavigation(false);
    m_columns->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_columns->horizontalHeader()->setStretchLastSection(true);
    m_columns->setColumnWidth(kName, 220);
    m_columns->setColumnWidth(kMeaning, 170);
    m_columns->setColumnWidth(kUnit, 150);
    m_columns->setColumnWidth(kRejected, m_columns->horizontalHeader()->sectionSizeHint(kRejected) + 12);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_columns, 1);
    buildConventions();
}

void MappingGrid::buildConventions() {
    using ingest::CacheConvention;
    using ingest::DateOrder;
    using ingest::NumberForm;
    using ingest::ReasoningConvention;
    const auto fill = [this](QComboBox* box, const QList<QPair<QString, int>>& choices) {
        for (const auto& [text, value] : choices) {
            box->addItem(text, value);
        }
        connect(box, &QComboBox::activated, this, &MappingGrid::edited);
    };
    fill(m_cache, {{tr("part of the input"), static_cast<int>(CacheConvention::included)},
                   {tr("beside the input"), static_cast<int>(CacheConvention::additional)},
                   {tr("as the total says"), static_cast<int>(CacheConvention::byTotal)}});
    fill(m_reasoning, {{tr("part of the output"), static_cast<int>(ReasoningConvention::inside)},
                       {tr("beside the output"), static_cast<int>(ReasoningConvention::outside)},
                       {tr("as the total says"), static_cast<int>(ReasoningConvention::byTotal)}});
    fill(m_numbers, {{u"1,234.56"_s, static_cast<int>(NumberForm::plain)},
                     {u"1.234,56"_s, static_cast<int>(NumberForm::commaDecimal)}});
    fill(m_dates, {{tr("year first"), static_cast<int>(DateOrder::yearFirst)},
                   {tr("day first"), static_cast<int>(DateOrder::dayFirst)},
                   {tr("month first"), static_cast<int>(DateOrder::monthFirst)}});
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    for (const QByteArray& zone : QTimeZone::availableTimeZoneIds()) {
        m_zone->addItem(QString::fromUtf8(zone));
    }
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    connect(m_zone, &QComboBox::textActivated, this, &MappingGrid::edited);
    m_zone->lineEdit()->setAccessibleName(tr("Time zone"));
    m_provider->setPlaceholderText(tr("as the columns say"));
    connect(m_provider, &QLineEdit::editingFinished, this, [this] {
        if (m_provider->isModified()) {
            m_provider->setModified(false);
            Q_EMIT edited();
        }
    });
    auto* form = new QGridLayout;
    int place = 0;
    const auto add = [&](const QString& text, QWidget* box) {
        auto* label = new QLabel(text, this);
        label->setBuddy(box);
        box->setAccessibleName(QString(text).remove(u'&'));
        form->addWidget(label, place / 3, 2 * (place % 3));
        form->addWidget(box, place / 3, 2 * (place % 3) + 1);
        ++place;
    };
    add(tr("&Cached tokens are"), m_cache);
    add(tr("&Numbers are written"), m_numbers);
    add(tr("&Times without a zone are in"), m_zone);
    add(tr("&Reasoning tokens are"), m_reasoning);
    add(tr("&Dates are written"), m_dates);
    add(tr("&Provider"), m_provider);
    form->setColumnStretch(5, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(form);
}

void MappingGrid::addRow(int row) {
    const ingest::ColumnMapping& mapped = m_shown[static_cast<std::size_t>(row)];
    const QString name = toQt(mapped.column);
    auto* field = new QComboBox(m_columns);
    field->setModel(m_fields);
    choose(*field, mapped.field);
    field->setAccessibleName(tr("Meaning of %1").arg(name));
    field->setFocusPolicy(Qt::StrongFocus);
    auto* unit = new QComboBox(m_columns);
    fillUnits(*unit, mapped.field, mapped.unit);
    unit->setAccessibleName(tr("Unit of %1").arg(name));
    unit->setFocusPolicy(Qt::StrongFocus);
    connect(field, &QComboBox::activated, this, [this, row, field, unit] {
        ingest::ColumnMapping& shown = m_shown[static_cast<std::size_t>(row)];
        shown.field = chosen<ingest::Field>(*field);
        fillUnits(*unit, shown.field, chosen<ingest::Unit>(*unit));
        shown.unit = chosen<ingest::Unit>(*unit);
        Q_EMIT edited();
    });
    connect(unit, &QComboBox::activated, this, [this, row, unit] {
        m_shown[static_cast<std::size_t>(row)].unit = chosen<ingest::Unit>(*unit);
        Q_EMIT edited();
    });
    m_columns->setCellWidget(row, kMeaning, field);
    m_columns->setCellWidget(row, kUnit, unit);
}

void MappingGrid::addSomeRows() {
    const int until = std::min(m_built + kRowsAtOnce, static_cast<int>(m_shown.size()));
    for (; m_built < until; ++m_built) {
        addRow(m_built);
    }
    if (m_built == static_cast<int>(m_shown.size())) {
        m_filling->stop();
    }
}

void MappingGrid::setPlan(const ingest::PlannedImport& planned) {
    const ingest::Mapping& mapping = planned.plan.mapping;
    const auto& header = planned.plan.header;
    m_shown.clear();
    m_built = 0;
    m_columns->setRowCount(0);  // takes the widgets of what was shown before along
    m_columns->setRowCount(static_cast<int>(header.size()));
    for (std::size_t row = 0; row < header.size(); ++row) {
        const auto known = std::find_if(mapping.columns.begin(), mapping.columns.end(),
                                        [&](const auto& one) { return sameColumn(one.column, header[row]); });
        m_shown.push_back(known != mapping.columns.end() ? *known : ingest::ColumnMapping{header[row]});
        m_shown.back().column = header[row];
        m_columns->setItem(static_cast<int>(row), kName, readOnly(toQt(header[row])));
        m_columns->setItem(static_cast<int>(row), kRejected, readOnly({}));
        m_columns->setItem(static_cast<int>(row), kExample, readOnly(exampleOf(planned, row)));
    }
    addSomeRows();
    if (m_built < static_cast<int>(m_shown.size())) {
        m_filling->start();
    }
    const ingest::Conventions& conventions = mapping.conventions;
    choose(*m_cache, conventions.cache);
    choose(*m_reasoning, conventions.reasoning);
    choose(*m_numbers, conventions.numbers);
    choose(*m_dates, conventions.dates);
    m_zone->setCurrentText(toQt(conventions.timeZone));
    m_provider->setText(toQt(conventions.provider));
}

void MappingGrid::setRejects(const QHash<QString, int>& byColumn) {
    for (int row = 0; row < m_columns->rowCount(); ++row) {
        const int count = byColumn.value(m_columns->item(row, kName)->text().trimmed().toLower());
        QTableWidgetItem* item = m_columns->item(row, kRejected);
        item->setText(count > 0 ? formatCount(count) : QString());
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        item->setForeground(Theme::instance().danger());
    }
}

void MappingGrid::apply(ingest::ImportPlan& plan) const {
    auto& columns = plan.mapping.columns;
    for (const ingest::ColumnMapping& shown : m_shown) {
        const auto mapped = std::find_if(columns.begin(), columns.end(),
                                         [&](const auto& column) { return sameColumn(column.column, shown.column); });
        if (mapped != columns.end()) {
            mapped->field = shown.field;
            mapped->unit = shown.unit;
        } else if (shown.field != ingest::Field::extra) {
            columns.push_back(shown);
        }
    }
    ingest::Conventions& conventions = plan.mapping.conventions;
    conventions.cache = chosen<ingest::CacheConvention>(*m_cache);
    conventions.reasoning = chosen<ingest::ReasoningConvention>(*m_reasoning);
    conventions.numbers = chosen<ingest::NumberForm>(*m_numbers);
    conventions.dates = chosen<ingest::DateOrder>(*m_dates);
    conventions.timeZone = toUtf8(m_zone->currentText());
    conventions.provider = toUtf8(m_provider->text().trimmed());
}

}  // namespace tierwise::ui
