// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/tradeoff/tradeoff_chart.h"

#include <algorithm>

#include <QCoreApplication>

#include "core/project/suggest.h"
#include "ui/format/format.h"
#include "ui/session/answer_words.h"

namespace tierwise::ui {

namespace {

// A class of its own, so that the words below are found by the translators' tools.
struct TradeoffWords {
    Q_DECLARE_TR_FUNCTIONS(TradeoffWords)
};

constexpr qsizetype kCurvePoints = 200;
constexpr double kPercent = 100;  // percent axes count from 0 to 100

ChartSeries curve(const std::vector<analyze::CurvePoint>& points, const QString& name, QList<route::Policy>* policies) {
    ChartSeries series;
    series.name = name;
    const auto every = std::max<std::size_t>(1, points.size() / static_cast<std::size_t>(kCurvePoints));
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i % every == 0 || i + 1 == points.size()) {
            series.points.append({points[i].costUsd, points[i].meanQuality * kPercent});
            if (policies != nullptr) {
                policies->append(project::budgetPolicy(points[i].costUsd));
            }
        }
    }
    return series;
}

}  // namespace

ChartSeries policySeries(double cost, double quality, const analyze::Interval& costRange,
                         const analyze::Interval& qualityRange, const QString& causes) {
    ChartSeries series;
    series.kind = ChartSeries::Kind::points;
    series.name = TradeoffWords::tr("Your policy");
    series.color = Theme::instance().accent();
    series.marker = Marker::diamond;
    series.points = {{cost, quality * kPercent}};
    series.low = {qualityRange.low * kPercent};
    series.high = {qualityRange.high * kPercent};
    series.lowX = {costRange.low};
    series.highX = {costRange.high};
    series.labels = {TradeoffWords::tr("you are here")};
    series.note = causes;
    return series;
}

TradeoffChart tradeoffChart(const analyze::Tradeoff& tradeoff, const std::vector<analyze::CurvePoint>& within,
                            const QList<ScenarioPoint>& scenarios, const std::optional<QPointF>& oracle,
                            bool logarithmic) {
    TradeoffChart chart;
    ChartSpec& spec = chart.spec;
    spec.title = TradeoffWords::tr("Cost and expected quality");
    spec.x.title = TradeoffWords::tr("cost of these requests");
    spec.x.unit = ChartAxis::Unit::dollars;
    spec.x.kind = logarithmic ? ChartAxis::Kind::logarithmic : ChartAxis::Kind::linear;
    spec.y.title = TradeoffWords::tr("expected quality");
    spec.y.unit = ChartAxis::Unit::percent;
    const auto add = [&](ChartSeries series, QList<route::Policy> policies) {
        policies.resize(series.points.size());
        chart.policies.append(std::move(policies));
        spec.series.append(std::move(series));
    };

    QList<route::Policy> budgets;
    ChartSeries frontier = curve(tradeoff.frontier, TradeoffWords::tr("Exact frontier"), &budgets);
    frontier.color = Theme::instance().text();
    frontier.note = TradeoffWords::tr("most quality that any allocation reaches for this cost");
    add(std::move(frontier), budgets);

    if (!within.empty()) {
        ChartSeries bounded = curve(within, TradeoffWords::tr("Within your rules and constraints"), nullptr);
        bounded.color = Theme::instance().accent();
        bounded.note =
            TradeoffWords::tr("most quality for this cost that the rules and constraints of the policy leave");
        add(std::move(bounded), {});
    }
    ChartSeries threshold = curve(tradeoff.threshold,
                                  tradeoff.signal == "difficulty" ? TradeoffWords::tr("Thresholds on difficulty")
                                                                  : TradeoffWords::tr("Thresholds on prompt length"),
                                  nullptr);
    threshold.color = seriesColor(2);
    threshold.pen = Qt::DashLine;
    add(std::move(threshold), {});

    if (tradeoff.singles.size() > 1) {
        const auto [cheap, dear] =
            std::minmax_element(tradeoff.singles.begin(), tradeoff.singles.end(),
                                [](const auto& a, const auto& b) { return a.costUsd < b.costUsd; });
        ChartSeries random;
        random.name = TradeoffWords::tr("Random mix");
        random.color = Theme::instance().mutedText();
        random.pen = Qt::DotLine;
        random.points = {{cheap->costUsd, cheap->meanQuality * kPercent},
                         {dear->costUsd, dear->meanQuality * kPercent}};
        random.note = TradeoffWords::tr("what shares alone would do, without looking at the requests");
        add(std::move(random), {});
    }
    const auto best =
        std::max_element(tradeoff.singles.begin(), tradeoff.singles.end(), [](const auto& a, const auto& b) {
            return a.meanQuality != b.meanQuality ? a.meanQuality < b.meanQuality : a.costUsd > b.costUsd;
        });
    for (const Tier tier : {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded}) {
        ChartSeries singles;
        singles.kind = ChartSeries::Kind::points;
        singles.name = TradeoffWords::tr("All on one: %1").arg(tierLabel(tier));
        singles.color = tierColor(tier);
        singles.marker = tierMarker(tier);
        singles.directLabels = true;
        QList<route::Policy> policies;
        for (const auto& single : tradeoff.singles) {
            if (single.tier == tier) {
                singles.points.append({single.costUsd, single.meanQuality * kPercent});
                singles.labels.append(&single == &*best && tradeoff.singles.size() > 1
                                          ? TradeoffWords::tr("%1 (best single)").arg(toQt(single.name))
                                          : toQt(single.name));
                policies.append(route::singlePolicy(single.id, single.name));
            }
        }
        if (!singles.points.isEmpty()) {
            add(std::move(singles), policies);
        }
    }
    if (tradeoff.asLogged) {
        ChartSeries logged;
        logged.kind = ChartSeries::Kind::points;
        logged.name = TradeoffWords::tr("As logged");
        logged.color = Theme::instance().text();
        logged.marker = Marker::star;
        logged.directLabels = true;
        logged.points = {{tradeoff.asLogged->costUsd, tradeoff.asLogged->meanQuality * kPercent}};
        logged.labels = {TradeoffWords::tr("as logged")};
        add(std::move(logged), {route::asLoggedPolicy()});
    }
    if (oracle) {
        ChartSeries bound;
        bound.kind = ChartSeries::Kind::points;
        bound.name = TradeoffWords::tr("Oracle");
        bound.color = Theme::instance().mutedText();
        bound.marker = Marker::circle;
        bound.hollow = true;
        bound.directLabels = true;
        bound.points = {{oracle->x(), oracle->y() * kPercent}};
        bound.labels = {TradeoffWords::tr("oracle")};
        bound.note = TradeoffWords::tr("the cheapest of the best answers, known in advance: a bound, not a policy");
        route::Policy policy;
        policy.name = "oracle";
        policy.router.kind = route::RouterKind::oracle;
        add(std::move(bound), {policy});
    }
    if (!scenarios.isEmpty()) {
        ChartSeries named;
        named.kind = ChartSeries::Kind::points;
        named.name = TradeoffWords::tr("Scenarios");
        named.color = seriesColor(4);
        named.marker = Marker::cross;
        named.directLabels = true;
        QList<route::Policy> policies;
        for (const auto& scenario : scenarios) {
            named.points.append({scenario.at.x(), scenario.at.y() * kPercent});
            named.labels.append(scenario.name);
            policies.append(scenario.policy);
        }
        add(std::move(named), policies);
    }
    return chart;
}

ChartSpec tornadoChart(const analyze::Tornado& tornado) {
    ChartSpec spec;
    spec.title = TradeoffWords::tr("The saving depends most on");
    spec.horizontalBars = true;
    spec.legend = false;
    spec.x.kind = ChartAxis::Kind::category;
    spec.y.unit = ChartAxis::Unit::dollars;
    spec.y.title = TradeoffWords::tr("saving");
    ChartSeries bars;
    bars.kind = ChartSeries::Kind::range;
    bars.name = TradeoffWords::tr("Saving");
    bars.color = seriesColor(0);
    for (std::size_t i = 0; i < tornado.bars.size() && i < 6; ++i) {
        const auto& bar = tornado.bars[i];
        spec.x.categories.append(causeLabel(bar.cause));
        bars.points.append({static_cast<double>(i), tornado.savingUsd});
        bars.low.append(bar.low);
        bars.high.append(bar.high);
        bars.labels.append(
            TradeoffWords::tr("%1: %2").arg(causeLabel(bar.cause), formatDollarRange(bar.low, bar.high)));
    }
    if (!tornado.bars.empty()) {
        const auto& first = tornado.bars.front();
        spec.summary = TradeoffWords::tr("The saving of %1 depends most on %2: from %3.")
                           .arg(formatDollars(tornado.savingUsd), causeLabel(first.cause),
                                formatDollarRange(first.low, first.high));
    }
    spec.series = {bars};
    return spec;
}

}  // namespace tierwise::ui
