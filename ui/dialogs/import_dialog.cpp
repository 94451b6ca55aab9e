// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/import_dialog.h"

#include <algorithm>

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QStyle>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include "ui/dialogs/mapping_grid.h"
#include "ui/format/format.h"
#include "ui/models/request_model.h"
#include "ui/models/value_model.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/message_bar.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kPreviewRows = 200;

QString delimiterTitle(const std::string& delimiter) {
    if (delimiter == "\t") {
        return ImportDialog::tr("tab");
    }
    if (delimiter == ",") {
        return ImportDialog::tr("comma");
    }
    if (delimiter == ";") {
        return ImportDialog::tr("semicolon");
    }
    return delimiter.empty() ? ImportDialog::tr("one column") : toQt(delimiter);
}

QString formatTitle(ingest::Format format) {
    switch (format) {
        case ingest::Format::delimited:
            return ImportDialog::tr("delimited text");
        case ingest::Format::jsonLines:
            return ImportDialog::tr("JSON Lines");
        case ingest::Format::jsonArray:
            return ImportDialog::tr("JSON array");
        case ingest::Format::jsonSequence:
            return ImportDialog::tr("JSON");
    }
    return {};
}

QLabel* buddy(const QString& text, QWidget* of, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setBuddy(of);
    return label;
}

}  // namespace

ImportDialog::ImportDialog(Desk& desk, QString file, int more, QWidget* parent)
    : QDialog(parent),
      m_desk(desk),
      m_file(std::move(file)),
      m_title(new QLabel(this)),
      m_facts(new QLabel(this)),
      m_because(new QLabel(this)),
      m_source(new QComboBox(this)),
      m_encoding(new QComboBox(this)),
      m_delimiter(new QComboBox(this)),
      m_header(new QCheckBox(tr("First row names the &columns"), this)),
      m_tabs(new QTabWidget(this)),
      m_mapping(new MappingGrid(this)),
      m_rows(new CopyTable(this)),
      m_rowModel(new ValueModel(this)),
      m_rejects(new CopyTable(this)),
      m_rejectModel(new ValueModel(this)),
      m_verdict(new QLabel(this)),
      m_masking(new QButtonGroup(this)),
      m_messages(new MessageBar(this)),
      m_delay(new QTimer(this)),
      m_planSlot(desk.jobs()),
      m_previewSlot(desk.jobs()) {
    setObjectName(u"importDialog"_s);
    setWindowTitle(tr("Import %1").arg(QFileInfo(m_file).fileName()));
    auto* column = new QVBoxLayout(this);
    buildHead(*column);
    m_rows->setModel(m_rowModel);
    m_rows->setAccessibleName(tr("First rows as they would be stored"));
    m_rows->setObjectName(u"previewTable"_s);
    m_rejectModel->setColumns({{tr("Line"), {}, true},
                               {tr("Column"), {}, false},
                               {tr("Reason"), {}, false},
                               {tr("How to mend it"), {}, false}});
    m_rejects->setModel(m_rejectModel);
    m_rejects->setAccessibleName(tr("Rows that would be rejected"));
    m_rejects->setColumnWidth(2, 280);
    m_tabs->addTab(m_rows, tr("Preview"));
    m_tabs->addTab(m_mapping, tr("Columns"));
    m_tabs->addTab(m_rejects, tr("Would be rejected"));
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the import"));
    m_tabs->setAccessibleName(m_tabs->tabBar()->accessibleName());
    column->addWidget(m_tabs, 1);
    m_verdict->setObjectName(u"importVerdict"_s);
    m_verdict->setWordWrap(true);
    column->addWidget(m_verdict);
    buildMasking(*column);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = buttons->addButton(more > 0 ? tr("&Import %n file(s)", nullptr, more + 1) : tr("&Import"),
                                  QDialogButtonBox::AcceptRole);
    m_import->setObjectName(u"importButton"_s);
    m_import->setProperty("primary", true);
    m_import->style()->unpolish(m_import);  // it was styled before it became the primary one
    m_import->style()->polish(m_import);
    m_import->setDefault(true);
    m_import->setEnabled(false);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_delay->setSingleShot(true);
    m_delay->setInterval(80);
    connect(m_mapping, &MappingGrid::edited, this, &ImportDialog::readMapping);
    connect(m_delay, &QTimer::timeout, this, &ImportDialog::preview);
    resize(920, 640);
    plan();
}

void ImportDialog::buildHead(QVBoxLayout& column) {
    m_title->setText(QFileInfo(m_file).fileName());
    m_title->setProperty("role", u"headline"_s);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setText(tr("Looking at the file..."));
    m_facts->setProperty("role", u"muted"_s);
    m_because->setProperty("role", u"muted"_s);
    m_because->setWordWrap(true);
    m_source->setAccessibleName(tr("What the log is"));
    m_source->setObjectName(u"importSource"_s);
    m_source->setMinimumWidth(280);
    m_encoding->setAccessibleName(tr("Encoding"));
    m_encoding->addItems({u"UTF-8"_s, u"UTF-16LE"_s, u"UTF-16BE"_s, u"windows-1252"_s, u"ISO-8859-1"_s});
    m_encoding->setEditable(true);
    m_delimiter->setAccessibleName(tr("Delimiter"));
    for (const char* delimiter : {",", ";", "\t", "|"}) {
        m_delimiter->addItem(delimiterTitle(delimiter), QString::fromLatin1(delimiter));
    }
    m_messages->hide();
    column.addWidget(m_title);
    column.addWidget(m_facts);
    column.addWidget(m_messages);
    auto* line = new QHBoxLayout;
    line->addWidget(buddy(tr("Looks &like"), m_source, this));
    line->addWidget(m_source);
    line->addSpacing(12);
    line->addWidget(buddy(tr("&Encoding"), m_encoding, this));
    line->addWidget(m_encoding);
    line->addWidget(buddy(tr("&Delimiter"), m_delimiter, this));
    line->addWidget(m_delimiter);
    line->addWidget(m_header);
    line->addStretch();
    column.addLayout(line);
    column.addWidget(m_because);
    const auto again = [this] {
        if (!m_filling) {
            m_mappingEdited = false;
            plan();
        }
    };
    connect(m_source, &QComboBox::activated, this, [this, again] {
        m_preset = toUtf8(m_source->currentData().toString());
        again();
    });
    connect(m_encoding, &QComboBox::textActivated, this, again);
    connect(m_delimiter, &QComboBox::activated, this, again);
    connect(m_header, &QCheckBox::clicked, this, again);
}

void ImportDialog::buildMasking(QVBoxLayout& column) {
    auto* line = new QHBoxLayout;
    line->addWidget(new QLabel(tr("Personal data and secrets in texts:"), this));
    const QList<std::tuple<ingest::MaskMode, QString, QString>> modes{
        {ingest::MaskMode::off, tr("lea&ve"), tr("Texts stay as they are, nothing is looked for")},
        {ingest::MaskMode::flag, tr("&flag"), tr("Texts stay; each row gets its data class, which routing can use")},
        {ingest::MaskMode::replace, tr("&replace"), tr("Findings become placeholders such as [EMAIL_1]")},
        {ingest::MaskMode::noText, tr("store &no texts"), tr("Token counts and classes only")}};
    for (const auto& [mode, text, tip] : modes) {
        auto* button = new QRadioButton(text, this);
        button->setToolTip(tip);
        button->setAccessibleDescription(tip);
        button->setChecked(mode == ingest::MaskMode::flag);
        m_masking->addButton(button, static_cast<int>(mode));
        line->addWidget(button);
    }
    line->addStretch();
    column.addLayout(line);
}

ingest::ImportWishes ImportDialog::wishes() const {
    ingest::ImportWishes wishes;
    wishes.preset = m_preset;
    if (m_planned) {
        const ingest::Dialect& found = m_planned->plan.dialect;
        if (toUtf8(m_encoding->currentText()) != found.encoding) {
            wishes.reading.encoding = toUtf8(m_encoding->currentText());
        }
        if (found.format == ingest::Format::delimited) {
            wishes.reading.delimiter = toUtf8(m_delimiter->currentData().toString());
            wishes.reading.hasHeader = m_header->isChecked();
        }
    }
    if (m_mappingEdited && m_planned) {
        wishes.mapping = m_planned->plan.mapping;
    }
    wishes.masking.mode = static_cast<ingest::MaskMode>(m_masking->checkedId());
    wishes.storeTexts = wishes.masking.mode != ingest::MaskMode::noText;
    return wishes;
}

void ImportDialog::plan() {
    m_import->setEnabled(false);
    m_planSlot.start(
        tr("Looking at %1").arg(QFileInfo(m_file).fileName()),
        [file = toUtf8(m_file), wishes = wishes()](TaskContext& context) {
            return ingest::planImport(file, wishes, {}, context);
        },
        [this](Result<ingest::PlannedImport> planned) {
            if (planned) {
                takePlan(std::move(*planned));
            } else {
                showFailure(planned.error());
            }
        });
}

void ImportDialog::showFailure(const Error& error) {
    if (error.code == ErrorCode::cancelled) {
        return;
    }
    m_messages->clear();
    m_messages->showError(error);
    m_verdict->clear();
    m_import->setEnabled(false);
    Q_EMIT previewed();
}

void ImportDialog::takePlan(ingest::PlannedImport planned) {
    m_filling = true;
    m_messages->clear();
    const bool first = !m_planned.has_value();
    std::vector<ingest::PresetMatch> matches = planned.matches;
    m_planned = std::move(planned);
    const ingest::Dialect& dialect = m_planned->plan.dialect;
    QStringList facts{formatBytes(m_planned->source.fileBytes), formatTitle(dialect.format), toQt(dialect.encoding)};
    if (m_planned->source.container != ingest::Container::plain) {
        facts << toQt(ingest::containerName(m_planned->source.container));
    }
    facts << tr("%n column(s)", nullptr, static_cast<int>(m_planned->plan.header.size()));
    m_facts->setText(facts.join(u" \u00b7 "_s));
    if (first) {
        m_source->clear();
        QStringList there;
        for (const ingest::PresetMatch& match : matches) {
            m_source->addItem(tr("%1 (%2 sure)").arg(toQt(match.title), formatPercent(match.confidence, 0)),
                              toQt(match.id));
            there << toQt(match.id);
        }
        m_source->insertSeparator(m_source->count());
        for (const ingest::Preset& preset : ingest::builtInPresets()) {
            if (!there.contains(toQt(preset.id))) {
                m_source->addItem(toQt(preset.title), toQt(preset.id));
            }
        }
        if (!matches.empty()) {
            QStringList because;
            for (const std::string& reason : matches.front().because) {
                because << toQt(reason);
            }
            m_because->setText(because.join(u"; "_s));
        }
    }
    m_encoding->setCurrentText(toQt(dialect.encoding));
    const QString delimiter = toQt(dialect.delimiter);
    if (m_delimiter->findData(delimiter) < 0) {
        m_delimiter->addItem(delimiterTitle(dialect.delimiter), delimiter);
    }
    m_delimiter->setCurrentIndex(m_delimiter->findData(delimiter));
    m_header->setChecked(dialect.hasHeader);
    const bool delimited = dialect.format == ingest::Format::delimited;
    m_delimiter->setEnabled(delimited);
    m_header->setEnabled(delimited);
    m_mapping->setPlan(*m_planned);
    m_filling = false;
    preview();
}

void ImportDialog::readMapping() {
    if (m_filling || !m_planned) {
        return;
    }
    m_mapping->apply(m_planned->plan);
    m_mappingEdited = true;
    m_delay->start();
}

void ImportDialog::preview() {
    if (!m_planned) {
        return;
    }
    m_previewSlot.start(
        tr("Reading the first rows"),
        [plan = m_planned->plan](TaskContext& context) { return project::previewImport(plan, kPreviewRows, context); },
        [this](Result<project::ImportPreview> shown) {
            if (shown) {
                showPreview(*shown);
            } else {
                showFailure(shown.error());
            }
        });
}

void ImportDialog::showPreview(const project::ImportPreview& shown) {
    m_messages->clear();
    QList<int> used;
    for (int column = 0; column < RequestModel::columnCountValue; ++column) {
        const bool any = std::any_of(shown.rows.begin(), shown.rows.end(), [column](const project::RequestRecord& row) {
            return RequestModel::cellText(row, column) != missing();
        });
        if (any && column != RequestModel::line && column != RequestModel::requests) {
            used.append(column);
        }
    }
    QList<ValueColumn> columns;
    for (const int column : used) {
        columns.append({RequestModel::columnTitle(column), {}, RequestModel::isNumeric(column)});
    }
    QList<ValueModel::Row> rows;
    for (const project::RequestRecord& record : shown.rows) {
        QList<Cell> cells;
        for (const int column : used) {
            cells.append({RequestModel::cellText(record, column), {}, {}, {}, {}, {}});
        }
        rows.append({static_cast<qint64>(record.id.value()), cells, false});
    }
    m_rowModel->setColumns(columns);
    m_rowModel->setRows(rows);
    m_rows->resizeColumnsToContents();
    QList<ValueModel::Row> rejects;
    for (const project::RejectInfo& reject : shown.rejects) {
        rejects.append({static_cast<qint64>(reject.id),
                        {{formatCount(reject.line), {}, {}, {}, {}, {}},
                         {toQt(reject.column), {}, {}, {}, {}, {}},
                         {toQt(reject.reason), {}, {}, toQt(reject.reason), {}, {}},
                         {toQt(reject.fixHint), {}, {}, toQt(reject.fixHint), {}, {}}},
                        false});
    }
    m_rejectModel->setRows(rejects);
    m_tabs->setTabText(2,
                       rejects.isEmpty() ? tr("Would be rejected") : tr("Would be rejected (%1)").arg(rejects.size()));
    const QString scope = shown.wholeFile ? tr("The whole file") : tr("The first %1 rows").arg(kPreviewRows);
    m_verdict->setText(
        rejects.isEmpty()
            ? tr("%1: all can be read.").arg(scope)
            : tr("%1: %2 would be stored, %3 rejected. Rejected rows are kept with their reasons.")
                  .arg(scope, formatCount(static_cast<std::int64_t>(shown.rows.size())), formatCount(rejects.size())));
    m_verdict->setProperty("role", rejects.isEmpty() ? u"good"_s : u"warning"_s);
    m_verdict->setStyleSheet(u"color: "_s +
                             (rejects.isEmpty() ? Theme::instance().good() : Theme::instance().warning()).name());
    m_import->setEnabled(!shown.rows.empty());
    Q_EMIT previewed();
}

int ImportDialog::previewRows() const {
    return m_rowModel->rowCount();
}

project::ImportOptions ImportDialog::options() const {
    project::ImportOptions options;
    options.file = toUtf8(m_file);
    options.wishes = wishes();
    return options;
}

}  // namespace tierwise::ui
