// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/chart_axes.h"

#include <algorithm>
#include <cmath>

#include <QDateTime>
#include <QLocale>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QDateTimeAxis>
#include <QtCharts/QLogValueAxis>
#include <QtCharts/QValueAxis>

#include "ui/format/format.h"

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

// A step of 1, 2 or 5 times a power of ten that gives about the wanted number of ticks.
double niceStep(double span, int ticks) {
    const double rough = span / std::max(1, ticks);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    const double part = rough / power;
    return (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10) * power;
}

QString labelFormat(const ChartAxis& axis, double step) {
    const int decimals = std::clamp(static_cast<int>(-std::floor(std::log10(step) + 1e-9)), 0, 9);
    QString digits = u"%."_s + QString::number(decimals) + u"f"_s;
    switch (axis.unit) {
        case ChartAxis::Unit::dollars:
            return u"$"_s + digits;
        case ChartAxis::Unit::percent:
            return digits + u"%"_s;
        case ChartAxis::Unit::number:
        case ChartAxis::Unit::count:
            break;
    }
    return digits;
}

}  // namespace

QAbstractAxis* makeAxis(const ChartAxis& axis) {
    switch (axis.kind) {
        case ChartAxis::Kind::category: {
            auto* made = new QBarCategoryAxis;
            made->append(axis.categories);
            return made;
        }
        case ChartAxis::Kind::logarithmic: {
            auto* made = new QLogValueAxis;
            made->setBase(10.0);
            made->setMinorTickCount(8);
            made->setLabelFormat(axis.unit == ChartAxis::Unit::dollars ? u"$%g"_s : u"%g"_s);
            return made;
        }
        case ChartAxis::Kind::time: {
            auto* made = new QDateTimeAxis;
            made->setTickCount(6);
            return made;
        }
        case ChartAxis::Kind::linear:
            break;
    }
    auto* made = new QValueAxis;
    made->setTickType(QValueAxis::TicksDynamic);
    return made;
}

void applyRange(QAbstractAxis* axis, const ChartAxis& spec, double low, double high, int pixels) {
    switch (spec.kind) {
        case ChartAxis::Kind::category:
            return;
        case ChartAxis::Kind::logarithmic:
            // Qt Charts writes "..." where labels have less room than their height: fewer of them, then.
            qobject_cast<QLogValueAxis*>(axis)->setBase(
                std::pow(10.0, std::max(1.0, std::ceil(std::log10(high / low) * 28.0 / std::max(60, pixels)))));
            qobject_cast<QLogValueAxis*>(axis)->setRange(low, high);
            return;
        case ChartAxis::Kind::time: {
            auto* time = qobject_cast<QDateTimeAxis*>(axis);
            const double days = (high - low) / 86'400'000.0;
            time->setFormat(days > 1000  ? u"MMM yyyy"_s
                            : days > 4   ? u"d MMM"_s
                            : days > 0.2 ? u"d MMM HH:mm"_s
                                         : u"HH:mm:ss"_s);
            time->setTickCount(std::clamp(pixels / 110, 2, 8));
            time->setRange(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(low), Qt::UTC),
                           QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(high), Qt::UTC));
            return;
        }
        case ChartAxis::Kind::linear:
            break;
    }
    auto* value = qobject_cast<QValueAxis*>(axis);
    const double step = niceStep(high - low, std::clamp(pixels / 70, 2, 8));
    value->setTickInterval(step);
    value->setTickAnchor(std::floor(low / step) * step);
    // A printf format puts the sign between "$" and the digits ("$-5"): the title says the unit then.
    const bool unitInTitle = spec.unit == ChartAxis::Unit::dollars && std::ceil(low / step) < 0;
    value->setLabelFormat(labelFormat(spec, step).mid(unitInTitle ? 1 : 0));
    value->setTitleText(unitInTitle ? spec.title + u" ($)"_s : spec.title);
    value->setRange(low, high);
}

void Extent::take(double value) {
    if (std::isfinite(value)) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
}

std::pair<double, double> finished(Extent extent, const ChartAxis& axis, bool fromZero) {
    const bool log = axis.kind == ChartAxis::Kind::logarithmic;
    if (extent.low > extent.high) {
        extent = log ? Extent{1, 10} : Extent{0, 1};
    }
    double low = extent.low;
    double high = extent.high;
    if (log) {
        low = std::max(low, kLogFloor) / 1.25;
        high = std::max(high, low * 10) * 1.25;
    } else {
        if (fromZero) {
            low = std::min(low, 0.0);
            high = std::max(high, 0.0);
        }
        const double span = high > low ? high - low : std::max(1e-12, std::fabs(high) + (high == 0 ? 1.0 : 0.0));
        const double margin = axis.kind == ChartAxis::Kind::time ? 0.01 : 0.06;
        low = fromZero && low >= 0 ? 0.0 : low - span * margin;
        high += span * margin;
    }
    return {axis.minimum.value_or(low), axis.maximum.value_or(high)};
}

QString formatOnAxis(const ChartAxis& axis, double value) {
    if (axis.kind == ChartAxis::Kind::category) {
        return axis.categories.value(static_cast<qsizetype>(std::llround(value)));
    }
    if (axis.kind == ChartAxis::Kind::time) {
        return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(value), Qt::UTC).toString(u"yyyy-MM-dd HH:mm"_s);
    }
    switch (axis.unit) {
        case ChartAxis::Unit::dollars:
            return formatDollars(value);
        case ChartAxis::Unit::percent:
            return QLocale().toString(value, 'f', 1) + u"%"_s;
        case ChartAxis::Unit::count:
            return QLocale().toString(value, 'f', 0);
        case ChartAxis::Unit::number:
            break;
    }
    return QLocale().toString(value, 'g', 4);
}

}  // namespace tierwise::ui
