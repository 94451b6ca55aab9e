// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/router/threshold_fields.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>
#include <utility>

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/charts/chart_panel.h"
#include "ui/format/format.h"
#include "ui/pages/router/tier_chart.h"
#include "ui/theme/theme.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

ThresholdFields::ThresholdFields(QWidget* parent)
    : QWidget(parent),
      m_measure(new QComboBox(this)),
      m_lowLabel(new QLabel(this)),
      m_highLabel(new QLabel(this)),
      m_low(new QDoubleSpinBox(this)),
      m_high(new QDoubleSpinBox(this)),
      m_histogram(new ChartPanel(this)) {
    m_measure->setObjectName(u"thresholdMeasure"_s);
    m_measure->setAccessibleName(tr("What the thresholds are"));
    m_measure->addItem(tr("shares of the requests"), true);
    m_measure->addItem(tr("fixed values"), false);
    m_measure->setToolTip(
        tr("Shares follow the log: the hardest tenth is a tenth of any log. Fixed values mean the same on every log."));
    m_low->setObjectName(u"thresholdLow"_s);
    m_high->setObjectName(u"thresholdHigh"_s);
    m_histogram->setObjectName(u"difficultyHistogram"_s);
    auto* measureLabel = new QLabel(tr("T&hresholds are"), this);
    measureLabel->setBuddy(m_measure);
    m_lowLabel->setBuddy(m_low);
    m_highLabel->setBuddy(m_high);
    for (QDoubleSpinBox* box : {m_low, m_high}) {
        box->setKeyboardTracking(false);
    }
    auto* row = new QHBoxLayout;
    row->addWidget(measureLabel);
    row->addWidget(m_measure);
    row->addSpacing(16);
    row->addWidget(m_lowLabel);
    row->addWidget(m_low);
    row->addSpacing(16);
    row->addWidget(m_highLabel);
    row->addWidget(m_high);
    row->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addLayout(row);
    layout->addWidget(m_histogram, 1);
    connect(m_measure, &QComboBox::activated, this, [this] {
        setByShare(m_measure->currentData().toBool());
        Q_EMIT edited();
    });
    connect(m_low, &QDoubleSpinBox::valueChanged, this, [this](double shown) { typed(low, shown); });
    connect(m_high, &QDoubleSpinBox::valueChanged, this, [this](double shown) { typed(high, shown); });
    connect(m_histogram, &ChartPanel::handleMoved, this,
            [this](int id, QPointF at, bool finished) { dragged(id == 0 ? low : high, at.x(), finished); });
    connect(m_histogram, &ChartPanel::told, this, &ThresholdFields::told);
    showFields();
}

bool ThresholdFields::byLength() const {
    return m_workbench && m_workbench->signal() != "difficulty";
}

std::string ThresholdFields::signal() const {
    return m_workbench ? m_workbench->signal() : std::string("difficulty");
}

void ThresholdFields::setWorkbench(const std::shared_ptr<const project::Workbench>& workbench,
                                   const project::SignalHistogram& signal) {
    m_workbench = workbench;
    m_histogramOf = signal;
    complete();
    showFields();
    showHistogram();
}

bool ThresholdFields::canShow(const route::Router& router) const {
    const auto plain = route::thresholdPolicy(0, 0).router;
    return (m_workbench == nullptr || router.signal == m_workbench->signal()) && router.bands == plain.bands &&
           (router.noSignal.empty() || router.noSignal == plain.noSignal) &&
           (router.below.size() == 2 || router.belowShare.size() == 2);
}

void ThresholdFields::setRouter(const route::Router& router) {
    m_byShare = !router.belowShare.empty();
    const auto& bounds = m_byShare ? router.belowShare : router.below;
    auto& known = m_byShare ? m_shares : m_values;
    known = {bounds[low], bounds[high]};
    m_started = true;
    complete();
    showFields();
    showHistogram();
}

void ThresholdFields::start() {
    if (!m_started) {
        m_byShare = true;
        m_shares = {1.0 / 3, 2.0 / 3};
        m_started = true;
    }
    complete();
    showFields();
    showHistogram();
}

route::Router ThresholdFields::router() const {
    auto router = route::thresholdPolicy(m_values[low], m_values[high], signal()).router;
    if (m_byShare) {
        router.below.clear();
        router.belowShare = {m_shares[low], m_shares[high]};
    }
    return router;
}

std::string ThresholdFields::nameOf(const route::Router& router) const {
    if (!router.belowShare.empty()) {
        return route::sharePolicy(router.belowShare[low], 1 - router.belowShare[high], router.signal).name;
    }
    return toUtf8(tr("Thresholds %1 and %2").arg(words(router.below[low]), words(router.below[high])));
}

void ThresholdFields::setByShare(bool byShare) {
    m_byShare = byShare;
    complete();
    showFields();
    showHistogram();
}

void ThresholdFields::complete() {
    if (!m_workbench) {
        return;
    }
    if (m_byShare) {
        std::tie(m_values[low], m_values[high]) =
            m_workbench->thresholdsForShares(m_shares[low], m_shares[high] - m_shares[low]);
    } else {
        for (const Bound which : {low, high}) {
            m_shares[which] = std::round(1000 * m_workbench->shareBelow(m_values[which])) / 1000;
        }
    }
}

void ThresholdFields::showFields() {
    const bool wasFilling = std::exchange(m_filling, true);
    m_measure->setCurrentIndex(m_measure->findData(m_byShare));
    if (m_byShare) {
        m_lowLabel->setText(byLength() ? tr("&Local: shortest") : tr("&Local: easiest"));
        m_highLabel->setText(byLength() ? tr("&Premium: longest") : tr("&Premium: hardest"));
    } else {
        m_lowLabel->setText(tr("&Local below"));
        m_highLabel->setText(tr("&Premium from"));
    }
    m_low->setAccessibleName(m_lowLabel->text().remove(u'&'));
    m_high->setAccessibleName(m_highLabel->text().remove(u'&'));
    const bool tokens = !m_byShare && byLength();
    for (QDoubleSpinBox* box : {m_low, m_high}) {
        box->setDecimals(m_byShare ? 1 : tokens ? 0 : 3);
        box->setSingleStep(m_byShare ? 1 : tokens ? 100 : 0.01);
        box->setRange(0, m_byShare ? 100 : tokens ? std::max(std::ceil(m_histogramOf.to), m_values[high]) + 1 : 1);
        box->setSuffix(m_byShare ? u" %"_s : tokens ? tr(" tokens") : QString());
    }
    m_low->setValue(m_byShare ? 100 * m_shares[low] : m_values[low]);
    m_high->setValue(m_byShare ? 100 * (1 - m_shares[high]) : m_values[high]);
    m_filling = wasFilling;
}

void ThresholdFields::showHistogram() {
    if (!m_workbench || m_histogramOf.counts.empty()) {
        return;
    }
    ChartSpec spec = signalChart(m_histogramOf, byLength());
    ChartSeries series = signalSteps(m_histogramOf);
    series.name = tr("Requests");
    series.color = Theme::instance().text();
    spec.series = {series};
    spec.legend = false;
    spec.handles = {{low, {drawn(m_values[low]), 0}, tr("local | commodity"), tierColor(Tier::local), true},
                    {high, {drawn(m_values[high]), 0}, tr("commodity | premium"), tierColor(Tier::premium), true}};
    spec.summary = tr("Local below %1, premium from %2.").arg(words(m_values[low]), words(m_values[high]));
    if (m_histogramOf.without > 0 && byLength()) {
        spec.footnote = tr("%1 requests do not say how long they are: they go to the commodity tier.")
                            .arg(formatCount(static_cast<std::int64_t>(m_histogramOf.without)));
    } else if (m_histogramOf.without > 0) {
        spec.footnote = tr("%1 requests have no difficulty (%2 unlike anything seen): they go to the commodity tier.")
                            .arg(formatCount(static_cast<std::int64_t>(m_histogramOf.without)),
                                 formatCount(static_cast<std::int64_t>(m_histogramOf.unlikeAnythingSeen)));
    }
    m_histogram->setSpec(spec);
}

// A bound beyond the picture's ends is drawn at its end.
double ThresholdFields::drawn(double bound) const {
    return std::clamp(bound, m_histogramOf.from, m_histogramOf.to);
}

QString ThresholdFields::words(double bound) const {
    return byLength() ? tr("%1 tokens").arg(formatCount(std::llround(bound))) : formatNumber(bound, 2);
}

// One bound moves and takes the other along where it passes it.
void ThresholdFields::put(Bound which, double bound) {
    auto& bounds = m_byShare ? m_shares : m_values;
    const double most = m_byShare || !byLength() ? 1.0 : std::numeric_limits<double>::infinity();
    bounds[which] = std::clamp(bound, 0.0, most);
    const Bound other = which == low ? high : low;
    bounds[other] = which == low ? std::max(bounds[other], bounds[which]) : std::min(bounds[other], bounds[which]);
    complete();
}

void ThresholdFields::typed(Bound which, double shown) {
    if (m_filling) {
        return;
    }
    put(which, m_byShare ? (which == low ? shown : 100 - shown) / 100 : shown);
    showFields();
    showHistogram();
    Q_EMIT edited();
}

void ThresholdFields::dragged(Bound which, double value, bool finished) {
    if (m_byShare) {
        const double share = m_workbench ? m_workbench->shareBelow(value) : 0;
        put(which, std::round(1000 * share) / 1000);
    } else {
        put(which, byLength() ? std::round(value) : std::round(1000 * value) / 1000);
    }
    showFields();
    m_histogram->moveHandle(low, {drawn(m_values[low]), 0});
    m_histogram->moveHandle(high, {drawn(m_values[high]), 0});
    if (finished) {
        Q_EMIT edited();
    } else {
        Q_EMIT moving(m_values[low], m_values[high]);
    }
}

}  // namespace tierwise::ui
