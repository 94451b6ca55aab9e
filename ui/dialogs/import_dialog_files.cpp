// SPDX-License-Identifier: GPL-3.0-or-later
// ImportDialog: several files at once, and the user's own presets.
#include <algorithm>

#include <QFileInfo>
#include <QInputDialog>
#include <QListWidget>

#include "core/project/own_presets.h"
#include "ui/dialogs/import_dialog.h"
#include "ui/dialogs/reading_panel.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/shell/desk.h"
#include "ui/widgets/message_bar.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

// The user's presets take part in the detection, so they come first.
void ImportDialog::loadPresets() {
    m_presetSlot.start(
        QString(), [](TaskContext&) -> Result<project::OwnPresets> { return project::loadOwnPresets(); },
        [this](Result<project::OwnPresets> own) {
            if (own) {
                m_presets = std::move(own->presets);
                for (const std::string& problem : own->problems) {
                    m_desk.tell(coreText(problem));
                }
            }
            plan();
            planOthers();
        });
}

// Looks at the other files one after the other, for the list beside.
void ImportDialog::planOthers() {
    while (m_nextToPlan < m_files.size() &&
           (m_nextToPlan == m_current || m_files[m_nextToPlan].planned || !m_files[m_nextToPlan].problem.isEmpty())) {
        ++m_nextToPlan;
    }
    if (m_nextToPlan >= m_files.size()) {
        return;
    }
    const std::size_t index = m_nextToPlan++;
    m_othersSlot.start(
        QString(),
        [path = toUtf8(m_files[index].path), own = m_presets](TaskContext& context) {
            return ingest::planImport(path, {}, own, context);
        },
        [this, index](Result<ingest::PlannedImport> planned) {
            ImportFile& of = m_files[index];
            if (planned) {
                of.matches = planned->matches;
                of.planned = std::move(*planned);
            } else if (planned.error().code != ErrorCode::cancelled) {
                of.problem = coreText(planned.error().what);
                of.wanted = false;
            }
            showFileLine(index);
            updateImport();
            planOthers();
        });
}

void ImportDialog::showFileLine(std::size_t index) {
    m_filling = true;
    const ImportFile& of = m_files[index];
    QListWidgetItem* item = m_list->item(static_cast<int>(index));
    QString text = QFileInfo(of.path).fileName();
    QString below = tr("looking...");
    if (!of.problem.isEmpty()) {
        below = firstLine(of.problem, 60);
    } else if (of.planned) {
        below = of.untouched() && !of.matches.empty()
                    ? tr("%1, %2 sure")
                          .arg(coreText(of.matches.front().title), formatPercent(of.matches.front().confidence, 0))
                    : tr("as you said");
    }
    item->setText(text + u"\n"_s + below);
    item->setToolTip(of.problem.isEmpty() ? of.path : of.path + u"\n"_s + of.problem);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(of.wanted ? Qt::Checked : Qt::Unchecked);
    m_filling = false;
}

// A name for the mapping as it stands; the log is known by it from then on.
void ImportDialog::keepPreset() {
    if (!file().planned) {
        return;
    }
    auto* ask = new QInputDialog(this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setObjectName(u"presetName"_s);
    ask->setWindowTitle(tr("Keep as a preset"));
    ask->setLabelText(tr("Name of the preset:"));
    ask->setTextValue(QFileInfo(file().path).baseName());
    connect(ask, &QInputDialog::textValueSelected, this, [this](const QString& title) {
        m_presetSlot.start(
            QString(),
            [title = toUtf8(title), shown = file().planned->plan](TaskContext&) {
                return project::saveOwnPreset(title, shown);
            },
            [this](Result<ingest::Preset> kept) {
                if (!kept) {
                    m_messages->showError(kept.error());
                    return;
                }
                m_desk.tell(tr("Kept as the preset %1").arg(toQt(kept->title)));
                std::erase_if(m_presets, [&](const ingest::Preset& preset) { return preset.id == kept->id; });
                m_presets.push_back(*kept);
                file().preset = kept->id;
                file().mappingEdited = false;
                plan();
            });
    });
    ask->open();
}

void ImportDialog::forgetPreset() {
    const std::string id = toUtf8(m_reading->ownPresetChosen());
    m_presetSlot.start(
        QString(), [id](TaskContext&) { return project::deleteOwnPreset(id); },
        [this, id](Result<void> done) {
            if (!done) {
                m_messages->showError(done.error());
                return;
            }
            std::erase_if(m_presets, [&](const ingest::Preset& preset) { return preset.id == id; });
            for (ImportFile& of : m_files) {
                if (of.preset == id) {
                    of.preset.reset();
                }
            }
            plan();
        });
}

// What was said of one file holds for the others that have the same columns and of which nothing was said.
QList<project::ImportOptions> ImportDialog::options() const {
    QList<project::ImportOptions> all;
    for (const ImportFile& of : m_files) {
        if (!of.wanted) {
            continue;
        }
        const ImportFile* like = &of;
        if (of.untouched() && of.planned) {
            const auto same = std::find_if(m_files.begin(), m_files.end(), [&](const ImportFile& other) {
                return !other.untouched() && other.planned && other.planned->plan.header == of.planned->plan.header;
            });
            like = same != m_files.end() ? &*same : &of;
        }
        project::ImportOptions one;
        one.file = toUtf8(of.path);
        one.wishes = wishes(*like);
        one.ownPresets = m_presets;
        all.append(one);
    }
    return all;
}

}  // namespace tierwise::ui
