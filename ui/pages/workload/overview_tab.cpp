// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/workload/overview_tab.h"

#include <QComboBox>
#include <QFrame>
#include <QGridLayout>
#include <QLabel>

#include "ui/charts/chart_panel.h"
#include "ui/format/format.h"
#include "ui/shell/desk.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using project::CostBasis;

namespace {

constexpr Tier kTiers[] = {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded};
constexpr int kBars = 12;
constexpr double kMillisPerHour = 3'600'000.0;

QFrame* figureCard(const QString& title, QLabel*& figure, QWidget* parent) {
    auto* card = new QFrame(parent);
    card->setObjectName(u"card"_s);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(12, 8, 12, 8);
    column->setSpacing(0);
    auto* name = new QLabel(title, card);
    name->setProperty("role", u"muted"_s);
    figure = new QLabel(missing(), card);
    figure->setProperty("role", u"figure"_s);
    figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(name);
    column->addWidget(figure);
    return card;
}

}  // namespace

OverviewTab::OverviewTab(Desk& desk, QWidget* parent)
    : QScrollArea(parent),
      m_desk(desk),
      m_slot(desk.jobs()),
      m_note(new QLabel),
      m_basis(new QComboBox),
      m_tiers(new ChartPanel),
      m_periods(new ChartPanel),
      m_models(new ChartPanel),
      m_teams(new ChartPanel),
      m_concentration(new ChartPanel),
      m_nothing(new EmptyState(u"info"_s)) {
    setObjectName(u"overviewTab"_s);
    setAccessibleName(tr("Overview of the workload"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    auto* body = new QWidget(this);
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins(10, 8, 10, 10);
    grid->setSpacing(10);
    const QStringList titles{tr("Requests"), tr("Cost"), tr("Input tokens"), tr("Output tokens"), tr("Period")};
    auto* cards = new QHBoxLayout;
    cards->setSpacing(10);
    for (const QString& title : titles) {
        QLabel* figure = nullptr;
        cards->addWidget(figureCard(title, figure, body), title == titles.last() ? 2 : 1);
        m_figures.append(figure);
    }
    grid->addLayout(cards, 0, 0, 1, 2);
    m_note->setProperty("role", u"muted"_s);
    m_note->setWordWrap(true);
    m_basis->addItem(tr("Cost as logged"), static_cast<int>(CostBasis::logged));
    m_basis->addItem(tr("Cost by the catalog"), static_cast<int>(CostBasis::catalog));
    m_basis->setAccessibleName(tr("Which cost to show"));
    m_basis->setToolTip(tr("What the log says, or the catalog's price of the logged model at the request's date"));
    m_basis->setObjectName(u"costBasis"_s);
    auto* line = new QHBoxLayout;
    line->addWidget(m_note, 1);
    line->addWidget(m_basis, 0, Qt::AlignTop);
    grid->addLayout(line, 1, 0, 1, 2);
    grid->addWidget(m_tiers, 2, 0);
    grid->addWidget(m_periods, 2, 1);
    grid->addWidget(m_models, 3, 0, 2, 1);
    grid->addWidget(m_teams, 3, 1);
    grid->addWidget(m_concentration, 4, 1);
    grid->addWidget(m_nothing, 5, 0, 1, 2);
    m_nothing->hide();
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    for (ChartPanel* chart : {m_tiers, m_periods, m_teams, m_concentration}) {
        chart->setMinimumHeight(240);
    }
    for (ChartPanel* chart : {m_tiers, m_periods, m_models, m_teams, m_concentration}) {
        chart->setStyleSheet(QString());
        connect(chart, &ChartPanel::told, &desk, &Desk::tell);
    }
    setWidget(body);
    const auto rowsOf = [this](ChartPanel* panel, const QString& column) {
        connect(panel, &ChartPanel::pointClicked, this, [this, panel, column](int, int index) {
            const QString name = panel->spec().x.categories.value(index);
            if (name != tr("(missing)") && !name.startsWith(tr("others"))) {
                Q_EMIT rowsWanted(column, name);
            }
        });
    };
    rowsOf(m_models, u"model"_s);
    rowsOf(m_teams, u"team"_s);
    connect(m_basis, &QComboBox::currentIndexChanged, this, &OverviewTab::refresh);
    connect(&desk, &Desk::rowsReady, this, &OverviewTab::refresh);
    connect(&desk, &Desk::catalogChanged, this, &OverviewTab::refresh);
    connect(&Theme::instance(), &Theme::changed, this, &OverviewTab::present);
}

void OverviewTab::refresh() {
    if (!m_desk.hasProject()) {
        return;
    }
    if (!m_desk.rows() || !m_desk.catalog()) {
        m_desk.needRows();
        m_desk.needCatalog();
        return;
    }
    const auto basis = static_cast<CostBasis>(m_basis->currentData().toInt());
    m_slot.start(
        tr("Adding up"),
        [rows = m_desk.rows(), prices = m_desk.catalog(), aliases = m_desk.aliases(), basis](TaskContext& context) {
            return project::workloadOverview(*rows, *prices, aliases, basis, context);
        },
        [this](Result<project::WorkloadOverview> made) {
            if (made) {
                m_overview = std::move(*made);
                present();
            } else {
                m_desk.showError(made.error());
            }
        });
}

QString OverviewTab::basisWords() const {
    return m_overview.basis == CostBasis::logged ? tr("cost as logged") : tr("cost by the catalog");
}

QString OverviewTab::leftOut() const {
    if (m_overview.total.unpriced == 0) {
        return {};
    }
    return m_overview.basis == CostBasis::logged
               ? tr("%1 of %2 rows have no logged cost and are left out.")
                     .arg(formatCount(m_overview.total.unpriced), formatCount(m_overview.rows))
               : tr("%1 of %2 rows cannot be priced (unknown model or no token counts) and are left out.")
                     .arg(formatCount(m_overview.total.unpriced), formatCount(m_overview.rows));
}

void OverviewTab::present() {
    showFigures();
    showTiers();
    showPeriods();
    showNames(m_models, tr("Cost by model"), m_overview.models, true);
    showNames(m_teams, tr("Cost by team"), m_overview.teams, false);
    m_teams->setVisible(m_overview.teams.size() > 1 ||
                        (m_overview.teams.size() == 1 && !m_overview.teams[0].name.empty()));
    showConcentration();
    const bool priced = m_overview.total.rows > 0;
    if (!priced) {
        for (ChartPanel* chart : {m_tiers, m_periods, m_models, m_teams, m_concentration}) {
            chart->hide();
        }
        m_nothing->setSentence(
            m_overview.rowsWithoutInput == m_overview.rows
                ? tr("No request has token counts, so none has a price. Where the log has the texts, the Doctor counts "
                     "them.")
                : tr("Nothing has a price as logged: the log names no model that the catalog knows. The Trade-off page "
                     "compares policies with the best single model all the same."));
    } else {
        for (ChartPanel* chart : {m_tiers, m_models}) {
            chart->show();
        }
    }
    m_nothing->setVisible(!priced && m_overview.rows > 0);
    Q_EMIT statusChanged(
        priced
            ? tr("%1 rows, %2, %3").arg(formatCount(m_overview.rows), formatMoney(m_overview.total.cost), basisWords())
            : tr("%1 rows, their cost is not known").arg(formatCount(m_overview.rows)));
}

void OverviewTab::showFigures() {
    const auto& o = m_overview;
    const auto set = [this](int i, const QString& text, const QString& tip) {
        m_figures[i]->setText(text);
        m_figures[i]->setToolTip(tip);
    };
    set(0, formatCount(o.requests), tr("%1 rows").arg(formatCount(o.rows)));
    set(1, o.total.rows > 0 ? formatMoney(o.total.cost) : missing(),
        o.total.rows > 0 ? tr("%1, %2").arg(formatExactMoney(o.total.cost), basisWords()) : tr("Unknown"));
    set(2, o.rowsWithoutInput < o.rows ? formatShortCount(static_cast<double>(o.input)) : missing(),
        tr("%1 tokens, %2 of them from cache; %3 rows do not say")
            .arg(formatCount(o.input), formatCount(o.cacheRead), formatCount(o.rowsWithoutInput)));
    set(3, o.rowsWithoutOutput < o.rows ? formatShortCount(static_cast<double>(o.output)) : missing(),
        tr("%1 tokens, %2 of them reasoning; %3 rows do not say")
            .arg(formatCount(o.output), formatCount(o.reasoning), formatCount(o.rowsWithoutOutput)));
    set(4, o.first ? tr("%1 to %2").arg(formatDate(*o.first), formatDate(*o.last)) : missing(), {});
    QString note = leftOut();
    const auto wanted = static_cast<CostBasis>(m_basis->currentData().toInt());
    if (wanted == CostBasis::logged && o.basis == CostBasis::catalog && o.rows > 0) {
        note = tr("The log gives no costs: the catalog's prices at each request's date are shown.") + u" "_s + note;
    }
    if (!o.unresolved.empty()) {
        QStringList names;
        for (std::size_t i = 0; i < std::min<std::size_t>(3, o.unresolved.size()); ++i) {
            names << (o.unresolved[i].first.empty() ? tr("(missing)") : toQt(o.unresolved[i].first));
        }
        note +=
            u" "_s +
            tr("Not in the catalog: %1%2").arg(names.join(u", "_s), o.unresolved.size() > 3 ? u" \u2026"_s : u"."_s);
    }
    m_note->setText(note.trimmed());
}

void OverviewTab::showTiers() {
    ChartSpec spec;
    spec.title = tr("Cost by tier");
    spec.x.kind = ChartAxis::Kind::category;
    spec.y.unit = ChartAxis::Unit::dollars;
    spec.y.title = tr("%1 ($)").arg(basisWords());
    spec.horizontalBars = true;
    QStringList said;
    for (const Tier tier : kTiers) {
        const project::CostSum& sum = m_overview.tiers[static_cast<std::size_t>(tier)];
        if (tier == Tier::unbanded && sum.rows == 0 && sum.unpriced == 0) {
            continue;
        }
        const auto at = static_cast<double>(spec.x.categories.size());
        spec.x.categories << tierLabel(tier);
        ChartSeries bars;
        bars.kind = ChartSeries::Kind::bars;
        bars.name = tierLabel(tier);
        bars.color = tierColor(tier);
        bars.points = {{at, sum.cost.toDouble()}};
        bars.note = tr("%1 requests").arg(formatCount(sum.requests));
        spec.series.append(bars);
        said << tr("%1 %2").arg(tierLabel(tier), formatMoney(sum.cost));
    }
    spec.legend = false;
    spec.summary = tr("Cost by tier: %1.").arg(said.join(u", "_s));
    spec.footnote = leftOut();
    m_tiers->setSpec(spec);
}

void OverviewTab::showPeriods() {
    ChartSpec spec;
    const bool hours = m_overview.periodHours == 1;
    spec.title = hours ? tr("Cost by hour") : tr("Cost by day");
    spec.x.kind = ChartAxis::Kind::time;
    spec.y.unit = ChartAxis::Unit::dollars;
    spec.y.title = hours ? tr("$ an hour") : tr("$ a day");
    spec.y.minimum = 0.0;
    for (const Tier tier : kTiers) {
        ChartSeries line;
        line.kind = ChartSeries::Kind::line;
        line.name = tierLabel(tier);
        line.color = tierColor(tier);
        line.marker = tierMarker(tier);
        bool any = false;
        for (const project::PeriodCost& period : m_overview.periods) {
            const project::CostSum& sum = period.tiers[static_cast<std::size_t>(tier)];
            line.points.append(
                {static_cast<double>(period.number * m_overview.periodHours) * kMillisPerHour, sum.cost.toDouble()});
            any = any || sum.rows > 0;
        }
        if (any) {
            spec.series.append(line);
        }
    }
    const int periods = static_cast<int>(m_overview.periods.size());
    spec.summary = hours ? tr("Cost an hour over %n hour(s), by tier.", nullptr, periods)
                         : tr("Cost a day over %n day(s), by tier.", nullptr, periods);
    m_periods->setVisible(!m_overview.periods.empty());
    m_periods->setSpec(spec);
}

void OverviewTab::showNames(ChartPanel* panel, const QString& title, const std::vector<project::NamedCost>& names,
                            bool tiers) {
    ChartSpec spec;
    spec.title = title;
    spec.x.kind = ChartAxis::Kind::category;
    spec.y.unit = ChartAxis::Unit::dollars;
    spec.y.title = tr("%1 ($)").arg(basisWords());
    spec.horizontalBars = true;
    QList<ChartSeries> byTier;
    for (const Tier tier : kTiers) {
        ChartSeries bars;
        bars.kind = ChartSeries::Kind::bars;
        bars.name = tiers ? tierLabel(tier) : tr("cost");
        bars.color = tiers ? tierColor(tier) : seriesColor(0);
        byTier.append(bars);
    }
    int shown = 0;
    for (const project::NamedCost& named : names) {
        if (named.sum.rows == 0) {
            continue;
        }
        if (shown == kBars) {
            break;
        }
        spec.x.categories << (named.name.empty() ? tr("(missing)") : toQt(named.name));
        const auto which =
            tiers ? std::distance(std::begin(kTiers), std::find(std::begin(kTiers), std::end(kTiers), named.tier)) : 0;
        byTier[which].points.append({static_cast<double>(shown), named.sum.cost.toDouble()});
        ++shown;
    }
    for (const ChartSeries& bars : byTier) {
        if (!bars.points.isEmpty()) {
            spec.series.append(bars);
        }
    }
    if (names.size() > static_cast<std::size_t>(shown)) {
        spec.footnote = tr("The %n dearest of %1; group the rows to see all.", nullptr, shown)
                            .arg(formatCount(static_cast<std::int64_t>(names.size())));
    }
    spec.summary =
        names.empty()
            ? tr("No costs.")
            : tr("%1: most goes to %2.").arg(title, names[0].name.empty() ? tr("(missing)") : toQt(names[0].name));
    spec.legend = tiers;
    panel->setSpec(spec);
}

void OverviewTab::showConcentration() {
    ChartSpec spec;
    spec.title = tr("How few rows make the cost");
    spec.x.title = tr("dearest rows (% of all)");
    spec.y.title = tr("share of cost (%)");
    spec.x.unit = spec.y.unit = ChartAxis::Unit::percent;
    spec.x.minimum = spec.y.minimum = 0.0;
    spec.x.maximum = spec.y.maximum = 100.0;
    ChartSeries even;
    even.name = tr("if all cost the same");
    even.color = Theme::instance().mutedText();
    even.pen = Qt::DashLine;
    even.width = 1.2;
    even.points = {{0, 0}, {100, 100}};
    ChartSeries curve;
    curve.name = tr("this workload");
    curve.color = seriesColor(0);
    double atTenth = 0;
    for (const project::ConcentrationPoint& point : m_overview.concentration) {
        curve.points.append({point.rowShare * 100, point.costShare * 100});
        if (point.rowShare <= 0.1001) {
            atTenth = point.costShare;
        }
    }
    spec.series = {even, curve};
    spec.summary = tr("The dearest 10% of the rows make %1 of the cost.").arg(formatPercent(atTenth, 0));
    spec.footnote = m_overview.concentration.empty() ? QString() : spec.summary;
    m_concentration->setVisible(!m_overview.concentration.empty());
    m_concentration->setSpec(spec);
}

}  // namespace tierwise::ui
