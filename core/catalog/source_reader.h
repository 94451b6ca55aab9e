// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/catalog/json_cursor.h"
#include "core/catalog/source.h"

// Internal to core/catalog: what the readers of foreign lists share.

namespace tierwise::catalog {

/// Prices of one foreign row: snaps, checks the range, collects reasons for quarantine.
class PriceReader {
public:
    explicit PriceReader(SourceTable& table) : m_table(table) {}

    /// Decimal text or number of dollars for `perUnits` units -> our rate. Nothing (and a reason) when it is no price.
    [[nodiscard]] std::optional<Rate> rate(std::string_view number, int unitsExponent, Meter meter);
    /// Puts the rate on the card unless there is none.
    void put(RateCard& card, Meter meter, std::string_view number, int unitsExponent);

    [[nodiscard]] const std::string& reason() const { return m_reason; }
    void clear() { m_reason.clear(); }
    void refuse(std::string reason) { m_reason = m_reason.empty() ? std::move(reason) : m_reason; }

private:
    SourceTable& m_table;
    std::string m_reason;
};

/// A number or a string holding one, as text; nothing for null and other kinds.
[[nodiscard]] std::optional<std::string> numberText(JsonValue value);
/// The value as text, whole number or flag, where it is one; foreign lists are not scolded for it.
[[nodiscard]] std::string looseText(JsonValue value);
[[nodiscard]] std::optional<std::int64_t> looseCount(JsonValue value);
[[nodiscard]] std::optional<bool> looseFlag(JsonValue value);
/// "2026-07-15" or "" when it is no date.
[[nodiscard]] std::string looseDate(JsonValue value);

/// Parses the document and runs read; simdjson's failures become an Error with the line.
[[nodiscard]] Result<SourceTable> readSource(
    std::string_view json, const std::string& source,
    const std::function<void(simdjson::ondemand::document&, SourceTable&)>& read);

/// The base card and the long-context ones, each ending where the next begins. A step without a bound, or with the
/// bound of an earlier one, is left out.
[[nodiscard]] std::vector<RateCard> withSteps(RateCard base, std::vector<RateCard> steps);

/// Drops cards without rates and completes the crossings of tier and prompt range, so that no two cards tie.
void completeCards(std::vector<RateCard>& cards);

}  // namespace tierwise::catalog
