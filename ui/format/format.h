// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <QString>

#include "core/base/money.h"
#include "core/base/timestamp.h"

// Numbers and words for people, in the program's locale. Rounding happens here and nowhere else; the exact value goes
// into the tooltip. Any thread.
namespace tierwise::ui {

/// What a missing value looks like in a cell.
[[nodiscard]] QString missing();

[[nodiscard]] QString toQt(std::string_view utf8);
[[nodiscard]] std::string toUtf8(const QString& text);

/// "1,383,669"
[[nodiscard]] QString formatCount(std::int64_t value);
[[nodiscard]] QString formatCount(const std::optional<std::int64_t>& value);
/// "1.38M", "19.4k", "812"
[[nodiscard]] QString formatShortCount(double value);
/// "$4,812", "$48.12", "$0.0031": no positive amount ever shows as $0.00.
[[nodiscard]] QString formatDollars(double amount);
[[nodiscard]] QString formatMoney(Money amount);
[[nodiscard]] QString formatMoney(const MoneySum& amount);
/// Core's plain digits ("0.0036") with the locale's decimal sign, none rounded away.
[[nodiscard]] QString formatDecimal(std::string_view digits);
/// All digits: "$0.08585625", for tooltips and details.
[[nodiscard]] QString formatExactMoney(Money amount);
[[nodiscard]] QString formatExactMoney(const MoneySum& amount);
/// "$1,240 to $1,530"
[[nodiscard]] QString formatDollarRange(double low, double high);
/// "12.3%", share in [0, 1]
[[nodiscard]] QString formatPercent(double share, int decimals = 1);
/// "-0.4", "+1.2": a difference of shares in percentage points, always signed
[[nodiscard]] QString formatPoints(double shareDifference, int decimals = 1);
[[nodiscard]] QString formatNumber(double value, int decimals);
/// "344 MB"
[[nodiscard]] QString formatBytes(std::int64_t bytes);
/// "1.2 s", "3 min 20 s", "2 h 5 min"
[[nodiscard]] QString formatDuration(double seconds);
/// "2026-10-01 00:00:03" in UTC
[[nodiscard]] QString formatTime(Timestamp time);
[[nodiscard]] QString formatDate(Timestamp time);
/// "a, b" as the words of a list, without blanks and empty ones; and back.
[[nodiscard]] std::vector<std::string> splitWords(const QString& text);
[[nodiscard]] QString joinWords(const std::vector<std::string>& words);
/// The first line of a text, cut after limit characters.
[[nodiscard]] QString firstLine(const QString& text, int limit = 160);

}  // namespace tierwise::ui
