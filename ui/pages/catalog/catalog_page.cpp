// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalog/catalog_page.h"

#include <algorithm>
#include <set>

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QSettings>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTimer>
#include <QUndoStack>
#include <QVBoxLayout>

#include "ui/charts/chart_panel.h"
#include "ui/commands/own_price_command.h"
#include "ui/format/format.h"
#include "ui/models/value_model.h"
#include "ui/pages/catalog/own_price_dialog.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/copy_table.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using project::CatalogLine;
using project::PriceStep;

namespace {

constexpr int kMostPicked = 4;
constexpr Tier kTiers[] = {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded};

double perMillion(const Rate& rate) {
    return static_cast<double>(rate.picoPerUnit()) * 1e-6;
}

QString priceText(const std::optional<Rate>& rate, const std::string& currency) {
    if (!rate) {
        return missing();
    }
    const QString digits = toQt(rate->perMillion());
    return currency == "USD" ? digits : toQt(currency) + u" "_s + digits;
}

Cell priceCell(const std::optional<Rate>& rate, const CatalogLine& line) {
    Cell cell{priceText(rate, line.currency), rate ? QVariant(perMillion(*rate)) : QVariant(), {}, {}, {}, {}};
    if (rate) {
        cell.tip = CatalogPage::tr("%1 per million tokens").arg(cell.text);
        if (line.ownPrice) {
            cell.tip += u"\n"_s + CatalogPage::tr("Your own price");
        } else if (!line.evidenceUrl.empty()) {
            cell.tip += u"\n"_s + CatalogPage::tr("From %1\nchecked %2 (%3)")
                                      .arg(toQt(line.evidenceUrl), toQt(line.evidenceDate), toQt(line.confidence));
        }
    }
    return cell;
}

// An offering whose model nobody described goes by the provider's own name for it.
std::string nameOf(const CatalogLine& line) {
    return line.model.empty() ? line.key.substr(line.key.find('/') + 1) : line.model;
}

QList<Cell> cellsOf(const CatalogLine& line) {
    const auto text = [](const std::string& value) {
        return Cell{value.empty() ? missing() : toQt(value), {}, {}, {}, {}, {}};
    };
    Cell model = text(nameOf(line));
    model.tip = toQt(line.key);
    if (line.ownPrice) {
        model.text += u" *"_s;
        model.tip += u"\n"_s + CatalogPage::tr("* with your own price");
    }
    Cell tier{tierLabel(line.tier), {}, {}, toQt(line.tierReason), tierIcon(line.tier), {}};
    Cell context = line.contextTokens ? Cell{formatShortCount(static_cast<double>(*line.contextTokens)),
                                             static_cast<double>(*line.contextTokens),
                                             QString::number(*line.contextTokens),
                                             CatalogPage::tr("%1 tokens").arg(formatCount(*line.contextTokens)),
                                             {},
                                             {}}
                                      : Cell{missing(), {}, {}, {}, {}, {}};
    Cell host = text(line.host);
    if (!line.jurisdiction.empty()) {
        host.tip = CatalogPage::tr("Run under the law of %1").arg(toQt(line.jurisdiction));
    }
    return {model,
            tier,
            text(line.author),
            host,
            priceCell(line.input, line),
            priceCell(line.output, line),
            priceCell(line.cacheRead, line),
            context,
            text(line.licence),
            text(line.released),
            text(line.key)};
}

ChartSeries stepsAsSeries(const std::vector<PriceStep>& steps, Timestamp until) {
    ChartSeries series;
    series.kind = ChartSeries::Kind::step;
    const auto millis = [](Timestamp time) { return static_cast<double>(time.nanos() / 1'000'000); };
    for (const PriceStep& step : steps) {
        if (step.value) {
            series.points.append({millis(step.from), perMillion(*step.value)});
        } else if (!series.points.isEmpty()) {
            series.points.append({millis(step.from), series.points.last().y()});
        }
    }
    if (!steps.empty() && steps.back().value && until > steps.back().from) {
        series.points.append({millis(until), series.points.last().y()});
    }
    return series;
}

}  // namespace

CatalogPage::CatalogPage(Desk& desk, QWidget* parent)
    : Page(desk, parent),
      m_search(new QLineEdit(this)),
      m_tier(new QComboBox(this)),
      m_author(new QComboBox(this)),
      m_host(new QComboBox(this)),
      m_licence(new QComboBox(this)),
      m_mainOnly(new QCheckBox(tr("First-hand offerings only"), this)),
      m_table(new CopyTable(this)),
      m_model(new ValueModel(this)),
      m_proxy(new ValueSortProxy(this)),
      m_tabs(new QTabWidget(this)),
      m_history(new ChartPanel(this)),
      m_floors(new ChartPanel(this)),
      m_side(new CopyTable(this)),
      m_sideModel(new ValueModel(this)),
      m_split(new QSplitter(Qt::Vertical, this)),
      m_slot(desk.jobs()),
      m_editSlot(desk.jobs()) {
    m_model->setColumns({{tr("Model"), {}, false},
                         {tr("Tier"), {}, false},
                         {tr("Author"), {}, false},
                         {tr("Host"), tr("Who runs the machines and takes the money"), false},
                         {tr("Input ($/M)"), tr("Dollars per million input tokens"), true},
                         {tr("Output ($/M)"), tr("Dollars per million output tokens"), true},
                         {tr("Cached ($/M)"), tr("Dollars per million input tokens read from cache"), true},
                         {tr("Context"), tr("Context window, tokens"), true},
                         {tr("Licence"), {}, false},
                         {tr("Released"), {}, false},
                         {tr("Offering"), tr("Provider and its own name for the model"), false}});
    m_proxy->setSourceModel(m_model);
    m_table->setModel(m_proxy);
    m_table->setObjectName(u"catalogTable"_s);
    m_table->setAccessibleName(tr("Models and prices"));
    m_table->setProperty("frameless", true);
    const int widths[] = {220, 110, 110, 140, 105, 115, 120, 90, 120, 100, 240};
    for (int column = 0; column < 11; ++column) {
        m_table->setColumnWidth(column, widths[column]);
    }
    m_table->horizontalHeader()->setSortIndicator(9, Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    m_side->setModel(m_sideModel);
    m_side->setAccessibleName(tr("Selected models side by side"));
    m_side->setProperty("frameless", true);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_history, tr("Price history"));
    m_tabs->addTab(m_side, tr("Side by side"));
    m_tabs->addTab(m_floors, tr("Floor of each tier"));
    m_tabs->tabBar()->setAccessibleName(tr("Views of prices"));
    m_tabs->setAccessibleName(m_tabs->tabBar()->accessibleName());
    m_split->addWidget(m_table);
    m_split->addWidget(m_tabs);
    m_split->setStretchFactor(0, 1);
    m_split->setSizes({420, 300});
    m_split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeFilters());
    column->addWidget(m_split, 1);
    connect(m_table, &CopyTable::told, &desk, &Desk::tell);
    connect(m_history, &ChartPanel::told, &desk, &Desk::tell);
    connect(m_floors, &ChartPanel::told, &desk, &Desk::tell);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &CatalogPage::showSelection);
    connect(&desk, &Desk::catalogChanged, this, &CatalogPage::load);
    connect(&Theme::instance(), &Theme::changed, this, [this] { showSelection(); });
    connect(newAction(u"search"_s, tr("&Search models"), tr("Go to the search field"), QKeySequence(u"Ctrl+F"_s)),
            &QAction::triggered, this, [this] {
                m_search->setFocus(Qt::ShortcutFocusReason);
                m_search->selectAll();
            });
    connect(newAction(u"edit"_s, tr("Set my &own price..."),
                      tr("A negotiated or custom price of the selected offering"), QKeySequence(u"Ctrl+E"_s)),
            &QAction::triggered, this, &CatalogPage::editOwnPrice);
    connect(newAction(u"remove"_s, tr("&Remove my own price"),
                      tr("Use the catalog's price of the selected offering again"), QKeySequence(u"Ctrl+Shift+E"_s)),
            &QAction::triggered, this, &CatalogPage::removeOwnPrice);
    for (QAction* action : commands().mid(1)) {
        m_table->addAction(action);
    }
    showHistory({});
}

QWidget* CatalogPage::makeFilters() {
    auto* bar = new QWidget(this);
    auto* line = new QHBoxLayout(bar);
    line->setContentsMargins(8, 6, 8, 6);
    m_search->setPlaceholderText(tr("Search models, hosts, licences"));
    m_search->setAccessibleName(tr("Search models"));
    m_search->setObjectName(u"catalogSearch"_s);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(Theme::instance().icon(u"search"_s), QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(200);
    m_tier->addItem(tr("All tiers"), -1);
    for (const Tier tier : kTiers) {
        m_tier->addItem(tierIcon(tier), tierLabel(tier), static_cast<int>(tier));
    }
    m_tier->setAccessibleName(tr("Tier"));
    m_tier->setObjectName(u"catalogTier"_s);
    m_author->setAccessibleName(tr("Author"));
    m_host->setAccessibleName(tr("Host"));
    m_licence->setAccessibleName(tr("Licence"));
    for (QComboBox* combo : {m_author, m_host, m_licence}) {
        combo->setMaximumWidth(170);
        combo->setMinimumContentsLength(10);
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    m_mainOnly->setChecked(true);
    m_mainOnly->setToolTip(tr("One line a model: its author's own offering"));
    line->addWidget(m_search, 2);
    for (QComboBox* combo : {m_tier, m_author, m_host, m_licence}) {
        line->addWidget(combo);
        connect(combo, &QComboBox::currentIndexChanged, this, &CatalogPage::applyFilters);
    }
    line->addWidget(m_mainOnly);
    line->addStretch(1);
    connect(m_mainOnly, &QCheckBox::toggled, this, &CatalogPage::applyFilters);
    auto* delay = new QTimer(this);
    delay->setSingleShot(true);
    delay->setInterval(120);
    connect(delay, &QTimer::timeout, this, &CatalogPage::applyFilters);
    connect(m_search, &QLineEdit::textChanged, delay, qOverload<>(&QTimer::start));
    return bar;
}

QList<QWidget*> CatalogPage::panes() const {
    return {m_search, m_table, m_tabs->currentWidget()};
}

void CatalogPage::activated() {
    if (!desk().catalog()) {
        desk().needCatalog();
    } else if (m_shown != desk().catalog()) {
        load();
    }
}

void CatalogPage::load() {
    m_shown = desk().catalog();
    m_slot.start(
        tr("Listing the catalog"),
        [prices = m_shown](TaskContext&) -> Result<Loaded> {
            return Loaded{project::catalogLines(*prices), project::floorByTier(*prices)};
        },
        [this](Result<Loaded> loaded) {
            if (loaded) {
                fill(std::move(*loaded));
            }
        });
}

void CatalogPage::fillChoice(QComboBox* combo, const std::string CatalogLine::*member, const QString& all) {
    std::set<std::string> values;
    for (const CatalogLine& line : m_lines) {
        if (!(line.*member).empty()) {
            values.insert(line.*member);
        }
    }
    const QSignalBlocker blocker(combo);
    const QString chosen = combo->currentData().toString();
    combo->clear();
    combo->addItem(all, QString());
    for (const std::string& value : values) {
        combo->addItem(toQt(value), toQt(value));
    }
    combo->setCurrentIndex(std::max(0, combo->findData(chosen)));
}

void CatalogPage::fill(Loaded loaded) {
    m_lines = std::move(loaded.lines);
    m_floorSteps = std::move(loaded.floors);
    fillChoice(m_author, &CatalogLine::author, tr("All authors"));
    fillChoice(m_host, &CatalogLine::host, tr("All hosts"));
    fillChoice(m_licence, &CatalogLine::licence, tr("All licences"));
    applyFilters();
    showFloors();
}

void CatalogPage::applyFilters() {
    const QStringList words = m_search->text().simplified().split(u' ', Qt::SkipEmptyParts);
    const int tier = m_tier->currentData().toInt();
    const auto matches = [](const QComboBox* combo, const std::string& value) {
        const QString chosen = combo->currentData().toString();
        return chosen.isEmpty() || chosen == toQt(value);
    };
    QList<ValueModel::Row> rows;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const CatalogLine& line = m_lines[i];
        const bool searched = !words.isEmpty();
        if ((m_mainOnly->isChecked() && !line.mainOffering) || (tier >= 0 && tier != static_cast<int>(line.tier)) ||
            !matches(m_author, line.author) || !matches(m_host, line.host) || !matches(m_licence, line.licence)) {
            continue;
        }
        if (searched) {
            const QString all =
                toQt(line.model + " " + line.key + " " + line.author + " " + line.host + " " + line.licence);
            const bool found = std::all_of(words.begin(), words.end(), [&](const QString& word) {
                return all.contains(word, Qt::CaseInsensitive);
            });
            if (!found) {
                continue;
            }
        }
        rows.append({static_cast<int>(i), cellsOf(line), false});
    }
    m_model->setRows(rows);
    setStatusText(tr("%1 of %2 offerings, catalog of %3")
                      .arg(formatCount(rows.size()), formatCount(static_cast<std::int64_t>(m_lines.size())),
                           m_shown ? formatDate(m_shown->date()) : missing()));
    if (!rows.isEmpty()) {
        m_table->selectRow(0);
    }
    showSelection();
}

QList<int> CatalogPage::picked() const {
    QList<int> picked;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        if (picked.size() < kMostPicked) {
            picked.append(index.data(kRowKeyRole).toInt());
        }
    }
    return picked;
}

void CatalogPage::showSelection() {
    const QList<int> chosen = picked();
    showHistory(chosen);
    showSideBySide(chosen);
}

void CatalogPage::showHistory(const QList<int>& chosen) {
    ChartSpec spec;
    spec.title = tr("Price history");
    spec.x.kind = ChartAxis::Kind::time;
    spec.y.unit = ChartAxis::Unit::dollars;
    spec.y.title = tr("$ per million tokens");
    spec.y.minimum = 0.0;
    QStringList said;
    for (qsizetype i = 0; i < chosen.size() && m_shown; ++i) {
        const CatalogLine& line = m_lines[static_cast<std::size_t>(chosen[i])];
        if (line.currency != "USD") {
            spec.footnote = tr("%1 is priced in %2 and not drawn.").arg(toQt(line.key), toQt(line.currency));
            continue;
        }
        for (const catalog::Meter meter : {catalog::Meter::output, catalog::Meter::input}) {
            const bool output = meter == catalog::Meter::output;
            ChartSeries series = stepsAsSeries(project::priceHistory(*m_shown, line.offering, meter), m_shown->date());
            series.color = seriesColor(static_cast<int>(i));
            series.pen = output ? Qt::SolidLine : Qt::DotLine;
            series.name = output ? tr("%1 output").arg(toQt(nameOf(line))) : tr("%1 input").arg(toQt(nameOf(line)));
            if (output) {
                series.marker = seriesMarker(static_cast<int>(i));
            }
            spec.series.append(series);
        }
        said << tr("%1: output %2").arg(toQt(nameOf(line)), priceText(line.output, line.currency));
    }
    spec.summary = said.isEmpty() ? tr("Select a model to see its prices over time.") : said.join(u"; "_s);
    if (said.isEmpty() && spec.footnote.isEmpty()) {
        spec.footnote = spec.summary;
    }
    m_history->setSpec(spec);
}

void CatalogPage::showSideBySide(const QList<int>& chosen) {
    QList<ValueColumn> columns{{tr("Fact"), {}, false}};
    QList<const CatalogLine*> lines;
    for (const int i : chosen) {
        lines.append(&m_lines[static_cast<std::size_t>(i)]);
        columns.append({toQt(nameOf(*lines.last())), toQt(lines.last()->key), false});
    }
    QList<ValueModel::Row> rows;
    const auto add = [&](const QString& name, const std::function<QString(const CatalogLine&)>& value) {
        QList<Cell> cells{{name, {}, {}, {}, {}, {}}};
        for (const CatalogLine* line : lines) {
            const QString text = value(*line);
            cells.append({text.isEmpty() ? missing() : text, {}, {}, text, {}, {}});
        }
        rows.append({name, cells, false});
    };
    add(tr("Tier"), [](const CatalogLine& line) { return tierLabel(line.tier); });
    add(tr("Why this tier"), [](const CatalogLine& line) { return toQt(line.tierReason); });
    add(tr("Input ($/M)"), [](const CatalogLine& line) { return priceText(line.input, line.currency); });
    add(tr("Output ($/M)"), [](const CatalogLine& line) { return priceText(line.output, line.currency); });
    add(tr("Cached input ($/M)"), [](const CatalogLine& line) { return priceText(line.cacheRead, line.currency); });
    add(tr("Context (tokens)"), [](const CatalogLine& line) { return formatCount(line.contextTokens); });
    add(tr("Author"), [](const CatalogLine& line) { return toQt(line.author); });
    add(tr("Host"), [](const CatalogLine& line) { return toQt(line.host); });
    add(tr("Jurisdiction of the host"), [](const CatalogLine& line) { return toQt(line.jurisdiction); });
    add(tr("Licence"), [](const CatalogLine& line) { return toQt(line.licence); });
    add(tr("Open weights"),
        [](const CatalogLine& line) { return line.openWeights ? tr("yes") : tr("not known to be"); });
    add(tr("Released"), [](const CatalogLine& line) { return toQt(line.released); });
    add(tr("Retired"), [](const CatalogLine& line) { return toQt(line.retired); });
    add(tr("Price from"), [](const CatalogLine& line) { return toQt(line.evidenceUrl); });
    add(tr("Checked"), [](const CatalogLine& line) {
        return toQt(line.evidenceDate + (line.confidence.empty() ? "" : " (" + line.confidence + ")"));
    });
    m_sideModel->setColumns(columns);
    m_sideModel->setRows(rows);
    m_side->setColumnWidth(0, 170);
    for (int column = 1; column < columns.size(); ++column) {
        m_side->setColumnWidth(column, 220);
    }
}

void CatalogPage::showFloors() {
    ChartSpec spec;
    spec.title = tr("Cheapest output price of each tier over time");
    spec.summary =
        tr("The least price that any host asked for output of a model of each tier; rises are shown as rises.");
    spec.footnote = tr("By today's tiers; free and local offerings are left out.");
    spec.x.kind = ChartAxis::Kind::time;
    spec.y.kind = ChartAxis::Kind::logarithmic;
    spec.y.unit = ChartAxis::Unit::dollars;
    spec.y.title = tr("$ per million output tokens");
    for (const Tier tier : kTiers) {
        ChartSeries series =
            stepsAsSeries(m_floorSteps[static_cast<std::size_t>(tier)], m_shown ? m_shown->date() : Timestamp());
        if (series.points.isEmpty()) {
            continue;
        }
        series.name = tierLabel(tier);
        series.color = tierColor(tier);
        series.marker = tierMarker(tier);
        spec.series.append(series);
    }
    m_floors->setSpec(spec);
}

void CatalogPage::editOwnPrice() {
    const QList<int> chosen = picked();
    if (chosen.isEmpty() || !m_shown) {
        desk().tell(tr("Select an offering first"));
        return;
    }
    auto* dialog = new OwnPriceDialog(m_lines[static_cast<std::size_t>(chosen.first())], this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const project::OwnPrice price = dialog->price();
        changeOwnPrices(tr("Own price of %1").arg(toQt(price.offering)),
                        [prices = m_shown, price] { return project::setOwnPrice(*prices, price); });
    });
    dialog->open();
}

void CatalogPage::removeOwnPrice() {
    const QList<int> chosen = picked();
    if (chosen.isEmpty()) {
        desk().tell(tr("Select an offering first"));
        return;
    }
    const std::string key = m_lines[static_cast<std::size_t>(chosen.first())].key;
    changeOwnPrices(tr("Remove own price of %1").arg(toQt(key)), [key] { return project::removeOwnPrice(key); });
}

void CatalogPage::changeOwnPrices(const QString& name, std::function<Result<void>()> change) {
    using Texts = std::pair<std::string, std::string>;
    m_editSlot.start(
        name,
        [change = std::move(change)](TaskContext&) -> Result<Texts> {
            auto before = project::ownPricesText();
            if (!before) {
                return fail(before.error());
            }
            if (auto changed = change(); !changed) {
                return fail(changed.error());
            }
            auto after = project::ownPricesText();
            if (!after) {
                return fail(after.error());
            }
            return Texts{std::move(*before), std::move(*after)};
        },
        [this, name](Result<Texts> texts) {
            if (!texts) {
                desk().showError(texts.error());
                return;
            }
            desk().undo().push(
                new OwnPriceCommand(name, texts->first, texts->second,
                                    [desk = &desk()](const std::string& text) { desk->applyOwnPrices(text); }));
            desk().reloadCatalog();
        });
}

void CatalogPage::saveState(QSettings& settings) const {
    m_table->saveColumns(settings, u"columns"_s);
    settings.setValue(u"split"_s, m_split->saveState());
    settings.setValue(u"mainOnly"_s, m_mainOnly->isChecked());
    settings.setValue(u"tab"_s, m_tabs->currentIndex());
}

void CatalogPage::restoreState(const QSettings& settings) {
    m_table->restoreColumns(settings, u"columns"_s);
    m_split->restoreState(settings.value(u"split"_s).toByteArray());
    m_mainOnly->setChecked(settings.value(u"mainOnly"_s, true).toBool());
    m_tabs->setCurrentIndex(settings.value(u"tab"_s, 0).toInt());
}

}  // namespace tierwise::ui
