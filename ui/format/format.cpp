// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/format/format.h"

#include <array>
#include <cmath>

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace tierwise::ui {

using namespace Qt::StringLiterals;

namespace {

// Enough decimals to show about three significant digits of a small amount, two for dollars, none for thousands.
int moneyDecimals(double amount) {
    const double size = std::fabs(amount);
    if (size >= 1000.0) {
        return 0;
    }
    if (size >= 0.995 || size == 0.0) {
        return 2;
    }
    return std::min(12, static_cast<int>(std::ceil(-std::log10(size))) + 2);
}

QString withSign(const QString& digits, bool negative) {
    return negative ? u"\u2212"_s + digits : digits;
}

}  // namespace

QString missing() {
    return u"\u2013"_s;
}

QString toQt(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

std::string toUtf8(const QString& text) {
    return text.toStdString();
}

QString formatCount(std::int64_t value) {
    return QLocale().toString(static_cast<qlonglong>(value));
}

QString formatCount(const std::optional<std::int64_t>& value) {
    return value ? formatCount(*value) : missing();
}

QString formatShortCount(double value) {
    struct Step {
        double size;
        const char16_t* suffix;
    };
    static constexpr std::array<Step, 4> kSteps{{{1e12, u"T"}, {1e9, u"B"}, {1e6, u"M"}, {1e3, u"k"}}};
    for (const Step& step : kSteps) {
        if (std::fabs(value) >= step.size) {
            const double part = value / step.size;
            const int decimals = std::fabs(part) >= 100 ? 0 : std::fabs(part) >= 10 ? 1 : 2;
            return QLocale().toString(part, 'f', decimals) + QString::fromUtf16(step.suffix);
        }
    }
    return QLocale().toString(value, 'f', value == std::floor(value) ? 0 : 2);
}

QString formatDollars(double amount) {
    return withSign(u"$"_s + QLocale().toString(std::fabs(amount), 'f', moneyDecimals(amount)), amount < 0);
}

QString formatMoney(Money amount) {
    return formatDollars(amount.toDouble());
}

QString formatMoney(const MoneySum& amount) {
    return formatDollars(amount.toDouble());
}

QString formatDecimal(std::string_view digits) {
    return toQt(digits).replace(u'.', QLocale().decimalPoint());
}

QString formatExactMoney(Money amount) {
    return u"$"_s + formatDecimal(amount.toString());
}

QString formatExactMoney(const MoneySum& amount) {
    return u"$"_s + formatDecimal(amount.toString());
}

QString formatDollarRange(double low, double high) {
    return QCoreApplication::translate("format", "%1 to %2").arg(formatDollars(low), formatDollars(high));
}

QString formatPercent(double share, int decimals) {
    return QLocale().toString(share * 100.0, 'f', decimals) + u"%"_s;
}

QString formatPoints(double shareDifference, int decimals) {
    const double points = shareDifference * 100.0;
    const QString digits = QLocale().toString(std::fabs(points), 'f', decimals);
    return (points < 0 ? u"\u2212"_s : u"+"_s) + digits;
}

QString formatNumber(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

QString formatBytes(std::int64_t bytes) {
    return QLocale().formattedDataSize(bytes, bytes >= 1'000'000'000 ? 2 : 0, QLocale::DataSizeSIFormat);
}

QString formatDuration(double seconds) {
    const auto whole = static_cast<qlonglong>(std::llround(seconds));
    if (seconds < 60) {
        return QCoreApplication::translate("format", "%1 s")
            .arg(QLocale().toString(seconds, 'f', seconds < 10 ? 1 : 0));
    }
    if (whole < 3600) {
        return QCoreApplication::translate("format", "%1 min %2 s").arg(whole / 60).arg(whole % 60);
    }
    return QCoreApplication::translate("format", "%1 h %2 min").arg(whole / 3600).arg(whole / 60 % 60);
}

QString formatTime(Timestamp time) {
    const std::int64_t millis = time.nanos() >= 0 ? time.nanos() / 1'000'000 : -((-time.nanos() + 999'999) / 1'000'000);
    return QDateTime::fromMSecsSinceEpoch(millis, Qt::UTC).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString formatDate(Timestamp time) {
    return toQt(time.toIsoDate());
}

std::vector<std::string> splitWords(const QString& text) {
    std::vector<std::string> words;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) {
        if (!part.trimmed().isEmpty()) {
            words.push_back(toUtf8(part.trimmed()));
        }
    }
    return words;
}

QString joinWords(const std::vector<std::string>& words) {
    QStringList list;
    for (const auto& word : words) {
        list.append(toQt(word));
    }
    return list.join(u", "_s);
}

QString firstLine(const QString& text, int limit) {
    QString line = text.left(limit * 2).simplified();
    if (line.size() > limit) {
        line = line.left(limit - 1) + u"\u2026"_s;
    }
    return line;
}

}  // namespace tierwise::ui
