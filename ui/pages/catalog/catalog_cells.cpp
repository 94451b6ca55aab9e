// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/catalog/catalog_cells.h"

#include "ui/format/core_words.h"
#include "ui/format/format.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;
using project::CatalogLine;
using project::PriceStep;

double perMillion(const Rate& rate) {
    return static_cast<double>(rate.picoPerUnit()) * 1e-6;
}

namespace {

constexpr Tier kTiers[] = {Tier::premium, Tier::commodity, Tier::local, Tier::unbanded};

Cell priceCell(const std::optional<Rate>& rate, const CatalogLine& line) {
    Cell cell{
        CatalogCells::priceText(rate, line.currency), rate ? QVariant(perMillion(*rate)) : QVariant(), {}, {}, {}, {}};
    if (rate) {
        cell.tip = CatalogCells::tr("%1 per million tokens").arg(cell.text);
        if (line.ownPrice) {
            cell.tip += u"\n"_s + CatalogCells::tr("Your own price");
        } else if (!line.evidenceUrl.empty()) {
            cell.tip += u"\n"_s + CatalogCells::tr("From %1\nchecked %2 (%3)")
                                      .arg(toQt(line.evidenceUrl), toQt(line.evidenceDate), coreText(line.confidence));
        }
    }
    return cell;
}

ChartSeries stepsAsSeries(const std::vector<PriceStep>& steps, Timestamp until) {
    ChartSeries series;
    series.kind = ChartSeries::Kind::step;
    const auto millis = [](Timestamp time) { return static_cast<double>(time.nanos()) / 1e6; };
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

QList<ValueColumn> CatalogCells::columns() {
    return {{tr("Model"), {}, false},
            {tr("Tier"), {}, false},
            {tr("Author"), {}, false},
            {tr("Host"), tr("Who runs the machines and takes the money"), false},
            {tr("Input ($/M)"), tr("Dollars per million input tokens"), true},
            {tr("Output ($/M)"), tr("Dollars per million output tokens"), true},
            {tr("Cached ($/M)"), tr("Dollars per million input tokens read from cache"), true},
            {tr("Context"), tr("Context window, tokens"), true},
            {tr("Licence"), {}, false},
            {tr("Released"), {}, false},
            {tr("Offering"), tr("Provider and its own name for the model"), false}};
}

QString CatalogCells::priceText(const std::optional<Rate>& rate, const std::string& currency) {
    if (!rate) {
        return missing();
    }
    const QString digits = formatDecimal(rate->perMillion());
    return currency == "USD" ? digits : toQt(currency) + u" "_s + digits;
}

// An offering whose model nobody described goes by the provider's own name for it.
std::string CatalogCells::nameOf(const CatalogLine& line) {
    return line.model.empty() ? line.key.substr(line.key.find('/') + 1) : line.model;
}

QList<Cell> CatalogCells::rowOf(const CatalogLine& line) {
    const auto text = [](const std::string& value) {
        return Cell{value.empty() ? missing() : toQt(value), toQt(value), {}, {}, {}, {}};
    };
    Cell model = text(nameOf(line));
    model.tip = toQt(line.key);
    if (line.ownPrice) {
        model.text += u" *"_s;
        model.tip += u"\n"_s + tr("* with your own price");
    }
    Cell tier{tierLabel(line.tier), {}, {}, coreText(line.tierReason), tierIcon(line.tier), {}};
    Cell context = line.contextTokens ? Cell{formatShortCount(static_cast<double>(*line.contextTokens)),
                                             static_cast<double>(*line.contextTokens),
                                             QString::number(*line.contextTokens),
                                             tr("%1 tokens").arg(formatCount(*line.contextTokens)),
                                             {},
                                             {}}
                                      : Cell{missing(), {}, {}, {}, {}, {}};
    Cell host = text(line.host);
    if (!line.jurisdiction.empty()) {
        host.tip = tr("Run under the law of %1").arg(toQt(line.jurisdiction));
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

QList<ValueModel::Row> CatalogCells::sideBySide(const QList<const CatalogLine*>& lines) {
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
    add(tr("Why this tier"), [](const CatalogLine& line) { return coreText(line.tierReason); });
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
    return rows;
}

ChartSpec CatalogCells::history(const catalog::Catalog& prices, const QList<const CatalogLine*>& lines) {
    ChartSpec spec;
    spec.title = tr("Price history");
    spec.x.kind = ChartAxis::Kind::time;
    spec.y.unit = ChartAxis::Unit::dollars;
    spec.y.title = tr("$ per million tokens");
    spec.y.minimum = 0.0;
    QStringList said;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const CatalogLine& line = *lines[i];
        if (line.currency != "USD") {
            spec.footnote = tr("%1 is priced in %2 and not drawn.").arg(toQt(line.key), toQt(line.currency));
            continue;
        }
        for (const catalog::Meter meter : {catalog::Meter::output, catalog::Meter::input}) {
            const bool output = meter == catalog::Meter::output;
            ChartSeries series = stepsAsSeries(project::priceHistory(prices, line.offering, meter), prices.date());
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
    return spec;
}

ChartSpec CatalogCells::floors(const std::array<std::vector<PriceStep>, 4>& steps, Timestamp until) {
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
        ChartSeries series = stepsAsSeries(steps[static_cast<std::size_t>(tier)], until);
        if (series.points.isEmpty()) {
            continue;
        }
        series.name = tierLabel(tier);
        series.color = tierColor(tier);
        series.marker = tierMarker(tier);
        spec.series.append(series);
    }
    return spec;
}

}  // namespace tierwise::ui
