// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/workload/rejects_tab.h"

#include <algorithm>
#include <filesystem>
#include <tuple>

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/project/rejects.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/shell/desk.h"
#include "ui/widgets/copy_table.h"
#include "ui/widgets/empty_state.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {
constexpr std::int64_t kPage = 500;
constexpr qsizetype kRawLimit = 20'000;
}  // namespace

RejectsTab::RejectsTab(Desk& desk, QWidget* parent)
    : QWidget(parent),
      m_desk(desk),
      m_stack(new QStackedWidget(this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_raw(new QPlainTextEdit(this)),
      m_hint(new QLabel(this)),
      m_more(new QPushButton(tr("Show more"), this)),
      m_slot(desk.jobs(), nullptr, JobRunner::Lane::quick),
      m_exportSlot(desk.jobs()) {
    m_model->setColumns({{tr("Line"), {}, true},
                         {tr("Byte"), {}, true},
                         {tr("Column"), {}, false},
                         {tr("Reason"), {}, false},
                         {tr("How to mend it"), {}, false}});
    m_table->setModel(m_model);
    m_table->setObjectName(u"rejectsTable"_s);
    m_table->setAccessibleName(tr("Rejected rows"));
    m_table->setProperty("frameless", true);
    m_table->setColumnWidth(0, 90);
    m_table->setColumnWidth(1, 110);
    m_table->setColumnWidth(2, 140);
    m_table->setColumnWidth(3, 320);
    m_raw->setReadOnly(true);
    m_raw->setTabChangesFocus(true);
    m_raw->setAccessibleName(tr("The rejected record itself"));
    m_raw->setPlaceholderText(tr("Select a rejected row to see its own bytes."));
    m_raw->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(8, 4, 8, 4);
    m_more->setAccessibleName(tr("Show more rejected rows"));
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_table);
    split->addWidget(m_raw);
    split->setStretchFactor(0, 1);
    split->setSizes({400, 140});
    auto* filled = new QWidget(m_stack);
    auto* column = new QVBoxLayout(filled);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* line = new QHBoxLayout;
    line->addWidget(m_hint, 1);
    line->addWidget(m_more);
    for (const auto& [text, tip, run] : QList<std::tuple<QString, QString, void (RejectsTab::*)()>>{
             {tr("Export to mend..."), tr("A CSV with the log's own columns and the reasons"),
              &RejectsTab::exportToMend},
             {tr("Try mended..."), tr("Read the mended CSV in place of the rejects"), &RejectsTab::retryMended},
             {tr("Try again"), tr("As they are, after the mapping or the program has changed"),
              &RejectsTab::retryAsTheyAre}}) {
        auto* button = new QPushButton(text, this);
        button->setToolTip(tip);
        button->setAccessibleDescription(tip);
        connect(button, &QPushButton::clicked, this, run);
        line->addWidget(button);
    }
    column->addLayout(line);
    column->addWidget(split, 1);
    auto* empty = new EmptyState(u"info"_s, m_stack);
    empty->setSentence(tr("No row was rejected: everything that was read is stored."));
    m_stack->addWidget(empty);
    m_stack->addWidget(filled);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(m_stack);
    connect(m_table, &CopyTable::told, &desk, &Desk::tell);
    connect(m_more, &QPushButton::clicked, this, [this] { load(m_last); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { m_raw->setPlainText(m_raws.value(current.row())); });
}

void RejectsTab::showImport(std::optional<ImportId> import) {
    m_import = import;
    refresh();
}

void RejectsTab::refresh() {
    if (!m_desk.hasProject()) {
        m_stack->setCurrentIndex(0);
        return;
    }
    load(0);
}

void RejectsTab::load(std::int64_t after) {
    m_slot.start(
        QString(),
        [open = m_desk.project(), import = m_import, after](TaskContext&) -> Result<Page> {
            auto rejects = open.rejects(import, after, kPage);
            if (!rejects) {
                return fail(rejects.error());
            }
            auto total = open.rejectCount(import);
            if (!total) {
                return fail(total.error());
            }
            return Page{std::move(*rejects), *total};
        },
        [this, after](Result<Page> page) {
            if (page) {
                append(*page, after == 0);
            } else {
                m_desk.showError(page.error());
            }
        });
}

void RejectsTab::append(const Page& page, bool first) {
    QList<ValueModel::Row> rows;
    QStringList raws;
    if (first) {
        m_imports.clear();
    }
    for (const project::RejectInfo& reject : page.rejects) {
        m_last = reject.id;
        raws << toQt(reject.raw).left(kRawLimit);
        m_imports << reject.import;
        rows.append({static_cast<qint64>(reject.id),
                     {{reject.line > 0 ? formatCount(reject.line) : missing(),
                       static_cast<double>(reject.line),
                       {},
                       {},
                       {},
                       {}},
                      {formatCount(reject.byteOffset), static_cast<double>(reject.byteOffset), {}, {}, {}, {}},
                      {toQt(reject.column), {}, {}, {}, {}, {}},
                      {coreText(reject.reason), {}, {}, coreText(reject.reason), {}, {}},
                      {coreText(reject.fixHint), {}, {}, coreText(reject.fixHint), {}, {}}},
                     false});
    }
    if (first) {
        m_raws = raws;
        m_model->setRows(rows);
        m_raw->clear();
    } else {
        m_raws += raws;
        m_model->appendRows(rows);
    }
    const bool more = m_model->rowCount() < page.total;
    m_more->setVisible(more);
    m_hint->setText(more ? tr("%1 of %2 rejected rows.").arg(formatCount(m_model->rowCount()), formatCount(page.total))
                         : tr("%1 rejected rows. Nothing is lost: export them to mend, and try them again; rows that "
                              "are there already are not added twice.")
                               .arg(formatCount(page.total)));
    m_stack->setCurrentIndex(page.total > 0 ? 1 : 0);
    Q_EMIT statusChanged(tr("%1 rejected rows").arg(formatCount(page.total)));
}

void RejectsTab::exportAll() {
    if (!m_desk.hasProject()) {
        return;
    }
    const QString path =
        m_desk.dialogs().saveFile(window(), tr("Export rejected rows"), u"rejects.csv"_s, tr("CSV (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    m_exportSlot.start(
        tr("Exporting rejected rows"),
        [open = m_desk.project(), import = m_import, path](TaskContext& context) -> Result<qint64> {
            QSaveFile file(path);
            const Error failed{
                ErrorCode::io, "the file could not be written", "Choose another folder.", toUtf8(path), {}, {}};
            if (!file.open(QIODevice::WriteOnly)) {
                return fail(failed);
            }
            TextTable table;
            table.header = {u"line"_s, u"byte"_s, u"column"_s, u"reason"_s, u"hint"_s, u"raw"_s};
            file.write(table.toCsv().toUtf8());
            std::int64_t after = 0;
            qint64 written = 0;
            while (true) {
                auto rejects = open.rejects(import, after, kPage);
                if (!rejects) {
                    return fail(rejects.error());
                }
                if (rejects->empty() || context.stopRequested()) {
                    break;
                }
                TextTable part;
                for (const project::RejectInfo& reject : *rejects) {
                    after = reject.id;
                    ++written;
                    part.rows << QStringList{QString::number(reject.line), QString::number(reject.byteOffset),
                                             toQt(reject.column),          toQt(reject.reason),
                                             toQt(reject.fixHint),         toQt(reject.raw)};
                }
                const QByteArray text = part.toCsv().toUtf8();
                file.write(text.mid(text.indexOf('\n') + 1));
            }
            return !context.stopRequested() && file.commit() ? Result<qint64>(written) : fail(failed);
        },
        [this, path](Result<qint64> written) {
            if (written) {
                m_desk.tell(tr("%1 rejected rows written to %2").arg(formatCount(*written), path));
            } else {
                m_desk.showError(written.error());
            }
        });
}

std::optional<ImportId> RejectsTab::chosenImport() {
    if (m_import) {
        return m_import;
    }
    const QModelIndex current = m_table->currentIndex();
    if (current.isValid()) {
        return m_imports.value(current.row());
    }
    const bool one = std::all_of(m_imports.begin(), m_imports.end(),
                                 [this](ImportId import) { return import == m_imports.first(); });
    if (!m_imports.isEmpty() && one) {
        return m_imports.first();
    }
    m_desk.tell(m_imports.isEmpty() ? tr("There are no rejected rows")
                                    : tr("Select a rejected row first: they are of several imports"));
    return {};
}

void RejectsTab::exportToMend() {
    const auto import = m_desk.hasProject() ? chosenImport() : std::nullopt;
    if (!import) {
        return;
    }
    const QString path = m_desk.dialogs().saveFile(window(), tr("Export rejected rows to mend them"),
                                                   u"rejects-to-mend.csv"_s, tr("CSV (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    m_exportSlot.start(
        tr("Exporting rejected rows"),
        [open = m_desk.project(), import = *import, path](TaskContext&) {
            return project::exportRejects(open, import, toUtf8(path));
        },
        [this, path](Result<std::int64_t> written) {
            if (written) {
                m_desk.tell(tr("%1 rejected rows written to %2; mend them there, then choose Try mended")
                                .arg(formatCount(*written), path));
            } else {
                m_desk.showError(written.error());
            }
        });
}

void RejectsTab::retryMended() {
    const auto import = m_desk.hasProject() ? chosenImport() : std::nullopt;
    if (!import) {
        return;
    }
    const QStringList files =
        m_desk.dialogs().openFiles(window(), tr("Choose the mended CSV"), QString(), tr("CSV (*.csv)"));
    if (!files.isEmpty()) {
        retry(*import, files.first());
    }
}

void RejectsTab::retryAsTheyAre() {
    const auto import = m_desk.hasProject() ? chosenImport() : std::nullopt;
    if (import) {
        retry(*import, {});
    }
}

void RejectsTab::retry(ImportId import, const QString& mended) {
    m_exportSlot.start(
        tr("Trying rejected rows again"),
        [open = m_desk.project(), import, mended](TaskContext& context) {
            const auto file = mended.isEmpty() ? std::nullopt : std::optional<std::filesystem::path>(toUtf8(mended));
            return project::retryRejects(open, import, file, context);
        },
        [this](Result<project::RetryOutcome> outcome) {
            if (!outcome) {
                m_desk.showError(outcome.error());
                return;
            }
            QStringList wrong;
            for (const std::string& one : outcome->stillWrong) {
                wrong << coreText(one);
            }
            m_desk.showMessage({outcome->failed > 0 ? MessageBar::Severity::warning : MessageBar::Severity::note,
                                tr("%1 rejected rows tried: %2 stored, %3 were there already, %4 still rejected")
                                    .arg(formatCount(outcome->tried), formatCount(outcome->stored),
                                         formatCount(outcome->duplicates), formatCount(outcome->failed)),
                                {},
                                wrong.join(u'\n'),
                                {},
                                {}});
            m_desk.noteContentChanged();
        });
}

}  // namespace tierwise::ui
