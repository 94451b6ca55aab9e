// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/import_dialog.h"

#include <algorithm>

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSettings>
#include <QStyle>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/dialogs/mapping_grid.h"
#include "ui/dialogs/privacy_panel.h"
#include "ui/dialogs/reading_panel.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/message_bar.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTypingDelay = 80;

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

QString newlineTitle(ingest::Newline newline) {
    switch (newline) {
        case ingest::Newline::lf:
            return u"LF"_s;
        case ingest::Newline::crlf:
            return u"CRLF"_s;
        case ingest::Newline::cr:
            return u"CR"_s;
        case ingest::Newline::mixed:
            return ImportDialog::tr("mixed line ends");
    }
    return {};
}

QString factsOf(const ingest::PlannedImport& planned) {
    const ingest::Dialect& dialect = planned.plan.dialect;
    QStringList facts{formatBytes(planned.source.fileBytes), formatTitle(dialect.format), toQt(dialect.encoding)};
    if (planned.source.byteOrderMark) {
        facts << ImportDialog::tr("byte order mark");
    }
    if (planned.source.container != ingest::Container::plain) {
        facts << toQt(ingest::containerName(planned.source.container));
    }
    facts << newlineTitle(dialect.newline)
          << ImportDialog::tr("%n column(s)", nullptr, static_cast<int>(planned.plan.header.size()));
    return facts.join(u" \u00b7 "_s);
}

}  // namespace

ImportDialog::ImportDialog(Desk& desk, const QStringList& files, QWidget* parent)
    : QDialog(parent),
      m_desk(desk),
      m_list(new QListWidget(this)),
      m_title(new QLabel(this)),
      m_facts(new QLabel(this)),
      m_because(new QLabel(this)),
      m_reading(new ReadingPanel(this)),
      m_tabs(new QTabWidget(this)),
      m_mapping(new MappingGrid(this)),
      m_rows(new CopyTable(this)),
      m_rowModel(new ValueModel(this)),
      m_rejects(new CopyTable(this)),
      m_rejectModel(new ValueModel(this)),
      m_findings(new CopyTable(this)),
      m_findingModel(new ValueModel(this)),
      m_doctorText(new QLabel(this)),
      m_verdict(new QLabel(this)),
      m_checkButton(new QToolButton(this)),
      m_privacy(new PrivacyPanel(this)),
      m_messages(new MessageBar(this)),
      m_delay(new QTimer(this)),
      m_presetSlot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_planSlot(desk.jobs()),
      m_othersSlot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_previewSlot(desk.jobs()),
      m_checkSlot(desk.jobs()),
      m_doctorSlot(desk.jobs()) {
    setObjectName(u"importDialog"_s);
    for (const QString& path : files) {
        m_files.emplace_back().path = path;
    }
    setWindowTitle(files.size() == 1 ? tr("Import %1").arg(QFileInfo(files.first()).fileName())
                                     : tr("Import %n file(s)", nullptr, static_cast<int>(files.size())));
    auto* right = new QWidget(this);
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    buildHead(*column);
    buildTabs(*column);
    auto* line = new QHBoxLayout(this);
    line->addWidget(m_list);
    line->addWidget(right, 1);
    m_list->setVisible(m_files.size() > 1);
    m_list->setFixedWidth(240);
    m_list->setAccessibleName(tr("Files to import"));
    m_list->setObjectName(u"importFiles"_s);
    for (std::size_t i = 0; i < m_files.size(); ++i) {
        m_list->addItem(new QListWidgetItem);
        showFileLine(i);
    }
    m_list->setCurrentRow(0);
    m_privacy->restore(desk.settings());
    column->addWidget(m_privacy);
    buildButtons(*column);
    connect(m_list, &QListWidget::currentRowChanged, this, &ImportDialog::showFile);
    connect(m_list, &QListWidget::itemChanged, this, [this](const QListWidgetItem* item) {
        if (!m_filling) {
            m_files[static_cast<std::size_t>(m_list->row(item))].wanted = item->checkState() == Qt::Checked;
            updateImport();
        }
    });
    m_delay->setSingleShot(true);
    m_delay->setInterval(kTypingDelay);
    connect(m_delay, &QTimer::timeout, this, &ImportDialog::preview);
    connect(m_mapping, &MappingGrid::edited, this, &ImportDialog::readMapping);
    connect(m_privacy, &PrivacyPanel::changed, this, [this] {
        if (file().planned) {
            file().planned->plan.masking = m_privacy->options();
            m_delay->start();
        }
    });
    connect(m_reading, &ReadingPanel::readingChanged, this, &ImportDialog::changeReading);
    connect(m_reading, &ReadingPanel::sourceChosen, this, [this](const QString& id) {
        file().preset = toUtf8(id);
        file().mappingEdited = false;
        plan();
    });
    connect(m_reading, &ReadingPanel::keepPresetWanted, this, &ImportDialog::keepPreset);
    connect(m_reading, &ReadingPanel::forgetPresetWanted, this, &ImportDialog::forgetPreset);
    connect(&desk, &Desk::catalogChanged, this, &ImportDialog::askDoctor);
    const QSize wanted =
        desk.settings().value(u"import/dialogSize"_s, QSize(m_files.size() > 1 ? 1180 : 960, 660)).toSize();
    resize(parent == nullptr ? wanted
                             : wanted.boundedTo(parent->window()->size() - QSize(40, 30)).expandedTo({860, 560}));
    desk.needCatalog();
    loadPresets();
}

ImportDialog::~ImportDialog() = default;

void ImportDialog::buildHead(QVBoxLayout& column) {
    m_title->setProperty("role", u"headline"_s);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_title->setText(QFileInfo(m_files.front().path).fileName());
    m_facts->setText(tr("Looking at the file..."));
    m_facts->setProperty("role", u"muted"_s);
    m_facts->setObjectName(u"importFacts"_s);
    m_because->setProperty("role", u"muted"_s);
    m_because->setWordWrap(true);
    m_messages->hide();
    column.addWidget(m_title);
    column.addWidget(m_facts);
    column.addWidget(m_messages);
    column.addWidget(m_reading);
    column.addWidget(m_because);
}

void ImportDialog::buildTabs(QVBoxLayout& column) {
    m_rows->setModel(m_rowModel);
    m_rows->setAccessibleName(tr("First rows as they would be stored"));
    m_rows->setObjectName(u"previewTable"_s);
    m_rejectModel->setColumns({{tr("Line"), {}, true},
                               {tr("Column"), {}, false},
                               {tr("Reason"), {}, false},
                               {tr("How to mend it"), {}, false},
                               {tr("Record"), tr("The rejected record itself"), false}});
    m_rejects->setModel(m_rejectModel);
    m_rejects->setAccessibleName(tr("Rows that would be rejected"));
    m_rejects->setObjectName(u"previewRejects"_s);
    m_rejects->setColumnWidth(2, 280);
    m_rejects->setColumnWidth(3, 240);
    m_findingModel->setColumns({{tr("Finding"), {}, false},
                                {tr("Rows"), tr("Of the first rows alone"), true},
                                {tr("Mend"), tr("Offered under Doctor once the log is in"), false}});
    m_findings->setModel(m_findingModel);
    m_findings->setAccessibleName(tr("What the doctor finds in the first rows"));
    m_findings->setObjectName(u"previewFindings"_s);
    m_findings->setColumnWidth(0, 460);
    m_doctorText->setWordWrap(true);
    m_doctorText->setContentsMargins(6, 4, 6, 0);
    auto* doctor = new QWidget(m_tabs);
    auto* below = new QVBoxLayout(doctor);
    below->setContentsMargins(0, 0, 0, 0);
    below->addWidget(m_doctorText);
    below->addWidget(m_findings, 1);
    m_tabs->addTab(m_rows, tr("Preview"));
    m_tabs->addTab(m_mapping, tr("Columns"));
    m_tabs->addTab(m_rejects, tr("Would be rejected"));
    m_tabs->addTab(doctor, tr("Doctor"));
    m_tabs->setObjectName(u"importTabs"_s);
    m_tabs->tabBar()->setAccessibleName(tr("Parts of the import"));
    m_tabs->setAccessibleName(m_tabs->tabBar()->accessibleName());
    column.addWidget(m_tabs, 1);
    m_verdict->setObjectName(u"importVerdict"_s);
    m_verdict->setWordWrap(true);
    m_checkButton->setText(tr("C&heck the whole file"));
    m_checkButton->setToolTip(tr("Read all of it and say what would be rejected; nothing is stored"));
    m_checkButton->setAccessibleName(tr("Check the whole file"));
    m_checkButton->setObjectName(u"checkWhole"_s);
    m_checkButton->hide();
    connect(m_checkButton, &QToolButton::clicked, this, &ImportDialog::checkWhole);
    auto* line = new QHBoxLayout;
    line->addWidget(m_verdict, 1);
    line->addWidget(m_checkButton, 0, Qt::AlignTop);
    column.addLayout(line);
}

void ImportDialog::buildButtons(QVBoxLayout& column) {
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_import = buttons->addButton(tr("&Import"), QDialogButtonBox::AcceptRole);
    m_import->setObjectName(u"importButton"_s);
    m_import->setProperty("primary", true);
    m_import->style()->unpolish(m_import);  // it was styled before it became the primary one
    m_import->style()->polish(m_import);
    m_import->setDefault(true);
    m_import->setEnabled(false);
    column.addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &ImportDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

void ImportDialog::showFile(int index) {
    if (index < 0 || static_cast<std::size_t>(index) == m_current) {
        return;
    }
    m_current = static_cast<std::size_t>(index);
    m_previewSlot.drop();
    m_checkSlot.drop();
    m_doctorSlot.drop();
    m_planSlot.drop();
    m_check.reset();
    m_title->setText(QFileInfo(file().path).fileName());
    if (file().planned) {
        showPlan();
    } else {
        plan();
    }
}

ingest::ImportWishes ImportDialog::wishes(const ImportFile& of) const {
    ingest::ImportWishes wishes;
    wishes.preset = of.preset;
    wishes.reading = of.reading;
    if (of.mappingEdited && of.planned) {
        wishes.mapping = of.planned->plan.mapping;
    }
    wishes.masking = m_privacy->options();
    wishes.storeTexts = wishes.masking.mode != ingest::MaskMode::noText;
    return wishes;
}

void ImportDialog::plan() {
    m_import->setEnabled(false);
    ingest::ImportWishes wanted = wishes(file());
    wanted.allowBlank = true;
    m_planSlot.start(
        tr("Looking at %1").arg(QFileInfo(file().path).fileName()),
        [path = toUtf8(file().path), wanted = std::move(wanted), own = m_presets](TaskContext& context) {
            return ingest::planImport(path, wanted, own, context);
        },
        [this](Result<ingest::PlannedImport> planned) {
            if (planned) {
                takePlan(std::move(*planned));
            } else {
                showFailure(planned.error());
            }
        });
}

void ImportDialog::takePlan(ingest::PlannedImport planned) {
    if (!planned.matches.empty()) {
        file().matches = planned.matches;
    }
    file().problem.clear();
    file().planned = std::move(planned);
    showFileLine(m_current);
    showPlan();
}

void ImportDialog::showPlan() {
    m_filling = true;
    m_messages->clear();
    const ImportFile& of = file();
    const ingest::PlannedImport& planned = *of.planned;
    m_facts->setText(factsOf(planned));
    m_reading->setSources(of.matches, m_presets);
    if (of.preset) {
        m_reading->chooseSource(toQt(*of.preset));
    }
    m_reading->setDialect(planned.plan.dialect);
    QStringList because;
    if (!of.preset && !of.matches.empty()) {
        for (const std::string& reason : of.matches.front().because) {
            because << coreText(reason);
        }
    }
    for (const std::string& note : planned.source.notes) {
        because << coreText(note);
    }
    for (std::size_t i = 0; i < ingest::kRepairKinds; ++i) {
        const auto repair = static_cast<ingest::Repair>(i);
        if (const std::int64_t count = planned.source.repairs[repair]; count > 0) {
            because << tr("%1 (%2 times)").arg(coreText(ingest::repairText(repair)), formatCount(count));
        }
    }
    m_because->setText(because.join(u"; "_s));
    m_because->setVisible(!because.isEmpty());
    m_mapping->setPlan(planned);
    m_filling = false;
    file().planned->plan.masking = m_privacy->options();
    preview();
}

void ImportDialog::changeReading() {
    if (!m_filling && file().planned) {
        m_reading->apply(file().reading);
        file().mappingEdited = false;  // the columns may be others now
        plan();
    }
}

void ImportDialog::readMapping() {
    if (!m_filling && file().planned) {
        m_mapping->apply(file().planned->plan);
        file().mappingEdited = true;
        showFileLine(m_current);
        m_delay->start();
    }
}

void ImportDialog::showFailure(const Error& error) {
    if (error.code == ErrorCode::cancelled) {
        return;
    }
    m_messages->clear();
    m_messages->showError(error);
    m_verdict->clear();
    m_rowModel->setRows({});
    m_rejectModel->setRows({});
    m_facts->clear();
    m_because->clear();
    if (!file().planned) {
        file().problem = coreText(error.what);
        file().wanted = false;
        showFileLine(m_current);
    }
    m_checkSlot.drop();
    updateImport();
    m_import->setEnabled(m_files.size() > 1 && m_import->isEnabled());
    Q_EMIT previewed();
}

void ImportDialog::accept() {
    if (!m_import->isEnabled()) {
        return;
    }
    m_privacy->save(m_desk.settings());
    m_desk.settings().setValue(u"import/dialogSize"_s, size());
    QDialog::accept();
}

}  // namespace tierwise::ui
