// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/models_dialog.h"

#include <algorithm>

#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include "core/project/catalog_view.h"
#include "core/project/default_models.h"
#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostModels = 24;  // a workbench holds 63; more than a handful is no choice any more
constexpr int kTierColumn = 1;

// Every word of the search in any column, and the tier.
class CatalogFilter : public ValueSortProxy {
public:
    using ValueSortProxy::ValueSortProxy;
    void set(const QStringList& words, const QString& tier) {
        m_words = words;
        m_tier = tier;
        invalidateFilter();
    }

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const auto text = [&](int column) { return sourceModel()->index(row, column, parent).data().toString(); };
        if (!m_tier.isEmpty() && text(kTierColumn) != m_tier) {
            return false;
        }
        return std::all_of(m_words.begin(), m_words.end(), [&](const QString& word) {
            return text(0).contains(word, Qt::CaseInsensitive) || text(2).contains(word, Qt::CaseInsensitive) ||
                   sourceModel()
                       ->index(row, 0, parent)
                       .data(kRowKeyRole)
                       .toString()
                       .contains(word, Qt::CaseInsensitive);
        });
    }

private:
    QStringList m_words;
    QString m_tier;
};

}  // namespace

ModelsDialog::ModelsDialog(const project::Workbench& workbench, const std::vector<std::string>& chosen, QWidget* parent)
    : QDialog(parent),
      m_catalog(workbench.inputs().catalog),
      m_defaults(project::defaultCandidates(m_catalog, {workbench.inputs().rows.get(), workbench.inputs().aliases})),
      m_search(new QLineEdit(this)),
      m_tier(new QComboBox(this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_proxy(new CatalogFilter(this)),
      m_chosen(new QListWidget(this)),
      m_problem(new QLabel(this)),
      m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this)) {
    setObjectName(u"modelsDialog"_s);
    setWindowTitle(tr("Candidate models"));
    resize(960, 560);
    m_search->setObjectName(u"modelsSearch"_s);
    m_search->setPlaceholderText(tr("Search models and hosts"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search models and hosts"));
    m_tier->setObjectName(u"modelsTier"_s);
    m_tier->setAccessibleName(tr("Tier"));
    m_tier->addItem(tr("All tiers"), QString());
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        m_tier->addItem(tierIcon(tier), tierLabel(tier), tierLabel(tier));
    }
    m_model->setColumns({{tr("Model"), {}, false},
                         {tr("Tier"), {}, false},
                         {tr("Host"), {}, false},
                         {tr("Input"), tr("Dollars per million tokens, or the offering's currency"), true},
                         {tr("Output"), tr("Dollars per million tokens, or the offering's currency"), true},
                         {tr("Context"), tr("Tokens"), true}});
    m_proxy->setSourceModel(m_model);
    m_table->setObjectName(u"modelsTable"_s);
    m_table->setAccessibleName(tr("Models of the catalog"));
    m_table->setModel(m_proxy);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSortingEnabled(true);
    m_chosen->setObjectName(u"modelsChosen"_s);
    m_chosen->setAccessibleName(tr("Chosen models"));
    m_problem->setWordWrap(true);
    m_problem->setObjectName(u"modelsProblem"_s);
    auto* add = new QPushButton(tr("&Add"), this);
    add->setObjectName(u"modelsAdd"_s);
    add->setToolTip(tr("Add the selected models to the candidates (Return)"));
    auto* remove = new QPushButton(tr("&Remove"), this);
    remove->setObjectName(u"modelsRemove"_s);
    remove->setToolTip(tr("Remove the selected candidate (Delete)"));
    auto* defaults = new QPushButton(tr("&Defaults"), this);
    defaults->setObjectName(u"modelsDefaults"_s);
    defaults->setToolTip(tr("One default model of each tier"));

    auto* find = new QHBoxLayout;
    find->addWidget(m_search, 1);
    find->addWidget(m_tier);
    auto* left = new QVBoxLayout;
    left->addLayout(find);
    left->addWidget(m_table, 1);
    auto* middle = new QVBoxLayout;
    middle->addStretch(1);
    middle->addWidget(add);
    middle->addWidget(remove);
    middle->addSpacing(12);
    middle->addWidget(defaults);
    middle->addStretch(1);
    auto* right = new QVBoxLayout;
    auto* chosenLabel = new QLabel(tr("&Candidates"), this);
    chosenLabel->setBuddy(m_chosen);
    right->addWidget(chosenLabel);
    right->addWidget(m_chosen, 1);
    auto* columns = new QHBoxLayout;
    columns->addLayout(left, 3);
    columns->addLayout(middle);
    columns->addLayout(right, 2);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(columns, 1);
    layout->addWidget(m_problem);
    layout->addWidget(m_buttons);

    connect(m_search, &QLineEdit::textChanged, this, &ModelsDialog::narrow);
    connect(m_tier, &QComboBox::currentIndexChanged, this, &ModelsDialog::narrow);
    connect(add, &QPushButton::clicked, this, &ModelsDialog::addSelected);
    connect(remove, &QPushButton::clicked, this, &ModelsDialog::removeSelected);
    connect(defaults, &QPushButton::clicked, this, &ModelsDialog::useDefaults);
    connect(m_table, &CopyTable::activated, this, &ModelsDialog::addSelected);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* deleteKey = new QShortcut(QKeySequence::Delete, m_chosen);
    deleteKey->setContext(Qt::WidgetShortcut);
    connect(deleteKey, &QShortcut::activated, this, &ModelsDialog::removeSelected);
    add->setAutoDefault(false);
    remove->setAutoDefault(false);
    defaults->setAutoDefault(false);

    fillCatalog(m_catalog);
    if (chosen.empty()) {
        useDefaults();
    }
    for (const auto& name : chosen) {
        choose(name);
    }
    m_search->setFocus();
}

void ModelsDialog::fillCatalog(const catalog::Catalog& catalog) {
    QList<ValueModel::Row> rows;
    const auto price = [](const std::optional<Rate>& rate) {
        Cell cell{missing(), {}, {}, {}, {}, {}};
        if (rate) {
            cell.text = formatDecimal(rate->perMillion());
            cell.sortKey = static_cast<double>(rate->picoPerUnit());
        }
        return cell;
    };
    for (const auto& line : project::catalogLines(catalog)) {
        if (!line.input && !line.output) {
            continue;  // what has no price cannot be a candidate
        }
        Cell tier{tierLabel(line.tier), {}, {}, coreText(line.tierReason), tierIcon(line.tier), {}};
        Cell context{formatCount(line.contextTokens), {}, {}, {}, {}, {}};
        if (line.contextTokens) {
            context.sortKey = QVariant::fromValue<qint64>(*line.contextTokens);
        }
        rows.append({toQt(line.key),
                     {{toQt(line.model), {}, {}, toQt(line.key), {}, {}},
                      tier,
                      {toQt(line.host), {}, {}, {}, {}, {}},
                      price(line.input),
                      price(line.output),
                      context},
                     false});
    }
    m_model->setRows(rows);
    m_table->sortByColumn(0, Qt::AscendingOrder);
    m_table->setColumnWidth(0, 240);
    m_table->horizontalHeader()->setStretchLastSection(true);
}

void ModelsDialog::narrow() {
    static_cast<CatalogFilter*>(m_proxy)->set(m_search->text().split(u' ', Qt::SkipEmptyParts),
                                              m_tier->currentData().toString());
    if (m_proxy->rowCount() > 0) {
        m_table->selectRow(0);
    }
}

// A name that policies use, with what it stands for beside it.
void ModelsDialog::choose(const std::string& name) {
    for (int i = 0; i < m_chosen->count(); ++i) {
        if (m_chosen->item(i)->data(Qt::UserRole).toString() == toQt(name)) {
            return;
        }
    }
    QString shown = toQt(name);
    Tier tier = Tier::unbanded;
    const auto offering = m_catalog.findOffering(name);
    const auto model = m_catalog.findModel(name);
    for (const auto& line : project::catalogLines(m_catalog)) {
        const bool same = offering ? line.offering == *offering
                                   : model && line.mainOffering && m_catalog.offering(line.offering).model == *model;
        if (same) {
            shown = tr("%1 at %2").arg(toQt(line.model), toQt(line.host));
            tier = line.tier;
        }
    }
    auto* item = new QListWidgetItem(tierIcon(tier), shown, m_chosen);
    item->setData(Qt::UserRole, toQt(name));
    item->setData(Qt::UserRole + 1, static_cast<int>(tier));
    item->setToolTip(toQt(name));
    check();
}

void ModelsDialog::addSelected() {
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        choose(toUtf8(index.data(kRowKeyRole).toString()));
    }
}

void ModelsDialog::removeSelected() {
    delete m_chosen->takeItem(m_chosen->currentRow());
    check();
}

void ModelsDialog::useDefaults() {
    m_chosen->clear();
    for (const auto& name : m_defaults) {
        choose(name);
    }
    check();
}

void ModelsDialog::check() {
    QString problem;
    if (m_chosen->count() == 0) {
        problem = tr("Choose one model at least.");
    } else if (m_chosen->count() > kMostModels) {
        problem = tr("At most %1 models can be compared at once.").arg(kMostModels);
    }
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(problem.isEmpty());
    if (problem.isEmpty()) {
        QStringList empty;
        for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local}) {
            bool found = false;
            for (int i = 0; i < m_chosen->count(); ++i) {
                found = found || m_chosen->item(i)->data(Qt::UserRole + 1).toInt() == static_cast<int>(tier);
            }
            if (!found) {
                empty.append(tierLabel(tier));
            }
        }
        if (!empty.isEmpty()) {
            problem =
                tr("No model of this tier: %1. Policies that send requests there cannot run.").arg(empty.join(u", "_s));
        }
    }
    m_problem->setText(problem);
}

std::vector<std::string> ModelsDialog::models() const {
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(m_chosen->count()));
    for (int i = 0; i < m_chosen->count(); ++i) {
        names.push_back(toUtf8(m_chosen->item(i)->data(Qt::UserRole).toString()));
    }
    return names == m_defaults ? std::vector<std::string>() : names;
}

}  // namespace tierwise::ui
