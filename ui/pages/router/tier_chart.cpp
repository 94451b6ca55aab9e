// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/tier_chart.h"

#include <QStringList>

#include "ui/format/format.h"
#include "ui/pages/router/policy_editor.h"
#include "ui/theme/theme.h"

using namespace Qt::StringLiterals;

namespace tierwise::ui {

ChartSpec signalChart(const project::SignalHistogram& histogram, bool byLength) {
    ChartSpec spec;
    spec.title = byLength ? PolicyEditor::tr("Requests by length of the prompt: none has a difficulty")
                          : PolicyEditor::tr("Requests by difficulty");
    spec.x.title = byLength ? PolicyEditor::tr("input tokens") : PolicyEditor::tr("difficulty");
    spec.x.kind = histogram.logarithmic ? ChartAxis::Kind::logarithmic : ChartAxis::Kind::linear;
    spec.x.minimum = histogram.from;
    spec.x.maximum = histogram.to;
    spec.y.title = PolicyEditor::tr("requests");
    spec.y.unit = ChartAxis::Unit::count;
    spec.y.minimum = 0;
    return spec;
}

ChartSeries signalSteps(const project::SignalHistogram& histogram) {
    ChartSeries series;
    series.kind = ChartSeries::Kind::step;
    for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
        series.points.append({histogram.edge(i), static_cast<double>(histogram.counts[i])});
    }
    series.points.append({histogram.to, static_cast<double>(histogram.counts.back())});
    return series;
}

ChartSpec tierChart(const std::array<project::SignalHistogram, 4>& tiers, bool byLength) {
    ChartSpec spec = signalChart(tiers.front(), byLength);
    spec.title = byLength
                     ? PolicyEditor::tr("Tiers of this policy by length of the prompt: no request has a difficulty")
                     : PolicyEditor::tr("Tiers of this policy by difficulty");
    QStringList said;
    std::size_t without = 0;
    for (const Tier tier : {Tier::local, Tier::commodity, Tier::premium, Tier::unbanded}) {
        const auto& histogram = tiers[static_cast<std::size_t>(tier)];
        std::size_t requests = 0;
        for (const std::size_t count : histogram.counts) {
            requests += count;
        }
        without += histogram.without;
        if (requests == 0) {
            continue;
        }
        ChartSeries series = signalSteps(histogram);
        series.name = tierLabel(tier);
        series.color = tierColor(tier);
        spec.series.append(series);
        said.append(PolicyEditor::tr("%1: %2", "tier and number of requests")
                        .arg(tierLabel(tier), formatCount(static_cast<std::int64_t>(requests))));
    }
    spec.summary = said.join(u", "_s);
    if (without > 0) {
        spec.footnote = (byLength ? PolicyEditor::tr("%1 requests do not say how long they are and are not drawn.")
                                  : PolicyEditor::tr("%1 requests have no difficulty and are not drawn."))
                            .arg(formatCount(static_cast<std::int64_t>(without)));
    }
    return spec;
}

}  // namespace tierwise::ui
