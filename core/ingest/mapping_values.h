// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.h"
#include "core/base/money.h"
#include "core/base/timestamp.h"
#include "core/ingest/mapping.h"
#include "core/ingest/sniff/values.h"

namespace date {
class time_zone;
}

namespace tierwise::ingest {

/// Is it one of the ways logs write "no value" (empty, null, None, NaN, N/A, -, \N, undefined)?
[[nodiscard]] bool isMissing(std::string_view text);

/// A count of tokens or requests: digits, with digit grouping by the form, "1.2e3", "12.0"; in thousands by the unit.
/// Nothing when it is not a whole number from 0 to 2^53.
[[nodiscard]] std::optional<std::int64_t> parseCount(std::string_view text, NumberForm form,
                                                     Unit unit = Unit::automatic);

/// A decimal number in a form. Nothing when it is none, or not finite.
[[nodiscard]] std::optional<double> parseNumber(std::string_view text, NumberForm form);

/// An amount of US dollars: "$1,234.50", "0.000125", "1.5e-05", "12 USD"; cents or micro-dollars by the unit. Digits
/// beyond a pico-dollar are rounded half to even.
[[nodiscard]] std::optional<Money> parseCost(std::string_view text, NumberForm form, Unit unit);

/// A score of 0..1: a number in the unit (of 100 with a percent sign), or a word (pass, false, thumbs_up, correct ...)
/// or sign that says good or bad. Nothing where it is neither, or outside of the unit's range.
[[nodiscard]] std::optional<double> parseScore(std::string_view text, NumberForm form, Unit unit);

/// How times of a source are read: compiled from Conventions.
class TimeReader {
public:
    /// Error invalidArgument: an unknown time zone or an epoch that is no ISO time.
    [[nodiscard]] static Result<TimeReader> create(const Conventions& conventions);
    /// The hint of a time that is a day of two months, and nobody said which part comes first.
    static constexpr const char* kDayOrMonth = "Say in the mapping whether the day or the month comes first.";

    /// A time in UTC. *hint is set to what would help where it is none.
    [[nodiscard]] std::optional<Timestamp> parse(std::string_view text, Unit unit, const char** hint) const;

private:
    [[nodiscard]] std::optional<Timestamp> fastIso(std::string_view text) const;
    [[nodiscard]] std::optional<Timestamp> epoch(std::string_view text, Unit unit) const;
    [[nodiscard]] std::optional<Timestamp> civil(std::string_view text, const char** hint) const;
    [[nodiscard]] Timestamp fromLocal(std::int64_t localNanos) const;

    DateOrder m_order = DateOrder::yearFirst;
    const date::time_zone* m_zone = nullptr;  ///< nullptr = UTC
    std::int64_t m_epochNanos = 0;
    bool m_relative = false;
    std::int64_t m_shiftNanos = 0;
};

}  // namespace tierwise::ingest
