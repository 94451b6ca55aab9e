// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/replay/rate_table.h"

#include <algorithm>
#include <limits>

#include "core/base/int128.h"

namespace tierwise::replay {

namespace {

constexpr std::int64_t kMinuteNanos = 60'000'000'000;
constexpr std::int64_t kHourMinutes = 60;
constexpr std::int64_t kWeekMinutes = 7 * 24 * kHourMinutes;

FlatRates flat(const catalog::EffectiveRates::PerMeter& rates, std::int64_t above) {
    using catalog::Meter;
    const auto at = [&](Meter meter) { return rates[static_cast<std::size_t>(meter)]; };
    const auto pico = [](std::optional<Rate> rate) { return rate ? rate->picoPerUnit() : 0; };
    FlatRates out;
    const auto input = at(Meter::input);
    // A "write" cheaper than input is what keeping the cache costs (Gemini, GLM): the tokens themselves are input.
    const auto listed = at(Meter::cacheWrite5m);
    const bool charged = listed && (!input || *listed >= *input);
    const auto write = charged ? listed : input;
    out.aboveTokens = above;
    out.inputKnown = input.has_value();
    out.outputKnown = at(Meter::output).has_value();
    out.input = pico(input);
    // As providers without a discount bill: reads like input, 1-hour writes like 5-minute writes, those like input.
    out.cacheRead = pico(at(Meter::cacheRead) ? at(Meter::cacheRead) : input);
    out.cacheWrite5m = pico(write);
    out.cacheWrite1h = pico(charged && at(Meter::cacheWrite1h) ? at(Meter::cacheWrite1h) : write);
    out.output = pico(at(Meter::output));
    out.request = pico(at(Meter::request));
    out.writesAreCharged = charged;
    return out;
}

}  // namespace

RateTable::RateTable(const catalog::Catalog& catalog, OfferingIndex offering, const store::WorkloadSnapshot& log,
                     std::optional<Timestamp> at, bool serviceTiers)
    : m_catalog(&catalog), m_offering(offering), m_log(&log), m_at(at), m_serviceTiers(serviceTiers) {
    const auto& cards = catalog.offering(offering).cards;
    m_windows = std::any_of(cards.begin(), cards.end(), [](const auto& card) { return card.when.window.has_value(); });
}

// What can change a rate: service tier, region, and the minute (of the week) where windows count, else the hour (of all
// time).
std::uint64_t RateTable::keyOf(std::size_t row) const {
    const auto tier = m_serviceTiers ? static_cast<std::uint64_t>(m_log->serviceTier.codes[row]) : 0;
    const auto region = static_cast<std::uint64_t>(m_log->region.codes[row]);
    std::uint64_t moment = 0;
    if ((m_windows || !m_at) && m_log->timeNanos.valid.test(row)) {
        const std::int64_t minute = m_log->timeNanos.values[row] / kMinuteNanos;
        const std::int64_t ofWeek = (minute % kWeekMinutes + kWeekMinutes) % kWeekMinutes;
        moment = static_cast<std::uint64_t>((m_at ? ofWeek : m_windows ? minute : minute / kHourMinutes) + 1);
    }
    return (moment << 32U) | (tier << 20U) | region;
}

RateTable::Ladder RateTable::ladderOf(std::size_t row) const {
    catalog::PriceContext context;
    if (m_serviceTiers) {
        context.serviceTier = m_log->serviceTier.at(row);
    }
    context.region = m_log->region.at(row);
    const bool dated = m_log->timeNanos.valid.test(row);
    const std::int64_t time = dated ? m_log->timeNanos.values[row] : 0;
    if (!m_at) {
        context.at = dated ? std::optional<Timestamp>(Timestamp::fromNanos(time)) : std::nullopt;
    } else if (m_windows && dated) {
        // The moment of the week before `at` that has the row's weekday, hour and minute.
        const std::int64_t minute = time / kMinuteNanos;
        const std::int64_t atMinute = m_at->nanos() / kMinuteNanos;
        const std::int64_t shift = ((minute - atMinute) % kWeekMinutes + kWeekMinutes) % kWeekMinutes;
        context.at = Timestamp::fromNanos((atMinute + shift - (shift == 0 ? 0 : kWeekMinutes)) * kMinuteNanos);
    } else {
        context.at = m_at;
    }
    const auto rates = m_catalog->ratesAt(m_offering, context);
    Ladder ladder{flat(rates.rates, -1)};
    for (const auto& [bound, perMeter] : rates.beyond) {
        ladder.push_back(flat(perMeter, bound));
    }
    return ladder;
}

const FlatRates& RateTable::of(std::size_t row, std::int64_t promptTokens) {
    const std::uint64_t key = keyOf(row);
    if (key != m_lastKey || m_last == nullptr) {
        auto found = m_ladders.find(key);
        if (found == m_ladders.end()) {
            found = m_ladders.emplace(key, ladderOf(row)).first;
        }
        m_last = &found->second;
        m_lastKey = key;
    }
    const FlatRates* rates = &m_last->front();
    for (const auto& rung : *m_last) {
        if (promptTokens > rung.aboveTokens) {
            rates = &rung;
        }
    }
    return *rates;
}

std::optional<std::int64_t> priceOf(const FlatRates& rates, const BilledTokens& tokens) {
    if ((!rates.inputKnown && tokens.prompt() > 0) || (!rates.outputKnown && tokens.output > 0) ||
        (!rates.inputKnown && !rates.outputKnown)) {
        return {};
    }
    const Int128 total = static_cast<Int128>(tokens.inputUncached) * rates.input +
                         static_cast<Int128>(tokens.cacheRead) * rates.cacheRead +
                         static_cast<Int128>(tokens.cacheWrite5m) * rates.cacheWrite5m +
                         static_cast<Int128>(tokens.cacheWrite1h) * rates.cacheWrite1h +
                         static_cast<Int128>(tokens.output) * rates.output +
                         static_cast<Int128>(tokens.requests) * rates.request;
    if (total > std::numeric_limits<std::int64_t>::max()) {
        return {};
    }
    return static_cast<std::int64_t>(total);
}

std::optional<std::int64_t> RateTable::price(std::size_t row, const BilledTokens& tokens) {
    return priceOf(of(row, tokens.prompt() / std::max<std::int64_t>(1, tokens.requests)), tokens);
}

}  // namespace tierwise::replay
