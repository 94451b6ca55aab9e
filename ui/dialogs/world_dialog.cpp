// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/world_dialog.h"

#include <cmath>

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/shell/desk.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

WorldDialog::WorldDialog(Desk& desk, const project::World& world, const replay::Assumptions& ofProject, QWidget* parent)
    : QDialog(parent),
      m_desk(desk),
      m_load(std::make_unique<JobSlot>(desk.jobs(), nullptr, JobRunner::Lane::quick)),
      m_world(world),
      m_ofProject(ofProject),
      m_catalog(new QComboBox(this)),
      m_cache(new QDoubleSpinBox(this)),
      m_batch(new QCheckBox(tr("&Batch rates for what the log sent in batches"), this)),
      m_problem(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel | QDialogButtonBox::Reset, this)) {
    setObjectName(u"worldDialog"_s);
    setWindowTitle(tr("Prices and assumptions"));
    m_catalog->setObjectName(u"worldCatalog"_s);
    m_catalog->setAccessibleName(tr("Prices of"));
    m_catalog->addItem(tr("The catalog in use"), QString());
    if (!world.catalog.empty()) {
        m_catalog->addItem(toQt(world.catalog), toQt(world.catalog));
        m_catalog->setCurrentIndex(1);
    }
    auto* file = new QPushButton(tr("&File..."), this);
    file->setToolTip(tr("Prices of a catalog file"));
    auto* catalogRow = new QHBoxLayout;
    catalogRow->addWidget(m_catalog, 1);
    catalogRow->addWidget(file);
    auto* form = new QFormLayout;
    auto* label = new QLabel(tr("&Prices of"), this);
    label->setBuddy(m_catalog);
    form->addRow(label, catalogRow);
    auto* heads = new QHBoxLayout;
    for (const QString& head : {tr("low"), tr("middle"), tr("high")}) {
        auto* title = new QLabel(head, this);
        title->setAlignment(Qt::AlignCenter);
        title->setProperty("role", u"muted"_s);
        heads->addWidget(title, 1);
    }
    form->addRow(QString(), heads);
    using replay::Assumptions;
    addField(*form, tr("Input tokens of another &tokenizer"), u"worldTokenizer"_s, &Assumptions::tokenizer, 0.01);
    addField(*form, tr("Length of another model's &answer"), u"worldVerbosity"_s, &Assumptions::verbosity, 0.01);
    addField(*form, tr("Reasoning on &easy requests"), u"worldEasy"_s, &Assumptions::reasoningEasy, 1);
    addField(*form, tr("Reasoning on &hard requests"), u"worldHard"_s, &Assumptions::reasoningHard, 1);
    m_cache->setObjectName(u"worldCache"_s);
    m_cache->setRange(0, 1e6);
    m_cache->setDecimals(0);
    m_cache->setSuffix(tr(" s"));
    m_cache->setAccessibleName(tr("A cached prefix lives for"));
    auto* cacheLabel = new QLabel(tr("A &cached prefix lives for"), this);
    cacheLabel->setBuddy(m_cache);
    form->addRow(cacheLabel, m_cache);
    form->addRow(QString(), m_batch);
    m_problem->setWordWrap(true);
    auto* intro = new QLabel(tr("Factors on what the log says: 1 = as logged. The middle is counted with; low and high "
                                "make the range. Costs of this scenario alone change; its quality does not."),
                             this);
    intro->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(m_problem);
    layout->addStretch(1);
    layout->addWidget(m_buttons);
    m_buttons->button(QDialogButtonBox::Reset)->setToolTip(tr("As the project has it"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_buttons->button(QDialogButtonBox::Reset), &QPushButton::clicked, this, [this] {
        show(m_ofProject);
        m_catalog->setCurrentIndex(0);
    });
    connect(file, &QPushButton::clicked, this, &WorldDialog::chooseFile);
    replay::Assumptions shown = m_ofProject;
    if (!world.assumptions.empty()) {
        if (auto own = replay::Assumptions::parse(world.assumptions, "scenario")) {
            shown = *own;
        }
    }
    show(shown);
    loadCatalogs();
}

void WorldDialog::addField(QFormLayout& form, const QString& title, const QString& name,
                           replay::Assumed replay::Assumptions::*part, double least) {
    Field field{part, {}};
    auto* row = new QHBoxLayout;
    const QString plain = QString(title).remove(u'&');
    const QString ends[] = {tr("low"), tr("middle"), tr("high")};
    for (std::size_t i = 0; i < 3; ++i) {
        auto* box = new QDoubleSpinBox(this);
        box->setObjectName(name + QString::number(i));
        box->setRange(least, 1000);
        box->setDecimals(2);
        box->setSingleStep(0.1);
        box->setAccessibleName(plain + u", "_s + ends[i]);
        row->addWidget(box, 1);
        connect(box, &QDoubleSpinBox::valueChanged, this, &WorldDialog::check);
        field.boxes[i] = box;
    }
    auto* label = new QLabel(title, this);
    label->setBuddy(field.boxes[1]);
    form.addRow(label, row);
    m_fields.append(field);
}

void WorldDialog::show(const replay::Assumptions& assumptions) {
    for (const Field& field : m_fields) {
        const auto& assumed = assumptions.*field.part;
        const double values[] = {assumed.low, assumed.mid, assumed.high};
        for (std::size_t i = 0; i < 3; ++i) {
            field.boxes[i]->setValue(values[i]);
        }
    }
    m_cache->setValue(assumptions.cacheLifetimeSeconds);
    m_batch->setChecked(assumptions.honourBatch);
    check();
}

replay::Assumptions WorldDialog::read() const {
    replay::Assumptions assumptions = m_ofProject;
    for (const Field& field : m_fields) {
        auto& assumed = assumptions.*field.part;
        const double before[] = {assumed.low, assumed.mid, assumed.high};
        double* values[] = {&assumed.low, &assumed.mid, &assumed.high};
        bool changed = false;
        for (std::size_t i = 0; i < 3; ++i) {
            // What the box shows rounded stays exact where nobody touched it.
            changed = changed || std::abs(field.boxes[i]->value() - before[i]) > 0.005;
        }
        for (std::size_t i = 0; i < 3 && changed; ++i) {
            *values[i] = field.boxes[i]->value();
        }
        if (changed) {
            assumed.source = toUtf8(tr("set by hand for this scenario"));
        }
    }
    assumptions.cacheLifetimeSeconds = m_cache->value();
    assumptions.honourBatch = m_batch->isChecked();
    return assumptions;
}

project::World WorldDialog::world() const {
    project::World world;
    world.catalog = toUtf8(m_catalog->currentData().toString());
    const auto assumptions = read();
    if (assumptions != m_ofProject) {
        world.assumptions = assumptions.toJson();
    }
    return world;
}

void WorldDialog::loadCatalogs() {
    m_load->start(
        tr("Looking up catalogs"), [](TaskContext&) { return project::worldCatalogs(); },
        [this](Result<std::vector<project::WorldCatalog>> found) {
            if (!found) {
                return;
            }
            for (const auto& one : *found) {
                const QString id = toQt(one.id);
                const QString shown = one.title.empty() ? tr("Snapshot of %1").arg(toQt(one.date))
                                                        : tr("%1 of %2").arg(coreText(one.title), toQt(one.date));
                const int known = m_catalog->findData(id);
                if (known >= 0) {
                    m_catalog->setItemText(known, shown);
                } else {
                    m_catalog->addItem(shown, id);
                }
            }
        });
}

void WorldDialog::chooseFile() {
    const QStringList paths =
        m_desk.dialogs().openFiles(this, tr("Prices of a catalog file"), {}, tr("Catalogs (*.json)"));
    if (paths.isEmpty()) {
        return;
    }
    if (const auto catalog = project::openWorldCatalog(toUtf8(paths.first())); !catalog) {
        m_problem->setText(coreText(catalog.error()));
        return;
    }
    if (m_catalog->findData(paths.first()) < 0) {
        m_catalog->addItem(QFileInfo(paths.first()).fileName(), paths.first());
    }
    m_catalog->setCurrentIndex(m_catalog->findData(paths.first()));
}

void WorldDialog::check() {
    QString problem;
    for (const Field& field : m_fields) {
        if (field.boxes[0]->value() > field.boxes[1]->value() || field.boxes[1]->value() > field.boxes[2]->value()) {
            problem =
                tr("Low, middle and high must rise: %1").arg(field.boxes[1]->accessibleName().section(u',', 0, 0));
        }
    }
    m_problem->setText(problem);
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(problem.isEmpty());
}

}  // namespace tierwise::ui
