// SPDX-License-Identifier: GPL-3.0-or-later
// The report's section on where the requests go: tiers, models, and who makes and runs them.
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "core/base/display.h"
#include "core/project/report_sections.h"

namespace tierwise::project::sections {

using report::Chart;
using report::ChartKind;
using report::ChartSeries;
using report::countCell;
using report::dollarCell;
using report::Section;
using report::SeriesKind;
using report::shareCell;
using report::Table;
using report::textCell;
using report::Unit;

namespace {

// The name of a company that the catalog knows as a provider, else its id.
std::string providerName(const catalog::Catalog& prices, const std::string& id) {
    const auto* provider = prices.provider(id);
    return provider != nullptr ? provider->name : id;
}

// Who makes and who runs each model of the mix, and under whose law: three separate facts (domain, section 2).
Table hostTable(const Figures& figures) {
    Table table{"hosts",
                "Who makes and who runs the models of the mix",
                {{"Model", Unit::text},
                 {"Made by", Unit::text},
                 {"Made in", Unit::text},
                 {"Run by", Unit::text},
                 {"Under the law of", Unit::text},
                 {"Open weights", Unit::text},
                 {"Licence", Unit::text},
                 {"Share of requests", Unit::share}},
                {},
                "\"-\" is not known. Open weights can be run elsewhere; closed ones cannot."};
    table.shortTitle = "Hosts";
    const auto& prices = figures.workbench.inputs().catalog;
    const auto candidates = figures.workbench.candidates();
    for (const auto& entry : figures.proposed().evaluation.mix) {
        const auto candidate =
            std::find_if(candidates.begin(), candidates.end(), [&](const auto& one) { return one.id == entry.id; });
        const auto offering = candidate == candidates.end() ? std::nullopt : prices.findOffering(candidate->offering);
        if (!offering) {
            continue;
        }
        const auto& sold = prices.offering(*offering);
        const auto& model = prices.model(sold.model);
        const auto* host = prices.provider(sold.provider);
        const char* open = !model.openWeights ? "" : *model.openWeights ? "yes" : "no";
        table.rows.push_back({textCell(entry.name), textCell(providerName(prices, model.author)),
                              textCell(model.origin), textCell(host != nullptr ? host->name : sold.provider),
                              textCell(host != nullptr ? host->jurisdiction : ""), textCell(open),
                              textCell(model.licence), shareCell(entry.share)});
    }
    return table;
}

}  // namespace

Section mix(const Figures& figures) {
    Section section{"mix", "Mix", false, {}};
    const auto& evaluation = figures.proposed().evaluation;
    Table table{"mix",
                "Where requests go under " + evaluation.name,
                {{"Tier", Unit::text},
                 {"Model", Unit::text},
                 {"Requests", Unit::count},
                 {"Share", Unit::share},
                 {"Cost", Unit::dollars},
                 {"Share of cost", Unit::share},
                 {"Expected quality", Unit::share},
                 {"Evidence", Unit::text}},
                {},
                {}};
    table.shortTitle = "Mix";
    double total = 0;
    for (const auto& entry : evaluation.mix) {
        total += entry.costUsd;
    }
    for (const auto& entry : evaluation.mix) {
        table.rows.push_back({textCell(tierTitle(entry.tier)), textCell(entry.name),
                              countCell(std::llround(entry.requests)), shareCell(entry.share),
                              dollarCell(entry.costUsd),
                              shareCell(total > 0 ? std::optional<double>(entry.costUsd / total) : std::nullopt),
                              shareCell(entry.meanQuality), textCell(assess::rungName(entry.rung))});
    }
    section.blocks.emplace_back(std::move(table));
    section.blocks.emplace_back(hostTable(figures));
    Chart chart;
    chart.id = "mix-by-tier";
    chart.shortTitle = "Mix chart";
    chart.title = "Cost by tier, scenario by scenario";
    chart.kind = ChartKind::stackedBars;
    chart.yTitle = "cost";
    chart.yUnit = Unit::dollars;
    for (const Tier tier : {Tier::local, Tier::commodity, Tier::premium, Tier::unbanded}) {
        ChartSeries layer{tierTitle(tier), SeriesKind::area, static_cast<int>(tier), {}};
        for (std::size_t i = 0; i < figures.comparison.scenarios.size(); ++i) {
            const auto& tiers = figures.comparison.scenarios[i].evaluation.tiers;
            layer.points.push_back({static_cast<double>(i), tiers[static_cast<std::size_t>(tier)].costUsd, {}, {}, ""});
        }
        if (std::any_of(layer.points.begin(), layer.points.end(), [](const auto& point) { return point.y > 0; })) {
            chart.series.push_back(std::move(layer));
        }
    }
    for (const auto& scenario : figures.comparison.scenarios) {
        chart.categories.push_back(sentenceCase(scenario.evaluation.name));
    }
    const auto& tiers = evaluation.tiers;
    chart.summary = fmt::format("Under {}, {} of requests go to the premium tier, {} to commodity and {} to local.",
                                evaluation.name, displayPercent(tiers[1].share), displayPercent(tiers[2].share),
                                displayPercent(tiers[3].share));
    section.blocks.emplace_back(std::move(chart));
    return section;
}

}  // namespace tierwise::project::sections
